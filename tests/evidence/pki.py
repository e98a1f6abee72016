"""A small PKI for tests: CAs and node certificates of any shape, made in milliseconds."""

import functools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

AS_OF = datetime(2026, 11, 23, tzinfo=UTC).date()
START = datetime(2026, 10, 1, tzinfo=UTC)
SERVER = x509.ObjectIdentifier("1.3.6.1.5.5.7.3.1")
CLIENT = x509.ObjectIdentifier("1.3.6.1.5.5.7.3.2")
EKU = x509.ObjectIdentifier("2.5.29.37")
DV = x509.ObjectIdentifier("2.23.140.1.2.1")
SCTS = x509.ObjectIdentifier("1.3.6.1.4.1.11129.2.4.2")


@dataclass(frozen=True)
class Made:
    """A certificate with its private key."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey

    @property
    def der(self) -> bytes:
        return self.certificate.public_bytes(Encoding.DER)

    @property
    def pem(self) -> str:
        return self.certificate.public_bytes(Encoding.PEM).decode("ascii")

    @property
    def key_pem(self) -> str:
        return self.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode("ascii")

    @property
    def sha256(self) -> str:
        return self.certificate.fingerprint(hashes.SHA256()).hex()


def name(common_name: str | None, organization: str | None = "Example Corp") -> x509.Name:
    """A distinguished name."""
    parts = []
    if organization is not None:
        parts.append(x509.NameAttribute(NameOID.ORGANIZATION_NAME, organization))
    if common_name is not None:
        parts.append(x509.NameAttribute(NameOID.COMMON_NAME, common_name))
    return x509.Name(parts)


def ca(
    common_name: str = "Example CA",
    parent: Made | None = None,
    *,
    organization: str = "Example Corp",
    key_id: bytes | None = None,
    key: ec.EllipticCurvePrivateKey | None = None,
) -> Made:
    """A CA, self-signed or under `parent`; `key_id` lies about its key where given."""
    key = key or ec.generate_private_key(ec.SECP256R1())
    subject = name(common_name, organization)
    identifier = (
        x509.SubjectKeyIdentifier(key_id)
        if key_id
        else x509.SubjectKeyIdentifier.from_public_key(key.public_key())
    )
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(parent.certificate.subject if parent else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(START - timedelta(days=400))
        .not_valid_after(START + timedelta(days=3650))
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(identifier, critical=False)
    )
    if parent:
        builder = builder.add_extension(_authority(parent), critical=False)
    return Made(builder.sign(parent.key if parent else key, hashes.SHA256()), key)


def leaf(
    issuer: Made | None = None,
    *,
    names: Sequence[str] = ("expe1.example.com",),
    common_name: str | None = "expe1.example.com",
    eku: Iterable[x509.ObjectIdentifier] | None = (SERVER, CLIENT),
    start: datetime = START,
    days: int = 90,
    raw: Iterable[tuple[x509.ObjectIdentifier, bytes]] = (),
    authority_key_id: bytes | None = None,
    public: bool = False,
    key: ec.EllipticCurvePrivateKey | None = None,
) -> Made:
    """A node's certificate, self-signed without `issuer`. `raw` adds extensions by their bytes; `public` adds
    what every public certificate carries: a TLS policy and (unreadable, but present) SCTs."""
    key = key or ec.generate_private_key(ec.SECP256R1())
    subject = name(common_name)
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.certificate.subject if issuer else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(start + timedelta(days=days))
    )
    if names:
        alternatives = x509.SubjectAlternativeName([x509.DNSName(entry) for entry in names])
        builder = builder.add_extension(alternatives, critical=False)
    if eku is not None:
        builder = builder.add_extension(x509.ExtendedKeyUsage(eku), critical=False)
    if authority_key_id is not None:
        builder = builder.add_extension(
            x509.AuthorityKeyIdentifier(authority_key_id, None, None), critical=False
        )
    elif issuer:
        builder = builder.add_extension(_authority(issuer), critical=False)
    if public:
        policy = x509.CertificatePolicies([x509.PolicyInformation(DV, None)])
        builder = builder.add_extension(policy, critical=False)
        raw = (*raw, (SCTS, b"\x04\x02\x00\x00"))
    for oid, value in raw:
        builder = builder.add_extension(x509.UnrecognizedExtension(oid, value), critical=False)
    return Made(builder.sign(issuer.key if issuer else key, hashes.SHA256()), key)


def spoilt(made: Made) -> Made:
    """The same certificate with its signature broken."""
    der = bytearray(made.der)
    der[-3] ^= 0xFF
    return Made(x509.load_der_x509_certificate(bytes(der)), made.key)


@functools.cache
def family() -> tuple[Made, Made, Made]:
    """A private root, its intermediate, and a node's certificate."""
    root = ca("Example Root")
    middle = ca("Example Issuing CA", root)
    return root, middle, leaf(middle)


def _authority(parent: Made) -> x509.AuthorityKeyIdentifier:
    identifier = parent.certificate.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
    return x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(identifier)
