"""Entries hold up by themselves: ids, dates in their order, a use for each, an answer to each question."""

import pytest

from tests.knowledge.conftest import Copy


@pytest.mark.parametrize(
    ("file", "old", "new", "code"),
    [
        ("edition.toml", "review_by = 2027", "review_by = 2025", "date-order"),
        ("facts/mra.toml", 'dated = "2026-02-13"', 'dated = ""', "no-date"),
        ("facts/mra.toml", 'dated = "2026-02-13"', 'dated = "13 February"', "bad-date"),
        ("facts/mra.toml", 'dated = "2026-02-13"', 'dated = "2026-02-30"', "bad-date"),
        ("facts/mra.toml", 'dated = "2026-02-13"', 'dated = "2031-01"', "date-order"),
        ("documents.toml", 'dated = "2026-02-13"', 'dated = "last week"', "bad-date"),
        ("facts/policy.toml", 'dated = "2026-02-05", by', 'dated = "later", by', "bad-date"),
        ("deadlines.toml", "was = { date = 2026-05-01", "was = { date = 2026-04-15", "date-order"),
        ("issuers/issuers.toml", "closed_from = 2027-03-01", "closed_from = 2024-03-01", "date-order"),
        ("issuers/issuers.toml", "days = 100", "days = 300", "date-order"),
        ("facts/mra.toml", 'id = "mra-core"', 'id = "MRA core"', "bad-id"),
    ],
)
def test_a_date_or_id_that_is_wrong_is_told(copy: Copy, file: str, old: str, new: str, code: str) -> None:
    copy.change(file, old, new)
    assert (file, code) in copy.codes()


def test_a_fact_without_a_source_is_told(copy: Copy) -> None:
    copy.change("facts/mra.toml", 'source = { id = "doc-225482"', 'source = { id = ""')
    assert ("facts/mra.toml", "no-source") in copy.codes()


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("documents.toml", '[[document]]\nid = "doc-0"'),
        (
            "facts/mra.toml",
            '[[fact]]\nid = "zz"\nsource = { id = "doc-225482" }\ndated = "2026"\nbears_on = []',
        ),
        (
            "facts/contradictions.toml",
            '[[contradiction]]\nid = "zz"\nsays = { id = "doc-225482" }\n'
            'but = { id = "fn-74362" }\nbears_on = []',
        ),
        ("issuers/issuers.toml", '[[issuer]]\nid = "zz"\nname = "ZZ"\nsource = { id = "fn-74362" }'),
        ("steps/phases.toml", '[[phase]]\nid = "zz"\nlead_days = 1'),
        ("unknowns.toml", '[[unknown]]\nsignal = "zz"\nsource = { id = "fn-74362" }'),
    ],
)
def test_an_entry_that_nothing_uses_is_told(copy: Copy, file: str, text: str) -> None:
    copy.append(file, text)
    assert (file, "unused") in copy.codes()


def test_a_kind_of_which_there_is_nothing_is_told(copy: Copy) -> None:
    (copy.folder / "unknowns.toml").unlink()
    assert [problem.where for problem in copy.found() if problem.code == "missing-kind"] == ["unknown"]


def test_missing_troubleshooting_is_told(copy: Copy) -> None:
    for path in (copy.folder / "troubleshooting").iterdir():
        path.unlink()
    (copy.folder / "troubleshooting").rmdir()
    assert ("troubleshooting", "missing-kind") in copy.codes()


def test_a_faq_entry_without_its_answer_is_told(copy: Copy) -> None:
    (copy.folder / "words/en/faq/https.md").unlink()
    assert ("faq.toml", "no-answer") in copy.codes()


def test_an_answer_without_its_faq_entry_is_told(copy: Copy) -> None:
    copy.append("words/en/faq/zz.md", "Nobody asked.")
    assert ("words/en/faq/zz.md", "answer-unused") in copy.codes()


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("words/en/faq/march-2026.md", "## Published since", "Published since"),
        ("words/en/faq/https.md", "No.", "No.\n\n## Published since\n\nNothing."),
    ],
)
def test_an_answer_says_what_changed_when_and_only_when_something_did(
    copy: Copy, file: str, old: str, new: str
) -> None:
    copy.change(file, old, new)
    assert (file, "answer-changed") in copy.codes()
