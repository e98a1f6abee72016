"""The plan in chapters: the sections of its Markdown, so that the screen holds all that the file does.

What is in the plan, and in which order, is decided by `wizard.faces.markdown` alone; here it is cut at its
headings. Each chapter has a key, by which a screen may draw it in its own way.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from wizard.faces.markdown import render
from wizard.faces.tui.marks import Heading, blocks
from wizard.model.knowledge import Knowledge
from wizard.model.plan import Plan

KEYS = (
    "meaning", "changes", "notices", "connections", "certificates", "options", "steps", "timeline",
    "troubles", "troubleshot", "unknowns", "discrepancies", "sign-off", "sources",
)  # fmt: skip
"""The sections of the Markdown, by the ids of their headings (`markdown.section.KEY`)."""

ON_PAPER_ONLY = ("sign-off",)
"""Sections that only a printed plan needs."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """A section of the plan: its key, its title, and its Markdown with the heading."""

    key: str
    title: str
    markdown: tuple[str, ...]


def chapters(plan: Plan, knowledge: Knowledge) -> tuple[Chapter, ...]:
    """The chapters of the plan in order. What stands before the first heading is left out: it is the head."""
    titles = {knowledge.words.say(f"markdown.section.{key}"): key for key in KEYS}
    return tuple(_cut(render(plan, knowledge).splitlines(), titles))


def _cut(lines: list[str], titles: dict[str, str]) -> Iterable[Chapter]:
    starts = [at for at, line in enumerate(lines) if line.startswith("## ")]
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        heading = next(iter(blocks(lines[start : start + 1])))
        if not isinstance(heading, Heading):
            raise TypeError(f"line {start + 1} of the plan is no heading")
        title = "".join(text for text, _ in heading.line)
        yield Chapter(titles.get(title, title), title, tuple(lines[start:end]))
