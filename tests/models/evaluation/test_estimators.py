import numpy as np
import pytest

from tiletriage.models.evaluation.estimators import ProbabilitySample, estimate_footprints, estimate_map
from tiletriage.models.priority.sampling_design import draw_round

FIVE = [0, 1, 2, 3, 4]
EXPECTED = np.random.default_rng(0).gamma(1.0, size=200)  # errors on each tile of an area


def sample(drawn, probability, known=None, count=None, expansion=1.0):
    places = np.asarray(drawn, np.intp)
    known = places if known is None else np.asarray(known, np.intp)
    return ProbabilitySample(places, np.asarray(probability, float), count or len(places), known, expansion)


def test_a_map_of_which_every_tile_was_judged_alike_is_known_exactly():
    """Ten of twenty tiles, on each of which one pixel is made up and two are missed."""
    wrong = np.tile([1.0, 2.0], (10, 1))
    found = estimate_map(110, 100, wrong, [sample(range(10), [0.5] * 10)])
    assert found.iou.value == pytest.approx((110 + 90) / (110 + 100 + 20))
    assert found.amount.value == pytest.approx(110 + 90 + 20)
    assert (found.iou.low, found.iou.high) == (pytest.approx(found.iou.value), pytest.approx(found.iou.value))


def test_a_lot_that_is_half_annotated_says_the_same():
    wrong = np.tile([1.0, 0.0], (5, 1))
    found = estimate_map(0, 100, wrong, [sample(FIVE, [0.5] * 5, count=10)])
    assert found.iou.value == pytest.approx(85 / 100)  # on fifteen tiles one pixel each


def test_tiles_that_the_lot_could_not_meet_are_known_and_speak_for_no_other():
    wrong = np.array([[1.0, 0.0]] * 5 + [[500.0, 500.0]])
    found = estimate_map(0, 100, wrong, [sample(FIVE, [0.5] * 5)])
    assert found.iou.value == pytest.approx(95 / 100)


def test_what_is_annotated_since_is_not_left_any_more():
    """Of ten tiles that the lot could meet five were drawn, and three others annotated later: two are left."""
    wrong = np.tile([1.0, 0.0], (8, 1))
    found = estimate_map(0, 100, wrong, [sample(FIVE, [0.5] * 5, known=range(8))])
    assert found.iou.value == pytest.approx(98 / 100)


def test_tiles_out_of_reach_of_the_lot_are_taken_to_be_like_those_within():
    wrong = np.tile([1.0, 0.0], (5, 1))
    found = estimate_map(0, 100, wrong, [sample(FIVE, [0.5] * 5, expansion=2.0)])
    assert found.iou.value == pytest.approx(90 / 100)


def test_rounds_with_one_drawn_tile_each_have_an_interval_too():
    wrong = np.column_stack([np.arange(5.0), np.zeros(5)])
    found = estimate_map(0, 1000, wrong, [sample([place], [0.1]) for place in FIVE])
    assert found.iou.low < found.iou.value < found.iou.high


def test_too_few_tiles_drawn_by_lot_tell_nothing():
    assert estimate_map(0, 10, np.zeros((4, 2)), [sample(range(4), [0.1] * 4)]) is None
    assert estimate_map(0, 10, np.zeros((0, 2)), []) is None


def test_where_nothing_was_found_wrong_something_may_be():
    found = estimate_map(0, 100, np.zeros((10, 2)), [sample(range(10), [0.1] * 10)]).iou
    assert (found.value, found.high) == (1, 1)
    assert found.low == pytest.approx(0.1 ** (1 / 10))  # all right on ten tiles, of such with so much right, by chance


@pytest.mark.parametrize("wrong", [0.0, 1e-9, 1e9])
def test_a_share_stays_a_share(wrong):
    counts = np.column_stack([np.zeros(8), wrong * np.arange(8.0)])
    found = estimate_map(10, 10, counts, [sample(range(8), [0.1] * 8)])
    assert 0 <= found.iou.low <= found.iou.value <= found.iou.high <= 1
    assert found.amount.low >= 10


def test_an_empty_map_of_an_empty_area_is_right():
    found = estimate_map(0, 0, np.zeros((6, 2)), [sample(range(6), [0.1] * 6)])
    assert (found.iou.value, found.amount.value) == (1, 0)


def test_footprints_of_which_every_tile_was_judged_alike_are_known_exactly():
    """Two footprints of fifty pixels on each of twenty tiles, one of them made up; ten are annotated."""
    wrong, shown = np.tile([1.0, 0.0], (10, 1)), np.tile([2.0, 100.0], (10, 1))
    found = estimate_footprints(10, 1000, wrong, shown, [sample(range(10), [0.5] * 10)])
    assert (found.iou.value, found.f1.value) == (pytest.approx(20 / 30), pytest.approx(0.8))
    assert found.amount.value == pytest.approx(20)
    assert (found.f1.low, found.f1.high) == (pytest.approx(0.8), pytest.approx(0.8))


