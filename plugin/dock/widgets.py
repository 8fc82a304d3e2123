"""The widgets that all pages are made of."""

from __future__ import annotations

from qgis.core import QgsApplication
from qgis.gui import QgsScrollArea
from qgis.PyQt.QtCore import QSize, Qt
from qgis.PyQt.QtGui import QColor, QIcon, QPixmap
from qgis.PyQt.QtWidgets import (
    QComboBox,
    QFrame,
    QGridLayout,
    QGroupBox,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ..messages import as_tooltip

ICON_PX = 16


class Page(QgsScrollArea):
    """A page of the dock: one column that scrolls down, never sideways."""

    def __init__(self, parent=None):
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidgetResizable(True)
        content = QWidget(self)
        self.column = QVBoxLayout(content)
        self.column.setContentsMargins(4, 4, 4, 4)
        self.setWidget(content)


class Group(QGroupBox):
    """A titled part of a page, again a column; a title that is too long is shortened, and in the tooltip whole."""

    def __init__(self, title, parent=None):
        super().__init__(parent)
        self._title = ""
        self.column = QVBoxLayout(self)
        self.setTitle(title)

    def setTitle(self, title):
        self._title = title
        room = self.width() - self.fontMetrics().height()
        shown = shortened(title, self.fontMetrics(), room)
        super().setTitle(shown.replace("&", "&&"))
        self.setToolTip("" if shown == title else as_tooltip(title))

    def minimumSizeHint(self):
        """As narrow as what is in it: as wide as its title it would push everything on the page out of sight."""
        return QSize(QWidget.minimumSizeHint(self).width(), super().minimumSizeHint().height())

    def resizeEvent(self, event):
        super().resizeEvent(event)
        self.setTitle(self._title)


class NameLabel(QLabel):
    """A name or a path on one line, shortened in the middle where there is no room."""

    def __init__(self, parent=None):
        super().__init__(parent)
        self._name = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def setText(self, text):
        self._name = text
        super().setText(shortened(text, self.fontMetrics(), self.width()))

    def resizeEvent(self, event):
        super().resizeEvent(event)
        self.setText(self._name)


class NameButton(QPushButton):
    """A button with a name that somebody has chosen, shortened in the middle where there is no room."""

    def __init__(self, name, icon_name, parent=None):
        super().__init__(icon(icon_name), "", parent)
        self._name = name
        let_shrink(self)
        self._fit()

    def resizeEvent(self, event):
        super().resizeEvent(event)
        self._fit()

    def _fit(self):
        room = self.width() - self.iconSize().width() - 2 * self.fontMetrics().height()
        self.setText(shortened(self._name, self.fontMetrics(), room).replace("&", "&&"))


class Text(QLabel):
    """Words that wrap and may be copied; takes no room while it is empty."""

    def __init__(self, text="", parent=None):
        super().__init__(parent)
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self.setText(text)

    def setText(self, text):
        super().setText(text)
        show_if(self, bool(text))


class Notice(QFrame):
    """A framed remark beside an icon, with a button below where there is something to do about it."""

    def __init__(self, icon_name, text="", button=None, parent=None):
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self._icon = QLabel(self)
        self._icon.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._text = Text(text, self)
        grid = QGridLayout(self)
        grid.setColumnStretch(1, 1)
        grid.addWidget(self._icon, 0, 0)
        grid.addWidget(self._text, 0, 1)
        if button is not None:
            grid.addWidget(button, 1, 0, 1, 2)
        self.say(icon_name, text)

    def say(self, icon_name, text):
        self._icon.setPixmap(icon(icon_name).pixmap(ICON_PX, ICON_PX))
        self._text.setText(text)
        show_if(self, bool(text))

    def text(self):
        return self._text.text()


class ActionButton(QPushButton):
    """A button that looks and behaves as its action says, whose shortcut it names in the tooltip."""

    def __init__(self, action, parent=None):
        super().__init__(action.icon(), action.iconText(), parent)
        self.setObjectName(action.objectName())
        self._action = action
        let_shrink(self)
        self.setCheckable(action.isCheckable())
        self.clicked.connect(lambda: action.trigger())
        action.changed.connect(self._follow)
        self._follow()

    def _follow(self):
        self.setEnabled(self._action.isEnabled())
        self.setChecked(self._action.isChecked())
        keys = self._action.shortcut().toString()
        self.setToolTip(f"{self._action.toolTip()} ({keys})" if keys else self._action.toolTip())


def shortened(text: str, metrics, room_px: int) -> str:
    """A text without its middle, where it is wider than the room."""
    return metrics.elidedText(text, Qt.TextElideMode.ElideMiddle, max(0, room_px))


def icon(name: str) -> QIcon:
    """An icon of QGIS's theme."""
    return QgsApplication.getThemeIcon(f"/{name}.svg")


def swatch(colour: str) -> QIcon:
    """A square of one colour."""
    picture = QPixmap(ICON_PX, ICON_PX)
    picture.fill(QColor(colour))
    return QIcon(picture)


def button(name: str, text: str, icon_name: str, clicked, parent=None) -> QPushButton:
    """A button with the object name by which guides and tests find it."""
    made = QPushButton(icon(icon_name), text, parent)
    made.setObjectName(name)
    let_shrink(made)
    made.clicked.connect(lambda: clicked())
    return made


def primary(made: QPushButton) -> QPushButton:
    """The one button of a page that most people are looking for."""
    font = made.font()
    font.setBold(True)
    made.setFont(font)
    made.setMinimumHeight(2 * made.fontMetrics().height())
    return made


def let_shrink(widget: QWidget) -> None:
    """Let a widget become narrower than its text, for a narrow dock."""
    widget.setMinimumWidth(40)
    widget.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    if isinstance(widget, QComboBox):
        widget.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        widget.setMinimumContentsLength(8)


def show_if(widget: QWidget, is_wanted: bool) -> None:
    """Show or hide a part of a page; one that is in no page yet would open as a window."""
    if widget.parentWidget() is not None or not is_wanted:
        widget.setVisible(is_wanted)


def allow(widget, tooltip: str, unmet: str = "") -> None:
    """Enable a button or action, or say in its tooltip which precondition is not met."""
    widget.setEnabled(not unmet)
    widget.setToolTip(as_tooltip(unmet or tooltip))
