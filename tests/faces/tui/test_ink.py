"""Text laid out for a width: nothing is lost, nothing is wider, and ASCII means ASCII."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len

from wizard.faces.tui.ink import Ink, size, wrap
from wizard.faces.tui.line import EditLine
from wizard.faces.tui.themes import THEMES

DARK = Ink(THEMES["dark"])
PLAIN = Ink(THEMES["dark"], plain=True)
TEXT = st.text(st.characters(categories=("L", "N", "P", "S", "Zs")), max_size=200)


@given(st.lists(st.tuples(TEXT, st.sampled_from(["ink", "strong"])), max_size=4), st.integers(2, 90))
def test_wrapping_keeps_every_letter_in_order_and_every_line_within_the_width(
    spans: list[tuple[str, str]], width: int
) -> None:
    lines = wrap(spans, width)
    letters = "".join(text for text, _ in spans).replace(" ", "")
    assert "".join(text for line in lines for text, _ in line).replace(" ", "") == letters
    assert all(size(line) <= width for line in lines)


def test_lines_break_at_spaces_and_hang() -> None:
    lines = wrap([("one two three four", "ink")], 9, hang=2)
    assert ["".join(text for text, _ in line) for line in lines] == ["one two", "  three", "  four"]


def test_a_line_end_always_breaks() -> None:
    assert len(wrap([("one\ntwo\n\nthree", "ink")], 80)) == 4


@given(TEXT, st.integers(1, 60))
def test_a_line_fills_exactly_the_width(text: str, width: int) -> None:
    segments = DARK.segments([(text, "ink")], width)
    assert sum(cell_len(segment.text) for segment in segments) == width


@given(TEXT)
@example("a\u1160b")
def test_nothing_outside_ascii_is_left_and_no_cell_more_or_less(text: str) -> None:
    assert PLAIN.text(text).isascii()
    shown = PLAIN.same_size(text)
    assert shown.isascii() and cell_len(shown) == cell_len(text)


@given(st.text(max_size=40), st.lists(st.sampled_from(
    ["left", "right", "home", "end", "backspace", "delete", "ctrl+w", "ctrl+u", "ctrl+k", "ctrl+left",
     "ctrl+right", "alt+backspace"]), max_size=12))  # fmt: skip
def test_the_cursor_of_a_line_stays_within_its_text(text: str, keys: list[str]) -> None:
    line = EditLine().typed(text)
    for key in keys:
        line = line.pressed(key) or line
        assert 0 <= line.at <= len(line.text)
        assert sum(cell_len(part) for part, _ in line.spans(20, DARK)) <= 20


def test_typing_and_deleting_happen_at_the_cursor() -> None:
    line = EditLine.of("expc1")
    for key in ("home", "right", "right"):
        line = line.pressed(key) or line
    assert line.typed("-").text == "ex-pc1"
    assert (line.pressed("backspace") or line).text == "epc1"
    assert (line.pressed("ctrl+u") or line).text == "pc1"


def test_of_pasted_lines_only_the_first_with_text_is_taken() -> None:
    assert EditLine().typed("\n\n expe1\nexpe2").text == " expe1"


def test_a_masked_line_shows_nothing_of_its_text() -> None:
    line = EditLine.of("secret", masked=True)
    for ink in (DARK, PLAIN):
        shown = "".join(text for text, _ in line.spans(20, ink))
        assert "secret" not in shown and shown.count(ink.glyph("mask")) == 6


def test_a_line_of_the_greatest_length_is_drawn_without_measuring_all_of_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Ten thousand pasted characters must not make each key after them slow."""
    measured: list[int] = []

    def count(text: str) -> int:
        measured.append(len(text))
        return cell_len(text)

    monkeypatch.setattr("wizard.faces.tui.line.cell_len", count)
    line = EditLine().typed("漢" * 10_000)
    assert size(line.spans(40, Ink(THEMES["dark"]))) == 40
    assert sum(measured) < 10_000
