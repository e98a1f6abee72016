"""facts.md sections 4 and 8 a second time, written from the page and not from `wizard.domain`.

Slow and plain: what is not known is tried as every world there could be. Where the two disagree, one of them
has misread the page. Keys of connections are (id, from, to, name of a far end that differs).
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations, product

from wizard.model.deployment import UNKNOWN, USES, Certificate, Deployment, Node, Peer
from wizard.model.release import Release

Key = tuple[str, str, str, str]
World = dict[str, object]
X154, X155, FIXED = Release(15, 4), Release(15, 5), Release(15, 5, 20)
SOFT = ("checking", "verify", "mode", "ignores", "validation")
"""What is not known of a setting or a far end makes it depend; of a certificate or a release, unknown."""


def decided(world: World, rule: Callable[[World], str]) -> str:
    """The state under every world that what is None could be. Values: True or False, bands 0 to 2."""
    free = [name for name, value in world.items() if value is None]
    values = {name: (0, 1, 2) if name == "band" else (True, False) for name in free}
    told = {
        chosen: rule({**world, **dict(zip(free, chosen, strict=True))})
        for chosen in product(*(values[name] for name in free))
    }
    pivots = {
        free[i]
        for one, other in combinations(told, 2)
        for i in range(len(free))
        if told[one] != told[other] and one[:i] + one[i + 1 :] == other[:i] + other[i + 1 :]
    }
    if not pivots:
        return next(iter(told.values()))
    return "depends" if pivots <= set(SOFT) else "unknown"


def server(d: Deployment, node: Node) -> Certificate:
    """What stands in the server store; without a CA said, public_ca tells it."""
    stated = node.server_certificate or Certificate()
    told = {"yes": "public", "no": "private"}.get(d.public_ca or "")
    return replace(stated, ca=told) if stated.ca is None and told else stated  # type: ignore[arg-type]


def as_client(d: Deployment, node: Node) -> list[Certificate]:
    """What the node may show when it opens TLS."""
    release, client = node.known_release, node.client_certificate
    if client is None or (release is not None and release < X155):
        return [server(d, node)]
    return [client] if release is not None else [server(d, node), client]


def auth(certificates: list[Certificate], name: str) -> bool | None:
    """Whether all of them allow it: None where they differ, or one is not known."""
    found = {getattr(certificate, name) for certificate in certificates}
    return found.pop() if len(found) == 1 else None


def invalid(certificates: list[Certificate], day: date) -> bool:
    """Whether one of them is not valid on that day; a day that is not said is no reason."""
    return any((c.not_after or date.max) < day or (c.not_before or date.min) > day for c in certificates)


def band(release: Release | None) -> int | None:
    """0 before X15.4, 1 on X15.4, 2 from X15.5."""
    return None if release is None else (release >= X154) + (release >= X155)


def setting(
    d: Deployment, node: Node | None, name: str, true: str, default: str | None = None
) -> bool | None:
    """Whether the setting, of the node or else of the deployment, is `true`; None where it is not known."""
    own = node.settings.get(name) if node is not None else None
    value = own or d.settings.get(name) or default
    return None if value in (None, UNKNOWN) else value == true


def ends(d: Deployment, role: str) -> list[Node]:
    """The nodes of the role, or the role itself."""
    return [n for n in d.nodes if n.role == role] or [Node(role, role)]  # type: ignore[arg-type]


def states(
    d: Deployment, day: date, accepts: Callable[[Node, Peer | None, str], str] | None = None
) -> dict[Key, str]:
    """What each connection does on that day. `accepts` says whether a far end takes what a plan obtained."""
    return dict(_states(d, day, accepts or (lambda node, peer, end: "works")))


def _states(
    d: Deployment, day: date, accepts: Callable[[Node, Peer | None, str], str]
) -> Iterator[tuple[Key, str]]:
    used = {use for use in USES if d.uses.get(use) == "yes"}
    everyone = list(d.nodes) or [*ends(d, "core"), *ends(d, "edge")]
    for core, edge in product(ends(d, "core"), ends(d, "edge")):
        if "uc-traversal" in used:
            yield ("uc-traversal", core.name, edge.name, ""), _traversal(d, day, core, edge)
            yield ("ssh-tunnel", core.name, edge.name, ""), _tunnel(d, day, core, edge)
            yield ("mra-service", edge.name, core.name, ""), _service(d, day, edge, core)
        if "traversal-mtls" in used:
            yield ("traversal-mtls", core.name, edge.name, ""), _traversal(d, day, core, edge)
    groups: dict[tuple[str, str], list[Node]] = {}
    for node in d.nodes:
        groups.setdefault((node.role or f"?{node.name}", node.cluster or ""), []).append(node)
    for group in groups.values():
        for one, other in combinations(group, 2):
            yield ("cluster-db", one.name, other.name, ""), _replication(d, day, group, one, other)
    for use, id, nodes in (
        ("neighbor-mtls", "neighbor", everyone),
        ("b2b-sip", "b2b", ends(d, "edge")),
        ("imp-federation", "federation", ends(d, "edge")),
    ):
        if use in used:
            for node in nodes:
                for peer in (None, *(p for p in d.peers if p.use == use)):
                    name = peer.name if peer else ""
                    yield (f"{id}-inbound", "peer", node.name, name), _inbound(d, day, id, node)
                    yield (f"{id}-outbound", node.name, "peer", name), _outbound(d, day, node, peer, accepts)
    if "mra-onboarding" in used:
        for edge in ends(d, "edge"):
            world: World = {"client": auth(as_client(d, edge), "client_auth")}
            with_client = accepts(edge, None, "cloud")
            state = decided(world, lambda w, s=with_client: s if w["client"] else "depends")  # type: ignore[misc]
            yield ("mra-onboarding", edge.name, "cloud", ""), _valid(d, day, edge, state)
    if "uc-traversal" in used:
        for core in ends(d, "core"):
            world = {
                "client": auth(as_client(d, core), "client_auth"),
                "validation": setting(d, core, "cucm_eku_validation", "on"),
            }
            state = decided(world, lambda w: "works" if w["client"] or not w["validation"] else "fails")
            yield ("cucm-tftp", core.name, "peer", ""), _valid(d, day, core, state)
    for node in everyone:
        shown = [server(d, node)]
        state = decided({"server": auth(shown, "server_auth")}, lambda w: "works" if w["server"] else "fails")
        yield ("https", "client", node.name, ""), "fails" if invalid(shown, day) else state
        yield ("smart-licensing", node.name, "cloud", ""), "works"


def _valid(d: Deployment, day: date, node: Node, state: str) -> str:
    return "fails" if invalid(as_client(d, node), day) else state


def _traversal(d: Deployment, day: date, core: Node, edge: Node) -> str:
    accepting = server(d, edge)
    if invalid([accepting], day) or accepting.server_auth is False:
        return "fails"
    world: World = {
        "client": auth(as_client(d, core), "client_auth"),
        "band": band(edge.known_release),
        "checking": setting(d, edge, "eku_checking", "on", "on"),
    }

    lacks = auth(as_client(d, core), "server_auth") is False

    def rule(w: World) -> str:
        off = w["band"] == 2 and not w["checking"]
        # Off still checks serverAuth where the extension is present.
        return "works" if (not lacks if off else w["client"]) else "fails"

    return _valid(d, day, core, decided(world, rule))


def _tunnel(d: Deployment, day: date, core: Node, edge: Node) -> str:
    if invalid([server(d, edge)], day):
        return "fails"
    world: World = {"client": auth(as_client(d, core), "client_auth")}
    return _valid(d, day, core, decided(world, lambda w: "works" if w["client"] else "fails"))


def _service(d: Deployment, day: date, edge: Node, core: Node) -> str:
    shown = [server(d, edge)]
    world: World = {
        "server": auth(shown, "server_auth"),
        "client": auth(shown, "client_auth"),
        "band": band(core.known_release),
    }
    rule = lambda w: "works" if w["server"] and (w["client"] or w["band"] != 0) else "fails"  # noqa: E731
    return "fails" if invalid(shown, day) else decided(world, rule)


def _replication(d: Deployment, day: date, group: list[Node], one: Node, other: Node) -> str:
    modes = {setting(d, node, "cluster_tls_verify", "enforce") for node in (one, other)}
    enforces = True if True in modes else None if None in modes else False
    bands = {band(node.known_release) for node in group}
    oldest = 0 if 0 in bands else None if None in bands else min(b for b in bands if b is not None)
    # Which store is shown from X15.5 on is not published: claimed only where both come to the same.
    told = set()
    for shows in (as_client, lambda d, node: [server(d, node)]):
        shown = {auth(shows(d, node), "client_auth") for node in (one, other)}
        world: World = {
            "mode": enforces,
            "band": oldest,
            "client": False if False in shown else None if None in shown else True,
        }
        bad = any(invalid(shows(d, node), day) for node in (one, other))

        def rule(w: World, bad: bool = bad) -> str:
            if not w["mode"]:
                return "works"
            return "fails" if bad or (w["band"] == 0 and not w["client"]) else "works"

        told.add(decided(world, rule))
    return told.pop() if len(told) == 1 else "unknown"


def _inbound(d: Deployment, day: date, id: str, node: Node) -> str:
    if invalid([server(d, node)], day):
        return "depends"
    world: World = {
        "band": band(node.known_release),
        "checking": setting(d, node, "eku_checking", "on", "on"),
        "verify": setting(d, node, "neighbor_tls_verify", "on", "on"),
    }

    def rule(w: World) -> str:
        unchecked = id != "federation" and w["band"] == 2 and not w["checking"]
        return "works" if unchecked or not w["verify"] else "depends"

    return decided(world, rule)


def _outbound(
    d: Deployment, day: date, node: Node, peer: Peer | None, accepts: Callable[[Node, Peer | None, str], str]
) -> str:
    own = peer.ignores_eku if peer else None
    ignores = (
        setting(d, node, "peers_ignore_eku", "yes") if own is None else {"yes": True, "no": False}.get(own)
    )
    world: World = {"client": auth(as_client(d, node), "client_auth"), "ignores": ignores}
    taken = accepts(node, peer, "peer")
    rule = lambda w: taken if w["client"] else "works" if w["ignores"] else "fails"  # noqa: E731
    return _valid(d, day, node, decided(world, rule))


def renewed(d: Deployment) -> Deployment:
    """Rule 10."""
    roles = [Node(role, role) for role in ("core", "edge") if not any(n.role == role for n in d.nodes)]
    nodes = tuple(
        replace(
            node,
            server_certificate=renewal(server(d, node)),
            client_certificate=_client_renewed(d, node),
        )
        for node in (*d.nodes, *roles)
    )
    return replace(d, nodes=nodes)


def _client_renewed(d: Deployment, node: Node) -> Certificate | None:
    """ACME copies what it gets over the client certificate where the box says so (Rules around them)."""
    held, release = server(d, node), node.known_release
    copies = held.acme and held.acme_copies_to_client and held.ca == "public"
    if copies and release is not None and release >= X155:
        return renewal(held)
    return renewal(node.client_certificate) if node.client_certificate else None


def renewal(certificate: Certificate) -> Certificate:
    """What the next renewal makes of one certificate."""
    if certificate.ca == "public" and not (certificate.client_auth and certificate.server_auth is False):
        return replace(certificate, eku=("serverAuth",), not_before=None, not_after=None)
    if certificate.ca in (None, UNKNOWN) and certificate.client_auth:
        return replace(certificate, eku=("serverAuth", "clientAuth?"))
    return certificate


def outcome(d: Deployment) -> str:
    """Section 8, the leaf of the tree."""
    in_use = [(n, c) for n in d.nodes for c in (n.server_certificate, _client(n)) if c is not None]
    kinds = {certificate.ca for _, certificate in in_use}
    known = all(n.server_certificate is not None for n in d.nodes)
    if kinds & {"public", "public-alternative"}:
        public = "yes"
    elif d.nodes and known and kinds <= {"private", "self-signed"}:
        public = "no"
    else:
        public = d.public_ca or UNKNOWN
    if public == UNKNOWN:
        return "open"
    if public == "no":
        return "not-affected"
    said = [d.uses.get(use) for use in USES]
    if "yes" in said or _enforces_below_x154(d):
        return "act"
    return "monitor" if said == ["no"] * len(USES) else "open"


def _client(node: Node) -> Certificate | None:
    release = node.known_release
    return None if release is not None and release < X155 else node.client_certificate


def _enforces_below_x154(d: Deployment) -> bool:
    for one, other in combinations(d.nodes, 2):
        if one.role is None or (one.role, one.cluster or "") != (other.role, other.cluster or ""):
            continue
        group = [n for n in d.nodes if (n.role, n.cluster or "") == (one.role, one.cluster or "")]
        old = any(n.known_release is not None and n.known_release < X154 for n in group)
        if old and any(setting(d, n, "cluster_tls_verify", "enforce") for n in group):
            return True
    return False


def finish(d: Deployment, day: date) -> date | None:
    """The day by which the upgrade can be finished; None: never."""
    if d.upgrade_by == "never":
        return None
    return max(d.upgrade_by, day) if isinstance(d.upgrade_by, date) else day + timedelta(days=90)
