"""The errors whose message is written for the user: what is wrong, and what to do about it.

Each is raised with a code, by which programs know it, and a template with values: who shows it in another language
translates the template. Nobody parses the message.
"""

from __future__ import annotations


class EngineError(Exception):
    """Something that the user can mend; the message, the template with its values filled in, says how."""

    def __init__(self, code: str, template: str, **values: object) -> None:
        super().__init__(template.format(**values))
        self.code, self.template, self.values = code, template, values


class ImageryError(EngineError):
    """The raster or the area of interest cannot be used as it is."""


class OutputError(EngineError):
    """A file cannot be written where it was asked for."""


class WorkspaceError(EngineError):
    """The campaign's folder or GeoPackage cannot be used as it is."""


class LabelError(EngineError):
    """The footprints or tiles that were handed in cannot be used as they are."""


class BrokenOutline(LabelError):
    """A footprint crosses itself; it can be repaired."""


class ModelError(EngineError):
    """A model version is missing, damaged or does not fit."""


class ResultsError(EngineError):
    """The results of simulated campaigns cannot be read or compared as they are."""


class NothingToDo(EngineError):
    """There is no tile, label or version that the wish applies to."""
