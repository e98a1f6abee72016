"""`Frame`: what every screen is: a header line, a body, a line of keys; and how keys reach them.

Keys are handled in one place, in the order in which they were typed: first by the field that the cursor is
on, then by the bindings of the screen and the app. So a fast typist, or a slow line, loses none.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, ClassVar, TypeVar, cast

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.geometry import Region
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget

from wizard.faces.tui import keys
from wizard.faces.tui.desk import Desk
from wizard.faces.tui.ink import Ink, Line, Span, size, wrap
from wizard.faces.tui.page import Page
from wizard.faces.tui.sheet import Sheet
from wizard.model.problems import ProblemsError

if TYPE_CHECKING:
    from wizard.faces.tui.app import WizardApp

Result = TypeVar("Result")

_STAY = ("back", "help")
"""Keys that the line of keys names last of all to leave out."""


class Ruled(Widget, inherit_css=False):
    """Lines of fixed number, drawn by a function of the width."""

    def __init__(
        self,
        ink: Callable[[], Ink],
        lines: Callable[[int], Iterable[Line]],
        *,
        id: str,
        clicked: Callable[[int], None] = lambda x: None,
    ) -> None:
        super().__init__(id=id)
        self._ink, self._lines, self._clicked = ink, lines, clicked
        self._sent: list[Line] = []
        self._width = -1

    def redraw(self) -> None:
        """Draw anew and send the lines that changed."""
        width = self.size.width
        if not width:
            return
        now = list(self._lines(width))
        before, self._sent, self._width = self._sent, now, width
        changed = [y for y, line in enumerate(now) if y >= len(before) or before[y] != line]
        if changed:
            self.refresh(*(Region(0, y, width, 1) for y in changed))

    def on_click(self, event: events.Click) -> None:
        """Tell where on the line it was."""
        event.stop()
        self._clicked(event.x)

    def forget(self) -> None:
        """Draw anew whatever was sent."""
        self._width = -1
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """One of its lines."""
        width = self.size.width
        if self._width != width:
            self._sent, self._width = list(self._lines(width)), width
        line = self._sent[y] if y < len(self._sent) else ()
        return Strip(self._ink().segments(line, width), width)


class Frame(Screen[Result], inherit_css=False, inherit_bindings=False):
    """A screen of the wizard. Subclasses draw the body and say where one is and which keys to show.

    `hints` are the ids of the bindings named in the line of keys; all of them are in the help.
    """

    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = list(keys.EVERYWHERE)
    hints: ClassVar[tuple[str, ...]] = ("go-on", "back", "help", "commands")
    replaceable: ClassVar[bool] = False
    """Whether another screen of the deployment may take its place."""
    name_id: str = ""
    """The id of the screen's words: `tui.NAME.title`, and `tui.NAME.help`."""

    def __init__(self) -> None:
        super().__init__()
        self.page = Page(self, id="page")
        self.bar = Ruled(lambda: self.ink, self._bar, id="bar")
        self.foot = Ruled(lambda: self.ink, self._foot, id="foot", clicked=self._clicked)
        self.message: tuple[str, str] | None = None
        self._foot_keys: list[tuple[int, int, str]] = []

    # What a subclass gives

    def draw(self, sheet: Sheet) -> None:
        """Draw the body."""
        raise NotImplementedError

    def where(self) -> str:
        """Where one is, for the header."""
        return self.say(f"tui.{self.name_id}.title")

    def moved(self, key: str) -> None:
        """The cursor is on another stop."""

    def chosen(self, key: str) -> None:
        """Enter or a click on a stop."""

    def standing_known(self) -> None:
        """It was found out whether the options are settled."""

    def command_line(self) -> str:
        """The command that does the same without the screen."""
        from wizard.faces import command
        from wizard.faces.tui import doors

        files = [doors.saved_at(self.wizard)] if self.desk.session is not None else []
        return command.start(files, doors.context(self.wizard), plain=True)

    # What a subclass uses

    @property
    def wizard(self) -> "WizardApp":
        """The app."""
        return cast("WizardApp", self.app)

    @property
    def desk(self) -> Desk:
        """What all screens share."""
        return self.wizard.desk

    @property
    def ink(self) -> Ink:
        """Styles and symbols."""
        return self.desk.ink

    def say(self, key: str, /, **args: str) -> str:
        """Words by id."""
        return self.desk.words.say(key, **args)

    def redraw(self, *, cursor: str | None = None, top: bool = False) -> None:
        """Draw anew; what is the same is not sent again."""
        self.page.redraw(cursor=cursor, top=top)
        self.bar.redraw()
        self.foot.redraw()

    def repaint(self) -> None:
        """Draw everything anew, in other styles."""
        for widget in self.query(Ruled):
            widget.forget()
        for page in self.query(Page):
            page.forget()

    def tell(self, text: str, role: str = "bar-strong") -> None:
        """A message in the line of keys, which grows to hold all of it, until the next key."""
        self._say((text, role))

    def tell_problem(self, error: ProblemsError) -> None:
        """The first of the problems, in the line of keys."""
        self.tell(error.problems[0].message)

    def _say(self, message: tuple[str, str] | None) -> None:
        self.message = message
        self.foot.styles.height = max(1, len(list(self._foot(max(2, self.size.width)))))
        self.foot.redraw()

    def help_text(self) -> tuple[str, ...]:
        """What the screen is for, in a few lines."""
        return self.desk.words.lines(f"tui.{self.name_id}.help.text")

    # How it is made

    def compose(self) -> ComposeResult:
        """Header, body, keys."""
        yield self.bar
        yield self.page
        yield self.foot

    def _bar(self, width: int) -> Iterable[Line]:
        ink = self.ink
        name = ink.text(self.desk.title() or self.say("tui.name"))
        state = ink.text(self.desk.state_words())
        left: list[Span] = [(" ", "bar"), (name, "bar-strong"), ("  ", "bar")]
        left.append((ink.text(self.where()), "bar"))
        right: list[Span] = [(state, "bar"), (" ", "bar")]
        room = width - size(right) - 1
        if size(left) > room:
            # The name gives way: where one is and whether it is saved must be read.
            short = max(4, len(name) - (size(left) - room))
            left[1] = (name[: short - 1] + ink.glyph("more")[:1], "bar-strong")
        fill = (" " * max(1, width - size(left) - size(right)), "bar")
        yield (*left, fill, *right)

    def _foot(self, width: int) -> Iterable[Line]:
        ink = self.ink
        if self.message is not None:
            text, role = self.message
            for spans in wrap([(ink.text(text), role)], width - 2):
                yield ((" ", "bar"), *spans)
            return
        line: list[Span] = [(" ", "bar")]
        self._foot_keys = []
        labels = self.labels(self.hints)
        small = self.say("tui.small-window") if width < 80 or self.size.height < 24 else ""
        room = width - 1 - (len(small) + 3 if small else 0)
        wanted = [id for id in self.hints if id in labels]
        while len(wanted) > 2 and _room_of(wanted, labels) > room:
            # Help tells of all that has no room, so it stays, and so does the way back.
            wanted.remove(next((id for id in reversed(wanted) if id not in _STAY), wanted[-1]))
        for id in wanted:
            key, words = labels[id]
            start = size(line)
            part: list[Span] = [(key, "bar-key"), (" " + words, "bar")]
            gap = 3 if self._foot_keys else 0
            line += [(" " * gap, "bar"), *part]
            self._foot_keys.append((start + gap, start + gap + size(part), id))
        if small:
            line.append((f"   {small}", "bar"))
        yield tuple(line)

    def labels(self, ids: Iterable[str]) -> dict[str, tuple[str, str]]:
        """For each of the bindings that works here, by id: its first key as shown, and its words."""
        wanted = set(ids)
        found: dict[str, tuple[str, str]] = {}
        for key, active in self.active_bindings.items():
            id = active.binding.id
            if id in wanted and id not in found and active.enabled and not self.is_text(key):
                found[id] = (keys.shown(key), self.ink.text(self.key_words(id)))
        return found

    def key_words(self, id: str) -> str:
        """What the binding does, here where it has words of its own, else everywhere."""
        own = f"tui.{self.name_id}.key.{id}"
        return self.say(own if self.desk.words.has(own) else f"tui.key.{id}")

    # Keys

    async def on_key(self, event: events.Key) -> None:
        """The field first, then the bindings."""
        event.stop()
        event.prevent_default()
        await self.wizard.loading.caught_up()
        if self.app.screen is not self:
            # Typed ahead: it belongs to the screen that the key before has opened. A new event: this one
            # counts as dealt with.
            self.app.screen.post_message(events.Key(event.key, event.character))
            return
        interrupts = event.key == "ctrl+c"
        if self.message is not None and not interrupts:
            self._say(None)
        if self.take(event):
            return
        in_field = self.is_text("a")
        active = self.active_bindings.get(event.key)
        if active is not None and active.enabled:
            await self.app.run_action(active.binding.action, active.node)
        if self.app.screen is self and self.is_text("a") != in_field and self.message is None:
            # Letters are keys again, or no longer.
            self.foot.redraw()

    def take(self, event: events.Key) -> bool:
        """Whether the body takes a key for itself before the bindings are asked."""
        return self.page.typed(event.key, event.character)

    def is_text(self, key: str) -> bool:
        """Whether a key only writes itself where the cursor is: then it does nothing else."""
        stop = self.page.stop
        return stop is not None and stop.field is not None and keys.writes(key)

    def on_paste(self, event: events.Paste) -> None:
        """Pasted text goes into the field that the cursor is on."""
        event.stop()
        self.page.paste(event.text)

    def _clicked(self, x: int) -> None:
        """A click on a key in the line of keys presses it."""
        id = next((id for start, end, id in self._foot_keys if start <= x < end), None)
        for active in self.active_bindings.values():
            if active.binding.id == id and active.enabled:
                self.call_later(self.app.run_action, active.binding.action, active.node)
                return

    def action_move(self, by: int) -> None:
        """The next or previous stop."""
        self.page.move(by)

    def action_leaf(self, by: int) -> None:
        """A page up or down."""
        self.page.leaf(by)

    def action_edge(self, by: int) -> None:
        """The first or last."""
        self.page.edge(by)

    def action_digit(self, digit: str) -> None:
        """Choose by digit."""
        self.page.digit(digit)

    def action_go_on(self) -> None:
        """Take what the cursor is on."""
        self.chosen(self.page.key)

    def action_back(self) -> None:
        """Leave this screen."""
        self.dismiss(None)

    def action_help(self) -> None:
        """Help on this screen."""
        self.wizard.open_help()

    def action_commands(self) -> None:
        """All commands."""
        self.wizard.open_commands()


def _room_of(ids: Iterable[str], labels: Mapping[str, tuple[str, str]]) -> int:
    """The cells that keys take in the line of keys."""
    return sum(cell_len(key) + cell_len(words) + 4 for key, words in (labels[id] for id in ids)) - 2
