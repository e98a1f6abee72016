"""What of a certificate needs attention: the most urgent thing, on, before and after each limit."""

from datetime import UTC, date, datetime

import pytest

from tests.faces.plans import record
from wizard.domain.attention import Attention, attention, urgency
from wizard.model.certificate import Ca, CaVerdict, Eku, EkuState

SERVER, CLIENT = "1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2"
BOTH = Eku(EkuState.PRESENT, (SERVER, CLIENT))
PRIVATE, UNKNOWN = Ca(CaVerdict.PRIVATE), Ca(CaVerdict.UNKNOWN)
ALTERNATIVE = Ca(CaVerdict.PUBLIC_ALTERNATIVE, "identrust")


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        (date(2026, 9, 19), Attention.NOT_YET),
        (date(2026, 9, 20), Attention.LOSES_CLIENT_AUTH),
        (date(2026, 11, 27), Attention.LOSES_CLIENT_AUTH),
        (date(2026, 11, 28), Attention.SOON),
        (date(2026, 12, 19), Attention.SOON),
        (date(2026, 12, 20), Attention.EXPIRED),
    ],
)
def test_dates_count_from_their_day_on(as_of: date, expected: Attention) -> None:
    assert attention(record(), as_of) is expected


@pytest.mark.parametrize(
    ("eku", "ca", "expected"),
    [
        (Eku(EkuState.UNREADABLE), PRIVATE, Attention.EKU_UNREADABLE),
        (Eku(EkuState.CONTRADICTORY), PRIVATE, Attention.EKU_UNREADABLE),
        (Eku(EkuState.PRESENT, (CLIENT,)), PRIVATE, Attention.NO_SERVER_AUTH),
        (Eku(EkuState.PRESENT, (SERVER,)), PRIVATE, Attention.SERVER_ONLY),
        (BOTH, PRIVATE, Attention.NONE),
        (BOTH, ALTERNATIVE, Attention.NONE),
        (BOTH, UNKNOWN, Attention.CA_UNKNOWN),
        (Eku(EkuState.ABSENT), PRIVATE, Attention.NONE),
    ],
)
def test_eku_and_ca_decide_where_dates_do_not(eku: Eku, ca: Ca, expected: Attention) -> None:
    assert attention(record(eku=eku, ca=ca), date(2026, 10, 1)) is expected


def test_a_ca_certificate_needs_attention_only_when_it_has_expired() -> None:
    made = record(is_ca=True, eku=Eku(EkuState.UNREADABLE))
    assert attention(made, date(2026, 10, 1)) is Attention.CA_CERTIFICATE
    assert attention(made, date(2027, 1, 1)) is Attention.EXPIRED


def test_of_two_alike_the_one_that_ends_first_comes_first_and_unreadable_dates_last() -> None:
    day = date(2026, 10, 1)
    early, late = record("z"), record("a", not_after=datetime(2027, 5, 1, tzinfo=UTC))
    undated = record("b", not_after=None)
    assert sorted([undated, late, early], key=lambda r: urgency(r, day)) == [early, late, undated]
