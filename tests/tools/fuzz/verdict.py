"""What a case came to: the commands' ends, and what changed in the folder, judged by what is promised."""

from __future__ import annotations

import os
import re
import signal
import sqlite3
import stat
from contextlib import closing
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from .case import SECRET, Place
from .process import TRACEBACK, Ended

WORKS, REFUSED = "works", "clear error"
GOOD = (WORKS, REFUSED)
# the gravest first: a case is called after the gravest thing that it did
OUTCOMES = (
    "not laid",  # the generator's own fault
    "signal",
    "memory",
    "write outside",
    "secret copied",
    "request",
    "hang",
    "labels lost",
    "traceback",
    "leftover",
    "accepted",  # what must be refused worked
    "control characters",
    "noise",  # lines of a library beside our message
    "no cure",
    REFUSED,
    WORKS,
)
WITHOUT_MEMORY = ("MemoryError", "can't allocate memory", "std::bad_alloc", "Unable to allocate", "Cannot allocate")
PARTS = re.compile(r"\.part|^tmp|-journal$|-wal$|-shm$|^\.tiletriage-")
IMPERATIVES = (
    "activate add align allow annotate ask assign bring check choose close combine convert copy crop cut delete download draw "
    "export fill free georeference give install keep lay leave make mark mend move name open point put raise read "
    "remove rename repair resample restore run save say score see set simplify simulate split stop take try turn update use "
    "wait widen work write"
)
CURE = re.compile(rf"(?:^|[.:;,?)'] |\bor |\band )(?:{'|'.join(IMPERATIVES.split())})\b", re.IGNORECASE)
UNREADABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\x80-\x9f]|Traceback|<class |object at 0x|\bNone\b(?! of)|\[Errno")
OF_TERMINALS = re.compile(r"[\x1b\x07\x08\x9b\x9d]")  # what a terminal obeys instead of showing it
LONGEST_MESSAGE = 600
LABELS = {
    "log": "SELECT uuid FROM log",
    "footprints": "SELECT row_number() OVER () FROM footprints WHERE geom NOT NULL",  # a repeated uuid becomes another
    "finished tiles": "SELECT tile_id FROM tiles WHERE state = 'done'",
}
OF_LIBRARIES = re.compile(  # what they print or log by themselves
    r"^(?:ERROR|Warning) \d+:|^\S+:\d+: \w*Warning|^\w*Warning: |^proj_\w+:|^(?:CPLE|GDAL|GEOS|libpng|libtiff|TIFF)\w*[ :]"
    r"|^Exception ignored|^\w[\w.]* \w+ (?:error|warning)\b",
    re.MULTILINE,
)
OURS = re.compile(r'File "[^"]*/(models/[^"]+)", line \d+, in (\S+)')


@dataclass(frozen=True)
class Verdict:
    """An outcome, and by what two failures are told apart or known as the same."""

    outcome: str
    signature: str = ""
    message: str = ""
    step: int = -1  # which command it was


def state_of(folder: Path, without: tuple[str, ...] = ()) -> dict[str, tuple]:
    """Everything below a folder, links not followed: kind, size and content of each."""
    found = {}
    for path in sorted(folder.rglob("*")):
        name = str(path.relative_to(folder))
        if name.split("/", 1)[0] in without:
            continue
        known = path.lstat()
        content = sha256(path.read_bytes()).hexdigest() if stat.S_ISREG(known.st_mode) and known.st_size < 1e8 else ""
        link = str(path.readlink()) if path.is_symlink() else ""
        found[name] = (stat.S_IFMT(known.st_mode), known.st_size * bool(content), content, link)
    return found


def judge_commands(ended: list[Ended]) -> list[Verdict]:
    return [replace(_judge_command(each), step=step) for step, each in enumerate(ended)]


def _judge_command(ended: Ended) -> Verdict:
    """What the end of one command is worth by itself."""
    command = ended.words[0]
    if ended.is_hung:
        return Verdict("hang", command, f"{ended.cpu_seconds:.0f} CPU seconds")
    if ended.signal is not None:
        return Verdict("signal", f"{command}: {signal.Signals(ended.signal).name}", ended.stderr[-300:])
    if any(sign in ended.stderr for sign in WITHOUT_MEMORY) and ended.code == TRACEBACK:
        return Verdict("memory", f"{command}: {_frame(ended.stderr)}", _raised(ended.stderr))
    if ended.requests:
        return Verdict("request", command, "; ".join(ended.requests[:3]))
    if OF_TERMINALS.search(ended.stdout + ended.stderr):
        return Verdict("control characters", command, OF_TERMINALS.search(ended.stdout + ended.stderr).string[:300])
    if ended.code == TRACEBACK:
        raised = _raised(ended.stderr)
        return Verdict("traceback", f"{raised.partition(':')[0]} in {_frame(ended.stderr)}", raised)
    speaking = OF_LIBRARIES.search(ended.stderr)
    if speaking:
        said = ended.stderr[speaking.start() :]
        return Verdict("noise", f"{command}: {_without_values(said)}", said[:300])
    return Verdict(WORKS) if ended.code == 0 else _judge_message(ended)


def _judge_message(ended: Ended) -> Verdict:
    """Whether a refusal is one readable message with a cure."""
    message = ended.stderr.rpartition("Error: ")[2]
    message = message.strip()
    if ended.code == 2:
        fault = None if message else "nothing was said"
    elif not message:
        fault = "nothing was said"
    elif UNREADABLE.search(message) or "\n" in message:
        fault = "unreadable"
    elif len(message) > LONGEST_MESSAGE:
        fault = "too long"
    elif not CURE.search(message):
        fault = "without a cure"
    else:
        fault = None
    if fault:
        return Verdict("no cure", f"{ended.words[0]}: {fault}: {_without_values(message)}", message[:300])
    return Verdict(REFUSED, message=message[:300])


def labels_of(workspace: Path) -> dict[str, set[str]]:
    """The labels of a campaign as they lie in its file, journals unseen: what cannot be read is not there."""
    found = {}
    path = workspace / "campaign.gpkg"
    if not path.is_file():
        return found
    for name, query in LABELS.items():
        try:
            with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
                connection.set_progress_handler(lambda: 1, 10**7)  # a view may have no end
                connection.text_factory = bytes  # what was damaged need not be UTF-8
                found[name] = {str(uuid) for (uuid,) in connection.execute(query)}
        except (sqlite3.DatabaseError, UnicodeDecodeError):  # the latter where SQLite quotes a damaged name
            continue
    return found


def judge_labels(before: dict[str, set[str]], after: dict[str, set[str]]) -> list[Verdict]:
    """Nothing that people committed may be gone; the commands of a case hand in the same labels again, or none."""
    lost = {name: len(known - after.get(name, set())) for name, known in before.items()}
    return [Verdict("labels lost", name, f"{number} of {len(before[name])}") for name, number in lost.items() if number]


def judge_traces(place: Place, before: dict[str, tuple], ended: list[Ended]) -> list[Verdict]:
    """What the commands left in the folder that they must not, ``before`` being its state when they began."""
    after = state_of(place.folder, ("log",))
    changed = sorted(name for name in {*before, *after} if before.get(name) != after.get(name))
    new = [name for name in changed if name in after and name not in before]
    verdicts = []
    outside = [name for name in changed if name.split("/")[0] not in ("work", "out", "tmp")]
    if outside:
        verdicts.append(Verdict("write outside", outside[0], ", ".join(outside[:4])))
    left = [name for name in new if name.startswith("tmp/") or any(map(PARTS.search, name.split("/")[1:]))]
    written = {os.path.normpath(word) for each in ended if each.code == 0 for word in each.words}
    left += [name for name in new if name.startswith("out/") and not written & _with_parents(place.folder / name)]
    begun = [each for each in ended if each.words[0] == "new"]
    if begun and all(each.code for each in begun) and "work/campaign" in new:
        left.append("work/campaign")
    if left:
        verdicts.append(Verdict("leftover", re.sub(r"[0-9a-f]{8,}|tmp\w+", "*", left[0]), ", ".join(left[:4])))
    if any(_holds_secret(place.folder / name) for name in changed if name in after):
        verdicts.append(Verdict("secret copied", ended[-1].words[0]))
    return verdicts


def _with_parents(path: Path) -> set[str]:
    return {str(path), *map(str, path.parents)}


def gravest(verdicts: list[Verdict]) -> Verdict:
    return min(verdicts, key=lambda verdict: OUTCOMES.index(verdict.outcome))


def _holds_secret(path: Path) -> bool:
    return stat.S_ISREG(path.lstat().st_mode) and SECRET in path.read_bytes()


def _raised(text: str) -> str:
    """The first line of the exception at the end of a traceback."""
    after = text.rpartition('  File "')[2].splitlines()[1:]
    return next((line for line in after if line and not line.startswith(" ")), "?")[:300]


def _frame(text: str) -> str:
    """The innermost function of the engine in a traceback."""
    frames = OURS.findall(text)
    return ":".join(frames[-1]) if frames else "?"


def _without_values(message: str) -> str:
    """The words of a message, by which it is known again."""
    return " ".join(re.findall(r"\b[a-zA-Z]{3,}\b", re.sub(r"'[^']*'|\S*/\S*|\([^)]*\)", "", message))[:12])
