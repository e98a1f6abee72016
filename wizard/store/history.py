"""Where values came from, finished troubleshooting, and what a saved deployment knows beyond the answers:
written and read back."""

from collections.abc import Iterable, Mapping
from typing import Literal, get_args

from wizard.model.deployment import (
    ROLES,
    SETTINGS,
    STORES,
    USES,
    Deployment,
    Node,
    Origin,
    OriginKind,
    Saved,
    Snapshot,
    TroubleNote,
)
from wizard.store.reader import LONG, Table, entries

Document = dict[str, object]
Verified = Literal["as-expected", "not-as-expected", "not-recognised", ""]

_KINDS: tuple[OriginKind, ...] = get_args(OriginKind)
_VERIFIED: tuple[Verified, ...] = get_args(Verified)
_HEAD = frozenset(
    {"name", "customer", "prepared_by", "prepared_for", "public_ca", "upgrade_by", "uses", "nodes", "choice"}
    | {f"uses/{use}" for use in USES}
    | {f"settings/{key}" for key in SETTINGS}
    | {f"choice/{role}" for role in ROLES}
)
_CERTIFICATE = ("ca", "issuer", "eku", "not_before", "not_after", "acme", "acme_copies_to_client")
_NODE = frozenset(
    {"name", "role", "cluster", "primary", "release"}
    | {f"settings/{key}" for key in SETTINGS}
    | {f"{store}_certificate" for store in STORES}
    | {f"{store}_certificate/{field}" for store in STORES for field in _CERTIFICATE}
)

FILE_ONLY = ("generation", "written", "standing")
"""Keys of `saved` that belong to the file and not to the deployment (`wizard.store.library`)."""


def origins_document(origins: Mapping[str, Origin]) -> Document:
    """Each origin by key: its kind alone where nothing else is known of it."""
    return {key: _origin_document(origin) for key, origin in origins.items()}


def _origin_document(origin: Origin) -> object:
    said = {"detail": origin.detail, "sha256": origin.sha256, "other": origin.other}
    filled: Document = {key: value for key, value in said.items() if value}
    if origin.other_kind:
        filled["other_kind"] = origin.other_kind
    return {"kind": origin.kind, **filled} if filled else origin.kind


def read_origins(table: Table | None, nodes: Iterable[Node], *, strict: bool) -> dict[str, Origin]:
    """The origins of a file. One of a value that there is not is refused, or left out when not `strict`."""
    out: dict[str, Origin] = {}
    if table is None:
        return out
    known = _HEAD.union(f"node/{node.name}/{key}" for node in nodes for key in _NODE)
    for key, value in entries(table):
        if isinstance(value, str):
            kind = table.one_of(key, _KINDS)
            origin = None if kind is None else Origin(kind)
        else:
            inner = table.table(key)
            origin = None if inner is None else _read_origin(inner)
        if key not in known:
            if strict:
                table.refuse(key, "no-such-origin")
        elif origin is not None:
            out[key] = origin
    return out


def _read_origin(table: Table) -> Origin | None:
    table.need("kind")
    kind = table.one_of("kind", _KINDS)
    detail, sha256 = table.text("detail", LONG) or "", table.text("sha256") or ""
    other, other_kind = table.text("other", LONG) or "", table.one_of("other_kind", _KINDS)
    table.close()
    return None if kind is None else Origin(kind, detail, sha256, other, other_kind or "")


def trouble_document(note: TroubleNote) -> Document:
    """One finished troubleshooting."""
    said: Document = {
        "symptom": note.symptom,
        "answers": dict(note.answers),
        "signatures": list(note.signatures),
        "diagnosis": note.diagnosis,
        "remedy": note.remedy,
        "verified": note.verified,
        "on": note.on,
        "lines": list(note.lines),
    }
    return {key: value for key, value in said.items() if value not in ("", [], {})}


def read_troubles(tables: Iterable[Table]) -> tuple[TroubleNote, ...]:
    """The troubleshootings of a file; one without a date is refused."""
    out: list[TroubleNote] = []
    for table in tables:
        table.need("on")
        on = table.day("on")
        note = {
            "symptom": table.text("symptom") or "",
            "diagnosis": table.text("diagnosis") or "",
            "remedy": table.text("remedy") or "",
        }
        answers, signatures = table.text_map("answers"), table.texts("signatures") or ()
        verified, lines = table.one_of("verified", _VERIFIED) or "", table.texts("lines", LONG) or ()
        table.close()
        if on is not None:
            out.append(
                TroubleNote(
                    answers=answers, signatures=signatures, verified=verified, on=on, lines=lines, **note
                )
            )
    return tuple(out)


def saved_document(deployment: Deployment) -> Document:
    """The `saved` table, without what is empty."""
    saved = deployment.saved
    said: Document = {
        "as_of": saved.as_of,
        "edition": saved.edition,
        "program": saved.program,
        "revision": saved.revision,
        "ticks": dict(saved.ticks),
        "notes": dict(saved.notes),
        "before": None if saved.before is None else _snapshot_document(saved.before),
    }
    return {key: value for key, value in said.items() if value not in (None, "", 0, {})}


def _snapshot_document(snapshot: Snapshot) -> Document:
    said: Document = {
        "as_of": snapshot.as_of,
        "edition": snapshot.edition,
        "outcome": snapshot.outcome,
        "binding": snapshot.binding,
        "verdicts": dict(snapshot.verdicts),
        "steps": list(snapshot.steps),
        "states": dict(snapshot.states),
        "deadlines": dict(snapshot.deadlines),
    }
    return {key: value for key, value in said.items() if value not in (None, "", [], {})}


def read_saved(table: Table | None) -> Saved:
    """What the file knows beyond the answers."""
    if table is None:
        return Saved()
    before = table.table("before")
    saved = Saved(
        as_of=table.day("as_of"),
        edition=table.text("edition") or "",
        program=table.text("program") or "",
        revision=table.whole("revision") or 0,
        ticks=table.day_map("ticks"),
        notes=table.text_map("notes", LONG),
        before=None if before is None else _read_snapshot(before),
    )
    table.skip(*FILE_ONLY)
    table.close()
    return saved


def _read_snapshot(table: Table) -> Snapshot | None:
    table.need("as_of")
    as_of = table.day("as_of")
    edition, outcome = table.text("edition") or "", table.text("outcome") or ""
    binding, steps = table.day("binding"), table.texts("steps", LONG) or ()
    maps = {name: table.text_map(name, LONG) for name in ("verdicts", "states", "deadlines")}
    table.close()
    if as_of is None:
        return None
    return Snapshot(
        as_of, edition, outcome, binding, maps["verdicts"], steps, maps["states"], maps["deadlines"]
    )
