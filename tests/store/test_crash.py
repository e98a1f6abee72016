"""A crash report says where and why, and nothing of what the program held."""

import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from wizard.store.crash import KEPT, report, write_report
from wizard.store.scrub import STRUCK, scrub, scrub_hard

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
BODY = "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7"
PEM = f"-----BEGIN PRIVATE KEY-----\n{BODY}\n{BODY}\n-----END PRIVATE KEY-----"


def crash(message: str) -> Exception:
    """An exception with a cause, a secret in a local variable, and the message given."""

    def inner() -> None:
        password = "hunter2hunter2"
        raise KeyError(f"no {len(password)}")

    try:
        try:
            inner()
        except KeyError as error:
            raise ValueError(message) from error
    except ValueError as error:
        found: Exception = error
    return found


def test_a_report_names_the_places_and_the_words_of_both_exceptions() -> None:
    text = report(crash("the wrong turn"), version="1.2.3")
    assert text.startswith("eku-wizard 1.2.3, Python 3.")
    assert "ValueError: the wrong turn" in text and "KeyError: 'no 14'" in text
    assert f'File "{__file__}", line ' in text and "in inner" in text


@pytest.mark.parametrize(
    "message",
    [
        PEM,
        repr(PEM),
        BODY,
        f"bad: {BODY[:24]}",
        PEM.replace("\n", "\r\n"),
        "x {cipher}Aq1Sw2De3 y",
        BODY.encode().hex(),
    ],
)
def test_a_report_holds_no_secret(message: str) -> None:
    text = report(crash(message), version="1")
    for secret in (BODY, BODY.encode().hex()):
        assert not any(secret[start : start + 20] in text for start in range(len(secret) - 19))
    assert "hunter2" not in text and "Aq1Sw2De3" not in text and STRUCK in text


def test_control_characters_of_a_message_are_made_visible() -> None:
    assert "\x1b" not in report(crash("a\x1b[31mb\u202e"), version="1")


def test_a_report_is_written_for_its_owner_alone(tmp_path: Path) -> None:
    path = write_report(crash("x"), tmp_path / "state", now=NOON)
    assert path is not None and path.parent == tmp_path / "state"
    assert path.name.startswith("crash-20261123T120000Z-")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600 and "ValueError: x" in path.read_text()


def test_without_a_folder_the_report_goes_where_temporary_files_go(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    path = write_report(crash("x"), Path("/proc/none"), now=NOON)
    assert path is not None and path.parent == tmp_path


def test_where_none_is_named_the_folder_is_that_of_the_platform(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EKU_WIZARD_HOME", str(tmp_path))
    path = write_report(crash("x"))
    assert path is not None and path.parent == tmp_path / "state"


def test_where_nothing_can_be_written_there_is_no_report(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", "/proc/none")
    assert write_report(crash("x"), Path("/proc/none"), now=NOON) is None


def test_only_the_latest_reports_are_kept(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    last = None
    for minute in range(KEPT + 3):
        last = write_report(crash("x"), tmp_path, version="1", now=NOON + timedelta(minutes=minute))
    reports = sorted(path for path in tmp_path.iterdir() if path.name.startswith("crash-"))
    assert len(reports) == KEPT and reports[-1] == last and (tmp_path / "notes.txt").exists()


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("plain text", "plain text"),
        ("{cipher}", "{cipher}"),
        ("a {cipher}abc== b", "a {cipher}*** b"),
        ('"{cipher}abc"', '"{cipher}***"'),
        ("{CIPHER}abc", "{CIPHER}***"),
        ("{Cipher}abc", "{Cipher}***"),
        (PEM, "-----BEGIN PRIVATE KEY-----***-----END PRIVATE KEY-----"),
        ("-----BEGIN RSA PRIVATE KEY-----\nabc", "-----BEGIN RSA PRIVATE KEY-----***"),
        ("-----BEGIN CERTIFICATE-----\nabc", "-----BEGIN CERTIFICATE-----\nabc"),
        ("the PRIVATE KEY is elsewhere", "the PRIVATE KEY is elsewhere"),
    ],
)
def test_what_has_the_shape_of_a_secret_is_struck_out_once(text: str, left: str) -> None:
    assert scrub(text) == left
    assert scrub(left) == left


@pytest.mark.parametrize(
    "text", ["a" * 40, "/usr/lib/python3/site/packages/module", "certificate_verification_failed"]
)
def test_words_and_paths_are_no_secrets(text: str) -> None:
    assert scrub_hard(text) == text
