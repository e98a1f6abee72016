"""The files of `cryptography-vectors`: each gives a record or a problem, and each EKU is what others read.

Two independent readings: the library's own, which refuses some files, and `openssl x509`, which reads nearly
all. Without openssl on the machine the second cannot be had; in CI that is a failure.
"""

import os
import re
import shutil
import ssl
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import cryptography_vectors
import pytest
from cryptography import x509

from tests.evidence.pki import AS_OF
from wizard.evidence import facts, library, reader
from wizard.evidence.audit import inspect
from wizard.evidence.blob import Blob, Say
from wizard.evidence.der import DerError
from wizard.model.certificate import Eku, EkuState, Inspection, IssuerTable

pytestmark = pytest.mark.filterwarnings("ignore")
"""The library warns of half of these files."""

FOLDER = Path(cryptography_vectors.__file__).parent
NAMES = {
    "TLS Web Server Authentication": "1.3.6.1.5.5.7.3.1",
    "TLS Web Client Authentication": "1.3.6.1.5.5.7.3.2",
    "Code Signing": "1.3.6.1.5.5.7.3.3",
    "E-mail Protection": "1.3.6.1.5.5.7.3.4",
    "Time Stamping": "1.3.6.1.5.5.7.3.8",
    "OCSP Signing": "1.3.6.1.5.5.7.3.9",
    "Any Extended Key Usage": "2.5.29.37.0",
    "Microsoft Individual Code Signing": "1.3.6.1.4.1.311.2.1.21",
    "Microsoft Commercial Code Signing": "1.3.6.1.4.1.311.2.1.22",
    "Microsoft Smartcard Login": "1.3.6.1.4.1.311.20.2.2",
    "Microsoft Server Gated Crypto": "1.3.6.1.4.1.311.10.3.3",
    "Netscape Server Gated Crypto": "2.16.840.1.113730.4.1",
    "Signing KDC Response": "1.3.6.1.5.2.3.5",
}
UNREADABLE = {"empty-eku.pem"}
"""Files whose EKU extension lists nothing: unreadable to us, an empty list to openssl."""


@cache
def certificates() -> dict[bytes, str]:
    """Every distinct certificate of the package as DER, with the name of a file it is in."""

    def say(name: str, _: object) -> str:
        return name

    found: dict[bytes, str] = {}
    for path in sorted(FOLDER.rglob("*")):
        if not path.is_file() or path.stat().st_size == 0:
            continue
        for item in reader.read(Blob(str(path), path.read_bytes()), say):
            if isinstance(item, reader.Certificate):
                found.setdefault(item.der, path.name)
    return found


def readable() -> Iterator[tuple[bytes, str, Eku]]:
    """The certificates that can be read, with our reading of their EKU."""
    for der, name in certificates().items():
        try:
            yield der, name, facts.read(der).eku
        except DerError:
            continue


@pytest.fixture(scope="module")
def inspection(table: IssuerTable, say: Say) -> Inspection:
    return inspect([str(FOLDER)], table=table, as_of=AS_OF, say=say)


def test_every_file_gives_a_record_or_a_problem(inspection: Inspection) -> None:
    told = {record.file for record in inspection.records} | {problem.file for problem in inspection.problems}
    files = {str(path) for path in FOLDER.rglob("*") if path.is_file()}
    assert len(files) > 1500
    assert files <= {name.partition("!")[0] for name in told}


def test_certificates_are_found_in_all_the_files_that_have_them(inspection: Inspection) -> None:
    assert len(inspection.records) > 550
    assert len(certificates()) > 500
    suffixes = {Path(record.file).suffix for record in inspection.records}
    assert {".pem", ".der", ".crt", ".p12", ".p7b"} <= suffixes


def test_the_eku_is_what_the_library_reads_where_it_reads() -> None:
    compared = 0
    for der, name, eku in readable():
        try:
            extensions = x509.load_der_x509_certificate(der).extensions
            theirs = extensions.get_extension_for_class(x509.ExtendedKeyUsage)
            oids = tuple(usage.dotted_string for usage in theirs.value)
        except x509.ExtensionNotFound:
            oids = ()
        except library.REFUSALS:
            continue
        expected = Eku(EkuState.PRESENT, oids) if oids else Eku(EkuState.ABSENT)
        assert eku == expected or name in UNREADABLE, name
        compared += 1
    assert compared > 480


def test_the_bytes_alone_give_the_same_eku_as_the_library() -> None:
    for der, name, eku in readable():
        assert facts.from_bytes(der, refused=False).eku == eku, name


def test_the_eku_is_what_openssl_reads_where_it_reads(tmp_path: Path) -> None:
    openssl = shutil.which("openssl")
    if openssl is None:
        if os.environ.get("CI"):
            pytest.fail("openssl is needed here: install it in CI")
        pytest.skip("no openssl on this machine; the comparison with the library above holds")
    everything = list(readable())
    theirs = _openssl(openssl, [der for der, _, _ in everything], tmp_path / "all.pem")
    assert len(theirs) > 500
    for der, name, eku in everything:
        if der not in theirs:
            continue
        if name in UNREADABLE:
            assert eku.state is EkuState.UNREADABLE
        else:
            assert eku == (Eku(EkuState.PRESENT, theirs[der]) if theirs[der] else Eku(EkuState.ABSENT)), name


def _openssl(program: str, ders: list[bytes], path: Path) -> dict[bytes, tuple[str, ...]]:
    """The EKU of each certificate that openssl reads, all in one run; it passes over those it cannot."""
    path.write_text("".join(ssl.DER_cert_to_PEM_cert(der) for der in ders))
    done = subprocess.run(
        [program, "storeutl", "-certs", "-text", str(path)], capture_output=True, check=False
    )
    found: dict[bytes, tuple[str, ...]] = {}
    shown = done.stdout.decode("utf-8", "replace")
    for text, pem in re.findall(
        r"(.*?)(-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----)", shown, re.S
    ):
        listed = re.search(r"^ *X509v3 Extended Key Usage:.*\n(.*)$", text, re.M)
        names = [name.strip() for name in listed[1].split(",")] if listed else []
        found[ssl.PEM_cert_to_DER_cert(pem)] = tuple(
            name if re.fullmatch(r"[\d.]+", name) else NAMES[name] for name in names if name
        )
    return found
