import os
import sys
import threading
import time

import pytest

from tiletriage.plugin.engine_thread import run_apart


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
