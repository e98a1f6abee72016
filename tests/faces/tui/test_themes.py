"""The themes: text can be read on what it lies on, and a terminal gets one that it can show."""

import pytest

from wizard.faces.tui.ink import GLYPHS, Ink
from wizard.faces.tui.themes import THEMES, Theme, choose, contrast, palette_number, rgb

READABLE = 4.5
"""WCAG 2.1, 1.4.3: contrast of text."""

# The 16 colours as terminals have them (the ones used by the theme): xterm, VGA and the Linux console, PuTTY.
TERMINALS = {
    "xterm": {"black": "#000000", "white": "#e5e5e5", "bright_cyan": "#00ffff", "bright_green": "#00ff00",
              "bright_yellow": "#ffff00"},
    "linux": {"black": "#000000", "white": "#aaaaaa", "bright_cyan": "#55ffff", "bright_green": "#55ff55",
              "bright_yellow": "#ffff55"},
    "putty": {"black": "#000000", "white": "#bbbbbb", "bright_cyan": "#55ffff", "bright_green": "#55ff55",
              "bright_yellow": "#ffff55"},
}  # fmt: skip

OF_256 = [theme for theme in THEMES.values() if theme.depth == "256"]


@pytest.mark.parametrize("theme", OF_256, ids=lambda theme: theme.name)
def test_every_text_has_enough_contrast(theme: Theme) -> None:
    found = {name: contrast(rgb(ink), rgb(paper)) for name, (ink, paper) in theme.pairs().items()}
    assert {name: round(ratio, 2) for name, ratio in found.items() if ratio < READABLE} == {}


@pytest.mark.parametrize("terminal", TERMINALS)
def test_the_sixteen_colours_have_enough_contrast(terminal: str) -> None:
    colours, theme = TERMINALS[terminal], THEMES["ansi"]
    found = {n: contrast(rgb(colours[a]), rgb(colours[b])) for n, (a, b) in theme.pairs().items()}
    assert {name: round(ratio, 2) for name, ratio in found.items() if ratio < READABLE} == {}


@pytest.mark.parametrize("theme", OF_256, ids=lambda theme: theme.name)
def test_every_colour_is_one_of_the_256_that_terminals_do_not_remap(theme: Theme) -> None:
    assert all(16 <= palette_number(colour) <= 255 for colour in theme.colours())


def test_a_colour_outside_the_palette_is_refused() -> None:
    with pytest.raises(ValueError, match="palette"):
        palette_number("#123456")


def test_contrast_is_that_of_wcag() -> None:
    assert contrast((0, 0, 0), (255, 255, 255)) == pytest.approx(21)
    assert contrast((118, 118, 118), (255, 255, 255)) == pytest.approx(4.54, abs=0.01)


def test_the_theme_without_colours_has_none() -> None:
    assert THEMES["mono"].colours() == frozenset()
    ink = Ink(THEMES["mono"])
    styles = [ink.style(role) for role in ("ink", "pick", "bar", "field", "bad", "code")]
    assert all(style.color is None and style.bgcolor is None for style in styles)
    assert ink.style("pick").reverse and ink.style("field").underline


@pytest.mark.parametrize(
    ("environ", "wanted", "name"),
    [
        ({"TERM": "xterm-256color"}, "auto", "dark"),
        ({"TERM": "tmux-256color"}, "auto", "dark"),
        ({"TERM": "xterm", "COLORTERM": "truecolor"}, "auto", "dark"),
        ({"TERM": "xterm"}, "auto", "ansi"),
        ({"TERM": "screen"}, "auto", "ansi"),
        ({"TERM": "linux"}, "auto", "ansi"),
        ({"TERM": "vt100"}, "auto", "mono"),
        ({"TERM": "vt220"}, "auto", "mono"),
        ({}, "auto", "mono"),
        ({"TERM": "xterm-256color", "NO_COLOR": "1"}, "auto", "mono"),
        ({"TERM": "xterm-256color", "NO_COLOR": "1"}, "light", "mono"),
        ({"TERM": "xterm-256color", "NO_COLOR": ""}, "auto", "dark"),
        ({"TERM": "xterm-256color"}, "light", "light"),
        ({"TERM": "xterm-256color"}, "no such theme", "dark"),
    ],
)
def test_the_theme_follows_the_terminal_unless_another_is_wanted(
    environ: dict[str, str], wanted: str, name: str
) -> None:
    assert choose(environ, wanted).name == name


def test_every_symbol_has_a_likeness_in_ascii() -> None:
    assert all(plain.isascii() and plain for _, plain in GLYPHS.values())


def test_every_role_has_a_style_in_every_theme() -> None:
    from wizard.faces.tui.ink import _ROLES

    for theme in THEMES.values():
        ink = Ink(theme)
        assert all(ink.style(role) is not None for role in _ROLES)


@pytest.mark.parametrize(
    "theme", [t for t in THEMES.values() if t.depth != "none"], ids=lambda theme: theme.name
)
def test_the_cursor_is_told_from_its_field_and_from_the_paper_beside_it(theme: Theme) -> None:
    assert theme.cursor and theme.cursor not in (theme.field, theme.paper)
