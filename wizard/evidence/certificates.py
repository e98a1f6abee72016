"""Facts become a record: all text made visible here, and nowhere later."""

from wizard.evidence.facts import Facts
from wizard.model.certificate import Ca, CertificateRecord
from wizard.model.problems import Remark
from wizard.model.text import visible


def record(
    facts: Facts,
    file: str,
    index: int,
    ca: Ca,
    *,
    also_in: tuple[str, ...] = (),
    notes: tuple[Remark, ...] = (),
) -> CertificateRecord:
    """The record of one occurrence; `file` and `also_in` are visible already."""
    return CertificateRecord(
        file=file,
        index=index,
        sha256=facts.sha256,
        subject=visible(facts.subject),
        issuer=visible(facts.issuer),
        common_name=None if facts.common_name is None else visible(facts.common_name),
        sans=tuple(visible(name) for name in facts.sans),
        serial=visible(facts.serial),
        not_before=facts.not_before,
        not_after=facts.not_after,
        key=visible(facts.key),
        is_ca=facts.is_ca,
        eku=facts.eku,
        ca=ca,
        also_in=also_in,
        notes=notes,
    )
