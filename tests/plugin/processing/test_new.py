from tiletriage.plugin.processing.new import New


def test_a_campaign_is_opened_with_its_grid_and_exam_tiles(run, feedback, tiny_scene, tiny_start, tmp_path):
    where = {"IMAGERY": tiny_scene, "WORKSPACE": tmp_path / "village"}
    outputs = run(New(), TILE_SIZE=64, START=tiny_start, EXAM_TILES=4, **where)
    assert (tmp_path / "village" / "campaign.gpkg").exists()
    assert outputs["TILES"] == 24  # 3 rows of 8
    assert outputs["EXAM_TILES"] == 4
    assert "24 tiles of 32.0 m at 0.5 m a pixel" in feedback.infos[0]


def test_without_exam_tiles_all_are_there_to_annotate(run, feedback, tiny_scene, tiny_start, tmp_path):
    outputs = run(New(), IMAGERY=tiny_scene, WORKSPACE=tmp_path / "village", TILE_SIZE=64, START=tiny_start)
    assert (outputs["TILES"], outputs["EXAM_TILES"]) == (24, 0)
    assert not any("exam tiles" in said for said in feedback.infos)


def test_a_folder_that_is_not_empty_is_refused(run, feedback, tiny_scene, tiny_start, tiny_workspace):
    assert run(New(), IMAGERY=tiny_scene, WORKSPACE=tiny_workspace, TILE_SIZE=64, START=tiny_start) is None
    assert "is not empty" in feedback.errors[0]


def test_the_area_limits_the_campaign(run, tiny_scene, tiny_start, tiny_workspace, tmp_path):
    half = f'{tiny_workspace / "campaign.gpkg"}|layername=tiles|subset="column_" < 4'
    outputs = run(New(), IMAGERY=tiny_scene, WORKSPACE=tmp_path / "small", AREA=half, TILE_SIZE=64, START=tiny_start)
    assert outputs["TILES"] == 12  # 3 rows of 4


def test_a_tile_size_that_the_network_cannot_take_is_refused(run, feedback, tiny_scene, tmp_path):
    assert run(New(), IMAGERY=tiny_scene, WORKSPACE=tmp_path / "odd", TILE_SIZE=100) is None
    assert "no multiple of 32" in feedback.errors[0]
    assert not (tmp_path / "odd").exists()
