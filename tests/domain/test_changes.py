"""What changed since the revision before: facts, dates, verdicts, connections and steps, told once each."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from tests.conftest import TODAY
from tests.domain.build import deployed, held, node, planned, with_choice
from wizard.domain.answers import preview
from wizard.domain.changes import snapshot
from wizard.model.deployment import Deployment, Saved
from wizard.model.knowledge import Knowledge
from wizard.model.plan import Change

PRIVATE = held("both", "private")
DAY = timedelta(days=1)


def pair(release: str = "X14.3.7", **more: Any) -> Deployment:
    certificate = held("both", issuer="digicert", not_after=date(2027, 2, 1))
    return deployed(node("expc1", release, certificate), node("expe1", release, certificate), **more)


def since(
    knowledge: Knowledge, before: Deployment, now: Deployment, day: date = TODAY, later: date = TODAY
) -> dict[str, str]:
    """What the plan of `now` on a later day says of the one of `before`."""
    kept = Saved(before=snapshot(planned(knowledge, before, day)))
    made = planned(knowledge, replace(now, saved=kept), later)
    assert len({change.id for change in made.changes}) == len(made.changes)
    return {change.id: change.text for change in made.changes}


def test_the_first_revision_has_nothing_to_compare_with(knowledge: Knowledge) -> None:
    assert planned(knowledge, pair()).changes == ()


def test_the_same_plan_on_the_same_day_has_not_changed(knowledge: Knowledge) -> None:
    assert since(knowledge, pair(), pair()) == {}


def test_ticking_a_step_changes_nothing_in_what_is_to_be_done(knowledge: Knowledge) -> None:
    before = snapshot(planned(knowledge, pair()))
    saved = Saved(before=before, ticks={"inventory": TODAY}, notes={"inventory": "done"})
    assert planned(knowledge, replace(pair(), saved=saved)).changes == ()


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (pair(uses=""), {"outcome", "binding", "verdict/D/core", "state/uc-traversal/expc1/expe1"}),
        (pair("X15.5.20"), {"state/mra-service/expe1/expc1"}),
        (with_choice(pair(), "A", "A"), {"step/upgrade@expe1", "step/order-alternative@expe1"}),
        (
            pair(upgrade_by=date(2026, 12, 1)),
            {"verdict/B/core", "verdict/B/edge", "step/order-combined@expe1"},
        ),
        (pair(uses="uc-traversal b2b-sip"), {"state/b2b-outbound/expe1/peer"}),
    ],
)
def test_what_differs_is_told(knowledge: Knowledge, now: Deployment, expected: set[str]) -> None:
    found = since(knowledge, pair(), now)
    assert expected <= set(found)
    assert all(text for text in found.values())


def test_what_matters_most_comes_first(knowledge: Knowledge) -> None:
    found = list(since(knowledge, pair(), pair(uses="")))
    kinds = [id.partition("/")[0] for id in found]
    order = ["outcome", "binding", "verdict", "state", "step"]
    assert kinds[0] == "outcome"
    assert [kind for kind in order if kind in kinds] == list(dict.fromkeys(k for k in kinds if k in order))


@pytest.mark.parametrize("id", ["le-lifetime", "chrome-leaf", "ca-end-digicert", "expires-expe1-server"])
def test_a_deadline_that_has_passed_in_the_meantime_is_told_once(knowledge: Knowledge, id: str) -> None:
    calendar = planned(knowledge, pair()).assessment.calendar
    day = next(entry.date for entry in calendar if entry.id == id)
    passed = knowledge.words.say(
        "change.deadline-passed",
        what=next(entry.what for entry in calendar if entry.id == id),
        date=day.isoformat(),
    )
    assert since(knowledge, pair(), pair(), day - DAY, day + DAY)[id] == passed
    assert id not in since(knowledge, pair(), pair(), day - DAY, day)
    assert id not in since(knowledge, pair(), pair(), day + DAY, day + 2 * DAY)


def test_a_date_that_no_longer_concerns_the_deployment_is_told(knowledge: Knowledge) -> None:
    elsewhere = held("both", issuer="sectigo", not_after=date(2027, 2, 1))
    renewed = deployed(node("expc1", "X14.3.7", elsewhere), node("expe1", "X14.3.7", elsewhere))
    told = since(knowledge, pair(), renewed)
    assert "DigiCert" in told["ca-end-digicert"]
    assert "Sectigo" in told["ca-end-sectigo"]
    kept = snapshot(planned(knowledge, pair()))
    kept = replace(kept, deadlines={**kept.deadlines, "from-another-edition": "2026-01-01 passed"})
    made = planned(knowledge, replace(pair(), saved=Saved(before=kept)))
    assert ["from-another-edition" in change.text for change in made.changes] == [True]


def test_a_date_that_was_moved_is_told_with_both_days(knowledge: Knowledge) -> None:
    moved = replace(knowledge.issuers["digicert"], closed_from=date(2027, 4, 1))
    edition = replace(knowledge.edition, id="2026.12")
    later = replace(knowledge, issuers={**knowledge.issuers, "digicert": moved}, edition=edition)
    kept = Saved(before=snapshot(planned(knowledge, pair())))
    made = planned(later, replace(pair(), saved=kept))
    told = {change.id: change.text for change in made.changes}
    assert "2027-03-01" in told["ca-end-digicert"]
    assert "2027-04-01" in told["ca-end-digicert"]
    assert "2026.12" in told["edition"]


def test_a_node_that_was_added_brings_its_connections_and_steps(knowledge: Knowledge) -> None:
    now = replace(pair(), nodes=(*pair().nodes, node("expe2")))
    found = since(knowledge, pair(), now)
    assert "state/cluster-db/expe1/expe2" in found
    assert "step/backup@expe2" in found


def test_an_entry_that_this_edition_no_longer_has_is_named_by_its_id(knowledge: Knowledge) -> None:
    before = snapshot(planned(knowledge, pair()))
    gone = replace(
        before, steps=(*before.steps, "old-step@expe1"), verdicts={**before.verdicts, "D/core": "odd"}
    )
    gone = replace(gone, outcome="strange", states={**gone.states, "old-connection/a/b": "works works works"})
    made = planned(knowledge, replace(pair(), saved=Saved(before=gone)))
    told = {change.id: change.text for change in made.changes}
    assert "old-step@expe1" in told["step/old-step@expe1"]
    assert "odd" in told["verdict/D/core"]
    assert "strange" in told["outcome"]
    assert "old-connection" in told["state/old-connection/a/b"]


def changed_ids(changes: tuple[Change, ...]) -> set[str]:
    return {change.id for change in changes}


def test_a_preview_says_what_an_answer_would_change_before_it_is_given(knowledge: Knowledge) -> None:
    before = pair()
    after = replace(before, upgrade_by="never")
    found = changed_ids(preview(knowledge, before, after, TODAY))
    assert {"verdict/D/core", "verdict/A/edge", "step/upgrade@expe1"} <= found
    assert preview(knowledge, before, before, TODAY) == ()


def test_a_preview_of_a_private_certificate_takes_the_connection_out_of_danger(knowledge: Knowledge) -> None:
    before = pair()
    core = replace(before.nodes[0], server_certificate=PRIVATE)
    found = changed_ids(preview(knowledge, before, replace(before, nodes=(core, before.nodes[1])), TODAY))
    assert "state/uc-traversal/expc1/expe1" in found
    assert "verdict/C/core" in found
