"""What a file is, told by its first bytes."""

import pytest

from tests.evidence.dumps.expressway import NODES, status_text, status_xml, text, xml
from wizard.evidence.blob import Blob
from wizard.evidence.kinds import kind_of

EXPE1 = NODES[2]
PEM = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n"
TOML = 'format = 1\nname = "Example"\n\n[[node]]\nname = "expe1.example.com"\n'
LOG = (
    '2026-11-20T09:15:00.123+01:00 expe1 tvcs: UTCTime="2026-11-20 08:15:00,123" Module="network.sip" '
    'Level="DEBUG": Action="Sent"\n'
)


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.pem", PEM, "certificate"),
        ("mail.txt", "Dear all,\n> " + PEM, "certificate"),
        ("key.pem", "-----BEGIN ENCRYPTED PRIVATE KEY-----\n", "certificate"),
        ("csr", "-----BEGIN NEW CERTIFICATE REQUEST-----\n", "certificate"),
        ("x", text(EXPE1), "xconfiguration"),
        ("x", "\n\nadmin@expe1> xConfiguration Zones\n" + text(EXPE1), "xconfiguration"),
        ("x", status_text(EXPE1), "xstatus"),
        ("x", status_text(EXPE1) + text(EXPE1), "xstatus"),
        ("x", xml(EXPE1), "dump-xml"),
        ("x", status_xml(EXPE1), "dump-xml"),
        ("mail.txt", "> " + text(EXPE1).replace("\n", "\n> "), "xconfiguration"),
        ("mail.txt", ">> " + status_text(EXPE1).replace("\n", "\n>> "), "xstatus"),
        ("table.txt", text(EXPE1, prefix=""), "xconfiguration"),
        ("page.html", "<html><body>no dump</body></html>", "unknown"),
        ("d.toml", TOML, "deployment"),
        ("pasted", "# by hand\n" + TOML, "deployment"),
        ("d.json", '{"format": 1}', "deployment"),
        ("pasted", '{\n  "name": "x", "format": 1}', "deployment"),
        ("plan.md", "# Plan\n\nSteps: `xConfiguration Zones`\n\n````json eku-wizard\n{}\n````\n", "plan"),
        (
            "handover.md",
            "# Plan: x\n\n- **Deployment:** x\n- **Made with eku-wizard:** `0.1.0`\n\nxConfiguration Zones\n",
            "plan",
        ),
        ("plan.md", "# Plan\n" + PEM + "```json eku-wizard\n" + "x" * 300_000 + "\n```\n", "plan"),
        ("notes.md", "# Notes\n\nNothing to see.\n", "unknown"),
        ("loggingsnapshot.txt", LOG * 3 + text(EXPE1), "log"),
        ("a.txt", "Hello.\n", "unknown"),
    ],
)
def test_the_kind_of_a_text(name: str, content: str, kind: str) -> None:
    assert kind_of(Blob(name, content.encode())) == kind


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_encodings_do_not_hide_the_kind(encoding: str) -> None:
    assert kind_of(Blob("x", text(EXPE1).encode(encoding))) == "xconfiguration"
    assert kind_of(Blob("x", PEM.encode(encoding))) == "certificate"
    assert kind_of(Blob("x", xml(EXPE1).encode(encoding))) == "dump-xml"


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (bytes([0x30, 0x82, 0x01, 0x00]) + bytes(256), "certificate"),
        (bytes([0x30, 0x1E]) + bytes(30), "certificate"),
        (bytes([0x30, 0x80]) + bytes(30), "certificate"),
        (b"0123456789 digits, not DER", "unknown"),
        (b"\x00" * 64, "unknown"),
        (b"", "unknown"),
    ],
)
def test_the_kind_of_bytes(data: bytes, kind: str) -> None:
    assert kind_of(Blob("x", data)) == kind


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_certificate_at_the_end_of_a_long_mail_is_found(encoding: str) -> None:
    mail = ("words " * 90_000 + PEM).encode(encoding)
    assert kind_of(Blob("mail.txt", mail)) == "certificate"
    if encoding == "utf-16":
        assert (
            kind_of(Blob("mail.txt", b"\xfe\xff" + mail[2:].decode("utf-16-le").encode("utf-16-be")))
            == "certificate"
        )


def test_lines_without_end_are_told_as_fast_as_others() -> None:
    """Each of these once took minutes: the patterns are bounded."""
    for rubble in (b"~" * 300_000 + b" eku-wizard", b"2026-01-01T" + b"0" * 300_000, b"\n" * 300_000):
        assert kind_of(Blob("x", rubble)) == "unknown"
