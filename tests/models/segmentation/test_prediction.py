from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import rasterio
import torch
from shapely import box

from tiletriage.models.errors import ImageryError, ModelError
from tiletriage.models.imagery.normalization import Normalization
from tiletriage.models.imagery.raster import Pixels, grid_of, open_imagery
from tiletriage.models.segmentation.prediction import normalized_tensor, predict_mosaic
from tiletriage.models.segmentation.unet import Output

PLACE = {"crs": "EPSG:32737", "transform": rasterio.Affine(0.5, 0, 500_000, 0, -0.5, 9_300_000)}


class Constant(torch.nn.Module):
    """A network of one opinion."""

    classes, has_border = 1, False

    def forward(self, pixels):
        return Output(torch.full_like(pixels[:, :1], np.log(3)), pixels.mean(dim=(2, 3)))  # probability 3/4


def random_pixels(tiles=3):
    values = np.random.default_rng(0).uniform(0, 255, (tiles, 3, 32, 32)).astype(np.float32)
    return Pixels(values, np.ones((tiles, 32, 32), bool))


class Absurd(torch.nn.Module):
    """A network whose weights are numbers, and whose answer to a bright picture is none."""

    classes, has_border = 1, False

    def forward(self, pixels):
        return pixels[:, 0] * 0, (pixels * 1e38).mean(dim=(2, 3))


def test_a_model_that_answers_with_no_usable_numbers_is_refused_with_the_cure(bright_predictor):
    with pytest.raises(ModelError, match=r"no usable numbers.*Activate another version"):
        replace(bright_predictor, network=Absurd()).predict(random_pixels())


@pytest.fixture
def mosaic_of(tmp_path, bright_predictor):
    """The mosaic of a picture (row, column), 0 to 255, as an array (row, column)."""

    def predict(picture, predictor=bright_predictor, area=None):
        height, width = picture.shape
        profile = {"driver": "GTiff", "dtype": "uint8", "count": 3, "height": height, "width": width}
        with rasterio.open(tmp_path / "scene.tif", "w", **profile, **PLACE) as scene:
            scene.write(np.stack([picture] * 3))
        imagery = open_imagery(tmp_path / "scene.tif")
        fractions = list(
            predict_mosaic(predictor, imagery, grid_of(imagery, tile_size_px=32), area, tmp_path / "p.tif", 3)
        )
        assert fractions == sorted(fractions) and fractions[-1] == 1
        with rasterio.open(tmp_path / "p.tif") as mosaic:
            return mosaic.read(1)

    return predict


def test_the_probability_is_the_sigmoid_of_the_logits_on_every_valid_pixel(bright_predictor):
    pixels = random_pixels()
    logits = 20 * ((pixels.values[:, 0].astype(float) - 100) / 50 - 1)
    found = bright_predictor.predict(pixels).probability[:, 0]
    np.testing.assert_allclose(found, 1 / (1 + np.exp(-logits)), atol=1e-4)


def test_where_nothing_is_valid_there_is_no_building_whatever_the_pixels_hold(bright_predictor):
    pixels = random_pixels()
    pixels.valid[:, :, 10:] = False
    other = Pixels(pixels.values.copy(), pixels.valid)
    other.values[..., 10:] = 255
    found, again = bright_predictor.predict(pixels), bright_predictor.predict(other)
    assert found.probability[..., 10:].max() == 0 and found.probability[..., :10].max() > 0
    np.testing.assert_array_equal(found.probability, again.probability)
    np.testing.assert_array_equal(found.embedding, again.embedding)


def test_what_is_not_valid_comes_to_the_mean_of_the_imagery():
    pixels = random_pixels(1)
    pixels.valid[0, 0] = False
    normalization = Normalization((0,) * 3, (255,) * 3, (100, 110, 120), (50, 50, 50))
    tensor = normalized_tensor(pixels, normalization)
    assert tensor.dtype == torch.float32
    assert tensor[0, :, 0].abs().max() == 0
    np.testing.assert_allclose(tensor[0, 1, 1:], (pixels.values[0, 1, 1:] - 110) / 50, rtol=1e-5, atol=1e-6)


def test_order_survives_batching(bright_predictor):
    pixels = random_pixels()
    together = bright_predictor.predict(pixels)
    for index in range(3):
        alone = bright_predictor.predict(Pixels(pixels.values[index, None], pixels.valid[index, None]))
        np.testing.assert_allclose(together.probability[index], alone.probability[0], atol=1e-6)
        np.testing.assert_allclose(together.embedding[index], alone.embedding[0], rtol=1e-5)


def test_windows_of_one_probability_make_a_mosaic_of_it(mosaic_of, bright_predictor):
    mosaic = mosaic_of(np.full((64, 96), 80, np.uint8), replace(bright_predictor, network=Constant()))
    assert mosaic.shape == (64, 96)
    assert np.unique(mosaic).tolist() == [191]  # 3/4 of 255


@pytest.mark.parametrize("move", [np.rot90, np.flipud, np.fliplr, np.transpose])
def test_turning_the_imagery_turns_the_mosaic(mosaic_of, move):
    picture = np.random.default_rng(0).integers(120, 180, (64, 64), dtype=np.uint8)
    straight = mosaic_of(picture)
    assert len(np.unique(straight)) > 20
    difference = mosaic_of(np.ascontiguousarray(move(picture))).astype(int) - move(straight)
    assert np.abs(difference).max() <= 1  # the rounding of one level


def test_houses_across_the_borders_of_tiles_are_whole(mosaic_of):
    picture = np.full((64, 96), 80, np.uint8)
    picture[20:44, 20:76] = 200
    np.testing.assert_array_equal(mosaic_of(picture) > 127, picture == 200)


def test_an_area_limits_the_windows_and_nothing_inside_it_is_lost(mosaic_of):
    picture = np.full((64, 256), 200, np.uint8)
    mosaic = mosaic_of(picture, area=box(500_000, 9_299_968, 500_010, 9_300_000))  # the first 20 columns
    assert mosaic[:, :20].min() == 255
    assert mosaic[:, 64:].max() == 0


def test_an_area_beside_the_grid_is_refused(mosaic_of):
    with pytest.raises(ImageryError, match="outside"):
        mosaic_of(np.full((64, 64), 80, np.uint8), area=box(0, 0, 1, 1))
