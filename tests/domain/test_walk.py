"""The walk through the documented tree: replayed from the start; an answer can change, later ones stay."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.conftest import TODAY
from tests.domain.build import deployed, held, node
from wizard.domain.answers import answer
from wizard.domain.horizon import settled
from wizard.domain.walk import walk
from wizard.model.certificate import Ca, CaVerdict, CertificateRecord, Eku, EkuState
from wizard.model.deployment import NEVER, UNKNOWN, USES, Deployment, Node, Origin
from wizard.model.knowledge import Knowledge

PRIVATE = held("both", "private")
SKIPPED = {"nodes": Origin("answered")}
RECORD = CertificateRecord(
    "expe1.pem", 0, "ab" * 32, "CN=expe1", "CN=R11", "expe1", (), "01", None, None, "RSA 2048", False,
    Eku(EkuState.PRESENT), Ca(CaVerdict.PUBLIC),
)  # fmt: skip


def asked(knowledge: Knowledge, deployment: Deployment) -> list[str]:
    """Every question that is still open, in order, with the node it is about."""
    state = walk(knowledge, deployment)
    left = (*((state.next,) if state.next else ()), *state.ahead)
    return [f"{one.question} {one.about}".strip() for one in left]


def quick(public: str | None = None, uses: str | None = None, **more: Any) -> Deployment:
    """The quick way: no node entered."""
    made = deployed(uses=uses or "", public_ca=public, origins=SKIPPED, **more)
    return made if uses is not None else replace(made, uses={})


QUICK_END = ["peers_ignore_eku", "peers_trust_private_ca"]


@pytest.mark.parametrize(
    ("deployment", "expected"),
    [
        (Deployment(), ["nodes", "public_ca", "uses", "upgrade_by"]),
        (quick(), ["public_ca", "uses", "upgrade_by"]),
        (quick("no"), []),
        (quick("yes"), ["uses", "upgrade_by"]),
        (quick(UNKNOWN), ["uses", "upgrade_by"]),
        (quick("yes", ""), []),
        (quick("yes", "uc-traversal"), ["cucm_eku_validation", "upgrade_by"]),
        (quick("yes", "traversal-mtls"), ["upgrade_by"]),
        (quick("yes", "mra-onboarding"), ["upgrade_by"]),
        (quick("yes", "b2b-sip"), [*QUICK_END, "upgrade_by"]),
        (quick("yes", "imp-federation"), [*QUICK_END, "upgrade_by"]),
        (quick("yes", "neighbor-mtls"), ["neighbor_tls_verify", *QUICK_END, "upgrade_by"]),
        (quick("yes", "uc-traversal", upgrade_by=NEVER), ["cucm_eku_validation"]),
        (quick("yes", "uc-traversal", upgrade_by=UNKNOWN, cucm_eku_validation=UNKNOWN), []),
    ],
)
def test_the_quick_way_asks_what_leads_to_the_outcome_and_the_options(
    knowledge: Knowledge, deployment: Deployment, expected: list[str]
) -> None:
    assert asked(knowledge, deployment) == expected


def known(name: str, release: str | None = "X14.3.7", **more: Any) -> Node:
    """A node of whose certificate everything is told but what a test is about."""
    certificate = {"kind": "both", "issuer": "digicert", "not_after": date(2027, 1, 1), **more}
    return node(name, release, held(**certificate))


SETTLED: dict[str, Any] = {"cucm_eku_validation": "on", "upgrade_by": NEVER}
DONE = {"kind": "server", "issuer": "lets-encrypt", "acme": True}


@pytest.mark.parametrize(
    ("nodes", "settings", "expected"),
    [
        ([known("expe1"), known("expc1")], {}, []),
        ([Node("a"), Node("b")], {}, ["role a", "role b", "release a", "release b"]),
        ([known("expe1", None)], {}, ["release expe1"]),
        ([known("expe1", UNKNOWN)], {}, []),
        ([known("expe1", kind="unsaid")], {}, ["certificate_eku expe1"]),
        ([known("expe1", kind="unknown")], {}, []),
        ([known("expe1", issuer=None)], {}, ["certificate_issuer expe1"]),
        ([known("expe1", not_after=None)], {}, ["certificate_expiry expe1"]),
        ([known("expe1", issuer="lets-encrypt")], {}, ["acme expe1"]),
        ([known("expc1", issuer="lets-encrypt")], {}, []),
        ([known("expe1", "X15.5", **DONE)], {"eku_checking": "on"}, ["acme_copy expe1"]),
        ([known("expe1", "X15.4", **DONE)], {}, ["server_eku_upload"]),
        ([known("expc1", "X15.4")], {}, []),
        ([known("expe1", "X15.5")], {}, ["eku_checking"]),
        ([known("expe1"), known("expc1", "X15.5.20")], {}, ["eku_checking"]),
        ([known("expe1"), known("expe2")], {}, ["cluster_tls_verify"]),
        ([known("expe1"), known("expe2")], {"cluster_tls_verify": UNKNOWN}, []),
        ([known("expe1", "X15.4"), known("expe2", "X15.4")], {"server_eku_upload": "on"}, []),
        ([known("expe1"), known("expe2", UNKNOWN)], {}, ["cluster_tls_verify"]),
    ],
)  # fmt: skip
def test_each_question_is_asked_where_its_answer_can_matter(
    knowledge: Knowledge, nodes: list[Node], settings: dict[str, Any], expected: list[str]
) -> None:
    found = asked(knowledge, deployed(*nodes, **{**SETTLED, **settings}))
    assert [one for one in found if one in expected] == expected
    if not expected:
        assert found == []


def test_a_certificate_that_was_read_is_not_asked_about(knowledge: Knowledge) -> None:
    read = replace(node("expe1"), server_certificate=held("unsaid", "public", record=RECORD))
    found = asked(knowledge, deployed(read, **SETTLED))
    assert not [one for one in found if one.startswith("certificate")]


def test_certificates_that_tell_spare_the_question_for_a_public_ca(knowledge: Knowledge) -> None:
    assert "public_ca" not in asked(knowledge, deployed(known("expe1"), uses=""))
    assert asked(knowledge, deployed(node("expe1", server=PRIVATE), uses="")) == []
    half = deployed(node("expe1", server=PRIVATE), node("expc1", server=None), uses="")
    assert "public_ca" in asked(knowledge, half)


def test_i_do_not_know_is_an_answer_everywhere_and_the_walk_ends(knowledge: Knowledge) -> None:
    made = Deployment(nodes=(Node("expe1"), Node("expe2"), Node("expc1")))
    met = []
    while (state := walk(knowledge, made)).next is not None:
        value: Any = dict.fromkeys(USES, UNKNOWN) if state.next.question == "uses" else UNKNOWN
        met.append(state.next.key)
        made = answer(knowledge, made, state.next, value)
        assert state.next.key not in [one.key for one in walk(knowledge, made).ahead]
        assert len(met) == len(set(met))
    assert walk(knowledge, made).outcome == "open"
    assert {one.answer for one in walk(knowledge, made).path if one.question != "nodes"} == {UNKNOWN}


def test_an_answer_off_the_path_lies_dormant_and_comes_back(knowledge: Knowledge) -> None:
    made = quick("yes", "b2b-sip", peers_ignore_eku="no", peers_trust_private_ca="yes", upgrade_by=NEVER)
    assert walk(knowledge, made).dormant == ()
    changed = replace(made, public_ca="no")
    dormant = set(walk(knowledge, changed).dormant)
    assert {"settings/peers_ignore_eku", "settings/peers_trust_private_ca", "upgrade_by"} <= dormant
    assert changed.settings == made.settings
    back = walk(knowledge, replace(changed, public_ca="yes"))
    assert (back.next, back.dormant) == (None, ())
    assert {one.key: one.answer for one in back.path}["settings/peers_ignore_eku"] == "no"


def test_what_a_dump_told_is_never_dormant(knowledge: Knowledge) -> None:
    made = quick("no", "", peers_ignore_eku="no")
    told = made.with_origin("settings/peers_ignore_eku", Origin("dump", "a.txt:1"))
    assert "settings/peers_ignore_eku" not in walk(knowledge, told).dormant


def test_the_way_shows_each_answer_with_its_origin(knowledge: Knowledge) -> None:
    made = deployed(known("expe1"), **SETTLED).with_origin(
        "node/expe1/release", Origin("dump", "xstat.txt:3")
    )
    found = {one.key: one for one in walk(knowledge, made).path}
    assert (found["node/expe1/release"].answer, found["node/expe1/release"].origin) == ("X14.3.7", "dump")
    assert found["node/expe1/release"].detail == "xstat.txt:3"
    assert found["settings/cucm_eku_validation"].origin == "answered"


def test_the_outcome_stands_as_soon_as_it_can_be_told(knowledge: Knowledge) -> None:
    assert walk(knowledge, quick("yes", "uc-traversal")).outcome == "act"
    assert walk(knowledge, quick("yes")).outcome == "open"
    assert walk(knowledge, quick("no")).outcome == "not-affected"


@pytest.mark.parametrize(
    ("deployment", "expected"),
    [
        (Deployment(), False),
        (quick("yes"), False),
        # Whether an upgrade is possible at all still decides between A and D.
        (quick("yes", "uc-traversal"), False),
        (quick("yes", "uc-traversal", upgrade_by=date(2027, 1, 1)), True),
        (quick("no"), True),
        (quick("yes", ""), True),
        # Far ends that refuse server-only certificates would turn "possible" into "recommended".
        (quick("yes", "b2b-sip", upgrade_by=date(2027, 1, 1)), False),
        (quick("yes", "b2b-sip uc-traversal", upgrade_by=date(2027, 1, 1)), True),
    ],
)
def test_the_word_when_the_rest_can_no_longer_change_the_options(
    knowledge: Knowledge, deployment: Deployment, expected: bool
) -> None:
    assert settled(knowledge, deployment, TODAY) is expected
