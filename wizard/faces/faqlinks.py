"""What an answer of the FAQ leads on to, in words: questions, steps, symptoms; facts, dates, connections."""

from collections.abc import Iterator
from typing import NamedTuple

from wizard.domain.changes import step_title
from wizard.model.knowledge import Faq, Knowledge, Source
from wizard.model.words import placeholders

OPENS = ("question", "step", "symptom", "option")
"""Kinds of links that a screen can open; the others are told."""

_SOME = "…"


class Link(NamedTuple):
    """A link in words. `source` is where a fact stands."""

    kind: str
    id: str
    text: str
    source: Source | None = None


def links(knowledge: Knowledge, entry: Faq) -> Iterator[Link]:
    """The links of an entry, in its order."""
    for link in entry.links:
        kind, _, id = link.partition(":")
        yield from _told(knowledge, kind, id)


def _told(knowledge: Knowledge, kind: str, id: str) -> Iterator[Link]:
    words = knowledge.words
    match kind:
        case "question":
            fills = knowledge.questions[id].fills.rpartition("/")[2]
            yield Link(kind, id, words.say(f"key.{fills}"))
        case "step":
            # Of a step for each node or cluster, none is meant in particular.
            yield Link(kind, id, step_title(knowledge, f"{id}@{_SOME}"))
        case "symptom" | "outcome":
            yield Link(kind, id, words.say(f"{kind}.{id}.title"))
        case "option":
            yield Link(kind, id, f"{id} {words.say(f'option.{id}.title')}")
        case "fact":
            yield Link(kind, id, words.say(f"fact.{id}"), knowledge.facts[id].source)
        case "deadline":
            deadline = knowledge.deadlines[id]
            yield Link(
                kind, id, f"{deadline.date.isoformat()}: {words.say(f'deadline.{id}')}", deadline.source
            )
        case "contradiction":
            entry = knowledge.contradictions[id]
            yield Link(kind, id, words.say(f"contradiction.{id}.says"), entry.says)
            yield Link("but", id, words.say(f"contradiction.{id}.but"), entry.but)
            yield Link("followed", id, words.say(f"contradiction.{id}.followed"))
        case "notice":
            yield Link(kind, id, _notice(knowledge, id))
        case "connection":
            yield Link(kind, id, words.say(f"connection.{id}"))


def _notice(knowledge: Knowledge, id: str) -> str:
    """A notice without a deployment: what it would name stands open."""
    key = f"notice.{id}"
    named = placeholders(str(knowledge.words.table[key]))
    args = {**dict.fromkeys(named, _SOME), "fixed_release": str(knowledge.fixed_release)}
    return knowledge.words.say(key, **args)
