"""The record of a certificate, as `inspect` has it, in a saved deployment: written and read back.

Evidence and notes are kept as codes with their arguments, so that any face can word them. `days_left`,
`server_auth` and `client_auth` are written for readers of the file and worked out anew when it is read.
"""

from datetime import date, datetime

from wizard.model.certificate import Ca, CaVerdict, CertificateRecord, Eku, EkuState
from wizard.model.problems import Remark
from wizard.store.reader import LONG, Table

Document = dict[str, object]

_STATES: tuple[str, ...] = tuple(state.value for state in EkuState)
_VERDICTS: tuple[str, ...] = tuple(verdict.value for verdict in CaVerdict)


def record_document(record: CertificateRecord, as_of: date | None) -> Document:
    """The record as the file holds it; dates and moments stay what they are."""
    return {
        "file": record.file,
        "index": record.index,
        "sha256": record.sha256,
        "subject": record.subject,
        "issuer": record.issuer,
        **({} if record.common_name is None else {"common_name": record.common_name}),
        "sans": list(record.sans),
        "serial": record.serial,
        **_moment("not_before", record.not_before),
        **_moment("not_after", record.not_after),
        **({} if as_of is None or record.not_after is None else {"days_left": record.days_left(as_of)}),
        "key": record.key,
        "is_ca": record.is_ca,
        "eku": _eku_document(record.eku),
        "ca": {
            "verdict": record.ca.verdict.value,
            **({} if record.ca.issuer is None else {"issuer": record.ca.issuer}),
            "evidence": [_remark_document(remark) for remark in record.ca.evidence],
        },
        "also_in": list(record.also_in),
        "notes": [_remark_document(remark) for remark in record.notes],
    }


def _moment(key: str, moment: datetime | None) -> Document:
    return {} if moment is None else {key: moment}


def _eku_document(eku: Eku) -> Document:
    said: Document = {"state": eku.state.value, "oids": list(eku.oids)}
    if eku.server_auth is not None:
        said["server_auth"] = eku.server_auth
    if eku.client_auth is not None:
        said["client_auth"] = eku.client_auth
    return said


def _remark_document(remark: Remark) -> Document:
    return {"code": remark.code, **({"args": dict(remark.args)} if remark.args else {})}


def read_record(table: Table) -> CertificateRecord:
    """The record that a table holds; what is wrong with it is noted."""
    for key in ("sha256", "eku", "ca"):
        table.need(key)
    record = CertificateRecord(
        file=table.text("file", LONG) or "",
        index=table.whole("index") or 0,
        sha256=table.text("sha256") or "",
        subject=table.text("subject", LONG) or "",
        issuer=table.text("issuer", LONG) or "",
        common_name=table.text("common_name", LONG),
        sans=table.texts("sans", LONG) or (),
        serial=table.text("serial") or "",
        not_before=table.moment("not_before"),
        not_after=table.moment("not_after"),
        key=table.text("key") or "",
        is_ca=table.flag("is_ca") or False,
        eku=_read_eku(table.table("eku")),
        ca=_read_ca(table.table("ca")),
        also_in=table.texts("also_in", LONG) or (),
        notes=_read_remarks(table, "notes"),
    )
    table.skip("days_left")
    table.close()
    return record


def _read_eku(table: Table | None) -> Eku:
    if table is None:
        return Eku(EkuState.UNREADABLE)
    table.need("state")
    state = table.one_of("state", _STATES)
    oids = table.texts("oids") or ()
    table.skip("server_auth", "client_auth")
    table.close()
    return Eku(EkuState(state) if state else EkuState.UNREADABLE, oids)


def _read_ca(table: Table | None) -> Ca:
    if table is None:
        return Ca(CaVerdict.UNKNOWN)
    table.need("verdict")
    verdict = table.one_of("verdict", _VERDICTS)
    ca = Ca(
        CaVerdict(verdict) if verdict else CaVerdict.UNKNOWN,
        table.text("issuer"),
        _read_remarks(table, "evidence"),
    )
    table.close()
    return ca


def _read_remarks(table: Table, key: str) -> tuple[Remark, ...]:
    out: list[Remark] = []
    for entry in table.tables(key):
        entry.need("code")
        code, args = entry.text("code"), entry.text_map("args", LONG)
        entry.close()
        if code:
            out.append(Remark(code, dict(args)))
    return tuple(out)
