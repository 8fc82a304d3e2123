import os
import sys
import threading
import time

import pytest
from qgis.core import QgsApplication, QgsTask
from qgis.PyQt.QtCore import QTimer
from qgis.PyQt.QtWidgets import QMessageBox

from tiletriage.models.errors import LabelError
from tiletriage.models.jobs import Cancelled, drive
from tiletriage.plugin.tasks.engine_task import EngineTask, run_apart

"""Tasks in QGIS's own task manager, on its own threads."""


class Ears:
    """Everything a task says, in order."""

    def __init__(self, task):
        self.heard = []
        task.reported.connect(lambda news: self.heard.append(("reported", news)))
        task.ended.connect(lambda: self.heard.append(("ended",)))
        task.succeeded.connect(lambda result: self.heard.append(("succeeded", result)))
        task.failed.connect(lambda text, details: self.heard.append(("failed", text, details)))
        task.cancelled.connect(lambda: self.heard.append(("cancelled",)))


@pytest.fixture
def run(until, qgis_app):
    """Runs work to its end in QGIS's task manager; gives what the task said."""

    def run(work):
        task = EngineTask("Work", work)
        ears = Ears(task)
        QgsApplication.taskManager().addTask(task)
        until(lambda: len([kind for kind, *_ in ears.heard if kind != "reported"]) == 2)
        return ears.heard

    return run


def endless():
    while True:
        time.sleep(0.01)
        yield 0.5


def test_what_the_work_returns_arrives_after_its_end(run):
    assert run(lambda relay: 42) == [("ended",), ("succeeded", 42)]


def test_what_the_work_tells_arrives_before_its_end(run):
    assert run(lambda relay: relay.report("news")) == [("reported", "news"), ("ended",), ("succeeded", None)]


def test_all_of_it_is_said_on_the_main_thread(until, qgis_app):
    threads = []
    task = EngineTask("Work", lambda relay: relay.report("news"))
    for signal in (task.reported, task.succeeded):
        signal.connect(lambda _: threads.append(threading.current_thread()))
    QgsApplication.taskManager().addTask(task)
    until(lambda: len(threads) == 2)
    assert set(threads) == {threading.main_thread()}


def test_what_the_user_can_mend_is_told_in_the_words_of_the_engine(run):
    def work(relay):
        raise LabelError("layer-empty", "The layer is empty. Draw something.")

    assert run(work) == [("ended",), ("failed", "The layer is empty. Draw something.", "")]


def test_a_bug_is_told_with_where_it_was_and_ends_nothing_else(run):
    _, (kind, text, details) = run(lambda relay: 1 / 0)
    assert (kind, text) == ("failed", "ZeroDivisionError: division by zero")
    assert "test_engine_task.py" in details


def test_progress_is_passed_on(until, qgis_app):
    def job():
        yield 0.25
        time.sleep(0.3)
        yield 1.0

    task = EngineTask("Work", lambda relay: drive(job(), relay))
    seen = []
    task.progressChanged.connect(seen.append)
    QgsApplication.taskManager().addTask(task)
    until(lambda: 100 in seen)
    assert 25 in seen


def begin(until, task):
    ears = Ears(task)
    QgsApplication.taskManager().addTask(task)
    until(lambda: task.status() == QgsTask.TaskStatus.Running)
    return ears


@pytest.fixture
def states(qgis_app):
    """The last state of every task by its description, as QGIS's own interface hears it."""
    states = {}

    def note(number, state):
        task = manager.task(number)
        if task is not None:
            states[task.description()] = state

    manager = QgsApplication.taskManager()
    manager.statusChanged.connect(note)
    yield states
    manager.statusChanged.disconnect(note)


@pytest.mark.parametrize("way", ["cancel_work", "cancel"])
def test_a_cancelled_task_says_so_and_nothing_else(until, way):
    task = EngineTask("Work", lambda relay: drive(endless(), relay))
    ears = begin(until, task)
    getattr(task, way)()
    until(lambda: ("cancelled",) in ears.heard)
    assert ears.heard == [("ended",), ("cancelled",)]


