"""facts.md section 8: where the documented tree ends, and what contradicts a "no mutual TLS"."""

from dataclasses import replace

import pytest

from tests.domain.build import assessed, deployed, held, node
from wizard.model.deployment import UNKNOWN, USES, Deployment, Node, Origin
from wizard.model.knowledge import Knowledge

PRIVATE = held("both", "private")
SELF = held("absent", "self-signed")
ALTERNATIVE = held("both", "public-alternative")

NODES: dict[str, tuple[Node, ...]] = {
    "none": (),
    "public": (node("expe1"), node("expc1", server=PRIVATE)),
    "alternative": (node("expe1", server=ALTERNATIVE), node("expc1", server=PRIVATE)),
    "private": (node("expe1", server=PRIVATE), node("expc1", server=SELF)),
    "half unsaid": (node("expe1", server=PRIVATE), node("expc1", server=None)),
    "half unknown": (node("expe1", server=PRIVATE), node("expc1", server=held("both", UNKNOWN))),
    "public client": (node("expe1", "X15.5", PRIVATE, "server"), node("expc1", server=PRIVATE)),
    "unsaid": (node("expe1", server=None), node("expc1", server=None)),
}  # fmt: skip
ALL_NO = "no use"


@pytest.mark.parametrize(
    ("nodes", "said", "uses", "expected"),
    [
        # Neither the certificates nor public_ca tell.
        ("none", None, "uc-traversal", "open"),
        ("none", UNKNOWN, "uc-traversal", "open"),
        ("none", None, ALL_NO, "open"),
        ("unsaid", None, "uc-traversal", "open"),
        ("half unsaid", None, "uc-traversal", "open"),
        ("half unknown", UNKNOWN, ALL_NO, "open"),
        # public_ca, where no certificate is known.
        ("none", "no", "uc-traversal", "not-affected"),
        ("none", "no", ALL_NO, "not-affected"),
        ("unsaid", "no", "uc-traversal", "not-affected"),
        ("half unsaid", "no", "uc-traversal", "not-affected"),
        ("none", "yes", ALL_NO, "monitor"),
        ("none", "yes", "uc-traversal", "act"),
        ("unsaid", "yes", "b2b-sip", "act"),
        # Certificates overrule it; one public certificate is enough, and an alternative root is public.
        ("private", None, "uc-traversal", "not-affected"),
        ("private", "yes", "uc-traversal", "not-affected"),
        ("public", None, "uc-traversal", "act"),
        ("public", "no", "uc-traversal", "act"),
        ("public", "no", ALL_NO, "monitor"),
        ("alternative", None, "uc-traversal", "act"),
        ("alternative", None, ALL_NO, "monitor"),
        ("public client", None, "uc-traversal", "act"),
    ],
)
def test_the_outcome(knowledge: Knowledge, nodes: str, said: str | None, uses: str, expected: str) -> None:
    made = deployed(*NODES[nodes], uses="" if uses == ALL_NO else uses, public_ca=said)
    assert assessed(knowledge, made).outcome == expected


@pytest.mark.parametrize("use", USES)
def test_any_one_of_the_six_uses_calls_for_action(knowledge: Knowledge, use: str) -> None:
    assert assessed(knowledge, deployed(uses=use, public_ca="yes")).outcome == "act"


@pytest.mark.parametrize("public", ["public", "unsaid"])
def test_a_use_is_enough_though_the_others_are_not_known(knowledge: Knowledge, public: str) -> None:
    uses = {**dict.fromkeys(USES, UNKNOWN), "b2b-sip": "yes"}
    made = Deployment(nodes=NODES[public], uses=uses, public_ca="yes")  # type: ignore[arg-type]
    assert assessed(knowledge, made).outcome == "act"
    assert assessed(knowledge, replace(made, uses={"b2b-sip": "yes"})).outcome == "act"


def test_uses_that_nobody_could_tell_leave_the_outcome_open_and_say_so(knowledge: Knowledge) -> None:
    for uses in ({}, dict.fromkeys(USES, UNKNOWN), {**dict.fromkeys(USES, "no"), "b2b-sip": UNKNOWN}):
        found = assessed(knowledge, Deployment(nodes=NODES["public"], uses=uses))  # type: ignore[arg-type]
        assert found.outcome == "open"
        assert found.unknowns[0].id == "uses"


@pytest.mark.parametrize(
    ("said", "nodes", "reported"),
    [
        ("yes", "private", True),
        ("no", "public", True),
        ("yes", "public", False),
        ("no", "private", False),
        (UNKNOWN, "public", False),
        (None, "private", False),
        ("yes", "none", False),
    ],
)
def test_certificates_that_contradict_public_ca_are_reported(
    knowledge: Knowledge, said: str | None, nodes: str, reported: bool
) -> None:
    found = assessed(knowledge, deployed(*NODES[nodes], public_ca=said))
    told = [d for d in found.discrepancies if d.id == "public_ca"]
    assert bool(told) is reported
    assert all(d.used == {"private": "no", "public": "yes"}[nodes] == d.found for d in told)


