"""The review as lines: all that is known, with its origin, to be changed with the consequences told first."""

from collections.abc import Iterator
from dataclasses import dataclass

from wizard.domain.remarks import key_words
from wizard.faces import wording
from wizard.faces.plain import questions
from wizard.faces.plain.nodes import with_about
from wizard.faces.plain.talk import Talk, key_of
from wizard.faces.plain.turn import ask, changed_by, go_to, origin_words, say_changes, show_offers
from wizard.model.knowledge import Question
from wizard.model.plan import Asked
from wizard.model.text import visible

_HEAD = ("name", "customer", "prepared_by", "prepared_for")
_NONE = "-"


@dataclass(frozen=True, slots=True)
class _Row:
    """A line of the review: a field of the head, or a question with its answer."""

    field: str = ""
    asked: Asked | None = None


def review(talk: Talk) -> None:
    """List what is known and take a number to change."""
    console, words = talk.console, talk.words
    rows = (*(_Row(field=field) for field in _HEAD), *(_Row(asked=asked) for asked in _changeable(talk)))
    console.put()
    console.say("plain.review.heading")
    for number, row in enumerate(rows, 1):
        console.put(_row_words(talk, row), first=f"{number:>2}. ", rest="    ")
    for line in _rest(talk, rows):
        console.put(line, first="  - ", rest="    ")
    for discrepancy in talk.session.assessment.discrepancies:
        console.say(
            "plain.review.discrepancy",
            what=discrepancy.what,
            stated=discrepancy.stated,
            found=discrepancy.found,
            used=discrepancy.used,
        )
    for key in talk.session.walk.dormant:
        console.say("plain.review.dormant", what=key_words(words, key))
    while True:
        line = console.ask("plain.prompt.review")
        if not line:
            return
        if line.isdecimal() and 1 <= int(line) <= len(rows):
            _change(talk, rows[int(line) - 1])
            return
        console.refuse(words.say("refused.not-one", given=visible(line)))


def _changeable(talk: Talk) -> Iterator[Asked]:
    """The questions that have an answer, and what files told that a question could ask for."""
    session = talk.session
    seen = set(session.walk.dormant)
    for asked in session.questions():
        if asked.answer:
            seen.add(key_of(asked))
            yield asked
    by_fill = {question.fills: question for question in talk.knowledge.questions.values()}
    for known in session.assessment.known:
        question = _question_for(by_fill, known)
        if question is not None and known.origin != "default" and known.key not in seen:
            yield Asked(question.id, known.about, known.key, known.answer, known.origin, known.detail)


def _question_for(by_fill: dict[str, Question], known: Asked) -> Question | None:
    key = known.key
    if known.about:
        key = f"node/{key.removeprefix(f'node/{known.about}/')}"
    return by_fill.get(key)


def _rest(talk: Talk, rows: tuple[_Row, ...]) -> Iterator[str]:
    """What is known besides, that no question asks for: a cluster, a primary, a client certificate."""
    shown = {row.asked.key for row in rows if row.asked is not None}
    uses = "uses" in shown
    shown |= set(talk.session.walk.dormant)
    for known in talk.session.assessment.known:
        if known.key in shown or (uses and known.key.startswith("uses/")):
            continue
        answer, origin = visible(known.answer), origin_words(talk, known)
        what = key_words(talk.words, known.key)
        yield talk.words.say("plain.review.known", what=what, answer=answer, origin=origin)


def _row_words(talk: Talk, row: _Row) -> str:
    words, session = talk.words, talk.session
    if row.asked is None:
        value = str(getattr(session.deployment, row.field)) or _NONE
        return words.say("plain.review.head", what=words.say(f"plain.head.{row.field}"), value=value)
    return words.say(
        "plain.review.answer",
        question=wording.question_words(talk.knowledge, row.asked),
        answer=questions.answer_words(talk.knowledge, session.deployment, row.asked),
        origin=origin_words(talk, row.asked),
    )


def _change(talk: Talk, row: _Row) -> None:
    if row.asked is None:
        about = talk.console.ask("plain.prompt.head", what=talk.words.say(f"plain.head.{row.field}"))
        talk.change(with_about(talk.session.deployment, row.field, "" if about == _NONE else about))
        return
    if any(key_of(asked) == key_of(row.asked) for asked in talk.session.questions()):
        _ask_again(talk, row.asked)
        return
    _overrule(talk, row.asked)


def _ask_again(talk: Talk, asked: Asked) -> None:
    place = talk.session.place
    before = key_of(place.asked) if place is not None else ""
    talk.session.go_to(key_of(asked))
    again = talk.session.place
    if again is not None:
        ask(talk, again, moves=False)
    go_to(talk, before)


def _overrule(talk: Talk, asked: Asked) -> None:
    """Another answer than a file told: kept beside it, and reported as a discrepancy."""
    talk.console.put(wording.question_words(talk.knowledge, asked))
    show_offers(talk, asked)
    changed = changed_by(talk, asked)
    if changed is None or changed == talk.session.deployment:
        return
    say_changes(talk, talk.session.preview(changed))
    if talk.console.agreed("plain.prompt.change"):
        talk.change(changed)
        talk.standing()