def test_to_qgis_a_cancelled_task_has_not_failed(until, states):
    task = EngineTask("Work", lambda relay: drive(endless(), relay))
    begin(until, task)
    task.cancel_work()
    until(lambda: states.get("Work (cancelled)") == QgsTask.TaskStatus.Complete)


def test_a_task_that_fails_has_failed_to_qgis_too(until, states):
    QgsApplication.taskManager().addTask(EngineTask("Broken", lambda relay: 1 / 0))
    until(lambda: states.get("Broken") == QgsTask.TaskStatus.Terminated)


def test_work_that_is_cancelled_while_it_waits_for_a_thread_never_begins(until):
    begun = []
    task = EngineTask("Work", begun.append)
    ears = Ears(task)
    task.cancel_work()
    QgsApplication.taskManager().addTask(task)
    until(lambda: len(ears.heard) == 2)
    assert ears.heard == [("ended",), ("cancelled",)] and not begun


def test_who_leaves_qgis_and_stays_at_the_question_about_the_project_loses_no_work(until):
    question = QMessageBox()
    task = EngineTask("Work", lambda relay: drive(endless(), relay))
    ears = begin(until, task)
    task.cancel()  # first QGIS cancels all tasks
    QTimer.singleShot(200, question.reject)
    question.exec()  # then it asks
    until(lambda: not question.isVisible())
    assert not task.isCanceled() and not ears.heard
    assert task.stop(10)


def test_stopping_waits_until_the_engine_has_left_its_job(until):
    begun, left = threading.Event(), []

    def work(relay):
        begun.set()
        try:
            drive(endless(), relay)
        except Cancelled:
            time.sleep(0.2)  # closes files, releases the lock
            left.append(True)
            raise

    task = EngineTask("Work", work)
    QgsApplication.taskManager().addTask(task)
    until(begun.is_set)
    assert task.stop(seconds=10)
    assert left == [True]


def test_a_task_that_never_began_is_stopped_at_once(qgis_app):
    assert EngineTask("Work", lambda relay: None).stop(seconds=10)


def test_closing_qgis_asks_nothing_about_it():
    assert EngineTask("Work", lambda relay: None).flags() & QgsTask.Flag.CancelWithoutPrompt


def test_the_work_has_a_python_thread_of_its_own_that_has_ended_afterwards(feedback):
    thread = run_apart(lambda relay: threading.current_thread(), feedback)
    assert thread is not threading.current_thread()
    assert not thread.is_alive()


def test_what_the_work_tells_arrives_in_order_on_the_thread_that_waits(feedback, monkeypatch):
    told = []
    monkeypatch.setattr(feedback, "pushInfo", lambda text: told.append((text, threading.current_thread())))

    def work(relay):
        relay.pushInfo("first")
        relay.setProgress(50)
        relay.pushInfo("second")

    run_apart(work, feedback)
    here = threading.current_thread()
    assert told == [("first", here), ("second", here)]
    assert feedback.progresses == [50]


def test_what_the_work_raises_is_raised(feedback):
    with pytest.raises(ZeroDivisionError):
        run_apart(lambda relay: 1 / 0, feedback)


def until_cancelled(relay):
    end = time.monotonic() + 5
    while not relay.isCanceled() and time.monotonic() < end:
        relay.setProgress(1)
        time.sleep(0.01)
    return relay.isCanceled()


def test_a_cancelled_feedback_reaches_the_work(feedback):
    feedback.cancel()
    assert run_apart(until_cancelled, feedback)


def test_an_interrupted_wait_cancels_the_work_before_it_passes_on(feedback, monkeypatch):
    ended = []

    def interrupt(progress):
        raise KeyboardInterrupt

    monkeypatch.setattr(feedback, "setProgress", interrupt)
    with pytest.raises(KeyboardInterrupt):
        run_apart(lambda relay: ended.append(until_cancelled(relay)), feedback)
    assert ended == [True]


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere niceness belongs to the process")
def test_the_work_gives_way_to_redraws_and_nobody_else_does(feedback):
    def niceness(relay=None):
        return os.getpriority(os.PRIO_PROCESS, threading.get_native_id())

    before = niceness()
    assert run_apart(niceness, feedback) >= 10
    assert niceness() == before
