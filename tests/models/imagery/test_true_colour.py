from __future__ import annotations

import numpy as np
import pytest
import rasterio

from tiletriage.models.imagery.true_colour import true_colour


@pytest.fixture
def raster(tmp_path):
    def raster(*names):
        place = {"crs": "EPSG:32637", "transform": rasterio.Affine(10, 0, 0, 0, -10, 0)}
        profile = {"driver": "GTiff", "width": 4, "height": 4, "dtype": "uint16", "count": len(names), **place}
        with rasterio.open(tmp_path / "scene.tif", "w", **profile) as file:
            file.write(np.zeros((len(names), 4, 4), np.uint16))
            file.descriptions = names
        return tmp_path / "scene.tif"

    return raster


@pytest.mark.parametrize(
    ("names", "bands"),
    [
        (("Blue", "Green", "Red", "NIR"), (3, 2, 1)),
        (("B01", "B02", "B03", "B04", "B08"), (4, 3, 2)),
        (("B4", "B3", "B2"), (1, 2, 3)),
        (("VV", "VH"), None),
        (("B8", "B4", "B3"), None),  # no blue
    ],
)
def test_the_bands_of_the_three_colours_are_found_by_their_names(raster, names, bands):
    assert true_colour(raster(*names)) == bands
