"""Text that is pasted: names of nodes, or certificates and dumps. What was pasted is counted, never shown:
there may be a private key in it."""

from typing import ClassVar

from textual import events
from textual.binding import BindingType

from wizard.faces.tui import nodeform
from wizard.faces.tui.frame import Frame
from wizard.faces.tui.keys import bind
from wizard.faces.tui.sheet import Sheet

_LONGEST = 4 << 20
"""Characters that are taken: more than any bundle of text files that a person pastes."""


class PasteScreen(Frame[str | None]):
    """Gives the text, None where one went back. `kind` ("names", "files", "lines") chooses the words."""

    hints = ("done", "clear", "back", "help")
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("done", "ctrl+d,f2", "done"),
        bind("clear", "ctrl+u", "clear"),
        bind("back", "escape,ctrl+g", "back"),
    ]

    def __init__(self, kind: str) -> None:
        super().__init__()
        self.kind = kind
        self.name_id = f"paste-{kind}"
        self._parts: list[str] = []
        self._length = 0
        self._typed = ""

    @property
    def text(self) -> str:
        """What was pasted and typed."""
        return "".join(self._parts) + self._typed

    def draw(self, sheet: Sheet) -> None:
        key = f"tui.paste-{self.kind}"
        sheet.text(self.say(f"{key}.heading"), "accent")
        for line in self.desk.words.lines(f"{key}.intro"):
            sheet.text(line)
        sheet.gap()
        text = self.text
        lines = text.count("\n") + bool(text and not text.endswith("\n"))
        if self.kind == "names":
            names = nodeform.names_in(text)
            sheet.pair(self.say(f"{key}.found"), str(len(names)))
            for name in names[-10:]:
                sheet.text(name, "strong", indent=2)
            return
        counted = {
            "lines": lines,
            "certificates": text.count("-----BEGIN CERTIFICATE-----"),
            "requests": text.count("CERTIFICATE REQUEST-----") // 2,
            "keys": text.count("PRIVATE KEY-----") // 2,
        }
        for what, count in counted.items():
            if count or what == "lines":
                sheet.pair(self.say(f"tui.paste.{what}"), str(count), width=22)
        if counted["keys"]:
            sheet.text(self.say("tui.paste.key-warning"), "warn")

    def take(self, event: events.Key) -> bool:
        """Every character belongs to the text; on a line without bracketed paste it comes key by key."""
        if event.key in ("enter", "ctrl+j", "ctrl+m"):
            if self.kind == "names" and not self._typed.strip() and self.text.strip():
                self.action_done()
                return True
            self._add(self._typed + "\n")
            self._typed = ""
        elif event.key == "tab":
            self._typed += "\t"
        elif event.key == "backspace":
            self._typed = self._typed[:-1]
        elif event.character is not None and event.character.isprintable():
            self._typed += event.character
        else:
            return False
        self.call_after_refresh(self.redraw)
        return True

    def on_paste(self, event: events.Paste) -> None:
        event.stop()
        self._add(event.text.replace("\r\n", "\n").replace("\r", "\n"))
        self.redraw()

    def _add(self, text: str) -> None:
        room = _LONGEST - self._length
        self._parts.append(text[:room])
        self._length += len(text)
        if len(text) > room:
            self.tell(self.say("tui.paste.too-long"))

    def action_clear(self) -> None:
        """Begin again."""
        self._parts, self._typed, self._length = [], "", 0
        self.redraw()

    def action_done(self) -> None:
        """Give what was pasted."""
        self.dismiss(self.text)
