"""facts.md section 4, rules 1, 2, 5, 8, 9: whose release, store and setting; the weakest node; dates."""

from datetime import date

import pytest

from tests.domain.build import deployed, held, node, peer, planned, renewed, states
from wizard.model.deployment import UNKNOWN
from wizard.model.knowledge import Knowledge


@pytest.mark.parametrize(
    ("core", "edge", "expected"),
    [
        ("X14.3.7", "X15.5", "works"),
        ("X15.5", "X14.3.7", "fails"),
        ("X15.5", "X15.4", "fails"),
        ("X15.4", "X15.5.20", "works"),
    ],
)
def test_the_checkers_release_decides_what_is_demanded(
    knowledge: Knowledge, core: str, edge: str, expected: str
) -> None:
    nodes = node("expc1", core, server="server"), node("expe1", edge)
    found = states(knowledge, deployed(*nodes, eku_checking="off"))
    assert found["uc-traversal expc1 expe1"] == expected


@pytest.mark.parametrize(
    ("edge", "core", "expected"),
    [("X15.5", "X14.3.7", "fails"), ("X14.3.7", "X15.4", "works"), ("X14.3.7", "X15.5", "works")],
)
def test_mra_service_goes_by_the_cores_release(
    knowledge: Knowledge, edge: str, core: str, expected: str
) -> None:
    found = states(knowledge, deployed(node("expc1", core), node("expe1", edge, server="server")))
    assert found["mra-service expe1 expc1"] == expected


@pytest.mark.parametrize(
    ("release", "server", "client", "expected"),
    [
        # Two stores from X15.5: the client one is shown when TLS is opened.
        ("X15.5", "server", "client", "works"),
        ("X15.5", "server", "both", "works"),
        ("X15.5", "server", "absent", "works"),
        ("X15.5", "both", "server", "fails"),
        ("X15.5", "both", "expired", "fails"),
        ("X15.5", "expired", "both", "works"),
        ("X15.5", "both", "unknown", "unknown"),
        # Not stated: the copy of the server certificate.
        ("X15.5", "both", None, "works"),
        ("X15.5", "server", None, "fails"),
        # One certificate below X15.5: a client certificate stated there is not used.
        ("X15.4", "server", "both", "fails"),
        ("X14.3.7", "both", "server", "works"),
        ("X14.3.7", "both", "expired", "works"),
        # The release not known: either may be shown.
        (None, "both", "both", "works"),
        (None, "server", "both", "unknown"),
        (None, "server", "server", "fails"),
        (UNKNOWN, "both", "server", "unknown"),
    ],
)
def test_the_presenters_release_decides_which_store_is_shown(
    knowledge: Knowledge, release: str | None, server: str, client: str | None, expected: str
) -> None:
    found = states(knowledge, deployed(node("expc1", release, server, client), node("expe1")))
    assert found["uc-traversal expc1 expe1"] == found["ssh-tunnel expc1 expe1"] == expected
    server_only = expected == "fails" and client != "expired"
    assert found["cucm-tftp expc1 peer"] == ("depends" if server_only else expected)


def test_server_roles_show_the_server_store(knowledge: Knowledge) -> None:
    nodes = node("expc1", "X15.5"), node("expe1", "X15.5", server="server", client="client")
    found = states(knowledge, deployed(*nodes))
    assert found["https client expe1"] == found["mra-service expe1 expc1"] == "works"
    swapped = deployed(node("expc1", "X15.5"), node("expe1", "X15.5", server="client", client="server"))
    found = states(knowledge, swapped)
    assert found["https client expe1"] == found["mra-service expe1 expc1"] == "fails"


@pytest.mark.parametrize("release", ["X8.11.4", "X14.3.7", "X15.4.9"])
def test_a_client_certificate_stated_below_x155_is_a_discrepancy_and_is_not_used(
    knowledge: Knowledge, release: str
) -> None:
    core = node("expc1", release, held("both", "private"), held("server", "public"))
    made = planned(knowledge, deployed(core, node("expe1", release, held("both", "private"))))
    assert [d.id for d in made.assessment.discrepancies] == ["node/expc1/client_certificate"]
    assert made.assessment.outcome == "not-affected"
    assert "ca-end-other" not in {entry.id for entry in made.assessment.calendar}


def test_a_client_certificate_stated_from_x155_is_no_discrepancy(knowledge: Knowledge) -> None:
    nodes = node("expc1", "X15.5", "server", "client"), node("expe1", "X15.5")
    assert planned(knowledge, deployed(*nodes)).assessment.discrepancies == ()


