"""The plan and the audit as JSON, by the public contract (format 1).

Beyond the contract: `section` beside each `source`, and what a plan has besides (summary, changes, dropped,
and per step actions, gui, stop, options, note, dates).
"""

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime

from wizard.model.certificate import CertificateRecord, Inspection
from wizard.model.deployment import EKU_NAMES
from wizard.model.knowledge import Source
from wizard.model.plan import (
    Binding,
    CalendarDate,
    ConnectionOutlook,
    Judgement,
    NodeCertificate,
    Plan,
    PlanStep,
)
from wizard.model.problems import Problem, Remark
from wizard.model.words import Words

Json = dict[str, object]
"""One JSON object on its way out; nothing reads it back."""


def plan_json(plan: Plan, words: Words, *, ascii_mode: bool = False) -> str:
    """The plan as JSON text that ends in a newline: a line for each field, and for each entry of a list.

    `words` tell the evidence of certificates. `ascii_mode`: no character outside ASCII.
    """
    write = _writer(ascii_mode)
    fields = (f'"{name}": {_field(value, write)}' for name, value in _plan(plan, words).items())
    return "{" + "".join(_listed(fields)) + "\n}\n"


def _field(value: object, write: Callable[[object], str]) -> str:
    if isinstance(value, list) and value:
        return f"[{''.join(_listed(map(write, value)))}\n]"
    return write(value)


def _writer(ascii_mode: bool) -> Callable[[object], str]:
    return json.JSONEncoder(ensure_ascii=ascii_mode).encode


def inspection_json(inspection: Inspection, words: Words, as_of: date, *, ascii_mode: bool = False) -> str:
    """The audit as JSON text: a line for each certificate and each problem. Ends in a newline."""
    return "".join(inspection_lines(inspection, words, as_of, ascii_mode=ascii_mode))


def inspection_lines(
    inspection: Inspection, words: Words, as_of: date, *, ascii_mode: bool = False
) -> Iterator[str]:
    """The same in pieces, so that ten thousand certificates are written as they come."""
    write = _writer(ascii_mode)
    yield f'{{"format": 1, "as_of": "{as_of.isoformat()}", "certificates": ['
    yield from _listed(write(record_json(record, words, as_of)) for record in inspection.records)
    yield '], "problems": ['
    yield from _listed(write(_problem(problem)) for problem in inspection.problems)
    yield "]}\n"


def _listed(items: Iterable[str]) -> Iterator[str]:
    before = "\n"
    for item in items:
        yield f"{before}{item}"
        before = ",\n"


def record_json(record: CertificateRecord, words: Words, as_of: date) -> Json:
    """A certificate as the audit prints it."""
    eku, ca = record.eku, record.ca
    return {
        "file": record.file,
        "index": record.index,
        "sha256": record.sha256,
        "subject": record.subject,
        "issuer": record.issuer,
        "sans": record.sans,
        "serial": record.serial,
        "not_before": _time(record.not_before),
        "not_after": _time(record.not_after),
        "days_left": record.days_left(as_of),
        "key": record.key,
        "is_ca": record.is_ca,
        "eku": {
            "state": eku.state.value,
            "oids": eku.oids,
            "server_auth": eku.server_auth,
            "client_auth": eku.client_auth,
        },
        "ca": {
            "verdict": ca.verdict.value,
            "issuer": ca.issuer,
            "evidence": [_remark("evidence", remark, words) for remark in ca.evidence],
        },
        "also_in": record.also_in,
        "notes": [_remark("note", remark, words) for remark in record.notes_on(as_of)],
    }


