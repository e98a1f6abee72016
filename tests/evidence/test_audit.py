"""The audit as a whole: what is said of files together, in slices, and what the record promises."""

import socket
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from tests.evidence.pki import AS_OF, CLIENT, SERVER, START, Made, ca, family, leaf
from wizard.evidence import audit as module
from wizard.evidence.audit import Audit, inspect, inspect_text
from wizard.evidence.blob import Blob, Say
from wizard.evidence.gather import Beat
from wizard.model.certificate import CertificateRecord, Inspection, IssuerTable

ROOT, MIDDLE, NODE = family()
Run = Callable[..., Inspection]


@pytest.fixture
def run(table: IssuerTable, say: Say) -> Run:
    """The inspection of texts by file name."""

    def inspection(as_of: date = AS_OF, **texts: str) -> Inspection:
        inputs = [Blob(name, text.encode()) for name, text in texts.items()]
        return Audit(inputs, table=table, as_of=as_of, say=say).run()

    return inspection


def notes(record: CertificateRecord) -> list[str]:
    return [note.code for note in record.notes]


def test_a_record_holds_what_the_certificate_says(run: Run) -> None:
    made = leaf(MIDDLE, names=("expe1.example.com", "hq.example.com"), eku=[SERVER])
    (record,) = run(a=made.pem).records
    assert record.file == "a" and record.index == 0
    assert record.sha256 == made.sha256
    assert record.subject == "CN=expe1.example.com,O=Example Corp"
    assert record.issuer == "CN=Example Issuing CA,O=Example Corp"
    assert record.common_name == "expe1.example.com"
    assert record.sans == ("expe1.example.com", "hq.example.com")
    assert int(record.serial, 16) == made.certificate.serial_number
    assert record.not_before == START
    assert record.days_left(AS_OF) == 37
    assert (record.key, record.is_ca) == ("EC P-256", False)
    assert record.eku.server_auth is True and record.eku.client_auth is False


def test_a_missing_eku_restricts_nothing(run: Run) -> None:
    (record,) = run(a=leaf(eku=None).pem).records
    assert record.eku.server_auth is True and record.eku.client_auth is True


def test_one_record_an_occurrence_and_the_others_are_named(run: Run) -> None:
    found = run(a=NODE.pem + MIDDLE.pem, b=NODE.pem, c=MIDDLE.pem + NODE.pem + NODE.pem)
    assert [(record.file, record.index) for record in found.records] == [
        ("a", 0), ("a", 1), ("b", 0), ("c", 0), ("c", 1), ("c", 2),
    ]  # fmt: skip
    assert [record.also_in for record in found.records] == [
        ("b", "c"), ("c",), ("a", "c"), ("a",), ("a", "b"), ("a", "b"),
    ]  # fmt: skip


def test_twins_in_very_many_files_are_counted_beyond_a_hundred(table: IssuerTable, say: Say) -> None:
    inputs = [Blob(f"{number}", NODE.pem.encode()) for number in range(150)]
    records = Audit(inputs, table=table, as_of=AS_OF, say=say).run().records
    assert len(records[0].also_in) == 100
    assert [note.args for note in records[0].notes if note.code == "more-twins"] == [{"count": "49"}]
    assert records[149].also_in[0] == "0"


@pytest.mark.parametrize(
    ("chain", "noted"),
    [
        ((NODE, MIDDLE, ROOT), False),
        ((NODE, MIDDLE), False),
        ((NODE, ROOT), False),
        ((NODE,), False),
        ((MIDDLE, NODE), True),
        ((NODE, ROOT, MIDDLE), True),
        ((ROOT, MIDDLE, NODE), True),
        ((ROOT, MIDDLE), False),
    ],
)
def test_a_chain_out_of_order_is_noted_on_the_node(run: Run, chain: tuple[Made, ...], noted: bool) -> None:
    records = run(a="".join(made.pem for made in chain)).records
    assert any("chain-order" in notes(record) for record in records) is noted
    assert all("chain-order" not in notes(record) for record in records if record.is_ca)


