"""What loading gives: shorthands written out, parts left out, and nothing heavier than is needed."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.knowledge.conftest import Copy
from wizard.knowledge import ALL, ContentError, languages, light_words, load
from wizard.model.knowledge import Knowledge
from wizard.model.release import Release


def test_a_single_value_of_a_condition_becomes_a_list_of_one(knowledge: Knowledge) -> None:
    question = knowledge.questions["public_ca"]
    assert question.routes[0].when == {"public_ca": ("no",)}
    assert question.asked_when == ({"certificates_tell": ("no",)},)


def test_a_list_of_conditions_stays_a_list(knowledge: Knowledge) -> None:
    assert len(knowledge.questions["peers_ignore_eku"].asked_when) > 1


def test_the_fixed_release_is_a_release(knowledge: Knowledge) -> None:
    assert knowledge.fixed_release == Release(15, 5, 20)


def test_limits_ascend_for_the_issuer_table(knowledge: Knowledge) -> None:
    days = [limit.since for limit in knowledge.issuer_table.limits]
    assert days == sorted(days) and len(days) == len(knowledge.validities) > 1


def test_every_issuer_is_in_the_table_by_name(knowledge: Knowledge) -> None:
    assert {names.issuer for names in knowledge.issuer_table.names} == set(knowledge.issuers)


def test_parts_that_are_not_asked_for_are_left_out_with_their_words(content: Path) -> None:
    plain = load(content, parts=frozenset())
    assert (plain.facts, plain.faq, plain.collect, plain.troubleshooting) == ({}, {}, (), None)
    assert plain.steps and plain.questions and plain.documents
    prefixes = {key.partition(".")[0] for key in plain.words.table}
    assert not prefixes & {"fact", "faq", "collect", "contradiction", "tui"}


def test_troubleshooting_comes_with_its_part(content: Path) -> None:
    read = load(content, parts={"troubleshooting"})
    assert read.troubleshooting is not None and read.troubleshooting.symptoms


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        ("documents.toml", 'id = "fn-74362"', 'id = "fn-74363"', "no document 'fn-74362'"),
        ("deadlines.toml", 'id = "x154"', 'id = "x154-b"', "write deadline.x154-b"),
    ],
)
def test_loading_refuses_what_dangles_and_what_has_no_words(
    copy: Copy, file: str, old: str, new: str, says: str
) -> None:
    copy.change(file, old, new)
    with pytest.raises(ContentError, match=says):
        load(copy.folder, parts=ALL - {"troubleshooting"})


def test_english_comes_first_among_the_languages(copy: Copy) -> None:
    (copy.folder / "words" / "de").mkdir()
    assert languages(copy.folder) == ("en", "de")


def test_light_words_are_those_of_the_files_named(content: Path) -> None:
    words = light_words(content, "en", ["questions"])
    assert words.say("question.public_ca.text")
    assert not words.has("step.inventory.title")


def test_light_words_need_no_pydantic_and_no_schema(content: Path) -> None:
    """The first screen has its words before anything heavy is loaded."""
    script = (
        "import sys; from pathlib import Path; from wizard.knowledge import light_words; "
        "light_words(Path(sys.argv[1]), 'en', ['questions']); "
        "print([name for name in ('pydantic', 'wizard.model.knowledge') if name in sys.modules])"
    )
    made = subprocess.run(
        [sys.executable, "-c", script, str(content)], capture_output=True, text=True, check=True
    )
    assert made.stdout.strip() == "[]"
