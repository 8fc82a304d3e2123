from tiletriage.plugin.processing.annotate import Annotate
from tiletriage.plugin.processing.evaluate import Evaluate


def test_a_version_is_measured_on_the_exam_tiles(run, tiny_workspace, tiny_labels):
    run(Annotate(), WORKSPACE=tiny_workspace, FOOTPRINTS=tiny_labels, EXAM=True)
    outputs = run(Evaluate(), WORKSPACE=tiny_workspace)
    assert outputs["VERSION"] == "tiny"
    assert outputs["EXAM_TILES"] == 4
    assert all(0 <= outputs[name] <= 1 for name in ("IOU", "F1", "FOOTPRINT_F1", "MATCHED_IOU"))


def test_without_annotated_exam_tiles_nothing_is_measured(run, feedback, tiny_workspace):
    assert run(Evaluate(), WORKSPACE=tiny_workspace) is None
    assert "No exam tile is annotated yet" in feedback.errors[0]
