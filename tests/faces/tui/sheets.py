"""The whole page of the screen that is shown, in sight or not."""

from tests.faces.tui.seen import Seen
from wizard.faces.tui.ink import size


def fits(seen: Seen) -> bool:
    """Whether no line of the page is cut off."""
    page = seen.frame.page
    return all(size(row.made()) <= page.size.width - 1 for row in page.sheet.rows)


def said(seen: Seen) -> str:
    """All that stands on the page, its lines joined and its spaces made single."""
    rows = seen.frame.page.sheet.rows
    return " ".join(" ".join("".join(text for text, _ in row.made()) for row in rows).split())


def keys(seen: Seen) -> list[str]:
    """What can be picked on it."""
    return [stop.key for stop in seen.frame.page.sheet.stops]
