"""Why a layer cannot be used."""

from __future__ import annotations


class LayerProblem(Exception):
    """Its text, already translated, tells the user what is wrong with a layer and what to do."""

    def __init__(self, text: str, /, **values):
        super().__init__(text.format(**values))
