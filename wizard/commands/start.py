"""`eku-wizard start [FILE ...]`: the wizard, full screen where the terminal can show it, or line by line."""

import argparse
import os
import sys
from collections.abc import Callable

from wizard.commands import context
from wizard.faces import tui
from wizard.knowledge import Part, light_words
from wizard.model.words import Words
from wizard.version import __version__

_NOT_SHOWN = 1
_PARTS: tuple[Part, ...] = ("facts",)
SLOW = 19200
"""Baud up to which the line mode is suggested first. A pseudo-terminal says 38400, whatever is behind it."""


def run(options: argparse.Namespace) -> int:
    """The screens; line by line with `--plain` or from a pipe; on a slow or dumb line it is asked which."""
    if options.plain:
        return line_by_line(options)
    reason, baud = tui.can_run(), _speed()
    if reason is not None:
        return _without_screens(options, reason)
    if 0 < baud <= SLOW:
        words = _words(options)
        _tell(words.say("plain.cannot.slow-line", baud=str(baud)))
        chosen = _choice(words, dumb=False)
        if chosen != "f":
            return line_by_line(options) if chosen == "" else 0
    return tui.run(_screen_options(options))


def _without_screens(options: argparse.Namespace, reason: tui.Cannot) -> int:
    """Line by line where there is a pipe to read, or somebody agrees; else the reason."""
    if reason == "no-input-terminal" and _has_input():
        return line_by_line(options)
    words = _words(options)
    _tell(words.say(f"tui.cannot.{reason}"))
    if reason == "dumb-terminal" and _is_terminal(sys.stdout):
        return line_by_line(options) if _choice(words, dumb=True) == "" else 0
    return _NOT_SHOWN


def troubleshoot_on_screen(options: argparse.Namespace) -> int:
    """The troubleshooting screens; where they cannot be shown, how to do without."""
    reason = tui.can_run()
    if reason is None:
        return tui.run(_screen_options(options, begin="troubleshoot"))
    from wizard.model.troubleshooting import SYMPTOMS

    words = _words(options)
    _tell(words.say(f"tui.cannot.{reason}"))
    _tell(words.say("plain.cannot.troubleshoot", symptoms=", ".join(SYMPTOMS)))
    return _NOT_SHOWN


def line_by_line(options: argparse.Namespace) -> int:
    """The line mode on stdin and stdout."""
    from wizard.commands.line_desk import LineDesk
    from wizard.faces import plain
    from wizard.faces.plain.console import Console
    from wizard.faces.plain.streams import StandardStreams
    from wizard.store.folders import find
    from wizard.store.library import Library

    knowledge, day = context.knowledge(options, _PARTS), context.as_of(options)
    streams = StandardStreams()
    ascii_mode = options.ascii or not _shows_unicode()
    console = Console(streams, knowledge.words, ascii_mode=ascii_mode)
    library = Library(find(os.environ).deployments, say=knowledge.words.say)
    password = _password(streams.secret, knowledge.words) if streams.interactive else None
    desk = LineDesk(knowledge, day, __version__, library, context.folder(options), password)
    with streams.signals():
        return plain.run(
            console,
            desk,
            knowledge,
            day,
            __version__,
            files=tuple(options.files),
            context=context.said(options),
        )


def _password(secret: Callable[[str], str | None], words: Words) -> Callable[[str], str | None]:
    return lambda file: secret(words.say("plain.prompt.password", file=file))


def _screen_options(options: argparse.Namespace, begin: str = "home") -> tui.Options:
    deployment = getattr(options, "deployment", None)
    return tui.Options(
        content=context.folder(options),
        as_of=context.as_of(options),
        said=context.said(options),
        language=context.language(options),
        files=tuple(getattr(options, "files", ())) or ((deployment,) if deployment else ()),
        begin="troubleshoot" if begin == "troubleshoot" else "home",
        ascii=options.ascii,
        mouse=False if getattr(options, "no_mouse", False) else None,
        theme=getattr(options, "theme", None),
    )


def _words(options: argparse.Namespace) -> Words:
    return light_words(context.folder(options), context.language(options), ("tui", "plain"))


def _has_input() -> bool:
    """Whether stdin is a pipe or a file that may hold answers."""
    try:
        return sys.stdin is not None and not os.path.samestat(
            os.fstat(sys.stdin.fileno()),
            os.stat(os.devnull),  # noqa: PTH116 - the null device
        )
    except (OSError, ValueError):
        return False


def _is_terminal(stream: object) -> bool:
    return stream is not None and bool(getattr(stream, "isatty", bool)())


def _shows_unicode() -> bool:
    return "utf" in (getattr(sys.stdout, "encoding", None) or "").lower()


def _speed() -> int:
    """Baud of the terminal on stdin, 0 where that is not known."""
    try:
        import termios

        speed = termios.tcgetattr(sys.stdin.fileno())[5]
    except (ImportError, OSError, ValueError, termios.error):
        return 0
    named = {getattr(termios, f"B{baud}"): baud for baud in (1200, 2400, 4800, 9600, 19200, 38400, 115200)}
    return named.get(speed, 0)


def _choice(words: Words, *, dumb: bool) -> str:
    """What is typed: "" for line by line, "f" for the screens, "q" to quit. The end of input quits."""
    prompt = words.say("plain.cannot.prompt-dumb" if dumb else "plain.cannot.prompt")
    from wizard.faces.plain.streams import tolerant_input

    tolerant_input()
    sys.stderr.write(f"{prompt} > ")
    sys.stderr.flush()
    line = sys.stdin.readline()
    return line.strip().casefold()[:1] if line else "q"


def _tell(text: str) -> None:
    print(text, file=sys.stderr)
