from tiletriage.plugin.annotation.tile_claim import TileClaim


def test_two_programs_are_two_sessions_and_one_that_comes_back_after_a_crash_is_the_same(qgis_app):
    first = TileClaim()
    second = TileClaim()
    known = first.session
    assert known != second.session
    del first  # as when its process has ended
    assert TileClaim().session == known != second.session
