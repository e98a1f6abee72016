"""What strangers write into certificates and dumps: nothing of it steers the terminal, no secret reaches a file."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from tests.terminal.window import DAY, PYTHON, Window

_COLOUR, _TITLE, _CLIPBOARD = "\x1b[31mRED", "\x1b]0;TITLE\x07", "\x1b]52;c;T1dORUQ=\x07"
_EIGHT_BIT, _REVERSED, _CLEAR = "\x9b31mC1", "\u202eREVERSED", "\x1b[2J\x1b[HCLEARED"
_MARKUP = "[@click=app.quit]CLICK[/] [bold red]BOLD[/]"
_SENT_BY_NOBODY = (
    b"\x1b[31mRED", b"\x1b]", b"\x07", "\x9b".encode(), b"\x9b", "\u202e".encode(), b"\x1b[2J", b"\x1b[H\x1b",
)  # fmt: skip
_CIPHER = "{cipher}Q0lQSEVSVEVYVE9GQVNFQ1JFVFBBU1NXT1JE"


@pytest.fixture(scope="module")
def key() -> ec.EllipticCurvePrivateKey:
    """A key that must show up nowhere."""
    return ec.generate_private_key(ec.SECP256R1())


@pytest.fixture(scope="module")
def private(key: ec.EllipticCurvePrivateKey) -> str:
    """The same as PEM."""
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


@pytest.fixture
def file(tmp_path: Path, key: ec.EllipticCurvePrivateKey, private: str) -> Path:
    """A certificate whose names are traps, with its private key beside it."""
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.COMMON_NAME, f"cn{_COLOUR}{_EIGHT_BIT}"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, f"{_TITLE}{_CLIPBOARD}{_MARKUP}"),
            x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, f"{_REVERSED}{_CLEAR}\r\n\x08\x0c"),
        ]
    )
    start = datetime(2026, 10, 1, tzinfo=UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(start)
        .not_valid_after(start + timedelta(days=90))
        .add_extension(
            x509.SubjectAlternativeName([x509.DNSName("expe.example.com\x1b[31mRED"), x509.DNSName(_MARKUP)]),
            critical=False,
        )
        .sign(key, hashes.SHA256())
    )
    path = tmp_path / "traps.pem"
    path.write_text(certificate.public_bytes(Encoding.PEM).decode() + private, encoding="ascii")
    return path


def _secrets(private: str) -> list[str]:
    body = "".join(private.splitlines()[1:-1])
    return [body[at : at + 20] for at in range(len(body) - 19)] + [_CIPHER[8:28]]


def _steers(raw: bytes) -> list[bytes]:
    return [data for data in _SENT_BY_NOBODY if data in raw]


def test_no_control_byte_of_a_certificate_reaches_the_terminal_in_the_table(
    file: Path, tmp_path: Path, private: str
) -> None:
    program = (PYTHON, "-m", "wizard", "inspect", str(file), "--as-of", DAY)
    with Window(home=tmp_path, program=program) as window:
        assert window.end() in (0, 1)
        assert b"RED" in window.raw, "the trap was not shown: this proves nothing"
        assert b"\x1b" not in window.raw and _steers(window.raw) == []
        assert not [part for part in _secrets(private) if part.encode() in window.raw]


def test_no_control_byte_of_a_certificate_reaches_the_terminal_on_the_screens(
    file: Path, tmp_path: Path, private: str
) -> None:
    dump = tmp_path / "xconfiguration.txt"
    dump.write_text(
        f'*c xConfiguration SystemUnit Name: "expe{_COLOUR}"\n'
        f'*c xConfiguration Authentication Password: "{_CIPHER}"\n',
        encoding="utf-8",
    )
    home = tmp_path / "home"
    home.mkdir()
    with Window(str(file), str(dump), home=home) as window:
        window.expect("This was read")
        window.type("2", "enter")
        window.expect("Certificates read", "RED")
        window.type("enter")
        window.expect("Where does ")
        window.quiet()
        window.type("backspace", "backspace")
        window.expect("This was read")
        for _ in range(4):
            window.type("ctrl+d")
            window.quiet(0.2)
        window.type("1", "enter")
        window.expect("Which role does expe", " saved")
        assert b"RED" in window.raw, "the trap was not shown: this proves nothing"
        assert _steers(window.raw) == []
        assert not [part for part in _secrets(private) if part.encode() in window.raw]
    kept = b"".join(path.read_bytes() for path in home.rglob("*") if path.is_file())
    assert kept
    assert not [part for part in _secrets(private) if part.encode() in kept]
