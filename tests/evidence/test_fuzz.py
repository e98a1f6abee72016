"""Structure and bytes at random: what holds for every input, bounded; and every seed that was kept."""

import random
import textwrap
from pathlib import Path

import pytest
from cryptography import x509
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from tests.evidence.pki import EKU, family, leaf
from tests.evidence.test_der import sequence, wrapped
from tests.fuzz import certificates as harness
from wizard.evidence import facts, pem
from wizard.model.certificate import EkuState

pytestmark = pytest.mark.filterwarnings("ignore")
BOUNDED = settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
NODE = family()[2]
SEEDS = sorted(harness.SEEDS.iterdir())

leaves = some.builds(
    wrapped,
    some.sampled_from([0x01, 0x02, 0x03, 0x04, 0x06, 0x0C, 0x13, 0x17, 0x82]),
    some.binary(max_size=12),
)
trees = some.recursive(
    leaves,
    lambda inner: some.builds(
        wrapped,
        some.sampled_from([0x30, 0x31, 0xA0, 0xA3]),
        some.lists(inner, max_size=4).map(b"".join),
    ),
    max_leaves=20,
)


@pytest.mark.parametrize("seed", SEEDS, ids=lambda path: path.name)
def test_every_seed_is_answered(seed: Path) -> None:
    harness.one(seed.read_bytes())


@pytest.mark.parametrize("seed", SEEDS, ids=lambda path: path.name)
def test_every_seed_is_answered_with_some_changes(seed: Path) -> None:
    chance = random.Random(seed.name)
    for _ in range(20):
        harness.one(harness.mutated(seed.read_bytes(), chance))


@BOUNDED
@given(tree=trees)
def test_any_der_is_answered(tree: bytes) -> None:
    harness.one(tree)


@BOUNDED
@given(data=some.binary(max_size=400))
def test_any_bytes_are_answered(data: bytes) -> None:
    harness.one(data)


@BOUNDED
@given(
    value=some.one_of(
        trees, some.binary(max_size=40), some.lists(trees, max_size=3).map(lambda parts: sequence(*parts))
    )
)
def test_a_certificate_with_any_eku_is_never_taken_to_have_none(value: bytes) -> None:
    eku = facts.read(leaf(eku=None, raw=[(EKU, value)]).der).eku
    assert eku.state is not EkuState.ABSENT
    if eku.state is EkuState.PRESENT:
        assert eku.oids
    else:
        assert eku.server_auth is None and eku.client_auth is None


@BOUNDED
@given(oid=some.sampled_from(["2.5.29.17", "2.5.29.19", "2.5.29.35", "2.5.29.32", "1.2.3"]), value=trees)
def test_no_other_extension_hides_the_eku(oid: str, value: bytes) -> None:
    read = facts.read(leaf(names=(), raw=[(x509.ObjectIdentifier(oid), value)]).der)
    assert read.eku.client_auth is True


@BOUNDED
@given(at=some.integers(0, len(NODE.der) - 1), bit=some.integers(0, 7))
def test_a_flipped_bit_is_answered_and_both_readers_agree(at: int, bit: int) -> None:
    der = bytearray(NODE.der)
    der[at] ^= 1 << bit
    harness.one(bytes(der))


texts = some.text(some.characters(codec="utf-8", exclude_characters="-"), max_size=60)


@BOUNDED
@given(
    before=texts, between=texts, after=texts, prefix=some.sampled_from(["", "> ", ">> ", "    ", "\t", "| "])
)
def test_certificates_are_found_whatever_text_is_around_them(
    before: str, between: str, after: str, prefix: str
) -> None:
    first, second = NODE.pem, family()[0].pem
    text = f"{before}\n{textwrap.indent(first, prefix)}{between}\n{second}{after}"
    whole = [block.der for block in pem.blocks(text) if block and block.state is pem.State.WHOLE]
    assert whole == [NODE.der, family()[0].der]


@BOUNDED
@given(cut=some.integers(30, len(NODE.pem) - 40), spoilt=some.sampled_from(["cut", "drop", "replace"]))
def test_a_spoilt_block_never_hides_the_next(cut: int, spoilt: str) -> None:
    damaged = {
        "cut": NODE.pem[:cut] + "\n",
        "drop": NODE.pem[:cut] + NODE.pem[cut + 3 :],
        "replace": NODE.pem[:cut] + "?" + NODE.pem[cut + 1 :],
    }[spoilt]
    found = [block.der for block in pem.blocks(damaged + family()[0].pem) if block is not None]
    assert found[-1] == family()[0].der
