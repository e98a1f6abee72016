"""The line that says what is being read: after a second, on a terminal, and gone when that is done."""

import io
import os
import signal
import socket
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12

from tests.commands.terminal import Terminal
from tests.evidence.pki import family
from tests.faces.paths import knowledge
from wizard.commands.progress import Progress, password


class _Screen(io.StringIO):
    """A stream that says that it is a terminal, or not."""

    def __init__(self, *, terminal: bool) -> None:
        super().__init__()
        self.terminal = terminal

    def isatty(self) -> bool:
        return self.terminal


def clock(*times: float) -> Callable[[], float]:
    """A clock that shows these times, then the last one for ever."""
    left = list(times)
    return lambda: left.pop(0) if len(left) > 1 else left[0]


def test_nothing_is_said_in_the_first_second_and_what_is_said_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = _Screen(terminal=True)
    monkeypatch.setattr("sys.stderr", screen)
    progress = Progress(knowledge().words, clock(0.0, 0.9, 1.1))
    progress.at("a.pem")
    progress.clear()
    assert screen.getvalue() == ""
    progress.at("é" * 100 + "b.pem")
    said = screen.getvalue()
    assert said.startswith("\rReading eeee") and said.isascii()
    assert len(said.strip("\r")) == 79
    progress.at("at once again")
    assert screen.getvalue() == said
    progress.clear()
    assert screen.getvalue().endswith("\r" + " " * 79 + "\r")


def test_a_file_or_a_pipe_gets_no_such_line(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = _Screen(terminal=False)
    monkeypatch.setattr("sys.stderr", screen)
    progress = Progress(knowledge().words, clock(0.0, 5.0))
    progress.at("a.pem")
    progress.clear()
    assert screen.getvalue() == ""


def test_no_password_is_asked_for_without_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    progress = Progress(knowledge().words)
    monkeypatch.setattr("sys.stdin", _Screen(terminal=False))
    assert password(knowledge().words, progress) is None
    monkeypatch.setattr("sys.stdin", None)
    assert password(knowledge().words, progress) is None


def test_the_end_of_input_at_a_password_leaves_the_file_locked(monkeypatch: pytest.MonkeyPatch) -> None:
    def ended(prompt: str) -> str:
        assert prompt == "Password of node.p12, or Enter to skip it > "
        raise EOFError

    monkeypatch.setattr("sys.stdin", _Screen(terminal=True))
    monkeypatch.setattr("getpass.getpass", ended)
    ask = password(knowledge().words, Progress(knowledge().words))
    assert ask is not None and ask("node.p12") is None


def test_a_host_that_hangs_is_named_and_can_be_given_up(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"127.0.0.1:{silent.getsockname()[1]}"
        with Terminal("inspect", address, home=tmp_path) as terminal:
            terminal.expect(f"Reading {address} (Ctrl-C stops)")
            os.killpg(terminal.process.pid, signal.SIGINT)
            assert terminal.end() == 130


@pytest.mark.parametrize("verb", ["inspect", "plan"])
def test_a_locked_file_is_asked_about_and_its_password_is_not_shown(tmp_path: Path, verb: str) -> None:
    node = family()[2]
    encryption = BestAvailableEncryption(b"hunter22hunter22")
    locked = tmp_path / "node.p12"
    locked.write_bytes(
        pkcs12.serialize_key_and_certificates(b"x", node.key, node.certificate, None, encryption)
    )
    with Terminal(verb, str(locked), home=tmp_path) as terminal:
        terminal.expect("or Enter to skip it > ")
        terminal.send("hunter22hunter22")
        terminal.expect("expe1.example.com")
        assert terminal.end() == 1
        assert b"hunter22" not in terminal.seen
