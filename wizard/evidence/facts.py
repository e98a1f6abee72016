"""What one certificate says, before anyone judges it: read by the library, or else from its bytes.

The library reads a certificate as a whole: one malformed extension, one name that is no UTF-8, and an
exception of a kind that changes between versions takes the rest along. Then every field is read again from
the bytes, each on its own, and `refused` says so.
"""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime

from wizard.evidence import der as dr
from wizard.evidence import names
from wizard.evidence import skeleton as sk
from wizard.model.certificate import Eku

LONGEST_FOR_LIBRARY = 64 * 1024
"""Bytes above which a certificate is read from its bytes only: 100,000 names cost the library a second."""

LONGEST_NAME = 4096
"""Characters kept of a distinguished name for comparing; a record keeps fewer."""

TLS_POLICIES = frozenset({"2.23.140.1.1", "2.23.140.1.2.1", "2.23.140.1.2.2", "2.23.140.1.2.3"})
"""CA/Browser Forum: extended, domain, organisation and individual validation."""

WEAK_SIGNATURES = {
    "1.2.840.113549.1.1.2": "MD2",
    "1.2.840.113549.1.1.4": "MD5",
    "1.2.840.113549.1.1.5": "SHA-1",
    "1.3.14.3.2.29": "SHA-1",
    "1.2.840.10045.4.1": "SHA-1",
    "1.2.840.10040.4.3": "SHA-1",
}


@dataclass(frozen=True, slots=True)
class Facts:
    """The fields of one certificate. Texts are as sent: make them visible before anyone sees them.

    `serial`, `key_id` and `authority_key_id` are lower-case hex, empty where there is none; `tls_policy` is
    true with a CA/B Forum policy for TLS, `scts` with embedded SCTs; `weak_signature` names a broken hash;
    `sans_complete` is False where names were left out; `refused` where the library would not read it.
    """

    der: bytes = field(repr=False)
    sha256: str
    subject: str
    issuer: str
    common_name: str | None
    issuer_name: str | None
    issuer_organization: str | None
    sans: tuple[str, ...]
    sans_complete: bool
    serial: str
    not_before: datetime | None
    not_after: datetime | None
    key: str
    is_ca: bool
    eku: Eku
    key_id: str
    authority_key_id: str
    tls_policy: bool
    scts: bool
    weak_signature: str
    refused: bool

    @property
    def self_issued(self) -> bool:
        """Whether it names itself as its issuer."""
        return bool(self.subject) and self.subject == self.issuer


def read(der: bytes) -> Facts:
    """The facts of the certificate that `der` begins with; what follows it is ignored.

    Raises:
        DerError: it has not the shape of a certificate.
    """
    length = dr.root(der).next
    if length != len(der):
        der = der[:length]
    if len(der) <= LONGEST_FOR_LIBRARY:
        from wizard.evidence import library

        found = library.read(der)
        if found is not None:
            return found
    return from_bytes(der, refused=len(der) <= LONGEST_FOR_LIBRARY)


def from_bytes(der: bytes, *, refused: bool) -> Facts:
    """The facts as the DER reader finds them.

    Raises:
        DerError: it has not the shape of a certificate.
    """
    parts = sk.skeleton(der)
    subject, issuer = names.name(parts.subject), names.name(parts.issuer)
    not_before, not_after = sk.times(parts.validity)
    sans: tuple[str, ...] = ()
    complete = parts.all_extensions
    for value in parts.values(sk.OID_SAN):
        found, all_of_it = names.alternative_names(value)
        sans, complete = (sans + found)[: names.MAX_SANS], complete and all_of_it
    return Facts(
        der=der,
        sha256=hashlib.sha256(der).hexdigest(),
        subject=subject.text[:LONGEST_NAME],
        issuer=issuer.text[:LONGEST_NAME],
        common_name=subject.common_name,
        issuer_name=issuer.common_name,
        issuer_organization=issuer.organization,
        sans=sans,
        sans_complete=complete,
        serial=dr.integer_hex(parts.serial),
        not_before=not_before,
        not_after=not_after,
        key=names.key(parts.public_key),
        is_ca=any(names.is_ca(value) for value in parts.values(sk.OID_BASIC_CONSTRAINTS)),
        eku=sk.eku_of(parts),
        key_id=_first_key_id(parts, sk.OID_SKI),
        authority_key_id=_first_key_id(parts, sk.OID_AKI),
        tls_policy=any(not TLS_POLICIES.isdisjoint(names.policies(v)) for v in parts.values(sk.OID_POLICIES)),
        scts=bool(parts.values(sk.OID_SCTS)),
        weak_signature=WEAK_SIGNATURES.get(parts.signature, ""),
        refused=refused,
    )


def _first_key_id(parts: sk.Skeleton, oid: str) -> str:
    return next((names.key_identifier(value) for value in parts.values(oid)), "")
