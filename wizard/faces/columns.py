"""Text in columns of a terminal: measured in the cells that characters take, cut and padded to fit."""

import unicodedata
from collections.abc import Sequence

ELLIPSIS = "…"


def cells(text: str) -> int:
    """How many cells of a terminal `text` takes: two for a wide character, none for a combining one."""
    return len(text) if text.isascii() else sum(map(_cells, text))


def _cells(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in ("W", "F") else 1


def fit(text: str, width: int, ellipsis: str = ELLIPSIS) -> str:
    """`text` in exactly `width` cells: padded with spaces, or cut with an ellipsis at its end."""
    return cut(text, width, ellipsis) + " " * max(0, width - cells(text))


def cut(text: str, width: int, ellipsis: str = ELLIPSIS) -> str:
    """`text` in at most `width` cells; a cut one ends in an ellipsis, padded if need be."""
    if cells(text) <= width:
        return text
    room = width - len(ellipsis)
    out, taken = "", 0
    for character in text:
        taken += _cells(character)
        if taken > room:
            break
        out += character
    return out + ellipsis + " " * (room - cells(out))


def fold(text: str, width: int) -> list[str]:
    """`text` in lines of at most `width` cells, broken between words, or within a longer one."""
    lines: list[str] = []
    line, taken = "", 0
    for word in text.split():
        size = cells(word)
        if line and taken + 1 + size <= width:
            line, taken = f"{line} {word}", taken + 1 + size
            continue
        if line:
            lines.append(line)
        while cells(word) > width:
            piece = _head(word, width)
            lines.append(piece)
            word = word[len(piece) :]
        line, taken = word, cells(word)
    return [*lines, line] if line else lines


def _head(word: str, width: int) -> str:
    """As much of a word as fits; one character at least."""
    taken = 0
    for at, character in enumerate(word):
        taken += _cells(character)
        if taken > width and at:
            return word[:at]
    return word


def row(values: Sequence[str], widths: Sequence[int], ellipsis: str = ELLIPSIS) -> str:
    """Values side by side with a space between, without spaces at the end."""
    shown = (fit(value, width, ellipsis) for value, width in zip(values, widths, strict=True))
    return " ".join(shown).rstrip()
