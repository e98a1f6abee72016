"""All that the screens read, once; and a home folder of its own for each test."""

import pytest

from tests.faces.tui.seen import CONTENT
from tests.faces.tui.swift import hasten
from wizard.knowledge import load
from wizard.model.knowledge import Knowledge


@pytest.fixture(scope="session")
def everything() -> Knowledge:
    return load(CONTENT)


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> str:
    """Nothing of the author's own is read or written; the terminal's own wishes do not count."""
    folder = str(tmp_path_factory.mktemp("home"))
    monkeypatch.setenv("EKU_WIZARD_HOME", folder)
    for name in ("NO_COLOR", "COLORTERM", "TMUX"):
        monkeypatch.delenv(name, raising=False)
    return folder


@pytest.fixture(autouse=True)
def swift(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys are pressed as fast as the program takes them."""
    hasten(monkeypatch)
