"""What of a certificate needs attention, and how urgently: the order of every list of certificates.

Facts of the certificate alone on a day; what it does to a deployment is the business of `predict`.
"""

from datetime import date
from enum import StrEnum

from wizard.model.certificate import CaVerdict, CertificateRecord, EkuState

SOON_DAYS = 21
"""Days before its end from which a certificate is about to expire: when alarms 40069 and 40079 begin."""


class Attention(StrEnum):
    """What needs attention, the most urgent first. Words: `table.attention.VALUE`."""

    EXPIRED = "expired"
    EKU_UNREADABLE = "eku-unreadable"
    NOT_YET = "not-yet"
    NO_SERVER_AUTH = "no-server-auth"
    SOON = "soon"
    LOSES_CLIENT_AUTH = "loses-client-auth"
    SERVER_ONLY = "server-only"
    CA_UNKNOWN = "ca-unknown"
    NONE = "none"
    CA_CERTIFICATE = "ca-certificate"


_RANK = {attention: rank for rank, attention in enumerate(Attention)}


def attention(record: CertificateRecord, as_of: date) -> Attention:
    """What needs attention most about a certificate on that day."""
    days = record.days_left(as_of)
    if days is not None and days < 0:
        return Attention.EXPIRED
    if record.is_ca:
        return Attention.CA_CERTIFICATE
    if record.eku.state in (EkuState.UNREADABLE, EkuState.CONTRADICTORY):
        return Attention.EKU_UNREADABLE
    if record.not_before is not None and record.not_before.date() > as_of:
        return Attention.NOT_YET
    if days is not None and days <= SOON_DAYS:
        return Attention.SOON
    return _of_eku(record)


def _of_eku(record: CertificateRecord) -> Attention:
    if not record.eku.server_auth:
        return Attention.NO_SERVER_AUTH
    if not record.eku.client_auth:
        return Attention.SERVER_ONLY
    match record.ca.verdict:
        case CaVerdict.PUBLIC:
            return Attention.LOSES_CLIENT_AUTH
        case CaVerdict.UNKNOWN:
            return Attention.CA_UNKNOWN
        case _:
            return Attention.NONE


def urgency(record: CertificateRecord, as_of: date) -> tuple[int, int, str, int]:
    """A key to sort by: what needs attention first, then what ends first, then file and place in it."""
    days = record.days_left(as_of)
    return _RANK[attention(record, as_of)], 1 << 30 if days is None else days, record.file, record.index
