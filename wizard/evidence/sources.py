"""The one door to files: regular files, folders, archives and stdin become blobs; all else a named problem.

Works as a generator, so that a screen can run it in slices: `steps` yields None wherever it has worked for a
few milliseconds and has nothing to show yet; `blobs` leaves those out.

A path that is typed may be a link; inside a folder, links to files are followed and links to folders are not.
Nothing but a regular file is ever opened, its size is looked at before it is read, and no archive is unpacked
to disk.
"""

import errno
import io
import os
import stat
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from wizard.evidence.archives import Budget, kind_of, members
from wizard.evidence.blob import NAME_LIMIT, Blob, Limits, Say, problem
from wizard.model.problems import Problem
from wizard.model.text import visible

__all__ = ["Blob", "Limits", "Say", "blobs", "steps", "unwrap"]

HEAD = 512
"""Bytes that tell an archive from a file."""

_LEAST_READ = 64 * 1024
_OPEN_FLAGS = (
    os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0) | getattr(os, "O_BINARY", 0)
)


def blobs(
    path: str, *, say: Say, stdin: bytes | None = None, limits: Limits | None = None
) -> Iterator[Blob | Problem]:
    """Everything under `path` that can be read, and a problem for each thing that cannot.

    `path` is a file, a folder, an archive (tar, tar.gz, tgz, zip, gz) or "-" for stdin; `stdin` stands in for
    the stream when given. Yields at least one item unless the folder is empty of files. Never raises for
    what the path holds.
    """
    return (item for item in steps(path, say=say, stdin=stdin, limits=limits) if item is not None)


def steps(
    path: str, *, say: Say, stdin: bytes | None = None, limits: Limits | None = None
) -> Iterator[Blob | Problem | None]:
    """As `blobs`, with None after each few milliseconds of work that brought nothing to show."""
    limits = limits or Limits()
    if path == "-":
        data = sys.stdin.buffer.read(limits.nested + 1) if stdin is None else stdin
        yield from unwrap(Blob("-", data), say=say, limits=limits)
    elif _is_folder(path):
        yield from _walk(path, say, limits)
    else:
        yield from _file(path, say, limits)


def unwrap(blob: Blob, *, say: Say, limits: Limits | None = None) -> Iterator[Blob | Problem | None]:
    """The blob itself, or what is in it where it is an archive."""
    limits = limits or Limits()
    kind = kind_of(blob.data[:HEAD])
    if kind and len(blob.data) <= limits.nested:
        stream = io.BytesIO(blob.data)
        yield from members(blob.name, kind, stream, len(blob.data), say=say, budget=Budget(limits))
    elif not blob.data:
        yield problem(say, blob.name, "empty")
    elif len(blob.data) > limits.file:
        yield _too_large(say, blob.name, limits.nested if kind else limits.file)
    else:
        yield blob


def _is_folder(path: str) -> bool:
    try:
        return Path(path).is_dir()
    except (OSError, ValueError):
        return False


def _walk(top: str, say: Say, limits: Limits) -> Iterator[Blob | Problem | None]:
    """The files under a folder, in order of name, depth first, no folder link followed."""
    waiting: list[tuple[str, int]] = [(top, 0)]
    seen = 0
    while waiting:
        folder, depth = waiting.pop()
        try:
            with os.scandir(folder) as entries:
                found = sorted(islice(entries, limits.files + 1), key=lambda entry: entry.name)
        except OSError as error:
            yield _unreadable(say, folder, error)
            continue
        yield None
        below: list[tuple[str, int]] = []
        for entry in found:
            seen += 1
            if seen > limits.files:
                yield problem(say, top, "too-large", words="too-many-files", limit=limits.files)
                return
            if entry.is_dir(follow_symlinks=False):
                below.append((entry.path, depth + 1))
            elif entry.is_symlink() and _is_folder(entry.path):
                yield problem(say, entry.path, "not-a-file", words="folder-link")
            else:
                yield from _file(entry.path, say, limits)
        if below and depth >= limits.depth:
            yield problem(say, folder, "too-large", words="too-deep", limit=limits.depth)
        else:
            waiting.extend(reversed(below))


def _file(path: str, say: Say, limits: Limits) -> Iterator[Blob | Problem | None]:
    """One regular file: its blob, or the members of the archive that it is."""
    try:
        if not stat.S_ISREG(os.stat(path).st_mode):  # noqa: PTH116 - ten thousand files, one call each
            yield problem(say, path, "not-a-file")
            return
        with _open(path) as stream:
            status = os.fstat(stream.fileno())
            if not stat.S_ISREG(status.st_mode):
                yield problem(say, path, "not-a-file")
            elif status.st_size > limits.file:
                yield from _large(path, stream, status.st_size, say, limits)
            else:
                # By its size: asking for the cap would allocate it. Files in /proc say 0.
                data = stream.read(max(status.st_size, _LEAST_READ))
                yield from unwrap(Blob(visible(path, NAME_LIMIT), data), say=say, limits=limits)
    except (OSError, ValueError) as error:
        yield _unreadable(say, path, error)


def _large(
    path: str, stream: BinaryIO, size: int, say: Say, limits: Limits
) -> Iterator[Blob | Problem | None]:
    """A file too large to be read at once: an archive is streamed, all else refused."""
    kind = kind_of(stream.read(HEAD))
    if not kind or size > limits.archive:
        yield _too_large(say, path, limits.archive if kind else limits.file)
        return
    stream.seek(0)
    name = visible(path, NAME_LIMIT)
    yield from members(name, kind, stream, size, say=say, budget=Budget(limits))


def _open(path: str) -> BinaryIO:
    """A regular file opened so that even a FIFO put in its place meanwhile could not hold us."""
    return os.fdopen(os.open(path, _OPEN_FLAGS), "rb")


def _too_large(say: Say, path: str, cap: int) -> Problem:
    return problem(say, path, "too-large", limit=f"{cap >> 20} MiB")


def _unreadable(say: Say, path: str, error: OSError | ValueError) -> Problem:
    if isinstance(error, ValueError):  # A NUL in the path: there can be no such file.
        return problem(say, path, "not-found")
    number = error.errno
    if number in (errno.ENOENT, errno.ENOTDIR):
        return problem(say, path, "not-found")
    if number in (errno.EACCES, errno.EPERM):
        return problem(say, path, "unreachable", words="no-permission")
    if number == errno.ELOOP:
        return problem(say, path, "not-a-file", words="link-loop")
    reason = error.strerror or type(error).__name__
    return problem(say, path, "unreachable", words="read-error", reason=reason)
