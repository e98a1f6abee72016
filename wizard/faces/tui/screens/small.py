"""Small screens that ask one thing: pick one of a few, type one line, or read a text."""

from collections.abc import Callable, Sequence
from typing import ClassVar, NamedTuple

from wizard.faces.tui.frame import Frame
from wizard.faces.tui.sheet import Sheet


class Choice(NamedTuple):
    """Something to pick: its key, its title, what it leads to."""

    key: str
    title: str
    detail: str = ""


class PickScreen(Frame[str | None]):
    """Pick one of a few; gives its key, None where one went back. `lines` say what it is about."""

    hints: ClassVar[tuple[str, ...]] = ("go-on", "back", "help")
    name_id = "pick"

    def __init__(self, title: str, heading: str, lines: Sequence[str], choices: Sequence[Choice]) -> None:
        super().__init__()
        self._title, self._heading, self._lines, self._choices = title, heading, lines, choices

    def where(self) -> str:
        return self._title

    def draw(self, sheet: Sheet) -> None:
        sheet.text(self._heading, "accent")
        for line in self._lines:
            sheet.text(line)
        sheet.gap()
        for choice in self._choices:
            sheet.item(choice.key, [(choice.title, "strong")], detail=choice.detail)

    def chosen(self, key: str) -> None:
        self.dismiss(key)


class TypeScreen(Frame[str | None]):
    """Type one line; gives it, None where one went back. `refuses` says what is wrong with a line, or ""."""

    hints: ClassVar[tuple[str, ...]] = ("go-on", "back", "help")
    name_id = "type"

    def __init__(
        self,
        title: str,
        heading: str,
        lines: Sequence[str],
        *,
        initial: str = "",
        hint: str = "",
        masked: bool = False,
        refuses: Callable[[str], str] = lambda text: "",
    ) -> None:
        super().__init__()
        self._title, self._heading, self._lines = title, heading, lines
        self._initial, self._hint, self._masked, self._refuses = initial, hint, masked, refuses

    def where(self) -> str:
        return self._title

    def draw(self, sheet: Sheet) -> None:
        sheet.text(self._heading, "accent")
        for line in self._lines:
            sheet.text(line)
        sheet.gap()
        sheet.field("line", "", self._initial, hint=self._hint, masked=self._masked, width=70)

    def chosen(self, key: str) -> None:
        text = self.page.value("line")
        refused = self._refuses(text)
        if refused:
            self.tell(refused)
        else:
            self.dismiss(text)


class ReadScreen(Frame[None]):
    """Something to read, drawn by a function."""

    hints: ClassVar[tuple[str, ...]] = ("back", "help", "commands")
    name_id = "read"

    def __init__(self, title: str, draws: Callable[[Sheet], None]) -> None:
        super().__init__()
        self._title, self._draws = title, draws

    def where(self) -> str:
        return self._title

    def draw(self, sheet: Sheet) -> None:
        self._draws(sheet)

    def action_go_on(self) -> None:
        """Read, and back."""
        self.dismiss(None)
