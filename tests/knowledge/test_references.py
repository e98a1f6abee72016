"""Every name in content leads to an entry, and nothing leads back to itself."""

import pytest

from tests.knowledge.conftest import Copy

TREE, QUESTIONS = "tree/branches.toml", "tree/questions.toml"
CONNECTIONS, STEPS = "connections/connections.toml", "steps/audit.toml"
AUTHORITIES = "issuers/authorities.toml"
BACK = 'overtaken = { source = { id = "doc-225482" }, by = "policy-change" }'


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        ("facts/eku.toml", 'id = "doc-225482"', 'id = "doc-0"', "no document 'doc-0'"),
        (AUTHORITIES, 'id = "le-certificates"', 'id = "doc-0"', "no document 'doc-0'"),
        ("facts/eku.toml", '"page:eku"', '"page:nowhere"', "no page 'nowhere'"),
        ("facts/eku.toml", '"page:eku"', '"paige:eku"', "is of no kind"),
        ("facts/eku.toml", '"page:eku"', '"eku"', "is of no kind"),
        ("facts/policy.toml", 'by = "chrome-leaf-2027"', 'by = "later"', "overtaken.by: there is no 'later'"),
        ("facts/contradictions.toml", '"faq:june-2026"', '"faq:june-2027"', "no faq 'june-2027'"),
        ("faq.toml", '"connection:https"', '"connection:http"', "no connection 'http'"),
        ("faq.toml", 'options = ["B"]', 'options = ["E"]', "options: there is no 'E'"),
        (TREE, 'leads_to = "option:A"', 'leads_to = "option:Z"', "no option 'Z'"),
        (TREE, 'leads_to = "public_ca"', 'leads_to = "public"', "leads_to: there is no 'public'"),
        (TREE, 'under = "choose"', 'under = "chose"', "under: there is no 'chose'"),
        (QUESTIONS, '{ to = "uses" }', '{ to = "usage" }', "routes: there is no 'usage'"),
        (QUESTIONS, 'to = "outcome:act"', 'to = "outcome:acts"', "no outcome 'acts'"),
        (QUESTIONS, 'start = "nodes"', 'start = "node"', "start: there is no question 'node'"),
        (CONNECTIONS, 'ask = "peer_certificate"', 'ask = "peer_cert"', "ask: there is no 'peer_cert'"),
        (STEPS, 'phase = "audit"', 'phase = "audits"', "phase: there is no 'audits'"),
        (STEPS, 'needs = ["inventory"]', 'needs = ["inventories"]', "needs: there is no 'inventories'"),
        (STEPS, '"cluster-replication"', '"cluster-repl"', "troubles: there is no 'cluster-repl'"),
        ("issuers/issuers.toml", 'issuer = "identrust"', 'issuer = "iden"', "There is no issuer 'iden'"),
        (AUTHORITIES, 'issuer = "digicert"', 'issuer = "digi"', "There is no issuer 'digi'"),
    ],
)  # fmt: skip
def test_a_name_without_an_entry_is_told(copy: Copy, file: str, old: str, new: str, says: str) -> None:
    copy.change(file, old, new)
    found = [problem for problem in copy.found() if problem.code == "dangling"]
    assert [problem.file for problem in found if says in problem.message] == [f"content/{file}"]


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        (QUESTIONS, '{ to = "uses" }', '{ to = "nodes" }', "nodes > role > public_ca"),
        (TREE, 'id = "start"', 'id = "start"\nunder = "no-action"', "no-action"),
        (STEPS, 'id = "inventory"', 'id = "inventory"\nneeds = ["document-use"]', "document-use"),
        ("facts/policy.toml", 'id = "chrome-leaf-2027"', f'id = "chrome-leaf-2027"\n{BACK}', "policy-change"),
    ],
)  # fmt: skip
def test_a_circle_is_told_with_its_way(copy: Copy, file: str, old: str, new: str, says: str) -> None:
    copy.change(file, old, new)
    found = [problem for problem in copy.found() if problem.code == "cycle"]
    assert [problem.file for problem in found] == [f"content/{file}"]
    ids = found[0].message.split(": ")[1].split(". ")[0].split(" > ")
    assert ids[0] == ids[-1] and set(says.split(" > ")) <= set(ids)
