"""Files are picked: by typing a path, or by going through the folders; or text is pasted instead."""

import os
from typing import ClassVar, Literal

from textual.binding import BindingType

from wizard.faces.tui import folder
from wizard.faces.tui.frame import Frame
from wizard.faces.tui.ink import Span
from wizard.faces.tui.keys import bind
from wizard.faces.tui.line import EditLine
from wizard.faces.tui.screens.paste import PasteScreen
from wizard.faces.tui.sheet import Column, Sheet
from wizard.model.text import visible

Begin = Literal["", "new", "example", "trouble"]
"""What is read for: the deployment that is open, a new one, the example, or one to be troubleshot."""

_PATH = "path"
_ABOVE = "above"
_SIZE = 8


class FilesScreen(Frame[None]):
    """See the module. `typed` is the path that stands there at first."""

    name_id = "files"
    hints: ClassVar[tuple[str, ...]] = ("go-on", "mark", "read", "paste-text", "back", "help")
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("mark", "space", "mark"),
        bind("read", "l", "read"),
        bind("paste-text", "i", "paste_text"),
    ]

    def __init__(self, begin: Begin, typed: str = "") -> None:
        super().__init__()
        if typed:
            self.page.edits[_PATH] = EditLine.of(typed)
        self.begin: Begin = begin
        self.marked: dict[str, None] = {}
        self._listed = folder.Listing("")
        self._listed_for: tuple[str, str] | None = None

    @property
    def _typed(self) -> str:
        line = self.page.edits.get(_PATH)
        return line.text if line is not None else ""

    def draw(self, sheet: Sheet) -> None:
        say = self.say
        place, beginning = folder.split(self._typed)
        if self._listed_for != (place, beginning):
            self._listed = folder.listing(place, beginning)
            self._listed_for = (place, beginning)
        sheet.text(say(f"tui.{self.name_id}.heading"), "accent")
        sheet.text(say(f"tui.{self.name_id}.intro"))
        sheet.gap()
        sheet.field(
            _PATH, say("tui.files.path"), "", hint=say(f"tui.{self.name_id}.hint"), label_width=8, width=100
        )
        if self.marked:
            names = ", ".join(visible(os.path.basename(path) or path) for path in self.marked)  # noqa: PTH119
            sheet.pair(say("tui.files.marked", count=str(len(self.marked))), [(names, "strong")], width=14)
        sheet.gap()
        listed = self._listed
        if listed.problem:
            sheet.text(say("tui.files.unreadable", reason=listed.problem), "warn")
            return
        entries = listed.entries
        widths = [3, min(70, max(20, sheet.room - _SIZE - 12)), _SIZE]
        shown = visible(os.path.abspath(place), 4096)  # noqa: PTH100
        room = widths[1]
        here = shown if len(shown) <= room else self.ink.glyph("more") + shown[len(shown) - room + 3 :]
        columns = [Column(""), Column(here), Column(say("tui.files.size"))]
        keys = [_ABOVE, *(entry.path for entry in entries)]
        sheet.listing(columns, widths, keys, self._cells)
        if listed.more:
            sheet.text(say("tui.files.more", most=str(folder.MOST)), "faint")

    def _cells(self, number: int) -> tuple[Span, ...]:
        if number == 0:
            return (("", "ink"), (self.say("tui.files.above"), "faint"), ("", "ink"))
        entry = self._listed.entries[number - 1]
        mark = self.say("tui.mark.yes") if entry.path in self.marked else ""
        name = entry.name + os.sep if entry.is_folder else entry.name
        size = "" if entry.is_folder else f"{folder.size_words(entry.size):>{_SIZE}}"
        return ((mark, "good"), (name, "strong" if entry.is_folder else "ink"), (size, "faint"))

    def command_line(self) -> str:
        """The command that reads the same without the screen."""
        from wizard.faces import command
        from wizard.faces.tui import doors

        return command.inspect(list(self.marked) or ["FILE"], doors.context(self.wizard))

    def chosen(self, key: str) -> None:
        if key == _PATH:
            self._go(os.path.expanduser(self._typed.strip()))  # noqa: PTH111
        elif key == _ABOVE:
            self._into(folder.above(self._listed.folder))
        elif os.path.isdir(key):  # noqa: PTH112
            self._into(key)
        else:
            self.marked.setdefault(key)
            self.action_read()

    def _go(self, typed: str) -> None:
        """What is typed: a folder to go into, else something to read (a file, or `host:port`)."""
        if not typed:
            self.page.move(1)
        elif os.path.isdir(typed) and not self.marked:  # noqa: PTH112
            self._into(typed)
        else:
            self.marked.setdefault(typed)
            self.action_read()

    def _into(self, path: str) -> None:
        shown = path if path.endswith(os.sep) else path + os.sep
        self.page.top = 0
        self.page.write(EditLine.of(shown, hint=self.say(f"tui.{self.name_id}.hint")), _PATH)
        self.page.redraw(cursor=_ABOVE)

    def action_mark(self) -> None:
        """Mark a file, or a folder with all that is in it; or no longer."""
        key = self.page.key
        if key in ("", _PATH, _ABOVE):
            return
        if key in self.marked:
            del self.marked[key]
        else:
            self.marked[key] = None
        self.redraw(cursor=key)
        self.page.move(1)

    def action_read(self) -> None:
        """Read what is marked."""
        if not self.marked:
            self.tell(self.say("tui.files.nothing"))
            return
        self._open(list(self.marked), b"")

    def action_paste_text(self) -> None:
        """Paste instead of picking: on a jump host there is often no file."""

        def pasted(text: str | None) -> None:
            if text and text.strip():
                self._open(["-"], text.encode())

        self.app.push_screen(PasteScreen("files"), pasted)

    def _open(self, paths: list[str], text: bytes) -> None:
        from wizard.faces.tui.screens.reading import ReadingScreen

        self.app.switch_screen(ReadingScreen(paths, begin=self.begin, text=text))
