"""Homes with saved deployments in them, and wizards that show one."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.terminal import homes
from tests.terminal.window import Window


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home with one saved deployment, `homes.HQ`, whose first node is asked about next."""
    folder = tmp_path / "home"
    folder.mkdir(mode=0o700)
    homes.save(folder)
    return folder


@pytest.fixture
def window(home: Path) -> Iterator[Window]:
    """A wizard that goes on with it: it asks for the release of the first node."""
    with Window(home=home) as window:
        homes.go_on(window)
        yield window
