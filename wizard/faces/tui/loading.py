"""What the first screen does not need is loaded in a thread once that is painted."""

import asyncio
import importlib
from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING

from wizard.faces.tui import Options

if TYPE_CHECKING:
    from wizard.model.knowledge import Knowledge

_SOON_NEEDED = (
    "wizard.faces.session",
    "wizard.faces.tui.screens.about",
    "wizard.faces.tui.screens.question",
    "wizard.store.library",
    "wizard.store.encode",
    "wizard.domain.horizon",
)
"""Modules imported along with the knowledge, so that opening a screen does not wait for them."""


class Loading:
    """Loads the knowledge once; `then` is called with it on the event loop, at once where it is there."""

    def __init__(
        self,
        options: Options,
        loaded: "Callable[[Knowledge], None]",
        failed: Callable[[Exception], None],
    ) -> None:
        self._options, self._loaded, self._failed = options, loaded, failed
        self._waiting: list[Callable[[Knowledge], object]] = []
        self._task: asyncio.Task[None] | None = None
        self._besides: asyncio.Task[None] | None = None
        self.knowledge: Knowledge | None = None

    def start(self) -> None:
        """Begin, unless it has begun. Only on the event loop."""
        if self._task is None and self.knowledge is None:
            self._task = asyncio.get_running_loop().create_task(self._load())

    def then(self, do: "Callable[[Knowledge], object]") -> bool:
        """Do it with the knowledge, now or as soon as it is there; whether that was now."""
        if self.knowledge is not None:
            do(self.knowledge)
            return True
        self._waiting.append(do)
        return False

    def besides(self, work: "Coroutine[object, object, None]") -> None:
        """Load something else; keys typed from now on wait for it. Only on the event loop."""
        self._besides = asyncio.get_running_loop().create_task(self._guarded(work))

    async def _guarded(self, work: "Coroutine[object, object, None]") -> None:
        try:
            await work
        except Exception as error:
            self._failed(error)

    async def caught_up(self) -> None:
        """Wait until what was put off has been done: keys typed since are for the screen that it opens."""
        if self._waiting:
            self.start()
        if self._waiting and self._task is not None:
            await asyncio.wait([self._task])
        if self._besides is not None and not self._besides.done():
            await asyncio.wait([self._besides])

    async def _load(self) -> None:
        try:
            self.knowledge = await asyncio.to_thread(_read, self._options)
        except Exception as error:
            self._failed(error)
            return
        self._loaded(self.knowledge)
        waiting, self._waiting = self._waiting, []
        for do in waiting:
            do(self.knowledge)


def _read(options: Options) -> "Knowledge":
    from wizard.knowledge import load

    knowledge = load(options.content, options.language, {"screens"})
    for name in _SOON_NEEDED:
        importlib.import_module(name)
    return knowledge
