"""The end of the plan: timeline, what is unknown, what disagrees, sign-off and sources."""

from collections.abc import Iterable, Iterator
from datetime import date

from wizard.faces.markdown.escape import escape, table
from wizard.faces.markdown.page import Page, bullets
from wizard.model.deployment import TroubleNote
from wizard.model.plan import Plan


def timeline(page: Page, plan: Plan) -> list[str]:
    """Every date in one table: deadlines, certificates, when work starts and when its stretches are due."""
    rows = sorted(_dated(page, plan), key=lambda row: row[0])
    lines = page.heading(2, page.say("section.timeline"))
    header = (page.say(f"column.{name}") for name in ("date", "days", "what", "source"))
    as_of = plan.assessment.as_of
    return lines + table(
        header, ((day.isoformat(), str((day - as_of).days), what, source) for day, what, source in rows)
    )


def _dated(page: Page, plan: Plan) -> Iterable[tuple[date, str, str]]:
    assessment = plan.assessment
    yield assessment.as_of, f"**{page.say('timeline.as-of')}**", ""
    for entry in assessment.calendar:
        what = escape(entry.what)
        if entry.was is not None:
            by = page.source(entry.was_source) if entry.was_source else ""
            what = f"{what} ({page.say('timeline.was', date=entry.was.isoformat(), source=by)})"
        yield entry.date, what, page.source(entry.source)
    binding = assessment.binding
    if binding is not None:
        start = page.say("timeline.start", days=str(binding.lead_days))
        yield binding.latest_start, f"**{start}**", ""
        yield binding.date, f"**{page.say('timeline.binding', because=escape(binding.because))}**", ""
    due: dict[str, date] = {}
    for step in plan.steps:
        if step.due is not None:
            due[step.phase_title] = max(due.get(step.phase_title, step.due), step.due)
    for title, day in due.items():
        yield day, page.say("timeline.phase", phase=escape(title)), ""


def unknowns(page: Page, plan: Plan) -> list[str]:
    """What is still unknown, whom to ask, and what it decides."""
    if not plan.assessment.unknowns:
        return []
    lines = page.heading(2, page.say("section.unknowns"))
    header = (page.say(f"column.{name}") for name in ("unknown", "ask", "matters"))
    rows = ((escape(p.what), escape(p.ask), escape(p.matters_for)) for p in plan.assessment.unknowns)
    return lines + table(header, rows)


def discrepancies(page: Page, plan: Plan) -> list[str]:
    """Statements that disagree, and the one that was followed."""
    if not plan.assessment.discrepancies:
        return []
    lines = page.heading(2, page.say("section.discrepancies"))
    header = (page.say(f"column.{name}") for name in ("about", "stated", "found", "used"))
    rows = ((d.what, d.stated, d.found, d.used) for d in plan.assessment.discrepancies)
    return lines + table(header, (map(escape, row) for row in rows))


def troubleshot(page: Page, plan: Plan) -> list[str]:
    """Troubleshooting that was done on this deployment; pasted lines only where they were kept."""
    notes = plan.assessment.deployment.troubles
    if not notes:
        return []
    lines = page.heading(2, page.say("section.troubleshot"))
    for note in notes:
        titles = {
            "symptom": page.titled("symptom", note.symptom),
            "diagnosis": page.titled("cause", note.diagnosis),
            "remedy": page.titled("remedy", note.remedy),
            "verified": page.say(f"verified.{note.verified}") if note.verified else "",
        }
        facts = "; ".join(page.labelled(key, text) for key, text in titles.items() if text)
        lines.append(f"- {note.on.isoformat()}: {facts}")
        lines += bullets(_seen(page, note), "  ")
        lines += bullets((escape(line) for line in note.lines), "  ")
    return lines


def _seen(page: Page, note: TroubleNote) -> Iterator[str]:
    """What was answered, and what the lines meant that were recognised."""
    for ask, value in note.answers.items():
        answer = page.words_of(f"ask.{ask}.answer.{value}", value)
        yield f"{page.words_of(f'ask.{ask}.text', ask)} **{answer}**"
    for signature in note.signatures:
        yield page.words_of(f"signature.{signature}.means", signature)


def sign_off(page: Page) -> list[str]:
    """An empty table to sign."""
    lines = page.heading(2, page.say("section.sign-off"))
    header = [page.say(f"column.{name}") for name in ("role", "name", "signature", "date")]
    rows = ([page.say(f"sign.{who}"), "", "", ""] for who in ("prepared", "reviewed", "approved", "done"))
    return lines + table(header, rows)


def sources(page: Page, plan: Plan) -> list[str]:
    """Every document that the plan cites."""
    if not plan.sources:
        return []
    lines = page.heading(2, page.say("section.sources"))
    for document, title in plan.sources:
        parts = [f"**{escape(document.id)}**: {escape(title)}"]
        if document.revision:
            parts.append(page.say("revision", revision=escape(document.revision)))
        if document.dated:
            parts.append(escape(document.dated))
        if document.address:
            link = document.address.startswith("https://")
            parts.append(f"<{document.address}>" if link else escape(document.address))
        lines.append(f"- {', '.join(parts)}")
    return lines
