"""Reading content/troubleshooting: every problem with its place; a bad entry never hides a good one."""

from pathlib import Path

from tests.troubles import content, knowledge
from wizard.knowledge.troubleshooting import load_troubleshooting, needed_words, optional_words
from wizard.model.problems import Problem
from wizard.model.words import Words

GOOD = """
[[lookalike]]
id = "nat"
source = { id = "doc-212347" }
"""
NAT = Words("en", {"lookalike.nat.cause": "NAT", "lookalike.nat.check": "Look."})


def read(folder: Path, words: Words = NAT, **files: str) -> tuple[list[str], list[Problem]]:
    for name, text in files.items():
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    problems: list[Problem] = []
    found = load_troubleshooting(folder, words, problems)
    return list(found.lookalikes), problems


def test_a_good_file_has_no_problems(tmp_path: Path) -> None:
    assert read(tmp_path, good=GOOD) == (["nat"], [])


def test_a_file_that_is_not_toml_is_named_and_the_others_are_read(tmp_path: Path) -> None:
    found, problems = read(tmp_path, bad="[[lookalike", good=GOOD)
    assert found == ["nat"]
    assert [(p.file, p.code) for p in problems] == [(f"{tmp_path.name}/bad.toml", "not-toml")]


def test_unknown_tables_keys_and_values_are_named_with_their_place(tmp_path: Path) -> None:
    bad = '[[lookalik]]\nid = "x"\n[[cause]]\nid = "c"\ncertainty = "sure"\ncuers = []\n'
    found, problems = read(tmp_path, bad=bad, good=GOOD)
    assert found == ["nat"]
    assert {p.code for p in problems} == {"unknown-table", "bad-entry"}
    assert {"cause:c.certainty", "cause:c.cuers", "cause:c.source"} <= {p.where for p in problems}


def test_an_id_used_twice_names_the_first_place(tmp_path: Path) -> None:
    found, problems = read(tmp_path, a=GOOD, b=GOOD)
    assert found == ["nat"]
    assert [(p.code, p.where) for p in problems] == [("id-twice", "lookalike:nat")]
    assert "a.toml" in problems[0].message


def test_each_missing_word_is_a_problem(tmp_path: Path) -> None:
    _, problems = read(tmp_path, Words("en", {"lookalike.nat.cause": "NAT"}), good=GOOD)
    assert [(p.code, p.where) for p in problems] == [("no-words", "lookalike:nat")]
    assert "lookalike.nat.check" in problems[0].message


def test_a_single_value_may_stand_for_a_list_of_one() -> None:
    assert content().signatures["wrong-purpose"].patterns[0].all == ("unsupported certificate purpose",)
    assert content().signatures["licensing-registered"].patterns[0].begins == "Status: REGISTERED"
    assert content().signatures["service-timeout"].tells == {"mra_other": ("timeout",)}


def test_no_word_of_troubleshooting_is_without_an_entry() -> None:
    wanted = {*needed_words(content()), *optional_words(content())}
    kinds = {key.partition(".")[0] for key in wanted}
    assert {key for key in knowledge().words.table if key.partition(".")[0] in kinds} <= wanted
