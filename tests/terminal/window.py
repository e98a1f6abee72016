"""`Window`: the wizard on a pseudo-terminal of its own, with an emulator that shows what a person sees."""

import fcntl
import os
import re
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NoReturn, Self

from tests.benchmarks.meter import KEYS, Terminal

ROOT = Path(__file__).parents[2]
DAY = "2026-11-23"
PYTHON = sys.executable
START = (PYTHON, "-m", "wizard", "start", "--as-of", DAY)
_PATIENCE = 40.0
"""Seconds until something that does not come counts as missing; nothing waits that long when all is well."""

MOUSE_ON = tuple(f"\x1b[?{mode}h".encode() for mode in (9, 1000, 1002, 1003, 1005, 1006, 1015, 1016))
_MODE = re.compile(rb"\x1b\[\?([0-9;]+)([hl])")
_OFF_AT_THE_END = {
    9: "mouse", 12: "blinking cursor", 1000: "mouse", 1002: "mouse", 1003: "mouse", 1004: "focus",
    1005: "mouse", 1006: "mouse", 1015: "mouse", 1016: "mouse", 1049: "alternate screen", 2004: "paste",
    2026: "held output", 2048: "sizes",
}  # fmt: skip
_ON_AT_THE_END = {7: "line wrap", 25: "cursor"}


def environment(home: Path | None, **more: str) -> dict[str, str]:
    """An environment without anything of the author's; `home` None: no folder is named at all."""
    base = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "TERM": "xterm-256color", "PYTHONPATH": str(ROOT)}
    if home is not None:
        base |= {"HOME": str(home), "EKU_WIZARD_HOME": str(home)}
    return {**base, **more}


def modes(raw: bytes) -> dict[int, bool]:
    """The modes of the terminal that were switched, and whether they are on at the end."""
    found: dict[int, bool] = {}
    for numbers, switch in _MODE.findall(raw):
        found |= {int(number): switch == b"h" for number in numbers.split(b";")}
    return found


def left_behind(raw: bytes) -> list[str]:
    """What a program that sent `raw` did not give back of the terminal."""
    found = modes(raw)
    wrong = [f"{name} ({number}) is on" for number, name in _OFF_AT_THE_END.items() if found.get(number)]
    wrong += [
        f"{name} ({number}) is off" for number, name in _ON_AT_THE_END.items() if found.get(number) is False
    ]
    if raw.count(b"\x1b[>25u") > raw.count(b"\x1b[<u"):
        wrong.append("the keyboard protocol is on")
    return wrong


class Window(Terminal):
    """A process on a terminal; use it as a context manager. `raw` is every byte it sent.

    It runs in `home` where that is a folder. `told` is the size that the terminal claims to have; `answers`
    false: it answers no query, as old ones do.
    """

    def __init__(
        self,
        *arguments: str,
        home: Path | None,
        size: tuple[int, int] = (80, 24),
        environ: Mapping[str, str] | None = None,
        program: Sequence[str] = START,
        answers: bool = True,
        told: tuple[int, int] | None = None,
    ) -> None:
        self.raw = b""
        self.status: int | None = None
        self._folder = home if home is not None and home.is_dir() else None
        env = environment(home, **(environ or {}))
        super().__init__([*program, *arguments], env, size, answers=answers, told=told)

    def become(self, command: list[str], env: dict[str, str]) -> NoReturn:
        """In the child: become the program."""
        if self._folder is not None:
            os.chdir(self._folder)
        super().become(command, env)

    # What it shows

    def read(self, seconds: float) -> bytes | None:
        """What comes within that time; None when the terminal has been let go of."""
        data = super().read(seconds)
        self.raw += data or b""
        return data

    @property
    def lines(self) -> list[str]:
        """The lines of the screen."""
        return [line.rstrip() for line in self.screen.display]

    @property
    def text(self) -> str:
        """The screen."""
        return "\n".join(self.lines)

    def expect(self, *texts: str) -> None:
        """Wait until all of the texts are on the screen together."""
        end = time.monotonic() + _PATIENCE
        while not all(text in self.text for text in texts):
            if time.monotonic() > end or self.read(0.5) is None:
                raise AssertionError(f"{texts} did not come; instead:\n{self.text}")

    def expect_sent(self, data: bytes) -> None:
        """Wait until these bytes were sent."""
        end = time.monotonic() + _PATIENCE
        while data not in self.raw:
            if time.monotonic() > end or self.read(0.5) is None:
                raise AssertionError(f"{data!r} was not sent; the screen:\n{self.text}")

    def quiet(self, seconds: float = 0.3) -> None:
        """Wait until nothing has come for that long."""
        while self.read(seconds):
            pass

    def idle(self, seconds: float) -> bytes:
        """What comes within that time, all of which passes."""
        before, end = len(self.raw), time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0 and self.read(left) is not None:
            pass
        return self.raw[before:]

    # What is done to it

    def type(self, *keys: str) -> None:
        """Press keys, by name (`enter`, `down`) or as text."""
        os.write(self.fd, b"".join(KEYS.get(key, key.encode()) for key in keys))

    def signal(self, number: int) -> None:
        """Send it a signal."""
        os.kill(self.pid, number)

    def signal_child(self, number: int) -> None:
        """Send a signal to the one process that it has started, as a shell does its job."""
        children = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text(encoding="ascii").split()
        os.kill(int(children[-1]), number)

    def resize(self, columns: int, lines: int) -> None:
        """Change the size of the terminal, which tells the process."""
        self.screen.resize(lines, columns)
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))

    def hang_up(self) -> None:
        """The line drops: the terminal is gone for good."""
        os.close(self.fd)
        self.fd = -1

    def settings(self) -> list[object]:
        """How the terminal is set: echo, line editing and the like."""
        return termios.tcgetattr(self.fd)

    # How it ends

    def end(self) -> int:
        """Wait for the end; the exit status, negative where a signal ended it."""
        end = time.monotonic() + _PATIENCE
        while not self._ended():
            if time.monotonic() > end:
                raise AssertionError(f"it goes on:\n{self.text}")
            if self.fd < 0 or self.read(0.05) is None:
                time.sleep(0.01)
        while self.fd >= 0 and select.select([self.fd], [], [], 0)[0] and self.read(0):
            pass
        assert self.status is not None
        return os.waitstatus_to_exitcode(self.status)

    def _ended(self) -> bool:
        if self.status is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            self.status = status if pid else None
        return self.status is not None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if not self._ended():
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        if self.fd >= 0:
            os.close(self.fd)
