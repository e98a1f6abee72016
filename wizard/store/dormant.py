"""Answers off the path: moved out of a document into its `dormant` table, and back.

They are kept under the paths of `wizard.model.deployment` (`settings/eku_checking`, `uses/b2b-sip`,
`node/NAME/release`), with their values as the file writes them.
"""

from collections.abc import Iterable, Iterator

from wizard.store.places import Place

Document = dict[str, object]

USE_LISTS = {"yes": "uses", "unknown": "uses_unknown", "no": "uses_no"}
"""The list of a document that holds the uses of each answer."""

_HEAD = frozenset({"name", "customer", "prepared_by", "prepared_for", "public_ca", "upgrade_by"})
_NODE = frozenset(
    {"role", "cluster", "primary", "release", "settings", "server_certificate", "client_certificate"}
)


def take_out(document: Document, keys: Iterable[str]) -> Document:
    """Move the values of `keys` out of the document; those that it holds are returned, by key."""
    out: Document = {}
    for key in sorted(keys):
        use = key.removeprefix("uses/")
        value = _take(document, key) if use == key else _take_use(document, use)
        if value is not None:
            out[key] = value
    return out


def put_back(document: Document, dormant: Document) -> Iterator[tuple[str, Place | None]]:
    """Put each value of the dormant table where it belongs; yields each key with that place.

    The place is None where the key is none that a value can be put at. A value that stands there already is
    left, and the dormant one dropped.
    """
    for key, value in dormant.items():
        if key.startswith("uses/"):
            yield key, _put_use(document, key.removeprefix("uses/"), value)
        else:
            yield key, _put(document, key, value)


def _take(document: Document, key: str) -> object:
    found = _holder(document, key, make=False)
    return found[0].pop(found[2], None) if found is not None else None


def _put(document: Document, key: str, value: object) -> Place | None:
    found = _holder(document, key, make=True)
    if found is None:
        return None
    table, place, last = found
    table.setdefault(last, value)
    return (*place, last)


def _holder(document: Document, key: str, *, make: bool) -> tuple[Document, Place, str] | None:
    """The table that holds the value of `key`, its place, and the key within it."""
    table: Document = document
    place: Place = ()
    parts = tuple(key.split("/"))
    if parts[0] == "node":
        found = _node(document, key)
        if found is None:
            return None
        table, place, parts = found
        if parts[0] not in _NODE:
            return None
    elif parts[0] not in _HEAD and not (parts[0] in ("settings", "choice") and len(parts) == 2):
        return None
    for part in parts[:-1]:
        inner = table.setdefault(part, {}) if make else table.get(part)
        if not isinstance(inner, dict):
            return None
        table, place = inner, (*place, part)
    return table, place, parts[-1]


def _node(document: Document, key: str) -> tuple[Document, Place, tuple[str, ...]] | None:
    nodes = document.get("node")
    for index, node in enumerate(nodes if isinstance(nodes, list) else ()):
        if isinstance(node, dict) and key.startswith(f"node/{node.get('name')}/"):
            rest = key.removeprefix(f"node/{node['name']}/")
            return node, ("node", index), tuple(rest.split("/"))
    return None


def _take_use(document: Document, use: str) -> str | None:
    for answer, name in USE_LISTS.items():
        uses = document.get(name)
        if isinstance(uses, list) and use in uses:
            uses.remove(use)
            return answer
    return None


def _put_use(document: Document, use: str, value: object) -> Place | None:
    name = USE_LISTS.get(value) if isinstance(value, str) else None
    if name is None:
        return None
    # All three lists: then a use that is in none of them stays not known.
    lists = {each: document.setdefault(each, []) for each in USE_LISTS.values()}
    if any(isinstance(uses, list) and use in uses for uses in lists.values()):
        return (name,)
    chosen = lists[name]
    if not isinstance(chosen, list):
        return None
    chosen.append(use)
    return (name, len(chosen) - 1)
