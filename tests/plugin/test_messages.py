from types import SimpleNamespace

import pytest
from qgis.core import Qgis, QgsApplication
from qgis.gui import QgsMessageBar
from qgis.PyQt.QtGui import QTextDocument
from qgis.PyQt.QtWidgets import QPushButton, QTextBrowser

from tiletriage.models.errors import ImageryError
from tiletriage.plugin.messages import Message, as_tooltip, filled, in_words, show_message


@pytest.fixture
def iface(qgis_app):
    bar = QgsMessageBar()
    yield SimpleNamespace(messageBar=lambda: bar)
    bar.clearWidgets()


def message(text, details="", level=Qgis.MessageLevel.Warning, **button):
    return Message(level, text, details, **button)


def shown(iface):
    return iface.messageBar().currentItem()


def test_a_message_is_a_line_in_the_message_bar(iface):
    show_message(iface, message("Draw inside the tile."))
    assert (shown(iface).title(), shown(iface).text()) == ("Tile Triage", "Draw inside the tile.")
    assert shown(iface).level() == Qgis.MessageLevel.Warning


def test_details_wait_behind_a_button(iface):
    show_message(iface, message("It failed."))
    assert shown(iface).widget() is None
    show_message(iface, message("It failed.", "KeyError: 3"))
    assert shown(iface).widget() is not None


HOSTILE = """a<img src='file://server/share'> & <b>b</b>"""


@pytest.mark.parametrize("more", [{}, {"details": HOSTILE}, {"button": "Repair"}])
def test_what_a_file_says_is_shown_letter_by_letter(iface, more):
    """The bar shows HTML: of a server of Windows a picture would be fetched."""
    show_message(iface, message(f"{HOSTILE}\nnext", **more))
    (text,) = (browser.toPlainText() for browser in shown(iface).findChildren(QTextBrowser))
    assert text.replace("\xa0", " ") == f"Tile Triage: {HOSTILE}\nnext"


@pytest.mark.parametrize("text", [HOSTILE, "a < b", "R&D &lt;b>", "R&D", "plain", ""])
def test_a_tooltip_shows_a_text_letter_by_letter(text):
    tooltip, shown = as_tooltip(text), QTextDocument()
    if tooltip.startswith("<span>"):
        shown.setHtml(tooltip)
    else:
        assert "<" not in tooltip and "&lt;" not in tooltip
        shown.setPlainText(tooltip)
    assert shown.toPlainText() == text


def test_a_message_may_offer_to_do_something_and_is_gone_then(iface, qgis_app):
    done = []
    show_message(iface, message("It crosses itself.", button="Repair", on_click=lambda: done.append(True)))
    line = shown(iface)
    line.findChild(QPushButton, "messageButton").click()
    assert line in iface.messageBar().items()  # the click goes on in its button
    qgis_app.processEvents()
    assert done == [True]
    assert line not in iface.messageBar().items()


def test_what_is_to_be_mended_stays_and_news_goes_away(iface):
    show_message(iface, message("Mend this."))
    assert shown(iface).duration() == 0
    show_message(iface, message("Done.", level=Qgis.MessageLevel.Success))
    assert shown(iface).duration() > 0


def test_the_log_keeps_the_details(iface):
    told = []
    QgsApplication.messageLog().messageReceived[str, str, Qgis.MessageLevel].connect(
        lambda text, tag, level: told.append((tag, text))
    )
    show_message(iface, message("It failed.", "KeyError: 3"))
    assert ("Tile Triage", "It failed.\nKeyError: 3") in told


def test_decimals_are_written_as_in_the_users_country(in_france):
    assert filled("IoU {before:.2f} → {after:.3f}", before=0.456, after=1.0) == "IoU 0,46 → 1,000"
    assert filled("{gsd:.3g} m, {most:g}", gsd=0.1234, most=40.0) == "0,123 m, 40"
    assert in_words(ImageryError("code", "{left:.6g} to {n}", left=1.5, n=3)) == "1,5 to 3"


def test_whole_numbers_and_words_are_left_as_they_are(in_france):
    assert filled("{n} of {tiles} in {file}", n=3, tiles=12000, file="a.b") == "3 of 12000 in a.b"
