"""Escaping: whatever a stranger wrote is shown as it is and is read as nothing else.

Why it matters: names come from certificates and files of others, and the plan is read in viewers that make
links, tables and HTML of what looks like them.
"""

from collections.abc import Iterator

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from wizard.faces.markdown.escape import code, escape, fence, one_line, table

HOSTILE = (
    "| a | b |", "# heading", "> quote", "- [ ] task", "* item", "+ item", "1. item", "1) item", "===",
    "---", "```", "~~~", "`code`", "``", "**bold**", "__bold__", "_it_", "~~gone~~", "[a](http://b)",
    "![i](j)", "[x]: y", "<b>x</b>", "<!-- c -->", "<script>", "&lt;", "&#60;", "http://evil.example/x",
    "https://a", "www.evil.example", "mailto:a@b.example", "//evil.example", "\\", "\\|", "a\\",
    "line\nbreak", "two  \nspaces", "tab\tbed", "    code", "\x1b[31m", "\u202eright", "a_b_c", "$x$",
    "[^1]", "|---|", "a\u2028b", "*", "_", "1.", "-", "]( ", "<http://x>", "snake_case", "X14.3.7",
    "B2B & more", "Maintenance > Backup", "a*b*c", "[click=app.quit]x[/]", "`" * 7,
)  # fmt: skip

texts = st.one_of(
    st.text(max_size=60),
    st.text(alphabet="`*_[]()<>|~#$\\!&;:/.-+=1 aw\n\t\"'{}^@%", max_size=40),
    st.lists(st.sampled_from(HOSTILE), max_size=4).map(" ".join),
)


def gfm() -> MarkdownIt:
    """A reader as GitHub's: tables, strikethrough, links out of plain addresses, HTML let through.

    Links out of bare host names and mail addresses are left out: GitHub makes none of the former.
    """
    reader = MarkdownIt("gfm-like", {"html": True})
    assert reader.linkify is not None
    reader.linkify.set({"fuzzy_link": False, "fuzzy_email": False})
    return reader


READER = gfm()


def inline(text: str) -> list[Token]:
    """The inline tokens of a text that must be one paragraph."""
    tokens = READER.parse(text)
    assert [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"], text
    return tokens[1].children or []


def shown(tokens: list[Token]) -> str:
    assert {token.type for token in tokens} <= {"text"}, tokens
    return "".join(token.content for token in tokens)


@given(texts)
@example("")
def test_escaped_text_shows_itself_and_is_nothing_but_text(text: str) -> None:
    if one_line(text):
        assert shown(inline(escape(text))) == one_line(text)
    else:
        assert escape(text) == ""


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_shows_itself(text: str) -> None:
    assert shown(inline(escape(text))) == one_line(text)


@given(texts, texts)
def test_cells_never_break_their_table(first: str, second: str) -> None:
    lines = table(("one", "two"), [(escape(first), code(second))])
    tokens = READER.parse("\n".join(lines))
    assert [token.type for token in tokens].count("td_open") == 2
    assert tokens[0].type == "table_open"
    assert tokens[-1].type == "table_close"
    cells = [token for token in tokens if token.type == "inline"][2:]
    assert shown(cells[0].children or []) == one_line(first)
    assert {t.type for t in cells[1].children or []} <= {"text", "code_inline"}
    assert "".join(t.content for t in cells[1].children or []) == one_line(second)


@given(texts)
def test_a_name_as_code_shows_itself(text: str) -> None:
    if one_line(text):
        tokens = inline(code(text))
        assert {token.type for token in tokens} <= {"text", "code_inline"}
        assert "".join(token.content for token in tokens) == one_line(text)


@given(texts)
def test_escaped_text_stays_in_its_list_item_heading_and_task(text: str) -> None:
    page = f"# x {escape(text)}\n\n- {escape(text)}\n- [ ] **1. {escape(text)}**\n"
    kinds = [token.type for token in READER.parse(page) if not token.type.startswith(("inline", "paragraph"))]
    assert kinds == [
        "heading_open", "heading_close", "bullet_list_open", "list_item_open", "list_item_close",
        "list_item_open", "list_item_close", "bullet_list_close",
    ]  # fmt: skip


@given(st.lists(texts, min_size=1, max_size=3))
def test_commands_never_end_their_fence(lines: list[str]) -> None:
    tokens = READER.parse("\n".join([*fence(lines), "", "after"]))
    assert [token.type for token in tokens] == ["fence", "paragraph_open", "inline", "paragraph_close"]
    assert tokens[0].content == "".join(f"{one_line(line)}\n" for line in lines)


def test_plain_words_stay_plain() -> None:
    for text in (
        "expe1.example.com",
        "Maintenance > Security",
        "B2B & IM&P (X15.5.20)",
        "server_certificate",
        "1.0",
    ):
        assert escape(text) == text


def test_bare_web_addresses_make_no_link_on_github() -> None:
    """GitHub links `www.`, which the reader of these tests does only together with every bare name."""
    assert escape("see www.evil.example") == "see www\\.evil.example"


def test_no_control_or_direction_mark_is_left() -> None:
    assert escape("a\x1b[2J\u202eb\x07") == "a\\\\x1b\\[2JU+202Eb\\\\x07"


def test_a_table_lines_up_as_plain_text() -> None:
    def columns(line: str) -> Iterator[int]:
        return (at for at, character in enumerate(line) if character == "|")

    lines = table(("Node", "Days"), [("a", "1"), ("longer name", "200")])
    assert len({tuple(columns(line)) for line in lines}) == 1
