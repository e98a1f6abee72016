"""Every kind of terminal: what each is sent, in which colours, which characters, at which size."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.terminal import homes
from tests.terminal.window import MOUSE_ON, Window

_SGR = re.compile(rb"\x1b\[([0-9;]*)m")
_QUERY = re.compile(rb"\x1b\[[^a-zA-Z]*\$p|\x1b\[[>=]?[0-9]*c|\x1b\[[0-9;]*n|\x1b\][0-9]+;[^\x07\x1b]*\?")

_PLAIN, _SIXTEEN, _MANY = "no colours", "16 colours", "256 colours"
TERMS = {
    "xterm-256color": _MANY,
    "tmux-256color": _MANY,
    "screen-256color": _MANY,
    "xterm": _SIXTEEN,
    "screen": _SIXTEEN,
    "linux": _SIXTEEN,
    "vt100": _PLAIN,
    "vt220": _PLAIN,
}
_OLD = ("linux", "vt100", "vt220")


def colours(raw: bytes) -> str:
    """The most colours that were asked for."""
    found = _PLAIN
    for parameters in _SGR.findall(raw):
        numbers = [int(number or 0) for number in parameters.split(b";")]
        while numbers:
            number = numbers.pop(0)
            if number in (38, 48):
                if numbers.pop(0) != 5:
                    return "true colour"
                found = _MANY
                numbers.pop(0)
            elif 30 <= number <= 37 or 40 <= number <= 47 or 90 <= number <= 97 or 100 <= number <= 107:
                found = _MANY if found == _MANY else _SIXTEEN
    return found


def look_around(window: Window) -> None:
    """A walk over the screens of every kind."""
    window.expect("New deployment")
    window.quiet(1.0)
    for keys, text in (
        (("?",), "Keys here"),
        (("backspace", "5", "enter"), "log lines"),
        (("backspace", "6", "enter"), "Search"),
        (("escape",), "New deployment"),
        (("3", "enter"), "This was read"),
        (("enter",), "Outcome and options"),
        (("p",), "Action plan"),
        (("n",), "Expressway nodes"),
        (("c",), "Certificates"),
        (("r",), "Review"),
        (("s",), "Save the plan"),
    ):
        window.type(*keys)
        window.expect(text)
        window.quiet(0.15)


@pytest.mark.parametrize(
    ("keys", "text"),
    [
        (("?",), "Keys here"),
        ((":",), "type a word of the command"),
        (("3", "enter"), "This was read"),
        (("5", "enter"), "log lines"),
        (("6", "enter"), "Search"),
    ],
)
def test_a_key_that_was_typed_before_anything_was_loaded_is_served(
    tmp_path: Path, keys: tuple[str, ...], text: str
) -> None:
    with Window(home=tmp_path) as window:
        window.type(*keys)
        window.expect(text)


@pytest.mark.parametrize("term", TERMS)
def test_each_terminal_gets_colours_and_questions_that_it_understands(home: Path, term: str) -> None:
    with Window(home=home, environ={"TERM": term}, answers=term not in _OLD) as window:
        homes.go_on(window)
        homes.answer(window, 0, "X15.4")
        window.quiet()
        assert colours(window.raw) == TERMS[term]
        if term in _OLD:
            assert not _QUERY.search(window.raw), "it would print what it does not know"
            assert b"\x1b]" not in window.raw
        assert window.text.isascii() == (term in _OLD)
        window.type("b", "b")


@pytest.mark.parametrize("term", ["xterm-256color", "xterm", "linux"])
def test_no_color_is_obeyed(home: Path, term: str) -> None:
    with Window(home=home, environ={"TERM": term, "NO_COLOR": "1", "COLORTERM": "truecolor"}) as window:
        look_around(window)
        assert colours(window.raw) == _PLAIN


def test_true_colour_is_never_asked_for(home: Path) -> None:
    with Window(home=home, environ={"COLORTERM": "truecolor"}) as window:
        look_around(window)
        assert colours(window.raw) == _MANY


@pytest.mark.parametrize(
    ("arguments", "environ"),
    [
        (("--ascii",), {}),
        ((), {"LANG": "C", "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}),
        ((), {"LC_ALL": "en_US.ISO-8859-1", "PYTHONIOENCODING": "latin-1"}),
        ((), {"TERM": "vt100"}),
    ],
    ids=["--ascii", "LANG=C", "latin-1", "vt100"],
)
def test_where_ascii_is_wanted_or_all_there_is_nothing_else_is_sent(
    home: Path, arguments: tuple[str, ...], environ: dict[str, str]
) -> None:
    with Window(*arguments, home=home, environ=environ) as window:
        look_around(window)
        window.type("q")
        assert window.raw.isascii()
        # Nor by the other way: the line drawing of old terminals.
        assert b"\x1b(0" not in window.raw and b"\x0e" not in window.raw


@pytest.mark.parametrize("told", [(0, 0), (0, 24), (80, 0)])
def test_a_terminal_that_claims_no_size_has_80_by_24(home: Path, told: tuple[int, int]) -> None:
    with Window(home=home, told=told, environ={"TERM": "vt100"}, answers=False) as window:
        homes.go_on(window)
        window.expect(" saved")
        assert window.lines[0].endswith("saved") and len(window.lines[0]) == 79
        assert "Enter" in window.lines[23]


def test_where_the_terminal_claims_no_size_the_environment_may(home: Path) -> None:
    environ = {"COLUMNS": "100", "LINES": "30"}
    with Window(home=home, size=(100, 30), told=(0, 0), environ=environ) as window:
        homes.go_on(window)
        assert len(window.lines[0]) == 99 and "Enter" in window.lines[29]


def test_resizing_at_any_moment_loses_nothing(window: Window, home: Path) -> None:
    sizes = [(60, 20), (132, 43), (40, 10), (200, 60), (79, 23), (20, 5), (80, 24)]
    for number, (columns, lines) in enumerate(sizes):
        window.type("X15.4"[number : number + 1])
        window.resize(columns, lines)
        window.quiet(0.15)
    window.expect("X15.4", "Enter")
    window.type("enter")
    window.resize(60, 20)
    window.expect(homes.asked(1))
    window.resize(200, 60)
    window.expect("HQ", "Enter")
    window.quiet()
    assert len(window.lines[0]) == 199
    assert homes.releases(home) == ["X15.4", None, None]


def test_a_small_window_works_and_says_that_it_is_small(home: Path) -> None:
    with Window(home=home, size=(60, 20)) as window:
        window.expect("best at 80x24")
        homes.go_on(window)
        window.type("X15.4", "enter")
        window.expect("expe1.example.com", "best at 80x24")


def test_a_large_window_is_used(home: Path) -> None:
    with Window(home=home, size=(200, 60)) as window:
        homes.go_on(window)
        window.quiet()
        body = window.lines[1:-5]
        assert max(len(line) for line in body) > 120


def test_a_dumb_terminal_gets_a_clear_word_and_no_escape(home: Path) -> None:
    with Window(home=home, environ={"TERM": "dumb"}) as window:
        window.expect("line by line", "TERM")
        window.type("q", "enter")
        assert window.end() == 0
        assert b"\x1b" not in window.raw


# The mouse, silence, and keys that lines swallow


def _settings(home: Path) -> tuple[str, ...]:
    (home / "settings.toml").write_text("mouse = false\n", encoding="utf-8")
    return ()


@pytest.mark.parametrize(("off"), [lambda home: ("--no-mouse",), _settings], ids=["option", "settings"])
def test_the_mouse_can_be_switched_off(home: Path, off: Callable[[Path], tuple[str, ...]]) -> None:
    with Window(*off(home), home=home) as window:
        homes.go_on(window)
        window.type("down", "t", "q")
        window.quiet()
        assert not [mode for mode in MOUSE_ON if mode in window.raw]


def test_of_the_mouse_only_clicks_and_the_wheel_are_asked_for(window: Window) -> None:
    assert b"\x1b[?1000h" in window.raw
    assert b"\x1b[?1002h" not in window.raw and b"\x1b[?1003h" not in window.raw


def test_nothing_is_sent_while_nobody_types_and_nothing_blinks(home: Path) -> None:
    with Window(home=home) as window:
        window.expect("New deployment")
        window.quiet(1.5)
        assert window.idle(2.0) == b"", "home"
        for keys, text in (
            (("1", "enter"), "Whose Expressways"),
            (("escape",), "New deployment"),
            (("2", "enter"), "Saved deployments"),
            (("enter",), homes.asked(0)),
            (("down", "o"), "Outcome and options"),
            (("p",), "Action plan"),
        ):
            window.type(*keys)
            window.expect(text)
            window.quiet(1.2)
            assert window.idle(2.0) == b"", text
        blinking = [p for p in _SGR.findall(window.raw) if {b"5", b"6"} & set(_attributes(p))]
        assert blinking == [] and b"\x1b[?12h" not in window.raw and b"\x1b[?25h" not in window.raw


def _attributes(parameters: bytes) -> list[bytes]:
    """The parameters that are attributes, not parts of a colour."""
    found = parameters.split(b";")
    for start in (b"38", b"48"):
        while start in found:
            at = found.index(start)
            del found[at : at + 3]
    return found


def test_a_window_that_watches_sends_nothing_while_the_other_writes_nothing(
    window: Window, home: Path
) -> None:
    with Window(home=home) as second:
        second.expect("New deployment")
        second.type("2", "enter")
        second.expect("open in another window")
        second.type("enter")
        second.expect("Take it over")
        second.type("1", "enter")
        second.expect("watching another window")
        second.quiet(1.5)
        assert second.idle(5.0) == b""
