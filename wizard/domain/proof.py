"""The proof that content is whole where that needs reasoning: every state has a rule, every rule a state,
every entry is reached.

Each function returns problems with file and place; none of them stops at the first.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import product

from wizard.domain import vocabulary
from wizard.domain.assess import assess
from wizard.domain.paths import paths
from wizard.domain.plan import plan
from wizard.domain.rules import Rule, holds, named
from wizard.domain.vocabulary import Vocabulary
from wizard.domain.walk import OUTCOME
from wizard.model.deployment import USES, Certificate, Deployment
from wizard.model.knowledge import Knowledge, When
from wizard.model.problems import Problem
from wizard.model.release import Release
from wizard.model.words import MissingWordsError

_FILES = {
    "connection": "connections/connections.toml",
    "option": "options/options.toml",
    "question": "tree/questions.toml",
    "step": "steps",
    "notice": "notices.toml",
}


def prove(knowledge: Knowledge, as_of: date) -> tuple[Problem, ...]:
    """All problems of rules, reach and totality. `as_of` is the day for which paths are walked.

    When conditions themselves are broken the paths are not walked: they would only repeat it.
    """
    broken = (*_vocabulary(knowledge), *_tables(knowledge), *_routes(knowledge))
    return broken or tuple(_reach(knowledge, as_of))


def _problem(kind: str, id: str, code: str, message: str) -> Problem:
    return Problem(f"content/{_FILES[kind]}", f"{kind} {id}", code, message)


def _conditions(knowledge: Knowledge) -> Iterator[tuple[str, str, Vocabulary, Sequence[When]]]:
    for connection in knowledge.connections.values():
        yield "connection", connection.id, vocabulary.CONNECTION, [r.when for r in connection.rules]
    for option in knowledge.options.values():
        yield "option", option.id, vocabulary.OPTION, [rule.when for rule in option.rules]
    for question in knowledge.questions.values():
        conditions = [*question.asked_when, *(route.when for route in question.routes)]
        yield "question", question.id, vocabulary.TREE, conditions
    for step in knowledge.steps.values():
        yield "step", step.id, vocabulary.STEP, [*step.when, *step.proved_by]
    for notice in knowledge.notices.values():
        yield "notice", notice.id, vocabulary.STEP, notice.when


def _vocabulary(knowledge: Knowledge) -> Iterator[Problem]:
    for kind, id, words, conditions in _conditions(knowledge):
        for when in conditions:
            for signal, values in when.items():
                if signal not in words:
                    known = ", ".join(words)
                    yield _problem(kind, id, "unknown-signal", f"no signal {signal!r}; there are: {known}")
                    continue
                for value in values:
                    if value not in words[signal]:
                        allowed = ", ".join(words[signal])
                        message = f"{signal} is never {value!r}; it is one of: {allowed}"
                        yield _problem(kind, id, "unknown-value", message)


def _tables(knowledge: Knowledge) -> Iterator[Problem]:
    for connection in knowledge.connections.values():
        yield from _table("connection", connection.id, connection.rules, vocabulary.CONNECTION)
    for option in knowledge.options.values():
        yield from _table("option", option.id, option.rules, vocabulary.OPTION)
    for question in knowledge.questions.values():
        yield from _table("question", question.id, question.routes, vocabulary.TREE)


def _table(kind: str, id: str, rules: Sequence[Rule], words: Vocabulary) -> Iterator[Problem]:
    """Every combination of the named signals has a rule, and every rule is the first for one of them."""
    names = named(rules)
    if any(name not in words for name in names):
        return
    used: set[int] = set()
    missing: dict[str, str] | None = None
    for values in product(*(words[name] for name in names)):
        signals = dict(zip(names, values, strict=True))
        first = next((i for i, rule in enumerate(rules) if holds(rule.when, signals)), None)
        if first is None:
            missing = missing or signals
        else:
            used.add(first)
    if missing is not None:
        state = ", ".join(f"{name} {value}" for name, value in missing.items()) or "any state"
        yield _problem(kind, id, "no-rule", f"no rule for {state}; add one, or a last rule without `when`")
    for i in range(len(rules)):
        if i not in used:
            message = f"rule {i + 1} is never taken: the rules before it cover it; remove or move it"
            yield _problem(kind, id, "rule-unused", message)


def _routes(knowledge: Knowledge) -> Iterator[Problem]:
    """Each question is reached from the start, and leads on without coming back."""
    if knowledge.start not in knowledge.questions:
        yield _problem("question", knowledge.start, "dangling", "start names no question")
        return
    reached: set[str] = set()
    leaves: set[str] = set()
    pending: list[tuple[str, tuple[str, ...]]] = [(knowledge.start, ())]
    while pending:
        id, above = pending.pop()
        if id in above:
            yield _problem(
                "question", id, "cycle", f"the routes come back to {id}: {' > '.join((*above, id))}"
            )
            return
        reached.add(id)
        for route in knowledge.questions[id].routes:
            if route.to.startswith(OUTCOME):
                leaves.add(route.to.removeprefix(OUTCOME))
            elif route.to not in knowledge.questions:
                yield _problem(
                    "question", id, "dangling", f"a route leads to {route.to!r}, which is no question"
                )
            elif route.to not in reached:
                pending.append((route.to, (*above, id)))
    for id in knowledge.questions:
        if id not in reached:
            yield _problem("question", id, "unreachable", f"no route leads to {id}; add one or remove it")
    for id in knowledge.leaves:
        if id not in leaves:
            yield _problem("question", id, "unreachable", f"no route leads to {OUTCOME}{id}")


def _reach(knowledge: Knowledge, as_of: date) -> Iterator[Problem]:
    """Each question, outcome, step and notice is met on some path, on one of the days looked at."""
    try:
        met = _met(knowledge, as_of)
    except (MissingWordsError, LookupError) as error:
        yield Problem("content/words", "", "incomplete", f"a path cannot be told: {error}")
        return
    for kind, entries in (
        ("question", knowledge.questions),
        ("step", knowledge.steps),
        ("notice", knowledge.notices),
    ):
        for id in entries:
            if id not in met[kind]:
                message = f"no path reaches {id}: its conditions never hold together; mend or remove it"
                yield _problem(kind, id, "unreachable", message)
    for leaf in knowledge.leaves:
        if leaf not in met["outcome"]:
            yield _problem("question", leaf, "unreachable", f"no path ends in outcome {leaf}")


def _met(knowledge: Knowledge, as_of: date) -> Mapping[str, set[str]]:
    """What the paths meet, as they are and with what no path says by itself (`_variants`).

    Besides today, a day past review and one before the first of the deadlines are looked at.
    """
    met: dict[str, set[str]] = {"question": set(), "step": set(), "notice": set(), "outcome": set()}
    found = paths(knowledge, as_of)
    for path in found:
        met["question"].update(question for question, _ in path.answers)
        _look(knowledge, path.deployment, as_of, met)
    past = knowledge.edition.review_by + timedelta(days=1)
    early = min(deadline.date for deadline in knowledge.deadlines.values()) - timedelta(days=1)
    for path in found[:: max(1, len(found) // 30)]:
        for day in (as_of, past, early):
            for deployment in _variants(path.deployment, day):
                _look(knowledge, deployment, day, met)
    return met


def _variants(deployment: Deployment, day: date) -> Iterator[Deployment]:
    """Deployments beside the path: nodes that differ, a release of long ago, an edge of Let's Encrypt, and
    "no mutual TLS" said of a cluster that enforces it, and certificates that end soon."""
    yield deployment
    if not deployment.nodes:
        return
    first, *rest = deployment.nodes
    yield replace(deployment, nodes=(replace(first, release=Release(8, 10)), *rest))
    combined = Certificate(ca="public", issuer="lets-encrypt", eku=("serverAuth", "clientAuth"), acme=True)
    for release in (Release(14, 3, 7), Release(15, 5)):
        nodes = tuple(replace(n, server_certificate=combined, release=release) for n in deployment.nodes)
        yield replace(deployment, nodes=nodes)
        enforced = replace(deployment.settings, cluster_tls_verify="enforce", peers_ignore_eku="yes")
        uses = dict.fromkeys(USES, "no")
        yield replace(deployment, nodes=nodes, settings=enforced, uses=uses)  # type: ignore[arg-type]
        yield replace(deployment, nodes=nodes, settings=enforced)
    ending = Certificate(
        ca="public",
        issuer="godaddy",
        eku=("serverAuth", "clientAuth"),
        not_after=day + timedelta(days=10),
    )
    ignored = replace(deployment.settings, peers_ignore_eku="yes", peers_trust_private_ca="no")
    nodes = tuple(replace(n, server_certificate=ending) for n in deployment.nodes)
    yield replace(deployment, nodes=nodes, settings=ignored)
    asked = replace(deployment.settings, peers_ignore_eku="unknown", peers_trust_private_ca="unknown")
    every_use = dict.fromkeys(USES, "yes")
    yield replace(deployment, nodes=nodes, settings=asked, uses=every_use)  # type: ignore[arg-type]


def _look(knowledge: Knowledge, deployment: Deployment, day: date, met: dict[str, set[str]]) -> None:
    made = plan(knowledge, assess(knowledge, deployment, day), "")
    met["outcome"].add(made.assessment.outcome)
    met["notice"].update(notice.id for notice in made.assessment.notices)
    met["step"].update(step.rule for step in made.steps)
