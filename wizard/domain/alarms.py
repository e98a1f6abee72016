"""Alarm numbers in pasted text: 40049 counts only where the context says that it is an alarm.

The same digits are ports, process ids and serial numbers in any log. What says alarm: the word beside it
(`Alarm 40049`, `alarms on expe1: 20007 and 20020`, `the 20004 alarm`), an event of the event log
(`Event="Alarm Raised" Id="20006"`), a row of the alarms page (its state and its severity as cells), the lines
under the head of a list of alarms (`*s Alarm:`, `ID: "40049"`), the alarm's own title behind the number
(`40049 - Cluster TLS permissive`), or a paste that is nothing but alarm numbers.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from wizard.domain.linetext import word_set

_NUMBER = re.compile(r"(?<![\w.])(?<!\d[:-])(?<!port=)(?<!port )[1-9]\d{4}(?!\w|[.:-]\d|\]:)")
_WORD = frozenset(["alarm", "alarms"])
_BETWEEN = word_set(
    """
    id ids number numbers code codes no nos nr raised lowered acknowledged active and or both all each
    every the a this that these those following page pages list lists table tab log shows show showed
    showing shown says say has have had is are was were with like named called see saw we got get on at
    from node nodes peer peers edge edges core cores system expressway expressways status unified
    cluster
    """
)
"""What may stand between the word alarm and a number."""
_AFTER = word_set(
    """
    and or in under on from among the is are was were as an still active raised shown
    """
)
"""What may stand between a number and the word alarm that follows it."""
_PLACE = frozenset(["on", "at"])
_NO_PLACE = word_set(
    """
    port ports pid process thread line lines timer seq sequence session channel call count size length
    offset bytes
    """
)
_APART = re.compile(r"[\s:=#(\[\]),/;&+]+")
_EVENT = re.compile(r"\bevent=alarm (raised|lowered|acknowledged)\b")
_FIELD = re.compile(r"(?:^|[ <({,])(?:alarm)?_?id(?: \w{1,20}=\w{1,20})?[>:= ]{1,3}$")
_HEAD = re.compile(
    r"(?:\*s |xstatus |status > )?alarms?(?:(?: list| page)?:? ?/?| \d{1,3}:?)$|<alarms?\b[^>]*>$"
)
_STATES = frozenset(["raised", "lowered", "acknowledged", "unacknowledged"])
_SEVERITIES = frozenset(
    ["emergency", "alert", "critical", "error", "warning", "notice", "information", "informational", "info"]
)
_STATE = re.compile(rf"\b({'|'.join(sorted(_STATES))})\b")
_SEVERITY = re.compile(rf"\b({'|'.join(sorted(_SEVERITIES))})\b")
_ROW = re.compile(rf"\b(?:{'|'.join(sorted(_STATES))}) (?:{'|'.join(sorted(_SEVERITIES))}) (?=\S+ )")
_CELLS = re.compile(r"\t|\||,|;|  +")
_LISTED = re.compile(r"[\s,;/&=:]+")
_AT_START = re.compile(r"(?:[-*•] ?|\d{1,2}[.)] )?(?:id )?[(\[#]?$")
_IN_BRACKETS = re.compile(r"[)\]][.:]?$")
_REACH = 120
CELL_LINES = 12
"""Lines in which the cells of one row of the alarms page stand below each other."""
_UNDER_HEAD = 400
"""Lines under the head of a list of alarms that still belong to it, when nothing ends it."""


@dataclass(frozen=True, slots=True)
class AlarmSeen:
    """An alarm number in a line; `cleared`: the line says that it was lowered."""

    number: str
    cleared: bool


class AlarmReader:
    """Reads lines in order and remembers whether they stand in a list of alarms.

    `titles`: the alarms that are known, by number, each with the normalised words by which its line is known
    ("": none).
    """

    def __init__(self, titles: Mapping[str, str]) -> None:
        self._titles = titles
        self._left = 0
        self._bare = True
        self._state = self._severity = 0

    def read(self, line: str, raw: str = "") -> Iterator[AlarmSeen]:
        """The alarms that a line names, given normalised and as it was pasted. Every line must be shown,
        those with no number in them too."""
        if _HEAD.match(line):
            self._left = _UNDER_HEAD
        elif line.startswith(("*s/end", "</alarms", "*r/end")):
            self._left = 0
        else:
            self._left = max(0, self._left - 1)
        self._state = CELL_LINES if line in _STATES else max(0, self._state - 1)
        self._severity = CELL_LINES if line in _SEVERITIES else max(0, self._severity - 1)
        bare = _only_numbers(line)
        only_numbers = self._bare and bare
        self._bare = only_numbers or (self._bare and not line)
        numbers = [number for number in _NUMBER.finditer(line) if number.group() in self._titles]
        if not numbers:
            return
        below = bare and self._state and self._severity
        event = _EVENT.search(line)
        state, severity = _STATE.search(line), _SEVERITY.search(line)
        cleared = (event or state) is not None and (event or state).group(1) == "lowered"  # type: ignore[union-attr]
        cells = _cells(raw or line) if state and severity else frozenset()
        row = bool(state and severity and ((cells & _STATES and cells & _SEVERITIES) or _ROW.search(line)))
        for number in numbers:
            before = line[max(0, number.start() - _REACH) : number.start()]
            after = line[number.end() : number.end() + _REACH]
            field = bool(_FIELD.search(before))
            if (
                only_numbers
                or below
                or _after_the_word(before)
                or _before_the_word(before, after)
                or (field and (event or (severity and ("uuid=" in line or _named(line)))))
                or (field and "<alarm" in line)
                or (self._left and (field or bare))
                or (row and (number.group() in cells or not before or not after))
                or self._titled(number.group(), before, after, line)
            ):
                yield AlarmSeen(number.group(), cleared)
        if below:
            self._state = self._severity = 0

    def skip(self, lines: int) -> None:
        """`lines` lines without anything of interest went by."""
        if lines:
            self._left = max(0, self._left - lines)
            self._bare = False
            self._state = self._severity = 0

    def _titled(self, number: str, before: str, after: str, line: str) -> bool:
        """Whether the number opens the line, or closes it in brackets, and the alarm's title is in it."""
        title = self._titles[number]
        if not title or title not in line:
            return False
        closes = before.endswith(("(", "[")) and _IN_BRACKETS.match(after) is not None
        return _AT_START.match(before) is not None or closes


