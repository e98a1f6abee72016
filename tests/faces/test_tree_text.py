"""The decision tree as text and as Mermaid: every branch once, under its parent."""

import re

from wizard.domain.tree import lines
from wizard.faces.tree_text import tree_mermaid, tree_text
from wizard.model.knowledge import Knowledge


def test_every_branch_is_a_line_as_deep_as_it_stands(knowledge: Knowledge) -> None:
    drawn = tree_text(knowledge).splitlines()
    branches = lines(knowledge)
    assert len(drawn) == len(branches) > 15
    for line, branch in zip(drawn, branches, strict=True):
        assert branch.text in line
        assert len(line) - len(line.lstrip("├└│─ ")) == 3 * branch.depth


def test_what_a_branch_leads_to_stands_behind_it(knowledge: Knowledge) -> None:
    text = tree_text(knowledge)
    for target in ("outcome:not-affected", "outcome:monitor", "option:A", "option:B", "option:C", "option:D"):
        assert f"[{target}]" in text


def test_ascii_draws_with_ascii_only(knowledge: Knowledge) -> None:
    assert re.findall(r"[├└│─]", tree_text(knowledge, ascii_only=True)) == []
    assert len(tree_text(knowledge, ascii_only=True).splitlines()) == len(tree_text(knowledge).splitlines())


def test_mermaid_has_a_node_for_each_branch_and_an_edge_to_each_but_the_tops(knowledge: Knowledge) -> None:
    text = tree_mermaid(knowledge)
    branches = lines(knowledge)
    tops = sum(branch.depth == 0 for branch in branches)
    assert text.startswith("flowchart TD\n")
    assert len(re.findall(r"^    n\d+[\[({]", text, re.MULTILINE)) == len(branches)
    assert len(re.findall(r"^    n\d+ --> n\d+$", text, re.MULTILINE)) == len(branches) - tops
    for label in re.findall(r'"(.*)"', text):
        assert not set(label) & set('"<>`')
