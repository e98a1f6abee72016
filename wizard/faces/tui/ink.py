"""`Ink`: what a theme and a terminal make of roles, symbols and text.

A span is a text and its role; a line is spans. Roles: ink, faint, strong, accent, good, warn, bad, line on
paper; bar, bar-strong, bar-key on the bars; field, field-cursor in an input; pick on the picked row.
"""

from collections.abc import Iterable, Sequence
from functools import cached_property

from rich.cells import cell_len, set_cell_size
from rich.color import Color
from rich.segment import Segment
from rich.style import Style

from wizard.faces.tui.themes import Theme, palette_number
from wizard.model.text import ascii_only

Span = tuple[str, str]
Line = tuple[Span, ...]

_ROLES = {
    # role: ink, paper, attributes
    "ink": ("ink", "paper", ""),
    "faint": ("faint", "paper", ""),
    "strong": ("ink", "paper", "bold"),
    "accent": ("accent", "paper", "bold"),
    "good": ("good", "paper", ""),
    "warn": ("warn", "paper", ""),
    "bad": ("bad", "paper", "bold"),
    "line": ("line", "paper", ""),
    "code": ("field_ink", "field", ""),
    "bar": ("bar_ink", "bar", ""),
    "bar-strong": ("bar_ink", "bar", "bold"),
    "bar-key": ("bar_accent", "bar", "bold"),
    "field": ("field_ink", "field", ""),
    "field-cursor": ("cursor_ink", "cursor", ""),
    "field-hint": ("field_faint", "field", ""),
    "pick": ("pick_ink", "pick", ""),
    "pick-strong": ("pick_ink", "pick", "bold"),
}

# Without colours an attribute tells what a background would: the picked row, the bars, the input field.
_MONO = {
    "strong": "bold", "accent": "bold", "bad": "bold", "code": "bold", "bar": "reverse",
    "bar-strong": "reverse bold", "bar-key": "reverse bold", "field": "underline",
    "field-hint": "underline", "field-cursor": "reverse", "pick": "reverse", "pick-strong": "reverse bold",
}  # fmt: skip

_PAPER = frozenset({"ink", "faint", "strong", "accent", "good", "warn", "bad", "line"})
_STRONG = frozenset({"strong", "accent", "bad", "good", "warn"})

GLYPHS = {
    "here": ("▸", ">"), "done": ("✓", "x"), "open": ("·", "-"), "off": ("╌", "."), "thumb": ("▐", "#"),
    "rule": ("─", "-"), "dot": ("·", "-"), "more": ("…", "~"), "up": ("↑", "^"), "down": ("↓", "v"),
    "branch": ("├─", "|-"), "last": ("└─", "`-"), "trunk": ("│ ", "| "), "mask": ("•", "*"),
    "to": ("→", "->"), "hidden": ("?", "?"), "point": ("•", "*"),
}  # fmt: skip

_LIKENESS = str.maketrans({ascii_: plain for ascii_, plain in GLYPHS.values() if len(ascii_) == 1})


