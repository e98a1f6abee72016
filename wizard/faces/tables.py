"""Tables for people and for spreadsheets: the certificate audit, and every path through the tree."""

import csv
import io
import json
from collections.abc import Iterable
from datetime import date

from wizard.domain.attention import attention, urgency
from wizard.domain.pathrows import PathRow
from wizard.faces.columns import ELLIPSIS, cut, fold, row
from wizard.model.certificate import CertificateRecord, Inspection
from wizard.model.text import ascii_only
from wizard.model.words import Words

WIDTH = 80
"""Cells that the audit's table takes at most."""

_COLUMNS = {"attention": 20, "name": 28, "eku": 13, "until": 10, "days": 5}
_CSV = (
    "attention", "file", "index", "sha256", "subject", "issuer", "sans", "serial", "not_before",
    "not_after", "days_left", "key", "is_ca", "eku_state", "server_auth", "client_auth", "ca", "ca_issuer",
    "also_in", "notes", "evidence",
)  # fmt: skip
_NOTE = "  - "
_MOST_DAYS, _LEAST_DAYS = 99_999, -9_999
"""What the column for days has room for."""


def inspect_table(inspection: Inspection, words: Words, as_of: date, *, ascii_mode: bool = False) -> str:
    """The audit for an 80-column terminal, what needs attention first: two lines each, and its notes.

    Problems are not in it: they go where errors go. `ascii_mode`: no character outside ASCII.
    """
    ellipsis = "..." if ascii_mode else ELLIPSIS
    widths = tuple(_COLUMNS.values())
    lines = [row([words.say(f"table.column.{name}") for name in _COLUMNS], widths, ellipsis)]
    lines.append(row(["-" * width for width in widths], widths))
    records = sorted(inspection.records, key=lambda record: urgency(record, as_of))
    for record in records:
        first, second = _entry(record, words, as_of)
        notes = _notes(record, words, as_of)
        if ascii_mode:
            first, second = [ascii_only(value) for value in first], ascii_only(second)
            notes = [ascii_only(note) for note in notes]
        lines += [row(first, widths, ellipsis), "  " + cut(second, WIDTH - 2, ellipsis).rstrip()]
        for note in notes:
            begin, *rest = fold(note, WIDTH - len(_NOTE)) or [""]
            lines += [_NOTE + begin, *(" " * len(_NOTE) + line for line in rest)]
    lines += ["", words.say("table.count", count=str(len(records)), as_of=as_of.isoformat())]
    return "\n".join(lines) + "\n"


def _entry(record: CertificateRecord, words: Words, as_of: date) -> tuple[list[str], str]:
    """The values of the first line, and the second line."""
    days = record.days_left(as_of)
    first = [
        words.say(f"table.attention.{attention(record, as_of)}"),
        record.common_name or (record.sans[0] if record.sans else "") or record.subject,
        eku_words(record, words),
        record.not_after.date().isoformat() if record.not_after else words.say("table.unreadable"),
        "" if days is None else _days(days).rjust(_COLUMNS["days"]),
    ]
    where = f"{record.file} #{record.index + 1}"
    also = words.say("table.also", count=str(len(record.also_in))) if record.also_in else ""
    return first, ", ".join(part for part in (ca_words(record, words), where, also) if part)


def _days(days: int) -> str:
    """Days that the column has room for; of more only that they are more."""
    if days > _MOST_DAYS:
        return ">9999"
    return "<-999" if days < _LEAST_DAYS else str(days)


def _notes(record: CertificateRecord, words: Words, as_of: date) -> list[str]:
    return [words.say(f"note.{note.code}", **note.args) for note in record.notes_on(as_of)]


