"""facts.md section 4, the table: what each connection demands, by release, certificate kind and setting.

Each row is a certificate kind, each letter of it one situation: (W)orks, (F)ails, (D)epends, (U)nknown.
"""

import pytest

from tests.domain.build import LETTER, deployed, node, states
from wizard.model.deployment import UNKNOWN
from wizard.model.knowledge import Knowledge

SITUATION = dict[str, str | None]


def rows(table: dict[str, str], situations: list[SITUATION]) -> list[object]:
    out: list[object] = []
    for kind, letters in table.items():
        for letter, situation in zip(letters, situations, strict=True):
            told = " ".join(str(value) for value in situation.values())
            out.append(pytest.param(kind, situation, letter, id=f"{kind}-{told}-{letter}"))
    return out


# The edge checks the core's certificate, and EKU checking off on X15.5 lets a server-only one pass.
# Off still asks for serverAuth where the extension is present. X15.5 stands for every later release too.
SIP_CHECKED: list[SITUATION] = [
    {"release": "X8.11", "eku_checking": None},
    {"release": "X14.3.7", "eku_checking": None},
    {"release": "X15.3.2", "eku_checking": "off"},
    {"release": "X15.4", "eku_checking": None},
    {"release": "X15.4.9", "eku_checking": "off"},
    {"release": "X15.5", "eku_checking": None},
    {"release": "X15.5", "eku_checking": "on"},
    {"release": "X15.5", "eku_checking": "off"},
    {"release": "X15.5.20", "eku_checking": "off"},
    {"release": "X15.5", "eku_checking": UNKNOWN},
    {"release": None, "eku_checking": None},
    {"release": None, "eku_checking": "off"},
    {"release": UNKNOWN, "eku_checking": UNKNOWN},
]
SIP_TLS = {
    "both": "WWWWWWWWWWWWW",
    "client": "WWWWWWWFFDWUU",
    "absent": "WWWWWWWWWWWWW",
    "any": "WWWWWWWWWWWWW",
    "server": "FFFFFFFWWDFUU",
    "other": "FFFFFFFFFFFFF",
    "unsaid": "UUUUUUUWWUUUU",
    "unknown": "UUUUUUUWWUUUU",
    "expired": "FFFFFFFFFFFFF",
    "not-yet": "FFFFFFFFFFFFF",
}


@pytest.mark.parametrize("use", ["uc-traversal", "traversal-mtls"])
@pytest.mark.parametrize(("kind", "at", "letter"), rows(SIP_TLS, SIP_CHECKED))
def test_the_edge_checks_the_core_in_a_traversal_zone(
    knowledge: Knowledge, use: str, kind: str, at: SITUATION, letter: str
) -> None:
    nodes = node("expc1", server=kind), node("expe1", at["release"])
    found = states(knowledge, deployed(*nodes, uses=use, eku_checking=at["eku_checking"]))
    assert LETTER[found[f"{use} expc1 expe1"]] == letter


TUNNEL = {
    "both": "W", "client": "W", "absent": "W", "any": "W", "server": "F", "other": "F", "unsaid": "U",
    "unknown": "U", "expired": "F", "not-yet": "F",
}  # fmt: skip


@pytest.mark.parametrize("at", SIP_CHECKED, ids=str)
@pytest.mark.parametrize(("kind", "letter"), list(TUNNEL.items()))
def test_ssh_tunnels_ask_for_client_auth_whatever_the_release_and_the_eku_checking_mode(
    knowledge: Knowledge, kind: str, at: SITUATION, letter: str
) -> None:
    nodes = node("expc1", server=kind), node("expe1", at["release"])
    found = states(knowledge, deployed(*nodes, eku_checking=at["eku_checking"]))
    assert LETTER[found["ssh-tunnel expc1 expe1"]] == letter


RELEASES: list[SITUATION] = [
    {"release": release} for release in ("X14.3.7", "X15.3.2", "X15.4", "X15.5", "X15.5.20", None, UNKNOWN)
]
SERVICE = {
    "both": "WWWWWWW",
    "absent": "WWWWWWW",
    "any": "WWWWWWW",
    "server": "FFWWWUU",
    "client": "FFFFFFF",
    "other": "FFFFFFF",
    "unsaid": "UUUUUUU",
    "unknown": "UUUUUUU",
    "expired": "FFFFFFF",
    "not-yet": "FFFFFFF",
}


