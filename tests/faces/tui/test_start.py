"""Starting: what is loaded for the first screen, which terminals are refused, what is sent only once."""

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from rich.console import Console
from rich.segment import Segment
from textual._compositor import LayoutUpdate
from textual.geometry import Region
from textual.strip import Strip

from wizard.faces import tui
from wizard.faces.tui.driver import is_old
from wizard.faces.tui.recent import recent
from wizard.faces.tui.shown import Shown

if TYPE_CHECKING:
    from collections.abc import Iterable

ROOT = Path(__file__).parents[3]
HEAVY = ("pydantic", "cryptography", "markdown_it", "textual.widgets._markdown", "wizard.model.knowledge",
         "wizard.model.deployment", "wizard.evidence", "wizard.domain")  # fmt: skip


def imported(code: str) -> set[str]:
    """The modules that a process has imported after `code`."""
    code += "\nimport sys; print('\\n'.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    return set(done.stdout.split())


def test_the_first_screen_needs_none_of_the_heavy_modules() -> None:
    found = imported("import wizard.faces.tui.start")
    assert "textual.app" in found
    assert {name for name in found if name.startswith(HEAVY)} == set()


def test_asking_whether_it_can_run_loads_no_textual() -> None:
    found = imported("import wizard.faces.tui as tui; tui.can_run()")
    assert not {name for name in found if name.split(".")[0] in ("textual", "rich", "pydantic")}


class Stream:
    def __init__(self, terminal: bool) -> None:
        self.terminal = terminal

    def isatty(self) -> bool:
        return self.terminal


@pytest.mark.parametrize(
    ("stdin", "stderr", "term", "reason"),
    [
        (True, True, "xterm", None),
        (False, True, "xterm", "no-input-terminal"),
        (True, False, "xterm", "no-screen-terminal"),
        (True, True, "dumb", "dumb-terminal"),
        (True, True, "", "dumb-terminal"),
    ],
)
def test_a_terminal_that_cannot_show_it_is_told_so(
    monkeypatch: pytest.MonkeyPatch, stdin: bool, stderr: bool, term: str, reason: str | None
) -> None:
    monkeypatch.setattr(sys, "__stdin__", Stream(stdin))
    monkeypatch.setattr(sys, "__stderr__", Stream(stderr))
    assert tui.can_run({"TERM": term}) == reason


def test_without_any_stdin_it_cannot_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "__stdin__", None)
    assert tui.can_run({"TERM": "xterm"}) == "no-input-terminal"


@pytest.mark.parametrize(
    ("term", "old"), [("linux", True), ("vt100", True), ("xterm", False), ("screen", False), ("", False)]
)
def test_old_terminals_are_told_by_their_name(term: str, old: bool) -> None:
    assert is_old(term) is old


def update(*lines: str) -> LayoutUpdate:
    strips: list[Iterable[Strip]] = [[Strip([Segment(line)], len(line))] for line in lines]
    return LayoutUpdate(strips, Region(0, 0, len(lines[0]), len(lines)))


def test_a_line_that_is_shown_already_is_not_sent_again() -> None:
    shown, console = Shown(), Console(color_system=None)

    def sent(*lines: str) -> str:
        return shown.only_changes(update(*lines)).render_segments(console)

    assert "one" in sent("one", "two") and "two" in sent("one", "TWO").lower()
    assert sent("one", "TWO") == ""
    assert "one" not in sent("one", "six")
    shown.forget()
    assert "one" in sent("one", "six")


def test_another_width_makes_everything_new() -> None:
    shown, console = Shown(), Console(color_system=None)
    shown.only_changes(update("one")).render_segments(console)
    assert "one" in shown.only_changes(update("one ")).render_segments(console)


def test_what_was_saved_last_is_told_by_its_file(tmp_path: Path) -> None:
    assert recent(None) is None
    assert recent(tmp_path / "missing") is None
    assert recent(tmp_path) is None
    for number, name in enumerate(("first", "second")):
        file = tmp_path / f"{name}.json"
        file.write_text("{}")
        import os

        os.utime(file, (number, number))
    (tmp_path / "second.json.bak").write_text("{}")
    found = recent(tmp_path)
    assert found is not None and (found.slug, found.count) == ("second", 2)
