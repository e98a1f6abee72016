"""What is refused while a document is read: noted by place, worded with line numbers at the end."""

from collections.abc import Callable, Mapping

from wizard.model.problems import Problem
from wizard.model.text import LIMIT, visible
from wizard.store.errors import Say, problem
from wizard.store.places import Place, line_of, shown

MOST_PROBLEMS = 200
"""Problems that are worded one by one; the rest are counted."""


class Faults:
    """What was refused so far. `lines` is called once, when something was."""

    def __init__(self, say: Say, file: str, lines: Callable[[], Mapping[Place, int]]) -> None:
        self.say = say
        self.moved: dict[Place, Place] = {}
        self._file = file
        self._lines = lines
        self._found: list[tuple[Place, str, dict[str, str]]] = []

    def __len__(self) -> int:
        return len(self._found)

    def add(self, place: Place, code: str, **args: str) -> None:
        """Note a problem at `place`, worded as `store.problem.CODE`."""
        for length in range(len(place), 0, -1):
            if place[:length] in self.moved:
                place = (*self.moved[place[:length]], *place[length:])
                break
        self._found.append((place, code, args))

    def problems(self) -> tuple[Problem, ...]:
        """All that was noted, in the order of the file."""
        if not self._found:
            return ()
        lines = self._lines()
        found = [(line_of(lines, place), place, code, args) for place, code, args in self._found]
        found.sort(key=lambda fault: fault[0] or 0)
        worded = [
            problem(self.say, self._file, code, self._where(place, line), **args)
            for line, place, code, args in found[:MOST_PROBLEMS]
        ]
        if len(found) > MOST_PROBLEMS:
            worded.append(problem(self.say, self._file, "more", "", count=str(len(found) - MOST_PROBLEMS)))
        return tuple(worded)

    def _where(self, place: Place, line: int | None) -> str:
        name = visible(shown(place), LIMIT)
        if line is None:
            return name
        return self.say("store.where", place=name, line=str(line)) if name else self.line(line)

    def line(self, line: int) -> str:
        """A line number in words."""
        return self.say("store.line", line=str(line))
