"""What changed since a deployment was worked on last: dates that passed, verdicts and steps that differ."""

from collections.abc import Sequence
from typing import ClassVar

from wizard.faces.tui.frame import Frame
from wizard.faces.tui.sheet import Sheet
from wizard.model.plan import Change


class SinceScreen(Frame[None]):
    """See the module. `before` is the day it was worked on last."""

    name_id = "since"
    hints: ClassVar[tuple[str, ...]] = ("go-on", "help")

    def __init__(self, changes: Sequence[Change], before: str) -> None:
        super().__init__()
        self._changes, self._before = changes, before

    def draw(self, sheet: Sheet) -> None:
        sheet.text(self.say("tui.since.heading", day=self._before), "accent")
        sheet.gap()
        point = sheet.ink.glyph("point")
        for change in self._changes:
            sheet.text([(f"{point} ", "faint"), (change.text, "ink")], hang=2)

    def action_go_on(self) -> None:
        """Read, and on."""
        self.dismiss(None)
