from __future__ import annotations

import numpy as np
import pytest
from shapely.geometry import box

from tiletriage.models.segmentation.metrics import (
    ConfusionCounts,
    FootprintCounts,
    class_counts,
    confusion_matrix,
    matched_footprints,
    pixel_counts,
    taken_for,
)


def test_iou_and_f1_follow_their_closed_forms():
    counts = ConfusionCounts(tp=6, fp=2, fn=4)
    assert counts.iou == pytest.approx(6 / 12)
    assert counts.f1 == pytest.approx(2 * 6 / (2 * 6 + 2 + 4))


def test_nothing_predicted_where_nothing_is_counts_as_perfect():
    assert ConfusionCounts().iou == ConfusionCounts().f1 == 1


def test_counts_of_tiles_add_up():
    assert sum([ConfusionCounts(1, 2, 3), ConfusionCounts(10, 20, 30)], ConfusionCounts()) == ConfusionCounts(
        11, 22, 33
    )


def test_ignored_pixels_are_not_counted():
    prediction = np.array([[True, True, False], [False, True, False]])
    truth = np.array([[1, 0, 1], [0, 255, 255]], dtype=np.uint8)
    assert pixel_counts(prediction, truth) == ConfusionCounts(tp=1, fp=1, fn=1)


def matched(predicted, true):
    """Which true footprint each predicted one finds."""
    return {place: found for place, (found, _) in matched_footprints(predicted, true).items()}


def test_each_footprint_is_matched_at_most_once():
    house = box(0, 0, 10, 10)
    assert matched([house, box(0, 0, 10, 9)], [house]) == {0: 0}
    assert matched([house], [box(0, 0, 10, 9), house]) == {0: 1}


def test_the_greatest_overlap_is_matched_first():
    first, second = box(0, 0, 10, 10), box(2, 0, 12, 10)
    assert matched([second, first], [first]) == {1: 0}
    assert matched([second, first], [first, second]) == {0: 1, 1: 0}


def test_a_footprint_matches_from_half_iou_on():
    house = box(0, 0, 10, 10)
    assert matched_footprints([box(0, 0, 10, 5)], [house]) == {0: (0, 0.5)}
    assert matched([box(0, 0, 10, 4)], [house]) == {}


def test_without_footprints_on_one_side_nothing_is_matched():
    assert matched([], [box(0, 0, 1, 1)]) == matched([box(0, 0, 1, 1)], []) == matched([], []) == {}


def test_the_mean_iou_is_that_of_the_matched_footprints_of_all_tiles():
    both = FootprintCounts(tp=1, fp=3, iou_sum=0.6) + FootprintCounts(tp=2, fn=1, iou_sum=1.8)
    assert both == FootprintCounts(tp=3, fp=3, fn=1, iou_sum=pytest.approx(2.4))
    assert both.matched_iou == pytest.approx(0.8)
    assert FootprintCounts(fp=2).matched_iou == 1


def test_a_class_that_is_taken_for_another_is_made_up_and_missed():
    prediction, truth = np.array([[1, 2, 2, 0]], np.uint8), np.array([[1, 1, 0, 2]], np.uint8)
    assert pixel_counts(prediction, truth) == ConfusionCounts(tp=1, fp=2, fn=2)


def test_the_confusion_matrix_has_true_classes_in_rows_and_each_class_its_counts():
    prediction, truth = np.array([1, 2, 2, 0, 1, 2], np.uint8), np.array([1, 1, 0, 2, 255, 2], np.uint8)
    matrix = confusion_matrix(prediction, truth, 2)
    assert matrix.tolist() == [[0, 0, 1], [0, 1, 1], [1, 0, 1]]
    assert class_counts(matrix).tolist() == [[1, 0, 1], [1, 2, 1]]  # tp, fp, fn


def test_what_a_class_is_taken_for_comes_with_its_share_and_the_largest_first():
    matrix = np.array([[5, 0, 0, 0], [3, 5, 2, 0], [0, 0, 4, 0], [0, 0, 0, 0]])
    found = taken_for(matrix, ["road", "water", "snow"])
    assert found == {"road": [("background", 0.3), ("water", 0.2)], "water": []}
