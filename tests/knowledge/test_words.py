"""Every id has its words, all words have an id, in each language, and a screen can show them as they are."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.knowledge.conftest import Copy
from wizard.knowledge.check import check
from wizard.knowledge.codescan import scan

CONNECTIONS = "connections/connections.toml"


@pytest.mark.parametrize(
    ("file", "old", "entry", "words"),
    [
        ("words/en/documents.toml", "fn-74345 =", "documents.toml", "document.fn-74345"),
        ("words/en/facts-mra.toml", "mra-core =", "facts/mra.toml", "fact.mra-core"),
        ("words/en/deadlines.toml", "x154 =", "deadlines.toml", "deadline.x154"),
        ("words/en/tree.toml", "no-action =", "tree/branches.toml", "tree.no-action"),
        ("words/en/faq.toml", "lets-encrypt =", "faq.toml", "faqgroup.lets-encrypt"),
        ("words/en/questions.toml", "core = {", "tree/questions.toml", "answer.role.core.text"),
        ("words/en/connections.toml", "https =", CONNECTIONS, "connection.https"),
        ("words/en/connections.toml", "https-server-auth =", CONNECTIONS, "why.https-server-auth"),
        ("words/en/options.toml", "core-only =", "options/options.toml", "need.core-only"),
        ("words/en/steps.toml", "pki-team =", "steps/options.toml", "owner.pki-team"),
    ],
)  # fmt: skip
def test_an_id_without_words_is_told_and_so_are_words_without_an_id(
    copy: Copy, file: str, old: str, entry: str, words: str
) -> None:
    """Words under a name that is misspelled are both: one id has none, and nothing asks for them."""
    copy.change(file, old, f"zz{old}")
    found = copy.found()
    assert [p.file for p in found if p.code == "no-words" and p.message.endswith(f"write {words}.")][:1] == [
        f"content/{entry}"
    ]
    assert f"content/{file}" in {p.file for p in found if p.code == "words-unused"}


def test_the_line_of_words_is_given(copy: Copy) -> None:
    copy.append("words/en/zz.toml", '[zz]\none = "Nobody asks for this."')
    assert [p.where for p in copy.found() if p.code == "words-unused"] == ["line 3, zz.one"]


def test_words_that_the_program_asks_for_must_be_there(copy: Copy, program: Callable[[str], Path]) -> None:
    folder = program(
        'def show(words, late):\n    return words.say("no.such") + words.say("a.b" if late else "c.d")\n'
    )
    found = {
        p.message.split()[4]: p.file for p in check(copy.folder, folder) if p.file.startswith("program/")
    }
    assert found == dict.fromkeys(("no.such", "a.b", "c.d"), "program/face.py:2")


def test_a_face_may_put_its_own_prefix_before_an_id(program: Callable[[str], Path]) -> None:
    folder = program('def say(words, key):\n    return words.say(f"fact.{key}")\n\nsay(None, "mra-core")\n')
    use = scan(folder)
    assert "fact." in use.prefixes
    assert use.uses("fact.mra-core", frozenset())
    assert not use.uses("fact.mra-zone", frozenset())
    assert use.uses("fact.mra-zone", frozenset({"mra-zone"}))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("A **bold** word", "emphasis"),
        ("An _underlined_ word", "emphasis"),
        ("A `command`", "a backtick"),
        ("A [link](https://example.com)", "square brackets"),
        ("A [red]word[/red]", "square brackets"),
        ("A <b>tag</b>", "a tag"),
        ("One | two", "an upright bar"),
        ("# Heading", "the beginning of a heading"),
        ("- item", "the beginning of a heading, quote or list"),
        ("Two  blanks", "blanks"),
        ("Blank at the end ", "blanks"),
        ("", "nothing"),
        ("A {Brace}", "a brace"),
        ("A } brace", "a brace"),
        ("A hidden\\u202emark", "an invisible character"),
        ("A tab\\there", "an invisible character"),
    ],
)
def test_words_that_a_screen_would_not_show_as_they_stand_are_told(copy: Copy, text: str, says: str) -> None:
    copy.change("words/en/facts-mra.toml", "mra-core = ", f'mra-core = "{text}" # ')
    found = [problem for problem in copy.found() if problem.code == "hazard"]
    assert [problem.file for problem in found] == ["content/words/en/facts-mra.toml"]
    assert says in found[0].message


@pytest.mark.parametrize(
    "text", ["eku_checking and {node} stay", "TCP 4371, 4372 (both)", "a < b", "X15.5.20 or later"]
)
def test_plain_words_are_no_hazard(copy: Copy, text: str) -> None:
    copy.change("words/en/facts-mra.toml", "mra-core = ", f'mra-core = "{text}" # ')
    assert not [problem for problem in copy.found() if problem.code == "hazard"]


@pytest.fixture
def german(copy: Copy) -> Copy:
    """A second language, so far the same as English."""
    shutil.copytree(copy.folder / "words/en", copy.folder / "words/de")
    return copy


def test_a_second_language_that_is_whole_has_no_problem(german: Copy) -> None:
    assert not [problem for problem in german.found() if "words/de" in problem.file]


@pytest.mark.parametrize(
    ("file", "old", "new", "code"),
    [
        ("words/de/questions.toml", "Which role does {node} have?", "Welche Rolle?", "other-placeholders"),
        (
            "words/de/questions.toml",
            "Which role does {node} have?",
            "Rolle von {nodes}?",
            "other-placeholders",
        ),
        ("words/de/facts-mra.toml", "mra-core =", "mra-kern =", "words-unused"),
        ("words/de/facts-mra.toml", 'mra-core = "', 'mra-core = ["Zwei", "Zeilen"] # "', "other-shape"),
    ],
)
def test_what_differs_in_a_second_language_is_told(
    german: Copy, file: str, old: str, new: str, code: str
) -> None:
    german.change(file, old, new)
    assert (file, code) in german.codes()


def test_words_missing_in_a_second_language_are_told(german: Copy) -> None:
    german.change("words/de/facts-mra.toml", "mra-core = ", "# ")
    assert [p.where for p in german.found() if p.code == "no-words"] == ["fact.mra-core"]


def test_an_answer_missing_in_a_second_language_is_told(german: Copy) -> None:
    (german.folder / "words/de/faq/https.md").unlink()
    assert ("faq.toml", "no-answer") in german.codes()
