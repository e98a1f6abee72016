"""`--ca-list`: CCADB's reports, by key identifier and by certificate."""

import base64
import csv
import io
from pathlib import Path

import pytest

from tests.evidence.pki import AS_OF, Made, ca, leaf
from wizard.evidence import ccadb
from wizard.evidence.audit import Audit, inspect
from wizard.evidence.blob import Say
from wizard.evidence.roots import authority
from wizard.model.certificate import CaVerdict, IssuerTable


def report(*rows: dict[str, str]) -> bytes:
    out = io.StringIO()
    columns = list(dict.fromkeys(column for row in rows for column in row))
    writer = csv.DictWriter(out, columns, quoting=csv.QUOTE_ALL)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def row(made: Made, **more: str) -> dict[str, str]:
    ski = bytes.fromhex(authority(made.der).key_id)
    return {
        "CA Owner": "DigiCert Inc",
        "Certificate Name": authority(made.der).name,
        "Revocation Status": "Not Revoked",
        "Subject Key Identifier": base64.b64encode(ski).decode(),
        "Derived Trust Bits": "Client Authentication;Server Authentication",
        **more,
    }


def test_a_ca_of_the_list_makes_its_certificates_public_by_name(
    tmp_path: Path, table: IssuerTable, say: Say
) -> None:
    issuer = ca("DigiCert Example CA", organization="DigiCert Inc")
    (tmp_path / "list.csv").write_bytes(report(row(issuer)))
    (tmp_path / "node.pem").write_text(leaf(issuer).pem)
    paths = [str(tmp_path / "node.pem")]
    without = inspect(paths, table=table, as_of=AS_OF, say=say).records[0].ca
    listed = (
        inspect(paths, table=table, as_of=AS_OF, say=say, ca_list=str(tmp_path / "list.csv")).records[0].ca
    )
    assert without.verdict is CaVerdict.UNKNOWN
    assert (listed.verdict, listed.issuer) == (CaVerdict.PUBLIC, "digicert")
    assert [remark.code for remark in listed.evidence] == ["by-name"]


def test_a_certificate_in_the_list_verifies_signatures(tmp_path: Path, table: IssuerTable, say: Say) -> None:
    issuer = ca("Listed CA", organization="Some CA")
    columns = {"Certificate Issuer Organization": "Some CA", "Common Name or Certificate Name": "Listed CA"}
    (tmp_path / "list.csv").write_bytes(report({**columns, "PEM Info": f"'{issuer.pem}'"}))
    (tmp_path / "node.pem").write_text(leaf(issuer).pem)
    found = (
        inspect(
            [str(tmp_path / "node.pem")],
            table=table,
            as_of=AS_OF,
            say=say,
            ca_list=str(tmp_path / "list.csv"),
        )
        .records[0]
        .ca
    )
    assert (found.verdict, found.issuer) == (CaVerdict.PUBLIC, "other")
    assert [remark.code for remark in found.evidence] == ["signed-by", "ca-list"]


def test_revoked_rows_and_rows_not_for_tls_are_passed_over(table: IssuerTable) -> None:
    good, revoked, mail = ca("Good"), ca("Revoked"), ca("Mail")
    data = report(
        row(good),
        row(revoked, **{"Revocation Status": "Revoked"}),
        row(mail, **{"Derived Trust Bits": "Secure Email"}),
    )
    assert [known.name for known in ccadb.read(data, table.names).known] == ["Good"]


@pytest.mark.parametrize(
    ("columns", "verdict"),
    [
        ({"Chrome Status": "Included"}, CaVerdict.PUBLIC),
        ({"Chrome Status": "Not Included"}, CaVerdict.PUBLIC_ALTERNATIVE),
        (
            {"Status of Root Cert": "Apple: Included; Google Chrome: Included; Mozilla: Included"},
            CaVerdict.PUBLIC,
        ),
        (
            {"Status of Root Cert": "Apple: Included; Google Chrome: Removed; Mozilla: Included"},
            CaVerdict.PUBLIC_ALTERNATIVE,
        ),
        ({}, CaVerdict.PUBLIC),
    ],
)
def test_outside_chromes_store_is_told_by_the_report(
    table: IssuerTable, columns: dict[str, str], verdict: CaVerdict
) -> None:
    (known,) = ccadb.read(report(row(ca(), **columns)), table.names).known
    assert known.verdict is verdict


@pytest.mark.parametrize(
    "text", ["", "a,b\n1,2\n", '"CA Owner","Subject Key Identifier"\n', "\x00\x01", '"unclosed']
)
def test_what_is_no_list_is_a_problem_and_the_audit_goes_on(
    tmp_path: Path, table: IssuerTable, say: Say, text: str
) -> None:
    (tmp_path / "list.csv").write_text(text)
    (tmp_path / "node.pem").write_text(leaf().pem)
    found = inspect(
        [str(tmp_path / "node.pem")], table=table, as_of=AS_OF, say=say, ca_list=str(tmp_path / "list.csv")
    )
    assert len(found.records) == 1
    assert [problem.code for problem in found.problems] == ["unsupported" if text else "empty"]


def test_names_of_a_list_are_made_visible(table: IssuerTable) -> None:
    (known,) = ccadb.read(report(row(ca(), **{"Certificate Name": "x\x1b[31m"})), table.names).known
    assert known.name == "x\\x1b[31m"


def test_a_folder_given_as_a_list_is_one_problem(tmp_path: Path, table: IssuerTable, say: Say) -> None:
    folder = tmp_path / "lists"
    folder.mkdir()
    for name in ("a.csv", "b.csv", "c.csv"):
        (folder / name).write_text("no list\n")
    found = Audit([], table=table, as_of=AS_OF, say=say, ca_list=str(folder)).run()
    assert [(problem.file, problem.code) for problem in found.problems] == [
        (str(folder / "a.csv"), "unsupported")
    ]


def test_a_list_is_read_in_slices(tmp_path: Path, table: IssuerTable, say: Say) -> None:
    rows = (f"CA {number},{number:040x}\n" for number in range(1, 20_001))
    path = tmp_path / "list.csv"
    path.write_text("Certificate Name,Subject Key Identifier\n" + "".join(rows))
    audit = Audit([], table=table, as_of=AS_OF, say=say, ca_list=str(path))
    slices = 1
    while audit.step(0.005):
        slices += 1
    assert slices > 3
    assert audit.result().problems == ()
