"""From `Deployment` to text: JSON when it is saved, TOML for people. What is not known is left out."""

import json
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime

from wizard.model.deployment import USES, Deployment, YesNo
from wizard.store.dormant import USE_LISTS, take_out
from wizard.store.history import FILE_ONLY, origins_document, saved_document, trouble_document
from wizard.store.migrations import FORMAT
from wizard.store.nodes import node_document, peer_document, settings_document
from wizard.store.scrub import may_hold_secret, scrub
from wizard.store.toml_out import toml_text

Document = dict[str, object]


def encode_json(
    deployment: Deployment,
    dormant: frozenset[str] = frozenset(),
    *,
    file_only: Mapping[str, object] | None = None,
) -> str:
    """The deployment as it is saved: one line of JSON.

    Values whose path is in `dormant` stand in the `dormant` table and come back when it is decoded.
    `file_only` are keys of the `saved` table that belong to the file (`wizard.store.history.FILE_ONLY`).
    """
    return _without_secrets(_compact_json, saved_form(deployment, dormant, file_only))


def saved_form(
    deployment: Deployment, dormant: frozenset[str], file_only: Mapping[str, object] | None = None
) -> Document:
    """The document of a saved deployment."""
    out = _document(deployment, every_use=True)
    aside = take_out(out, dormant)
    if aside:
        out["dormant"] = aside
    extra = {key: value for key, value in (file_only or {}).items() if key in FILE_ONLY}
    out["saved"] = {**saved_document(deployment), **extra}
    return out


def encode_toml(deployment: Deployment) -> str:
    """The deployment as people write it: a table for each node, dates as dates."""
    out = _document(deployment, every_use=False)
    saved = saved_document(deployment)
    return _without_secrets(toml_text, {**out, "saved": saved} if saved else out)


def pretty_json(document: Document) -> str:
    """A document as indented JSON in ASCII, for a block in a plan."""
    return _without_secrets(_indented_json, document)


def _without_secrets(write: Callable[[Document], str], document: Document) -> str:
    """The document as `write` writes it, without what looks like a secret, wherever somebody put one."""
    text = write(document)
    if not may_hold_secret(text):
        return text
    return write({key: _scrubbed(value) for key, value in document.items()})


def _compact_json(document: Document) -> str:
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"), default=_iso)


def _indented_json(document: Document) -> str:
    return json.dumps(document, ensure_ascii=True, indent=1, default=_iso)


def _scrubbed(value: object) -> object:
    if isinstance(value, str):
        return scrub(value)
    if isinstance(value, dict):
        return {scrub(key): _scrubbed(inner) for key, inner in value.items()}
    return [_scrubbed(inner) for inner in value] if isinstance(value, list) else value


def _iso(value: object) -> str:
    if isinstance(value, datetime):
        text = value.isoformat()
        return text.removesuffix("+00:00") + "Z" if value.tzinfo is UTC else text
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"a deployment holds no {type(value).__name__}")


def _document(deployment: Deployment, *, every_use: bool) -> Document:
    as_of = deployment.saved.as_of
    choice = {"core": deployment.choice.core, "edge": deployment.choice.edge}
    out: Document = {
        "format": FORMAT,
        "name": deployment.name,
        "customer": deployment.customer,
        "prepared_by": deployment.prepared_by,
        "prepared_for": deployment.prepared_for,
        "public_ca": deployment.public_ca,
        **_uses(deployment.uses, every_use=every_use),
        "upgrade_by": deployment.upgrade_by,
        "settings": settings_document(deployment.settings) or None,
        "choice": {role: list(taken) for role, taken in choice.items() if taken is not None} or None,
        "peer": [peer_document(peer) for peer in deployment.peers] or None,
        "node": [node_document(node, as_of) for node in deployment.nodes] or None,
        "origin": origins_document(deployment.origins) or None,
        "trouble": [trouble_document(note) for note in deployment.troubles] or None,
    }
    return {key: value for key, value in out.items() if value is not None and value != ""}


def _uses(uses: Mapping[str, YesNo], *, every_use: bool) -> Document:
    """The lists of uses. `uses_no` may be left out only where every use is known: then the rest is no."""
    if not uses:
        return {}
    lists: Document = {
        name: [use for use in uses if uses[use] == answer] for answer, name in USE_LISTS.items()
    }
    if not every_use:
        if len(uses) == len(USES):
            del lists["uses_no"]
        if not lists["uses_unknown"]:
            del lists["uses_unknown"]
    return lists
