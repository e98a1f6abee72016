"""What files tell becomes part of a `Deployment`: the one place where evidence fills in answers.

Each value gets the origin it came from: "dump" with `FILE:LINE`, or "certificate" with the file's name and
the SHA-256. Where something else was known, `weigh` decides which one stands and keeps the other.

- The peers of a cluster become nodes. Besides its name only what a peer must share is filled in: role,
  cluster, and whether it is the primary. A cluster that was given a label by hand keeps it.
- A setting holds for the whole deployment once every cluster and both roles have shown a dump and all agree,
  else for the nodes that have it (and for those of their cluster that show no dump). Peers of one cluster
  that differ are a discrepancy.
- A use is "yes" when any dump shows it, and "no" only when whole dumps of both roles, and of every cluster
  that is known, show that it is not there: the other end may hold the zone.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Literal

from wizard.evidence.blob import Say
from wizard.evidence.bundles import BundleNode
from wizard.evidence.identity import Identities, Told
from wizard.evidence.place import Place, place_certificates
from wizard.evidence.weigh import Draft
from wizard.model.certificate import CertificateRecord
from wizard.model.deployment import UNKNOWN, USES, Certificate, Deployment, Node, Origin, OriginKind
from wizard.model.dump import Finding, NodeDump
from wizard.model.problems import Problem
from wizard.model.release import Release

__all__ = ["Place", "prefill"]

_SETTINGS = ("eku_checking", "server_eku_upload", "neighbor_tls_verify")

_OF_EDGES = frozenset({"server_eku_upload"})
"""Settings that a core does not have."""


@dataclass(frozen=True, slots=True)
class _Value:
    """A value of a dump with its origin."""

    value: str
    origin: Origin


def prefill(
    deployment: Deployment,
    *,
    say: Say,
    dumps: Iterable[NodeDump] = (),
    bundles: Iterable[BundleNode] = (),
    certificates: Iterable[CertificateRecord] = (),
    placed: Mapping[str, Place] = MappingProxyType({}),
) -> tuple[Deployment, tuple[Problem, ...]]:
    """The deployment with what the files tell filled in, and what could not be placed.

    `dumps` are single ones, `bundles` those sorted by node; `certificates` are the records of every file,
    those of the bundles' blobs among them (found by their file name). `placed` says for a file, or a
    certificate's SHA-256, which node it belongs to, where the user was asked.
    """
    draft = Draft(deployment)
    identities = Identities(draft, say)
    bundles = tuple(bundles)
    groups = [(node.host, node.dumps) for node in bundles] + [("", (dump,)) for dump in dumps]
    told = identities.told(groups, {file: place.node for file, place in placed.items()})
    for one in told:
        if one.node:
            _node(draft, identities, one)
    _settings(draft, told)
    _uses(draft, told)
    problems = place_certificates(draft, identities, tuple(certificates), bundles, placed, say)
    return draft.deployment, (*identities.problems, *problems)


def _origin(dump: NodeDump, finding: Finding) -> Origin:
    return Origin("dump", f"{dump.file}:{finding.line}")


def _told(told: Told, what: str) -> _Value | None:
    found = told.first(what)
    return _Value(found[1].value, _origin(*found)) if found is not None else None


def _node(draft: Draft, identities: Identities, told: Told) -> None:
    """What the dumps say of their own node, and of the peers they name."""
    role = _told(told, "role")
    if role is not None:
        draft.fill(told.node, "role", role.value, role.origin)
    release = _told(told, "release")
    if release is not None:
        draft.fill(told.node, "release", Release.parse(release.value), release.origin)
    _cluster(draft, identities, told, role)
    acme = _told(told, "acme")
    if acme is not None:
        node = draft.node(told.node)
        path = f"node/{node.name}/server_certificate/acme"
        certificate = node.server_certificate or Certificate()
        if certificate.acme is None:
            changed = replace(node, server_certificate=replace(certificate, acme=acme.value == "yes"))
            draft.deployment = draft.deployment.with_node(changed).with_origin(path, acme.origin)


def _cluster(draft: Draft, identities: Identities, told: Told, role: _Value | None) -> None:
    """The members of the dump's cluster: role, label and primary, each with the line that tells it."""
    members: dict[int, tuple[str, Origin]] = {}
    for dump in told.dumps:
        for finding in dump.all("peer"):
            if finding.index not in members:
                name = identities.peer(finding.value, dump.file)
                if name:
                    members[finding.index] = (name, _origin(dump, finding))
    names = list(dict.fromkeys([told.node, *(name for name, _ in members.values())]))
    cluster = _told(told, "cluster")
    stated = next((label for name in names if (label := draft.node(name).cluster) is not None), None)
    if cluster is not None and stated not in (None, cluster.value):
        _other_label(draft, told.node, cluster.value)
    for name in names:
        if cluster is not None:
            draft.fill(name, "cluster", stated or cluster.value, cluster.origin)
        if role is not None and draft.node(name).role is None:
            origin = next((origin for member, origin in members.values() if member == name), role.origin)
            draft.fill(name, "role", role.value, origin)
    primary = _told(told, "primary_index")
    if primary is None:
        return
    for index, (name, _) in members.items():
        draft.fill(name, "primary", str(index) == primary.value, primary.origin)


