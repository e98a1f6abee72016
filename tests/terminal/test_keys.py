"""No function has only a key that a line, tmux or screen swallows; Back has more than Esc."""

import importlib
import pkgutil
from collections import defaultdict
from collections.abc import Iterator

from textual.binding import Binding
from textual.dom import DOMNode

from wizard.faces.tui import keys, screens
from wizard.faces.tui.app import WizardApp

_SWALLOWED = {
    "ctrl+s": "flow control",
    "ctrl+q": "flow control",
    "ctrl+b": "tmux",
    "ctrl+a": "screen",
}


def _classes() -> Iterator[type[DOMNode]]:
    """The app and every screen."""
    yield WizardApp
    for module in pkgutil.iter_modules(screens.__path__, f"{screens.__name__}."):
        for found in vars(importlib.import_module(module.name)).values():
            if isinstance(found, type) and issubclass(found, DOMNode) and found.__module__ == module.name:
                yield found


def _keys_of(bindings: object) -> dict[tuple[str, str], set[str]]:
    """The keys of each function: its id and what it does."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    assert isinstance(bindings, list)
    for binding in bindings:
        assert isinstance(binding, Binding) and binding.id, "only bindings with an id can be remapped"
        found[binding.id, binding.action] |= {key.strip() for key in binding.key.split(",")}
    return found


def test_every_function_has_a_key_that_arrives() -> None:
    seen = 0
    for found in _classes():
        for function, its in _keys_of(list(found.BINDINGS)).items():
            seen += 1
            assert its - set(_SWALLOWED), f"{found.__name__}: {function} has only {its}"
    assert seen > 50


def test_back_has_a_second_key_and_lists_have_letters_besides_arrows() -> None:
    everywhere = {id: its for (id, _), its in _keys_of(keys.EVERYWHERE).items()}
    assert everywhere["back"] >= {"escape", "backspace"}
    assert "j" in everywhere["down"] and "k" in everywhere["up"]
