"""`picture`: what is on the screen as SVG, the same every time, with nothing in it that is fetched.

Textual's own export names a font on a remote host. Here the reader's machine gives one; each run of text
starts at its own cell and carries its length, so that columns stay in line in any font.
"""

import re
from collections.abc import Iterator
from html import escape

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from rich.terminal_theme import SVG_EXPORT_THEME

from wizard.faces.tui.app import WizardApp

_CELL = 10
_LINE = 20
_BASE = 15
"""Where the letters stand in a line. Their size makes most fonts that wide by themselves."""
_EDGE = 8
_INK, _PAPER = "#dadada", "#121212"
"""The colours of a terminal, where a theme leaves them to it."""

_RUN = re.compile(r"\S+(?: \S+)*")
_HEAD = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}">
<style>
text {{ font: 16.6px 'DejaVu Sans Mono', Menlo, Consolas, 'Liberation Mono', monospace; white-space: pre; }}
.b {{ font-weight: bold; }}
.u {{ text-decoration: underline; }}
</style>
<rect width="{width}" height="{height}" rx="6" fill="{paper}"/>
"""


def picture(app: WizardApp) -> str:
    """The screen that is shown as an SVG document."""
    width, height = app.size
    lines = app.screen._compositor.render_strips(app.size)
    paper = app.desk.ink.theme.paper
    paper = paper if paper.startswith("#") else _PAPER
    size = {"width": width * _CELL + 2 * _EDGE, "height": height * _LINE + 2 * _EDGE}
    drawn = [_HEAD.format(**size, paper=paper)]
    for y, strip in enumerate(lines):
        drawn += _drawn(list(strip), y, paper)
    return "".join(drawn) + "</svg>\n"


def _drawn(segments: list[Segment], y: int, paper: str) -> Iterator[str]:
    """One line: what lies under the text first, then the text."""
    runs: list[str] = []
    x = 0
    for segment in segments:
        style = segment.style or Style()
        ink, under = _colours(style)
        cells = cell_len(segment.text)
        if under != paper:
            # A hair wider, so that no seam shows between two.
            yield (
                f'<rect x="{_EDGE + x * _CELL}" y="{_EDGE + y * _LINE}" width="{cells * _CELL + 0.5}" '
                f'height="{_LINE + 0.5}" fill="{under}"/>\n'
            )
        for run in _RUN.finditer(segment.text):
            at = x + cell_len(segment.text[: run.start()])
            runs.append(_text(run[0], at, y, ink, style))
        x += cells
    yield from runs


def _text(text: str, x: int, y: int, ink: str, style: Style) -> str:
    look = " ".join(name for name, has in (("b", style.bold), ("u", style.underline)) if has)
    css = f' class="{look}"' if look else ""
    return (
        f'<text x="{_EDGE + x * _CELL}" y="{_EDGE + y * _LINE + _BASE}" fill="{ink}"{css} '
        f'textLength="{cell_len(text) * _CELL}" lengthAdjust="spacingAndGlyphs">'
        f"{escape(text, quote=False)}</text>\n"
    )


def _colours(style: Style) -> tuple[str, str]:
    """The colour of the letters and that under them."""
    ink = _hex(style, "color") or _INK
    under = _hex(style, "bgcolor") or _PAPER
    return (under, ink) if style.reverse else (ink, under)


def _hex(style: Style, which: str) -> str:
    colour = getattr(style, which)
    if colour is None or colour.is_default:
        return ""
    triplet: str = colour.get_truecolor(SVG_EXPORT_THEME, which == "color").hex
    return triplet
