"""What steps and notices are about, with the signals of vocabulary.STEP for each: the whole deployment, a
role, a cluster of two nodes or more, a node. In working order: edge before core, primary before peers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from wizard.domain import outcome as tree
from wizard.domain import simulate, view
from wizard.domain.options import below_fixed
from wizard.model.deployment import ROLES, UNKNOWN, USES, Certificate, Choice, Deployment, Node, Origin, Role
from wizard.model.knowledge import Knowledge
from wizard.model.plan import Subject
from wizard.model.release import Release

_TWO_STAGES_BELOW = Release(8, 11, 4)
_ORDER: Mapping[str | None, int] = {"edge": 0, "core": 1, None: 2}
_OUTBOUND = ("b2b-sip", "imp-federation", "neighbor-mtls")
_SCHEDULER_ADVICE_UNTIL = "le-run-out"


def subjects(
    knowledge: Knowledge,
    deployment: Deployment,
    as_of: date,
    chosen: Choice,
    *,
    unknowns: bool,
    core_needs: bool,
) -> tuple[Subject, ...]:
    """Every subject of the deployment in working order. Where no node is known, roles stand for them.

    `unknowns`: whether there are open points; `core_needs`: what `core_needs_client_auth` says.
    """
    nodes = in_order(deployment.nodes) or (Node("edge", "edge"), Node("core", "core"))
    context = _context(knowledge, deployment, as_of, chosen, unknowns, core_needs, nodes)
    out = [context.subject("once", "", None, nodes)]
    for role in ("edge", "core"):
        of_role = tuple(node for node in nodes if node.role == role)
        if of_role:
            out.append(context.subject("role", role, of_role[0].role, of_role))
    for group in sorted(deployment.clusters(), key=lambda g: _ORDER[g[0].role]):
        if len(group) > 1:
            members = in_order(group)
            name = members[0].cluster or members[0].role or members[0].name
            shared = members[0].cluster is not None
            out.append(
                context.subject(
                    "cluster", f"{name}-{members[0].role}" if shared else name, members[0].role, members
                )
            )
    out += [context.subject("node", node.name, node.role, (node,)) for node in nodes]
    return tuple(out)


def in_order(nodes: Iterable[Node]) -> tuple[Node, ...]:
    """Nodes in working order: edge before core, cluster by cluster, the primary of each first."""
    return tuple(
        sorted(nodes, key=lambda node: (_ORDER[node.role], node.cluster or "", node.primary is not True))
    )


def _context(
    knowledge: Knowledge,
    deployment: Deployment,
    as_of: date,
    chosen: Choice,
    unknowns: bool,
    core_needs: bool,
    nodes: tuple[Node, ...],
) -> "_Context":
    after = simulate.applied(deployment, chosen, knowledge.fixed_release, as_of)
    then = {node.name: node for node in after.nodes}
    clusters = [group for group in deployment.clusters() if len(group) > 1]
    releases = {node.known_release for node in deployment.nodes if node.known_release}
    sources = {node.name: simulate.client_source(deployment, then.get(node.name), node) for node in nodes}
    weak = weakest(deployment, as_of)
    private = "C" in (*(chosen.core or ()), *(chosen.edge or ())) or "private" in sources.values()
    whole = {
        "private_ca_needed": _yes_no(private),
        "weakest_node": _yes_no(bool(weak)),
        "outcome": tree.outcome(deployment),
        "same_release": _yes_no(len(releases) <= 1),
        "outbound_to_peers": _any(_tri(deployment.uses.get(use)) for use in _OUTBOUND),
        "any_below_fixed": below_fixed(knowledge, deployment),
        "any_cluster": _yes_no(bool(clusters)),
        "has_unknowns": _yes_no(unknowns),
        "past_review": _yes_no(as_of > knowledge.edition.review_by),
        "le_scheduler_advice": _scheduler_advice(knowledge, as_of),
        "no_mtls_contradicted": _yes_no(contradicted(deployment)),
        **{use.replace("-", "_"): deployment.uses.get(use, UNKNOWN) for use in USES},
    }
    return _Context(
        knowledge,
        deployment,
        as_of,
        chosen,
        sources,
        core_needs,
        frozenset(node.name for group in clusters for node in group),
        whole,
    )


@dataclass(frozen=True, slots=True)
class _Context:
    knowledge: Knowledge
    deployment: Deployment
    as_of: date
    chosen: Choice
    sources: Mapping[str, str]
    core_needs: bool
    in_clusters: frozenset[str]
    whole: Mapping[str, str]

    def subject(self, each: str, name: str, role: Role | None, nodes: tuple[Node, ...]) -> Subject:
        return Subject(each, name, role, nodes, self._signals(each, role, nodes))

    def _signals(self, each: str, role: Role | None, nodes: tuple[Node, ...]) -> dict[str, str]:
        d, k = self.deployment, self.knowledge
        roles: tuple[Role, ...] = (role,) if role else ROLES
        options = {o for r in roles for o in ((self.chosen.core if r == "core" else self.chosen.edge) or ())}
        certificates = [view.server_certificate(d, node) for node in nodes]
        clients = [c for node in nodes for c in view.shown(d, node, "client")]
        releases = [node.known_release for node in nodes]
        sources = [self.sources[node.name] for node in nodes]
        signals = {
            **self.whole,
            **{f"option_{o.lower()}": _yes_no(o in options) for o in ("A", "B", "C", "D")},
            "role": "none" if each == "once" else role or "unknown",
            "release": _release(k, releases),
            "two_stage_upgrade": _yes_no(any(r is not None and r < _TWO_STAGES_BELOW for r in releases)),
            "in_cluster": _yes_no(any(node.name in self.in_clusters for node in nodes)),
            "primary": _primary(nodes) if each == "node" else "unknown",
            "cluster_tls_verify": self._setting("cluster_tls_verify", nodes),
            "holds_public": _any(c.is_public if c.ca not in (None, UNKNOWN) else None for c in certificates),
            "issuer_is_lets_encrypt": _yes_no(any(c.issuer == "lets-encrypt" for c in certificates)),
            "acme": _any(c.acme for c in certificates),
            "acme_copies_to_client": _any(_copies(c) for c in certificates),
            "certificate_known": _yes_no(
                all(isinstance(c.eku, tuple) and c.ca is not None for c in certificates)
            ),
            "client_source": _first_of(_SOURCES, sources),
            "must_show_client_auth": _yes_no(self._must_show(role)),
            "expired": _yes_no(
                any(view.validity(c, self.as_of) == "expired" for c in (*certificates, *clients))
            ),
            "ends_before_upgrade": _yes_no(any(self._gap(node) for node in nodes)),
            "server_only": _any(_server_only(c) for c in certificates),
            "certificate_read": _yes_no(all(_read(node) for node in nodes)),
            "client_store": _first_of(_STORES, (self._client_store(node) for node in nodes)),
        }
        for key, default in _SETTINGS.items():
            signals[key] = self._setting(key, nodes, default)
        return signals

    def _setting(self, key: str, nodes: tuple[Node, ...], default: str = UNKNOWN) -> str:
        found = {self.deployment.setting(key, node) or default for node in nodes}
        if len(found) == 1:
            return found.pop()
        return next((v for v in ("enforce", "on", "no") if v in found), UNKNOWN)

    def _client_store(self, node: Node) -> str:
        """What the client store holds today, as the STEP signal `client_store`."""
        if node.has_client_store is not True:
            return "none"
        held = view.shown(self.deployment, node, "client")[0]
        if view.validity(held, self.as_of) != "valid":
            return "none"
        if held.client_auth is None:
            return UNKNOWN
        if not held.client_auth:
            return "server-only"
        if held.ca in ("private", "self-signed"):
            return "private"
        return "combined" if held.server_auth else "public-client"

    def _gap(self, node: Node) -> bool:
        """Whether its combined public certificate ends before the upgrade, with nothing to replace it."""
        options = (self.chosen.core if node.role == "core" else self.chosen.edge) or ()
        finish = simulate.upgrade_finish(self.deployment, self.as_of)
        held = view.server_certificate(self.deployment, node)
        if "D" not in options or {"A", "B"} & set(options) or finish is None or held.not_after is None:
            return False
        combined = held.is_public and held.server_auth is not False and held.client_auth is not False
        return combined and node.has_client_store is not True and held.not_after < finish

    def _must_show(self, role: Role | None) -> bool:
        d = self.deployment
        core = self.core_needs
        edge = any(d.uses.get(use) == "yes" for use in (*_OUTBOUND, "mra-onboarding"))
        return core if role == "core" else edge if role == "edge" else core or edge


def _scheduler_advice(knowledge: Knowledge, as_of: date) -> str:
    deadline = knowledge.deadlines.get(_SCHEDULER_ADVICE_UNTIL)
    return "current" if deadline is not None and as_of < deadline.date else "run-out"


def weakest(deployment: Deployment, as_of: date) -> tuple[str, ...]:
    """The nodes whose release or certificate is worse than their peers' and so decides for the cluster."""
    out: list[str] = []
    for group in deployment.clusters():
        ranks = {node.name: _rank(deployment, node, as_of) for node in group}
        if len(set(ranks.values())) > 1:
            worst = min(ranks.values())
            out += [name for name, rank in ranks.items() if rank == worst]
    return tuple(out)


