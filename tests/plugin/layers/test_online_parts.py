import numpy as np
import pytest
from qgis.core import QgsCoordinateReferenceSystem
from qgis.PyQt.QtGui import QImage

from tiletriage.plugin.layers.layer_problem import LayerProblem
from tiletriage.plugin.layers.online_parts import PartFolder, bands_of, part_grid
from tiletriage.tests.plugin.layers.picture_server import LEFT, SIDE, TOP, photograph


def test_parts_of_another_area_are_of_no_use(pyramid, online, village, area, tmp_path):
    other = area((LEFT, TOP - SIDE, LEFT + 3 * SIDE, TOP), crs="EPSG:3857")
    here, there = (part_grid(online(pyramid), place, 0.3) for place in (village, other))
    picture = QImage(512, 512, QImage.Format.Format_RGBA8888)
    PartFolder(tmp_path / "imagery.tif", "one server", here).keep((0, 0), picture)
    assert (0, 0) not in PartFolder(tmp_path / "imagery.tif", "one server", here).missing()
    assert (0, 0) in PartFolder(tmp_path / "imagery.tif", "one server", there).missing()
    PartFolder(tmp_path / "imagery.tif", "one server", here).keep((0, 0), picture)
    assert (0, 0) in PartFolder(tmp_path / "imagery.tif", "another server", here).missing()


def test_an_area_around_the_world_is_refused_at_once(pyramid, online, area):
    with pytest.raises(LayerProblem, match="too large"):
        part_grid(online(pyramid), area((-179, -80, 179, 80), crs="EPSG:4326"), 0.3)


def test_a_layer_in_degrees_is_read_in_its_utm_zone(pyramid, online, village):
    layer = online(pyramid)
    layer.setCrs(QgsCoordinateReferenceSystem("EPSG:4326"))
    grid = part_grid(layer, village, 0.3)
    assert grid.crs.authid() == "EPSG:32737"
    assert grid.pixel == pytest.approx(0.3, rel=1e-3)


def test_a_square_of_one_colour_is_blank_and_a_photograph_is_not():
    pixels = np.zeros((512, 512, 4), np.uint8)
    pixels[..., 3] = 255
    pixels[:256, :256, :3] = photograph(1, 2)
    pixels[256:, :256, :3] = 255
    pixels[300, 40, 0] = 254  # a single speck
    image = QImage(pixels.tobytes(), 512, 512, QImage.Format.Format_RGBA8888)
    alpha = bands_of(image)[3]
    assert (alpha[:256, :256] == 255).all()
    assert (alpha[256:384, :128] == 255).all()
    assert alpha.sum() == 255 * (256 * 256 + 128 * 128)
