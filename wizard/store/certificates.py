"""A certificate of a node: stated by hand, read from a file that is named, or saved with its record.

What a named file says is used. What was stated beside it fills in where the file says nothing; where they
disagree the origin keeps both, which is a discrepancy.
"""

import re
from dataclasses import replace
from datetime import date
from typing import get_args

from wizard.model.certificate import CertificateRecord, EkuState
from wizard.model.deployment import EKU_NAMES, UNKNOWN, CaKind, Certificate, Origin, Unknown
from wizard.model.problems import Problem
from wizard.store.reader import LONG, Table, nearest, quoted
from wizard.store.reading import Reading
from wizard.store.records import read_record, record_document

Document = dict[str, object]

CA_KINDS: tuple[CaKind, ...] = get_args(CaKind)
STATED = ("ca", "issuer", "eku", "not_before", "not_after", "acme", "acme_copies_to_client")
"""The values of a certificate that can be stated."""

_OID = re.compile(r"[0-2](\.\d{1,39}){1,40}")
_NAMES = {oid: name for name, oid in EKU_NAMES.items()}


def certificate_document(certificate: Certificate, as_of: date | None) -> Document:
    """The certificate as the file holds it."""
    said: Document = {key: getattr(certificate, key) for key in STATED}
    if isinstance(certificate.eku, tuple):
        said["eku"] = list(certificate.eku)
    if certificate.record is not None:
        said["record"] = record_document(certificate.record, as_of)
    return {key: value for key, value in said.items() if value is not None}


def read_certificate(table: Table, path: str, reading: Reading) -> Certificate:
    """The certificate that a table holds; `path` is its origin path (`node/NAME/server_certificate`)."""
    file = table.text("file", LONG)
    record = table.table("record")
    stated = Certificate(
        ca=table.one_of("ca", CA_KINDS),
        issuer=None if reading.unknown(table, "issuer", path) else _issuer(table, reading),
        eku=_eku(table),
        not_before=None if reading.unknown(table, "not_before", path) else table.day("not_before"),
        not_after=None if reading.unknown(table, "not_after", path) else table.day("not_after"),
        acme=None if reading.unknown(table, "acme", path) else table.flag("acme"),
        acme_copies_to_client=(
            None
            if reading.unknown(table, "acme_copies_to_client", path)
            else table.flag("acme_copies_to_client")
        ),
        record=None if record is None else read_record(record),
    )
    table.close()
    if stated.not_before and stated.not_after and stated.not_before > stated.not_after and reading.strict:
        table.refuse("not_after", "dates-reversed", given=str(stated.not_after))
    if file is None:
        return stated
    found = _from_file(table, file, reading)
    return stated if found is None else _merged(stated, found, file, path, reading)


def values_of(record: CertificateRecord) -> Certificate:
    """What a record says, as a certificate.

    What it does not settle (an unreadable EKU, a CA that could not be told) stays not known.
    """
    eku: tuple[str, ...] | None = None
    if record.eku.state is EkuState.ABSENT:
        eku = ()
    elif record.eku.state is EkuState.PRESENT:
        eku = tuple(_NAMES.get(oid, oid) for oid in record.eku.oids)
    kind = next(kind for kind in CA_KINDS if kind == record.ca.verdict.value)
    return Certificate(
        ca=None if kind == UNKNOWN else kind,
        issuer=record.ca.issuer,
        eku=eku,
        not_before=record.not_before.date() if record.not_before else None,
        not_after=record.not_after.date() if record.not_after else None,
        record=record,
    )


def _issuer(table: Table, reading: Reading) -> str | None:
    if reading.strict and reading.issuers:
        return table.one_of("issuer", tuple(reading.issuers))
    return table.text("issuer")


def _eku(table: Table) -> tuple[str, ...] | Unknown | None:
    if table.is_unknown("eku"):
        return "unknown"
    found = table.texts("eku")
    for index, name in enumerate(found or ()):
        if name not in EKU_NAMES and not _OID.fullmatch(name):
            place = (*table.at("eku"), index)
            likely = nearest(name, tuple(EKU_NAMES)) or "clientAuth"
            table.faults.add(
                place, "bad-eku", given=quoted(name), nearest=likely, allowed=", ".join(EKU_NAMES)
            )
    return found


def _from_file(table: Table, file: str, reading: Reading) -> CertificateRecord | None:
    if reading.read_certificate is None:
        table.refuse("file", "no-files-here", given=quoted(file))
        return None
    found = reading.read_certificate(str(reading.base / file) if reading.base is not None else file)
    if isinstance(found, Problem):
        reason = f"{found.where}: {found.message}" if found.where else found.message
        table.refuse("file", "certificate-file", given=quoted(file), reason=reason)
        return None
    # Named as the deployment names it: what is kept does not depend on where it was read.
    return None if found is None else replace(found, file=file)


def _merged(
    stated: Certificate, record: CertificateRecord, file: str, path: str, reading: Reading
) -> Certificate:
    found = values_of(record)
    origin = Origin("certificate", file, record.sha256)
    reading.origins[path] = origin
    used = found
    for key in STATED:
        said, read = getattr(stated, key), getattr(found, key)
        if said in (None, UNKNOWN):
            continue
        if read is None:
            used = replace(used, **{key: said})
            reading.origins[f"{path}/{key}"] = Origin("answered")
        elif not _agree(said, read):
            reading.origins[f"{path}/{key}"] = replace(origin, other=_text(said), other_kind="answered")
    return used


def _agree(said: object, read: object) -> bool:
    if isinstance(said, tuple) and isinstance(read, tuple):
        return {EKU_NAMES.get(name, name) for name in said} == {EKU_NAMES.get(name, name) for name in read}
    return said == read


def _text(value: object) -> str:
    """A value as the reasoning writes it (`wizard.domain.known.text`)."""
    if isinstance(value, tuple):
        return ", ".join(value) if value else "[]"
    return str(value)
