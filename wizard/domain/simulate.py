"""Changes to a deployment, so that the connections can be predicted again: renewal, and each option.

What an option does is facts.md section 4, rules 10 and 11. Nothing here decides who may take an option.
"""

from dataclasses import replace
from datetime import date, timedelta

from wizard.domain import view
from wizard.domain.predict import PlannedCertificate
from wizard.model.deployment import (
    NEVER,
    ROLES,
    CaKind,
    Certificate,
    Choice,
    Deployment,
    Node,
    Option,
    Store,
    Unknown,
)
from wizard.model.release import Release

UPGRADE_DAYS = 90
"""Days in which an upgrade is taken to be finished where nothing is said (facts.md section 8)."""

_BOTH = ("serverAuth", "clientAuth")
_SERVER = ("serverAuth",)


def upgrade_finish(deployment: Deployment, as_of: date) -> date | None:
    """The day by which an upgrade can be finished; None where there can be none. A day that has passed
    without the upgrade means today."""
    if deployment.upgrade_by == NEVER:
        return None
    if isinstance(deployment.upgrade_by, date):
        return max(deployment.upgrade_by, as_of)
    return as_of + timedelta(days=UPGRADE_DAYS)


def renewed(deployment: Deployment) -> Deployment:
    """Each certificate of a public CA, in either store, replaced by a valid server-only one; else the same.

    Private, self-signed, clientAuth-only and alternative-root certificates stay. Of one whose CA is not
    known, clientAuth is uncertain afterwards.
    """
    return _with_nodes(deployment, lambda node: _renewed_node(deployment, node))


def applied(deployment: Deployment, choice: Choice, fixed: Release, as_of: date) -> Deployment:
    """The deployment when the chosen options are done: all that a plan changes, and nothing else.

    Where a role takes no option, its public certificates have been renewed server-only meanwhile.
    """
    upgrade = "D" in (*(choice.core or ()), *(choice.edge or ()))
    finish = upgrade_finish(deployment, as_of) or as_of

    def change(node: Node) -> Node:
        options = (choice.core if node.role == "core" else choice.edge) or () if node.role else ()
        return _applied_node(deployment, node, options, fixed if upgrade else None, (as_of, finish))

    return _with_nodes(deployment, change)


def upgraded_and_renewed(deployment: Deployment, fixed: Release) -> Deployment:
    """Everything on the fixed release and every public certificate server-only in both stores: what is left
    to be solved by certificates when the upgrade is done. A client certificate stated where there is no
    client store is not used afterwards either: the upgrade copies the server certificate there."""
    return _with_nodes(renewed(deployment), lambda node: _upgraded_node(node, fixed))


def _upgraded_node(node: Node, fixed: Release) -> Node:
    client = None if node.has_client_store is False else node.client_certificate
    return _with(node, _raised(node, fixed), node.server_certificate or Certificate(), client)


def lasts(certificate: Certificate) -> bool:
    """Whether it allows clientAuth and its successor from the same CA will too."""
    if certificate.client_auth is not True:
        return False
    return (
        certificate.ca in ("private", "self-signed", "public-alternative") or certificate.server_auth is False
    )


def _with_nodes(deployment: Deployment, change: "object") -> Deployment:
    nodes = deployment.nodes
    for role in ROLES:
        if not any(node.role == role for node in nodes):
            nodes = (*nodes, Node(name=role, role=role))
    return replace(deployment, nodes=tuple(change(node) for node in nodes))  # type: ignore[operator]


def _renewed_node(deployment: Deployment, node: Node) -> Node:
    client = node.client_certificate
    now = view.server_certificate(deployment, node)
    server = server_only(now)
    if node.has_client_store and now.acme and now.acme_copies_to_client and now.ca == "public":
        # The box that copies each ACME renewal over the client certificate is said to be checked.
        return _with(node, node.release, server, server)
    return _with(node, node.release, server, None if client is None else server_only(client))


def _with(
    node: Node, release: Release | Unknown | None, server: Certificate, client: Certificate | None
) -> Node:
    """The node with another release and other certificates. Written out, because a plan makes hundreds of
    them and `dataclasses.replace` takes ten times as long."""
    return Node(node.name, node.role, node.cluster, node.primary, release, node.settings, server, client)


def _in_place_of(certificate: Certificate, ca: CaKind | None, eku: tuple[str, ...]) -> Certificate:
    """A new certificate in the place of this one: its dates are not known."""
    return Certificate(
        ca, certificate.issuer, eku, None, None, certificate.acme, certificate.acme_copies_to_client
    )


def server_only(certificate: Certificate) -> Certificate:
    """The certificate after its next renewal at the same CA."""
    if certificate.ca == "public":
        if _client_only(certificate):
            return certificate
        return _in_place_of(certificate, certificate.ca, _SERVER)
    if certificate.ca in (None, "unknown") and certificate.client_auth is True:
        return replace(certificate, eku=("serverAuth", "clientAuth?"), record=None)
    return certificate


