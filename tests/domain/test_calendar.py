"""facts.md sections 2, 3 and 8: deadlines, the date that binds, and from when it is late."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.conftest import TODAY
from tests.domain.build import assessed, deployed, held, node, planned, with_choice
from wizard.model.deployment import NEVER, Certificate, Deployment
from wizard.model.knowledge import Knowledge

PUBLISHED = {
    "chrome-leaf": date(2027, 3, 15),
    "le-classic": date(2026, 2, 11),
    "le-lifetime": date(2027, 2, 10),
    "validity-200": date(2026, 3, 15),
    "validity-100": date(2027, 3, 15),
    "validity-47": date(2029, 3, 15),
    "ca-end": date(2026, 5, 1),
    "x154": date(2026, 2, 1),
    "x155": date(2026, 4, 15),
}
WAS = {"chrome-leaf": date(2026, 6, 15), "x155": date(2026, 5, 1)}
PRIVATE = held("both", "private")


def one(certificate: Certificate | str, release: str = "X14.3.7", **more: object) -> Deployment:
    return deployed(node("expc1", release, PRIVATE), node("expe1", release, certificate), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("id", PUBLISHED)
@pytest.mark.parametrize("days", [-1, 0, 1])
def test_each_published_date_stands_ahead_until_it_has_passed(
    knowledge: Knowledge, id: str, days: int
) -> None:
    found = assessed(knowledge, one("both"), PUBLISHED[id] + timedelta(days=days)).calendar
    entry = next(entry for entry in found if entry.id == id)
    assert (entry.date, entry.days) == (PUBLISHED[id], -days)
    assert entry.state == ("passed" if days > 0 else "ahead")
    assert entry.was == WAS.get(id)
    assert (entry.was_source is None) is (entry.was is None)


def test_every_deadline_of_the_content_has_its_day_before_and_after(knowledge: Knowledge) -> None:
    for deadline in knowledge.deadlines.values():
        for days, state in ((-1, "ahead"), (1, "passed")):
            found = assessed(knowledge, one("both"), deadline.date + timedelta(days=days)).calendar
            assert next(entry.state for entry in found if entry.id == deadline.id) == state


def test_the_calendar_runs_forward_and_names_each_date_once(knowledge: Knowledge) -> None:
    found = assessed(knowledge, one(held(issuer="sectigo", not_after=date(2027, 1, 1)))).calendar
    assert [entry.date for entry in found] == sorted(entry.date for entry in found)
    assert len({entry.id for entry in found}) == len(found)


@pytest.mark.parametrize(
    ("issuer", "ca", "day", "was"),
    [
        ("lets-encrypt", "public", date(2026, 2, 11), None),
        ("certum", "public", date(2026, 5, 15), None),
        ("godaddy", "public", date(2026, 6, 15), None),
        ("sectigo", "public", date(2027, 2, 10), date(2026, 5, 15)),
        ("digicert", "public", date(2027, 3, 1), date(2026, 5, 1)),
        ("identrust", "public", date(2027, 3, 15), None),
        ("ssl-com", "public", date(2027, 3, 15), None),
        ("globalsign", "public", date(2027, 3, 15), None),
        ("entrust", "public", date(2027, 3, 15), None),
        ("other", "public", date(2027, 3, 15), None),
        ("digicert", "public-alternative", date(2027, 3, 1), date(2026, 5, 1)),
    ],
)
def test_the_last_day_of_each_ca_in_use_is_in_the_calendar(
    knowledge: Knowledge, issuer: str, ca: str, day: date, was: date | None
) -> None:
    found = assessed(knowledge, one(held("both", ca, issuer=issuer))).calendar
    ends = {entry.id: entry for entry in found if entry.id.startswith("ca-end-")}
    assert list(ends) == [f"ca-end-{issuer}"]
    assert (ends[f"ca-end-{issuer}"].date, ends[f"ca-end-{issuer}"].was) == (day, was)


@pytest.mark.parametrize(
    "certificate",
    [held("both", "public-alternative", issuer="identrust"), held("both", "private", issuer=None), held()],
)
def test_no_last_day_is_made_up(knowledge: Knowledge, certificate: Certificate) -> None:
    """IdenTrust's alternative root has no end, a private CA none, and a CA that is not known no name."""
    found = assessed(knowledge, one(certificate)).calendar
    assert not [entry.id for entry in found if entry.id.startswith("ca-end-")]


