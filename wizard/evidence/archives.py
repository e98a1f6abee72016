"""Archives read member by member, in memory, never unpacked to disk: tar, gzip and zip.

Everything is capped by a `Budget`: members, bytes of one member, bytes unpacked in all, and how many times
larger than the archive. Reaching a cap ends the archive with a problem and keeps what was read before. An
archive inside an archive is read, one inside that is not.
"""

import io
import struct
import threading
import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from wizard.evidence.blob import NAME_LIMIT, Blob, Limits, Say, problem
from wizard.evidence.tar import BLOCK, Tar, is_header
from wizard.model.problems import Problem
from wizard.model.text import visible

CHUNK = 256 * 1024
"""Bytes unpacked at a time: about a millisecond of work."""

_UNREADABLE_ARCHIVES = {b"BZh": "bzip2", b"\xfd7zXZ\x00": "xz", b"7z\xbc\xaf\x27\x1c": "7z", b"Rar!": "rar"}
_ZIP_MAGIC = (b"PK\x03\x04", b"PK\x05\x06")
_NESTED = (".zip", ".tar", ".tar.gz", ".tgz", ".gz")
_LONGEST_DIRECTORY = 16 << 20
_MOMENT = 0.005
"""Seconds that are waited for a zip's directory at a time."""


_DAMAGE = (
    zipfile.BadZipFile, zlib.error, struct.error, NotImplementedError, RuntimeError, ValueError,
    OverflowError,
)  # fmt: skip
"""What the readers raise on a damaged archive; all of it becomes a problem."""


class ExhaustedError(Exception):
    """A cap of the budget was reached; the argument is the id of the words that say which."""


class Budget:
    """What one archive, with all that is inside it, may still cost."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._members = 0
        self._inflated = 0

    def member(self) -> None:
        """Count one member."""
        self._members += 1
        if self._members > self.limits.members:
            raise ExhaustedError("too-many-members")

    def inflate(self, count: int) -> None:
        """Count bytes that were unpacked."""
        self._inflated += count
        if self._inflated > self.limits.inflated:
            raise ExhaustedError("inflates-too-much")

    def room(self, name: str) -> int:
        """The cap for a member, by its name: archives may be larger, for they are looked into."""
        return self.limits.nested if name.lower().endswith(_NESTED) else self.limits.file


class Meter:
    """Counts what one archive of `packed` bytes unpacks to, on the common budget."""

    def __init__(self, budget: Budget, packed: int) -> None:
        self._budget = budget
        self._most = max(budget.limits.small, packed * budget.limits.ratio)
        self._inflated = 0

    def add(self, count: int) -> None:
        """Count bytes that were unpacked."""
        self._inflated += count
        if self._inflated > self._most:
            raise ExhaustedError("zip-bomb")
        self._budget.inflate(count)


def kind_of(head: bytes) -> str:
    """What archive begins with these bytes: "gzip", "zip", "tar", one that is not read, or "" for none."""
    if head[:2] == b"\x1f\x8b":
        return "gzip"
    if head[:4] in _ZIP_MAGIC:
        return "zip"
    if len(head) >= BLOCK and is_header(head[:BLOCK]):
        return "tar"
    return next((kind for magic, kind in _UNREADABLE_ARCHIVES.items() if head.startswith(magic)), "")


def members(
    name: str, kind: str, stream: BinaryIO, size: int, *, say: Say, budget: Budget, level: int = 0
) -> Iterator[Blob | Problem | None]:
    """The members of an archive, each named `name!member`; None after each chunk of work.

    `size` is that of the archive in bytes, `level` 1 for an archive inside an archive.
    """
    try:
        if kind == "zip":
            yield from _zip(name, stream, size, say, budget, level)
        elif kind in ("gzip", "tar"):
            chunks = _gunzip(stream, Meter(budget, size)) if kind == "gzip" else _plain(stream)
            yield from _tar(name, chunks, say, budget, level)
        else:
            yield problem(say, name, "unsupported", words="archive-kind", kind=kind)
    except ExhaustedError as cap:
        yield problem(say, name, "too-large", words=str(cap))
    except EOFError:
        yield problem(say, name, "truncated", words="archive-truncated")
    except _DAMAGE:
        yield problem(say, name, "truncated", words="archive-damaged")


def _member(name: str, data: bytes, say: Say, budget: Budget, level: int) -> Iterator[Blob | Problem | None]:
    """One member that was read: a blob, or what is in it where it is an archive of its own."""
    kind = kind_of(data[:BLOCK])
    if kind and level == 0:
        yield from members(name, kind, io.BytesIO(data), len(data), say=say, budget=budget, level=1)
    elif kind:
        yield problem(say, name, "unsupported", words="archive-too-deep")
    elif len(data) > budget.limits.file:
        yield problem(say, name, "too-large", limit=f"{budget.limits.file >> 20} MiB")
    elif data:
        yield Blob(name, data, in_archive=True)


def _inside(name: str, member: str) -> str:
    return f"{name}!{visible(member, NAME_LIMIT)}"


def _plain(stream: BinaryIO) -> Iterator[bytes]:
    while chunk := stream.read(CHUNK):
        yield chunk


def _gunzip(stream: BinaryIO, meter: Meter) -> Iterator[bytes]:
    """The plain bytes of a gzip stream of one or more parts, a chunk at a time.

    Raises:
        EOFError: the stream ends before its end mark.
        zlib.error: it is damaged.
    """
    part = zlib.decompressobj(wbits=31)
    packed = b""
    while True:
        if part.eof:
            packed = part.unused_data or stream.read(CHUNK)
            if not packed.startswith(b"\x1f\x8b"):
                return
            part = zlib.decompressobj(wbits=31)
        else:
            packed = part.unconsumed_tail or stream.read(CHUNK)
            if not packed:
                raise EOFError
        chunk = part.decompress(packed, CHUNK)
        meter.add(len(chunk))
        yield chunk


def _tar(
    name: str, chunks: Iterator[bytes], say: Say, budget: Budget, level: int
) -> Iterator[Blob | Problem | None]:
    """The regular files of a tar stream; a gzip of something else is that one file."""
    tar = Tar(budget.room)
    single = bytearray()
    for chunk in chunks:
        if not tar.is_tar(chunk):
            single += chunk
            if len(single) > budget.limits.file:
                yield problem(say, name, "too-large", limit=f"{budget.limits.file >> 20} MiB")
                return
            yield None
            continue
        for member in tar.feed(chunk):
            budget.member()
            inside = _inside(name, member.name)
            if member.data is None:
                yield problem(say, inside, "too-large", limit=f"{budget.room(member.name) >> 20} MiB")
            else:
                yield from _member(inside, member.data, say, budget, level)
        yield None
    if single:
        inner = name.rsplit("/", 1)[-1].removesuffix(".gz")
        yield from _member(_inside(name, inner), bytes(single), say, budget, level)
    elif tar.open:
        raise EOFError


class _Opening:
    """A zip whose directory is read in a thread: one of a hundred thousand names takes seconds."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._opened: zipfile.ZipFile | None = None
        self._refused: Exception | None = None
        self._thread = threading.Thread(target=self._open, daemon=True)
        self._thread.start()

    def _open(self) -> None:
        try:
            self._opened = zipfile.ZipFile(self._stream)
        except Exception as error:
            self._refused = error

    def wait(self, seconds: float) -> bool:
        """Whether it is open, or refused, within that time."""
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def archive(self) -> zipfile.ZipFile:
        """The archive.

        Raises:
            Exception: what its reader raised.
        """
        if self._opened is None:
            raise self._refused or zipfile.BadZipFile
        return self._opened


