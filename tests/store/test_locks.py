"""One window writes a deployment. Others are told who, and may take over; the dead hold nothing."""

import errno
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from wizard.store import locks
from wizard.store.locks import BusyError, HeldByError, acquire, folder_lock, holder_of, lock_of

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def now() -> datetime:
    return NOON


HOLD = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from wizard.store.locks import acquire
lock = acquire(Path(sys.argv[1]), lambda: datetime(2026, 11, 23, 12, 0, tzinfo=UTC))
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def other(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that holds the lock."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path / "x.json")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    assert process.stdout is not None and process.stdout.readline() == "held\n"
    yield process
    process.kill()
    process.communicate()


def test_the_second_window_is_told_who_holds_it(tmp_path: Path, other: subprocess.Popen[str]) -> None:
    with pytest.raises(HeldByError) as caught:
        acquire(tmp_path / "x.json", now)
    holder = caught.value.holder
    assert (holder.pid, holder.host) == (other.pid, os.uname().nodename)
    assert holder.since == "2026-11-23 12:00 UTC" and holder.user


def test_the_lock_of_a_killed_process_is_taken_silently(tmp_path: Path, other: subprocess.Popen[str]) -> None:
    other.kill()
    other.wait()
    assert lock_of(tmp_path / "x.json").exists()
    assert holder_of(tmp_path / "x.json") is None
    assert acquire(tmp_path / "x.json", now).is_held()


def test_who_is_taken_over_notices(tmp_path: Path) -> None:
    first = acquire(tmp_path / "x.json", now)
    assert first.is_held()
    second = acquire(tmp_path / "x.json", now, take_over=True)
    assert second.is_held() and not first.is_held()
    first.release()
    assert second.is_held(), "letting go of a lost lock must not take it from the new holder"
    third = acquire(tmp_path / "x.json", now, take_over=True)
    assert third.is_held() and not second.is_held()


def test_a_lock_let_go_leaves_nothing_behind(tmp_path: Path) -> None:
    lock = acquire(tmp_path / "x.json", now)
    lock.release()
    lock.release()
    assert not lock.is_held() and not lock_of(tmp_path / "x.json").exists()
    assert holder_of(tmp_path / "x.json") is None


def test_a_lock_file_that_was_removed_is_a_lock_that_was_lost(tmp_path: Path) -> None:
    lock = acquire(tmp_path / "x.json", now)
    lock_of(tmp_path / "x.json").unlink()
    assert not lock.is_held()


def test_two_deployments_of_one_folder_are_held_apart(tmp_path: Path) -> None:
    assert acquire(tmp_path / "x.json", now).is_held()
    assert acquire(tmp_path / "y.json", now).is_held()


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"pid": "x"}', b"\xff\xfe"])
def test_a_lock_file_that_says_nothing_is_nobodys(tmp_path: Path, content: bytes) -> None:
    lock_of(tmp_path / "x.json").write_bytes(content)
    assert holder_of(tmp_path / "x.json") is None
    assert acquire(tmp_path / "x.json", now).is_held()


def test_words_of_a_lock_file_are_made_visible(tmp_path: Path, other: subprocess.Popen[str]) -> None:
    place = lock_of(tmp_path / "x.json")
    said = json.loads(place.read_text())
    place.write_text(json.dumps({**said, "user": "\x1b[31mroot"}))
    holder = holder_of(tmp_path / "x.json")
    assert holder is not None and holder.user == "\\x1b[31mroot"


@pytest.fixture
def no_flock(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file system that knows no flock, as some network file systems."""

    def refused(descriptor: int, operation: int) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr("wizard.store.locks.fcntl.flock", refused)


@pytest.mark.usefixtures("no_flock")
def test_without_flock_a_living_process_holds_its_lock(tmp_path: Path) -> None:
    first = acquire(tmp_path / "x.json", now)
    assert first.is_held() and first.holder.flock is False
    with pytest.raises(HeldByError):
        acquire(tmp_path / "x.json", now)
    second = acquire(tmp_path / "x.json", now, take_over=True)
    assert second.is_held() and not first.is_held()


@pytest.mark.usefixtures("no_flock")
@pytest.mark.parametrize(
    ("change", "held"),
    [
        ({}, True),
        ({"host": "elsewhere"}, True),
        ({"pid": 2**22 + 1}, False),
        ({"started": 1}, False),
        ({"pid": 0}, False),
    ],
    ids=["lives", "another machine", "no such process", "another process of that number", "no process"],
)
def test_without_flock_the_lock_of_a_dead_process_is_nobodys(
    tmp_path: Path, change: dict[str, object], held: bool
) -> None:
    acquire(tmp_path / "x.json", now)
    place = lock_of(tmp_path / "x.json")
    place.write_text(json.dumps({**json.loads(place.read_text()), **change}))
    assert (holder_of(tmp_path / "x.json") is not None) is held


def test_a_folder_that_somebody_keeps_is_busy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(locks, "_PATIENCE", 0.0)
    with folder_lock(tmp_path):
        with pytest.raises(BusyError), folder_lock(tmp_path):
            pytest.fail("two had the folder at once")
        with pytest.raises(BusyError):
            acquire(tmp_path / "x.json", now)
    assert acquire(tmp_path / "x.json", now).is_held()