def test_each_stated_end_of_a_certificate_is_in_the_calendar(knowledge: Knowledge) -> None:
    day = date(2027, 1, 1)
    edge = node("expe1", "X15.5", held(not_after=day), held("client", not_after=day))
    core = node("expc1", "X14.3.7", held("both", "private", not_after=day), held(not_after=day))
    found = {entry.id for entry in assessed(knowledge, deployed(core, edge)).calendar}
    assert {id for id in found if id.startswith("expires-")} == {
        "expires-expe1-server",
        "expires-expe1-client",
        "expires-expc1-server",
    }


@pytest.mark.parametrize(
    ("issuer", "ends", "day", "expected"),
    [
        # The certificate ends first, then its CA closes, then the policy binds.
        ("digicert", date(2027, 1, 20), TODAY, date(2027, 1, 20)),
        ("digicert", date(2027, 6, 1), TODAY, date(2027, 3, 1)),
        ("digicert", None, TODAY, date(2027, 3, 1)),
        ("sectigo", date(2027, 6, 1), TODAY, date(2027, 2, 10)),
        ("entrust", date(2027, 6, 1), TODAY, date(2027, 3, 15)),
        (None, None, TODAY, date(2027, 3, 15)),
        # What has closed is no date to meet any more.
        ("godaddy", date(2027, 6, 1), TODAY, date(2027, 3, 15)),
        ("digicert", date(2027, 6, 1), date(2027, 2, 28), date(2027, 3, 1)),
        ("digicert", date(2027, 6, 1), date(2027, 3, 1), date(2027, 3, 15)),
        ("digicert", date(2027, 6, 1), date(2027, 3, 14), date(2027, 3, 15)),
        ("digicert", date(2027, 6, 1), date(2027, 3, 15), date(2027, 6, 1)),
        # One that has ended binds still: late is a normal state.
        ("digicert", date(2026, 11, 1), TODAY, date(2026, 11, 1)),
        (None, None, date(2027, 3, 15), None),
    ],
)
def test_the_date_that_binds_is_the_first_of_those_to_be_met(
    knowledge: Knowledge, issuer: str | None, ends: date | None, day: date, expected: date | None
) -> None:
    found = assessed(knowledge, one(held(issuer=issuer, not_after=ends)), day)
    assert (found.binding.date if found.binding else None) == expected


def test_the_policy_does_not_bind_an_alternative_root_that_stays_open(knowledge: Knowledge) -> None:
    certificate = held("both", "public-alternative", issuer="identrust", not_after=date(2027, 6, 1))
    nodes = node("expc1", server=certificate), node("expe1", server=certificate)
    found = assessed(knowledge, deployed(*nodes)).binding
    assert found is not None
    assert found.date == date(2027, 6, 1)


def test_a_private_certificate_binds_nobody(knowledge: Knowledge) -> None:
    core = node("expc1", server=held("both", "private", not_after=date(2026, 12, 1)))
    found = assessed(knowledge, deployed(core, node("expe1", server=held(issuer="digicert")))).binding
    assert found is not None
    assert found.id == "ca-end-digicert"


@pytest.mark.parametrize(
    "deployment",
    [one("both", uses=""), one(PRIVATE), deployed(public_ca="no"), deployed()],
)
def test_no_date_binds_where_there_is_nothing_to_do(knowledge: Knowledge, deployment: Deployment) -> None:
    assert assessed(knowledge, deployment).binding is None


