from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pytest
import rasterio
from PIL import Image

from tiletriage.models.errors import OutputError, WorkspaceError
from tiletriage.models.imagery.grid import Tile, TileGrid
from tiletriage.models.priority.heatmap import check_picture, heatmap_picture, write_heatmap

from ...memory_disk import PAGE_BYTES, mounted

GRID = TileGrid("EPSG:32631", 170000.0, 5000.0, 1.0, 0.5, 20, rows=2, columns=3)  # tiles of 10 x 10 m


@dataclass(frozen=True)
class RankedTile:
    tile: Tile
    split: str = "training"
    state: str = "pool"
    rank: int | None = None
    priority: float | None = None


def draw(path, tiles, bands=3, grid=GRID):
    values = np.random.default_rng(0).uniform(0, 4000, (bands, 40, 60)).astype(np.float32)
    heatmap_picture(path, values, np.ones((40, 60), dtype=bool), grid, tiles, "Annotate next", dots_per_inch=30)
    return np.asarray(Image.open(path).convert("RGB")).astype(float)


def test_the_heatmap_has_one_pixel_a_tile_and_lies_where_the_tiles_lie(tmp_path):
    write_heatmap(tmp_path / "heatmap.tif", GRID, {Tile(0, 0): 1.0, Tile(1, 2): 0.25})
    with rasterio.open(tmp_path / "heatmap.tif") as heatmap:
        assert heatmap.crs.to_epsg() == 32631
        assert tuple(heatmap.bounds) == (170000, 4980, 170030, 5000)
        np.testing.assert_array_equal(heatmap.read(1), np.float32([[1, -1, -1], [-1, -1, 0.25]]))


def test_a_tile_without_priority_is_no_data_in_the_heatmap(tmp_path):
    write_heatmap(tmp_path / "heatmap.tif", GRID, {Tile(0, 1): 0.0})
    with rasterio.open(tmp_path / "heatmap.tif") as heatmap:
        np.testing.assert_array_equal(heatmap.read(1, masked=True).mask, [[True, False, True], [True] * 3])


def test_a_new_heatmap_replaces_the_old_one_and_leaves_nothing_beside_it(tmp_path):
    for priority in (0.1, 0.9):
        write_heatmap(tmp_path / "heatmap.tif", GRID, {Tile(0, 0): priority})
    assert [file.name for file in tmp_path.iterdir()] == ["heatmap.tif"]
    with rasterio.open(tmp_path / "heatmap.tif") as heatmap:
        assert heatmap.read(1)[0, 0] == np.float32(0.9)


def test_a_folder_that_is_not_there_is_named_with_the_cure(tmp_path):
    with pytest.raises(WorkspaceError, match=r"gone.*cannot be written.*choose a folder"):
        write_heatmap(tmp_path / "gone" / "heatmap.tif", GRID, {})


def test_a_writing_that_fails_leaves_the_old_heatmap_and_nothing_beside_it(tmp_path):
    write_heatmap(tmp_path / "heatmap.tif", GRID, {Tile(0, 0): 0.5})
    with pytest.raises(IndexError):
        write_heatmap(tmp_path / "heatmap.tif", GRID, {Tile(7, 7): 0.5})
    assert [file.name for file in tmp_path.iterdir()] == ["heatmap.tif"]


def test_a_heatmap_for_which_the_disk_has_no_room_does_not_appear(tmp_path):
    grid = replace(GRID, rows=60, columns=60)
    with mounted(tmp_path / "disk") as disk:
        disk.resize(3 * PAGE_BYTES)
        with pytest.raises(WorkspaceError, match="Free some space"):
            write_heatmap(disk.folder / "heatmap.tif", grid, dict.fromkeys(grid.tiles(), 0.5))
        assert not (disk.folder / "heatmap.tif").exists()


def test_in_the_picture_a_tile_to_annotate_first_is_lighter_than_one_that_can_wait(tmp_path):
    tiles = [RankedTile(tile, priority=float(tile.column == 2)) for tile in GRID.tiles()]
    picture = draw(tmp_path / "heatmap.png", tiles)
    on_the_map = picture[-100:-20, 10:270]  # the map is 9 inches wide, at 30 dots an inch
    assert on_the_map[:, -80:].mean() > on_the_map[:, :80].mean() + 40


def test_the_picture_shows_every_kind_of_tile_differently(tmp_path):
    states = ("done", "empty", "skipped", "bad imagery")
    kinds = [("exam", "pool"), *(("training", state) for state in states)]
    plain = draw(tmp_path / "plain.png", [])
    seen = [draw(tmp_path / "kind.png", [RankedTile(Tile(0, 1), *kind)]) for kind in kinds]
    for number, picture in enumerate(seen):
        others = [plain, *seen[:number]]
        assert all(not np.array_equal(picture[:, :270], other[:, :270]) for other in others)


def test_an_exam_tile_stays_an_exam_tile_when_it_is_done(tmp_path):
    waiting = draw(tmp_path / "heatmap.png", [RankedTile(Tile(0, 1), "exam", "pool")])
    done = draw(tmp_path / "heatmap.png", [RankedTile(Tile(0, 1), "exam", "done")])
    np.testing.assert_array_equal(waiting, done)


@pytest.mark.parametrize("bands", [1, 2, 8])
def test_imagery_of_any_number_of_bands_has_a_picture(tmp_path, bands):
    assert draw(tmp_path / "heatmap.png", [RankedTile(Tile(0, 0), rank=1, priority=1.0)], bands).shape[2] == 3


def test_a_picture_that_cannot_be_written_leaves_nothing_behind(tmp_path):
    with pytest.raises(WorkspaceError, match="cannot be written"):
        draw(tmp_path / "gone" / "heatmap.png", [])
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(("rows", "columns"), [(1, 1), (1, 200), (200, 1)])
def test_a_grid_of_any_shape_has_a_picture_of_a_size_to_look_at(tmp_path, rows, columns):
    grid = TileGrid("EPSG:32631", 170000.0, 5000.0, 1.0, 0.5, 20, rows, columns)
    picture = draw(tmp_path / "heatmap.png", [RankedTile(Tile(0, 0), rank=1, priority=1.0)], grid=grid)
    height, width, _ = picture.shape
    assert 100 < height < 400 and 90 < width < 400  # at 30 dots an inch


def test_a_picture_of_ours_is_replaced_on_the_users_word_and_no_other(tmp_path):
    draw(tmp_path / "ours.png", [RankedTile(Tile(0, 0), rank=1, priority=1.0)])
    Image.new("RGB", (8, 8)).save(tmp_path / "photo.png")
    with pytest.raises(OutputError, match="option overwrite"):
        check_picture(tmp_path / "ours.png")
    check_picture(tmp_path / "ours.png", overwrite=True)
    with pytest.raises(OutputError, match="never replaced"):
        check_picture(tmp_path / "photo.png", overwrite=True)
    check_picture(tmp_path / "new.png")
