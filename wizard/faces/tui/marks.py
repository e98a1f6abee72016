"""Markdown as this program writes it, taken apart for drawing: headings, paragraphs, lists, tables, code.

Only what `wizard.faces.markdown` and the answers of the FAQ use is known; all else is plain text. Nothing in
it can become a link or an action: an address is text like any other.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from wizard.faces.tui.ink import Line, Span


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 6."""

    level: int
    line: Line


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text."""

    line: Line


@dataclass(frozen=True, slots=True)
class Item:
    """An entry of a list, `depth` lists deep (0: the outermost). `lead` is its number, or "" for a bullet;
    `box` is None where it is no task, else whether it is done."""

    depth: int
    line: Line
    lead: str = ""
    box: bool | None = None


@dataclass(frozen=True, slots=True)
class Code:
    """Lines that stand as they are."""

    depth: int
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its heading."""

    header: tuple[Line, ...]
    rows: tuple[tuple[Line, ...], ...]


Block = Heading | Paragraph | Item | Code | Table

_HEADING = re.compile(r"(#{1,6}) (.*)")
_ITEM = re.compile(r"( *)([-*]|\d{1,9}\.) (?:\[([ x])\] )?(.*)")
_FENCE = re.compile(r" *(`{3,})[^`]*")
_CELLS = re.compile(r"(?<!\\)\|")
# An escape, a code span, strong, emphasis, an address between angle brackets.
_INLINE = re.compile(r"\\([!-/:-@\[-`{-~])|(`+)(.+?)\2|(\*\*)|(\*)(?=\S)|(?<=\S)(\*)|<(https?://[^ >]+)>")


def blocks(markdown: Iterable[str]) -> Iterator[Block]:
    """The blocks of Markdown, given line by line."""
    lines = list(markdown)
    at = 0
    while at < len(lines):
        line = lines[at]
        fence = _FENCE.fullmatch(line)
        if fence:
            end = _end_of(lines, at + 1, fence.group(1))
            indent = len(line) - len(line.lstrip())
            yield Code(indent // 2, tuple(each[indent:] for each in lines[at + 1 : end]))
            at = end + 1
        elif line.startswith("|"):
            end = at
            while end < len(lines) and lines[end].startswith("|"):
                end += 1
            # The line below the heading only rules it off.
            rows = [_cells(each) for each in (lines[at], *lines[at + 2 : end])]
            yield Table(rows[0], tuple(rows[1:]))
            at = end
        else:
            if line.strip():
                yield _line(line)
            at += 1


def _end_of(lines: list[str], start: int, mark: str) -> int:
    """Where the fence is closed, or the end of the text."""
    return next((at for at in range(start, len(lines)) if lines[at].strip() == mark), len(lines))


def _cells(row: str) -> tuple[Line, ...]:
    return tuple(spans(cell.strip()) for cell in _CELLS.split(row)[1:-1])


def _line(line: str) -> Block:
    heading = _HEADING.fullmatch(line)
    if heading:
        return Heading(len(heading.group(1)), spans(heading.group(2)))
    item = _ITEM.fullmatch(line)
    if item:
        indent, lead, box, text = item.groups()
        return Item(
            depth=len(indent) // 2,
            line=spans(text),
            lead=lead if lead not in "-*" else "",
            box=None if box is None else box == "x",
        )
    return Paragraph(spans(line.strip()))


def spans(text: str) -> Line:
    """Inline Markdown as spans: strong and emphasis as `strong`, code as `code`, the rest as `ink`."""
    out: list[Span] = []
    strong = emphasis = False
    at = 0

    def add(part: str, role: str) -> None:
        if not part:
            return
        if out and out[-1][1] == role:
            out[-1] = (out[-1][0] + part, role)
        else:
            out.append((part, role))

    for found in _INLINE.finditer(text):
        role = "strong" if strong or emphasis else "ink"
        add(text[at : found.start()], role)
        at = found.end()
        escaped, _, code, double, opens, closes, address = found.groups()
        if escaped is not None:
            add(escaped, role)
        elif code is not None:
            add(code, "code")
        elif double is not None:
            strong = not strong
        elif address is not None:
            add(address, role)
        elif opens is not None and not emphasis and text.find("*", at) >= 0:
            emphasis = True
        elif (opens or closes) is not None and emphasis:
            emphasis = False
        else:
            add("*", role)
    add(text[at:], "strong" if strong or emphasis else "ink")
    return tuple(out)
