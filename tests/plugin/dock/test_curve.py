import pytest
from qgis.PyQt.QtGui import QColor, QPalette

from tiletriage.plugin.dock.curve import BLUE, ORANGE, Curve, Line


@pytest.fixture
def curve(qgis_app):
    curve = Curve("epoch", "nothing yet")
    curve.resize(300, curve.height())
    return curve


def pixels_of(curve, color):
    """Places (x, y) of a colour in the picture."""
    picture = curve.grab().toImage()
    return [
        (x, y)
        for y in range(picture.height())
        for x in range(picture.width())
        if picture.pixelColor(x, y).rgb() == color.rgb()
    ]


def test_a_rising_line_rises(curve):
    curve.show_lines(Line("", BLUE, ((0, 0.1), (1, 0.9)), top=1.0))
    places = pixels_of(curve, BLUE)
    leftmost, rightmost = min(places), max(places)
    assert leftmost[1] > rightmost[1]


def test_two_lines_are_told_apart(curve):
    curve.show_lines(Line("loss", ORANGE, ((1, 2), (2, 1))), Line("exam IoU", BLUE, ((1, 0.1), (2, 0.2)), top=1.0))
    assert pixels_of(curve, ORANGE) and pixels_of(curve, BLUE)


@pytest.mark.parametrize("points", [((3, 0.5),), ((1, 0.0), (2, 0.0))])
def test_a_single_point_and_a_line_at_zero_can_be_drawn(curve, points):
    curve.show_lines(Line("exam IoU", BLUE, points))
    assert pixels_of(curve, BLUE)


def test_without_points_the_curve_says_what_will_be_here(curve):
    curve.show_lines(Line("exam IoU", BLUE, ()))
    assert curve.lines() == ()
    picture = curve.grab().toImage()
    assert len({picture.pixel(x, picture.height() // 2) for x in range(picture.width())}) > 1


def test_in_a_dark_theme_the_ground_is_dark(curve):
    palette = curve.palette()
    palette.setColor(QPalette.ColorRole.Base, QColor(20, 20, 20))
    curve.setPalette(palette)
    curve.show_lines(Line("exam IoU", BLUE, ((0, 0.1), (1, 0.9))))
    assert curve.grab().toImage().pixelColor(1, 1) == QColor(20, 20, 20)


def test_in_france_the_tooltip_has_a_comma(curve, in_france):
    curve.show_lines(Line("exam IoU", BLUE, ((0, 0.1), (1, 0.4567))))
    assert curve.toolTip() == "exam IoU: 0,457"
