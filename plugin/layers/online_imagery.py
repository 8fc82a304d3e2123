"""Reads an online layer (XYZ, WMS, WMTS) into a file, because every pixel of imagery is looked at many times."""

from __future__ import annotations

from pathlib import Path

from qgis.core import (
    QgsMapRendererParallelJob,
    QgsMapSettings,
    QgsNetworkAccessManager,
    QgsNetworkReplyContent,
    QgsNetworkRequestParameters,
    QgsProviderRegistry,
)
from qgis.PyQt.QtCore import QObject, QSize, QTimer, QUrl, pyqtSignal
from qgis.PyQt.QtGui import QColor, QPainter
from qgis.PyQt.QtNetwork import QNetworkReply

from .layer_problem import LayerProblem
from .online_parts import PART_PX, PartFolder, part_grid

TRIES, PAUSE_MS = 3, 2000
READING_PERCENT = 90  # the rest is for putting the parts together
NO_PICTURE_THERE = (  # how servers say so; whatever else goes wrong is tried again
    QNetworkReply.NetworkError.NoError,
    QNetworkReply.NetworkError.ContentNotFoundError,
    QNetworkReply.NetworkError.ContentGoneError,
    QNetworkReply.NetworkError.ContentAccessDenied,
    QNetworkReply.NetworkError.OperationCanceledError,  # the map has moved on meanwhile
)


class OnlineReading(QObject):
    """Reads the area at a GSD, part by part: QGIS draws each in the background, as it does for the map.

    The file is a GeoTIFF with red, green, blue and alpha, which is 0 where the server has no picture. What was read
    is kept when it is cancelled or fails: the same reading goes on from there. On the main thread, never blocking it.
    """

    progressed = pyqtSignal(float)  # percent
    finished = pyqtSignal(str)  # the path
    failed = pyqtSignal(str)  # why, and what to do

    def __init__(self, layer, aoi_layer, gsd_metres: float, path, parent=None):
        super().__init__(parent)
        self._request = layer, aoi_layer, gsd_metres
        self._path = Path(path)
        self._job = self._assembling = None
        self._is_listening = False
        self._tries, self._trouble = 0, ""
        self._pause = QTimer(self, singleShot=True)
        self._pause.timeout.connect(self._go_on)

    def start(self):
        layer, aoi_layer, gsd_metres = self._request
        try:
            self._grid = part_grid(layer, aoi_layer, gsd_metres)
            self._folder = PartFolder(self._path, layer.source(), self._grid)
        except LayerProblem as problem:
            self.failed.emit(str(problem))
            return
        except OSError as error:
            self._tell_disk_trouble(error)
            return
        self._layer = _plain(layer)
        self._host = _host(layer)
        self._missing = self._folder.missing()
        self._listen()
        self._go_on()

    def cancel(self):
        """Stop; nothing more is told."""
        self._pause.stop()
        self._stop_listening()
        if self._job is not None:
            self._job.finished.disconnect(self._take)
            self._job.cancelWithoutBlocking()
        if self._assembling is not None:
            self._assembling.close()
            self._assembling = None

    def _go_on(self):
        """The next part, or the next step of putting them together."""
        if self._assembling is not None:
            self._assemble()
        elif self._missing:
            self._draw(self._missing[0])
        else:
            self._stop_listening()
            self._assembling = self._folder.assemble()
            self._pause.start(0)

    def _draw(self, part):
        settings = QgsMapSettings()
        settings.setLayers([self._layer])
        settings.setDestinationCrs(self._grid.crs)
        settings.setExtent(self._grid.extent_of(part))
        settings.setOutputSize(QSize(PART_PX, PART_PX))
        settings.setOutputDpi(96)
        settings.setBackgroundColor(QColor(0, 0, 0, 0))
        self._trouble = ""
        self._job = QgsMapRendererParallelJob(settings)
        self._job.finished.connect(self._take)
        self._job.start()

    def _take(self):
        """A part is drawn: keep it, unless the server had trouble."""
        if self._trouble:
            self._try_again()
            return
        try:
            self._folder.keep(self._missing.pop(0), self._job.renderedImage())
        except OSError as error:
            self._stop_listening()
            self._tell_disk_trouble(error)
            return
        self._tries = 0
        done = 1 - len(self._missing) / len(self._grid.parts)
        self._pause.start(0)
        self.progressed.emit(READING_PERCENT * done)  # last, because whoever hears it may cancel

    def _try_again(self):
        self._tries += 1
        if self._tries < TRIES:
            self._pause.start(PAUSE_MS)
            return
        self._stop_listening()
        text = self.tr(
            "The server of the imagery does not answer as it should: {trouble}. Check the network and try again: what "
            "was read is kept."
        )
        self.failed.emit(text.format(trouble=self._trouble))

    def _assemble(self):
        try:
            done = next(self._assembling)
        except StopIteration:
            self._folder.delete()
            self.progressed.emit(100.0)
            self.finished.emit(str(self._path))
        except OSError as error:
            self._tell_disk_trouble(error)
        except ValueError:
            self._folder.delete()
            self.failed.emit(
                self.tr(
                    "The server has no picture of this area at this GSD, or gives you none. Look at the layer there on "
                    "the map, then choose a coarser GSD or another area."
                )
            )
        else:
            self._pause.start(0)
            self.progressed.emit(READING_PERCENT + (100 - READING_PERCENT) * done)

    def _listen(self):
        self._is_listening = True
        network = QgsNetworkAccessManager.instance()
        network.finished[QgsNetworkReplyContent].connect(self._hear_reply)
        network.requestTimedOut[QgsNetworkRequestParameters].connect(self._hear_silence)

    def _stop_listening(self):
        if not self._is_listening:
            return
        self._is_listening = False
        network = QgsNetworkAccessManager.instance()
        network.finished[QgsNetworkReplyContent].disconnect(self._hear_reply)
        network.requestTimedOut[QgsNetworkRequestParameters].disconnect(self._hear_silence)

    def _hear_reply(self, reply):
        if reply.request().url().host() == self._host and reply.error() not in NO_PICTURE_THERE:
            self._trouble = reply.errorString()

    def _hear_silence(self, request):
        if request.request().url().host() == self._host:
            self._trouble = self.tr("no answer in time")

    def _tell_disk_trouble(self, error):
        text = self.tr(
            "The imagery cannot be saved ({error}). Choose a folder on a disk with room that you can write to."
        )
        self.failed.emit(text.format(error=error))


def _plain(layer):
    """The layer as the server gives it; a copy, so that the user may remove his."""
    plain = layer.clone()
    plain.setOpacity(1)
    plain.setBlendMode(QPainter.CompositionMode.CompositionMode_SourceOver)
    plain.setScaleBasedVisibility(False)
    return plain


def _host(layer) -> str:
    parts = QgsProviderRegistry.instance().decodeUri(layer.providerType(), layer.source())
    return QUrl(parts.get("url") or "").host()
