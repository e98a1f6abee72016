"""Every path through the tree is a row: answers, outcome, options, steps, facts. Together they reach everything."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import cache

import pytest

from tests.conftest import TODAY
from tests.domain.build import held, planned
from tests.faces.paths import every_path, knowledge
from tests.scenarios.test_scenarios import EXPECTATIONS
from wizard.domain.pathrows import row
from wizard.domain.paths import Path, take
from wizard.domain.remarks import current
from wizard.domain.walk import walk
from wizard.model.deployment import OPTIONS, ROLES, UNKNOWN, USES, Deployment
from wizard.model.knowledge import Knowledge
from wizard.model.plan import Plan
from wizard.model.release import Release
from wizard.store.codec import decode


@cache
def plans() -> tuple[tuple[Path, Plan], ...]:
    """Each path with the plan that its answers lead to."""
    return tuple((path, planned(knowledge(), path.deployment)) for path in every_path())


ROWS = [
    pytest.param(path, made, id=f"{n}-{made.assessment.outcome}") for n, (path, made) in enumerate(plans(), 1)
]


@pytest.mark.parametrize(("path", "made"), ROWS)
def test_a_path_is_walked_question_by_question_to_its_end(path: Path, made: Plan) -> None:
    deployment = Deployment(name="path")
    seen: list[str] = []
    for choice in path.choices:
        state = walk(knowledge(), deployment)
        assert state.next is not None
        assert (state.next.question, state.next.about) == (choice.asked.question, choice.asked.about)
        deployment = take(knowledge(), deployment, choice)
        seen.append(choice.asked.key)
    assert deployment == path.deployment
    assert len(seen) == len(set(seen))
    end = walk(knowledge(), deployment)
    assert (end.next, end.ahead) == (None, ())
    assert end.outcome == made.assessment.outcome
    # Certificates that turn out to be private end the walk before the questions about them.
    told = {asked.key for asked in made.assessment.known} | {one.key for one in end.path} | set(end.dormant)
    unsaid = [key for key in seen if key not in told and key not in ("nodes", "uses")]
    assert {current(deployment, key) for key in unsaid} <= {UNKNOWN}


@pytest.mark.parametrize(("path", "made"), ROWS)
def test_its_row_holds_together(path: Path, made: Plan) -> None:
    content, found = knowledge(), made.assessment
    told = row(content, path.answers, made)
    assert told.outcome in content.leaves
    assert set(told.steps) <= set(content.steps)
    assert told.facts
    assert set(told.facts) <= set(content.facts)
    verdicts = {found.options[option].roles[role].verdict for option in OPTIONS for role in ROLES}
    if told.outcome == "act":
        assert verdicts - {"not-needed", "not-applicable"}
        assert {"inventory", "backup", "document-use", "verify-ca", "check-expiry"} <= set(told.steps)
        assert "cluster-db" in {c.id for c in found.connections} or "cve-2026-76466" not in {
            notice.id for notice in found.notices
        }
    else:
        assert verdicts == {"not-needed"}
        assert told.options == ()
        assert not [step for step in made.steps if step.options]
    recommended = [
        f"{o}/{r}" for r in ROLES for o in OPTIONS if found.options[o].roles[r].verdict == "recommended"
    ]
    assert sorted(told.options) == sorted(recommended)
    used = {use for use in USES if path.deployment.uses.get(use) == "yes"}
    assert all(content.connections[c.id].use in (*used, "") for c in found.connections)
    states = {
        getattr(c, when).state for c in found.connections for when in ("today", "after_renewal", "after_plan")
    }
    assert states <= {"works", "fails", "depends", "unknown"}
    for connection in found.connections:
        for prediction in (connection.today, connection.after_renewal, connection.after_plan):
            assert prediction.why
            assert prediction.source.id in content.documents
            assert (prediction.decides == ()) is (prediction.state in ("works", "fails"))


def test_there_are_enough_paths_and_not_too_many() -> None:
    assert 100 < len(every_path()) <= 300
    assert len({path.deployment.name for path in every_path()}) == 1
    assert len({path.answers for path in every_path()}) == len(every_path())


# What is reached: on the paths, in the scenarios, and in the few deployments beside them that no answer makes.


def scenarios() -> Iterator[tuple[Deployment, date]]:
    """The deployments of the scenarios, on their days."""
    for expectation in EXPECTATIONS:
        said = decode(expectation.deployment, suffix=".toml", file="a", say=knowledge().words.say)
        yield said, expectation.as_of


def beside(deployment: Deployment) -> Iterator[Deployment]:
    """What no answer by itself makes: a release of long ago, an edge renewed by ACME, nodes that differ."""
    first, *rest = deployment.nodes
    yield replace(deployment, nodes=(replace(first, release=Release(8, 10)), *rest))
    lets_encrypt = held("both", issuer="lets-encrypt", acme=True, not_after=TODAY - timedelta(days=1))
    yield replace(
        deployment, nodes=tuple(replace(n, server_certificate=lets_encrypt) for n in deployment.nodes)
    )
    ends = held("both", issuer="godaddy", not_after=TODAY + timedelta(days=10))
    yield replace(deployment, nodes=tuple(replace(n, server_certificate=ends) for n in deployment.nodes))


@cache
def reached() -> dict[str, set[str]]:
    """Ids of everything that a plan of any of them shows."""
    met: dict[str, set[str]] = {
        kind: set() for kind in ("question", "outcome", "option", "step", "notice", "connection")
    }
    met["deadline"] = set()
    for path, made in plans():
        met["question"].update(question for question, _ in path.answers)
        _look(made, met)
    full = [
        path for path, made in plans() if len(path.deployment.nodes) > 2 and made.assessment.outcome == "act"
    ]
    days = (TODAY, date(2026, 1, 31), knowledge().edition.review_by + timedelta(days=1))
    for path in full[:: max(1, len(full) // 8)]:
        for deployment in beside(path.deployment):
            for day in days:
                _look(planned(knowledge(), deployment, day), met)
    for deployment, day in scenarios():
        _look(planned(knowledge(), deployment, day), met)
    return met


def _look(made: Plan, met: dict[str, set[str]]) -> None:
    found = made.assessment
    met["outcome"].add(found.outcome)
    met["option"].update(o for o in OPTIONS for r in ROLES if o in (getattr(found.chosen, r) or ()))
    met["step"].update(step.rule for step in made.steps)
    met["notice"].update(notice.id for notice in found.notices)
    met["connection"].update(connection.id for connection in found.connections)
    met["deadline"].update(entry.id for entry in found.calendar)


@pytest.mark.parametrize(
    ("kind", "table"),
    [
        ("question", "questions"),
        ("outcome", "leaves"),
        ("option", "options"),
        ("step", "steps"),
        ("notice", "notices"),
        ("connection", "connections"),
        ("deadline", "deadlines"),
    ],
)
def test_each_entry_of_the_content_is_reached(kind: str, table: str) -> None:
    assert set(getattr(knowledge(), table)) - reached()[kind] == set()


def test_each_answer_to_each_question_is_taken_on_some_path() -> None:
    taken: dict[str, set[str]] = {}
    for path, _ in plans():
        for choice in path.choices:
            taken.setdefault(choice.asked.question, set()).add(choice.label)
    content = knowledge()
    for question in content.questions.values():
        if question.kind in ("choice", "eku") and question.id != "role":
            assert {*question.answers, UNKNOWN} <= taken[question.id], question.id
        elif question.kind == "issuer":
            assert {*content.issuers, UNKNOWN} <= taken[question.id]
        elif question.kind == "uses":
            said = " | ".join(taken[question.id])
            assert "none" in taken[question.id]
            assert all(use in said and f"{use}?" in said for use in USES)
        else:
            assert len(taken[question.id]) > 1, question.id


def test_each_verdict_is_met_for_each_option_on_some_path(knowledge: Knowledge) -> None:
    met = {
        (option, made.assessment.options[option].roles[role].verdict)
        for _, made in plans()
        for option in OPTIONS
        for role in ROLES
    }
    expected = {
        (option, rule.then) for option, rules in knowledge.options.items() for rule in rules.rules
    } - {("A", "closed")}  # as long as IdenTrust's alternative root stays open
    assert met == expected


def test_each_answer_of_the_faq_bears_on_something_that_is_reached(knowledge: Knowledge) -> None:
    met = reached()
    facts = {fact for path, made in plans() for fact in row(knowledge, path.answers, made).facts}
    assert knowledge.troubleshooting is not None
    also = {
        "fact": facts,
        "symptom": set(knowledge.troubleshooting.symptoms),
        "contradiction": set(knowledge.contradictions),
    }
    for entry in knowledge.faq.values():
        links = [link.partition(":") for link in entry.links]
        assert any(id in {**met, **also}[kind] for kind, _, id in links), entry.id
