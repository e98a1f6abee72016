"""Paste-to-verify: whether the output of a step's check is as expected. The tool itself runs nothing."""

from collections.abc import Iterable, Iterator, Mapping

from wizard.domain.alarms import AlarmReader
from wizard.domain.linetext import Recogniser, normalised, recogniser
from wizard.domain.redact import redact, without_secrets
from wizard.domain.remedies import say
from wizard.domain.signatures import alarm_titles
from wizard.model.diagnosis import Verdict, Verification
from wizard.model.knowledge import Knowledge
from wizard.model.troubleshooting import Check, Pattern, Troubleshooting

SHOWN = 5
"""Lines that are shown for what decided."""


def check_of(troubleshooting: Troubleshooting, step: str) -> Check | None:
    """The check that verifies `step`: a remedy's step, a step of a plan (with or without `@SUBJECT`), or the
    check's own id; None where there is none."""
    name = step.partition("@")[0]
    if name in troubleshooting.steps:
        return troubleshooting.checks.get(troubleshooting.steps[name].check)
    for check in troubleshooting.checks.values():
        if name == check.id or name in check.plan_steps:
            return check
    return None


def steps_with_checks(troubleshooting: Troubleshooting) -> tuple[str, ...]:
    """Everything that `check_of` knows, for naming the nearest when a name is wrong."""
    plan = (step for check in troubleshooting.checks.values() for step in check.plan_steps)
    return tuple(dict.fromkeys((*troubleshooting.steps, *plan, *troubleshooting.checks)))


def verify(knowledge: Knowledge, step: str, check: Check, lines: Iterable[str]) -> Verification:
    """What the pasted output says, in one pass and constant memory."""
    expected = [recogniser(pattern) for pattern in check.expect]
    refused = [recogniser(pattern) for pattern in check.refuse]
    output = [recogniser(pattern) for pattern in check.output]
    met: dict[int, str] = {}
    against: list[str] = []
    is_output = False
    alarms = _Alarms(
        check, alarm_titles(knowledge.troubleshooting.signatures if knowledge.troubleshooting else {})
    )
    for raw in lines:
        line = normalised(raw).strip()
        if alarms.take(line, raw):
            is_output = True
            continue
        if any(one.holds(line) for one in refused):
            if len(against) < SHOWN:
                against.append(without_secrets(raw.strip())[0])
            continue
        for number in _met(expected, line):
            met.setdefault(number, without_secrets(raw.strip())[0])
        is_output = is_output or any(one.holds(line) for one in output)
    against = [*alarms.raised(check.gone), *against][:SHOWN]
    for raised in alarms.raised(check.raised):
        met |= dict.fromkeys(range(len(expected)), raised)
    missing = tuple(_text(check.expect[n]) for n in range(len(expected)) if n not in met)
    verdict: Verdict = "not-recognised"
    if against or (is_output and missing):
        verdict = "not-as-expected"
    elif not missing and (expected or is_output):
        verdict = "as-expected"
    text = say(knowledge, f"troubleshoot.verdict.{verdict}")
    if verdict == "not-as-expected":
        text = f"{text} {say(knowledge, f'verification.{check.id}.otherwise')}"
    seen = tuple(against) or tuple(dict.fromkeys(met.values()))
    return Verification(
        step=step,
        check=check.id,
        verdict=verdict,
        expected=say(knowledge, f"verification.{check.id}.expected"),
        text=text,
        seen=seen,
        kept=tuple(redact(line) for line in seen),
        missing=() if against or verdict == "as-expected" else missing,
    )


class _Alarms:
    """The alarms that a check looks for, each as it was last seen."""

    def __init__(self, check: Check, titles: Mapping[str, str]) -> None:
        watched = (*check.gone, *check.raised)
        self._reader = AlarmReader({number: titles.get(number, "") for number in watched})
        self._seen: dict[str, tuple[bool, str]] = {}

    def take(self, line: str, raw: str) -> bool:
        """Read a line; whether it names one of them."""
        named = list(self._reader.read(line, raw))
        for seen in named:
            self._seen[seen.number] = (not seen.cleared, without_secrets(raw.strip())[0])
        return bool(named)

    def raised(self, numbers: Iterable[str]) -> list[str]:
        """The lines that last told of those of `numbers` that are raised."""
        return [self._seen[n][1] for n in numbers if n in self._seen and self._seen[n][0]]


def _met(expected: list[Recogniser], line: str) -> Iterator[int]:
    return (number for number, one in enumerate(expected) if one.holds(line))


def _text(pattern: Pattern) -> str:
    told = (*pattern.all, *pattern.any[:1], pattern.begins, pattern.at_least)
    return " … ".join(part for part in told if part)
