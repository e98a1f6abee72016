"""What a deployment already tells of the questions that troubleshooting asks.

A question may name a signal in `known_from`; its values are the answers. A signal is told only where the
deployment states it without doubt: a default or "could not say" is asked again, since the trouble may be
that the default does not hold.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping

from wizard.domain import view
from wizard.domain.known import origin_of
from wizard.domain.vocabulary import BANDS, Vocabulary
from wizard.model.deployment import UNKNOWN, Deployment, Node, Store, Use
from wizard.model.diagnosis import Known
from wizard.model.troubleshooting import Troubleshooting

EKU = ("server-only", "client-auth")
ON_OFF = ("on", "off")
YES_NO = ("yes", "no")
_FAR_ENDS: Mapping[Use, str] = {"b2b-sip": "b2b", "imp-federation": "federation", "mra-onboarding": "cloud"}
"""The far end that refuses a certificate, by use."""

SIGNALS: Vocabulary = {
    "core_release": BANDS,
    "edge_release": BANDS,
    "any_release": BANDS,
    # The oldest release of the clusters of two nodes or more.
    "cluster_release": BANDS,
    "cluster_tls_verify": ("enforce", "permissive"),
    # The certificate that a node shows: server-only as soon as one node's lacks clientAuth.
    "cluster_eku": EKU,
    "edge_server_eku": EKU,
    "core_client_eku": EKU,
    "edge_client_eku": EKU,
    "any_client_eku": EKU,
    "eku_checking": ON_OFF,
    "server_eku_upload": ON_OFF,
    "neighbor_tls_verify": ON_OFF,
    "peers_ignore_eku": YES_NO,
    "acme": ("automated", "not-automated"),
    "acme_copies": YES_NO,
    "far_end": ("b2b", "federation", "cloud"),
}
"""The signals and the values each can take."""


def known_answers(troubleshooting: Troubleshooting, deployment: Deployment) -> Mapping[str, Known]:
    """The answers that the deployment gives, by question, each with where it came from."""
    told = {signal: _SOURCES[signal](deployment) for signal in SIGNALS}
    return {
        ask.id: found
        for ask in troubleshooting.asks.values()
        if ask.known_from and (found := told[ask.known_from]) is not None and found.value in ask.answers
    }


def _release(nodes: Iterable[Node], deployment: Deployment) -> Known | None:
    """The release band on which all nodes agree."""
    nodes = tuple(nodes)
    bands = {view.band(node.known_release) for node in nodes}
    band = bands.pop() if len(bands) == 1 else None
    if band is None:
        return None
    return _from(deployment, (f"node/{node.name}/release" for node in nodes), band, _names(nodes))


def _oldest(deployment: Deployment) -> Known | None:
    """A cluster goes by its oldest node; where clusters differ it has to be asked which is meant."""
    found = {view.band(view.oldest(group)) for group in _clusters(deployment)}
    band = found.pop() if len(found) == 1 else None
    if band is None:
        return None
    nodes = tuple(node for group in _clusters(deployment) for node in group)
    return _from(deployment, (f"node/{node.name}/release" for node in nodes), band, _names(nodes))


def _eku(nodes: Iterable[Node], store: Store, deployment: Deployment) -> Known | None:
    """server-only where one node's certificate surely lacks clientAuth, client-auth where none does."""
    nodes = tuple(nodes)
    allowed = {
        node.name: view.agreed(one.client_auth for one in view.shown(deployment, node, store))
        for node in nodes
    }
    lacking = tuple(node for node in nodes if allowed[node.name] is False)
    if lacking:
        return _certificates(deployment, lacking, "server-only")
    return _certificates(deployment, nodes, "client-auth") if nodes and all(allowed.values()) else None


def _certificates(deployment: Deployment, nodes: Iterable[Node], value: str) -> Known:
    nodes = tuple(nodes)
    keys = (f"node/{node.name}/{store}_certificate" for node in nodes for store in ("client", "server"))
    return _from(deployment, keys, value, _names(nodes))


