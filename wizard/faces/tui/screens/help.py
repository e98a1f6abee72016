"""Help: what the screen is for, the keys that work on it, and the command that does without it."""

from collections.abc import Iterable
from typing import ClassVar

from wizard.faces.tui import keys
from wizard.faces.tui.frame import Frame
from wizard.faces.tui.sheet import Sheet

_DIGITS = "choose-"


class HelpScreen(Frame[None]):
    """Help on the screen `of`, made before it is covered."""

    name_id = "help"
    hints: ClassVar[tuple[str, ...]] = ("back", "down", "commands")

    def __init__(self, of: Frame[object]) -> None:
        super().__init__()
        self._about = of.where()
        self._text = of.help_text()
        self._command = of.command_line()
        self._keys = list(key_lines(of))

    def draw(self, sheet: Sheet) -> None:
        say = self.say
        sheet.text(self._about, "accent")
        for line in self._text:
            sheet.text(line)
        sheet.heading(say("tui.help.keys"))
        width = max(len(shown) for shown, _ in self._keys) + 2
        for shown, words in self._keys:
            sheet.line([(f"{self.ink.text(shown):<{width}}", "strong"), (self.ink.text(words), "ink")])
        if self._command:
            sheet.heading(say("tui.help.command"))
            sheet.text([(self._command, "code")], hang=4, wide=True)
        sheet.heading(say("tui.help.more"))
        for line in self.desk.words.lines("tui.help.everywhere"):
            sheet.text(line)

    def action_go_on(self) -> None:
        """Read, and back."""
        self.dismiss(None)

    def action_help(self) -> None:
        """This is it."""


def key_lines(of: Frame[object]) -> Iterable[tuple[str, str]]:
    """The keys that work on a screen, those of one binding together, with their words; its own first."""
    found: dict[str, list[str]] = {}
    for key, active in of.active_bindings.items():
        if active.enabled and active.binding.id:
            id = _DIGITS if active.binding.id.startswith(_DIGITS) else active.binding.id
            found.setdefault(id, []).append(key)
    everywhere = {binding.id for binding in keys.EVERYWHERE} | {binding.id for binding in keys.APP}
    for id in sorted(found, key=lambda id: id in everywhere or id == _DIGITS):
        if id == _DIGITS:
            yield "0-9", of.key_words("choose")
        else:
            yield ", ".join(keys.shown(key) for key in found[id]), of.key_words(id)
