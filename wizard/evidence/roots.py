"""CA certificates at hand: the public roots of certifi, and those that the user's own files bring."""

import hashlib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from wizard.evidence import der as dr
from wizard.evidence import names, pem
from wizard.evidence import skeleton as sk


@dataclass(frozen=True, slots=True)
class Authority:
    """A CA certificate whose key can check a signature. `key_id` is what the certificate says, hex;
    `name` and `issuer_name` are common names, or the whole name where there is none.

    `key_ids` are computed from its key, so that nobody can claim another's: SHA-1 and the first 160 bits of
    SHA-256 of the key, and SHA-1 of the whole key info, as CAs use them (RFC 5280, RFC 7093).
    """

    der: bytes = field(repr=False)
    sha256: str
    subject: str
    issuer: str
    name: str
    issuer_name: str
    organization: str | None
    key_id: str
    authority_key_id: str
    key_ids: frozenset[str]


def key_ids(public_key: bytes) -> frozenset[str]:
    """The identifiers that CAs derive from a subject public key info; empty where it is none."""
    try:
        parts = list(dr.children(public_key, dr.root(public_key)))
        bits = public_key[parts[1].start + 1 : parts[1].end]
    except (dr.DerError, IndexError):
        return frozenset()
    return frozenset(
        {
            hashlib.sha1(bits, usedforsecurity=False).hexdigest(),
            hashlib.sha256(bits).hexdigest()[:40],
            hashlib.sha1(public_key, usedforsecurity=False).hexdigest(),
        }
    )


def authority(der: bytes) -> Authority:
    """The CA certificate in `der`.

    Raises:
        DerError: it has not the shape of a certificate.
    """
    parts = sk.skeleton(der)
    subject, issuer = names.name(parts.subject), names.name(parts.issuer)
    return Authority(
        der=der,
        sha256=hashlib.sha256(der).hexdigest(),
        subject=subject.text,
        issuer=issuer.text,
        name=subject.common_name or subject.text,
        issuer_name=issuer.common_name or issuer.text,
        organization=subject.organization,
        key_id=next((names.key_identifier(value) for value in parts.values(sk.OID_SKI)), ""),
        authority_key_id=next((names.key_identifier(value) for value in parts.values(sk.OID_AKI)), ""),
        key_ids=key_ids(parts.public_key),
    )


@cache
def public_roots() -> tuple[Authority, ...]:
    """The roots of certifi, read one by one: a root that some reader refuses never hides the others.

    Source: Mozilla's list as certifi packs it. It holds roots only, and forgets those that Mozilla dropped.
    """
    import certifi

    text = Path(certifi.where()).read_text(encoding="utf-8")
    return tuple(authority(block.der) for block in pem.blocks(text) if block is not None)
