import numpy as np

from tiletriage.models.priority.annotation_cost import AnnotationCost
from tiletriage.models.segmentation.metrics import ConfusionCounts


def test_a_minute_is_what_looking_drawing_and_correcting_cost():
    cost = AnnotationCost(tile=10, drawn=20, corrected=5, deleted=1)
    assert cost.minutes(ConfusionCounts(tp=2, fp=3, fn=4), tiles=5) == (50 + 10 + 80 + 3) / 60


def test_a_tile_is_expected_to_take_a_look_and_the_footprints_that_its_built_ground_holds():
    cost = AnnotationCost(tile=30, expected=10, footprint_m2=50)
    np.testing.assert_allclose(cost.expected_minutes(np.array([0.0, 150.0])), [0.5, 1.0])
