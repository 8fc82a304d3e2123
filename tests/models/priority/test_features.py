import numpy as np
import pytest

from tiletriage.models.priority.features import (
    channels_for,
    directions,
    distance_to_nearest,
    novelty,
    percentile_rank,
    principal_coordinates,
)


@pytest.fixture
def embedding():
    return np.random.default_rng(0).normal(size=(30, 6)).astype(np.float32)


def nothing(channels):
    return np.empty((0, channels), dtype=np.float32)


def test_all_principal_coordinates_together_keep_every_distance(embedding):
    standardised = (embedding - embedding.mean(axis=0)) / embedding.std(axis=0)
    coordinates, _ = principal_coordinates(embedding, nothing(6), channels=6)
    np.testing.assert_allclose(
        np.linalg.norm(coordinates[0] - coordinates, axis=1),
        np.linalg.norm(standardised[0] - standardised, axis=1),
        rtol=1e-3,
    )


def test_one_principal_coordinate_finds_the_direction_in_which_channels_agree():
    along = np.arange(10, dtype=np.float32)
    across = np.tile([1, -1], 5).astype(np.float32)  # tells little: it is a tenth as long once standardised
    embedding = np.stack([along, 2 * along, -along, across], axis=1)
    coordinates, _ = principal_coordinates(embedding, nothing(4), channels=1)
    assert abs(np.corrcoef(coordinates[:, 0], along)[0, 1]) > 0.99


def test_a_channels_unit_does_not_matter(embedding):
    labelled = embedding[:5] + 1
    scale = np.array([1000, 1, 1, 1, 1, 0.01], dtype=np.float32)
    here = distance_to_nearest(*principal_coordinates(embedding, labelled, channels=3))
    there = distance_to_nearest(*principal_coordinates(embedding * scale, labelled * scale, channels=3))
    np.testing.assert_allclose(here, there, rtol=1e-2)


def test_coordinates_follow_their_tiles_when_these_are_shuffled(embedding):
    shuffled = np.random.default_rng(1).permutation(len(embedding))
    here = novelty(*principal_coordinates(embedding, embedding[:3] + 1, channels=3))
    there = novelty(*principal_coordinates(embedding[shuffled], embedding[:3] + 1, channels=3))
    np.testing.assert_allclose(here[shuffled], there)


def test_channels_that_never_vary_carry_no_weight(embedding):
    silent = np.hstack([embedding, np.full((30, 2), 7, dtype=np.float32)])
    coordinates, _ = principal_coordinates(silent, nothing(8), channels=8)
    assert np.isfinite(coordinates).all()


def test_a_quarter_as_many_coordinates_as_tiles_but_one_to_sixteen():
    assert [channels_for(tiles) for tiles in (1, 4, 40, 1000)] == [1, 1, 10, 16]


def test_directions_are_unit_vectors_that_do_not_see_what_all_tiles_share(embedding):
    points, labelled = directions(embedding, embedding[:4])
    np.testing.assert_allclose(np.linalg.norm(points, axis=1), 1, atol=1e-5)
    np.testing.assert_allclose(points, directions(embedding + 5, embedding[:4])[0], atol=1e-4)
    np.testing.assert_allclose(labelled, points[:4])


def test_a_tile_alone_has_no_direction():
    points, _ = directions(np.ones((1, 3), dtype=np.float32), nothing(3))
    np.testing.assert_array_equal(points, 0)


def test_the_nearest_reference_counts():
    coordinates, references = np.array([[0.0, 0.0], [10.0, 0.0]]), np.array([[3.0, 4.0], [10.0, 1.0]])
    np.testing.assert_allclose(distance_to_nearest(coordinates, references), [5, 1])


def test_the_percentile_rank_counts_ties_half():
    np.testing.assert_allclose(percentile_rank(np.array([5, 1, 3, 3])), [3.5 / 4, 0.5 / 4, 2 / 4, 2 / 4])


def test_everything_is_new_as_long_as_nothing_is_labelled(embedding):
    np.testing.assert_array_equal(novelty(embedding, nothing(6)), 1)


def test_novelty_grows_with_the_distance_from_the_labelled_tiles():
    line = np.array([[4.0], [1.0], [9.0], [2.0]])
    np.testing.assert_allclose(novelty(line, np.array([[0.0]])), [5 / 8, 1 / 8, 7 / 8, 3 / 8])
