"""Continue: the saved deployments, with date and where they stand; opened, renamed, copied, deleted."""

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType

from wizard.faces.tui.frame import Frame
from wizard.faces.tui.ink import Span
from wizard.faces.tui.keys import bind
from wizard.faces.tui.screens.small import Choice, PickScreen, TypeScreen
from wizard.faces.tui.sheet import Column, Sheet
from wizard.model.problems import ProblemsError
from wizard.model.text import visible
from wizard.store.errors import DamagedError, HeldError
from wizard.store.library import Library
from wizard.store.standing import Entry

if TYPE_CHECKING:
    from wizard.model.deployment import Deployment
    from wizard.store.session import Session as Saving

_STATES = {"ok": "ink", "damaged": "warn", "newer": "warn", "unreadable": "warn"}


class SavedScreen(Frame[None]):
    """See the module."""

    name_id = "saved"
    hints: ClassVar[tuple[str, ...]] = ("go-on", "rename", "duplicate", "remove", "back", "help")
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("rename", "e", "rename"),
        bind("duplicate", "d", "duplicate"),
        bind("remove", "x,delete", "remove"),
    ]

    def __init__(self, library: Library) -> None:
        super().__init__()
        self.library = library
        self.entries = library.entries()

    def on_screen_resume(self) -> None:
        """Back from a deployment: it stands elsewhere now."""
        self.entries = self.library.entries()
        self.redraw()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Without a deployment there is nothing to open, rename, copy or delete."""
        return bool(self.entries) if action in ("go_on", "rename", "duplicate", "remove") else True

    def draw(self, sheet: Sheet) -> None:
        say = self.say
        sheet.text(say("tui.saved.heading"), "accent")
        sheet.gap()
        if not self.entries:
            sheet.text(say("tui.saved.none"))
        else:
            columns = [
                Column(say("tui.saved.name"), 14, wraps=True),
                Column(say("tui.saved.written"), 16),
                Column(say("tui.saved.stands"), 20, wraps=True),
            ]
            sheet.table(columns, [(entry.slug, self._row(entry)) for entry in self.entries], digits=True)
        if self.library.folder is not None:
            sheet.gap()
            sheet.pair(say("tui.saved.folder"), visible(str(self.library.folder), 4096), role="faint")

    def _row(self, entry: Entry) -> list[Span]:
        written = entry.written.astimezone().strftime("%Y-%m-%d %H:%M")
        return [
            (entry.name or entry.slug, "strong"),
            (written, "ink"),
            (self._stands(entry), _STATES[entry.state]),
        ]

    def _stands(self, entry: Entry) -> str:
        if entry.state != "ok":
            return self.say(f"tui.saved.state-{entry.state}")
        words, stands = self.desk.words, entry.standing
        title = f"outcome.{stands.outcome}.title"
        parts = [words.say(title)] if words.has(title) else []
        if stands.question:
            counts = {"answered": str(stands.answered), "ahead": str(stands.ahead)}
            parts.append(self.say("tui.saved.questions", **counts))
        if stands.steps:
            parts.append(self.say("tui.saved.steps", done=str(stands.done), steps=str(stands.steps)))
        if stands.binding is not None:
            parts.append(self.say("tui.saved.binding", day=stands.binding.isoformat()))
        if self.library.holder(entry.slug) is not None:
            parts.append(self.say("tui.saved.held"))
        return "\n".join(parts)

    def _entry(self) -> Entry | None:
        return next((entry for entry in self.entries if entry.slug == self.page.key), None)

    # Opening

    def chosen(self, key: str) -> None:
        if key:
            self._open(lambda: self.library.open(key), key)

    def _open(self, opens: "Callable[[], tuple[Deployment, Saving]]", slug: str) -> None:
        try:
            deployment, saving = opens()
        except HeldError as error:
            self._held(error, slug)
        except DamagedError as error:
            self._damaged(error, slug)
        except ProblemsError as error:
            self.tell_problem(error)
        else:
            self.wizard.flow.resume(deployment, lambda: saving)

    def _held(self, error: HeldError, slug: str) -> None:
        say = self.say
        choices = [
            Choice("watch", say("tui.saved.watch"), say("tui.saved.watch-detail")),
            Choice("take", say("tui.saved.take-over"), say("tui.saved.take-over-detail")),
            Choice("leave", say("tui.saved.leave")),
        ]

        def answered(key: str | None) -> None:
            if key == "take":
                self._open(lambda: self.library.open(slug, take_over=True), slug)
            elif key == "watch":
                self.wizard.flow.watch(self.library, slug)

        lines = [problem.message for problem in error.problems]
        self.app.push_screen(
            PickScreen(self.where(), say("tui.saved.held-heading"), lines, choices), answered
        )

    def _damaged(self, error: DamagedError, slug: str) -> None:
        say = self.say
        choices = [Choice("leave", say("tui.saved.leave"))]
        if error.previous:
            choices.insert(0, Choice("restore", say("tui.saved.restore"), say("tui.saved.restore-detail")))

        def answered(key: str | None) -> None:
            if key == "restore":
                self._open(lambda: self.library.restore(slug), slug)

        lines = [problem.message for problem in error.problems]
        self.app.push_screen(
            PickScreen(self.where(), say("tui.saved.damaged-heading"), lines, choices), answered
        )

    # What else can be done with one

    def _do(self, change: Callable[[], object]) -> None:
        """Change the library; what it refuses is told."""
        try:
            change()
        except ProblemsError as error:
            self.tell_problem(error)
        self.entries = self.library.entries()
        self.page.redraw()

    def action_rename(self) -> None:
        """Give the picked one another name."""
        entry = self._entry()
        if entry is not None:
            self._ask_name(
                "rename", entry.name or entry.slug, lambda name: self.library.rename(entry.slug, name)
            )

    def action_duplicate(self) -> None:
        """Copy the picked one under another name."""
        entry = self._entry()
        if entry is not None:
            initial = self.say("tui.saved.copy-of", name=entry.name or entry.slug)
            self._ask_name("duplicate", initial, lambda name: self.library.duplicate(entry.slug, name))

    def _ask_name(self, what: str, initial: str, take: Callable[[str], object]) -> None:
        heading = self.say(f"tui.saved.{what}")
        refuses = self.say("tui.saved.no-name")
        screen = TypeScreen(
            self.where(), heading, [], initial=initial, refuses=lambda text: "" if text else refuses
        )
        self.app.push_screen(screen, lambda name: self._do(lambda: take(name)) if name else None)

    def action_remove(self) -> None:
        """Delete the picked one, asked first: there is no way back."""
        entry = self._entry()
        if entry is None:
            return
        say = self.say

        def answered(key: str | None) -> None:
            if key == "delete":
                self._do(lambda: self.library.delete(entry.slug))

        choices = [
            Choice("keep", say("tui.saved.keep")),
            Choice("delete", say("tui.saved.delete"), say("tui.saved.delete-detail")),
        ]
        heading = say("tui.saved.delete-heading", name=entry.name or entry.slug)
        self.app.push_screen(PickScreen(self.where(), heading, [], choices), answered)
