"""facts.md section 4, rule 3: which connections there are, and between whom."""

import pytest

from tests.domain.build import deployed, node, peer, states
from wizard.model.deployment import UNKNOWN, USES, Deployment, Node
from wizard.model.knowledge import Knowledge

CORE, EDGE = (node("expc1"),), (node("expe1"),)
FOUR = (node("expc1"), node("expc2"), node("expe1"), node("expe2"))
ALWAYS = {"https", "smart-licensing"}

BY_USE = {
    "uc-traversal": {"uc-traversal", "ssh-tunnel", "mra-service", "cucm-tftp"},
    "traversal-mtls": {"traversal-mtls"},
    "neighbor-mtls": {"neighbor-inbound", "neighbor-outbound"},
    "b2b-sip": {"b2b-inbound", "b2b-outbound"},
    "imp-federation": {"federation-inbound", "federation-outbound"},
    "mra-onboarding": {"mra-onboarding"},
}


def kinds(found: dict[str, str]) -> set[str]:
    return {key.split()[0] for key in found}


def pairs(found: dict[str, str], id: str) -> list[str]:
    return [key.removeprefix(f"{id} ") for key in found if key.startswith(f"{id} ")]


@pytest.mark.parametrize("use", USES)
def test_each_use_brings_its_own_connections(knowledge: Knowledge, use: str) -> None:
    assert kinds(states(knowledge, deployed(*CORE, *EDGE, uses=use))) == BY_USE[use] | ALWAYS


def test_no_use_leaves_the_two_that_are_always_there(knowledge: Knowledge) -> None:
    assert kinds(states(knowledge, deployed(*CORE, *EDGE, uses=""))) == ALWAYS


def test_a_use_that_they_could_not_tell_brings_no_connection(knowledge: Knowledge) -> None:
    made = Deployment(nodes=CORE + EDGE, uses=dict.fromkeys(USES, UNKNOWN))  # type: ignore[arg-type]
    assert kinds(states(knowledge, made)) == ALWAYS


def test_every_connection_of_the_table_is_listed_when_everything_is_used(knowledge: Knowledge) -> None:
    found = states(knowledge, deployed(*FOUR, uses=" ".join(USES)))
    everything = set().union(*BY_USE.values()) | ALWAYS | {"cluster-db"}
    assert kinds(found) == everything == set(knowledge.connections)


EACH_CORE_WITH_EACH_EDGE = ["expc1 expe1", "expc1 expe2", "expc2 expe1", "expc2 expe2"]
EACH_NODE = ["expc1", "expc2", "expe1", "expe2"]


@pytest.mark.parametrize(
    ("id", "expected"),
    [
        ("uc-traversal", EACH_CORE_WITH_EACH_EDGE),
        ("ssh-tunnel", EACH_CORE_WITH_EACH_EDGE),
        ("traversal-mtls", EACH_CORE_WITH_EACH_EDGE),
        ("mra-service", ["expe1 expc1", "expe1 expc2", "expe2 expc1", "expe2 expc2"]),
        ("cluster-db", ["expc1 expc2", "expe1 expe2"]),
        ("neighbor-inbound", [f"peer {name}" for name in EACH_NODE]),
        ("neighbor-outbound", [f"{name} peer" for name in EACH_NODE]),
        ("b2b-inbound", ["peer expe1", "peer expe2"]),
        ("b2b-outbound", ["expe1 peer", "expe2 peer"]),
        ("federation-inbound", ["peer expe1", "peer expe2"]),
        ("federation-outbound", ["expe1 peer", "expe2 peer"]),
        ("mra-onboarding", ["expe1 cloud", "expe2 cloud"]),
        ("cucm-tftp", ["expc1 peer", "expc2 peer"]),
        ("https", [f"client {name}" for name in EACH_NODE]),
        ("smart-licensing", [f"{name} cloud" for name in EACH_NODE]),
    ],
)
def test_the_ends_of_each_connection(knowledge: Knowledge, id: str, expected: list[str]) -> None:
    found = states(knowledge, deployed(*FOUR, uses=" ".join(USES)))
    assert sorted(pairs(found, id)) == sorted(expected)


