"""What does not have the right shape is refused with file and place, all of it at once."""

from pathlib import Path

import pytest

from tests.knowledge.conftest import Copy
from wizard.knowledge import ContentError, content_folder, faq_answer, light_words, load


@pytest.mark.parametrize(
    ("file", "old", "new", "code", "says"),
    [
        ("documents.toml", 'id = "doc-225482"', "id = = 1", "not-toml", "not valid TOML"),
        ("edition.toml", "fixed_release =", "fixed_relaese =", "unknown-key", "fixed_release"),
        ("edition.toml", '"X15.5.20"', '"the newest"', "bad-entry", "is not a release"),
        (
            "edition.toml",
            "[edition]",
            "[edition]\nshade = 1",
            "bad-entry",
            "There are: id, reviewed, review_by",
        ),
        ("edition.toml", "reviewed = 2026-11-23", 'reviewed = "soon"', "bad-entry", "date"),
        ("tree/questions.toml", 'kind = "nodes"', 'kindd = "nodes"', "bad-entry", "Did you mean 'kind'?"),
        ("tree/questions.toml", 'kind = "nodes"', 'kind = "anything"', "bad-entry", "'choice'"),
        ("tree/questions.toml", '{ to = "uses" }', '{ tu = "uses" }', "bad-entry", "'to' is missing"),
        ("deadlines.toml", "source = { id = ", "source = { ids = ", "bad-entry", "Did you mean 'id'?"),
        ("facts/mra.toml", 'dated = "2026-02-13"', "", "bad-entry", "'dated' is missing"),
        ("facts/mra.toml", 'id = "mra-edge-before"', "", "bad-entry", "'id' is missing"),
        ("collect.toml", 'each = "once"', 'each = "twice"', "bad-entry", "'never'"),
    ],
)
def test_a_line_of_the_wrong_shape_is_named(
    copy: Copy, file: str, old: str, new: str, code: str, says: str
) -> None:
    copy.change(file, old, new)
    found = [problem for problem in copy.found() if problem.code == code]
    assert [problem.file for problem in found][:1] == [f"content/{file}"]
    assert any(says in problem.message for problem in found)


def test_the_line_and_the_id_of_a_bad_entry_are_given(copy: Copy) -> None:
    copy.change("documents.toml", 'id = "doc-225693"', 'id = "doc-225693"\ncolour = "red"')
    lines = (copy.folder / "documents.toml").read_text(encoding="utf-8").splitlines()
    line = lines.index('id = "doc-225693"')
    assert [problem.where for problem in copy.found() if problem.code == "bad-entry"] == [
        f"line {line}, document doc-225693, colour"
    ]


def test_all_problems_are_told_at_once_and_a_bad_entry_does_not_hide_another(copy: Copy) -> None:
    copy.change("documents.toml", 'dated = "2026-02-13"', "dated = 13")
    copy.change("faq.toml", 'group = "general"', "grup = 1")
    copy.change("collect.toml", 'each = "node"', 'each = "noode"')
    with pytest.raises(ContentError) as error:
        load(copy.folder)
    assert {problem.file for problem in error.value.problems} >= {
        "content/documents.toml",
        "content/faq.toml",
        "content/collect.toml",
    }
    assert str(error.value).count("content/faq.toml") >= 1


def test_text_that_is_not_utf_8_is_refused(copy: Copy) -> None:
    (copy.folder / "notices.toml").write_bytes(b'x = "\xff"')
    assert ("notices.toml", "not-toml") in copy.codes()


def test_an_id_used_twice_names_both_places(copy: Copy) -> None:
    copy.append(
        "facts/zz.toml",
        '[[fact]]\nid = "eku-what"\nsource = { id = "doc-225482" }\ndated = "2026"\nbears_on = ["page:eku"]',
    )
    twice = [problem for problem in copy.found() if problem.code == "id-twice"]
    assert [problem.file for problem in twice] == ["content/facts/zz.toml"]
    assert "content/facts/eku.toml" in twice[0].message


@pytest.mark.parametrize(
    ("file", "old", "what"),
    [
        ("edition.toml", "[edition]", "edition.toml"),
        ("edition.toml", 'fixed_release = "X15.5.20"', "edition.toml"),
        ("tree/questions.toml", 'start = "nodes"', "tree/questions.toml"),
    ],
)
def test_a_value_that_must_be_there_is_asked_for(copy: Copy, file: str, old: str, what: str) -> None:
    copy.change(file, old, "")
    assert (what, "missing") in copy.codes()


def test_words_twice_are_refused(copy: Copy) -> None:
    copy.append("words/en/zz.toml", '[fact]\neku-what = "Twice."')
    assert ("words/en/zz.toml", "words-twice") in copy.codes()


def test_words_that_are_no_words_are_refused(copy: Copy) -> None:
    copy.append("words/en/zz.toml", "[zz]\none = 1")
    assert ("words/en/zz.toml", "not-words") in copy.codes()


def test_a_language_that_is_not_there_is_refused_with_those_that_are(content: Path) -> None:
    with pytest.raises(ContentError, match="There are: en") as error:
        load(content, "tlh")
    assert error.value.problems[0].code == "no-language"


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="no content folder"):
        content_folder(tmp_path / "nowhere")


def test_a_folder_may_be_named(tmp_path: Path) -> None:
    assert content_folder(tmp_path) == tmp_path


def test_an_answer_that_is_not_there_is_refused(content: Path) -> None:
    with pytest.raises(ContentError, match=r"faq/none\.md"):
        faq_answer(content, "en", "none")


def test_light_words_of_a_file_that_is_not_there_are_refused(content: Path) -> None:
    with pytest.raises(ContentError, match=r"words/en/none\.toml"):
        light_words(content, "en", ["none"])
