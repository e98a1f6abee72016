"""Settings: theme, characters, mouse, language; kept in a file that also remaps keys."""

import os
from dataclasses import replace
from typing import ClassVar

from textual.binding import BindingType

from wizard.faces.tui.frame import Frame
from wizard.faces.tui.keys import EVERYWHERE, WORK, bind
from wizard.faces.tui.sheet import Sheet
from wizard.faces.tui.themes import AUTO, THEMES
from wizard.knowledge import languages
from wizard.model.text import visible
from wizard.store.errors import StoreError
from wizard.store.folders import find
from wizard.store.preferences import Preferences, read_preferences, write_preferences


class SettingsScreen(Frame[None]):
    """See the module. Each change is written and shown at once; those of the mouse at the next start."""

    name_id = "settings"
    hints: ClassVar[tuple[str, ...]] = ("cycle", "back", "help")
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("cycle", "space,right", "cycle(1)"),
        bind("cycle-back", "left", "cycle(-1)"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.path = find(os.environ).settings
        self.preferences = Preferences()

    def on_mount(self) -> None:
        """Read them."""
        self.preferences, problems = read_preferences(self.path, self.say)
        if problems:
            self.tell(problems[0].line())

    def _values(self) -> dict[str, tuple[str, tuple[str, ...]]]:
        """What is set now, and what it can be."""
        ascii_only = {None: AUTO, True: "yes", False: "no"}[self.preferences.ascii]
        known = languages(self.desk.options.content)
        return {
            "theme": (self.preferences.theme or AUTO, (AUTO, *THEMES)),
            "ascii": (ascii_only, (AUTO, "yes", "no")),
            "mouse": ("yes" if self.preferences.mouse else "no", ("yes", "no")),
            "language": (self.preferences.language or self.desk.options.language, known),
        }

    def draw(self, sheet: Sheet) -> None:
        sheet.text(self.say("tui.settings.heading"), "accent")
        sheet.text(self.say("tui.settings.intro"))
        sheet.gap()
        for key, (value, _) in self._values().items():
            words = f"tui.setting.{key}.{value}"
            shown = self.say(words) if self.desk.words.has(words) else value
            sheet.value(key, self.say(f"tui.settings.{key}"), shown, label_width=22)
        sheet.gap()
        sheet.text(self.say("tui.settings.keys"))
        ids = (str(binding.id) for binding in (*EVERYWHERE, *WORK))
        functions = ", ".join(id for id in ids if not id.startswith("choose-"))
        sheet.text(self.say("tui.settings.functions", functions=functions), "faint")
        if self.path is not None:
            sheet.pair(self.say("tui.settings.file"), visible(str(self.path), 4096), role="faint")

    def action_cycle(self, by: int) -> None:
        """The next value of the picked setting."""
        key = self.page.key
        value, allowed = self._values()[key]
        at = allowed.index(value) if value in allowed else 0
        chosen = allowed[(at + by) % len(allowed)]
        match key:
            case "theme":
                self.preferences = replace(self.preferences, theme="" if chosen == AUTO else chosen)
            case "ascii":
                ascii_only = {AUTO: None, "yes": True, "no": False}[chosen]
                self.preferences = replace(self.preferences, ascii=ascii_only)
            case "mouse":
                self.preferences = replace(self.preferences, mouse=chosen == "yes")
            case "language":
                self.preferences = replace(self.preferences, language=chosen)
        self._write()
        self.wizard.look(self.preferences.theme, self.preferences.ascii)

    def chosen(self, key: str) -> None:
        self.action_cycle(1)

    def _write(self) -> None:
        if self.path is None:
            self.tell(self.say("store.problem.no-home"))
            return
        try:
            write_preferences(self.path, self.preferences, self.say)
        except StoreError as error:
            self.tell_problem(error)
