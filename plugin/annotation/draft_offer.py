"""The model's drafts of one tile: which are still offered, in step with the undoing and redoing of their acceptance."""

from __future__ import annotations

from qgis.core import QgsGeometry

from .footprint import Footprint
from .footprint_layer import feature_of, geometry_of

MOSTLY = 0.5  # of a draft's area


class DraftOffer:
    """Accepting is one command on the undo stack of the layer that takes the drafts.

    A draft is taken as long as its command is in force: undone, it is offered again; deleted later, it stays taken.
    """

    def __init__(self, command_text: str):
        self._text = command_text
        self.clear()

    def clear(self, drafts=()):
        """Begin anew, with these drafts on offer."""
        self.drafts = {draft: geometry_of(draft) for draft in drafts}
        self._for_good = set()
        self._commands = {}  # height of the undo stack -> drafts that the command there has taken

    def replace(self, drafts, drawn):
        """Offer other drafts, except where something is drawn already."""
        there = [geometry_of(footprint) for footprint in drawn]
        self.clear(draft for draft in drafts if not _lies_mostly_on(geometry_of(draft), there))

    def offered(self, stack) -> dict[Footprint, QgsGeometry]:
        taken = self._for_good | self._in_force(stack)
        return {draft: geometry for draft, geometry in self.drafts.items() if draft not in taken}

    def accept(self, accepted, layer):
        """Move drafts into an editable layer as one edit that can be undone."""
        if not accepted:
            return
        self._commands[layer.undoStack().index() + 1] = set(accepted)
        layer.beginEditCommand(self._text)
        layer.addFeatures([feature_of(layer, draft) for draft in accepted])
        layer.endEditCommand()

    def settle(self, stack):
        """The user has saved the edits of the layer: they cannot be undone any more."""
        self._for_good |= self._in_force(stack)
        self._commands.clear()

    def _in_force(self, stack) -> set[Footprint]:
        """Where the user has undone and gone on otherwise, another command is at that height now."""
        commands = (
            taken
            for height, taken in self._commands.items()
            if height <= stack.index() and stack.text(height - 1) == self._text
        )
        return set().union(*commands)


def _lies_mostly_on(draft, drawn) -> bool:
    covered = sum(draft.intersection(footprint).area() for footprint in drawn if draft.intersects(footprint))
    return covered > MOSTLY * draft.area()
