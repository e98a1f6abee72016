"""The questions: one screen, whose content changes in place from one to the next.

With the question: why it is asked, what each answer leads to, where to find out, its source, and where a
value that is known came from; beside it the decision tree where there is room, below it how A to D stand.
"""

from collections.abc import Callable, Iterable
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal

from wizard.domain.answers import AnswerError
from wizard.faces.session import Place, ReadOnlyError, Session
from wizard.faces.tui.asking import DONT_KNOW, Asking
from wizard.faces.tui.frame import Ruled
from wizard.faces.tui.ink import Line
from wizard.faces.tui.keys import bind
from wizard.faces.tui.leaving import leave
from wizard.faces.tui.page import Page
from wizard.faces.tui.sheet import Sheet
from wizard.faces.tui.standing import standing_lines
from wizard.faces.tui.treeview import TreeOwner
from wizard.faces.tui.workframe import WorkFrame

_SAME = "equals_sign"


class QuestionScreen(WorkFrame):
    """See the module."""

    replaceable = False
    name_id = "question"
    hints = ("go-on", "back", "mark", "same", "tree", "help", "commands")
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("tree", "t", "tree"),
        bind("same", _SAME, "same"),
        bind("mark", "space", "mark"),
    ]

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.asking = Asking(session, self.page, self.say)
        self.strip = Ruled(lambda: self.ink, self._strip, id="strip")
        self.side = Page(TreeOwner(self), id="side")
        self.side.set_class(True, "shown")
        self._shown_for = ""

    def compose(self) -> ComposeResult:
        """The question with the tree beside it, and the options below."""
        yield self.bar
        with Horizontal(id="middle"):
            yield self.page
            yield self.side
        yield self.strip
        yield self.foot

    @property
    def place(self) -> Place | None:
        """The question shown."""
        return self.session.place

    def where(self) -> str:
        place = self.place
        if place is None:
            return self.say("tui.question.end")
        return self.say("tui.question.where", number=str(place.number), total=str(place.total))

    def on_screen_resume(self) -> None:
        """Another screen may have changed what is known."""
        self.show()

    def show(self) -> None:
        """Show the question that is next; at the end, what follows from the answers."""
        place = self.place
        if place is None:
            self.session.back()
            self.action_show("options")
            return
        if self._shown_for != place.asked.key:
            self._shown_for = place.asked.key
            self.redraw(cursor=self.asking.begin(place.asked), top=True)
        else:
            self.redraw()
        self.call_after_refresh(self._redraw_around)

    def _redraw_around(self) -> None:
        self.strip.redraw()
        if self.side.size.width:
            self.side.redraw()

    def draw(self, sheet: Sheet) -> None:
        place = self.place
        if place is not None:
            self.asking.draw(sheet, place.asked)

    def _strip(self, width: int) -> Iterable[Line]:
        lines = list(standing_lines(self.session, self.wizard.flow.standing, self.ink, width, self.say))
        return lines[-self.strip.size.height :]

    def standing_known(self) -> None:
        """Say it in the strip."""
        self.strip.redraw()

    # Answering

    def moved(self, key: str) -> None:
        if self.asking.moved(key):
            self.redraw()

    def chosen(self, key: str) -> None:
        place = self.place
        if place is None:
            return
        if self.session.question(place.asked).kind == "nodes" and key != "none":
            self.action_show("nodes" if key == "add" else "load")
            return
        if self.asking.is_empty(key):
            self.tell(self.say("tui.question.empty"))
            return
        given = self.asking.given(place.asked, key)
        self._take(lambda: self.session.answer(given))

    def _take(self, answer: Callable[[], None]) -> None:
        """Take an answer, or say why it is none."""
        words = self.session.knowledge.words
        try:
            answer()
        except AnswerError as error:
            self.tell(words.say(f"refused.{error.code}", **error.args_for_words))
            return
        except ReadOnlyError:
            self.tell(self.say("tui.watching-refused"))
            return
        self.wizard.flow.changed()
        self.show()

    def action_same(self) -> None:
        """The same answer for every node for which it is still open."""
        place = self.place
        if place is None:
            return
        if self.asking.is_empty(self.page.key):
            self.tell(self.say("tui.question.empty"))
            return
        given = self.asking.given(place.asked, self.page.key)

        def answer() -> None:
            self.session.change(self.session.same_for_all(place.asked, str(given)))
            self.session.go_on(place.asked)

        self._take(answer)

    def take(self, event: events.Key) -> bool:
        """A key that no value holds means the same while a value is typed."""
        return event.key != _SAME and super().take(event)

    def is_text(self, key: str) -> bool:
        return key != _SAME and super().is_text(key)

    def action_mark(self) -> None:
        """Yes, don't know, no."""
        if self.asking.mark(self.page.key):
            self.redraw()

    def action_digit(self, digit: str) -> None:
        place = self.place
        if place is None or place.asked.key != "uses":
            self.page.digit(digit)
        elif digit == DONT_KNOW:
            self.asking.dont_know_the_rest()
            self.redraw()
        elif self.page.digit(digit):
            self.action_mark()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Some keys mean something on some questions only."""
        place = self.place
        if action == "same":
            return place is not None and bool(place.asked.about)
        if action == "mark":
            return place is not None and place.asked.key == "uses"
        return True

    def undone(self) -> None:
        """Begin the question anew."""
        self._shown_for = ""
        self.show()

    def action_back(self) -> None:
        if self.session.back():
            self.show()
        else:
            leave(self.wizard.flow, lambda: self.dismiss(None))

    def action_tree(self) -> None:
        """The tree: beside the question where there is room, else on a screen of its own."""
        if self.has_class("-narrow"):
            self.action_show("tree")
        else:
            self.side.toggle_class("shown")