def _zip(
    name: str, stream: BinaryIO, size: int, say: Say, budget: Budget, level: int
) -> Iterator[Blob | Problem | None]:
    """The files of a zip archive, in the order of its directory."""
    if _directory_size(stream, size) > _LONGEST_DIRECTORY:
        raise ExhaustedError("too-many-members")
    meter = Meter(budget, size)
    opening = _Opening(stream)
    while not opening.wait(_MOMENT):
        yield None
    with opening.archive() as archive:
        for info in archive.infolist():
            if info.filename.endswith("/"):
                continue
            budget.member()
            yield from _zip_member(_inside(name, info.filename), archive, info, meter, say, budget, level)


def _zip_member(
    inside: str,
    archive: zipfile.ZipFile,
    info: zipfile.ZipInfo,
    meter: Meter,
    say: Say,
    budget: Budget,
    level: int,
) -> Iterator[Blob | Problem | None]:
    room = budget.room(info.filename)
    if info.flag_bits & 1:
        yield problem(say, inside, "needs-password", words="archive-encrypted")
        return
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        # Only these two can be unpacked in chunks of a known size.
        yield problem(say, inside, "unsupported", words="archive-method")
        return
    if info.file_size > room:
        yield problem(say, inside, "too-large", limit=f"{room >> 20} MiB")
        return
    data = bytearray()
    try:
        with archive.open(info) as member:
            while chunk := member.read(CHUNK):
                meter.add(len(chunk))
                data += chunk
                yield None
    except (*_DAMAGE, EOFError):
        yield problem(say, inside, "truncated", words="archive-damaged")
        return
    yield from _member(inside, bytes(data), say, budget, level)


def _directory_size(stream: BinaryIO, size: int) -> int:
    """Bytes of the zip's directory as its end record states them: zipfile would read it all at once."""
    tail_size = min(size, 65_536 + 22 + 76)
    stream.seek(size - tail_size)
    tail = stream.read(tail_size)
    stream.seek(0)
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) < at + 22:
        raise zipfile.BadZipFile
    stated: int = struct.unpack_from("<L", tail, at + 12)[0]
    if at >= 76 and tail[at - 20 : at - 16] == b"PK\x06\x07" and tail[at - 76 : at - 72] == b"PK\x06\x06":
        stated = max(stated if stated != 0xFFFFFFFF else 0, struct.unpack_from("<Q", tail, at - 76 + 40)[0])
    return stated
