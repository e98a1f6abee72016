"""Untrusted text made visible: the one door through which a stranger's characters enter a record."""

import unicodedata

LIMIT = 256
"""Characters that are kept of one value; what is longer ends in an ellipsis."""

# Control, format (bidi marks among them), surrogate, private use, line and paragraph separators.
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def visible(text: str, limit: int = LIMIT) -> str:
    """`text` with every control, format, surrogate and private-use character written out.

    C0 and C1 controls become `\\x1b`, others `U+202E`; at most `limit` characters are kept, the last of
    them an ellipsis when something was cut. Plain text comes back unchanged.
    """
    if text.isascii() and text.isprintable() and len(text) <= limit:
        return text
    out: list[str] = []
    room = limit
    for character in text[: limit + 1]:
        shown = _shown(character)
        if len(shown) > room:
            break
        out.append(shown)
        room -= len(shown)
    else:
        if len(text) <= limit:
            return "".join(out)
    while room < 1 and out:
        room += len(out.pop())
    return "".join(out) + "…"


def _shown(character: str) -> str:
    if character == " " or (character.isprintable() and unicodedata.category(character) not in _HIDDEN):
        return character
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"U+{code:04X}"


def ascii_only(text: str) -> str:
    """`text` for a terminal that shows ASCII only: known symbols by their likeness, the rest as `?`."""
    return "".join(c if c.isascii() else _LIKENESS.get(c, "?") for c in text)


_LIKENESS = {
    "…": "...", "–": "-", "—": "--", "‘": "'", "’": "'", "“": '"', "”": '"', "→": "->", "←": "<-",
    "↔": "<->", "·": "-", "•": "*", "×": "x", "≤": "<=", "≥": ">=", "✓": "ok", "✗": "x", "é": "e",
    "ë": "e", "ï": "i", "ö": "o", "ü": "u", "ä": "a", "\u00a0": " ", "☐": "[ ]", "☑": "[x]",
}  # fmt: skip
