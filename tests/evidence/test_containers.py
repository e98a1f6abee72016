"""Certificates inside other things: DER, PKCS#7, PKCS#12, requests, keys, told by shape and not by label."""

import gzip
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    pkcs7,
    pkcs12,
)

from tests.evidence.pki import AS_OF, CLIENT, EKU, SERVER, family, leaf, name
from wizard.evidence import pkcs12 as opener
from wizard.evidence.audit import Audit, inspect
from wizard.evidence.blob import Blob, Say
from wizard.evidence.containers import pkcs12_rounds
from wizard.model.certificate import Inspection, IssuerTable

ROOT, MIDDLE, NODE = family()
Read = Callable[..., Inspection]


@pytest.fixture
def read(table: IssuerTable, say: Say) -> Read:
    """What an audit says of one blob."""

    def inspection(data: bytes | str, name: str = "given", password: str | None = None) -> Inspection:
        blob = Blob(name, data.encode() if isinstance(data, str) else data)
        return Audit([blob], table=table, as_of=AS_OF, say=say, password=lambda _: password).run()

    return inspection


def hashes_of(found: Inspection) -> list[str]:
    return [record.sha256 for record in found.records]


def codes(found: Inspection) -> list[str]:
    return [problem.code for problem in found.problems]


def store(password: bytes | None = None, *, key: bool = True, extra: bool = True) -> bytes:
    encryption = NoEncryption() if password is None else BestAvailableEncryption(password)
    others = [MIDDLE.certificate, ROOT.certificate] if extra else None
    return pkcs12.serialize_key_and_certificates(
        b"\x1b[31mfriendly", NODE.key if key else None, NODE.certificate, others, encryption
    )


def request(eku: list[x509.ObjectIdentifier] | None, raw_eku: bytes = b"") -> x509.CertificateSigningRequest:
    builder = x509.CertificateSigningRequestBuilder().subject_name(name("expe1.example.com"))
    alternatives = x509.SubjectAlternativeName(
        [x509.DNSName("expe1.example.com"), x509.DNSName("c.example.com")]
    )
    builder = builder.add_extension(alternatives, critical=False)
    if eku is not None:
        builder = builder.add_extension(x509.ExtendedKeyUsage(eku), critical=False)
    if raw_eku:
        builder = builder.add_extension(x509.UnrecognizedExtension(EKU, raw_eku), critical=False)
    return builder.sign(ec.generate_private_key(ec.SECP256R1()), hashes.SHA256())


def test_der_is_read_and_so_are_several_in_a_row(read: Read) -> None:
    assert hashes_of(read(NODE.der)) == [NODE.sha256]
    assert hashes_of(read(NODE.der + MIDDLE.der + ROOT.der)) == [NODE.sha256, MIDDLE.sha256, ROOT.sha256]
    assert hashes_of(read(NODE.der + b"\r\n")) == [NODE.sha256]


def test_der_that_was_cut_is_truncated_and_what_came_before_is_kept(read: Read) -> None:
    found = read(NODE.der + MIDDLE.der[:-20])
    assert (hashes_of(found), codes(found)) == ([NODE.sha256], ["truncated"])


def test_something_behind_a_certificate_is_noted(read: Read) -> None:
    (record,) = read(NODE.der + b"\x04\x02ab").records
    assert "trailing-data" in [note.code for note in record.notes]


@pytest.mark.parametrize("encoding", [Encoding.DER, Encoding.PEM])
def test_pkcs7_is_read_in_both_encodings(read: Read, encoding: Encoding) -> None:
    data = pkcs7.serialize_certificates([NODE.certificate, MIDDLE.certificate], encoding)
    assert sorted(hashes_of(read(data))) == sorted([NODE.sha256, MIDDLE.sha256])


def test_pkcs7_under_the_label_of_a_certificate_is_read(read: Read) -> None:
    data = pkcs7.serialize_certificates([NODE.certificate], Encoding.PEM).decode()
    assert hashes_of(read(data.replace("PKCS7", "CERTIFICATE"))) == [NODE.sha256]


def test_pkcs7_of_indefinite_length_is_read(read: Read) -> None:
    from wizard.evidence import der

    data = pkcs7.serialize_certificates([NODE.certificate], Encoding.DER)
    outer = der.root(data)
    assert hashes_of(read(b"\x30\x80" + data[outer.start : outer.end] + b"\x00\x00")) == [NODE.sha256]


def test_pkcs12_without_a_password_is_opened_and_its_key_counted(read: Read) -> None:
    found = read(store(), "all.p12")
    assert hashes_of(found) == [NODE.sha256, MIDDLE.sha256, ROOT.sha256]
    assert codes(found) == ["private-key"]
    assert "key-match" in [note.code for note in found.records[0].notes]


