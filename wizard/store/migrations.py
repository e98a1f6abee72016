"""Formats of a saved deployment: which one this program writes, and the way up from those before it.

There has been one format so far. A change that old readers would misread raises `FORMAT` and adds the step
from the number before to `STEPS`; a key that may be left out needs neither.
"""

from collections.abc import Callable, Mapping

Document = dict[str, object]
Step = Callable[[Document], Document]

FORMAT = 1
"""The format that this program writes."""

STEPS: Mapping[int, Step] = {}
"""By format: what makes a document of that format one of the next. A step may change what it is given."""


class NewerError(Exception):
    """The document was written by a newer program."""


class UnknownFormatError(Exception):
    """The document says a format that never was."""


def format_of(document: Mapping[str, object]) -> int:
    """The format a document says; left out, it is the present one.

    Raises:
        UnknownFormatError: it is no number of 0 or more.
    """
    found = document.get("format", FORMAT)
    if isinstance(found, bool) or not isinstance(found, int) or found < 0:
        raise UnknownFormatError
    return found


def migrate(document: Document, *, to: int = FORMAT, steps: Mapping[int, Step] = STEPS) -> Document:
    """The document in format `to`, step by step.

    Raises:
        NewerError: it is of a later format than `to`.
        UnknownFormatError: there is no way up from its format.
    """
    found = format_of(document)
    if found > to:
        raise NewerError
    for number in range(found, to):
        if number not in steps:
            raise UnknownFormatError
        document = steps[number](document)
        document["format"] = number + 1
    return document
