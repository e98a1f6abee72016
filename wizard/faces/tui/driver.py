"""`TtyDriver`: Textual's driver for the terminals that there are: serial, old, on a line that drops.

Beyond its base: the size is that of the terminal drawn on (80x24 where it says 0x0); a line that is gone
ends the wizard instead of spinning or hanging; only clicks and the wheel are asked of the mouse, so that
moving it sends nothing; terminals that may print what they do not know are asked nothing; quitting does
not wait for a key.
"""

import contextlib
import os
import select
import sys
from codecs import getincrementaldecoder
from collections.abc import Callable
from typing import IO, TYPE_CHECKING, Protocol, cast

from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver

if TYPE_CHECKING:
    from textual.app import App

_OLD = ("linux", "vt", "ansi", "cons", "sun", "dumb")
"""Beginnings of TERM whose terminals may show a query instead of answering it."""

_CHUNK = 4096
_TICK = 0.1


def is_old(term: str) -> bool:
    """Whether a terminal of that TERM may print sequences that it does not know."""
    return term.startswith(_OLD)


class HangsUp(Protocol):
    """The app, as the driver knows it."""

    def handle_signals(self) -> None:
        """End on a signal instead of dying of it: called on the loop, before the terminal is changed."""

    def line_gone(self) -> None:
        """The terminal is no more: called from a thread."""


class _Line:
    """The terminal as a file to write to, which swallows what is written once the line is gone."""

    def __init__(self, file: IO[str], gone: Callable[[], None]) -> None:
        self._file, self._gone = file, gone
        self.is_gone = False

    def write(self, text: str) -> int:
        """Write, if anybody is there."""
        if not self.is_gone:
            self._try(lambda: self._file.write(text))
        return len(text)

    def flush(self) -> None:
        """Flush, if anybody is there."""
        if not self.is_gone:
            self._try(self._file.flush)

    def _try(self, write: Callable[[], object]) -> None:
        try:
            write()
        except (OSError, ValueError):
            self.is_gone = True
            self._gone()

    def fileno(self) -> int:
        """The descriptor behind it."""
        return self._file.fileno()

    def isatty(self) -> bool:
        """Whether it is a terminal."""
        return self._file.isatty()


class TtyDriver(LinuxDriver):
    """See the module."""

    def __init__(
        self,
        app: "App[object]",
        *,
        debug: bool = False,
        mouse: bool = True,
        size: tuple[int, int] | None = None,
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        self._line = _Line(cast("IO[str]", sys.__stderr__), self._tell_gone)
        self._file = self._line  # type: ignore[assignment]
        self._plain = is_old(os.environ.get("TERM", ""))
        self._wake_read, self._wake_write = os.pipe()
        os.set_blocking(self._wake_read, False)

    def start_application_mode(self) -> None:
        """From here on no signal may end the process with the terminal as the screens need it."""
        cast("HangsUp", self._app).handle_signals()
        super().start_application_mode()  # type: ignore[no-untyped-call]

    def hang_up(self) -> None:
        """Write nothing more: nobody is there."""
        self._line.is_gone = True

    def _tell_gone(self) -> None:
        app = cast("HangsUp", self._app)
        self._loop.call_soon_threadsafe(app.line_gone)

    def _get_terminal_size(self) -> tuple[int, int]:
        for stream in (sys.__stderr__, sys.__stdin__):
            try:
                columns, lines = os.get_terminal_size(stream.fileno())  # type: ignore[union-attr]
            except (OSError, ValueError, AttributeError):
                continue
            if columns > 0 and lines > 0:
                return columns, lines
        return _number("COLUMNS", 80), _number("LINES", 24)

    def _enable_mouse_support(self) -> None:
        if self._mouse:
            self.write("\x1b[?1000h\x1b[?1006h")

    def _disable_mouse_support(self) -> None:
        if self._mouse:
            self.write("\x1b[?1000l\x1b[?1006l")

    def _query_in_band_window_resize(self) -> None:
        """Not asked: the window's signal tells, and pixels of the mouse are of no use."""

    def _request_terminal_sync_mode_support(self) -> None:
        if not self._plain:
            super()._request_terminal_sync_mode_support()

    def disable_input(self) -> None:
        os.write(self._wake_write, b"\0")
        super().disable_input()

    def run_input_thread(self) -> None:
        """Read keys until input is disabled or the line is gone."""
        with contextlib.suppress(BlockingIOError):
            os.read(self._wake_read, _CHUNK)
        parser = XTermParser(self._debug)
        decode = getincrementaldecoder("utf-8")(errors="replace").decode
        while not self.exit_event.is_set():
            ready, _, _ = select.select([self.fileno, self._wake_read], [], [], _TICK)
            if self._wake_read in ready:
                return
            if ready:
                try:
                    data = os.read(self.fileno, _CHUNK)
                except OSError:
                    data = b""
                if not data:
                    self.hang_up()
                    self._tell_gone()
                    return
                text = decode(data)
                # Nothing yet of a character in parts; to the parser, no text would be the end.
                for event in parser.feed(text) if text else ():
                    self.process_message(event)
            for event in parser.tick():
                self.process_message(event)


def _number(name: str, otherwise: int) -> int:
    text = os.environ.get(name, "")
    return int(text) if text.isdigit() and int(text) > 0 else otherwise