def _time(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat().replace("+00:00", "Z")


def _remark(kind: str, remark: Remark, words: Words) -> str:
    return words.say(f"{kind}.{remark.code}", **remark.args)


def _problem(problem: Problem) -> Json:
    return {"file": problem.file, "where": problem.where, "code": problem.code, "message": problem.message}


def _plan(plan: Plan, words: Words) -> Json:
    assessment = plan.assessment
    edition = assessment.edition
    return {
        "format": 1,
        "program": plan.program,
        "deployment": assessment.deployment.name,
        "as_of": assessment.as_of.isoformat(),
        "content": {
            "edition": edition.id,
            "reviewed": edition.reviewed.isoformat(),
            "review_by": edition.review_by.isoformat(),
        },
        "outcome": assessment.outcome,
        "summary": plan.summary,
        "binding": _binding(assessment.binding),
        "path": [
            {
                "question": asked.question,
                "about": asked.about or None,
                "answer": asked.answer,
                "origin": asked.origin,
                "detail": asked.detail,
            }
            for asked in assessment.known
        ],
        "options": {
            option: {role: _judgement(judgement) for role, judgement in outlook.roles.items()}
            for option, outlook in assessment.options.items()
        },
        "chosen": {"core": assessment.chosen.core or (), "edge": assessment.chosen.edge or ()},
        "connections": [_connection(connection) for connection in assessment.connections],
        "certificates": [_certificate(entry, words, assessment.as_of) for entry in assessment.certificates],
        "steps": [step_json(step) for step in plan.steps],
        "deadlines": [_deadline(entry) for entry in assessment.calendar],
        "notices": [{"id": n.id, "text": n.text, **_source(n.source)} for n in assessment.notices],
        "unknowns": [
            {"what": point.what, "ask": point.ask, "matters_for": point.matters_for}
            for point in assessment.unknowns
        ],
        "discrepancies": [
            {"what": d.what, "stated": d.stated, "found": d.found, "used": d.used}
            for d in assessment.discrepancies
        ],
        "changes": [{"id": change.id, "text": change.text} for change in plan.changes],
        "dropped": [
            {"id": step.id, "title": step.title, "why": step.why, "note": step.note} for step in plan.dropped
        ],
        "sources": [
            {"id": d.id, "title": title, "dated": d.dated, "address": d.address} for d, title in plan.sources
        ],
    }


def _source(source: Source) -> Json:
    return {"source": source.id, "section": source.section}


def _binding(binding: Binding | None) -> Json | None:
    if binding is None:
        return None
    return {
        "date": binding.date.isoformat(),
        "because": binding.because,
        "latest_start": binding.latest_start.isoformat(),
        "id": binding.id,
        "lead_days": binding.lead_days,
    }


def _judgement(judgement: Judgement) -> Json:
    return {
        "verdict": judgement.verdict,
        "reasons": [{"text": reason.text, **_source(reason.source)} for reason in judgement.reasons],
        "would_need": judgement.would_need,
    }


def _connection(connection: ConnectionOutlook) -> Json:
    situations = {
        "today": connection.today,
        "after_renewal": connection.after_renewal,
        "after_plan": connection.after_plan,
    }
    return {
        "id": connection.id,
        "from": connection.start,
        "to": connection.end,
        "peer": connection.peer or None,
        **{name: prediction.state for name, prediction in situations.items()},
        "why": connection.telling.why,
        **_source(connection.telling.source),
        "whys": {name: {"why": p.why, **_source(p.source)} for name, p in situations.items()},
    }


def _certificate(entry: NodeCertificate, words: Words, as_of: date) -> Json:
    where: Json = {"node": entry.node, "store": entry.store, "copied": entry.copied}
    if entry.record is not None:
        return {**where, **record_json(entry.record, words, as_of)}
    certificate = entry.certificate
    oids: list[str] = []
    state: str | None = None
    if isinstance(certificate.eku, tuple):
        oids = [EKU_NAMES.get(name, name) for name in certificate.eku]
        state = "present" if oids else "absent"
    return {
        **where,
        "file": None,
        "index": None,
        "sha256": None,
        "subject": None,
        "issuer": None,
        "sans": [],
        "serial": None,
        "not_before": certificate.not_before.isoformat() if certificate.not_before else None,
        "not_after": certificate.not_after.isoformat() if certificate.not_after else None,
        "days_left": entry.days_left,
        "key": None,
        "is_ca": None,
        "eku": {
            "state": state,
            "oids": oids,
            "server_auth": certificate.server_auth,
            "client_auth": certificate.client_auth,
        },
        "ca": {"verdict": certificate.ca or "unknown", "issuer": certificate.issuer, "evidence": []},
        "also_in": [],
        "notes": [],
    }


def step_json(step: PlanStep) -> Json:
    """A step of a plan, or of a remedy."""
    return {
        "id": step.id,
        "title": step.title,
        "node": step.node or None,
        "phase": step.phase,
        "owner": step.owner,
        "due": step.due.isoformat() if step.due else None,
        "needs": step.needs,
        "duration": step.duration,
        "interrupts": step.interrupts,
        "point_of_no_return": step.point_of_no_return,
        "actions": step.actions,
        "gui": step.gui,
        "cli": step.commands,
        # As the contract has it: where to click as well as what to type.
        "commands": (*step.gui, *step.commands),
        "verify": step.verify,
        "stop": step.stop,
        "rollback": step.rollback,
        "done": step.done,
        "done_on": step.done_on.isoformat() if step.done_on else None,
        "proved": step.proved,
        "note": step.note,
        "options": step.options,
        "sources": list(dict.fromkeys(source.id for source in step.sources)),
        "cited": [{"source": source.id, "section": source.section} for source in step.sources],
        "troubles": step.troubles,
    }


def _deadline(entry: CalendarDate) -> Json:
    supersedes = None
    if entry.was is not None:
        by = _source(entry.was_source) if entry.was_source else {"source": None}
        supersedes = {"date": entry.was.isoformat(), **by}
    return {
        "id": entry.id,
        "date": entry.date.isoformat(),
        "what": entry.what,
        "state": entry.state,
        "days": entry.days,
        **_source(entry.source),
        "supersedes": supersedes,
    }
