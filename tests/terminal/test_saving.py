"""What is saved when the disk, the home or a file of it is not as it should be; and what modes files have."""

import json
import os
import resource
import stat
from pathlib import Path

import pytest

from tests.terminal import homes
from tests.terminal.window import DAY, PYTHON, Window

_NOT_SAVED = "NOT SAVED"


def _begin(window: Window) -> None:
    """A new deployment, up to its first question."""
    window.expect("New deployment")
    window.type("1", "enter")
    window.expect("Whose Expressways")
    window.type("HQ", *["enter"] * 5)


def test_a_disk_that_fills_up_is_told_of_and_the_work_goes_on_in_memory(window: Window, home: Path) -> None:
    homes.answer(window, 0, "X15.4")
    before = (home / homes.FILE).read_bytes()
    _, hard = resource.prlimit(window.pid, resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))
    window.type("X15.5", "enter")
    window.expect("Saving failed", _NOT_SAVED, "Save in ")
    assert (home / homes.FILE).read_bytes() == before
    window.type("escape")
    window.expect(homes.asked(2), _NOT_SAVED)
    resource.prlimit(window.pid, resource.RLIMIT_FSIZE, (hard, hard))
    window.type("X15.5", "enter")
    window.expect("public CA?", " saved")
    assert homes.releases(home) == ["X15.4", "X15.5", "X15.5"]


def test_from_a_full_disk_it_can_be_saved_elsewhere(window: Window, home: Path, tmp_path: Path) -> None:
    # A folder that is gone is refused as a full disk is, and another place takes what this one cannot.
    (home / "deployments").rename(tmp_path / "gone")
    (home / "deployments").write_text("no folder any more", encoding="utf-8")
    window.type("X15.4", "enter")
    window.expect("Saving failed", _NOT_SAVED, "Save in")
    window.type("2", "enter")
    window.expect(homes.asked(1), " saved")
    assert homes.releases(home, "eku-wizard/hq.json") == ["X15.4", None, None]


@pytest.mark.parametrize("where", ["/proc/nobody", "/sys/kernel/nobody", "/dev/null/nobody"])
def test_without_a_home_that_can_be_written_the_work_goes_on(tmp_path: Path, where: str) -> None:
    environ = {"HOME": where, "EKU_WIZARD_HOME": "", "XDG_RUNTIME_DIR": "", "TMPDIR": where}
    with Window(home=tmp_path, environ=environ) as window:
        _begin(window)
        window.expect("Saving failed", "Save in")
        window.type("escape")
        window.expect("Which Expressway nodes are there?", _NOT_SAVED)
        window.type("3", "enter")
        window.expect("public CA?")
        window.type("backspace", "backspace")
        window.expect("This deployment is not saved", "Leave it")
        window.type("3", "enter")
        window.expect("New deployment")
        window.type("q")
        assert window.end() == 0
    assert not list(tmp_path.iterdir())


