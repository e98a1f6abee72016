"""`eku-wizard example`: an example deployment file, with comments."""

import argparse

from wizard.commands import context
from wizard.commands.output import show


def run(options: argparse.Namespace) -> int:
    """Print the example of the content folder."""
    show((context.folder(options) / "example.toml").read_text(encoding="utf-8"))
    return 0
