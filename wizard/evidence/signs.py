"""Hard signs that no public CA issued a certificate: its validity, and names that exist inside only."""

import ipaddress
from datetime import timedelta

from wizard.evidence.facts import Facts
from wizard.model.certificate import ValidityLimit

_INSIDE = frozenset(
    {"local", "localdomain", "localhost", "lan", "internal", "intranet", "corp", "home", "private", "test"}
)
"""Last labels of host names that no public CA may certify (RFC 2606, RFC 6762, CA/B Forum Baseline 7.1.4)."""

_GRACE = timedelta(days=1)


def too_long(facts: Facts, limits: tuple[ValidityLimit, ...]) -> ValidityLimit | None:
    """The limit that was in force when the certificate began and that its validity exceeds by over a day."""
    if facts.not_before is None or facts.not_after is None:
        return None
    began = facts.not_before.date()
    limit = next((limit for limit in reversed(limits) if limit.since <= began), None)
    if limit is None or facts.not_after - facts.not_before <= timedelta(days=limit.days) + _GRACE:
        return None
    return limit


def internal_name(facts: Facts) -> str | None:
    """The first of its names that no public CA may certify, or None."""
    hosts = facts.sans or ((facts.common_name,) if facts.common_name else ())
    return next((host for host in hosts if _is_internal(host, alone=not facts.sans)), None)


def _is_internal(host: str, *, alone: bool) -> bool:
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        labels = host.removeprefix("*.").rstrip(".").lower().split(".")
    if not all(label and label.replace("-", "").replace("_", "").isalnum() for label in labels):
        return False
    # A common name of one word may be a person or a product: it is a host name only beside its suffix.
    return labels[-1] in _INSIDE if alone or len(labels) > 1 else True
