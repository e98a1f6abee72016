"""Every leaf of the troubleshooting trees by a row; the document's own troubles told by answers alone."""

import csv
from itertools import islice
from pathlib import Path

import pytest

from tests.troubles import answers, ask, content, knowledge
from wizard.domain.diagnose import Position, open_causes, replay
from wizard.domain.troubleproof import leaves
from wizard.domain.troubleshoot import run
from wizard.model.diagnosis import Known
from wizard.model.troubleshooting import SYMPTOMS

ROWS = [
    (row["symptom"], row["answers"], row["cause"], row["certainty"])
    for row in csv.DictReader((Path(__file__).parent / "trouble_rows.csv").open(encoding="utf-8"))
]


@pytest.mark.parametrize(("symptom", "given", "cause", "certainty"), ROWS)
def test_a_row_of_answers_ends_in_its_cause(symptom: str, given: str, cause: str, certainty: str) -> None:
    result = ask(symptom, given)
    assert result.next is None and result.dormant == () and result.problems == ()
    assert result.diagnosis is not None
    assert (result.diagnosis.id, result.diagnosis.certainty) == (cause, certainty)
    assert [asked.question for asked in result.path] == list(answers(given))
    assert [way.id for way in result.remedies] == list(content().causes[cause].remedies)
    assert result.remedies[0].steps and result.lookalikes


def test_the_rows_reach_every_leaf_of_every_tree() -> None:
    wanted = {
        (symptom.id, step.ask, number)
        for symptom in content().symptoms.values()
        for step in symptom.steps
        for number, turn in enumerate(step.turns)
        if turn.to.startswith("cause:")
    }
    reached = set()
    for symptom, given, _, _ in ROWS:
        position = Position.start(content(), symptom)
        for value in answers(given).values():
            position = position.answered(value)
        reached.add(position.turns[-1])
    assert wanted - reached == set()


def test_every_symptom_of_the_contract_has_a_tree_of_few_questions() -> None:
    assert set(content().symptoms) == set(SYMPTOMS)
    for symptom in SYMPTOMS:
        assert max(len(leaf.answers) for leaf in leaves(content(), symptom)) <= 9


FAQ = [
    (
        "cluster-replication",
        "cluster_tls_verify=enforce cluster_release=before-x15.4 cluster_eku=server-only",
        "cluster-eku",
        {"cluster-permissive", "alternative-root", "upgrade"},
    ),
    (
        "mra-registration",
        "core_release=before-x15.4 edge_server_eku=server-only",
        "mra-service-eku",
        {"combined-again", "alternative-root", "upgrade"},
    ),
    (
        "upload-refused",
        "upload_eku=server-only upload_node=edge edge_release=before-x15.4",
        "upload-before-x154",
        {"scp-upload", "upgrade"},
    ),
    (
        "upload-refused",
        "upload_eku=server-only upload_node=edge edge_release=x15.4 server_eku_upload=off",
        "upload-switch-off",
        {"upload-switch"},
    ),
    (
        "upload-refused",
        "upload_eku=server-only upload_node=core core_release=x15.4",
        "upload-core-x154",
        {"private-core", "alternative-root"},
    ),
    (
        "neighbor-zone",
        "neighbor_direction=unknown neighbor_tls_verify=on our_client_eku=server-only",
        "neighbor-eku",
        {"tls-verify-off"},
    ),
    (
        "smart-licensing",
        "cssm_reached=unknown cssm_port=unknown cssm_proxy=unknown cssm_trusted=unknown",
        "licensing-not-eku",
        {"reach-cssm", "open-443", "correct-proxy", "trust-cssm", "leave-certificate"},
    ),
]


@pytest.mark.parametrize(("symptom", "given", "cause", "remedies"), FAQ)
def test_each_trouble_of_the_faq_ends_in_its_cause_and_offers_all_its_remedies(
    symptom: str, given: str, cause: str, remedies: set[str]
) -> None:
    result = ask(symptom, given)
    assert result.diagnosis is not None and result.diagnosis.id == cause
    assert result.diagnosis.source.id == "doc-225482"
    assert remedies <= {way.id for way in result.remedies}
    assert not content().remedies[result.remedies[0].id].last_resort


