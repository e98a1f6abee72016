"""What the screens of troubleshooting share: a new case, and how its parts are drawn."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from wizard.domain.troubleshoot import worst_today
from wizard.faces.case import Case
from wizard.faces.tui.answering import Say
from wizard.faces.tui.sheet import Sheet
from wizard.faces.wording import source_words
from wizard.model.diagnosis import Asked, Match, PossibleCause, Verification
from wizard.model.plan import PlanStep
from wizard.model.text import visible

if TYPE_CHECKING:
    from wizard.faces.tui.app import WizardApp
    from wizard.faces.tui.ink import Span

AGAIN = "again/"
"""Before the id of a question that was answered: pick it to be asked again."""

_STATES = {"fails": "bad", "works": "good", "depends": "warn", "unknown": "faint"}
_VERDICTS = {"as-expected": "good", "not-as-expected": "bad", "not-recognised": "warn"}


def new_case(app: "WizardApp") -> Case:
    """A new troubleshooting, of the deployment that is open where there is one.

    Raises:
        LookupError: troubleshooting was not read yet (`shelf.with_everything`).
    """
    knowledge, session = app.desk.everything, app.desk.session
    if knowledge is None:
        raise LookupError("troubleshooting is not loaded")
    if session is None:
        return Case(knowledge, app.desk.options.as_of)
    predictions = worst_today(session.assessment.connections)
    return Case(knowledge, session.as_of, session.deployment, predictions)


def label(say: Say, key: str, **args: str) -> str:
    """A label of troubleshooting."""
    return say(f"troubleshoot.heading.{key}", **args)


def draw_exact(sheet: Sheet, texts: Iterable[str], indent: int = 2) -> None:
    """Paths and commands, as they stand."""
    for text in texts:
        sheet.text([(text, "code")], indent=indent, hang=2, wide=True)


def draw_answered(sheet: Sheet, case: Case, say: Say, shown: str = "") -> None:
    """What was answered or known: pick one to be asked it again. The question `shown` is left out."""
    path = [asked for asked in case.result.path if asked.question != shown]
    if not path:
        return
    sheet.heading(label(say, "answers"))
    for asked in path:
        line: list[Span] = [(asked.text + " ", "ink"), (asked.answer_text, "strong")]
        if asked.question not in case.answers:
            line.append((f" ({_origin(asked, say)})", "faint"))
        sheet.item(AGAIN + asked.question, line, digit="")


def _origin(asked: Asked, say: Say) -> str:
    detail = visible(asked.detail)
    if not detail:
        return say("tui.case.from-deployment")
    if asked.origin == "line":
        return say("tui.case.from-line", line=detail)
    return say(f"tui.case.from-{asked.origin}", detail=detail)


def draw_possible(sheet: Sheet, possible: Iterable[PossibleCause], say: Say) -> None:
    """The causes that are still open, with what the prediction says of each."""
    possible = list(possible)
    if not possible:
        return
    sheet.heading(label(say, "possible"))
    for cause in possible:
        line: list[Span] = [(f"{sheet.ink.glyph('point')} ", "ink"), (cause.title, "ink")]
        tail: Span | None = None
        if cause.prediction:
            state = say(f"state.{cause.prediction}")
            tail = (say("tui.case.predicted", state=state), _STATES[cause.prediction])
        sheet.text(line, hang=2, tail=tail)


def draw_match(sheet: Sheet, match: Match, say: Say) -> None:
    """A line that was recognised: what it means, what it does not prove, where it leads."""
    sheet.gap()
    proves = say("tui.matches.proves" if match.proves else "tui.matches.proves-not")
    sheet.text(
        [
            (label(say, "line", line=str(match.line)), "strong"),
            (f"  {proves}", "good" if match.proves else "faint"),
        ]
    )
    sheet.text([(match.text, "code")], indent=2, wide=True)
    sheet.text(match.means, indent=2)
    if match.not_proved:
        told = [(f"{label(say, 'not_proved')}: ", "faint"), (match.not_proved, "faint")]
        sheet.text(told, indent=2)
    if match.symptoms:
        titles = ", ".join(say(f"symptom.{symptom}.title") for symptom in match.symptoms)
        sheet.text([(f"{label(say, 'leads_to')}: ", "faint"), (titles, "ink")], indent=2)
    if match.repeats:
        sheet.text(label(say, "repeats", count=str(match.repeats)), "faint", indent=2)


def draw_step(sheet: Sheet, step: PlanStep, say: Say, checked: Verification | None) -> None:
    """A step of a remedy, as something to pick: Enter pastes the output of its check."""
    sheet.gap()
    sheet.item(step.id, [(step.title, "strong")])
    if checked is not None:
        draw_checked(sheet, checked, say, 5)
    _draw_full(sheet, step, say)


def draw_checked(sheet: Sheet, checked: Verification, say: Say, indent: int) -> None:
    """What the pasted output of a check says."""
    sheet.text(checked.text, _VERDICTS[checked.verdict], indent=indent)
    if checked.verdict != "as-expected":
        expected = [(f"{label(say, 'expected')}: ", "faint"), (checked.expected, "ink")]
        sheet.text(expected, indent=indent, hang=2)
    for key, lines in (("seen", checked.seen), ("missing", checked.missing)):
        if lines:
            sheet.text(label(say, key), "faint", indent=indent)
            draw_exact(sheet, lines, indent + 2)


def _draw_full(sheet: Sheet, step: PlanStep, say: Say) -> None:
    if step.point_of_no_return:
        sheet.text(label(say, "point_of_no_return"), "warn", indent=5)
    for number, action in enumerate(step.actions, 1):
        sheet.text(f"{number}. {action}", indent=5, hang=3)
    draw_exact(sheet, (*step.gui, *step.commands), 7)
    told = {
        "owner": f"{step.owner}, {step.duration}",
        "interrupts": step.interrupts,
        "verify": step.verify,
        "otherwise": step.stop,
        "rollback": step.rollback,
    }
    for key, text in told.items():
        if text:
            sheet.text([(f"{label(say, key)}: ", "faint"), (text, "ink")], indent=5, hang=2)


def draw_source(sheet: Sheet, case: Case, say: Say) -> None:
    """Where the cause stands."""
    diagnosis = case.result.diagnosis
    if diagnosis is not None:
        text = source_words(case.knowledge, diagnosis.source)
        sheet.pair(label(say, "source"), text, role="faint")
