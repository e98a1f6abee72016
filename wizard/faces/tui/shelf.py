"""What most people never open of the knowledge: FAQ, facts, troubleshooting. Read when first needed."""

import asyncio
from typing import TYPE_CHECKING

from wizard.faces.tui.desk import Desk

if TYPE_CHECKING:
    from collections.abc import Callable

    from wizard.faces.tui.app import WizardApp
    from wizard.model.knowledge import Knowledge


def with_everything(app: "WizardApp", do: "Callable[[Knowledge], None]") -> None:
    """Call `do` with all of the knowledge: now where it is there, else once it was read in a thread."""
    everything = app.desk.everything
    if everything is not None:
        do(everything)
    else:
        app.loading.besides(_read(app.desk, do))


async def _read(desk: Desk, do: "Callable[[Knowledge], None]") -> None:
    everything = await asyncio.to_thread(_load, desk)
    if desk.everything is None:
        desk.everything = everything
        desk.words = everything.words
    do(desk.everything)


def _load(desk: Desk) -> "Knowledge":
    from wizard.knowledge import load

    return load(desk.options.content, desk.options.language, ("screens", "faq", "facts", "troubleshooting"))
