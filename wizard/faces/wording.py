"""Questions, answers and sources as they are said to people, on a screen or line by line."""

from collections.abc import Iterable

from wizard.model.deployment import EKU_NAMES, UNKNOWN
from wizard.model.knowledge import Knowledge, Question, Source
from wizard.model.plan import Asked
from wizard.model.text import visible

_LONGEST_ANSWER = 1 << 16
"""Characters of an answer that are shown: the names of all nodes are one."""


def question_words(knowledge: Knowledge, asked: Asked, part: str = "text") -> str:
    """The words `question.ID.PART` (text, why, find) of a question about a node or about the deployment."""
    return knowledge.words.say(
        f"question.{asked.question}.{part}",
        node=visible(asked.about),
        fixed_release=str(knowledge.fixed_release),
    )


def answer_words(knowledge: Knowledge, asked: Asked) -> str:
    """The answer as it stands, in words; a release, a date or a name as it was given."""
    words, question = knowledge.words, knowledge.questions.get(asked.question)
    if asked.answer == UNKNOWN:
        return words.say("answer.unknown")
    if question is None:
        return visible(asked.answer, _LONGEST_ANSWER)
    if question.kind == "issuer" and asked.answer in knowledge.issuers:
        return knowledge.issuers[asked.answer].name
    key = f"answer.{question.id}.{value_of(question, asked.answer)}.text"
    return words.say(key) if words.has(key) else visible(asked.answer, _LONGEST_ANSWER)


def value_of(question: Question, answer: str) -> str:
    """The answer of the question that a stored value stands for: EKU names, and lists of them, by id."""
    if question.kind != "eku":
        return answer
    listed = {part.strip() for part in answer.split(",")}
    has = [not listed.isdisjoint((name, EKU_NAMES[name])) for name in ("serverAuth", "clientAuth")]
    if listed == {"[]"}:
        return "none"
    return {(True, True): "both", (True, False): "server", (False, True): "client"}.get(
        (has[0], has[1]), answer
    )


def source_words(knowledge: Knowledge, source: Source) -> str:
    """A source: document, section and date."""
    document = knowledge.documents.get(source.id)
    title = knowledge.words.say(f"document.{source.id}") if document is not None else source.id
    parts = (title, source.section, document.dated if document is not None else "")
    return ", ".join(part for part in parts if part)


def runs(numbers: Iterable[int]) -> str:
    """Numbers in ascending order, those that follow each other as a range: `1, 3-5`."""
    found: list[list[int]] = []
    for number in sorted(numbers):
        if found and number == found[-1][-1] + 1:
            found[-1].append(number)
        else:
            found.append([number])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in found)