def test_a_missing_intermediate_is_noted_by_the_name_of_who_is_missing(run: Run) -> None:
    def missing(**texts: str) -> list[dict[str, str]]:
        (node,) = [record for record in run(**texts).records if not record.is_ca]
        return [note.args for note in node.notes if note.code == "issuer-missing"]

    assert missing(a=NODE.pem) == [{"issuer": "Example Issuing CA"}]
    assert missing(a=NODE.pem + MIDDLE.pem) == [{"issuer": "Example Root"}]
    assert missing(a=NODE.pem, b=ROOT.pem) == [{"issuer": "Example Issuing CA"}]
    assert missing(a=NODE.pem, b=MIDDLE.pem, c=ROOT.pem) == []
    assert missing(a=leaf().pem) == []


def test_a_renewal_is_two_certificates_of_the_same_names_and_other_dates(run: Run) -> None:
    old = leaf(MIDDLE, start=datetime(2026, 8, 1, tzinfo=UTC))
    new = leaf(MIDDLE, start=datetime(2026, 11, 1, tzinfo=UTC))
    other = leaf(MIDDLE, names=("expe2.example.com",))
    first, second, third = run(old=old.pem, new=new.pem, other=other.pem).records
    assert [note.args for note in first.notes if note.code == "renewed"] == [
        {"file": "new", "until": "2027-01-30"}
    ]
    assert [note.args for note in second.notes if note.code == "renews"] == [
        {"file": "old", "until": "2026-10-30"}
    ]
    assert not {"renewed", "renews"} & set(notes(third))


def test_a_client_certificate_does_not_renew_a_server_certificate_of_the_same_names(run: Run) -> None:
    server = leaf(MIDDLE, eku=(SERVER,), start=datetime(2026, 8, 1, tzinfo=UTC))
    client = leaf(MIDDLE, eku=(CLIENT,), start=datetime(2026, 10, 1, tzinfo=UTC))
    newer = leaf(MIDDLE, eku=(SERVER, CLIENT), start=datetime(2026, 11, 1, tzinfo=UTC))
    first, second, third = run(server=server.pem, client=client.pem, newer=newer.pem).records
    assert "renewed" in notes(first) and "renews" in notes(third)
    assert not {"renewed", "renews"} & set(notes(second))


def test_a_certificate_whose_markers_suffered_is_read_and_a_key_like_that_is_counted(run: Run) -> None:
    made = leaf(MIDDLE)
    found = run(a=(made.pem + made.key_pem).replace("-----", "\u2014\u2014\u2014"))
    assert [record.sha256 for record in found.records] == [made.sha256]
    assert [problem.code for problem in found.problems] == ["private-key"]


def test_a_file_that_is_named_twice_or_beside_its_folder_is_read_once(
    tmp_path: Path, table: IssuerTable, say: Say
) -> None:
    path, other = tmp_path / "a.pem", tmp_path / "b.pem"
    for place in (path, other):
        place.write_text(NODE.pem)
    found = inspect([str(path), str(tmp_path), str(path)], table=table, as_of=AS_OF, say=say)
    assert [(record.file, record.index) for record in found.records] == [(str(path), 0), (str(other), 0)]
    assert [record.also_in for record in found.records] == [(str(other),), (str(path),)]
    assert found.problems == ()


def test_a_small_curve_is_a_weak_key(run: Run) -> None:
    keys = {
        curve.name: ec.generate_private_key(curve)
        for curve in (ec.SECP192R1(), ec.SECP224R1(), ec.SECP384R1())
    }
    found = run(**{name: leaf(key=key).pem for name, key in keys.items()}).records
    assert ["weak-key" in notes(record) for record in found] == [True, True, False]