def _client_only(certificate: Certificate) -> bool:
    return certificate.client_auth is True and certificate.server_auth is False


def combined(certificate: Certificate, ca: str) -> Certificate:
    """A certificate with both EKUs in the place of this one, from `ca` (public or public-alternative)."""
    kind: CaKind = "public-alternative" if ca == "public-alternative" else "public"
    return _in_place_of(certificate, kind, _BOTH)


def _private() -> Certificate:
    return Certificate(ca="private", eku=_BOTH)


def _raised(node: Node, fixed: Release) -> Release:
    release = node.known_release
    return fixed if release is None or release < fixed else release


def _applied_node(
    deployment: Deployment,
    node: Node,
    options: tuple[Option, ...],
    fixed: Release | None,
    span: tuple[date, date],
) -> Node:
    now = view.server_certificate(deployment, node)
    server = _reissued(deployment, now, options)
    if fixed is None:
        return _without_upgrade(deployment, node, server, options)
    client = _client_after(deployment, node, now, server, options, span)
    server = server_only(now) if "A" not in options else server
    return _with(node, _raised(node, fixed), server, client)


def _reissued(deployment: Deployment, certificate: Certificate, options: tuple[Option, ...]) -> Certificate:
    """The certificate when its role takes these options: combined with A or B where it is or may be of a
    public CA, else as after its next renewal."""
    maybe = certificate.ca in (None, "unknown") and deployment.public_ca != "no"
    if "A" in options and (certificate.is_public or maybe):
        return combined(certificate, "public-alternative")
    if "B" in options and (certificate.is_public or maybe):
        return combined(certificate, certificate.ca or "public")
    return server_only(certificate)


def _without_upgrade(
    deployment: Deployment, node: Node, server: Certificate, options: tuple[Option, ...]
) -> Node:
    client = node.client_certificate
    if client is not None and not _client_only(client):
        client = _reissued(deployment, client, options)
    if "C" in options and node.role == "core":
        if node.has_client_store is not True:
            server = _private()
        if node.has_client_store is not False:
            client = _private()
    return _with(node, node.release, server, client)


def _client_after(
    deployment: Deployment,
    node: Node,
    now: Certificate,
    renewed_server: Certificate,
    options: tuple[Option, ...],
    span: tuple[date, date],
) -> Certificate | None:
    """What the client store holds when option D is done (facts.md section 4, rule 11), in this order."""
    stored = node.client_certificate if node.has_client_store is not False else None
    private = "C" in options and node.role == "core"
    both = private and any(
        deployment.setting("eku_checking", edge) == "off" for edge in deployment.of_role("edge")
    )
    for held in (stored, renewed_server, now):
        if held is None or (both and held.server_auth is False):
            continue  # Checking that is off still asks for serverAuth.
        if _stays(held, span) and held.client_auth is True:
            return held
    if private:
        return _private()
    if node.role == "edge":
        if deployment.setting("peers_trust_private_ca", node) == "yes":
            return PlannedCertificate(ca="private", eku=_BOTH, from_private_ca=True)
        if deployment.setting("peers_ignore_eku", node) == "yes":
            return server_only(now)
        return PlannedCertificate(ca="public", eku=("clientAuth",))
    return server_only(now)


def _stays(certificate: Certificate, span: tuple[date, date]) -> bool:
    """Whether it serves from today to the day the upgrade is done: itself, or by a successor like it."""
    today, finish = span
    end = certificate.not_after
    if certificate.not_before is not None and certificate.not_before > today:
        return False
    return end is None or end >= (today if lasts(certificate) else finish)


def client_source(before: Deployment, then: Node | None, node: Node) -> str:
    """Where the client certificate of `node` comes from when it is `then` after the plan, as the STEP signal
    `client_source`: kept, private, public-client, copy, undecided, combined or none (no client store)."""
    if then is None or then.has_client_store is not True:
        return "none"
    client = then.client_certificate
    if client is None:
        return "copy"
    if isinstance(client, PlannedCertificate):
        if client.from_private_ca:
            return "private"
        return "undecided" if _undecided(before, node) else "public-client"
    if client.client_auth is not True:
        return "copy"
    for store in _STORES:
        held = node.certificate(store)
        if held is not None and held == client:
            return "kept"
    return "private" if client.ca == "private" else "combined"


_STORES: tuple[Store, ...] = ("client", "server")


def _undecided(deployment: Deployment, node: Node) -> bool:
    return not all(
        deployment.setting(key, node) == "no" for key in ("peers_trust_private_ca", "peers_ignore_eku")
    )
