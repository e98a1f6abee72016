"""Every screen, at every size and on every kind of terminal: nothing is cut, nothing scrolls sideways, nothing
outside ASCII where that is asked for, and each says how to leave and where help is."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tests.faces.tui.seen import CONTENT, Seen, wizard
from wizard.faces.tui.frame import Frame
from wizard.faces.tui.ink import size
from wizard.faces.tui.page import Page
from wizard.model.knowledge import Knowledge

DATA = Path(__file__).parents[2] / "evidence" / "data"
Way = Callable[[Seen], Awaitable[None]]


def keys(*pressed: str) -> Way:
    """The way to a screen by keys from home."""

    async def go(seen: Seen) -> None:
        await seen.press(*pressed)

    return go


def example(*pressed: str) -> Way:
    """The way to a screen of the example."""

    async def go(seen: Seen) -> None:
        await seen.press("3", "enter")
        await seen.until("This was read")
        await seen.press("enter")
        await seen.until("Affected")
        await seen.press(*pressed)

    return go


async def loaded(seen: Seen) -> None:
    """What was read of bundles."""
    await seen.press("4", "enter")
    await seen.type(f"{DATA}/")
    await seen.press("enter", "down", "up")
    seen.frame.page.move(0)
    await seen.press("escape")
    await seen.press("4", "enter")
    await seen.type(f"{DATA}")
    await seen.press("down", "down", "space", "l")
    await seen.until("This was read")


async def loaded_certificates(seen: Seen) -> None:
    """The certificates that were read."""
    await loaded(seen)
    await seen.press("2", "enter")


SCREENS: dict[str, Way] = {
    "home": keys(),
    "new": keys("1", "enter"),
    "saved": keys("2", "enter"),
    "files": keys("4", "enter"),
    "paste": keys("4", "enter", "down", "i"),
    "loaded": loaded,
    "loaded-certificates": loaded_certificates,
    "nodes": keys("1", "enter", *["enter"] * 5, "1", "enter"),
    "node": keys("1", "enter", *["enter"] * 5, "1", "enter", "a"),
    "paste-names": keys("1", "enter", *["enter"] * 5, "1", "enter", "i"),
    "question": keys("1", "enter", *["enter"] * 5, "3", "enter"),
    "uses": keys("1", "enter", *["enter"] * 5, "3", "enter", "1", "enter"),
    "tree": example("escape", "t"),
    "options": example(),
    "take": example("enter"),
    "review": example("r"),
    "change": example("r", "down", "down", "enter"),
    "preview": example("r", "down", "down", "enter", "down", "enter"),
    "certificates": example("c"),
    "about": example("ctrl+p", *"name", "enter"),
    "help": example("question_mark"),
    "commands": example("ctrl+p"),
    "settings": keys("ctrl+p", *"settings", "enter"),
}

WIDE_ENOUGH = {"80x24": (80, 24), "60x20": (60, 20), "120x40": (120, 40), "200x60": (200, 60)}


@asynccontextmanager
async def shown(everything: Knowledge, screen: str, **how: object) -> AsyncIterator[Seen]:
    async with wizard(everything, **how) as seen:  # type: ignore[arg-type]
        await SCREENS[screen](seen)
        yield seen


def cut(frame: Frame[object]) -> list[str]:
    """The rows of the pages of a screen that are wider than their page."""
    found = []
    for page in frame.query(Page):
        if not page.size.width:
            continue
        for row in page.sheet.rows:
            line = row.made()
            if size(line) > page.size.width - 1:
                found.append("".join(text for text, _ in line))
    return found


@pytest.mark.parametrize("screen", SCREENS)
async def test_nothing_is_cut_at_eighty_by_twenty_four(everything: Knowledge, screen: str) -> None:
    async with shown(everything, screen) as seen:
        assert cut(seen.frame) == []
        assert all(len(line) == 80 for line in seen.lines)
        assert "…" not in seen.lines[0] + seen.lines[-1]


@pytest.mark.parametrize("size", [name for name in WIDE_ENOUGH if name != "80x24"])
@pytest.mark.parametrize("screen", SCREENS)
async def test_nothing_is_cut_at_other_sizes(everything: Knowledge, screen: str, size: str) -> None:
    async with shown(everything, screen, size=WIDE_ENOUGH[size]) as seen:
        assert cut(seen.frame) == []
        assert "help" in seen.lines[-1] or "help" not in seen.frame.hints
        assert "Esc" in seen.lines[-1] or "back" not in seen.frame.hints


@pytest.mark.parametrize("screen", SCREENS)
async def test_nothing_outside_ascii_is_shown_where_that_is_asked(everything: Knowledge, screen: str) -> None:
    async with shown(everything, screen, plain=True, theme="mono") as seen:
        assert seen.text.isascii()


@pytest.mark.parametrize("screen", SCREENS)
async def test_every_screen_names_its_keys_and_explains_them(everything: Knowledge, screen: str) -> None:
    async with shown(everything, screen) as seen:
        foot = seen.lines[-1]
        assert seen.frame.help_text() or seen.at == "HelpScreen", seen.at
        assert "Esc" in foot or seen.at == "Home"
        if seen.at not in ("HelpScreen", "CommandsScreen", "PasteScreen", "AboutScreen", "NodeScreen"):
            await seen.press("f1")
            assert seen.at == "HelpScreen"
            assert "Keys here" in seen.text


async def test_a_small_window_works_with_a_hint(everything: Knowledge) -> None:
    async with shown(everything, "home", size=(60, 20)) as seen:
        assert "80x24" in seen.text


async def test_resizing_loses_nothing(everything: Knowledge) -> None:
    async with shown(everything, "uses") as seen:
        await seen.press("3", "down", "down")
        key = seen.frame.page.key
        for width, height in ((40, 12), (120, 40), (60, 20), (80, 24)):
            await seen.pilot.resize_terminal(width, height)
            await seen.pilot.pause()
        assert seen.frame.page.key == key
        assert "[x] A UC traversal zone" in seen.text


def test_the_screens_here_are_all_that_there_are() -> None:
    """A new screen is added to the list above, or named here with the test that looks at it."""
    tested_elsewhere = {"plan", "save", "step", "faq", "answer", "since", "saving", "reading", "small"}
    modules = {path.stem for path in (CONTENT.parent / "wizard/faces/tui/screens").glob("*.py")} - {
        "__init__"
    }
    known = {name.partition("-")[0] for name in SCREENS} | tested_elsewhere
    renamed = {"trouble", "troubleshoot"}
    assert {m for m in modules - renamed if not m.startswith("trouble_")} <= known
