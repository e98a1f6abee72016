"""The command lines that do without a screen: they parse as what they say."""

import shlex
import subprocess
from datetime import date
from pathlib import Path

import pytest

from wizard import cli
from wizard.faces import command
from wizard.faces.command import Context

DAY = Context(as_of=date(2026, 11, 23))


def _parsed(line: str) -> dict[str, object]:
    program, *arguments = shlex.split(line)
    assert program == command.PROGRAM
    return vars(cli._parser().parse_args(arguments))


def test_the_plan_of_a_saved_deployment() -> None:
    line = command.plan(["/home/ann/hq plan.json"], DAY, as_json=True, output="out.json")
    assert line == "eku-wizard plan '/home/ann/hq plan.json' --format json -o out.json --as-of 2026-11-23"
    said = _parsed(line)
    assert said["files"] == ["/home/ann/hq plan.json"]
    assert said["format"] == "json"
    assert said["as_of"] == date(2026, 11, 23)


def test_what_is_the_default_is_not_said() -> None:
    assert command.plan(["hq.toml"], Context()) == "eku-wizard plan hq.toml"
    assert command.start([], Context()) == "eku-wizard start"
    assert command.collect(None, Context(ascii=True)) == "eku-wizard collect"
    assert command.tree(Context(), mermaid=True) == "eku-wizard content tree --format mermaid"


def test_all_that_differs_from_the_default_is_said() -> None:
    context = Context(date(2027, 1, 2), "nl", Path("my content"), ascii=True)
    said = _parsed(command.start(["a.pem", "b.txt"], context, plain=True))
    assert (said["lang"], said["content"], said["ascii"], said["plain"]) == (
        "nl",
        Path("my content"),
        True,
        True,
    )
    assert said["files"] == ["a.pem", "b.txt"]


def test_every_verb_parses_as_what_it_says() -> None:
    assert _parsed(command.inspect(["certs/"], DAY, shown_as="csv"))["format"] == "csv"
    said = _parsed(
        command.troubleshoot("uc-traversal-down", {"a": "yes", "b": "x"}, DAY, deployment="hq.json")
    )
    assert said["answer"] == ["a=yes", "b=x"]
    assert (said["symptom"], said["deployment"]) == ("uc-traversal-down", "hq.json")
    assert _parsed(command.troubleshoot("-", {}, DAY, as_json=True))["symptom"] == "-"
    assert _parsed(command.plan(["hq.json"], DAY, handover=True))["handover"] is True
    assert _parsed(command.collect("hq.json", DAY))["file"] == "hq.json"
    assert _parsed(command.tree(DAY))["what"] == "tree"


def test_a_file_that_begins_with_a_dash_is_no_option() -> None:
    assert _parsed(command.plan(["--force"], Context()))["files"] == ["./--force"]


@pytest.mark.parametrize(
    "name", ["a b.pem", "it's.pem", "$(id).pem", "x;y.pem", "\x1b[31m.pem", "a\nb\\'.pem", "é.pem"]
)
def test_a_shell_gives_back_every_name_and_no_byte_steers_the_terminal(name: str) -> None:
    line = command.plan([name], Context())
    assert line.isprintable()
    said = subprocess.run(
        ["bash", "-c", f'eku-wizard() {{ printf %s "$2"; }}; {line}'], capture_output=True, check=True
    )
    assert said.stdout.decode() == name
