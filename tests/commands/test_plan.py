"""The verb plan: where its result goes, and what it does with files that cannot be read."""

import json
from pathlib import Path

import pytest

from wizard.cli import main

DEPLOYMENT = """
format = 1
name = "Two nodes"
public_ca = "yes"
uses = ["uc-traversal"]
"""
DAY = ["--as-of", "2026-11-23"]


@pytest.fixture
def deployment(tmp_path: Path) -> Path:
    path = tmp_path / "mine.toml"
    path.write_text(DEPLOYMENT, encoding="utf-8")
    return path


def test_a_file_is_not_overwritten_without_force(
    deployment: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = tmp_path / "plan.md"
    line = ["plan", str(deployment), *DAY, "-o", str(made)]
    assert main(line) == 0
    first = made.read_text(encoding="utf-8")
    assert first.startswith("# Action plan: Two nodes")
    assert main([*line, "--format", "json"]) == 1
    assert made.read_text(encoding="utf-8") == first
    assert str(made) in capsys.readouterr().err
    assert main([*line, "--format", "json", "--force"]) == 0
    assert json.loads(made.read_text(encoding="utf-8"))["outcome"] == "act"


def test_what_is_handed_over_holds_no_deployment(
    deployment: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["plan", str(deployment), *DAY]) == 0
    assert "```json eku-wizard" in capsys.readouterr().out
    assert main(["plan", str(deployment), *DAY, "--handover"]) == 0
    assert "json eku-wizard" not in capsys.readouterr().out


def test_troubles_are_told_by_their_titles(deployment: Path, capsys: pytest.CaptureFixture[str]) -> None:
    note = (
        'symptom = "mra-registration"\ndiagnosis = "mra-service-eku"\nremedy = "upgrade"\non = 2026-11-20\n'
    )
    deployment.write_text(f"{DEPLOYMENT}[[trouble]]\n{note}", encoding="utf-8")
    assert main(["plan", str(deployment), *DAY, "--handover"]) == 0
    told = capsys.readouterr().out
    assert "If it goes wrong:** " in told and "If it goes wrong:** mra-registration" not in told
    assert "**Symptom:** MRA clients do not register" in told and "**Remedy:** Upgrade Expressway-E" in told


def test_where_nothing_could_be_read_there_is_no_plan(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = tmp_path / "plan.md"
    assert main(["plan", str(tmp_path / "none.toml"), *DAY, "-o", str(made)]) == 1
    captured = capsys.readouterr()
    assert captured.out == "" and "none.toml" in captured.err
    assert not made.exists()


def test_what_could_be_read_is_still_answered(
    deployment: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["plan", str(deployment), str(tmp_path / "none.pem"), *DAY, "--format", "json"]) == 1
    captured = capsys.readouterr()
    assert json.loads(captured.out)["deployment"] == "Two nodes"
    assert "none.pem" in captured.err


def test_a_certificate_file_that_is_missing_leaves_the_rest_answered(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The deployment file could be read, one certificate that it names could not."""
    file = tmp_path / "deployment.toml"
    file.write_text(
        'format = 1\nuses = ["uc-traversal"]\n[[node]]\nname = "expe1"\nrole = "edge"\n'
        '[node.server_certificate]\nfile = "gone.pem"\nca = "public"\n'
    )
    assert main(["plan", str(file), *DAY, "--format", "json"]) == 1
    captured = capsys.readouterr()
    told = json.loads(captured.out)
    assert told["outcome"] == "act"
    assert [(c["node"], c["eku"]["state"]) for c in told["certificates"]] == [("expe1", None)]
    assert captured.err.count("\n") == 1
    assert "line 7" in captured.err and "gone.pem" in captured.err


def test_a_mistake_beside_a_missing_certificate_file_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "deployment.toml"
    file.write_text('uzes = []\n[[node]]\nname = "expe1"\n[node.server_certificate]\nfile = "gone.pem"\n')
    assert main(["plan", str(file), *DAY]) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "uzes" in captured.err and "gone.pem" in captured.err


def test_a_json_file_that_holds_no_object_is_told_as_json(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "deployment.json"
    file.write_text("[1, 2]\n")
    assert main(["plan", str(file), *DAY]) == 1
    assert "not valid JSON" in capsys.readouterr().err
