"""facts.md section 8: each option's verdict per role, by issuer, date, upgrade and what fails."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from tests.domain.build import assessed, deployed, held, node, verdict
from wizard.domain.options import longest_validity
from wizard.model.deployment import NEVER, OPTIONS, ROLES, UNKNOWN, Deployment
from wizard.model.knowledge import Knowledge
from wizard.model.plan import Assessment

PRIVATE = held("both", "private")
POLICY_LIMIT = date(2027, 3, 15)
CLOSED_FROM = {
    "lets-encrypt": date(2026, 2, 11),
    "certum": date(2026, 5, 15),
    "godaddy": date(2026, 6, 15),
    "sectigo": date(2027, 2, 10),
    "digicert": date(2027, 3, 1),
    "identrust": POLICY_LIMIT,
    "ssl-com": POLICY_LIMIT,
    "globalsign": POLICY_LIMIT,
    "entrust": POLICY_LIMIT,
    "other": POLICY_LIMIT,
    None: POLICY_LIMIT,
}
DAY = timedelta(days=1)


def mra(issuer: str | None = "digicert", release: str = "X14.3.7", **more: Any) -> Deployment:
    """One core and one edge that serve MRA with a certificate of that CA each."""
    certificate = held("both", issuer=issuer)
    return deployed(node("expc1", release, certificate), node("expe1", release, certificate), **more)


def verdicts(found: Assessment) -> dict[str, str]:
    return {f"{o}-{role}": found.options[o].roles[role].verdict for o in OPTIONS for role in ROLES}


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("days", [-1, 0, 1])
@pytest.mark.parametrize("issuer", CLOSED_FROM, ids=str)
def test_b_is_closed_from_the_issuers_day(
    knowledge: Knowledge, issuer: str | None, days: int, role: str
) -> None:
    day = CLOSED_FROM[issuer] + timedelta(days=days)
    found = verdict(knowledge, mra(issuer), f"B-{role}", day)
    assert (found == "closed") is (days >= 0)
    assert found in ("closed", "possible", "recommended")


def test_every_issuer_of_the_table_has_a_row_here(knowledge: Knowledge) -> None:
    assert set(knowledge.issuers) == set(CLOSED_FROM) - {None}


@pytest.mark.parametrize("days", [-1, 0, 1])
def test_of_several_issuers_in_a_role_the_first_to_close_decides_and_the_others_are_named(
    knowledge: Knowledge, days: int
) -> None:
    edges = node("expe1", server=held(issuer="digicert")), node("expe2", server=held(issuer="sectigo"))
    day = CLOSED_FROM["sectigo"] + timedelta(days=days)
    found = assessed(knowledge, deployed(node("expc1", server=held(issuer="digicert")), *edges), day)
    assert (found.options["B"].roles["edge"].verdict == "closed") is (days >= 0)
    assert found.options["B"].roles["core"].verdict != "closed"
    told = " ".join(reason.text for reason in found.options["B"].roles["edge"].reasons)
    assert "Sectigo" in told
    assert "DigiCert" in told


def test_the_client_store_counts_among_the_issuers_of_a_role(knowledge: Knowledge) -> None:
    edge = node("expe1", "X15.5", held(issuer="digicert"), held(issuer="sectigo"))
    made = deployed(node("expc1", "X15.5", held(issuer="digicert")), edge)
    assert verdict(knowledge, made, "B-edge", CLOSED_FROM["sectigo"]) == "closed"
    assert verdict(knowledge, made, "B-core", CLOSED_FROM["sectigo"]) != "closed"


@pytest.mark.parametrize(
    ("issuer", "day", "closed"),
    [
        ("identrust", date(2027, 3, 15), False),
        ("identrust", date(2029, 6, 1), False),
        ("digicert", date(2027, 2, 28), False),
        ("digicert", date(2027, 3, 1), True),
    ],
)
def test_an_alternative_root_closes_by_its_own_day(
    knowledge: Knowledge, issuer: str, day: date, closed: bool
) -> None:
    certificate = held("server", "public-alternative", issuer=issuer)
    made = deployed(node("expc1", server=certificate), node("expe1", server=certificate))
    assert (verdict(knowledge, made, "B-edge", day) == "closed") is closed


@pytest.mark.parametrize("day", [date(2026, 1, 1), date(2026, 11, 23), date(2027, 3, 1), date(2029, 12, 31)])
def test_a_is_open_while_any_alternative_root_may_still_issue(knowledge: Knowledge, day: date) -> None:
    for issuer in CLOSED_FROM:
        assert verdict(knowledge, mra(issuer), "A-edge", day) == "possible"


@pytest.mark.parametrize(("days", "expected"), [(-1, "possible"), (0, "closed"), (1, "closed")])
def test_a_closes_with_the_last_alternative_root(knowledge: Knowledge, days: int, expected: str) -> None:
    last = date(2028, 1, 1)
    identrust = replace(knowledge.issuers["identrust"], alternative_closed_from=last)
    changed = replace(knowledge, issuers={**knowledge.issuers, "identrust": identrust})
    assert verdict(changed, mra(), "A-core", last + timedelta(days=days)) == expected


VALIDITY = [
    (date(2026, 3, 14), 398),
    (date(2026, 3, 15), 200),
    (date(2027, 3, 14), 200),
    (date(2027, 3, 15), 100),
    (date(2029, 3, 14), 100),
    (date(2029, 3, 15), 47),
]


@pytest.mark.parametrize(("day", "days"), VALIDITY)
def test_until_when_b_buys_time_goes_by_the_longest_validity_of_the_day(
    knowledge: Knowledge, day: date, days: int
) -> None:
    until = day + timedelta(days=days)
    assert longest_validity(knowledge, day) == until
    assert until.isoformat() in assessed(knowledge, mra(), day).options["B"].price


ENDS_LATE, ENDS_SOON = date(2027, 9, 1), date(2027, 2, 1)


@pytest.mark.parametrize(
    ("issuer", "ends", "upgrade_by", "expected"),
    [
        # Ninety days from 2026-11-23 are over on 2027-02-21.
        ("digicert", ENDS_LATE, None, "possible"),
        ("digicert", ENDS_LATE, UNKNOWN, "possible"),
        ("digicert", ENDS_SOON, None, "recommended"),
        ("digicert", ENDS_SOON, UNKNOWN, "recommended"),
        ("digicert", date(2027, 2, 20), None, "recommended"),
        ("digicert", date(2027, 2, 22), None, "possible"),
        ("digicert", None, None, "possible"),
        ("sectigo", ENDS_LATE, None, "recommended"),
        ("sectigo", None, None, "recommended"),
        ("digicert", ENDS_SOON, date(2027, 1, 15), "possible"),
        ("sectigo", ENDS_LATE, date(2027, 2, 9), "possible"),
        ("sectigo", ENDS_LATE, date(2027, 2, 11), "recommended"),
        ("digicert", ENDS_LATE, date(2027, 3, 2), "recommended"),
        ("entrust", ENDS_LATE, date(2027, 3, 14), "possible"),
        ("entrust", ENDS_LATE, date(2027, 3, 16), "recommended"),
        ("digicert", ENDS_LATE, NEVER, "recommended"),
        # A day that has passed means today.
        ("digicert", ENDS_SOON, date(2026, 10, 1), "possible"),
        ("digicert", date(2026, 11, 22), date(2026, 10, 1), "recommended"),
        # Closed is closed, whatever would be wanted.
        ("godaddy", ENDS_SOON, None, "closed"),
        ("lets-encrypt", ENDS_SOON, NEVER, "closed"),
    ],
)
def test_b_is_recommended_where_the_time_until_the_upgrade_has_to_be_bought(
    knowledge: Knowledge, issuer: str, ends: date | None, upgrade_by: object, expected: str
) -> None:
    certificate = held("both", issuer=issuer, not_after=ends)
    nodes = node("expc1", server=certificate), node("expe1", server=certificate)
    found = verdicts(assessed(knowledge, deployed(*nodes, upgrade_by=upgrade_by)))
    assert found["B-core"] == found["B-edge"] == expected


def test_each_role_buys_its_own_time(knowledge: Knowledge) -> None:
    core = node("expc1", server=held(issuer="digicert", not_after=ENDS_SOON))
    edge = node("expe1", server=held(issuer="digicert", not_after=ENDS_LATE))
    found = verdicts(assessed(knowledge, deployed(core, edge)))
    assert (found["B-core"], found["B-edge"]) == ("recommended", "possible")


@pytest.mark.parametrize("upgrade_by", [None, NEVER, date(2027, 1, 1)])
def test_where_nothing_fails_nothing_is_recommended(knowledge: Knowledge, upgrade_by: object) -> None:
    made = deployed(
        node("expe1", "X15.4", held(not_after=ENDS_SOON)),
        uses="b2b-sip",
        peers_ignore_eku="yes",
        upgrade_by=upgrade_by,
    )
    found = verdicts(assessed(knowledge, made))
    assert "recommended" not in found.values()
    assert found["D-core"] == found["D-edge"] == ("closed" if upgrade_by == NEVER else "possible")


D_CASES = [
    (mra(), "recommended"),
    (mra(release="X15.4"), "recommended"),
    (mra(release="X15.5"), "recommended"),
    (mra(release="X15.5.20"), "recommended"),
    (mra(upgrade_by=NEVER), "closed"),
    (mra(release="X15.5", upgrade_by=NEVER), "closed"),
    # On the fixed release there is nothing left to upgrade: separate certificates can always be had.
    (mra(release="X15.5.20", upgrade_by=NEVER), "recommended"),
    (deployed(node("expe1", server="server"), uses="b2b-sip", peers_ignore_eku="no"), "recommended"),
    (deployed(node("expe1"), uses="b2b-sip"), "possible"),
    (deployed(node("expe1", server="server"), uses="b2b-sip"), "possible"),
    (deployed(node("expe1"), uses="mra-onboarding"), "possible"),
    (deployed(node("expe1"), uses="imp-federation", peers_ignore_eku="yes"), "possible"),
    (deployed(public_ca="yes", uses="uc-traversal"), "recommended"),
    (deployed(public_ca="yes", uses="b2b-sip"), "possible"),
]


@pytest.mark.parametrize(("deployment", "expected"), D_CASES)
def test_d_is_judged_alike_for_both_roles_and_never_by_who_owns_a_certificate(
    knowledge: Knowledge, deployment: Deployment, expected: str
) -> None:
    found = verdicts(assessed(knowledge, deployment))
    assert found["D-core"] == found["D-edge"] == expected


def test_d_is_for_both_roles_though_the_core_holds_no_public_certificate(knowledge: Knowledge) -> None:
    """The core does the mra-service check, and it is the edge's public certificate that will fail it."""
    found = verdicts(assessed(knowledge, deployed(node("expc1", server=PRIVATE), node("expe1"))))
    assert found["D-core"] == found["D-edge"] == "recommended"
    assert found["A-core"] == found["B-core"] == found["C-core"] == "not-needed"


