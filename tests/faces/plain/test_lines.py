"""What goes over the line: prompts to wait for, no cursor moves, ASCII where that is asked for."""

import re

import pytest

from tests.faces.paths import answers_for, every_path, knowledge
from tests.faces.plain.scripted import NEW, Script, lines_for, talk
from wizard.domain import horizon
from wizard.faces.plain.console import WIDTH, CommandGiven, Console, EndedError

LONGEST_PATH = max(every_path(), key=lambda path: len(path.choices))


@pytest.fixture(scope="module")
def transcript() -> str:
    """A whole session, with every command that prints."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(horizon, "settled", lambda *_: False)
        lines = [*NEW, *lines_for(answers_for(LONGEST_PATH)), "h", "t", "o", "", "r", "", "d", "p", "c", "q"]
        return talk(lines, ascii_mode=True, interactive=False).out


def test_nothing_but_text_and_newlines_is_written(transcript: str) -> None:
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", transcript)


def test_with_ascii_nothing_else_is_written(transcript: str) -> None:
    assert transcript.isascii()


def test_without_ascii_the_plan_keeps_its_own_characters() -> None:
    assert not talk([*NEW, "none", "1", "3", "p", "q"]).out.isascii()


def test_lines_of_prose_fit_a_terminal(transcript: str) -> None:
    prose = transcript[: transcript.index("# Action plan")]
    long = [line for line in prose.splitlines() if len(line) > WIDTH and not line.startswith("eku-wizard")]
    assert long == []


def test_every_prompt_ends_in_the_same_two_characters() -> None:
    asked: list[str] = []

    class Listening(Script):
        def read(self) -> str | None:
            asked.append(self.out[-30:])
            return super().read()

    script = Listening(["1", "x", "", "none", "1", "r", "", "o", "", "q"])
    from tests.faces.paths import AS_OF, PROGRAM
    from tests.faces.plain.scripted import MemoryDesk
    from wizard.faces import plain

    plain.run(Console(script, knowledge().words), MemoryDesk(), knowledge(), AS_OF, PROGRAM)
    assert len(asked) > 8
    assert all(end.endswith(" > ") for end in asked)


def _console(*lines: str, interactive: bool = True) -> tuple[Console, Script]:
    script = Script(lines, interactive=interactive)
    return Console(script, knowledge().words), script


@pytest.mark.parametrize(
    ("line", "letter", "rest"),
    [
        ("h", "h", ""),
        ("help", "h", ""),
        ("?", "h", ""),
        ("f upload refused", "f", "upload refused"),
        ("s plan one.md", "s", "plan one.md"),
        ("p 2", "p", "2"),
        (" q ", "q", ""),
    ],
)
def test_a_command_is_told_from_an_answer(line: str, letter: str, rest: str) -> None:
    console, _ = _console(line)
    with pytest.raises(CommandGiven) as given:
        console.ask("plain.prompt.answer")
    assert (given.value.letter, given.value.rest) == (letter, rest)


@pytest.mark.parametrize("line", ["hq", "b2b-sip", "r 5", "core D", "5?", "0", ""])
def test_what_only_begins_like_a_command_is_an_answer(line: str) -> None:
    console, _ = _console(line)
    assert console.ask("plain.prompt.answer") == line


def test_the_end_of_input_is_not_an_empty_answer() -> None:
    console, script = _console()
    with pytest.raises(EndedError):
        console.ask("plain.prompt.answer")
    assert script.out == "Answer > \n"


@pytest.mark.parametrize(
    ("line", "yes"), [("y", True), ("YES", True), ("n", False), ("", False), ("b", False)]
)
def test_only_a_yes_agrees(line: str, yes: bool) -> None:
    assert _console(line)[0].agreed("plain.prompt.change") is yes


def test_what_is_neither_yes_nor_no_is_asked_again() -> None:
    console, script = _console("perhaps", "yes")
    assert console.agreed("plain.prompt.change") is True
    assert "perhaps is not one of the answers." in script.out


def test_a_very_long_line_is_cut() -> None:
    assert len(_console("x" * 100_000)[0].ask("plain.prompt.answer")) == 4096
