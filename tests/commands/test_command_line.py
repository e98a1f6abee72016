"""The command line before any verb runs: which verb is meant, and options anywhere on the line."""

from pathlib import Path

import pytest

from wizard.cli import _with_verb, main


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ([], ["start"]),
        (["mine.toml"], ["start", "mine.toml"]),
        (["--plain", "mine.toml"], ["start", "--plain", "mine.toml"]),
        (["plan", "mine.toml"], ["plan", "mine.toml"]),
        (["--as-of", "2026-11-23", "plan", "a"], ["plan", "--as-of", "2026-11-23", "a"]),
        (["--as-of=2026-11-23", "plan", "a"], ["plan", "--as-of=2026-11-23", "a"]),
        (["--content", "content", "plan", "a"], ["plan", "--content", "content", "a"]),
        (["--content", "plan", "mine.toml"], ["start", "--content", "plan", "mine.toml"]),
        (["--lang", "en", "content", "check"], ["content", "--lang", "en", "check"]),
        (["mine.toml", "plan"], ["start", "mine.toml", "plan"]),
        (["--lang", "en", "--help"], ["--help"]),
    ],
)
def test_the_verb_is_found_and_no_value_is_taken_for_it(given: list[str], meant: list[str]) -> None:
    assert _with_verb(given) == meant


@pytest.mark.parametrize("line", [["--version"], ["plan", "--version"], ["--lang", "en", "-V"]])
def test_the_version_is_told_everywhere(line: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    try:
        status = main(line)
    except SystemExit as left:
        status = int(left.code or 0)
    assert status == 0
    assert capsys.readouterr().out.startswith("eku-wizard ")


@pytest.mark.parametrize(
    "line", [["plan"], ["plan", "x", "--as-of", "2026-13-01"], ["inspect", "--format", "xml", "x"]]
)
def test_a_wrong_command_line_is_status_2(line: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(line)
    assert left.value.code == 2
    assert "usage" in capsys.readouterr().err


@pytest.mark.parametrize(
    "given", [["--answer", "cluster_eku=server-only"], ["--format", "json"], ["-o", "note.md"]]
)
def test_what_only_a_symptom_can_use_is_refused_without_one(
    given: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as left:
        main(["troubleshoot", *given])
    assert left.value.code == 2
    assert "needs a SYMPTOM" in capsys.readouterr().err


def test_a_wrong_symptom_prints_nothing_but_the_problem(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["troubleshoot", "smart-licencing"]) == 1
    told = capsys.readouterr()
    assert told.out == "" and "Nearest: smart-licensing" in told.err


def test_the_command_that_goes_on_keeps_the_deployment_and_repeats_none_of_its_answers(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mine = tmp_path / "mine.toml"
    nodes = '[[node]]\nname = "expc1.example.com"\nrole = "core"\nrelease = "X15.5"\n'
    mine.write_text(f"format = 1\n{nodes}", encoding="utf-8")
    line = ["troubleshoot", "mra-registration", "--deployment", str(mine), "--as-of", "2026-11-23"]
    assert main([*line, "--answer", "traversal_zone=active"]) == 0
    told = capsys.readouterr().out
    assert (
        f"    eku-wizard troubleshoot mra-registration --deployment {mine} --answer traversal_zone=active "
        "--answer ssh_tunnels=VALUE --as-of 2026-11-23\n"
    ) in told
    assert "from the deployment expc1.example.com" in told
    assert told.count("from the deployment") == 1
