"""The DER reader: what is left of a certificate when the library refuses it, and what is never guessed."""

from datetime import UTC, datetime

import pytest
from cryptography.x509 import ObjectIdentifier

from tests.evidence.pki import EKU, family, leaf
from wizard.evidence import der as dr
from wizard.evidence import names
from wizard.evidence import skeleton as sk
from wizard.evidence.facts import from_bytes, read
from wizard.model.certificate import CLIENT_AUTH, SERVER_AUTH, EkuState

NODE = family()[2]
SERVER = b"\x06\x08\x2b\x06\x01\x05\x05\x07\x03\x01"
CLIENT = b"\x06\x08\x2b\x06\x01\x05\x05\x07\x03\x02"


def sequence(*parts: bytes) -> bytes:
    content = b"".join(parts)
    return wrapped(0x30, content)


def wrapped(tag: int, content: bytes) -> bytes:
    size = len(content)
    if size < 0x80:
        return bytes([tag, size]) + content
    width = (size.bit_length() + 7) // 8
    return bytes([tag, 0x80 | width]) + size.to_bytes(width, "big") + content


@pytest.mark.parametrize(
    ("value", "state", "oids"),
    [
        (sequence(SERVER, CLIENT), EkuState.PRESENT, (SERVER_AUTH, CLIENT_AUTH)),
        (sequence(CLIENT), EkuState.PRESENT, (CLIENT_AUTH,)),
        (sequence(b"\x06\x04\x55\x1d\x25\x00"), EkuState.PRESENT, ("2.5.29.37.0",)),
        (sequence(), EkuState.UNREADABLE, ()),
        (b"", EkuState.UNREADABLE, ()),
        (sequence(SERVER) + b"\x00", EkuState.UNREADABLE, ()),
        (sequence(SERVER, b"\x02\x01\x05"), EkuState.UNREADABLE, ()),
        (sequence(SERVER)[:-1], EkuState.UNREADABLE, ()),
        (sequence(b"\x06\x00"), EkuState.UNREADABLE, ()),
        (sequence(b"\x06\x01\x80"), EkuState.UNREADABLE, ()),
        (wrapped(0x31, SERVER), EkuState.UNREADABLE, ()),
    ],
)
def test_an_eku_is_read_whole_or_not_at_all(value: bytes, state: EkuState, oids: tuple[str, ...]) -> None:
    eku = sk.eku_value(value)
    assert (eku.state, eku.oids) == (state, oids)


@pytest.mark.parametrize("value", [sequence(), b"", b"\xff", sequence(SERVER)[:-1]])
def test_an_unreadable_eku_makes_neither_use_true_nor_false(value: bytes) -> None:
    facts = read(leaf(eku=None, raw=[(EKU, value)]).der)
    assert facts.eku.state is EkuState.UNREADABLE
    assert facts.eku.server_auth is None and facts.eku.client_auth is None


@pytest.mark.parametrize("second", [sequence(SERVER), sequence(CLIENT), sequence(), b"\xff"])
def test_two_ekus_contradict_each_other_whatever_they_say(second: bytes) -> None:
    # The library will not write two: the second gets an OID of the same length, which is changed after.
    made = leaf(eku=None, raw=[(EKU, sequence(SERVER)), (ObjectIdentifier("1.2.3.4"), second)])
    facts = read(made.der.replace(b"\x06\x03\x2a\x03\x04", b"\x06\x03\x55\x1d\x25"))
    assert facts.refused
    assert facts.eku.state is EkuState.CONTRADICTORY and facts.eku.client_auth is None


def test_a_malformed_neighbour_does_not_hide_the_eku() -> None:
    made = leaf(names=(), raw=[(ObjectIdentifier(sk.OID_SAN), b"\x30\x05\x82\xff")])
    facts = read(made.der)
    assert facts.refused
    assert facts.eku.oids == (SERVER_AUTH, CLIENT_AUTH)
    assert facts.common_name == "expe1.example.com"
    assert not facts.sans_complete


