"""Hostile certificates: each gives a record or a named problem, and no byte of theirs gets through."""

import io
import unicodedata
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography import x509

from tests.evidence.pki import AS_OF, START, Made, ca, leaf
from tests.evidence.test_der import sequence, wrapped
from wizard.evidence.audit import Audit, inspect
from wizard.evidence.blob import Blob, Say
from wizard.evidence.names import MAX_SANS
from wizard.model.certificate import EkuState, Inspection, IssuerTable
from wizard.model.text import visible

Read = Callable[[bytes], Inspection]

EVIL = {
    "escape": "\x1b]0;owned\x07\x1b[2J",
    "c1": "\x9b31m",
    "textual": "[@click=app.quit]press[/] [/x] [bold",
    "markdown": "a|b\n\n# head\n```\n[x](http://x)",
    "right to left": "abc\u202egpj.exe\u2066",
    "zero width": "pay\u200bpal\ufeff",
    "line separators": "a\u2028b\u2029c\x85d",
    "tab and null": "a\tb\x00c",
    "private use": "\ue000\U000f0000",
    "long": "x" * 5000,
}


@pytest.fixture
def read(table: IssuerTable, say: Say) -> Read:
    """What an audit says of one file."""

    def inspection(data: bytes) -> Inspection:
        return Audit([Blob("given", data)], table=table, as_of=AS_OF, say=say).run()

    return inspection


def crafted(common_name: bytes, tag: int = 0x0C, sans: bytes = b"") -> bytes:
    """A certificate with these very bytes as name, without a valid signature."""
    subject = sequence(wrapped(0x31, sequence(b"\x06\x03\x55\x04\x03", wrapped(tag, common_name))))
    algorithm = sequence(b"\x06\x08\x2a\x86\x48\xce\x3d\x04\x03\x02")
    validity = sequence(wrapped(0x17, b"261001000000Z"), wrapped(0x17, b"270101000000Z"))
    key = sequence(
        sequence(b"\x06\x07\x2a\x86\x48\xce\x3d\x02\x01", b"\x06\x08\x2a\x86\x48\xce\x3d\x03\x01\x07"),
        wrapped(0x03, b"\x00\x04" + bytes(64)),
    )
    extensions = b""
    if sans:
        san = sequence(b"\x06\x03\x55\x1d\x11", wrapped(0x04, sequence(sans)))
        extensions = wrapped(0xA3, sequence(san))
    tbs = sequence(
        b"\xa0\x03\x02\x01\x02", b"\x02\x01\x05", algorithm, subject, validity, subject, key, extensions
    )
    return sequence(tbs, algorithm, wrapped(0x03, b"\x00" + bytes(70)))


def texts(found: Inspection) -> list[str]:
    """Every text of an inspection."""
    out: list[str] = []
    for record in found.records:
        out += [
            record.file,
            record.subject,
            record.issuer,
            record.common_name or "",
            record.serial,
            record.key,
        ]
        out += [*record.sans, *record.also_in, *record.eku.oids]
        for remark in (*record.notes, *record.ca.evidence):
            out += [remark.code, *remark.args.values()]
    for problem in found.problems:
        out += [problem.file, problem.where, problem.code, problem.message]
    return out


