"""Every path through the tree, by keys at 80×24, ends in the plan that follows from it without any face.

The line mode is held to that same plan by `tests/faces/plain/test_every_path.py`, so both faces give one plan
for each path; each share of the paths has one typed line by line here too.
"""

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.faces.paths import PROGRAM, answers_for, every_path, knowledge, plan_of
from tests.faces.plain.scripted import NEW, lines_for, talk
from tests.faces.tui.answered import begin, give
from tests.faces.tui.seen import Seen, wizard
from tests.faces.tui.swift import hasten
from tests.faces.tui.whole import check_question
from wizard.domain import horizon
from wizard.domain.paths import Path
from wizard.faces.json import plan_json
from wizard.faces.tui.flow import Flow
from wizard.model.knowledge import Knowledge

if TYPE_CHECKING:
    from wizard.model.deployment import Deployment

_SHARES = 20
"""The paths in shares, so that they can be tested side by side; one wizard follows the paths of a share."""


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """No clock, no disk, and no looking ahead after each answer: none of them bears on a plan."""

    def begin_unsaved(flow: Flow, deployment: "Deployment") -> None:
        flow.work_on(deployment, None)

    hasten(monkeypatch)
    monkeypatch.setattr(Flow, "begin", begin_unsaved)
    monkeypatch.setattr(horizon, "settled", lambda *_: False)


@pytest.mark.parametrize("share", range(_SHARES))
async def test_the_plan_by_keys_is_the_plan_that_follows(everything: Knowledge, share: int) -> None:
    paths = every_path()[share::_SHARES]
    async with wizard(everything) as seen:
        seen.app.desk.version = PROGRAM
        for path in paths:
            await _follow(seen, path)
            said = _said(seen)
            assert said == plan_of(path.deployment), path.answers
            if path is paths[0]:
                typed = talk([*NEW, *lines_for(answers_for(path)), "s plan.json", "q"])
                assert said == typed.plan(), path.answers
            seen.app.flow.go_home()
            await seen.pilot.pause()


async def _follow(seen: Seen, path: Path) -> None:
    """Answer each question as the path does, each screen looked at before."""
    await begin(seen, path.deployment.name)
    for answer in answers_for(path):
        place = seen.session.place
        assert place is not None, path.answers
        assert (place.asked.question, place.asked.about) == (answer.question, answer.about), path.answers
        await check_question(seen)
        await give(seen, answer)
    assert seen.at == "OptionsScreen", (path.answers, seen.text)
    assert seen.session.assessment.outcome_title in seen.text
    await seen.press("p")
    assert seen.at == "PlanScreen", seen.text


def _said(seen: Seen) -> dict[str, Any]:
    """The plan that is shown."""
    said: dict[str, Any] = json.loads(plan_json(seen.session.plan, knowledge().words))
    return said
