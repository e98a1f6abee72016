"""What stands beside each chapter of the plan in its table of contents: how much of what is in it."""

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from wizard.faces.tui.answering import Say
from wizard.model.deployment import ROLES
from wizard.model.plan import Assessment, Plan, PlanStep


class Phase(NamedTuple):
    """A stretch of the work: its id, its title, and its steps in order."""

    id: str
    title: str
    steps: tuple[PlanStep, ...]


def phases(plan: Plan) -> Iterator[Phase]:
    """The phases of the plan, in order."""
    ids = dict.fromkeys(step.phase for step in plan.steps)
    for id in ids:
        steps = tuple(step for step in plan.steps if step.phase == id)
        yield Phase(id, steps[0].phase_title, steps)


def done_of(steps: tuple[PlanStep, ...], say: Say, *, short: bool = False) -> str:
    """How many of the steps are done, in words or (`short`) in figures."""
    key = "tui.plan.done-of-short" if short else "tui.plan.done-of"
    return say(key, done=str(sum(step.done for step in steps)), count=str(len(steps)))


def info(key: str, plan: Plan, say: Say) -> str:
    """A few words on the chapter `key`, "" where there is nothing to say."""
    assessment = plan.assessment
    match key:
        case "steps":
            return done_of(plan.steps, say)
        case "connections":
            return _connections(assessment, say)
        case "options":
            return _options(assessment, say)
        case "certificates":
            dates = [c.certificate.not_after for c in assessment.certificates if c.certificate.not_after]
            return say("tui.plan.first-ends", day=min(dates).isoformat()) if dates else ""
        case "timeline":
            binding = assessment.binding
            return say("tui.plan.binds", day=binding.date.isoformat()) if binding else ""
    counts = {
        "changes": len(plan.changes) + len(plan.dropped),
        "notices": len(assessment.notices),
        "troubles": len({symptom for step in plan.steps for symptom in step.troubles}),
        "troubleshot": len(assessment.deployment.troubles),
        "unknowns": len(assessment.unknowns),
        "discrepancies": len(assessment.discrepancies),
        "sources": len(plan.sources),
    }
    return str(counts[key]) if key in counts else ""


def _connections(assessment: Assessment, say: Say) -> str:
    today = Counter(connection.today.state for connection in assessment.connections)
    later = Counter(connection.after_renewal.state for connection in assessment.connections)
    return say("tui.plan.fail", today=str(today["fails"]), later=str(later["fails"]))


def _options(assessment: Assessment, say: Say) -> str:
    taken = [
        f"{say(f'tui.role.{role}')} {'+'.join(getattr(assessment.chosen, role) or ())}"
        for role in ROLES
        if getattr(assessment.chosen, role)
    ]
    return say("tui.plan.taken", options=", ".join(taken)) if taken else ""
