"""What is known already against what a file says: which value stands, and how the other one is kept.

A file's value is used and a stated one that disagrees stays in the origin, where it shows as a discrepancy.
One exception: an answer that already overruled this very value of a file is left alone, or every new start
with the same files would undo it.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from wizard.model.deployment import UNKNOWN, Deployment, Node, Origin

_ANSWERED = Origin("answered")


def as_text(value: object) -> str:
    """A value as the deployment file writes it; lists are joined by ", "."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return ", ".join(value) if value else "[]"
    return str(value)


def origin_at(origins: Mapping[str, Origin], path: str) -> Origin:
    """The origin of the value at `path`; that of a certificate holds for its fields; else answered."""
    parent = path.rpartition("/")[0]
    return origins.get(path) or (origins.get(parent, _ANSWERED) if path.count("/") > 2 else _ANSWERED)


def weigh(known: object, before: Origin, value: object, fresh: Origin) -> Origin | None:
    """The origin that `value` of a file has beside what is `known` (None: nothing), or None where what is
    known stays as it is. `before` is the origin of what is known, `fresh` that of the file's value."""
    if known is None or known == UNKNOWN:
        return fresh
    if known == value:
        return None if before.kind in ("dump", "certificate") else fresh
    overruled = (
        before.kind == "answered" and before.other_kind == fresh.kind and before.other == as_text(value)
    )
    return None if overruled else replace(fresh, other=as_text(known), other_kind=before.kind)


class Draft:
    """A deployment that is being filled in from files."""

    def __init__(self, deployment: Deployment) -> None:
        self.deployment = deployment

    def node(self, name: str) -> Node:
        """The node of that name.

        Raises:
            LookupError: there is none.
        """
        node = self.deployment.node(name)
        if node is None:
            raise LookupError(name)
        return node

    def names(self) -> tuple[str, ...]:
        """The names of all nodes."""
        return tuple(node.name for node in self.deployment.nodes)

    def add(self, name: str) -> Node:
        """A new node of which only the name is known. A slash would part the paths of its values."""
        name = name.replace("/", "-")
        self.deployment = self.deployment.with_node(Node(name))
        return self.node(name)

    def rename(self, old: str, new: str) -> None:
        """Give a node its proper name, origins included."""
        node = replace(self.node(old), name=new.replace("/", "-"))
        self.deployment = self.deployment.with_node(node, at=old)

    def fill(self, name: str, field: str, value: Any, fresh: Origin) -> None:
        """Put a file's value into a field of a node (role, cluster, primary, release)."""
        node = self.node(name)
        path = f"node/{node.name}/{field}"
        origin = weigh(getattr(node, field), origin_at(self.deployment.origins, path), value, fresh)
        if origin is not None:
            changed = replace(node, **{field: value})
            self.deployment = self.deployment.with_node(changed).with_origin(path, origin)

    def fill_setting(self, key: str, value: str, fresh: Origin, name: str = "") -> None:
        """Put a file's value into a setting of the deployment, or of the node `name`."""
        node = self.node(name) if name else None
        path = f"node/{node.name}/settings/{key}" if node is not None else f"settings/{key}"
        settings = node.settings if node is not None else self.deployment.settings
        origin = weigh(settings.get(key), origin_at(self.deployment.origins, path), value, fresh)
        if origin is None:
            return
        change: dict[str, Any] = {key: value}
        changed = replace(settings, **change)
        if node is not None:
            self.deployment = self.deployment.with_node(replace(node, settings=changed))
        else:
            self.deployment = replace(self.deployment, settings=changed)
        self.deployment = self.deployment.with_origin(path, origin)

    def fill_use(self, use: str, value: Any, fresh: Origin) -> None:
        """Put a file's value into a use of the deployment."""
        path = f"uses/{use}"
        known = self.deployment.uses.get(use)
        before = origin_at(self.deployment.origins, path)
        if known == "yes" and value == "no" and before.kind == "dump":
            # One dump shows the use, another does not: that it is used stands until somebody says otherwise.
            origin: Origin | None = replace(before, other="no", other_kind="dump")
            value = known
        else:
            origin = weigh(known, before, value, fresh)
        if origin is not None:
            changed = replace(self.deployment, uses={**self.deployment.uses, use: value})
            self.deployment = changed.with_origin(path, origin)
