"""Where the deployment stands: its certificates, node by node, and the four options."""

from wizard.faces.markdown.escape import code, escape, table
from wizard.faces.markdown.page import Page, bullets
from wizard.model.deployment import ROLES, Role
from wizard.model.plan import NodeCertificate, OptionOutlook, Plan


def certificates(page: Page, plan: Plan) -> list[str]:
    """A row for each certificate of each node."""
    if not plan.assessment.certificates:
        return []
    lines = page.heading(2, page.say("section.certificates"))
    header = ("node", "store", "ca", "eku", "not_after", "days", "from")
    rows = (_certificate(page, entry) for entry in plan.assessment.certificates)
    return lines + table((page.say(f"column.{name}") for name in header), rows)


def _certificate(page: Page, entry: NodeCertificate) -> tuple[str, ...]:
    certificate, record = entry.certificate, entry.record
    unknown = page.say("not-known")
    ca = page.say(f"ca.{certificate.ca}") if certificate.ca else unknown
    if certificate.issuer and certificate.issuer != "unknown":
        ca = f"{ca}, {page.issuer(certificate.issuer)}"
    if isinstance(certificate.eku, tuple):
        eku = escape(", ".join(certificate.eku)) or page.say("eku-absent")
    else:
        eku = unknown
    if entry.copied:
        origin = page.say("copied")
    elif record is not None:
        origin = page.say("read-from", file=escape(record.file), sha256=record.sha256[:16])
    else:
        origin = page.say("stated")
    return (
        code(entry.node),
        page.say(f"store.{entry.store}"),
        ca,
        eku,
        page.day(certificate.not_after),
        unknown if entry.days_left is None else str(entry.days_left),
        origin,
    )


def options(page: Page, plan: Plan) -> list[str]:
    """The options side by side, then each with its reasons."""
    outlooks = tuple(plan.assessment.options.values())
    lines = page.heading(2, page.say("section.options"))
    lines += [page.say("options.recommended-ours"), ""]
    roles = (page.say(f"end.{role}") for role in ROLES)
    header = (page.say("column.option"), *roles, page.say("column.lead"))
    rows = [
        (
            f"{outlook.id}. {escape(outlook.title)}",
            *(_verdict(page, plan, outlook, role) for role in ROLES),
            page.say("days", days=str(outlook.lead_days)),
        )
        for outlook in outlooks
    ]
    lines += table(header, rows)
    for outlook in outlooks:
        lines += _option(page, plan, outlook)
    return lines


def _verdict(page: Page, plan: Plan, outlook: OptionOutlook, role: Role) -> str:
    judgement = outlook.roles[role]
    shown = escape(page.words.say(f"verdict.{judgement.verdict}"))
    chosen = plan.assessment.chosen
    taken = (chosen.core if role == "core" else chosen.edge) or ()
    return page.say("options.taken", verdict=shown) if outlook.id in taken else shown


def _option(page: Page, plan: Plan, outlook: OptionOutlook) -> list[str]:
    lines = page.heading(3, f"{outlook.id}. {escape(outlook.title)}")
    lines += [f"{escape(outlook.what)} ({page.source(outlook.source)})", ""]
    for role in ROLES:
        judgement = outlook.roles[role]
        verdict = escape(page.words.say(f"verdict.{judgement.verdict}"))
        lines.append(f"- **{page.say(f'end.{role}')}: {verdict}.**")
        reasons = (f"{escape(reason.text)} ({page.source(reason.source)})" for reason in judgement.reasons)
        lines += bullets(reasons, "  ")
        lines += bullets((page.labelled("would-need", escape(need)) for need in judgement.would_need), "  ")
    told = {"price": outlook.price, "interruption": outlook.interruption, "leaves": outlook.leaves_words}
    lines += bullets(page.labelled(key, escape(text)) for key, text in told.items() if text)
    titles = {connection.id: connection.title for connection in plan.assessment.connections}
    left = ", ".join(escape(titles.get(connection, connection)) for connection in outlook.leaves)
    if left:
        lines.append(f"- {page.labelled('leaves-failing', left)}")
    return lines
