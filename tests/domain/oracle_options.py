"""facts.md section 8 and rule 11 a second time, from the page: verdicts per role, and what the options do."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from tests.domain import oracle
from tests.domain.oracle import FIXED, X155, Key
from wizard.model.deployment import UNKNOWN, Certificate, Deployment, Node, Peer

POLICY = date(2027, 3, 15)
CLOSED = {
    "lets-encrypt": date(2026, 2, 11),
    "certum": date(2026, 5, 15),
    "godaddy": date(2026, 6, 15),
    "sectigo": date(2027, 2, 10),
    "digicert": date(2027, 3, 1),
}
ALTERNATIVE = {"digicert": date(2027, 3, 1), "identrust": date.max}
BOTH = ("serverAuth", "clientAuth")


def verdicts(d: Deployment, day: date) -> dict[str, str]:
    """`OPTION-ROLE` to its verdict."""
    if oracle.outcome(d) != "act":
        return {f"{option}-{role}": "not-needed" for option in "ABCD" for role in ("core", "edge")}
    later = set(oracle.states(oracle.renewed(d), day).values())
    fails = "fails" in later
    below = [n.known_release is None or n.known_release < FIXED for n in d.nodes] or [True]
    end = oracle.finish(d, day)
    never = end is None and any(below)
    needs = core_needs(d, day)
    out = {}
    for role in ("core", "edge"):
        public = _public(d, role)
        out[f"D-{role}"] = "closed" if never else "recommended" if fails else "possible"
        out[f"C-{role}"] = "not-applicable" if role == "edge" else "not-needed"
        out[f"A-{role}"] = out[f"B-{role}"] = "not-needed"
        if not public and not _maybe_public(d, role):
            continue
        a_core = role == "core" and needs
        out[f"A-{role}"] = "recommended" if never and fails and not a_core else "possible"
        closes = min((_closes(c) for c in public), default=POLICY)
        expiries = [c.not_after for c in public if c.not_after]
        gap = end is None or any(e < end for e in expiries) or day < closes <= end
        out[f"B-{role}"] = "closed" if day >= closes else "recommended" if fails and gap else "possible"
        if role == "core":
            out["C-core"] = "recommended" if fails and needs else "possible"
    return out


def _public(d: Deployment, role: str) -> list[Certificate]:
    """The public certificates that nodes of the role hold, in either store."""
    if d.nodes and not any(n.role == role for n in d.nodes):
        return []
    shown = [c for n in oracle.ends(d, role) for c in (oracle.server(d, n), *oracle.as_client(d, n))]
    return [c for c in shown if c.ca in ("public", "public-alternative")]


def _maybe_public(d: Deployment, role: str) -> bool:
    if d.nodes and not any(n.role == role for n in d.nodes):
        return False
    return any(oracle.server(d, n).ca in (None, UNKNOWN) for n in oracle.ends(d, role))


def _closes(certificate: Certificate) -> date:
    issuer = certificate.issuer or ""
    if certificate.ca == "public-alternative" and issuer in ALTERNATIVE:
        return ALTERNATIVE[issuer]
    return CLOSED.get(issuer, POLICY)


def core_needs(d: Deployment, day: date) -> bool:
    """Whether a core must show clientAuth and has no certificate for it that lasts."""
    later = oracle.renewed(d)
    if oracle.finish(d, day) is not None:
        later = replace(later, nodes=tuple(_upgraded(n) for n in later.nodes))
    cores = {n.name for n in later.nodes if n.role == "core"}
    opens = {"uc-traversal", "ssh-tunnel", "traversal-mtls", "neighbor-outbound", "cucm-tftp"}
    found = oracle.states(later, day)
    opened = any(s == "fails" and key[0] in opens and key[1] in cores for key, s in found.items())
    replicating = any(s == "fails" and key[0] == "cluster-db" and key[1] in cores for key, s in found.items())
    return opened or replicating


def _upgraded(node: Node) -> Node:
    release = node.known_release
    stored = node.client_certificate if release is None or release >= X155 else None
    raised = FIXED if release is None or release < FIXED else release
    return replace(node, release=raised, client_certificate=stored)


def after(d: Deployment, day: date, core: str, edge: str) -> dict[Key, str]:
    """Rule 11: the states when the options of each role are done."""
    end = oracle.finish(d, day) or day
    upgrade = "D" in core + edge
    obtained: dict[str, str] = {}
    nodes = tuple(
        _after(d, node, {"core": core, "edge": edge}.get(node.role or "", ""), upgrade, (day, end), obtained)
        for node in (*d.nodes, *_absent(d))
    )
    done = replace(d, nodes=nodes)
    return oracle.states(done, day, _accepts(d, obtained))


def _absent(d: Deployment) -> list[Node]:
    return [Node(role, role) for role in ("core", "edge") if not any(n.role == role for n in d.nodes)]


def _accepts(d: Deployment, obtained: dict[str, str]) -> Callable[[Node, Peer | None, str], str]:
    """A far end's fact decides whether it takes what was obtained for an edge: not known means depends."""

    def accepts(node: Node, peer: Peer | None, end: str) -> str:
        kind = obtained.get(node.name)
        if kind is None:
            return "works"
        if end == "cloud":
            return "depends"
        if kind == "public":
            said = (
                (peer and peer.ignores_eku) or node.settings.peers_ignore_eku or d.settings.peers_ignore_eku
            )
            return "works" if said == "yes" else "depends"
        own = peer.trusts_private_ca if peer else None
        said = own or node.settings.peers_trust_private_ca or d.settings.peers_trust_private_ca
        return {"yes": "works", "no": "fails"}.get(said or "", "depends")

    return accepts


