"""`Console`: lines in, lines out. No cursor moves, no colour; a prompt ends in `> ` and waits for a line."""

import contextlib
import textwrap
from typing import Protocol

from wizard.model.text import ascii_only, visible
from wizard.model.words import Words

WIDTH = 78
"""Characters of a line, whatever the terminal says of itself: a serial line says nothing."""
LONGEST = 4096
"""Characters of one line that are read; the rest of it is left out."""

_MOST = {"h": "help", "b": "back", "r": "review", "p": "plan", "s": "save", "q": "quit"}
COMMANDS = {**_MOST, "o": "options", "l": "load", "d": "done", "t": "tree", "u": "undo", "c": "command",
            "f": "faq"}  # fmt: skip
"""The commands of every prompt: one letter, and for some a word after it."""

HELP = "?"
"""Asks for help as `h` does, and as on the screens."""

_WITH_WORDS = frozenset("psldf")


class EndedError(Exception):
    """There is no more input, or nobody reads any more what is written."""


class StoppedError(Exception):
    """A signal asked to end. `signal` is its number."""

    def __init__(self, signal: int) -> None:
        self.signal = signal
        super().__init__(f"signal {signal}")


class RefusedError(Exception):
    """A line from a pipe was no answer: what comes after it would answer the wrong questions."""


class CommandGiven(Exception):  # noqa: N818 - not an error: it leads from any prompt to what was asked for
    """A command was given instead of an answer: its letter, and what stood after it."""

    def __init__(self, letter: str, rest: str) -> None:
        self.letter, self.rest = letter, rest
        super().__init__(letter)


class Streams(Protocol):
    """Where lines come from and go to. `interactive` is whether a person types them."""

    interactive: bool

    def read(self) -> str | None:
        """The next line, without its end; None where there is no more. May raise `StoppedError`."""

    def write(self, text: str) -> None:
        """Write, at once. Raises `EndedError` where nobody reads it."""

    def secret(self, prompt: str) -> str | None:
        """A line that is not shown, where a person can type one."""


class Console:
    """Words out, answers in. `ascii_mode`: nothing outside ASCII is written."""

    def __init__(self, streams: Streams, words: Words, *, ascii_mode: bool = False) -> None:
        self.streams, self.words, self.ascii_mode = streams, words, ascii_mode
        self.lines = 0
        """Lines that were read."""

    @property
    def interactive(self) -> bool:
        """Whether a person answers, who can be asked again."""
        return self.streams.interactive

    def say(self, key: str, /, **args: str) -> None:
        """The words of an id, wrapped."""
        self.put(self.words.say(key, **args))

    def put(self, text: str = "", *, first: str = "", rest: str = "") -> None:
        """Text, each of its lines wrapped; `first` stands before a line, `rest` before its further lines."""
        for line in self._shown(text).split("\n"):
            wrapped = textwrap.wrap(
                line,
                WIDTH,
                initial_indent=first,
                subsequent_indent=rest,
                break_long_words=False,
                break_on_hyphens=False,
            )
            self.streams.write("\n".join(wrapped or [first.rstrip()]) + "\n")

    def raw(self, text: str) -> None:
        """Text as it stands, such as a plan; a newline at its end."""
        self.streams.write(self._shown(text) if text.endswith("\n") else self._shown(text) + "\n")

    def _shown(self, text: str) -> str:
        return ascii_only(text) if self.ascii_mode else text

    def ask(self, key: str, /, **args: str) -> str:
        """The line that was typed at the prompt of that id, without blanks around it.

        Raises:
            CommandGiven: a command was given instead.
            EndedError: there is no more input.
            StoppedError: a signal asked to end.
        """
        line = self.line(key, **args)
        if line == HELP:
            raise CommandGiven("h", "")
        letter, _, rest = line.partition(" ")
        if letter in COMMANDS and (not rest or letter in _WITH_WORDS):
            raise CommandGiven(letter, rest.strip())
        if line.casefold() in COMMANDS.values():
            raise CommandGiven(line.casefold()[0], "")
        return line

    def line(self, key: str, /, **args: str) -> str:
        """As `ask`, without commands: whatever is typed is the answer."""
        self.streams.write(f"{self._shown(self.words.say(key, **args))} > ")
        try:
            given = self.streams.read()
        except StoppedError:
            with contextlib.suppress(EndedError):
                self.streams.write("\n")
            raise
        if given is None:
            self.streams.write("\n")
            raise EndedError
        self.lines += 1
        line = given.strip()[:LONGEST]
        if not self.interactive:
            # Nobody sees what a pipe holds: written out, the session can be read afterwards.
            self.streams.write(self._shown(visible(line, LONGEST)) + "\n")
        return line

    def agreed(self, key: str, /, **args: str) -> bool:
        """Whether the answer is yes. Nothing typed is no."""
        yes, no = self.words.say("plain.yes"), self.words.say("plain.no")
        while True:
            line = self.line(key, yes=yes, no=no, **args).casefold()
            if line in ("y", yes, yes[:1]):
                return True
            if line in ("", "n", "b", "q", no, no[:1]):
                return False
            self.refuse(self.words.say("refused.not-one", given=visible(line)))

    def refuse(self, text: str) -> None:
        """Say why a line was no answer.

        Raises:
            RefusedError: it came from a pipe.
        """
        self.put(text)
        if not self.interactive:
            raise RefusedError
