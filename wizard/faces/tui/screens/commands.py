"""All commands, found by typing: those of the screen that was left, and the ways to the others."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import ClassVar

from textual import events

from wizard.faces.tui import keys, routes
from wizard.faces.tui.frame import Frame
from wizard.faces.tui.sheet import Sheet

_FIND = "find"
_MOVES = frozenset(
    {"up", "down", "next", "previous", "page-up", "page-down", "first", "last", "commands", "interrupt"}
)


@dataclass(frozen=True, slots=True)
class Command:
    """Something that can be done: its words, its key as shown, and what does it."""

    words: str
    key: str
    run: Callable[[], Awaitable[object] | None]


class CommandsScreen(Frame[None]):
    """See the module. `of` is the screen that lies below."""

    name_id = "commands"
    hints: ClassVar[tuple[str, ...]] = ("go-on", "down", "back")

    def __init__(self, of: Frame[object]) -> None:
        super().__init__()
        self._of = of
        self._commands = {command.words.casefold(): command for command in self._found(of)}

    def _found(self, of: Frame[object]) -> list[Command]:
        app = of.app
        found: list[Command] = []
        seen: set[str] = set()
        for key, active in of.active_bindings.items():
            id = active.binding.id or ""
            if not active.enabled or id in _MOVES or id in seen or id.startswith("choose-") or not id:
                continue
            seen.add(id)
            action, node = active.binding.action, active.node
            run = lambda action=action, node=node: app.run_action(action, node)  # noqa: E731
            found.append(Command(of.key_words(id), keys.shown(key), run))
        flow = of.wizard.flow
        for name in routes.COMMANDS_OF_A_DEPLOYMENT if of.desk.session is not None else ():
            if name not in seen:
                words = of.say(f"tui.commands.{name}")
                found.append(Command(words, "", lambda name=name: routes.show(flow, name)))  # type: ignore[misc]
        for name in routes.COMMANDS:
            if name not in seen:
                words = of.say(f"tui.commands.{name}")
                found.append(Command(words, "", lambda name=name: routes.show(flow, name)))  # type: ignore[misc]
        return found

    def draw(self, sheet: Sheet) -> None:
        sheet.field(_FIND, self.say("tui.commands.find"), "", hint=self.say("tui.commands.hint"))
        sheet.gap()
        wanted = self.page.value(_FIND).casefold().split()
        for name, command in self._commands.items():
            if all(word in name for word in wanted):
                key = f"  {command.key}" if command.key else ""
                sheet.item(name, [(command.words, "strong"), (key, "faint")], digit="")

    def take(self, event: events.Key) -> bool:
        """Typing goes into the field wherever the cursor is."""
        if event.character is not None and event.character.isprintable():
            self.page.write(self.page.edits[_FIND].typed(event.character), _FIND)
            return True
        if event.key == "backspace":
            line = self.page.edits[_FIND]
            if line.text:
                self.page.write(line.pressed("backspace") or line, _FIND)
                return True
        return super().take(event)

    def chosen(self, key: str) -> None:
        stops = [stop.key for stop in self.page.sheet.stops if stop.key != _FIND]
        name = key if key != _FIND else next(iter(stops), "")
        command = self._commands.get(name)
        if command is None:
            self.tell(self.say("tui.commands.none"))
            return
        self.dismiss(None)
        self._of.call_later(command.run)

    def action_commands(self) -> None:
        """The same key closes it."""
        self.dismiss(None)
