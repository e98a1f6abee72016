"""Guided troubleshooting as the command line and the screens call it: one function, one result.

Answers come, in this order of precedence, from the person, from the pasted lines, from the deployment. Lines
without a symptom lead to a diagnosis only where they prove one, and only one.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from wizard.domain import remedies
from wizard.domain.diagnose import UNKNOWN, End, open_causes, replay
from wizard.domain.remedies import Predictions, say
from wizard.domain.signatures import Signatures, scan
from wizard.domain.trouble_signals import known_answers
from wizard.domain.verify import check_of, steps_with_checks, verify
from wizard.model.deployment import Deployment, OriginKind, TroubleNote
from wizard.model.diagnosis import (
    Asked,
    Known,
    PossibleAnswer,
    PossibleCause,
    Scan,
    TroubleResult,
    Verification,
)
from wizard.model.knowledge import Knowledge, State
from wizard.model.plan import ConnectionOutlook
from wizard.model.problems import Problem
from wizard.model.text import visible
from wizard.model.troubleshooting import Signature, Troubleshooting


def run(
    knowledge: Knowledge,
    symptom: str | None,
    answers: Mapping[str, str] | None = None,
    lines: Iterable[str] | None = None,
    deployment: Deployment | None = None,
    predictions: Predictions | None = None,
    verify_step: str | None = None,
    found: Scan | None = None,
) -> TroubleResult:
    """Where troubleshooting stands with all that is known.

    `lines` are pasted log lines or alarms (`linetext.cut_lines` bounds them), or with `verify_step` the
    output of that step's check; they are read once. `found` is what a scan of lines before has found: who
    asks again and again keeps it. `predictions` is the worst state predicted today for
    each connection id (`worst_today`). What was refused is in `problems`; the rest is answered all the same.
    """
    of = troubleshooting_of(knowledge)
    problems: list[Problem] = []
    if symptom is not None and symptom not in of.symptoms:
        problems.append(_refused(knowledge, "SYMPTOM", "no-symptom", symptom, tuple(of.symptoms)))
        symptom = None
    verification = None
    if verify_step is not None:
        verification = _verified(knowledge, of, verify_step, lines, problems)
    elif lines is not None:
        found = scan(Signatures(of.signatures), knowledge.words, lines)
    given = _accepted(knowledge, of, answers or {}, problems)
    known = dict(known_answers(of, deployment)) if deployment is not None else {}
    known |= _told_by_lines(of, found)
    states = predictions or {}
    way = _follow(knowledge, of, symptom, given, known, states) if symptom else _Way()
    end = way.end or _proved(of, found, way.possible if symptom else None)
    cause = of.causes[end.cause] if end else None
    return TroubleResult(
        symptom=symptom,
        title=say(knowledge, f"symptom.{symptom}.title") if symptom else "",
        path=way.path,
        next=way.next,
        possible=way.possible,
        dormant=way.dormant,
        scan=found,
        note=_note(knowledge, found),
        diagnosis=remedies.diagnosis(knowledge, cause, end, states) if cause else None,
        lookalikes=remedies.lookalikes(knowledge, of, cause) if cause else (),
        remedies=remedies.ways(knowledge, of, cause) if cause else (),
        verification=verification,
        collect=() if cause or verification else _collect(knowledge, symptom, found),
        problems=tuple(problems),
    )


def troubleshooting_of(knowledge: Knowledge) -> Troubleshooting:
    """The troubleshooting part of the knowledge.

    Raises:
        LookupError: it was not loaded.
    """
    if knowledge.troubleshooting is None:
        raise LookupError("the knowledge was loaded without content/troubleshooting")
    return knowledge.troubleshooting


def note_of(result: TroubleResult, on: date, remedy: str = "", *, keep_lines: bool = False) -> TroubleNote:
    """What a deployment keeps of a troubleshooting: ids, the remedy taken, and recognised lines only where
    asked for."""
    matches = result.scan.matches if result.scan else ()
    return TroubleNote(
        symptom=result.symptom or "",
        answers={asked.question: asked.answer for asked in result.path},
        signatures=tuple(dict.fromkeys(match.signature for match in matches)),
        diagnosis=result.diagnosis.id if result.diagnosis else "",
        remedy=remedy,
        verified=result.verification.verdict if result.verification else "",
        on=on,
        lines=tuple(match.text for match in matches) if keep_lines else (),
    )


def worst_today(connections: Sequence[ConnectionOutlook]) -> Mapping[str, State]:
    """The worst state today of each kind of connection in an assessment."""
    order: tuple[State, ...] = ("works", "unknown", "depends", "fails")
    worst: dict[str, State] = {}
    for connection in connections:
        state = connection.today.state
        worst[connection.id] = max(worst.get(connection.id, state), state, key=order.index)
    return worst


@dataclass(frozen=True, slots=True)
class _Way:
    """The way through a symptom's tree, in words."""

    path: tuple[Asked, ...] = ()
    next: Asked | None = None
    possible: tuple[PossibleCause, ...] = ()
    dormant: tuple[str, ...] = ()
    end: End | None = None


def _follow(
    knowledge: Knowledge,
    of: Troubleshooting,
    symptom: str,
    given: Mapping[str, Known],
    known: Mapping[str, Known],
    predictions: Predictions,
) -> _Way:
    answers = {**known, **given}
    way = replay(of, symptom, answers)
    said: dict[str, str] = {}
    path: list[Asked] = []
    for ask in way.path:
        path.append(_asked(knowledge, of, symptom, ask, said, answers[ask], known.get(ask)))
        said[ask] = answers[ask].value
    causes = open_causes(of, symptom, said)
    return _Way(
        path=tuple(path),
        next=_asked(knowledge, of, symptom, way.next, said, None, None) if way.next else None,
        possible=tuple(
            remedies.possible_cause(knowledge, cause, predictions)
            for cause in of.causes.values()
            if cause.id in causes
        ),
        # What a deployment knows besides is not worth naming.
        dormant=tuple(ask for ask in way.dormant if ask in given),
        end=way.end,
    )