def test_how_many_footprints_the_pixels_make_is_not_sure():
    wrong, shown = np.tile([1.0, 0.0], (10, 1)), np.column_stack([np.tile([1.0, 3.0], 5), np.full(10, 100.0)])
    found = estimate_footprints(10, 1000, wrong, shown, [sample(range(10), [0.5] * 10)])
    assert found.amount.value == pytest.approx(20)
    assert found.f1.low < found.f1.value == pytest.approx(0.8)
    assert found.f1.value < found.f1.high


@pytest.mark.parametrize("shown_px", [0, 50_000])
def test_where_the_tiles_drawn_show_no_footprint_it_is_not_known_how_many_there_are(shown_px):
    drawn, nothing = [sample(range(10), [0.5] * 10)], np.zeros((10, 2))
    assert estimate_footprints(3, shown_px, nothing, nothing, drawn) is None
    assert estimate_footprints(3, shown_px, nothing, np.tile([0.0, 90.0], (10, 1)), drawn) is None  # specks


def test_fewer_tiles_tell_nothing_of_footprints_than_of_pixels():
    drawn, nothing = [sample(range(9), [0.1] * 9)], np.zeros((9, 2))
    assert estimate_footprints(0, 10, nothing, nothing, drawn) is None
    assert estimate_map(0, 10, nothing, drawn)


@pytest.fixture(scope="module")
def campaigns():
    """Of 300 campaigns over 200 tiles: those annotated, those left, and what was drawn by lot."""
    return [campaign(seed) for seed in range(300)]


def campaign(seed):
    size, places = EXPECTED, np.array([divmod(tile, 20) for tile in range(200)])
    known, drawn = np.empty(0, np.intp), []
    for count in (12, 12, 24):
        rest = np.setdiff1d(np.arange(len(size)), known)
        draw = draw_round(size[rest], rest % 5, places[rest], count, np.random.default_rng((seed, count)))
        by_lot = draw.drawn[draw.probability[draw.drawn] < 1][: count // 4]  # half of the lot is annotated
        certain = draw.drawn[draw.probability[draw.drawn] == 1]
        drawn.append((rest[by_lot], draw.probability[by_lot], count // 2, np.delete(rest, certain)))
        known = np.concatenate([known, rest[certain], rest[by_lot]])
    place_of = {tile: place for place, tile in enumerate(known.tolist())}
    drawn_samples = [
        ProbabilitySample(
            np.array([place_of[tile] for tile in some.tolist()]), chances, by_lot, np.flatnonzero(np.isin(known, met))
        )
        for some, chances, by_lot, met in drawn
    ]
    return known, np.setdiff1d(np.arange(len(size)), known), drawn_samples


def bias_and_coverage(estimates, truths):
    """The mean error, beyond three standard errors, and the share of intervals that hold the truth."""
    errors = [found.value - truth for found, truth in zip(estimates, truths)]
    covered = [found.low <= truth <= found.high for found, truth in zip(estimates, truths)]
    return max(0, abs(np.mean(errors)) - 3 * np.std(errors) / np.sqrt(len(errors))), np.mean(covered)


def test_over_many_campaigns_the_estimate_is_right_on_average_and_its_interval_mostly(campaigns):
    rng = np.random.default_rng(1)
    true, wrong = rng.uniform(20, 80, 200), rng.gamma(1.0, size=(200, 2)) * (1 + 4 * EXPECTED[:, None])
    shown = true + wrong[:, 0] - np.minimum(wrong[:, 1], true)
    found, truths = [], []
    for known, left, drawn_samples in campaigns:
        right = true[known].sum() + shown[left].sum() - wrong[left, 0].sum()
        truths.append(right / (true[known].sum() + shown[left].sum() + wrong[left, 1].sum()))
        found.append(estimate_map(true[known].sum(), shown[left].sum(), wrong[known], drawn_samples).iou)
    bias, coverage = bias_and_coverage(found, truths)
    assert bias < 0.002 and 0.85 <= coverage <= 0.97


def test_and_so_is_that_of_footprints(campaigns):
    rng = np.random.default_rng(2)
    shown = rng.poisson(2 + 4 * EXPECTED)
    pixels, made_up = shown * rng.uniform(80, 120, 200) * (1 + EXPECTED / 4), rng.binomial(shown, 0.3)
    missed = rng.poisson(0.2 + 0.5 * EXPECTED)
    true, wrong = shown - made_up + missed, np.column_stack([made_up, missed]).astype(float)
    on_tile, found, truths = np.column_stack([shown, pixels]), [], []
    for known, left, drawn_samples in campaigns:
        right = true[known].sum() + (shown - made_up)[left].sum()
        truths.append(right / (true[known].sum() + (shown + missed)[left].sum()))
        annotated = true[known].sum(), pixels[left].sum(), wrong[known], on_tile[known]
        found.append(estimate_footprints(*annotated, drawn_samples))
    bias, coverage = bias_and_coverage([each.iou for each in found], truths)
    assert bias < 0.002 and 0.85 <= coverage <= 0.97
    number = [each.amount.times(1 / true.sum()) for each in found]
    covered = [each.low <= 1 <= each.high for each in number]
    assert abs(np.mean([each.value for each in number]) - 1) < 0.05  # a ratio is a little biased
    assert 0.85 <= np.mean(covered) <= 0.97
