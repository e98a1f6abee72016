"""What must hold of every deployment that people could have: order, agreement of roles, options that help."""

import json
from dataclasses import replace
from datetime import date

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tests.domain.build import planned
from tests.domain.strategies import DAYS, chosen, deployments
from wizard.domain.changes import snapshot
from wizard.domain.predict import predict
from wizard.domain.view import validity
from wizard.faces.json import plan_json
from wizard.faces.markdown import render
from wizard.model.deployment import OPTIONS, SETTINGS, UNKNOWN, Choice, Deployment, Saved
from wizard.model.fields import put_field
from wizard.model.knowledge import Knowledge
from wizard.store.codec import decode, encode_json, encode_toml

SOME = settings(
    max_examples=80,
    deadline=None,
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
        HealthCheck.function_scoped_fixture,
    ],
)
RANK = {"fails": 0, "unknown": 1, "depends": 1, "works": 2}
"""How bad a state is: what is not decided is better than what fails."""
EDGE_FIRST = {"expe": 0, "expc": 1}


@SOME
@given(deployment=chosen(), day=DAYS)
def test_steps_stand_in_working_order(knowledge: Knowledge, deployment: Deployment, day: date) -> None:
    made = planned(knowledge, deployment, day)
    ids = [step.id for step in made.steps]
    assert len(set(ids)) == len(ids)
    phases = [phase.id for phase in knowledge.phases]
    order = [phases.index(step.phase) for step in made.steps]
    assert order == sorted(order)
    due = {step.id: step.due for step in made.steps}
    for step in made.steps:
        for need in step.needs:
            assert ids.index(need) < ids.index(step.id)
            first, then = due[need], due[step.id]
            assert first is None or then is None or first <= then, (need, step.id)
    for rule in {step.rule for step in made.steps}:
        roles = [EDGE_FIRST[s.node[:4]] for s in made.steps if s.rule == rule and s.node[:4] in EDGE_FIRST]
        assert roles == sorted(roles), rule


@SOME
@given(deployment=deployments(), day=DAYS)
def test_what_is_recommended_leaves_no_connection_worse_than_the_renewal_alone(
    knowledge: Knowledge, deployment: Deployment, day: date
) -> None:
    """Where every far end is like the others, and no certificate that the renewal leaves alone has ended.

    EKU checking that is off refuses clientAuth alone on a release that the upgrade brings: the last step of
    the plan switches it on, which no prediction of an option does.
    """
    held = [c for _, _, c in deployment.certificates() if c.ca != "public"]
    assume(all(validity(certificate, day) == "valid" for certificate in held))
    off = any(deployment.setting("eku_checking", node) in ("off", "unknown") for node in deployment.nodes)
    assume(not off or all(c.server_auth is not False for _, _, c in deployment.certificates()))
    made = planned(knowledge, replace(deployment, choice=Choice(), peers=()), day)
    for connection in made.assessment.connections:
        before, after = connection.after_renewal.state, connection.after_plan.state
        assert RANK[after] >= RANK[before], (connection.id, connection.start, connection.end, before, after)


@SOME
@given(deployment=deployments(), day=DAYS)
def test_d_is_judged_alike_for_both_roles_and_what_is_not_recommended_says_what_would_be(
    knowledge: Knowledge, deployment: Deployment, day: date
) -> None:
    options = planned(knowledge, deployment, day).assessment.options
    assert options["D"].roles["core"].verdict == options["D"].roles["edge"].verdict
    for option in OPTIONS:
        for judged in options[option].roles.values():
            assert judged.reasons
            assert bool(judged.would_need) is (judged.verdict != "recommended")


@SOME
@given(deployment=deployments(), day=DAYS, key=st.sampled_from(SETTINGS))
def test_what_was_decided_without_a_setting_stays_so_whatever_it_turns_out_to_be(
    knowledge: Knowledge, deployment: Deployment, day: date, key: str
) -> None:
    asked = replace(deployment, settings=put_field(deployment.settings, key, UNKNOWN))
    before = predict(knowledge, asked, day)
    values = {"cluster_tls_verify": ("enforce", "permissive")}.get(
        key, ("yes", "no") if key.startswith("peers_") else ("on", "off")
    )
    for value in values:
        told = replace(deployment, settings=put_field(deployment.settings, key, value))
        for pair, now in predict(knowledge, told, day).items():
            if before[pair].state in ("works", "fails"):
                assert now.state == before[pair].state, pair


@SOME
@given(deployment=chosen(), day=DAYS)
def test_a_deployment_survives_its_file_and_gives_the_same_plan(
    knowledge: Knowledge, deployment: Deployment, day: date
) -> None:
    say = knowledge.words.say
    for again in (
        decode(encode_toml(deployment), suffix=".toml", file="a", say=say),
        decode(encode_json(deployment), suffix=".json", file="a", say=say),
    ):
        assert again == deployment
        assert planned(knowledge, again, day) == planned(knowledge, deployment, day)


@SOME
@given(deployment=chosen(), day=DAYS)
def test_json_and_markdown_tell_every_step_verdict_and_state_of_the_plan(
    knowledge: Knowledge, deployment: Deployment, day: date
) -> None:
    made = planned(knowledge, deployment, day)
    read = json.loads(plan_json(made, knowledge.words))
    found = made.assessment
    assert read["outcome"] == found.outcome
    assert [step["id"] for step in read["steps"]] == [step.id for step in made.steps]
    assert [(c["today"], c["after_renewal"], c["after_plan"]) for c in read["connections"]] == [
        (c.today.state, c.after_renewal.state, c.after_plan.state) for c in found.connections
    ]
    for option in OPTIONS:
        for role, judged in found.options[option].roles.items():
            assert read["options"][option][role]["verdict"] == judged.verdict
    page = render(made, knowledge)
    assert page.count("\n- [ ] **") + page.count("\n- [x] **") == len(made.steps)


@SOME
@given(first=chosen(), second=chosen(), day=DAYS)
def test_any_two_plans_can_be_compared(
    knowledge: Knowledge, first: Deployment, second: Deployment, day: date
) -> None:
    before = snapshot(planned(knowledge, first, day))
    made = planned(knowledge, replace(second, saved=Saved(before=before)), day)
    assert len({change.id for change in made.changes}) == len(made.changes)
    assert all(change.text for change in made.changes)
    assert bool(made.changes) or snapshot(made) == before
