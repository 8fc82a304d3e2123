import sys

import pytest

from tiletriage.models.errors import LabelError
from tiletriage.models.jobs import Cancelled
from tiletriage.plugin.processing.algorithm import EngineAlgorithm
from tiletriage.plugin.processing.versions import Versions


class Failing(EngineAlgorithm):
    """Raises what the class holds."""

    error = None

    def name(self):
        return "failing"

    def displayName(self):
        return "Failing"

    def story(self):
        return "Fails."

    def initAlgorithm(self, configuration=None):
        self.add_workspace()

    def read(self, parameters, context):
        self._folder = self.workspace_folder(parameters, context)

    def work(self, feedback):
        raise self.error


def test_the_message_of_the_engine_reaches_the_user_as_it_is(run, feedback):
    Failing.error = LabelError("layer-empty", "The layer is empty. Draw something.")
    assert run(Failing(), WORKSPACE="anywhere") is None
    assert feedback.errors == ["The layer is empty. Draw something."]


def test_a_cancelled_algorithm_says_that_nothing_is_lost(run, feedback):
    Failing.error = Cancelled()
    assert run(Failing(), WORKSPACE="anywhere") is None
    assert "What was finished is kept" in feedback.errors[0]


def test_a_bug_is_named_and_traced(run, feedback, monkeypatch):
    traces = []
    monkeypatch.setattr(feedback, "pushDebugInfo", traces.append)
    Failing.error = ZeroDivisionError("by zero")
    assert run(Failing(), WORKSPACE="anywhere") is None
    assert feedback.errors == ["ZeroDivisionError: by zero"]
    assert "Traceback" in traces[0] and "in work" in traces[0]


@pytest.fixture
def no_torch(monkeypatch):
    monkeypatch.setitem(sys.modules, "torch", None)


def test_without_torch_the_toolbox_says_how_to_install_it(no_torch, qgis_app):
    can_execute, message = Versions().create().canExecute()
    assert not can_execute
    assert "torch" in message and "pip install" in message


def test_without_torch_a_script_gets_the_same_message(no_torch, run, feedback):
    assert run(Versions(), WORKSPACE="anywhere") is None
    assert "pip install" in feedback.errors[0]


def test_a_folder_without_a_campaign_is_refused(run, feedback, tmp_path):
    assert run(Versions(), WORKSPACE=tmp_path) is None
    assert "holds no campaign" in feedback.errors[0]
