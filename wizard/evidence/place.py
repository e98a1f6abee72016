"""Certificates put into the stores of nodes.

To which node a certificate belongs is told, in this order, by: the user (`Place`); the bundle it came in;
the host in its file's name, where a bundle gave it that; its own names (common name, then alternative names)
when they mean exactly one node; the name of its file when that means exactly one node. A certificate that
means several nodes, or none of those known, is a problem that names them.

Only where no node is known by more than a certificate does one make a node of its own, called by its common
name or first alternative name, its role not known: a stray certificate must not become an Expressway.

Which store: a file name with the word "client" says the client store, everything else the server store. Of
several certificates for one store, that of a bundle stands before loose ones, else the newest.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from wizard.evidence.blob import Say, problem
from wizard.evidence.bundles import BundleNode, member_of
from wizard.evidence.hosts import is_host_name, matching
from wizard.evidence.identity import Identities
from wizard.evidence.weigh import Draft, origin_at, weigh
from wizard.model.certificate import CaVerdict, CertificateRecord, EkuState
from wizard.model.deployment import EKU_NAMES, Certificate, Origin, Store
from wizard.model.problems import Problem

_OIDS = {oid: name for name, oid in EKU_NAMES.items()}
_FIELDS = ("ca", "issuer", "eku", "not_before", "not_after")
_OLDEST = ""


@dataclass(frozen=True, slots=True)
class Place:
    """The node and the store that a file belongs to, as somebody said."""

    node: str
    store: Store = "server"


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A certificate that may go into a store; a higher `rank` goes before a lower, whatever the dates."""

    record: CertificateRecord
    rank: int

    @property
    def order(self) -> tuple[int, str]:
        start = self.record.not_before
        return self.rank, start.isoformat() if start is not None else _OLDEST


def certificate_of(record: CertificateRecord) -> Certificate:
    """A record as the certificate of a store. What the record does not tell (a CA that is not known, an EKU
    that cannot be read) stays None, so that it is asked."""
    eku: tuple[str, ...] | None = None
    if record.eku.state is EkuState.PRESENT:
        eku = tuple(_OIDS.get(oid, oid) for oid in record.eku.oids)
    elif record.eku.state is EkuState.ABSENT:
        eku = ()
    known = record.ca.verdict is not CaVerdict.UNKNOWN
    return Certificate(
        ca=record.ca.verdict.value if known else None,
        issuer=record.ca.issuer,
        eku=eku,
        not_before=record.not_before.date() if record.not_before is not None else None,
        not_after=record.not_after.date() if record.not_after is not None else None,
        record=record,
    )


def place_certificates(
    draft: Draft,
    identities: Identities,
    records: tuple[CertificateRecord, ...],
    bundles: tuple[BundleNode, ...],
    placed: Mapping[str, Place],
    say: Say,
) -> tuple[Problem, ...]:
    """Fill the stores of the draft's nodes; the problems are about certificates that found no place."""
    return tuple(_place(draft, identities, records, bundles, placed, say))


def _place(
    draft: Draft,
    identities: Identities,
    records: tuple[CertificateRecord, ...],
    bundles: tuple[BundleNode, ...],
    placed: Mapping[str, Place],
    say: Say,
) -> Iterator[Problem]:
    may_add = all(node.role is None and node.release is None for node in draft.deployment.nodes)
    in_bundle = {
        blob.name: (node.host, store)
        for node in bundles
        for store, blob in (("server", node.server), ("client", node.client))
        if blob is not None
    }
    candidates: dict[tuple[str, Store], list[_Candidate]] = {}
    for record in records:
        member = member_of(record.file)
        if record.is_ca or (member is not None and member.kind == "ca"):
            continue
        explicit = placed.get(record.sha256) or placed.get(record.file)
        if explicit is not None:
            if draft.deployment.node(explicit.node) is None:
                draft.add(explicit.node)
            node, store, rank = draft.node(explicit.node).name, explicit.store, 2
        else:
            host = in_bundle[record.file][0] if record.file in in_bundle else member.host if member else ""
            found = _node_of(draft, identities, record, host, may_add=may_add)
            if len(found) != 1:
                code = "prefill-certificate-ambiguous" if found else "prefill-certificate-unmatched"
                names = ", ".join(found or draft.names()) or "-"
                yield problem(say, record.file, code, subject=record.subject, names=names)
                continue
            node, store, rank = found[0], _store_of(record.file), int(record.file in in_bundle)
        candidates.setdefault((node, store), []).append(_Candidate(record, rank))
    for (node, store), these in candidates.items():
        yield from _choose(draft, node, store, these, say)


