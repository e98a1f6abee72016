"""Markdown taken apart and drawn: what is written is what is shown, and nothing of it can do anything."""

from hypothesis import given
from hypothesis import strategies as st

from wizard.faces.markdown import code, escape
from wizard.faces.markdown.escape import one_line, table
from wizard.faces.tui.ink import Ink, size
from wizard.faces.tui.marked import draw_markdown
from wizard.faces.tui.marks import Code, Heading, Item, Paragraph, Table, blocks, spans
from wizard.faces.tui.sheet import Sheet
from wizard.faces.tui.themes import THEMES


def plain(text: str) -> str:
    return "".join(part for part, _ in spans(text))


@given(st.text(max_size=60))
def test_text_of_strangers_is_shown_as_it_is(text: str) -> None:
    assert plain(escape(text)) == one_line(text)
    assert plain(code(text)) == one_line(text)


@given(st.lists(st.text(max_size=30), min_size=2, max_size=2))
def test_text_of_strangers_stays_in_its_cell_of_a_table(texts: list[str]) -> None:
    found = list(blocks(table(["a", "b"], [[escape(text) for text in texts]])))
    assert len(found) == 1
    shown = found[0]
    assert isinstance(shown, Table)
    row = ["".join(part for part, _ in cell) for cell in shown.rows[0]]
    assert row == [one_line(text) for text in texts]


def test_strong_emphasis_and_code_have_roles_of_their_own() -> None:
    assert spans("a **b** `c` *d* e") == (
        ("a ", "ink"), ("b", "strong"), (" ", "ink"), ("c", "code"), (" ", "ink"), ("d", "strong"),
        (" e", "ink"),
    )  # fmt: skip


def test_a_star_alone_is_a_star() -> None:
    assert plain("2 * 3 and *") == "2 * 3 and *"


def test_an_address_is_text_like_any_other() -> None:
    assert spans("see <https://g.co/x>, [not](a-link)") == (("see https://g.co/x, [not](a-link)", "ink"),)


def test_the_blocks_that_the_plan_is_written_with() -> None:
    text = [
        "## Steps", "", "Some words.", "", "- [x] **1. Done**", "  - Owner: me", "", "    ```text",
        "    run it", "    ```", "1. First", "| a | b |", "| --- | --- |", r"| 1 \| 2 | 3 |",
    ]  # fmt: skip
    found = list(blocks(text))
    assert [type(block) for block in found] == [Heading, Paragraph, Item, Item, Code, Item, Table]
    task, sub, fence, numbered = (found[at] for at in (2, 3, 4, 5))
    assert isinstance(task, Item) and task.box is True
    assert isinstance(sub, Item) and sub.depth == 1
    assert isinstance(fence, Code) and fence.lines == ("run it",)
    assert isinstance(numbered, Item) and numbered.lead == "1."


@given(st.integers(min_value=20, max_value=130), st.lists(st.text(max_size=80), min_size=1, max_size=7))
def test_a_table_of_any_shape_stays_within_the_page(width: int, cells: list[str]) -> None:
    sheet = Sheet(width, Ink(THEMES["dark"]))
    draw_markdown(sheet, table([f"title {n}" for n in range(len(cells))], [map(escape, cells)]))
    assert all(size(row.made()) <= width for row in sheet.rows)


def test_a_column_that_would_take_many_lines_beside_many_others_is_told_below() -> None:
    """From and to of a connection are long: in a narrow column of their own nobody could read them."""
    ends = "expc1.example.com, expc2.example.com to expe1.example.com, expe2.example.com"
    header = ["No.", "Connection", "Ends", "Today", "After the next renewal", "After this plan"]
    row = ["1", "UC traversal zone (SIP TLS)", ends, "works", "fails", "works"]
    sheet = Sheet(82, Ink(THEMES["dark"]))
    draw_markdown(sheet, table(header, [row]))
    lines = ["".join(text for text, _ in row.made()).rstrip() for row in sheet.rows]
    assert any(line.strip().startswith("Ends: expc1.example.com, expc2.example.com") for line in lines), lines
    assert all("Ends" not in line for line in lines if "Today" in line)
