"""What every reader of untrusted bytes shares: named bytes, the caps, and how a problem is worded."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from wizard.model.problems import Problem, Remark
from wizard.model.text import visible

MIB = 1 << 20
NAME_LIMIT = 1024
"""Characters kept of a path: longer than those of a value, so that deep folders stay recognisable."""

Say = Callable[[str, Mapping[str, str]], str]
"""Words for an id such as "problem.truncated", its placeholders filled from the mapping."""


@dataclass(frozen=True, slots=True)
class Blob:
    """The bytes of one file.

    `name` is the path as given, `bundle.tar.gz!member` inside an archive, `-` for stdin, `pasted` for text
    from the screen; already visible. The bytes stay out of the repr: they may hold a private key.
    `in_archive`: a member of an archive, where most files are none of our business.
    """

    name: str
    data: bytes = field(repr=False)
    in_archive: bool = False


@dataclass(frozen=True, slots=True)
class Limits:
    """Caps that are checked before reading; sizes in bytes.

    `file` holds for a plain file and for each member of an archive, `archive` for an archive on disk (it is
    streamed), `nested` for one inside an archive or on stdin (it is held in memory), `inflated` for all that
    one archive unpacks to, `ratio` for how many times larger than itself (never asked below `small`).
    """

    file: int = 32 * MIB
    archive: int = 4096 * MIB
    nested: int = 128 * MIB
    inflated: int = 2048 * MIB
    ratio: int = 200
    small: int = 64 * MIB
    members: int = 20_000
    files: int = 100_000
    depth: int = 32


def problem(
    say: Say, file: str, code: str, *, where: str = "", words: str = "", **args: str | int
) -> Problem:
    """A problem whose message is found under `problem.<words or code>`; all of it made visible."""
    filled = {name: visible(str(value)) for name, value in args.items()}
    return Problem(visible(file, NAME_LIMIT), visible(where), code, say(f"problem.{words or code}", filled))


def line(say: Say, number: int) -> str:
    """The place of a problem inside a text: its line, counted from 1."""
    return say("where.line", {"line": str(number)})


def remark(code: str, **args: str | int) -> Remark:
    """A note or a piece of evidence, its arguments made visible."""
    return Remark(code, {name: visible(str(value)) for name, value in args.items()})
