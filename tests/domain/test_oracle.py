"""The domain against a second reading of facts.md (`oracle`, `oracle_options`), on deployments made up."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import TODAY
from tests.domain import oracle, oracle_options
from tests.domain.strategies import DAYS, deployments
from tests.faces.paths import every_path
from wizard.domain import simulate
from wizard.domain.assess import assess
from wizard.domain.outcome import outcome
from wizard.domain.predict import predict
from wizard.model.deployment import OPTIONS, ROLES, Choice, Deployment
from wizard.model.knowledge import Knowledge

MANY = settings(
    max_examples=250,
    deadline=None,
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
        HealthCheck.function_scoped_fixture,
    ],
)


def states(knowledge: Knowledge, deployment: Deployment, day: date) -> dict[oracle.Key, str]:
    return {key: p.state for key, p in predict(knowledge, deployment, day).items()}


@MANY
@given(deployment=deployments(), day=DAYS)
def test_every_connection_is_predicted_as_the_page_has_it(
    knowledge: Knowledge, deployment: Deployment, day: date
) -> None:
    assert states(knowledge, deployment, day) == oracle.states(deployment, day)
    later = states(knowledge, simulate.renewed(deployment), day)
    assert later == oracle.states(oracle.renewed(deployment), day)


@MANY
@given(deployment=deployments(), day=DAYS)
def test_every_option_is_judged_as_the_page_has_it(
    knowledge: Knowledge, deployment: Deployment, day: date
) -> None:
    assert outcome(deployment) == oracle.outcome(deployment)
    found = assess(knowledge, deployment, day).options
    verdicts = {f"{o}-{role}": found[o].roles[role].verdict for o in OPTIONS for role in ROLES}
    assert verdicts == oracle_options.verdicts(deployment, day)


@MANY
@given(
    deployment=deployments(),
    day=DAYS,
    core=st.sets(st.sampled_from("ABCD")).map(sorted),
    edge=st.sets(st.sampled_from("ABD")).map(sorted),
)
def test_the_options_do_what_the_page_says(
    knowledge: Knowledge, deployment: Deployment, day: date, core: list[str], edge: list[str]
) -> None:
    choice = Choice(tuple(core), tuple(edge))  # type: ignore[arg-type]
    done = simulate.applied(deployment, choice, knowledge.fixed_release, day)
    expected = oracle_options.after(deployment, day, "".join(core), "".join(edge))
    assert states(knowledge, done, day) == expected


@pytest.mark.parametrize("path", every_path(), ids=lambda path: f"{len(path.choices)}-{path.answers[-1]}")
def test_each_path_comes_out_as_the_page_has_it(knowledge: Knowledge, path: object) -> None:
    made: Deployment = path.deployment  # type: ignore[attr-defined]
    found = assess(knowledge, made, TODAY)
    assert found.outcome == found.walk.outcome == oracle.outcome(made)
    verdicts = {f"{o}-{role}": found.options[o].roles[role].verdict for o in OPTIONS for role in ROLES}
    assert verdicts == oracle_options.verdicts(made, TODAY)
    taken = ["".join(options or ()) for options in (found.chosen.core, found.chosen.edge)]
    expected = oracle_options.after(made, TODAY, taken[0], taken[1])
    assert {(c.id, c.start, c.end, c.peer): c.after_plan.state for c in found.connections} == expected
