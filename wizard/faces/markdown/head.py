"""The top of the plan: what it is, what it means, what changed, what must be known."""

from wizard.faces.markdown.escape import code, escape
from wizard.faces.markdown.page import Page, bullets
from wizard.model.plan import Plan


def head(page: Page, plan: Plan) -> list[str]:
    """Title, head data and the meaning in three lines."""
    assessment, deployment = plan.assessment, plan.assessment.deployment
    name = escape(deployment.name) or page.say("unnamed")
    edition = assessment.edition
    given = {
        "customer": escape(deployment.customer),
        "prepared-by": escape(deployment.prepared_by),
        "prepared-for": escape(deployment.prepared_for),
        "revision": str(deployment.saved.revision) if deployment.saved.revision else "",
        "as-of": assessment.as_of.isoformat(),
        "content": page.say(
            "content",
            edition=escape(edition.id),
            reviewed=edition.reviewed.isoformat(),
            review_by=edition.review_by.isoformat(),
        ),
        "program": code(plan.program),
    }
    lines = [f"# {page.say('title', name=name)}", "", f"- {page.labelled('deployment', name)}"]
    lines += bullets(page.labelled(key, text) for key, text in given.items() if text)
    lines += page.heading(2, page.say("section.meaning"))
    lines += [f"**{escape(assessment.outcome_title)}.** {escape(assessment.outcome_text)}", ""]
    return lines + [f"{number}. {escape(line)}" for number, line in enumerate(plan.summary, 1)]


def notices(page: Page, plan: Plan) -> list[str]:
    """What the reader must know, each with its source."""
    if not plan.assessment.notices:
        return []
    lines = page.heading(2, page.say("section.notices"))
    return lines + bullets(
        f"{escape(notice.text)} ({page.source(notice.source)})" for notice in plan.assessment.notices
    )


def changes(page: Page, plan: Plan) -> list[str]:
    """What differs from the revision before, and the steps that are no longer needed."""
    if not plan.changes and not plan.dropped:
        return []
    lines = page.heading(2, page.say("section.changes"))
    lines += bullets(escape(change.text) for change in plan.changes)
    for step in plan.dropped:
        note = f" {page.labelled('note', escape(step.note))}" if step.note else ""
        dropped = page.say("dropped", title=escape(step.title), id=code(step.id), why=escape(step.why))
        lines.append(f"- {dropped}{note}")
    return lines
