import pytest
from qgis.core import QgsCoordinateReferenceSystem, QgsPointXY
from qgis.PyQt.QtGui import QColor

from tiletriage.plugin.annotation.tile_marker import TileMarker
from tiletriage.tests.plugin.hands import UTM_37_S

TILE = (500_000, 9_299_968, 500_032, 9_300_000)


@pytest.fixture
def canvas(layers, qgis_iface):
    """An empty, white map around the tile."""
    canvas = qgis_iface.mapCanvas()
    layers.zoom_to_tile((TILE[0] - 32, TILE[1] - 32, TILE[2] + 32, TILE[3] + 32), UTM_37_S)
    layers.remove()
    canvas.setCanvasColor(QColor("white"))
    canvas.waitWhileRendering()
    return canvas


@pytest.fixture
def marker(canvas):
    marker = TileMarker(canvas)
    yield marker
    marker.remove()


@pytest.fixture
def lightness(canvas):
    """How light the map is at a place, 0..255."""

    def lightness(x, y):
        picture = canvas.grab().toImage()  # the first one gives the map its size
        place = canvas.getCoordinateTransform().transform(QgsPointXY(x, y))
        return picture.pixelColor(round(place.x()), round(place.y())).lightness()

    return lightness


def test_the_tile_is_framed_and_its_surroundings_are_dimmed(marker, lightness):
    marker.show(TILE, UTM_37_S)
    inside, outside = lightness(500_016, 9_299_984), lightness(500_040, 9_299_984)
    assert inside == 255
    assert 150 < outside < 230


def test_a_hidden_marker_leaves_the_map_as_it_was(marker, lightness):
    marker.show(TILE, UTM_37_S)
    marker.hide()
    assert lightness(500_040, 9_299_984) == 255


def test_the_marker_follows_the_crs_of_the_map(marker, canvas, lightness):
    canvas.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:3857"))
    marker.show(TILE, UTM_37_S)
    centre = canvas.extent().center()
    assert lightness(centre.x(), centre.y()) == 255


def test_nothing_is_left_on_the_canvas(canvas):
    before = len(canvas.scene().items())
    marker = TileMarker(canvas)
    marker.show(TILE, UTM_37_S)
    marker.remove()
    marker.remove()
    marker.hide()
    assert len(canvas.scene().items()) == before
