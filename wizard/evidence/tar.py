"""A tar reader that is fed chunks: it never waits, never seeks and holds one member at a time.

The standard library's reader skips a member of any size in one call, and reads an extended header of any
stated size into memory; both are for the writer of the archive to choose. Knows ustar, GNU long names and
pax paths and sizes. Links, devices and sparse files are passed over.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

BLOCK = 512
_LONGEST_EXTENSION = 1 << 20
_REGULAR = b"0\x007"
_LONG_NAME = b"L"
_PAX = b"x"


@dataclass(frozen=True, slots=True)
class Member:
    """A regular file of the archive; `data` is None where it is larger than its cap."""

    name: str
    data: bytes | None = field(repr=False)


def is_header(block: bytes) -> bool:
    """Whether a block of 512 bytes is a tar header: its checksum tells."""
    try:
        stated = _number(block[148:156])
    except ValueError:
        return False
    return stated == sum(block[:148]) + 8 * 0x20 + sum(block[156:BLOCK])


class Tar:
    """Reads one tar stream. `room` gives the cap in bytes for a member of a name."""

    def __init__(self, room: Callable[[str], int]) -> None:
        self._room = room
        self._buffer = bytearray()
        self._first: bool | None = None
        self._ended = False
        self._kind = b""
        self._name = ""
        self._left = 0
        self._padding = 0
        self._kept: bytearray | None = None
        self._long_name = ""
        self._pax_size = -1

    @property
    def open(self) -> bool:
        """Whether the stream stopped inside a member or a header."""
        return bool(self._kind) or (bool(self._buffer) and not self._ended)

    def is_tar(self, chunk: bytes) -> bool:
        """Whether the stream that begins with this chunk is a tar; asked again, the first answer stands."""
        if self._first is None and chunk:
            self._first = len(chunk) >= BLOCK and is_header(chunk[:BLOCK])
        return bool(self._first)

    def feed(self, chunk: bytes) -> Iterator[Member]:
        """The members that end in this chunk. What follows the end mark, or a damaged header, is ignored.

        Raises:
            EOFError: a header is damaged, so that nothing after it can be found.
        """
        self._buffer += chunk
        at = 0
        while not self._ended:
            if self._kind:
                taken = min(self._left, len(self._buffer) - at)
                if self._kept is not None:
                    self._kept += self._buffer[at : at + taken]
                at += taken
                self._left -= taken
                skipped = 0 if self._left else min(self._padding, len(self._buffer) - at)
                at += skipped
                self._padding -= skipped
                if self._left or self._padding:
                    break
                yield from self._finish()
            elif len(self._buffer) - at >= BLOCK:
                self._begin(bytes(self._buffer[at : at + BLOCK]))
                at += BLOCK
            else:
                break
        del self._buffer[: len(self._buffer) if self._ended else at]

    def _begin(self, block: bytes) -> None:
        if not any(block):
            self._ended = True
            return
        if not is_header(block):
            raise EOFError
        self._kind = block[156:157]
        size = _number(block[124:136])
        if self._pax_size >= 0 and self._kind not in (_LONG_NAME, _PAX):
            size, self._pax_size = self._pax_size, -1
        prefix = _text(block[345:500]) if block[257:263] == b"ustar\x00" else ""
        stated = _text(block[:100])
        self._name = self._long_name or (f"{prefix}/{stated}" if prefix else stated)
        self._left = size
        self._padding = -size % BLOCK
        if self._kind in (_LONG_NAME, _PAX):
            wanted = size <= _LONGEST_EXTENSION
        else:
            wanted = self._kind in _REGULAR and size <= self._room(self._name)
        self._kept = bytearray() if wanted else None

    def _finish(self) -> Iterator[Member]:
        kind, kept = self._kind, self._kept
        self._kind, self._kept = b"", None
        if kind == _LONG_NAME and kept is not None:
            self._long_name = _text(bytes(kept))
        elif kind == _PAX and kept is not None:
            self._read_pax(bytes(kept))
        elif kind not in (_LONG_NAME, _PAX):
            name, self._long_name = self._name, ""
            if kind in _REGULAR and not name.endswith("/"):
                yield Member(name, None if kept is None else bytes(kept))

    def _read_pax(self, data: bytes) -> None:
        """Take path and size from records of the form `LENGTH KEY=VALUE\\n`."""
        while data:
            length, space, rest = data.partition(b" ")
            if not space or not length.isdigit() or len(length) > 7 or int(length) <= len(length) + 1:
                return
            record, data = rest[: int(length) - len(length) - 1], data[int(length) :]
            key, _, value = record.rstrip(b"\n").partition(b"=")
            if key == b"path":
                self._long_name = _text(value)
            elif key == b"size" and value.isdigit() and len(value) < 19:
                self._pax_size = int(value)


def _text(raw: bytes) -> str:
    return raw.split(b"\x00", 1)[0].decode("utf-8", "surrogateescape")


def _number(raw: bytes) -> int:
    """An octal field, or a binary one where its first bit is set.

    Raises:
        ValueError: neither.
    """
    if raw[:1] >= b"\x80":
        return int.from_bytes(raw[1:], "big")
    digits = raw.split(b"\x00", 1)[0].strip()
    return int(digits, 8) if digits else 0
