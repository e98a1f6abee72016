"""The keys: which there are, what they are called, and how they are shown.

The same key means the same everywhere. No function has only a key that a serial line, tmux or screen
swallows (Ctrl+S, Ctrl+Q, Ctrl+B, Ctrl+A). Bindings have ids, by which the settings remap them; what they do
is worded as `tui.key.ID`.
"""

from collections.abc import Mapping

from textual.binding import Binding
from textual.keys import key_to_character


def bind(id: str, keys: str, action: str) -> Binding:
    """A binding by id, worded in content."""
    return Binding(keys, action, description=id, show=False, id=id)


EVERYWHERE = [
    bind("up", "up,k", "move(-1)"),
    bind("down", "down,j", "move(1)"),
    bind("next", "tab", "move(1)"),
    bind("previous", "shift+tab", "move(-1)"),
    bind("page-up", "pageup,ctrl+u", "leaf(-1)"),
    bind("page-down", "pagedown,ctrl+d", "leaf(1)"),
    bind("first", "home,g", "edge(-1)"),
    bind("last", "end,G", "edge(1)"),
    # Enter arrives as Ctrl+J from some serial lines, and where it was typed before the screen stood.
    bind("go-on", "enter,ctrl+j", "go_on"),
    # The last is for a field, where the two before it write: Esc is slow over some lines.
    bind("back", "escape,backspace,b,ctrl+g", "back"),
    bind("help", "question_mark,f1", "help"),
    bind("commands", "ctrl+p,colon", "commands"),
    *(bind(f"choose-{digit}", digit, f"digit('{digit}')") for digit in "1234567890"),
]
"""Bindings of every screen."""

WORK = [
    bind("options", "o", "show('options')"),
    bind("plan", "p", "show('plan')"),
    bind("review", "r", "show('review')"),
    bind("nodes", "n", "show('nodes')"),
    bind("certificates", "c", "show('certificates')"),
    bind("load", "l", "show('load')"),
    bind("save", "s", "show('save')"),
    bind("faq", "f", "show('faq')"),
    bind("undo", "u", "undo"),
    bind("home", "q", "show('home')"),
]
"""Bindings of every screen of a deployment."""

APP = [
    bind("suspend", "ctrl+z", "suspend_process"),
    bind("interrupt", "ctrl+c", "interrupt"),
    bind("redraw", "ctrl+l", "redraw"),
]
"""Bindings of the app."""

_NAMES: Mapping[str, str] = {
    "question_mark": "?", "colon": ":", "slash": "/", "space": "Space", "enter": "Enter", "escape": "Esc",
    "backspace": "Backspace", "tab": "Tab", "shift+tab": "Shift+Tab", "pageup": "PgUp", "pagedown": "PgDn",
    "home": "Home", "end": "End", "up": "Up", "down": "Down", "left": "Left", "right": "Right",
    "plus": "+", "minus": "-", "delete": "Del", "asterisk": "*", "equals_sign": "=",
}  # fmt: skip


def writes(key: str) -> bool:
    """Whether a key writes a character, where there is a field to write it in."""
    character = key_to_character(key)
    return character is not None and character.isprintable()


def shown(key: str) -> str:
    """A key as it is written: `Enter`, `Ctrl+P`, `?`."""
    if key in _NAMES:
        return _NAMES[key]
    modifier, plus, rest = key.rpartition("+")
    if plus:
        return f"{modifier.capitalize()}+{shown(rest).upper() if len(rest) == 1 else shown(rest)}"
    character = key_to_character(key)
    return character if character is not None and character.isprintable() else key.upper()
