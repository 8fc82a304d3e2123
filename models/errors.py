"""The errors whose message is written for the user: what is wrong, and what to do about it.

Each is raised with a code, by which programs know it, and a template with values: who shows it in another language
translates the template. Nobody parses the message.
"""

from __future__ import annotations

from pathlib import PurePath

TEXTS = (str, PurePath, BaseException)
LONGEST_TEXT = 200  # letters of a name, a path or a list in a message: beyond, its middle is left out


class EngineError(Exception):
    """Something that the user can mend; the message, the template with its values filled in, says how."""

    def __init__(self, code: str, template: str, **values: object) -> None:
        told = {name: on_a_line(value) if isinstance(value, TEXTS) else value for name, value in values.items()}
        super().__init__(template.format(**told))
        self.code, self.template, self.values = code, template, told


def on_a_line(value: object) -> str:
    """A name, a path or what a library said, as one line that any terminal and file can take.

    What orders a terminal about, breaks the line or is no Unicode stands there as its code. A long text keeps its ends;
    a library's long sentence keeps what comes after its last colon, where the cause stands.
    """
    text = (value.strerror if isinstance(value, OSError) else "") or str(value)
    if isinstance(value, BaseException) and len(text) > LONGEST_TEXT:
        text = text.rpartition(": ")[2]
    text = shortened(text, 4 * LONGEST_TEXT)  # nobody need look at each letter of a million
    return shortened("".join(letter if letter.isprintable() else repr(letter)[1:-1] for letter in text))


def shortened(text: str, longest: int = LONGEST_TEXT) -> str:
    """The text, or its beginning and its end where it has more letters than that."""
    half = longest // 2
    return text if len(text) <= longest else f"{text[: half - 1]}…{text[-half:]}"


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
    """There is no tile, label or version that was asked for."""