def _after(
    d: Deployment, node: Node, options: str, upgrade: bool, span: tuple[date, date], obtained: dict[str, str]
) -> Node:
    now = oracle.server(d, node)
    server = _reissued(d, now, options)
    release = node.known_release
    private = Certificate(ca="private", eku=BOTH)
    to_core = "C" in options and node.role == "core"
    if not upgrade:
        client = node.client_certificate and _client_reissued(d, node.client_certificate, options)
        if to_core and (release is None or release < X155):
            server = private
        if to_core and (release is None or release >= X155):
            client = private
        return replace(node, server_certificate=server, client_certificate=client)
    stored = node.client_certificate if release is None or release >= X155 else None
    client = _client_after(d, node, (stored, server, now), to_core, span, obtained)
    kept = server if "A" in options else oracle.renewal(now)
    return replace(_upgraded(node), server_certificate=kept, client_certificate=client)


def _client_after(
    d: Deployment,
    node: Node,
    held: tuple[Certificate | None, ...],
    to_core: bool,
    span: tuple[date, date],
    obtained: dict[str, str],
) -> Certificate:
    off = any(n.role == "edge" and oracle.setting(d, n, "eku_checking", "off") for n in d.nodes)
    for certificate in held:
        if to_core and off and certificate is not None and certificate.server_auth is False:
            continue
        if certificate is not None and certificate.client_auth and _stays(certificate, span):
            return certificate
    if to_core:
        return Certificate(ca="private", eku=BOTH)
    copy = oracle.renewal(oracle.server(d, node))
    if node.role != "edge":
        return copy
    if oracle.setting(d, node, "peers_trust_private_ca", "yes"):
        obtained[node.name] = "private"
        return Certificate(ca="private", eku=BOTH)
    if oracle.setting(d, node, "peers_ignore_eku", "yes"):
        return copy
    obtained[node.name] = "public"
    return Certificate(ca="public", eku=("clientAuth",))


def _stays(certificate: Certificate, span: tuple[date, date]) -> bool:
    """Valid until the upgrade; one whose CA will issue another like it only has to be valid today."""
    if certificate.not_before and certificate.not_before > span[0]:
        return False
    lasting = certificate.ca not in ("public", UNKNOWN, None) or certificate.server_auth is False
    return certificate.not_after is None or certificate.not_after >= span[0 if lasting else 1]


def _reissued(d: Deployment, certificate: Certificate, options: str) -> Certificate:
    public = certificate.ca in ("public", "public-alternative")
    maybe = certificate.ca in (None, UNKNOWN) and d.public_ca != "no"
    if (public or maybe) and {"A", "B"} & set(options):
        ca = "public-alternative" if "A" in options else certificate.ca if public else "public"
        return Certificate(ca=ca, eku=BOTH)
    return oracle.renewal(certificate)


def _client_reissued(d: Deployment, certificate: Certificate, options: str) -> Certificate:
    only_client = certificate.client_auth and certificate.server_auth is False
    return certificate if only_client else _reissued(d, certificate, options)
