"""Alarm numbers in pasted text: 40049 counts only where the context says that it is an alarm.

The same digits are ports, process ids and serial numbers in any log. What says alarm: the word before it
(`Alarm 40049`, `alarms 20007 and 20020`), an event of the event log (`Event="Alarm Raised" Id="20006"`), a
row of the alarms page (a state and a severity beside it), the lines under the head of a list of alarms
(`*s Alarm:`, `ID: "40049"`), or a paste that is nothing but alarm numbers.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_NUMBER = re.compile(r"(?<![\w.])(?<!\d[:-])[1-9]\d{4}(?!\w|[.:-]\d)")
_BETWEEN = frozenset(
    [
        "id",
        "ids",
        "number",
        "numbers",
        "code",
        "codes",
        "no",
        "nos",
        "nr",
        "raised",
        "lowered",
        "acknowledged",
        "active",
        "and",
        "or",
    ]
)
_APART = re.compile(r"[\s:=#(\[,/;&.+-]+")
_EVENT = re.compile(r"\bevent=alarm (raised|lowered|acknowledged)\b")
_FIELD = re.compile(r"(?:^|[ <({,])(?:alarm)?_?id[>:= ]{1,3}$")
_HEAD = re.compile(
    r"(?:\*s |xstatus |status > )?alarms?(?:(?: list| page)?:? ?/?| \d{1,3}:?)$|<alarms?\b[^>]*>$"
)
_STATE = re.compile(r"\b(raised|lowered|acknowledged|unacknowledged)\b")
_SEVERITY = re.compile(r"\b(emergency|alert|critical|error|warning|notice|information|informational|info)\b")
_LISTED = re.compile(r"[\s,;/&=:]+")
_REACH = 120
_UNDER_HEAD = 400
"""Lines under the head of a list of alarms that still belong to it, when nothing ends it."""


@dataclass(frozen=True, slots=True)
class AlarmSeen:
    """An alarm number in a line; `cleared`: the line says that it was lowered."""

    number: str
    cleared: bool


class AlarmReader:
    """Reads normalised lines in order and remembers whether they stand in a list of alarms."""

    def __init__(self) -> None:
        self._left = 0
        self._bare = True

    def read(self, line: str) -> Iterator[AlarmSeen]:
        """The alarms that a line names. Every line must be shown, those with no number in them too."""
        if _HEAD.match(line):
            self._left = _UNDER_HEAD
        elif line.startswith(("*s/end", "</alarms", "*r/end")):
            self._left = 0
        else:
            self._left = max(0, self._left - 1)
        bare = _only_numbers(line)
        only_numbers = self._bare and bare
        self._bare = only_numbers or (self._bare and not line)
        numbers = list(_NUMBER.finditer(line))
        if not numbers:
            return
        event = _EVENT.search(line)
        state, severity = _STATE.search(line), _SEVERITY.search(line)
        cleared = (event or state) is not None and (event or state).group(1) == "lowered"  # type: ignore[union-attr]
        for number in numbers:
            before = line[max(0, number.start() - _REACH) : number.start()]
            field = bool(_FIELD.search(before))
            cell = number.start() == 0 or number.end() == len(line)
            if (
                only_numbers
                or _after_the_word(before)
                or (field and (event or (severity and "uuid=" in line)))
                or (field and "<alarm" in line)
                or (self._left and (field or bare))
                or (cell and state and severity)
            ):
                yield AlarmSeen(number.group(), cleared)

    def skip(self, lines: int) -> None:
        """`lines` lines without anything of interest went by."""
        if lines:
            self._left = max(0, self._left - lines)
            self._bare = False


def _after_the_word(before: str) -> bool:
    """Whether "alarm" and nothing but what may stand between leads up to a number. Word by word from the end:
    a regular expression for this would take for ever on a line made to that end."""
    for word in reversed(_APART.split(before)):
        if word in ("alarm", "alarms"):
            return True
        if word and word not in _BETWEEN and not (word.isdigit() and len(word) in (1, 2, 3, 5)):
            return False
    return False


def _only_numbers(line: str) -> bool:
    """Whether the line is alarm numbers and nothing else, `id=` and `and` aside."""
    words = [word for word in _LISTED.split(line) if word not in ("", "id", "and")]
    return bool(words) and all(len(word) == 5 and word.isdigit() for word in words)
