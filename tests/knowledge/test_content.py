"""The content itself: what the sources hold is there, and nothing is broken."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from wizard.knowledge import check, faq_answer
from wizard.model.knowledge import Knowledge


def test_the_content_of_this_checkout_has_no_problem(content: Path) -> None:
    assert [problem.line() for problem in check(content)] == []


@pytest.mark.parametrize(
    ("id", "on", "was"),
    [
        ("x154", date(2026, 2, 1), None),
        ("le-classic", date(2026, 2, 11), None),
        ("validity-200", date(2026, 3, 15), None),
        ("x155", date(2026, 4, 15), date(2026, 5, 1)),
        ("ca-end", date(2026, 5, 1), None),
        ("le-tlsclient", date(2026, 7, 8), None),
        ("cve-2026-76466", date(2026, 10, 21), None),
        ("le-lifetime", date(2027, 2, 10), None),
        ("chrome-leaf", date(2027, 3, 15), date(2026, 6, 15)),
        ("validity-100", date(2027, 3, 15), None),
        ("validity-47", date(2029, 3, 15), None),
    ],
)
def test_a_deadline_has_its_date_and_the_one_it_replaced(
    knowledge: Knowledge, id: str, on: date, was: date | None
) -> None:
    deadline = knowledge.deadlines[id]
    assert (deadline.date, deadline.was.date if deadline.was else None) == (on, was)


def test_an_overtaken_fact_says_who_replaced_it_and_when(knowledge: Knowledge) -> None:
    overtaken = [fact for fact in knowledge.facts.values() if fact.overtaken]
    assert len(overtaken) >= 15
    for fact in overtaken:
        assert fact.overtaken and fact.overtaken.by in knowledge.facts and fact.overtaken.dated, fact.id


@pytest.mark.parametrize(
    "says",
    [
        "traversal-one-way", "third-party-on-x154", "neighbor-verify-off", "eku-checking-off",
        "chrome-june-2026", "enforce-on-x154", "cluster-both", "private-separate", "tree-option-c",
        "cucm-su3a",
    ],
)  # fmt: skip
def test_each_contradiction_of_the_sources_is_kept(knowledge: Knowledge, says: str) -> None:
    assert knowledge.contradictions[says].bears_on
    assert knowledge.words.say(f"contradiction.{says}.followed")


def test_what_is_not_known_is_kept_as_not_known(knowledge: Knowledge) -> None:
    """The eight things that no source says, by who can tell."""
    unknown = [id for id in knowledge.facts if id.startswith("unknown-")]
    assert len(unknown) == 8
    for id in unknown:
        assert knowledge.facts[id].confidence == "unknown"
        assert (
            "Ask" in knowledge.words.say(f"fact.{id}")
            or "Look" in knowledge.words.say(f"fact.{id}")
            or "Read" in knowledge.words.say(f"fact.{id}")
        )


def test_each_connection_question_option_and_outcome_has_a_fact(knowledge: Knowledge) -> None:
    borne = {link for fact in knowledge.facts.values() for link in fact.bears_on}
    wanted = {f"connection:{id}" for id in knowledge.connections} | {
        f"option:{id}" for id in knowledge.options
    }
    wanted |= {f"question:{id}" for id in ("public_ca", "uses", "role", "release", "eku_checking", "acme")}
    wanted |= {"outcome:act", "outcome:monitor", "outcome:not-affected"}
    wanted |= {"page:policy", "page:eku", "page:conclusion", "page:releases"}
    assert wanted <= borne


def test_all_answers_of_the_faq_are_there(content: Path, knowledge: Knowledge) -> None:
    assert len(knowledge.faq) == 27
    for id, faq in knowledge.faq.items():
        answer = faq_answer(content, "en", id)
        assert answer.strip() and faq.links, id
        assert ("## Published since" in answer) is (faq.changed is not None), id


def test_the_groups_of_the_faq_follow_the_document(knowledge: Knowledge) -> None:
    sizes: dict[str, int] = {}
    for faq in knowledge.faq.values():
        sizes[faq.group] = sizes.get(faq.group, 0) + 1
    assert sizes == {
        "general": 8, "lets-encrypt": 2, "upgrade": 8, "mra": 4, "certificates": 2, "timeline": 3,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("id", "remedies"),
    [
        ("cluster-replication", ("Permissive", "alternative root", "X15.4")),
        ("upload-refused", ("SCP", "Upgrade")),
        ("mra-registration-fails", ("both EKUs", "alternative root", "Expressway-C")),
        ("ca-server-only", ("Ask your CA", "Change the CA", "Private PKI", "X15.4", "X15.5")),
        ("smart-licensing", ("tools.cisco.com", "443", "proxy", "trust store")),
        ("what-now", ("Audit", "Renew early", "ACME", "CA")),
    ],
)
def test_an_answer_offers_every_way_that_the_document_offers(
    content: Path, id: str, remedies: tuple[str, ...]
) -> None:
    answer = faq_answer(content, "en", id).partition("## Published since")[0]
    assert [remedy for remedy in remedies if remedy not in answer] == []


def _under(knowledge: Knowledge) -> Mapping[str, list[str]]:
    tree: dict[str, list[str]] = {}
    for branch in knowledge.branches:
        tree.setdefault(branch.under, []).append(branch.id)
    return tree


def test_the_documented_tree_is_whole_and_in_its_order(knowledge: Knowledge) -> None:
    tree = _under(knowledge)
    assert tree[""] == ["start"]
    assert tree["start"] == ["no-public", "public"]
    assert tree["mtls"] == ["no-mtls", "mtls-client-auth"]
    assert tree["choose"] == ["option-a", "option-b", "option-c", "option-d"]
    assert [len(tree[option]) for option in tree["choose"]] == [3, 3, 5, 2]


def test_each_outcome_and_option_stands_in_the_tree(knowledge: Knowledge) -> None:
    led = {branch.leads_to for branch in knowledge.branches}
    assert {"outcome:not-affected", "outcome:monitor", "outcome:act"} <= led
    assert {f"option:{id}" for id in knowledge.options} <= led


def test_addresses_are_those_that_the_document_gives(knowledge: Knowledge) -> None:
    hosts = {d.address.split("/")[2] for d in knowledge.documents.values() if d.address}
    assert hosts == {"www.cisco.com", "tools.cisco.com", "g.co", "letsencrypt.org"}


def test_the_sheet_says_what_is_never_sent(knowledge: Knowledge) -> None:
    never = {item.id for item in knowledge.collect if item.each == "never"}
    assert {"private-keys", "passwords"} <= never
    assert {item.each for item in knowledge.collect} == {"once", "node", "never"}


def test_each_thing_that_may_not_be_known_says_whom_to_ask(knowledge: Knowledge) -> None:
    asked = {rule.ask for c in knowledge.connections.values() for rule in c.rules if rule.ask}
    assert asked <= set(knowledge.unknowns)
    assert {"release", "certificate", "issuer", "public_ca", "uses", "upgrade_by"} <= set(knowledge.unknowns)