def test_pkcs12_with_a_password_is_asked_for(read: Read) -> None:
    data = store(b"correct horse")
    assert hashes_of(read(data, password="correct horse"))[0] == NODE.sha256
    assert codes(read(data, password=None)) == ["needs-password"]
    assert codes(read(data, password="wrong")) == ["wrong-password"]


def test_a_password_on_an_unencrypted_pkcs12_is_never_needed(read: Read) -> None:
    assert len(read(store(), password="some password").records) == 3


def test_a_locked_pkcs12_waits_for_its_password_on_a_screen(table: IssuerTable, say: Say) -> None:
    audit = Audit([Blob("a.p12", store("pässword".encode()))], table=table, as_of=AS_OF, say=say)
    assert codes(audit.run()) == ["needs-password"]
    assert list(audit.locked) == ["a.p12"]
    audit.unlock("a.p12", "wrong")
    assert codes(audit.run()) == ["wrong-password"]
    audit.unlock("a.p12", "pässword")
    found = audit.run()
    assert (len(found.records), codes(found), list(audit.locked)) == (3, ["private-key"], [])


def test_fifty_million_rounds_are_refused_unopened(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    rounds = 50_000_000
    encryption = (
        PrivateFormat.PKCS12.encryption_builder().hmac_hash(hashes.SHA256()).kdf_rounds(1000).build(b"x")
    )
    data = pkcs12.serialize_key_and_certificates(None, None, NODE.certificate, None, encryption)
    patched = _with_rounds(data, rounds)
    assert pkcs12_rounds(data) < 100_000
    assert pkcs12_rounds(patched) == rounds
    monkeypatch.setattr(opener.Opener, "start", _must_not_be_called)
    assert codes(read(patched)) == ["too-large"]


def test_a_pkcs12_that_takes_too_long_is_ended(say: Say) -> None:
    """Its rounds may hide where only the attempt shows them: time decides."""
    busy = opener.Opener(seconds=0.0)
    result = busy.start(store(b"x"), "x").result()
    busy.close()
    assert result.outcome is opener.Outcome.TOO_SLOW
    again = opener.Opener()
    assert again.start(store(b"x"), "x").result().outcome is opener.Outcome.OPEN
    again.close()


@pytest.mark.skipif(not Path("/proc").exists(), reason="looks at the arguments of processes in /proc")
def test_the_password_is_in_no_argument_and_in_no_record(table: IssuerTable, say: Say) -> None:
    secret = "correct horse battery staple"
    audit = Audit(
        [Blob("a.p12", store(secret.encode()))], table=table, as_of=AS_OF, say=say, password=lambda _: secret
    )
    arguments: list[bytes] = []
    while audit.step(0.001):
        for path in Path("/proc").glob("[0-9]*/cmdline"):
            try:
                arguments.append(path.read_bytes())
            except OSError:
                continue
    audit.close()
    assert any(b"pkcs12_child" in line for line in arguments)
    assert not any(b"horse" in line for line in arguments)
    assert "horse" not in repr(audit.result()) + repr(vars(audit))


@pytest.mark.parametrize("pem", [True, False])
def test_a_request_tells_what_eku_it_asks_for(read: Read, pem: bool) -> None:
    asked = request([SERVER]).public_bytes(Encoding.PEM if pem else Encoding.DER)
    (problem,) = read(asked).problems
    assert problem.code == "request"
    assert "serverAuth" in problem.message and "clientAuth" not in problem.message
    assert "expe1.example.com, c.example.com" in problem.message
    both = read(request([SERVER, CLIENT]).public_bytes(Encoding.PEM)).problems[0].message
    assert "serverAuth, clientAuth" in both


def test_a_request_without_eku_is_told_from_one_that_cannot_be_read(read: Read) -> None:
    without = read(request(None).public_bytes(Encoding.PEM)).problems[0]
    unreadable = read(request(None, b"\x30\x00").public_bytes(Encoding.PEM)).problems[0]
    assert without.code == unreadable.code == "request"
    assert "no EKU" in without.message
    assert "cannot be read" in unreadable.message


def test_a_key_beside_its_certificate_is_compared_and_counted(read: Read) -> None:
    found = read(NODE.key_pem + NODE.pem + MIDDLE.pem)
    assert hashes_of(found) == [NODE.sha256, MIDDLE.sha256]
    assert codes(found) == ["private-key"]
    assert "key-match" in [note.code for note in found.records[0].notes]
    other = read(leaf().key_pem + NODE.pem)
    assert "key-mismatch" in [note.code for note in other.records[0].notes]


def test_a_key_in_another_file_is_found_for_its_certificate(table: IssuerTable, say: Say) -> None:
    inputs = [Blob("server.pem", NODE.pem.encode()), Blob("privkey.pem", NODE.key_pem.encode())]
    found = Audit(inputs, table=table, as_of=AS_OF, say=say).run()
    assert [note.args for note in found.records[0].notes if note.code == "key-elsewhere"] == [
        {"file": "privkey.pem"}
    ]


KEYS: dict[str, bytes] = {
    "pkcs8": NODE.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption()),
    "ec": NODE.key.private_bytes(Encoding.DER, PrivateFormat.TraditionalOpenSSL, NoEncryption()),
    "encrypted": NODE.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, BestAvailableEncryption(b"x")),
    "pem": NODE.key_pem.encode(),
    "encrypted pem": NODE.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(b"x")),
    "openssh": NODE.key.private_bytes(Encoding.PEM, PrivateFormat.OpenSSH, NoEncryption()),
    "rsa": rsa.generate_private_key(65537, 2048).private_bytes(
        Encoding.DER, PrivateFormat.TraditionalOpenSSL, NoEncryption()
    ),
    "under another label": NODE.key_pem.replace("PRIVATE KEY", "CERTIFICATE").encode(),
    "truncated": "\n".join(NODE.key_pem.splitlines()[:-2]).encode(),
}


