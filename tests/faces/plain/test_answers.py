"""What a typed line means, question by question."""

from dataclasses import replace

import pytest

from tests.faces.plain.scripted import NEW, MemoryDesk, talk
from wizard.domain import horizon
from wizard.model.deployment import Deployment, Node, Origin
from wizard.model.release import Release

QUICK = [*NEW, "none"]
"""A new deployment without nodes: the next question is whether a public CA is in use."""
PAIR = [*NEW, "expc1.example.com core X14.3.7", "expe1.example.com edge X14.3.7", ""]
"""One core and one edge of a known release: the next question is the same."""


@pytest.mark.parametrize("line", ["1", "yes", "YES", "Yes, on at least one node"])
def test_an_answer_is_taken_by_number_id_or_words(line: str) -> None:
    assert talk([*QUICK, line, "q"]).deployment.public_ca == "yes"


@pytest.mark.parametrize("line", ["0", "unknown"])
def test_not_knowing_is_an_answer(line: str) -> None:
    talked = talk([*QUICK, line, "q"])
    assert talked.deployment.public_ca == "unknown"
    assert talked.asked[-1] == "uses"


def test_a_line_that_is_no_answer_is_said_and_asked_again() -> None:
    talked = talk([*QUICK, "7", "maybe", "2", "q"])
    assert "7 is not one of the answers." in talked.out
    assert "maybe is not one of the answers." in talked.out
    assert talked.deployment.public_ca == "no"
    assert talked.status == 0


def test_nothing_typed_is_asked_again() -> None:
    talked = talk([*QUICK, "", "1", "q"])
    assert "Type an answer" in talked.out
    assert talked.deployment.public_ca == "yes"


def test_a_pipe_ends_at_the_first_line_that_is_no_answer() -> None:
    talked = talk([*QUICK, "maybe", "1", "2"], interactive=False)
    assert talked.status == 1
    assert talked.left == ("1", "2")
    assert f"It stops at line {len(QUICK) + 1} of the input" in talked.out
    assert talked.deployment.public_ca is None


def test_the_lines_of_a_pipe_are_written_out_so_that_the_session_can_be_read() -> None:
    talked = talk([*QUICK, "1"], interactive=False)
    assert "Answer > 1\n" in talked.out
    assert "Answer > 1\n" not in talk([*QUICK, "1"]).out


def test_escape_characters_of_a_line_are_never_written() -> None:
    talked = talk([*NEW, "\x1b[2Jexpe1", "none", "q"], interactive=True)
    assert "\x1b" not in talked.out
    assert "\\x1b[2Jexpe1 is no name of a node." in talked.out


@pytest.mark.parametrize(
    ("line", "yes", "unknown"),
    [
        ("3 5", {"uc-traversal", "neighbor-mtls"}, set()),
        ("3,5?", {"uc-traversal"}, {"neighbor-mtls"}),
        ("b2b-sip MRA-onboarding", {"b2b-sip", "mra-onboarding"}, set()),
        ("none", set(), set()),
    ],
)
def test_uses_are_taken_by_number_and_the_others_are_not_in_use(
    line: str, yes: set[str], unknown: set[str]
) -> None:
    uses = talk([*QUICK, "1", line, "q"]).deployment.uses
    assert {use for use, said in uses.items() if said == "yes"} == yes
    assert {use for use, said in uses.items() if said == "unknown"} == unknown
    assert len(uses) == 6


def test_one_wrong_number_among_the_uses_refuses_the_line() -> None:
    talked = talk([*QUICK, "1", "3 9", "q"])
    assert "9 is not one of the answers." in talked.out
    assert not talked.deployment.uses


def _told() -> Deployment:
    return Deployment(
        name="told",
        public_ca="yes",
        uses={"uc-traversal": "yes", "b2b-sip": "no"},
        origins={
            "nodes": Origin("answered"),
            "uses/uc-traversal": Origin("dump", "xconf.txt:12"),
            "uses/b2b-sip": Origin("dump", "xconf.txt:3"),
        },
    )


def _opened(lines: list[str]) -> Deployment:
    from tests.faces.plain.test_home import shelved

    desk = MemoryDesk(shelf=(shelved("told"),), opens={"told": _told()})
    return talk(["3", *lines, "q"], desk=desk).deployment


def test_what_a_dump_told_of_a_use_stands_while_nothing_is_said_of_it() -> None:
    uses = _opened(["5"]).uses
    assert uses["uc-traversal"] == "yes"
    assert uses["neighbor-mtls"] == "yes"
    assert uses["b2b-sip"] == "no"


def test_a_minus_overrules_what_a_dump_told_of_a_use_and_keeps_it_beside() -> None:
    changed = _opened(["5 -3"])
    assert changed.uses["uc-traversal"] == "no"
    assert changed.origins["uses/uc-traversal"].other == "yes"


def test_not_knowing_the_uses_leaves_those_that_a_dump_told() -> None:
    uses = _opened(["0"]).uses
    assert (uses["uc-traversal"], uses["b2b-sip"], uses["neighbor-mtls"]) == ("yes", "no", "unknown")


