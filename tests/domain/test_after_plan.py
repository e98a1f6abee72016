"""facts.md section 4, rule 11: what each option does, alone and with others."""

from datetime import date

import pytest

from tests.conftest import TODAY
from tests.domain.build import LETTER, after, deployed, held, node, peer
from wizard.domain import simulate
from wizard.model.deployment import Choice, Deployment
from wizard.model.knowledge import Knowledge
from wizard.model.release import Release

PRIVATE = held("both", "private")
LONG = held("both", not_after=date(2027, 6, 1))
SHORT = held("both", not_after=date(2026, 12, 15))
"""Valid today, expired when the upgrade is done: 90 days from today where nothing is said."""

# uc-traversal, mra-service, cucm-tftp, neighbor-outbound of the core, and of the edge; UCM and peers check.
KEYS = (
    "uc-traversal expc1 expe1",
    "mra-service expe1 expc1",
    "cucm-tftp expc1 peer",
    "neighbor-outbound expc1 peer",
    "neighbor-outbound expe1 peer",
)
STRICT = {"cucm_eku_validation": "on", "peers_ignore_eku": "no", "peers_trust_private_ca": "no"}


def pair(release: str, core: object, edge: object, **settings: str) -> Deployment:
    nodes = node("expc1", release, core), node("expe1", release, edge)  # type: ignore[arg-type]
    return deployed(*nodes, uses="uc-traversal neighbor-mtls", **{**STRICT, **settings})


def letters(found: dict[str, str]) -> str:
    return "".join(LETTER[found[key]] for key in KEYS)


@pytest.mark.parametrize(
    ("core", "edge", "expected"),
    [
        ("", "", "FFFFF"),
        ("A", "", "WFWWF"),
        ("", "A", "FWFFW"),
        ("A", "A", "WWWWW"),
        ("B", "", "WFWWF"),
        ("", "B", "FWFFW"),
        ("B", "B", "WWWWW"),
        ("C", "", "WFWWF"),
        ("C", "A", "WWWWW"),
        ("C", "B", "WWWWW"),
        ("A", "B", "WWWWW"),
        # D: both roles are upgraded, whichever chose it; the combined certificates have expired by then.
        ("D", "D", "FWFFD"),
        ("D", "", "FWFFD"),
        ("", "D", "FWFFD"),
        ("CD", "D", "WWWWD"),
        ("BD", "D", "WWWWD"),
        ("BD", "BD", "WWWWW"),
        ("AD", "AD", "WWWWW"),
        ("BCD", "BD", "WWWWW"),
        ("CD", "AD", "WWWWW"),
    ],
)
@pytest.mark.parametrize("release", ["X14.3.7", "X15.3.2"])
def test_options_on_certificates_that_expire_before_the_upgrade(
    knowledge: Knowledge, release: str, core: str, edge: str, expected: str
) -> None:
    assert letters(after(knowledge, pair(release, SHORT, SHORT), core, edge)) == expected


@pytest.mark.parametrize(
    ("core", "edge", "expected"),
    [("D", "D", "WWWWW"), ("CD", "D", "WWWWW"), ("BD", "D", "WWWWW"), ("C", "", "WFWWF")],
)
def test_a_combined_certificate_that_is_valid_at_the_upgrade_goes_on_as_client_certificate(
    knowledge: Knowledge, core: str, edge: str, expected: str
) -> None:
    assert letters(after(knowledge, pair("X14.3.7", LONG, LONG), core, edge)) == expected


@pytest.mark.parametrize(
    ("upgrade_by", "expected"),
    [
        (date(2026, 12, 14), "works"),
        (date(2026, 12, 15), "works"),
        (date(2026, 12, 16), "fails"),
        (None, "fails"),
        ("unknown", "fails"),
        # A day that has passed: it can be finished now.
        (date(2026, 6, 1), "works"),
    ],
)
def test_whether_it_is_still_valid_goes_by_the_day_the_upgrade_can_be_finished(
    knowledge: Knowledge, upgrade_by: object, expected: str
) -> None:
    made = pair("X14.3.7", SHORT, SHORT)
    found = after(knowledge, _by(made, upgrade_by), "D", "D")
    assert found["uc-traversal expc1 expe1"] == expected