@pytest.mark.parametrize("kind", KEYS)
def test_a_private_key_is_a_problem_of_its_own_in_every_form(read: Read, kind: str) -> None:
    found = read(KEYS[kind])
    assert (found.records, codes(found)) == ((), ["private-key"])


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"hello", "no-certificate"),
        (
            b"-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nmQENBF\n-----END PGP PUBLIC KEY BLOCK-----\n",
            "no-certificate",
        ),
        (
            NODE.key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo),
            "no-certificate",
        ),
        (b"\xfe\xed\xfe\xed\x00\x00\x00\x02" + bytes(40), "unsupported"),
        (b"\x30\x82\x40\x00" + bytes(20), "truncated"),
        (b"\x30\x03\x02\x01\x05", "no-certificate"),
        (gzip.compress(b""), "no-certificate"),
        (bytes(range(256)) * 10, "no-certificate"),
    ],
    ids=["empty", "text", "pgp", "public key", "java", "cut", "other der", "empty gzip", "noise"],
)
def test_whatever_holds_no_certificate_is_named(read: Read, data: bytes, code: str) -> None:
    found = read(data)
    assert (found.records, codes(found)) == ((), [code])


def test_a_crl_is_named_for_what_it_is(read: Read) -> None:
    crl = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(ROOT.certificate.subject)
        .last_update(ROOT.certificate.not_valid_before_utc)
        .next_update(ROOT.certificate.not_valid_after_utc)
        .sign(ROOT.key, hashes.SHA256())
    )
    (problem,) = read(crl.public_bytes(Encoding.DER)).problems
    assert problem.code == "no-certificate" and "CRL" in problem.message


def test_an_empty_folder_and_an_archive_of_logs_are_no_silence(
    tmp_path: Path, table: IssuerTable, say: Say
) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "logs.gz").write_bytes(gzip.compress(b"nothing here"))
    found = inspect([str(tmp_path / "empty"), str(tmp_path / "logs.gz")], table=table, as_of=AS_OF, say=say)
    assert codes(found) == ["no-certificate", "no-certificate"]


def _with_rounds(data: bytes, rounds: int) -> bytes:
    """The store with another number of rounds in its integrity check."""
    from wizard.evidence import der

    parts = list(der.children(data, der.root(data)))
    mac = list(der.children(data, parts[2]))
    content = data[mac[0].at : mac[1].next] + b"\x02\x04" + rounds.to_bytes(4, "big")
    inside = data[parts[0].at : parts[1].next] + b"\x30" + bytes([len(content)]) + content
    return b"\x30\x82" + len(inside).to_bytes(2, "big") + inside


def _must_not_be_called(*_: object) -> None:
    raise AssertionError("it was opened")


def test_the_parameters_of_a_curve_are_no_pkcs12(read: Read) -> None:
    """openssl writes them before a key: a version, then a SEQUENCE that begins with an identifier."""
    parameters = bytes.fromhex("3010020101300b06072a8648ce3d01010201")[:-1] + b"\x07"
    text = (
        "-----BEGIN EC PARAMETERS-----\n" + b64encode(parameters).decode() + "\n-----END EC PARAMETERS-----\n"
    )
    found = read(text + NODE.key_pem + NODE.pem)
    assert codes(found) == ["private-key"]
    assert hashes_of(found) == [NODE.sha256]
