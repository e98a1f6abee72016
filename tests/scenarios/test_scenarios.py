"""Each file beside this one is a deployment and what must follow from it.

A scenario is a deployment file with one table more, `expect`: dates to judge by, and for each the outcome,
verdicts (`A.core = "possible"`), states of connections (`CONNECTION FROM TO` = "today after_renewal after_plan"),
the binding date, and steps and notices that must and must not be there.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from wizard.domain.assess import assess
from wizard.domain.plan import plan
from wizard.model.deployment import OPTIONS, ROLES
from wizard.model.knowledge import Knowledge
from wizard.model.plan import Plan
from wizard.store.codec import decode, encode_toml

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Expectation:
    """One `[[expect]]` table of a scenario, as written."""

    scenario: str
    deployment: str
    table: dict[str, Any]

    @property
    def as_of(self) -> date:
        """The day to judge by."""
        day = self.table["as_of"]
        assert isinstance(day, date)
        return day


def _expectations() -> Iterator[Expectation]:
    for path in sorted(HERE.glob("*.toml")):
        text = path.read_text(encoding="utf-8")
        head, _, _ = text.partition("\n[[expect]]")
        for table in tomllib.loads(text)["expect"]:
            yield Expectation(path.stem, head, table)


EXPECTATIONS = list(_expectations())


def _plan(knowledge: Knowledge, expectation: Expectation) -> Plan:
    deployment = decode(
        expectation.deployment, suffix=".toml", file=expectation.scenario, say=knowledge.words.say
    )
    return plan(knowledge, assess(knowledge, deployment, expectation.as_of), "test")


@pytest.mark.parametrize(
    "expectation", EXPECTATIONS, ids=lambda e: f"{e.scenario}-{e.as_of}-{e.table.get('note', '')}"
)
def test_a_scenario_comes_out_as_expected(knowledge: Knowledge, expectation: Expectation) -> None:
    made = _plan(knowledge, expectation)
    found: dict[str, Any] = {}
    want = {key: value for key, value in expectation.table.items() if key not in ("as_of", "note")}
    for key, value in want.items():
        found[key] = _READ[key](made, value)
    assert found == want


def _verdicts(made: Plan, want: dict[str, str]) -> dict[str, str]:
    options = made.assessment.options
    verdicts = {f"{o}-{r}": options[o].roles[r].verdict for o in OPTIONS for r in ROLES}
    return {key: verdicts[key] for key in want}


def _states(made: Plan, want: dict[str, str]) -> dict[str, str]:
    states = {
        f"{c.id} {c.start} {c.peer or c.end}": f"{c.today.state} {c.after_renewal.state} {c.after_plan.state}"
        for c in made.assessment.connections
    }
    return {key: states.get(key, "not listed") for key in want}


def _binding(made: Plan, want: object) -> object:
    binding = made.assessment.binding
    return binding.date if binding is not None else "none"


def _latest_start(made: Plan, want: object) -> object:
    binding = made.assessment.binding
    return binding.latest_start if binding is not None else "none"


def _present(names: set[str], want: list[str]) -> list[str]:
    return [name for name in want if name in names]


def _absent(names: set[str], want: list[str]) -> list[str]:
    return [name for name in want if name not in names]


def _rules(made: Plan) -> set[str]:
    return {step.rule for step in made.steps}


def _notices(made: Plan) -> set[str]:
    return {notice.id for notice in made.assessment.notices}


_READ: dict[str, Any] = {
    "outcome": lambda made, want: made.assessment.outcome,
    "verdicts": _verdicts,
    "states": _states,
    "binding": _binding,
    "latest_start": _latest_start,
    "steps": lambda made, want: _present(_rules(made), want),
    "no_steps": lambda made, want: _absent(_rules(made), want),
    "notices": lambda made, want: _present(_notices(made), want),
    "no_notices": lambda made, want: _absent(_notices(made), want),
    "unknowns": lambda made, want: _present({u.id for u in made.assessment.unknowns}, want),
    "discrepancies": lambda made, want: _present({d.id for d in made.assessment.discrepancies}, want),
    "step_count": lambda made, want: len(made.steps),
}


def test_every_scenario_file_can_be_written_and_read_again(knowledge: Knowledge) -> None:
    assert EXPECTATIONS
    for expectation in EXPECTATIONS:
        say = knowledge.words.say
        first = decode(expectation.deployment, suffix=".toml", file="a", say=say)
        assert decode(encode_toml(first), suffix=".toml", file="b", say=say) == first
