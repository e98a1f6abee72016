"""The screens beside a bare Textual app, in the same run: start, keys, memory, bytes, idle, a slow line."""

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence

from tests.benchmarks.meter import Run, Terminal, measure

Row = tuple[str, str, str]

_BARE = [sys.executable, "-m", "tests.benchmarks.bare"]
_WIZARD = [sys.executable, "-m", "wizard", "start"]
_TO_QUESTION = ("enter", "enter", "enter", "enter", "enter", "enter")
"""From home to the first question of a new deployment: open New, four fields, begin."""

_QUICK = ("3", "enter")
"""On the question about nodes: go on without them, which leads to the next question."""

_RUNS = 5
_BAUD = 9600
_QUIET = 1.0


def rows() -> list[Row]:
    """Figures of the screens, those of the bare app beside them."""
    bare = [_measured(_BARE, ("down", "down"), idle=1.0) for _ in range(_RUNS)]
    home = [_measured(_WIZARD, ("down", "down"), idle=1.0) for _ in range(_RUNS)]
    asked = [_measured(_WIZARD, (*_TO_QUESTION, "down", *_QUICK)) for _ in range(_RUNS)]
    opened = [run.keys[len(_TO_QUESTION) - 1] for run in asked]
    answered = [run.keys[-1] for run in asked]
    listed = [key for run in home for key in run.keys]
    bare_listed = [key for run in bare for key in run.keys]
    complete, bare_complete = _median(r.complete for r in home), _median(r.complete for r in bare)
    memory, bare_memory = _median(r.memory for r in home), _median(r.memory for r in bare)
    asked_memory = _median(r.memory_after for r in asked)
    key, bare_key = _median(k.first for k in listed), _median(k.first for k in bare_listed)
    return [
        _beside("complete first screen", complete, bare_complete, "ms", "at most 1.25x"),
        ("first question, after its key", f"{_median(k.first for k in opened):.0f} ms", "at most 100 ms"),
        _beside("memory with home", memory, bare_memory, "MiB", ""),
        _beside("memory with the first question", asked_memory, bare_memory, "MiB", "at most 1.75x"),
        _beside(
            "bytes of the first screen", _median(r.sent for r in home), _median(r.sent for r in bare), "B", ""
        ),
        _beside("key in a list, time", key, bare_key, "ms", "at most 2.5x"),
        ("key in a list, bytes", f"{_median(k.sent for k in listed):.0f} B", "at most 3072 B"),
        ("next question, bytes", f"{_median(k.sent for k in answered):.0f} B", "at most 6144 B"),
        ("next question, first change", f"{_median(k.first for k in answered):.0f} ms", "at most 30 ms"),
        ("next question, done", f"{_median(k.done for k in answered):.0f} ms", "at most 60 ms"),
        ("idle for a second", f"{max(r.idle for r in home)} B (bare {max(r.idle for r in bare)} B)", "0 B"),
        _beside("quitting", _median(r.quit for r in home), _median(r.quit for r in bare), "ms", ""),
        *_slow_line(_median(k.sent for k in answered)),
    ]


def _measured(command: Sequence[str], keys: Sequence[str], idle: float = 0.0) -> Run:
    with tempfile.TemporaryDirectory() as home:
        return measure(command, _environment(home), keys=keys, idle=idle)


def _environment(home: str) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "PYTHONPATH") if name in os.environ}
    return {**kept, "TERM": "xterm-256color", "HOME": home, "EKU_WIZARD_HOME": home}


def _slow_line(question: float) -> list[Row]:
    """What the screens cost on a line of 9,600 baud, which carries 960 bytes a second: the first screen and a
    key on such a line, the next question by its bytes."""
    with tempfile.TemporaryDirectory() as home:
        terminal = Terminal(_WIZARD, _environment(home), (80, 24), _BAUD)
        try:
            start = time.perf_counter()
            terminal.settle(_QUIET, 60.0)
            first = time.perf_counter() - start - _QUIET
            down = terminal.key("down")
        finally:
            terminal.close()
    return [
        ("at 9,600 baud: first screen", f"{first:.1f} s", ""),
        ("at 9,600 baud: key in a list", f"{down.done / 1000:.1f} s", ""),
        ("at 9,600 baud: next question", f"{question * 10 / _BAUD:.1f} s", ""),
    ]


def _beside(name: str, figure: float, bare: float, unit: str, target: str) -> Row:
    ratio = figure / bare if bare else 0.0
    return name, f"{figure:.0f} {unit}, bare {bare:.0f} {unit}: {ratio:.2f}x", target


def _median(values: Iterable[float]) -> float:
    found = list(values)
    return float(statistics.median(found)) if found else 0.0
