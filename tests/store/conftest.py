"""What the tests of saving share."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.store.words import say
from wizard.store.library import Library

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the saved deployments are; not there yet."""
    return tmp_path / "home" / "deployments"


@pytest.fixture
def library(folder: Path) -> Library:
    """An empty library, at noon."""
    return Library(folder, say=say, now=lambda: NOON)


@pytest.fixture
def refuse(monkeypatch: pytest.MonkeyPatch) -> Callable[[str, int], None]:
    """Let a function of `os` refuse from now on with an error number; 0 gives it back."""
    import os

    real = {name: getattr(os, name) for name in ("fsync", "open", "link", "mkdir")}

    def use(name: str, number: int) -> None:
        def refused(*args: object, **kwargs: object) -> object:
            # Reading goes on: a full or read-only disk can still be read.
            reads = name == "open" and not (int(str(args[1])) & (os.O_WRONLY | os.O_RDWR | os.O_CREAT))
            if number == 0 or reads:
                return real[name](*args, **kwargs)
            raise OSError(number, os.strerror(number))

        monkeypatch.setattr(os, name, refused)

    return use