@pytest.mark.parametrize(
    ("line", "release"), [("2", "X15.4"), ("14.3.7", "X14.3.7"), ("x15.5.20", "X15.5.20")]
)
def test_a_release_is_a_number_of_the_list_or_typed(line: str, release: str) -> None:
    talked = talk([*NEW, "expc1.example.com core", "", line, "q"])
    assert talked.deployment.nodes[0].release == Release.parse(release)


@pytest.mark.parametrize("line", ["7", "X", "soon"])
def test_what_is_no_release_is_refused(line: str) -> None:
    talked = talk([*NEW, "expc1.example.com core", "", line, "q"])
    assert talked.deployment.nodes[0].release is None


def test_one_answer_can_be_given_for_all_nodes_that_are_still_asked_for() -> None:
    talked = talk([*NEW, "a.example.com", "b.example.com", "c.example.com", "", "core", "", "4 all", "q"])
    assert {str(node.release) for node in talked.deployment.nodes} == {"X15.5.20"}
    assert talked.asked[-1] == "public_ca"


def test_a_date_that_there_is_not_is_refused() -> None:
    answers = [*PAIR, "1", "3", "1 all", "2 all", "1 all"]
    talked = talk([*answers, "2027-02-30", "2027-02-28", "q"])
    certificate = talked.deployment.nodes[0].server_certificate
    assert "2027-02-30 is not a date such as 2027-02-01." in talked.out
    assert certificate is not None
    assert str(certificate.not_after) == "2027-02-28"


def test_after_each_answer_it_is_said_how_the_options_stand() -> None:
    talked = talk([*PAIR, "1", "3", "q"])
    assert "Options A to D: not known yet which are needed." in talked.out
    assert "Options now: A possible; B possible; C core recommended, edge not applicable;" in talked.out


def test_it_is_said_once_when_the_rest_can_no_longer_change_the_options(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(
        horizon, "settled", lambda knowledge, deployment, as_of: deployment.settings.get(_KEY)
    )
    lines = [*PAIR, "1", "3", "1 all", "2 all", "1 all", "0 all", "1", "q"]
    said = "The questions that are left can no longer change which options are recommended."
    out = talk(lines).out.replace("\n", " ")
    assert out.count(said) == 1
    assert out.index(said) > out.index("Does Unified CM validate the client EKU?")


_KEY = "cucm_eku_validation"


def test_the_end_of_a_branch_is_settled() -> None:
    # Real looking ahead: without a public certificate there is nothing left to ask.
    talked = talk([*PAIR, "2", "q"])
    assert "All questions are answered." in talked.out
    assert "Not affected" in talked.out


NODE_LINES = [
    ("expe1.example.com.", Node("expe1.example.com")),
    ("expe1 edge X15.4", Node("expe1", "edge", release=Release(15, 4))),
    ("expe1, 15.5.20, EDGE", Node("expe1", "edge", release=Release(15, 5, 20))),
    ("expe1 cluster=hq primary", Node("expe1", cluster="hq", primary=True)),
    ("expe1 edge peer unknown", Node("expe1", "edge", primary=False, release="unknown")),
]


@pytest.mark.parametrize(("line", "node"), NODE_LINES)
def test_a_node_is_its_name_and_what_is_known_of_it(line: str, node: Node) -> None:
    talked = talk([*NEW, line, "q"])
    assert talked.deployment.nodes == (node,)


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("3", "is no name of a node"),
        ("exp/e1", "is no name of a node"),
        ("cluster=hq", "is no name of a node"),
        ("expe1 egde", "egde means nothing here"),
        ("expe1", "expe1 is on the list already"),
        ("-expe2", "There is no such node: expe2."),
        ("none", "There are nodes on the list."),
    ],
)
def test_a_line_that_is_no_node_says_why(line: str, why: str) -> None:
    talked = talk([*NEW, "expe1", line, "q"])
    assert why in talked.out
    assert [node.name for node in talked.deployment.nodes] == ["expe1"]


def test_a_minus_takes_a_node_out() -> None:
    talked = talk([*NEW, "expe1", "expe2", "-EXPE1", "q"])
    assert [node.name for node in talked.deployment.nodes] == ["expe2"]


def test_a_cluster_takes_six_peers() -> None:
    lines = [f"expe{number} edge" for number in range(1, 8)]
    talked = talk([*NEW, *lines, "expe7 edge cluster=other", "q"])
    assert "With expe7 the cluster would have more than 6 peers." in talked.out.replace("\n", " ")
    assert len(talked.deployment.nodes) == 7
    assert talked.deployment.nodes[-1] == replace(Node("expe7", "edge"), cluster="other")


def test_role_and_release_are_shared_by_the_nodes_that_have_none() -> None:
    talked = talk([*NEW, "expc1 core", "expe1", "expe2", "", "edge", "14.3.7", "q"])
    assert [node.role for node in talked.deployment.nodes] == ["core", "edge", "edge"]
    assert {str(node.release) for node in talked.deployment.nodes} == {"X14.3.7"}
    assert talked.asked[-1] == "public_ca"


def test_nothing_shared_means_to_be_asked_for_each() -> None:
    talked = talk([*NEW, "expe1", "expe2", "", "", "", "q"])
    assert talked.asked[-1] == "role, expe1"
