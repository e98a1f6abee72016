"""A program on a pseudo-terminal, measured: when its screen is complete, what a key costs, what it holds.

Times are those at which bytes came. What they make of the screen is worked out afterwards, by an emulator
that is slower than any terminal: its time must not count.
"""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn

import pyte

# What pyte does not know and would print, and what of it may have come in part only.
_UNKNOWN = re.compile(
    rb"\x1b\[[<=>][0-?]*[ -/]*[@-~]|\x1b\[[0-?]*[ -/]+[@-~]"
    rb"|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1bP[^\x1b]*\x1b\\"
)
_PARTIAL = re.compile(rb"\x1b(?:\[[0-?]*[ -/]*|\][^\x07\x1b]*\x1b?|P[^\x1b]*\x1b?)?\Z")
_ANSWERS = (
    (b"\x1b[c", b"\x1b[?64;1;2;6;22c"),
    (b"\x1b[?2026$p", b"\x1b[?2026;2$y"),
    (b"\x1b[?2048$p", b"\x1b[?2048;0$y"),
)
KEYS = {
    "down": b"\x1b[B", "up": b"\x1b[A", "right": b"\x1b[C", "left": b"\x1b[D", "enter": b"\r", "tab": b"\t",
    "escape": b"\x1b", "backspace": b"\x7f", "space": b" ",
    **{f"ctrl+{letter}": bytes([ord(letter) & 0x1F]) for letter in "abcdefghijklmnopqrstuvwxyz"},
}  # fmt: skip
_QUIET = 0.3

Moment = tuple[float, bytes]
"""Seconds since the start, and the bytes that came then."""


@dataclass(frozen=True)
class Key:
    """What one key cost: ms until the screen first changed and until it was done, and bytes sent."""

    first: float
    done: float
    sent: int


@dataclass
class Run:
    """One start. Times in ms, sizes in bytes, memory in MiB (peak, of the process)."""

    complete: float = 0.0
    sent: int = 0
    memory: float = 0.0
    memory_after: float = 0.0
    keys: list[Key] = field(default_factory=list)
    idle: int = 0
    quit: float = 0.0
    display: list[str] = field(default_factory=list)


