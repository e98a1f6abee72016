"""The deployment that was saved last, told from names and times alone: for home, which reads nothing else."""

import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from wizard.model.text import visible

_SUFFIX = ".json"


@dataclass(frozen=True, slots=True)
class Recent:
    """The one saved last: its name in the library, when (local time), and how many there are."""

    slug: str
    written: datetime
    count: int


def recent(folder: Path | None) -> Recent | None:
    """The deployment saved last in `folder`; None where there is none, or no folder that can be read."""
    if folder is None:
        return None
    found: list[tuple[float, str]] = []
    try:
        with os.scandir(folder) as entries:
            found += (
                (entry.stat().st_mtime, entry.name.removesuffix(_SUFFIX))
                for entry in entries
                if entry.name.endswith(_SUFFIX) and not entry.name.startswith(".")
            )
    except OSError:
        return None
    if not found:
        return None
    modified, slug = max(found)
    return Recent(visible(slug, 40), datetime.fromtimestamp(modified), len(found))
