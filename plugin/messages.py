"""What the session says, as a line in QGIS's message bar: never a dialog that wants an answer."""

from __future__ import annotations

from qgis.core import QgsMessageLog
from qgis.PyQt.QtWidgets import QPushButton

TAG = "Tile Triage"
BY_LEVEL = -1  # seconds: news goes away by itself, what the user has to mend stays until it is closed


def show_message(iface, message):
    """Show a message in the message bar, with its details behind a button, and keep both in QGIS's log."""
    bar = iface.messageBar()
    if message.button:
        bar.pushWidget(_offer(bar, message), message.level, BY_LEVEL)
    elif message.details:
        bar.pushMessage(TAG, message.text, message.details, message.level, BY_LEVEL)
    else:
        bar.pushMessage(TAG, message.text, message.level, BY_LEVEL)
    whole = f"{message.text}\n{message.details}".strip()
    QgsMessageLog.logMessage(whole, TAG, message.level, False)


def _offer(bar, message):
    """A line with a button that does something about it, and is gone then."""
    line = bar.createMessage(TAG, message.text)
    button = QPushButton(message.button, line)
    button.setObjectName("messageButton")
    button.clicked.connect(lambda: (bar.popWidget(line), message.on_click()))
    line.layout().addWidget(button)
    return line
