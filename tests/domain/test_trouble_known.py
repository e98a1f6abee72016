"""With a deployment open, what is known is not asked again, and the prediction marks the causes."""

from dataclasses import replace

from tests.conftest import TODAY
from tests.troubles import content, knowledge
from wizard.domain.trouble_signals import SIGNALS, known_answers
from wizard.domain.troubleshoot import note_of, run, worst_today
from wizard.model.deployment import Certificate, Deployment, Node, Origin, Peer, Role, Settings
from wizard.model.knowledge import Source, State
from wizard.model.plan import ConnectionOutlook, Prediction
from wizard.model.release import Release

SERVER_ONLY = Certificate(ca="public", eku=("serverAuth",))
BOTH = Certificate(ca="public", eku=("serverAuth", "clientAuth"))


def node(name: str, role: Role, release: str, server: Certificate, client: Certificate | None = None) -> Node:
    return Node(name, role, None, None, Release.parse(release), Settings(), server, client)


def deployment(*nodes: Node, **settings: str) -> Deployment:
    return Deployment(name="Example", nodes=nodes, settings=Settings(**settings))  # type: ignore[arg-type]


def test_a_deployment_answers_the_whole_cluster_trouble() -> None:
    open_one = deployment(
        node("c1", "core", "X14.3.7", BOTH),
        node("c2", "core", "X14.3.7", SERVER_ONLY),
        cluster_tls_verify="enforce",
    )
    result = run(knowledge(), "cluster-replication", deployment=open_one)
    assert result.diagnosis is not None and result.diagnosis.id == "cluster-eku"
    assert result.diagnosis.certainty == "certain"
    assert [asked.answer for asked in result.path] == ["enforce", "before-x15.4", "server-only"]
    assert result.path[2].detail == "c2"
    assert all(asked.origin == "answered" for asked in result.path)


def test_where_an_answer_came_from_is_told() -> None:
    read = Origin("certificate", "expe1.pem", "ab" * 32)
    open_one = replace(
        deployment(node("e1", "edge", "X14.3.7", SERVER_ONLY)),
        origins={"node/e1/server_certificate": read, "node/e1/release": Origin("dump", "xstat.txt:12")},
    )
    known = known_answers(content(), open_one)
    assert (known["edge_server_eku"].value, known["edge_server_eku"].origin) == ("server-only", "certificate")
    assert known["edge_server_eku"].detail == "e1: expe1.pem"
    assert known["edge_release"].detail == "e1: xstat.txt:12"


def test_x155_shows_the_client_store_and_below_it_the_one_certificate() -> None:
    new = deployment(node("c1", "core", "X15.5", SERVER_ONLY, BOTH))
    assert known_answers(content(), new)["core_client_eku"].value == "client-auth"
    old = deployment(node("c1", "core", "X15.4", SERVER_ONLY, BOTH))
    assert known_answers(content(), old)["core_client_eku"].value == "server-only"


def test_what_is_not_known_or_in_doubt_is_asked() -> None:
    mixed = deployment(
        node("e1", "edge", "X14.3.7", Certificate()),
        node("e2", "edge", "X15.4", BOTH),
        eku_checking="unknown",
    )
    known = known_answers(content(), mixed)
    assert not {"edge_release", "edge_server_eku", "eku_checking", "neighbor_tls_verify"} & set(known)
    differing = replace(
        deployment(node("e1", "edge", "X15.5", BOTH), server_eku_upload="on"),
        nodes=(replace(node("e1", "edge", "X15.5", BOTH), settings=Settings(server_eku_upload="off")),),
    )
    assert "server_eku_upload" not in known_answers(content(), differing)


def test_a_setting_known_of_some_nodes_only_is_asked() -> None:
    core = replace(node("c1", "core", "X15.5", BOTH, BOTH), settings=Settings(eku_checking="off"))
    half = deployment(core, node("e1", "edge", "X15.5", BOTH, BOTH))
    assert "eku_checking" not in known_answers(content(), half)
    edge = replace(half.nodes[1], settings=Settings(eku_checking="off"))
    assert known_answers(content(), replace(half, nodes=(core, edge)))["eku_checking"].value == "off"
    below = replace(half.nodes[1], release=Release.parse("X15.4"))
    assert known_answers(content(), replace(half, nodes=(core, below)))["eku_checking"].value == "off"


def test_a_far_end_that_differs_from_the_rest_is_asked_about() -> None:
    one = deployment(node("e1", "edge", "X15.5", BOTH), peers_ignore_eku="no")
    assert known_answers(content(), one)["peers_ignore_eku"].value == "no"
    for ignores, known in (("no", True), ("yes", False)):
        peer = Peer("cms.example.net", "neighbor-mtls", ignores)  # type: ignore[arg-type]
        assert ("peers_ignore_eku" in known_answers(content(), replace(one, peers=(peer,)))) is known


