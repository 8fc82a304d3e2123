import json

import pytest
from qgis.core import QgsProcessingOutputLayerDefinition, QgsVectorLayer

from tiletriage.plugin.processing.next_tiles import NextTiles
from tiletriage.plugin.processing.score import Score


@pytest.fixture
def scored(run, tiny_workspace):
    run(Score(), WORKSPACE=tiny_workspace, STRATEGY="entropy")
    return tiny_workspace


def test_the_best_tiles_are_listed_with_their_reasons(run, feedback, scored, tmp_path):
    outputs = run(
        NextTiles(),
        WORKSPACE=scored,
        COUNT=3,
        OUTPUT_HTML=tmp_path / "next.html",
        OUTPUT_JSON=tmp_path / "next.json",
        OUTPUT=tmp_path / "next.gpkg",
    )
    queue = json.loads((tmp_path / "next.json").read_text(encoding="utf-8"))
    assert [tile["rank"] for tile in queue] == [1, 2, 3]
    ids = [tile["tile_id"] for tile in queue]
    assert outputs["TILES"] == ",".join(ids)
    assert outputs["TILES_LISTED"] == 3
    page = (tmp_path / "next.html").read_text(encoding="utf-8")
    assert all(tile["tile_id"] in page and tile["reason"]["code"] == "entropy" for tile in queue)
    assert any(ids[0] in info for info in feedback.infos)
    layer = QgsVectorLayer(outputs["OUTPUT"], "next", "ogr")
    assert {feature["tile_id"] for feature in layer.getFeatures()} == set(ids)


def test_the_exam_tiles_are_listed_before_anything_is_scored(run, tiny_workspace):
    assert run(NextTiles(), WORKSPACE=tiny_workspace, EXAM=True)["TILES_LISTED"] == 4


def test_a_campaign_that_was_not_scored_says_so(run, feedback, tiny_workspace):
    assert run(NextTiles(), WORKSPACE=tiny_workspace) is None
    assert "Score the campaign first" in feedback.errors[0]


@pytest.mark.parametrize(
    ("name", "file"),
    [
        *(("OUTPUT", "campaign.gpkg"), ("OUTPUT_HTML", "versions/tiny/card.html"), ("OUTPUT_HTML", "campaign.gpkg")),
        ("OUTPUT_JSON", "versions/tiny/card.json"),
    ],
)
def test_a_campaigns_own_files_are_never_written_over(run, feedback, scored, name, file):
    before = (scored / "campaign.gpkg").read_bytes()
    destinations = [str(scored / file)]
    if name == "OUTPUT":
        destinations.append(f"ogr:dbname='{scored / file}' table=\"next\"")
        destinations.append(QgsProcessingOutputLayerDefinition(destinations[0]))
    for destination in destinations:
        assert run(NextTiles(), WORKSPACE=scored, **{name: destination}) is None
        assert "belongs to the campaign" in feedback.errors[-1]
    assert (scored / "campaign.gpkg").read_bytes() == before
    json.loads((scored / "versions" / "tiny" / "card.json").read_text())
