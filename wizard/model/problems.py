"""What went wrong, said so that the person who can mend it knows where to look and what to do."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that was refused or could not be read.

    `file` is the path as the user gave it (or `-`, `pasted`, `host:port`), `where` the place in it (line,
    key, block; empty where the whole file is meant), `code` one of the room's own stable codes, `message`
    a full sentence with the way out.
    """

    file: str
    where: str
    code: str
    message: str

    def line(self) -> str:
        """The problem as one line for stderr: `file: where: message`."""
        return ": ".join(part for part in (self.file, self.where, self.message) if part)


@dataclass(frozen=True, slots=True)
class Remark:
    """A statement by code: the words for it are found in `content/words/LANGUAGE/` by a face.

    `args` fill the placeholders of the words; they are safe to show (made visible at creation).
    """

    code: str
    args: dict[str, str] = field(default_factory=dict)


class ProblemsError(Exception):
    """Base of each room's one error type: carries every problem found, not the first."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        super().__init__("\n".join(problem.line() for problem in problems))
