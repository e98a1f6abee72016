"""Tables: they fit, they begin with what is urgent, and no spreadsheet computes a name."""

import csv
import io
import json
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.faces.plans import AS_OF, record
from wizard.domain.pathrows import PathRow
from wizard.faces.columns import cells, fit, fold
from wizard.faces.json import inspection_json
from wizard.faces.tables import cell, inspect_csv, inspect_table, paths_csv, paths_json, paths_text
from wizard.model.certificate import Ca, CaVerdict, CertificateRecord, Eku, EkuState, Inspection
from wizard.model.problems import Remark
from wizard.model.words import Words

SERVER = Eku(EkuState.PRESENT, ("1.3.6.1.5.5.7.3.1",))
LATER = datetime(2027, 11, 1, tzinfo=UTC)
USES = ("uses", "uc-traversal, neighbor-mtls")
PATHS = (
    PathRow((("public_ca", "yes"), USES), "act", ("C/core", "D/edge"), ("inventory",), ("f1",)),
    PathRow((("public_ca", "no"),), "not-affected", (), (), ()),
)  # fmt: skip


def records() -> tuple[CertificateRecord, ...]:
    private = Ca(CaVerdict.PRIVATE)
    return (
        record("fine.pem", ca=private, not_after=LATER, common_name="fine"),
        record("server.pem", eku=SERVER, not_after=LATER, common_name="server-only"),
        record("loses.pem", not_after=LATER, common_name="loses"),
        record("soon.pem", not_after=datetime(2026, 12, 1, tzinfo=UTC), common_name="soon"),
        record("eku.pem", eku=Eku(EkuState.CONTRADICTORY), not_after=LATER, common_name="contradictory"),
        record("old.pem", not_after=datetime(2026, 11, 1, tzinfo=UTC), common_name="old"),
        record("ca.pem", is_ca=True, not_after=LATER, common_name="ca"),
    )


def names(table: str) -> list[str]:
    return [line[21:49].strip() for line in table.splitlines()[2:-2] if not line.startswith(" ")]


def test_what_needs_attention_comes_first(words: Words) -> None:
    table = inspect_table(Inspection(records()), words, AS_OF)
    assert names(table) == ["old", "contradictory", "soon", "loses", "server-only", "fine", "ca"]


@given(st.text(max_size=120), st.text(max_size=120))
def test_no_line_is_wider_than_the_terminal(words: Words, name: str, file: str) -> None:
    made = record(file or "f", common_name=name, subject=name * 2, also_in=("x",))
    for line in inspect_table(Inspection((made,)), words, AS_OF).split("\n"):
        assert cells(line) <= 80


def test_a_date_that_cannot_be_read_is_said_so(words: Words) -> None:
    table = inspect_table(Inspection((record(not_after=None),)), words, AS_OF)
    assert "unreadable" in table.splitlines()[2]


def test_the_notes_of_a_certificate_stand_below_it(words: Words) -> None:
    notes = (Remark("no-cn"), Remark("key-elsewhere", {"file": "/a/very/long/path/" + "日本" * 60 + ".key"}))
    lines = inspect_table(Inspection((record(notes=notes),)), words, AS_OF).splitlines()
    assert lines[4] == "  - " + words.say("note.no-cn")
    assert lines[5].startswith("  - The private key in")
    assert lines[6].startswith("    ")
    assert all(cells(line) <= 80 for line in lines)
    assert "".join(line.strip() for line in lines[5:-2]).count("日本") == 60


@pytest.mark.parametrize(
    ("end", "days"),
    [(datetime(9999, 12, 31, tzinfo=UTC), ">9999"), (datetime(1970, 1, 1, tzinfo=UTC), "<-999"),
     (datetime(2200, 1, 1, tzinfo=UTC), "63226"), (datetime(2026, 11, 1, tzinfo=UTC), "  -22")],
)  # fmt: skip
def test_days_are_never_cut_to_other_days(words: Words, end: datetime, days: str) -> None:
    table = inspect_table(Inspection((record(not_after=end),)), words, AS_OF)
    assert table.splitlines()[2][-5:] == days


