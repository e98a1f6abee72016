"""Public or private: each signal in its order, with evidence, and nothing guessed."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.evidence.pki import AS_OF, Made, ca, family, leaf, spoilt
from wizard.evidence.audit import Audit
from wizard.evidence.blob import Blob, Say
from wizard.evidence.roots import Authority, authority, public_roots
from wizard.model.certificate import Ca, CaVerdict, IssuerTable, KnownCa

DATA = Path(__file__).parent / "data"
Judge = Callable[..., Ca]


@pytest.fixture
def judge(table: IssuerTable, say: Say) -> Judge:
    """The verdict on the first certificate, the others being in other files."""

    def verdict(*made: Made, known: tuple[KnownCa, ...] = ()) -> Ca:
        inputs = [Blob(f"{number}.pem", entry.pem.encode()) for number, entry in enumerate(made)]
        with_known = IssuerTable((*table.known, *known), table.names, table.limits)
        found = Audit(inputs, table=with_known, as_of=AS_OF, say=say).run()
        assert not found.problems
        return found.records[0].ca

    return verdict


@pytest.fixture
def public_root(monkeypatch: pytest.MonkeyPatch) -> Made:
    """A root of ours that counts as one of certifi's: nobody has the key of a real one."""
    root = ca("Example Public Root", organization="Internet Security Research Group")
    roots: tuple[Authority, ...] = (*public_roots(), authority(root.der))
    monkeypatch.setattr("wizard.evidence.authorities.public_roots", lambda: roots)
    return root


def codes(found: Ca) -> list[str]:
    return [remark.code for remark in found.evidence]


@pytest.mark.parametrize("file", ["lets-encrypt-r11.pem", "lets-encrypt-ye1.pem"])
def test_a_real_intermediate_is_public_by_its_key(table: IssuerTable, say: Say, file: str) -> None:
    """The one derives its identifier by SHA-1 (RFC 5280), the other by SHA-256 (RFC 7093)."""
    (record,) = Audit([str(DATA / file)], table=table, as_of=AS_OF, say=say).run().records
    assert (record.ca.verdict, record.ca.issuer) == (CaVerdict.PUBLIC, "lets-encrypt")
    assert codes(record.ca) == ["ca-certificate", "known-ca"]


def test_a_real_intermediate_verifies_under_certifi_where_the_table_does_not_know_it(
    table: IssuerTable, say: Say
) -> None:
    empty = IssuerTable((), table.names, table.limits)
    inputs = [str(DATA / "lets-encrypt-r11.pem")]
    (record,) = Audit(inputs, table=empty, as_of=AS_OF, say=say).run().records
    assert (record.ca.verdict, record.ca.issuer) == (CaVerdict.PUBLIC, "lets-encrypt")
    assert record.ca.evidence[-1].args == {"root": "ISRG Root X1"}


def test_every_root_of_certifi_is_read() -> None:
    """Six of them have serial 0, which some versions of the library refuse."""
    import certifi

    blocks = Path(certifi.where()).read_text(encoding="utf-8").count("-----BEGIN CERTIFICATE-----")
    assert len(public_roots()) == blocks > 100
    assert all(root.key_ids for root in public_roots())


def test_the_alternative_roots_are_public_but_outside_chromes_store(table: IssuerTable) -> None:
    alternative = {known.ski for known in table.known if known.verdict is CaVerdict.PUBLIC_ALTERNATIVE}
    roots = {key for root in public_roots() for key in root.key_ids}
    assert len(alternative & roots) == 2


def test_a_signature_under_a_public_root_is_public_through_an_intermediate_of_another_file(
    judge: Judge, public_root: Made
) -> None:
    middle = ca("R99", public_root, organization="Let's Encrypt")
    found = judge(leaf(middle), middle)
    assert (found.verdict, found.issuer) == (CaVerdict.PUBLIC, "lets-encrypt")
    assert codes(found) == ["signed-by", "known-root"]


def test_the_order_of_the_files_does_not_matter(table: IssuerTable, say: Say, public_root: Made) -> None:
    middle = ca("R99", public_root, organization="Let's Encrypt")
    low = ca("Low", middle)
    node = leaf(low)
    for order in ((node, low, middle), (middle, low, node), (low, node, middle)):
        inputs = [Blob("all.pem", "".join(made.pem for made in order).encode())]
        records = Audit(inputs, table=table, as_of=AS_OF, say=say).run().records
        assert {record.ca.verdict for record in records} == {CaVerdict.PUBLIC}


def test_a_public_ca_of_no_listed_organisation_is_another(judge: Judge, public_root: Made) -> None:
    assert judge(leaf(ca("X", public_root, organization="Unheard of")), ca("Y")).verdict is CaVerdict.UNKNOWN
    middle = ca("X", public_root, organization="Unheard of")
    assert judge(leaf(middle), middle).issuer == "lets-encrypt"


