"""Nodes typed or pasted as lines: `NAME [core|edge] [RELEASE] [cluster=NAME] [primary|peer]`."""

from collections.abc import Iterable
from dataclasses import replace

from wizard.domain.answers import AnswerError
from wizard.model.deployment import UNKNOWN, Deployment, Node, Origin, Role
from wizard.model.fields import put_field
from wizard.model.release import Release
from wizard.model.text import visible

LONGEST_NAME = 253
"""Characters of a host name as text (RFC 1035)."""
MOST_PEERS = 6
"""Nodes of one cluster."""

_ROLES: dict[str, Role] = {"core": "core", "edge": "edge"}
_CLUSTER = "cluster="
_PRIMARY = {"primary": True, "peer": False}


def node_line(line: str) -> Node:
    """The node that one line describes; the words after the name may stand in any order.

    Raises:
        AnswerError: `node-name` (no name, or not one), `node-word` (a word that means nothing here).
    """
    name, *words = line.replace(",", " ").replace(";", " ").split() or [""]
    node = Node(name=_name(name))
    for word in words:
        node = _with_word(node, word)
    return node


def _name(text: str) -> str:
    name = text.rstrip(".")
    # Digits alone are somebody's choice from a list, meant for another line.
    digits = not name or name.isdigit()
    if digits or "/" in name or "=" in name or len(name) > LONGEST_NAME or visible(name) != name:
        raise AnswerError("node-name", given=visible(text))
    return name


def _with_word(node: Node, word: str) -> Node:
    lower = word.casefold()
    if lower in _ROLES:
        return replace(node, role=_ROLES[lower])
    if lower in _PRIMARY:
        return replace(node, primary=_PRIMARY[lower])
    if lower.startswith(_CLUSTER) and len(word) > len(_CLUSTER):
        return replace(node, cluster=visible(word[len(_CLUSTER) :]))
    if lower == UNKNOWN:
        return put_field(node, "release", UNKNOWN)
    try:
        return replace(node, release=Release.parse(word))
    except ValueError:
        raise AnswerError("node-word", given=visible(word)) from None


def added(deployment: Deployment, nodes: Iterable[Node]) -> Deployment:
    """The deployment with these nodes after those it has.

    Raises:
        AnswerError: `node-twice`, `cluster-full`: nothing of it is taken.
    """
    for node in nodes:
        if deployment.node(node.name) is not None:
            raise AnswerError("node-twice", given=node.name)
        deployment = replace(deployment, nodes=(*deployment.nodes, node))
    for group in deployment.clusters():
        if len(group) > MOST_PEERS:
            raise AnswerError("cluster-full", given=group[-1].name, limit=str(MOST_PEERS))
    return deployment


def without_role(deployment: Deployment) -> tuple[Node, ...]:
    """The nodes whose role is neither known nor was asked for in vain."""
    return tuple(n for n in deployment.nodes if n.role is None and not _said(deployment, n, "role"))


def without_release(deployment: Deployment) -> tuple[Node, ...]:
    """The nodes whose release is neither known nor was asked for in vain."""
    return tuple(n for n in deployment.nodes if n.release is None)


def _said(deployment: Deployment, node: Node, field: str) -> bool:
    return f"node/{node.name}/{field}" in deployment.origins


def with_role(deployment: Deployment, nodes: Iterable[Node], role: Role) -> Deployment:
    """The deployment in which these nodes have that role, as answered.

    Raises:
        AnswerError: `cluster-full`.
    """
    for node in nodes:
        deployment = deployment.with_node(replace(node, role=role))
        deployment = deployment.with_origin(f"node/{node.name}/role", Origin("answered"))
    return added(deployment, ())


def with_release(deployment: Deployment, nodes: Iterable[Node], release: Release) -> Deployment:
    """The deployment in which these nodes run that release, as answered."""
    for node in nodes:
        deployment = deployment.with_node(replace(node, release=release))
        deployment = deployment.with_origin(f"node/{node.name}/release", Origin("answered"))
    return deployment
