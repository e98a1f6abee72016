"""Certificate records as `inspect` makes them, without making a certificate."""

import hashlib
from datetime import UTC, datetime, timedelta

from wizard.model.certificate import CLIENT_AUTH, SERVER_AUTH, Ca, CaVerdict, CertificateRecord, Eku, EkuState

START = datetime(2026, 1, 20, tzinfo=UTC)


def record(
    file: str,
    common_name: str | None,
    *sans: str,
    start: datetime = START,
    oids: tuple[str, ...] = (SERVER_AUTH, CLIENT_AUTH),
    state: EkuState = EkuState.PRESENT,
    verdict: CaVerdict = CaVerdict.PUBLIC,
    is_ca: bool = False,
) -> CertificateRecord:
    """A record of a DigiCert certificate that is valid for 199 days from `start`."""
    return CertificateRecord(
        file=file,
        index=0,
        sha256=hashlib.sha256(f"{common_name} {sans} {start} {oids}".encode()).hexdigest(),
        subject=f"CN={common_name}",
        issuer="CN=DigiCert Global G2 TLS RSA SHA256 2020 CA1",
        common_name=common_name,
        sans=sans,
        serial="0a",
        not_before=start,
        not_after=start + timedelta(days=199),
        key="RSA 2048",
        is_ca=is_ca,
        eku=Eku(state, oids if state is EkuState.PRESENT else ()),
        ca=Ca(verdict, "digicert" if verdict is CaVerdict.PUBLIC else None),
    )
