"""Text out of the terminal: to its clipboard (OSC 52), or shown plainly, for selecting by mouse.

Many terminals take OSC 52 and some drop it, tmux by default: nobody answers, so it is always said that a
file and a plain view stand beside it.
"""

import asyncio
import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from textual.app import SuspendNotSupported

from wizard.faces.markdown import render
from wizard.faces.session import Session
from wizard.faces.tui.chapters import Chapter
from wizard.faces.tui.driver import is_old
from wizard.model.plan import PlanStep
from wizard.model.text import ascii_only

if TYPE_CHECKING:
    from wizard.faces.tui.answering import Say
    from wizard.faces.tui.frame import Frame

USUAL = 74_000
"""Bytes, once they are encoded, that every terminal with a clipboard takes."""
MOST = 1_000_000
"""Bytes, once they are encoded, beyond which nothing is sent: on a slow line that would take minutes."""


class Copy(NamedTuple):
    """Something that can be copied."""

    title: str
    text: str


def plan_text(session: Session) -> str:
    """The plan in Markdown, as it is handed over."""
    return render(session.plan, session.knowledge)


def of_plan(
    session: Session,
    command: str,
    say: "Say",
    *,
    step: PlanStep | None = None,
    chapter: Chapter | None = None,
) -> list[Copy]:
    """What can be copied of a plan: a step's commands, a chapter, the whole, the command that prints it."""
    found = []
    if step is not None and step.commands:
        found.append(Copy(say("tui.copy.commands", title=step.title), "\n".join(step.commands)))
    if chapter is not None:
        text = "\n".join(chapter.markdown).strip() + "\n"
        found.append(Copy(say("tui.copy.chapter", title=chapter.title), text))
    found.append(Copy(say("tui.copy.plan"), plan_text(session)))
    found.append(Copy(say("tui.copy.command-line"), command))
    return found


def ask(frame: "Frame[Any]", copies: Sequence[Copy]) -> None:
    """Ask which of them to copy, and copy it."""
    from wizard.faces.tui.screens.small import Choice, PickScreen

    def take(key: str | None) -> None:
        if key is not None:
            copy(frame, copies[int(key)].text)

    choices = [
        Choice(str(at), one.title, _size(frame, one.text) if "\n" in one.text else one.text)
        for at, one in enumerate(copies)
    ]
    say = frame.say
    explained = [say("tui.copy.intro"), say("tui.copy.otherwise")]
    screen = PickScreen(say("tui.copy.title"), say("tui.copy.heading"), explained, choices)
    frame.app.push_screen(screen, take)


def _size(frame: "Frame[Any]", text: str) -> str:
    lines = str(text.count("\n") + 1)
    return frame.say("tui.copy.size", lines=lines, size=str(max(1, len(text) // 1024)))


def copy(frame: "Frame[Any]", text: str) -> None:
    """Send the text to the terminal's clipboard, and say what that may come to."""
    size = len(text.encode()) * 4 // 3
    if is_old(os.environ.get("TERM", "")):
        frame.tell(frame.say("tui.copy.no-clipboard"))
        return
    if size > MOST:
        frame.tell(frame.say("tui.copy.too-long"))
        return
    frame.app.copy_to_clipboard(text)
    if os.environ.get("TMUX"):
        frame.tell(frame.say("tui.copy.sent-tmux"))
    else:
        frame.tell(frame.say("tui.copy.sent-long" if size > USUAL else "tui.copy.sent"))


def show_plain(frame: "Frame[Any]", text: str) -> None:
    """Leave the screen for a while and print the text, until Enter is pressed."""
    frame.run_worker(_plain(frame, text), exclusive=True, group="plain")


async def _plain(frame: "Frame[Any]", text: str) -> None:
    out = sys.__stderr__
    try:
        with frame.app.suspend():
            if out is not None:
                shown = ascii_only(text) if frame.ink.ascii else text
                out.write(f"\n{shown}\n\n{frame.say('tui.copy.press-enter')}\n")
                out.flush()
            await _enter()
    except SuspendNotSupported:
        frame.tell(frame.say("tui.copy.no-plain"))


async def _enter() -> None:
    """Wait for Enter, or for the end of the line, while signals are still heard."""
    if sys.__stdin__ is None:
        return
    loop, descriptor = asyncio.get_running_loop(), sys.__stdin__.fileno()
    pressed: asyncio.Future[None] = loop.create_future()

    def read() -> None:
        # The terminal gives whole lines here, and nothing at its end.
        os.read(descriptor, 4096)
        if not pressed.done():
            pressed.set_result(None)

    loop.add_reader(descriptor, read)
    try:
        await pressed
    finally:
        loop.remove_reader(descriptor)
