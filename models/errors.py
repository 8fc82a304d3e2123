"""The errors whose message is written for the user: what is wrong, and what to do about it."""

from __future__ import annotations


class EngineError(Exception):
    """Something that the user can mend; the message says how."""


class ImageryError(EngineError):
    """The raster or the area of interest cannot be used as it is."""


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
