"""What a person at a terminal sees while files are read: a line that comes after a second, and a password.

Both are for a terminal only. What is written to a file or a pipe is not touched.
"""

import sys
import time
from collections.abc import Callable

from wizard.faces.columns import cut
from wizard.model.text import ascii_only
from wizard.model.words import Words

_AFTER = 1.0
"""Seconds that nothing is said: most audits are done by then."""

_OFTEN = 0.2
_WIDTH = 79


class Progress:
    """A line on stderr that says what is being read; `clear` takes it away."""

    def __init__(self, words: Words, clock: Callable[[], float] = time.monotonic) -> None:
        self._words, self._clock = words, clock
        self._shown = False
        self._next = clock() + _AFTER
        self._on = sys.stderr is not None and sys.stderr.isatty()

    def at(self, current: str) -> None:
        """Say what is being read, from time to time. `current` is visible text."""
        if not self._on or self._clock() < self._next:
            return
        self._next = self._clock() + _OFTEN
        line = cut(ascii_only(self._words.say("inspect.progress", current=current)), _WIDTH, "...")
        self._write(f"\r{line.ljust(_WIDTH)}\r")
        self._shown = True

    def clear(self) -> None:
        """Leave an empty line for what comes next."""
        if self._shown:
            self._write("\r" + " " * _WIDTH + "\r")
        self._shown = False

    def _write(self, text: str) -> None:
        sys.stderr.write(text)
        sys.stderr.flush()


def password(words: Words, progress: Progress) -> Callable[[str], str | None] | None:
    """Asks for the password of a file: not shown, not kept; nothing typed leaves the file locked. None where
    nobody is there to ask."""
    if sys.stdin is None or not sys.stdin.isatty():
        return None

    def ask(file: str) -> str | None:
        import getpass

        progress.clear()
        try:
            return getpass.getpass(f"{words.say('plain.prompt.password', file=file)} > ") or None
        except (EOFError, OSError):
            return None

    return ask