def test_the_date_decides_what_is_expired_and_nothing_else_does(run: Run) -> None:
    made = leaf(MIDDLE)

    def at(day: date) -> list[str]:
        return [
            code
            for code in notes(run(as_of=day, a=made.pem).records[0])
            if code in ("expired", "not-yet-valid")
        ]

    assert at(date(2026, 9, 30)) == ["not-yet-valid"]
    assert at(date(2026, 10, 1)) == []
    assert at(date(2026, 12, 30)) == []
    assert at(date(2026, 12, 31)) == ["expired"]


def test_what_expressway_needs_and_lacks_is_noted(run: Run) -> None:
    (record,) = run(a=leaf(MIDDLE, common_name=None, names=()).pem).records
    assert {"no-cn", "no-san"} <= set(notes(record))
    assert not {"no-cn", "no-san"} & set(notes(run(a=ca().pem).records[0]))


def test_pasted_text_is_read_like_a_file(table: IssuerTable, say: Say) -> None:
    text = f"Hi,\n\n> {NODE.pem.replace(chr(10), chr(10) + '> ')}\nBye \ud800"
    found = inspect_text(text, table=table, as_of=AS_OF, say=say)
    assert [record.file for record in found.records] == ["pasted"]
    nothing = inspect_text("", table=table, as_of=AS_OF, say=say)
    assert [problem.code for problem in nothing.problems] == ["empty"]


def test_stdin_is_read_for_a_dash(table: IssuerTable, say: Say) -> None:
    found = inspect(["-"], table=table, as_of=AS_OF, say=say, stdin=NODE.pem.encode())
    assert [record.file for record in found.records] == ["-"]


def test_what_another_reader_takes_is_no_problem_here(table: IssuerTable, say: Say) -> None:
    seen: list[str] = []

    def dump(blob: Blob) -> bool:
        seen.append(blob.name)
        return blob.data.startswith(b"*c")

    inputs = [Blob("dump", b"*c xConfiguration"), Blob("node", NODE.pem.encode())]
    found = Audit(inputs, table=table, as_of=AS_OF, say=say, aside=dump).run()
    assert seen == ["dump", "node"]
    assert (len(found.records), found.problems) == (1, ())


def test_a_log_in_a_bundle_is_no_problem_and_a_spoilt_certificate_is(table: IssuerTable, say: Say) -> None:
    inputs = [
        Blob("b.zip!var/log/messages", b"all is well", in_archive=True),
        Blob("b.zip!server.pem", b"all is well", in_archive=True),
        Blob("named!oddly", b"all is well"),
    ]
    found = Audit(inputs, table=table, as_of=AS_OF, say=say).run()
    assert [(problem.file, problem.code) for problem in found.problems] == [
        ("b.zip!server.pem", "no-certificate"),
        ("named!oddly", "no-certificate"),
    ]


def test_problems_of_one_file_are_told_up_to_a_number(table: IssuerTable, say: Say) -> None:
    found = inspect_text("-----BEGIN CERTIFICATE-----\n" * 5000 + NODE.pem, table=table, as_of=AS_OF, say=say)
    assert len(found.records) == 1
    assert len(found.problems) == 200
    assert found.problems[-1].message == say("problem.more-problems", {})


def test_an_audit_works_in_slices_and_can_be_cancelled(table: IssuerTable, say: Say) -> None:
    inputs = [Blob(f"{number}", leaf().pem.encode()) for number in range(60)]
    audit = Audit(inputs, table=table, as_of=AS_OF, say=say)
    for _ in range(40):
        assert audit.step(0.0)
    assert 0 < audit.progress.certificates < 60
    assert not audit.progress.judging
    audit.cancel()
    while audit.step():
        assert audit.progress.judging
    found = audit.result()
    assert len(found.records) == audit.progress.certificates < 60


