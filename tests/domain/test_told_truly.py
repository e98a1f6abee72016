"""What a plan says must be so: which nodes a notice names, what is done, what an edge need not show."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from wizard.domain.assess import assess
from wizard.domain.plan import plan
from wizard.knowledge import ALL, load
from wizard.model.deployment import Certificate, Deployment, Node
from wizard.model.knowledge import Knowledge
from wizard.model.plan import Plan
from wizard.model.release import Release

TODAY = date(2026, 11, 23)
COMBINED = Certificate("public", "digicert", ("serverAuth", "clientAuth"), not_after=date(2027, 2, 1))
SERVER_ONLY = replace(COMBINED, eku=("serverAuth",))
EXPIRED = replace(SERVER_ONLY, not_after=date(2026, 11, 10))
ACME = Certificate("public", "lets-encrypt", ("serverAuth",), not_after=date(2027, 1, 18), acme=True)


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load(Path(__file__).parents[2] / "content", parts=ALL - {"troubleshooting", "faq", "collect"})


def made(knowledge: Knowledge, *nodes: Node, use: str = "uc-traversal") -> Plan:
    deployment = Deployment(nodes=nodes, uses={use: "yes"})
    return plan(knowledge, assess(knowledge, deployment, TODAY), "test")


def node(name: str, role: str, release: Release, held: Certificate) -> Node:
    return Node(name=name, role=role, release=release, server_certificate=held)  # type: ignore[arg-type]


def test_a_notice_names_the_nodes_that_it_is_about(knowledge: Knowledge) -> None:
    edge = node("expe1", "edge", Release(15, 5, 20), EXPIRED)
    core = node("expc1", "core", Release(14, 3, 7), COMBINED)
    told = {notice.id: notice.text for notice in made(knowledge, edge, core).assessment.notices}
    assert "(expe1)" in told["expired-certificate"]
    assert "(here: expc1)" in told["upload-refused"]


def test_a_server_only_certificate_about_to_end_is_not_counted_as_renewed(knowledge: Knowledge) -> None:
    client = Certificate("private", None, ("serverAuth", "clientAuth"), not_after=date(2028, 1, 1))
    soon = replace(SERVER_ONLY, not_after=date(2026, 12, 1))
    nodes = [
        replace(node(name, role, Release(15, 5, 20), soon), client_certificate=client)
        for name, role in (("expe1", "edge"), ("expc1", "core"))
    ]
    renewals = [step for step in made(knowledge, *nodes).steps if step.rule == "renew-server"]
    assert len(renewals) == 2
    assert not any(step.done for step in renewals)


def test_an_edge_that_shows_clientauth_to_nobody_is_given_no_client_certificate(knowledge: Knowledge) -> None:
    edge = node("expe1", "edge", Release(14, 3, 7), ACME)
    core = node("expc1", "core", Release(14, 3, 7), COMBINED)
    rules = {step.rule for step in made(knowledge, edge, core).steps if step.node in ("expe1", "edge")}
    assert "upgrade" in rules
    assert not rules & {"decide-client", "order-client-public", "load-client-public", "load-client-private"}
    asked = {step.rule for step in made(knowledge, edge, core, use="b2b-sip").steps}
    assert "ask-peers-eku" in asked


def test_a_certificate_that_acme_renews_by_itself_does_not_bind(knowledge: Knowledge) -> None:
    private = Certificate("private", None, ("serverAuth", "clientAuth"))
    edge = node("expe1", "edge", Release(15, 4), ACME)
    core = node("expc1", "core", Release(15, 4), private)
    binding = made(knowledge, edge, core).assessment.binding
    assert binding is not None and binding.id == "chrome-leaf"


def test_a_closing_day_that_is_not_the_word_of_the_ca_says_so(knowledge: Knowledge) -> None:
    for issuer, said in (("sectigo", "verify first"), ("globalsign", "policy limit")):
        held = replace(COMBINED, issuer=issuer)
        nodes = (
            node("expe1", "edge", Release(14, 3, 7), held),
            node("expc1", "core", Release(14, 3, 7), held),
        )
        reasons = made(knowledge, *nodes).assessment.options["B"].roles["core"].reasons
        assert said in reasons[0].text


def test_a_server_certificate_that_has_expired_takes_every_session_to_the_edge_down(
    knowledge: Knowledge,
) -> None:
    edge = node("expe1", "edge", Release(14, 3, 7), replace(COMBINED, not_after=date(2026, 11, 22)))
    core = node("expc1", "core", Release(14, 3, 7), COMBINED)
    today = {c.id: c.today.state for c in made(knowledge, edge, core).assessment.connections}
    assert today["uc-traversal"] == today["ssh-tunnel"] == today["mra-service"] == "fails"


def test_where_nothing_needs_clientauth_the_summary_says_what_the_web_interface_refuses(
    knowledge: Knowledge,
) -> None:
    for release, refused in ((Release(15, 3, 2), True), (Release(15, 4), False), (Release(15, 5, 20), False)):
        deployment = Deployment(
            nodes=(node("expe1", "edge", release, COMBINED),),
            uses=dict.fromkeys(
                (
                    "b2b-sip",
                    "imp-federation",
                    "uc-traversal",
                    "traversal-mtls",
                    "neighbor-mtls",
                    "mra-onboarding",
                ),
                "no",
            ),
        )
        told = plan(knowledge, assess(knowledge, deployment, TODAY), "test")
        assert told.assessment.outcome == "monitor"
        assert ("refuses" in told.summary[1]) is refused
        assert "2027-02-01" in told.summary[2]
