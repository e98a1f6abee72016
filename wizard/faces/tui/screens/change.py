"""One answer is changed: the question again, then what it would change in the plan, then taken or left."""

from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType

from wizard.domain.answers import AnswerError
from wizard.faces.session import Session
from wizard.faces.tui import answering
from wizard.faces.tui.asking import DONT_KNOW, Asking
from wizard.faces.tui.frame import Frame
from wizard.faces.tui.keys import bind
from wizard.faces.tui.screens.small import Choice, PickScreen
from wizard.faces.tui.sheet import Sheet
from wizard.model.deployment import Deployment
from wizard.model.plan import Asked

if TYPE_CHECKING:
    from collections.abc import Mapping

_MOST = 12
"""Changes that are listed one by one."""


class ChangeScreen(Frame[None]):
    """See the module."""

    name_id = "change"
    hints: ClassVar[tuple[str, ...]] = ("go-on", "mark", "back", "help")
    BINDINGS: ClassVar[list[BindingType]] = [bind("mark", "space", "mark")]

    def __init__(self, session: Session, asked: Asked) -> None:
        super().__init__()
        self.session, self.asked = session, asked
        self.asking = Asking(session, self.page, self.say)
        self._current = ""

    def on_mount(self) -> None:
        """Begin on the present answer."""
        self.page.redraw(cursor=self.asking.begin(self.asked))

    def draw(self, sheet: Sheet) -> None:
        self.asking.draw(sheet, self.asked)

    def moved(self, key: str) -> None:
        if self.asking.moved(key):
            self.redraw()

    def chosen(self, key: str) -> None:
        if self.asking.is_empty(key):
            self.tell(self.say("tui.question.empty"))
            return
        given: str | Mapping[str, str] = self.asking.given(self.asked, key)
        try:
            changed = self.session.answered(self.asked, given)
        except AnswerError as error:
            words = self.session.knowledge.words
            self.tell(words.say(f"refused.{error.code}", **error.args_for_words))
            return
        confirm(self, self.session, changed, answering.label(self.session, self.asked.key))

    def action_mark(self) -> None:
        """Yes, don't know, no."""
        if self.asking.mark(self.page.key):
            self.redraw()

    def action_digit(self, digit: str) -> None:
        if self.asked.key == "uses" and digit == DONT_KNOW:
            self.asking.dont_know_the_rest()
            self.redraw()
        elif self.page.digit(digit):
            self.action_mark()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Marks are for the uses only."""
        return self.asked.key == "uses" if action == "mark" else True


def confirm(frame: Frame[None], session: Session, changed: Deployment, what: str) -> None:
    """Show what a change would do to the plan; take it when that is wanted, and leave `frame`."""
    say = frame.say
    changes = session.preview(changed)
    lines = [change.text for change in changes[:_MOST]]
    if len(changes) > _MOST:
        lines.append(say("tui.change.more", count=str(len(changes) - _MOST)))
    if not changes:
        lines.append(say("tui.change.nothing"))

    def answered(key: str | None) -> None:
        if key == "take":
            frame.wizard.flow.change(changed)
            frame.dismiss(None)

    choices = [
        Choice("take", say("tui.change.take"), say("tui.change.take-detail")),
        Choice("leave", say("tui.change.leave")),
    ]
    heading = say("tui.change.heading", what=what)
    frame.app.push_screen(PickScreen(say("tui.change.title"), heading, lines, choices), answered)
