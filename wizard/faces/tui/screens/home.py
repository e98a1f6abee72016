"""Home: where the wizard begins, and where it offers to go on."""

import os
from typing import ClassVar

from textual.binding import BindingType

from wizard.faces.tui.frame import Frame
from wizard.faces.tui.keys import bind
from wizard.faces.tui.recent import Recent, recent
from wizard.faces.tui.sheet import Sheet
from wizard.store.folders import find

_BESIDE = 74
"""Cells from which what an item does stands beside it."""

_ITEMS = ("new", "continue", "example", "open", "troubleshoot", "faq", "quit")


class Home(Frame[None]):
    """See the module."""

    name_id = "home"
    hints = ("go-on", "help", "commands", "quit")
    BINDINGS: ClassVar[list[BindingType]] = [bind("quit", "q", "app.quit")]

    def __init__(self) -> None:
        super().__init__()
        self._recent: Recent | None = None

    def on_mount(self) -> None:
        """What was saved last is what most people come back for."""
        self._look()
        if self._recent is not None:
            self.page.begin_at("continue")

    def on_screen_resume(self) -> None:
        """Something may have been saved meanwhile."""
        self._look()
        self.redraw()

    def _look(self) -> None:
        self._recent = recent(self.desk.folder or find(os.environ).deployments)

    def draw(self, sheet: Sheet) -> None:
        say = self.say
        sheet.text(say("tui.home.heading"), "accent")
        sheet.text(say("tui.home.intro"))
        if self.desk.is_past_review():
            sheet.gap()
            sheet.text(say("tui.home.past-review"), "warn")
        sheet.gap()
        beside = sheet.width >= _BESIDE
        for item in _ITEMS:
            title, detail = say(f"tui.home.{item}"), self._detail(item)
            if beside:
                sheet.item(item, [(f"{title:<24}", "strong"), (detail, "faint")], hang=24)
            else:
                sheet.item(item, [(title, "strong")], detail=detail)

    def _detail(self, item: str) -> str:
        if item == "continue" and self._recent is not None:
            day = self._recent.written.strftime("%Y-%m-%d %H:%M")
            return self.say("tui.home.continue-last", name=self._recent.slug, day=day)
        return self.say(f"tui.home.{item}-detail")

    def chosen(self, key: str) -> None:
        if key == "quit":
            self.wizard.exit()
        else:
            self.wizard.flow.open(key)

    def action_back(self) -> None:
        """There is nothing behind home."""
