"""`Seen`: the wizard without a terminal, driven by keys, and what stands on its screen."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path
from typing import Any, Literal

from textual import events
from textual.keys import _character_to_key
from textual.pilot import Pilot

from wizard.faces.session import Session
from wizard.faces.tui import Options
from wizard.faces.tui.app import WizardApp
from wizard.faces.tui.desk import Desk
from wizard.faces.tui.frame import Frame
from wizard.faces.tui.ink import Ink
from wizard.faces.tui.themes import THEMES
from wizard.knowledge import light_words
from wizard.model.deployment import Deployment
from wizard.model.knowledge import Knowledge

CONTENT = Path(__file__).parents[3] / "content"
AS_OF = date(2026, 11, 23)
SIZE = (80, 24)
_PATIENCE = 10.0


class Seen:
    """A wizard that runs. Keys are Textual's names; `type` takes text."""

    def __init__(self, app: WizardApp, pilot: Pilot[None]) -> None:
        self.app, self.pilot = app, pilot

    @property
    def frame(self) -> Frame[Any]:
        """The screen that is shown."""
        return self.app.frame

    @property
    def session(self) -> Session:
        """The session that is open."""
        session = self.app.desk.session
        assert session is not None
        return session

    @property
    def deployment(self) -> Deployment:
        """The deployment that is open."""
        return self.session.deployment

    async def press(self, *keys: str) -> None:
        """Press keys, and wait until what they cause has been drawn."""
        await self.pilot.press(*keys)
        await self.pilot.pause()

    async def type(self, text: str) -> None:
        """Type a text, character by character."""
        await self.press(*(_character_to_key(character) for character in text))

    async def burst(self, *keys: str) -> None:
        """Press keys faster than the screen follows, as a slow line delivers them."""
        for key in keys:
            self.app.post_message(
                events.Key(_character_to_key(key) if len(key) == 1 else key, _character(key))
            )
        for _ in range(20 + len(keys) // 10):
            await self.pilot.pause()

    async def paste(self, text: str) -> None:
        """Paste a text, as a terminal with bracketed paste does."""
        self.app.post_message(events.Paste(text))
        await self.pilot.pause()
        await self.pilot.pause()

    async def until(self, text: str) -> None:
        """Wait until `text` is on the screen."""
        end = asyncio.get_running_loop().time() + _PATIENCE
        while text not in self.text:
            if asyncio.get_running_loop().time() > end:
                raise AssertionError(f"{text!r} never came:\n{self.text}")
            await asyncio.sleep(0.02)
            await self.pilot.pause()

    @property
    def lines(self) -> list[str]:
        """What is on the screen."""
        strips = self.app.screen._compositor.render_strips(self.app.size)
        return [strip.text for strip in strips]

    @property
    def text(self) -> str:
        """What is on the screen, line by line."""
        return "\n".join(self.lines)

    @property
    def flat(self) -> str:
        """What is on the screen, its lines joined and its spaces made single: for words that are wrapped."""
        return re.sub(r"\s+", " ", self.text)

    @property
    def at(self) -> str:
        """The name of the screen that is shown."""
        return type(self.frame).__name__


def _character(key: str) -> str | None:
    return key if len(key) == 1 else None


@asynccontextmanager
async def wizard(
    knowledge: Knowledge,
    *,
    size: tuple[int, int] = SIZE,
    theme: str = "dark",
    plain: bool = False,
    as_of: date = AS_OF,
    files: tuple[str, ...] = (),
    begin: Literal["home", "troubleshoot"] = "home",
) -> AsyncIterator[Seen]:
    """The wizard on its first screen, with knowledge that was read before."""
    options = Options(content=CONTENT, as_of=as_of, files=files, begin=begin)
    words = light_words(CONTENT, "en", ("tui", "tui_new"))
    app = WizardApp(Desk(options, words, Ink(THEMES[theme], plain=plain)))
    app.loading.knowledge = knowledge
    app.desk.take(knowledge)
    try:
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            yield Seen(app, pilot)
    finally:
        app.flow.close()


@asynccontextmanager
async def working_on(knowledge: Knowledge, deployment: Deployment, **how: Any) -> AsyncIterator[Seen]:
    """The wizard on the questions of a deployment, which is not saved."""
    async with wizard(knowledge, **how) as seen:
        seen.app.flow.work_on(deployment, None)
        await seen.pilot.pause()
        await seen.pilot.pause()
        yield seen
