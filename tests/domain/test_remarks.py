"""What is still unknown and matters, whom to ask, and what disagrees."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.domain.build import assessed, deployed, held, node, planned
from tests.faces.plans import record
from wizard.domain.answers import put
from wizard.domain.remarks import discrepancies
from wizard.model.deployment import NEVER, UNKNOWN, Deployment, Node, Origin, Settings
from wizard.model.knowledge import Knowledge
from wizard.model.problems import Remark
from wizard.model.release import Release

PRIVATE = held("both", "private")
DIGICERT = held("both", issuer="digicert")
SETTLED: dict[str, Any] = {"upgrade_by": date(2027, 1, 10), "cucm_eku_validation": "on"}


def open_points(knowledge: Knowledge, deployment: Deployment) -> set[str]:
    return {point.id for point in assessed(knowledge, deployment).unknowns}


def mra(
    core: Any = DIGICERT, edge: Any = DIGICERT, release: str | None = "X14.3.7", **more: Any
) -> Deployment:
    nodes = node("expc1", release, core), node("expe1", release, edge)
    return deployed(*nodes, **{**SETTLED, **more})


@pytest.mark.parametrize(
    ("deployment", "expected"),
    [
        (mra(), set()),
        (mra(release=None), {"release"}),
        (mra(core=held("unknown", issuer="digicert")), {"certificate"}),
        (mra(edge=held("unsaid", issuer="digicert")), {"certificate"}),
        (mra(cucm_eku_validation=None), {"cucm_eku_validation"}),
        (mra(upgrade_by=None), {"upgrade_by"}),
        (mra(upgrade_by=UNKNOWN), {"upgrade_by"}),
        (mra(upgrade_by=NEVER), set()),
        (mra(core=held()), {"issuer"}),
        (mra(core=held(issuer="entrust")), {"ca_last_day"}),
        (mra(core=held(issuer="identrust"), edge=held(issuer="globalsign")), {"ca_last_day"}),
        (mra(core=PRIVATE, edge=held("server", issuer="digicert"), release="X15.5"), set()),
        (
            mra(core=held("server", issuer="digicert"), release="X15.5", eku_checking=UNKNOWN),
            {"eku_checking"},
        ),
    ],
)
def test_what_is_not_known_and_decides_something_is_listed(
    knowledge: Knowledge, deployment: Deployment, expected: set[str]
) -> None:
    assert open_points(knowledge, deployment) == expected


def test_what_decides_nothing_bothers_nobody(knowledge: Knowledge) -> None:
    """Private certificates with clientAuth: far ends, Unified CM and EKU checking do not matter."""
    nodes = node("expc1", None, PRIVATE), node("expe1", None, PRIVATE), node("expe2", server=DIGICERT)
    made = deployed(*nodes, upgrade_by=date(2027, 1, 1), cluster_tls_verify="permissive")
    asked = open_points(knowledge, made)
    assert asked.isdisjoint({"cucm_eku_validation", "peers_ignore_eku", "eku_checking", "issuer"})


def test_a_cluster_leaves_what_nobody_has_published(knowledge: Knowledge) -> None:
    nodes = node("expe1", server=DIGICERT), node("expe2", server=DIGICERT), node("expc1", server=PRIVATE)
    found = open_points(knowledge, deployed(*nodes, cluster_tls_verify="enforce", **SETTLED))
    assert {"cve_releases", "cluster_store"} <= found
    assert "cluster_tls_verify" not in found
    assert "cluster_tls_verify" in open_points(knowledge, deployed(*nodes, **SETTLED))


@pytest.mark.parametrize(
    ("use", "expected"),
    [
        ("b2b-sip", {"peer_certificate", "peers_ignore_eku"}),
        ("imp-federation", {"peer_certificate", "peers_ignore_eku"}),
        ("mra-onboarding", {"cloud_acceptance"}),
    ],
)
def test_a_fact_of_the_far_end_is_asked_for(knowledge: Knowledge, use: str, expected: set[str]) -> None:
    made = deployed(node("expe1", server=DIGICERT), uses=use, upgrade_by=date(2027, 1, 10))
    assert open_points(knowledge, made) == expected


def test_each_open_point_says_whom_to_ask_and_what_it_decides(knowledge: Knowledge) -> None:
    made = deployed(node("expe1", None), node("expe2", None), uses="b2b-sip neighbor-mtls mra-onboarding")
    found = assessed(knowledge, made).unknowns
    assert len({point.id for point in found}) == len(found) > 4
    assert all(point.what and point.ask and point.matters_for for point in found)


@pytest.mark.parametrize(
    ("public", "expected"), [(None, "public_ca"), (UNKNOWN, "public_ca"), ("yes", "uses")]
)
def test_an_open_outcome_names_first_what_would_close_it(
    knowledge: Knowledge, public: str | None, expected: str
) -> None:
    made = planned(knowledge, Deployment(public_ca=public))  # type: ignore[arg-type]
    first = made.assessment.unknowns[0]
    assert (made.assessment.outcome, first.id) == ("open", expected)
    assert first.what in " ".join(made.summary)


def test_an_answer_that_overrules_evidence_is_followed_and_reported(knowledge: Knowledge) -> None:
    made = mra().with_origin("node/expe1/release", Origin("dump", "xstat.txt:3"))
    changed = put(made, "node/expe1/release", "X15.4")
    told = [d for d in assessed(knowledge, changed).discrepancies if d.id == "node/expe1/release"]
    assert [(d.stated, d.found, d.used) for d in told] == [("X15.4", "X14.3.7", "X15.4")]
    expe1 = changed.node("expe1")
    assert expe1 is not None
    assert expe1.release == Release(15, 4)


def test_evidence_that_overrules_what_was_stated_is_reported(knowledge: Knowledge) -> None:
    origin = Origin("certificate", "expe1.pem", "ab" * 32, other="private", other_kind="answered")
    made = mra().with_origin("node/expe1/server_certificate/ca", origin)
    told = assessed(knowledge, made).discrepancies
    assert [(d.stated, d.found, d.used) for d in told] == [("private", "public", "public")]


@pytest.mark.parametrize(
    ("releases", "primaries", "expected"),
    [
        (("X14.3.7", "X14.3.7"), (True, False), set()),
        (("X14.3.7", "X15.4"), (True, False), {"node/expe1/release"}),
        (("X14.3.7", None), (True, False), set()),
        (("X14.3.7", "X14.3.7"), (True, True), {"node/expe2/primary"}),
        (("X14.3.7", "X14.3.7"), (False, False), set()),
    ],
)
def test_a_cluster_that_disagrees_with_itself_is_reported(
    knowledge: Knowledge,
    releases: tuple[str | None, str | None],
    primaries: tuple[bool, bool],
    expected: set[str],
) -> None:
    nodes = [
        node(f"expe{i}", release, primary=primary)
        for i, (release, primary) in enumerate(zip(releases, primaries, strict=True), 1)
    ]
    assert {d.id for d in assessed(knowledge, deployed(*nodes)).discrepancies} == expected


WEAKEST = [
    (("X14.3.7", "both"), ("X14.3.7", "both"), ""),
    (("X14.3.7", "both"), ("X14.3.7", "server"), "expe2"),
    (("X15.4", "both"), ("X14.3.7", "both"), "expe2"),
    (("X14.3.7", "expired"), ("X14.3.7", "server"), "expe1"),
    (("X14.3.7", "unknown"), ("X14.3.7", "both"), "expe1"),
]


@pytest.mark.parametrize(("first", "second", "weakest"), WEAKEST)
def test_the_weakest_node_of_a_cluster_is_named(
    knowledge: Knowledge, first: tuple[str, str], second: tuple[str, str], weakest: str
) -> None:
    nodes = node("expe1", *first), node("expe2", *second)
    found = {n.id: n.text for n in assessed(knowledge, deployed(*nodes)).notices}
    assert ("weakest-node" in found) is bool(weakest)
    if weakest:
        other = {"expe1": "expe2", "expe2": "expe1"}[weakest]
        assert weakest in found["weakest-node"]
        assert other not in found["weakest-node"]


@pytest.mark.parametrize(
    ("release", "acme", "copies", "choice_d", "told"),
    [
        ("X15.5", True, None, False, True),
        ("X15.5", True, True, False, True),
        ("X15.5", True, False, False, False),
        ("X15.5", False, None, False, False),
        ("X14.3.7", True, None, True, True),
        ("X14.3.7", True, None, False, False),
    ],
)
def test_acme_that_copies_over_the_client_certificate_is_told(
    knowledge: Knowledge, release: str, acme: bool, copies: bool | None, choice_d: bool, told: bool
) -> None:
    edge = held("server", issuer="lets-encrypt", acme=acme, acme_copies_to_client=copies)
    made = mra(PRIVATE, edge, release)
    made = replace(made, choice=replace(made.choice, core=("D",) if choice_d else (), edge=()))
    if choice_d:
        made = replace(made, choice=replace(made.choice, edge=("D",)))
    found = {notice.id for notice in assessed(knowledge, made).notices}
    assert ("acme-copies-to-client" in found) is told


def test_an_edge_on_x155_is_told_of_acme_though_its_core_is_older(knowledge: Knowledge) -> None:
    edge = held("server", issuer="lets-encrypt", acme=True)
    nodes = node("expc1", "X14.3.7", DIGICERT), node("expe1", "X15.5", edge)
    found = {n.id: n.text for n in assessed(knowledge, deployed(*nodes, upgrade_by=NEVER)).notices}
    assert "acme-copies-to-client" in found
    assert "same-release" in found


def test_settings_that_are_off_are_told_for_the_nodes_they_hold_for(knowledge: Knowledge) -> None:
    own = replace(node("expe1", "X15.5", DIGICERT), settings=Settings(eku_checking="off"))
    found = {n.id for n in assessed(knowledge, deployed(own, node("expc1", "X15.5"))).notices}
    assert "eku-checking-off" in found


def _read_as(name: str, *sans: str, notes: tuple[Remark, ...] = ()) -> Deployment:
    """A node of that name that holds a certificate with these names, read from a file."""
    certificate = replace(PRIVATE, record=record(sans=sans, common_name=None, notes=notes))
    return deployed(Node(name, "edge", release=Release(14, 3, 7), server_certificate=certificate))


@pytest.mark.parametrize(
    ("name", "sans", "told"),
    [
        ("expe1.example.com", ("expe1.example.com",), False),
        ("expe1.example.com", ("hq.example.com", "EXPE1.example.com."), False),
        ("expe1.example.com", ("*.example.com",), False),
        ("expe1.example.com", ("hq.example.com",), True),
        ("expe1.example.com", ("*.hq.example.com",), True),
        ("expe1.example.com", (), True),
        ("expe1", ("hq.example.com",), False),
        ("192.0.2.21", ("expe1.example.com",), False),
        ("2001:db8::1", ("expe1.example.com",), False),
        ("Edge. in Zurich", ("expe1.example.com",), False),
    ],
)
def test_a_certificate_that_does_not_name_its_node_is_reported(
    knowledge: Knowledge, name: str, sans: tuple[str, ...], told: bool
) -> None:
    found = discrepancies(knowledge, _read_as(name, *sans))
    assert [d.id for d in found] == ([f"node/{name}/server_certificate"] if told else [])
    assert all(d.stated == name and (sans[0] if sans else "none") in d.found for d in found)


def test_a_certificate_of_which_names_were_left_out_is_not_said_to_miss_one(knowledge: Knowledge) -> None:
    made = _read_as("expe1.example.com", "hq.example.com", notes=(Remark("sans-incomplete"),))
    assert discrepancies(knowledge, made) == ()
