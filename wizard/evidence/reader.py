"""One blob in, what is in it out: certificates, private keys, PKCS#12 to open, and problems for the rest.

Every blob yields at least one item other than None, but for a member of an archive that never claimed to be a
certificate: a diagnostic bundle is full of logs.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from wizard.evidence import containers, keys, pem
from wizard.evidence.blob import Blob, Say, line, problem
from wizard.evidence.containers import Kind
from wizard.evidence.der import SEQUENCE, DerError, stated_length, tlv
from wizard.model.certificate import CLIENT_AUTH, SERVER_AUTH, EkuState
from wizard.model.problems import Problem

_SUFFIXES = (".pem", ".crt", ".cer", ".der", ".p7b", ".p7c", ".p7s", ".p12", ".pfx", ".csr", ".key", ".jks")
_KEYSTORES = (b"\xfe\xed\xfe\xed", b"\xce\xce\xce\xce")
_USAGES = {SERVER_AUTH: "serverAuth", CLIENT_AUTH: "clientAuth"}
_NAMES_SHOWN = 5
_FILLING = 64
_LABELS = {
    "CERTIFICATE": Kind.CERTIFICATE,
    "X509 CERTIFICATE": Kind.CERTIFICATE,
    "TRUSTED CERTIFICATE": Kind.CERTIFICATE,
    "PKCS7": Kind.PKCS7,
    "CMS": Kind.PKCS7,
    "PKCS12": Kind.PKCS12,
    "CERTIFICATE REQUEST": Kind.REQUEST,
    "NEW CERTIFICATE REQUEST": Kind.REQUEST,
    "X509 CRL": Kind.REVOCATION_LIST,
    "PUBLIC KEY": Kind.PUBLIC_KEY,
}


@dataclass(frozen=True, slots=True)
class Certificate:
    """Bytes of the shape of a certificate; `trailing` where something followed that belongs to nothing."""

    der: bytes = field(repr=False)
    where: str
    trailing: bool = False


@dataclass(frozen=True, slots=True)
class PrivateKey:
    """That a private key was there, and SHA-256 of its public half; empty where encrypted or unreadable."""

    public_half: str


@dataclass(frozen=True, slots=True)
class Locked:
    """A PKCS#12, to be opened in a process of its own."""

    data: bytes = field(repr=False)
    where: str


Item = Certificate | PrivateKey | Locked | Problem


def read(blob: Blob, say: Say) -> Iterator[Item | None]:
    """What is in the blob, in its order; None wherever some work brought nothing."""
    found = False
    for item in _items(blob, say):
        found = found or item is not None
        yield item
    if not found and (not blob.in_archive or blob.name.lower().endswith(_SUFFIXES)):
        yield problem(say, blob.name, "no-certificate")


def _items(blob: Blob, say: Say) -> Iterator[Item | None]:
    data = blob.data
    if data.startswith(_KEYSTORES):
        yield problem(say, blob.name, "unsupported", words="java-keystore")
        return
    if stated_length(data) == len(data) or data[:2] == b"\x30\x80":
        yield from _der(blob.name, data, "", say, Kind.UNKNOWN)
        return
    text = pem.text_of(data)
    any_block = False
    for block in pem.blocks(text):
        any_block = any_block or block is not None
        yield from _block(blob.name, block, say) if block else (None,)
    mended = "" if any_block else pem.mended(text)
    for block in pem.blocks(mended):
        any_block = any_block or block is not None
        yield from _block(blob.name, block, say) if block else (None,)
    if any_block:
        return
    bare = pem.bare(text)
    if bare is not None:
        yield from _der(blob.name, bare, "", say, Kind.UNKNOWN)
    elif stated_length(data) is not None:
        yield from _der(blob.name, data, "", say, Kind.UNKNOWN)