def _setting(key: str, nodes: Iterable[Node], deployment: Deployment) -> Known | None:
    """The value on which the deployment and its nodes agree, where it is stated for each of `nodes`."""
    general = deployment.settings.get(key)
    stated = {f"settings/{key}": general}
    stated |= {f"node/{node.name}/settings/{key}": node.settings.get(key) for node in deployment.nodes}
    values = {path: value for path, value in stated.items() if value not in (None, UNKNOWN)}
    found = set(values.values())
    whole = all((node.settings.get(key) or general) in found for node in nodes)
    value = found.pop() if len(found) == 1 and whole else None
    return None if value is None else _from(deployment, values, value, "")


def _peers_ignore(deployment: Deployment) -> Known | None:
    """What holds for the far ends in general, where no far end is said to differ."""
    known = _setting("peers_ignore_eku", (), deployment)
    differ = known and any(peer.ignores_eku not in (None, known.value) for peer in deployment.peers)
    return None if differ else known


def _with_checking(deployment: Deployment) -> tuple[Node, ...]:
    """The nodes that may have an EKU checking mode."""
    return tuple(n for n in deployment.nodes if view.band(n.known_release) not in ("before-x15.4", "x15.4"))


def _far_end(deployment: Deployment) -> Known | None:
    """The one kind of far end that the deployment's uses leave."""
    found = [use for use in _FAR_ENDS if deployment.uses.get(use) == "yes"]
    if len(found) != 1 or any(deployment.uses.get(use) in (None, UNKNOWN) for use in _FAR_ENDS):
        return None
    return _from(deployment, [f"uses/{found[0]}"], _FAR_ENDS[found[0]], "")


def _acme(deployment: Deployment) -> Known | None:
    return _flag(deployment, "acme", "automated", "not-automated")


def _acme_copies(deployment: Deployment) -> Known | None:
    return _flag(deployment, "acme_copies_to_client", "yes", "no")


def _flag(deployment: Deployment, name: str, yes: str, no: str) -> Known | None:
    edges = [node for node in deployment.of_role("edge") if node.server_certificate is not None]
    flags = {getattr(node.server_certificate, name) for node in edges}
    flag = flags.pop() if len(flags) == 1 else None
    if flag is None:
        return None
    keys = (f"node/{node.name}/server_certificate/{name}" for node in edges)
    return _from(deployment, keys, yes if flag else no, _names(edges))


def _from(deployment: Deployment, keys: Iterable[str], value: str, about: str) -> Known:
    """The value with the first origin that was recorded for it."""
    origins = [origin_of(deployment, key) for key in keys]
    read = next((origin for origin in origins if origin.kind in ("certificate", "dump")), origins[0])
    return Known(value, read.kind, ": ".join(part for part in (about, read.detail) if part))


def _names(nodes: Iterable[Node]) -> str:
    return ", ".join(node.name for node in nodes)


def _clusters(deployment: Deployment) -> Iterator[tuple[Node, ...]]:
    return (group for group in deployment.clusters() if len(group) > 1)


def _clustered(deployment: Deployment) -> tuple[Node, ...]:
    return tuple(node for group in _clusters(deployment) for node in group)


_SOURCES: Mapping[str, Callable[[Deployment], Known | None]] = {
    "core_release": lambda d: _release(d.of_role("core"), d),
    "edge_release": lambda d: _release(d.of_role("edge"), d),
    "any_release": lambda d: _release(d.nodes, d),
    "cluster_release": _oldest,
    "cluster_tls_verify": lambda d: _setting("cluster_tls_verify", _clustered(d), d),
    "cluster_eku": lambda d: _eku(_clustered(d), "client", d),
    "edge_server_eku": lambda d: _eku(d.of_role("edge"), "server", d),
    "core_client_eku": lambda d: _eku(d.of_role("core"), "client", d),
    "edge_client_eku": lambda d: _eku(d.of_role("edge"), "client", d),
    "any_client_eku": lambda d: _eku(d.nodes, "client", d),
    "eku_checking": lambda d: _setting("eku_checking", _with_checking(d), d),
    "server_eku_upload": lambda d: _setting("server_eku_upload", d.of_role("edge"), d),
    "neighbor_tls_verify": lambda d: _setting("neighbor_tls_verify", d.nodes, d),
    "peers_ignore_eku": _peers_ignore,
    "acme": _acme,
    "acme_copies": _acme_copies,
    "far_end": _far_end,
}
