"""A row for each mistake: what was written, the place and the code, and words of the message."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Literal

import pytest

from tests.store.words import say
from wizard.model.certificate import CLIENT_AUTH, SERVER_AUTH, Ca, CaVerdict, CertificateRecord, Eku, EkuState
from wizard.model.deployment import Certificate, Deployment, Origin
from wizard.model.problems import Problem
from wizard.store.codec import DeploymentError, decode
from wizard.store.faults import MOST_PROBLEMS

Suffix = Literal[".toml", ".json"]


def refused(text: str, suffix: Suffix = ".toml", issuers: Sequence[str] = ()) -> tuple[Problem, ...]:
    with pytest.raises(DeploymentError) as caught:
        decode(text, suffix=suffix, file=f"mra{suffix}", say=say, issuers=issuers)
    return caught.value.problems


NODE = '[[node]]\nname = "e1"\n'
SERVER = f"{NODE}[node.server_certificate]\n"

ROWS: list[tuple[str, str, str, tuple[str, ...]]] = [
    # Keys
    ('nam = "x"', "nam, line 1", "unknown-key", ('"nam"', "Did you mean name?")),
    ("zzz = 1", "zzz, line 1", "no-such-key", ("The keys are: format, name, customer",)),
    ('[settings]\neku_cheking = "on"', "settings.eku_cheking, line 2", "unknown-key", ("eku_checking",)),
    (f'{NODE}rol = "edge"', "node[1].rol, line 3", "unknown-key", ("role",)),
    (f'{SERVER}isuer = "x"', "node[1].server_certificate.isuer, line 4", "unknown-key", ("issuer",)),
    ('[choise]\nedge = ["D"]', "choise, line 1", "unknown-key", ("choice",)),
    ('[choice]\nboth = ["D"]', "choice.both, line 2", "no-such-key", ("core, edge",)),
    ('"a b" = 1', '"a b", line 1', "no-such-key", ('"a b"',)),
    ('[[peer]]\nname = "p"\nignores_ekus = "yes"', "peer[1].ignores_ekus, line 3", "unknown-key",
     ("ignores_eku",)),
    # Values that are one of a list
    ('public_ca = "Yes"', "public_ca, line 1", "unknown-value", ('"Yes"', "Did you mean yes?")),
    ("public_ca = true", "public_ca, line 1", "unknown-value", ("Did you mean yes?",)),
    ("public_ca = 1", "public_ca, line 1", "wrong-type", ("takes yes, no, unknown, not a number",)),
    ('public_ca = "maybe"', "public_ca, line 1", "no-such-value", ("The values are: yes, no, unknown",)),
    ('[settings]\neku_checking = false', "settings.eku_checking, line 2", "unknown-value", ("mean off?",)),
    ('[settings]\ncluster_tls_verify = "enforcing"', "settings.cluster_tls_verify, line 2", "unknown-value",
     ("Did you mean enforce?",)),
    (f'{NODE}role = "egde"', "node[1].role, line 3", "unknown-value", ("Did you mean edge?",)),
    (f'{SERVER}ca = "pubic"', "node[1].server_certificate.ca, line 4", "unknown-value",
     ("Did you mean public?",)),
    ('uses = ["uc-traversl"]', "uses[1], line 1", "unknown-value", ("uc-traversal",)),
    ('uses = ["b2b-sip", "b2b-sip"]', "uses[2], line 1", "twice", ("b2b-sip",)),
    ('uses = ["b2b-sip"]\nuses_unknown = ["b2b-sip"]', "uses_unknown, line 2", "use-twice", ("b2b-sip",)),
    ('uses = "b2b-sip"', "uses, line 1", "wrong-type", ("a list in square brackets, not text in quotes",)),
    ('[choice]\nedge = ["E"]', "choice.edge[1], line 2", "no-such-value", ("A, B, C, D",)),
    ('[[peer]]\nname = "p"\nuse = "neighbour-mtls"', "peer[1].use, line 3", "unknown-value",
     ("neighbor-mtls",)),
    # Types
    ("name = 5", "name, line 1", "wrong-type", ("text in quotes, not a number",)),
    ("name = 1.5", "name, line 1", "wrong-type", ("not a number",)),
    ("name = 12:30:00", "name, line 1", "wrong-type", ("not a time of day",)),
    ("name = 2026-01-01", "name, line 1", "wrong-type", ("not a date",)),
    (f'{NODE}primary = "yes"', "node[1].primary, line 3", "wrong-type", ("true or false, not text",)),
    (f"{NODE}release = 14.3", "node[1].release, line 3", "wrong-type", ("text in quotes",)),
    ('settings = "on"', "settings, line 1", "wrong-type", ("a table",)),
    ('[node]\nname = "e1"', "node, line 1", "one-table", ("[[node]]",)),
    ("node = [1]", "node[1], line 1", "wrong-type", ("a table, not a number",)),
    ('node = "e1"', "node, line 1", "wrong-type", ("a list of tables",)),
    (f'{SERVER}eku = "clientAuth"', "node[1].server_certificate.eku, line 4", "wrong-type", ("a list",)),
    (f"{SERVER}eku = [1]", "node[1].server_certificate.eku[1], line 4", "wrong-type", ("text in quotes",)),
    # Dates and releases
    ('upgrade_by = "soon"', "upgrade_by, line 1", "bad-date", ('"soon"', "2027-02-01")),
    ('upgrade_by = "2027-02-30"', "upgrade_by, line 1", "bad-date", ("2027-02-30",)),
    ('upgrade_by = "01-02-2027"', "upgrade_by, line 1", "bad-date", ("01-02-2027",)),
    ("upgrade_by = 2027-02-30", "line 1, column 14", "bad-date-syntax", ("2027-02-01",)),
    ("name = 'x'\nupgrade_by = 2027-13-01", "line 2, column 18", "bad-date-syntax", ("no such date",)),
    ("upgrade_by = 1.2.2027", "line 1, column 17", "bad-date-syntax", ("year, month and day",)),
    (f"{SERVER}not_after = 5", "node[1].server_certificate.not_after, line 4", "wrong-type", ("a date",)),
    (f"{SERVER}not_before = 2027-01-02\nnot_after = 2027-01-01",
     "node[1].server_certificate.not_after, line 5",
     "dates-reversed", ("not_before",)),
    (f'{NODE}release = "fourteen"', "node[1].release, line 3", "bad-release", ('"fourteen"', "X14.3.7")),
    # Certificates
    (f'{SERVER}eku = ["serverAuth",\n  "cleintAuth"]', "node[1].server_certificate.eku[2], line 4", "bad-eku",
     ("Did you mean clientAuth?",)),
    (f'{SERVER}file = "e1.pem"', "node[1].server_certificate.file, line 4", "no-files-here", ('"e1.pem"',)),
    # Names
    ('[[node]]\nname = ""', "node[1].name, line 2", "empty-name", ("empty",)),
    ('[[node]]\nname = "  "', "node[1].name, line 2", "empty-name", ("empty",)),
    (f'[[node]]\nname = "{"e" * 254}"', "node[1].name, line 2", "long-name", ("253",)),
    ('[[node]]\nname = "e/1"', "node[1].name, line 2", "slash-in-name", ("slash",)),
    (f'{NODE}\n[[node]]\nrole = "core"\n\n[[node]]\nname = "E1"', "node[3].name, line 8", "duplicate-node",
     ('"E1"', "node[1]")),
    # Tables that a saved deployment has
    ('[origin]\n"node/none/role" = "dump"', 'origin."node/none/role", line 2', "no-such-origin",
     ("Take the line",)),
    ('[origin]\npublic_ca = "guess"', "origin.public_ca, line 2", "no-such-value",
     ("answered, certificate",)),
    ('[dormant]\n"node/none/role" = "edge"', 'dormant."node/none/role", line 2', "no-such-origin", ()),
    ('[dormant]\npublic_ca = "yess"', "dormant.public_ca, line 2", "unknown-value", ("Did you mean yes?",)),
    ('[saved]\nrevision = -1', "saved.revision, line 2", "wrong-type", ("a number",)),
    ('[saved.ticks]\nbackup = "soon"', "saved.ticks.backup, line 2", "bad-date", ("soon",)),
    ('[[trouble]]\nsymptom = "x"', "trouble[1], line 1", "missing-key", ("on is missing",)),
    # The file as a whole
    (f"{NODE}role = edge", "line 3, column 8", "bad-toml", ("text stands in quotes",)),
    ("name = ", "line 1, column 8", "bad-toml", ("Invalid value",)),
    ('name = "a"\nname = "b"', "line 2, column 11", "stated-twice", ("second time",)),
    ("[settings]\n[settings]", "line 2, column 10", "stated-twice", ("second time",)),
    ("format = 99", "format", "newer-format", ("format 99", "Nothing was changed")),
    ("format = 0", "format", "unknown-format", ("format = 1",)),
    ('format = "1"', "format", "unknown-format", ("format = 1",)),
]  # fmt: skip


@pytest.mark.parametrize(("text", "where", "code", "words"), ROWS, ids=[f"{r[2]}:{r[1]}" for r in ROWS])
def test_a_mistake_is_named_with_its_place_and_the_way_out(
    text: str, where: str, code: str, words: tuple[str, ...]
) -> None:
    problems = refused(text)
    assert [(p.file, p.where, p.code) for p in problems] == [("mra.toml", where, code)]
    assert all(word in problems[0].message for word in words), problems[0].message
    assert "\n" not in problems[0].line()


JSON_ROWS: list[tuple[str, str, str]] = [
    ('{"name": 5}', "name, line 1", "wrong-type"),
    ('{\n "node": [\n  {"name": "a"},\n  {"name": "b",\n   "rol": "core"}\n ]\n}', "node[2].rol, line 5",
     "unknown-key"),
    ('{"public_ca":\n"Yes"}', "public_ca, line 1", "unknown-value"),
    ('{"uses": ["b2b-sip",\n"x"]}', "uses[2], line 2", "no-such-value"),
    ('{"name": "a",}', "line 1, column 14", "bad-json"),
    ('{"name": "a"', "line 1, column 13", "bad-json"),
    ("", "line 1, column 1", "bad-json"),
    ("[]", "line 1, column 1", "bad-json"),
    ("null", "line 1, column 1", "bad-json"),
    ('{"name": NaN}', "", "bad-json"),
    ('{"name": "a", "name": "b"}', "", "key-twice"),
    (f'{{"name": {"9" * 5000}}}', "", "bad-json"),
    ('{"name": ' + "[" * 100_000 + "}", "", "too-deep"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "where", "code"), JSON_ROWS, ids=[f"{r[2]}:{r[1]}" for r in JSON_ROWS])
def test_a_mistake_in_json_is_named_with_its_line(text: str, where: str, code: str) -> None:
    assert [(p.where, p.code) for p in refused(text, ".json")] == [(where, code)]


def test_deep_nesting_in_toml_is_refused_too() -> None:
    assert [p.code for p in refused("name = " + "[" * 5000)] == ["too-deep"]


def test_all_mistakes_are_told_at_once_in_the_order_of_the_file() -> None:
    text = (
        'nam = "x"\nupgrade_by = "soon"\n[settings]\neku_checking = "On"\n'
        + NODE
        + 'rol = 1\nrelease = "x"\n'
    )
    lines = [int(p.where.rpartition(" ")[2]) for p in refused(text)]
    assert lines == [1, 2, 4, 7, 8]


def test_a_file_of_nothing_but_mistakes_is_answered_shortly() -> None:
    problems = refused("\n".join(f"k{n} = {n}" for n in range(5000)))
    assert len(problems) == MOST_PROBLEMS + 1
    assert problems[-1].code == "more" and str(5000 - MOST_PROBLEMS) in problems[-1].message


def test_an_issuer_is_one_of_those_that_the_content_knows() -> None:
    text = f'{SERVER}issuer = "digcert"\n'
    assert [p.code for p in refused(text, issuers=("digicert", "other"))] == ["unknown-value"]
    assert decode(text, suffix=".toml", file="f", say=say).nodes[0].server_certificate == Certificate(
        issuer="digcert"
    )


def record(eku: Eku, verdict: CaVerdict = CaVerdict.PUBLIC) -> CertificateRecord:
    return CertificateRecord(
        file="/somewhere/e1.pem",
        index=0,
        sha256="ab" * 32,
        subject="CN=e1",
        issuer="CN=ca",
        common_name="e1",
        sans=("e1",),
        serial="01",
        not_before=datetime(2026, 1, 1, tzinfo=UTC),
        not_after=datetime(2027, 1, 1, tzinfo=UTC),
        key="RSA 2048",
        is_ca=False,
        eku=eku,
        ca=Ca(verdict, "digicert"),
    )


def with_file(stated: str, found: CertificateRecord | Problem) -> Deployment:
    asked: list[str] = []

    def read(path: str) -> CertificateRecord | Problem:
        asked.append(path)
        return found

    text = f'{SERVER}file = "e1.pem"\n{stated}\n'
    deployment = decode(
        text, suffix=".toml", file="mra.toml", say=say, read_certificate=read, base=Path("folder")
    )
    assert asked == [str(Path("folder") / "e1.pem")]
    return deployment


BOTH = Eku(EkuState.PRESENT, (SERVER_AUTH, CLIENT_AUTH))


def test_a_named_file_gives_the_certificate_and_its_origin() -> None:
    deployment = with_file("", record(BOTH))
    certificate = deployment.nodes[0].server_certificate
    assert certificate is not None and certificate.record is not None
    assert (certificate.ca, certificate.issuer, certificate.eku) == (
        "public",
        "digicert",
        ("serverAuth", "clientAuth"),
    )
    assert (certificate.not_before, certificate.not_after) == (date(2026, 1, 1), date(2027, 1, 1))
    assert certificate.record.file == "e1.pem"
    assert deployment.origins == {"node/e1/server_certificate": Origin("certificate", "e1.pem", "ab" * 32)}


def test_a_file_that_disagrees_is_used_and_the_stated_value_kept() -> None:
    stated = 'ca = "private"\neku = ["serverAuth"]\nnot_after = 2027-01-01\nissuer = "digicert"'
    deployment = with_file(stated, record(BOTH))
    certificate = deployment.nodes[0].server_certificate
    assert certificate is not None and certificate.ca == "public" and certificate.client_auth is True
    file = Origin("certificate", "e1.pem", "ab" * 32)
    differs = {key.rpartition("/")[2]: origin for key, origin in deployment.origins.items() if origin.other}
    assert differs == {
        "ca": Origin("certificate", file.detail, file.sha256, "private", "answered"),
        "eku": Origin("certificate", file.detail, file.sha256, "serverAuth", "answered"),
    }


def test_the_same_eku_in_another_order_or_as_oid_is_no_disagreement() -> None:
    deployment = with_file(f'eku = ["{CLIENT_AUTH}", "serverAuth"]', record(BOTH))
    assert not any(origin.other for origin in deployment.origins.values())


def test_an_unreadable_eku_is_not_taken_for_an_absent_one() -> None:
    unread = with_file("", record(Eku(EkuState.UNREADABLE), CaVerdict.UNKNOWN))
    certificate = unread.nodes[0].server_certificate
    assert certificate is not None and certificate.eku is None and certificate.ca is None
    absent = with_file("", record(Eku(EkuState.ABSENT))).nodes[0].server_certificate
    assert absent is not None and absent.eku == ()


def test_what_was_stated_fills_in_where_the_file_is_silent() -> None:
    deployment = with_file('eku = ["serverAuth"]\nacme = true', record(Eku(EkuState.CONTRADICTORY)))
    certificate = deployment.nodes[0].server_certificate
    assert certificate is not None and certificate.eku == ("serverAuth",) and certificate.acme is True
    assert deployment.origins["node/e1/server_certificate/acme"] == Origin("answered")


def test_a_file_that_cannot_be_read_is_a_problem_at_its_line() -> None:
    with pytest.raises(DeploymentError) as caught:
        with_file("", Problem("folder/e1.pem", "line 3", "truncated", "This is cut off. Copy it again."))
    (problem,) = caught.value.problems
    assert (problem.file, problem.where) == ("mra.toml", "node[1].server_certificate.file, line 4")
    assert problem.code == "certificate-file" and "line 3: This is cut off. Copy it again." in problem.message
