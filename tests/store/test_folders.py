"""Where things are kept, and what happens where there is no such place."""

import errno
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import platformdirs
import pytest

from tests.store.words import say
from wizard.store.folders import HOME_VARIABLE, Folders, find, other_places, why_not
from wizard.store.preferences import Preferences, read_preferences, write_preferences

ROOT = Path(__file__).parents[2]


def test_a_chosen_home_holds_everything_and_needs_no_platformdirs(tmp_path: Path) -> None:
    code = (
        "import sys, os\nfrom wizard.store.folders import find\nfound = find(os.environ)\n"
        "print(found.deployments, found.chosen, 'platformdirs' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={HOME_VARIABLE: str(tmp_path)},
        capture_output=True,
        text=True,
        cwd=ROOT,
    )
    assert done.stdout.split() == [str(tmp_path / "deployments"), "True", "False"], done.stderr
    top = find({HOME_VARIABLE: str(tmp_path)})
    for folder in (top.deployments, top.settings, top.state, top.cache):
        assert folder is not None and folder.is_relative_to(tmp_path)


def test_a_chosen_home_may_be_relative(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    assert find({HOME_VARIABLE: "here"}).deployments == tmp_path / "here" / "deployments"


@pytest.mark.skipif(sys.platform != "linux", reason="the XDG variables are those of Linux")
def test_else_the_folders_are_those_of_the_platform(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("DATA", "CONFIG", "STATE", "CACHE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name.lower()))
    assert find({}) == Folders(
        tmp_path / "data/eku-wizard/deployments",
        tmp_path / "config/eku-wizard/settings.toml",
        tmp_path / "state/eku-wizard",
        tmp_path / "cache/eku-wizard",
    )


@pytest.mark.parametrize("says", ["~/.local/share/eku-wizard", RuntimeError("no home")])
def test_without_a_home_there_are_no_folders(
    monkeypatch: pytest.MonkeyPatch, says: str | RuntimeError
) -> None:
    """Some versions of platformdirs leave the `~`, others raise."""

    def answer(self: object) -> str:
        if isinstance(says, str):
            return says
        raise says

    for kind in ("data", "config", "state", "cache"):
        monkeypatch.setattr(platformdirs.PlatformDirs, f"user_{kind}_dir", property(answer))
    assert find({}) == Folders(None, None, None, None)


def test_a_folder_is_tried_out_and_left_empty(tmp_path: Path) -> None:
    assert why_not(tmp_path / "a" / "b", say) is None
    assert list((tmp_path / "a" / "b").iterdir()) == []


@pytest.mark.parametrize(
    ("number", "code"),
    [(errno.EROFS, "read-only"), (errno.ENOSPC, "disk-full"), (errno.EACCES, "no-permission")],
)
def test_why_a_folder_does_not_do_is_said(
    tmp_path: Path, refuse: Callable[[str, int], None], number: int, code: str
) -> None:
    refuse("open", number)
    found = why_not(tmp_path, say)
    assert found is not None and (found.code, found.file) == (code, str(tmp_path))
    nowhere = why_not(None, say)
    assert nowhere is not None and nowhere.code == "no-home"


def test_other_places_are_tried_before_they_are_offered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    places = other_places({"HOME": "/proc/none", "XDG_RUNTIME_DIR": str(tmp_path / "run")}, tmp_path, say)
    assert [place.parent for place in places] == [tmp_path, tmp_path / "run", tmp_path / "temporary"]
    assert not any(place.exists() for place in places), "a place that is only offered is not made"


def test_a_folder_of_somebody_else_is_not_offered(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "eku-wizard").symlink_to(tmp_path / "elsewhere")
    assert tmp_path / "eku-wizard" not in other_places({}, tmp_path, say)


# The settings of the program

SET = Preferences(
    theme="mono", ascii=True, mouse=False, language="en", keymap={"back": "ctrl+g", 'a "b"': "é"}
)


@pytest.mark.parametrize("preferences", [Preferences(), SET, Preferences(ascii=False)])
def test_settings_are_read_as_they_were_written(tmp_path: Path, preferences: Preferences) -> None:
    path = tmp_path / "new" / "settings.toml"
    write_preferences(path, preferences, say)
    write_preferences(path, preferences, say)
    assert read_preferences(path, say) == (preferences, ())


def test_without_settings_the_defaults_hold(tmp_path: Path) -> None:
    assert read_preferences(tmp_path / "none.toml", say) == (Preferences(), ())
    assert read_preferences(None, say) == (Preferences(), ())


@pytest.mark.parametrize(
    ("text", "found", "where"),
    [
        ('them = "x"\nascii = true', Preferences(ascii=True), ["them, line 1"]),
        ('mouse = "no"\ntheme = "mono"', Preferences(theme="mono"), ["mouse, line 1"]),
        ("keymap = 1\nascii = 2", Preferences(), ["keymap, line 1", "ascii, line 2"]),
        ("theme = ", Preferences(), ["line 1, column 9"]),
    ],
)
def test_a_setting_that_cannot_be_read_is_named_and_the_others_hold(
    tmp_path: Path, text: str, found: Preferences, where: list[str]
) -> None:
    path = tmp_path / "settings.toml"
    path.write_text(text)
    preferences, problems = read_preferences(path, say)
    assert preferences == found
    assert [(problem.file, problem.where) for problem in problems] == [(str(path), place) for place in where]
