"""Nodes as they are typed: what a form says becomes a node of the deployment, or a reason why not."""

import re
from dataclasses import dataclass, replace

from wizard.domain.answers import AnswerError, put
from wizard.model.deployment import UNKNOWN, Deployment, Node, Origin
from wizard.model.text import visible

MOST_PEERS = 6
"""Nodes that a cluster of Expressways takes."""

_BETWEEN = re.compile(r"[\s,;]+")
_LONGEST_NAME = 255


class RefusedError(Exception):
    """What was typed is no node. `code` is worded as `tui.node.refused.CODE`, with `args`."""

    def __init__(self, code: str, **args: str) -> None:
        self.code, self.args_for_words = code, args
        super().__init__(code)


@dataclass(frozen=True, slots=True)
class Typed:
    """A node as typed: "" is what is not said."""

    name: str
    role: str = ""
    cluster: str = ""
    release: str = ""
    primary: str = ""


def typed_of(node: Node) -> Typed:
    """A node as a form shows it."""
    return Typed(
        node.name,
        node.role or "",
        node.cluster or "",
        str(node.release) if node.release is not None else "",
        {True: "yes", False: "no", None: ""}[node.primary],
    )


def put_node(deployment: Deployment, typed: Typed, at: str | None = None) -> Deployment:
    """The deployment with the node, in the place of the one named `at`, else added.

    Raises:
        RefusedError: the name is missing, taken or too long; the release is none; the cluster is full.
    """
    name = visible(typed.name.strip())
    _check_name(deployment, name, at)
    before = deployment.node(at) if at is not None else None
    primary = {"yes": True, "no": False}.get(typed.primary)
    cluster = visible(typed.cluster.strip()) or None
    node = replace(before or Node(name), name=name, cluster=cluster, primary=primary)
    changed = deployment.with_node(node, at)
    for key, said, was in (("cluster", cluster, before and before.cluster),):
        if said is not None and said != was:
            changed = changed.with_origin(f"node/{name}/{key}", Origin("answered"))
    old = typed_of(before) if before is not None else Typed(name)
    for key, text, shown in (("role", typed.role, old.role), ("release", typed.release, old.release)):
        if text.strip() != shown:
            changed = _put(changed, f"node/{name}/{key}", text.strip())
    _check_cluster(changed, name)
    return changed


def _put(deployment: Deployment, key: str, text: str) -> Deployment:
    try:
        return put(deployment, key, text or UNKNOWN)
    except AnswerError as error:
        raise RefusedError(error.code, **error.args_for_words) from None


def _check_name(deployment: Deployment, name: str, at: str | None) -> None:
    if not name:
        raise RefusedError("no-name")
    if len(name) > _LONGEST_NAME or "/" in name:
        raise RefusedError("bad-name", name=name)
    there = deployment.node(name)
    if there is not None and (at is None or there.name.casefold() != at.casefold()):
        raise RefusedError("taken", name=name)


def _check_cluster(deployment: Deployment, name: str) -> None:
    for group in deployment.clusters():
        if len(group) > MOST_PEERS and any(node.name == name for node in group):
            raise RefusedError("full", most=str(MOST_PEERS), count=str(len(group)))


def names_in(text: str) -> tuple[str, ...]:
    """The names in pasted text: separated by spaces, commas, semicolons or line ends; each once."""
    names = (visible(part) for part in _BETWEEN.split(text) if part)
    return tuple(dict.fromkeys(names))


def copy_of(deployment: Deployment, node: Node) -> Typed:
    """A node like another, under the next free name: expe1.example.com gives expe2.example.com."""
    host, dot, rest = node.name.partition(".")
    found = re.fullmatch(r"(.*?)(\d*)", host)
    stem, digits = found.groups() if found is not None else (host, "")
    number = int(digits or "1")
    while True:
        number += 1
        name = f"{stem}{number:0{len(digits)}d}{dot}{rest}"
        if deployment.node(name) is None:
            return replace(typed_of(node), name=name, primary="")
