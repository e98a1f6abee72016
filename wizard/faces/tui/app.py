"""`WizardApp`: the Textual app: how it looks, and what happens to signals and errors."""

import asyncio
import os
import signal
from typing import TYPE_CHECKING, ClassVar, cast

from rich.console import RenderableType
from textual._compositor import CompositorUpdate
from textual.app import App
from textual.binding import BindingType
from textual.filter import LineFilter
from textual.screen import Screen

from wizard.faces.tui import keys
from wizard.faces.tui.asciifilter import AsciiFilter
from wizard.faces.tui.desk import Desk
from wizard.faces.tui.driver import TtyDriver
from wizard.faces.tui.flow import Flow
from wizard.faces.tui.frame import Frame
from wizard.faces.tui.ink import Ink
from wizard.faces.tui.loading import Loading
from wizard.faces.tui.screens.home import Home
from wizard.faces.tui.shown import Shown
from wizard.faces.tui.themes import AUTO, choose

if TYPE_CHECKING:
    from textual.timer import Timer

    from wizard.model.knowledge import Knowledge

_ENDED_BY = 128
"""Added to a signal's number for the exit status, as shells do."""


class WizardApp(App[None], inherit_bindings=False):
    """See the module. `crash` is the error that ended it, for `start` to report."""

    CSS_PATH = "app.tcss"
    TITLE = "eku-wizard"
    ENABLE_COMMAND_PALETTE = False
    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = list(keys.APP)
    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012 - as the base declares it
        (0, "-narrow"), (100, "-wide"), (150, "-widest"),
    ]  # fmt: skip
    VERTICAL_BREAKPOINTS = [(0, "-short"), (22, "-tall")]  # noqa: RUF012 - as the base declares it

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        # Colours come from the 256 that terminals know by number, so they are left as they are.
        super().__init__(driver_class=TtyDriver, ansi_color=True)
        self._disable_tooltips = True
        self._disable_notifications = True
        self.animation_level = "none"
        self.crash: BaseException | None = None
        self.with_mouse = True
        self.loading = Loading(desk.options, self._loaded, self._loading_failed)
        self.flow = Flow(self)
        self._settling: Timer | None = None
        self._interrupted = ""
        self._shown = Shown()
        self._ascii = AsciiFilter(desk.ink) if desk.ink.ascii else None

    # How it looks

    def _display(self, screen: Screen[object], renderable: RenderableType | None) -> None:
        """Send only what the terminal does not show yet."""
        if isinstance(renderable, CompositorUpdate):
            renderable = self._shown.only_changes(renderable)
        super()._display(screen, renderable)

    def _set_pointer_shape(self, shape: str) -> None:
        """Not sent: old terminals print it, and a mouse pointer needs no shape here."""

    def get_line_filters(self) -> list[LineFilter]:
        """On a terminal without other characters, the last door lets ASCII through only."""
        filters = list(super().get_line_filters())
        return [*filters, self._ascii] if self._ascii is not None else filters

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """The two colours that the stylesheet needs."""
        theme = self.desk.ink.theme
        return {"wizard-paper": _css(theme.paper), "wizard-ink": _css(theme.ink)}

    def get_default_screen(self) -> Screen[object]:
        """Home."""
        return cast("Screen[object]", Home())

    # How it begins and ends

    def handle_signals(self) -> None:
        """Handle signals on the loop, so that the terminal is given back (`driver.HangsUp`)."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._ended, number)
        loop.add_signal_handler(signal.SIGHUP, self._hung_up)

    def on_mount(self) -> None:
        """Load the rest when painted."""
        self.app_resume_signal.subscribe(self, lambda _: self.repaint())
        self.call_after_refresh(self.loading.start)
        if self.desk.options.files or self.desk.options.begin != "home":
            self.loading.then(lambda _: self.flow.begin_with_options())

    def _loaded(self, knowledge: "Knowledge") -> None:
        self.desk.take(knowledge)
        if self.desk.is_past_review():
            self.frame.redraw()

    def _ended(self, number: int) -> None:
        self.exit(return_code=_ENDED_BY + number)

    def _hung_up(self) -> None:
        if isinstance(self._driver, TtyDriver):
            self._driver.hang_up()
        self._ended(signal.SIGHUP)

    def line_gone(self) -> None:
        """The terminal is no more (`driver.HangsUp`): end, there is nobody to talk to."""
        self._ended(signal.SIGHUP)

    def _handle_exception(self, error: Exception) -> None:
        """End with a report instead of Textual's own, which prints the values of variables."""
        self._return_code = 1
        if self._exception is None:
            self._exception = error
            self._exception_event.set()
        self.crash = self.crash or error
        self._close_messages_no_wait()

    def panic(self, *renderables: RenderableType) -> None:
        """What a thread of the driver failed with: the same end."""
        self._handle_exception(RuntimeError("the terminal's driver failed"))

    def _loading_failed(self, error: Exception) -> None:
        self._handle_exception(error)

    def look(self, theme: str, plain: bool | None) -> None:
        """Look otherwise from now on; "" and None: as this terminal has it."""
        plain = self.desk.plain if plain is None else plain
        self.desk.ink = Ink(choose(os.environ, theme or AUTO), plain=plain)
        self._ascii = AsciiFilter(self.desk.ink) if plain else None
        for screen in self.screen_stack:
            if isinstance(screen, Frame):
                screen.repaint()
        self.repaint()

    def repaint(self) -> None:
        """Send the whole screen again: the terminal may show anything."""
        self._shown.forget()
        self.screen.refresh(layout=True)

    def action_redraw(self) -> None:
        """Repaint by key, after noise on the line."""
        self.repaint()

    async def action_quit(self) -> None:
        """Leave; everything is saved."""
        self.exit()

    def action_interrupt(self) -> None:
        """Ctrl+C says whether anything is lost; pressed again at once, it leaves."""
        if self.frame.message is not None and self.frame.message[0] == self._interrupted:
            self.exit()
        else:
            unsaved = self.desk.state == "memory"
            self._interrupted = self.desk.words.say("tui.interrupt-unsaved" if unsaved else "tui.interrupt")
            self.frame.tell(self._interrupted)

    # Screens

    @property
    def frame(self) -> Frame[object]:
        """The screen that is shown."""
        return cast("Frame[object]", self.screen)

    def settle_soon(self, seconds: float) -> None:
        """Look whether the options are settled once nothing has changed for a while."""
        if self._settling is not None:
            self._settling.stop()
        self._settling = self.set_timer(seconds, self.flow.settle)

    def open_help(self) -> None:
        """Help on the screen that is shown, as soon as its words are there."""
        from wizard.faces.tui.screens.help import HelpScreen

        self.loading.then(lambda _: self.push_screen(HelpScreen(self.frame)))

    def open_commands(self) -> None:
        """All commands, to be found by typing, as soon as their words are there."""
        from wizard.faces.tui.screens.commands import CommandsScreen

        self.loading.then(lambda _: self.push_screen(CommandsScreen(self.frame)))


def _css(colour: str) -> str:
    if not colour:
        return "ansi_default"
    return colour if colour.startswith("#") else f"ansi_{colour}"