class Terminal:
    """The program on its terminal. `sent` counts the bytes that came; `baud` slows the line.

    `answers` false: the terminal answers no query, as old ones do. `told` is the size that it claims to have.
    """

    def __init__(
        self,
        command: Sequence[str],
        env: dict[str, str],
        size: tuple[int, int],
        baud: int = 0,
        *,
        answers: bool = True,
        told: tuple[int, int] | None = None,
    ) -> None:
        self._screen = pyte.Screen(*size)
        self._stream = pyte.ByteStream(self._screen)
        self._unseen: list[bytes] = []
        self._partial = b""
        self._answers = _ANSWERS if answers else ()
        self.baud, self.sent = baud, 0
        self.start = time.perf_counter()
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            columns, lines = told or size
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
            self.become(list(command), env)
        os.set_blocking(self.fd, False)

    def become(self, command: list[str], env: dict[str, str]) -> NoReturn:
        """In the child: become the program."""
        os.execvpe(command[0], command, env)

    def read(self, seconds: float) -> bytes | None:
        """What comes within that time; None when the program has let go of the terminal."""
        ready, _, _ = select.select([self.fd], [], [], max(seconds, 0))
        if not ready:
            return b""
        try:
            data = os.read(self.fd, max(64, self.baud // 100) if self.baud else 1 << 16)
        except OSError:
            return None
        if not data:
            return None
        if self.baud:
            time.sleep(len(data) * 10 / self.baud)
        for query, answer in self._answers:
            if query in data:
                os.write(self.fd, answer)
        self.sent += len(data)
        self._unseen.append(data)
        return data

    @property
    def screen(self) -> pyte.Screen:
        """The screen as a person sees it now."""
        for data in self._unseen:
            self._show(data)
        self._unseen.clear()
        return self._screen

    def _show(self, data: bytes) -> None:
        data = self._partial + data
        partial = _PARTIAL.search(data)
        upto = partial.start() if partial else len(data)
        self._partial = data[upto:]
        self._stream.feed(_UNKNOWN.sub(b"", data[:upto]))

    def moments(self, quiet: float = _QUIET, limit: float = 15.0) -> list[Moment]:
        """Read until nothing comes for `quiet` seconds."""
        found: list[Moment] = []
        end = time.perf_counter() + limit
        last = time.perf_counter()
        while (now := time.perf_counter()) < end and (now - last < quiet or not found):
            data = self.read(quiet)
            if data is None:
                break
            if data:
                last = time.perf_counter()
                found.append((last - self.start, data))
        return found

    def settle(self, quiet: float = _QUIET, limit: float = 15.0) -> float:
        """Read until nothing comes for `quiet` seconds; when (s) the screen became what it then is."""
        seen: list[tuple[float, list[str]]] = []
        self._unseen, before = [], self._unseen
        found = self.moments(quiet, limit)
        self._unseen = before
        for at, data in found:
            self._unseen.append(data)
            seen.append((at, list(self.screen.display)))
        final = list(self.screen.display)
        return next((at for at, display in seen if display == final), 0.0)

    def key(self, name: str, quiet: float = 0.2) -> Key:
        """Press a key and wait for all it causes; `first` is when anything seen has changed, colours too."""
        before, sent = _looks(self.screen), self.sent
        pressed = time.perf_counter() - self.start
        os.write(self.fd, KEYS.get(name, name.encode()))
        found = self.moments(quiet, 5.0)
        self._unseen.clear()
        first = 0.0
        for at, data in found:
            self._show(data)
            if not first and _looks(self._screen) != before:
                first = at
        last = found[-1][0] if found else pressed
        return Key(((first or pressed) - pressed) * 1000, (last - pressed) * 1000, self.sent - sent)

    def memory(self) -> float:
        """Peak resident memory so far, in MiB."""
        status = Path(f"/proc/{self.pid}/status").read_text(encoding="ascii")
        found = re.search(r"VmHWM:\s+(\d+)", status)
        return int(found.group(1)) / 1024 if found else 0.0

    def wait(self, limit: float = 5.0) -> bool:
        """Whether the program ends by itself within that time."""
        end = time.perf_counter() + limit
        while time.perf_counter() < end:
            self.read(0.002)
            if os.waitpid(self.pid, os.WNOHANG)[0]:
                return True
        return False

    def close(self) -> None:
        """End it, however."""
        try:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        except (ProcessLookupError, ChildProcessError):
            pass
        os.close(self.fd)


def _looks(screen: pyte.Screen) -> tuple[object, ...]:
    """All that can be seen: characters with their colours, and the cursor where it is shown."""
    cells = tuple(screen.buffer[y][x] for y in range(screen.lines) for x in range(screen.columns))
    cursor = () if screen.cursor.hidden else (screen.cursor.y, screen.cursor.x)
    return (cells, cursor)


def measure(
    command: Sequence[str],
    env: dict[str, str],
    *,
    keys: Sequence[str] = (),
    idle: float = 0.0,
    leave: Sequence[str] = ("q",),
    baud: int = 0,
) -> Run:
    """Start the program at 80x24, press the keys, watch it idle, leave it."""
    terminal = Terminal(command, env, (80, 24), baud)
    run = Run()
    try:
        run.complete = terminal.settle() * 1000
        run.sent, run.memory = terminal.sent, terminal.memory()
        run.keys = [terminal.key(name) for name in keys]
        run.memory_after = terminal.memory()
        run.display = list(terminal.screen.display)
        before = terminal.sent
        end = time.perf_counter() + idle
        while time.perf_counter() < end:
            terminal.read(end - time.perf_counter())
        run.idle = terminal.sent - before
        for name in leave[:-1]:
            terminal.key(name)
        pressed = time.perf_counter()
        os.write(terminal.fd, KEYS.get(leave[-1], leave[-1].encode()))
        run.quit = (time.perf_counter() - pressed) * 1000 if terminal.wait() else 0.0
    finally:
        terminal.close()
    return run
