"""Log lines to be scanned, pasted or in a file of any size: read in pieces, in a thread, to be cancelled."""

import io
import os
import stat
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from wizard.domain.linetext import cut_lines
from wizard.domain.signatures import Signatures, scan
from wizard.evidence.encoding import encoding_of
from wizard.model.diagnosis import Scan
from wizard.model.knowledge import Knowledge
from wizard.model.text import visible

_CHUNK = 1 << 16
_HEAD = 256


class ScanError(Exception):
    """The lines cannot be read. `code` is worded as `tui.scan.CODE`, with the reason where there is one."""

    def __init__(self, code: str, reason: str = "") -> None:
        self.code = code
        self.reason = visible(reason)
        super().__init__(code)


class CancelledError(Exception):
    """The reading was given up."""


class Lines(Protocol):
    """Where lines come from."""

    @property
    def name(self) -> str:
        """The file's name, "" for what was pasted."""

    @property
    def size(self) -> int:
        """What there is to read, in bytes or characters; 0: not known yet."""

    def chunks(self) -> Iterator[tuple[str, int]]:
        """The text in pieces, each with how much was read by then.

        Raises:
            ScanError: it cannot be read.
        """


@dataclass(slots=True)
class Pasted:
    """Text that was pasted."""

    text: str
    name: str = ""

    @property
    def size(self) -> int:
        """Its characters."""
        return len(self.text)

    def chunks(self) -> Iterator[tuple[str, int]]:
        """See `Lines`."""
        for at in range(0, len(self.text), _CHUNK):
            yield self.text[at : at + _CHUNK], at


class LogFile:
    """A file. Only a regular one is read: a pipe or a device might never end."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.name = visible(path.name)
        self.size = 0

    def chunks(self) -> Iterator[tuple[str, int]]:
        """See `Lines`."""
        try:
            with self._opened() as raw:
                head = raw.peek(_HEAD)[:_HEAD]
                stream = io.TextIOWrapper(raw, encoding=encoding_of(head), errors="replace")
                while text := stream.read(_CHUNK):
                    yield text, raw.tell()
        except OSError as error:
            raise ScanError("unreadable", error.strerror or str(error.errno)) from error

    @contextmanager
    def _opened(self) -> Iterator[io.BufferedReader]:
        # Not to wait for a pipe that nobody writes to.
        descriptor = os.open(self.path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
        with open(descriptor, "rb") as raw:  # noqa: PTH123 - a descriptor
            found = os.fstat(descriptor)
            if not stat.S_ISREG(found.st_mode):
                raise ScanError("not-a-file")
            self.size = found.st_size
            yield raw


class Scanning:
    """A scan that is under way: `run` in a thread, `done` and `cancel` from outside."""

    def __init__(self, lines: Lines, knowledge: Knowledge) -> None:
        self.lines = lines
        self.done = 0
        """How much was read, in the measure of `lines.size`."""
        self._knowledge = knowledge
        self._cancelled = threading.Event()

    def cancel(self) -> None:
        """Give it up."""
        self._cancelled.set()

    def run(self) -> Scan:
        """What was found.

        Raises:
            ScanError: the lines cannot be read.
            CancelledError: it was given up.
        """
        troubleshooting = self._knowledge.troubleshooting
        if troubleshooting is None:
            raise LookupError("troubleshooting is not loaded")
        signatures = Signatures(troubleshooting.signatures)
        return scan(signatures, self._knowledge.words, cut_lines(self._chunks()))

    def _chunks(self) -> Iterator[str]:
        for text, done in self.lines.chunks():
            if self._cancelled.is_set():
                raise CancelledError
            self.done = done
            yield text