def test_the_only_far_end_in_use_is_not_asked_for() -> None:
    edge = deployment(node("e1", "edge", "X15.5", BOTH))
    for federation, known in (("no", True), ("yes", False), ("unknown", False)):
        uses = {"b2b-sip": "yes", "imp-federation": federation, "mra-onboarding": "no"}
        told = known_answers(content(), replace(edge, uses=uses))  # type: ignore[arg-type]
        assert (told["far_end"].value == "b2b") if known else ("far_end" not in told)
    assert "far_end" not in known_answers(content(), replace(edge, uses={"b2b-sip": "yes"}))


def test_below_x155_too_acme_is_blamed_only_for_a_certificate_without_client_auth() -> None:
    edge = node("e1", "edge", "X15.4", replace(BOTH, acme=True))
    result = run(knowledge(), "acme-overwrote", deployment=deployment(edge))
    assert result.diagnosis is not None and result.diagnosis.id == "acme-not-overwritten"
    edge = replace(edge, server_certificate=replace(SERVER_ONLY, acme=True))
    result = run(knowledge(), "acme-overwrote", deployment=deployment(edge))
    assert result.diagnosis is not None
    assert (result.diagnosis.id, result.diagnosis.certainty) == ("acme-one-store", "certain")


def test_one_server_only_node_is_enough_even_beside_an_unknown_one() -> None:
    half = deployment(node("e1", "edge", "X15.5", Certificate()), node("e2", "edge", "X15.5", SERVER_ONLY))
    assert known_answers(content(), half)["edge_server_eku"].value == "server-only"


def test_the_person_overrules_the_deployment_and_that_is_told() -> None:
    open_one = deployment(node("c1", "core", "X14.3.7", BOTH), node("c2", "core", "X14.3.7", BOTH))
    result = run(knowledge(), "mra-registration", {"core_release": "x15.5"}, deployment=open_one)
    assert result.path[0].answer == "x15.5" and result.path[0].instead_of == "before-x15.4"


def test_every_signal_is_asked_for_and_has_the_answers_of_its_question() -> None:
    used = {ask.known_from for ask in content().asks.values() if ask.known_from}
    assert used == set(SIGNALS)


def test_acme_settings_of_the_edge_are_known() -> None:
    edge = node("e1", "edge", "X15.5", replace(SERVER_ONLY, acme=True, acme_copies_to_client=True))
    result = run(knowledge(), "acme-overwrote", deployment=deployment(edge))
    assert result.diagnosis is not None and result.diagnosis.id == "acme-copied"


def test_the_prediction_marks_causes_before_anything_is_answered() -> None:
    states: dict[str, State] = {"uc-traversal": "fails", "traversal-mtls": "works"}
    result = run(knowledge(), "uc-traversal-down", predictions=states)
    marked = {cause.id: cause.prediction for cause in result.possible}
    assert marked["traversal-core-eku"] == "fails" and marked["ca-missing"] == ""
    works = run(
        knowledge(),
        "uc-traversal-down",
        {"core_client_eku": "server-only", "edge_release": "x15.4"},
        predictions={"uc-traversal": "works"},
    )
    assert works.diagnosis is not None and works.diagnosis.prediction == "works"
    assert "work" in works.diagnosis.prediction_text


def test_the_worst_state_of_today_counts_for_a_kind_of_connection() -> None:
    def outlook(state: State) -> ConnectionOutlook:
        told = Prediction(state, "", Source("doc-225482"))
        return ConnectionOutlook("uc-traversal", "", "c", "e", "", told, told, told)

    assert worst_today([outlook("works"), outlook("depends")]) == {"uc-traversal": "depends"}
    assert worst_today([outlook("fails"), outlook("unknown")]) == {"uc-traversal": "fails"}


def test_a_note_for_the_deployment_holds_ids_and_no_pasted_line_unless_asked() -> None:
    line = 'Event="Outbound TLS Negotiation Error" Dst-ip="10.1.1.1" Detail="tlsv1 alert unknown ca"'
    result = run(knowledge(), "neighbor-zone", {"our_client_eku": "server-only"}, [line])
    note = note_of(result, TODAY, "client-certificate")
    assert note.signatures == ("far-end-refused-client-certificate",) and note.lines == ()
    assert note.answers["neighbor_direction"] == "outbound"
    assert note_of(result, TODAY, keep_lines=True).lines == (line,)
