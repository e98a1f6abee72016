"""Whether one certificate signed another: name and signature, nothing of purposes, dates or policies."""

from enum import StrEnum

from wizard.evidence.roots import Authority

_KEPT = 256
"""CA certificates that are kept loaded."""


class Check(StrEnum):
    """Outcome of checking one signature; UNCHECKED where names or algorithms keep it from being tried."""

    VERIFIED = "verified"
    BROKEN = "broken"
    UNCHECKED = "unchecked"


class Checker:
    """Checks signatures; keeps the CA certificates that it was asked about lately."""

    def __init__(self) -> None:
        # Values are x509.Certificate: the library is imported when the first signature is checked.
        self._loaded: dict[str, object] = {}

    def check(self, child: bytes, parent: Authority) -> Check:
        """Whether the key of `parent` made the signature of the certificate in `child`."""
        from cryptography import x509
        from cryptography.exceptions import InvalidSignature

        from wizard.evidence.library import REFUSALS

        try:
            issuer = self._loaded.get(parent.sha256)
            if not isinstance(issuer, x509.Certificate):
                issuer = x509.load_der_x509_certificate(parent.der)
                if len(self._loaded) >= _KEPT:
                    self._loaded.clear()
                self._loaded[parent.sha256] = issuer
            x509.load_der_x509_certificate(child).verify_directly_issued_by(issuer)
        except InvalidSignature:
            return Check.BROKEN
        except REFUSALS:
            return Check.UNCHECKED
        return Check.VERIFIED
