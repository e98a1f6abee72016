"""The line mode as a process: on terminals of every kind, from a pipe, killed, hung up on, twice at once."""

import json
import os
import re
import signal
import termios
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.commands.terminal import Terminal, run

DAY = ("--as-of", "2026-11-23")
PLAIN = ("start", "--plain", *DAY)
BEGIN = ("1", "HQ", "Corp")


def _saved(home: Path, name: str = "hq") -> dict[str, object]:
    said: dict[str, object] = json.loads((home / "deployments" / f"{name}.json").read_text(encoding="utf-8"))
    return said


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    """A terminal at the question for a public CA."""
    with Terminal(*PLAIN, home=tmp_path) as terminal:
        terminal.send(*BEGIN, "none")
        terminal.expect("(public_ca)")
        terminal.expect("Answer > ")
        yield terminal


def test_a_session_on_a_vt100_is_text_only_and_can_be_driven_by_its_prompts(tmp_path: Path) -> None:
    with Terminal(*PLAIN, home=tmp_path) as terminal:
        for prompt, line in (("Choose > ", "1"), ("deployment > ", "HQ"), ("none > ", "Corp")):
            terminal.expect(prompt)
            terminal.send(line)
        for line in ("none", "1", "none"):
            terminal.expect(" > ")
            terminal.send(line)
        terminal.expect("All questions are answered.")
        terminal.expect("Next > ")
        terminal.send("q")
        assert terminal.end() == 0
    assert not re.search(rb"[\x00-\x09\x0b\x0c\x0e-\x1f]", terminal.seen)
    assert _saved(tmp_path)["public_ca"] == "yes"


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGHUP])
def test_whatever_ends_it_the_next_start_goes_on_from_the_last_answer(
    terminal: Terminal, tmp_path: Path, how: signal.Signals
) -> None:
    terminal.send("1")
    terminal.expect("(uses)")
    terminal.process.send_signal(how)
    assert terminal.end() == (-how if how == signal.SIGKILL else 128 + how)
    with Terminal(*PLAIN, home=tmp_path) as again:
        again.expect("3. HQ, Corp, saved")
        again.send("3")
        again.expect("(uses)")


def test_a_dropped_line_loses_nothing(terminal: Terminal, tmp_path: Path) -> None:
    terminal.send("1")
    terminal.expect("(uses)")
    terminal.hang_up()
    # The end of the terminal's input may be seen before the signal is.
    assert terminal.end() in (1, 128 + signal.SIGHUP)
    assert _saved(tmp_path)["public_ca"] == "yes"


def test_ctrl_c_says_where_it_is_saved(terminal: Terminal) -> None:
    terminal.type(b"\x03")
    terminal.expect("Saved in")
    terminal.expect("eku-wizard start ")
    assert terminal.end() == 128 + signal.SIGINT


def test_ctrl_d_is_the_end_of_input(terminal: Terminal) -> None:
    terminal.type(b"\x04")
    terminal.expect("Saved in")
    assert terminal.end() == 0


def test_a_second_window_is_told_and_can_take_over(terminal: Terminal, tmp_path: Path) -> None:
    with Terminal(*PLAIN, home=tmp_path) as second:
        second.send("3")
        second.expect("is open in another window")
        second.expect("Take it over? yes or no > ")
        second.send("yes")
        second.expect("(public_ca)")
        second.expect("Answer > ")
        second.send("2")
        second.expect("All questions are answered.")
        terminal.send("1")
        terminal.expect("Not saved:")
        terminal.expect("Another window took this deployment over.")
    assert _saved(tmp_path)["public_ca"] == "no"


