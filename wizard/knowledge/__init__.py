"""`content/` read and validated into the types of the model: the only room that knows its files.

`load` reads everything a command needs; `light_words` a few word files only, without pydantic, for a first
screen; `check` looks at the whole folder. The proofs that need reasoning are in `wizard.domain.proof`.
"""

from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING

from wizard.knowledge.files import ContentError, content_folder
from wizard.knowledge.parts import ALL, Part
from wizard.knowledge.wordfiles import faq_answer, languages, light_words

if TYPE_CHECKING:
    from wizard.model.knowledge import Knowledge
    from wizard.model.problems import Problem

__all__ = [
    "ALL", "ContentError", "Part", "check", "content_folder", "faq_answer", "languages",
    "light_words", "load",
]  # fmt: skip


def load(folder: Path, language: str = "en", parts: Collection[Part] = ALL) -> "Knowledge":
    """All that is known, in one language, read from `folder` and validated.

    `parts` leaves out what a command does not need: facts, faq, collect, troubleshooting, screens (words).

    Raises:
        ContentError: anything is wrong; it carries every problem found.
    """
    from wizard.knowledge.loader import load as read

    return read(folder, language, parts)


def check(folder: Path) -> "tuple[Problem, ...]":
    """Every problem of the content in `folder`, in all its languages, that can be told without the domain."""
    from wizard.knowledge.check import check as look

    return look(folder)
