"""What a deployment shows on the wire: nodes as ends of connections, and the certificate in each role.

Before X15.5 a node has one certificate, shown in both roles. From X15.5 it shows the one of its client store
when it opens TLS; one not stated there is the copy of the server certificate (facts.md section 4).
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from wizard.model.deployment import Certificate, Deployment, Node, Role, Store
from wizard.model.release import X15_4, X15_5, Release


def ends(deployment: Deployment, role: Role) -> tuple[Node, ...]:
    """The nodes of a role; where there is none, one that stands for the role and is named after it."""
    return deployment.of_role(role) or (Node(name=role, role=role),)


def all_ends(deployment: Deployment) -> tuple[Node, ...]:
    """Every node, those whose role is not known too; with no node at all, one for each role."""
    return deployment.nodes or (*ends(deployment, "core"), *ends(deployment, "edge"))


def two_of_a_kind(deployment: Deployment) -> Deployment:
    """The deployment with two, at the most, of the nodes of a cluster that differ in nothing but their name.

    The same states of connections occur in it: for simulations that ask no more.
    """
    met: Counter[tuple[object, ...]] = Counter()
    kept: list[Node] = []
    for node in deployment.nodes:
        certificates = (_told(node.server_certificate), _told(node.client_certificate))
        kind = (node.role, node.cluster, node.release, node.settings, *certificates)
        met[kind] += 1
        if met[kind] <= 2:
            kept.append(node)
    return replace(deployment, nodes=tuple(kept))


def _told(certificate: Certificate | None) -> tuple[object, ...]:
    """All that a certificate says of itself, but for the record that it was read from."""
    if certificate is None:
        return ()
    c = certificate
    return c.ca, c.issuer, c.eku, c.not_before, c.not_after, c.acme, c.acme_copies_to_client


def server_certificate(deployment: Deployment, node: Node) -> Certificate:
    """The certificate of the server store; where none is stated, what `public_ca` says about it."""
    if node.server_certificate is not None:
        stated = node.server_certificate
        return stated if stated.ca is not None else _with_ca(deployment, stated)
    return _with_ca(deployment, Certificate())


def _with_ca(deployment: Deployment, certificate: Certificate) -> Certificate:
    match deployment.public_ca:
        case "yes":
            return replace(certificate, ca="public")
        case "no":
            return replace(certificate, ca="private")
        case _:
            return certificate


def shown(deployment: Deployment, node: Node, store: Store) -> tuple[Certificate, ...]:
    """The certificates that may be shown in that role: one, or two where the release does not tell which."""
    server = server_certificate(deployment, node)
    client = node.client_certificate
    if store == "server" or client is None or node.has_client_store is False:
        return (server,)
    return (client,) if node.has_client_store else (server, client)


def held(deployment: Deployment) -> Iterator[tuple[Node, Store, Certificate]]:
    """Each stated certificate with its node and store, but for a client certificate below X15.5: there is no
    store for it, so it is a discrepancy and not used."""
    for node, store, certificate in deployment.certificates():
        if store == "server" or node.has_client_store is not False:
            yield node, store, certificate


def agreed(values: Iterable[bool | None]) -> bool | None:
    """The value all agree on, None where they differ or one is not known."""
    found = set(values)
    return found.pop() if len(found) == 1 else None


def validity(certificate: Certificate, as_of: date) -> str:
    """ "valid", "expired" or "not-yet" on that day; without dates a certificate counts as valid."""
    if certificate.not_after is not None and certificate.not_after < as_of:
        return "expired"
    if certificate.not_before is not None and certificate.not_before > as_of:
        return "not-yet"
    return "valid"


def band(release: Release | None) -> str | None:
    """The release as the demands of connections change with it; None where it is not known."""
    if release is None:
        return None
    if release < X15_4:
        return "before-x15.4"
    return "x15.4" if release < X15_5 else "x15.5"


def oldest(nodes: Iterable[Node]) -> Release | None:
    """The oldest release among the nodes.

    None where one that is not known could be older: only a release below X15.4 is as old as it matters.
    """
    releases = [node.known_release for node in nodes]
    known = [release for release in releases if release is not None]
    if not known or (len(known) < len(releases) and min(known) >= X15_4):
        return None
    return min(known)
