"""The parts of content that a command may leave out, and which word files belong to them."""

from typing import Literal, get_args

Part = Literal["facts", "faq", "collect", "troubleshooting", "screens"]

ALL: frozenset[Part] = frozenset(get_args(Part))

_BY_PREFIX: tuple[tuple[str, Part], ...] = (
    ("fact", "facts"),
    ("contradiction", "facts"),
    ("faq", "faq"),
    ("collect", "collect"),
    ("troubleshoot", "troubleshooting"),
    ("tui", "screens"),
)

_ALWAYS = frozenset(["troubleshoot-symptoms"])
"""Word files that every plan needs: its steps name the troubles that they may cause."""


def part_of_words(stem: str) -> Part | None:
    """The part that a word file belongs to, by its name without suffix; None where it is always read."""
    if stem in _ALWAYS:
        return None
    return next((part for prefix, part in _BY_PREFIX if stem.startswith(prefix)), None)
