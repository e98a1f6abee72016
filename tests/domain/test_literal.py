"""Sentences of facts.md and contract.md that are easily read past: a row for each."""

from datetime import date
from typing import Any

import pytest

from tests.conftest import TODAY
from tests.domain.build import (
    LETTER,
    after,
    assessed,
    deployed,
    held,
    node,
    peer,
    planned,
    renewed,
    rules,
    states,
    verdict,
    with_choice,
)
from wizard.model.deployment import Certificate, Deployment
from wizard.model.knowledge import Knowledge

OLD, NEW = "X14.3.7", "X15.5.20"
EXPIRED = held("expired")
ACME: dict[str, Any] = {"issuer": "lets-encrypt", "acme": True}


@pytest.mark.parametrize(
    ("verify", "inbound"),
    [("off", "WWW"), ("on", "DDD"), (None, "DDD"), ("unknown", "DDD")],
)
def test_tls_verify_off_lets_every_far_end_in(knowledge: Knowledge, verify: str | None, inbound: str) -> None:
    """Rule 7 names neighbor, b2b and federation in one breath."""
    made = deployed(node("expe1"), uses="neighbor-mtls b2b-sip imp-federation", neighbor_tls_verify=verify)
    found = states(knowledge, made)
    ids = ("neighbor-inbound", "b2b-inbound", "federation-inbound")
    assert "".join(LETTER[found[f"{id} peer expe1"]] for id in ids) == inbound


@pytest.mark.parametrize("use", ["neighbor-mtls", "b2b-sip", "imp-federation"])
@pytest.mark.parametrize("settings", [{"neighbor_tls_verify": "off"}, {"eku_checking": "off"}, {}])
def test_a_far_end_may_refuse_our_expired_server_certificate(
    knowledge: Knowledge, use: str, settings: dict[str, str]
) -> None:
    """Rule 9: it fails wherever it is checked, and whether the far end checks it is the far end's fact."""
    made = deployed(node("expe1", NEW, server=EXPIRED, client="client"), uses=use, **settings)
    found = assessed(knowledge, made)
    inbound = next(c for c in found.connections if c.id.endswith("-inbound"))
    assert inbound.today.state == "depends"
    assert "expired" in inbound.today.why
    assert "peer_verifies" in {point.id for point in found.unknowns}


@pytest.mark.parametrize(
    ("server", "client", "letter"),
    [
        (held(), EXPIRED, "U"),
        (EXPIRED, held(), "U"),
        (EXPIRED, EXPIRED, "F"),
        (held("server"), held("client"), "W"),
        (held(), None, "W"),
    ],
)
def test_nobody_knows_which_store_a_cluster_shows(
    knowledge: Knowledge, server: Certificate, client: Certificate | None, letter: str
) -> None:
    """From X15.5 on it is not published: claimed only where both stores come to the same."""
    made = deployed(
        node("expc1", NEW, server, client), node("expc2", NEW), uses="", cluster_tls_verify="enforce"
    )
    found = assessed(knowledge, made)
    cluster = next(c for c in found.connections if c.id == "cluster-db")
    assert LETTER[cluster.today.state] == letter
    if letter == "U":
        assert cluster.today.decides == ("cluster_store",)
        assert "which of its two certificates" in cluster.today.why


def test_a_client_certificate_stated_below_x155_is_not_there_after_the_upgrade_either(
    knowledge: Knowledge,
) -> None:
    """Rule 2: it is not used. The upgrade fills the client store with the server certificate."""
    made = deployed(node("expc1", OLD, client=held("client", "private")), node("expe1", OLD))
    assert verdict(knowledge, made, "C-core") == "recommended"


@pytest.mark.parametrize(("copies", "letter"), [(True, "F"), (False, "W"), (None, "W")])
def test_acme_copies_its_renewal_over_the_client_certificate(
    knowledge: Knowledge, copies: bool | None, letter: str
) -> None:
    """The copy box, where it is said to be checked; the plan clears it before."""
    server = held("server", acme_copies_to_client=copies, **ACME)
    edge = node("expe1", NEW, server, held("client", issuer="identrust"))
    made = deployed(edge, uses="b2b-sip", peers_ignore_eku="no")
    assert LETTER[states(knowledge, made)["b2b-outbound expe1 peer"]] == "W"
    assert LETTER[renewed(knowledge, made)["b2b-outbound expe1 peer"]] == letter
    after = {c.id: c.after_plan.state for c in assessed(knowledge, made).connections}
    assert after["b2b-outbound"] == "works"
    first = next(iter(rule for rule in rules(planned(knowledge, made)) if "acme" in rule))
    assert first == ("keep-acme-automated" if copies is False else "clear-acme-copy-now")


@pytest.mark.parametrize(
    ("day", "kind", "end", "pauses"),
    [
        (date(2026, 3, 1), "both", date(2026, 4, 20), True),
        (date(2026, 4, 20), "both", date(2026, 4, 20), True),
        (date(2026, 4, 21), "both", date(2026, 4, 20), False),
        (date(2026, 5, 11), "both", date(2026, 5, 11), True),
        (date(2026, 5, 12), "both", date(2026, 6, 1), False),
        (date(2026, 3, 1), "server", date(2026, 4, 20), False),
    ],
)
def test_acme_is_paused_only_for_a_combined_certificate_that_is_valid(
    knowledge: Knowledge, day: date, kind: str, end: date, pauses: bool
) -> None:
    edge = node("expe1", OLD, held(kind, not_after=end, **ACME))
    made = planned(knowledge, deployed(node("expc1"), edge), day)
    assert ("pause-acme" in rules(made)) is pauses


