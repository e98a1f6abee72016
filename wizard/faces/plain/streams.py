"""stdin and stdout as `Streams`, and what signals do while a line is waited for."""

import contextlib
import getpass
import os
import signal
import sys
from collections.abc import Iterator
from types import FrameType

from wizard.faces.plain.console import LONGEST, EndedError, StoppedError

_SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP")


def tolerant_input() -> None:
    """Have bytes that are no text in the terminal's encoding read as a mark. Only before the first read."""
    reconfigure = getattr(sys.stdin, "reconfigure", None)
    if reconfigure is not None and sys.stdin.errors != "replace":
        reconfigure(errors="replace")


class StandardStreams:
    """See the module. A signal that comes while something is done waits for the next prompt; a second one
    does not wait."""

    def __init__(self) -> None:
        self.interactive = sys.stdin is not None and sys.stdin.isatty()
        self._waiting = False
        self._signal = 0
        self._gone = False
        tolerant_input()

    @contextlib.contextmanager
    def signals(self) -> Iterator[None]:
        """Within this, SIGINT, SIGTERM and SIGHUP become `StoppedError`."""
        known = [getattr(signal, name) for name in _SIGNALS if hasattr(signal, name)]
        before = {number: signal.signal(number, self._stop) for number in known}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def _stop(self, number: int, frame: FrameType | None) -> None:
        if self._waiting or self._signal:
            raise StoppedError(number)
        self._signal = number

    def read(self) -> str | None:
        """See `Streams`."""
        if sys.stdin is None:
            return None
        # In this order: a signal that comes in between is not missed.
        self._waiting = True
        try:
            if self._signal:
                raise StoppedError(self._signal)
            line = sys.stdin.readline(LONGEST)
            while line and not line.endswith("\n"):
                more = sys.stdin.readline(LONGEST)
                if more.endswith("\n") or not more:
                    break
        except OSError:
            # The terminal is gone.
            return None
        finally:
            self._waiting = False
        return line.rstrip("\r\n") if line else None

    def write(self, text: str) -> None:
        """See `Streams`."""
        if self._gone:
            raise EndedError
        try:
            sys.stdout.write(text)
            sys.stdout.flush()
        except OSError:
            self._gone = True
            # What is left in the buffer goes nowhere: the interpreter would fail on it once more at its end.
            with contextlib.suppress(OSError):
                os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise EndedError from None

    def secret(self, prompt: str) -> str | None:
        """See `Streams`."""
        if not self.interactive:
            return None
        self._waiting = True
        try:
            return getpass.getpass(f"{prompt} > ") or None
        except (EOFError, OSError):
            return None
        finally:
            self._waiting = False
