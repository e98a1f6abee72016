"""Every path through the tree, typed line by line, ends in the plan that follows from it without any face."""

from collections.abc import Sequence

import pytest

from tests.faces.paths import answers_for, every_path, plan_of
from tests.faces.plain.scripted import NEW, lines_for, talk
from wizard.domain import horizon
from wizard.domain.paths import Path

_SHARES = 8
"""The paths in shares, so that they can be tested side by side."""


@pytest.mark.parametrize("share", range(_SHARES))
def test_the_plan_typed_line_by_line_is_the_plan_that_follows(
    share: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Looking ahead after each answer takes long over all paths; no plan depends on it, and it has its test.
    monkeypatch.setattr(horizon, "settled", lambda *_: False)
    for path in every_path()[share::_SHARES]:
        _follow(path)


def _follow(path: Path) -> None:
    answers = answers_for(path)
    talked = talk([*NEW, *lines_for(answers), "s plan.json", "q"])
    wanted = [f"{answer.question}, {answer.about}" if answer.about else answer.question for answer in answers]
    assert _without_repeats(talked.asked) == wanted, path.answers
    assert talked.status == 0, talked.out
    found, direct = talked.plan(), plan_of(path.deployment)
    assert found == direct, path.answers
    assert "All questions are answered." in talked.out


def _without_repeats(asked: Sequence[str]) -> list[str]:
    return [one for at, one in enumerate(asked) if at == 0 or asked[at - 1] != one]


def test_there_are_paths_with_and_without_nodes_and_with_clusters() -> None:
    assert {len(path.deployment.nodes) for path in every_path()} == {0, 2, 4}
    assert len(every_path()) > 100
