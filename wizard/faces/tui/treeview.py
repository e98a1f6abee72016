"""The decision tree as it stands: the way taken, where one is, what lies ahead."""

from typing import TYPE_CHECKING

from wizard.domain import tree
from wizard.domain.tree import TreeState
from wizard.faces.session import Session
from wizard.faces.tui.answering import Say
from wizard.faces.tui.ink import Ink, Span, wrap
from wizard.faces.tui.sheet import Sheet

if TYPE_CHECKING:
    from wizard.faces.tui.screens.question import QuestionScreen

_LOOK: dict[TreeState, tuple[str, str]] = {
    "taken": ("done", "ink"), "here": ("here", "accent"), "ahead": ("open", "faint"), "off": ("off", "faint"),
}  # fmt: skip


class TreeOwner:
    """Draws the tree on a page beside the question (`page.Owner`)."""

    def __init__(self, screen: "QuestionScreen") -> None:
        self._screen = screen

    @property
    def ink(self) -> Ink:
        """Styles and symbols."""
        return self._screen.ink

    def draw(self, sheet: Sheet) -> None:
        """The tree."""
        draw_tree(sheet, self._screen.session, self._screen.say)

    def moved(self, key: str) -> None:
        """There is nothing to pick."""

    def chosen(self, key: str) -> None:
        """There is nothing to pick."""


def draw_tree(sheet: Sheet, session: Session, say: Say) -> None:
    """The tree with a symbol for the state of each line, what is asked next, and what the symbols mean.

    Lines that only comment on another are left out; so is what lies below a branch left aside.
    """
    ink = sheet.ink
    shown = [line for line in tree.lines(session.knowledge, session.walk) if line.leads_to or not line.depth]
    here = next((line for line in reversed(shown) if line.state == "here"), None)
    seen: set[str] = set()
    sheet.text(say("tui.tree.title"), "accent")
    for line in shown:
        if line.leads_to.startswith("outcome:"):
            # Several lines of the document lead to one outcome: the first says which.
            if line.leads_to in seen:
                continue
            seen.add(line.leads_to)
        state: TreeState = "taken" if line.state == "here" and line is not here else line.state
        _line(sheet, state, line.text, min(line.depth, 4) * 2)
    walk = session.walk
    ahead = dict.fromkeys(asked.question for asked in (walk.next, *walk.ahead) if asked is not None)
    if ahead:
        sheet.heading(say("tui.tree.next"))
        for at, id in enumerate(ahead):
            fills = session.knowledge.questions[id].fills.rpartition("/")[2]
            _line(sheet, "ahead" if at else "here", session.knowledge.words.say(f"key.{fills}"), 0)
    sheet.gap()
    legend: list[Span] = []
    for state, (glyph, role) in _LOOK.items():
        legend += [(ink.glyph(glyph) + " ", role), (say(f"tui.tree.{state}") + "  ", "faint")]
    sheet.text(legend, wide=True)


def _line(sheet: Sheet, state: TreeState, text: str, indent: int) -> None:
    glyph, role = _LOOK[state]
    lead: Span = (sheet.ink.glyph(glyph) + " ", role)
    for at, spans in enumerate(wrap([(sheet.ink.text(text), role)], max(12, sheet.room - indent - 2))):
        sheet.line([(" " * indent, "ink"), lead if not at else ("  ", "ink"), *spans])
