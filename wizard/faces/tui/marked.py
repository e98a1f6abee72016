"""Draws Markdown on a sheet: what `marks` takes apart, laid out for the width.

A table that is too wide for the screen gives up its widest columns: they are told below each row.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from rich.cells import cell_len

from wizard.faces.tui.ink import Line, Span, size, wrap
from wizard.faces.tui.marks import Block, Code, Heading, Item, Paragraph, Table, blocks
from wizard.faces.tui.sheet import Sheet

_NARROW = 12
"""Cells below which no column goes; a longer title of one is told on several lines."""
_WIDE = 24
"""Cells that a column may ask for, when it is decided whether all have room."""
_CROWDED = 1.2
"""How much more than there is the columns may ask for, before one has to go."""
_FEW = 5
"""Columns up to which the table stays whole if they have room at all."""
_LINES = 3
"""Lines that a cell of a table with more columns may take; for more, the widest column has to go."""
_GAP = 2


def draw_markdown(sheet: Sheet, markdown: Iterable[str], roles: Mapping[str, str] | None = None) -> None:
    """Draw Markdown, given line by line. `roles` gives words that stand alone in a cell their own role."""
    for block in blocks(markdown):
        draw_block(sheet, block, roles or {})


def draw_block(sheet: Sheet, block: Block, roles: Mapping[str, str]) -> None:
    """Draw one block."""
    match block:
        case Heading():
            sheet.gap()
            role = "accent" if block.level <= 2 else "strong"
            sheet.text([(text, role) for text, _ in block.line], wide=True)
            sheet.gap()
        case Paragraph():
            sheet.gap()
            sheet.text(block.line)
        case Item():
            _item(sheet, block)
        case Code():
            for line in block.lines:
                sheet.text([(line, "code")], indent=2 * block.depth, hang=2, wide=True)
        case Table():
            sheet.gap()
            _table(sheet, block, roles)
            sheet.gap()


def _item(sheet: Sheet, item: Item) -> None:
    if item.box is not None:
        lead = "[x] " if item.box else "[ ] "
        sheet.gap()
    else:
        lead = f"{item.lead or sheet.ink.glyph('point')} "
    indent = min(2 * item.depth, 8)
    sheet.text([(lead, "ink"), *item.line], indent=indent, hang=cell_len(lead))


def _table(sheet: Sheet, table: Table, roles: Mapping[str, str]) -> None:
    ink, room = sheet.ink, sheet.room
    titles = [ink.text("".join(text for text, _ in line)) for line in table.header]
    rows = [
        [_cell([(ink.text(text), role) for text, role in cell], roles) for cell in row] for row in table.rows
    ]
    columns = [_Column.of(title, [row[at] for row in rows]) for at, title in enumerate(titles)]
    shown, below = _columns(columns, room)
    widths = _widths([columns[at] for at in shown], room)
    for line in _row([((titles[at], "faint"),) for at in shown], widths):
        sheet.line(line)
    for row in rows:
        for line in _row([row[at] for at in shown], widths):
            sheet.line(line)
        for at in below:
            if size(row[at]):
                indent = widths[0] + _GAP if widths[0] <= _GAP + 1 else _GAP
                sheet.text([(f"{titles[at]}: ", "faint"), *row[at]], indent=indent, hang=2, wide=True)


class _Column(NamedTuple):
    """How much room a column asks for: its longest text, and its longest word."""

    natural: int
    word: int

    @classmethod
    def of(cls, title: str, cells: Sequence[Line]) -> "_Column":
        texts = ["".join(part for part, _ in cell) for cell in cells]
        words = [cell_len(word) for text in (title, *texts) for word in text.split()]
        longest = max(map(cell_len, texts), default=0)
        return cls(max(longest, min(cell_len(title), _NARROW)), max(words, default=1))


def _cell(line: Sequence[Span], roles: Mapping[str, str]) -> Line:
    """A cell; where its text is one of `roles`, in that role. Names stand in it as text, not as code."""
    text = "".join(part for part, _ in line)
    if text in roles:
        return ((text, roles[text]),)
    joined: list[Span] = []
    for part, role in line:
        role = "ink" if role == "code" else role
        if joined and joined[-1][1] == role:
            joined[-1] = (joined[-1][0] + part, role)
        else:
            joined.append((part, role))
    return tuple(joined)


def _columns(columns: "Sequence[_Column]", room: int) -> tuple[list[int], list[int]]:
    """The columns that stand beside each other, and those that are told below; the first two always stand."""
    shown = list(range(len(columns)))
    below: list[int] = []

    def wanted() -> int:
        return sum(min(columns[at].natural, _WIDE) for at in shown) + _GAP * (len(shown) - 1)

    def squeezed() -> bool:
        if len(shown) <= _FEW:
            return False
        widths = _widths([columns[at] for at in shown], room)
        return any(columns[at].natural > _LINES * width for at, width in zip(shown, widths, strict=True))

    while len(shown) > 2 and (wanted() > _CROWDED * room or squeezed()):
        widest = max(shown[2:], key=lambda at: columns[at].natural)
        shown.remove(widest)
        below.append(widest)
    return shown, sorted(below)


def _widths(columns: "Sequence[_Column]", room: int) -> list[int]:
    """How wide each column is: as its text, unless it must give way; words are broken last of all."""
    widths = [column.natural for column in columns]
    gaps = _GAP * (len(widths) - 1)
    over = sum(widths) + gaps - room
    least = max(1, min(_NARROW, (room - gaps) // len(widths)))
    for breaking in (False, True):
        while over > 0:
            able = [
                at for at, column in enumerate(columns) if widths[at] > (least if breaking else column.word)
            ]
            if not able:
                break
            widest = max(able, key=lambda at: widths[at])
            widths[widest] -= 1
            over -= 1
    return widths


def _row(cells: Sequence[Line], widths: Sequence[int]) -> Iterable[Line]:
    """The lines of a row of a table."""
    wrapped = [wrap(cell, width) for cell, width in zip(cells, widths, strict=True)]
    for at in range(max(map(len, wrapped))):
        line: list[Span] = []
        for parts, width in zip(wrapped, widths, strict=True):
            part = parts[at] if at < len(parts) else ()
            line += [*part, (" " * (width - size(part) + _GAP), "ink")]
        yield tuple(line[:-1])
