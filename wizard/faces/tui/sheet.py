"""`Sheet`: what a screen draws on: text, items to pick, fields, tables, laid out for a width.

A screen draws everything anew whenever something changes; the page then sends only the lines that differ.
All text is laid out to the width, wrapped where it must be: nothing scrolls sideways.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from rich.cells import cell_len, set_cell_size

from wizard.faces.tui.ink import Ink, Line, Span, size, wrap
from wizard.faces.tui.line import EditLine

READABLE = 84
"""Cells beyond which a paragraph is not made wider."""


class Row(NamedTuple):
    """One line of the page. `stop` is the number of its stop; `band`: it is highlighted when picked."""

    line: "Line | _Later"
    stop: int = -1
    band: bool = False

    def made(self) -> Line:
        """The line, made now where it was not before."""
        return self.line if isinstance(self.line, tuple) else self.line.made()


@dataclass(frozen=True, slots=True, eq=False)
class _Later:
    """A row of a long list that is made when it is shown."""

    sheet: "Sheet"
    cells: Callable[[int], Line]
    number: int
    widths: Sequence[int]

    def made(self) -> Line:
        """The line."""
        return self.sheet.cut(self.cells(self.number), self.widths)


@dataclass(frozen=True, slots=True)
class Stop:
    """Somewhere the cursor can be: an item (`field` None) or a field, from its first row to its last."""

    key: str
    first: int
    last: int
    digit: str = ""
    field: EditLine | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table. `least` cells it keeps; `wraps`: it gives way first, and wraps."""

    title: str
    least: int = 4
    wraps: bool = False
    right: bool = False


Cell = str | Span | Line


