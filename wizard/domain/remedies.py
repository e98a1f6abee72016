"""A cause in words: the diagnosis, what else looks the same, and the remedies with their steps."""

from collections.abc import Mapping

from wizard.domain.diagnose import End
from wizard.model.diagnosis import Diagnosis, OtherCause, PossibleCause, Way
from wizard.model.knowledge import Knowledge, State
from wizard.model.plan import PlanStep
from wizard.model.troubleshooting import Cause, Remedy, RemedyStep, Troubleshooting

Predictions = Mapping[str, State]

_WORST: tuple[State, ...] = ("fails", "depends", "unknown", "works")


def predicted(cause: Cause, predictions: Predictions) -> State | None:
    """The worst state predicted today for the connections of a cause; None where none is predicted."""
    found = {predictions[name] for name in cause.connections if name in predictions}
    return next((state for state in _WORST if state in found), None)


def possible_cause(knowledge: Knowledge, cause: Cause, predictions: Predictions) -> PossibleCause:
    """A cause that is still open, with what the connection prediction says of it beforehand."""
    state = predicted(cause, predictions)
    return PossibleCause(
        id=cause.id,
        title=say(knowledge, f"cause.{cause.id}.title"),
        prediction=state or "",
        text=say(knowledge, f"troubleshoot.predicted.{state}") if state else "",
    )


def diagnosis(knowledge: Knowledge, cause: Cause, end: End | None, predictions: Predictions) -> Diagnosis:
    """The diagnosis in words; without an `end` (a line proved it) it is as sure as the cause itself."""
    certainty = end.certainty if end else cause.certainty
    state = predicted(cause, predictions)
    key = f"cause.{cause.id}"
    return Diagnosis(
        id=cause.id,
        title=say(knowledge, f"{key}.title"),
        cause=say(knowledge, f"{key}.text"),
        why=say(knowledge, f"{key}.why"),
        meanwhile=say(knowledge, f"{key}.meanwhile"),
        certainty=certainty,
        certainty_text=say(knowledge, f"troubleshoot.certainty.{certainty}"),
        source=cause.source,
        prediction=state or "",
        prediction_text=say(knowledge, f"troubleshoot.predicted.{state}") if state else "",
        cures=tuple(step for step in cause.cures if step in knowledge.steps),
    )


def lookalikes(knowledge: Knowledge, of: Troubleshooting, cause: Cause) -> tuple[OtherCause, ...]:
    """What else looks the same, with the check that tells it apart."""
    return tuple(
        OtherCause(
            id=other.id,
            cause=say(knowledge, f"lookalike.{other.id}.cause"),
            check=say(knowledge, f"lookalike.{other.id}.check"),
            gui=other.gui,
            commands=other.commands,
            source=other.source,
        )
        for other in (of.lookalikes[name] for name in cause.lookalikes)
    )


def ways(knowledge: Knowledge, of: Troubleshooting, cause: Cause) -> tuple[Way, ...]:
    """The remedies in the order of preference."""
    return tuple(_way(knowledge, of, of.remedies[name]) for name in cause.remedies)


def _way(knowledge: Knowledge, of: Troubleshooting, remedy: Remedy) -> Way:
    return Way(
        id=remedy.id,
        option=remedy.option,
        title=say(knowledge, f"remedy.{remedy.id}.title"),
        price=say(knowledge, f"remedy.{remedy.id}.price"),
        steps=tuple(plan_step(knowledge, of, of.steps[name], remedy) for name in remedy.steps),
        source=remedy.source,
    )


def plan_step(knowledge: Knowledge, of: Troubleshooting, step: RemedyStep, remedy: Remedy) -> PlanStep:
    """A remedy's step in the shape of a plan's: the same fields, no date, no node."""
    words, key = knowledge.words, f"remedystep.{step.id}"
    check = of.checks[step.check]
    warning = lines(knowledge, f"{key}.warning")
    return PlanStep(
        id=step.id,
        rule=step.id,
        phase="",
        phase_title="",
        title=say(knowledge, f"{key}.title"),
        node="",
        owner=words.say(f"owner.{step.owner}"),
        due=None,
        needs=(),
        duration=words.say("duration.minutes", minutes=str(step.minutes)),
        interrupts=say(knowledge, f"troubleshoot.interrupts.{'yes' if step.interrupts else 'no'}"),
        point_of_no_return=step.point_of_no_return,
        actions=(*warning, *lines(knowledge, f"{key}.do")),
        gui=step.gui,
        commands=step.commands,
        verify=_verify(knowledge, check.id, (*check.gui, *check.commands)),
        stop=say(knowledge, f"verification.{check.id}.otherwise"),
        rollback=say(knowledge, f"{key}.rollback"),
        done=False,
        done_on=None,
        proved=False,
        note="",
        sources=step.sources,
        troubles=(),
        options=(remedy.option,) if remedy.option else (),
    )


def _verify(knowledge: Knowledge, check: str, places: tuple[str, ...]) -> str:
    expected = say(knowledge, f"verification.{check}.expected")
    if not places:
        return expected
    return say(knowledge, "troubleshoot.verify-at", places=", ".join(places), expected=expected)


def say(knowledge: Knowledge, key: str, **args: str) -> str:
    """The words of `key`; every one of them may name the fixed release."""
    return knowledge.words.say(key, fixed=str(knowledge.fixed_release), **args)


def lines(knowledge: Knowledge, key: str) -> tuple[str, ...]:
    """The words of `key`, a line each."""
    return knowledge.words.lines(key, fixed=str(knowledge.fixed_release))
