"""Guided troubleshooting: from a symptom and answers to the question that comes next, or to a cause.

Like the walk, it is replayed from the start each time, so an earlier answer can change, later ones lie
dormant and come back. What an answer rules out is not written down anywhere: it follows from the tree.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from wizard.domain.rules import NoRuleError, first
from wizard.model.diagnosis import Known
from wizard.model.troubleshooting import Cause, Certainty, Step, Symptom, Troubleshooting

UNKNOWN = "unknown"


class TreeError(LookupError):
    """A tree that leads nowhere or back: a defect of content that `content check` reports beforehand."""


@dataclass(frozen=True, slots=True)
class End:
    """Where a tree ends: a cause, and how sure it is after these answers."""

    cause: str
    certainty: Certainty


@dataclass(frozen=True, slots=True)
class Replay:
    """The way through a symptom's tree.

    `path` are the questions answered on the way, in order, `next` the first that is not, `symptom` the tree
    one stands in at the end (a tree may hand over to another), `dormant` answers that are off the path.
    """

    symptom: str
    path: tuple[str, ...]
    next: str | None
    end: End | None
    dormant: tuple[str, ...]


def replay(troubleshooting: Troubleshooting, symptom: str, answers: Mapping[str, Known]) -> Replay:
    """Follow the answers from the start of the symptom's tree.

    Raises:
        TreeError: the tree leads nowhere or back.
    """
    position = Position.start(troubleshooting, symptom)
    while position.end is None and position.ask in answers:
        position = position.answered(answers[position.ask].value)
    path = tuple(position.said)
    return Replay(
        symptom=position.symptom,
        path=path,
        next=position.ask if position.end is None else None,
        end=position.end,
        dormant=tuple(ask for ask in answers if ask not in position.said),
    )


def open_causes(troubleshooting: Troubleshooting, symptom: str, answers: Mapping[str, str]) -> frozenset[str]:
    """The causes that the tree can still end in, given these answers to its questions."""
    start = Position.start(troubleshooting, symptom)
    return _open(start, answers, {}, {})


_Place = tuple[str, str, frozenset[tuple[str, str]]]


def _open(
    position: "Position",
    answers: Mapping[str, str],
    found: dict[_Place, frozenset[str]],
    matters: dict[str, frozenset[str]],
) -> frozenset[str]:
    """The causes beyond a position. Ways that come together again are followed once: `found` remembers by
    the place and by those answers that still matter in its tree (`matters`)."""
    if position.end is not None:
        return frozenset((position.end.cause,))
    tree = position.symptom
    if tree not in matters:
        matters[tree] = _mattering(position.of, tree, set())
    said = frozenset(item for item in position.said.items() if item[0] in matters[tree])
    place = (tree, position.ask, said)
    if place not in found:
        given = answers.get(position.ask)
        values = (given,) if given is not None else position.choices()
        beyond = (_open(position.answered(value), answers, found, matters) for value in values)
        found[place] = frozenset().union(*beyond)
    return found[place]


def _mattering(of: Troubleshooting, tree: str, seen: set[str]) -> frozenset[str]:
    """The questions whose answers a tree, or one that it hands over to, looks at."""
    seen.add(tree)
    asks: set[str] = set()
    for step in _tree(of, tree).steps:
        asks.add(step.ask)
        for turn in step.turns:
            asks.update(turn.when)
            kind, _, name = turn.to.partition(":")
            if kind == "symptom" and name not in seen:
                asks |= _mattering(of, name, seen)
    return frozenset(asks)


@dataclass(frozen=True, slots=True)
class Position:
    """A place in the trees: before the question `ask` with what was said so far, or at an end.

    `turns` are the turns taken to get here and `trees` the trees gone through, in order.
    """

    of: Troubleshooting
    symptom: str
    ask: str
    said: Mapping[str, str]
    end: End | None = None
    turns: tuple[tuple[str, str, int], ...] = ()
    trees: tuple[str, ...] = ()

    @classmethod
    def start(cls, of: Troubleshooting, symptom: str) -> "Position":
        """Before the first question of a symptom."""
        return cls(of, symptom, _tree(of, symptom).steps[0].ask, {}, trees=(symptom,))

    def choices(self) -> tuple[str, ...]:
        """The answers that the question takes, "unknown" last."""
        return (*self.of.asks[self.ask].answers, UNKNOWN)

    def answered(self, value: str) -> "Position":
        """The place that the answer leads to; questions answered before are passed through."""
        said = {**self.said, self.ask: value}
        here = Position(self.of, self.symptom, self.ask, said, None, self.turns, self.trees)
        met: set[tuple[str, str]] = set()
        while True:
            if (here.symptom, here.ask) in met:
                raise TreeError(f"the tree of {here.symptom} comes back to {here.ask}")
            met.add((here.symptom, here.ask))
            here = here._turned()
            if here.end is not None or here.ask not in here.said:
                return here

    def _turned(self) -> "Position":
        step = _step(_tree(self.of, self.symptom), self.ask)
        signals = {name: self.said.get(name, "") for turn in step.turns for name in turn.when}
        try:
            turn = first(step.turns, signals)
        except NoRuleError as error:
            raise TreeError(f"{self.ask} of {self.symptom} has no turn for {signals}") from error
        turns = (*self.turns, (self.symptom, self.ask, step.turns.index(turn)))
        kind, _, name = turn.to.partition(":")
        if kind == "cause":
            end = End(name, turn.certainty or _cause(self.of, name).certainty)
            return Position(self.of, self.symptom, self.ask, self.said, end, turns, self.trees)
        if kind == "symptom":
            if name in self.trees:
                raise TreeError(f"{self.symptom} hands over to {name}, where it came from")
            start = _tree(self.of, name).steps[0].ask
            return Position(self.of, name, start, self.said, None, turns, (*self.trees, name))
        return Position(self.of, self.symptom, name, self.said, None, turns, self.trees)


def _tree(of: Troubleshooting, symptom: str) -> Symptom:
    if symptom not in of.symptoms or not of.symptoms[symptom].steps:
        raise TreeError(f"there is no tree for {symptom}")
    return of.symptoms[symptom]


def _step(symptom: Symptom, ask: str) -> Step:
    for step in symptom.steps:
        if step.ask == ask:
            return step
    raise TreeError(f"the tree of {symptom.id} has no step for {ask}")


def _cause(of: Troubleshooting, cause: str) -> Cause:
    if cause not in of.causes:
        raise TreeError(f"there is no cause {cause}")
    return of.causes[cause]
