"""`where` prints a `name: path` a line."""

from pathlib import Path

from tests.commands.terminal import ROOT, run
from wizard.commands.where import listed
from wizard.store.folders import Folders


def test_each_folder_is_a_line(tmp_path: Path) -> None:
    done = run("where", home=tmp_path)
    assert done.returncode == 0
    assert dict(line.split(": ", 1) for line in done.stdout.splitlines()) == {
        "deployments": str(tmp_path / "deployments"),
        "settings": str(tmp_path / "settings.toml"),
        "reports": str(tmp_path / "state"),
        "cache": str(tmp_path / "cache"),
        "content": str(ROOT / "content"),
    }


def test_another_content_folder_is_named(tmp_path: Path) -> None:
    done = run("where", "--content", str(ROOT / "content" / ".." / "content"), home=tmp_path)
    assert "content: " in done.stdout
    missing = run("where", "--content", str(tmp_path / "none"), home=tmp_path)
    assert missing.returncode == 1


def test_without_a_home_there_is_a_dash() -> None:
    assert listed(Folders(None, None, None, None), "/content") == (
        "deployments: -\nsettings: -\nreports: -\ncache: -\ncontent: /content\n"
    )