def _by(deployment: Deployment, day: object) -> Deployment:
    nodes = deployment.nodes
    return deployed(*nodes, uses="uc-traversal neighbor-mtls", upgrade_by=day, **STRICT)


def test_a_certificate_that_has_expired_is_not_what_stays_valid(knowledge: Knowledge) -> None:
    made = _by(pair("X14.3.7", "expired", "expired"), date(2026, 6, 1))
    assert letters(after(knowledge, made, "D", "D")) == "FWFFD"
    assert letters(after(knowledge, made, "CD", "D")) == "WWWWD"


@pytest.mark.parametrize(
    ("core", "edge", "expected"),
    [
        ("", "", "FWFFF"),
        ("A", "A", "WWWWW"),
        ("B", "B", "WWWWW"),
        ("A", "", "WWWWF"),
        ("C", "", "WWWWF"),
        ("C", "A", "WWWWW"),
        ("CD", "D", "WWWWD"),
        ("D", "D", "FWFFD"),
    ],
)
@pytest.mark.parametrize("client", [None, SHORT])
def test_options_from_x155_on(
    knowledge: Knowledge, client: object, core: str, edge: str, expected: str
) -> None:
    nodes = [node(name, "X15.5", SHORT, client) for name in ("expc1", "expe1")]  # type: ignore[arg-type]
    made = deployed(*nodes, uses="uc-traversal neighbor-mtls", **STRICT)
    assert letters(after(knowledge, made, core, edge)) == expected


def test_a_private_certificate_is_the_only_one_below_x155_and_the_client_one_from_x155(
    knowledge: Knowledge,
) -> None:
    for release, server in (("X14.3.7", "private"), ("X15.4", "private"), ("X15.5", "public")):
        made = deployed(node("expc1", release), node("expe1", release))
        core, edge = _applied(knowledge, made, "C", "").nodes
        assert core.server_certificate is not None
        assert core.server_certificate.ca == server
        assert (core.client_certificate is not None) is (release == "X15.5")
        assert edge.server_certificate is not None
        assert edge.server_certificate.ca == "public"


def test_a_private_certificate_takes_the_place_of_a_public_client_certificate(knowledge: Knowledge) -> None:
    made = deployed(node("expc1", "X15.5", PRIVATE, "server"), node("expe1", "X15.5", "server"))
    assert after(knowledge, made, "C", "")["uc-traversal expc1 expe1"] == "works"


def test_a_renewal_from_the_same_alternative_root_is_a_valid_one(knowledge: Knowledge) -> None:
    """The alternative roots are public: B renews such a certificate like any other."""
    expired = held("expired", "public-alternative")
    found = after(knowledge, pair("X14.3.7", expired, expired), "B", "B")
    assert letters(found) == "WWWWW"


def _applied(knowledge: Knowledge, deployment: Deployment, core: str, edge: str) -> Deployment:
    choice = Choice(tuple(core), tuple(edge))  # type: ignore[arg-type]
    return simulate.applied(deployment, choice, knowledge.fixed_release, TODAY)


def test_the_upgrade_brings_every_node_to_the_fixed_release_and_no_node_back(knowledge: Knowledge) -> None:
    nodes = node("expc1", "X14.3.7"), node("expe1", "X15.6"), node("expe2", None)
    after_ = _applied(knowledge, deployed(*nodes), "", "D")
    assert [n.release for n in after_.nodes] == [Release(15, 5, 20), Release(15, 6), Release(15, 5, 20)]


@pytest.mark.parametrize("option", ["A", "B", "C"])
def test_no_other_option_changes_a_release(knowledge: Knowledge, option: str) -> None:
    made = deployed(node("expc1"), node("expe1"))
    after_ = _applied(knowledge, made, option, "" if option == "C" else option)
    assert [n.release for n in after_.nodes] == [Release(14, 3, 7)] * 2


@pytest.mark.parametrize("option", ["A", "B", "C", "D"])
def test_no_option_touches_a_private_certificate_that_is_valid(knowledge: Knowledge, option: str) -> None:
    made = deployed(node("expc1", server=PRIVATE), node("expe1", server=PRIVATE))
    after_ = _applied(knowledge, made, option, "" if option == "C" else option)
    assert {n.server_certificate.ca for n in after_.nodes if n.server_certificate} == {"private"}
    assert after(knowledge, made, option, option)["uc-traversal expc1 expe1"] == "works"


