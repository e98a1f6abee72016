"""Where troubleshooting begins: pick a symptom, or hand over log lines and alarms."""

from typing import ClassVar

from textual.binding import BindingType

from wizard.faces.case import Case
from wizard.faces.tui.frame import Frame
from wizard.faces.tui.keys import bind
from wizard.faces.tui.sheet import Sheet
from wizard.model.troubleshooting import SYMPTOMS

_PASTE, _FILE = "paste", "file"


class SymptomsScreen(Frame[None]):
    """See the module."""

    name_id = "troubleshoot"
    hints = ("go-on", "paste-text", "load", "back", "help", "commands")
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("paste-text", "i", "paste_text"),
        bind("load", "l", "load"),
    ]

    def __init__(self, case: Case) -> None:
        super().__init__()
        self.case = case
        self._at = SYMPTOMS[0]

    def draw(self, sheet: Sheet) -> None:
        words = self.case.knowledge.words
        sheet.text(self.say("tui.troubleshoot.heading"), "accent")
        sheet.gap()
        for symptom in SYMPTOMS:
            sheet.item(symptom, [(words.say(f"symptom.{symptom}.title"), "strong")])
        sheet.gap()
        sheet.item(_PASTE, [(self.say("tui.troubleshoot.paste"), "strong")], digit="")
        sheet.item(_FILE, [(self.say("tui.troubleshoot.file"), "strong")], digit="")
        sheet.gap()
        if self._at in SYMPTOMS:
            sheet.text(words.say(f"symptom.{self._at}.text"), "faint")
        else:
            sheet.text(self.say("tui.troubleshoot.lines"), "faint")

    def moved(self, key: str) -> None:
        self._at = key
        self.redraw()

    def chosen(self, key: str) -> None:
        if key == _PASTE:
            self.action_paste_text()
        elif key == _FILE:
            self.action_load()
        elif key:
            from wizard.faces.tui.screens.trouble_case import CaseScreen

            self.case.begin(key)
            self.app.push_screen(CaseScreen(self.case))

    def action_paste_text(self) -> None:
        """Paste log lines or alarms."""
        from wizard.faces.tui.screens.paste import PasteScreen

        self.app.push_screen(PasteScreen("lines"), self._pasted)

    def _pasted(self, text: str | None) -> None:
        from wizard.faces.tui.logfile import Pasted
        from wizard.faces.tui.screens.trouble_lines import ScanScreen

        if text and text.strip():
            self.app.push_screen(ScanScreen(self.case, Pasted(text)))

    def action_load(self) -> None:
        """Read a log file."""
        from wizard.faces.tui.screens.trouble_lines import LogFileScreen

        self.app.push_screen(LogFileScreen(self.case))