def test_a_record_that_was_kept_tells_its_dates_on_the_day_that_is_asked_about(words: Words) -> None:
    kept = record(notes=(Remark("expired", {"date": "2026-12-19", "days": "5"}), Remark("no-cn")))
    assert [note.code for note in kept.notes_on(AS_OF)] == ["no-cn"]
    (first, _) = kept.notes_on(date(2027, 1, 1))
    assert (first.code, first.args) == ("expired", {"date": "2026-12-19", "days": "13"})
    assert [note.code for note in kept.notes_on(date(2026, 9, 1))] == ["not-yet-valid", "no-cn"]
    row = next(csv.DictReader(io.StringIO(inspect_csv(Inspection((kept,)), words, AS_OF))))
    assert row["notes"] == words.say("note.no-cn")
    read = json.loads(inspection_json(Inspection((kept,)), words, AS_OF))["certificates"][0]
    assert read["notes"] == [words.say("note.no-cn")]


def test_csv_tells_notes_and_the_evidence_for_the_verdict(words: Words) -> None:
    ca = Ca(CaVerdict.PRIVATE, None, (Remark("private-root", {"ca": "Example Root"}),))
    inspection = Inspection((record(ca=ca, notes=(Remark("no-cn"),)),))
    row = next(csv.DictReader(io.StringIO(inspect_csv(inspection, words, AS_OF))))
    assert row["notes"] == words.say("note.no-cn")
    assert row["evidence"] == words.say("evidence.private-root", ca="Example Root")


@given(st.text(max_size=200), st.integers(min_value=2, max_value=40))
def test_folded_lines_fit_and_lose_nothing(text: str, width: int) -> None:
    lines = fold(text, width)
    assert all(cells(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_csv_has_a_line_for_each_certificate(words: Words) -> None:
    rows = list(csv.DictReader(io.StringIO(inspect_csv(Inspection(records()), words, AS_OF))))
    assert [row["file"] for row in rows][:2] == ["old.pem", "eku.pem"]
    assert rows[0]["days_left"] == "-22"
    assert rows[1]["client_auth"] == ""
    assert rows[2]["attention"] == "soon"


@pytest.mark.parametrize("formula", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "\n@x"])
def test_no_cell_is_a_formula(words: Words, formula: str) -> None:
    made = record(formula, subject=formula, issuer=formula, sans=(formula,))
    row = next(csv.DictReader(io.StringIO(inspect_csv(Inspection((made,)), words, AS_OF))))
    for column in ("file", "subject", "issuer", "sans"):
        assert row[column].startswith("'")


@given(st.text(max_size=30))
def test_a_cell_keeps_its_text(text: str) -> None:
    line = " ".join(text.splitlines())
    assert cell(text) in (line, f"'{line}")
    assert not cell(text).lstrip().startswith(tuple("=+-@"))


def test_paths_are_told_as_text_csv_and_json(words: Words) -> None:
    lines = paths_text(PATHS, words).splitlines()
    assert lines[0] == "path | answers | outcome | options | steps | facts"
    uses = "uses=uc-traversal, neighbor-mtls"
    assert lines[1] == f"1 | public_ca=yes; {uses} | act | C/core D/edge | inventory | f1"
    assert len(lines) == 3
    rows = list(csv.DictReader(io.StringIO(paths_csv(PATHS))))
    assert [row["outcome"] for row in rows] == ["act", "not-affected"]
    assert rows[0]["steps"] == "inventory"
    read = json.loads(paths_json(PATHS))["paths"]
    assert read[0]["answers"][0] == {"question": "public_ca", "answer": "yes"}
    assert read[1]["facts"] == []


@given(st.text(max_size=60), st.integers(min_value=2, max_value=40))
def test_fitted_text_takes_exactly_its_cells(text: str, width: int) -> None:
    assert cells(fit(text, width)) == width


def test_wide_and_combining_characters_are_measured_in_cells() -> None:
    assert fit("日本語", 5) == "日本…"
    assert cells("e\u0301") == 1
    assert fit("日本", 4) == "日本"


@given(st.text(max_size=90))
def test_ascii_mode_keeps_to_ascii_and_to_the_width(words: Words, name: str) -> None:
    inspection = Inspection((record(name, common_name=name, sans=(name,)),))
    table = inspect_table(inspection, words, AS_OF, ascii_mode=True)
    assert table.isascii()
    assert all(len(line) <= 80 for line in table.split("\n"))
    written = inspect_csv(inspection, words, AS_OF, ascii_mode=True)
    assert written.isascii()
    assert len(list(csv.reader(io.StringIO(written, newline="")))) == 2
