"""A report of what went wrong in the program itself: where, in which words, and nothing of what it held.

No local variables, and no text in the words of an exception that could be a key or a password.
"""

import os
import platform
import sys
import traceback
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from wizard.model.text import visible
from wizard.store.files import Pending, make_folder
from wizard.store.folders import find
from wizard.store.scrub import scrub_hard
from wizard.version import __version__

KEPT = 20
"""Reports that are kept; older ones make room."""

_LONGEST_LINE = 2000
_NAME = "crash-"


def report(error: BaseException, *, version: str) -> str:
    """The report as text: program, platform, and the traceback of `error` and of what led to it.

    Lines of source code stand in it, values do not.
    """
    found = traceback.TracebackException.from_exception(error, capture_locals=False, compact=True)
    head = f"eku-wizard {version}, Python {platform.python_version()}, {sys.platform}"
    lines = [line for part in found.format() for line in _safe(part).rstrip("\n").split("\n")]
    return "\n".join([head, "", *(visible(line, _LONGEST_LINE) for line in lines)]) + "\n"


def write_report(
    error: BaseException,
    folder: Path | None = None,
    *,
    version: str = __version__,
    now: datetime | None = None,
) -> Path | None:
    """Write the report of `error`; its file, None where it could not be written anywhere.

    `folder` is that of the platform where none is given; where it takes nothing, the folder for temporary
    files does.
    """
    text = report(error, version=version)
    name = f"{_NAME}{now or datetime.now(UTC):%Y%m%dT%H%M%SZ}-{os.getpid()}.txt"
    for place in _places(folder):
        try:
            make_folder(place)
            with Pending(place / name, text.encode("utf-8", "backslashreplace")) as pending:
                pending.put(overwrite=False)
            _forget_old(place)
        except OSError:
            # Nothing more can be said about it: it is a crash that is being told.
            continue
        return place / name
    return None


def _places(folder: Path | None) -> Iterator[Path]:
    usual = folder or find(os.environ).state
    if usual is not None:
        yield usual
    import tempfile

    try:
        yield Path(tempfile.gettempdir())
    except FileNotFoundError:
        return


def _safe(part: str) -> str:
    """A part of a traceback that says nothing of what the program held. Its own source code stays."""
    return part if part.startswith('  File "') else scrub_hard(part)


def _forget_old(folder: Path) -> None:
    reports = sorted(found for found in folder.iterdir() if found.name.startswith(_NAME))
    for old in reports[:-KEPT]:
        old.unlink(missing_ok=True)
