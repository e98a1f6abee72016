"""What an answer does to a deployment: one place each, and nothing that is no answer to the question."""

from datetime import date
from typing import Any

import pytest

from tests.domain.build import deployed, held, node
from wizard.domain.answers import AnswerError, answer, put
from wizard.domain.remarks import current
from wizard.model.deployment import NEVER, UNKNOWN, USES, Deployment, Node, Origin
from wizard.model.knowledge import Knowledge
from wizard.model.plan import Asked
from wizard.model.release import Release

BARE = Deployment(nodes=(Node("expe1"),))


def give(knowledge: Knowledge, question: str, key: str, value: Any, made: Deployment = BARE) -> Deployment:
    return answer(knowledge, made, Asked(question, "", key), value)


NODE = "node/expe1"
CERTIFICATE = f"{NODE}/server_certificate"


@pytest.mark.parametrize(
    ("question", "key", "value", "shown"),
    [
        ("public_ca", "public_ca", "yes", "yes"),
        ("public_ca", "public_ca", " no ", "no"),
        ("public_ca", "public_ca", UNKNOWN, UNKNOWN),
        ("upgrade_by", "upgrade_by", "2027-02-01", "2027-02-01"),
        ("upgrade_by", "upgrade_by", NEVER, NEVER),
        ("upgrade_by", "upgrade_by", UNKNOWN, UNKNOWN),
        ("role", f"{NODE}/role", "edge", "edge"),
        ("role", f"{NODE}/role", UNKNOWN, UNKNOWN),
        ("release", f"{NODE}/release", "x14.3.7", "X14.3.7"),
        ("release", f"{NODE}/release", "15.5", "X15.5"),
        ("release", f"{NODE}/release", UNKNOWN, UNKNOWN),
        ("certificate_ca", f"{CERTIFICATE}/ca", "self-signed", "self-signed"),
        ("certificate_ca", f"{CERTIFICATE}/ca", UNKNOWN, UNKNOWN),
        ("certificate_issuer", f"{CERTIFICATE}/issuer", "sectigo", "sectigo"),
        ("certificate_issuer", f"{CERTIFICATE}/issuer", UNKNOWN, UNKNOWN),
        ("certificate_eku", f"{CERTIFICATE}/eku", "both", "serverAuth, clientAuth"),
        ("certificate_eku", f"{CERTIFICATE}/eku", "server", "serverAuth"),
        ("certificate_eku", f"{CERTIFICATE}/eku", "none", "[]"),
        ("certificate_eku", f"{CERTIFICATE}/eku", UNKNOWN, UNKNOWN),
        ("certificate_expiry", f"{CERTIFICATE}/not_after", "2027-01-20", "2027-01-20"),
        ("certificate_expiry", f"{CERTIFICATE}/not_after", UNKNOWN, UNKNOWN),
        ("acme", f"{CERTIFICATE}/acme", "yes", "yes"),
        ("acme_copy", f"{CERTIFICATE}/acme_copies_to_client", "no", "no"),
        ("acme_copy", f"{CERTIFICATE}/acme_copies_to_client", UNKNOWN, UNKNOWN),
        ("cluster_tls_verify", "settings/cluster_tls_verify", "enforce", "enforce"),
        ("eku_checking", "settings/eku_checking", "off", "off"),
        ("peers_ignore_eku", "settings/peers_ignore_eku", UNKNOWN, UNKNOWN),
    ],
)
def test_an_answer_is_held_where_the_file_has_it(
    knowledge: Knowledge, question: str, key: str, value: str, shown: str
) -> None:
    made = give(knowledge, question, key, value)
    assert current(made, key) == shown
    assert made.origins[key].kind == "answered"
    assert give(knowledge, question, key, value, made) == made


