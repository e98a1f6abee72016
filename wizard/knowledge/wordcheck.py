"""Whether every id has its words and all words have an id, in each language, and can be shown as they are."""

import re
from collections.abc import Iterator
from pathlib import Path

from wizard.knowledge.codescan import CodeUse
from wizard.knowledge.content import Content
from wizard.knowledge.files import line_of_key
from wizard.knowledge.wordfiles import languages, read_words
from wizard.knowledge.wordsof import PATTERNS, needed_by_entries, words_missing
from wizard.model.problems import Problem
from wizard.model.words import placeholders

_HAZARDS: tuple[tuple[re.Pattern[str], str], ...] = (
    (
        re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]"),
        "an invisible character",
    ),
    (re.compile(r"`"), "a backtick"),
    (re.compile(r"\*\*|__|(?<!\w)[*_]\w[^*_]*\w[*_](?!\w)"), "emphasis"),
    (re.compile(r"\[/?[a-z$@!][^\]]*\]|\]\("), "square brackets, which a screen reads as markup"),
    (re.compile(r"</?[a-zA-Z!][^>]*>"), "a tag"),
    (re.compile(r"\|"), "an upright bar, which ends a table's cell"),
    (re.compile(r"^\s*(#{1,6}|>|[-*+]|\d+\.)\s"), "the beginning of a heading, quote or list"),
    (re.compile(r"^\s|\s$|  "), "blanks at an end or doubled"),
    (re.compile(r"\{(?![a-z][a-z0-9_]*\})|(?<![a-z0-9_])\}"), "a brace that is no placeholder"),
)
_FACES = ("markdown", "plain", "tui", "table", "cli")
"""Beginnings of the names of word files that a face owns: there marks, blanks and Markdown are meant."""
_EVEN_THERE = frozenset({_HAZARDS[0][1], _HAZARDS[-1][1]})


def words_there(content: Content, code: CodeUse) -> Iterator[Problem]:
    """Every id without words and, for the first language, all words without an id."""
    needed = dict(needed_by_entries(content))
    yield from words_missing(content)
    optional: frozenset[str] = frozenset()
    troubles: frozenset[str] = frozenset()
    if content.troubleshooting is not None:
        from wizard.knowledge.troubleshooting import needed_words, optional_words

        troubles = frozenset(needed_words(content.troubleshooting))
        optional = optional_words(content.troubleshooting)
    kinds = frozenset(pattern.split(".")[0] for patterns in PATTERNS.values() for pattern in patterns)
    ids = _all_ids(content)
    for key, path in content.word_places.items():
        if key in needed or key in troubles or key in optional:
            continue
        # Words of a kind of entry are its entries' own: an id elsewhere in the content gives them no use.
        own = key.partition(".")[0] in kinds
        if not code.uses(key, frozenset() if own else ids):
            message = f"Nothing asks for {key}. Remove it, or write the entry or the use that it belongs to."
            yield _problem(content, path, key, "words-unused", message)


def words_asked(content: Content, code: CodeUse) -> Iterator[Problem]:
    """Every id that the program asks for by name and that has no words."""
    for key, place in code.asked:
        if not any(content.words.has(name) for name in code.names(key)):
            message = f"The program asks for {key} here, which has no words. Write them."
            yield Problem(place, "", "no-words", message)


def hazards(content: Content) -> Iterator[Problem]:
    """All words that a screen or a Markdown page would not show as they stand."""
    for key, value in content.words.table.items():
        path = content.word_places[key]
        owned = path.stem.startswith(_FACES)
        for line in (value,) if isinstance(value, str) else value:
            found = [name for pattern, name in _HAZARDS if pattern.search(line)]
            if owned:
                found = [name for name in found if name in _EVEN_THERE]
            elif not line:
                found = ["nothing"]
            if found:
                message = f"These words hold {', '.join(found)}. Write them as plain text."
                yield _problem(content, path, key, "hazard", message)


def translations(content: Content) -> Iterator[Problem]:
    """What differs between English and each further language: ids, placeholders, sentence or list."""
    source = content.source
    for language in languages(source.folder):
        if language == content.words.language:
            continue
        before = len(source.problems)
        words, places = read_words(
            source, language, frozenset(["facts", "faq", "collect", "troubleshooting", "screens"])
        )
        yield from source.problems[before:]
        del source.problems[before:]
        for key, path in places.items():
            if key not in content.words.table:
                yield _problem(
                    content, path, key, "words-unused", f"{key} is not there in English. Remove it."
                )
                continue
            theirs, ours = words.table[key], content.words.table[key]
            if isinstance(theirs, str) != isinstance(ours, str):
                kind = "a sentence" if isinstance(ours, str) else "a list of sentences"
                yield _problem(
                    content, path, key, "other-shape", f"In English it is {kind}. Write it so here."
                )
            if _holes(theirs) != _holes(ours):
                wanted = ", ".join(f"{{{name}}}" for name in sorted(_holes(ours))) or "none"
                message = f"The placeholders differ from those of English, which are: {wanted}. Use the same."
                yield _problem(content, path, key, "other-placeholders", message)
        for key in content.words.table:
            if key not in places:
                name = f"{source.folder.name}/words/{language}"
                yield Problem(name, key, "no-words", f"{key} has no words in {language!r}. Write them.")


def _holes(value: str | tuple[str, ...]) -> frozenset[str]:
    return placeholders(value if isinstance(value, str) else "\n".join(value))


def _all_ids(content: Content) -> frozenset[str]:
    found = {place.id for places in content.places.values() for place in places}
    if content.troubleshooting is not None:
        found |= {place.partition(":")[2] for place in content.troubleshooting.places}
    return frozenset(found)


def _problem(content: Content, path: Path, key: str, code: str, message: str) -> Problem:
    line = line_of_key(path, key)
    return Problem(content.source.name(path), f"line {line}, {key}" if line else key, code, message)
