"""The plan as people read it: what it means and a table of contents, each chapter, the steps to tick.

The chapters are the sections of the plan's Markdown (`wizard.faces.tui.chapters`), so nothing is left out;
steps, and the troubles they may cause, are drawn as lists of their own, because one does something with them.
"""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal

from wizard.faces.session import Session
from wizard.faces.tui import copying, doors, plandraw, planinfo, ticking
from wizard.faces.tui.chapters import ON_PAPER_ONLY, Chapter, chapters
from wizard.faces.tui.ink import Ink
from wizard.faces.tui.keys import bind
from wizard.faces.tui.marked import draw_markdown
from wizard.faces.tui.page import Page
from wizard.faces.tui.plandraw import PHASE
from wizard.faces.tui.sheet import Sheet
from wizard.faces.tui.shelf import with_everything
from wizard.faces.tui.workframe import WorkFrame
from wizard.model.plan import PlanStep

CONTENTS = ""
"""The table of contents, as a chapter."""

_STATES = {"works": "good", "fails": "bad", "depends": "warn", "unknown": "warn"}


class PlanScreen(WorkFrame):
    """See the module. `at` is the key of the chapter that is shown."""

    name_id = "plan"
    hints = ("go-on", "back", "mark", "write", "chapter-after", "copy", "save", "help", "commands")
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("mark", "space", "mark"),
        bind("write", "w", "write"),
        bind("chapter-before", "left,left_square_bracket", "chapter(-1)"),
        bind("chapter-after", "right,right_square_bracket", "chapter(1)"),
        bind("contents", "t", "contents"),
        bind("whole", "m", "whole"),
        bind("copy", "y", "copy"),
        bind("plain", "v", "plain"),
    ]

    def __init__(self, session: Session, at: str = CONTENTS) -> None:
        super().__init__(session)
        self.at = at
        self.side = Page(_Contents(self), id="side")
        self._side_wanted = True
        self._chapters: tuple[Chapter, ...] = ()
        self._made_for = -1

    def compose(self) -> ComposeResult:
        """The chapter with the table of contents beside it, where there is room."""
        yield self.bar
        with Horizontal(id="middle"):
            yield self.page
            yield self.side
        yield self.foot

    @property
    def chapters(self) -> tuple[Chapter, ...]:
        """The chapters that are read on a screen."""
        if self._made_for != self.session.revision:
            found = chapters(self.session.plan, self.session.knowledge)
            self._chapters = tuple(
                one for one in found if one.key not in ON_PAPER_ONLY and one.key != "meaning"
            )
            self._made_for = self.session.revision
            if self.at not in {one.key for one in self._chapters}:
                self.at = CONTENTS
        return self._chapters

    @property
    def chapter(self) -> Chapter | None:
        """The chapter that is shown; None for the table of contents."""
        return next((one for one in self.chapters if one.key == self.at), None)

    def where(self) -> str:
        revision = self.session.deployment.saved.revision
        title = self.say("tui.plan.title")
        return f"{title} {self.say('tui.plan.revision', number=str(revision))}" if revision else title

    def on_mount(self) -> None:
        """Begin at the first step that is not done."""
        if self.at == "steps":
            self.redraw(cursor=self._first_open())

    def redraw(self, *, cursor: str | None = None, top: bool = False) -> None:
        # The overview is a table of contents itself.
        self.side.set_class(self._side_wanted and self.at != CONTENTS, "shown")
        super().redraw(cursor=cursor, top=top)
        if self.side.size.width:
            self._redraw_side()
        elif self.side.has_class("shown"):
            self.call_after_refresh(self._redraw_side)

    def _redraw_side(self) -> None:
        self.side.redraw(cursor=self.at)

    # Drawing

    def draw(self, sheet: Sheet) -> None:
        plan = self.session.plan
        if self.at == "steps":
            plandraw.draw_steps(sheet, plan, self.say)
        elif self.at == "troubles":
            plandraw.draw_troubles(sheet, plan, self.desk.words)
        else:
            chapter = self.chapter
            if chapter is None:
                plandraw.draw_contents(sheet, plan, self.chapters, self.say)
            else:
                draw_markdown(sheet, chapter.markdown, self._roles())

    def draw_side(self, sheet: Sheet) -> None:
        """The table of contents beside the chapter."""
        # A tick changes no title: the chapters are not made again for it.
        shown = self._chapters or self.chapters
        entries = [(CONTENTS, self.say("tui.plan.overview")), *((one.key, one.title) for one in shown)]
        plandraw.draw_side(sheet, self.session.plan, entries, self.at, self.say)

    def _roles(self) -> dict[str, str]:
        """Words of a table's cell that are set off by a colour as well."""
        say = self.session.knowledge.words.say
        roles = {say(f"state.{state}"): role for state, role in _STATES.items()}
        taken = say("markdown.options.taken", verdict=say("verdict.recommended"))
        return roles | {taken.replace("**", ""): "good", say("verdict.recommended"): "good"}

    # Moving about

    def show(self, at: str, cursor: str | None = None) -> None:
        """Show a chapter; `cursor` is the stop to be on."""
        self.at = at
        if at == "steps" and cursor is None:
            cursor = self._first_open()
        elif at == "troubles":
            # Their titles come with the rest of the knowledge.
            with_everything(self.wizard, lambda _: self.redraw())
        self.redraw(cursor=cursor, top=True)

    def _first_open(self) -> str | None:
        return next((step.id for step in self.session.plan.steps if not step.done), None)

    def chosen(self, key: str) -> None:
        if self.at == "steps":
            self._open_step(key)
        elif self.at == "troubles":
            doors.troubleshoot(self.wizard, key)
        elif key.startswith(PHASE):
            steps = next(p.steps for p in planinfo.phases(self.session.plan) if PHASE + p.id == key)
            self.show("steps", next((step.id for step in steps if not step.done), steps[0].id))
            self.page.jump(key)
        elif key:
            self.show(key)

    def _open_step(self, id: str) -> None:
        from wizard.faces.tui.screens.step import StepScreen

        self.app.push_screen(StepScreen(self.session, id), lambda last: self.redraw(cursor=last))

    def action_back(self) -> None:
        if self.at == CONTENTS:
            self.dismiss(None)
        else:
            self.show(CONTENTS, cursor=self.at)

    def _beside(self, by: object) -> str | None:
        """The chapter before (-1) or after (1); the table of contents comes before the first."""
        keys = [CONTENTS, *(chapter.key for chapter in self._chapters or self.chapters)]
        at = keys.index(self.at) + (1 if by == 1 else -1)
        return keys[at] if 0 <= at < len(keys) else None

    def action_chapter(self, by: int) -> None:
        """The next chapter or the one before."""
        beside = self._beside(by)
        if beside is not None:
            self.show(beside)

    def action_contents(self) -> None:
        """The table of contents: beside the chapter where there is room, else in its place."""
        if self.has_class("-narrow"):
            self.show(CONTENTS, cursor=self.at)
        else:
            self._side_wanted = not self._side_wanted
            self.redraw()

    # Doing

    def _step(self) -> PlanStep | None:
        """The step that the cursor is on."""
        if self.at != "steps":
            return None
        return next((step for step in self.session.plan.steps if step.id == self.page.key), None)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Steps can be ticked and noted only where they stand; the last chapter has none after it."""
        if action == "chapter":
            return self._beside(parameters[0]) is not None
        return self.at == "steps" if action in ("mark", "write") else True

    def action_mark(self) -> None:
        """Tick the step, or take the tick back; it is saved at once."""
        step = self._step()
        if step is not None and ticking.tick(self, self.session, step):
            self.redraw(cursor=step.id)

    def action_write(self) -> None:
        """Write a note on the step."""
        step = self._step()
        if step is not None:
            ticking.write(self, self.session, step)

    def action_copy(self) -> None:
        """Copy the plan, or the commands of the step."""
        copies = copying.of_plan(
            self.session, self.command_line(), self.say, step=self._step(), chapter=self.chapter
        )
        copying.ask(self, copies)

    def action_plain(self) -> None:
        """The chapter, or the whole plan, as plain text for selecting by mouse."""
        chapter = self.chapter
        text = "\n".join(chapter.markdown) if chapter is not None else copying.plan_text(self.session)
        copying.show_plain(self, text)

    def action_whole(self) -> None:
        """The whole plan in one piece, as its Markdown has it."""
        from wizard.faces.tui.screens.small import ReadScreen

        lines, roles = copying.plan_text(self.session).splitlines(), self._roles()
        title = self.say("tui.plan.whole")
        self.app.push_screen(ReadScreen(title, lambda sheet: draw_markdown(sheet, lines, roles)))

    def command_line(self) -> str:
        return doors.plan_command(self.wizard)


class _Contents:
    """Draws the table of contents on the page beside the chapter (`page.Owner`)."""

    def __init__(self, screen: PlanScreen) -> None:
        self._screen = screen

    @property
    def ink(self) -> Ink:
        """Styles and symbols."""
        return self._screen.ink

    def draw(self, sheet: Sheet) -> None:
        """The chapters, the one that is shown marked."""
        self._screen.draw_side(sheet)

    def moved(self, key: str) -> None:
        """A click: show it."""
        self.chosen(key)

    def chosen(self, key: str) -> None:
        """A click: show it."""
        if key == CONTENTS:
            self._screen.show(CONTENTS)
        else:
            screen = self._screen
            screen.at = CONTENTS
            screen.chosen(key)
