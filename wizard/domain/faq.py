"""Finds FAQ entries by word, symptom, release or option. Texts are handed over: this room reads no file."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from wizard.model.knowledge import Faq, Knowledge
from wizard.model.release import Release

_TOKEN = re.compile(r"x?\d+(?:\.\d+)+|[^\W_]+", re.IGNORECASE)
_OPTION = re.compile(r"\boption\s+([a-d])\b", re.IGNORECASE)
_MARKS = re.compile(r"^\s*(?:[-*]|\d+\.)\s+|\*+|`")
"""What a line of Markdown holds besides its words."""

_QUESTION, _TAG, _LINK, _RELEASE, _OPTION_WEIGHT, _ANSWER = 8, 7, 6, 6, 6, 1


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry that was found. `score` compares hits of one query only; `excerpt` is the line of the answer
    in which a word of the query stands, "" where none does."""

    entry: Faq
    score: int
    excerpt: str


def search(knowledge: Knowledge, answers: Mapping[str, str], query: str) -> tuple[Hit, ...]:
    """The entries that answer `query`, best first; all of them, in their order, for an empty query.

    `answers` are the answers in Markdown, by id. Each word of the query counts where it fits best: the
    question, the tags, the id and what it links to (symptoms among them), the releases and options it
    speaks of, the answer. Entries that hold more of the words come first; equals keep their order. Words of
    `faqsearch.common` are left out, unless there are no others.
    """
    words = _words(query, frozenset(knowledge.words.lines("faqsearch.common")))
    if not words:
        return tuple(Hit(entry, 0, "") for entry in knowledge.faq.values())
    found: list[tuple[int, int, Hit]] = []
    for entry in knowledge.faq.values():
        question, answer = knowledge.words.say(f"faq.{entry.id}.question"), answers[entry.id]
        weights = [_weight(entry, question, answer, word) for word in words]
        matched = sum(1 for weight in weights if weight)
        if matched:
            found.append((matched, sum(weights), Hit(entry, sum(weights), _excerpt(answer, words))))
    return tuple(hit for _, _, hit in sorted(found, key=lambda one: (-one[0], -one[1])))


def _words(query: str, common: frozenset[str]) -> tuple[str, ...]:
    options = [f"option:{letter.upper()}" for letter in _OPTION.findall(query)]
    rest = _TOKEN.findall(_OPTION.sub(" ", query).casefold())
    telling = [word for word in rest if word not in common]
    return tuple(dict.fromkeys([*options, *telling] or rest))


def _weight(entry: Faq, question: str, answer: str, word: str) -> int:
    if word.startswith("option:"):
        return _OPTION_WEIGHT if word.removeprefix("option:") in entry.options else 0
    release = _release(word)
    if release is not None and any(Release.parse(one) == release for one in entry.releases):
        return _RELEASE
    if _within(word, (question,)):
        return _QUESTION
    if _within(word, entry.tags):
        return _TAG
    if _within(word, (entry.id, entry.group, *entry.links)):
        return _LINK
    return _ANSWER if _within(word, (answer,)) else 0


def _release(word: str) -> Release | None:
    if "." not in word:
        return None
    try:
        return Release.parse(word)
    except ValueError:
        return None


def _within(word: str, texts: Iterable[str]) -> bool:
    return any(_same(word, other) for text in texts for other in _tokens(text))


def _tokens(text: str) -> Iterator[str]:
    return (match.casefold() for match in _TOKEN.findall(text))


def _same(word: str, other: str) -> bool:
    """Equal, one begins with the other, or they share most of their beginning: upload finds uploading,
    register finds registration."""
    if len(word) < 3 or len(other) < 4 or "." in word or word[0].isdigit():
        return word == other
    shared = next(
        (i for i, (a, b) in enumerate(zip(word, other, strict=False)) if a != b), min(len(word), len(other))
    )
    return shared == min(len(word), len(other)) or shared >= max(5, 0.7 * min(len(word), len(other)))


def _excerpt(answer: str, words: tuple[str, ...]) -> str:
    plain = [word for word in words if not word.startswith("option:")]
    for line in answer.splitlines():
        if not line.startswith(("#", "|", "```")) and any(_within(word, (line,)) for word in plain):
            return _MARKS.sub("", line)
    return ""