class Ink:
    """Styles, symbols and text for one theme on one kind of terminal."""

    def __init__(self, theme: Theme, *, plain: bool = False) -> None:
        self.theme = theme
        self.ascii = plain
        self._styles: dict[str, Style] = {}

    def style(self, role: str) -> Style:
        """The style of a role."""
        style = self._styles.get(role)
        if style is None:
            style = self._styles[role] = self._made(role)
        return style

    def _made(self, role: str) -> Style:
        if self.theme.depth == "none":
            return Style.parse(_MONO.get(role, "none"))
        ink, paper, attributes = _ROLES[role]
        colour, under = (self._colour(getattr(self.theme, name)) for name in (ink, paper))
        return Style(color=colour, bgcolor=under, bold="bold" in attributes or None)

    def _colour(self, colour: str) -> Color:
        return Color.from_ansi(palette_number(colour)) if colour.startswith("#") else Color.parse(colour)

    def glyph(self, name: str) -> str:
        """The symbol of that name, or its likeness in ASCII."""
        return GLYPHS[name][1 if self.ascii else 0]

    def text(self, text: str) -> str:
        """`text` as this terminal can show it."""
        return ascii_only(text.translate(_LIKENESS)) if self.ascii and not text.isascii() else text

    def same_size(self, text: str) -> str:
        """`text` as this terminal can show it, cell for cell."""
        if not self.ascii or text.isascii():
            return text
        return "".join(c if c.isascii() else _same_size(c) for c in text)

    @cached_property
    def blank(self) -> Style:
        """The style of empty paper."""
        return self.style("ink")

    def segments(self, line: Iterable[Span], width: int, picked: bool = False) -> list[Segment]:
        """A line as segments that fill exactly `width` cells, as it looks when picked or not.

        What is too long is cut with an ellipsis: layout never lets that happen to what must be read.
        """
        parts: list[Span] = []
        room = width
        for text, role in line:
            cells = cell_len(text)
            if cells > room:
                more = self.glyph("more")
                text = set_cell_size(text, max(0, room - len(more))) + more[:room]
                cells = room
            if picked:
                role = "pick-strong" if role in _STRONG else "pick"
            if cells:
                _join(parts, text, role)
            room -= cells
        if room:
            last = parts[-1][1] if parts else ""
            _join(parts, " " * room, "pick" if picked else "bar" if last.startswith("bar") else "ink")
        return [Segment(text, self.style(role)) for text, role in parts]


def _join(parts: list[Span], text: str, role: str) -> None:
    """Add a part; spaces on paper look the same in every ink, so they join what is beside them."""
    if parts:
        before, other = parts[-1]
        if other == role or (role in _PAPER and other in _PAPER and (text.isspace() or before.isspace())):
            parts[-1] = (before + text, role if before.isspace() else other)
            return
    parts.append((text, role))


def _same_size(character: str) -> str:
    plain = character.translate(_LIKENESS)
    plain = plain if plain.isascii() else ascii_only(character)[:1]
    cells = cell_len(character)  # none for a filler such as U+1160
    return plain.ljust(cells, "?")[:cells]


def wrap(spans: Sequence[Span], width: int, hang: int = 0) -> list[Line]:
    """The spans broken into lines of at most `width` cells, at spaces where there are any.

    A line end breaks always, and so does a word longer than a line. Lines after the first are indented by
    `hang`.
    """
    lines: list[Line] = []
    line: list[Span] = []
    used = 0
    pending = ""  # a space that is only kept when the line goes on

    def end() -> None:
        nonlocal line, used, pending
        lines.append(tuple(line))
        line = [(" " * hang, "ink")] if hang else []
        used, pending = hang, ""

    for text, role in spans:
        for number, paragraph in enumerate(text.split("\n")):
            if number:
                end()
            for word, space in _words(paragraph):
                size = cell_len(word)
                if word and used + len(pending) + size > width and used > (hang if lines else 0):
                    end()
                while size > width - used - len(pending) and size > 0:
                    head = _fitting(word, width - used - len(pending))
                    _add(line, pending + head, role)
                    word = word[len(head) :]
                    size = cell_len(word)
                    end()
                if word:
                    _add(line, pending + word, role)
                    used += len(pending) + size
                    pending = ""
                pending += space
    lines.append(tuple(line))
    return lines


def _words(text: str) -> Iterable[tuple[str, str]]:
    """Words, each with the spaces after it."""
    at = 0
    while at < len(text):
        end = text.find(" ", at)
        if end < 0:
            yield text[at:], ""
            return
        after = end
        while after < len(text) and text[after] == " ":
            after += 1
        yield text[at:end], text[end:after]
        at = after


def _fitting(word: str, room: int) -> str:
    """As much of the beginning of a word as fits, at least one character."""
    taken = 0
    for at, character in enumerate(word):
        taken += cell_len(character)
        if taken > room:
            return word[: max(1, at)]
    return word


def _add(line: list[Span], text: str, role: str) -> None:
    if line and line[-1][1] == role:
        line[-1] = (line[-1][0] + text, role)
    else:
        line.append((text, role))


def size(spans: Iterable[Span]) -> int:
    """The cells that spans take."""
    return sum(cell_len(text) for text, _ in spans)
