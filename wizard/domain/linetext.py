"""Lines of log and CLI output as text to compare: literal, linear in their length, whatever their quoting.

A stranger's paste has passed through mail, terminals and documents: quotes are missing, doubled, curly or
escaped, blanks are doubled, case differs. None of that makes a difference here.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from wizard.model.release import Release
from wizard.model.troubleshooting import Pattern

LINE_LIMIT = 65_536
"""Characters of one line that are looked at."""

_TABLE = str.maketrans("\t\u00a0|", "   ", "\"'`´‘’“”„«»\\\ufeff\u200b\r")
_ENTITY = re.compile(r"&(?:quot|apos|#0?39|#34|#x27|#x22);")
_RELEASE = re.compile(r"(?<![\w.])x\d{1,3}\.\d{1,3}(?:\.\d{1,3})?(?![\w.])")


def normalised(text: str) -> str:
    """`text` (one line or several) in the form in which it is compared; line ends stay."""
    text = text.lower()
    if "&" in text:
        text = _ENTITY.sub("", text)
    text = text.translate(_TABLE)
    while "  " in text:
        text = text.replace("  ", " ")
    return text.replace(" = ", "=").replace("= ", "=").replace(" =", "=")


@dataclass(frozen=True, slots=True)
class Recogniser:
    """A pattern made ready to be held against normalised lines."""

    all: tuple[str, ...]
    any: tuple[str, ...]
    none: tuple[str, ...]
    begins: str
    at_least: Release | None
    below: Release | None

    def holds(self, line: str) -> bool:
        """Whether a normalised line, without blanks around it, is one of these."""
        # Plain loops: this runs for every line of a log against every pattern.
        for part in self.all:
            if part not in line:
                return False
        if not line.startswith(self.begins) or (self.any and not any(part in line for part in self.any)):
            return False
        return not any(part in line for part in self.none) and self._release(line)

    def anchors(self) -> tuple[str, ...]:
        """Texts of which at least one is in every line that this holds for."""
        certain = [part for part in (*self.all, self.begins) if part]
        return (max(certain, key=len),) if certain else self.any

    def _release(self, line: str) -> bool:
        if self.at_least is None and self.below is None:
            return True
        found = [Release.parse(text) for text in _RELEASE.findall(line)]
        return any(
            (self.at_least is None or release >= self.at_least)
            and (self.below is None or release < self.below)
            for release in found
        )


def recogniser(pattern: Pattern) -> Recogniser:
    """`pattern` made ready.

    Raises:
        ValueError: a release in it is none, or it would hold for any line.
    """
    made = Recogniser(
        all=_parts(pattern.all),
        any=_parts(pattern.any),
        none=_parts(pattern.none),
        begins=normalised(pattern.begins).strip(),
        at_least=Release.parse(pattern.at_least) if pattern.at_least else None,
        below=Release.parse(pattern.below) if pattern.below else None,
    )
    if not made.anchors() and made.at_least is None and made.below is None:
        raise ValueError("the pattern names no text: it would hold for any line")
    return made


def _parts(fragments: Iterable[str]) -> tuple[str, ...]:
    return tuple(part for part in (normalised(fragment).strip() for fragment in fragments) if part)


def word_set(text: str) -> frozenset[str]:
    """The words of `text`, for rules that go by words."""
    return frozenset(text.split())


def cut_lines(chunks: Iterable[str]) -> Iterator[str]:
    """The lines of decoded text that comes in chunks, in constant memory: what a line has beyond
    `LINE_LIMIT` is dropped. A line ends in LF or CR LF."""
    rest, dropping = "", False
    for chunk in chunks:
        *lines, rest = (rest + chunk).split("\n")
        for line in lines:
            if not dropping:
                yield line.rstrip("\r")[:LINE_LIMIT]
            dropping = False
        if dropping or len(rest) > LINE_LIMIT:
            if not dropping:
                yield rest[:LINE_LIMIT]
            rest, dropping = "", True
    if rest:
        yield rest.rstrip("\r")
