"""The documented decision tree, as it stands for a walk: for the screen beside a question and for drawing."""

from dataclasses import dataclass
from typing import Literal

from wizard.model.knowledge import Branch, Knowledge
from wizard.model.plan import Walk

TreeState = Literal["taken", "here", "ahead", "off"]


@dataclass(frozen=True, slots=True)
class TreeLine:
    """A line of the tree: how deep it stands, its words, and whether the walk took it, stands at it, may
    still come to it, or left it aside. `last` says that it is the last of its siblings."""

    id: str
    depth: int
    text: str
    state: TreeState
    leads_to: str
    last: bool


def lines(knowledge: Knowledge, walk: Walk | None = None) -> tuple[TreeLine, ...]:
    """The tree from the top, each line with its state; without a walk everything lies ahead."""
    out: list[TreeLine] = []
    ends = _ends_ahead(knowledge, walk)

    def add(branch: Branch, depth: int, above: TreeState, last: bool) -> None:
        state = _state(branch, walk, above, ends)
        text = knowledge.words.say(f"tree.{branch.id}")
        out.append(TreeLine(branch.id, depth, text, state, branch.leads_to, last))
        under = [child for child in knowledge.branches if child.under == branch.id]
        for child in under:
            add(child, depth + 1, state, child is under[-1])

    tops = [branch for branch in knowledge.branches if not branch.under]
    for top in tops:
        add(top, 0, "ahead" if walk is None else "taken", top is tops[-1])
    return tuple(out)


def _ends_ahead(knowledge: Knowledge, walk: Walk | None) -> frozenset[str]:
    """The outcomes that the routes can still come to from where the walk stands."""
    pending = [knowledge.start if walk is None or walk.next is None else walk.next.question]
    met: set[str] = set()
    while pending:
        at = pending.pop()
        if at in met:
            continue
        met.add(at)
        if at in knowledge.questions:
            pending += [route.to for route in knowledge.questions[at].routes]
    return frozenset(id.removeprefix("outcome:") for id in met if id.startswith("outcome:"))


def _state(branch: Branch, walk: Walk | None, above: TreeState, ends: frozenset[str]) -> TreeState:
    if walk is None:
        return "ahead"
    kind, _, id = branch.leads_to.rpartition(":")
    ended = walk.outcome
    if kind == "outcome":
        if ended == "open":
            return "ahead" if above != "off" and id in ends else "off"
        return "taken" if ended == id else "off"
    if kind == "option":
        return "taken" if ended == "act" else "off" if ended != "open" else "ahead"
    if id:
        if walk.next is not None and walk.next.question == id:
            return "here"
        if any(asked.question == id for asked in walk.path):
            return "taken"
        return "off" if walk.next is None else "ahead"
    return above
