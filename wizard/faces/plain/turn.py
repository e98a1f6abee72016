"""One turn of the line mode: show the question one is at, take a line, and say how things stand then."""

from wizard.domain.answers import AnswerError, Given
from wizard.faces import wording
from wizard.faces.plain import questions
from wizard.faces.plain.nodes import ask_nodes
from wizard.faces.plain.talk import Talk
from wizard.faces.session import Place
from wizard.model.deployment import Deployment
from wizard.model.plan import Asked, Change

_ALL = " all"
MOST_CHANGES = 12
"""Changes of the plan that are told before an answer is changed; the rest are counted."""


def ask(talk: Talk, place: Place, *, moves: bool = True) -> None:
    """Show the question and take its answer; nothing typed keeps the one it has.

    Where it `moves`, the next question comes after it.
    """
    asked = place.asked
    show(talk, place)
    before = talk.session.deployment
    if talk.session.question(asked).kind == "nodes":
        ask_nodes(talk, asked)
    else:
        changed = changed_by(talk, asked)
        if changed is not None and not confirmed(talk, asked, changed):
            return
        talk.change(changed or before)
    if moves:
        talk.session.go_on(asked)
    if talk.session.deployment != before:
        talk.standing()


def changed_by(talk: Talk, asked: Asked) -> Deployment | None:
    """The deployment with the answer that is typed; None where the present one is kept."""
    while True:
        line = talk.console.ask("plain.prompt.answer")
        if not line:
            if asked.answer:
                return None
            talk.console.say("plain.type-an-answer")
            continue
        try:
            return _changed(talk, asked, line)
        except AnswerError as error:
            refuse(talk, error)


def show(talk: Talk, place: Place) -> None:
    """The question, why it is asked, and its answers by number."""
    console, words, asked = talk.console, talk.words, place.asked
    about = words.say("plain.question-about", id=asked.question, node=asked.about)
    console.put()
    console.say(
        "plain.question",
        number=str(place.number),
        total=str(place.total),
        id=about if asked.about else asked.question,
    )
    console.put(wording.question_words(talk.knowledge, asked))
    console.put(wording.question_words(talk.knowledge, asked, "why"))
    show_offers(talk, asked)


def show_offers(talk: Talk, asked: Asked) -> None:
    """The answers by number, how to type others, and the answer there is."""
    console, words = talk.console, talk.words
    kind = talk.session.question(asked).kind
    if kind == "nodes":
        return
    offered = _offers(talk, asked)
    for number, offer in enumerate(offered, 1):
        leads = words.say("plain.offer", text=offer.text, leads=offer.leads) if offer.leads else offer.text
        console.put(leads, first=f"{number:>2}. ", rest="    ")
    console.put(words.say("answer.unknown"), first=" 0. ", rest="    ")
    if kind == "date":
        console.say("plain.how.date-or" if offered else "plain.how.date")
    elif kind in ("uses", "release"):
        console.say(f"plain.how.{kind}")
    pending = [a for a in (talk.session.walk.next, *talk.session.walk.ahead) if a is not None]
    if asked.about and sum(a.question == asked.question for a in pending) > 1 and not asked.answer:
        console.say("plain.how.all")
    if asked.answer:
        answer = questions.answer_words(talk.knowledge, talk.session.deployment, asked)
        console.say("plain.now", answer=answer, origin=origin_words(talk, asked))
    elif kind == "uses" and (known := questions.uses_words(talk.knowledge, talk.session.deployment)):
        console.say("plain.known-so-far", known=known)


def help_on(talk: Talk, place: Place | None) -> None:
    """Why the question is asked, where to find the answer, its source, facts on it; then the commands."""
    console, knowledge = talk.console, talk.knowledge
    if place is not None:
        asked = place.asked
        console.put(wording.question_words(knowledge, asked, "why"))
        find = wording.question_words(knowledge, asked, "find")
        console.say("plain.help.find", find=find)
        source = wording.source_words(knowledge, talk.session.question(asked).source)
        console.say("plain.help.source", source=source)
        bears = f"question:{asked.question}"
        for fact in knowledge.facts.values():
            if bears in fact.bears_on and fact.overtaken is None:
                told = knowledge.words.say(f"fact.{fact.id}")
                console.say("plain.help.fact", fact=told, source=wording.source_words(knowledge, fact.source))
    for line in knowledge.words.lines("plain.help.commands"):
        console.put(line, rest="  ")


def _offers(talk: Talk, asked: Asked) -> tuple[questions.Offer, ...]:
    return questions.offers(talk.knowledge, asked, talk.session.as_of)


def _changed(talk: Talk, asked: Asked, line: str) -> Deployment:
    """The deployment with the answer that a line means.

    Raises:
        AnswerError: it means none.
    """
    for_all = talk.session.question(asked).kind != "uses" and line.casefold().endswith(_ALL)
    text = line[: -len(_ALL)].strip() if for_all else line
    deployment = talk.session.deployment
    value: Given = questions.given(talk.knowledge, deployment, asked, _offers(talk, asked), text)
    if for_all and asked.about and isinstance(value, str):
        return talk.session.same_for_all(asked, value)
    return talk.session.answered(asked, value)


def confirmed(talk: Talk, asked: Asked, changed: Deployment) -> bool:
    """Whether an answer given before is to be changed: first it is said what that does to the plan."""
    if not asked.answer or changed == talk.session.deployment:
        return True
    found = talk.session.preview(changed)
    if not found:
        talk.console.say("plain.changes-nothing")
        return True
    say_changes(talk, found)
    return talk.console.agreed("plain.prompt.change")


def say_changes(talk: Talk, found: tuple[Change, ...]) -> None:
    """What differs in the plan, what matters most first."""
    for change in found[:MOST_CHANGES]:
        talk.console.put(change.text, first="- ", rest="  ")
    if len(found) > MOST_CHANGES:
        talk.console.say("plain.more-changes", count=str(len(found) - MOST_CHANGES))


def refuse(talk: Talk, error: AnswerError) -> None:
    """Say why a line was no answer."""
    talk.failed = talk.failed or not talk.console.interactive
    talk.console.refuse(talk.words.say(f"refused.{error.code}", **error.args_for_words))


def origin_words(talk: Talk, asked: Asked) -> str:
    """Where an answer comes from: a file with its place, or somebody who typed it."""
    key = asked.origin or "answered"
    return talk.words.say(f"plain.origin.{key}", detail=asked.detail)


def go_to(talk: Talk, key: str) -> None:
    """Show the question of that key next; "" for the first that is open, or the end."""
    talk.session.go_to(key or talk.first_open())