def _rank(deployment: Deployment, node: Node, as_of: date) -> tuple[bool, int, Release]:
    """Expired, then without clientAuth, then of an older release: the lowest is the worst."""
    certificate = view.shown(deployment, node, "client")[0]
    allows = {False: 0, None: 1, True: 2}[certificate.client_auth]
    return view.validity(certificate, as_of) == "valid", allows, node.known_release or Release(0)


def contradicted(deployment: Deployment) -> bool:
    """Whether "none of the uses" was answered and the evidence says otherwise."""
    denied = [
        use
        for use in USES
        if deployment.uses.get(use) == "no"
        or (use in deployment.uses and deployment.origins.get(f"uses/{use}", _SAID).other == "no")
    ]
    return len(denied) == len(USES) and tree.mtls(deployment) == "some"


_SAID = Origin("answered")
_SOURCES = ("undecided", "private", "public-client", "copy", "combined", "kept", "none")
_STORES = ("server-only", UNKNOWN, "none", "combined", "public-client", "private")


def _first_of(order: tuple[str, ...], found: Iterable[str]) -> str:
    values = set(found)
    return next(value for value in order if value in values)


def _read(node: Node) -> bool:
    return node.server_certificate is not None and node.server_certificate.record is not None


_SETTINGS = {
    "eku_checking": "on",
    "server_eku_upload": UNKNOWN,
    "peers_ignore_eku": UNKNOWN,
    "peers_trust_private_ca": UNKNOWN,
    "cucm_eku_validation": UNKNOWN,
    "neighbor_tls_verify": "on",
}


def _yes_no(value: bool) -> str:
    return "yes" if value else "no"


def _tri(value: str | None) -> bool | None:
    return {"yes": True, "no": False}.get(value or "")


def _any(values: Iterable[bool | None]) -> str:
    """yes where one is, unknown where one may be, else no."""
    found = set(values)
    return "yes" if True in found else "unknown" if None in found else "no"


def _release(knowledge: Knowledge, releases: list[Release | None]) -> str:
    known = [release for release in releases if release is not None]
    if not known or (len(known) < len(releases) and view.band(min(known)) != "before-x15.4"):
        return UNKNOWN
    return "fixed" if min(known) >= knowledge.fixed_release else view.band(min(known)) or UNKNOWN


def _primary(nodes: tuple[Node, ...]) -> str:
    return {True: "yes", False: "no", None: UNKNOWN}[nodes[0].primary]


def _copies(certificate: Certificate) -> bool | None:
    if certificate.acme is not True:
        return certificate.acme
    return True if certificate.acme_copies_to_client is None else certificate.acme_copies_to_client


def _server_only(certificate: Certificate) -> bool | None:
    if certificate.client_auth is None:
        return None
    return certificate.server_auth is True and certificate.client_auth is False