@pytest.mark.parametrize(
    ("whole", "own", "expected"),
    [("on", "off", "works"), ("off", "on", "fails"), (None, "off", "works"), ("off", UNKNOWN, "depends")],
)
def test_a_nodes_own_eku_checking_overrides_the_deployments(
    knowledge: Knowledge, whole: str | None, own: str, expected: str
) -> None:
    nodes = node("expc1", server="server"), node("expe1", "X15.5", eku_checking=own), node("expe2", "X15.5")
    found = states(knowledge, deployed(*nodes, eku_checking=whole))
    assert found["uc-traversal expc1 expe1"] == expected
    assert found["uc-traversal expc1 expe2"] == ("works" if whole == "off" else "fails")


def test_it_is_the_checkers_eku_checking_that_counts(knowledge: Knowledge) -> None:
    nodes = node("expc1", "X15.5", server="server", eku_checking="off"), node("expe1", "X15.5")
    assert states(knowledge, deployed(*nodes))["uc-traversal expc1 expe1"] == "fails"


def test_a_nodes_own_neighbor_verification_and_far_ends_override_the_deployments(
    knowledge: Knowledge,
) -> None:
    made = deployed(
        node("expe1", server="server", neighbor_tls_verify="off", peers_ignore_eku="no"),
        node("expe2", server="server"),
        node("expc1", server="server", cucm_eku_validation="off"),
        uses="neighbor-mtls uc-traversal",
        neighbor_tls_verify="on",
        peers_ignore_eku="yes",
        cucm_eku_validation="on",
    )
    found = states(knowledge, made)
    assert found["neighbor-inbound peer expe1"] == "works"
    assert found["neighbor-inbound peer expe2"] == "depends"
    assert found["neighbor-outbound expe1 peer"] == "fails"
    assert found["neighbor-outbound expe2 peer"] == "works"
    assert found["cucm-tftp expc1 peer"] == "works"


@pytest.mark.parametrize(
    ("whole", "own", "expected"),
    [
        ("permissive", "enforce", "fails"),
        ("enforce", "permissive", "fails"),
        ("permissive", "permissive", "works"),
        ("permissive", UNKNOWN, "depends"),
    ],
)
def test_one_peer_that_enforces_refuses_the_other(
    knowledge: Knowledge, whole: str, own: str, expected: str
) -> None:
    nodes = node("expe1", server="server", cluster_tls_verify=own), node("expe2", server="server")
    assert states(knowledge, deployed(*nodes, cluster_tls_verify=whole))["cluster-db expe1 expe2"] == expected


@pytest.mark.parametrize(
    ("first", "second", "third", "expected"),
    [
        (("X14.3.7", "both"), ("X14.3.7", "both"), ("X14.3.7", "server"), "works fails fails"),
        (("X14.3.7", "both"), ("X14.3.7", "both"), ("X14.3.7", "unknown"), "works unknown unknown"),
        # The oldest node decides for the whole cluster.
        (("X15.5", "server"), ("X15.4", "server"), ("X14.3.7", "both"), "fails fails fails"),
        (("X15.5", "server"), ("X15.4", "server"), ("X15.4", "both"), "works works works"),
        (("X15.5", "both"), ("X15.4", "both"), ("X14.3.7", "both"), "works works works"),
        # One release that is not known could be older, unless an older one is known already.
        (("X15.5", "server"), ("X15.4", "server"), (None, "both"), "unknown unknown unknown"),
        (("X14.3.7", "server"), ("X15.4", "server"), (None, "both"), "fails fails fails"),
    ],
)
def test_a_cluster_goes_by_its_weakest_node(
    knowledge: Knowledge,
    first: tuple[str, str],
    second: tuple[str, str],
    third: tuple[str, str],
    expected: str,
) -> None:
    nodes = [node(f"expe{i}", *told) for i, told in enumerate((first, second, third), 1)]
    found = states(knowledge, deployed(*nodes, cluster_tls_verify="enforce"))
    pairs = ("expe1 expe2", "expe1 expe3", "expe2 expe3")
    assert " ".join(found[f"cluster-db {pair}"] for pair in pairs) == expected


def test_each_connection_is_predicted_alone(knowledge: Knowledge) -> None:
    """Rule 1: tunnels that fail do not take the service, the zone or the web page down with them."""
    nodes = node("expc1", "X15.5", server="server"), node("expe1", "X15.5", server="server")
    found = states(knowledge, deployed(*nodes, eku_checking="off"))
    assert found["ssh-tunnel expc1 expe1"] == "fails"
    assert {found[key] for key in ("uc-traversal expc1 expe1", "mra-service expe1 expc1")} == {"works"}
    assert found["https client expe1"] == "works"


