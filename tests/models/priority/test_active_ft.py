import numpy as np
import pytest
import torch

from tiletriage.models.priority.active_ft import TEMPERATURE, active_ft, paper_loss, released_loss
from tiletriage.models.priority.features import directions

BOTH_LOSSES = pytest.mark.parametrize("use_paper_loss", [False, True])
TWO_ACROSS = torch.eye(2)  # two thetas at a right angle


@pytest.fixture(autouse=True)
def one_thread():
    torch.set_num_threads(1)


def two_groups():
    """Twenty tiles of one kind and ten of another, far apart; which kind (tile,) and embedding (tile, channel)."""
    rng = np.random.default_rng(0)
    of = np.repeat([0, 1], [20, 10])
    return of, (rng.normal(size=(2, 64))[of] + 0.05 * rng.normal(size=(30, 64))).astype(np.float32)


def test_the_released_loss_of_tiles_on_two_thetas_at_a_right_angle():
    loss = released_loss(torch.ones(4), torch.tensor([0, 0, 1, 1]), TWO_ACROSS)
    assert float(loss) == pytest.approx(np.log(2 + np.exp(-1 / TEMPERATURE)))


def test_the_released_loss_of_a_tile_sixty_degrees_from_the_only_theta():
    loss = released_loss(torch.tensor([0.5]), torch.tensor([0]), torch.eye(1))
    assert float(loss) == pytest.approx(np.log1p(np.exp(0.5 / TEMPERATURE)))


def test_the_paper_loss_of_tiles_on_two_thetas_at_a_right_angle():
    loss = paper_loss(torch.ones(4), torch.tensor([0, 0, 1, 1]), TWO_ACROSS)
    assert float(loss) == pytest.approx(-1 / TEMPERATURE)


def test_the_paper_loss_of_tiles_on_two_opposite_thetas():
    loss = paper_loss(torch.ones(2), torch.tensor([0, 1]), torch.tensor([[1.0, 0], [-1, 0]]))
    assert float(loss) == pytest.approx(-2 / TEMPERATURE)


def test_only_the_paper_loss_lets_a_theta_feel_those_that_no_tile_is_near_to():
    def pull_on_the_second(loss):
        thetas = torch.tensor([[1.0, 0], [0.6, 0.8]], requires_grad=True)
        loss(torch.ones(3), torch.tensor([0, 0, 0]), thetas).backward()
        return float(thetas.grad[1].abs().sum())

    assert pull_on_the_second(released_loss) == 0
    assert pull_on_the_second(paper_loss) > 0


@BOTH_LOSSES
def test_two_kinds_of_tiles_are_both_taken_and_the_frequent_one_first(use_paper_loss):
    of, embedding = two_groups()
    points, nothing = directions(embedding, embedding[:0])
    chosen, _ = active_ft(points, nothing, 2, np.random.default_rng(0), use_paper_loss)
    assert of[chosen].tolist() == [0, 1]


@BOTH_LOSSES
def test_a_kind_that_is_labelled_is_not_taken_again(use_paper_loss):
    of, embedding = two_groups()
    points, labelled = directions(embedding[1:], embedding[:1])
    chosen, _ = active_ft(points, labelled, 1, np.random.default_rng(0), use_paper_loss)
    assert of[1:][chosen] == [1]


def test_a_tile_like_a_chosen_one_is_worth_less_than_one_unlike_them():
    of, embedding = two_groups()
    points, nothing = directions(embedding, embedding[:0])
    chosen, value = active_ft(points, nothing, 1, np.random.default_rng(0))
    assert value[of == of[chosen[0]]].max() < value[of != of[chosen[0]]].min()


@BOTH_LOSSES
@pytest.mark.parametrize(("tiles", "count"), [(1, 1), (3, 5)])
def test_no_tile_is_taken_twice_and_small_pools_are_taken_whole(use_paper_loss, tiles, count):
    points = np.eye(3, dtype=np.float32)[:tiles]
    chosen, value = active_ft(points, points[:0], count, np.random.default_rng(0), use_paper_loss)
    assert len(set(chosen)) == len(chosen) == min(tiles, count)
    assert np.isfinite(value).all()