CLUSTER = {
    "X14.3.7": (node("expe1"), node("expe2")),
    "X14.3.7 and X15.4": (node("expe1", "X15.4"), node("expe2")),
    "X15.4": (node("expe1", "X15.4"), node("expe2", "X15.4")),
    "not known": (node("expe1", None), node("expe2", None)),
    "one node": (node("expe1"),),
    "one of each role": (node("expe1"), node("expc1")),
}


@pytest.mark.parametrize(
    ("nodes", "mode", "contradicted"),
    [
        ("X14.3.7", "enforce", True),
        ("X14.3.7 and X15.4", "enforce", True),
        ("X14.3.7", "permissive", False),
        ("X14.3.7", UNKNOWN, False),
        ("X14.3.7", None, False),
        ("X15.4", "enforce", False),
        ("not known", "enforce", False),
        ("one node", "enforce", False),
        ("one of each role", "enforce", False),
    ],
)
def test_a_cluster_below_x154_that_enforces_contradicts_no_mutual_tls(
    knowledge: Knowledge, nodes: str, mode: str | None, contradicted: bool
) -> None:
    found = assessed(knowledge, deployed(*CLUSTER[nodes], uses="", cluster_tls_verify=mode))
    assert found.outcome == ("act" if contradicted else "monitor")
    assert ("no-mtls" in {d.id for d in found.discrepancies}) is contradicted
    assert ("contradiction-no-mtls" in {n.id for n in found.notices}) is contradicted


def test_a_cluster_that_enforces_by_one_nodes_own_setting_counts(knowledge: Knowledge) -> None:
    nodes = node("expe1", cluster_tls_verify="enforce"), node("expe2")
    assert assessed(knowledge, deployed(*nodes, uses="", cluster_tls_verify="permissive")).outcome == "act"


def test_a_cluster_that_enforces_does_not_make_private_certificates_public(knowledge: Knowledge) -> None:
    nodes = node("expe1", server=PRIVATE), node("expe2", server=PRIVATE)
    found = assessed(knowledge, deployed(*nodes, uses="", cluster_tls_verify="enforce"))
    assert found.outcome == "not-affected"


@pytest.mark.parametrize("use", ["uc-traversal", "traversal-mtls", "neighbor-mtls", "mra-onboarding"])
def test_what_a_dump_shows_contradicts_no_mutual_tls(knowledge: Knowledge, use: str) -> None:
    """MRA on, a UC traversal zone, a verifying zone: evidence is followed, the answer kept beside it."""
    made = deployed(*NODES["public"], uses=use)
    origin = Origin("dump", "xconf_dump_expe1.txt:12", other="no", other_kind="answered")
    found = assessed(knowledge, replace(made, origins={f"uses/{use}": origin}))
    assert found.outcome == "act"
    told = next(d for d in found.discrepancies if d.id == f"uses/{use}")
    assert (told.stated, told.found, told.used) == ("no", "yes", "yes")
    assert "contradiction-no-mtls" in {notice.id for notice in found.notices}


def test_a_use_beside_others_that_were_answered_is_no_contradiction(knowledge: Knowledge) -> None:
    found = assessed(knowledge, deployed(*NODES["public"], uses="b2b-sip"))
    assert "contradiction-no-mtls" not in {notice.id for notice in found.notices}


@pytest.mark.parametrize("outcome", ["open", "not-affected", "monitor", "act"])
def test_a_cluster_hears_of_the_vulnerability_whatever_the_outcome(
    knowledge: Knowledge, outcome: str
) -> None:
    server = {"not-affected": PRIVATE, "open": None}.get(outcome, held())
    uses = "uc-traversal" if outcome == "act" else ""
    for release in ("X14.3.7", "X15.4", "X15.5", "X15.5.20", None):
        nodes = node("expe1", release, server), node("expe2", release, server)
        found = assessed(knowledge, deployed(*nodes, uses=uses))
        assert found.outcome == outcome
        assert "cve-2026-76466" in {notice.id for notice in found.notices}
    alone = assessed(
        knowledge, deployed(node("expe1", server=server), node("expc1", server=server), uses=uses)
    )
    assert "cve-2026-76466" not in {notice.id for notice in alone.notices}


@pytest.mark.parametrize(
    ("core", "edge", "expected"),
    [
        ("X14.3.7", "X14.3.7", False),
        ("X14.3.7", "X15.4", True),
        ("X15.5", "X15.5.20", True),
        ("X14.3.7", None, False),
        ("X15.4", "X15.4.0", False),
    ],
)
def test_core_and_edge_on_different_releases_are_told_to_run_the_same(
    knowledge: Knowledge, core: str, edge: str | None, expected: bool
) -> None:
    found = assessed(knowledge, deployed(node("expc1", core), node("expe1", edge)))
    assert ("same-release" in {notice.id for notice in found.notices}) is expected