class Sheet:
    """Rows and stops, in the order drawn."""

    def __init__(
        self, width: int, ink: Ink, edits: dict[str, EditLine] | None = None, height: int = 0
    ) -> None:
        self.width = width
        self.height = height
        self.ink = ink
        self.edits = edits if edits is not None else {}
        self.margin = 2 if width >= 70 else 1
        # A line of air under the header, where there is room for it.
        self.rows: list[Row] = [Row(())] if height >= 18 else []
        self.stops: list[Stop] = []
        self.marks: dict[str, int] = {}
        """Rows that can be jumped to, by name."""

    @property
    def room(self) -> int:
        """The cells between the margins."""
        return max(10, self.width - 2 * self.margin)

    def gap(self, rows: int = 1) -> None:
        """Empty lines; not at the top, and not in a row with others."""
        if self.rows and self.rows[-1].line:
            self.rows += [Row(())] * rows

    def text(
        self,
        text: str | Sequence[Span],
        role: str = "ink",
        *,
        indent: int = 0,
        hang: int = 0,
        wide: bool = False,
        tail: Span | None = None,
    ) -> None:
        """A paragraph. `hang` indents its second and later lines; `wide` lets it take the whole width; `tail`
        is a few words at its end, which stay together."""
        width = self.room if wide else min(self.room, READABLE)
        for line in self._wrapped(self._spans(text, role), max(10, width - indent), hang, tail):
            self.line(line, indent=indent)

    def _wrapped(self, spans: Line, width: int, hang: int, tail: Span | None) -> list[Line]:
        """The spans broken into lines, with `tail` at the end of the last, or whole on a line of its own."""
        lines = wrap(spans, width, hang)
        if tail is not None:
            text, role = self.ink.text(tail[0]), tail[1]
            if size(lines[-1]) + cell_len(text) <= width:
                lines[-1] = (*lines[-1], (text, role))
            else:
                lines += [((" " * hang, "ink"), *rest) for rest in wrap([(text.strip(), role)], width - hang)]
        return lines

    def line(self, line: Iterable[Span], *, indent: int = 0) -> None:
        """One line as it is, its text already fit for the terminal."""
        self.rows.append(Row(((" " * (self.margin + indent), "ink"), *line)))

    def heading(self, text: str) -> None:
        """A heading within the page."""
        self.gap()
        self.text(text, "accent", wide=True)

    def mark(self, name: str) -> None:
        """Name the next row, so that it can be jumped to."""
        self.marks[name] = len(self.rows)

    def rule(self) -> None:
        """A thin line."""
        self.line([(self.ink.glyph("rule") * self.room, "line")])

    def pair(self, label: str, value: str | Sequence[Span], width: int = 12, role: str = "ink") -> None:
        """A label in a column of its own, and what it is about."""
        label = self.ink.text(label)
        width = max(width, cell_len(label) + 2)
        lines = wrap(self._spans(value, role), max(10, min(self.room, READABLE) - width))
        for number, line in enumerate(lines):
            shown = label if not number else ""
            self.line([(shown + " " * (width - cell_len(shown)), "faint"), *line])

    def item(
        self,
        key: str,
        title: str | Sequence[Span],
        *,
        detail: str = "",
        mark: str = "",
        digit: str | None = None,
        hang: int = 0,
        tail: Span | None = None,
    ) -> None:
        """Something to pick: its digit, `mark` such as a box, its title, and below it the detail.

        `tail` is a few words after the title, which stay together. Digits are given in order, none after
        the ninth; `digit` gives another, "" none.
        """
        number = len(self.stops)
        if digit is None:
            taken = sum(1 for stop in self.stops if stop.field is None and stop.digit not in ("", "0"))
            digit = str(taken + 1) if taken < 9 else ""
        first = len(self.rows)
        lead = f"{digit:>1}  " if digit or not mark else ""
        lead += f"{self.ink.text(mark)} " if mark else ""
        indent = 2 + len(lead)
        width = max(10, min(self.room, READABLE) - indent)
        for at, line in enumerate(self._wrapped(self._spans(title, "ink"), width, hang, tail)):
            before = lead if not at else " " * len(lead)
            self._row(((before, "ink"), *line), number)
        if detail:
            for line in wrap(self._spans(detail, "faint"), width):
                self.rows.append(Row(((" " * (self.margin + indent), "ink"), *line), number))
        self.stops.append(Stop(key, first, len(self.rows) - 1, digit))

    def field(
        self,
        key: str,
        label: str,
        initial: str = "",
        *,
        hint: str = "",
        masked: bool = False,
        label_width: int = 16,
        width: int = 40,
    ) -> None:
        """A line that can be typed into, after its label. `initial` is its text until something was typed."""
        number = len(self.stops)
        edit = self.edits.setdefault(key, EditLine.of(initial, masked=masked, hint=hint))
        label = self.ink.text(label)
        label_width = max(label_width, cell_len(label) + 2) if label else 0
        width = max(6, min(width, self.room - label_width - 2))
        spans = edit.spans(width, self.ink)
        self.rows.append(Row((self._gutter(), (f"{label:<{label_width}}", "faint"), *spans), number))
        self.stops.append(Stop(key, len(self.rows) - 1, len(self.rows) - 1, "", edit))

    def value(self, key: str, label: str, value: str, *, label_width: int = 16) -> None:
        """A value that is not typed but changed by a key, in line with the fields."""
        label = self.ink.text(label)
        label_width = max(label_width, cell_len(label) + 2)
        line: Line = ((f"{label:<{label_width}}", "faint"), (self.ink.text(value), "strong"))
        self._row(line, len(self.stops))
        self.stops.append(Stop(key, len(self.rows) - 1, len(self.rows) - 1))

    def listing(
        self,
        columns: Sequence[Column],
        widths: Sequence[int],
        keys: Sequence[str],
        cells: Callable[[int], Line],
    ) -> None:
        """A table of one line a row, however long: a row is made when it is shown (`cells` of its number).

        What is too long for its column is cut: whoever uses this shows the picked row in full beside it.
        """
        titles = tuple((column.title, "faint") for column in columns)
        self.rows.append(Row(self.cut(titles, widths)))
        for at, key in enumerate(keys):
            number = len(self.stops)
            row = _Later(self, cells, at, widths)
            self.rows.append(Row(row, number, band=True))
            self.stops.append(Stop(key, len(self.rows) - 1, len(self.rows) - 1))

    def cut(self, cells: Line, widths: Sequence[int]) -> Line:
        """A row of `listing`: each cell cut or filled to its width."""
        line: list[Span] = [self._gutter()]
        for at, ((text, role), width) in enumerate(zip(cells, widths, strict=True)):
            text = self.ink.text(text)
            if cell_len(text) > width:
                more = self.ink.glyph("more")
                text = set_cell_size(text, max(0, width - len(more))) + more
            gap = _GAP if at < len(widths) - 1 else 0
            line.append((text + " " * (width - cell_len(text) + gap), role))
        return tuple(line)

    def table(
        self,
        columns: Sequence[Column],
        rows: Sequence[tuple[str, Sequence[Cell]]],
        *,
        pick: bool = True,
        digits: bool = False,
    ) -> None:
        """A table under its heading; each row (key, cells) is something to pick, unless `pick` is off."""
        cells = [[self._cell(cell) for cell in row] for _, row in rows]
        titles = [((self.ink.text(column.title), "faint"),) for column in columns]
        room = self.room - 2 - (2 if digits else 0)
        widths = _widths(columns, titles, cells, room)
        lead = "  " if digits else ""
        for line in _beside(columns, titles, widths, room):
            self.line([("  " + lead, "ink"), *line])
        for (key, _), row in zip(rows, cells, strict=True):
            number = len(self.stops)
            first = len(self.rows)
            digit = str(number + 1) if digits and number < 9 else ""
            for at, line in enumerate(_beside(columns, row, widths, room)):
                before: Span = (f"{digit:<2}" if digits and not at else lead, "ink")
                self._row((before, *line), number if pick else -1)
            if pick:
                self.stops.append(Stop(key, first, len(self.rows) - 1, digit))

    def _row(self, line: Line, stop: int) -> None:
        self.rows.append(Row((self._gutter(), *line), stop, band=stop >= 0))

    def _gutter(self) -> Span:
        """The margin, and the two cells in which the page shows where the cursor is."""
        return (" " * (self.margin + 2), "ink")

    def _spans(self, text: str | Sequence[Span], role: str) -> Line:
        if isinstance(text, str):
            return ((self.ink.text(text), role),)
        return tuple((self.ink.text(part), each) for part, each in text)

    def _cell(self, cell: Cell) -> Line:
        if isinstance(cell, str):
            return ((self.ink.text(cell), "ink"),)
        if len(cell) == 2 and isinstance(cell[0], str):
            return ((self.ink.text(cell[0]), str(cell[1])),)
        return tuple((self.ink.text(str(part[0])), str(part[1])) for part in cell)


