"""Reads content/troubleshooting into `Troubleshooting`: shape, unique ids and words are checked here, all
problems are reported, and a bad entry never hides a good one. Whether the trees are whole is proved in
`wizard.domain.troubleproof`, which needs the domain.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError

from wizard.model.problems import Problem
from wizard.model.troubleshooting import (
    Ask,
    Cause,
    Check,
    Lookalike,
    Remedy,
    RemedyStep,
    Signature,
    Symptom,
    Troubleshooting,
)
from wizard.model.words import Words

Entry = Symptom | Ask | Cause | Lookalike | Remedy | RemedyStep | Check | Signature


@dataclass(frozen=True, slots=True)
class _Kind:
    """A kind of entry: its table in a file, its type, and the words each needs (and those it may have)."""

    table: str
    type: type[Entry]
    prefix: str
    words: tuple[str, ...]
    may: tuple[str, ...] = ()


_KINDS: tuple[_Kind, ...] = (
    _Kind("symptom", Symptom, "symptom", ("title", "text", "collect")),
    _Kind("ask", Ask, "ask", ("text", "find")),
    _Kind("cause", Cause, "cause", ("title", "text", "why", "meanwhile")),
    _Kind("lookalike", Lookalike, "lookalike", ("cause", "check")),
    _Kind("remedy", Remedy, "remedy", ("title", "price")),
    _Kind("step", RemedyStep, "remedystep", ("title", "do", "rollback"), ("warning",)),
    _Kind("check", Check, "verification", ("expected", "otherwise")),
    _Kind("signature", Signature, "signature", ("means", "not_proved")),
)
_BY_TABLE = {kind.table: kind for kind in _KINDS}


def load_troubleshooting(folder: Path, words: Words, problems: list[Problem]) -> Troubleshooting:
    """All of `folder` (content/troubleshooting), every `*.toml` in it.

    What is wrong is appended to `problems`: a file that is not TOML, an entry of the wrong shape, an id used
    twice, an id without words. Entries that are well are returned all the same.
    """
    found: dict[str, dict[str, Entry]] = {kind.table: {} for kind in _KINDS}
    places: dict[str, str] = {}
    for path in sorted(folder.glob("*.toml")):
        name = f"{folder.name}/{path.name}"
        for kind, entry in _entries(path, name, problems):
            key = f"{kind.table}:{entry.id}"
            if key in places:
                message = f"The id is already used in {places[key]}. Give this {kind.table} another id."
                problems.append(Problem(name, key, "id-twice", message))
                continue
            places[key] = name
            found[kind.table][entry.id] = entry
    read = Troubleshooting(
        symptoms=_only(Symptom, found["symptom"]),
        asks=_only(Ask, found["ask"]),
        causes=_only(Cause, found["cause"]),
        lookalikes=_only(Lookalike, found["lookalike"]),
        remedies=_only(Remedy, found["remedy"]),
        steps=_only(RemedyStep, found["step"]),
        checks=_only(Check, found["check"]),
        signatures=_only(Signature, found["signature"]),
        places=places,
    )
    for key, place in needed_words(read).items():
        if not words.has(key):
            problems.append(Problem(places[place], place, "no-words", f"It has no words: write {key}."))
    return read


def needed_words(troubleshooting: Troubleshooting) -> Mapping[str, str]:
    """The ids of all words that the entries need, each with the entry (`KIND:ID`) that needs it."""
    return {key: place for kind, entry, place in _all(troubleshooting) for key in _word_keys(kind, entry)}


def optional_words(troubleshooting: Troubleshooting) -> frozenset[str]:
    """The ids of words that the entries may have."""
    return frozenset(
        f"{kind.prefix}.{entry.id}.{part}" for kind, entry, _ in _all(troubleshooting) for part in kind.may
    )


def _word_keys(kind: _Kind, entry: Entry) -> Iterator[str]:
    for part in kind.words:
        yield f"{kind.prefix}.{entry.id}.{part}"
    if isinstance(entry, Ask):
        for value in (*entry.answers, "unknown"):
            yield f"ask.{entry.id}.answer.{value}"


def _all(read: Troubleshooting) -> Iterator[tuple[_Kind, Entry, str]]:
    tables: tuple[Mapping[str, Entry], ...] = (
        read.symptoms, read.asks, read.causes, read.lookalikes,
        read.remedies, read.steps, read.checks, read.signatures,
    )  # fmt: skip
    for kind, table in zip(_KINDS, tables, strict=True):
        for entry in table.values():
            yield kind, entry, f"{kind.table}:{entry.id}"


def _entries(path: Path, name: str, problems: list[Problem]) -> Iterator[tuple[_Kind, Entry]]:
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        problems.append(Problem(name, "", "not-toml", f"This is not valid TOML: {error}."))
        return
    for table, rows in tables.items():
        kind = _BY_TABLE.get(table)
        if kind is None or not isinstance(rows, list):
            known = ", ".join(f"[[{k.table}]]" for k in _KINDS)
            problems.append(Problem(name, table, "unknown-table", f"Only {known} may stand here."))
            continue
        for number, row in enumerate(rows, 1):
            entry = _entry(kind, row, name, number, problems)
            if entry is not None:
                yield kind, entry


def _entry(kind: _Kind, row: object, name: str, number: int, problems: list[Problem]) -> Entry | None:
    try:
        return _adapter(kind.table).validate_python(_with_lists(row))
    except ValidationError as error:
        label = str(row.get("id", number)) if isinstance(row, dict) else str(number)
        for detail in error.errors(include_url=False):
            where = ".".join(str(part) for part in (f"{kind.table}:{label}", *detail["loc"]))
            problems.append(Problem(name, where, "bad-entry", f"{detail['msg']}."))
        return None


_LISTS = frozenset({"all", "any", "none"})


def _with_lists(value: object, key: str = "") -> object:
    """Conditions and patterns with each single value as a list of one, so that both can be written."""
    if isinstance(value, list):
        return [_with_lists(item, key) for item in value]
    if not isinstance(value, dict):
        return value
    if key in ("when", "tells"):
        return {name: [item] if isinstance(item, str) else item for name, item in value.items()}
    if key in ("patterns", "expect", "refuse", "output"):
        return {n: [v] if isinstance(v, str) and n in _LISTS else v for n, v in value.items()}
    return {name: _with_lists(item, name) for name, item in value.items()}


@cache
def _adapter(table: str) -> TypeAdapter[Entry]:
    return TypeAdapter(_BY_TABLE[table].type)


_E = TypeVar("_E")


def _only(kind: type[_E], table: Mapping[str, Entry]) -> dict[str, _E]:
    return {key: entry for key, entry in table.items() if isinstance(entry, kind)}