def _choose(draft: Draft, name: str, store: Store, these: list[_Candidate], say: Say) -> Iterator[Problem]:
    """Put the best candidate into the store, and say which others it went before."""
    held = draft.node(name).certificate(store)
    if held is not None and held.record is not None:
        these = [_Candidate(held.record, 0), *these]
    best = max(these, key=lambda candidate: candidate.order)
    for sha256 in dict.fromkeys(candidate.record.sha256 for candidate in these):
        if sha256 != best.record.sha256:
            other = next(c.record for c in these if c.record.sha256 == sha256)
            yield problem(
                say, other.file, "prefill-certificate-passed-over", node=name, used=best.record.file
            )
    if held is None or held.record is None or held.record.sha256 != best.record.sha256:
        _fill(draft, name, store, best.record)


def _fill(draft: Draft, name: str, store: Store, record: CertificateRecord) -> None:
    """Put a certificate into a store. What was stated by hand stays where the record does not tell, and in
    the origin where it disagrees; what an older file told goes with that file."""
    node = draft.node(name)
    path = f"node/{node.name}/{store}_certificate"
    fresh = Origin("certificate", record.file, record.sha256)
    held = node.certificate(store) or Certificate()
    read = certificate_of(record)
    values: dict[str, Any] = {}
    origins: dict[str, Origin] = {path: fresh}
    for field in _FIELDS if held.record is None else ():
        known, value = getattr(held, field), getattr(read, field)
        if known is None or known == value:
            continue
        before = origin_at(draft.deployment.origins, f"{path}/{field}")
        origin = fresh if value is None else weigh(known, before, value, fresh)
        if value is None or origin is None:
            values[field], origin = known, before
        origins[f"{path}/{field}"] = origin
    read = replace(read, acme=held.acme, acme_copies_to_client=held.acme_copies_to_client, **values)
    changed = replace(node, **{f"{store}_certificate": read})  # type: ignore[arg-type]
    outdated = {path, *(f"{path}/{field}" for field in _FIELDS)}
    kept = {key: origin for key, origin in draft.deployment.origins.items() if key not in outdated}
    draft.deployment = replace(draft.deployment.with_node(changed), origins={**kept, **origins})


def _store_of(file: str) -> Store:
    member = member_of(file)
    if member is not None:
        return "client" if member.kind == "client" else "server"
    words = re.split(r"[^a-z]+", re.split(r"[/\\!]", file)[-1].casefold())
    return "client" if "client" in words else "server"


def _node_of(
    draft: Draft, identities: Identities, record: CertificateRecord, host: str, *, may_add: bool
) -> tuple[str, ...]:
    """The nodes that a certificate may belong to: one where it is clear, none where no node fits."""
    if host and (node := identities.host(host)):
        return (node,)
    names = draft.names()
    by_common_name = matching(record.common_name, names) if record.common_name else ()
    if len(by_common_name) == 1:
        return by_common_name
    by_names = tuple(name for name in names if any(_covers(san, name) for san in record.sans))
    if len(by_names) == 1:
        return by_names
    by_file = _named_in(record.file, by_names or by_common_name or names)
    if len(by_file) == 1:
        return by_file
    if by_names or by_common_name:
        return by_names or by_common_name
    own = [name for name in (record.common_name or "", *record.sans, host) if is_host_name(name)]
    return (draft.add(own[0]).name,) if own and may_add else ()


def _covers(san: str, name: str) -> bool:
    if san.startswith("*."):
        return name.casefold().partition(".")[2] == san[2:].casefold()
    return bool(matching(san, [name]))


def _named_in(file: str, names: tuple[str, ...]) -> tuple[str, ...]:
    """The nodes whose name, in full or short, stands in the file's name as a word of its own."""
    base = re.split(r"[/\\!]", file)[-1].casefold()

    def stands(word: str) -> bool:
        return re.search(rf"(?<![a-z0-9]){re.escape(word.casefold())}(?![a-z0-9])", base) is not None

    full = tuple(name for name in names if stands(name))
    return full or tuple(name for name in names if stands(name.partition(".")[0]))