def _proved(of: Troubleshooting, found: Scan | None, possible: Sequence[PossibleCause] | None) -> End | None:
    """The one cause that lines prove by themselves; with a symptom, only one that its tree leaves open."""
    proved = {match.cause for match in found.matches if match.cause} if found else set()
    if len(proved) != 1:
        return None
    cause = of.causes[proved.pop()]
    if possible is not None and cause.id not in {one.id for one in possible}:
        return None
    return End(cause.id, cause.certainty)


def _collect(knowledge: Knowledge, symptom: str | None, found: Scan | None) -> tuple[str, ...]:
    """What to gather next, where nothing is settled yet."""
    if symptom is not None:
        return remedies.lines(knowledge, f"symptom.{symptom}.collect")
    if found is not None and not found.matches:
        return remedies.lines(knowledge, "troubleshoot.collect")
    return ()


def _asked(
    knowledge: Knowledge,
    of: Troubleshooting,
    symptom: str,
    ask: str,
    said: Mapping[str, str],
    answer: Known | None,
    told: Known | None,
) -> Asked:
    entry, key = of.asks[ask], f"ask.{ask}"
    before = open_causes(of, symptom, said)
    out = {
        value: _titles(knowledge, of, before - open_causes(of, symptom, {**said, ask: value}))
        for value in entry.answers
    }
    # Not knowing may lead another way, but it rules nothing out.
    out[UNKNOWN] = ()
    overruled = told is not None and answer is not None and told.value != answer.value
    origin: OriginKind | str = answer.origin if answer else ""
    return Asked(
        question=ask,
        text=say(knowledge, f"{key}.text"),
        find=say(knowledge, f"{key}.find"),
        gui=entry.gui,
        commands=entry.commands,
        answers=tuple(
            PossibleAnswer(value, say(knowledge, f"{key}.answer.{value}"), ruled)
            for value, ruled in out.items()
        ),
        answer=answer.value if answer else "",
        answer_text=say(knowledge, f"{key}.answer.{answer.value}") if answer else "",
        origin=origin,  # type: ignore[arg-type]
        detail=answer.detail if answer else "",
        instead_of=told.value if told is not None and overruled else "",
        rules_out=out[answer.value] if answer else (),
    )


def _titles(knowledge: Knowledge, of: Troubleshooting, causes: frozenset[str]) -> tuple[str, ...]:
    return tuple(say(knowledge, f"cause.{cause}.title") for cause in of.causes if cause in causes)


def _told_by_lines(of: Troubleshooting, found: Scan | None) -> dict[str, Known]:
    """Answers that recognised lines give; lines that contradict each other give none."""
    told: dict[str, Known] = {}
    split: set[str] = set()
    for match in found.matches if found else ():
        if match.cleared:
            continue
        signature: Signature = of.signatures[match.signature]
        for ask, values in signature.tells.items():
            if ask in told and told[ask].value != values[0]:
                split.add(ask)
            told.setdefault(ask, Known(values[0], "line", str(match.line)))
    return {ask: known for ask, known in told.items() if ask not in split}


def _accepted(
    knowledge: Knowledge, of: Troubleshooting, answers: Mapping[str, str], problems: list[Problem]
) -> dict[str, Known]:
    accepted: dict[str, Known] = {}
    for ask, value in answers.items():
        if ask not in of.asks:
            problems.append(_refused(knowledge, "--answer", "no-question", ask, tuple(of.asks)))
        elif value not in (*of.asks[ask].answers, UNKNOWN):
            values = (*of.asks[ask].answers, UNKNOWN)
            problems.append(_refused(knowledge, f"--answer {ask}", "no-answer", value, values))
        else:
            accepted[ask] = Known(value, "answered")
    return accepted


def _verified(
    knowledge: Knowledge,
    of: Troubleshooting,
    step: str,
    lines: Iterable[str] | None,
    problems: list[Problem],
) -> Verification | None:
    check = check_of(of, step)
    if check is None:
        problems.append(_refused(knowledge, "--verify", "no-check", step, steps_with_checks(of)))
        return None
    return verify(knowledge, step, check, lines if lines is not None else ())


def _refused(knowledge: Knowledge, where: str, code: str, value: str, valid: tuple[str, ...]) -> Problem:
    near = get_close_matches(value, valid, n=1, cutoff=0.4)
    others = ", ".join(valid if len(valid) <= 12 else get_close_matches(value, valid, n=6, cutoff=0.0))
    message = say(knowledge, f"troubleshoot.refused.{code}", value=visible(value, 80), valid=others)
    if near:
        message = f"{message} {say(knowledge, 'troubleshoot.refused.near', near=near[0])}"
    return Problem("troubleshoot", where, code, message)


def _note(knowledge: Knowledge, found: Scan | None) -> str:
    if found is None:
        return ""
    key = "troubleshoot.recognised" if found.matches else "troubleshoot.nothing"
    note = say(knowledge, key, lines=str(found.lines), matches=str(len(found.matches)))
    if found.secrets:
        note = f"{note} {say(knowledge, 'troubleshoot.secrets', count=str(found.secrets))}"
    return note
