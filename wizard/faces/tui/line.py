"""`EditLine`: one line of text being typed, as a value: a key is a function, not a widget."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rich.cells import cell_len, set_cell_size

if TYPE_CHECKING:
    from wizard.faces.tui.ink import Ink, Span

LONGEST = 4096
"""Characters that one line takes."""


@dataclass(frozen=True, slots=True)
class EditLine:
    """Text, the place of the cursor in it (0 to its length), and whether it is masked as a password is.

    `hint` is shown while it is empty.
    """

    text: str = ""
    at: int = 0
    masked: bool = False
    hint: str = ""

    @classmethod
    def of(cls, text: str, *, masked: bool = False, hint: str = "") -> "EditLine":
        """The line with the cursor behind its text."""
        return cls(text, len(text), masked, hint)

    def typed(self, text: str) -> "EditLine":
        """With `text` put in at the cursor; of several lines only the first that is not empty."""
        first = text if len(text) == 1 else next((line for line in text.splitlines() if line.strip()), "")
        clean = "".join(character for character in first if character.isprintable())
        whole = (self.text[: self.at] + clean + self.text[self.at :])[:LONGEST]
        return replace(self, text=whole, at=min(self.at + len(clean), LONGEST))

    def pressed(self, key: str) -> "EditLine | None":
        """What a key (Textual's name) makes of it, or None for a key that means nothing to a line."""
        text, at = self.text, self.at
        match key:
            case "left":
                return replace(self, at=max(0, at - 1))
            case "right":
                return replace(self, at=min(len(text), at + 1))
            case "home":
                return replace(self, at=0)
            case "end" | "ctrl+e":
                return replace(self, at=len(text))
            case "ctrl+left" | "alt+b":
                return replace(self, at=self._word_before())
            case "ctrl+right" | "alt+f":
                return replace(self, at=self._word_after())
            case "backspace" | "ctrl+h":
                return replace(self, text=text[: max(0, at - 1)] + text[at:], at=max(0, at - 1))
            case "delete" | "ctrl+d":
                return replace(self, text=text[:at] + text[at + 1 :])
            case "ctrl+w" | "alt+backspace":
                before = self._word_before()
                return replace(self, text=text[:before] + text[at:], at=before)
            case "ctrl+u":
                return replace(self, text=text[at:], at=0)
            case "ctrl+k":
                return replace(self, text=text[:at])
            case _:
                return None

    def _word_before(self) -> int:
        head = self.text[: self.at].rstrip()
        return len(head) - len(head.split(" ")[-1]) if head else 0

    def _word_after(self) -> int:
        tail = self.text[self.at :]
        skipped = len(tail) - len(tail.lstrip())
        word = tail.lstrip().split(" ")[0]
        return self.at + skipped + len(word)

    def spans(self, width: int, ink: "Ink") -> "tuple[Span, ...]":
        """The line in `width` cells, with the cursor in sight and in a role of its own."""
        if not self.text:
            hint = set_cell_size(ink.text(self.hint), width - 1)
            return ((" ", "field-cursor"), (hint, "field-hint"))
        shown = ink.glyph("mask") * len(self.text) if self.masked else ink.same_size(self.text)
        start = max(0, self.at - width)
        while cell_len(shown[start : self.at]) > width - 1:
            start += 1
        before, under, after = (
            shown[start : self.at],
            shown[self.at : self.at + 1] or " ",
            shown[self.at + 1 : self.at + 1 + width],
        )
        room = width - cell_len(before) - cell_len(under)
        return ((before, "field"), (under, "field-cursor"), (set_cell_size(after, max(0, room)), "field"))
