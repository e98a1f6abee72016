"""The plan as a file: what is written, and where it goes by default.

Each plan that is written is a revision (`wizard.faces.revision`); the next one tells what changed since.
"""

import os
from dataclasses import dataclass
from pathlib import Path

from wizard.faces.markdown import render
from wizard.faces.revision import next_revision
from wizard.faces.session import Session
from wizard.model.deployment import Deployment
from wizard.store.block import to_block
from wizard.store.slugs import slug_of


@dataclass(frozen=True, slots=True)
class Revision:
    """The next revision of a plan: its Markdown, and the deployment as it stands once that is written."""

    text: str
    deployment: Deployment


def revision_to_write(session: Session, *, handover: bool = False) -> Revision:
    """The plan as the next revision. `handover` leaves out the block that holds the deployment."""
    made, after = next_revision(session)
    block = "" if handover else to_block(after, frozenset(session.walk.dormant))
    return Revision(render(made, session.knowledge, block=block), after)


def here() -> Path:
    """The folder for files of the user: the working folder, or the home folder where that takes none."""
    folder = Path.cwd()
    return folder if os.access(folder, os.W_OK) else Path.home()


def default_path(deployment: Deployment, *, handover: bool = False) -> Path:
    """Where a plan is offered to be saved: named after the deployment and the revision."""
    kind = "handover" if handover else "plan"
    return here() / f"{slug_of(deployment.name)}-{kind}-r{deployment.saved.revision + 1}.md"


def free_path(path: Path) -> Path:
    """`path`, or the first of NAME-2, NAME-3 and so on that is not there."""
    number, free = 2, path
    while free.exists() or free.is_symlink():
        free = path.with_name(f"{path.stem}-{number}{path.suffix}")
        number += 1
    return free


def typed_path(text: str) -> Path | None:
    """The path that was typed, `~` being the home folder; None where it is none."""
    try:
        return Path(text).expanduser() if text else None
    except RuntimeError:
        return None
