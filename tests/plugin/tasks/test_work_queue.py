import gc
import time

import pytest

from tiletriage.models.jobs import drive
from tiletriage.plugin.tasks.work_queue import Work, WorkQueue


@pytest.fixture
def queue(qgis_app):
    queue = WorkQueue()
    yield queue
    assert queue.stop(10)


def endless():
    while True:
        time.sleep(0.01)
        yield 0.5


def add(queue, function, on_success=lambda result: None):
    queue.run(Work("work", "Work"), function, on_success)


def add_endless(queue):
    add(queue, lambda relay: drive(endless(), relay))


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
        add(queue, work(number))
    until(lambda: not queue.work)
    assert order == [0, 1, 2] and max(most) == 1


def test_a_task_lives_although_nobody_else_refers_to_it(queue, until):
    results = []
    add(queue, lambda relay: time.sleep(0.2) or "done", results.append)
    gc.collect()
    until(lambda: results == ["done"])


def test_a_task_that_fails_does_not_hold_up_the_next(queue, until):
    results = []
    add(queue, lambda relay: 1 / 0)
    add(queue, lambda relay: "done", results.append)
    until(lambda: results == ["done"])


def test_cancelling_ends_the_one_that_runs_and_forgets_those_that_wait(queue, until):
    begun = []
    add_endless(queue)
    add(queue, begun.append)
    queue.clear()
    until(lambda: not queue.work)
    add(queue, lambda relay: begun.append("after"))
    until(lambda: begun == ["after"])


def test_stopping_waits_for_the_engine(queue, until):
    add_endless(queue)
    until(lambda: queue.work)
    assert queue.stop(10)
