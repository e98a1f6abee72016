"""`pictures`: every main screen in two sizes, with nothing in it of the machine or the day it is made on."""

import asyncio
import os
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from unittest.mock import patch

from tests.faces.scenarios import monitored, two_clusters
from tests.faces.tui.seen import CONTENT, wizard
from tests.faces.tui.swift import at_rest
from tests.screenshots.picture import picture
from tests.screenshots.shots import SHOTS
from wizard.domain import horizon
from wizard.faces.session import Session
from wizard.faces.tui.flow import Flow
from wizard.knowledge import load
from wizard.model.deployment import Deployment
from wizard.model.knowledge import Knowledge
from wizard.store.holder import Holder
from wizard.store.library import Library
from wizard.store.slugs import slug_of
from wizard.store.standing import Entry, Standing

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "screenshots"
SIZES = {"80x24": (80, 24), "120x40": (120, 40)}
_HOME = Path("/home/engineer")
_SHELF = _HOME / ".local/share/eku-wizard/deployments"
_NOON = datetime(2026, 11, 20, 12, 5, tzinfo=UTC)


def _say(key: str, /, **args: str) -> str:
    """Nothing goes wrong with a shelf that is not there."""
    raise AssertionError(key)


class _Shelf(Library):
    """Saved deployments as they stood on a day that stays the same, in a folder that a person would have."""

    def __init__(self, kept: tuple[Entry, ...]) -> None:
        super().__init__(_SHELF, say=_say)
        self._kept = kept

    def entries(self) -> tuple[Entry, ...]:
        """As given."""
        return self._kept

    def holder(self, slug: str) -> Holder | None:
        """Nobody has one open."""
        return None


def names() -> Iterator[tuple[str, str, tuple[int, int]]]:
    """The file name of each picture, the name of its screen, its size."""
    for name in SHOTS:
        for label, size in SIZES.items():
            yield f"{name}-{label}.svg", name, size


def pictures(
    wanted: Iterable[tuple[str, str, tuple[int, int]]], *, theme: str = "dark", plain: bool = False
) -> dict[str, str]:
    """The SVG documents by file name."""
    return asyncio.run(_pictures(list(wanted), theme, plain))


async def _pictures(
    wanted: Sequence[tuple[str, str, tuple[int, int]]], theme: str, plain: bool
) -> dict[str, str]:
    made: dict[str, str] = {}
    knowledge = load(CONTENT)
    with _alike(knowledge):
        for file, name, size in wanted:
            async with wizard(knowledge, size=size, theme=theme, plain=plain) as seen:
                await SHOTS[name](seen)
                await seen.pilot.pause()
                made[file] = picture(seen.app)
    return made


@contextmanager
def _alike(knowledge: Knowledge) -> Iterator[None]:
    """Everything that differs between machines and days made the same."""
    shelf = _Shelf(tuple(_saved(knowledge)))
    before = Path.cwd()
    with (
        tempfile.TemporaryDirectory() as home,
        patch.dict(os.environ, {"EKU_WIZARD_HOME": home, "TZ": "UTC"}),
        patch("textual.app.wait_for_idle", at_rest),
        patch("textual.pilot.wait_for_idle", at_rest),
        patch("wizard.faces.tui.planfile.here", lambda: _HOME),
        patch("wizard.faces.tui.screens.trouble_keep.here", lambda: _HOME),
        patch.object(Flow, "library", lambda flow: shelf),
        patch.object(Flow, "begin", lambda flow, deployment: flow.work_on(deployment, None)),
        patch.object(horizon, "settled", lambda *_: False),
    ):
        time.tzset()
        os.chdir(ROOT)
        try:
            yield
        finally:
            os.chdir(before)
    time.tzset()


def _saved(knowledge: Knowledge) -> Iterator[Entry]:
    """Deployments that wait to be continued: one in work, one watched, one whose questions are still open."""
    deployments = (two_clusters(), replace(monitored(), name="Branch office"), Deployment(name="Head office"))
    for age, deployment in enumerate(deployments):
        written = _NOON - timedelta(days=5 * age)
        session = Session(knowledge, deployment, written.date(), "")
        walk, assessment, steps = session.walk, session.assessment, session.plan.steps
        standing = Standing(
            outcome=assessment.outcome,
            question=walk.next.question if walk.next is not None else "",
            answered=len(walk.path),
            ahead=len(walk.ahead) + (walk.next is not None),
            steps=len(steps),
            done=sum(step.done for step in steps),
            binding=assessment.binding.date if assessment.binding is not None else None,
        )
        slug = slug_of(deployment.name)
        yield Entry(slug, _SHELF / f"{slug}.json", "ok", written, deployment.name, standing=standing)
