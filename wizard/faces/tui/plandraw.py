"""Draws what of the plan is a list to pick from: the table of contents, the steps, the troubles."""

from collections.abc import Sequence

from rich.cells import cell_len

from wizard.faces.tui import planinfo
from wizard.faces.tui.answering import Say
from wizard.faces.tui.chapters import Chapter
from wizard.faces.tui.ink import Span
from wizard.faces.tui.sheet import READABLE, Sheet
from wizard.faces.wording import runs
from wizard.model.plan import Plan, PlanStep
from wizard.model.words import Words

PHASE = "phase/"
"""Before the id of a phase, as the key of its entry and as the name of its row among the steps."""

_TITLE = 48
"""Cells of a title in the table of contents; what is in it stands beside."""

_LEAD = 5
"""Cells before a title: where the cursor is, and its digit."""


def draw_contents(sheet: Sheet, plan: Plan, chapters: Sequence[Chapter], say: Say) -> None:
    """What the plan means, and its table of contents."""
    assessment = plan.assessment
    sheet.text(assessment.outcome_title, "accent")
    sheet.text(assessment.outcome_text)
    sheet.gap()
    for number, line in enumerate(plan.summary, 1):
        sheet.text(f"{number}. {line}", hang=3)
    sheet.gap()
    infos = {chapter.key: planinfo.info(chapter.key, plan, say) for chapter in chapters}
    widest = max(map(cell_len, infos.values()), default=0)
    room = min(_TITLE, max(16, min(sheet.room, READABLE) - _LEAD - widest))
    for chapter in chapters:
        _entry(sheet, chapter.key, chapter.title, infos[chapter.key], room)
        if chapter.key == "steps":
            for phase in planinfo.phases(plan):
                done = planinfo.done_of(phase.steps, say)
                _entry(sheet, PHASE + phase.id, f"  {phase.title}", done, room, part=True)


def _entry(sheet: Sheet, key: str, title: str, info: str, room: int, *, part: bool = False) -> None:
    """An entry of the table of contents: its title in `room` cells, and what is in it."""
    fill = " " * max(2, room - cell_len(title))
    line: list[Span] = [(title, "ink" if part else "strong"), (fill + info, "faint")]
    sheet.item(key, line, digit="" if part else None)


def draw_side(sheet: Sheet, plan: Plan, entries: Sequence[tuple[str, str]], here: str, say: Say) -> None:
    """The table of contents beside a chapter, by key and title; the chapter `here` is set off."""
    sheet.text(say("tui.plan.contents"), "accent")
    for key, title in entries:
        sheet.item(key, [(title, "strong" if key == here else "ink")], digit="")
        if key == "steps":
            for phase in planinfo.phases(plan):
                done = planinfo.done_of(phase.steps, say, short=True)
                sheet.item(
                    PHASE + phase.id, [(f"  {phase.title}  ", "ink"), (done, "faint")], digit="", hang=2
                )
    # The keys are for the chapter: here nothing is picked, only shown.
    sheet.rows[:] = [row._replace(band=False) for row in sheet.rows]


def draw_steps(sheet: Sheet, plan: Plan, say: Say) -> None:
    """The steps as a checklist, by phase."""
    sheet.text(say("markdown.section.steps"), "accent")
    sheet.text(say("tui.plan.steps-intro", done=planinfo.done_of(plan.steps, say)), "faint")
    numbers = {step.id: number for number, step in enumerate(plan.steps, 1)}
    # Two cells at least: the number only counts, no digit picks it.
    width = max(2, len(str(len(numbers))))
    for phase in planinfo.phases(plan):
        sheet.gap()
        sheet.mark(PHASE + phase.id)
        due = phase.steps[0].due
        tail = (say("tui.plan.due", day=due.isoformat()), "faint") if due is not None else None
        sheet.text(phase.title, "accent", wide=True, tail=tail)
        for step in phase.steps:
            sheet.item(
                step.id,
                [(step.title, "faint" if step.done else "ink")],
                tail=_step_mark(step, say),
                mark=say(f"tui.mark.{'yes' if step.done else 'no'}"),
                digit=f"{numbers[step.id]:>{width}}",
                detail=say("tui.plan.noted", note=step.note) if step.note else "",
            )


def _step_mark(step: PlanStep, say: Say) -> Span | None:
    """When it was done, or what proves it; else whether there is a way back from it."""
    if step.done_on is not None:
        return (say("tui.plan.done-on-mark", day=step.done_on.isoformat()), "faint")
    if step.proved:
        return (say("tui.plan.proved-mark"), "faint")
    return (say("tui.plan.no-return-mark"), "warn") if step.point_of_no_return else None


def draw_troubles(sheet: Sheet, plan: Plan, words: Words) -> None:
    """The troubles that the steps may cause, each with its steps."""
    sheet.text(words.say("markdown.section.troubles"), "accent")
    sheet.text(words.say("tui.plan.troubles-intro"))
    sheet.gap()
    found: dict[str, list[int]] = {}
    for number, step in enumerate(plan.steps, 1):
        for symptom in step.troubles:
            found.setdefault(symptom, []).append(number)
    for symptom, numbers in found.items():
        key = f"symptom.{symptom}.title"
        title = words.say(key) if words.has(key) else symptom
        detail = words.say("tui.plan.trouble-steps", steps=runs(numbers))
        sheet.item(symptom, [(title, "strong")], detail=detail)
