"""`Page`: the body of a screen, drawn by its owner, with a cursor on its stops and its own scrolling.

The owner draws on a `Sheet`; the page sends only the lines that changed. It takes no focus: keys come from
the screen (`wizard.faces.tui.frame`), in the order in which they were typed.
"""

from typing import NamedTuple, Protocol

from rich.segment import Segment
from textual import events
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from wizard.faces.tui.ink import Ink, Line
from wizard.faces.tui.line import EditLine
from wizard.faces.tui.sheet import Row, Sheet, Stop

_WHEEL = 3


class _Shown(NamedTuple):
    """What one line of the window shows: all that decides how it looks."""

    row: Row | None
    picked: bool
    pointer: bool
    thumb: bool


class Owner(Protocol):
    """What a page needs of the screen it belongs to."""

    @property
    def ink(self) -> Ink:
        """Styles and symbols."""

    def draw(self, sheet: Sheet) -> None:
        """Draw everything."""

    def moved(self, key: str) -> None:
        """The cursor is now on the stop `key`."""

    def chosen(self, key: str) -> None:
        """Enter, or a click, on the stop `key`."""


class Page(Widget, inherit_css=False):
    """See the module. `edits` holds what was typed into each field, by its key.

    `reads`: it is text above all: it begins at its top, wherever its first stop is, and stays so.
    """

    def __init__(self, owner: Owner, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.owner = owner
        self.edits: dict[str, EditLine] = {}
        self.reads = False
        self.top = 0
        self.cursor = 0
        self._sheet: Sheet | None = None
        self._wanted: str | None = None
        self._sent: list[_Shown] = []

    # What is on it

    @property
    def sheet(self) -> Sheet:
        """What was drawn, for the present width."""
        size = self.size
        sheet = self._sheet
        if sheet is None or sheet.width != size.width - 1 or sheet.height != size.height:
            sheet = self._draw()
        return sheet

    @property
    def stop(self) -> Stop | None:
        """The stop that the cursor is on."""
        stops = self.sheet.stops
        return stops[self.cursor] if self.cursor < len(stops) else None

    @property
    def in_sight(self) -> bool:
        """Whether the stop that the cursor is on can be seen."""
        stop = self.stop
        return stop is not None and self.top <= stop.first < self.top + self.size.height

    @property
    def key(self) -> str:
        """The key of the stop that the cursor is on, "" where there is none."""
        stop = self.stop
        return stop.key if stop is not None else ""

    def _draw(self) -> Sheet:
        before = self._sheet
        key = self._wanted
        if key is None and before is not None and self.cursor < len(before.stops):
            key = before.stops[self.cursor].key
        sheet = Sheet(self.size.width - 1, self.owner.ink, self.edits, self.size.height)
        self.owner.draw(sheet)
        stays = self.reads and self._wanted is None
        self._sheet, self._wanted = sheet, None
        found = next((at for at, stop in enumerate(sheet.stops) if stop.key == key), None)
        self.cursor = min(self.cursor, max(0, len(sheet.stops) - 1)) if found is None else found
        if stays:
            self.top = max(0, min(self.top, len(sheet.rows) - self.size.height))
        else:
            self._into_view()
        return sheet

    def begin_at(self, key: str) -> None:
        """Have the cursor on the stop `key` when it is drawn first."""
        self._wanted = key

    def redraw(self, *, cursor: str | None = None, top: bool = False) -> None:
        """Draw anew and send what changed. `cursor` is the stop to be on; `top` begins at the top again."""
        if cursor is not None or top:
            self._wanted = cursor
        if top:
            self.top = 0
            if cursor is None:
                self.cursor = 0
                self._sheet = None
        if self.size.width:
            self._draw()
            self._send()

    def forget(self) -> None:
        """Draw anew whatever was sent."""
        self._sheet, self._sent = None, []
        self.refresh()

    def _send(self) -> None:
        """Have the lines sent that are not as they were last sent."""
        now = [self._at(y) for y in range(self.size.height)]
        before = self._sent
        changed = [y for y, line in enumerate(now) if y >= len(before) or before[y] != line]
        self._sent = now
        if changed:
            width = self.size.width
            self.refresh(*(Region(0, y, width, 1) for y in changed))

    def _at(self, y: int) -> _Shown:
        sheet, height = self.sheet, self.size.height
        number = self.top + y
        row = sheet.rows[number] if number < len(sheet.rows) else None
        stop = sheet.stops[self.cursor] if row is not None and 0 <= row.stop == self.cursor else None
        pointer = stop is not None and stop.first == number
        picked = row is not None and stop is not None and (row.band or stop.field is not None)
        total = len(sheet.rows)
        thumb = False
        if total > height > 0:
            length = max(1, height * height // total)
            start = self.top * (height - length) // max(1, total - height)
            thumb = start <= y < start + length
        return _Shown(row, picked, pointer, thumb)

    def render_line(self, y: int) -> Strip:
        """One line of the window."""
        if len(self._sent) != self.size.height:
            self._sent = [self._at(at) for at in range(self.size.height)]
        row, picked, pointer, thumb = self._at(y)
        ink, width = self.owner.ink, self.size.width
        line: Line = row.made() if row is not None else ()
        if pointer:
            margin = line[0][0][2:]
            line = ((margin + ink.glyph("here") + " ", "accent"), *line[1:])
        elif row is not None and row.stop >= 0 and not picked:
            line = tuple((text, "field" if role == "field-cursor" else role) for text, role in line)
        segments = ink.segments(line, width - 1, picked and row is not None and row.band)
        segments.append(Segment(ink.glyph("thumb") if thumb else " ", ink.style("line")))
        return Strip(segments, width)

    # Where one is on it

    def _into_view(self) -> None:
        sheet, height = self._sheet, self.size.height
        if sheet is None or height <= 0:
            return
        if sheet.stops:
            stop = sheet.stops[self.cursor]
            if self.cursor == 0 and stop.last < height:
                self.top = 0
            if stop.last >= self.top + height:
                self.top = stop.last - height + 1
            self.top = min(self.top, stop.first)
        self.top = max(0, min(self.top, len(sheet.rows) - height))

    def to(self, at: int) -> None:
        """Put the cursor on the stop number `at`."""
        stops = self.sheet.stops
        if not stops:
            return
        at = max(0, min(at, len(stops) - 1))
        changed = at != self.cursor
        self.cursor = at
        self._into_view()
        self._send()
        if changed:
            self.owner.moved(stops[at].key)

    def move(self, by: int) -> None:
        """The next or previous stop; where that is out of sight, or there is none, scroll."""
        sheet, height = self.sheet, self.size.height
        at = self.cursor + by
        if not sheet.stops:
            self.scroll(by)
        elif by > 0 and sheet.stops[self.cursor].first >= self.top + height:
            # Text that is still to be read lies between.
            self.scroll(height // 2)
        elif not 0 <= at < len(sheet.stops):
            self.scroll(by * 2)
        elif by > 0 and sheet.stops[at].first > self.top + 2 * height - 4:
            self.scroll(height - 2)
        elif by < 0 and sheet.stops[at].last < self.top - height + 4:
            self.scroll(2 - height)
        else:
            self.to(at)

    def scroll(self, by: int) -> None:
        """Move the window by that many lines; the cursor stays."""
        highest = max(0, len(self.sheet.rows) - self.size.height)
        self.top = max(0, min(self.top + by, highest))
        self._send()

    def leaf(self, by: int) -> None:
        """A page up or down; the cursor goes to a stop in sight."""
        height = self.size.height
        self.scroll(by * max(1, height - 2))
        stops = self.sheet.stops
        seen = [n for n, s in enumerate(stops) if self.top <= s.first and s.last < self.top + height]
        if seen:
            self.to(seen[0] if self.cursor < seen[0] or by < 0 else seen[-1])

    def edge(self, by: int) -> None:
        """The very first or last."""
        stops = self.sheet.stops
        if stops:
            self.to(0 if by < 0 else len(stops) - 1)
        self.scroll(by * len(self.sheet.rows))

    def digit(self, digit: str) -> bool:
        """Put the cursor on the item of that digit; whether there is one."""
        for at, stop in enumerate(self.sheet.stops):
            if stop.digit == digit:
                self.to(at)
                return True
        return False

    def jump(self, mark: str) -> None:
        """Have the row of that mark at the top."""
        row = self.sheet.marks.get(mark)
        if row is not None:
            self.scroll(row - self.top)

    # What is typed on it

    def typed(self, key: str, character: str | None) -> bool:
        """Give a key to the field that the cursor is on; whether it took it."""
        stop = self.stop
        if stop is None or stop.field is None:
            return False
        line = self.edits[stop.key]
        if character is not None and character.isprintable():
            self.write(line.typed(character))
            return True
        changed = line.pressed(key)
        if changed is None:
            return False
        self.write(changed)
        return True

    def paste(self, text: str) -> bool:
        """Put pasted text into the field that the cursor is on; whether there is one."""
        stop = self.stop
        if stop is None or stop.field is None:
            return False
        self.write(self.edits[stop.key].typed(text))
        return True

    def write(self, line: EditLine, key: str | None = None) -> None:
        """Set what a field holds (that of the cursor)."""
        self.edits[key if key is not None else self.key] = line
        self._draw()
        self._send()

    def value(self, key: str) -> str:
        """What stands in a field, without spaces around it."""
        line = self.edits.get(key)
        return line.text.strip() if line is not None else ""

    # Mouse

    def on_click(self, event: events.Click) -> None:
        """Pick what was clicked; choose it when it is the one picked already."""
        number = self.top + event.y
        rows = self.sheet.rows
        stop = rows[number].stop if number < len(rows) else -1
        if stop < 0:
            return
        event.stop()
        if stop == self.cursor:
            self.owner.chosen(self.sheet.stops[stop].key)
        else:
            self.to(stop)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll."""
        event.stop()
        self.scroll(_WHEEL)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll."""
        event.stop()
        self.scroll(-_WHEEL)
