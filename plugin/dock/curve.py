"""A small plot: one or two lines over the same axis, painted in the colours of QGIS's theme."""

from __future__ import annotations

from dataclasses import dataclass

from qgis.PyQt.QtCore import QPointF, QRectF, QSize, Qt
from qgis.PyQt.QtGui import QColor, QPainter, QPalette, QPen, QPolygonF
from qgis.PyQt.QtWidgets import QSizePolicy, QWidget

from ..messages import filled

BLUE, ORANGE = QColor(11, 132, 198), QColor(224, 102, 36)  # told apart also by the colour-blind
DOT_PX = 2.5


@dataclass(frozen=True)
class Line:
    """Points (x, y) in the order of drawing; the axis goes from 0 to ``top``, or as high as the points.

    ``bounds`` are the lowest and the highest y that each point may stand for, where that is known.
    """

    name: str
    color: QColor
    points: tuple
    top: float | None = None
    bounds: tuple = ()

    @property
    def highest(self) -> float:
        return self.top or max((y for _, y in self.points), default=0) or 1.0


class Curve(QWidget):
    """The first line has its axis on the left, the second one on the right."""

    def __init__(self, x_name, nothing_yet, parent=None):
        super().__init__(parent)
        self._x_name = x_name
        self._nothing_yet = nothing_yet
        self._lines = ()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(self.sizeHint().height())

    def sizeHint(self):
        return QSize(280, 9 * self.fontMetrics().height())

    def show_lines(self, *lines):
        self._lines = tuple(line for line in lines if line.points)
        self.setToolTip(
            "\n".join(filled("{name}: {y:.3f}", name=line.name, y=line.points[-1][1]) for line in self._lines)
        )
        self.update()

    def lines(self):
        return self._lines

    def paintEvent(self, event):
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), self.palette().color(QPalette.ColorRole.Base))
        if not self._lines:
            self._paint_nothing(painter)
            return
        frame = self._frame()
        self._paint_axes(painter, frame)
        left, right = self._x_range()
        for place, line in enumerate(self._lines):
            self._paint_line(painter, frame, line, left, right)
            self._paint_scale(painter, frame, line, is_right=place > 0)
        self._paint_names(painter, frame)

    def _paint_nothing(self, painter):
        painter.setPen(self._faint())
        margin = self.fontMetrics().height()
        room = self.rect().adjusted(margin, margin, -margin, -margin)
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._nothing_yet)

    def _frame(self):
        line_height, side = self.fontMetrics().height(), self.fontMetrics().horizontalAdvance("0.00") + 8
        right = side if len(self._lines) > 1 else 8
        return QRectF(self.rect()).adjusted(side, 1.4 * line_height, -right, -1.4 * line_height)

    def _paint_axes(self, painter, frame):
        painter.setPen(QPen(self._faint(), 0.5))
        for part in (0, 0.5, 1):
            y = frame.bottom() - part * frame.height()
            painter.drawLine(QPointF(frame.left(), y), QPointF(frame.right(), y))
        painter.setPen(self._faint())
        below = QRectF(frame.left(), frame.bottom(), frame.width(), self.height() - frame.bottom())
        left, right = self._x_range()
        painter.drawText(below, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, filled("{x:.3g}", x=left))
        painter.drawText(below, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, filled("{x:.3g}", x=right))
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, self._x_name)

    def _paint_line(self, painter, frame, line, left, right):
        def on_paper(x, y):
            across = (x - left) / (right - left) if right > left else 0.5
            return QPointF(frame.left() + across * frame.width(), frame.bottom() - y / line.highest * frame.height())

        points = [on_paper(x, y) for x, y in line.points]
        painter.setPen(QPen(line.color, 1))
        for (x, _), (low, high) in zip(line.points, line.bounds):
            painter.drawLine(on_paper(x, low), on_paper(x, high))
        painter.setPen(QPen(line.color, 2))
        painter.drawPolyline(QPolygonF(points))
        if len(points) <= frame.width() / 8:  # more dots than that run into one another
            painter.setBrush(line.color)
            for point in points:
                painter.drawEllipse(point, DOT_PX, DOT_PX)

    def _paint_scale(self, painter, frame, line, is_right):
        painter.setPen(line.color)
        height = self.fontMetrics().height()
        x, width = (frame.right() + 4, self.width() - frame.right() - 4) if is_right else (0, frame.left() - 4)
        side = Qt.AlignmentFlag.AlignLeft if is_right else Qt.AlignmentFlag.AlignRight
        for part in (0, 0.5, 1):
            y = frame.bottom() - part * frame.height() - height / 2
            painter.drawText(
                QRectF(x, y, width, height),
                side | Qt.AlignmentFlag.AlignVCenter,
                filled("{y:.2g}", y=part * line.highest),
            )

    def _paint_names(self, painter, frame):
        sides = (Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight)
        for line, side in zip(self._lines, sides):
            painter.setPen(line.color)
            above = QRectF(frame.left(), 0, frame.width(), frame.top())
            painter.drawText(above, side | Qt.AlignmentFlag.AlignVCenter, line.name)

    def _x_range(self):
        xs = [x for line in self._lines for x, _ in line.points]
        return min(xs), max(xs)

    def _faint(self):
        return self.palette().color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text)
