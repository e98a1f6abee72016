"""The program as people run it: a process of its own on a pseudo-terminal, whose bytes are looked at."""

import os
import pty
import select
import subprocess
import sys
import termios
import time
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).parents[2]
_PATIENCE = 30.0
"""Seconds until a text that does not come counts as missing; nothing waits that long when all is well."""


class Terminal:
    """A process on a terminal. `seen` is all it wrote."""

    def __init__(
        self,
        *arguments: str,
        home: Path,
        term: str = "vt100",
        baud: int = termios.B38400,
        environ: Mapping[str, str] | None = None,
    ) -> None:
        self.seen = b""
        self._from = 0
        self._master, slave = pty.openpty()
        settings = termios.tcgetattr(slave)
        settings[4] = settings[5] = baud
        termios.tcsetattr(slave, termios.TCSANOW, settings)
        self.process = subprocess.Popen(
            [sys.executable, "-m", "wizard", *arguments],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env=environment(home, TERM=term, **(environ or {})),
            cwd=ROOT,
            start_new_session=True,
            preexec_fn=_controlling,
        )
        os.close(slave)

    def expect(self, text: str) -> str:
        """Wait until `text` comes, after what was waited for before; all that came up to it."""
        wanted, end = text.encode(), time.monotonic() + _PATIENCE
        while wanted not in self.seen[self._from :]:
            if not self._more(end):
                raise AssertionError(f"{text!r} did not come; instead: {self.seen[self._from :].decode()}")
        upto = self.seen.index(wanted, self._from) + len(wanted)
        found, self._from = self.seen[self._from : upto].decode(), upto
        return found

    def _more(self, end: float) -> bool:
        """Whether something more was written before the time is up."""
        ready, _, _ = select.select([self._master], [], [], max(0.0, end - time.monotonic()))
        try:
            data = os.read(self._master, 65536) if ready else b""
        except OSError:
            return False
        self.seen += data
        return bool(data)

    def send(self, *lines: str) -> None:
        """Type lines, each with Enter."""
        for line in lines:
            os.write(self._master, f"{line}\n".encode())

    def type(self, data: bytes) -> None:
        """Type bytes as they are."""
        os.write(self._master, data)

    def hang_up(self) -> None:
        """The line drops: the terminal is gone, its processes get SIGHUP."""
        os.close(self._master)
        self._master = -1

    def end(self) -> int:
        """Wait for the end; the exit status, negative where a signal ended it."""
        end = time.monotonic() + _PATIENCE
        while self._master >= 0 and self._more(end):
            pass
        return self.process.wait(_PATIENCE)

    def __enter__(self) -> "Terminal":
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        if self._master >= 0:
            os.close(self._master)


def _controlling() -> None:
    """Make the terminal the one that controls the process, so that a dropped line is a SIGHUP."""
    import fcntl

    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


def environment(home: Path, **more: str) -> dict[str, str]:
    """An environment without anything of the author's."""
    base = {"PATH": os.environ["PATH"], "HOME": str(home), "EKU_WIZARD_HOME": str(home), "LANG": "C.UTF-8"}
    return {**base, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1", **more}


def run(
    *arguments: str, home: Path, given: str | None = None, **environ: str
) -> "subprocess.CompletedProcess[str]":
    """Run the program with `given` from a pipe, None: from the null device."""
    return subprocess.run(
        [sys.executable, "-m", "wizard", *arguments],
        input=given,
        stdin=subprocess.DEVNULL if given is None else None,
        capture_output=True,
        text=True,
        env=environment(home, **environ),
        cwd=ROOT,
        timeout=_PATIENCE,
        check=False,
    )
