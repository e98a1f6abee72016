"""The plan and the audit as JSON: the names and meanings of the public contract."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.faces.plans import AS_OF, record
from tests.faces.plans import plan as handmade
from tests.faces.scenarios import DIGICERT, monitored, not_affected, planned, quick, two_clusters
from wizard.faces.json import inspection_json, plan_json
from wizard.model.certificate import Ca, CaVerdict, Eku, EkuState, Inspection
from wizard.model.deployment import Deployment
from wizard.model.knowledge import Knowledge
from wizard.model.plan import Plan
from wizard.model.problems import Problem, Remark
from wizard.model.words import Words

PLAN = {
    "format", "deployment", "as_of", "content", "outcome", "binding", "path", "options", "connections",
    "certificates", "steps", "deadlines", "notices", "unknowns", "discrepancies", "sources",
}  # fmt: skip
STEP = {
    "id", "title", "node", "owner", "due", "needs", "duration", "interrupts", "point_of_no_return",
    "commands", "verify", "rollback", "done", "sources", "troubles",
}  # fmt: skip
RECORD = {
    "file", "index", "sha256", "subject", "issuer", "sans", "serial", "not_before", "not_after", "days_left",
    "key", "is_ca", "eku", "ca", "also_in", "notes",
}  # fmt: skip


def told(plan: Plan, words: Words) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(plan_json(plan, words))
    return read


@pytest.mark.parametrize("deployment", [two_clusters, monitored, not_affected, quick])
def test_a_plan_has_every_field_of_the_contract(
    knowledge: Knowledge, deployment: Callable[[], Deployment]
) -> None:
    read = told(planned(knowledge, deployment()), knowledge.words)
    assert set(read) >= PLAN
    assert read["format"] == 1
    assert set(read["content"]) == {"edition", "reviewed", "review_by"}
    assert all(set(entry) >= {"question", "about", "answer", "origin", "detail"} for entry in read["path"])
    assert set(read["options"]) == set("ABCD")
    for by_role in read["options"].values():
        assert set(by_role) == {"core", "edge"}
        for verdict in by_role.values():
            assert set(verdict) >= {"verdict", "reasons", "would_need"}
            assert all(set(reason) >= {"text", "source"} for reason in verdict["reasons"])
    for connection in read["connections"]:
        assert set(connection) >= {
            "id",
            "from",
            "to",
            "today",
            "after_renewal",
            "after_plan",
            "why",
            "source",
        }
    assert all(set(certificate) >= RECORD | {"node", "store"} for certificate in read["certificates"])
    assert all(set(step) >= STEP for step in read["steps"])
    for deadline in read["deadlines"]:
        assert set(deadline) >= {"id", "date", "what", "state", "days", "source", "supersedes"}
    assert all(set(notice) >= {"id", "text", "source"} for notice in read["notices"])
    assert all(set(entry) >= {"what", "ask", "matters_for"} for entry in read["unknowns"])
    assert all(set(entry) >= {"what", "stated", "found", "used"} for entry in read["discrepancies"])
    assert all(set(source) >= {"id", "title", "dated", "address"} for source in read["sources"])


def test_steps_and_connections_are_those_of_the_plan_in_order(knowledge: Knowledge) -> None:
    plan = planned(knowledge, two_clusters())
    read = told(plan, knowledge.words)
    assert [step["id"] for step in read["steps"]] == [step.id for step in plan.steps]
    assert [(c["id"], c["from"], c["to"], c["after_renewal"]) for c in read["connections"]] == [
        (c.id, c.start, c.end, c.after_renewal.state) for c in plan.assessment.connections
    ]
    assert read["binding"]["latest_start"] == "2026-11-01"
    assert read["steps"][0]["done"] is True
    assert read["steps"][0]["node"] is None
    assert read["steps"][1]["node"] == "expe1.example.com"


def test_why_tells_what_fails_today_before_what_the_renewal_does(knowledge: Knowledge) -> None:
    """An expired certificate fails with that reason, apart from EKU."""
    whole = two_clusters()
    ended = replace(DIGICERT, not_before=None, not_after=date(2026, 11, 1))
    nodes = tuple(replace(n, server_certificate=ended) if n.role == "edge" else n for n in whole.nodes)
    read = told(planned(knowledge, replace(whole, nodes=nodes)), knowledge.words)
    by_id = {connection["id"]: connection for connection in reversed(read["connections"])}
    for id in ("uc-traversal", "mra-service", "https", "neighbor-outbound"):
        assert (by_id[id]["today"], "expired" in by_id[id]["why"]) == ("fails", True), id
    assert by_id["cucm-tftp"]["today"] == "works"
    assert "Unified CM" in by_id["cucm-tftp"]["why"]


def test_every_source_that_is_cited_is_listed(knowledge: Knowledge) -> None:
    read = told(planned(knowledge, two_clusters()), knowledge.words)
    listed = {source["id"] for source in read["sources"]}
    cited = {connection["source"] for connection in read["connections"]}
    cited |= {source for step in read["steps"] for source in step["sources"]}
    cited |= {deadline["source"] for deadline in read["deadlines"]}
    cited |= {notice["source"] for notice in read["notices"]}
    assert cited <= listed


def test_what_was_superseded_keeps_its_date_and_source(words: Words) -> None:
    first = told(handmade(), words)["deadlines"][0]
    assert first["supersedes"] == {"date": "2026-06-15", "source": "doc-225482", "section": "Option 2"}
    assert told(handmade(), words)["deadlines"][1]["supersedes"] is None


def test_a_stated_certificate_has_no_digest_and_a_read_one_has_all(knowledge: Knowledge) -> None:
    stated = told(planned(knowledge, two_clusters()), knowledge.words)["certificates"][0]
    assert stated["sha256"] is None
    assert stated["not_after"] == "2026-12-31"
    assert stated["eku"] == {
        "state": "present",
        "oids": ["1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2"],
        "server_auth": True,
        "client_auth": True,
    }
    assert stated["ca"]["issuer"] == "digicert"
    read = told(handmade(), knowledge.words)["certificates"][0]
    assert (read["node"], read["store"], read["sha256"]) == ("expe1.example.com", "server", "ab" * 32)


def test_the_audit_has_every_field_of_the_contract(words: Words) -> None:
    unreadable = record("b.pem", eku=Eku(EkuState.UNREADABLE), not_after=None, ca=Ca(CaVerdict.UNKNOWN))
    problem = Problem("c.pem", "line 3", "truncated", "The block has no end.")
    inspection = Inspection((record("a.pem"), unreadable), (problem,))
    read = json.loads(inspection_json(inspection, words, AS_OF))
    assert set(read) == {"format", "as_of", "certificates", "problems"}
    assert read["as_of"] == "2026-11-23"
    first, second = read["certificates"]
    assert set(first) == set(second) == RECORD
    assert first["not_after"] == "2026-12-19T12:00:00Z"
    assert first["days_left"] == 26
    assert first["eku"]["client_auth"] is True
    assert second["eku"] == {"state": "unreadable", "oids": [], "server_auth": None, "client_auth": None}
    assert (second["not_after"], second["days_left"]) == (None, None)
    assert read["problems"] == [
        {"file": "c.pem", "where": "line 3", "code": "truncated", "message": "The block has no end."}
    ]


def test_an_empty_audit_is_whole(words: Words) -> None:
    read = json.loads(inspection_json(Inspection(), words, AS_OF))
    assert (read["certificates"], read["problems"]) == ([], [])


def test_evidence_and_notes_are_in_words(words: Words) -> None:
    ca = Ca(CaVerdict.UNKNOWN, None, (Remark("no-evidence"),))
    inspection = Inspection((record(ca=ca, notes=(Remark("no-cn"),)),))
    read = json.loads(inspection_json(inspection, words, AS_OF))["certificates"][0]
    assert read["ca"]["evidence"] == [words.say("evidence.no-evidence")]
    assert read["notes"] == [words.say("note.no-cn")]


def test_ascii_mode_escapes_what_is_outside_ascii(words: Words) -> None:
    made = inspection_json(Inspection((record("ünï.pem"),)), words, AS_OF, ascii_mode=True)
    assert made.isascii()
    assert json.loads(made)["certificates"][0]["file"] == "ünï.pem"
    plan = plan_json(handmade(text="Zoë"), words, ascii_mode=True)
    assert plan.isascii()
    assert json.loads(plan)["deployment"] == "Zoë"


def test_a_certificate_stands_on_a_line_of_its_own(words: Words) -> None:
    text = inspection_json(Inspection(tuple(record(f"{n}.pem") for n in range(50))), words, AS_OF)
    assert text.count("\n") == 51