def test_below_an_alternative_root_is_its_own_verdict(judge: Judge) -> None:
    root = ca("Example Alternative Root", organization="IdenTrust")
    (ski,) = authority(root.der).key_ids & {authority(root.der).key_id}
    known = KnownCa(ski, "Example Alternative Root", "identrust", CaVerdict.PUBLIC_ALTERNATIVE)
    middle = ca("Server CA", root, organization="IdenTrust")
    found = judge(leaf(middle), middle, root, known=(known,))
    assert (found.verdict, found.issuer) == (CaVerdict.PUBLIC_ALTERNATIVE, "identrust")


def test_a_ca_under_both_kinds_of_root_is_public(judge: Judge, public_root: Made) -> None:
    """Cross-signed: Chrome finds the one way that it trusts."""
    alternative = ca("Example Alternative Root")
    known = KnownCa(authority(alternative.der).key_id, "x", "identrust", CaVerdict.PUBLIC_ALTERNATIVE)
    one = ca("Bridge", alternative)
    other = ca("Bridge", public_root, key=one.key)
    node = leaf(one)
    assert judge(node, one, alternative, known=(known,)).verdict is CaVerdict.PUBLIC_ALTERNATIVE
    for order in ((one, other), (other, one)):
        assert judge(node, *order, alternative, known=(known,)).verdict is CaVerdict.PUBLIC


def test_a_chain_to_a_self_signed_ca_of_the_files_is_private(judge: Judge) -> None:
    root, middle, node = family()
    found = judge(node, root, middle)
    assert found.verdict is CaVerdict.PRIVATE
    assert codes(found) == ["signed-by", "private-root"]
    assert found.evidence[1].args == {"ca": "Example Root"}


def test_a_public_root_that_certifi_does_not_have_is_not_taken_for_private(judge: Judge) -> None:
    """Mozilla dropped Entrust's; policy and SCTs say that a self-signed CA at hand may be such a one."""
    root = ca("Entrust Root Certification Authority - G9", organization="Entrust, Inc.")
    middle = ca("Entrust L9", root, organization="Entrust, Inc.")
    found = judge(leaf(middle, public=True), middle, root)
    assert (found.verdict, found.issuer) == (CaVerdict.PUBLIC, "entrust")
    assert codes(found) == ["signed-by", "private-root", "by-organization", "policy-and-scts"]
    unheard = ca("Unheard Root", organization="Unheard")
    assert judge(leaf(unheard, public=True), unheard).verdict is CaVerdict.UNKNOWN
    assert judge(leaf(middle), middle, root).verdict is CaVerdict.PRIVATE


def test_cas_that_sign_one_another_come_to_an_end(judge: Judge) -> None:
    one = ca("One")
    other = ca("Other", one)
    back = Made(ca("One", other).certificate, one.key)
    assert judge(leaf(other), other, back).verdict is CaVerdict.UNKNOWN


def test_a_signature_that_does_not_verify_is_said_to_be_so(judge: Judge, public_root: Made) -> None:
    middle = ca("R99", public_root, organization="Let's Encrypt")
    found = judge(spoilt(leaf(middle, public=True)), middle)
    assert found.verdict is CaVerdict.UNKNOWN
    assert codes(found) == ["signature-broken"]


def test_name_and_key_identifier_of_a_known_ca_make_it_public_by_name_only(judge: Judge) -> None:
    ski = bytes.fromhex("c5cf46a4eaf4c3c07a6c95c42db05e922f26e3b9")
    issuer = ca("R11", organization="Let's Encrypt", key_id=ski)
    found = judge(leaf(issuer, public=True))
    assert (found.verdict, found.issuer) == (CaVerdict.PUBLIC, "lets-encrypt")
    assert codes(found) == ["by-name"]


def test_a_self_signed_ca_that_claims_a_known_key_identifier_makes_nothing_public(judge: Judge) -> None:
    false = ca(
        "R11", organization="Let's Encrypt", key_id=bytes.fromhex("c5cf46a4eaf4c3c07a6c95c42db05e922f26e3b9")
    )
    found = judge(leaf(false, public=True), false)
    assert found.verdict is CaVerdict.UNKNOWN
    assert codes(found) == ["signed-by", "inconsistent"]


def test_a_known_key_identifier_under_another_name_is_inconsistent(judge: Judge) -> None:
    ski = bytes.fromhex("c5cf46a4eaf4c3c07a6c95c42db05e922f26e3b9")
    found = judge(leaf(ca("R12", organization="Let's Encrypt", key_id=ski), public=True))
    assert found.verdict is CaVerdict.UNKNOWN
    assert codes(found) == ["inconsistent"]


def test_a_forged_ca_that_states_a_known_key_identifier_makes_nothing_public(judge: Judge) -> None:
    """Anybody can write name and identifier of R11 into a CA certificate; its key gives it away."""
    ski = bytes.fromhex("c5cf46a4eaf4c3c07a6c95c42db05e922f26e3b9")
    forged = ca("R11", ca("ISRG Root X1"), organization="Let's Encrypt", key_id=ski)
    found = judge(leaf(forged, public=True), forged)
    assert found.verdict is CaVerdict.UNKNOWN
    assert codes(found) == ["signed-by", "inconsistent"]
    assert judge(forged).verdict is CaVerdict.UNKNOWN


