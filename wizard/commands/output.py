"""Where results go: stdout, or a file that is written whole or not at all."""

import sys
from pathlib import Path

from wizard.store.errors import Say
from wizard.store.files import write_text


def show(text: str) -> None:
    """Print a result."""
    sys.stdout.write(text if not text or text.endswith("\n") else f"{text}\n")


def put(text: str, path: Path | None, *, say: Say, force: bool = False) -> None:
    """Write a result to `path`, or to stdout where it is None.

    Raises:
        StoreError: the file is there and `force` was not given, or it cannot be written. Nothing is left.
    """
    if path is None:
        show(text)
    else:
        write_text(path, text if text.endswith("\n") else f"{text}\n", say=say, overwrite=force, mode=None)
