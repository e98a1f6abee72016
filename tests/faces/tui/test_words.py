"""Every sentence of the screens is in content, every sentence there is used, and none is in the program."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faces.tui.seen import CONTENT
from wizard.knowledge import light_words

TUI = Path(__file__).parents[3] / "wizard" / "faces" / "tui"
COMMAND = TUI.parents[1] / "commands" / "start.py"
"""Says why there are no screens."""

FILES = sorted(path.stem for path in (CONTENT / "words" / "en").glob("tui*.toml"))
ONE_WORD = re.compile(r"[\w.:{}/@+*#<>=\[\]()~,;-]*")


def strings() -> Iterator[tuple[Path, str, bool]]:
    """Every string of the program that is no docstring: its file, its text ("*" for what is put in), and
    whether something is put in."""
    for path in sorted((*TUI.rglob("*.py"), COMMAND)):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        docs = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        inside: set[int] = set()
        for node in ast.walk(tree):
            if isinstance(node, ast.JoinedStr):
                parts = [str(part.value) if isinstance(part, ast.Constant) else "*" for part in node.values]
                inside |= {id(part) for part in node.values}
                yield path, "".join(parts), True
        for node in ast.walk(tree):
            constant = isinstance(node, ast.Constant) and isinstance(node.value, str)
            if constant and id(node) not in docs | inside:
                yield path, str(node.value), False  # type: ignore[attr-defined]


def patterns() -> list[re.Pattern[str]]:
    """The ids that the program asks for: as they are, or with something put in."""
    found = []
    for _, text, _ in strings():
        if text.startswith(("tui.", "*.")):
            found.append(re.compile(re.escape(text).replace(r"\*", ".+")))
    return found


def test_every_sentence_is_asked_for() -> None:
    words = light_words(CONTENT, "en", FILES)
    asked = patterns()
    bound = bindings()
    unused = [
        key
        for key in words.table
        if not any(pattern.fullmatch(key) for pattern in asked)
        and not (".key." in key and key.rpartition(".")[2] in bound)
    ]
    assert unused == []


def test_every_sentence_that_is_asked_for_as_it_is_exists() -> None:
    words = light_words(CONTENT, "en", FILES)
    missing = {
        text
        for _, text, put_in in strings()
        if re.fullmatch(r"tui\.[a-z0-9_.-]+", text) and not put_in and not words.has(text)
    }
    assert {text for text in missing if not any(key.startswith(f"{text}.") for key in words.table)} == set()


@pytest.mark.parametrize("path", sorted(TUI.rglob("*.py")), ids=lambda path: path.stem)
def test_no_sentence_stands_in_the_program(path: Path) -> None:
    sentences = [
        text
        for file, text, _ in strings()
        if file == path and len(text.split()) > 3 and not ONE_WORD.fullmatch(text)
    ]
    # Errors for programmers, and what a terminal is sent.
    told = [text for text in sentences if not text.isascii() or text[0].isupper()]
    assert [text for text in told if not is_code(text)] == []


def bindings() -> set[str]:
    """The ids of all bindings, and what stands for the digits."""
    found = {"choose"}
    for path in TUI.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "bind":
                first = node.args[0]
                if isinstance(first, ast.Constant):
                    found.add(str(first.value))
    return found


def test_every_binding_has_words() -> None:
    words = light_words(CONTENT, "en", FILES)
    named = {key.rpartition(".")[2] for key in words.table if ".key." in key}
    assert bindings() - named == set()


def is_code(text: str) -> bool:
    """Whether a string is an annotation rather than a sentence."""
    try:
        ast.parse(text, mode="eval")
    except SyntaxError:
        return False
    return True