@pytest.mark.parametrize(
    ("core", "edge", "option"), [("", "B", "B"), ("", "A", "A"), ("C", "B", "C"), ("CD", "BD", "D")]
)
def test_the_latest_start_lies_before_it_by_the_longest_lead_time_of_the_options_taken(
    knowledge: Knowledge, core: str, edge: str, option: str
) -> None:
    found = assessed(knowledge, with_choice(one(held(issuer="digicert")), core, edge)).binding
    assert found is not None
    lead = knowledge.options[option].lead_days
    assert found.lead_days == lead
    assert found.latest_start == date(2027, 3, 1) - timedelta(days=lead)


def test_lead_times_are_there_to_be_edited(knowledge: Knowledge) -> None:
    longer = replace(knowledge.options["D"], lead_days=100)
    changed = replace(knowledge, options={**knowledge.options, "D": longer})
    found = assessed(changed, one(held(issuer="digicert"))).binding
    assert found is not None
    assert found.latest_start == date(2026, 11, 21)


@pytest.mark.parametrize(
    "ends", [date(2026, 11, 1), date(2026, 11, 24), date(2026, 12, 24), date(2027, 2, 1)]
)
def test_already_late_is_a_normal_state_and_no_step_is_due_in_the_past(
    knowledge: Knowledge, ends: date
) -> None:
    made = planned(knowledge, one(held(issuer="digicert", not_after=ends)))
    binding = made.assessment.binding
    assert binding is not None
    assert binding.latest_start < binding.date
    late = binding.latest_start < TODAY
    said = knowledge.words.say(
        "summary.bind-late" if late else "summary.bind",
        date=ends.isoformat(),
        because=binding.because,
        start=binding.latest_start.isoformat(),
    )
    assert made.summary[-1] == said
    assert all(step.due is None or step.due >= TODAY for step in made.steps)


@pytest.mark.parametrize("upgrade_by", [None, date(2026, 12, 20), date(2027, 2, 1), date(2027, 8, 1), NEVER])
@pytest.mark.parametrize("ends", [date(2026, 12, 1), date(2027, 1, 20), date(2027, 9, 1), None])
def test_no_step_is_due_before_one_that_it_needs(
    knowledge: Knowledge, ends: date | None, upgrade_by: object
) -> None:
    certificate = held(issuer="digicert", not_after=ends)
    nodes = node("expc1", server=certificate), node("expe1", server=certificate), node("expe2", server="both")
    made = planned(knowledge, deployed(*nodes, upgrade_by=upgrade_by))
    due = {step.id: step.due for step in made.steps}
    for step in made.steps:
        for need in step.needs:
            first, then = due[need], due[step.id]
            assert first is None or then is None or first <= then, (need, step.id)


@pytest.mark.parametrize(("days", "told"), [(-1, False), (0, False), (1, True)])
def test_content_past_its_review_day_is_told(knowledge: Knowledge, days: int, told: bool) -> None:
    day = knowledge.edition.review_by + timedelta(days=days)
    for deployment in (one("both"), one(PRIVATE), one("both", uses=""), deployed()):
        found = assessed(knowledge, deployment, day)
        assert ("content-past-review" in {notice.id for notice in found.notices}) is told


@pytest.mark.parametrize(
    ("day", "current"),
    [(date(2026, 2, 10), True), (date(2026, 5, 11), True), (date(2026, 5, 12), False), (TODAY, False)],
)
def test_from_12_may_2026_nobody_is_told_to_switch_the_scheduler_off(
    knowledge: Knowledge, day: date, current: bool
) -> None:
    certificate = held("both", issuer="lets-encrypt", acme=True, not_after=date(2026, 5, 11))
    made = planned(knowledge, with_choice(one(certificate), "B", "B"), day)
    commands = " ".join(command for step in made.steps for command in step.commands)
    assert ("pause-acme" in {step.rule for step in made.steps}) is current
    assert ('AcmeManaged: "Manual"' in commands) is current
    assert ("scheduler-advice-run-out" in {n.id for n in made.assessment.notices}) is not current
