"""A small DER reader: one value after another, each in its bounds, nothing guessed.

BER's indefinite lengths are understood, for PKCS#7 comes in them.
"""

from collections.abc import Iterator
from typing import NamedTuple

SEQUENCE = 0x30
SET = 0x31
INTEGER = 0x02
BIT_STRING = 0x03
OCTET_STRING = 0x04
OBJECT_ID = 0x06
BOOLEAN = 0x01
UTC_TIME = 0x17
GENERALIZED_TIME = 0x18

_MAX_DEPTH = 32


class DerError(ValueError):
    """The bytes are not the DER that was expected here."""


class Tlv(NamedTuple):
    """One value: its tag, where it begins with its header, where its content lies, where the next begins."""

    tag: int
    at: int
    start: int
    end: int
    next: int


def tlv(data: bytes, at: int, limit: int, depth: int = 0) -> Tlv:
    """The value at `at`, which must end by `limit`.

    Raises:
        DerError: it does not, or is no DER.
    """
    if at + 2 > limit:
        raise DerError("too short")
    tag = data[at]
    if tag & 0x1F == 0x1F:
        raise DerError("a tag of several bytes")
    size = data[at + 1]
    start = at + 2
    if size == 0x80:
        end = _indefinite_end(data, tag, start, limit, depth)
        return Tlv(tag, at, start, end, end + 2)
    if size > 0x80:
        width = size & 0x7F
        if width > 8 or start + width > limit:
            raise DerError("a length that cannot be")
        size = int.from_bytes(data[start : start + width], "big")
        start += width
    if size > limit - start:
        raise DerError("too short")
    return Tlv(tag, at, start, start + size, start + size)


def _indefinite_end(data: bytes, tag: int, start: int, limit: int, depth: int) -> int:
    if not tag & 0x20 or depth > _MAX_DEPTH:
        raise DerError("an indefinite length that cannot be")
    at = start
    while data[at : at + 2] != b"\x00\x00":
        at = tlv(data, at, limit, depth + 1).next
    return at


def children(data: bytes, parent: Tlv) -> Iterator[Tlv]:
    """The values inside a constructed one.

    Raises:
        DerError: at the first that cannot be read.
    """
    at = parent.start
    while at < parent.end:
        child = tlv(data, at, parent.end)
        yield child
        at = child.next


def root(data: bytes, tag: int = SEQUENCE) -> Tlv:
    """The value that `data` begins with.

    Raises:
        DerError: it is not of this tag, or incomplete.
    """
    found = tlv(data, 0, len(data))
    if found.tag != tag:
        raise DerError("another tag")
    return found


def stated_length(data: bytes, at: int = 0) -> int | None:
    """Bytes that the SEQUENCE at `at` says it has, header included; None where it is none or says not."""
    if len(data) < at + 2 or data[at] != SEQUENCE or data[at + 1] == 0x80:
        return None
    size = data[at + 1]
    if size < 0x80:
        return 2 + size
    width = size & 0x7F
    if width > 8 or len(data) < at + 2 + width:
        return None
    return 2 + width + int.from_bytes(data[at + 2 : at + 2 + width], "big")


def dotted(content: bytes) -> str:
    """The content of an OBJECT IDENTIFIER as dotted text.

    Raises:
        DerError: empty, cut off, or with a number no OID has.
    """
    if not content or content[-1] & 0x80 or len(content) > 128:
        raise DerError("not an object identifier")
    numbers: list[int] = []
    value = 0
    for byte in content:
        value = value << 7 | byte & 0x7F
        if not byte & 0x80:
            numbers.append(value)
            value = 0
    first = min(numbers[0] // 40, 2)
    return ".".join(map(str, (first, numbers[0] - 40 * first, *numbers[1:])))


def first_oid(data: bytes) -> str:
    """The OBJECT IDENTIFIER that the value in `data` begins with; empty where it does not."""
    try:
        first = next(children(data, tlv(data, 0, len(data))), None)
        return dotted(data[first.start : first.end]) if first and first.tag == OBJECT_ID else ""
    except DerError:
        return ""


def integer_hex(data: bytes) -> str:
    """An INTEGER in hex, of at most 64 bytes."""
    value = root(data, INTEGER)
    return f"{int.from_bytes(data[value.start : min(value.end, value.start + 64)], 'big', signed=True):x}"
