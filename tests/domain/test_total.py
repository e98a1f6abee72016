"""walk, assess and plan are total: any deployment that can be read has an answer, each time the same."""

from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.store.deployments import deployments
from wizard.domain.assess import assess
from wizard.domain.plan import plan
from wizard.domain.walk import walk
from wizard.model.deployment import Deployment
from wizard.model.knowledge import Knowledge

DAYS = st.dates(date(2025, 6, 1), date(2029, 12, 31))
LENIENT = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


@LENIENT
@given(deployment=deployments(), day=DAYS)
def test_any_deployment_gets_the_same_plan_twice(
    knowledge: Knowledge, deployment: Deployment, day: date
) -> None:
    first = plan(knowledge, assess(knowledge, deployment, day), "test")
    assert first == plan(knowledge, assess(knowledge, deployment, day), "test")
    assert len({step.id for step in first.steps}) == len(first.steps)
    ids = [step.id for step in first.steps]
    for step in first.steps:
        for need in step.needs:
            assert ids.index(need) < ids.index(step.id), f"{step.id} comes before {need}, which it needs"


@LENIENT
@given(deployment=deployments())
def test_a_walk_always_ends_and_asks_nothing_twice(knowledge: Knowledge, deployment: Deployment) -> None:
    state = walk(knowledge, deployment)
    keys = [asked.key for asked in (*state.path, *((state.next,) if state.next else ()), *state.ahead)]
    assert len(keys) == len(set(keys))
