"""Which words the entries of content need, by the id patterns of `wizard.model.knowledge`."""

from collections.abc import Iterator, Mapping

from wizard.knowledge.content import Content
from wizard.knowledge.references import entries
from wizard.model.problems import Problem

PATTERNS: Mapping[str, tuple[str, ...]] = {
    "document": ("document.{}",),
    "fact": ("fact.{}",),
    "contradiction": ("contradiction.{}.says", "contradiction.{}.but", "contradiction.{}.followed"),
    "deadline": ("deadline.{}",),
    "issuer": ("issuer.{}",),
    "question": ("question.{}.text", "question.{}.why", "question.{}.find"),
    "leaf": ("outcome.{}.title", "outcome.{}.text"),
    "branch": ("tree.{}",),
    "connection": ("connection.{}",),
    "option": tuple(f"option.{{}}.{part}" for part in ("title", "what", "price", "interruption", "leaves")),
    "phase": ("phase.{}",),
    "step": tuple(
        f"step.{{}}.{part}" for part in ("title", "do", "verify", "stop", "rollback", "interrupts")
    ),
    "notice": ("notice.{}",),
    "unknown": ("unknown.{}.what", "unknown.{}.ask", "unknown.{}.matters"),
    "item": ("collect.{}.title", "collect.{}.do", "collect.{}.why"),
    "faq": ("faq.{}.question",),
}
"""The words that each kind of entry needs."""


def words_missing(content: Content) -> Iterator[Problem]:
    """Every entry without its words, of the parts that were read."""
    for key, (table, number) in needed_by_entries(content):
        if not content.words.has(key):
            yield content.problem_at(table, number, "no-words", f"It has no words: write {key}.")


def needed_by_entries(content: Content) -> Iterator[tuple[str, tuple[str, int]]]:
    """The id of all words that entries need, with the entry."""
    for table, number, entry in entries(content):
        id = getattr(entry, "id", None) or getattr(entry, "signal", None)
        for pattern in PATTERNS.get(table, ()):
            yield pattern.format(id), (table, number)
    for table, number, entry in entries(content):
        for key in _further(table, entry):
            yield key, (table, number)


def _further(table: str, entry: object) -> Iterator[str]:
    """The words that an entry needs for what it names."""
    match table:
        case "question" if getattr(entry, "kind", "") in ("choice", "uses", "eku", "date"):
            for answer in getattr(entry, "answers", ()):
                yield f"answer.{getattr(entry, 'id', '')}.{answer}.text"
                yield f"answer.{getattr(entry, 'id', '')}.{answer}.leads"
        case "connection":
            yield from (f"why.{rule.why}" for rule in getattr(entry, "rules", ()))
        case "option":
            for rule in getattr(entry, "rules", ()):
                yield f"reason.{rule.why}"
                if rule.need:
                    yield f"need.{rule.need}"
        case "step":
            yield f"owner.{getattr(entry, 'owner', '')}"
        case "faq":
            yield f"faqgroup.{getattr(entry, 'group', '')}"