C_CASES = [
    (mra(), "recommended"),
    (mra(release="X15.5.20"), "recommended"),
    (mra(upgrade_by=NEVER), "recommended"),
    (deployed(node("expc1"), uses="traversal-mtls"), "recommended"),
    (deployed(node("expc1"), uses="neighbor-mtls", peers_ignore_eku="no"), "recommended"),
    # Nothing in which a core must show clientAuth.
    (deployed(node("expc1"), uses="neighbor-mtls", peers_ignore_eku="yes"), "possible"),
    (deployed(node("expc1"), uses="neighbor-mtls"), "possible"),
    (deployed(node("expc1"), node("expe1"), uses="b2b-sip", peers_ignore_eku="no"), "possible"),
    # From X15.5 on the edges will not look: EKU checking is off.
    (deployed(node("expc1"), node("expe1"), uses="traversal-mtls", eku_checking="off"), "possible"),
    (
        deployed(node("expc1"), node("expe1"), uses="traversal-mtls", eku_checking="off", upgrade_by=NEVER),
        "recommended",
    ),
    # One that lasts: private, from an alternative root, or for clientAuth only.
    (deployed(node("expc1", "X15.5", "both", PRIVATE), node("expe1", "X15.5")), "possible"),
    (deployed(node("expc1", "X15.5", "both", "client"), node("expe1", "X15.4")), "possible"),
    (deployed(node("expc1", server=held("both", "public-alternative")), node("expe1")), "possible"),
    # The weakest core decides.
    (deployed(node("expc1"), node("expc2", server=PRIVATE), node("expe1")), "recommended"),
    (deployed(node("expc1", server=PRIVATE), node("expe1")), "not-needed"),
    (deployed(node("expe1")), "not-needed"),
    (deployed(public_ca="yes"), "recommended"),
]


