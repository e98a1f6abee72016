"""`Desk`: what the line mode needs from outside: saved deployments, files to read, a place for a plan."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from wizard.faces.session import Session
from wizard.model.certificate import Inspection
from wizard.model.deployment import Deployment, Store
from wizard.model.knowledge import Knowledge
from wizard.model.problems import Problem, ProblemsError


class HeldElsewhereError(ProblemsError):
    """Another window has the deployment open; it can be taken over."""


class DamagedButKeptError(ProblemsError):
    """A saved deployment was damaged and set aside; the state before it is whole and can be gone on from."""


@dataclass(frozen=True, slots=True)
class Shelved:
    """A saved deployment as home lists it. `outcome` and `question` are ids, "" where not known or none."""

    slug: str
    name: str
    customer: str
    written: date
    readable: bool
    outcome: str = ""
    question: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class Read:
    """What files told: the deployment with it filled in, the certificates that were seen, what was refused.

    `began_with` is the deployment file or plan among them, "" where there was none; `slug` names the saved
    deployment that this file is. `unplaced` are the files of certificates that fit no node, or several.
    `secrets` counts the passwords and the like that were met in dumps and dropped.
    """

    deployment: Deployment
    inspection: Inspection = field(default_factory=Inspection)
    problems: tuple[Problem, ...] = ()
    began_with: str = ""
    slug: str = ""
    unplaced: tuple[str, ...] = ()
    secrets: int = 0


class Desk(Protocol):
    """See the module. What it refuses it raises as `ProblemsError`, all problems at once."""

    def shelved(self) -> tuple[Shelved, ...]:
        """The saved deployments, the one written last first."""

    def example(self) -> Deployment:
        """The example of the content."""

    def create(self, deployment: Deployment) -> None:
        """Save a new deployment and hold it. Where nothing can be written, `keep` raises why."""

    def open(self, slug: str, *, take_over: bool = False) -> Deployment:
        """A saved deployment, held for this window.

        Raises:
            HeldElsewhereError: another window has it.
            DamagedButKeptError: `restore` brings back the state before.
        """

    def restore(self, slug: str) -> Deployment:
        """The state before of a damaged deployment, held for this window."""

    def keep(self, session: Session) -> None:
        """Save the deployment of the session; nothing where none is held (an example)."""

    def place(self) -> str:
        """The file that it is saved in, "" where it is in memory only."""

    def close(self) -> None:
        """Let other windows have it."""

    def read(
        self,
        paths: tuple[str, ...],
        known: Deployment | None,
        placed: Mapping[str, tuple[str, Store]],
    ) -> Read:
        """Read files; `placed` says for a file which node and store a certificate belongs to."""

    def write(self, path: str, text: str, *, overwrite: bool) -> str:
        """Write a plan, whole or not at all; the place as it can be named to people.

        Raises:
            FileExistsError: it is there and `overwrite` was not said.
        """

    def rename(self, slug: str, name: str) -> None:
        """Give a saved deployment another name."""

    def duplicate(self, slug: str, name: str) -> None:
        """Save a copy of it under another name."""

    def delete(self, slug: str) -> None:
        """Remove it, with all that was kept of it."""

    def faq(self) -> tuple[Knowledge, Mapping[str, str]]:
        """The knowledge with the FAQ in it, and its answers in Markdown, by id: read when first asked for."""

    def block(self, deployment: Deployment) -> str:
        """The block of a plan from which it can be gone on."""
