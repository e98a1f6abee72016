"""Whether a question is whole on the screen: nothing cut, everything reached by scrolling, in every look."""

import re
from collections.abc import Iterator

from rich.segment import Segment

from tests.faces.tui.seen import Seen
from wizard.faces.tui import answering
from wizard.faces.tui.ink import size
from wizard.faces.tui.screens.question import QuestionScreen

_LOOKS = (("mono", False), ("dark", True))
"""Theme, and whether in ASCII only, besides that in which the path is followed."""

_checked: set[tuple[str, ...]] = set()
"""Pages that were looked at, so that one that comes on many paths is looked at once in each process."""


async def check_question(seen: Seen) -> None:
    """Look at the question shown as it is, and, where it was not seen before, all of it in every look."""
    _check_screen(seen)
    page = tuple(_page(seen))
    if page in _checked:
        return
    _checked.add(page)
    here = seen.frame.page.key
    await _check_all(seen)
    for theme, plain in _LOOKS:
        seen.app.look(theme, plain)
        await seen.pilot.pause()
        _check_screen(seen)
        await _check_all(seen)
    seen.app.look("dark", False)
    seen.frame.redraw(cursor=here, top=True)
    await seen.pilot.pause()


def _page(seen: Seen) -> Iterator[str]:
    for row in seen.frame.page.sheet.rows:
        yield "".join(text for text, _ in row.made())


def _check_screen(seen: Seen) -> None:
    """The window is full to its edge and no line of the page is wider than it."""
    width, height = seen.app.size
    strips = seen.app.screen._compositor.render_strips(seen.app.size)
    assert [strip.cell_length for strip in strips] == [width] * height, seen.text
    page = seen.frame.page
    for row in page.sheet.rows:
        line = row.made()
        assert size(line) <= page.sheet.width, line
    ink = seen.app.desk.ink
    if ink.ascii:
        assert seen.text.isascii(), seen.text
    if ink.theme.depth == "none":
        assert not [part for strip in strips for part in strip if _coloured(part)], seen.text


def _coloured(part: Segment) -> bool:
    style = part.style
    colours = (style.color, style.bgcolor) if style is not None else ()
    return any(colour is not None and not colour.is_default for colour in colours)


async def _check_all(seen: Seen) -> None:
    """Go through it with the arrow; what was in sight on the way is the question and each of its answers."""
    screen = seen.frame
    assert isinstance(screen, QuestionScreen)
    place = screen.place
    assert place is not None
    await seen.press("home")
    shown = list(seen.lines)
    passed = {screen.page.key}
    assert _plain(seen, _title(screen)) in _plain(seen, " ".join(_text(shown))), seen.text
    stops = [stop.key for stop in screen.page.sheet.stops]
    for _ in range(4 * len(stops) + len(screen.page.sheet.rows)):
        if passed.issuperset(stops) and screen.page.top + screen.page.size.height >= len(
            screen.page.sheet.rows
        ):
            break
        await seen.press("down")
        passed.add(screen.page.key)
        shown += seen.lines
    assert passed.issuperset(stops), (set(stops) - passed, seen.text)
    whole = set(_text(shown))
    assert {line.strip() for line in _page(seen)} <= whole, seen.text
    words = _plain(seen, " ".join(line.strip() for line in _page(seen)))
    for value in answering.choices(screen.session, place.asked):
        title, leads = answering.choice_words(screen.session, place.asked, value, screen.say)
        # Of the uses several are marked: there is room for what they are only.
        for part in (title,) if place.asked.key == "uses" else (title, leads):
            assert _plain(seen, part) in words, (part, words)


def _text(lines: list[str]) -> Iterator[str]:
    """The lines without what stands at their edges: where the cursor is, how far one has scrolled."""
    for line in lines:
        yield re.sub(r"^\s*[▸>] ", "", line.rstrip().rstrip("▐#")).strip()


def _title(screen: QuestionScreen) -> str:
    place = screen.place
    assert place is not None
    question = screen.session.question(place.asked)
    args = answering.arguments(screen.session, place.asked)
    return screen.session.knowledge.words.say(f"question.{question.id}.text", **args)


def _plain(seen: Seen, text: str) -> str:
    """A text with its spaces made single, as the terminal can show it."""
    ink = seen.app.desk.ink
    return re.sub(r"\s+", " ", ink.text(text) if ink.ascii else text).strip()
