import shutil

import numpy as np
import pytest
import rasterio
from qgis.core import QgsContrastEnhancement, QgsRasterLayer

from tiletriage.plugin.layers.layer_watch import LayerWatch

NO_STRETCH = QgsContrastEnhancement.ContrastEnhancementAlgorithm.NoEnhancement


@pytest.fixture
def watch(project, layers):
    return LayerWatch(layers)


@pytest.fixture
def sixteen_bits(tmp_path):
    """A panchromatic picture of 100 to 1099 with one pixel in a thousand that shines."""
    values = np.arange(40_000, dtype=np.uint16).reshape(1, 200, 200) % 1000 + 100
    values[:, ::50, ::20] = 6000
    path = tmp_path / "pan.tif"
    options = {"driver": "GTiff", "dtype": "uint16", "count": 1, "height": 200, "width": 200, "crs": "EPSG:32737"}
    with rasterio.open(path, "w", transform=rasterio.Affine(1, 0, 500_000, 0, -1, 9_300_000), **options) as raster:
        raster.write(values)
    return path


def shown(project):
    (layer,) = (layer for layer in project.mapLayers().values() if isinstance(layer, QgsRasterLayer))
    return layer


def test_sixteen_bits_that_we_put_on_the_map_are_stretched_for_the_eye(watch, project, sixteen_bits):
    watch.begin(sixteen_bits)
    stretch = shown(project).renderer().contrastEnhancement()
    assert stretch.minimumValue() == pytest.approx(120, abs=10)
    assert stretch.maximumValue() == pytest.approx(1080, abs=10)


def test_bytes_are_shown_as_they_are(watch, project, tiny_scene):
    watch.begin(tiny_scene)
    assert shown(project).renderer().redContrastEnhancement().contrastEnhancementAlgorithm() == NO_STRETCH


def test_a_layer_of_the_user_and_a_style_beside_the_file_are_never_changed(watch, project, sixteen_bits, raster):
    own = raster(sixteen_bits)
    before = own.renderer().contrastEnhancement().maximumValue()
    watch.begin(sixteen_bits)
    assert shown(project).renderer().contrastEnhancement().maximumValue() == before == 6000
    styled = shutil.copy(sixteen_bits, sixteen_bits.with_name("styled.tif"))
    own.saveNamedStyle(str(styled.with_suffix(".qml")))
    project.removeMapLayer(own.id())
    watch.begin(styled)
    assert shown(project).renderer().contrastEnhancement().maximumValue() == 6000