# What an edge's client store holds with D, where nothing combined is left for it.
EDGE_CLIENT = [
    # ignore the EKU, trust a private CA: to neighbors and partners; and to the cloud
    ("no", "no", "D", "D"),
    ("no", "unknown", "D", "D"),
    ("unknown", "no", "D", "D"),
    ("unknown", "unknown", "D", "D"),
    (None, None, "D", "D"),
    ("yes", "no", "W", "D"),
    ("no", "yes", "W", "D"),
    ("yes", "yes", "W", "D"),
    ("yes", None, "W", "D"),
    (None, "yes", "W", "D"),
]


@pytest.mark.parametrize(("ignores", "trusts", "peers", "cloud"), EDGE_CLIENT)
@pytest.mark.parametrize(
    ("use", "key"),
    [
        ("b2b-sip", "b2b-outbound expe1 peer"),
        ("imp-federation", "federation-outbound expe1 peer"),
        ("neighbor-mtls", "neighbor-outbound expe1 peer"),
    ],
)
def test_which_client_certificate_of_an_edge_is_taken_is_a_fact_of_its_peers(
    knowledge: Knowledge,
    use: str,
    key: str,
    ignores: str | None,
    trusts: str | None,
    peers: str,
    cloud: str,
) -> None:
    made = deployed(
        node("expe1", server=SHORT),
        uses=f"{use} mra-onboarding",
        peers_ignore_eku=ignores,
        peers_trust_private_ca=trusts,
    )
    found = after(knowledge, made, "D", "D")
    assert LETTER[found[key]] == peers
    assert LETTER[found["mra-onboarding expe1 cloud"]] == cloud


def test_a_public_client_only_certificate_in_the_store_stays(knowledge: Knowledge) -> None:
    made = deployed(
        node("expe1", "X15.5", "server", "client"), uses="b2b-sip mra-onboarding", peers_ignore_eku="no"
    )
    found = after(knowledge, made, "D", "D")
    assert found["b2b-outbound expe1 peer"] == found["mra-onboarding expe1 cloud"] == "works"


@pytest.mark.parametrize(
    ("ignores", "trusts", "expected"),
    [("no", "no", "fails"), ("no", "yes", "works"), ("yes", "no", "fails"), ("no", None, "works")],
)
def test_a_far_end_that_does_not_trust_the_private_ca_refuses_it(
    knowledge: Knowledge, ignores: str, trusts: str | None, expected: str
) -> None:
    made = deployed(
        node("expe1", server=SHORT),
        uses="b2b-sip",
        peers_trust_private_ca="yes",
        peers=(peer("partner", "b2b-sip", ignores, trusts),),
    )
    found = after(knowledge, made, "D", "D")
    assert found["b2b-outbound expe1 peer"] == "works"
    assert found["b2b-outbound expe1 partner"] == expected


def test_a_settings_override_of_one_edge_decides_for_that_edge(knowledge: Knowledge) -> None:
    nodes = node("expe1", server=SHORT), node("expe2", server=SHORT, peers_trust_private_ca="yes")
    found = after(knowledge, deployed(*nodes, uses="b2b-sip"), "D", "D")
    assert (found["b2b-outbound expe1 peer"], found["b2b-outbound expe2 peer"]) == ("depends", "works")


@pytest.mark.parametrize(
    ("kind", "ca"), [("both", "private"), ("both", "public-alternative"), ("client", "public")]
)
def test_a_client_certificate_whose_successor_is_like_it_stays_though_it_ends_before_the_upgrade(
    knowledge: Knowledge, kind: str, ca: str
) -> None:
    lasting = held(kind, ca, not_after=date(2026, 12, 15))
    made = deployed(node("expe1", "X15.5", "server", lasting), uses="b2b-sip", peers_ignore_eku="no")
    assert after(knowledge, made, "D", "D")["b2b-outbound expe1 peer"] == "works"


def test_a_cores_far_ends_take_its_private_certificate_only_where_they_trust_it(
    knowledge: Knowledge,
) -> None:
    """The root goes to the far ends before the certificate is used: that is a step of option C."""
    made = pair("X14.3.7", SHORT, SHORT)
    assert after(knowledge, made, "C", "")["neighbor-outbound expc1 peer"] == "works"
