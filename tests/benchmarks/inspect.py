"""The audit of 10,000 certificates beside a bare loop of the same library, in one run: time, memory, slices.

The loop reads the same fields, checks one signature each and writes JSON; it judges nothing, copes with
nothing and keeps nothing. Each is the best of three, in a process of its own.
"""

import json
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

COUNT = 10_000
_AS_OF = date(2026, 11, 23)
_REPEAT = 3
_FILE = "nodes.pem"
_CA = "ca.pem"
_EACH = "each"
_WHAT = ("bare-one", "one", "bare-many", "many")


def run() -> list[tuple[str, str, str]]:
    """Rows of name, figure and target."""
    with tempfile.TemporaryDirectory() as folder:
        _make(Path(folder))
        rounds = [{what: _in_a_process(what, folder) for what in _WHAT} for _ in range(_REPEAT)]
        slices = _in_a_process("slices", folder)
    best = {what: min(figures[what]["seconds"] for figures in rounds) for what in _WHAT}
    most = max(figures[what]["mib"] for figures in rounds for what in ("one", "many"))
    one, many = best["one"] / best["bare-one"], best["many"] / best["bare-many"]
    return [
        (f"bare loop, {COUNT:,} certificates in one file", f"{best['bare-one']:.2f} s", ""),
        ("inspect --format json of that file", f"{best['one']:.2f} s, {one:.2f} x", "<= 2.5 x"),
        (f"bare loop, {COUNT:,} files", f"{best['bare-many']:.2f} s", ""),
        ("inspect --format json of those files", f"{best['many']:.2f} s, {many:.2f} x", "<= 2.5 x"),
        ("peak memory of inspect", f"{most:.0f} MiB", "< 200 MiB"),
        (
            "longest slice of an audit",
            f"{slices['longest']:.0f} ms of {slices['slices']:.0f} slices of 20 ms",
            "<= 50 ms",
        ),
    ]


