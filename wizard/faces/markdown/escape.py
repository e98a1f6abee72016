"""Text of strangers in Markdown: shown as it is, and never read as structure.

What has a meaning in CommonMark, in GitHub's extensions (tables, strikethrough, task lists, autolinks) or as
HTML is escaped with a backslash, and nothing else, so that the source reads well as plain text.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from wizard.model.text import ascii_only, visible

# Never plain, wherever it stands: code, emphasis, links, HTML, tables, strikethrough, headings, formulas.
_ALWAYS = re.compile(r"[\\`*\[\]<|~#$]")
# Emphasis, but not inside a word (snake_case needs no escape).
_UNDERSCORE = re.compile(r"(?<![^\W_])_|_(?![^\W_])")
_ENTITY = re.compile(r"&(?=#?\w{1,40};)")
# What turns plain text into a link by itself.
_SLASHES = re.compile(r"/(?=/)")
_SCHEME = re.compile(r"(?i)\b(mailto|xmpp|tel):")
_WWW = re.compile(r"(?i)\b(www)\.")
# A block at the start of a line: quote, list, rule, underline of a heading, numbered list.
_BLOCK_START = re.compile(r"^(?=[>+\-=])")
_NUMBER_START = re.compile(r"^(\d{1,9})([.)])(?= |$)")
# What the words of the plan are written with; it cannot begin a block.
_ARROWS = {"→": "->"}
# A column of a table is lined up as plain text up to this width; a longer cell sticks out.
_WIDEST = 40
# What a code span shows as it is, in a table too.
_PLAIN_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ._:/@+=,(){}*\"'<>&#;%?!~^$\[\]\\-]*")


def one_line(text: str) -> str:
    """`text` on one line: white space of any kind becomes one space, what cannot be seen is written out."""
    line = " ".join(text.split())
    return visible(line, limit=10 * len(line) + 1)


@lru_cache(maxsize=4096)
def escape(text: str) -> str:
    """`text` as Markdown that shows exactly `one_line(text)`: no structure, no link, no HTML."""
    line = one_line(text)
    line = _ALWAYS.sub(r"\\\g<0>", line)
    line = _UNDERSCORE.sub(r"\\_", line)
    line = _ENTITY.sub(r"\\&", line)
    line = _SLASHES.sub(r"/\\", line)
    line = _SCHEME.sub(r"\1\\:", line)
    line = _WWW.sub(r"\1\\.", line)
    line = _NUMBER_START.sub(r"\1\\\2", line)
    return _BLOCK_START.sub(r"\\", line)


def in_ascii(markdown: str) -> str:
    """A line of Markdown without a character outside ASCII: what stands for one is escaped like any text."""
    if markdown.isascii():
        return markdown
    return "".join(c if c.isascii() else _ARROWS.get(c) or escape(ascii_only(c)) for c in markdown)


def code(text: str) -> str:
    """A name as a code span; one that a code span cannot hold everywhere (in tables too) is escaped."""
    line = one_line(text)
    if _PLAIN_CODE.fullmatch(line):
        return f"`{line}`"
    return escape(line)


def fence(lines: Iterable[str], indent: str = "") -> list[str]:
    """Lines of a fenced code block that none of `lines` can end."""
    shown = [one_line(line) for line in lines]
    longest = max((len(run) for line in shown for run in re.findall(r"`+", line)), default=0)
    mark = "`" * max(3, longest + 1)
    return [f"{indent}{mark}text", *(f"{indent}{line}" for line in shown), f"{indent}{mark}"]


def table(header: Iterable[str], rows: Iterable[Iterable[str]]) -> list[str]:
    """Lines of a table whose columns line up as plain text. Cells are Markdown on one line already."""
    cells = [list(header), *(list(row) for row in rows)]
    widths = [min(max(3, *map(len, column)), _WIDEST) for column in zip(*cells, strict=True)]
    lines = [_row(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in cells]
    return [lines[0], _row("-" * width for width in widths), *lines[1:]]


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"
