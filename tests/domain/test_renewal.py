"""facts.md section 4, rule 10: what the next renewal of every public certificate does, and nothing else."""

import pytest

from tests.domain.build import LETTER, assessed, deployed, held, node, renewed, states
from wizard.domain import simulate
from wizard.model.deployment import UNKNOWN, Deployment
from wizard.model.knowledge import Knowledge

PRIVATE = held("both", "private")
EDGE = node("expe1", server=PRIVATE)

# What a core's certificate makes of the UC traversal zone: today, and after the renewal.
RENEWAL = [
    ("public", "both", "WF"),
    ("public", "absent", "WF"),
    ("public", "any", "WF"),
    ("public", "server", "FF"),
    ("public", "unknown", "UF"),
    ("public", "unsaid", "UF"),
    ("public", "expired", "FF"),
    ("public", "not-yet", "FF"),
    # Those that the policy does not reach stay as they are.
    ("public", "client", "WW"),
    ("public-alternative", "both", "WW"),
    ("public-alternative", "server", "FF"),
    ("public-alternative", "expired", "FF"),
    ("private", "both", "WW"),
    ("private", "absent", "WW"),
    ("private", "any", "WW"),
    ("private", "server", "FF"),
    ("private", "unknown", "UU"),
    ("private", "expired", "FF"),
    ("self-signed", "both", "WW"),
    ("self-signed", "absent", "WW"),
    # Whether the CA is a public one is not known, so neither is what it issues next.
    (UNKNOWN, "both", "WU"),
    (UNKNOWN, "absent", "WU"),
    (UNKNOWN, "any", "WU"),
    (UNKNOWN, "server", "FF"),
    (UNKNOWN, "unknown", "UU"),
    (None, "both", "WU"),
]


@pytest.mark.parametrize(("ca", "kind", "letters"), RENEWAL)
@pytest.mark.parametrize("release", ["X14.3.7", "X15.4"])
def test_the_renewal_of_an_only_certificate(
    knowledge: Knowledge, release: str, ca: str | None, kind: str, letters: str
) -> None:
    made = deployed(node("expc1", release, held(kind, ca)), EDGE)
    key = "uc-traversal expc1 expe1"
    assert LETTER[states(knowledge, made)[key]] + LETTER[renewed(knowledge, made)[key]] == letters


@pytest.mark.parametrize(("ca", "kind", "letters"), RENEWAL)
def test_the_renewal_of_a_client_certificate_from_x155(
    knowledge: Knowledge, ca: str | None, kind: str, letters: str
) -> None:
    made = deployed(node("expc1", "X15.5", PRIVATE, held(kind, ca)), EDGE)
    key = "uc-traversal expc1 expe1"
    assert LETTER[states(knowledge, made)[key]] + LETTER[renewed(knowledge, made)[key]] == letters


@pytest.mark.parametrize(("ca", "kind", "letters"), RENEWAL)
def test_the_renewal_of_a_copy_in_the_client_store(
    knowledge: Knowledge, ca: str | None, kind: str, letters: str
) -> None:
    made = deployed(node("expc1", "X15.5", held(kind, ca)), EDGE)
    key = "uc-traversal expc1 expe1"
    assert LETTER[states(knowledge, made)[key]] + LETTER[renewed(knowledge, made)[key]] == letters


@pytest.mark.parametrize("kind", ["expired", "not-yet", "both", "server"])
def test_a_renewed_public_certificate_is_valid_and_serves_the_web(knowledge: Knowledge, kind: str) -> None:
    made = deployed(node("expe1", server=kind), uses="")
    assert renewed(knowledge, made)["https client expe1"] == "works"


def test_the_renewal_changes_certificates_and_nothing_else() -> None:
    made = deployed(node("expc1", "X15.5", "both", "both"), node("expe1"), cluster_tls_verify="enforce")
    later = simulate.renewed(made)
    assert [n.release for n in later.nodes] == [n.release for n in made.nodes]
    assert (later.settings, later.uses, later.peers) == (made.settings, made.uses, made.peers)


@pytest.mark.parametrize(
    ("said", "expected"), [("yes", "fails"), ("no", "unknown"), (None, "unknown"), (UNKNOWN, "unknown")]
)
def test_without_a_certificate_public_ca_tells_what_is_renewed(
    knowledge: Knowledge, said: str | None, expected: str
) -> None:
    found = renewed(knowledge, deployed(public_ca=said))
    assert found["uc-traversal core edge"] == expected


def test_certificates_overrule_public_ca(knowledge: Knowledge) -> None:
    private = deployed(node("expc1", server=PRIVATE), EDGE, public_ca="yes")
    assert renewed(knowledge, private)["uc-traversal expc1 expe1"] == "works"
    public = deployed(node("expc1"), EDGE, public_ca="no")
    assert renewed(knowledge, public)["uc-traversal expc1 expe1"] == "fails"


REFUSED = "upload-refused"


@pytest.mark.parametrize(
    ("deployment", "expected"),
    [
        (deployed(node("expe1", "X14.3.7"), node("expc1", "X14.3.7", PRIVATE)), True),
        (deployed(node("expe1", "X14.3.7", PRIVATE), node("expc1", "X15.3")), True),
        (deployed(node("expe1", "X15.4"), server_eku_upload="off"), True),
        (deployed(node("expe1", "X15.4"), server_eku_upload=UNKNOWN), True),
        (deployed(node("expe1", "X15.4"), server_eku_upload="on"), False),
        (deployed(node("expc1", "X15.4"), server_eku_upload="on"), True),
        (deployed(node("expe1", "X15.5", "server")), False),
        (deployed(node("expc1", "X15.5", "server", PRIVATE)), False),
        # The client store refuses a server-only certificate.
        (deployed(node("expc1", "X15.5", "server", "both")), True),
        # The node that is below X15.5 is not the one with a public certificate.
        (deployed(node("expe1", "X15.5", "server"), node("expc1", "X14.3.7", PRIVATE)), False),
        (deployed(node("expe1", "X14.3.7", PRIVATE), node("expc1", "X14.3.7", PRIVATE)), False),
    ],
)
def test_where_the_gui_would_refuse_the_renewed_certificate_the_plan_says_so(
    knowledge: Knowledge, deployment: Deployment, expected: bool
) -> None:
    assert (REFUSED in {notice.id for notice in assessed(knowledge, deployment).notices}) is expected