@pytest.mark.parametrize(
    "given", ["cssm_reached=no", "cssm_port=closed", "cssm_proxy=wrong", "cssm_trusted=no"]
)
def test_licensing_is_never_eku_and_always_offers_the_five_checks(given: str) -> None:
    rest = "cssm_reached=yes cssm_port=open cssm_proxy=no-proxy cssm_trusted=yes"
    result = run(knowledge(), "smart-licensing", answers(rest) | answers(given))
    assert result.diagnosis is not None and result.diagnosis.certainty == "not-eku"
    assert len(result.remedies) == 5


def test_nobody_is_sent_to_x154_as_where_to_stay_and_force_config_update_is_warned_of() -> None:
    words = knowledge().words
    for remedy in content().remedies:
        assert "X15.4" not in words.say(f"remedy.{remedy}.title", fixed="X15.5.20")
    for step in content().steps.values():
        assert not any("ForceConfigUpdate" in command for command in step.commands)
    assert "deletes" in words.say("cause.cluster-eku.meanwhile")
    assert "CVE-2026-76466" in words.say("remedy.cluster-permissive.price")


def test_an_earlier_answer_may_change_and_later_ones_lie_dormant_and_come_back() -> None:
    given = "cluster_tls_verify=enforce cluster_release=before-x15.4 cluster_eku=server-only"
    changed = ask("cluster-replication", given.replace("enforce", "permissive"))
    assert changed.next is not None and changed.next.question == "cluster_other"
    assert set(changed.dormant) == {"cluster_release", "cluster_eku"}
    back = ask("cluster-replication", given)
    assert back.diagnosis is not None and back.dormant == ()


def test_an_unanswered_question_says_how_to_find_the_answer_and_what_each_rules_out() -> None:
    result = ask("uc-traversal-down")
    assert result.next is not None and result.next.question == "core_client_eku"
    assert result.next.find and result.next.gui and result.next.commands
    assert [one.value for one in result.next.answers] == ["server-only", "client-auth", "unknown"]
    ruled = {one.value: one.rules_out for one in result.next.answers}
    titles = {cause.title for cause in result.possible}
    assert len(ruled["client-auth"]) == 1 and set(ruled["client-auth"]) <= titles
    assert ruled["unknown"] == ()


@pytest.mark.parametrize(("symptom", "given"), [(symptom, given) for symptom, given, _, _ in ROWS])
def test_not_knowing_rules_nothing_out(symptom: str, given: str) -> None:
    for asked in ask(symptom, given).path:
        assert {one.value: one.rules_out for one in asked.answers}["unknown"] == ()


def test_what_an_answer_rules_out_is_never_reached_after_it() -> None:
    for symptom in SYMPTOMS:
        for leaf in islice(leaves(content(), symptom), 0, None, 3):
            said: dict[str, str] = {}
            for ask_id, value in leaf.answers.items():
                said[ask_id] = value
                assert leaf.end.cause in open_causes(content(), symptom, said)


def test_a_tree_may_hand_over_to_another_and_asks_nothing_twice() -> None:
    result = ask("mra-registration", "core_release=x15.5 traversal_zone=failed")
    assert result.symptom == "mra-registration"
    assert result.next is not None and result.next.question == "core_client_eku"
    way = replay(content(), "mra-registration", {"core_release": Known("x15.5", "answered")})
    assert way.symptom == "mra-registration" and way.next == "traversal_zone"


def test_what_is_refused_is_named_with_the_nearest_and_the_rest_is_answered() -> None:
    result = run(knowledge(), "cluster-replication", {"cluster_tls_verfy": "enforce", "cluster_eku": "maybe"})
    assert [problem.code for problem in result.problems] == ["no-question", "no-answer"]
    assert "cluster_tls_verify" in result.problems[0].message
    assert "server-only" in result.problems[1].message
    assert result.next is not None
    lost = run(knowledge(), "cluster-replicaton")
    assert lost.symptom is None and "Nearest: cluster-replication" in lost.problems[0].message
