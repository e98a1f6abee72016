"""Names as they stand in DER: distinguished names and subject alternative names, read without the library.

Text comes back as it was sent, undecodable bytes as `\\xff`; it is made visible when a record is created.
"""

import ipaddress
from typing import NamedTuple

from wizard.evidence.der import (
    BOOLEAN,
    INTEGER,
    OBJECT_ID,
    OCTET_STRING,
    SEQUENCE,
    SET,
    DerError,
    Tlv,
    children,
    dotted,
    root,
    tlv,
)

MAX_SANS = 1000
"""Alternative names kept of one certificate; there are more only where someone tries it on."""

COMMON_NAME = "2.5.4.3"
ORGANIZATION = "2.5.4.10"

_SHORT = {
    COMMON_NAME: "CN",
    "2.5.4.6": "C",
    "2.5.4.7": "L",
    "2.5.4.8": "ST",
    "2.5.4.9": "STREET",
    ORGANIZATION: "O",
    "2.5.4.11": "OU",
    "0.9.2342.19200300.100.1.1": "UID",
    "0.9.2342.19200300.100.1.25": "DC",
}
_CODECS = {0x0C: "utf-8", 0x14: "latin-1", 0x1C: "utf-32-be", 0x1E: "utf-16-be"}
_STRINGS = frozenset({0x0C, 0x12, 0x13, 0x14, 0x15, 0x16, 0x19, 0x1A, 0x1B, 0x1C, 0x1E})
_ESCAPED = frozenset('\\,+"<>;')
_MAX_ATTRIBUTES = 100


class Name(NamedTuple):
    """A distinguished name: its RFC 4514 text, and the parts of it that are asked for, first of each."""

    text: str
    common_name: str | None
    organization: str | None


def name(der: bytes) -> Name:
    """The name in `der`; an attribute that cannot be read is shown as `#` and its bytes in hex."""
    shown: list[str] = []
    found: dict[str, str] = {}
    try:
        for relative in children(der, root(der)):
            if relative.tag != SET or len(shown) >= _MAX_ATTRIBUTES:
                raise DerError("not a name")
            pairs = [_attribute(der, entry) for entry in children(der, relative)]
            for oid, text, _ in pairs:
                found.setdefault(oid, text)
            shown.append("+".join(f"{_SHORT.get(oid, oid)}={escaped}" for oid, _, escaped in pairs))
    except DerError:
        shown.append("…")
    return Name(",".join(reversed(shown)), found.get(COMMON_NAME), found.get(ORGANIZATION))


def _attribute(data: bytes, entry: Tlv) -> tuple[str, str, str]:
    """OID, plain and escaped text of one attribute."""
    parts = list(children(data, entry))
    if len(parts) != 2 or parts[0].tag != OBJECT_ID:
        raise DerError("not an attribute")
    oid = dotted(data[parts[0].start : parts[0].end])
    value = parts[1]
    raw = data[value.start : value.end]
    if value.tag not in _STRINGS:
        text = "#" + data[value.at : value.next].hex()
        return oid, text, text
    text = raw.decode(_CODECS.get(value.tag, "ascii"), "backslashreplace")
    return oid, text, _escape(text)


def _escape(text: str) -> str:
    """The value as RFC 4514 writes it."""
    if not _ESCAPED.isdisjoint(text):
        text = "".join(f"\\{character}" if character in _ESCAPED else character for character in text)
    if text[:1] in ("#", " "):
        text = "\\" + text
    if text.endswith(" ") and len(text) > 1:
        text = text[:-1] + "\\ "
    return text


def alternative_names(value: bytes) -> tuple[tuple[str, ...], bool]:
    """The names of a subject alternative name extension, and whether those are all.

    Host names, addresses, mail addresses and URIs come as they are, others with what they are in front.
    """
    found: list[str] = []
    try:
        listing = root(value)
        for entry in children(value, listing):
            if len(found) >= MAX_SANS:
                return tuple(found), False
            found.append(_general_name(value, entry))
    except DerError:
        return tuple(found), False
    return tuple(found), listing.next == len(value)


def _general_name(data: bytes, entry: Tlv) -> str:
    content = data[entry.start : entry.end]
    match entry.tag & 0x1F:
        case 1 | 2 | 6:
            return content.decode("utf-8", "backslashreplace")
        case 4:
            return "dirName:" + name(content).text
        case 7 if len(content) in (4, 16):
            return str(ipaddress.ip_address(content))
        case 0:
            return "otherName:" + _oid_in(content)
        case 8:
            return "registeredID:" + dotted(content)
        case kind:
            return f"name type {kind}"


def _oid_in(content: bytes) -> str:
    first = tlv(content, 0, len(content))
    return dotted(content[first.start : first.end]) if first.tag == OBJECT_ID else "?"


def policies(value: bytes) -> frozenset[str]:
    """The policy OIDs of a certificate policies extension; those before an error where there is one."""
    found: set[str] = set()
    try:
        for entry in children(value, root(value)):
            found.add(_oid_in(value[entry.start : entry.end]))
    except DerError:
        return frozenset(found)
    return frozenset(found)


def key_identifier(value: bytes) -> str:
    """The identifier in a subject or an authority key identifier extension, hex; empty where none is."""
    try:
        outer = tlv(value, 0, len(value))
        if outer.tag == OCTET_STRING:
            return value[outer.start : outer.end].hex()
        for part in children(value, outer):
            if part.tag == 0x80:
                return value[part.start : part.end].hex()
    except DerError:
        return ""
    return ""


def is_ca(value: bytes) -> bool:
    """Whether a basic constraints extension says CA."""
    try:
        parts = list(children(value, root(value)))
    except DerError:
        return False
    return (
        bool(parts) and parts[0].tag == BOOLEAN and value[parts[0].start : parts[0].end] not in (b"\x00", b"")
    )


_CURVES = {
    "1.2.840.10045.3.1.7": "P-256",
    "1.3.132.0.34": "P-384",
    "1.3.132.0.35": "P-521",
    "1.3.132.0.33": "P-224",
    "1.2.840.10045.3.1.1": "P-192",
    "1.3.132.0.10": "secp256k1",
}
_KEYS = {
    "1.2.840.113549.1.1.1": "RSA",
    "1.2.840.113549.1.1.10": "RSA",
    "1.2.840.10045.2.1": "EC",
    "1.2.840.10040.4.1": "DSA",
    "1.3.101.112": "Ed25519",
    "1.3.101.113": "Ed448",
}


def key(public_key: bytes) -> str:
    """Type and size of a subject public key info: "RSA 2048", "EC P-256"; an unknown one by its OID."""
    try:
        algorithm, bits = children(public_key, root(public_key))
        oid, *parameters = children(public_key, algorithm)
        number = dotted(public_key[oid.start : oid.end])
        kind = _KEYS.get(number, number)
        if kind == "EC" and parameters and parameters[0].tag == OBJECT_ID:
            curve = dotted(public_key[parameters[0].start : parameters[0].end])
            return f"EC {_CURVES.get(curve, curve)}"
        if kind == "RSA":
            return f"RSA {_first_integer_bits(public_key[bits.start + 1 : bits.end])}"
        if kind == "DSA" and parameters and parameters[0].tag == SEQUENCE:
            return f"DSA {_first_integer_bits(public_key[parameters[0].at : parameters[0].next])}"
    except (DerError, ValueError):
        return "?"
    return kind


def _first_integer_bits(data: bytes) -> int:
    first = next(children(data, root(data)), None)
    if first is None or first.tag != INTEGER:
        raise DerError("no number")
    return int.from_bytes(data[first.start : first.end], "big").bit_length()