@pytest.mark.parametrize(
    ("not_before", "not_after", "expected"),
    [
        (date(2026, 11, 22), date(2026, 11, 24), "works"),
        (date(2026, 11, 23), date(2026, 11, 23), "works"),
        (date(2026, 1, 1), date(2026, 11, 22), "fails"),
        (date(2026, 11, 24), date(2027, 1, 1), "fails"),
        (None, None, "works"),
    ],
)
def test_the_day_before_the_first_and_after_the_last(
    knowledge: Knowledge, not_before: date | None, not_after: date | None, expected: str
) -> None:
    certificate = held("both", not_before=not_before, not_after=not_after)
    found = states(knowledge, deployed(node("expc1", server=certificate), node("expe1")))
    assert found["uc-traversal expc1 expe1"] == expected
    assert found["https client expc1"] == expected


def test_an_expired_certificate_is_told_as_such_and_not_as_an_eku_fault(knowledge: Knowledge) -> None:
    nodes = node("expc1", "X15.5", server="expired"), node("expe1", "X15.5")
    made = planned(knowledge, deployed(*nodes, eku_checking="off"))
    told = {c.id: c.today for c in made.assessment.connections}
    for id in ("uc-traversal", "ssh-tunnel", "cucm-tftp"):
        assert told[id].state == "fails"
        assert "expired" in told[id].why


def test_an_edge_whose_certificate_the_core_cannot_verify_ends_the_zone(knowledge: Knowledge) -> None:
    for server in ("expired", "not-yet", "client"):
        found = states(knowledge, deployed(node("expc1"), node("expe1", server=server)))
        assert found["uc-traversal expc1 expe1"] == "fails"


@pytest.mark.parametrize("server", ["unknown", "unsaid"])
def test_an_edge_whose_eku_is_not_known_leaves_the_zone_to_the_cores_certificate(
    knowledge: Knowledge, server: str
) -> None:
    """The table demands clientAuth of the core; the edge's own unknown stands at mra-service and https."""
    found = states(knowledge, deployed(node("expc1"), node("expe1", server=server)))
    assert found["uc-traversal expc1 expe1"] == "works"
    assert found["mra-service expe1 expc1"] == found["https client expe1"] == "unknown"


@pytest.mark.parametrize(
    ("whole", "own", "expected"),
    [
        ("no", "yes", "works"),
        ("yes", "no", "fails"),
        ("yes", UNKNOWN, "depends"),
        ("yes", None, "works"),
        (None, None, "depends"),
    ],
)
def test_a_far_end_that_differs_goes_by_its_own_facts(
    knowledge: Knowledge, whole: str | None, own: str | None, expected: str
) -> None:
    for use, id in (("neighbor-mtls", "neighbor"), ("b2b-sip", "b2b"), ("imp-federation", "federation")):
        made = deployed(
            node("expe1", server="server"),
            uses=use,
            peers_ignore_eku=whole,
            peers=(peer("far", use, own),),
        )
        found = states(knowledge, made)
        assert found[f"{id}-outbound expe1 far"] == expected
        usual = {"yes": "works", "no": "fails", None: "depends"}[whole]
        assert found[f"{id}-outbound expe1 peer"] == usual


def test_defaults_are_shown_as_defaults(knowledge: Knowledge) -> None:
    made = planned(knowledge, deployed(node("expe1", "X15.5"), uses="neighbor-mtls"))
    defaults = {asked.question: asked.answer for asked in made.assessment.known if asked.origin == "default"}
    assert defaults == {"eku_checking": "on", "neighbor_tls_verify": "on"}
    other = planned(knowledge, deployed(node("expe1", "X15.5"), uses="b2b-sip"))
    told = {asked.question for asked in other.assessment.known if asked.origin == "default"}
    assert "neighbor_tls_verify" not in told
    assert "cluster_tls_verify" not in told


def test_the_next_renewal_leaves_the_weakest_node_to_decide(knowledge: Knowledge) -> None:
    nodes = node("expe1", server=held("both", "private")), node("expe2", server=held("both", "public"))
    made = deployed(*nodes, cluster_tls_verify="enforce")
    assert states(knowledge, made)["cluster-db expe1 expe2"] == "works"
    assert renewed(knowledge, made)["cluster-db expe1 expe2"] == "fails"