def _other_label(draft: Draft, name: str, label: str) -> None:
    """A peer's dump gave the cluster another name: that stands, and what this node's dump says beside it."""
    path = f"node/{name}/cluster"
    held = draft.deployment.origins.get(path)
    if held is not None and held.kind == "dump" and draft.node(name).cluster != label:
        draft.deployment = draft.deployment.with_origin(path, replace(held, other=label, other_kind="dump"))


def _settings(draft: Draft, told: tuple[Told, ...]) -> None:
    for key in _SETTINGS:
        by_node: dict[str, _Value] = {}
        for one in told:
            value = _told(one, f"settings.{key}")
            if value is not None and one.node:
                by_node.setdefault(one.node, value)
        if by_node:
            _setting(draft, key, by_node)


def _setting(draft: Draft, key: str, by_node: dict[str, _Value]) -> None:
    """One setting as the dumps of several nodes have it.

    While a role or a cluster has shown no dump it holds for the nodes that it was told of, and for no more:
    what an edge has switched off says nothing of a core.
    The first value holds for the deployment; it is that of the cluster whose dump told it. Within that
    cluster another value is a discrepancy; another cluster may well have another, and its peers share it.
    """
    if not _holds_for_all(draft.deployment, key, set(by_node)):
        _setting_of_nodes(draft, key, by_node)
        return
    earlier = draft.deployment.origins.get(f"settings/{key}")
    if earlier is not None and earlier.kind == "dump":
        base = _Value(str(draft.deployment.settings.get(key)), earlier)
    else:
        base = next(iter(by_node.values()))
        draft.fill_setting(key, base.value, base.origin)
    for cluster in draft.deployment.clusters():
        told = {node.name: by_node[node.name] for node in cluster if node.name in by_node}
        is_base = _speaks_of(draft.deployment, base.origin, cluster)
        for node in cluster:
            own = told.get(node.name)
            if own is None:
                values = {value.value for value in told.values()}
                if not is_base and len(values) == 1 and base.value not in values:
                    peer = next(iter(told.values()))
                    draft.fill_setting(key, peer.value, peer.origin, node.name)
            elif own.value != base.value or node.settings.get(key) is not None:
                peers = [value.value for name, value in told.items() if name != node.name]
                others = [*peers, base.value] if is_base else peers
                differing = next((value for value in others if value != own.value), "")
                kind: OriginKind | Literal[""] = "dump" if differing else ""
                origin = replace(own.origin, other=differing, other_kind=kind)
                draft.fill_setting(key, own.value, origin, node.name)


