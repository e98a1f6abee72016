"""What a piece of DER is, by its shape and not by its label, and what is inside the kinds that hold others.

Labels lie: tools write PKCS#7 under BEGIN CERTIFICATE, and people rename files.
"""

from dataclasses import dataclass
from enum import StrEnum

from wizard.evidence import der as dr
from wizard.evidence import names
from wizard.evidence import skeleton as sk
from wizard.evidence.der import (
    BIT_STRING,
    GENERALIZED_TIME,
    INTEGER,
    OBJECT_ID,
    OCTET_STRING,
    SEQUENCE,
    UTC_TIME,
    DerError,
    Tlv,
    children,
    dotted,
    root,
)
from wizard.model.certificate import Eku, EkuState

_SIGNED_DATA = "1.2.840.113549.1.7.2"
_PKCS7_ARC = "1.2.840.113549.1.7."
_EXTENSION_REQUESTS = frozenset({"1.2.840.113549.1.9.14", "1.3.6.1.4.1.311.2.1.14"})


class Kind(StrEnum):
    """What DER can be here."""

    CERTIFICATE = "certificate"
    REQUEST = "request"
    REVOCATION_LIST = "crl"
    PKCS7 = "pkcs7"
    PKCS12 = "pkcs12"
    PRIVATE_KEY = "private-key"
    ENCRYPTED_KEY = "encrypted-key"
    PUBLIC_KEY = "public-key"
    UNKNOWN = "unknown"


def kind_of(der: bytes) -> Kind:
    """The kind that the DER at the start of `der` has the shape of."""
    try:
        parts = _first(der, root(der), 10)
        tags = [part.tag for part in parts]
        if tags == [SEQUENCE, SEQUENCE, BIT_STRING]:
            return _signed_kind(der, parts[0])
        if tags[:2] == [OBJECT_ID, 0xA0]:
            oid = dotted(der[parts[0].start : parts[0].end])
            return Kind.PKCS7 if oid.startswith(_PKCS7_ARC) else Kind.UNKNOWN
        if tags[:3] == [INTEGER, SEQUENCE, OCTET_STRING]:
            return Kind.PRIVATE_KEY
        if tags[:2] == [INTEGER, SEQUENCE]:
            # The parameters of a curve begin like this too.
            content = dr.first_oid(der[parts[1].at : parts[1].next])
            return Kind.PKCS12 if content.startswith(_PKCS7_ARC) else Kind.UNKNOWN
        if tags[:2] == [INTEGER, OCTET_STRING] or (tags.count(INTEGER) >= 6 and set(tags) == {INTEGER}):
            return Kind.PRIVATE_KEY
        if tags == [SEQUENCE, OCTET_STRING]:
            return Kind.ENCRYPTED_KEY
        if tags == [SEQUENCE, BIT_STRING]:
            return Kind.PUBLIC_KEY
    except DerError:
        pass  # Not DER that any of these begins with: unknown, below.
    return Kind.UNKNOWN


def _signed_kind(der: bytes, tbs: Tlv) -> Kind:
    """Of what is signed: certificate, request or revocation list."""
    try:
        tags = [part.tag for part in _first(der, tbs, 8)]
    except DerError:
        return Kind.CERTIFICATE  # Its reader says what is wrong with it.
    if UTC_TIME in tags[:5] or GENERALIZED_TIME in tags[:5]:
        return Kind.REVOCATION_LIST
    if tags[:3] == [INTEGER, SEQUENCE, SEQUENCE] and tags[3:4] in ([], [0xA0]):
        return Kind.REQUEST
    return Kind.CERTIFICATE


def _first(data: bytes, parent: Tlv, count: int) -> list[Tlv]:
    found: list[Tlv] = []
    for child in children(data, parent):
        found.append(child)
        if len(found) == count:
            break
    return found


def pkcs7_certificates(der: bytes) -> tuple[bytes, ...] | None:
    """The certificates in a PKCS#7, each as DER; None where it is of a kind that shows none.

    Raises:
        DerError: it is damaged.
    """
    oid, content = _first(der, root(der), 2)
    if dotted(der[oid.start : oid.end]) != _SIGNED_DATA:
        return None
    (signed,) = children(der, content)
    bag = next((part for part in children(der, signed) if part.tag == 0xA0), None)
    if bag is None:
        return ()
    return tuple(der[entry.at : entry.next] for entry in children(der, bag) if entry.tag == SEQUENCE)


@dataclass(frozen=True, slots=True)
class Request:
    """What a signing request asks for: names and EKU. Texts as sent."""

    common_name: str | None
    sans: tuple[str, ...]
    eku: Eku
    key: str


def request(der: bytes) -> Request:
    """The signing request in `der`.

    Raises:
        DerError: it has not the shape of one.
    """
    tbs = next(children(der, root(der)), None)
    if tbs is None:
        raise DerError("not a request")
    fields = list(children(der, tbs))
    if len(fields) < 3:
        raise DerError("not a request")
    eku = Eku(EkuState.ABSENT)
    sans: tuple[str, ...] = ()
    for extension in _requested(der, fields[3]) if len(fields) > 3 else ():
        if extension.oid == sk.OID_EKU:
            twice = eku.state is not EkuState.ABSENT
            eku = Eku(EkuState.CONTRADICTORY) if twice else sk.eku_value(extension.value)
        elif extension.oid == sk.OID_SAN:
            sans += names.alternative_names(extension.value)[0]
    subject = names.name(der[fields[1].at : fields[1].next])
    return Request(subject.common_name, sans, eku, names.key(der[fields[2].at : fields[2].next]))


def _requested(der: bytes, attributes: Tlv) -> tuple[sk.Extension, ...]:
    """The extensions asked for."""
    found: tuple[sk.Extension, ...] = ()
    for attribute in children(der, attributes):
        parts = list(children(der, attribute))
        if len(parts) == 2 and dotted(der[parts[0].start : parts[0].end]) in _EXTENSION_REQUESTS:
            listed, whole = sk.extensions(der, parts[1])
            if not whole and not any(extension.oid == sk.OID_EKU for extension in listed):
                raise DerError("extensions that cannot be read")
            found += listed
    return found


def pkcs12_rounds(der: bytes) -> int:
    """How many rounds the integrity check of a PKCS#12 asks for; 0 where it says nothing of it."""
    try:
        parts = _first(der, root(der), 3)
        if len(parts) < 3:
            return 0
        mac = _first(der, parts[2], 3)
        stated = int(dr.integer_hex(der[mac[2].at : mac[2].next]), 16) if len(mac) == 3 else 1
        return max(stated, _pbmac1_rounds(der, mac[0]))
    except (DerError, IndexError):
        return 0


def _pbmac1_rounds(der: bytes, digest: Tlv) -> int:
    """The largest number in the parameters of the check's algorithm, where PBMAC1 keeps its rounds."""
    most = 0
    waiting = [(digest, 0)]
    while waiting:
        part, depth = waiting.pop()
        if part.tag == INTEGER:
            most = max(most, int.from_bytes(der[part.start : part.end][:8], "big"))
        elif part.tag & 0x20 and depth < 8:
            waiting.extend((child, depth + 1) for child in _first(der, part, 8))
    return most
