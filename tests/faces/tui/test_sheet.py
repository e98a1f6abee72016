"""The sheet: tables keep words whole while they can, long lists make a row only when it is shown."""

from typing import TYPE_CHECKING

from wizard.faces.tui.ink import Ink, size
from wizard.faces.tui.sheet import Column, Sheet
from wizard.faces.tui.themes import THEMES

if TYPE_CHECKING:
    from wizard.faces.tui.line import EditLine

INK = Ink(THEMES["dark"])


def texts(sheet: Sheet) -> list[str]:
    return ["".join(text for text, _ in row.made()).rstrip() for row in sheet.rows]


def test_a_table_wraps_the_widest_column_and_keeps_its_words_whole() -> None:
    sheet = Sheet(60, INK)
    columns = [Column("Name", 4, wraps=True), Column("Why", 4, wraps=True), Column("Release", 7)]
    sheet.table(columns, [("a", ["expe1.example.com", "a long reason that has to give way " * 2, "X14.3.7"])])
    shown = texts(sheet)
    assert any("expe1.example.com" in line and "X14.3.7" in line for line in shown)
    assert all(size(row.made()) <= 60 for row in sheet.rows)


def test_digits_are_given_to_nine_items_and_no_more() -> None:
    sheet = Sheet(80, INK)
    for number in range(12):
        sheet.item(str(number), f"item {number}")
    assert [stop.digit for stop in sheet.stops] == [*"123456789", "", "", ""]


def test_zero_is_kept_for_dont_know() -> None:
    sheet = Sheet(80, INK)
    sheet.item("yes", "Yes")
    sheet.item("unknown", "I don't know", digit="0")
    sheet.item("no", "No")
    assert [stop.digit for stop in sheet.stops] == ["1", "0", "2"]


def test_a_long_list_makes_only_the_rows_that_are_looked_at() -> None:
    made: list[int] = []

    def cells(number: int) -> tuple[tuple[str, str], ...]:
        made.append(number)
        return ((f"row {number}", "ink"),)

    sheet = Sheet(80, INK)
    sheet.listing([Column("Name")], [40], [str(n) for n in range(10_000)], cells)
    assert made == []
    assert "row 7" in "".join(text for text, _ in sheet.rows[8].made())
    assert made == [7]


def test_gaps_do_not_add_up_and_none_is_at_the_top() -> None:
    sheet = Sheet(80, INK)
    sheet.gap()
    sheet.text("one")
    sheet.gap()
    sheet.gap()
    sheet.text("two")
    assert texts(sheet) == ["  one", "", "  two"]


def test_a_field_keeps_what_was_typed_when_it_is_drawn_again() -> None:

    edits: dict[str, EditLine] = {}
    Sheet(80, INK, edits).field("name", "Name", "first")
    edits["name"] = edits["name"].typed("!")
    sheet = Sheet(80, INK, edits)
    sheet.field("name", "Name", "first")
    assert "first!" in texts(sheet)[0]


def test_a_short_mark_after_a_title_stays_together() -> None:
    sheet = Sheet(60, Ink(THEMES["dark"]))
    title = "Renew the certificate of expe1.example.com as server-only"
    sheet.text(title, "accent", tail=("   Certificates into the stores", "faint"))
    assert [line.strip() for line in texts(sheet)] == [title, "Certificates into the stores"]
    sheet.item("a", "Back up", tail=("  no simple way back", "warn"))
    assert texts(sheet)[-1].endswith("Back up  no simple way back")
