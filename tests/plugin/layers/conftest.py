"""A project over the tiny campaign, and layers to choose from."""

import numpy as np
import pytest
from qgis.core import (
    QgsFeature,
    QgsGeometry,
    QgsRasterLayer,
    QgsRectangle,
    QgsVectorLayer,
)

from tiletriage.tests.plugin.layers.picture_server import COLUMN, LEFT, PIXEL, SIDE, TOP, photograph, png


@pytest.fixture(autouse=True)
def _nothing_is_raised_in_a_slot(nothing_is_raised_in_a_slot):
    pass


@pytest.fixture
def raster(project):
    """A raster layer of the project by its source."""

    def raster(source, name="scene", provider="gdal"):
        layer = QgsRasterLayer(str(source), name, provider)
        return project.addMapLayer(layer)

    return raster


@pytest.fixture
def area(project):
    """A layer in memory with rectangles (left, bottom, right, top) as area of interest."""

    def area(*rectangles, crs="EPSG:32737"):
        layer = QgsVectorLayer(f"Polygon?crs={crs}", "village", "memory")
        for rectangle in rectangles:
            feature = QgsFeature()
            feature.setGeometry(QgsGeometry.fromRect(QgsRectangle(*rectangle)))
            layer.dataProvider().addFeature(feature)
        return project.addMapLayer(layer)

    return area


@pytest.fixture
def pyramid(serve):
    """Photographs everywhere, except that one column has none and the next one is all white."""

    def answers(zoom, column, row):
        if column == COLUMN + 2:
            return 404
        if column == COLUMN + 3:
            return png(np.full((256, 256, 3), 255, np.uint8))
        return png(photograph(column, row))

    return serve(answers)


@pytest.fixture
def online(raster):
    return lambda server: raster(server.source, "Satellite", "wms")


@pytest.fixture
def village(area):
    """Four pictures to the east and two to the south of the first one, but for a pixel on each side."""
    return area((LEFT + PIXEL, TOP - 2 * SIDE + PIXEL, LEFT + 4 * SIDE - PIXEL, TOP - PIXEL), crs="EPSG:3857")
