"""What something that the user wants to do needs first: the precondition that is not met, empty where all are."""

from __future__ import annotations

from qgis.PyQt.QtCore import QCoreApplication

from ..requirements import missing_packages


def no_campaign(session) -> str:
    return "" if session.is_open else _tr("Start or open a campaign first: see the page Start.")


def no_tile(session) -> str:
    return no_campaign(session) or ("" if session.tile else _tr("Take a tile first: press Next tile."))


def no_draft(session) -> str:
    proposes = "" if session.draft_count else _tr("The model proposes nothing more on this tile.")
    return no_tile(session) or no_help(session) or proposes


def no_help(session) -> str:
    """Why the model proposes nothing on the tile, whatever it sees there."""
    if session.tile is None or not session.tile.is_exam:
        return ""
    return _tr("Exam tiles are drawn without the model's help, else it would examine itself.")


def no_long_work(session) -> str:
    """What long work on the campaign has to wait for."""
    return no_campaign(session) or busy(session) or no_packages()


def busy(session) -> str:
    work = session.work
    return "" if work is None else _tr("{work} is running: wait for it or cancel it.").format(work=work.title)


def no_packages() -> str:
    missing = missing_packages()
    if not missing:
        return ""
    return _tr("The model needs {packages}: the page Start says how to install it.").format(packages=", ".join(missing))


def _tr(text: str) -> str:
    return QCoreApplication.translate("preconditions", text)
