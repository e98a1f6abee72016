"""Keys at the speed of the program: Pilot waits for what a key causes, and not for a clock besides.

Pilot sleeps 20 ms or more before and after each key, to see whether the process has come to rest. Here it
looks at the queues of messages instead, which say so at once.
"""

import asyncio
from typing import Any

import pytest
from textual._context import active_app
from textual.app import App
from textual.message_pump import MessagePump

_ROUNDS = 3
"""Turns of the loop that all queues stay empty: a callback may post a message in its turn."""


async def at_rest(*_: float) -> None:
    """Return when no message waits anywhere in the app."""
    app: App[Any] = active_app.get()
    quiet = 0
    # An app that has failed leaves its messages where they are.
    while quiet < _ROUNDS and app.is_running and app._exception is None:
        await asyncio.sleep(0)
        quiet = 0 if any(_waits(pump) for pump in _pumps(app)) else quiet + 1


def _pumps(app: App[Any]) -> list[MessagePump]:
    return [app, *app.screen.walk_children(with_self=True)]


def _waits(pump: MessagePump) -> bool:
    return not pump._message_queue.empty() or bool(pump._next_callbacks)


def hasten(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have Pilot wait like that."""
    for module in ("textual.app", "textual.pilot"):
        monkeypatch.setattr(f"{module}.wait_for_idle", at_rest)
