"""Conditions and decision tables: the one matcher of the house.

A condition holds when each signal it names has one of the values it accepts. A table is a sequence of rules
tried in order. A signal whose value is not known (None) is tried with every value it could have.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Generic, Protocol, TypeVar

from wizard.domain.vocabulary import Vocabulary
from wizard.model.knowledge import When

Signals = Mapping[str, str]
Partial = Mapping[str, str | None]


class Rule(Protocol):
    """Anything with a condition."""

    @property
    def when(self) -> When: ...


R = TypeVar("R", bound=Rule)


class NoRuleError(LookupError):
    """No rule matches a state: a defect of content that `content check` reports beforehand."""


def holds(when: When, signals: Signals) -> bool:
    """Whether `when` holds; an empty condition always does."""
    # Plain loops: this runs some thousand times for a plan.
    for name, accepted in when.items():  # noqa: SIM110
        if signals[name] not in accepted:
            return False
    return True


def any_holds(conditions: Sequence[When], signals: Signals) -> bool:
    """Whether any of the conditions holds; no condition at all always does."""
    for when in conditions:
        if holds(when, signals):
            return True
    return not conditions


def first(rules: Iterable[R], signals: Signals) -> R:
    """The first rule that holds.

    Raises:
        NoRuleError: none does.
    """
    for rule in rules:
        if holds(rule.when, signals):
            return rule
    raise NoRuleError(f"no rule for {dict(signals)}")


def named(rules: Iterable[Rule]) -> tuple[str, ...]:
    """The signals that the rules name, in order of first mention."""
    return tuple(dict.fromkeys(name for rule in rules for name in rule.when))


@dataclass(frozen=True, slots=True)
class Tried(Generic[R]):
    """The outcome of trying a table with signals partly unknown.

    `rules` are the rules met, in order of trial, and `deciding` the unknown signals of which at least one
    other value would, by itself, lead to another result.
    """

    rules: tuple[R, ...]
    deciding: tuple[str, ...]


def try_all(rules: Sequence[R], signals: Partial, vocabulary: Vocabulary, result: str) -> Tried[R]:
    """Try the table with every value of each unknown signal.

    `result` is the attribute by which two rules count as the same. At most some hundred combinations: the
    vocabularies are small and few signals are unknown at once. A signal that no rule names decides nothing,
    whatever it is; it is best left out.
    """
    free = [name for name, value in signals.items() if value is None]
    if not free:
        return Tried((first(rules, signals),), ())  # type: ignore[arg-type]
    met: dict[tuple[str, ...], R] = {}
    for values in product(*(vocabulary[name] for name in free)):
        met[values] = first(rules, {**signals, **dict(zip(free, values, strict=True))})  # type: ignore[dict-item]
    deciding = tuple(name for i, name in enumerate(free) if _varies(met, i, vocabulary[name], result))
    return Tried(_unique(met.values()), deciding)


def _varies(met: Mapping[tuple[str, ...], R], at: int, values: Sequence[str], result: str) -> bool:
    return any(
        getattr(met[(*key[:at], value, *key[at + 1 :])], result) != getattr(rule, result)
        for key, rule in met.items()
        for value in values
    )


def _unique(rules: Iterable[R]) -> tuple[R, ...]:
    out: list[R] = []
    for rule in rules:
        if not any(rule is other for other in out):
            out.append(rule)
    return tuple(out)
