"""Reading from servers of this computer: one over a tiny pyramid made up here, one over downloaded pictures."""

import csv
import re
from pathlib import Path

import numpy as np
import pytest
import rasterio
from PIL import Image

from tiletriage.models.imagery.raster import grid_of, open_imagery, read_tiles
from tiletriage.plugin.layers import online_imagery
from tiletriage.plugin.layers.imagery_layer import suggestion
from tiletriage.plugin.layers.online_imagery import OnlineReading
from tiletriage.tests.plugin.layers.picture_server import (
    COLUMN,
    HALF,
    LEFT,
    PIXEL,
    ROW,
    SIDE,
    TOP,
    ZOOM,
    photograph,
    png,
)

DOWNLOADED = Path(__file__).parents[4] / "shared" / "data" / "buildings-zanzibar-north"


@pytest.fixture
def read(tmp_path, until):
    """Reads to the end; gives the path, or the text of the failure."""

    def read(layer, area, gsd_metres=None):
        gsd_metres = gsd_metres or suggestion(layer, area).gsd_metres
        reading = OnlineReading(layer, area, gsd_metres, tmp_path / "imagery.tif")
        told, reading.percents = [], []
        reading.finished.connect(told.append)
        reading.failed.connect(told.append)
        reading.progressed.connect(reading.percents.append)
        reading.start()
        until(lambda: told)
        read.last = reading
        return told[0]

    return read


@pytest.fixture(autouse=True)
def _no_pause(monkeypatch):
    monkeypatch.setattr(online_imagery, "PAUSE_MS", 1)


def leftovers(folder):
    return [path.name for path in folder.iterdir() if path.name != "imagery.tif"]


def test_pictures_are_read_pixel_by_pixel_and_blank_ones_become_no_data(pyramid, online, village, read, tmp_path):
    assert read(online(pyramid), village) == str(tmp_path / "imagery.tif")
    with rasterio.open(tmp_path / "imagery.tif") as imagery:
        assert imagery.crs == "EPSG:3857"
        assert imagery.count == 4
        column, row = (round(place) for place in ~imagery.transform * (LEFT, TOP))
        there = rasterio.windows.Window(column, row, 1024, 512)
        *pixels, alpha = imagery.read(window=there, boundless=True)
    for picture in ((0, 0), (0, 1), (1, 0), (1, 1)):
        part = np.s_[picture[0] * 256 : picture[0] * 256 + 256, picture[1] * 256 : picture[1] * 256 + 256]
        expected = photograph(COLUMN + picture[1], ROW + picture[0])
        inside = np.s_[2:-2, 2:-2]  # the area ends a pixel from the edge
        np.testing.assert_array_equal(np.stack(pixels, 2)[part][inside], expected[inside])
    assert (alpha[2:-2, 2:510] == 255).all()
    assert (alpha[:, 512:] == 0).all()


def test_the_engine_sees_the_blank_part_as_no_data(pyramid, online, village, read):
    imagery = open_imagery(Path(read(online(pyramid), village)))
    assert len(imagery.bands) == 3
    grid = grid_of(imagery)
    (read_pixels,) = read_tiles(imagery, grid, list(grid.tiles())[:4], batch_size=4)
    assert read_pixels.valid[:2].mean() > 0.9
    assert not read_pixels.valid[3].any()


def test_progress_rises_to_a_hundred_percent(pyramid, online, village, read):
    read(online(pyramid), village)
    percents = read.last.percents
    assert percents == sorted(percents)
    assert percents[-1] == 100


def test_nothing_but_the_file_is_left(pyramid, online, village, read, tmp_path):
    read(online(pyramid), village)
    assert leftovers(tmp_path) == []


def test_only_parts_that_the_area_touches_are_asked_for(pyramid, online, area, read):
    far = 40 * SIDE
    two_places = area(
        (LEFT + 9, TOP - SIDE, LEFT + SIDE - 9, TOP - 9),
        (LEFT + far + 9, TOP - SIDE, LEFT + far + SIDE - 9, TOP - 9),
        crs="EPSG:3857",
    )
    read(online(pyramid), two_places)
    columns = {column - COLUMN for zoom, column, _ in pyramid.asked if zoom == ZOOM}
    assert columns & set(range(4)) and columns & set(range(38, 43))
    assert not columns & set(range(6, 36))


def test_what_was_read_is_not_read_again_after_a_cancellation(pyramid, online, village, read, tmp_path, until):
    layer = online(pyramid)
    first = OnlineReading(layer, village, suggestion(layer, village).gsd_metres, tmp_path / "imagery.tif")
    done, told = [], []
    first.progressed.connect(lambda percent: (done.append(percent), first.cancel()))
    first.finished.connect(told.append)
    first.failed.connect(told.append)
    first.start()
    until(lambda: done)
    assert not (tmp_path / "imagery.tif").exists()
    (kept,) = tmp_path.glob(".imagery.parts/*.png")
    negative = 255 - np.asarray(Image.open(kept).convert("RGB"))
    Image.fromarray(negative).save(kept)
    assert read(layer, village).endswith("imagery.tif")
    assert not told
    with rasterio.open(tmp_path / "imagery.tif") as imagery:
        first_part = imagery.read((1, 2, 3), window=rasterio.windows.Window(0, 0, 512, 512))
    np.testing.assert_array_equal(np.moveaxis(first_part, 0, 2), negative)
    assert leftovers(tmp_path) == []


