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


def covers(certificate: CertificateRecord, hostname: str) -> bool:
    """Whether the certificate names this host: by its alternative names, or by its CN where it has none.

    A wildcard stands for one label. Case and a final dot do not matter.
    """
    wanted = hostname.strip().rstrip(".").lower()
    names = certificate.sans or ((certificate.common_name,) if certificate.common_name else ())
    return bool(wanted) and any(_matches(name.rstrip(".").lower(), wanted) for name in names)


def _matches(pattern: str, host: str) -> bool:
    if pattern.startswith("*."):
        label, _, rest = host.partition(".")
        return bool(label) and rest == pattern[2:]
    return pattern == host
