"""Run in a process of its own: collects a label in QGIS where neither torch nor the network's library is installed."""

import sys
import time
from pathlib import Path

sys.modules["torch"] = sys.modules["segmentation_models_pytorch"] = None

from pytest_qgis.qgis_interface import QgisInterface  # noqa: E402
from qgis.core import QgsApplication, QgsFeature, QgsGeometry, QgsProject, QgsRasterLayer, QgsRectangle  # noqa: E402
from qgis.gui import QgsMapCanvas, QgsMessageBar  # noqa: E402
from qgis.PyQt.QtWidgets import QApplication, QMainWindow  # noqa: E402

from tiletriage.plugin.session import Session  # noqa: E402


def main(scene, folder):
    qgis = QgsApplication([], True)
    qgis.initQgis()
    canvas = QgsMapCanvas()
    session = Session(QgisInterface(canvas, QgsMessageBar(), QMainWindow()))
    said = []
    session.said.connect(lambda message: said.append(message.text))
    layer = QgsRasterLayer(scene, "Scene")
    QgsProject.instance().addMapLayer(layer)
    session.create(Path(folder), layer, tile_size_px=64)
    wait(session)
    session.next_tile()
    left, bottom, _, _ = session.tile.bounds
    drawing = QgsProject.instance().mapLayersByName("Drawing")[0]
    feature = QgsFeature(drawing.fields())
    feature.setGeometry(QgsGeometry.fromRect(QgsRectangle(left + 1, bottom + 1, left + 9, bottom + 9)))
    drawing.addFeature(feature)
    session.finish("done")
    print("done", session.counts().done)
    session.score()
    print("said", said[-1])
    session.unload()
    QgsProject.instance().clear()


def wait(session):
    end = time.monotonic() + 60
    while session.work and time.monotonic() < end:
        QApplication.processEvents()
        time.sleep(0.01)


if __name__ == "__main__":
    main(*sys.argv[1:])
