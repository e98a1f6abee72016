"""Every path through the tree: which answers lead where, with outcome, options, steps and facts.

Answers that lead to the same questions are one class; a path is made for each class, taking the answers of
a class in turn, and one more for each answer that no path has taken yet. Nodes are added as one core and one
edge, or as two clusters of two; a question about nodes is answered alike for all of them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from wizard.domain.answers import Given, answer
from wizard.domain.walk import walk
from wizard.model.deployment import NEVER, ROLES, UNKNOWN, USES, Deployment, Node
from wizard.model.knowledge import Knowledge, Question
from wizard.model.plan import Asked, Walk

PAIR = (Node("expc1.example.com"), Node("expe1.example.com"))
CLUSTERS = tuple(
    Node(f"exp{'c' if role == 'core' else 'e'}{i}.example.com", role, "hq", i == 1)
    for role in ROLES
    for i in (1, 2)
)
_BY_NAME = "by name"
_NODES: Mapping[str, tuple[Node, ...]] = {"none": (), "pair": PAIR, "clusters": CLUSTERS}


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer on a path: what was asked, what was answered; nodes that are added by the answer."""

    asked: Asked
    given: Given
    nodes: tuple[Node, ...] = ()

    @property
    def label(self) -> str:
        """The answer in short."""
        if isinstance(self.given, str):
            return self.given
        chosen = [use for use, said in self.given.items() if said == "yes"]
        unsaid = [f"{use}?" for use, said in self.given.items() if said == UNKNOWN]
        return ", ".join(chosen + unsaid) or "none"


@dataclass(frozen=True, slots=True)
class Path:
    """A way from the start to an end of the tree, and the deployment it makes."""

    choices: tuple[Choice, ...]
    deployment: Deployment

    @property
    def answers(self) -> tuple[tuple[str, str], ...]:
        """(question id, answer), a question about several nodes once."""
        return tuple(dict.fromkeys((choice.asked.question, choice.label) for choice in self.choices))


def paths(knowledge: Knowledge, as_of: date) -> tuple[Path, ...]:
    """Every path, in the order of the questions and their answers."""
    return _Explorer(knowledge, as_of).run()


def take(knowledge: Knowledge, deployment: Deployment, choice: Choice) -> Deployment:
    """The deployment after that choice."""
    if choice.nodes:
        return replace(deployment, nodes=choice.nodes)
    return answer(knowledge, deployment, choice.asked, choice.given)


class _Explorer:
    def __init__(self, knowledge: Knowledge, as_of: date) -> None:
        self.knowledge = knowledge
        self.as_of = as_of
        self.taken: dict[str, dict[str, int]] = {}

    def run(self) -> tuple[Path, ...]:
        found = list(self._from(Deployment(name="path"), ()))
        for path in list(found):
            found += self._uncovered(path)
        return tuple(found)

    def _from(self, deployment: Deployment, choices: tuple[Choice, ...]) -> Iterator[Path]:
        state = walk(self.knowledge, deployment)
        if state.next is None:
            for choice in choices:
                self._note(choice)
            yield Path(choices, deployment)
            return
        classes: dict[object, list[str]] = {}
        for label in self._candidates(state.next):
            after, _ = self._answer_all(deployment, state, label)
            classes.setdefault(_signature(walk(self.knowledge, after)), []).append(label)
        for labels in classes.values():
            label = min(labels, key=lambda one: self._times(state.next, one))
            after, made = self._answer_all(deployment, state, label)
            yield from self._from(after, (*choices, *made))

    def _uncovered(self, path: Path) -> Iterator[Path]:
        """Paths that leave `path` at an answer nobody has taken yet, and go on as it does where they can."""
        deployment = Deployment(name="path")
        choices: tuple[Choice, ...] = ()
        for choice in path.choices:
            state = walk(self.knowledge, deployment)
            if state.next is None or state.next.question != choice.asked.question:
                continue
            for label in self._candidates(state.next):
                if not self._times(state.next, label):
                    after, made = self._answer_all(deployment, state, label)
                    yield self._straight_on(after, (*choices, *made))
            deployment, made = self._answer_all(deployment, state, self._label(choice))
            choices = (*choices, *made)

    def _straight_on(self, deployment: Deployment, choices: tuple[Choice, ...]) -> Path:
        while (state := walk(self.knowledge, deployment)).next is not None:
            labels = self._candidates(state.next)
            label = min(labels, key=lambda one: self._times(state.next, one))
            deployment, made = self._answer_all(deployment, state, label)
            choices = (*choices, *made)
        for choice in choices:
            self._note(choice)
        return Path(choices, deployment)

    def _note(self, choice: Choice) -> None:
        times = self.taken.setdefault(choice.asked.question, {})
        label = self._label(choice)
        times[label] = times.get(label, 0) + 1

    def _times(self, asked: Asked | None, label: str) -> int:
        return self.taken.get(asked.question if asked else "", {}).get(label, 0)

    def _label(self, choice: Choice) -> str:
        """The label among the candidates that led to this choice."""
        if choice.asked.question == "nodes":
            return next(name for name, nodes in _NODES.items() if nodes == choice.nodes)
        if choice.asked.question == "role":
            return _BY_NAME
        return choice.label

    def _answer_all(
        self, deployment: Deployment, state: Walk, label: str
    ) -> tuple[Deployment, tuple[Choice, ...]]:
        """The answer to the next question, and the same to that question about other nodes."""
        first = state.next
        assert first is not None
        if first.question == "nodes":
            choice = Choice(first, label, _NODES[label])
            return take(self.knowledge, deployment, choice), (choice,)
        made = []
        for asked in (first, *state.ahead):
            if asked.question == first.question:
                choice = Choice(asked, self._given(asked, label))
                deployment = take(self.knowledge, deployment, choice)
                made.append(choice)
        return deployment, tuple(made)

    def _given(self, asked: Asked, label: str) -> Given:
        question = self.knowledge.questions[asked.question]
        if question.kind == "uses":
            said = {part.rstrip("?"): UNKNOWN if part.endswith("?") else "yes" for part in label.split(", ")}
            return {use: said.get(use, "no") for use in USES}
        if question.id == "role":
            return "edge" if asked.about.startswith("expe") else "core"
        return label

    def _candidates(self, asked: Asked) -> tuple[str, ...]:
        question = self.knowledge.questions[asked.question]
        match question.kind:
            case "nodes":
                return tuple(_NODES)
            case "uses":
                return _uses()
            case "release":
                return "X14.3.7", "X15.4", "X15.5", str(self.knowledge.fixed_release), UNKNOWN
            case "issuer":
                return (*self.knowledge.issuers, UNKNOWN)
            case "date":
                return self._dates(question)
            case _ if question.id == "role":
                return (_BY_NAME,)
            case _:
                return (*question.answers, UNKNOWN)

    def _dates(self, question: Question) -> tuple[str, ...]:
        soon = (self.as_of + timedelta(days=70)).isoformat()
        return (soon, NEVER, UNKNOWN) if NEVER in question.answers else (soon, UNKNOWN)


def _uses() -> tuple[str, ...]:
    everything = ", ".join(USES)
    unsaid = ", ".join(f"{use}?" for use in USES)
    return "none", *USES, "uc-traversal, neighbor-mtls", everything, unsaid


def _signature(state: Walk) -> object:
    ahead = [asked.question for asked in (state.next, *state.ahead) if asked is not None]
    return tuple(ahead), state.outcome
