import geopandas
import pytest
import shapely
from shapely import box

from tiletriage.models import loop
from tiletriage.models.campaign.records import ANNOTATED
from tiletriage.models.campaign.workspace import open_workspace
from tiletriage.models.errors import OutputError
from tiletriage.models.imagery.area import ground_of

from ..campaigns import NOW, records, run

SPECKS = {"threshold": 0.52, "minimum_area_m2": 1}  # some hundreds everywhere, from a model with random weights


@pytest.fixture
def workspace(tiny_workspace, tiny_labels):
    """A campaign whose exam tiles are finished, and two tiles more: one done, one empty."""
    workspace = open_workspace(tiny_workspace)
    for which in ({"exam": True}, {"tiles": ["r000_c000", "r000_c002"]}):
        run(loop.annotate(workspace, tiny_labels, annotator="Amina", now=NOW, **which))
    return workspace


def finished_ground(workspace):
    with workspace.store() as store:
        tiles = [record.tile for record in store.tiles(states=ANNOTATED)]
    assert len(tiles) == 6
    return shapely.union_all([shapely.box(*workspace.grid.tile_bounds(tile)) for tile in tiles])


def test_people_are_never_contradicted(workspace, tmp_path):
    predicted = run(loop.predict(workspace, tmp_path / "a.gpkg", **SPECKS))
    found = geopandas.read_file(tmp_path / "a.gpkg")
    people, model = found[found.origin == "human"], found[found.origin == "model"]
    with workspace.store() as store:
        labels = store.all_footprints()
    assert shapely.union_all(people.geometry).equals(shapely.union_all(labels.geometry))
    assert people.confidence.isna().all() and people.version.isna().all() and model.confidence.notna().all()
    inside = shapely.intersection(model.geometry.array, finished_ground(workspace))
    assert shapely.area(inside).sum() == pytest.approx(0)
    assert (predicted.by_people, predicted.by_model) == (len(labels), len(model))
    assert len(labels) > 0 and len(model) > 0
    assert predicted.footprints == len(found)


def test_in_an_area_there_are_peoples_footprints_of_that_area_alone(workspace, tmp_path):
    square = shapely.box(*workspace.grid.tile_bounds(workspace.grid.tile("r000_c000")))
    area = geopandas.GeoDataFrame(geometry=[square.buffer(-1)], crs=workspace.grid.crs)
    area.to_file(tmp_path / "area.geojson")
    predicted = run(loop.predict(workspace, tmp_path / "a.geojson", area=tmp_path / "area.geojson"))
    assert (predicted.by_people, predicted.by_model) == (1, 0)


@pytest.mark.parametrize("name", ["campaign.gpkg", "versions/a.gpkg", "cache/a.geojson", "../campaign/campaign.gpkg"])
def test_a_campaign_is_never_written_over(workspace, name):
    before = workspace.campaign.read_bytes()
    (workspace.cache).mkdir(exist_ok=True)
    with pytest.raises(OutputError, match="belongs to the campaign"):
        run(loop.predict(workspace, workspace.folder / name, overwrite=True))
    assert workspace.campaign.read_bytes() == before


def test_drafts_that_somebody_corrected_stay_until_the_user_says_so(workspace, tmp_path):
    run(loop.predict(workspace, tmp_path / "a.gpkg", **SPECKS))
    before = (tmp_path / "a.gpkg").read_bytes()
    with pytest.raises(OutputError, match="option overwrite"):
        next(loop.predict(workspace, tmp_path / "a.gpkg"))
    assert (tmp_path / "a.gpkg").read_bytes() == before
    run(loop.predict(workspace, tmp_path / "a.gpkg", overwrite=True))


def test_the_area_that_is_read_is_never_written_over(workspace, tmp_path):
    geopandas.GeoDataFrame(
        {"confidence": [1.0], "version": ["v"]}, geometry=[shapely.box(*workspace.grid.bounds)], crs=workspace.grid.crs
    ).to_file(tmp_path / "area.gpkg", layer="footprints")
    with pytest.raises(OutputError, match="read by this very step"):
        next(loop.predict(workspace, tmp_path / "area.gpkg", area=tmp_path / "area.gpkg", overwrite=True))


@pytest.mark.parametrize("name", ["footprints.shp", "missing/footprints.gpkg"])
def test_footprints_that_nobody_could_write_are_not_even_begun(workspace, tmp_path, name):
    with pytest.raises(OutputError):
        next(loop.predict(workspace, tmp_path / name))


def test_only_the_campaigns_own_tiles_are_predicted(tmp_path, tiny_scene, tiny_start):
    corner = box(500_000, 9_299_904, 500_255, 9_299_999).difference(box(500_097, 9_299_904, 500_255, 9_299_967))
    geopandas.GeoDataFrame(geometry=[corner], crs="EPSG:32737").to_file(tmp_path / "area.geojson")
    workspace = loop.new(
        tmp_path / "campaign", tiny_scene, area=tmp_path / "area.geojson", tile_size_px=64, start=tiny_start
    )
    predicted = run(loop.predict(workspace, tmp_path / "out.gpkg", threshold=0.01, minimum_area_m2=0))
    tiles = ground_of(workspace.grid, [record.tile for record in records(workspace)])
    footprints = geopandas.read_file(predicted.path)
    assert tiles is not None
    assert len(footprints) and footprints.intersects(tiles).all()
