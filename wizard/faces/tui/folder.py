"""What is in a folder, for picking files: bounded, sorted, names made visible."""

import os
from dataclasses import dataclass
from pathlib import Path

from wizard.model.text import visible

MOST = 2000
"""Entries that are listed; a folder with more is gone into by typing."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A file or folder. `path` is the real one, `name` can be shown; `size` in bytes, of a regular file."""

    path: str
    name: str
    is_folder: bool
    size: int


@dataclass(frozen=True, slots=True)
class Listing:
    """A folder's entries, folders first; `problem` is what the system said where it cannot be read."""

    folder: str
    entries: tuple[Entry, ...] = ()
    more: bool = False
    problem: str = ""


def split(typed: str) -> tuple[str, str]:
    """The folder that a typed path is in, and the beginning of a name in it."""
    path = os.path.expanduser(typed)  # noqa: PTH111 - a `~` without a home stays as it is
    if not path or path.endswith(os.sep) or path in (".", ".."):
        return path or ".", ""
    folder, name = os.path.split(path)
    return folder or ".", name


def listing(folder: str, beginning: str = "") -> Listing:
    """The entries of a folder whose names begin so, without regard to case; hidden ones when asked for.

    Only regular files and folders: a pipe or a device is never read.
    """
    found: list[Entry] = []
    more = False
    wanted = beginning.casefold()
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if not entry.name.casefold().startswith(wanted):
                    continue
                if entry.name.startswith(".") and not beginning.startswith("."):
                    continue
                if len(found) >= MOST:
                    more = True
                    break
                one = _entry(entry)
                if one is not None:
                    found.append(one)
    except (OSError, ValueError) as error:
        return Listing(folder, problem=visible(getattr(error, "strerror", None) or str(error)))
    found.sort(key=lambda entry: (not entry.is_folder, entry.name.casefold()))
    return Listing(folder, tuple(found), more)


def _entry(entry: os.DirEntry[str]) -> Entry | None:
    try:
        if entry.is_dir():
            return Entry(entry.path, visible(entry.name), True, 0)
        if entry.is_file():
            return Entry(entry.path, visible(entry.name), False, entry.stat().st_size)
    except OSError:
        return None
    return None


def above(folder: str) -> str:
    """The folder above."""
    return str(Path(folder).absolute().parent)


def size_words(size: int) -> str:
    """A size as people read it: 512 B, 3 KB, 12 MB."""
    for unit in ("B", "KB", "MB", "GB"):
        if size < 1024 or unit == "GB":
            return f"{size} {unit}"
        size //= 1024
    raise AssertionError("unreachable")
