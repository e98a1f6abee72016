"""What all tests share: the real content, read once, and a home of their own."""

from datetime import date
from pathlib import Path

import pytest

from wizard.knowledge import content_folder, load
from wizard.model.knowledge import Knowledge

TODAY = date(2026, 11, 23)
"""The day on which tests judge, unless they say another."""


@pytest.fixture(scope="session")
def content() -> Path:
    """The content folder of this checkout."""
    return content_folder()


@pytest.fixture(scope="session")
def knowledge(content: Path) -> Knowledge:
    """All of the real content, in English."""
    return load(content)


@pytest.fixture(autouse=True)
def _own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads or writes the author's own saved deployments and settings."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("EKU_WIZARD_HOME", str(home))
    monkeypatch.setenv("HOME", str(home))
