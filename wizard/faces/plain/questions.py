"""A question as lines: the answers it offers by number, and what a typed line means."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from wizard.domain.answers import AnswerError, Given
from wizard.domain.horizon import answers_to_try
from wizard.faces import wording
from wizard.model.deployment import UNKNOWN, USES, Deployment
from wizard.model.knowledge import Knowledge
from wizard.model.plan import Asked
from wizard.model.text import visible

DONT_KNOW = ("0", "?")
NONE = "none"
NO = "no"


@dataclass(frozen=True, slots=True)
class Offer:
    """An answer that a number stands for: its value, its words, what it leads to ("" where not said)."""

    value: str
    text: str
    leads: str = ""


def offers(knowledge: Knowledge, asked: Asked, as_of: date) -> tuple[Offer, ...]:
    """The answers of a question by number, from 1; "I don't know" is not among them."""
    return tuple(_offers(knowledge, asked, as_of))


def _offers(knowledge: Knowledge, asked: Asked, as_of: date) -> Iterator[Offer]:
    question, words = knowledge.questions[asked.question], knowledge.words
    if question.kind == "release":
        for release in answers_to_try(knowledge, asked, as_of):
            yield Offer(release, release)
    elif question.kind == "issuer":
        for id, issuer in knowledge.issuers.items():
            yield Offer(id, issuer.name, words.say(f"issuer.{id}"))
    elif question.kind != "nodes":
        for value in question.answers:
            key = f"answer.{question.id}.{value}"
            yield Offer(value, words.say(f"{key}.text"), words.say(f"{key}.leads"))


def given(
    knowledge: Knowledge, deployment: Deployment, asked: Asked, offered: tuple[Offer, ...], line: str
) -> Given:
    """What a line means as an answer: a number of those offered, a value, or words of an answer.

    Raises:
        AnswerError: it means none of them.
    """
    question = knowledge.questions[asked.question]
    if question.kind == "uses":
        return _uses(deployment, line)
    if line in DONT_KNOW or line.casefold() == UNKNOWN:
        return UNKNOWN
    wanted = line.casefold()
    for number, offer in enumerate(offered, 1):
        if wanted in (str(number), offer.value.casefold(), offer.text.casefold()):
            return offer.value
    if question.kind == "release" and line.isdecimal():
        # A number that is not offered would be taken for a release such as X7.0.
        raise AnswerError("not-one", given=visible(line))
    return line


def _uses(deployment: Deployment, line: str) -> Given:
    """Numbers or ids of the uses there are, one with a question mark: not known, one with a minus: not there.

    A use that a dump told stays as it is while nothing is said of it.
    """
    told: dict[str, str] = {use: deployment.uses[use] for use in USES if from_evidence(deployment, use)}
    if line in DONT_KNOW or line.casefold() == UNKNOWN:
        return {str(use): told.get(use, UNKNOWN) for use in USES}
    said: dict[str, str] = {use: told.get(use, NO) for use in USES}
    if line.casefold() == NONE:
        return said
    for part in line.replace(",", " ").split():
        name, value = part.removeprefix("-").removesuffix("?"), "yes"
        if part.startswith("-"):
            value = NO
        elif part.endswith("?"):
            value = UNKNOWN
        said[_use(name, part)] = value
    return said


def _use(name: str, part: str) -> str:
    numbered = {str(number): use for number, use in enumerate(USES, 1)}
    use = numbered.get(name, name.casefold())
    if use not in USES:
        raise AnswerError("not-one", given=visible(part))
    return use


def from_evidence(deployment: Deployment, use: str) -> bool:
    """Whether a file told of that use."""
    origin = deployment.origins.get(f"uses/{use}")
    return use in deployment.uses and origin is not None and origin.kind in ("certificate", "dump")


def uses_words(knowledge: Knowledge, deployment: Deployment) -> str:
    """What is known of the uses, by number: those there are, and those that nobody could tell."""
    words = knowledge.words
    known = []
    for number, use in enumerate(USES, 1):
        value = deployment.uses.get(use)
        if value == "yes":
            known.append(words.say("plain.use-yes", number=str(number)))
        elif value == UNKNOWN:
            known.append(words.say("plain.use-unknown", number=str(number)))
        elif value == NO and from_evidence(deployment, use):
            known.append(words.say("plain.use-no", number=str(number)))
    return ", ".join(known)


def answer_words(knowledge: Knowledge, deployment: Deployment, asked: Asked) -> str:
    """The answer as it stands, in words."""
    question = knowledge.questions[asked.question]
    if question.kind == "uses":
        return uses_words(knowledge, deployment) or knowledge.words.say("phrase.none")
    if question.kind == "nodes" and not deployment.nodes:
        return knowledge.words.say("answer.nodes.none.text")
    return wording.answer_words(knowledge, asked)
