"""The proof that troubleshooting is whole: every answer leads on, every cause is reached, nothing is unused,
nothing dangles, and no last resort comes first. All problems are reported, each with file and entry.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from wizard.domain.diagnose import UNKNOWN, End, Position, TreeError, open_causes
from wizard.domain.linetext import recogniser
from wizard.domain.trouble_signals import SIGNALS
from wizard.model.knowledge import Knowledge, Source, When
from wizard.model.problems import Problem
from wizard.model.troubleshooting import SYMPTOMS, Pattern, Symptom, Troubleshooting

_PATHS = 200_000
"""Paths of one tree beyond which it has more questions than anybody answers."""


def check_troubleshooting(knowledge: Knowledge) -> tuple[Problem, ...]:
    """All problems of `knowledge.troubleshooting`; references first, since trees are walked only without."""
    of = knowledge.troubleshooting
    if of is None:
        return (Problem("content/troubleshooting", "", "missing", "There is no troubleshooting content."),)
    dangling = (*_symptoms(of), *_references(knowledge, of), *_patterns(of))
    if dangling:
        return dangling
    trees = tuple(_trees(of))
    rest = (*_unused(of), *_last_resorts(of))
    if any(problem.code == "leads-nowhere" for problem in trees):
        return (*trees, *rest)
    return (*trees, *rest, *_both_ways(knowledge, of))


def _problem(of: Troubleshooting, key: str, code: str, message: str) -> Problem:
    return Problem(f"content/{of.places.get(key, 'troubleshooting')}", key, code, message)


def _symptoms(of: Troubleshooting) -> Iterator[Problem]:
    for symptom in SYMPTOMS:
        if symptom not in of.symptoms:
            yield _problem(of, f"symptom:{symptom}", "missing", "The contract names this symptom. Write it.")
    for symptom in of.symptoms:
        if symptom not in SYMPTOMS:
            yield _problem(of, f"symptom:{symptom}", "unknown-id", "The contract does not name this symptom.")


@dataclass(frozen=True, slots=True)
class _Tables:
    """The ids that a reference may name, by kind."""

    of: Troubleshooting
    knowledge: Knowledge
    ids: Mapping[str, Iterable[str]] = field(default_factory=dict)

    def missing(self, key: str, kind: str, names: Iterable[str]) -> Iterator[Problem]:
        for name in names:
            if name not in self.ids[kind]:
                yield _problem(self.of, key, "dangling", f"It names the {kind} {name}, which does not exist.")


def _references(knowledge: Knowledge, of: Troubleshooting) -> Iterator[Problem]:
    tables = _Tables(
        of,
        knowledge,
        {
            "symptom": of.symptoms, "ask": of.asks, "cause": of.causes, "lookalike": of.lookalikes,
            "remedy": of.remedies, "remedy step": of.steps, "check": of.checks,
            "connection": knowledge.connections, "plan step": knowledge.steps,
            "document": knowledge.documents, "signal": SIGNALS,
        },
    )  # fmt: skip
    for symptom in of.symptoms.values():
        yield from _tree_references(tables, symptom)
    for cause in of.causes.values():
        key = f"cause:{cause.id}"
        yield from tables.missing(key, "lookalike", cause.lookalikes)
        yield from tables.missing(key, "remedy", cause.remedies)
        yield from tables.missing(key, "connection", cause.connections)
        yield from tables.missing(key, "plan step", cause.cures)
    for other in of.lookalikes.values():
        yield from tables.missing(f"lookalike:{other.id}", "cause", [other.cause] if other.cause else [])
    for remedy in of.remedies.values():
        yield from tables.missing(f"remedy:{remedy.id}", "remedy step", remedy.steps)
    for step in of.steps.values():
        yield from tables.missing(f"step:{step.id}", "check", [step.check])
        if not knowledge.words.has(f"owner.{step.owner}"):
            yield _problem(of, f"step:{step.id}", "dangling", f"There is no owner {step.owner}.")
    for check in of.checks.values():
        yield from tables.missing(f"check:{check.id}", "plan step", check.plan_steps)
    for signature in of.signatures.values():
        key = f"signature:{signature.id}"
        yield from tables.missing(key, "symptom", signature.symptoms)
        yield from tables.missing(key, "cause", [signature.cause] if signature.cause else [])
        yield from _condition(tables, key, signature.tells)
    for ask in of.asks.values():
        yield from tables.missing(f"ask:{ask.id}", "signal", [ask.known_from] if ask.known_from else [])
        if ask.known_from in SIGNALS and set(ask.answers) != set(SIGNALS[ask.known_from]):
            values = ", ".join(SIGNALS[ask.known_from])
            yield _problem(of, f"ask:{ask.id}", "not-the-values", f"Its signal has the values {values}.")
    for key, source in _sources(of):
        yield from tables.missing(key, "document", [source.id])


def _tree_references(tables: _Tables, symptom: Symptom) -> Iterator[Problem]:
    key = f"symptom:{symptom.id}"
    asked = [step.ask for step in symptom.steps]
    yield from tables.missing(key, "ask", asked)
    for ask in {ask for ask in asked if asked.count(ask) > 1}:
        yield _problem(tables.of, key, "twice", f"It asks {ask} in two steps. Join them.")
    for step in symptom.steps:
        for turn in step.turns:
            kind, _, name = turn.to.partition(":")
            if kind == "ask" and name not in asked:
                yield _problem(tables.of, key, "dangling", f"{step.ask} leads to {name}, which has no step.")
            elif kind in ("cause", "symptom"):
                yield from tables.missing(key, kind, [name])
            elif kind != "ask":
                yield _problem(
                    tables.of, key, "bad-target", f"{turn.to} is none of ask:ID, cause:ID and symptom:ID."
                )
            yield from _condition(tables, key, turn.when)


def _condition(tables: _Tables, key: str, when: When) -> Iterator[Problem]:
    yield from tables.missing(key, "ask", when)
    for name, values in when.items():
        for value in values:
            if name in tables.of.asks and value not in (*tables.of.asks[name].answers, UNKNOWN):
                yield _problem(tables.of, key, "no-such-answer", f"{value} is no answer to {name}.")


def _sources(of: Troubleshooting) -> Iterator[tuple[str, Source]]:
    for kind, table in _tables(of).items():
        for id, entry in table.items():
            source = getattr(entry, "source", None)
            for one in (source,) if isinstance(source, Source) else getattr(entry, "sources", ()):
                yield f"{kind}:{id}", one


def _tables(of: Troubleshooting) -> Mapping[str, Mapping[str, "object"]]:
    return {
        "symptom": of.symptoms, "ask": of.asks, "cause": of.causes, "lookalike": of.lookalikes,
        "remedy": of.remedies, "step": of.steps, "check": of.checks, "signature": of.signatures,
    }  # fmt: skip


def _patterns(of: Troubleshooting) -> Iterator[Problem]:
    for signature in of.signatures.values():
        key = f"signature:{signature.id}"
        yield from _sound(of, key, signature.patterns)
        if not signature.patterns and not signature.alarms:
            yield _problem(of, key, "no-pattern", "It has neither patterns nor alarms: nothing matches it.")
        if not signature.symptoms and not signature.notice:
            yield _problem(of, key, "no-symptom", "It leads to no symptom and is not marked as a notice.")
    numbers = [number for signature in of.signatures.values() for number in signature.alarms]
    for number in {number for number in numbers if numbers.count(number) > 1}:
        yield Problem(
            "content/troubleshooting", f"alarm {number}", "twice", "Two signatures claim this alarm."
        )
    for check in of.checks.values():
        key = f"check:{check.id}"
        yield from _sound(of, key, (*check.expect, *check.refuse, *check.output))
        if not check.expect and not check.output:
            yield _problem(of, key, "no-pattern", "Nothing could ever be as expected: give expect or output.")
        for number in {*check.gone, *check.raised} - set(numbers):
            yield _problem(of, key, "unknown-id", f"No signature is of alarm {number}.")


def _sound(of: Troubleshooting, key: str, patterns: Iterable[Pattern]) -> Iterator[Problem]:
    for pattern in patterns:
        try:
            recogniser(pattern)
        except ValueError as error:
            yield _problem(of, key, "bad-pattern", f"A pattern does not do: {error}.")


@dataclass(frozen=True, slots=True)
class Leaf:
    """An end of a tree as it is reached: the answers on the way and the turns taken, each as (symptom, ask,
    number)."""

    symptom: str
    answers: Mapping[str, str]
    end: End
    turns: tuple[tuple[str, str, int], ...]


def leaves(of: Troubleshooting, symptom: str) -> Iterator[Leaf]:
    """Every way through a symptom's tree, "unknown" answers too: a row each.

    Raises:
        TreeError: a way that leads nowhere or back.
    """

    def walk(position: Position) -> Iterator[Leaf]:
        if position.end is not None:
            yield Leaf(symptom, position.said, position.end, position.turns)
            return
        for value in position.choices():
            yield from walk(position.answered(value))

    yield from walk(Position.start(of, symptom))


def _trees(of: Troubleshooting) -> Iterator[Problem]:
    taken: set[tuple[str, str, int]] = set()
    reached: set[str] = set()
    for symptom in of.symptoms.values():
        key = f"symptom:{symptom.id}"
        ends: dict[frozenset[tuple[str, str]], End] = {}
        try:
            for number, leaf in enumerate(leaves(of, symptom.id)):
                if number > _PATHS:
                    yield _problem(of, key, "too-many-paths", f"It has more than {_PATHS} paths: ask less.")
                    break
                taken.update(leaf.turns)
                reached.add(leaf.end.cause)
                ends[frozenset(leaf.answers.items())] = leaf.end
        except TreeError as error:
            yield _problem(of, key, "leads-nowhere", f"{error}.")
            continue
        for step in symptom.steps:
            for number, turn in enumerate(step.turns):
                if (symptom.id, step.ask, number) not in taken:
                    message = f"Turn {number + 1} of {step.ask} (to {turn.to}) is never taken."
                    yield _problem(of, key, "never-taken", message)
        for ask in _useless(symptom, ends):
            yield _problem(of, key, "decides-nothing", f"No answer to {ask} makes a difference. Drop it.")
    for cause in of.causes:
        if cause not in reached:
            yield _problem(of, f"cause:{cause}", "not-reached", "No way through a tree ends in this cause.")


def _useless(symptom: Symptom, ends: Mapping[frozenset[tuple[str, str]], End]) -> Iterator[str]:
    """Questions of which every answer leads to the same ends, whatever was answered before."""
    for step in symptom.steps:
        by_answer: dict[str, set[tuple[frozenset[tuple[str, str]], End]]] = {}
        for answers, end in ends.items():
            said = dict(answers)
            if step.ask in said:
                value = said.pop(step.ask)
                by_answer.setdefault(value, set()).add((frozenset(said.items()), end))
        outcomes = list(by_answer.values())
        if outcomes and all(outcome == outcomes[0] for outcome in outcomes):
            yield step.ask


def _unused(of: Troubleshooting) -> Iterator[Problem]:
    used = {
        "ask": {step.ask for symptom in of.symptoms.values() for step in symptom.steps},
        "lookalike": {name for cause in of.causes.values() for name in cause.lookalikes},
        "remedy": {name for cause in of.causes.values() for name in cause.remedies},
        "step": {name for remedy in of.remedies.values() for name in remedy.steps},
        "check": {step.check for step in of.steps.values()},
    }
    for kind, names in used.items():
        for name in _tables(of)[kind]:
            if name not in names:
                yield _problem(of, f"{kind}:{name}", "unused", f"Nothing uses this {kind}.")


def _last_resorts(of: Troubleshooting) -> Iterator[Problem]:
    for cause in of.causes.values():
        first: Sequence[str] = cause.remedies[:1]
        if not first:
            yield _problem(of, f"cause:{cause.id}", "no-remedy", "It offers no remedy.")
        elif of.remedies[first[0]].last_resort:
            message = f"{first[0]} is a last resort: another remedy comes before it."
            yield _problem(of, f"cause:{cause.id}", "last-resort-first", message)


def _both_ways(knowledge: Knowledge, of: Troubleshooting) -> Iterator[Problem]:
    """From each plan step to the troubles it may cause, and from each cause to the step that cures it."""
    for step in knowledge.steps.values():
        for symptom in step.troubles:
            if symptom not in of.symptoms:
                message = f"It may cause {symptom}, which is no symptom."
                yield Problem("content/steps", f"step {step.id}", "dangling", message)
    caused = {symptom for step in knowledge.steps.values() for symptom in step.troubles}
    for symptom in of.symptoms:
        ends = (of.causes[cause] for cause in open_causes(of, symptom, {}))
        if symptom not in caused and any(cause.certainty != "not-eku" for cause in ends):
            yield _problem(
                of, f"symptom:{symptom}", "no-plan-step", "No step of a plan says it may cause it."
            )
    for cause in of.causes.values():
        if cause.certainty != "not-eku" and not cause.cures:
            yield _problem(
                of, f"cause:{cause.id}", "no-cure", "No step of a plan cures it: name one in cures."
            )
