"""How questions and answers are worded and offered on a screen: what can be picked, and what stands there."""

from collections.abc import Iterator
from typing import Protocol

from wizard.faces import wording
from wizard.faces.session import Session
from wizard.model.deployment import UNKNOWN, USES
from wizard.model.knowledge import Source
from wizard.model.plan import Asked
from wizard.model.text import visible


class Say(Protocol):
    """Words by id."""

    def __call__(self, key: str, /, **args: str) -> str:
        """The sentence."""


def arguments(session: Session, asked: Asked) -> dict[str, str]:
    """What the words of a question are filled with."""
    return {"node": visible(asked.about), "fixed_release": str(session.knowledge.fixed_release)}


def choices(session: Session, asked: Asked) -> Iterator[str]:
    """The answers that can be picked, "I don't know" last."""
    question = session.question(asked)
    if question.kind == "nodes":
        yield from ("add", "load", "none")
        return
    if question.kind == "issuer":
        yield from session.knowledge.issuers
    elif question.kind == "release":
        yield from _used_elsewhere(session, asked)
    elif question.kind == "date":
        yield from _used_elsewhere(session, asked)
        yield from question.answers
    else:
        yield from question.answers
    yield UNKNOWN


def _used_elsewhere(session: Session, asked: Asked) -> Iterator[str]:
    """What the same question was answered with for other nodes: often it is the same again."""
    seen = (other for other in session.questions() if other.question == asked.question)
    values = dict.fromkeys(other.answer for other in seen if other.answer and other.key != asked.key)
    yield from (value for value in values if value not in (UNKNOWN, "never"))


def choice_words(session: Session, asked: Asked, value: str, say: Say) -> tuple[str, str]:
    """The title of an answer, and what it leads to."""
    question, words = session.question(asked), session.knowledge.words
    if question.kind == "nodes":
        names = ", ".join(node.name for node in session.deployment.nodes)
        if value == "none" and names:
            count = str(len(session.deployment.nodes))
            return say("tui.question.nodes-go-on", count=count), names
        if value != "none":
            return say(f"tui.question.nodes-{value}"), say(f"tui.question.nodes-{value}-leads")
    if value == UNKNOWN:
        return words.say("answer.unknown"), words.say("answer.unknown-leads")
    key = f"answer.{question.id}.{value}"
    if words.has(f"{key}.text"):
        return words.say(f"{key}.text"), words.say(f"{key}.leads")
    if question.kind == "issuer":
        return issuer_words(session, value, say)
    return value, say("tui.question.as-elsewhere")


def issuer_words(session: Session, id: str, say: Say) -> tuple[str, str]:
    """An issuer, and until when it issues combined certificates."""
    issuer = session.knowledge.issuers[id]
    if issuer.closed_from is None:
        return issuer.name, say("tui.question.issuer-open")
    day = issuer.closed_from.isoformat()
    state = "closed" if issuer.closed_from <= session.as_of else "closes"
    return issuer.name, say(f"tui.question.issuer-{state}", day=day)


def known_words(session: Session, asked: Asked, say: Say) -> str:
    """What is known at a path, asked or not, as it is said to people; "" where nothing is."""
    if asked.key == "uses":
        words = session.knowledge.words
        said = session.deployment.uses
        yes = [words.say(f"use.{use}") for use in USES if said.get(use) == "yes"]
        unknown = [words.say(f"use.{use}") for use in USES if said.get(use) == UNKNOWN]
        parts = [", ".join(yes)] if yes else []
        parts += [say("tui.review.uses-unknown", uses=", ".join(unknown))] if unknown else []
        if not parts and len(said) == len(USES):
            parts = [words.say("answer.uses.none.text")]
        return "\n".join(parts)
    return wording.answer_words(session.knowledge, asked) if asked.answer else ""


def label(session: Session, key: str) -> str:
    """What a path of the deployment is called."""
    words = session.knowledge.words
    if key.startswith("uses/"):
        return words.say(f"use.{key[5:]}")
    if not key.startswith("node/"):
        return words.say(f"key.{key.rpartition('/')[2]}")
    node = next((n.name for n in session.deployment.nodes if key.startswith(f"node/{n.name}/")), "")
    rest = key.removeprefix(f"node/{node}/").split("/")
    what = words.say(f"key.{rest[-1]}")
    if rest[0] in ("server_certificate", "client_certificate") and len(rest) > 1:
        what = f"{words.say(f'key.{rest[0]}')}, {what}"
    return words.say("key.of-node", node=visible(node), what=what)


def field_text(asked: Asked) -> str:
    """What stands in the field of a question that is typed into."""
    return asked.answer if asked.answer not in (UNKNOWN, "never") else ""


def source_in_short(source: Source, say: Say) -> str:
    """A source by the id of its document, and its section."""
    return say("tui.source-separator").join(part for part in (source.id, source.section) if part)