def _named(line: str) -> bool:
    """Whether severity and state are fields with these names, as in a record of JSON."""
    return any(f"severity{sign}" in line for sign in ":=") and any(f"state{sign}" in line for sign in ":=")


def _cells(raw: str) -> frozenset[str]:
    """The cells of a row that was copied from a table."""
    return frozenset(cell.strip(" \"'").lower() for cell in _CELLS.split(raw))


def _after_the_word(before: str) -> bool:
    """Whether "alarm" and nothing but what may stand between leads up to a number. Word by word from the end:
    a regular expression for this would take for ever on a line made to that end."""
    before_it = [word.strip(".-") for word in _APART.split(before)]
    for at in range(len(before_it) - 1, -1, -1):
        word = before_it[at]
        parts = word.replace("_", "-").split("-")
        if _WORD.intersection(parts):
            return all(part in _WORD or part in _BETWEEN for part in parts)
        if (
            not word
            or all(part in _BETWEEN for part in parts)
            or (word.isdigit() and len(word) in (1, 2, 3, 5))
        ):
            continue
        if at == 0 or before_it[at - 1] not in _PLACE or word in _NO_PLACE or word.isdigit():
            return False
    return False


def _before_the_word(before: str, after: str) -> bool:
    """Whether a number stands by itself and leads up to "alarm"."""
    last = next((word for word in reversed(_APART.split(before)) if word), "")
    if (before and before[-1] not in " (#") or last in _NO_PLACE:
        return False
    for word in _APART.split(after):
        if word.strip(".-") in _WORD:
            return True
        if word and word not in _AFTER and not (word.isdigit() and len(word) == 5):
            return False
    return False


def _only_numbers(line: str) -> bool:
    """Whether the line is alarm numbers and nothing else, `id=` and `and` aside."""
    listed = [word for word in _LISTED.split(line) if word not in ("", "id", "and")]
    return bool(listed) and all(len(word) == 5 and word.isdigit() for word in listed)
