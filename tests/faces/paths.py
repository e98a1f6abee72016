"""Every path through the tree as a person would answer it: shared by the tests of all faces."""

import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path as File
from typing import Any

from wizard.domain.answers import Given
from wizard.domain.assess import assess
from wizard.domain.paths import Path, paths
from wizard.domain.plan import plan
from wizard.faces.json import plan_json
from wizard.knowledge import Part, load
from wizard.model.deployment import Deployment, Node
from wizard.model.knowledge import Knowledge

AS_OF = date(2026, 11, 23)
PROGRAM = "0.0.0"
_PARTS: tuple[Part, ...] = ("facts",)
CONTENT = File(__file__).parents[2] / "content"


@dataclass(frozen=True)
class Answer:
    """One answer of a path, in the order in which the questions come: `question` about the node `about`
    (empty: the deployment); `given` as `wizard.domain.answers.answer` takes it; `nodes` are added instead,
    where the question is for the nodes and there are any."""

    question: str
    about: str
    given: Given
    nodes: tuple[Node, ...] = ()


@cache
def knowledge() -> Knowledge:
    """The content as shipped, with the facts that help shows."""
    return load(CONTENT, "en", _PARTS)


@cache
def every_path() -> tuple[Path, ...]:
    """Every path through the tree."""
    return paths(knowledge(), AS_OF)


def answers_for(path: Path) -> tuple[Answer, ...]:
    """The answers that lead along a path: what a face is to be given, question by question."""
    return tuple(
        Answer(choice.asked.question, choice.asked.about, choice.given, choice.nodes)
        for choice in path.choices
    )


def plan_of(deployment: Deployment) -> dict[str, Any]:
    """The JSON of the plan that follows from a deployment, computed without any face."""
    made = plan(knowledge(), assess(knowledge(), deployment, AS_OF), PROGRAM)
    said: dict[str, Any] = json.loads(plan_json(made, knowledge().words))
    return said
