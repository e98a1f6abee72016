"""Whether entries hold up by themselves: ids, dates and their order, use, and the answers of the FAQ."""

import re
from collections.abc import Iterator
from datetime import date

from wizard.knowledge.codescan import CodeUse
from wizard.knowledge.content import Content
from wizard.knowledge.references import cited, entries
from wizard.knowledge.wordfiles import languages
from wizard.model.problems import Problem

_ID = re.compile(r"[a-z0-9]+(?:[._-][a-z0-9]+)*|[A-D]|[0-9a-f]+")
_DATED = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_KINDS = (
    "edition", "document", "fact", "contradiction", "deadline", "issuer", "chain", "ca", "limit", "question",
    "leaf", "branch", "connection", "option", "phase", "step", "notice", "unknown", "item", "faq",
)  # fmt: skip


def kinds(content: Content) -> Iterator[Problem]:
    """Every kind of content of which there is nothing."""
    for kind in _KINDS:
        if not getattr(content.tables, kind):
            message = f"There is no {kind} at all. Write [[{kind}]] entries."
            yield Problem(content.source.folder.name, kind, "missing-kind", message)
    if content.troubleshooting is None:
        message = "There is no troubleshooting at all. Write its entries."
        yield Problem(f"{content.source.folder.name}/troubleshooting", "", "missing-kind", message)


def ids(content: Content) -> Iterator[Problem]:
    """Every id that is not of the common form."""
    for table, number, entry in entries(content):
        id = getattr(entry, "id", None) or getattr(entry, "signal", None)
        if id is not None and not _ID.fullmatch(id):
            message = f"{id!r} is no id. Use small letters, digits and single dashes."
            yield content.problem_at(table, number, "bad-id", message)


def dates(content: Content) -> Iterator[Problem]:
    """Every date that is none, missing, or out of order."""
    tables = content.tables
    for number, edition in enumerate(tables.edition):
        if edition.review_by < edition.reviewed:
            message = (
                f"review_by {edition.review_by} lies before reviewed {edition.reviewed}. Mend one of them."
            )
            yield content.problem_at("edition", number, "date-order", message)
    reviewed = max((edition.reviewed for edition in tables.edition), default=date.max)
    for table, number, entry in entries(content):
        if table in ("fact", "document"):
            dated = str(getattr(entry, "dated", ""))
            if not dated and table == "fact":
                message = (
                    "dated is empty. Write the source's day or month; where it has none, when it was read."
                )
                yield content.problem_at(table, number, "no-date", message)
            elif dated and _first_day(dated) is None:
                message = f"dated {dated!r} is no date. Write 2026-02-13, 2026-02 or 2026."
                yield content.problem_at(table, number, "bad-date", message)
            elif dated and (_first_day(dated) or date.min) > reviewed:
                message = (
                    f"dated {dated} lies after the review of the content ({reviewed}). Mend one of them."
                )
                yield content.problem_at(table, number, "date-order", message)
    for number, fact in enumerate(tables.fact):
        if not fact.source.id:
            yield content.problem_at("fact", number, "no-source", "The source has no id. Name a document.")
        over = fact.overtaken.dated if fact.overtaken else ""
        if over and _first_day(over) is None:
            message = f"overtaken.dated {over!r} is no date. Write 2026-02-13, 2026-02 or 2026."
            yield content.problem_at("fact", number, "bad-date", message)
    for number, deadline in enumerate(tables.deadline):
        if deadline.was is not None and deadline.was.date == deadline.date:
            message = "was has the same date. Leave `was` out where nothing changed."
            yield content.problem_at("deadline", number, "date-order", message)
    for number, issuer in enumerate(tables.issuer):
        if issuer.server_only_since and issuer.closed_from and issuer.closed_from < issuer.server_only_since:
            message = "closed_from lies before server_only_since. Mend one of them."
            yield content.problem_at("issuer", number, "date-order", message)
    for number, limit in enumerate(tables.limit):
        if any(limit.since < other.since and limit.days <= other.days for other in tables.limit):
            message = (
                "A later limit allows as many days or more. Validity only gets shorter: mend days or since."
            )
            yield content.problem_at("limit", number, "date-order", message)


def unused(content: Content, code: CodeUse) -> Iterator[Problem]:
    """Every entry that nothing uses."""
    tables = content.tables
    found = cited(content)
    for number, document in enumerate(tables.document):
        if document.id not in found:
            message = "Nothing is taken from this document. Remove it, or cite it."
            yield content.problem_at("document", number, "unused", message)
    for table in ("fact", "contradiction"):
        for number, entry in enumerate(getattr(tables, table)):
            if not entry.bears_on:
                message = f"This {table} bears on nothing, so nobody meets it. Write bears_on."
                yield content.problem_at(table, number, "unused", message)
    told = {chain.issuer for chain in tables.chain} | {ca.issuer for ca in tables.ca}
    for number, issuer in enumerate(tables.issuer):
        if not (issuer.organizations or issuer.not_public or issuer.id in told):
            message = (
                "Nothing tells a certificate of this issuer. Write organizations, a [[chain]] or a [[ca]]."
            )
            yield content.problem_at("issuer", number, "unused", message)
    asked = {rule.ask for connection in tables.connection for rule in connection.rules}
    for number, unknown in enumerate(tables.unknown):
        if unknown.signal not in asked and unknown.signal not in code.constants:
            message = "Nothing leaves this open. Name it under ask in a rule, or remove it."
            yield content.problem_at("unknown", number, "unused", message)
    phases = {step.phase for step in tables.step}
    for number, phase in enumerate(tables.phase):
        if phase.id not in phases:
            yield content.problem_at("phase", number, "unused", "No step is in this phase. Remove it.")


def answers(content: Content) -> Iterator[Problem]:
    """FAQ entries without an answer, answers without an entry, and answers that do not say what changed."""
    folder = content.source.folder
    for language in languages(folder):
        there = {path.stem: path for path in (folder / "words" / language / "faq").glob("*.md")}
        for number, faq in enumerate(content.tables.faq):
            path = there.pop(faq.id, None)
            if path is None:
                message = f"It has no answer in {language!r}: write words/{language}/faq/{faq.id}.md."
                yield content.problem_at("faq", number, "no-answer", message)
                continue
            parts = sum(line.startswith("## ") for line in path.read_text(encoding="utf-8").splitlines())
            if parts != (1 if faq.changed else 0):
                message = (
                    "A later source changed this answer: say so in one part headed ##, and only there."
                    if faq.changed
                    else "No later source changed this answer: name it under changed, or take the part away."
                )
                yield Problem(content.source.name(path), "", "answer-changed", message)
        for id, path in there.items():
            message = f"There is no FAQ entry {id!r}. Add it to faq.toml, or remove this file."
            yield Problem(content.source.name(path), "", "answer-unused", message)


def _first_day(dated: str) -> date | None:
    """The first day of a year, month or day in ISO form; None where it is none."""
    match = _DATED.fullmatch(dated)
    if match is None:
        return None
    year, month, day = (int(part) if part else 1 for part in match.groups())
    try:
        return date(year, month, day)
    except ValueError:
        return None
