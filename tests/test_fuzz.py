"""200 hostile and broken files through the commands that read them: each is refused clearly, or works.

On its own: make test TESTS=tests/test_fuzz.py. The long form, with a table of what happened: make fuzz.
"""

import json
import subprocess
import sys

CASES, SEED = 200, 0
GOOD = ("clear error", "works")
KNOWN = (  # kinds of input whose defects are not mended yet
    "area/absurd_coordinates",
    "area/absurd_in_geopackage",
    "area/broken_rings",
    "area/crs_link",
    "area/damaged_geopackage",
    "area/deep_json",
    "area/endless_view",
    "area/fifo",
    "area/geopackage_pieces",
    "area/gml",
    "area/many_holes",
    "area/odd_geometries",
    "area/odd_name",
    "area/remote_vector",
    "area/scribble",
    "area/several_layers",
    "area/three_dimensions",
    "campaign/damaged_page",
    "campaign/hostile_triggers",
    "campaign/hostile_views",
    "campaign/imagery_beside",
    "campaign/imagery_elsewhere",
    "campaign/odd_active_version",
    "campaign/odd_cache",
    "campaign/odd_columns",
    "campaign/odd_footprints",
    "campaign/odd_grid",
    "campaign/odd_normalization",
    "campaign/odd_requests",
    "campaign/odd_schema_version",
    "campaign/odd_setting",
    "campaign/odd_tables",
    "campaign/odd_tile_values",
    "campaign/planted_journal",
    "labels/absurd_coordinates",
    "labels/absurd_in_geopackage",
    "labels/broken_rings",
    "labels/fifo",
    "labels/geopackage_pieces",
    "labels/gml",
    "labels/no_polygons",
    "labels/odd_geometries",
    "labels/odd_name",
    "labels/odd_place",
    "labels/remote_vector",
    "labels/scribble",
    "labels/several_layers",
    "labels/three_dimensions",
    "options/odd_bands",
    "options/odd_gsd",
    "options/odd_tiles",
    "options/odd_words",
    "raster/constant",
    "raster/damaged_header",
    "raster/degenerate_ground",
    "raster/device_source",
    "raster/far_place",
    "raster/huge_claim",
    "raster/huge_sparse",
    "raster/metres_as_degrees",
    "raster/no_file",
    "raster/odd_bands",
    "raster/odd_crs",
    "raster/odd_ground",
    "raster/odd_ground_in_tiff",
    "raster/odd_proj_string",
    "raster/odd_values",
    "raster/pipe",
    "raster/remote_behind_files",
    "raster/remote_service",
    "raster/remote_source",
    "raster/writing_format",
    "results/no_results",
    "results/odd_value",
    "results/report_over_own",
    "version/folder_is_link",
    "version/no_folder",
    "version/odd_numbers",
    "version/pickled_model",
)


def test_a_hostile_file_is_refused_clearly_or_works():
    words = ["-n", CASES, "--seed", SEED, "--json", "--without", ",".join(KNOWN)]
    command = [sys.executable, "-m", "tiletriage.tests.tools.fuzz", *map(str, words)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    cases = [json.loads(line) for line in run.stdout.splitlines()]
    assert len(cases) == CASES, run.stderr
    failed = [case for case in cases if case["verdict"]["outcome"] not in GOOD]
    assert not failed, "\n".join(["", *map(told, failed)])


def told(case):
    """A failure in one line, and how to see it again."""
    verdict, again = case["verdict"], f"make fuzz CASE={case['seed']}:{case['number']}"
    return f"{case['kind']}: {verdict['outcome']}: {verdict['signature']}: {verdict['message'][:200]!r}: {again}"
