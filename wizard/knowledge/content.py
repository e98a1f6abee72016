"""A content folder as read, before it becomes `Knowledge`: each entry with its place, for the checks."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from wizard.knowledge.files import Source, line_of
from wizard.knowledge.parts import Part
from wizard.knowledge.shape import Tables
from wizard.model.problems import Problem
from wizard.model.words import Words

if TYPE_CHECKING:
    from wizard.model.troubleshooting import Troubleshooting


@dataclass(frozen=True, slots=True)
class Place:
    """Where an entry stands: its file, and which of the tables of that name in the file it is (0-based)."""

    path: Path
    table: str
    number: int
    id: str

    def where(self) -> str:
        """The place in words: line, table and id."""
        line = line_of(self.path, self.table, self.number)
        entry = f"{self.table} {self.id}" if self.id else f"{self.table} {self.number + 1}"
        return f"line {line}, {entry}" if line else entry


@dataclass(frozen=True, slots=True)
class Content:
    """All that was read of a folder, before it becomes `Knowledge`: what `check` looks at."""

    source: Source
    parts: frozenset[Part]
    tables: Tables
    values: Mapping[str, str]
    words: Words
    word_places: Mapping[str, Path]
    places: Mapping[str, tuple[Place, ...]]
    troubleshooting: "Troubleshooting | None"

    def problem_at(self, table: str, number: int, code: str, message: str) -> Problem:
        """A problem of the entry `number` (0-based) of a table."""
        place = self.places[table][number]
        return Problem(self.source.name(place.path), place.where(), code, message)

    def problem(self, table: str, id: str, code: str, message: str) -> Problem:
        """A problem of the entry of a table that has this id, signal or key identifier."""
        number = next(i for i, place in enumerate(self.places[table]) if place.id == id)
        return self.problem_at(table, number, code, message)
