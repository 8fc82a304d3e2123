"""A project over the tiny campaign, and layers to choose from."""

import numpy as np
import pytest
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsExpressionContext,
    QgsExpressionContextUtils,
    QgsFeature,
    QgsGeometry,
    QgsMapRendererSequentialJob,
    QgsMapSettings,
    QgsProject,
    QgsRasterLayer,
    QgsRectangle,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QColor

from tiletriage.models.workspace import open_workspace
from tiletriage.plugin.layers.campaign_layers import CampaignLayers
from tiletriage.tests.plugin.layers.picture_server import COLUMN, LEFT, PIXEL, SIDE, TOP, photograph, png

UTM_37_S = QgsCoordinateReferenceSystem("EPSG:32737")


@pytest.fixture(autouse=True)
def _nothing_is_raised_in_a_slot(nothing_is_raised_in_a_slot):
    pass


@pytest.fixture
def project(qgis_new_project, qgis_iface):
    """The empty project; the map shows it in the CRS of the tiny scene."""
    project = QgsProject.instance()
    project.setCrs(UTM_37_S)
    qgis_iface.mapCanvas().setDestinationCrs(UTM_37_S)
    return project


@pytest.fixture
def workspace(tiny_workspace):
    return open_workspace(tiny_workspace)


@pytest.fixture
def layers(project, qgis_iface, workspace):
    """The layers of the tiny campaign, shown."""
    layers = CampaignLayers(qgis_iface)
    layers.show(workspace)
    return layers


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
def picture(project):
    """What QGIS draws of some layers within bounds in the tiny scene's CRS, 200 px wide."""

    def picture(layers, bounds):
        settings = QgsMapSettings()
        settings.setLayers(layers)
        settings.setDestinationCrs(UTM_37_S)
        settings.setExtent(QgsRectangle(*bounds))
        settings.setOutputSize(QSize(200, 200))
        settings.setBackgroundColor(QColor(0, 0, 0, 0))
        context = QgsExpressionContext()
        context.appendScope(QgsExpressionContextUtils.mapSettingsScope(settings))
        settings.setExpressionContext(context)
        job = QgsMapRendererSequentialJob(settings)
        job.start()
        job.waitForFinished()
        return job.renderedImage()

    return picture


@pytest.fixture
def painted(picture):
    """How many pixels are not empty when some layers are drawn."""

    def painted(layers, bounds):
        image = picture(layers, bounds)
        return sum(image.pixelColor(x, y).alpha() > 0 for x in range(0, 200, 2) for y in range(0, 200, 2))

    return painted


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
