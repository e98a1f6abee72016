"""A copy of the real content that a test may break, and what is found in it that was not there before."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from wizard.knowledge import check, content_folder
from wizard.model.problems import Problem


@dataclass(frozen=True)
class Copy:
    """A content folder of one's own. `before` are the problems it had when it was copied."""

    folder: Path
    before: frozenset[Problem]

    def change(self, file: str, old: str, new: str) -> None:
        """Replace one text of a file; it must be there."""
        path = self.folder / file
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{file} no longer holds {old!r}: choose another line to break"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    def append(self, file: str, text: str) -> None:
        """Write more at the end of a file, which need not be there yet."""
        path = self.folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        before = path.read_text(encoding="utf-8") if path.exists() else ""
        path.write_text(f"{before}\n{text}\n", encoding="utf-8")

    def found(self) -> list[Problem]:
        """The problems that are new since the copy was made."""
        return [problem for problem in check(self.folder) if problem not in self.before]

    def codes(self) -> set[tuple[str, str]]:
        """File and code of the new problems."""
        return {(problem.file.removeprefix("content/"), problem.code) for problem in self.found()}


@pytest.fixture(scope="session")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    """The content as it is now. Nobody changes it."""
    folder = tmp_path_factory.mktemp("snapshot") / "content"
    shutil.copytree(content_folder(), folder)
    return Copy(folder, frozenset(check(folder)))


@pytest.fixture
def copy(snapshot: Copy, tmp_path: Path) -> Copy:
    """A copy to break."""
    folder = tmp_path / "content"
    shutil.copytree(snapshot.folder, folder)
    return Copy(folder, snapshot.before)


@pytest.fixture
def program(tmp_path: Path) -> Callable[[str], Path]:
    """Writes a program of one file, and gives its folder."""

    def write(source: str) -> Path:
        folder = tmp_path / "program"
        folder.mkdir()
        (folder / "face.py").write_text(source, encoding="utf-8")
        return folder

    return write
