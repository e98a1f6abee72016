"""JSON and Markdown show one plan: twelve nodes, step by step, verdict by verdict, pair by pair."""

import json
import re
from dataclasses import replace
from datetime import date
from functools import cache
from itertools import combinations, product
from typing import Any

import pytest

from tests.domain.build import deployed, held, node, peer, planned, with_choice
from wizard.faces.json import plan_json
from wizard.faces.markdown import render
from wizard.faces.markdown.escape import escape
from wizard.model.deployment import OPTIONS, ROLES, Deployment, Saved
from wizard.model.knowledge import Knowledge

ENDS = date(2027, 2, 1)


@cache
def twelve(choice: str = "") -> Deployment:
    """Two clusters of six: one peer of each on another release, another certificate or its own setting."""
    nodes = [
        node(
            f"{role}{n}.example.com",
            "X14.3.7",
            held(issuer="digicert", not_after=ENDS),
            cluster="hq",
            primary=n == 1,
        )
        for role in ("expe", "expc")
        for n in range(1, 7)
    ]
    nodes[1] = replace(nodes[1], server_certificate=held("server", issuer="sectigo"))
    nodes[2] = replace(nodes[2], release=None)
    nodes[8] = replace(nodes[8], server_certificate=held("both", "private"))
    made = deployed(
        *nodes,
        uses="uc-traversal neighbor-mtls b2b-sip mra-onboarding",
        cluster_tls_verify="enforce",
        peers=(peer("cms.example.net", "neighbor-mtls", "yes"),),
        saved=Saved(ticks={"inventory": ENDS, "backup@expe1.example.com": ENDS}),
    )
    return with_choice(made, choice or None, choice.replace("C", "") or None)


@pytest.fixture(params=["", "A", "CD"])
def told(knowledge: Knowledge, request: pytest.FixtureRequest) -> tuple[dict[str, Any], str]:
    made = planned(knowledge, twelve(request.param))
    return json.loads(plan_json(made, knowledge.words)), render(made, knowledge)


def section(page: str, title: str) -> str:
    return page.partition(f"\n## {title}\n")[2].partition("\n## ")[0]


def cells(line: str) -> list[str]:
    return [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]


def test_both_list_the_same_steps_in_the_same_order(told: tuple[dict[str, Any], str]) -> None:
    read, page = told
    tasks = re.findall(r"^- \[(.)\] \*\*(\d+)\. (.+)\*\*$", section(page, "Steps"), re.MULTILINE)
    assert len(tasks) == len(read["steps"]) > 100
    for number, ((box, at, title), step) in enumerate(zip(tasks, read["steps"], strict=True), 1):
        assert (int(at), title) == (number, escape(step["title"]))
        assert (box == "x") is step["done"]


def test_both_give_the_same_verdicts(knowledge: Knowledge, told: tuple[dict[str, Any], str]) -> None:
    read, page = told
    rows = [
        cells(line) for line in section(page, "Options A to D").splitlines() if re.match(r"\| [A-D]\. ", line)
    ]
    assert [row[0][0] for row in rows] == list(OPTIONS)
    for row, option in zip(rows, OPTIONS, strict=True):
        for shown, role in zip(row[1:], ROLES, strict=False):
            verdict = read["options"][option][role]["verdict"]
            assert shown.replace("*", "").startswith(knowledge.words.say(f"verdict.{verdict}"))


def test_both_give_each_pair_the_same_three_states(
    knowledge: Knowledge, told: tuple[dict[str, Any], str]
) -> None:
    read, page = told
    found: dict[tuple[str, str, str], list[list[str]]] = {}
    for line in section(page, "What breaks, and when").splitlines():
        if re.match(r"\| \d+ ", line):
            _, title, ends, *states = cells(line)
            for start, end in _pairs(ends):
                found.setdefault((title, start, end), []).append([state.replace("*", "") for state in states])
    for connection in read["connections"]:
        title = escape(knowledge.words.say(f"connection.{connection['id']}"))
        far = connection.get("peer") or ""
        start, end = (_shown(knowledge, connection[at], far) for at in ("from", "to"))
        told_states = [
            knowledge.words.say(f"state.{connection[at]}") for at in ("today", "after_renewal", "after_plan")
        ]
        assert found.get((title, start, end), found.get((title, end, start))) == [told_states]
    assert len(found) == len(read["connections"])


def _shown(knowledge: Knowledge, end: str, far: str) -> str:
    if end == "peer" and far:
        return far
    return end if "." in end else knowledge.words.say(f"markdown.end.{end}")


def _pairs(ends: str) -> list[tuple[str, str]]:
    """The pairs that a cell names: `a, b → c, d`, `a → b; c → d`, or all among themselves."""
    out: list[tuple[str, str]] = []
    for part in ends.split("; "):
        start, arrow, end = part.partition(" → ")
        if arrow:
            out += product(_names(start), _names(end))
        else:
            out += combinations(re.findall(r"`([^`]+)`", part), 2)
    return out


def _names(text: str) -> list[str]:
    return [name.strip("`") for name in text.split(", ")]