def _block(file: str, block: pem.Block, say: Say) -> Iterator[Item | None]:
    """What one PEM block holds."""
    where = line(say, block.line)
    if block.label.endswith("PRIVATE KEY"):
        yield from _private_key(file, where, say, b"" if block.encrypted else block.der)
        return
    expected = _LABELS.get(block.label, Kind.UNKNOWN)
    if expected is Kind.UNKNOWN and block.state is not pem.State.WHOLE:
        yield None  # PGP, SSH: nobody takes them for a certificate.
    elif block.state is pem.State.TRUNCATED:
        yield problem(say, file, "truncated", where=where)
    elif block.state is pem.State.UNREADABLE:
        yield problem(say, file, "unreadable-block", where=where)
    else:
        yield from _der(file, block.der, where, say, expected, aux=block.label == "TRUSTED CERTIFICATE")


def _der(
    file: str, data: bytes, where: str, say: Say, expected: Kind, *, aux: bool = False
) -> Iterator[Item | None]:
    """What a run of DER holds: one value, or several behind one another."""
    at = 0
    while data[at : at + 1] == b"\x30":
        try:
            end = tlv(data, at, len(data)).next
        except DerError:
            cut_off = (stated_length(data, at) or 0) > len(data) - at
            yield problem(say, file, "truncated" if cut_off else "unreadable-block", where=where)
            return
        der = data[at:end]
        kind = containers.kind_of(der)
        if kind is Kind.UNKNOWN and at:
            return  # Remains behind what was read: the one before was told so.
        following = data[end : end + _FILLING].lstrip(b"\r\n\t \x00")
        trailing = bool(following) and not aux and following[0] != SEQUENCE
        yield from _one(file, der, where, say, expected if kind is Kind.UNKNOWN else kind, trailing=trailing)
        if aux:
            return
        at = end


def _one(file: str, der: bytes, where: str, say: Say, kind: Kind, *, trailing: bool) -> Iterator[Item | None]:
    match kind:
        case Kind.CERTIFICATE:
            yield Certificate(der, where, trailing)
        case Kind.PKCS7:
            yield from _pkcs7(file, der, where, say)
        case Kind.PKCS12:
            yield Locked(der, where)
        case Kind.REQUEST:
            yield _request(file, der, where, say)
        case Kind.PRIVATE_KEY | Kind.ENCRYPTED_KEY:
            yield from _private_key(file, where, say, der if kind is Kind.PRIVATE_KEY else b"")
        case Kind.REVOCATION_LIST:
            yield problem(say, file, "no-certificate", where=where, words="revocation-list")
        case Kind.PUBLIC_KEY:
            yield problem(say, file, "no-certificate", where=where, words="public-key")
        case Kind.UNKNOWN:
            yield None


def _private_key(file: str, where: str, say: Say, der: bytes) -> Iterator[Item | None]:
    yield PrivateKey(keys.public_half(der) if der else "")
    yield problem(say, file, "private-key", where=where)


def _pkcs7(file: str, der: bytes, where: str, say: Say) -> Iterator[Item | None]:
    try:
        inside = containers.pkcs7_certificates(der)
    except (DerError, ValueError):
        yield problem(say, file, "unreadable-block", where=where)
        return
    if inside is None:
        yield problem(say, file, "unsupported", where=where, words="pkcs7-kind")
    elif not inside:
        yield problem(say, file, "no-certificate", where=where, words="pkcs7-empty")
    else:
        for certificate in inside:
            yield Certificate(certificate, where)


def _request(file: str, der: bytes, where: str, say: Say) -> Problem:
    """A signing request, and what it asks for: a mistake is best caught before the CA signs."""
    try:
        asked = containers.request(der)
    except (DerError, ValueError):
        return problem(say, file, "request", where=where, words="request-unreadable")
    names = list(dict.fromkeys(name for name in (asked.common_name, *asked.sans) if name))
    shown = ", ".join(names[:_NAMES_SHOWN]) + (" …" if len(names) > _NAMES_SHOWN else "")
    words = {
        EkuState.PRESENT: "request",
        EkuState.ABSENT: "request-no-eku",
        EkuState.UNREADABLE: "request-unreadable",
        EkuState.CONTRADICTORY: "request-unreadable",
    }[asked.eku.state]
    usages = ", ".join(_USAGES.get(oid, oid) for oid in asked.eku.oids)
    return problem(say, file, "request", where=where, words=words, names=shown or "-", eku=usages)
