"""Starting: terminal and settings are looked at, the app is built and run, its end told."""

import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from wizard.faces.tui import Options
from wizard.faces.tui.app import WizardApp
from wizard.faces.tui.desk import Desk
from wizard.faces.tui.driver import is_old
from wizard.faces.tui.ink import Ink
from wizard.faces.tui.themes import AUTO, choose
from wizard.knowledge.wordfiles import light_words
from wizard.store.folders import find

if TYPE_CHECKING:
    from wizard.model.words import Words
    from wizard.store.preferences import Preferences

_FIRST_WORDS = ("tui", "tui_new")
"""The word files of the screens that open before the knowledge is loaded."""


def start(options: Options) -> int:
    """Run the wizard; see `wizard.faces.tui.run`."""
    app = build(options)
    try:
        app.run(mouse=app.with_mouse)
    finally:
        app.flow.close()
    if app.crash is not None:
        _tell(app)
        return 1
    return app.return_code or 0


def build(options: Options) -> WizardApp:
    """The app, for this terminal and these settings."""
    if os.environ.get("NO_COLOR") == "":
        # Empty counts as not set (no-color.org); Textual takes it for set.
        del os.environ["NO_COLOR"]
    words = light_words(options.content, options.language, _FIRST_WORDS)
    preferences = _preferences(options)
    theme = choose(os.environ, options.theme or (preferences.theme if preferences else "") or AUTO)
    encoding = getattr(sys.__stderr__, "encoding", None) or ""
    plain = "utf" not in encoding.lower() or is_old(os.environ.get("TERM", ""))
    ascii_only = options.ascii or plain
    if preferences is not None and preferences.ascii is not None and not options.ascii:
        ascii_only = preferences.ascii
    app = WizardApp(Desk(options, words, Ink(theme, plain=ascii_only)))
    app.with_mouse = options.mouse if options.mouse is not None else preferences is None or preferences.mouse
    if preferences is not None and preferences.keymap:
        app.set_keymap(dict(preferences.keymap))
    return app


def _preferences(options: Options) -> "Preferences | None":
    """The settings, None where there is no file: most have none, and are not to wait for it."""
    path = find(os.environ).settings
    if path is None or not path.exists():
        return None
    from wizard.store.preferences import read_preferences

    return read_preferences(path, _Later(options).say)[0]


class _Later:
    """Words of the store, read only if something is wrong with the settings."""

    def __init__(self, options: Options) -> None:
        self._options = options
        self._words: Words | None = None

    def say(self, key: str, /, **args: str) -> str:
        """The sentence."""
        if self._words is None:
            self._words = light_words(self._options.content, self._options.language, ("store",))
        return self._words.say(key, **args)


def _tell(app: WizardApp) -> None:
    """Say what ended the wizard, and where the report is; a problem of content is told as such."""
    from wizard.model.problems import ProblemsError
    from wizard.store.crash import write_report

    error = app.crash
    assert error is not None
    if isinstance(error, ProblemsError):
        _print([problem.line() for problem in error.problems])
        return
    say = app.desk.words.say
    file = write_report(error)
    report = say("tui.crash.report", file=str(file)) if file is not None else say("tui.crash.no-report")
    told = "tui.crash.told-unsaved" if app.desk.state == "memory" else "tui.crash.told"
    _print([say(told, error=type(error).__name__), report])


def _print(lines: Sequence[str]) -> None:
    for line in lines:
        print(line, file=sys.stderr)
