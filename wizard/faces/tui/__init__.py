"""The full-screen wizard. `run` starts it; `can_run` says beforehand why this terminal cannot show it.

Importing this package loads no Textual: `run` does.
"""

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Literal

from wizard.faces.command import Context

Cannot = Literal["no-input-terminal", "no-screen-terminal", "dumb-terminal"]


@dataclass(frozen=True, slots=True)
class Options:
    """What the wizard is started with.

    `files` are opened at once, `begin` is the screen to begin with; `theme` a name of
    `wizard.faces.tui.themes` or "auto"; `mouse` false leaves it to the terminal; None: as the settings say.
    `ascii` true: no character outside ASCII (also wherever the terminal's encoding is not UTF-8).
    `said` is what the command lines that screens print must repeat.
    """

    content: Path
    as_of: date
    said: Context = field(default_factory=Context)
    language: str = "en"
    files: tuple[str, ...] = ()
    begin: Literal["home", "troubleshoot"] = "home"
    ascii: bool = False
    mouse: bool | None = None
    theme: str | None = None


def can_run(environ: Mapping[str, str] | None = None) -> Cannot | None:
    """Why this terminal cannot show screens, worded as `tui.cannot.REASON`; None where it can."""
    environ = os.environ if environ is None else environ
    if sys.__stdin__ is None or not sys.__stdin__.isatty():
        return "no-input-terminal"
    # The screens are drawn on stderr, so that stdout stays free for a result.
    if sys.__stderr__ is None or not sys.__stderr__.isatty():
        return "no-screen-terminal"
    if environ.get("TERM", "").strip() in ("dumb", ""):
        return "dumb-terminal"
    return None


def run(options: Options) -> int:
    """Show the wizard until it is left. The exit status: 0, or 1 after an error that was reported."""
    from wizard.faces.tui.start import start

    return start(options)
