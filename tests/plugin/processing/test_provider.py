import subprocess
import sys

import pytest

from tiletriage.plugin.processing.provider import ALGORITHMS, TileTriageProvider


@pytest.fixture(scope="module")
def provider(qgis_app):
    provider = TileTriageProvider()
    provider.refreshAlgorithms()
    return provider


def test_the_toolbox_lists_every_use_case(provider):
    names = {"new", "score", "next", "annotate", "finetune", "predict", "evaluate", "quality", "versions"}
    assert {algorithm.name() for algorithm in provider.algorithms()} == names


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_an_algorithm_tells_what_it_does(algorithm, qgis_app):
    instance = algorithm().create()
    assert instance.shortHelpString().startswith(instance.story())
    assert instance.displayName() and instance.group() and instance.groupId()
    assert instance.canExecute() == (True, "")


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_every_parameter_has_a_sentence_of_help(algorithm, qgis_app):
    instance = algorithm().create()
    assert not [each.name() for each in instance.parameterDefinitions() if not each.help().endswith(".")]


def test_results_go_into_the_files_that_the_engine_can_write(provider):
    assert provider.supportedOutputVectorLayerExtensions() == ["gpkg", "geojson"]
    assert not provider.supportsNonFileBasedOutput()


def test_listing_the_algorithms_imports_nothing_heavy():
    code = (
        "import sys\n"
        "from tiletriage.plugin.processing.provider import TileTriageProvider\n"
        "provider = TileTriageProvider()\n"
        "provider.refreshAlgorithms()\n"
        "print(len(provider.algorithms()), {'torch', 'rasterio', 'geopandas', 'shapely'} & set(sys.modules))"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ended.stdout.strip() == f"{len(ALGORITHMS)} set()"