@pytest.mark.parametrize(("kind", "at", "letter"), rows(SERVICE, RELEASES))
def test_the_core_reads_the_edges_server_certificate_in_mra_service(
    knowledge: Knowledge, kind: str, at: SITUATION, letter: str
) -> None:
    found = states(knowledge, deployed(node("expc1", at["release"]), node("expe1", server=kind)))
    assert LETTER[found["mra-service expe1 expc1"]] == letter


CLUSTERS: list[SITUATION] = [
    {"release": release, "mode": mode}
    for release in ("X14.3.7", "X15.4", "X15.5", None)
    for mode in ("enforce", "permissive", UNKNOWN, None)
]
REPLICATION = {
    "both": "WWWW WWWW WWWW WWWW",
    "client": "WWWW WWWW WWWW WWWW",
    "absent": "WWWW WWWW WWWW WWWW",
    "server": "FWDD WWWW WWWW UWUU",
    "unknown": "UWUU WWWW WWWW UWUU",
    "unsaid": "UWUU WWWW WWWW UWUU",
    "expired": "FWDD FWDD FWDD FWDD",
    "not-yet": "FWDD FWDD FWDD FWDD",
}


@pytest.mark.parametrize("role", ["expe", "expc"])
@pytest.mark.parametrize(
    ("kind", "at", "letter"), rows({k: v.replace(" ", "") for k, v in REPLICATION.items()}, CLUSTERS)
)
def test_peers_check_each_other_below_x154_when_the_cluster_enforces(
    knowledge: Knowledge, role: str, kind: str, at: SITUATION, letter: str
) -> None:
    nodes = node(f"{role}1", at["release"], server=kind), node(f"{role}2", at["release"], server=kind)
    found = states(knowledge, deployed(*nodes, cluster_tls_verify=at["mode"]))
    assert LETTER[found[f"cluster-db {role}1 {role}2"]] == letter


INBOUND: list[SITUATION] = [
    {"release": "X14.3.7", "checking": None},
    {"release": "X15.4", "checking": "off"},
    {"release": "X15.5", "checking": "on"},
    {"release": "X15.5", "checking": "off"},
    {"release": "X15.5", "checking": UNKNOWN},
    {"release": None, "checking": None},
    {"release": None, "checking": "off"},
]
FROM_PEERS = {"on": "DDDWDDU", "off": "WWWWWWW", "not said": "DDDWDDU", UNKNOWN: "DDDWDDU"}


@pytest.mark.parametrize("name", ["expe1", "expc1"])
@pytest.mark.parametrize(("verify", "at", "letter"), rows(FROM_PEERS, INBOUND))
def test_what_a_neighbor_shows_is_not_known(
    knowledge: Knowledge, name: str, verify: str, at: SITUATION, letter: str
) -> None:
    setting = None if verify == "not said" else verify
    made = deployed(
        node(name, at["release"]),
        uses="neighbor-mtls",
        neighbor_tls_verify=setting,
        eku_checking=at["checking"],
    )
    assert LETTER[states(knowledge, made)[f"neighbor-inbound peer {name}"]] == letter


@pytest.mark.parametrize(("at", "letter"), list(zip(INBOUND, "DDDWDDU", strict=True)), ids=str)
def test_what_a_b2b_caller_shows_is_not_known(knowledge: Knowledge, at: SITUATION, letter: str) -> None:
    made = deployed(node("expe1", at["release"]), uses="b2b-sip", eku_checking=at["checking"])
    assert LETTER[states(knowledge, made)["b2b-inbound peer expe1"]] == letter


@pytest.mark.parametrize("at", INBOUND, ids=str)
def test_eku_checking_never_reaches_xmpp_federation(knowledge: Knowledge, at: SITUATION) -> None:
    made = deployed(node("expe1", at["release"]), uses="imp-federation", eku_checking=at["checking"])
    assert states(knowledge, made)["federation-inbound peer expe1"] == "depends"