def test_a_server_that_stumbles_is_asked_again(serve, online, village, read):
    stumbles = iter([503])
    server = serve(lambda zoom, column, row: next(stumbles, None) or png(photograph(column, row)))
    assert read(online(server), village).endswith("imagery.tif")


def test_a_server_that_stays_down_is_named_with_the_cure_and_what_was_read_is_kept(
    serve, online, village, read, tmp_path
):
    server = serve(lambda zoom, column, row: 500 if column > COLUMN + 2 else png(photograph(column, row)))
    assert re.search(r"does not answer as it should: .*Check the network", read(online(server), village))
    assert not (tmp_path / "imagery.tif").exists()
    assert list(tmp_path.glob(".imagery.parts/*.png"))


def test_a_server_that_is_gone_is_named_with_the_cure(raster, village, read):
    layer = raster("type=xyz&url=http://127.0.0.1:9/%7Bz%7D/%7Bx%7D/%7By%7D&zmax=19&zmin=0", "Satellite", "wms")
    assert "Check the network" in read(layer, village)


def test_an_area_without_any_picture_is_no_imagery(serve, online, village, read, tmp_path):
    text = read(online(serve(lambda *_: 404)), village)
    assert "no picture of this area" in text
    assert leftovers(tmp_path) == []


def test_the_user_may_remove_the_layer_meanwhile(pyramid, online, village, project, tmp_path, until):
    layer = online(pyramid)
    reading = OnlineReading(layer, village, suggestion(layer, village).gsd_metres, tmp_path / "imagery.tif")
    told = []
    reading.finished.connect(told.append)
    reading.start()
    project.removeAllMapLayers()
    until(lambda: told)
    assert told == [str(tmp_path / "imagery.tif")] and (tmp_path / "imagery.tif").stat().st_size


def test_an_area_that_is_too_large_is_refused_with_the_cure(pyramid, online, area, read):
    country = area((LEFT, TOP - 500_000, LEFT + 500_000, TOP), crs="EPSG:3857")
    text = read(online(pyramid), country, gsd_metres=1)
    assert re.search(r"at most 400 .*smaller area, or choose a GSD of 2\d\.\d\d m", text)
    assert not pyramid.asked


def test_without_an_area_nothing_is_read(pyramid, online, read):
    assert "choose an area of interest" in read(online(pyramid), None, gsd_metres=1)


def test_a_folder_that_cannot_be_written_to_is_told(pyramid, online, village, tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    reading = OnlineReading(online(pyramid), village, 0.3, tmp_path / "file" / "imagery.tif")
    told = []
    reading.failed.connect(told.append)
    reading.start()
    assert "cannot be saved" in told[0]


def test_cancelling_before_and_after_the_reading_does_no_harm(pyramid, online, village, read, tmp_path):
    reading = OnlineReading(online(pyramid), village, 0.3, tmp_path / "imagery.tif")
    reading.cancel()
    read(online(pyramid), village)
    before = (tmp_path / "imagery.tif").read_bytes()
    read.last.cancel()
    assert (tmp_path / "imagery.tif").read_bytes() == before


def test_cancelled_while_the_parts_are_put_together_no_half_file_is_left(pyramid, online, village, tmp_path, until):
    layer = online(pyramid)
    reading = OnlineReading(layer, village, suggestion(layer, village).gsd_metres, tmp_path / "imagery.tif")
    late = []
    reading.progressed.connect(lambda percent: (late.append(percent), reading.cancel()) if percent > 90 else None)
    reading.start()
    until(lambda: late)
    assert leftovers(tmp_path) == [".imagery.parts"]


def test_a_coarser_gsd_gives_a_smaller_file(pyramid, online, village, read):
    fine = suggestion(online(pyramid), village).gsd_metres
    with rasterio.open(read(online(pyramid), village, gsd_metres=2 * fine)) as imagery:
        assert imagery.res[0] == pytest.approx(2 * PIXEL, rel=1e-3)


@pytest.mark.skipif(not (DOWNLOADED / "tiles").is_dir(), reason=f"the pictures of {DOWNLOADED} are not there")
def test_downloaded_pictures_become_imagery_where_there_are_some(serve, area, raster, read):
    with (DOWNLOADED / "tiles.csv").open(encoding="utf-8") as table:
        files = {(int(row["z"]), int(row["x"]), int(row["y"])): row["file"] for row in csv.DictReader(table)}
    first = min(files)
    zoom, column, row = first
    server = serve(lambda *place: (DOWNLOADED / "tiles" / files[place]).read_bytes() if place in files else 404)
    side = 2 * HALF / 2**zoom
    left, top = -HALF + column * side, HALF - row * side
    layer = raster(server.source.replace(f"zmax={ZOOM}", f"zmax={zoom}"), "OpenAerialMap", "wms")
    place = area((left - 2 * side, top - 4 * side, left + 4 * side, top), crs="EPSG:3857")
    with rasterio.open(read(layer, place)) as imagery:
        at = rasterio.windows.from_bounds(left, top - side, left + side, top, imagery.transform)
        pixels, alpha = imagery.read((1, 2, 3), window=at), imagery.read(4)
    expected = np.asarray(Image.open(DOWNLOADED / "tiles" / files[first]).convert("RGB"))
    assert np.abs(np.moveaxis(pixels, 0, 2).astype(int) - expected).mean() < 2  # another JPEG decoder
    known = sum(place in files for place in ((zoom, column + x, row + y) for x in range(4) for y in range(4)))
    assert (alpha > 0).sum() >= 0.9 * known * 256**2
    assert (alpha[:, :256] == 0).all()
