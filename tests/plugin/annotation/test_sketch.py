"""A half-drawn outline, in the digitizing tool that QGIS's own is made of."""

import pytest
from qgis.core import QgsPointXY
from qgis.gui import QgsAdvancedDigitizingDockWidget, QgsMapToolCapture, QgsMapToolDigitizeFeature, QgsMapToolPan
from qgis.PyQt.QtCore import QEvent, Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QApplication

from tiletriage.models.campaign.records import TileState
from tiletriage.plugin.annotation.sketch import has_sketch
from tiletriage.tests.plugin.hands import draw, house_on, layer_named, state_of


@pytest.fixture
def canvas(desktop):
    return desktop.mapCanvas()


@pytest.fixture
def digitize(canvas):
    """The tool in the user's hand, once there is a layer to draw on."""
    on_map = canvas.scene().items()
    advanced = QgsAdvancedDigitizingDockWidget(canvas)
    tools = []

    def digitize():
        tools.append(QgsMapToolDigitizeFeature(canvas, advanced, QgsMapToolCapture.CaptureMode.CapturePolygon))
        canvas.setMapTool(tools[-1])
        return tools[-1]

    yield digitize
    for tool in tools:
        canvas.unsetMapTool(tool)
        tool.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    for item in canvas.scene().items():  # what the dock has painted would outlive it
        if item not in on_map:
            canvas.scene().removeItem(item)
    advanced.deleteLater()


@pytest.fixture
def on_tile(scored, canvas):
    """The session with a tile on the map."""
    scored.next_tile()
    canvas.setCurrentLayer(layer_named("Drawing"))
    return scored


def click(canvas, session, x, y, button=Qt.MouseButton.LeftButton):
    left, bottom, _, _ = session.tile.bounds
    place = canvas.getCoordinateTransform().transform(QgsPointXY(left + x, bottom + y)).toQPointF().toPoint()
    QTest.mouseClick(canvas.viewport(), button, pos=place)


def test_a_tool_that_has_drawn_nothing_has_no_sketch(on_tile, digitize, canvas):
    digitize()
    assert not has_sketch(canvas)


def test_an_outline_is_half_drawn_until_it_is_ended_or_thrown_away(on_tile, digitize, canvas):
    tool = digitize()
    click(canvas, on_tile, 5, 5)
    assert has_sketch(canvas)
    canvas.setMapTool(QgsMapToolPan(canvas))  # put aside, it is as lost when the tile is left
    assert has_sketch(canvas)
    canvas.setMapTool(tool)
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    assert not has_sketch(canvas)


def test_with_an_outline_half_drawn_nothing_leaves_the_tile_and_it_is_said_how_to_end_it(on_tile, digitize, canvas):
    tile = on_tile.tile
    draw(house_on(tile))
    digitize()
    click(canvas, on_tile, 20, 5)
    ways = [lambda state=state: on_tile.finish(state) for state in ("done", "empty", "skipped", "bad imagery")]
    ways += [on_tile.next_tile, on_tile.previous_tile, on_tile.accept_all, on_tile.accept_by_click]
    for way in [*ways, on_tile.accept_under_cursor]:
        on_tile.ears.messages.clear()
        way()
        assert on_tile.tile == tile
        assert on_tile.ears.texts == ["An outline is half drawn. A right click on the map ends it, Esc throws it away."]
    assert state_of(on_tile, tile.tile_id) is TileState.IN_PROGRESS and has_sketch(canvas)
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    on_tile.finish("done")
    assert state_of(on_tile, tile.tile_id) is TileState.DONE


def test_a_campaign_can_be_closed_with_an_outline_half_drawn(on_tile, digitize, canvas):
    digitize()
    click(canvas, on_tile, 5, 5)
    on_tile.close()
    assert not on_tile.is_open
