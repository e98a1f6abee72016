"""Troubleshooting as JSON by the contract, as text, and as a Markdown note: all three tell the same."""

import json
import re
from typing import Any

import pytest

from tests.conftest import TODAY
from tests.troubles import ask, content, knowledge, paste
from wizard.domain.troubleshoot import run
from wizard.faces.markdown.trouble import trouble_note
from wizard.faces.trouble_json import trouble_json
from wizard.faces.troubleshoot import trouble_text
from wizard.model.diagnosis import TroubleResult

EKU = "cluster_tls_verify=enforce cluster_release=before-x15.4 cluster_eku=server-only"
LINE = (
    '2026-11-20T08:18:08.455-04:00 expe1 tvcs: Event="Inbound TLS Negotiation Error" Src-ip="192.0.2.7" '
    'Detail="sslv3 alert certificate unknown" ``` [x](http://y) <b>|'
)


def read(result: TroubleResult) -> dict[str, Any]:
    whole: dict[str, Any] = json.loads(trouble_json(result))
    return whole


def test_json_has_the_fields_of_the_contract() -> None:
    whole = read(ask("cluster-replication", EKU, [LINE]))
    assert whole["format"] == 1 and whole["symptom"] == "cluster-replication"
    assert [(one["question"], one["answer"]) for one in whole["path"]] == [
        ("cluster_tls_verify", "enforce"),
        ("cluster_release", "before-x15.4"),
        ("cluster_eku", "server-only"),
    ]
    match = whole["matches"][0]
    assert (match["line"], match["signature"]) == (1, "far-end-refused-server-certificate")
    assert match["proves"] is False and match["means"] and "neighbor-zone" in match["symptoms"]
    diagnosis = whole["diagnosis"]
    assert (diagnosis["id"], diagnosis["certainty"], diagnosis["source"]) == (
        "cluster-eku",
        "certain",
        "doc-225482",
    )
    assert all(other["cause"] and other["check"] for other in whole["lookalikes"])
    first = whole["remedies"][0]
    assert first["option"] == "D" and first["title"] and first["price"]
    fields = {
        "id", "title", "node", "owner", "due", "needs", "duration", "interrupts", "point_of_no_return",
        "commands", "verify", "rollback", "done", "sources", "troubles",
    }  # fmt: skip
    assert all(fields <= set(step) for way in whole["remedies"] for step in way["steps"])
    assert whole["remedies"][-1]["option"] is None


def test_json_of_lines_alone_and_of_nothing_recognised() -> None:
    proved = read(paste('Event="Outbound TLS Negotiation Error" Detail="identity was unacceptable"'))
    assert proved["symptom"] is None and proved["path"] == [] and proved["diagnosis"] is None
    nothing = read(paste("hello"))
    assert nothing["matches"] == [] and nothing["diagnosis"] is None and nothing["remedies"] == []
    assert nothing["collect"] and nothing["next"] is None


def test_json_names_the_next_question_and_what_is_still_possible() -> None:
    whole = read(ask("smart-licensing"))
    assert whole["next"]["question"] == "cssm_reached"
    assert [answer["value"] for answer in whole["next"]["answers"]] == ["yes", "no", "unknown"]
    assert {cause["id"] for cause in whole["possible"]} == {
        "licensing-unreachable", "licensing-port", "licensing-proxy", "licensing-trust", "licensing-not-eku",
    }  # fmt: skip


def test_json_tells_a_verification() -> None:
    line = "xConfiguration XCP TLS Certificate CVS EnableServerEkuUpload: On"
    check = read(run(knowledge(), None, lines=[line], verify_step="switch-upload-on"))["verification"]
    assert (check["step"], check["verdict"]) == ("switch-upload-on", "as-expected")


