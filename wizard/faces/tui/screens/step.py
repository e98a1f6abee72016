"""One step of the plan in full: what to do, the commands, how to verify, when to stop, the way back."""

from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType

from wizard.domain.linetext import cut_lines
from wizard.domain.troubleshoot import troubleshooting_of
from wizard.domain.verify import check_of, verify
from wizard.faces.session import Session
from wizard.faces.tui import copying, doors, routes, ticking
from wizard.faces.tui.frame import Frame
from wizard.faces.tui.keys import bind
from wizard.faces.tui.screens.paste import PasteScreen
from wizard.faces.tui.sheet import Sheet
from wizard.faces.tui.shelf import with_everything
from wizard.faces.tui.trouble import draw_checked
from wizard.faces.wording import runs, source_words
from wizard.model.plan import PlanStep
from wizard.model.troubleshooting import Check

if TYPE_CHECKING:
    from wizard.faces.tui.ink import Span
    from wizard.model.diagnosis import Verification

_DONE, _NOTE, _CHECK, _SYMPTOM = "done", "note", "check", "symptom/"


class StepScreen(Frame[str]):
    """See the module. Gives the id of the step that was shown last."""

    name_id = "step"
    hints = ("mark", "write", "copy", "step-after", "back", "help", "commands")
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("mark", "space", "mark"),
        bind("write", "w", "write"),
        bind("step-before", "left,left_square_bracket", "step(-1)"),
        bind("step-after", "right,right_square_bracket", "step(1)"),
        bind("copy", "y", "copy"),
        bind("plain", "v", "plain"),
        bind("save", "s", "save"),
    ]

    def __init__(self, session: Session, id: str) -> None:
        super().__init__()
        self.session = session
        self.step_id = id
        self.checked: dict[str, Verification] = {}
        """What was pasted of the steps' checks says, by step. It is not kept."""

    @property
    def step(self) -> PlanStep:
        """The step that is shown; the first one where it is no longer in the plan."""
        steps = self.session.plan.steps
        return next((step for step in steps if step.id == self.step_id), steps[0])

    def where(self) -> str:
        steps = self.session.plan.steps
        number = next((n for n, step in enumerate(steps, 1) if step.id == self.step_id), 1)
        return self.say("tui.step.where", number=str(number), count=str(len(steps)))

    def on_screen_resume(self) -> None:
        """Another screen may have changed what is known; troubles and checks come with the rest of it."""
        self.redraw()
        if self.desk.everything is None:
            with_everything(self.wizard, lambda _: self.redraw())

    # Drawing

    def draw(self, sheet: Sheet) -> None:
        step = self.step
        label = self._label
        phase = self.say("tui.step.phase", phase=step.phase_title)
        sheet.text(step.title, "accent", tail=(phase, "faint"))
        if step.point_of_no_return:
            sheet.text(self.say("markdown.steps.no-return"), "warn")
        sheet.gap()
        self._draw_tick(sheet, step)
        note: list[Span] = [(f"{label('note')}: ", "faint")]
        note.append((step.note, "ink") if step.note else (self.say("tui.step.no-note"), "faint"))
        sheet.item(_NOTE, note, mark="   ", digit="")
        sheet.gap()
        due = step.due.isoformat() if step.due is not None else self.say("markdown.none-dated")
        sheet.pair(label("due"), due)
        sheet.pair(label("owner"), step.owner)
        sheet.pair(label("takes"), step.duration)
        sheet.pair(label("interrupts"), step.interrupts)
        needs = self._needs(step)
        if needs:
            sheet.pair(label("after"), needs)
        self._draw_doing(sheet, step)
        for key, text in (("verify", step.verify), ("stop", step.stop), ("rollback", step.rollback)):
            if text:
                sheet.gap()
                sheet.pair(label(key), text)
        self._draw_check(sheet, step)
        self._draw_end(sheet, step)

    def _draw_tick(self, sheet: Sheet, step: PlanStep) -> None:
        done = self.say("tui.step.done" if step.done else "tui.step.open")
        if step.done_on is not None:
            done = self.say("markdown.steps.done-on", date=step.done_on.isoformat())
        elif step.proved:
            done = self.say("markdown.steps.proved")
        mark = self.say(f"tui.mark.{'yes' if step.done else 'no'}")
        sheet.item(_DONE, [(done, "strong")], mark=mark, digit="")

    def _draw_doing(self, sheet: Sheet, step: PlanStep) -> None:
        sheet.gap()
        for number, action in enumerate(step.actions, 1):
            lead = f"{self._label('do') if number == 1 else '':<12}"
            sheet.text([(lead, "faint"), (f"{number}. {action}", "ink")], hang=15)
        if step.gui:
            sheet.gap()
            sheet.pair(self._label("gui"), "\n".join(step.gui))
        if step.commands:
            sheet.gap()
            sheet.text(self._label("commands"), "faint")
            for command in step.commands:
                sheet.text([(command, "code")], indent=2, hang=4, wide=True)

    def _draw_check(self, sheet: Sheet, step: PlanStep) -> None:
        """Where its check is known, its output can be pasted."""
        if self._check(step) is None:
            return
        sheet.gap()
        sheet.item(_CHECK, [(self.say("tui.step.check"), "strong")], digit="")
        if step.id in self.checked:
            draw_checked(sheet, self.checked[step.id], self.say, 5)

    def _check(self, step: PlanStep) -> Check | None:
        everything = self.desk.everything
        return check_of(troubleshooting_of(everything), step.id) if everything is not None else None

    def _draw_end(self, sheet: Sheet, step: PlanStep) -> None:
        knowledge, words = self.session.knowledge, self.desk.words
        sheet.gap()
        sources = dict.fromkeys(source_words(knowledge, source) for source in step.sources)
        sheet.pair(self._label("source"), "\n".join(sources), role="faint")
        sheet.pair(self._label("id"), step.id, role="faint")
        if step.troubles:
            sheet.heading(self._label("troubles"))
            for symptom in step.troubles:
                key = f"symptom.{symptom}.title"
                sheet.item(_SYMPTOM + symptom, words.say(key) if words.has(key) else symptom)

    def _label(self, key: str) -> str:
        return self.say(f"markdown.label.{key}")

    def _needs(self, step: PlanStep) -> str:
        numbers = {one.id: number for number, one in enumerate(self.session.plan.steps, 1)}
        before = [numbers[need] for need in step.needs if need in numbers]
        return self.say("markdown.steps.numbers", numbers=runs(before)) if before else ""

    # Doing

    def chosen(self, key: str) -> None:
        if key == _DONE:
            self.action_mark()
        elif key == _NOTE:
            self.action_write()
        elif key == _CHECK:
            self.app.push_screen(PasteScreen("check"), self._pasted)
        elif key.startswith(_SYMPTOM):
            doors.troubleshoot(self.wizard, key.removeprefix(_SYMPTOM))

    def _pasted(self, text: str | None) -> None:
        step, everything = self.step, self.desk.everything
        check = self._check(step)
        if text and text.strip() and check is not None and everything is not None:
            self.checked[step.id] = verify(everything, step.id, check, cut_lines([text]))
            self.redraw(cursor=_CHECK)

    def action_mark(self) -> None:
        """Tick the step, or take the tick back; it is saved at once."""
        if ticking.tick(self, self.session, self.step):
            self.redraw()

    def action_write(self) -> None:
        """Write a note."""
        ticking.write(self, self.session, self.step)

    def action_step(self, by: int) -> None:
        """The next step, or the one before."""
        ids = [step.id for step in self.session.plan.steps]
        at = ids.index(self.step.id) + by
        if 0 <= at < len(ids):
            self.step_id = ids[at]
            self.redraw(top=True)

    def action_copy(self) -> None:
        """Copy the commands of the step, or the plan."""
        copying.ask(self, copying.of_plan(self.session, self.command_line(), self.say, step=self.step))

    def action_plain(self) -> None:
        """The commands of the step as plain text, for selecting by mouse; without any, what to do."""
        step = self.step
        copying.show_plain(self, "\n".join([step.title, "", *(step.commands or step.actions)]))

    def action_save(self) -> None:
        """Save the plan as a file."""
        routes.show(self.wizard.flow, "save")

    def command_line(self) -> str:
        return doors.plan_command(self.wizard)

    def action_back(self) -> None:
        self.dismiss(self.step.id)