def test_a_slice_ends_when_its_time_is_up(
    table: IssuerTable, say: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By a clock of ours: every look at it is a millisecond later."""
    ticks = iter(range(1_000_000))
    monkeypatch.setattr("wizard.evidence.audit.time.perf_counter", lambda: next(ticks) / 1000)
    inputs = [Blob(f"{number}", NODE.pem.encode()) for number in range(100)]
    audit = Audit(inputs, table=table, as_of=AS_OF, say=say)
    slices = 1
    while audit.step(0.02):
        slices += 1
    assert slices > 5


def test_more_can_be_added_after_the_end(table: IssuerTable, say: Say) -> None:
    audit = Audit([Blob("node", NODE.pem.encode())], table=table, as_of=AS_OF, say=say)
    assert len(audit.run().records) == 1
    audit.add(Blob("chain", MIDDLE.pem.encode() + ROOT.pem.encode()))
    found = audit.run()
    assert [record.ca.verdict.value for record in found.records] == ["private", "private", "self-signed"]


def test_waiting_is_told_from_working(table: IssuerTable, say: Say) -> None:
    assert {beat.name for beat in Beat} == {"WORKING", "WAITING"}
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"127.0.0.1:{silent.getsockname()[1]}"
        audit = Audit([address], table=table, as_of=AS_OF, say=say)
        assert audit.step() and audit.waiting
    end = time.monotonic() + 10
    while audit.step() and time.monotonic() < end:
        time.sleep(0.001)
    assert not audit.waiting


@pytest.mark.parametrize(
    ("host", "covered"),
    [
        ("expe1.example.com", True),
        ("EXPE1.example.com.", True),
        ("a.wild.example.com", True),
        ("a.b.wild.example.com", False),
        ("wild.example.com", False),
        ("expe2.example.com", False),
        ("", False),
    ],
)
def test_a_certificate_covers_the_hosts_it_names(run: Run, host: str, covered: bool) -> None:
    made = leaf(MIDDLE, common_name="cn.example.com", names=("expe1.example.com", "*.wild.example.com"))
    (record,) = run(a=made.pem).records
    assert record.covers(host) is covered


def test_the_common_name_covers_only_where_there_are_no_alternative_names(run: Run) -> None:
    (with_names,) = run(a=leaf(MIDDLE, common_name="cn.example.com").pem).records
    (without,) = run(a=leaf(MIDDLE, common_name="cn.example.com", names=()).pem).records
    assert not with_names.covers("cn.example.com")
    assert without.covers("cn.example.com")


def test_every_note_and_problem_has_words(say: Say) -> None:
    """Codes that the code can produce, against the words that there are."""
    import re

    source = "".join(path.read_text() for path in Path(module.__file__).parent.glob("*.py"))
    for code in set(re.findall(r'remark\(\s*"([a-z0-9-]+)"', source)):
        assert _has(say, f"note.{code}") or _has(say, f"evidence.{code}"), code
    for code in set(re.findall(r'words="([a-z0-9-]+)"', source)):
        assert _has(say, f"problem.{code}"), code


def _has(say: Say, key: str) -> bool:
    class Anything(dict[str, str]):
        def __missing__(self, name: str) -> str:
            return name

        def __contains__(self, name: object) -> bool:
            return True

    try:
        return bool(say(key, Anything()))
    except KeyError:
        return False


def test_the_library_is_imported_when_a_certificate_is_read_and_not_before() -> None:
    """`library` alone is written in terms of it, and is imported by the first certificate."""
    folder = Path(module.__file__).parent
    names = [path.stem for path in folder.glob("*.py") if path.stem not in ("library", "__init__")]
    lines = ["import importlib, sys", f"for name in {sorted(names)}:"]
    lines += ["    importlib.import_module('wizard.evidence.' + name)"]
    lines += ["print({'cryptography', 'certifi', 'textual', 'pydantic'} & set(sys.modules))"]
    done = subprocess.run(
        [sys.executable, "-c", "\n".join(lines)], capture_output=True, text=True, check=False
    )
    assert (done.stdout, done.stderr) == ("set()\n", "")
