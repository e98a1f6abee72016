"""When the work is due: at once, in turn, before the date that binds, on the day said for the upgrade."""

from datetime import date, timedelta

from tests.faces.plans import step
from wizard.domain.schedule import due_dates, needed_in_time
from wizard.model.knowledge import Phase
from wizard.model.plan import Binding

TODAY = date(2026, 11, 23)
PHASES = (
    Phase("audit", 3, "at-once"),
    Phase("find-out", 10),
    Phase("renew-now", 5, "before-binding"),
    Phase("upgrade", 2, "upgrade"),
    Phase("verify", 3),
    Phase("later", 0),
)


def binding(on: date, lead: int = 20) -> Binding:
    return Binding(on, "a certificate expires", "expires-a-server", on - timedelta(days=lead), lead)


def test_phases_follow_each_other_from_the_latest_start() -> None:
    due = due_dates(PHASES, binding(date(2027, 3, 1)), TODAY)
    assert due == {
        "audit": date(2026, 11, 26),
        "find-out": date(2027, 2, 19),
        "renew-now": date(2027, 2, 24),
        "upgrade": date(2027, 2, 26),
        "verify": date(2027, 3, 1),
        "later": None,
    }


def test_what_cannot_wait_is_due_even_where_no_date_binds() -> None:
    due = dict(due_dates(PHASES, None, TODAY))
    assert due.pop("audit") == date(2026, 11, 26)
    assert set(due.values()) == {None}


def test_a_late_plan_still_renews_before_the_certificate_ends() -> None:
    due = due_dates(PHASES, binding(date(2026, 11, 30)), TODAY)
    assert due["find-out"] == date(2026, 11, 27)
    assert due["renew-now"] == date(2026, 11, 29)


def test_the_upgrade_is_due_on_the_day_that_was_said_and_the_rest_follows() -> None:
    for said in (date(2026, 11, 29), date(2027, 6, 1)):
        due = due_dates(PHASES, binding(date(2027, 3, 1)), TODAY, said)
        assert due["upgrade"] == said
        assert due["verify"] == said + timedelta(days=3)
        assert due["find-out"] is not None and TODAY <= due["find-out"] <= said
        assert due["renew-now"] is not None and due["renew-now"] <= said


def test_the_last_day_there_is_can_be_said() -> None:
    due = due_dates(PHASES, binding(date(2027, 3, 1)), TODAY, date.max)
    assert due["verify"] == date.max


def test_no_step_is_due_after_one_that_needs_it() -> None:
    early, late = date(2026, 11, 24), date(2026, 11, 26)
    steps = (
        step("inventory", due=late, needs=()),
        step("backup@a", due=late, needs=("inventory",)),
        step("replace-expired@a", due=early, needs=("backup@a", "not-there")),
        step("trust-nodes@a", due=late, needs=("backup@a",)),
    )
    assert [s.due for s in needed_in_time(steps)] == [early, early, early, late]
