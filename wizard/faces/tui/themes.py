"""The themes: colours by what they are for, chosen so that text has a contrast of 4.5:1 on what it lies on.

Colours are those of the 256-colour palette, which terminals do not remap, so that nothing shifts on a
terminal without true colour and a colour costs few bytes. Meaning never rests on them: a word or a symbol
stands beside. `ansi` is for terminals with 16 colours, `mono` has none at all.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Literal

Depth = Literal["256", "16", "none"]


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours by purpose: `#rrggbb` of the 256-colour palette, or names of the 16 colours; "" for none.

    Ink lies on paper: `ink`, `faint` (asides), `accent` (headings, keys), `good`, `warn`, `bad`, `line`
    (ornament, the only one that need not be read). `bar`, `pick` and `field` are backgrounds of the header
    and footer, the picked row and an input field, each with its own inks. `cursor` is the cell of the field
    that is typed at: it is told from the field and, at the field's edge, from the paper.
    """

    name: str
    dark: bool
    depth: Depth
    paper: str = ""
    ink: str = ""
    faint: str = ""
    accent: str = ""
    good: str = ""
    warn: str = ""
    bad: str = ""
    line: str = ""
    bar: str = ""
    bar_ink: str = ""
    bar_accent: str = ""
    pick: str = ""
    pick_ink: str = ""
    field: str = ""
    field_ink: str = ""
    field_faint: str = ""
    cursor: str = ""
    cursor_ink: str = ""

    def pairs(self) -> Mapping[str, tuple[str, str]]:
        """Each colour that is read, with the background it is read on."""
        on_paper = ("ink", "faint", "accent", "good", "warn", "bad")
        on_own = (
            ("bar_ink", "bar"), ("bar_accent", "bar"), ("pick_ink", "pick"), ("field_ink", "field"),
            ("field_faint", "field"), ("cursor_ink", "cursor"),
        )  # fmt: skip
        return {
            **{name: (getattr(self, name), self.paper) for name in on_paper},
            **{name: (getattr(self, name), getattr(self, under)) for name, under in on_own},
        }

    def colours(self) -> frozenset[str]:
        """Every colour it uses."""
        texts = (getattr(self, field.name) for field in fields(self) if field.name not in _NOT_COLOURS)
        return frozenset(text for text in texts if text)


_NOT_COLOURS = frozenset({"name", "dark", "depth"})

THEMES: Mapping[str, Theme] = {
    theme.name: theme
    for theme in (
        Theme(
            "dark", dark=True, depth="256", paper="#121212", ink="#dadada", faint="#9e9e9e",
            accent="#87afd7", good="#87af87", warn="#d7af5f", bad="#ff8787", line="#585858",
            bar="#262626", bar_ink="#dadada", bar_accent="#87afd7", pick="#005f87", pick_ink="#ffffff",
            field="#303030", field_ink="#ffffff", field_faint="#afafaf",
            cursor="#ffffff", cursor_ink="#303030",
        ),
        Theme(
            "light", dark=False, depth="256", paper="#ffffff", ink="#1c1c1c", faint="#5f5f5f",
            accent="#005f87", good="#005f00", warn="#875f00", bad="#af0000", line="#bcbcbc",
            bar="#e4e4e4", bar_ink="#1c1c1c", bar_accent="#005f87", pick="#005f87", pick_ink="#ffffff",
            field="#e4e4e4", field_ink="#000000", field_faint="#5f5f5f",
            cursor="#000000", cursor_ink="#e4e4e4",
        ),
        # Blue, yellow and orange keep apart for every common colour blindness.
        Theme(
            "colour-blind", dark=True, depth="256", paper="#000000", ink="#ffffff", faint="#bcbcbc",
            accent="#5fd7ff", good="#5fafff", warn="#ffd75f", bad="#ff8700", line="#8a8a8a",
            bar="#303030", bar_ink="#ffffff", bar_accent="#5fd7ff", pick="#ffd75f", pick_ink="#000000",
            field="#303030", field_ink="#ffffff", field_faint="#d0d0d0",
            cursor="#ffffff", cursor_ink="#303030",
        ),
        Theme(
            "colour-blind-light", dark=False, depth="256", paper="#ffffff", ink="#000000", faint="#444444",
            accent="#00005f", good="#005faf", warn="#5f5f00", bad="#870000", line="#767676",
            bar="#d0d0d0", bar_ink="#000000", bar_accent="#00005f", pick="#00005f", pick_ink="#ffffff",
            field="#d0d0d0", field_ink="#000000", field_faint="#3a3a3a",
            cursor="#000000", cursor_ink="#d0d0d0",
        ),
        # On black whatever the terminal's own background is: bright colours can be read on nothing else.
        Theme(
            "ansi", dark=True, depth="16", paper="black", ink="white", faint="white",
            accent="bright_cyan", good="bright_green", warn="bright_yellow", bad="bright_yellow",
            line="white", bar="white", bar_ink="black", bar_accent="black", pick="bright_cyan",
            pick_ink="black", field="white", field_ink="black", field_faint="black",
            cursor="bright_cyan", cursor_ink="black",
        ),
        Theme("mono", dark=True, depth="none"),
    )
}  # fmt: skip

AUTO = "auto"
"""The setting that leaves the choice to `choose`."""

_NO_COLOURS = ("dumb", "vt100", "vt102", "vt220", "unknown")
_TRUE_COLOUR = ("truecolor", "24bit")


def choose(environ: Mapping[str, str], wanted: str = AUTO) -> Theme:
    """The theme for a terminal: the one wanted, else what TERM, COLORTERM and NO_COLOR allow.

    NO_COLOR is obeyed whatever is wanted (no-color.org).
    """
    if environ.get("NO_COLOR"):
        return THEMES["mono"]
    if wanted in THEMES:
        return THEMES[wanted]
    term = environ.get("TERM", "")
    if not term or term.startswith(_NO_COLOURS):
        return THEMES["mono"]
    many = ("256color", "direct", "kitty", "alacritty", "foot", "ghostty")
    if environ.get("COLORTERM") in _TRUE_COLOUR or any(word in term for word in many):
        return THEMES["dark"]
    return THEMES["ansi"]


def contrast(one: tuple[int, int, int], other: tuple[int, int, int]) -> float:
    """The contrast of two sRGB colours (0 to 255 a channel) by WCAG 2.1: 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: tuple[int, int, int]) -> float:
    red, green, blue = (_linear(channel / 255) for channel in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.03928 else ((channel + 0.055) / 1.055) ** 2.4


def palette_number(colour: str) -> int:
    """The number (16 to 255) of `#rrggbb` in the 256-colour palette.

    Raises:
        ValueError: it is not a colour of that palette.
    """
    red, green, blue = rgb(colour)
    if {red, green, blue} <= set(_STEPS):
        r, g, b = (_STEPS.index(channel) for channel in (red, green, blue))
        return 16 + 36 * r + 6 * g + b
    number, rest = divmod(red - 8, 10)
    if red == green == blue and rest == 0 and 0 <= number < 24:
        return 232 + number
    raise ValueError(f"{colour} is not in the palette")


_STEPS = (0, 95, 135, 175, 215, 255)


def rgb(colour: str) -> tuple[int, int, int]:
    """The channels of `#rrggbb`."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
