"""Troubleshooting a symptom: one question after the other, in place, and at their end the diagnosis.

With each question: how to find the answer, and what each answer rules out. What a deployment or a line tells
already is not asked; it stands below with where it came from, and picking it asks it all the same.
"""

from typing import ClassVar

from textual.binding import BindingType

from wizard.domain.changes import step_title
from wizard.faces.case import Case
from wizard.faces.tui import copying, doors
from wizard.faces.tui.frame import Frame
from wizard.faces.tui.keys import bind
from wizard.faces.tui.sheet import Sheet
from wizard.faces.tui.trouble import (
    AGAIN,
    draw_answered,
    draw_exact,
    draw_possible,
    draw_source,
    label,
)
from wizard.model.diagnosis import Asked, Diagnosis, OtherCause, PossibleAnswer, Way

_DONT_KNOW = "unknown"
_CERTAINTIES = {"certain": "good", "likely": "ink", "possible": "warn", "not-eku": "warn"}
_STEP = "step/"


class CaseScreen(Frame[None]):
    """See the module."""

    name_id = "case"
    hints = ("go-on", "back", "keep", "copy", "help", "commands")
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("keep", "s", "keep"),
        bind("copy", "y", "copy"),
        bind("plain", "v", "plain"),
    ]

    def __init__(self, case: Case) -> None:
        super().__init__()
        self.case = case

    def where(self) -> str:
        result = self.case.result
        title = result.title or self.say("tui.case.lines")
        if self.case.question is None:
            return self.say("tui.case.where-diagnosis", title=title)
        return self.say("tui.case.where", title=title, number=str(self.case.number))

    def on_mount(self) -> None:
        """Begin at the first question, or at the diagnosis where nothing need be asked."""
        self._show()

    def on_screen_resume(self) -> None:
        """A remedy may have been checked meanwhile."""
        self.redraw()

    def _show(self) -> None:
        asked = self.case.question
        self.page.reads = asked is None
        self.redraw(cursor=asked.answer if asked is not None and asked.answer else None, top=True)

    # Drawing

    def draw(self, sheet: Sheet) -> None:
        asked, diagnosis = self.case.question, self.case.result.diagnosis
        if asked is not None:
            self._draw_question(sheet, asked)
        elif diagnosis is not None:
            self._draw_diagnosis(sheet, diagnosis)

    def _draw_question(self, sheet: Sheet, asked: Asked) -> None:
        say, result = self.say, self.case.result
        sheet.text(asked.text, "accent")
        sheet.gap()
        for answer in asked.answers:
            digit = "0" if answer.value == _DONT_KNOW else None
            sheet.item(answer.value, [(answer.text, "strong")], detail=self._rules_out(answer), digit=digit)
        sheet.gap()
        sheet.pair(label(say, "find"), asked.find, role="faint")
        draw_exact(sheet, (*asked.gui, *asked.commands))
        draw_answered(sheet, self.case, say, asked.question)
        if asked == result.next:
            draw_possible(sheet, result.possible, say)

    def _rules_out(self, answer: PossibleAnswer) -> str:
        """What an answer rules out; where that is most of it, what it leaves."""
        out = set(answer.rules_out)
        left = [cause.title for cause in self.case.result.possible if cause.title not in out]
        if left and len(left) < len(out) and self.case.question == self.case.result.next:
            return f"{self.say('tui.case.leaves')}: {'; '.join(left)}"
        return f"{label(self.say, 'rules_out')}: {'; '.join(answer.rules_out)}" if out else ""

    def _draw_diagnosis(self, sheet: Sheet, diagnosis: Diagnosis) -> None:
        say, result = self.say, self.case.result
        sheet.text(
            [
                (f"{diagnosis.title}  ", "accent"),
                (diagnosis.certainty_text, _CERTAINTIES[diagnosis.certainty]),
            ]
        )
        sheet.text(diagnosis.cause)
        sheet.gap()
        for key, text in (
            ("why", diagnosis.why),
            ("meanwhile", diagnosis.meanwhile),
            ("prediction", diagnosis.prediction_text),
        ):
            if text:
                sheet.pair(label(say, key), text)
        sheet.heading(label(say, "remedies"))
        for way in result.remedies:
            self._draw_remedy(sheet, way)
        if result.lookalikes:
            sheet.heading(label(say, "lookalikes"))
        for other in result.lookalikes:
            self._draw_lookalike(sheet, other)
        self._draw_cures(sheet, diagnosis)
        draw_answered(sheet, self.case, say)
        sheet.gap()
        draw_source(sheet, self.case, say)

    def _draw_remedy(self, sheet: Sheet, way: Way) -> None:
        title = [(way.title, "strong")]
        if way.option:
            title.append((f"  {label(self.say, 'option', option=way.option)}", "faint"))
        sheet.item(way.id, title, detail=f"{label(self.say, 'price')}: {way.price}" if way.price else "")

    def _draw_lookalike(self, sheet: Sheet, other: OtherCause) -> None:
        point = f"{sheet.ink.glyph('point')} "
        sheet.text([(point, "ink"), (f"{other.cause}. ", "strong"), (other.check, "ink")], hang=2)
        draw_exact(sheet, (*other.gui, *other.commands), 4)

    def _draw_cures(self, sheet: Sheet, diagnosis: Diagnosis) -> None:
        """The steps of the plan that cure it: to be opened where they are in the plan that is open."""
        if not diagnosis.cures:
            return
        session = self.desk.session
        rules = {step.rule: step for step in session.plan.steps} if session is not None else {}
        sheet.heading(label(self.say, "cures"))
        for cure in diagnosis.cures:
            step = rules.get(cure)
            if step is not None:
                sheet.item(_STEP + cure, step.title, digit="")
            else:
                sheet.text(step_title(self.case.knowledge, f"{cure}@…"), indent=2)

    # Answering

    def chosen(self, key: str) -> None:
        if key.startswith(AGAIN):
            self.case.ask_again(key.removeprefix(AGAIN))
            self._show()
        elif self.case.question is not None:
            self.case.answer(key)
            self._show()
        elif key.startswith(_STEP):
            doors.steps(self.wizard, key.removeprefix(_STEP))
        elif key:
            from wizard.faces.tui.screens.trouble_remedy import RemedyScreen

            self.case.remedy = key
            self.app.push_screen(RemedyScreen(self.case, key))

    def action_go_on(self) -> None:
        """Take what is picked; of a diagnosis that goes beyond the screen, read on first."""
        if self.case.question is None and not self.page.in_sight:
            self.page.leaf(1)
        else:
            self.chosen(self.page.key)

    def action_back(self) -> None:
        if self.case.back():
            self._show()
        else:
            self.dismiss(None)

    def action_keep(self) -> None:
        """Save it as a note, or attach it to the deployment."""
        from wizard.faces.tui.screens.trouble_keep import KeepScreen

        self.app.push_screen(KeepScreen(self.case))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is something to keep once something is known."""
        if action == "keep":
            return bool(self.case.result.path or self.case.result.diagnosis)
        return True

    def action_copy(self) -> None:
        """Copy the commands that find the answer, or where to click; at the end, the note."""
        asked = self.case.question
        text = "\n".join(asked.commands or asked.gui) if asked is not None else self._note()
        if text:
            copying.copy(self, text)
        else:
            self.tell(self.say("tui.case.nothing-to-copy"))

    def action_plain(self) -> None:
        """The question with its commands, or the note, as plain text."""
        asked = self.case.question
        if asked is None:
            copying.show_plain(self, self._note())
        else:
            copying.show_plain(self, "\n".join([asked.text, asked.find, *asked.gui, *asked.commands]))

    def _note(self) -> str:
        from wizard.faces.markdown.trouble import trouble_note

        return trouble_note(self.case.result, self.case.knowledge.words, self.case.as_of)

    def command_line(self) -> str:
        return doors.trouble_command(self.wizard, self.case)