def test_a_power_cut_in_the_middle_of_a_save_loses_nothing(home: Path) -> None:
    """What it leaves: a part of the next state beside the whole one, and the lock of a process that is dead."""
    folder = home / "deployments"
    whole = (folder / "hq.json").read_bytes()
    (folder / ".hq.json.0123abcd.tmp").write_bytes(whole[: len(whole) // 2])
    (folder / "hq.json.lock").write_text("")
    with Window(home=home) as window:
        homes.go_on(window)
        homes.answer(window, 0, "X15.4")
        assert sorted(path.name for path in folder.iterdir() if path.suffix == ".tmp") == []
    assert homes.releases(home) == ["X15.4", None, None]


# Two windows on one deployment


def test_a_second_window_is_told_and_can_watch(window: Window, home: Path) -> None:
    with Window(home=home) as second:
        second.expect("New deployment")
        second.type("2", "enter")
        second.expect("open in another window")
        second.type("enter")
        second.expect("This deployment is open in another window", "Watch", "Take it over")
        second.type("1", "enter")
        second.expect(homes.asked(0), "watching another window")
        second.type("X15.5", "enter")
        second.expect("Another window writes this deployment")
        homes.answer(window, 0, "X15.4")
        second.expect(homes.asked(1))
    assert homes.releases(home) == ["X15.4", None, None]


def test_a_second_window_can_take_over_and_the_first_never_overwrites(window: Window, home: Path) -> None:
    homes.answer(window, 0, "X15.4")
    with Window(home=home) as second:
        second.expect("New deployment")
        second.type("2", "enter")
        second.expect("open in another window")
        second.type("enter")
        second.expect("Take it over")
        second.type("2", "enter")
        homes.answer(second, 1, "X15.5")
        window.type("X14.3.7", "enter")
        window.expect("Another window took this deployment over", _NOT_SAVED)
        assert homes.releases(home) == ["X15.4", "X15.5", None]
        window.type("q")
        homes_before = (home / homes.FILE).read_bytes()
        window.type("escape", "X14.3.7", "enter")
        window.quiet()
        assert (home / homes.FILE).read_bytes() == homes_before


# Files of other programs, and of nobody


def test_a_file_of_a_newer_program_is_refused_and_not_touched(home: Path) -> None:
    path = home / homes.FILE
    newer = json.dumps({**homes.saved(home), "format": 99, "more": "than we know"}).encode()
    path.write_bytes(newer)
    before = path.stat()
    with Window(home=home) as window:
        window.expect("New deployment")
        window.type("2", "enter")
        window.expect("written by a newer program")
        window.type("enter")
        window.expect("Update eku-wizard to open it.")
        window.type("escape")
        window.expect("New deployment")
        window.type("q")
        assert window.end() == 0
    after = path.stat()
    assert path.read_bytes() == newer
    assert (after.st_mtime_ns, after.st_ino) == (before.st_mtime_ns, before.st_ino)


def test_a_damaged_file_is_set_aside_and_the_state_before_offered(home: Path) -> None:
    path = home / homes.FILE
    with Window(home=home) as window:
        homes.go_on(window)
        homes.answer(window, 0, "X15.4")
        homes.answer(window, 1, "X15.5")
    damaged = path.read_bytes()[:-40]
    path.write_bytes(damaged)
    with Window(home=home) as window:
        window.expect("New deployment")
        window.type("2", "enter")
        window.expect("damaged: open it")
        window.type("enter")
        window.expect("This deployment is damaged", "Go on from the state before", "hq.json.damaged-1")
        window.type("1", "enter")
        window.expect("Which release does expe")
    assert (home / f"{homes.FILE}.damaged-1").read_bytes() == damaged
    assert homes.releases(home)[0] == "X15.4"


# What is written


def test_files_are_for_their_owner_alone_whatever_the_umask(tmp_path: Path) -> None:
    code = f"import os; os.umask(0); import sys; from wizard.cli import main; sys.exit(main(['--as-of', '{DAY}']))"
    with Window(home=tmp_path, program=(PYTHON, "-c", code), environ={"EKU_WIZARD_HOME": "made"}) as window:
        _begin(window)
        window.expect("Which Expressway nodes are there?", " saved")
        window.type("3", "enter")
        window.expect("public CA?", " saved")
        window.type(":", "settings", "enter")
        window.expect("Settings", "Theme")
        window.type("space")
        window.expect("dark")
        window.quiet()
        made = [tmp_path / "made", *(tmp_path / "made").rglob("*")]
        modes = {path: stat.S_IMODE(path.stat().st_mode) for path in made if path.exists()}
    assert {path.name for path in modes} >= {"made", "deployments", "hq.json", "hq.json.bak", "settings.toml"}
    wrong = {path: oct(mode) for path, mode in modes.items() if mode != (0o700 if path.is_dir() else 0o600)}
    assert wrong == {}


def test_the_first_window_says_where_it_is_saved(window: Window, home: Path) -> None:
    window.type("down", ":", "where it is saved", "enter")
    window.expect("Everything is saved.")
    assert os.access(home / homes.FILE, os.R_OK)
