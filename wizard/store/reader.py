"""A table of a file, read key by key into typed values; what is wrong is noted and reading goes on.

Every reader returns None (or nothing) where a key is absent, null or refused, so that one look at a file
finds all its problems. A key that no reader asked for is refused at the end, with the nearest one that was.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from difflib import get_close_matches
from typing import TypeVar

from wizard.model.text import LIMIT, visible
from wizard.store.faults import MOST_PROBLEMS, Faults
from wizard.store.places import Place
from wizard.store.scrub import scrub

LONG = 4096
"""Characters kept of a text that is longer by nature: notes, names in certificates, pasted lines."""

_QUOTED = 60
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")

L = TypeVar("L", bound=str)


class Table:
    """One table (JSON object) of a file at a place. Call `close` when all its keys were asked for."""

    def __init__(self, values: Mapping[str, object], place: Place, faults: Faults) -> None:
        self.place = place
        self.faults = faults
        self._values = values
        self._asked: dict[str, None] = {}
        self._skipped: set[str] = set()

    def __contains__(self, key: str) -> bool:
        return self._values.get(key) is not None

    def names(self) -> tuple[str, ...]:
        """The keys as they stand in the file."""
        return tuple(self._values)

    def at(self, key: str) -> Place:
        """The place of a key of this table."""
        return (*self.place, key)

    def refuse(self, key: str, code: str, **args: str) -> None:
        """Note a problem with a key of this table."""
        self.faults.add(self.at(key), code, key=key, **args)

    def close(self) -> None:
        """Refuse every key that was not asked for."""
        for key in self._values:
            if key not in self._asked and key not in self._skipped:
                self._unknown(key, tuple(self._asked))

    def text(self, key: str, limit: int = LIMIT) -> str | None:
        """A text, made visible, its secrets struck out, at most `limit` characters."""
        value = self._take(key)
        if isinstance(value, str):
            return _kept(value, limit)
        self._wrong(key, value, "text")
        return None

    def one_of(self, key: str, allowed: Sequence[L]) -> L | None:
        """One of the texts allowed."""
        value = self._take(key)
        return None if value is None else self._pick((*self.place, key), key, value, allowed)

    def some_of(self, key: str, allowed: Sequence[L]) -> tuple[L, ...] | None:
        """A list of texts allowed, each at most once."""
        values = self._list(key)
        if values is None:
            return None
        out: dict[L, None] = {}
        for index, value in enumerate(values):
            place = (*self.place, key, index)
            picked = self._pick(place, key, value, allowed)
            if picked in out:
                self.faults.add(place, "twice", given=str(picked), key=key)
            elif picked is not None:
                out[picked] = None
        return tuple(out)

    def texts(self, key: str, limit: int = LIMIT) -> tuple[str, ...] | None:
        """A list of any texts."""
        values = self._list(key)
        if values is None:
            return None
        out: list[str] = []
        for index, value in enumerate(values):
            if isinstance(value, str):
                out.append(_kept(value, limit))
            else:
                self._wrong_type((*self.place, key, index), key, value, "text")
        return tuple(out)

    def flag(self, key: str) -> bool | None:
        """true or false."""
        value = self._take(key)
        if isinstance(value, bool):
            return value
        self._wrong(key, value, "flag")
        return None

    def whole(self, key: str) -> int | None:
        """A whole number of 0 or more."""
        value = self._take(key)
        if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
            return value
        self._wrong(key, value, "number")
        return None

    def day(self, key: str) -> date | None:
        """A date: a TOML date, or ISO text. Of a moment the day in UTC is taken."""
        value = self._take(key)
        if isinstance(value, datetime):
            return _in_utc(value).date()
        if isinstance(value, date):
            return value
        moment = self._moment(key, value)
        return None if moment is None else _in_utc(moment).date()

    def moment(self, key: str) -> datetime | None:
        """A date with time: a TOML one, or ISO text."""
        value = self._take(key)
        return value if isinstance(value, datetime) else self._moment(key, value)

    def table(self, key: str) -> "Table | None":
        """The table under a key."""
        value = self._take(key)
        if isinstance(value, dict):
            return Table(value, self.at(key), self.faults)
        self._wrong(key, value, "table")
        return None

    def tables(self, key: str) -> "tuple[Table, ...]":
        """The list of tables under a key; () where there is none."""
        value = self._take(key)
        if isinstance(value, dict):
            self.refuse(key, "one-table")
            return ()
        if value is not None and not isinstance(value, list):
            self._wrong(key, value, "tables")
            return ()
        out: list[Table] = []
        for index, item in enumerate(value or ()):
            if isinstance(item, dict):
                out.append(Table(item, (*self.place, key, index), self.faults))
            else:
                self._wrong_type((*self.place, key, index), key, item, "table")
        return tuple(out)

    def text_map(self, key: str, limit: int = LIMIT) -> Mapping[str, str]:
        """A table whose keys are free and whose values are texts; {} where there is none."""
        table = self.table(key)
        found = ((k, table.text(k, limit)) for k in table.names()) if table is not None else ()
        return {_kept(k, LONG): value for k, value in found if value is not None}

    def day_map(self, key: str) -> Mapping[str, date]:
        """A table whose keys are free and whose values are dates; {} where there is none."""
        table = self.table(key)
        found = ((k, table.day(k)) for k in table.names()) if table is not None else ()
        return {_kept(k, LONG): value for k, value in found if value is not None}

    def is_unknown(self, key: str) -> bool:
        """Whether the key says "unknown": asked, and they could not say. Then it counts as read."""
        if self._values.get(key) != "unknown":
            return False
        self._take(key)
        return True

    def peek(self, key: str) -> object:
        """The raw value of a key, without counting it as asked for."""
        return self._values.get(key)

    def skip(self, *keys: str) -> None:
        """Let keys stand that nothing is read from."""
        self._skipped.update(keys)

    def need(self, key: str) -> None:
        """Refuse the table where it lacks the key."""
        if key not in self:
            self.faults.add(self.place, "missing-key", key=key)

    def _take(self, key: str) -> object:
        self._asked[key] = None
        return self._values.get(key)

    def _list(self, key: str) -> Sequence[object] | None:
        value = self._take(key)
        if isinstance(value, list):
            return value
        self._wrong(key, value, "list")
        return None

    def _pick(self, place: Place, key: str, value: object, allowed: Sequence[L]) -> L | None:
        for candidate in allowed:
            if value == candidate:
                return candidate
        all_of_them = ", ".join(allowed)
        if isinstance(value, str | bool):
            likely = _as_word(value, allowed) if isinstance(value, bool) else nearest(value, allowed)
            code = "unknown-value" if likely else "no-such-value"
            self.faults.add(place, code, key=key, given=quoted(value), nearest=likely, allowed=all_of_them)
        else:
            self.faults.add(place, "wrong-type", key=key, wanted=all_of_them, found=self._type(value))
        return None

    def _moment(self, key: str, value: object) -> datetime | None:
        if not isinstance(value, str):
            self._wrong(key, value, "date")
            return None
        try:
            if _ISO_DAY.match(value):
                return datetime.fromisoformat(value)
        except ValueError:
            pass
        self.refuse(key, "bad-date", given=quoted(value))
        return None

    def _wrong(self, key: str, value: object, wanted: str) -> None:
        if value is not None:
            self._wrong_type(self.at(key), key, value, wanted)

    def _wrong_type(self, place: Place, key: str, value: object, wanted: str) -> None:
        words = self.faults.say(f"store.type.{wanted}")
        self.faults.add(place, "wrong-type", key=key, wanted=words, found=self._type(value))

    def _type(self, value: object) -> str:
        return self.faults.say(f"store.type.{_type_of(value)}")

    def _unknown(self, key: str, known: tuple[str, ...]) -> None:
        likely = nearest(key, known) if len(self.faults) < MOST_PROBLEMS else ""
        code = "unknown-key" if likely else "no-such-key"
        self.faults.add(self.at(key), code, key=quoted(key), nearest=likely, allowed=", ".join(known))


def entries(table: Table) -> Iterator[tuple[str, object]]:
    """The keys of a table of free keys, with their raw values."""
    for key in table.names():
        yield key, table._take(key)


def nearest(given: str, allowed: Sequence[str]) -> str:
    """The one of `allowed` that was most likely meant; "" where none comes near."""
    folded = {name.casefold(): name for name in allowed}
    close = get_close_matches(given[:LIMIT].casefold().strip(), folded, n=1, cutoff=0.6)
    return folded[close[0]] if close else ""


def quoted(value: object) -> str:
    """A value as a message may show it: short, visible, without secrets."""
    if isinstance(value, str):
        return f'"{visible(scrub(value), _QUOTED)}"'
    return str(value).lower() if isinstance(value, bool) else ""


def _kept(text: str, limit: int) -> str:
    return visible(scrub(text), limit)


def _in_utc(moment: datetime) -> datetime:
    return moment if moment.tzinfo is None else moment.astimezone(UTC)


def _as_word(value: object, allowed: Sequence[str]) -> str:
    pair = ("yes", "on") if value else ("no", "off")
    return next((word for word in pair if word in allowed), "")


def _type_of(value: object) -> str:
    if isinstance(value, dict):
        return "table"
    if isinstance(value, list):
        return "list"
    if isinstance(value, bool):
        return "flag"
    if isinstance(value, str):
        return "text"
    return "date" if isinstance(value, date) else "number" if isinstance(value, int | float) else "time"