IGNORES: list[SITUATION] = [{"ignores": value} for value in ("yes", "no", UNKNOWN, None)]
TO_PEERS = {
    "both": "WWWW",
    "client": "WWWW",
    "absent": "WWWW",
    "any": "WWWW",
    "server": "WFDD",
    "unknown": "WUUU",
    "unsaid": "WUUU",
    "expired": "FFFF",
    "not-yet": "FFFF",
}


@pytest.mark.parametrize("release", ["X14.3.7", "X15.4", "X15.5", None])
@pytest.mark.parametrize(
    ("use", "connection"),
    [
        ("neighbor-mtls", "neighbor-outbound"),
        ("b2b-sip", "b2b-outbound"),
        ("imp-federation", "federation-outbound"),
    ],
)
@pytest.mark.parametrize(("kind", "at", "letter"), rows(TO_PEERS, IGNORES))
def test_the_far_end_wants_client_auth_unless_it_ignores_the_eku(
    knowledge: Knowledge,
    release: str | None,
    use: str,
    connection: str,
    kind: str,
    at: SITUATION,
    letter: str,
) -> None:
    made = deployed(node("expe1", release, server=kind), uses=use, peers_ignore_eku=at["ignores"])
    assert LETTER[states(knowledge, made)[f"{connection} expe1 peer"]] == letter


VALIDATION: list[SITUATION] = [{"validation": value} for value in ("on", "off", UNKNOWN, None)]
TFTP = {
    "both": "WWWW",
    "client": "WWWW",
    "absent": "WWWW",
    "server": "FWDD",
    "unknown": "UWUU",
    "expired": "FFFF",
    "not-yet": "FFFF",
}


@pytest.mark.parametrize("release", ["X14.3.7", "X15.4", "X15.5"])
@pytest.mark.parametrize(("kind", "at", "letter"), rows(TFTP, VALIDATION))
def test_unified_cm_checks_the_core_unless_its_validation_is_off(
    knowledge: Knowledge, release: str, kind: str, at: SITUATION, letter: str
) -> None:
    made = deployed(node("expc1", release, server=kind), cucm_eku_validation=at["validation"])
    assert LETTER[states(knowledge, made)["cucm-tftp expc1 peer"]] == letter


@pytest.mark.parametrize(
    ("kind", "letter"),
    [("both", "W"), ("client", "W"), ("absent", "W"), ("server", "D"), ("unknown", "U"), ("expired", "F")],
)
def test_what_the_cloud_accepts_without_client_auth_is_not_known(
    knowledge: Knowledge, kind: str, letter: str
) -> None:
    made = deployed(node("expe1", server=kind), uses="mra-onboarding", peers_ignore_eku="yes")
    assert LETTER[states(knowledge, made)["mra-onboarding expe1 cloud"]] == letter


@pytest.mark.parametrize(
    ("kind", "letter"),
    [
        ("both", "W"),
        ("server", "W"),
        ("absent", "W"),
        ("any", "W"),
        ("client", "F"),
        ("unknown", "U"),
        ("expired", "F"),
        ("not-yet", "F"),
    ],
)
@pytest.mark.parametrize("name", ["expe1", "expc1"])
def test_a_browser_wants_server_auth_and_nothing_else(
    knowledge: Knowledge, name: str, kind: str, letter: str
) -> None:
    made = deployed(node(name, server=kind), uses="")
    assert LETTER[states(knowledge, made)[f"https client {name}"]] == letter


@pytest.mark.parametrize("kind", ["both", "server", "client", "unknown", "expired"])
@pytest.mark.parametrize("release", ["X14.3.7", "X15.5", None])
def test_smart_licensing_never_depends_on_a_certificate_of_ours(
    knowledge: Knowledge, kind: str, release: str | None
) -> None:
    made = deployed(node("expe1", release, server=kind), node("expc1", release, server=kind), uses="")
    found = states(knowledge, made)
    assert found["smart-licensing expe1 cloud"] == found["smart-licensing expc1 cloud"] == "works"
