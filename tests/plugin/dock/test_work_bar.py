from qgis.PyQt.QtWidgets import QLabel, QProgressBar, QPushButton

from tiletriage.plugin.dock.work_bar import WorkBar
from tiletriage.plugin.tasks.work_queue import Progress, Work


def texts(bar):
    return [label.text() for label in bar.findChildren(QLabel)]


def test_the_bar_is_there_only_while_something_runs(session, until):
    bar = WorkBar(session)
    assert bar.isHidden()
    session.work_changed.emit()
    assert bar.isHidden()


def test_progress_is_told_in_percent_words_and_time(session):
    bar = WorkBar(session)
    session.progressed.emit(Progress(37.4, 180, "126 tiles"))
    assert bar.findChild(QProgressBar).value() == 37
    assert "126 tiles · about 3 min left" in texts(bar)


def test_work_that_ends_by_itself_cannot_be_cancelled(session, tiny_workspace, until):
    bar = WorkBar(session)
    session.open(tiny_workspace)
    assert session.work == Work("open", "Opening the campaign", can_cancel=False)
    assert "Opening the campaign" in texts(bar)
    button = bar.findChild(QPushButton, "cancelButton")
    assert not button.isEnabled()
    assert "by itself" in button.toolTip()
    until(lambda: session.work is None)