def test_an_eku_is_absent_only_where_all_extensions_were_read() -> None:
    whole = leaf(eku=None)
    assert read(whole.der).eku.state is EkuState.ABSENT
    # The tag of one extension's OID is spoilt: it could have been the EKU.
    at = whole.der.rfind(b"\x06\x03\x55\x1d")
    broken = whole.der[:at] + b"\x07" + whole.der[at + 1 :]
    facts = read(broken)
    assert facts.refused and facts.eku.state is EkuState.UNREADABLE


def test_both_readers_agree_on_a_certificate_that_both_can_read() -> None:
    for made in family():
        assert read(made.der) == from_bytes(made.der, refused=False)


def test_what_follows_a_certificate_is_not_part_of_it() -> None:
    assert read(NODE.der + b"garbage") == read(NODE.der)


@pytest.mark.parametrize("size", range(0, len(NODE.der), 11))
def test_a_cut_certificate_is_an_error_and_nothing_else(size: int) -> None:
    with pytest.raises(dr.DerError):
        read(NODE.der[:size])


@pytest.mark.parametrize(
    ("tag", "text", "moment"),
    [
        (0x17, b"261123120000Z", datetime(2026, 11, 23, 12, tzinfo=UTC)),
        (0x17, b"2611231200Z", datetime(2026, 11, 23, 12, tzinfo=UTC)),
        (0x17, b"261123120000+0200", datetime(2026, 11, 23, 10, tzinfo=UTC)),
        (0x17, b"500101000000Z", datetime(1950, 1, 1, tzinfo=UTC)),
        (0x18, b"20501231235959Z", datetime(2050, 12, 31, 23, 59, 59, tzinfo=UTC)),
        (0x18, b"20501231235959.5Z", datetime(2050, 12, 31, 23, 59, 59, tzinfo=UTC)),
        (0x18, b"00000000000000Z", None),
        (0x17, b"269923120000Z", None),
        (0x17, b"yesterday", None),
        (0x17, b"\xff\xff", None),
        (0x18, b"99991231235959-2359", None),
        (0x04, b"261123120000Z", None),
    ],
)
def test_a_time_is_read_in_every_form_or_is_none(tag: int, text: bytes, moment: datetime | None) -> None:
    first, last = sk.times(sequence(wrapped(tag, text), wrapped(0x17, b"270101000000Z")))
    assert first == moment
    assert last == datetime(2027, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("tag", "raw", "shown"),
    [
        (0x0C, "Größe".encode(), "Größe"),
        (0x0C, b"ab\xff", "ab\\xff"),
        (0x1E, "中文".encode("utf-16-be"), "中文"),
        (0x1C, "中".encode("utf-32-be"), "中"),
        (0x14, b"caf\xe9", "café"),
        (0x13, b"plain", "plain"),
        (0x1E, b"\x00", "\\x00"),
    ],
)
def test_a_name_is_read_whatever_string_it_is(tag: int, raw: bytes, shown: str) -> None:
    attribute = sequence(b"\x06\x03\x55\x04\x03", wrapped(tag, raw))
    found = names.name(sequence(wrapped(0x31, attribute)))
    assert found.common_name == shown


def test_a_name_that_breaks_off_shows_what_came_before() -> None:
    attribute = wrapped(0x31, sequence(b"\x06\x03\x55\x04\x0a", wrapped(0x0C, b"Example, Inc.")))
    found = names.name(sequence(attribute, b"\x31\x7f"))
    assert found.organization == "Example, Inc."
    assert found.text == "…,O=Example\\, Inc."


def test_indefinite_lengths_are_understood_and_nesting_has_an_end() -> None:
    inner = b"\x30\x80" + SERVER + b"\x00\x00"
    found = dr.tlv(inner, 0, len(inner))
    assert (found.start, found.end, found.next) == (2, 12, 14)
    bomb = b"\x30\x80" * 5000
    with pytest.raises(dr.DerError):
        dr.tlv(bomb, 0, len(bomb))
