"""What each connection does: predicted one by one from certificates, releases and settings.

Rules and their order are in `content/connections`; here their signals are computed. The checker's release
decides what is demanded, the presenter's which store is shown (facts.md section 4, "How to predict").
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from wizard.domain import view
from wizard.domain.rules import named, try_all
from wizard.domain.vocabulary import CONNECTION
from wizard.model.deployment import ROLES, UNKNOWN, Certificate, Deployment, Node, Peer
from wizard.model.knowledge import Connection, ConnectionRule, Knowledge, State
from wizard.model.plan import Prediction

_CERTIFICATE_OR_RELEASE = frozenset({"client_auth", "server_auth", "checker_release"})


@dataclass(frozen=True, slots=True)
class PlannedCertificate(Certificate):
    """A client certificate that a plan would obtain for an edge: whether far ends accept it is their fact."""

    from_private_ca: bool = False


class Pair(NamedTuple):
    """The ends of one connection and the nodes behind them. A cluster goes by its oldest release.

    A tuple, because a deployment of 200 nodes has some ten thousand, made anew for each simulation.
    """

    connection: Connection
    start: str
    end: str
    presenter: Node | None
    checker: Node | None
    peer: Peer | None = None
    cluster: bool = False
    cluster_release: str | None = None

    @property
    def key(self) -> tuple[str, str, str, str]:
        """(connection id, start, end, name of a far end that differs)."""
        return self.connection.id, self.start, self.end, self.peer.name if self.peer else ""


def pairs(knowledge: Knowledge, deployment: Deployment) -> Iterator[Pair]:
    """Every connection that the deployment uses, with its ends, in the order of the content."""
    for connection in knowledge.connections.values():
        if connection.use and deployment.uses.get(connection.use) != "yes":
            continue
        yield from _PAIRINGS[connection.pairs](connection, deployment)


def predict(
    knowledge: Knowledge, deployment: Deployment, as_of: date
) -> dict[tuple[str, str, str, str], Prediction]:
    """The prediction for each connection that the deployment uses, by the key of its pair, in order."""
    judge = _Judge(knowledge, deployment, as_of)
    return {pair.key: judge.worded(pair) for pair in pairs(knowledge, deployment)}


def states(knowledge: Knowledge, deployment: Deployment, as_of: date) -> Iterator[tuple[Pair, State]]:
    """Each connection with its state only: for simulations, where nobody reads the words."""
    judge = _Judge(knowledge, deployment, as_of)
    for pair in pairs(knowledge, deployment):
        yield pair, judge.decided(pair).state


def _core_edge(connection: Connection, deployment: Deployment) -> Iterator[Pair]:
    for core in view.ends(deployment, "core"):
        for edge in view.ends(deployment, "edge"):
            yield Pair(connection, core.name, edge.name, core, edge)


def _edge_core(connection: Connection, deployment: Deployment) -> Iterator[Pair]:
    for edge in view.ends(deployment, "edge"):
        for core in view.ends(deployment, "core"):
            yield Pair(connection, edge.name, core.name, edge, core)


def _cluster(connection: Connection, deployment: Deployment) -> Iterator[Pair]:
    for group in deployment.clusters():
        release = view.band(view.oldest(group))
        for i, one in enumerate(group):
            for other in group[i + 1 :]:
                yield Pair(connection, one.name, other.name, one, other, None, True, release)


def _far_ends(connection: Connection, deployment: Deployment) -> tuple[Peer | None, ...]:
    return (None, *(peer for peer in deployment.peers if peer.use == connection.use))


def _outbound(nodes: tuple[Node, ...], connection: Connection, deployment: Deployment) -> Iterator[Pair]:
    for node in nodes:
        for peer in _far_ends(connection, deployment):
            yield Pair(connection, node.name, "peer", node, None, peer)


def _inbound(nodes: tuple[Node, ...], connection: Connection, deployment: Deployment) -> Iterator[Pair]:
    for node in nodes:
        for peer in _far_ends(connection, deployment):
            yield Pair(connection, "peer", node.name, None, node, peer)


def _core_peer(connection: Connection, deployment: Deployment) -> Iterator[Pair]:
    for core in view.ends(deployment, "core"):
        yield Pair(connection, core.name, "peer", core, None)


def _edge_cloud(connection: Connection, deployment: Deployment) -> Iterator[Pair]:
    for edge in view.ends(deployment, "edge"):
        yield Pair(connection, edge.name, "cloud", edge, None)


def _client_node(connection: Connection, deployment: Deployment) -> Iterator[Pair]:
    for node in view.all_ends(deployment):
        yield Pair(connection, "client", node.name, node, None)


def _node_cloud(connection: Connection, deployment: Deployment) -> Iterator[Pair]:
    for node in view.all_ends(deployment):
        yield Pair(connection, node.name, "cloud", None, node)


_PAIRINGS = {
    "core-edge": _core_edge,
    "edge-core": _edge_core,
    "cluster": _cluster,
    "node-peer": lambda c, d: _outbound(view.all_ends(d), c, d),
    "peer-node": lambda c, d: _inbound(view.all_ends(d), c, d),
    "edge-peer": lambda c, d: _outbound(view.ends(d, "edge"), c, d),
    "peer-edge": lambda c, d: _inbound(view.ends(d, "edge"), c, d),
    "edge-cloud": _edge_cloud,
    "core-peer": _core_peer,
    "client-node": _client_node,
    "node-cloud": _node_cloud,
}


@dataclass(frozen=True, slots=True)
class _Decided:
    """What the rules say of signals: the rule, the state, and the unknown signals that would tell."""

    rule: ConnectionRule
    state: State
    deciding: tuple[str, ...]


class _Judge:
    """Judges the connections of one deployment on one day. Nodes that differ in nothing but their name are
    one class, and each pair of classes is judged once."""

    def __init__(self, knowledge: Knowledge, deployment: Deployment, as_of: date) -> None:
        self.words = knowledge.words
        self.deployment = deployment
        self.as_of = as_of
        self._names: dict[str, tuple[str, ...]] = {}
        self._decided: dict[tuple[object, ...], _Decided] = {}
        self._classes: dict[tuple[object, ...], int] = {}
        self._class_of: dict[str, int] = {}
        self._nodes: dict[tuple[str, str, str], object] = {}

    def decided(self, pair: Pair) -> _Decided:
        key = (
            pair.connection.id,
            self._class(pair.presenter),
            self._class(pair.checker),
            pair.peer,
            pair.cluster_release,
            pair.end == "cloud",
        )
        found = self._decided.get(key)
        if found is None:
            found = self._decided[key] = self._decide(pair)
        return found

    def worded(self, pair: Pair) -> Prediction:
        found = self.decided(pair)
        presenter, checker = self._labels(pair)
        rule = found.rule
        if found.deciding:
            what = ", ".join(
                self.words.say(f"signal.{name}", presenter=presenter, checker=checker)
                for name in found.deciding
            )
            why = self.words.say(f"why.undecided-{found.state}", what=what)
            return Prediction(found.state, why, pair.connection.source, found.deciding)
        why = self.words.say(f"why.{rule.why}", presenter=presenter, checker=checker)
        return Prediction(found.state, why, rule.source, (rule.ask,) if rule.ask else ())

    def _class(self, node: Node | None) -> int:
        """The class of a node by all that a signal may look at, its name left out: a small number."""
        if node is None:
            return -1
        found = self._class_of.get(node.name)
        if found is None:
            looks = (
                node.role,
                node.release,
                node.settings,
                _seen(node.server_certificate),
                _seen(node.client_certificate),
            )
            found = self._class_of[node.name] = self._classes.setdefault(looks, len(self._classes))
        return found

    def _decide(self, pair: Pair) -> _Decided:
        found = self._by_rules(pair)
        if not pair.cluster or found.state == "unknown":
            return found
        # Which store cluster-db shows on X15.5 is not published: where it matters, nothing is claimed.
        other = self._by_rules(pair._replace(connection=replace(pair.connection, shows="server")))
        return found if other.state == found.state else _Decided(found.rule, "unknown", ("cluster_store",))

    def _by_rules(self, pair: Pair) -> _Decided:
        names = self._names.get(pair.connection.id)
        if names is None:
            names = self._names[pair.connection.id] = named(pair.connection.rules)
        signals = {name: _SIGNALS[name](self, pair) for name in names}
        tried = try_all(pair.connection.rules, signals, CONNECTION, "then")
        rule = tried.rules[0]
        if not tried.deciding:
            return _Decided(rule, rule.then, ())
        unknown = not _CERTIFICATE_OR_RELEASE.isdisjoint(tried.deciding)
        return _Decided(rule, "unknown" if unknown else "depends", tried.deciding)

    def _labels(self, pair: Pair) -> tuple[str, str]:
        forward = pair.connection.presenter in ("from", "both")
        far = pair.peer.name if pair.peer else ""
        start = far if far and pair.start == "peer" else self._label(pair.start)
        end = far if far and pair.end == "peer" else self._label(pair.end)
        return (start, end) if forward else (end, start)

    def _label(self, end: str) -> str:
        """A node's name; the role in words for a node that only stands for its role and is named after it."""
        return self.words.say(f"role.{end}") if end in ROLES else end

    # Signals. Each gives a value of vocabulary.CONNECTION, or None where it is not known.

    def allows(self, node: Node, store: str, name: str) -> bool | None:
        key = (node.name, store, name)
        if key not in self._nodes:
            certificates = view.shown(self.deployment, node, "server" if store == "server" else "client")
            self._nodes[key] = view.agreed(getattr(c, name) for c in certificates)
        return self._nodes[key]  # type: ignore[return-value]

    def validity(self, node: Node, store: str) -> str:
        key = (node.name, store, "validity")
        if key not in self._nodes:
            certificates = view.shown(self.deployment, node, "server" if store == "server" else "client")
            self._nodes[key] = _worst(view.validity(c, self.as_of) for c in certificates)
        return self._nodes[key]  # type: ignore[return-value]

    def _presenters(self, pair: Pair) -> tuple[Node, ...]:
        nodes = (pair.presenter, pair.checker) if pair.connection.presenter == "both" else (pair.presenter,)
        return tuple(node for node in nodes if node is not None)

    def presented(self, pair: Pair, name: str) -> str | None:
        found = {self.allows(node, pair.connection.shows, name) for node in self._presenters(pair)}
        if False in found:
            return "no"
        return None if None in found else "yes"

    def presented_validity(self, pair: Pair) -> str:
        return _worst(self.validity(node, pair.connection.shows) for node in self._presenters(pair))

    def acceptor_server_auth(self, pair: Pair) -> str:
        """The demand is on the presenter; what is not known of the accepting side is told at its own
        connections (mra-service, https)."""
        allows = self.allows(pair.checker, "server", "server_auth") if pair.checker else None
        return "no" if allows is False else "yes"

    def acceptor_validity(self, pair: Pair) -> str:
        return self.validity(pair.checker, "server") if pair.checker else "valid"

    def checker_release(self, pair: Pair) -> str | None:
        if pair.cluster:
            return pair.cluster_release
        return view.band(pair.checker.known_release) if pair.checker else None

    def setting(self, key: str, node: Node | None, default: str | None = None) -> str | None:
        value = self.deployment.setting(key, node)
        if value is None:
            return default
        return None if value == UNKNOWN else value

    def cluster_tls_verify(self, pair: Pair) -> str | None:
        """Enforce as soon as one of the peers enforces: it refuses the other."""
        found = {self.setting("cluster_tls_verify", node) for node in self._presenters(pair)}
        if "enforce" in found:
            return "enforce"
        return None if None in found else "permissive"

    def peer_ignores(self, pair: Pair) -> str | None:
        own = pair.peer.ignores_eku if pair.peer else None
        if own is not None:
            return None if own == UNKNOWN else own
        return self.setting("peers_ignore_eku", pair.presenter)

    def peer_accepts(self, pair: Pair) -> str:
        planned = [
            certificate
            for node in self._presenters(pair)
            for certificate in view.shown(self.deployment, node, "client")
            if isinstance(certificate, PlannedCertificate)
        ]
        if not planned:
            return "yes"
        if pair.end == "cloud":
            return "not-known"
        if not all(certificate.from_private_ca for certificate in planned):
            return "yes" if self.peer_ignores(pair) == "yes" else "not-known"
        own = pair.peer.trusts_private_ca if pair.peer else None
        trusts = own if own is not None else self.setting("peers_trust_private_ca", pair.presenter)
        return trusts if trusts in ("yes", "no") else "not-known"