@pytest.mark.parametrize(("deployment", "expected"), C_CASES)
def test_c_is_for_a_core_that_must_show_client_auth_and_has_none_that_lasts(
    knowledge: Knowledge, deployment: Deployment, expected: str
) -> None:
    assert verdict(knowledge, deployment, "C-core") == expected


@pytest.mark.parametrize("release", ["X8.11", "X14.3.7", "X15.3.2", "X15.4", "X15.5", "X15.5.20", None])
def test_c_is_possible_for_a_core_on_any_release_and_never_for_an_edge(
    knowledge: Knowledge, release: str | None
) -> None:
    nodes = node("expc1", release), node("expe1", release)
    found = verdicts(assessed(knowledge, deployed(*nodes, uses="b2b-sip")))
    assert (found["C-core"], found["C-edge"]) == ("possible", "not-applicable")


@pytest.mark.parametrize(
    ("deployment", "core", "edge"),
    [
        (mra(upgrade_by=NEVER), "possible", "recommended"),
        (mra(), "possible", "possible"),
        (mra(release="X15.5.20", upgrade_by=NEVER), "possible", "possible"),
        (deployed(node("expc1"), node("expe1"), uses="b2b-sip", upgrade_by=NEVER), "possible", "possible"),
        (
            deployed(node("expc1", server=PRIVATE), node("expe1"), upgrade_by=NEVER),
            "not-needed",
            "recommended",
        ),
    ],
)
def test_a_takes_the_place_of_d_where_no_upgrade_is_possible(
    knowledge: Knowledge, deployment: Deployment, core: str, edge: str
) -> None:
    found = verdicts(assessed(knowledge, deployment))
    assert (found["A-core"], found["A-edge"]) == (core, edge)


