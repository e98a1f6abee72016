"""The steps as a checklist in working order.

A step that says the same as an earlier one, but for the name of its node, is told in short and points there.
"""

from collections.abc import Mapping, Sequence

from wizard.faces.markdown.escape import code, escape, fence
from wizard.faces.markdown.page import Page, bullets
from wizard.faces.wording import runs
from wizard.model.plan import Plan, PlanStep


def steps(page: Page, plan: Plan) -> list[str]:
    """The section: a heading for each phase, a task for each step."""
    lines = page.heading(2, page.say("section.steps"))
    done = sum(step.done for step in plan.steps)
    lines.append(page.say("steps.intro", count=str(len(plan.steps)), done=str(done)))
    numbers = {step.id: number for number, step in enumerate(plan.steps, 1)}
    told: dict[tuple[object, ...], PlanStep] = {}
    phase = ""
    for step in plan.steps:
        if step.phase != phase:
            phase = step.phase
            lines += page.heading(3, escape(step.phase_title))
        first = told.setdefault(_told(step), step)
        lines += _step(page, step, numbers, first)
    return lines


def troubles(page: Page, plan: Plan) -> list[str]:
    """The troubles that these steps may cause, and which steps."""
    found: dict[str, list[int]] = {}
    for number, step in enumerate(plan.steps, 1):
        for symptom in step.troubles:
            found.setdefault(symptom, []).append(number)
    if not found:
        return []
    lines = page.heading(2, page.say("section.troubles"))
    lines += [page.say("troubles.intro"), ""]
    return lines + bullets(
        page.say(
            "troubles.entry",
            title=page.titled("symptom", symptom),
            command=code(f"eku-wizard troubleshoot {symptom}"),
            steps=runs(numbers),
        )
        for symptom, numbers in found.items()
    )


def _told(step: PlanStep) -> tuple[object, ...]:
    """What a step says below its title, without the name of its node."""

    def unnamed(text: str) -> str:
        return text.replace(step.node, "\0") if step.node else text

    told = (step.interrupts, *step.actions, step.verify, step.stop, step.rollback)
    return (step.rule, *(unnamed(text) for text in told), step.gui, step.sources, step.troubles)


def _step(page: Page, step: PlanStep, numbers: Mapping[str, int], first: PlanStep) -> list[str]:
    """A task. `first` is the first step that says the same, `step` itself where it is the first."""
    box = "x" if step.done else " "
    lines = [f"- [{box}] **{numbers[step.id]}. {escape(step.title)}**"]
    facts = [
        page.labelled("owner", escape(step.owner)),
        page.labelled("due", page.day(step.due)),
        page.labelled("takes", escape(step.duration)),
        page.labelled("interrupts", escape(step.interrupts)),
    ]
    lines.append(f"  - {'; '.join(facts)}")
    lines += bullets(_standing(page, step, numbers), "  ")
    if first is step:
        lines += _in_full(page, step)
    else:
        number = str(numbers[first.id])
        lines.append(f"  - {page.say('steps.same', number=number, node=page.end(step.node))}")
        lines += _commands(page, step) if step.commands != first.commands else []
    return [*lines, ""]


def _standing(page: Page, step: PlanStep, numbers: Mapping[str, int]) -> list[str]:
    """What holds for this step alone: what comes before, what was done, the way back, the note."""
    lines = []
    after = [numbers[need] for need in step.needs if need in numbers]
    if after:
        lines.append(page.labelled("after", page.say("steps.numbers", numbers=runs(after))))
    if step.point_of_no_return:
        lines.append(f"**{page.say('steps.no-return')}**")
    if step.done_on is not None:
        lines.append(page.say("steps.done-on", date=step.done_on.isoformat()))
    if step.proved:
        lines.append(page.say("steps.proved"))
    if step.note:
        lines.append(page.labelled("note", escape(step.note)))
    return lines


def _in_full(page: Page, step: PlanStep) -> list[str]:
    lines = [f"  - {page.labelled('do', '')}".rstrip()]
    lines += [f"    {number}. {escape(action)}" for number, action in enumerate(step.actions, 1)]
    if step.gui:
        lines.append(f"  - {page.labelled('gui', '; '.join(escape(path) for path in step.gui))}")
    lines += _commands(page, step)
    for key, text in (("verify", step.verify), ("stop", step.stop), ("rollback", step.rollback)):
        if text:
            lines.append(f"  - {page.labelled(key, escape(text))}")
    lines.append(f"  - {page.labelled('source', page.sources(step.sources))}")
    if step.troubles:
        titles: Sequence[str] = [page.titled("symptom", symptom) for symptom in step.troubles]
        lines.append(f"  - {page.labelled('troubles', '; '.join(titles))}")
    lines.append(f"  - {page.labelled('id', code(step.id))}")
    return lines


def _commands(page: Page, step: PlanStep) -> list[str]:
    if not step.commands:
        return []
    return [f"  - {page.labelled('commands', '')}".rstrip(), "", *fence(step.commands, "    ")]
