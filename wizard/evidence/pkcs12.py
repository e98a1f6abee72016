"""PKCS#12 opened in a process of its own, which can be ended: a file may ask for any amount of work.

The password goes down a pipe to that process and nowhere else. What comes back is certificates, and of a
private key the hash of its public half.
"""

import base64
import binascii
import json
import subprocess
import sys
import threading
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

SECONDS = 5.0
"""How long a file may keep the process busy."""

MOST_ROUNDS = 10_000_000
"""Rounds above which a file is not tried: ten times what any tool writes, about a second each try."""

_CHILD = Path(__file__).with_name("pkcs12_child.py")


class Outcome(StrEnum):
    """How opening ended."""

    OPEN = "open"
    LOCKED = "locked"
    UNSUPPORTED = "unsupported"
    TOO_SLOW = "too-slow"


@dataclass(frozen=True, slots=True)
class Opened:
    """The certificates as DER, whether a private key was there, SHA-256 of its public half if readable."""

    outcome: Outcome
    certificates: tuple[bytes, ...] = ()
    private_key: bool = False
    public_half: str = ""


class Opener:
    """Opens files one after another in one process, which is started when first needed."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._process: subprocess.Popen[bytes] | None = None
        self._opening: Opening | None = None

    def start(self, data: bytes, password: str | None) -> "Opening":
        """Begin to open a file; the one before must be done. None tries no password and the empty one."""
        if self._process is None or self._process.poll() is not None:
            # -P: a file of a stranger's name in the current folder is not imported.
            self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and file
                [sys.executable, "-P", str(_CHILD)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        self._opening = Opening(self._process, data, password, self._seconds)
        return self._opening

    def close(self) -> None:
        """End the process, in the middle of a file too."""
        if self._process is not None:
            self._process.kill()
            if self._opening is not None:
                self._opening.result()
            self._process.communicate()
            self._process = None


class Opening:
    """One file being opened: ask `done` now and then, `result` when it is, `cancel` to end it."""

    def __init__(
        self, process: subprocess.Popen[bytes], data: bytes, password: str | None, seconds: float
    ) -> None:
        self._process = process
        self._result = Opened(Outcome.UNSUPPORTED)
        self._timer = threading.Timer(seconds, self.cancel)
        secret = b"-" if password is None else password.encode("utf-8").hex().encode("ascii")
        message = b"%s %d\n%s" % (secret, len(data), data)
        self._thread = threading.Thread(target=self._run, args=(message,), daemon=True)
        self._timer.start()
        self._thread.start()

    def _run(self, message: bytes) -> None:
        stdin, stdout = self._process.stdin, self._process.stdout
        if stdin is None or stdout is None:
            raise RuntimeError("started without pipes")
        try:
            stdin.write(message)
            stdin.flush()
            answer = stdout.readline()
        except (BrokenPipeError, ValueError):
            answer = b""  # Ended while we wrote: as if it had not answered.
        self._timer.cancel()
        self._result = _understood(answer) if answer else Opened(Outcome.TOO_SLOW)

    @property
    def done(self) -> bool:
        """Whether it has ended."""
        return not self._thread.is_alive()

    def result(self) -> Opened:
        """How it ended; waits for that."""
        self._thread.join()
        return self._result

    def cancel(self) -> None:
        """End the process now."""
        self._process.kill()


def _understood(answer: bytes) -> Opened:
    """The child's answer; one that is none means that the library refused in a way it did not foresee."""
    try:
        told = json.loads(answer)
        return Opened(
            Outcome(told["outcome"]),
            tuple(base64.b64decode(text) for text in told["certificates"]),
            bool(told["private_key"]),
            str(told["public_half"]),
        )
    except (ValueError, KeyError, TypeError, binascii.Error):
        return Opened(Outcome.UNSUPPORTED)
