"""The folder of wheels for machines without internet."""

import hashlib
import re
import shlex
import subprocess
import sys
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest

from wizard import offline
from wizard.knowledge import content_folder, light_words
from wizard.offline import OfflineError, Target, fill
from wizard.version import __version__

WORDS = light_words(content_folder(), "en", ("offline",))
OWN = f"eku_wizard-{__version__}-py3-none-any.whl"


class Pip:
    """Stands for pip: keeps what it was told, and leaves the wheels that pip would."""

    def __init__(self, folder: Path, *, fails: str = "") -> None:
        self.folder, self.fails = folder, fails
        self.told: list[list[str]] = []

    def __call__(self, command: Sequence[str]) -> int:
        said = list(command)[3:]
        self.told.append(said)
        if said[0] == self.fails:
            return 1
        name = OWN if said[0] == "wheel" else "textual-8.2.8-py3-none-any.whl"
        (self.folder / name).write_bytes(said[0].encode())
        return 0


def _wheel(folder: Path) -> Path:
    """A wheel of the program that has no dependencies and nothing in it."""
    info = f"eku_wizard-{__version__}.dist-info"
    path = folder / OWN
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(
            f"{info}/METADATA", f"Metadata-Version: 2.1\nName: eku-wizard\nVersion: {__version__}\n"
        )
        archive.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        archive.writestr(f"{info}/RECORD", "")
    return path


def test_the_program_is_built_and_what_it_needs_is_fetched_as_wheels_only(tmp_path: Path) -> None:
    folder = tmp_path / "wheels"
    pip = Pip(folder)
    fill(folder, Path.cwd(), Target(), WORDS, pip)
    built, fetched = pip.told
    assert built[0] == "wheel"
    assert "--no-deps" in built
    assert fetched[0] == "download"
    assert fetched[fetched.index("--only-binary") + 1] == ":all:"
    assert fetched[-1] == str(folder / OWN)
    assert "--platform" not in fetched


def test_another_machine_is_named_to_pip_and_in_the_instructions(tmp_path: Path) -> None:
    folder = tmp_path / "wheels"
    pip = Pip(folder)
    fill(folder, Path.cwd(), Target("3.13", ("manylinux_2_28_x86_64", "manylinux_2_17_x86_64")), WORDS, pip)
    said = shlex.join(pip.told[1])
    wanted = "--python-version 3.13 --platform manylinux_2_28_x86_64 --platform manylinux_2_17_x86_64"
    assert wanted in said
    assert "Python 3.13" in (folder / offline.INSTALL).read_text(encoding="utf-8")


def test_the_instructions_and_sums_name_the_wheels_and_no_registry(tmp_path: Path) -> None:
    folder = tmp_path / "wheels"
    fill(folder, Path.cwd(), Target(), WORDS, Pip(folder))
    text = (folder / offline.INSTALL).read_text(encoding="utf-8")
    assert f"pip install --no-index --find-links . eku-wizard=={__version__}" in text
    assert not re.search(r"https?:|file:|index-url", text)
    sums = {}
    for line in (folder / offline.SUMS).read_text(encoding="utf-8").splitlines():
        digest, name = line.split("  ")
        sums[name] = digest
    assert set(sums) == {OWN, "textual-8.2.8-py3-none-any.whl"}
    assert sums[OWN] == hashlib.sha256(b"wheel").hexdigest()


def test_a_folder_that_is_not_empty_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    pip = Pip(tmp_path)
    with pytest.raises(OfflineError) as error:
        fill(tmp_path, Path.cwd(), Target(), WORDS, pip)
    assert error.value.code == "not-empty"
    assert pip.told == []


@pytest.mark.parametrize("step", ["wheel", "download"])
def test_when_pip_fails_there_are_no_instructions(tmp_path: Path, step: str) -> None:
    folder = tmp_path / "wheels"
    with pytest.raises(OfflineError) as error:
        fill(folder, Path.cwd(), Target(), WORDS, Pip(folder, fails=step))
    assert error.value.code == "pip-failed"
    assert not (folder / offline.INSTALL).exists()


def test_what_is_no_wheel_of_the_program_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "other-1.0-py3-none-any.whl"
    other.write_bytes(b"")
    with pytest.raises(OfflineError) as error:
        fill(tmp_path / "wheels", other, Target(), WORDS, Pip(tmp_path / "wheels"))
    assert error.value.code == "no-such-source"


def test_a_problem_is_a_sentence_and_a_status(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert offline.main([str(tmp_path / "wheels"), "--source", str(tmp_path / "none")]) == 1
    assert "is no checkout and no wheel of eku-wizard" in capsys.readouterr().err


def test_the_real_pip_fills_a_folder_and_installs_from_it_without_an_index(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    folder, target = tmp_path / "the wheels", tmp_path / "installed"
    assert offline.main([str(folder), "--source", str(_wheel(tmp_path))]) == 0
    line = capsys.readouterr().out.splitlines()[-1]
    install = next(part for part in line.split(" && ") if "pip install" in part)
    arguments = shlex.split(install)[1:]
    done = subprocess.run([sys.executable, "-m", "pip", *arguments, "--target", str(target)], check=False)
    assert done.returncode == 0
    assert [path.name for path in target.iterdir()] == [f"eku_wizard-{__version__}.dist-info"]
