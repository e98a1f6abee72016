"""The errors of this room. Each carries every problem found, with file, place and way out."""

from pathlib import Path
from typing import Protocol

from wizard.model.problems import Problem, ProblemsError
from wizard.model.text import visible
from wizard.store.holder import Holder

FILE_LIMIT = 1024
"""Characters kept of a path in a message."""


class Say(Protocol):
    """Words for an id such as "store.problem.bad-date", its placeholders filled (`Words.say`)."""

    def __call__(self, key: str, /, **args: str) -> str:
        """The sentence."""


class DeploymentError(ProblemsError):
    """A deployment file, saved deployment or block of a plan that was refused."""


class NewerFormatError(DeploymentError):
    """It was written by a newer program. It is never touched."""


class EditedBlockError(DeploymentError):
    """The block of a plan was changed by hand. It may still be taken, if the reader wants that."""


class StoreError(ProblemsError):
    """Something could not be read, written, locked or found."""

    @property
    def code(self) -> str:
        """The stable code of the first problem, such as "disk-full"."""
        return self.problems[0].code


class HeldError(StoreError):
    """Another window has this deployment open. `holder` says who."""

    def __init__(self, problems: tuple[Problem, ...], holder: Holder) -> None:
        self.holder = holder
        super().__init__(problems)


class LostLockError(StoreError):
    """Another window took this deployment over, or wrote it. Nothing was written here."""


class DamagedError(StoreError):
    """A saved deployment that cannot be read was set aside under the name `aside`.

    `previous` is whether the state before it is whole, so that `Library.restore` can bring it back.
    """

    def __init__(self, problems: tuple[Problem, ...], aside: Path, previous: bool) -> None:
        self.aside = aside
        self.previous = previous
        super().__init__(problems)


def problem(say: Say, file: Path | str, code: str, where: str = "", /, **args: str) -> Problem:
    """A problem worded as `store.problem.CODE`; the file and the arguments are made visible."""
    shown = {name: visible(value, FILE_LIMIT) for name, value in args.items()}
    return Problem(visible(str(file), FILE_LIMIT), where, code, say(f"store.problem.{code}", **shown))
