"""What every verb begins with: the day, the content folder, the language, the knowledge."""

import argparse
from collections.abc import Collection
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from wizard.knowledge import ALL, Part, content_folder, load

if TYPE_CHECKING:
    from wizard.faces.command import Context
    from wizard.model.knowledge import Knowledge

ENGLISH = "en"


def as_of(options: argparse.Namespace) -> date:
    """The day to judge by: the only clock."""
    given: date | None = options.as_of
    return given or date.today()


def folder(options: argparse.Namespace) -> Path:
    """The content folder in use."""
    return content_folder(options.content)


def language(options: argparse.Namespace) -> str:
    """The language of all words."""
    given: str | None = options.lang
    return given or ENGLISH


def said(options: argparse.Namespace) -> "Context":
    """What the command lines that are shown must repeat."""
    from wizard.faces.command import Context

    return Context(options.as_of, language(options), options.content, options.ascii)


def knowledge(options: argparse.Namespace, parts: Collection[Part] = ALL) -> "Knowledge":
    """All that is known, of the parts that the verb needs."""
    return load(folder(options), language(options), parts)