def bare(folder: Path, blocks: Iterable[bytes]) -> str:
    """The loop that everything is measured against; `blocks` are PEM, one certificate each."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes
    from cryptography.x509.oid import NameOID

    issuer = x509.load_pem_x509_certificate((folder / _CA).read_bytes())
    rows = []
    for block in blocks:
        certificate = x509.load_pem_x509_certificate(block)
        certificate.verify_directly_issued_by(issuer)
        extensions = certificate.extensions
        names = extensions.get_extension_for_class(x509.SubjectAlternativeName).value
        usages = extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
        key = certificate.public_key()
        subject = certificate.subject
        rows.append(
            {
                "sha256": certificate.fingerprint(hashes.SHA256()).hex(),
                "subject": subject.rfc4514_string(),
                "issuer": certificate.issuer.rfc4514_string(),
                "common_name": subject.get_attributes_for_oid(NameOID.COMMON_NAME)[0].value,
                "sans": [name.value for name in names],
                "serial": f"{certificate.serial_number:x}",
                "not_before": certificate.not_valid_before_utc.isoformat(),
                "not_after": certificate.not_valid_after_utc.isoformat(),
                "key": f"{type(key).__name__} {getattr(key, 'key_size', '')}",
                "is_ca": extensions.get_extension_for_class(x509.BasicConstraints).value.ca,
                "eku": [usage.dotted_string for usage in usages],
            }
        )
    return json.dumps(rows)


def ours(paths: list[str]) -> str:
    """The same by the audit, with all that it says besides."""
    from wizard.evidence.audit import inspect
    from wizard.faces.json import inspection_json
    from wizard.gather import evidence_words
    from wizard.knowledge import content_folder, load

    knowledge = load(content_folder(), parts=())
    found = inspect(paths, table=knowledge.issuer_table, as_of=_AS_OF, say=evidence_words(knowledge.words))
    return inspection_json(found, knowledge.words, _AS_OF)


def slices(folder: Path) -> dict[str, float]:
    """How long the longest `step` took, as a screen calls it."""
    from wizard.evidence.audit import Audit, preload
    from wizard.model.certificate import IssuerTable

    preload()
    paths = [str(folder / _FILE), str(folder / _CA)]
    audit = Audit(paths, table=IssuerTable((), (), ()), as_of=_AS_OF, say=lambda key, _: key)
    longest, count, more = 0.0, 0, True
    while more:
        before = time.perf_counter()
        more = audit.step()
        longest = max(longest, time.perf_counter() - before)
        count += 1
    return {"longest": longest * 1000, "slices": count}


def _of_one_file(folder: Path) -> Iterator[bytes]:
    data = (folder / _FILE).read_bytes()
    for block in re.finditer(rb"-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----", data, re.DOTALL):
        yield block[0]


def _of_files(folder: Path) -> Iterator[bytes]:
    return (path.read_bytes() for path in sorted((folder / _EACH).iterdir()))


def _in_a_process(what: str, folder: str) -> dict[str, float]:
    done = subprocess.run(
        [sys.executable, "-m", __name__, what, folder], check=True, capture_output=True, text=True
    )
    figures: dict[str, float] = json.loads(done.stdout)
    return figures


def _measured(what: str, folder: Path) -> dict[str, float]:
    if what == "slices":
        return slices(folder)
    ca = str(folder / _CA)
    start = time.perf_counter()
    match what:
        case "bare-one":
            text = bare(folder, _of_one_file(folder))
        case "bare-many":
            text = bare(folder, _of_files(folder))
        case "one":
            text = ours([str(folder / _FILE), ca])
        case _:
            text = ours([str(folder / _EACH), ca])
    seconds = time.perf_counter() - start
    if text.count('"sha256"') < COUNT:
        raise AssertionError("not all certificates were read")
    return {"seconds": seconds, "mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


def _make(folder: Path) -> None:
    """The certificates: RSA as most are, all by one CA, with the extensions a public one carries."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import rsa
    from cryptography.hazmat.primitives.serialization import Encoding
    from cryptography.x509.oid import NameOID

    start = datetime(2026, 10, 1, tzinfo=UTC)
    key = rsa.generate_private_key(65537, 2048)
    node_keys = [rsa.generate_private_key(65537, 2048).public_key() for _ in range(8)]
    issuer = x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "US"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Example PKI"),
            x509.NameAttribute(NameOID.COMMON_NAME, "Example Issuing CA"),
        ]
    )
    identifier = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
    base = x509.CertificateBuilder().issuer_name(issuer).not_valid_before(start)
    ca = (
        base.subject_name(issuer)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_after(start + timedelta(days=3650))
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(identifier, critical=False)
        .sign(key, hashes.SHA256())
    )
    (folder / _CA).write_bytes(ca.public_bytes(Encoding.PEM))
    (folder / _EACH).mkdir()
    usages = [x509.ObjectIdentifier("1.3.6.1.5.5.7.3.1"), x509.ObjectIdentifier("1.3.6.1.5.5.7.3.2")]
    policy = x509.PolicyInformation(x509.ObjectIdentifier("2.23.140.1.2.1"), None)
    authority = x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(identifier)
    with (folder / _FILE).open("wb") as everything:
        for number in range(COUNT):
            host = f"node{number}.example.com"
            names = [x509.DNSName(host), x509.DNSName(f"cluster{number % 100}.example.com")]
            subject = x509.Name(
                [
                    x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Example Corp"),
                    x509.NameAttribute(NameOID.COMMON_NAME, host),
                ]
            )
            node = (
                base.subject_name(subject)
                .public_key(node_keys[number % len(node_keys)])
                .serial_number(x509.random_serial_number())
                .not_valid_after(start + timedelta(days=90))
                .add_extension(x509.SubjectAlternativeName(names), critical=False)
                .add_extension(x509.ExtendedKeyUsage(usages[: 1 + number % 2]), critical=False)
                .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
                .add_extension(authority, critical=False)
                .add_extension(x509.CertificatePolicies([policy]), critical=False)
                .sign(key, hashes.SHA256())
            )
            pem = node.public_bytes(Encoding.PEM)
            everything.write(pem)
            (folder / _EACH / f"{number}.pem").write_bytes(pem)


if __name__ == "__main__":
    print(json.dumps(_measured(sys.argv[1], Path(sys.argv[2]))))
