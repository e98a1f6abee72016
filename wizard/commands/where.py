"""`eku-wizard where`: the folders in use, a `name: path` a line."""

import argparse
import os

from wizard.commands import context
from wizard.commands.output import show
from wizard.store.folders import Folders, find

_NONE = "-"


def run(options: argparse.Namespace) -> int:
    """Print where deployments, settings, crash reports and cache are, and the content in use. What is not
    there yet is made when something is kept; a dash: there is no home folder for it."""
    show(listed(find(os.environ), str(context.folder(options))))
    return 0


def listed(folders: Folders, content: str) -> str:
    """The lines."""
    places = {
        "deployments": folders.deployments,
        "settings": folders.settings,
        "reports": folders.state,
        "cache": folders.cache,
        "content": content,
    }
    return "".join(f"{name}: {_NONE if place is None else place}\n" for name, place in places.items())
