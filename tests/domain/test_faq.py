"""The FAQ is found by word, symptom, release and option."""

from pathlib import Path

import pytest

from wizard.domain.faq import Hit, search
from wizard.knowledge import faq_answer
from wizard.model.knowledge import Knowledge


@pytest.fixture(scope="module")
def answers(content: Path, knowledge: Knowledge) -> dict[str, str]:
    return {id: faq_answer(content, "en", id) for id in knowledge.faq}


def ids(hits: tuple[Hit, ...]) -> list[str]:
    return [hit.entry.id for hit in hits]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("cluster replication", "cluster-replication"),
        ("CLUSTER   Replicating!", "cluster-replication"),
        ("smart licence", "smart-licensing"),
        ("jabber cannot register", "mra-registration-fails"),
        ("neighbor-zone", "neighbor-zones-x154"),
        ("ssh 408", "mra-registration-fails"),
        ("EnableServerEkuUpload", "upload-on-x154"),
        ("digicert", "combined-from-ca"),
        ("what happens on 15 June 2026", "june-2026"),
        ("my upload is refused", "upload-refused"),
        ("private pki", "private-pki"),
    ],
)
def test_words_find_the_entry_they_are_about(
    knowledge: Knowledge, answers: dict[str, str], query: str, first: str
) -> None:
    assert ids(search(knowledge, answers, query))[0] == first


def test_a_symptom_finds_the_entries_that_lead_to_it(knowledge: Knowledge, answers: dict[str, str]) -> None:
    found = ids(search(knowledge, answers, "upload-refused"))
    linked = {id for id, faq in knowledge.faq.items() if "symptom:upload-refused" in faq.links}
    assert linked and set(found[: len(linked)]) == linked


def test_a_release_finds_the_entries_that_speak_of_it_however_it_is_written(
    knowledge: Knowledge, answers: dict[str, str]
) -> None:
    spoken = {id for id, faq in knowledge.faq.items() if "X15.5" in faq.releases}
    for query in ("X15.5", "x15.5", "15.5", "X15.5.0"):
        assert spoken <= set(ids(search(knowledge, answers, query))), query


def test_a_release_is_not_found_in_a_longer_one(knowledge: Knowledge, answers: dict[str, str]) -> None:
    assert "cucm-su3a" not in ids(search(knowledge, answers, "X15.5.2"))


@pytest.mark.parametrize("option", ["A", "B", "C", "D"])
def test_an_option_finds_the_entries_that_offer_it_and_no_others(
    knowledge: Knowledge, answers: dict[str, str], option: str
) -> None:
    offering = {id for id, faq in knowledge.faq.items() if option in faq.options}
    assert offering and set(ids(search(knowledge, answers, f"option {option.lower()}"))) == offering


def test_entries_with_more_of_the_words_come_first(knowledge: Knowledge, answers: dict[str, str]) -> None:
    found = ids(search(knowledge, answers, "enforce cluster X15.4"))
    assert found[0] == "enforce-on-x154"
    assert found.index("cluster-replication") < found.index("mra-certificates")


def test_an_empty_query_lists_all_in_their_order(knowledge: Knowledge, answers: dict[str, str]) -> None:
    assert ids(search(knowledge, answers, "  ")) == list(knowledge.faq)


def test_nothing_is_found_for_what_nobody_asked(knowledge: Knowledge, answers: dict[str, str]) -> None:
    assert search(knowledge, answers, "zzyzx") == ()


def test_words_that_are_common_do_not_count_beside_others(
    knowledge: Knowledge, answers: dict[str, str]
) -> None:
    assert search(knowledge, answers, "what is the zzyzx") == ()


def test_the_line_that_answers_is_shown_without_its_marks(
    knowledge: Knowledge, answers: dict[str, str]
) -> None:
    hit = next(h for h in search(knowledge, answers, "permissive") if h.entry.id == "cluster-replication")
    assert hit.excerpt == "Set the TLS verification mode to Permissive. This is less secure."


@pytest.mark.parametrize("word", ["classic", "renew", "upload", "permissive"])
def test_no_emphasis_is_left_in_the_line_that_answers(
    knowledge: Knowledge, answers: dict[str, str], word: str
) -> None:
    hits = search(knowledge, answers, word)
    assert hits and not any({"*", "`"} & set(hit.excerpt) for hit in hits)