def eku_words(record: CertificateRecord, words: Words) -> str:
    """In a word or two, what the EKU allows; its state where it cannot be relied on."""
    if record.eku.server_auth is None:
        return words.say(f"table.eku.{record.eku.state.value}")
    if record.eku.state.value == "absent":
        return words.say("table.eku.absent")
    both = (bool(record.eku.server_auth), bool(record.eku.client_auth))
    return words.say(f"table.eku.{_ALLOWS[both]}")


_ALLOWS = {(True, True): "both", (True, False): "server", (False, True): "client", (False, False): "neither"}


def ca_words(record: CertificateRecord, words: Words) -> str:
    """Who issued it: the verdict, and the issuer where it is known."""
    verdict = words.say(f"table.ca.{record.ca.verdict.value}")
    return f"{verdict} ({record.ca.issuer})" if record.ca.issuer else verdict


def inspect_csv(inspection: Inspection, words: Words, as_of: date, *, ascii_mode: bool = False) -> str:
    """The audit as CSV, a line each, in the order of the table. No cell can be taken for a formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_CSV)
    for record in sorted(inspection.records, key=lambda record: urgency(record, as_of)):
        values = _values(record, words, as_of)
        writer.writerow(map(ascii_only, values) if ascii_mode else values)
    return out.getvalue()


def _values(record: CertificateRecord, words: Words, as_of: date) -> list[str]:
    days = record.days_left(as_of)
    eku, ca = record.eku, record.ca
    texts = (
        attention(record, as_of).value, record.file, str(record.index), record.sha256, record.subject,
        record.issuer, "; ".join(record.sans), record.serial,
        record.not_before.isoformat() if record.not_before else "",
        record.not_after.isoformat() if record.not_after else "",
    )  # fmt: skip
    more = (
        record.key, _flag(record.is_ca), eku.state.value, _flag(eku.server_auth), _flag(eku.client_auth),
        ca.verdict.value, ca.issuer or "", "; ".join(record.also_in),
        "; ".join(_notes(record, words, as_of)),
        "; ".join(words.say(f"evidence.{remark.code}", **remark.args) for remark in ca.evidence),
    )  # fmt: skip
    return [*map(cell, texts), "" if days is None else str(days), *map(cell, more)]


def _flag(value: bool | None) -> str:
    return "" if value is None else "yes" if value else "no"


def cell(text: str) -> str:
    """`text` on one line, so that no spreadsheet computes it: an apostrophe before what begins a formula."""
    line = " ".join(text.splitlines())
    return f"'{line}" if line.lstrip().startswith(("=", "+", "-", "@")) else line


_PATHS = ("path", "answers", "outcome", "options", "steps", "facts")


def paths_text(rows: Iterable[PathRow], words: Words) -> str:
    """Every path, a line each, its parts set apart by ` | `, below a line that names them."""
    lines = [" | ".join(words.say(f"table.paths.{name}") for name in _PATHS)]
    lines += (" | ".join(_path(number, path)) for number, path in enumerate(rows, 1))
    return "\n".join(lines) + "\n"


def _path(number: int, path: PathRow) -> tuple[str, ...]:
    answers = "; ".join(f"{question}={answer}" for question, answer in path.answers)
    listed = (" ".join(values) for values in (path.options, path.steps, path.facts))
    return str(number), answers, path.outcome, *listed


def paths_csv(rows: Iterable[PathRow]) -> str:
    """Every path, a line each. No cell can be taken for a formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_PATHS)
    for number, path in enumerate(rows, 1):
        writer.writerow(map(cell, _path(number, path)))
    return out.getvalue()


def paths_json(rows: Iterable[PathRow]) -> str:
    """Every path as JSON, a line each."""
    lines = (
        json.dumps(
            {
                "answers": [{"question": question, "answer": answer} for question, answer in path.answers],
                "outcome": path.outcome,
                "options": path.options,
                "steps": path.steps,
                "facts": path.facts,
            },
            ensure_ascii=False,
        )
        for path in rows
    )
    return '{"format": 1, "paths": [\n' + ",\n".join(lines) + "\n]}\n"
