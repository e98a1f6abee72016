"""When each phase of the work is due, and each step."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from wizard.model.knowledge import Phase
from wizard.model.plan import Binding, PlanStep


def due_dates(
    phases: Sequence[Phase], binding: Binding | None, as_of: date, upgrade_by: date | None = None
) -> Mapping[str, date | None]:
    """The day by which each of these phases (in order) should be done.

    They follow each other from the latest start, each taking what it usually takes, and less where that is
    more than the lead time; when the latest start has passed, from today. Then each keeps to its own rule
    (`Phase.due`): what cannot wait counts from today; what has to be done before the binding date is, while
    that is ahead; the upgrade is done on the day that was said (`upgrade_by`), and what follows it after.
    Without a binding date nothing else is due, nor is a phase that takes no part in the schedule
    (`lead_days` 0: work that comes later, with the next renewal).
    """
    out: dict[str, date | None] = {phase.id: None for phase in phases}
    if binding is not None:
        in_turn = [phase for phase in phases if phase.lead_days and phase.due != "at-once"]
        out.update(_in_turn(in_turn, binding, as_of, upgrade_by))
    for phase in phases:
        if phase.due == "at-once":
            out[phase.id] = _after(as_of, phase.lead_days)
    return out


def _in_turn(
    phases: Sequence[Phase], binding: Binding, as_of: date, upgrade_by: date | None
) -> Mapping[str, date]:
    start = max(binding.latest_start, as_of)
    whole = sum(phase.lead_days for phase in phases)
    days = min(binding.lead_days, whole)
    due: list[date] = []
    done = 0
    for phase in phases:
        done += phase.lead_days
        due.append(_after(start, days * done // whole))
    for at, phase in enumerate(phases):
        if phase.due == "before-binding" and as_of < binding.date:
            _squeeze(due, at, as_of, binding.date - timedelta(days=1))
        elif phase.due == "upgrade" and upgrade_by is not None and as_of < upgrade_by:
            _squeeze(due, at, as_of, upgrade_by)
            due[at] = upgrade_by
            for later in range(at + 1, len(phases)):
                due[later] = _after(due[later - 1], phases[later].lead_days)
    return {phase.id: day for phase, day in zip(phases, due, strict=True)}


def _squeeze(due: list[date], last: int, as_of: date, limit: date) -> None:
    """Bring the dates up to that of `last` forward in proportion, so that it is not after the limit."""
    span, room = (due[last] - as_of).days, (limit - as_of).days
    if span > room:
        for at in range(last + 1):
            due[at] = as_of + timedelta(days=(due[at] - as_of).days * room // span)


def _after(day: date, days: int) -> date:
    """That many days later, or the last day there is."""
    return date.fromordinal(min(day.toordinal() + days, date.max.toordinal()))


def needed_in_time(steps: Sequence[PlanStep]) -> tuple[PlanStep, ...]:
    """The steps with none due after one that needs it. They are in working order."""
    due = {step.id: step.due for step in steps}
    for step in reversed(steps):
        own = due[step.id]
        for need in step.needs:
            held = due.get(need)
            if own is not None and need in due and (held is None or held > own):
                due[need] = own
    return tuple(step if step.due == due[step.id] else replace(step, due=due[step.id]) for step in steps)