def _holds_for_all(deployment: Deployment, key: str, told: set[str]) -> bool:
    """Whether every cluster and both roles were told of, or the deployment as a whole was told before."""
    if deployment.settings.get(key) not in (None, UNKNOWN):
        return True
    earlier = {
        node.name
        for node in deployment.nodes
        if (origin := deployment.origins.get(f"node/{node.name}/settings/{key}")) and origin.kind == "dump"
    }
    clusters = deployment.clusters()
    if key in _OF_EDGES:
        edges = [cluster for cluster in clusters if cluster[0].role == "edge"]
        return bool(edges) and all(any(node.name in told | earlier for node in edge) for edge in edges)
    return _all_deny(clusters, told | earlier)


def _setting_of_nodes(draft: Draft, key: str, by_node: dict[str, _Value]) -> None:
    """The setting of the nodes that were told of, and of their peers of which nothing is known."""
    for cluster in draft.deployment.clusters():
        told = [by_node[node.name] for node in cluster if node.name in by_node]
        if not told:
            continue
        for node in cluster:
            own = by_node.get(node.name)
            if own is not None:
                differs = own.value != told[0].value
                kind: OriginKind | Literal[""] = "dump" if differs else ""
                origin = replace(own.origin, other=told[0].value if differs else "", other_kind=kind)
                draft.fill_setting(key, own.value, origin, node.name)
            elif node.settings.get(key) is None:
                draft.fill_setting(key, told[0].value, told[0].origin, node.name)


def _speaks_of(deployment: Deployment, origin: Origin, cluster: tuple[Node, ...]) -> bool:
    """Whether the dump that `origin` points into told something about these nodes."""
    file = origin.detail.rpartition(":")[0]
    beginnings = tuple(f"node/{node.name}/" for node in cluster)
    return any(
        known.kind == "dump" and known.detail.rpartition(":")[0] == file
        for path, known in deployment.origins.items()
        if path.startswith(beginnings)
    )


def _uses(draft: Draft, told: tuple[Told, ...]) -> None:
    clusters = draft.deployment.clusters()
    for use in USES:
        said = [(one, value) for one in told if (value := _told(one, f"uses.{use}")) is not None]
        affirmed = [(one, value) for one, value in said if value.value == "yes"]
        if affirmed:
            one, value = affirmed[0]
            denying = {other.node for other, saying in said if saying.value == "no"}
            peers = next((c for c in clusters if any(node.name == one.node for node in c)), ())
            origin = value.origin
            if any(peer.name in denying for peer in peers):
                origin = replace(origin, other="no", other_kind="dump")
            draft.fill_use(use, "yes", origin)
        elif said and _all_deny(clusters, {one.node for one, _ in said}):
            draft.fill_use(use, "no", said[0][1].origin)
        elif said:
            _deny_earlier(draft, use, {one.node for one, _ in said}, clusters)


def _deny_earlier(draft: Draft, use: str, denying: set[str], clusters: tuple[tuple[Node, ...], ...]) -> None:
    """A use that the dump of a peer, read earlier, shows, and a whole dump of the same cluster does not."""
    held = draft.deployment.origins.get(f"uses/{use}")
    if held is None or held.kind != "dump" or draft.deployment.uses.get(use) != "yes" or held.other:
        return
    for cluster in clusters:
        others = tuple(node for node in cluster if node.name not in denying)
        if len(others) < len(cluster) and _speaks_of(draft.deployment, held, others):
            kept = replace(held, other="no", other_kind="dump")
            draft.deployment = draft.deployment.with_origin(f"uses/{use}", kept)


def _all_deny(clusters: tuple[tuple[Node, ...], ...], denying: set[str]) -> bool:
    """Whether every cluster has a node that denies, and both roles are among them."""
    roles = {node.role for cluster in clusters for node in cluster}
    every = all(any(node.name in denying for node in cluster) for cluster in clusters)
    return every and roles == {"core", "edge"}