@pytest.mark.parametrize(
    ("day", "until"),
    [
        (date(2026, 3, 14), "2027-04-16"),
        (date(2026, 3, 15), "2026-10-01"),
        (TODAY, "2027-06-11"),
    ],
)
def test_option_b_says_until_when_it_buys_time(knowledge: Knowledge, day: date, until: str) -> None:
    server = held(issuer="digicert", not_after=date(2027, 1, 10))
    made = deployed(node("expc1", server=server), node("expe1", server=server))
    for judgement in assessed(knowledge, made, day).options["B"].roles.values():
        reason = next(r for r in judgement.reasons if until in r.text)
        assert reason.source.id == "sc-081v3"


CLOSED: dict[str, Any] = {"issuer": "digicert", "not_after": date(2027, 6, 1)}


@pytest.mark.parametrize(
    ("made", "core", "edge", "day", "told"),
    [
        (deployed(node("expc1"), node("expe1", server=held(**CLOSED))), "D", "B", date(2027, 3, 1), "B Expressway-E closed"),
        (deployed(node("expc1"), node("expe1", server=held(**CLOSED))), "D", "B", date(2027, 2, 28), ""),
        (deployed(node("expc1"), node("expe1")), "D", "C", TODAY, "C Expressway-E not applicable"),
        (deployed(node("expc1"), node("expe1"), upgrade_by="never"), "D", "D", TODAY, "D Expressway-C, Expressway-E closed"),
        (deployed(node("expc1"), node("expe1")), None, None, TODAY, ""),
    ],
)  # fmt: skip
def test_a_choice_that_cannot_be_had_is_told(
    knowledge: Knowledge, made: Deployment, core: str | None, edge: str | None, day: date, told: str
) -> None:
    found = planned(knowledge, with_choice(made, core, edge), day)
    named = [d for d in found.assessment.discrepancies if d.id.startswith("choice/")]
    if not told:
        assert not named
        assert "Take care" not in " ".join(found.summary)
        return
    option, rest = told.split(" ", 1)
    who, state = rest.rsplit(" ", 1) if "not" not in rest else (rest.split(" not ")[0], "not applicable")
    assert f"option {option} was chosen for {who}, where it is {state}." in " ".join(found.summary)
    assert [d.what for d in named] == [f"option {option} for {role}" for role in who.split(", ")]
    assert all(d.found.startswith(f"{state}: ") for d in named)


@pytest.mark.parametrize(("ignores", "letter"), [("yes", "W"), ("no", "D"), ("unknown", "D"), (None, "D")])
def test_a_far_end_that_takes_any_eku_takes_the_planned_client_certificate(
    knowledge: Knowledge, ignores: str | None, letter: str
) -> None:
    """The plan does no harm to a far end that accepts a server-only certificate."""
    nodes = node("expc1"), node("expe1", server="server")
    made = deployed(
        *nodes,
        uses="uc-traversal b2b-sip",
        peers_ignore_eku="no",
        peers_trust_private_ca="no",
        peers=(peer("p.example.net", "b2b-sip", ignores),),
    )
    assert LETTER[after(knowledge, made, "CD", "D")["b2b-outbound expe1 p.example.net"]] == letter


def test_nodes_on_the_fixed_release_are_not_told_to_upgrade(knowledge: Knowledge) -> None:
    """On it, what is left of D is the separate certificates."""
    made = planned(knowledge, deployed(node("expc1", NEW), node("expe1", NEW)))
    assert made.assessment.recommended.core == ("C", "D")
    asked = rules(made)
    assert "load-client-private" in asked
    assert not {"choose-release", "plan-window", "upgrade", "check-copied-client"} & set(asked)
    assert "no-way-back" not in {notice.id for notice in made.assessment.notices}
    older = planned(knowledge, deployed(node("expc1", NEW), node("expe1", OLD)))
    done = {step.id: step.done for step in older.steps if step.rule == "upgrade"}
    assert done == {"upgrade@expe1": False, "upgrade@expc1": True}


def test_a_kept_public_client_certificate_is_replaced_in_time(knowledge: Knowledge) -> None:
    edge = node("expe1", NEW, "server", held("client", not_after=date(2027, 5, 18)))
    made = planned(knowledge, deployed(node("expc1", NEW), edge, uses="uc-traversal b2b-sip"))
    assert "replace-kept-client@expe1" in [step.id for step in made.steps]


@pytest.mark.parametrize(("trust", "told"), [("no", True), ("yes", False), (None, False)])
def test_far_ends_that_refuse_the_private_ca_are_named_where_the_core_takes_one(
    knowledge: Knowledge, trust: str | None, told: bool
) -> None:
    nodes = node("expc1", server="server"), node("expe1")
    made = deployed(*nodes, uses="uc-traversal neighbor-mtls", peers_trust_private_ca=trust)
    found = assessed(knowledge, made)
    assert "C" in (found.chosen.core or ())
    assert ("private-ca-refused" in {notice.id for notice in found.notices}) is told
