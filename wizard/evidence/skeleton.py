"""The fields of a certificate by their place, for what is left when the library refuses it.

Each field is read on its own, so that one malformed extension does not hide the Extended Key Usage. What
cannot be read is None, and an EKU is absent only where the whole list of extensions was read and holds none.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

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
    first_oid,
    root,
)
from wizard.model.certificate import Eku, EkuState

OID_EKU = "2.5.29.37"
OID_SAN = "2.5.29.17"
OID_BASIC_CONSTRAINTS = "2.5.29.19"
OID_SKI = "2.5.29.14"
OID_AKI = "2.5.29.35"
OID_POLICIES = "2.5.29.32"
OID_SCTS = "1.3.6.1.4.1.11129.2.4.2"

NO_EKU = Eku(EkuState.ABSENT)
"""Of a certificate without the extension."""

_MAX_EXTENSIONS = 1000
_MAX_OIDS = 1000


class Extension(NamedTuple):
    """One extension: dotted OID and the bytes of its value."""

    oid: str
    value: bytes


@dataclass(frozen=True, slots=True)
class Skeleton:
    """The fields of a certificate by their place, each as raw bytes with header.

    `signature` is the OID of the algorithm it was signed with, dotted. `extensions` are those that could be
    read; `all_extensions` is False where their list broke off.
    """

    serial: bytes
    signature: str
    issuer: bytes
    validity: bytes
    subject: bytes
    public_key: bytes
    extensions: tuple[Extension, ...]
    all_extensions: bool

    def values(self, oid: str) -> tuple[bytes, ...]:
        """The values of every extension with this OID."""
        return tuple(extension.value for extension in self.extensions if extension.oid == oid)


def skeleton(der: bytes) -> Skeleton:
    """The fields of the certificate in `der`; what follows the certificate is ignored.

    Raises:
        DerError: it has not the shape of a certificate.
    """
    outer = list(children(der, root(der)))
    if len(outer) != 3 or [part.tag for part in outer] != [SEQUENCE, SEQUENCE, BIT_STRING]:
        raise DerError("not a certificate")
    tbs = outer[0]
    fields: list[Tlv] = []
    broken = False
    try:
        fields.extend(children(der, tbs))
    except DerError:
        broken = True
        fields = _as_many_as_can_be_read(der, tbs)
    if fields and fields[0].tag == 0xA0:
        del fields[0]
    if [field.tag for field in fields[:6]] != [INTEGER, SEQUENCE, SEQUENCE, SEQUENCE, SEQUENCE, SEQUENCE]:
        raise DerError("not a certificate")
    serial, _, issuer, validity, subject, public_key = (der[field.at : field.next] for field in fields[:6])
    listed: tuple[Extension, ...] = ()
    complete = not broken
    for field in fields[6:]:
        if field.tag == 0xA3:
            found, whole = extensions(der, field)
            # A second list would be a second answer: everything in both is kept, so that it shows.
            listed += found
            complete = complete and whole
    signature = first_oid(der[outer[1].at : outer[1].next])
    return Skeleton(serial, signature, issuer, validity, subject, public_key, listed, complete)


def _as_many_as_can_be_read(data: bytes, parent: Tlv) -> list[Tlv]:
    found: list[Tlv] = []
    try:
        for child in children(data, parent):
            found.append(child)  # noqa: PERF402 - what was found before the error is kept
    except DerError:
        return found
    return found


def extensions(data: bytes, wrapper: Tlv) -> tuple[tuple[Extension, ...], bool]:
    """The extensions that can be read, and whether those are all."""
    try:
        (listing,) = children(data, wrapper)
    except (DerError, ValueError):
        return (), False
    if listing.tag != SEQUENCE:
        return (), False
    found: list[Extension] = []
    entries = _as_many_as_can_be_read(data, listing)
    whole = bool(entries) and entries[-1].next == listing.end and len(entries) <= _MAX_EXTENSIONS
    for entry in entries[:_MAX_EXTENSIONS]:
        try:
            parts = list(children(data, entry))
            if entry.tag != SEQUENCE or not 2 <= len(parts) <= 3 or parts[0].tag != OBJECT_ID:
                raise DerError("not an extension")
            if parts[-1].tag != OCTET_STRING:
                raise DerError("not an extension")
            oid = dotted(data[parts[0].start : parts[0].end])
        except DerError:
            whole = False
            continue
        found.append(Extension(oid, data[parts[-1].start : parts[-1].end]))
    return tuple(found), whole


def eku_of(parts: Skeleton) -> Eku:
    """The Extended Key Usage: contradictory when there are two, unreadable when its list is, or may be."""
    values = parts.values(OID_EKU)
    if len(values) > 1:
        return Eku(EkuState.CONTRADICTORY)
    if not values:
        return NO_EKU if parts.all_extensions else Eku(EkuState.UNREADABLE)
    return eku_value(values[0])


@lru_cache(maxsize=256)
def eku_with(oids: tuple[str, ...]) -> Eku:
    """The EKU that lists these OIDs, one object for all certificates that say the same; none: unreadable."""
    return Eku(EkuState.PRESENT, oids) if oids else Eku(EkuState.UNREADABLE)


def eku_value(value: bytes) -> Eku:
    """The EKU whose extension has this value; unreadable where it lists nothing or not only OIDs."""
    try:
        listing = root(value)
        oids: list[str] = []
        for entry in children(value, listing):
            if entry.tag != OBJECT_ID or len(oids) >= _MAX_OIDS:
                return Eku(EkuState.UNREADABLE)
            oids.append(dotted(value[entry.start : entry.end]))
    except DerError:
        return Eku(EkuState.UNREADABLE)
    return eku_with(tuple(oids) if listing.next == len(value) else ())


def times(validity: bytes) -> tuple[datetime | None, datetime | None]:
    """Not before and not after, in UTC; None for one that is no time."""
    try:
        values = list(children(validity, root(validity)))
    except DerError:
        return None, None
    first, last = (
        _time(value.tag, validity[value.start : value.end]) if value else None
        for value in (*values[:2], None, None)[:2]
    )
    return first, last


def _time(tag: int, content: bytes) -> datetime | None:
    """A UTCTime or GeneralizedTime, in any of the forms BER allows."""
    width = {UTC_TIME: 2, GENERALIZED_TIME: 4}.get(tag)
    if width is None or not content.isascii():
        return None
    text = content.decode("ascii")
    offset = timedelta()
    if text.endswith("Z"):
        text = text[:-1]
    elif len(text) > 5 and text[-5] in "+-" and text[-4:].isdigit():
        minutes = int(text[-4:-2]) * 60 + int(text[-2:])
        offset = timedelta(minutes=minutes if text[-5] == "+" else -minutes)
        text = text[:-5]
    text = text.partition(".")[0]
    if not text.isdigit() or len(text) not in (width + 8, width + 10):
        return None
    year = int(text[:width])
    if tag == UTC_TIME:
        year += 1900 if year >= 50 else 2000
    rest = [int(text[place : place + 2]) for place in range(width, len(text), 2)]
    try:
        return datetime(year, *rest, tzinfo=UTC) - offset  # type: ignore[arg-type, misc]
    except (ValueError, OverflowError):
        return None