@pytest.mark.parametrize(
    ("nodes", "id", "expected"),
    [
        (CORE, "uc-traversal", ["expc1 edge"]),
        (EDGE, "uc-traversal", ["core expe1"]),
        (CORE, "ssh-tunnel", ["expc1 edge"]),
        (EDGE, "traversal-mtls", ["core expe1"]),
        (CORE, "mra-service", ["edge expc1"]),
        (EDGE, "mra-service", ["expe1 core"]),
        (CORE, "b2b-outbound", ["edge peer"]),
        (CORE, "mra-onboarding", ["edge cloud"]),
        (EDGE, "cucm-tftp", ["core peer"]),
        (CORE, "neighbor-outbound", ["expc1 peer"]),
        (CORE, "https", ["client expc1"]),
        (CORE, "cluster-db", []),
        ((), "uc-traversal", ["core edge"]),
        ((), "mra-service", ["edge core"]),
        ((), "neighbor-inbound", ["peer core", "peer edge"]),
        ((), "https", ["client core", "client edge"]),
        ((), "smart-licensing", ["core cloud", "edge cloud"]),
        ((), "cluster-db", []),
    ],
)
def test_a_role_without_a_node_is_an_end_of_its_own(
    knowledge: Knowledge, nodes: tuple[Node, ...], id: str, expected: list[str]
) -> None:
    found = states(knowledge, deployed(*nodes, uses=" ".join(USES), public_ca="yes"))
    assert pairs(found, id) == expected


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("both", {"uc-traversal": "works", "ssh-tunnel": "works", "cucm-tftp": "works"}),
        ("server", {"uc-traversal": "fails", "ssh-tunnel": "fails", "cucm-tftp": "depends"}),
        ("unknown", {"uc-traversal": "unknown", "ssh-tunnel": "unknown", "cucm-tftp": "unknown"}),
    ],
)
def test_a_core_is_judged_by_its_own_certificate_where_no_edge_was_named(
    knowledge: Knowledge, kind: str, expected: dict[str, str]
) -> None:
    found = states(knowledge, deployed(node("expc1", server=kind)))
    assert {key.split()[0]: state for key, state in found.items() if key.split()[0] in expected} == expected


@pytest.mark.parametrize(
    ("kind", "expected"), [("both", "works"), ("server", "unknown"), ("client", "fails")]
)
def test_an_edge_is_judged_by_its_own_certificate_where_no_core_was_named(
    knowledge: Knowledge, kind: str, expected: str
) -> None:
    assert states(knowledge, deployed(node("expe1", server=kind)))["mra-service expe1 core"] == expected


def test_a_cluster_of_six_replicates_between_all_its_peers(knowledge: Knowledge) -> None:
    nodes = [node(f"expe{n}", cluster="hq") for n in range(1, 7)]
    assert len(pairs(states(knowledge, deployed(*nodes)), "cluster-db")) == 15


def test_nodes_of_one_role_without_a_cluster_are_peers_and_roles_never_mix(knowledge: Knowledge) -> None:
    named = [node("expe1"), node("expe2"), node("expc1")]
    assert pairs(states(knowledge, deployed(*named)), "cluster-db") == ["expe1 expe2"]
    both = [node("expe1", cluster="hq"), node("expc1", cluster="hq")]
    assert pairs(states(knowledge, deployed(*both)), "cluster-db") == []


def test_two_clusters_of_one_role_do_not_replicate_with_each_other(knowledge: Knowledge) -> None:
    nodes = [node("expe1", cluster="hq"), node("expe2", cluster="hq"), node("expe3", cluster="branch")]
    assert pairs(states(knowledge, deployed(*nodes)), "cluster-db") == ["expe1 expe2"]


def test_a_far_end_that_differs_has_a_row_of_its_own_beside_the_others(knowledge: Knowledge) -> None:
    made = deployed(
        *EDGE,
        uses="b2b-sip neighbor-mtls",
        peers=(peer("cms", "neighbor-mtls", "yes"), peer("partner", "b2b-sip", "no")),
    )
    found = states(knowledge, made)
    assert pairs(found, "neighbor-outbound") == ["expe1 peer", "expe1 cms"]
    assert pairs(found, "neighbor-inbound") == ["peer expe1", "cms expe1"]
    assert pairs(found, "b2b-outbound") == ["expe1 peer", "expe1 partner"]


def test_a_far_end_of_a_use_that_is_not_there_has_no_row(knowledge: Knowledge) -> None:
    made = deployed(*EDGE, uses="neighbor-mtls", peers=(peer("partner", "b2b-sip", "no"),))
    assert not [key for key in states(knowledge, made) if "partner" in key]
