"""Certificates as a table: what needs attention first, sorted and filtered, the picked one in detail below.

One row a certificate, made when it is shown, so that ten thousand are no more work than ten.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical

from wizard.domain.attention import attention, urgency
from wizard.faces.tables import ca_words, eku_words
from wizard.faces.tui.answering import Say
from wizard.faces.tui.frame import Frame, Result
from wizard.faces.tui.ink import Ink, Line, Span
from wizard.faces.tui.keys import bind
from wizard.faces.tui.page import Page
from wizard.faces.tui.sheet import Column, Sheet
from wizard.model.certificate import CertificateRecord
from wizard.model.words import Words

SORTS = ("attention", "name", "until", "eku", "file")
_FILTER = "filter"
_MOST_FILES = 8
"""Files that are named in a command line."""
_URGENT = ("expired", "eku-unreadable", "not-yet", "no-server-auth")
_SOON = ("soon", "loses-client-auth", "server-only", "ca-unknown")


@dataclass(frozen=True, slots=True)
class Row:
    """A certificate of the table: its key, its record, and where it is (node and store) in words."""

    key: str
    record: CertificateRecord
    place: str = ""

    @property
    def name(self) -> str:
        """What it is called: its common name, else its first alternative name, else its subject."""
        record = self.record
        return record.common_name or (record.sans[0] if record.sans else "") or record.subject

    def holds(self, wanted: str) -> bool:
        """Whether one of its texts holds `wanted` (folded)."""
        record = self.record
        texts = (record.subject, record.issuer, record.file, record.sha256, record.serial, self.place)
        return any(wanted in text.casefold() for text in (*texts, *record.sans))


def sorted_rows(rows: Sequence[Row], by: str, as_of: date) -> list[Row]:
    """The rows in one of the orders of `SORTS`."""
    match by:
        case "name":
            return sorted(rows, key=lambda row: (row.name.casefold(), row.key))
        case "until":
            return sorted(rows, key=lambda row: (row.record.not_after is None, str(row.record.not_after)))
        case "eku":
            return sorted(rows, key=lambda row: (str(row.record.eku.client_auth), str(row.record.eku.oids)))
        case "file":
            return sorted(rows, key=lambda row: (row.record.file, row.record.index))
        case _:
            return sorted(rows, key=lambda row: urgency(row.record, as_of))


class CertificatesFrame(Frame[Result]):
    """A screen with such a table. Subclasses give the rows and say what Enter does."""

    BINDINGS: ClassVar[list[BindingType]] = [
        bind("filter", "slash", "filter"),
        bind("sort", "less_than_sign,comma", "sort"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.detail = Page(_Detail(self), id="detail")
        self.by = SORTS[0]
        self.filtering = False
        self._current = ""
        self._shown: list[Row] = []
        self._made_for: tuple[object, ...] = ()

    def rows(self) -> Sequence[Row]:
        """The certificates."""
        raise NotImplementedError

    def intro(self) -> str:
        """A line above the table."""
        raise NotImplementedError

    def compose(self) -> ComposeResult:
        """The table, below it the detail."""
        yield self.bar
        with Vertical(id="stack"):
            yield self.page
            yield self.detail
        yield self.foot

    @property
    def picked(self) -> Row | None:
        """The certificate that the cursor is on."""
        return next((row for row in self._shown if row.key == self._current), None)

    def draw(self, sheet: Sheet) -> None:
        say = self.say
        self._choose()
        sheet.text(self.intro(), "accent", wide=True)
        if self.filtering:
            sheet.field(_FILTER, say("tui.certificates.filter"), "", hint=say("tui.certificates.filter-hint"))
        else:
            order = say(f"tui.certificates.by-{self.by}")
            sheet.text(say("tui.certificates.sorted", order=order), "faint")
        if not self._shown:
            sheet.gap()
            sheet.text(say("tui.certificates.none"))
            return
        titles = ("attention", "name", "eku", "until")
        columns = [Column(say(f"table.column.{title}")) for title in titles]
        room = sheet.room - 2
        needs = 19 if room >= 64 else 12
        widths = [needs, max(8, room - needs - 13 - 10 - 6), 13, 10]
        if sheet.width >= 100:
            place = min(40, (room - needs - 13 - 10 - 8) // 2)
            widths = [needs, room - needs - 13 - 10 - 8 - place, 13, 10, place]
            columns.append(Column(say("tui.certificates.place")))
        sheet.listing(
            columns, widths, [row.key for row in self._shown], lambda at: self._cells(at, len(columns))
        )

    def _choose(self) -> None:
        """Filter and sort, where something has changed."""
        wanted = self.page.value(_FILTER).casefold() if self.filtering else ""
        rows = self.rows()
        made_for = (id(rows), len(rows), wanted, self.by)
        if made_for == self._made_for:
            return
        self._made_for = made_for
        kept = [row for row in rows if row.holds(wanted)] if wanted else list(rows)
        self._shown = sorted_rows(kept, self.by, self.desk.options.as_of)
        if self._current not in {row.key for row in self._shown}:
            self._current = self._shown[0].key if self._shown else ""

    def _cells(self, number: int, columns: int) -> Line:
        row, words = self._shown[number], self.desk.words
        record = row.record
        needs = attention(record, self.desk.options.as_of)
        role = "bad" if needs in _URGENT else "warn" if needs in _SOON else "faint"
        until = record.not_after.date().isoformat() if record.not_after else words.say("table.unreadable")
        cells: list[Span] = [
            (words.say(f"table.attention.{needs}"), role),
            (row.name, "strong"),
            (eku_words(record, words), "ink"),
            (until, "ink"),
        ]
        return tuple([*cells, (row.place, "ink")][:columns])

    def moved(self, key: str) -> None:
        if key != _FILTER:
            self._current = key
            self.detail.redraw(top=True)

    def command_line(self) -> str:
        """The command that prints this table."""
        from wizard.faces import command
        from wizard.faces.tui import doors

        # A member of an archive is read with its archive; what was pasted has no file.
        files = dict.fromkeys(row.record.file.partition("!")[0] for row in self.rows())
        named = [file for file in files if file != "-"][:_MOST_FILES]
        return command.inspect(named, doors.context(self.wizard))

    def on_screen_resume(self) -> None:
        """What is shown may have changed on another screen."""
        self.redraw()
        self.detail.redraw()

    def action_filter(self) -> None:
        """Type what the certificates shown must hold; again, and all are shown."""
        self.filtering = not self.filtering
        self.page.edits.pop(_FILTER, None)
        self.redraw(cursor=_FILTER if self.filtering else self._current)

    def action_sort(self) -> None:
        """The next order."""
        self.by = SORTS[(SORTS.index(self.by) + 1) % len(SORTS)]
        self.redraw(cursor=self._current)


class _Detail:
    """Draws the picked certificate below the table (`page.Owner`)."""

    def __init__(self, frame: "CertificatesFrame[Result]") -> None:
        self._frame = frame

    @property
    def ink(self) -> Ink:
        """Styles and symbols."""
        return self._frame.ink

    def draw(self, sheet: Sheet) -> None:
        """The facts that tell it apart; Enter shows the rest."""
        frame = self._frame
        row = frame.picked
        sheet.rows.clear()
        sheet.rule()
        if row is None:
            return
        facts = dict(facts_of(row, frame.desk.words, frame.say, frame.desk.options.as_of))
        for key in ("place", "names", "ca", "valid", "file", "sha256"):
            if facts.get(key):
                label = frame.say(f"tui.certificates.{key}")
                sheet.pair(label, facts[key], width=10)

    def moved(self, key: str) -> None:
        """There is nothing to pick."""

    def chosen(self, key: str) -> None:
        """There is nothing to pick."""


def facts_of(row: Row, words: Words, say: Say, as_of: date) -> Iterator[tuple[str, str]]:
    """What is known of a certificate: the id of its label, and the words."""
    record = row.record
    none = words.say("table.unreadable")
    since, until = (
        day.date().isoformat() if day is not None else none for day in (record.not_before, record.not_after)
    )
    left = record.days_left(as_of)
    valid = say("tui.certificates.from-to", since=since, until=until)
    if left is not None:
        valid += " " + say("tui.certificates.left", days=str(left))
    yield "place", row.place
    yield "names", ", ".join(dict.fromkeys(filter(None, (record.common_name, *record.sans))))
    yield "subject", record.subject
    yield "ca", ca_words(record, words)
    yield "issuer", record.issuer
    yield "eku", eku_words(record, words)
    yield "oids", ", ".join(record.eku.oids)
    yield "valid", valid
    yield "key-type", record.key
    yield "serial", record.serial
    yield "file", f"{record.file} #{record.index + 1}"
    yield "also", ", ".join(record.also_in)
    yield "sha256", record.sha256


def draw_details(sheet: Sheet, row: Row, words: Words, say: Say, as_of: date) -> None:
    """Everything that was read of a certificate, with the evidence for its CA and what was noted."""
    sheet.text(row.name, "accent")
    sheet.gap()
    for key, value in facts_of(row, words, say, as_of):
        if value:
            sheet.pair(say(f"tui.certificates.{key}"), value, width=14)
    if row.record.ca.evidence:
        sheet.heading(say("tui.certificates.evidence"))
        for remark in row.record.ca.evidence:
            sheet.text(words.say(f"evidence.{remark.code}", **remark.args), indent=2, hang=2)
    notes = row.record.notes_on(as_of)
    if notes:
        sheet.heading(say("tui.certificates.notes"))
        for remark in notes:
            sheet.text(words.say(f"note.{remark.code}", **remark.args), indent=2, hang=2)
