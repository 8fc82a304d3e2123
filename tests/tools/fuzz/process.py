"""One command in a process of its own, under limits, in a home of its own, with somebody noting its requests."""

from __future__ import annotations

import os
import resource
import select
import signal
import socket
import sys
import tempfile
import time
import traceback
from dataclasses import dataclass
from pathlib import Path

from tiletriage.models.cli.main import main

from .case import Place, Words

CPU_SECONDS, WALL_SECONDS, IDLE_SECONDS = 12, 90, 15
MEMORY_BYTES, FILE_BYTES = 3 * 2**30, 2**30
TRACEBACK = 99  # the exit code of a command that ends with an exception
REFUSED = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


@dataclass(frozen=True)
class Ended:
    """How a command ended: its exit code, or the signal that ended it, and what it said and requested."""

    words: tuple[str, ...]
    code: int | None
    signal: int | None
    stdout: str
    stderr: str
    requests: tuple[str, ...]
    is_hung: bool
    cpu_seconds: float


class Listener:
    """A server on the loopback that answers nothing and notes what it was asked."""

    def __init__(self) -> None:
        self.socket = socket.create_server(("127.0.0.1", 0), backlog=50)
        self.requests: list[str] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.socket.getsockname()[1]}"

    def answer(self) -> None:
        connection, _ = self.socket.accept()
        with connection:
            connection.settimeout(1)
            try:
                asked = connection.recv(2000)
                connection.sendall(REFUSED)
            except OSError:
                asked = b""
        self.requests.append(asked.split(b"\r\n")[0].decode("latin-1").replace(self.url, "") or "connected")

    def take(self) -> tuple[str, ...]:
        taken, self.requests = tuple(self.requests), []
        return taken


def run_commands(several: tuple[Words, ...], place: Place, listener: Listener) -> list[Ended]:
    """Run commands of tiletriage at the same time, each to its end, or to the end of its time."""
    sys.stdout.flush()
    sys.stderr.flush()
    arguments = [tuple(os.fspath(word) if isinstance(word, Path) else str(word) for word in words) for words in several]
    children = [_start(words, number, place, listener) for number, words in enumerate(arguments)]
    return [_end(child, number, arguments[number], place, listener) for number, child in enumerate(children)]


def _start(arguments: tuple[str, ...], number: int, place: Place, listener: Listener) -> int:
    child = os.fork()
    if not child:
        _live(arguments, number, place, listener)
    return child


def _end(child: int, number: int, arguments: tuple[str, ...], place: Place, listener: Listener) -> Ended:
    is_stopped = _wait(child, listener)
    _, status, used = os.wait4(child, 0)
    by_signal = os.WTERMSIG(status) if os.WIFSIGNALED(status) else None
    return Ended(
        arguments,
        os.WEXITSTATUS(status) if os.WIFEXITED(status) else None,
        by_signal,
        _said(place, f"{number}.stdout"),
        _said(place, f"{number}.stderr"),
        listener.take(),
        is_stopped or by_signal == signal.SIGXCPU,
        used.ru_utime + used.ru_stime,
    )


def _said(place: Place, stream: str) -> str:
    """What a command wrote, without the folder's own path: the same in every run."""
    text = (place.logs / stream).read_text(encoding="utf-8", errors="backslashreplace")
    return text.replace(str(place.folder), "")


def _wait(child: int, listener: Listener) -> bool:
    """Answer requests until the process ends; whether it had to be stopped because it did not."""
    handle = os.pidfd_open(child)
    began = changed = time.monotonic()
    used = 0
    try:
        while True:
            ready, _, _ = select.select([handle, listener.socket], [], [], 1)
            if listener.socket in ready:
                listener.answer()
            if handle in ready:
                return False
            now, before, (is_asleep, used) = time.monotonic(), used, _activity(child)
            if used != before or not is_asleep:
                changed = now
            if now - began > WALL_SECONDS or now - changed > IDLE_SECONDS:
                os.killpg(child, signal.SIGKILL)
                return True
    finally:
        os.close(handle)


def _activity(session: int) -> tuple[bool, int]:
    """Whether a command and the processes that it started all wait for something other than the disk or their turn, and
    what they have used of the processor."""
    states, used = [], 0
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text(encoding="latin-1").rpartition(")")[2].split()
        except OSError:  # it ended meanwhile
            continue
        if int(fields[3]) == session:
            states.append(fields[0])
            used += int(fields[11]) + int(fields[12])
    return set(states) == {"S"}, used


def _live(arguments: tuple[str, ...], number: int, place: Place, listener: Listener) -> None:
    """In the child: never returns."""
    code = TRACEBACK
    try:
        _enter(number, place, listener)
        main(list(arguments), prog_name="tiletriage")
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:
        traceback.print_exc()
    finally:
        try:
            sys.stdout.flush()
            sys.stderr.flush()
        finally:
            os._exit(code)


def _enter(number: int, place: Place, listener: Listener) -> None:
    """Move into the sandbox: a session, streams, folders, limits; whatever asks a proxy asks the listener."""
    os.setsid()  # what it starts is known by it, and ends with it
    for descriptor, name in ((1, "stdout"), (2, "stderr")):
        os.dup2(os.open(place.logs / f"{number}.{name}", os.O_WRONLY | os.O_CREAT | os.O_TRUNC), descriptor)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.chdir(place.folder / "here")
    homes = dict.fromkeys(("HOME", "USERPROFILE", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"), "home")
    folders = {**homes, **dict.fromkeys(("TMPDIR", "TEMP", "TMP", "CPL_TMPDIR", "SQLITE_TMPDIR"), "tmp")}
    os.environ.update({name: str(place.folder / folder) for name, folder in folders.items()})
    proxies = ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "all_proxy", "ALL_PROXY", "ftp_proxy")
    os.environ.update(dict.fromkeys(proxies, listener.url))
    for name in ("no_proxy", "NO_PROXY"):
        os.environ.pop(name, None)
    tempfile.tempdir = None
    listener.socket.close()
    address_space = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (address_space + MEMORY_BYTES,) * 2)
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 2))
    resource.setrlimit(resource.RLIMIT_FSIZE, (FILE_BYTES,) * 2)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
