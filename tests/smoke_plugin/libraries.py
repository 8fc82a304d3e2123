"""Uses every compiled library once, as the engine does, and says what came out.

libraries.py SCENE RESULT
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from tempfile import TemporaryDirectory


def write_results(scene: str, result: str) -> None:
    """Write the results of `use_libraries` as a JSON file."""
    Path(result).write_text(json.dumps(use_libraries(scene)), encoding="utf-8")


def use_libraries(scene: str) -> dict:
    """The native versions that are in use, and what reading, reprojecting, writing and a network give."""
    from tiletriage.models.native_libraries import import_segmentation_models, prefer_wheels

    prefer_wheels()
    import geopandas
    import pyogrio
    import pyproj
    import rasterio
    import shapely
    import torch
    from rasterio.features import shapes
    from rasterio.warp import transform_bounds

    with rasterio.open(scene) as source:
        band = source.read(1, window=((0, 64), (0, 64)))
        bright = (band > band.mean()).astype("uint8")
        outlines = [shapely.geometry.shape(shape) for shape, _ in shapes(bright, transform=source.transform)]
        degrees = transform_bounds(source.crs, "EPSG:4326", *source.bounds)
        layer = geopandas.GeoDataFrame(geometry=outlines, crs=source.crs.to_wkt())

    with TemporaryDirectory() as folder:
        file = Path(folder, "layer.gpkg")
        layer.to_crs("EPSG:4326").to_file(file, driver="GPKG", VERSION="1.2")
        back = geopandas.read_file(file).to_crs(layer.crs)

    torch.manual_seed(0)
    network = import_segmentation_models().Unet("resnet18", encoder_weights=None).eval()
    with torch.inference_mode():
        logits = network(torch.from_numpy(band / 255).float().expand(1, 3, 64, 64))

    return {
        "rasterio's GDAL": rasterio.__gdal_version__,
        "pyogrio's GDAL": pyogrio.__gdal_version_string__,
        "pyproj's PROJ": pyproj.proj_version_str,
        "shapely's GEOS": shapely.geos_version_string,
        "torch": torch.__version__,
        "degrees": [round(degree, 6) for degree in degrees],
        "outlines": len(outlines),
        "area read": round(layer.area.sum(), 3),
        "area written and read": round(back.area.sum(), 3),
        "mean logit": round(float(logits.mean()), 4),
    }


if __name__ == "__main__":
    write_results(*sys.argv[1:])