def _beside(
    columns: Sequence[Column], row: Sequence[Line], widths: Sequence[int], room: int
) -> Iterable[list[Span]]:
    """The cells of a row beside each other, wrapped to their columns, line by line."""
    wrapped = [wrap(cell, width) for cell, width in zip(row, widths, strict=True)]
    between = " " * max(0, min(_GAP, (room - sum(widths)) // max(1, len(widths) - 1)))
    for at in range(max(map(len, wrapped), default=1)):
        line: list[Span] = []
        for parts, width, column in zip(wrapped, widths, columns, strict=True):
            part = parts[at] if at < len(parts) else ()
            fill = (" " * (width - size(part)), "ink")
            line += (fill, *part) if column.right else (*part, fill)
            line.append((between, "ink"))
        yield line[:-1]


def _widths(
    columns: Sequence[Column], titles: Sequence[Line], rows: Sequence[Sequence[Line]], room: int
) -> list[int]:
    """How wide each column is: as wide as its text; where that is too much, those that wrap give way, the
    widest first, down to their longest word, and only then below it."""
    widths: list[int] = []
    words: list[int] = []
    for at, column in enumerate(columns):
        word = max([_longest_word(titles[at]), *(_longest_word(row[at]) for row in rows)])
        text = max([_longest_word(titles[at]), *(_longest_line(row[at]) for row in rows)])
        if not column.wraps:
            text = max(text, _longest_line(titles[at]))
        widths.append(max(text, column.least))
        words.append(max(min(word, _LONGEST_KEPT), column.least))
    over = sum(widths) + _GAP * (len(columns) - 1) - room
    tiny = [_TINY] * len(columns)
    for least in (words, [column.least for column in columns], tiny):
        while over > 0:
            able = [
                at
                for at, column in enumerate(columns)
                if (column.wraps or least is tiny) and widths[at] > least[at]
            ]
            if not able:
                break
            widths[max(able, key=lambda at: widths[at])] -= 1
            over -= 1
    return widths


_GAP = 2
_TINY = 2
"""Cells of a column where nothing else helps: one wide character."""

_LONGEST_KEPT = 26
"""Cells of a word that a column is kept wide enough for."""


def _longest_line(line: Line) -> int:
    """The cells of the longest part between line ends."""
    return max(map(cell_len, "".join(part for part, _ in line).split("\n")))


def _longest_word(line: Line) -> int:
    """The cells of the longest word."""
    return max(map(cell_len, "".join(part for part, _ in line).split()), default=0)