@pytest.mark.parametrize(
    "deployment",
    [
        deployed(public_ca="yes", uses=""),
        deployed(public_ca="no"),
        deployed(),
        deployed(node("expc1", server=PRIVATE), node("expe1", server=PRIVATE)),
        deployed(node("expc1"), node("expe1"), uses=""),
    ],
)
def test_no_option_is_needed_where_there_is_nothing_to_act_on(
    knowledge: Knowledge, deployment: Deployment
) -> None:
    assert set(verdicts(assessed(knowledge, deployment)).values()) == {"not-needed"}


@pytest.mark.parametrize(("deployment", "_"), [*D_CASES, *C_CASES])
def test_each_verdict_has_a_reason_with_a_source_and_says_what_would_change_it(
    knowledge: Knowledge, deployment: Deployment, _: str
) -> None:
    found = assessed(knowledge, deployment)
    for option in OPTIONS:
        for role in ROLES:
            judged = found.options[option].roles[role]
            assert all(reason.text and reason.source.id in knowledge.documents for reason in judged.reasons)
            assert judged.reasons
            assert bool(judged.would_need) is (judged.verdict != "recommended")
            own = knowledge.words.say("reason.product-judgement")
            labelled = own in [reason.text for reason in judged.reasons]
            assert labelled is (judged.verdict == "recommended")


def test_where_only_far_ends_decide_their_facts_are_the_first_to_find_out(knowledge: Knowledge) -> None:
    for use in ("b2b-sip", "imp-federation", "neighbor-mtls"):
        found = assessed(knowledge, deployed(node("expe1"), uses=use))
        assert found.unknowns[0].id in ("peers_ignore_eku", "peer_certificate")


def test_the_choice_of_the_deployment_takes_the_place_of_what_is_recommended(knowledge: Knowledge) -> None:
    made = mra()
    chosen = replace(made, choice=replace(made.choice, core=("A",)))
    found = assessed(knowledge, chosen)
    assert found.recommended.core == ("C", "D")
    assert found.chosen.core == ("A",)
    assert found.chosen.edge == found.recommended.edge == ("D",)
    states = {c.id: c.after_plan.state for c in found.connections}
    assert states["uc-traversal"] == "works"


def test_a_cluster_names_the_node_that_decides(knowledge: Knowledge) -> None:
    nodes = node("expe1"), node("expe2", server=held("both", "private")), node("expc1", server=PRIVATE)
    found = assessed(knowledge, deployed(*nodes))
    told = " ".join(reason.text for reason in found.options["D"].roles["edge"].reasons)
    assert "expe1" in told
    assert "expe2" not in told