def test_a_private_ca_under_the_name_of_a_public_root_is_not_public(judge: Judge) -> None:
    fake = ca("ISRG Root X1", organization="Internet Security Research Group")
    assert judge(leaf(fake), fake).verdict is CaVerdict.PRIVATE


@pytest.mark.parametrize(
    ("organization", "common_name"),
    [
        ("(STAGING) Let's Encrypt", "(STAGING) Counterfeit Cashew R10"),
        ("Temporary CA 6a1e7f0c-0000-4000-8000-000000000000", "Temporary CA 6a1e7f0c"),
    ],
)
def test_staging_and_expressways_temporary_ca_are_not_public(
    judge: Judge, organization: str, common_name: str
) -> None:
    found = judge(leaf(ca(common_name, organization=organization), public=True))
    assert found.verdict is CaVerdict.PRIVATE
    assert codes(found) == ["marked-not-public"]


def test_a_later_generation_is_told_by_its_organisation_and_said_to_be(judge: Judge) -> None:
    found = judge(leaf(ca("YR9", organization="Let's Encrypt"), public=True))
    assert (found.verdict, found.issuer) == (CaVerdict.PUBLIC, "lets-encrypt")
    assert codes(found) == ["by-organization", "policy-and-scts"]


def test_an_organisation_alone_proves_nothing(judge: Judge) -> None:
    found = judge(leaf(ca("YR9", organization="Let's Encrypt")))
    assert (found.verdict, found.issuer) == (CaVerdict.UNKNOWN, "lets-encrypt")
    assert codes(found) == ["organization-only"]


@pytest.mark.parametrize(
    ("start", "days", "verdict"),
    [
        (datetime(2026, 10, 1, tzinfo=UTC), 200, CaVerdict.UNKNOWN),
        (datetime(2026, 10, 1, tzinfo=UTC), 201, CaVerdict.UNKNOWN),
        (datetime(2026, 10, 1, tzinfo=UTC), 202, CaVerdict.PRIVATE),
        (datetime(2026, 3, 14, tzinfo=UTC), 398, CaVerdict.UNKNOWN),
        (datetime(2026, 3, 14, tzinfo=UTC), 400, CaVerdict.PRIVATE),
        (datetime(2026, 3, 15, tzinfo=UTC), 398, CaVerdict.PRIVATE),
        (datetime(2027, 3, 15, tzinfo=UTC), 102, CaVerdict.PRIVATE),
        (datetime(2029, 3, 15, tzinfo=UTC), 48, CaVerdict.UNKNOWN),
        (datetime(2029, 3, 15, tzinfo=UTC), 49, CaVerdict.PRIVATE),
        (datetime(2018, 3, 1, tzinfo=UTC), 827, CaVerdict.PRIVATE),
        (datetime(2018, 2, 28, tzinfo=UTC), 1188, CaVerdict.UNKNOWN),
    ],
)
def test_a_validity_no_public_ca_may_give_is_private(
    judge: Judge, start: datetime, days: int, verdict: CaVerdict
) -> None:
    found = judge(leaf(ca("Some CA"), start=start, days=days))
    assert found.verdict is verdict
    assert codes(found) == (["validity-too-long"] if verdict is CaVerdict.PRIVATE else ["no-evidence"])


@pytest.mark.parametrize(
    ("names", "private"),
    [
        (("expe1.example.com",), False),
        (("*.example.com",), False),
        (("expe1.example.com", "expe1.corp"), True),
        (("expe1",), True),
        (("expe1.example.local",), True),
        (("10.1.2.3",), True),
        (("8.8.8.8",), False),
        (("conference-2.example.co.uk",), False),
    ],
)
def test_names_for_inside_use_are_private(judge: Judge, names: tuple[str, ...], private: bool) -> None:
    found = judge(leaf(ca("Some CA"), names=names))
    assert (found.verdict is CaVerdict.PRIVATE) is private
    assert codes(found) == (["internal-name"] if private else ["no-evidence"])


def test_policy_and_scts_of_an_unknown_issuer_are_never_filled_in(judge: Judge) -> None:
    found = judge(leaf(ca("Brand New CA", organization="Brand New"), public=True))
    assert (found.verdict, found.issuer) == (CaVerdict.UNKNOWN, None)
    assert codes(found) == ["probably-public", "policy-and-scts"]


def test_self_signed_is_said_and_so_is_a_broken_signature_of_its_own(judge: Judge) -> None:
    own = leaf()
    assert (judge(own).verdict, codes(judge(own))) == (CaVerdict.SELF_SIGNED, ["self-signed"])
    found = judge(spoilt(own))
    assert (found.verdict, codes(found)) == (CaVerdict.SELF_SIGNED, ["self-issued-broken"])
    assert judge(family()[0]).verdict is CaVerdict.SELF_SIGNED


def test_every_piece_of_evidence_has_words(say: Say, judge: Judge) -> None:
    made = [leaf(), family()[2], leaf(ca("R12", organization="Let's Encrypt"), public=True)]
    for entry in made:
        for remark in judge(entry).evidence:
            assert say(f"evidence.{remark.code}", remark.args)
