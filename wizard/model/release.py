"""Expressway software releases, compared as releases and not as text."""

import re
from dataclasses import dataclass
from functools import total_ordering

_FORM = re.compile(r"(?:[Xx]|(?=\d+\.))(\d{1,3})(?:\.(\d{1,3}))?(?:\.(\d{1,3}))?")


@total_ordering
@dataclass(frozen=True, slots=True)
class Release:
    """A release such as X14.3.7: major, minor, maintenance. X15.4 is X15.4.0."""

    major: int
    minor: int = 0
    maintenance: int = 0

    @classmethod
    def parse(cls, text: str) -> "Release":
        """The release that `text` names: `X14.3.7`, `x15`, `15.5.20`. A bare number names none.

        Raises:
            ValueError: `text` is not of that form.
        """
        match = _FORM.fullmatch(text.strip())
        if match is None:
            raise ValueError(f"{text!r} is not a release such as X14.3.7")
        return cls(*(int(part) if part else 0 for part in match.groups()))

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, Release):
            return NotImplemented
        return (self.major, self.minor, self.maintenance) < (other.major, other.minor, other.maintenance)

    def __str__(self) -> str:
        tail = f".{self.maintenance}" if self.maintenance else ""
        return f"X{self.major}.{self.minor}{tail}"


X15_4 = Release(15, 4)
X15_5 = Release(15, 5)
