"""However the wizard ends, the terminal is given back and every answer is kept."""

import os
import signal
import stat
import time
from pathlib import Path

import pytest

from tests.terminal import homes
from tests.terminal.window import DAY, PYTHON, Window, left_behind

_ENDED_BY = 128


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_ends_it_with_its_status_and_the_answers_kept(
    window: Window, home: Path, number: signal.Signals
) -> None:
    homes.answer(window, 0, "X15.4")
    window.signal(number)
    assert window.end() == _ENDED_BY + number
    assert homes.releases(home) == ["X15.4", None, None]
    if number != signal.SIGHUP:
        assert left_behind(window.raw) == []
    with Window(home=home) as again:
        homes.go_on(again, 1)


@pytest.mark.parametrize("keys", [("q",), ("7", "enter"), ("ctrl+c", "ctrl+c")])
def test_leaving_by_key_gives_the_terminal_back(tmp_path: Path, keys: tuple[str, ...]) -> None:
    with Window(home=tmp_path, program=("/bin/sh", "-c", _AND_THEN)) as window:
        window.expect("New deployment")
        before = window.settings()
        window.type(*keys)
        window.expect("status 0")
        assert left_behind(window.raw) == []
        assert window.settings() != before  # raw while the wizard ran, and now as the shell had it
        window.type("echo\r")
        window.expect("echo")


_AND_THEN = f"{PYTHON} -m wizard start --as-of {DAY}; echo status $?; cat"


@pytest.mark.parametrize("moment", [0.05, 0.12, 0.19, 0.26, 0.33, 0.4, 0.5, 0.6, 0.8])
def test_a_signal_while_it_starts_gives_the_terminal_back(home: Path, moment: float) -> None:
    with Window(home=home) as window:
        window.type("2", "enter", "enter")
        window.idle(moment)
        window.signal(signal.SIGTERM)
        assert window.end() in (_ENDED_BY + signal.SIGTERM, -signal.SIGTERM)
        assert left_behind(window.raw) == []


def test_a_dropped_line_ends_it_with_the_answers_kept(window: Window, home: Path) -> None:
    homes.answer(window, 0, "X15.4")
    window.hang_up()
    assert window.end() == _ENDED_BY + signal.SIGHUP
    assert homes.releases(home) == ["X15.4", None, None]
    assert not list(home.rglob("*.lock")), "another window would be told that this one still has it"


def test_a_line_that_drops_while_keys_arrive_ends_it_at_once(window: Window, home: Path) -> None:
    window.type("X15.4", "enter", "X15.4", "enter")
    window.hang_up()
    before = time.monotonic()
    assert window.end() in (_ENDED_BY + signal.SIGHUP, -signal.SIGHUP)
    assert time.monotonic() - before < 20, "it spins or hangs"
    assert homes.saved(home)["name"] == "HQ"


def test_a_tty_that_closes_without_a_signal_ends_it(home: Path) -> None:
    """As under nohup, or a supervisor that ignores SIGHUP: reading fails, and nobody tells why."""
    ignoring = ("/bin/sh", "-c", f"trap '' HUP; exec {PYTHON} -m wizard start --as-of {DAY}")
    with Window(home=home, program=ignoring) as window:
        homes.go_on(window)
        homes.answer(window, 0, "X15.4")
        window.hang_up()
        assert window.end() == _ENDED_BY + signal.SIGHUP
    assert homes.releases(home) == ["X15.4", None, None]


def test_ctrl_z_gives_the_shell_its_terminal_and_fg_comes_back(home: Path) -> None:
    with Window(
        home=home, program=("bash", "--norc", "--noediting", "-i"), environ={"PS1": "shell$ "}
    ) as window:
        window.expect("shell$")
        settings = window.settings()
        window.type(f"{PYTHON} -m wizard start --as-of {DAY}\r")
        homes.go_on(window)
        window.type("X15.4")
        window.expect("X15.4")
        window.type("ctrl+z")
        window.expect("Stopped")
        assert left_behind(window.raw) == []
        assert window.settings() == settings
        window.type("echo $((40 + 2))\r")
        window.expect("42")
        window.type("fg\r")
        window.expect(homes.asked(0), "X15.4")
        window.type("enter")
        window.expect(homes.asked(1))
        window.signal_child(signal.SIGTERM)
        window.expect_sent(b"\x1b[?1049l")
        window.quiet()
        assert left_behind(window.raw) == []
    assert homes.releases(home) == ["X15.4", None, None]


_CRASH = f"""
import sys
from wizard.faces.tui.screens.question import QuestionScreen
def action_tree(self):
    community = "s3cret-" + "community"
    raise KeyError("it broke")
QuestionScreen.action_tree = action_tree
from wizard.cli import main
sys.exit(main(["start", "--as-of", "{DAY}"]))
"""


def test_a_crash_gives_the_terminal_back_and_says_where_the_report_is(home: Path) -> None:
    with Window(home=home, program=(PYTHON, "-c", _CRASH)) as window:
        homes.go_on(window)
        homes.answer(window, 0, "X15.4")
        window.type("down", "t")
        assert window.end() == 1
        assert left_behind(window.raw) == []
        after = window.raw.rsplit(b"\x1b[?1049l", 1)[1]
    assert b"Traceback" not in window.raw and b"s3cret" not in window.raw
    assert b"KeyError" in after and after.count(b"\n") <= 3
    (report,) = (home / "state").iterdir()
    assert report.name.encode() in after.replace(b"\r\n", b"")
    assert stat.S_IMODE(report.stat().st_mode) == 0o600
    text = report.read_text(encoding="utf-8")
    assert "it broke" in text and "s3cret-community" not in text
    assert homes.releases(home) == ["X15.4", None, None]
    with Window(home=home) as again:
        homes.go_on(again, 1)


def test_a_crash_in_a_thread_of_the_driver_gives_the_terminal_back(home: Path) -> None:
    code = _CRASH.replace("QuestionScreen.action_tree = action_tree", _BROKEN_INPUT)
    with Window(home=home, program=(PYTHON, "-c", code)) as window:
        homes.go_on(window)
        window.type("!")
        assert window.end() == 1
        assert left_behind(window.raw) == []
    assert b"Traceback" not in window.raw


_BROKEN_INPUT = """
from wizard.faces.tui.driver import TtyDriver
process_message = TtyDriver.process_message
def breaks(self, message):
    if getattr(message, "character", "") == "!":
        action_tree(self)
    process_message(self, message)
TtyDriver.process_message = breaks
"""


def test_the_status_of_a_wizard_that_is_killed_is_the_systems(window: Window) -> None:
    window.signal(signal.SIGKILL)
    assert window.end() == -signal.SIGKILL
    assert os.WTERMSIG(window.status or 0) == signal.SIGKILL
