"""Whatever kills the wizard while it saves, the saved state is whole and nothing that was saved is lost."""

import json
import subprocess
import sys
from pathlib import Path

KILLS = 250


def test_a_process_killed_at_any_moment_leaves_the_saved_state_whole(tmp_path: Path) -> None:
    """What is checked after each kill is in `tests.store.killed`."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.store.killed", str(tmp_path), str(KILLS), "20261123"],
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[2],
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout)
    assert result["wrong"] == []
    assert result["killed"] == KILLS
    # The test would prove nothing if it never hit a save, or a temporary file before it was moved.
    assert result["in_the_middle"] > KILLS // 4
    assert result["left_over"] > 5