@pytest.mark.parametrize("symptom", sorted(content().symptoms))
def test_the_three_faces_tell_the_same(symptom: str) -> None:
    result = ask(symptom, "", [LINE])
    while result.next is not None:
        given = {one.question: one.answer for one in result.path} | {result.next.question: "unknown"}
        result = run(knowledge(), symptom, given, [LINE])
    assert result.diagnosis is not None
    whole = trouble_json(result)
    text = " ".join(trouble_text(result, knowledge().words).split())
    note = trouble_note(result, knowledge().words, TODAY)
    for told in (result.diagnosis.title, result.diagnosis.why, *(way.title for way in result.remedies)):
        assert told in text and json.dumps(told, ensure_ascii=False)[1:-1] in whole
        assert told.split("(")[0].strip() in note.replace("\\", "")
    for way in result.remedies:
        for step in way.steps:
            assert f"[{step.id}]" in text and f"(`{step.id}`)" in note
            for command in step.commands:
                assert command in trouble_text(result, knowledge().words) and command in note


def test_text_fits_its_width_but_for_commands() -> None:
    for symptom in content().symptoms:
        for width in (60, 80):
            text = trouble_text(ask(symptom), knowledge().words, width=width)
            exact = {*(c for a in content().asks.values() for c in (*a.gui, *a.commands))}
            for line in text.splitlines():
                assert len(line) <= width or line.strip() in exact or "eku-wizard" in line


def test_the_text_ends_with_the_command_that_goes_on() -> None:
    text = trouble_text(ask("mra-registration", "core_release=x15.5"), knowledge().words)
    command = (
        "eku-wizard troubleshoot mra-registration --answer core_release=x15.5 --answer traversal_zone=VALUE"
    )
    assert f"    {command}\n" in text


def test_a_step_that_remedies_share_is_told_once() -> None:
    text = trouble_text(ask("cluster-replication", EKU), knowledge().words)
    assert text.count("Append root and intermediates to the trusted CA list of every") == 1
    assert "As in 2 b." in text


def test_addresses_and_names_stay_unless_asked_for() -> None:
    result = ask("neighbor-zone", "", [LINE])
    words = knowledge().words
    for told in (trouble_json(result), trouble_text(result, words), trouble_note(result, words, TODAY)):
        assert "192.0.2.7" not in told and "expe1" not in told and "sslv3 alert certificate unknown" in told
    for told in (
        trouble_json(result, names=True),
        trouble_text(result, words, names=True),
        trouble_note(result, words, TODAY, names=True),
    ):
        assert "192.0.2.7" in told


def test_a_line_never_breaks_out_of_the_note() -> None:
    note = trouble_note(ask("neighbor-zone", "", [LINE]), knowledge().words, TODAY, names=True)
    lines = note.splitlines()
    at = next(number for number, line in enumerate(lines) if "sslv3" in line)
    fence = lines[at - 1].removesuffix("text")
    assert re.fullmatch("`{4,}", fence) and lines[at + 1] == fence
    assert fence not in lines[at]


def test_the_note_can_be_a_section_of_a_plan() -> None:
    result = ask("smart-licensing", "cssm_reached=no")
    alone = trouble_note(result, knowledge().words, TODAY)
    within = trouble_note(result, knowledge().words, TODAY, level=3)
    assert alone.startswith("# ") and within.startswith("### ")
    assert "2026-11-23" in alone
    assert [line[2:] for line in within.splitlines() if line.startswith("###")] == [
        line for line in alone.splitlines() if line.startswith("#")
    ]


def test_a_note_of_something_unfinished_tells_what_was_answered_and_what_is_asked_next() -> None:
    result = ask("mra-registration", "core_release=x15.5")
    note = trouble_note(result, knowledge().words, TODAY)
    assert "Which release does Expressway-C run?" in note and result.next is not None
    assert result.next.text in note.replace("\\", "") and "## Next question" in note


def test_the_note_cites_each_remedy() -> None:
    result = ask("cluster-replication", EKU)
    note = trouble_note(result, knowledge().words, TODAY)
    assert note.count("**Price:**") == len(result.remedies)
    assert note.count("**Source:**") == len(result.remedies) + 1


def test_the_note_tells_a_verification() -> None:
    line = "xConfiguration SIP TLS Certificate ExtendedKeyUsage Checking Mode: On"
    result = run(knowledge(), None, lines=[line], verify_step="switch-checking-off")
    note = trouble_note(result, knowledge().words, TODAY)
    assert "Not as expected." in note and "```" in note and line in note
