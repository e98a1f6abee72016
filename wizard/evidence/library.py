"""The facts of a certificate as `cryptography` reads them: fast, strict, all or nothing."""

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import dsa, ec, rsa
from cryptography.x509.oid import NameOID

from wizard.evidence.facts import LONGEST_NAME, TLS_POLICIES, WEAK_SIGNATURES, Facts
from wizard.evidence.names import MAX_SANS, key
from wizard.evidence.skeleton import NO_EKU, eku_with, skeleton

REFUSALS = (
    ValueError,
    TypeError,
    OverflowError,
    AttributeError,
    LookupError,
    UnsupportedAlgorithm,
    x509.DuplicateExtension,
    x509.UnsupportedGeneralNameType,
    x509.InvalidVersion,
)
"""What the library raises on certificates it will not read; which, differs by field and by version."""

_CURVES = {
    "secp192r1": "P-192",
    "secp224r1": "P-224",
    "secp256r1": "P-256",
    "secp384r1": "P-384",
    "secp521r1": "P-521",
}
_KINDS = {"Ed25519PublicKey": "Ed25519", "Ed448PublicKey": "Ed448"}


def read(der: bytes) -> Facts | None:
    """The facts, or None where the library refuses the certificate or any field of it."""
    try:
        return _read(der, x509.load_der_x509_certificate(der))
    except REFUSALS:
        return None


def _read(der: bytes, certificate: x509.Certificate) -> Facts:
    subject, issuer = certificate.subject, certificate.issuer
    eku, complete, is_ca = NO_EKU, True, False
    sans: tuple[str, ...] = ()
    key_id = authority_key_id = ""
    tls_policy = scts = False
    for extension in certificate.extensions:
        value = extension.value
        # By type and not by isinstance: these are abstract base classes' children, and slow to ask.
        kind = type(value)
        if kind is x509.ExtendedKeyUsage:
            eku = eku_with(tuple([usage.dotted_string for usage in value]))
        elif kind is x509.SubjectAlternativeName:
            sans = tuple([_general_name(name) for name in value])
            sans, complete = sans[:MAX_SANS], len(sans) <= MAX_SANS
        elif kind is x509.BasicConstraints:
            is_ca = value.ca
        elif kind is x509.SubjectKeyIdentifier:
            key_id = value.digest.hex()
        elif kind is x509.AuthorityKeyIdentifier:
            authority_key_id = (value.key_identifier or b"").hex()
        elif kind is x509.CertificatePolicies:
            tls_policy = any(policy.policy_identifier.dotted_string in TLS_POLICIES for policy in value)
        elif kind is x509.PrecertificateSignedCertificateTimestamps:
            scts = True
    return Facts(
        der=der,
        sha256=certificate.fingerprint(hashes.SHA256()).hex(),
        subject=subject.rfc4514_string()[:LONGEST_NAME],
        issuer=issuer.rfc4514_string()[:LONGEST_NAME],
        common_name=_first(subject, NameOID.COMMON_NAME),
        issuer_name=_first(issuer, NameOID.COMMON_NAME),
        issuer_organization=_first(issuer, NameOID.ORGANIZATION_NAME),
        sans=sans,
        sans_complete=complete,
        serial=f"{certificate.serial_number:x}",
        not_before=certificate.not_valid_before_utc,
        not_after=certificate.not_valid_after_utc,
        key=_key(certificate, der),
        is_ca=is_ca,
        eku=eku,
        key_id=key_id,
        authority_key_id=authority_key_id,
        tls_policy=tls_policy,
        scts=scts,
        weak_signature=WEAK_SIGNATURES.get(certificate.signature_algorithm_oid.dotted_string, ""),
        refused=False,
    )


def _first(name: x509.Name, oid: x509.ObjectIdentifier) -> str | None:
    found = name.get_attributes_for_oid(oid)
    return str(found[0].value) if found else None


def _general_name(name: x509.GeneralName) -> str:
    if type(name) is x509.DNSName:
        return name.value
    match name:
        case x509.DirectoryName(value=inner):
            return "dirName:" + inner.rfc4514_string()
        case x509.OtherName(type_id=oid):
            return "otherName:" + oid.dotted_string
        case x509.RegisteredID(value=oid):
            return "registeredID:" + oid.dotted_string
        case _:
            return str(name.value)


def _key(certificate: x509.Certificate, der: bytes) -> str:
    """As `names.key`. A key that the library does not know is no reason to refuse the certificate."""
    try:
        public_key = certificate.public_key()
    except REFUSALS:
        return key(skeleton(der).public_key)
    match public_key:
        case rsa.RSAPublicKey(key_size=size):
            return f"RSA {size}"
        case ec.EllipticCurvePublicKey(curve=curve):
            return f"EC {_CURVES.get(curve.name, curve.name)}"
        case dsa.DSAPublicKey(key_size=size):
            return f"DSA {size}"
        case _:
            kind = type(public_key).__name__
            return _KINDS.get(kind, kind)