def _seen(certificate: Certificate | None) -> tuple[object, ...]:
    if certificate is None:
        return ()
    planned = certificate.from_private_ca if isinstance(certificate, PlannedCertificate) else None
    return certificate.ca, certificate.eku, certificate.not_before, certificate.not_after, planned


def _worst(found: Iterator[str]) -> str:
    values = set(found)
    return "expired" if "expired" in values else "not-yet" if "not-yet" in values else "valid"


_SIGNALS: Mapping[str, Callable[[_Judge, Pair], str | None]] = {
    "client_auth": lambda judge, pair: judge.presented(pair, "client_auth"),
    "server_auth": lambda judge, pair: judge.presented(pair, "server_auth"),
    "lacks_server_auth": lambda judge, pair: "yes" if judge.presented(pair, "server_auth") == "no" else "no",
    "validity": lambda judge, pair: judge.presented_validity(pair),
    "acceptor_server_auth": lambda judge, pair: judge.acceptor_server_auth(pair),
    "acceptor_validity": lambda judge, pair: judge.acceptor_validity(pair),
    "checker_release": lambda judge, pair: judge.checker_release(pair),
    "eku_checking": lambda judge, pair: judge.setting("eku_checking", pair.checker, "on"),
    "cluster_tls_verify": lambda judge, pair: judge.cluster_tls_verify(pair),
    "neighbor_tls_verify": lambda judge, pair: judge.setting("neighbor_tls_verify", pair.checker, "on"),
    "peers_ignore_eku": lambda judge, pair: judge.peer_ignores(pair),
    "peer_accepts": lambda judge, pair: judge.peer_accepts(pair),
    "cucm_eku_validation": lambda judge, pair: judge.setting("cucm_eku_validation", pair.presenter),
}
