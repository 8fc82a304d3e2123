from qgis.PyQt.QtWidgets import QLabel

from tiletriage.plugin.dock.legend import RAMP, Legend, shipped_symbols


def test_the_legend_shows_the_symbols_of_the_shipped_style(qgis_app):
    legend = Legend()
    pictures = [label for label in legend.findChildren(QLabel) if label.pixmap() and not label.pixmap().isNull()]
    assert len(pictures) == len(RAMP) + 6


def test_the_ramp_goes_from_light_to_dark(qgis_app):
    symbols = shipped_symbols()
    lightness = [symbols[key].color().lightness() for key in RAMP]
    assert lightness == sorted(lightness, reverse=True)
