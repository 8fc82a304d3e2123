"""What an annotator does over and over, as actions: for the buttons of the page and for the keyboard."""

from __future__ import annotations

from functools import partial

from qgis.PyQt.QtCore import QObject
from qgis.PyQt.QtWidgets import QAction

from ...models.segmentation.classes import MOST_CLASSES
from .preconditions import no_campaign, no_draft, no_tile
from .widgets import allow, icon, swatch

KEYS = 9


class AnnotateActions(QObject):
    """The actions of the annotating loop, each with its name, what it does, and its default keys."""

    def __init__(self, session, parent=None):
        super().__init__(parent)
        self._session = session
        self._preconditions = {}  # of each action, with its tooltip
        self.default_keys = {}
        self._add_navigation()
        self._add_drafts()
        self._add_finishes()
        self._add_classes()
        session.workspace_changed.connect(self.refresh)
        session.tile_changed.connect(self.refresh)
        session.drawing_changed.connect(self.refresh)
        self.refresh()

    def refresh(self):
        """Enable what can be done now; the others say why not."""
        for action, (tooltip, precondition) in self._preconditions.items():
            allow(action, tooltip, precondition(self._session))
        for place, action in enumerate(self.classes):
            self._name(action, place)

    def _add_navigation(self):
        self.next_tile = self._add(
            "nextTile",
            self.tr("Next tile"),
            "mActionArrowRight",
            "Shift+N",
            self._session.next_tile,
            self.tr("Zoom to the tile that is worth most, and draw there"),
            no_campaign,
        )
        self.previous_tile = self._add(
            "previousTile",
            self.tr("Previous"),
            "mActionArrowLeft",
            "Shift+P",
            self._session.previous_tile,
            self.tr("Go back to the tile before, to correct it"),
            no_campaign,
        )

    def _add_drafts(self):
        self.accept_all = self._add(
            "acceptAll",
            self.tr("Accept all"),
            "mActionSelectAll",
            "Shift+A",
            self._session.accept_all,
            self.tr("Take all outlines that the model proposes; what is wrong can still be corrected or deleted"),
            no_draft,
        )
        self.accept_under_cursor = self._add(
            "acceptUnderCursor",
            self.tr("Accept the draft under the cursor"),
            "mActionIdentify",
            "Shift+U",
            self._session.accept_under_cursor,
            self.tr("Take the one proposed outline under the mouse: point at it on the map and press the keys"),
            no_draft,
        )
        self.accept_by_click = self._add(
            "acceptByClick",
            self.tr("By click"),
            "mActionIdentify",
            None,
            self._session.accept_by_click,
            self.tr(
                "Then click on the proposed outlines that are right, one after the other; Esc ends it. Quicker: point "
                "at one and press the keys of 'Accept the draft under the cursor' (Shift+U)"
            ),
            no_draft,
        )

    def _add_finishes(self):
        self.finish_done = self._add_finish(
            "finishDone",
            self.tr("Done"),
            "mIconSuccess",
            "Shift+D",
            "done",
            self.tr("All that there is to map on the tile is drawn: save it and go to the next"),
        )
        self.finish_empty = self._add_finish(
            "finishEmpty",
            self.tr("Empty"),
            "mIconDeselected",
            "Shift+E",
            "empty",
            self.tr("There is nothing to map on the tile, which teaches the model too: save that and go to the next"),
        )
        self.finish_skip = self._add_finish(
            "finishSkip",
            self.tr("Skip"),
            "mActionNext",
            "Shift+S",
            "skipped",
            self.tr("Leave the tile as it is, for somebody else: it does not count, and the next one comes"),
        )
        self.finish_bad = self._add_finish(
            "finishBad",
            self.tr("Bad imagery"),
            "mIndicatorBadLayer",
            "Shift+B",
            "bad imagery",
            self.tr("Clouds, blur or no picture: nobody could draw here, so nobody gets the tile again"),
        )

    def _add_classes(self):
        """One for each class that a campaign may have, the first nine with the key of their number."""
        self.classes = []
        for number in range(1, MOST_CLASSES + 1):
            action = self._add(
                f"class{number}",
                self.tr("Class {n}").format(n=number),
                "mActionPropertyItem",
                str(number) if number <= KEYS else None,
                partial(self._draw_class, number - 1),
                self.tr("What is drawn from now on is of this class, and so is what is selected on the layer Drawing"),
                no_tile,
            )
            action.setCheckable(True)
            self.classes.append(action)

    def _draw_class(self, place):
        self._session.draw_class(self._session.classes[place].name)

    def _name(self, action, place):
        """After the class that it stands for; without one it does nothing, and its key is free."""
        classes = self._session.classes
        if len(classes) < 2 or place >= len(classes):
            action.setEnabled(False)
            return
        mapped = classes[place]
        action.setIconText(f"{place + 1} {mapped.name}" if place < KEYS else mapped.name)
        action.setIcon(swatch(mapped.colour))
        action.setChecked(mapped.name == self._session.drawn_class)

    def _add_finish(self, name, text, icon_name, keys, state, tooltip):
        return self._add(name, text, icon_name, keys, lambda: self._session.finish(state), tooltip, no_tile)

    def _add(self, name, text, icon_name, keys, do, tooltip, precondition):
        action = QAction(icon(icon_name), f"Tile Triage: {text}", self)  # the name in QGIS's list of shortcuts
        action.setObjectName(name)
        action.setIconText(text)
        action.triggered.connect(lambda: do())
        self._preconditions[action] = (tooltip, precondition)
        if keys:
            self.default_keys[action] = keys
        return action
