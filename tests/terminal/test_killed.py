"""kill -9 at any moment: the saved state is whole, and the next start goes on from the last answer."""

import json
import subprocess
import sys
from pathlib import Path

from tests.terminal.window import ROOT, environment

KILLS = 240
_LANES = 2


def test_a_wizard_killed_at_any_moment_goes_on_from_the_last_confirmed_answer(tmp_path: Path) -> None:
    """What is done and looked at is in `tests.terminal.killing`; two lanes kill side by side."""
    lanes = []
    for number in range(_LANES):
        home = tmp_path / str(number)
        home.mkdir()
        command = [
            sys.executable,
            "-m",
            "tests.terminal.killing",
            str(home),
            str(KILLS // _LANES),
            str(number),
        ]
        lanes.append(
            subprocess.Popen(
                command,
                cwd=ROOT,
                env=environment(home),
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            )
        )
    said = [lane.communicate(timeout=600) for lane in lanes]
    assert [lane.returncode for lane in lanes] == [0] * _LANES, [errors for _, errors in said]
    results = [json.loads(out) for out, _ in said]
    assert [wrong for result in results for wrong in result["wrong"]] == []
    assert sum(result["killed"] for result in results) == KILLS >= 200
    # It would prove little if it never hit a wizard that starts, one with an answer on its way, one at rest.
    for moment in ("starting", "answering", "saved"):
        assert sum(result["when"][moment] for result in results) >= 10, moment