def is_safe(text: str) -> bool:
    return all(unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp") for c in text)


@pytest.mark.parametrize("kind", EVIL)
def test_no_control_byte_of_a_name_reaches_a_record(read: Read, kind: str) -> None:
    name = EVIL[kind]
    entry = wrapped(0x82, name.encode())
    for tag, raw in (
        (0x0C, name.encode()),
        (0x1E, name[:200].encode("utf-16-be", "replace")),
        (0x13, name.encode()),
    ):
        found = read(crafted(raw, tag, entry))
        assert len(found.records) == 1
        assert all(is_safe(text) for text in texts(found))
        assert all(len(text) <= 1024 for text in texts(found))


def test_a_library_made_name_is_made_visible_too(read: Read) -> None:
    name = EVIL["escape"]
    found = read(leaf(common_name=name, names=("a.example.com",)).der)
    assert found.records[0].common_name == visible(name)
    assert all(is_safe(text) for text in texts(found))


@pytest.mark.parametrize("raw", [b"\xff\xfe\x00", b"\xc3\x28", b"\xed\xa0\x80", b"\x80" * 300])
def test_a_name_that_is_no_utf_8_is_shown_in_escapes(read: Read, raw: bytes) -> None:
    (record,) = read(crafted(raw)).records
    assert record.common_name is not None and "\\x" in record.common_name
    assert "refused" in [note.code for note in record.notes]


def test_names_of_files_and_requests_are_made_visible(table: IssuerTable, say: Say, tmp_path: Path) -> None:
    path = tmp_path / "a\x1b[31m\u202eb.pem"
    path.write_text("nothing")
    found = inspect([str(path), str(tmp_path / "n\x07one")], table=table, as_of=AS_OF, say=say)
    assert len(found.problems) == 2
    assert all(is_safe(text) for text in texts(found))


def test_a_hundred_thousand_names_are_cut_and_that_is_said(read: Read) -> None:
    sans = b"".join(wrapped(0x82, b"host%06d.example.com" % number) for number in range(100_000))
    (record,) = read(crafted(b"expe1.example.com", sans=sans)).records
    assert len(record.sans) == MAX_SANS
    assert record.sans[0] == "host000000.example.com"
    assert "sans-incomplete" in [note.code for note in record.notes]


def test_a_thousand_usages_are_read_and_a_hundred_thousand_are_unreadable(read: Read) -> None:
    usage = b"\x06\x08\x2b\x06\x01\x05\x05\x07\x03\x01"
    eku = x509.ObjectIdentifier("2.5.29.37")
    (some,) = read(leaf(eku=None, raw=[(eku, sequence(usage * 1000))]).der).records
    (many,) = read(leaf(eku=None, raw=[(eku, sequence(usage * 100_000))]).der).records
    assert len(some.eku.oids) == 1000
    assert many.eku.state is EkuState.UNREADABLE and many.eku.server_auth is None


@pytest.mark.parametrize(
    "data",
    [
        b"\x30\x80" * 200_000,
        b"\x30\x00" * 200_000,
        b"\x30\x84\xff\xff\xff\xff" + bytes(1000),
        b"\x30\x88" + b"\xff" * 8 + bytes(1000),
        wrapped(0x30, wrapped(0x30, wrapped(0x30, wrapped(0x30, wrapped(0x30, b""))))),
        b"\x30" * 100_000,
    ],
    ids=["indefinite", "many empty", "four gigabytes", "exabytes", "nested", "tags"],
)
def test_der_made_to_be_slow_or_large_is_a_problem(read: Read, data: bytes) -> None:
    found = read(data)
    assert found.records == ()
    assert len(found.problems) == 1


def test_many_cas_of_one_name_cost_eight_checks(
    table: IssuerTable, say: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever sends many CAs of one name wants each tried against each."""
    from wizard.evidence.signatures import Checker

    crowd = [ca("Crowd") for _ in range(40)]
    node = leaf(ca("Crowd"), authority_key_id=b"another")
    calls = []
    check = Checker.check

    def counted(self: Checker, child: bytes, parent: object) -> object:
        if child == node.der:
            calls.append(1)
        return check(self, child, parent)  # type: ignore[arg-type]

    monkeypatch.setattr(Checker, "check", counted)
    inputs = [Blob("all", "".join(made.pem for made in [*crowd, node]).encode())]
    assert len(Audit(inputs, table=table, as_of=AS_OF, say=say).run().records) == 41
    assert len(calls) == 8


def test_a_bomb_in_an_archive_keeps_the_certificate_before_it(
    tmp_path: Path, table: IssuerTable, say: Say
) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("server.pem", leaf().pem)
        for number in range(3):
            archive.writestr(f"bomb{number}", bytes(30 << 20))
    (tmp_path / "bundle.zip").write_bytes(out.getvalue())
    found = inspect([str(tmp_path / "bundle.zip")], table=table, as_of=AS_OF, say=say)
    assert [record.file for record in found.records] == [f"{tmp_path / 'bundle.zip'}!server.pem"]
    assert [problem.code for problem in found.problems] == ["too-large"]


def test_an_impossible_serial_and_dates_are_read_as_far_as_they_go(read: Read) -> None:
    made: Made = leaf(start=START)
    at = made.der.find(b"\x17\x0d261001000000Z")
    odd = made.der[: at + 2] + b"26ab01000000Z" + made.der[at + 15 :]
    (record,) = read(odd).records
    assert record.not_before is None and record.not_after is not None
    assert record.eku.client_auth is True
    assert "dates-unreadable" in [note.code for note in record.notes]
