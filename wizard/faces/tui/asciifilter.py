"""The last door before a terminal without other characters: nothing outside ASCII goes through."""

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from wizard.faces.tui.ink import Ink


class AsciiFilter(LineFilter):
    """Replaces what is left of other characters, cell for cell."""

    def __init__(self, ink: Ink) -> None:
        super().__init__()
        self._ink = ink

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The segments, in ASCII."""
        return [
            segment if segment.text.isascii() else Segment(self._ink.same_size(segment.text), segment.style)
            for segment in segments
        ]