@pytest.mark.parametrize(
    ("question", "key", "value"),
    [
        ("public_ca", "public_ca", "maybe"),
        ("public_ca", "public_ca", ""),
        ("role", f"{NODE}/role", "middle"),
        ("release", f"{NODE}/release", "fourteen"),
        ("release", "node/expe9/release", "X14.3"),
        ("certificate_ca", f"{CERTIFICATE}/ca", "mine"),
        ("certificate_issuer", f"{CERTIFICATE}/issuer", "nobody"),
        ("certificate_eku", f"{CERTIFICATE}/eku", "serverAuth"),
        ("certificate_expiry", f"{CERTIFICATE}/not_after", "20.1.2027"),
        ("certificate_expiry", f"{CERTIFICATE}/not_after", "2027-02-30"),
        ("upgrade_by", "upgrade_by", "soon"),
        ("eku_checking", "settings/eku_checking", "yes"),
        ("uses", "uses", "b2b-sip"),
        ("uses", "uses", {"b2b": "yes"}),
        ("uses", "uses", {"b2b-sip": "perhaps"}),
        ("public_ca", "public_ca", {"b2b-sip": "yes"}),
    ],
)
def test_what_is_no_answer_is_refused_and_changes_nothing(
    knowledge: Knowledge, question: str, key: str, value: Any
) -> None:
    with pytest.raises(AnswerError) as refused:
        give(knowledge, question, key, value)
    assert knowledge.words.has(f"refused.{refused.value.code}")


@pytest.mark.parametrize(
    "key", ["settings/nothing", "node/expe1/server_certificate/subject", "customer", "node/x"]
)
def test_no_other_place_can_be_written(key: str) -> None:
    with pytest.raises(AnswerError):
        put(BARE, key, "on")


def test_uses_are_answered_together_or_one_by_one(knowledge: Knowledge) -> None:
    said = {use: "yes" if use == "b2b-sip" else "no" for use in USES}
    made = give(knowledge, "uses", "uses", said)
    assert made.uses == said
    again = give(knowledge, "uses", "uses/b2b-sip", UNKNOWN, made)
    assert again.uses == {**said, "b2b-sip": UNKNOWN}
    assert again.origins["uses/b2b-sip"].kind == "answered"


def test_going_on_without_nodes_is_an_answer(knowledge: Knowledge) -> None:
    made = give(knowledge, "nodes", "nodes", "none", Deployment())
    assert made.nodes == ()
    assert made.origins["nodes"].kind == "answered"


@pytest.mark.parametrize("kind", ["certificate", "dump"])
def test_what_evidence_said_is_kept_beside_an_answer_that_overrules_it(
    knowledge: Knowledge, kind: Any
) -> None:
    made = deployed(node("expe1")).with_origin("node/expe1/release", Origin(kind, "file:3", "cd" * 32))
    changed = give(knowledge, "release", "node/expe1/release", "X15.4", made)
    kept = changed.origins["node/expe1/release"]
    assert (kept.kind, kept.other, kept.other_kind, kept.detail) == ("answered", "X14.3.7", kind, "file:3")
    twice = give(knowledge, "release", "node/expe1/release", "X15.5", changed)
    assert twice.origins["node/expe1/release"].other == "X14.3.7"


def test_the_origin_of_a_certificate_holds_for_each_of_its_fields(knowledge: Knowledge) -> None:
    made = deployed(node("expe1")).with_origin(
        "node/expe1/server_certificate", Origin("certificate", "e.pem")
    )
    changed = give(knowledge, "certificate_expiry", f"{CERTIFICATE}/not_after", "2027-01-01", made)
    assert changed.origins[f"{CERTIFICATE}/not_after"].other_kind == "certificate"


def test_an_answer_about_one_node_leaves_the_others_alone(knowledge: Knowledge) -> None:
    made = deployed(node("expe1"), node("expe10"), node("expc1", server=held("server")))
    changed = give(knowledge, "release", "node/expe1/release", "X15.5", made)
    assert [n.release for n in changed.nodes] == [Release(15, 5), Release(14, 3, 7), Release(14, 3, 7)]
    assert changed.nodes[2] == made.nodes[2]


def test_dates_are_days(knowledge: Knowledge) -> None:
    made = give(knowledge, "certificate_expiry", f"{CERTIFICATE}/not_after", "2027-01-20")
    held_by = made.nodes[0].server_certificate
    assert held_by is not None
    assert held_by.not_after == date(2027, 1, 20)
