"""Reads a content folder into `Knowledge`: shape, types, unique ids, nothing dangling, words for each id; all
problems in one error. What costs more is left to `wizard.knowledge.check`.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol, TypeVar

from pydantic import ValidationError

from wizard.knowledge.content import Content, Place
from wizard.knowledge.files import ContentError, Source
from wizard.knowledge.parts import ALL, Part
from wizard.knowledge.references import dangling
from wizard.knowledge.shape import FILES, File, Tables, adapter, advice, identity, written_out
from wizard.knowledge.wordfiles import read_words
from wizard.knowledge.wordsof import words_missing
from wizard.model.certificate import IssuerNames, IssuerTable, KnownCa, ValidityLimit
from wizard.model.knowledge import Knowledge
from wizard.model.problems import Problem
from wizard.model.release import Release


@dataclass(slots=True)
class _Rows:
    rows: dict[str, list[object]] = field(default_factory=dict)
    places: dict[str, list[Place]] = field(default_factory=dict)
    values: dict[str, str] = field(default_factory=dict)


def load(folder: Path, language: str = "en", parts: Collection[Part] = ALL) -> Knowledge:
    """See `wizard.knowledge.load`."""
    content = read(folder, language, parts)
    knowledge = finish(content)
    problems = [*content.source.problems, *dangling(content), *words_missing(content)]
    if problems or knowledge is None:
        raise ContentError(tuple(problems))
    return knowledge


def read(folder: Path, language: str = "en", parts: Collection[Part] = ALL) -> Content:
    """All of `folder` that is of the right shape; what is not is a problem of the returned source.

    Raises:
        ContentError: there are no words in `language`.
    """
    source = Source(folder)
    words, word_places = read_words(source, language, parts)
    read = _Rows()
    for file in FILES:
        if file.part is None or file.part in parts:
            _read_file(source, file, read)
    tables = _validated(source, read)
    _unique(source, read)
    troubleshooting = None
    if "troubleshooting" in parts and (folder / "troubleshooting").is_dir():
        from wizard.knowledge.troubleshooting import load_troubleshooting

        troubleshooting = load_troubleshooting(folder / "troubleshooting", words, source.problems)
    places = {table: tuple(found) for table, found in read.places.items()}
    return Content(source, frozenset(parts), tables, read.values, words, word_places, places, troubleshooting)


def _read_file(source: Source, file: File, read: _Rows) -> None:
    for path in source.paths(file.pattern):
        for key, value in source.toml(path).items():
            if key in file.values and isinstance(value, str):
                read.values[key] = value
            elif key in file.tables:
                rows = value if isinstance(value, list) else [value]
                for number, row in enumerate(rows):
                    read.rows.setdefault(key, []).append(written_out(key, row))
                    read.places.setdefault(key, []).append(Place(path, key, number, identity(row)))
            else:
                known = ", ".join((*file.values, *(f"[[{table}]]" for table in file.tables)))
                source.problem(path, key, "unknown-key", f"{key!r} may not stand here. There are: {known}.")


def _validated(source: Source, read: _Rows) -> Tables:
    """The tables, without the rows that are of the wrong shape: those become problems."""
    try:
        return adapter().validate_python(read.rows)
    except ValidationError as error:
        bad: dict[str, set[int]] = {}
        for detail in error.errors(include_url=False, include_context=False):
            table, number, *rest = detail["loc"]
            place = read.places[str(table)][int(number)]
            where = ", ".join((place.where(), *([".".join(str(part) for part in rest)] if rest else [])))
            source.problem(place.path, where, "bad-entry", advice(detail))
            bad.setdefault(str(table), set()).add(int(number))
        for table, numbers in bad.items():
            keep = [i for i in range(len(read.rows[table])) if i not in numbers]
            read.rows[table] = [read.rows[table][i] for i in keep]
            read.places[table] = [read.places[table][i] for i in keep]
        return adapter().validate_python(read.rows)


def _unique(source: Source, read: _Rows) -> None:
    for places in read.places.values():
        first: dict[str, Place] = {}
        for place in places:
            other = first.setdefault(place.id, place) if place.id else place
            if other is not place:
                message = f"{source.name(other.path)} ({other.where()}) has this id already. Give it another."
                source.problem(place.path, place.where(), "id-twice", message)


class _Named(Protocol):
    @property
    def id(self) -> str: ...


_N = TypeVar("_N", bound=_Named)


def _by_id(entries: Iterable[_N]) -> dict[str, _N]:
    return {entry.id: entry for entry in entries}


def finish(content: Content) -> Knowledge | None:
    """What was read as `Knowledge`; None, and problems of the source, where a piece is missing."""
    tables, values, source = content.tables, content.values, content.source
    release = _fixed_release(content)
    if not tables.edition:
        source.problems.append(_missing(source, "edition.toml", "[edition]"))
    if "start" not in values:
        source.problems.append(_missing(source, "tree/questions.toml", 'start = "…"'))
    if not tables.edition or release is None:
        return None
    return Knowledge(
        edition=tables.edition[0],
        words=content.words,
        documents=_by_id(tables.document),
        fixed_release=release,
        facts=_by_id(tables.fact),
        contradictions=_by_id(tables.contradiction),
        deadlines=_by_id(tables.deadline),
        issuers=_by_id(tables.issuer),
        chains=tables.chain,
        validities=tuple(sorted(tables.limit, key=lambda limit: limit.since)),
        issuer_table=_issuer_table(tables),
        start=values.get("start", ""),
        questions=_by_id(tables.question),
        leaves=_by_id(tables.leaf),
        branches=tables.branch,
        connections=_by_id(tables.connection),
        options=_by_id(tables.option),
        phases=tables.phase,
        steps=_by_id(tables.step),
        notices=_by_id(tables.notice),
        unknowns={rule.signal: rule for rule in tables.unknown},
        collect=tables.item,
        faq=_by_id(tables.faq),
        troubleshooting=content.troubleshooting,
    )


def _fixed_release(content: Content) -> Release | None:
    text = content.values.get("fixed_release")
    if text is None:
        content.source.problems.append(_missing(content.source, "edition.toml", 'fixed_release = "X15.5.20"'))
        return None
    try:
        return Release.parse(text)
    except ValueError as error:
        path = content.source.folder / "edition.toml"
        content.source.problem(path, "fixed_release", "bad-entry", f"{error}.")
        return None


def _missing(source: Source, file: str, what: str) -> Problem:
    return Problem(f"{source.folder.name}/{file}", "", "missing", f"There is no {what}. Write it.")


def _issuer_table(tables: Tables) -> IssuerTable:
    limits = sorted(tables.limit, key=lambda limit: limit.since)
    return IssuerTable(
        known=tuple(KnownCa(ca.ski, ca.name, ca.issuer, ca.verdict) for ca in tables.ca),
        names=tuple(IssuerNames(i.id, i.organizations, i.not_public) for i in tables.issuer),
        limits=tuple(ValidityLimit(limit.since, limit.days) for limit in limits),
    )
