import gc
import time

import pytest

from tiletriage.models.jobs import drive
from tiletriage.plugin.tasks.engine_task import EngineTask
from tiletriage.plugin.tasks.task_queue import TaskQueue


@pytest.fixture
def queue(qgis_app):
    queue = TaskQueue()
    yield queue
    assert queue.stop(10)


def endless():
    while True:
        time.sleep(0.01)
        yield 0.5


def endless_task():
    return EngineTask("Endless", lambda relay: drive(endless(), relay))


def test_tasks_run_one_at_a_time_in_the_order_in_which_they_came(queue, until):
    going, most, order = [], [], []

    def work(number):
        def work(relay):
            going.append(number)
            most.append(len(going))
            time.sleep(0.05)
            going.remove(number)
            order.append(number)

        return work

    for number in range(3):
        queue.add(EngineTask(str(number), work(number)))
    until(lambda: not queue.is_busy)
    assert order == [0, 1, 2] and max(most) == 1


def test_a_task_lives_although_nobody_else_refers_to_it(queue, until):
    results = []
    task = EngineTask("Work", lambda relay: time.sleep(0.2) or "done")
    task.succeeded.connect(results.append)
    queue.add(task)
    del task
    gc.collect()
    until(lambda: results == ["done"])


def test_a_task_that_fails_does_not_hold_up_the_next(queue, until):
    results = []
    queue.add(EngineTask("Fails", lambda relay: 1 / 0))
    task = EngineTask("Works", lambda relay: "done")
    task.succeeded.connect(results.append)
    queue.add(task)
    until(lambda: results == ["done"])


def test_cancelling_ends_the_one_that_runs_and_forgets_those_that_wait(queue, until):
    begun = []
    queue.add(endless_task())
    queue.add(EngineTask("Waits", begun.append))
    queue.cancel()
    until(lambda: not queue.is_busy)
    queue.add(EngineTask("After", lambda relay: begun.append("after")))
    until(lambda: begun == ["after"])


def test_stopping_waits_for_the_engine(queue, until):
    queue.add(endless_task())
    until(lambda: queue.is_busy)
    assert queue.stop(10)
