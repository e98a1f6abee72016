"""Private keys and passwords are counted, never held: no output has 20 characters of one in a row."""

import base64
import logging
import traceback
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import dsa, ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    pkcs12,
)

from tests.evidence.pki import AS_OF, leaf
from wizard.evidence import gather, reader
from wizard.evidence.audit import Audit
from wizard.evidence.blob import Blob, Say
from wizard.model.certificate import IssuerTable

RUN = 20
KEYS = {
    "rsa": rsa.generate_private_key(65537, 2048),
    "ec": ec.generate_private_key(ec.SECP384R1()),
    "dsa": dsa.generate_private_key(2048),
    "ed25519": ed25519.Ed25519PrivateKey.generate(),
}


def forms(key: object) -> dict[str, bytes]:
    """The key in every shape in which someone hands it over."""
    write = key.private_bytes  # type: ignore[attr-defined]
    plain = NoEncryption()
    pem: bytes = write(Encoding.PEM, PrivateFormat.PKCS8, plain)
    node = leaf()
    return {
        "pem": pem,
        "der": write(Encoding.DER, PrivateFormat.PKCS8, plain),
        "encrypted": write(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(b"x")),
        "beside a certificate": pem + node.pem.encode(),
        "under a certificate's label": pem.replace(b"PRIVATE KEY", b"CERTIFICATE"),
        "under a request's label": pem.replace(b"PRIVATE KEY", b"CERTIFICATE REQUEST"),
        "under no known label": pem.replace(b"PRIVATE KEY", b"THINGS"),
        "without markers": b"".join(pem.splitlines()[1:-1]),
        "truncated": pem[: len(pem) // 2],
        "quoted": b"> " + pem.replace(b"\n", b"\n> "),
        "utf-16": pem.decode().encode("utf-16"),
        "one line": pem.replace(b"\n", b""),
        "spoilt": pem.replace(b"M", b"N", 3),
        "in der with more": write(Encoding.DER, PrivateFormat.PKCS8, plain) + node.der,
    }


def secrets_of(key: object) -> list[str]:
    """What must not be seen: base64 and hex of the private key."""
    der: bytes = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())  # type: ignore[attr-defined]
    return [base64.b64encode(der).decode(), der.hex(), der.hex(":")]


def leaks(text: str, secrets: list[str]) -> bool:
    flat = text.replace("\\n", "").replace("\n", "")
    runs = {flat[at : at + RUN] for at in range(len(flat) - RUN + 1)}
    return any(secret[at : at + RUN] in runs for secret in secrets for at in range(len(secret) - RUN + 1))


def test_a_leak_would_be_seen() -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    secrets = secrets_of(key)
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    assert leaks(repr(pem), secrets) and leaks(pem, secrets)
    assert not leaks(leaf().pem, secrets)


@pytest.mark.parametrize("kind", KEYS)
def test_nothing_that_comes_out_holds_a_private_key(
    kind: str,
    table: IssuerTable,
    say: Say,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    secrets = secrets_of(KEYS[kind])
    with caplog.at_level(logging.DEBUG):
        for name, data in forms(KEYS[kind]).items():
            audit = Audit([Blob(name, data)], table=table, as_of=AS_OF, say=say)
            found = audit.run()
            assert found.records or found.problems
            gathering = vars(audit)["_gathering"]
            held = [repr(found), repr(vars(audit)), repr(vars(gathering)), repr(Blob(name, data))]
            held += [problem.line() for problem in found.problems]
            assert not any(leaks(text, secrets) for text in held), name
    out, err = capfd.readouterr()
    assert not leaks(out + err + caplog.text, secrets)


def test_a_pkcs12_lets_out_neither_key_nor_password(table: IssuerTable, say: Say) -> None:
    node = leaf()
    password = "a password of twenty-eight characters"
    data = pkcs12.serialize_key_and_certificates(
        None, node.key, node.certificate, None, BestAvailableEncryption(password.encode())
    )
    secrets = [*secrets_of(node.key), password]
    for given in (password, password + "!", None):
        audit = Audit([Blob("a.p12", data)], table=table, as_of=AS_OF, say=say, password=lambda _, p=given: p)  # type: ignore[misc]
        found = audit.run()
        assert found.problems
        assert not leaks(repr(found) + repr(vars(audit)) + repr(vars(vars(audit)["_gathering"])), secrets)


def test_a_traceback_from_the_midst_of_it_holds_no_key(
    table: IssuerTable, say: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Should anything ever fail unforeseen, what is printed of it must be harmless."""

    def fail(*_: object) -> None:
        raise RuntimeError("unforeseen")

    node = leaf()
    monkeypatch.setattr("wizard.evidence.gather.facts.read", fail)
    audit = Audit([Blob("a", (node.key_pem + node.pem).encode())], table=table, as_of=AS_OF, say=say)
    with pytest.raises(RuntimeError) as caught:
        audit.run()
    assert not leaks("".join(traceback.format_exception(caught.value)), secrets_of(node.key))


def test_items_that_carry_bytes_keep_them_out_of_their_repr() -> None:
    for item in (reader.Certificate(b"SECRET", ""), reader.Locked(b"SECRET", ""), gather.Lock(b"SECRET", "")):
        assert "SECRET" not in repr(item)


def test_the_source_never_puts_a_private_key_into_a_message() -> None:
    """`keys` is the one module that loads one; only a hash leaves it."""
    folder = Path(reader.__file__).parent
    loading = [
        path.name for path in sorted(folder.glob("*.py")) if "load_der_private_key" in path.read_text()
    ]
    assert loading == ["keys.py"]
