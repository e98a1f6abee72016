"""The FAQ line by line: found by words, an answer told by its number in the whole list."""

from wizard.domain.faq import search
from wizard.faces.faqlinks import links
from wizard.faces.plain.console import Console
from wizard.faces.plain.desk import Desk
from wizard.faces.wording import source_words
from wizard.model.knowledge import Faq, Knowledge
from wizard.model.text import visible


def tell(console: Console, desk: Desk, wanted: str) -> None:
    """`wanted` is a number: that answer; words: the questions they fit best; "": all questions."""
    knowledge, answers = desk.faq()
    entries = list(knowledge.faq.values())
    if wanted.isdecimal():
        if 1 <= int(wanted) <= len(entries):
            entry = entries[int(wanted) - 1]
            _answer(console, knowledge, entry, answers[entry.id])
        else:
            console.refuse(console.words.say("refused.no-faq", given=visible(wanted)))
        return
    numbers = {entry.id: number for number, entry in enumerate(entries, 1)}
    hits = search(knowledge, answers, wanted)
    console.put()
    for hit in hits:
        question = _question(knowledge, hit.entry)
        console.put(question, first=f"{numbers[hit.entry.id]:>2}. ", rest="    ")
    console.say("plain.faq.how" if hits else "plain.faq.nothing")


def _question(knowledge: Knowledge, entry: Faq) -> str:
    question = knowledge.words.say(f"faq.{entry.id}.question")
    changed = entry.changed is not None
    return knowledge.words.say("plain.faq.changed-mark", question=question) if changed else question


def _answer(console: Console, knowledge: Knowledge, entry: Faq, answer: str) -> None:
    """The question, the answer, its source, what changed it, and what else bears on it."""
    words = knowledge.words
    console.put()
    console.put(words.say(f"faq.{entry.id}.question"))
    console.put()
    for line in answer.splitlines():
        bare = line.lstrip()
        indent = " " * (len(line) - len(bare))
        console.put(bare, first=indent, rest=indent + ("  " if bare.startswith("- ") else ""))
    console.put()
    console.say("plain.help.source", source=source_words(knowledge, entry.source))
    if entry.changed is not None:
        console.say("plain.faq.changed", source=source_words(knowledge, entry.changed))
    for link in links(knowledge, entry):
        kind = words.say(f"plain.faq.kind.{link.kind}")
        console.put(words.say("plain.faq.link", kind=kind, text=link.text), first=" - ", rest="   ")