def test_a_locale_without_utf_8_gets_ascii(tmp_path: Path) -> None:
    no_utf_8 = {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
    with Terminal(*PLAIN, home=tmp_path, environ=no_utf_8) as terminal:
        terminal.send(*BEGIN, "none", "1", "3", "p", "q")
        terminal.expect("## Options A to D")
        assert terminal.end() == 0
    assert terminal.seen.isascii()


def test_answers_from_a_pipe_need_no_option(tmp_path: Path) -> None:
    done = run("start", *DAY, home=tmp_path, given="1\nHQ\nCorp\nnone\n1\nnone\ns plan.md\n", TERM="dumb")
    try:
        assert done.returncode == 0, done.stderr
        assert "Answer > none" in done.stdout
        assert Path("plan.md").read_text(encoding="utf-8").startswith("# Action plan: HQ")
    finally:
        Path("plan.md").unlink(missing_ok=True)


def test_a_pipe_that_ends_before_the_questions_do_is_gone_on_with_by_the_command_it_names(
    tmp_path: Path,
) -> None:
    first = run(*PLAIN, home=tmp_path, given="1\nHQ\n\nnone\n1\n")
    assert first.returncode == 0
    command = first.stdout.splitlines()[-1]
    assert command.startswith("eku-wizard start ")
    again = run(*command.split()[1:], home=tmp_path, given="none\nq\n")
    assert again.returncode == 0
    assert "(uses)" in again.stdout
    assert len(list((tmp_path / "deployments").glob("*.json"))) == 1


def test_a_wrong_answer_in_a_pipe_is_an_error(tmp_path: Path) -> None:
    done = run(*PLAIN, home=tmp_path, given="1\nHQ\n\nnone\nmaybe\n")
    assert done.returncode == 1
    assert "maybe is not one of the answers." in done.stdout


def test_without_a_terminal_or_a_pipe_there_is_a_clear_word(tmp_path: Path) -> None:
    done = run("start", home=tmp_path)
    assert done.returncode == 1
    assert "Input is no terminal" in done.stderr
    assert "--plain" in done.stderr
    assert done.stdout == ""


def test_a_dumb_terminal_is_asked_and_goes_line_by_line(tmp_path: Path) -> None:
    with Terminal("start", *DAY, home=tmp_path, term="dumb") as terminal:
        terminal.expect("This terminal (TERM) cannot place text")
        terminal.expect("Enter goes on line by line, q quits > ")
        terminal.send("")
        terminal.expect("Choose > ")
    with Terminal("start", *DAY, home=tmp_path, term="dumb") as terminal:
        terminal.expect("q quits > ")
        terminal.send("q")
        assert terminal.end() == 0


def test_on_a_slow_line_the_line_mode_is_suggested_first(tmp_path: Path) -> None:
    with Terminal("start", *DAY, home=tmp_path, baud=termios.B9600) as terminal:
        terminal.expect("This line runs at 9600 baud")
        terminal.expect("f shows the screens all the same, q quits > ")
        terminal.send("")
        terminal.expect("Choose > ")


def test_where_nothing_can_be_written_the_work_goes_on_in_memory(tmp_path: Path) -> None:
    home = tmp_path / "file"
    home.write_text("no folder", encoding="utf-8")
    done = run(*PLAIN, home=home, given="1\nHQ\n\nnone\n1\nnone\n")
    assert done.returncode == 1
    assert "Not saved:" in done.stdout
    assert "All questions are answered." in done.stdout


def test_files_of_the_command_line_prefill(tmp_path: Path) -> None:
    file = tmp_path / "hq.toml"
    file.write_text('format = 1\nname = "From a file"\npublic_ca = "yes"\nuses = []\n', encoding="utf-8")
    done = run(*PLAIN, str(file), home=tmp_path, given="none\nq\n")
    assert done.returncode == 0, done.stdout
    assert "All questions are answered." in done.stdout
    assert _saved(tmp_path, "from-a-file")["uses"] == []


def test_a_file_that_is_refused_says_where(tmp_path: Path) -> None:
    file = tmp_path / "hq.toml"
    file.write_text('format = 1\npublic_ca = "perhaps"\n', encoding="utf-8")
    done = run(*PLAIN, str(file), home=tmp_path, given="")
    assert done.returncode == 1
    assert "line 2" in done.stdout
    assert os.linesep.join(done.stdout.splitlines()[-3:])


def test_troubleshooting_without_a_terminal_names_the_symptoms(tmp_path: Path) -> None:
    done = run("troubleshoot", home=tmp_path)
    assert done.returncode == 1
    assert "cluster-replication, mra-registration" in done.stderr
