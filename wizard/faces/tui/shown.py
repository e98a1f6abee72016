"""What the terminal shows already is not sent again: for a serial line, and a screen that opens.

Textual paints a screen whole each time its layout changes, three or four times while it opens. The update
it is about to send is compared here, line by line, with what was sent before. This leans on two classes of
Textual that are not public (`LayoutUpdate`, `ChopsUpdate`), which is one reason why its version is pinned;
were they to change, everything would be sent again, and nothing else.
"""

from rich.console import Console
from rich.control import Control
from textual._compositor import ChopsUpdate, CompositorUpdate, LayoutUpdate
from textual.strip import Strip


class Shown:
    """The lines that the terminal shows, as far as they are known."""

    def __init__(self) -> None:
        self._lines: dict[int, Strip] = {}
        self._width = 0

    def forget(self) -> None:
        """The terminal may show anything: after a resize, or when it comes back from another program."""
        self._lines.clear()

    def only_changes(self, update: CompositorUpdate) -> CompositorUpdate:
        """The same update, which leaves out lines that are shown already."""
        return _Changes(self, update) if isinstance(update, (LayoutUpdate, ChopsUpdate)) else update

    def changed(self, y: int, strip: Strip) -> bool:
        """Whether line `y` must be sent to look like `strip`, which it is then taken to do."""
        if self._lines.get(y) == strip:
            return False
        self._lines[y] = strip
        return True

    def lost(self, y: int) -> None:
        """A part of line `y` is written by another way."""
        self._lines.pop(y, None)

    def fit(self, width: int) -> None:
        """Lines of another width are of no use."""
        if width != self._width:
            self.forget()
            self._width = width


class _Changes(CompositorUpdate):
    """An update that looks at what is shown when it is written, not before: it may never be."""

    def __init__(self, shown: Shown, update: LayoutUpdate | ChopsUpdate) -> None:
        self._shown, self._update = shown, update

    def render_segments(self, console: Console) -> str:
        """Cursor moves and text for the lines that differ."""
        update = self._update
        if isinstance(update, LayoutUpdate):
            return self._whole(update, console)
        return self._parts(update, console)

    def _whole(self, update: LayoutUpdate, console: Console) -> str:
        x, top, width, _ = update.region
        if x:
            self._shown.forget()
            return update.render_segments(console)
        self._shown.fit(width)
        return "".join(self._line(y, Strip.join(line), console) for y, line in enumerate(update.strips, top))

    def _parts(self, update: ChopsUpdate, console: Console) -> str:
        out: list[str] = []
        rest: list[tuple[int, int, int]] = []
        for y, start, end in update.spans:
            strips = list(update.chops[y].values())
            whole = start == 0 and end >= update.chop_ends[y][-1] and all(s is not None for s in strips)
            if whole:
                out.append(self._line(y, Strip.join(strips), console))
            else:
                self._shown.lost(y)
                rest.append((y, start, end))
        if rest:
            out.append(ChopsUpdate(update.chops, rest, update.chop_ends).render_segments(console))
        return "".join(out)

    def _line(self, y: int, strip: Strip, console: Console) -> str:
        if not self._shown.changed(y, strip):
            return ""
        return f"{Control.move_to(0, y).segment.text}{strip.render(console)}"
