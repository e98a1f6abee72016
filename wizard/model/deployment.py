"""`Deployment`: all that is known about one customer's Expressways, partial, each value with its origin.

The deployment file, the saved session and what every question fills in are this one type. A value that is
None is *not known yet* and is asked; `UNKNOWN` means *asked, and they could not say*.

Origins are keyed by the path of the value: `public_ca`, `upgrade_by`, `uses/USE`, `settings/KEY`,
`node/NAME/role`, `node/NAME/settings/KEY`, `node/NAME/server_certificate`,
`node/NAME/server_certificate/eku`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import Literal

from wizard.model.certificate import ANY_EKU, CLIENT_AUTH, SERVER_AUTH, CertificateRecord
from wizard.model.release import X15_5, Release

UNKNOWN = "unknown"
NEVER = "never"

Unknown = Literal["unknown"]
Role = Literal["core", "edge"]
Store = Literal["server", "client"]
YesNo = Literal["yes", "no", "unknown"]
OnOff = Literal["on", "off", "unknown"]
TlsVerify = Literal["enforce", "permissive", "unknown"]
CaKind = Literal["public", "public-alternative", "private", "self-signed", "unknown"]
Use = Literal[
    "b2b-sip", "imp-federation", "uc-traversal", "traversal-mtls", "neighbor-mtls", "mra-onboarding"
]
OriginKind = Literal["answered", "certificate", "dump", "default"]
Option = Literal["A", "B", "C", "D"]

ROLES: tuple[Role, ...] = ("core", "edge")
STORES: tuple[Store, ...] = ("server", "client")
USES: tuple[Use, ...] = (
    "b2b-sip", "imp-federation", "uc-traversal", "traversal-mtls", "neighbor-mtls", "mra-onboarding",
)  # fmt: skip
OPTIONS: tuple[Option, ...] = ("A", "B", "C", "D")

EKU_NAMES: Mapping[str, str] = {
    "serverAuth": SERVER_AUTH,
    "clientAuth": CLIENT_AUTH,
    "anyExtendedKeyUsage": ANY_EKU,
}


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a value came from.

    `detail` of a dump ends in `:LINE`, of a certificate is the file's name; `sha256` is the certificate's.
    `other` is a value that disagreed and was not used, `other_kind` where that one came from: together they
    are a discrepancy.
    """

    kind: OriginKind
    detail: str = ""
    sha256: str = ""
    other: str = ""
    other_kind: OriginKind | Literal[""] = ""


@dataclass(frozen=True, slots=True)
class Settings:
    """Settings that decide what is checked. On a node they override those of the deployment."""

    cluster_tls_verify: TlsVerify | None = None
    neighbor_tls_verify: OnOff | None = None
    eku_checking: OnOff | None = None
    server_eku_upload: OnOff | None = None
    peers_ignore_eku: YesNo | None = None
    peers_trust_private_ca: YesNo | None = None
    cucm_eku_validation: OnOff | None = None

    def get(self, key: str) -> str | None:
        """The value of `key`, None where nothing is said."""
        value: str | None = getattr(self, key)
        return value


SETTINGS: tuple[str, ...] = tuple(field.name for field in fields(Settings))


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate in a node's store, stated by hand or read from a file.

    `eku` lists names (serverAuth, clientAuth, anyExtendedKeyUsage) or OIDs; empty: no EKU extension, which
    restricts nothing; None or `UNKNOWN`: not known (unreadable and contradictory ones too). `issuer` is an
    issuer id. When `record` is there the other fields hold what it says, unless overruled.
    """

    ca: CaKind | None = None
    issuer: str | None = None
    eku: tuple[str, ...] | Unknown | None = None
    not_before: date | None = None
    not_after: date | None = None
    acme: bool | None = None
    acme_copies_to_client: bool | None = None
    record: CertificateRecord | None = None

    @property
    def server_auth(self) -> bool | None:
        """Whether it may be shown as TLS server; None where the EKU is not known."""
        return self._allows("serverAuth")

    @property
    def client_auth(self) -> bool | None:
        """Whether it may be shown as TLS client; None where the EKU is not known."""
        return self._allows("clientAuth")

    def _allows(self, name: str) -> bool | None:
        if not isinstance(self.eku, tuple):
            return None
        if f"{name}?" in self.eku:  # only in a simulation: either way is possible
            return None
        accepted = {name, EKU_NAMES[name], "anyExtendedKeyUsage", ANY_EKU}
        return not self.eku or not accepted.isdisjoint(self.eku)

    @property
    def is_public(self) -> bool:
        """Whether a public CA issued it; the alternative roots are public."""
        return self.ca in ("public", "public-alternative")


@dataclass(frozen=True, slots=True)
class Node:
    """One Expressway. `cluster` names its cluster; nodes of one role without it are peers of one cluster.

    `client_certificate` exists from X15.5 on; left out there, it is the copy of the server certificate.
    """

    name: str
    role: Role | None = None
    cluster: str | None = None
    primary: bool | None = None
    release: Release | Unknown | None = None
    settings: Settings = Settings()
    server_certificate: Certificate | None = None
    client_certificate: Certificate | None = None

    def certificate(self, store: Store) -> Certificate | None:
        """The certificate stated for `store`."""
        return self.server_certificate if store == "server" else self.client_certificate

    @property
    def known_release(self) -> Release | None:
        """The release, None where it is not known or could not be said."""
        return self.release if isinstance(self.release, Release) else None

    @property
    def has_client_store(self) -> bool | None:
        """Whether the node has two stores (X15.5 and later); None where the release is not known."""
        release = self.known_release
        return None if release is None else release >= X15_5


@dataclass(frozen=True, slots=True)
class Peer:
    """A far end that differs from the settings. `use` is None where it is not known."""

    name: str
    use: Use | None = None
    ignores_eku: YesNo | None = None
    trusts_private_ca: YesNo | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """The options taken for each role; None: the recommended ones."""

    core: tuple[Option, ...] | None = None
    edge: tuple[Option, ...] | None = None


@dataclass(frozen=True, slots=True)
class TroubleNote:
    """A finished troubleshooting kept with the deployment: ids only, no pasted text unless asked for."""

    symptom: str
    answers: Mapping[str, str]
    signatures: tuple[str, ...]
    diagnosis: str
    remedy: str
    verified: Literal["as-expected", "not-as-expected", "not-recognised", ""]
    on: date
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What a plan said, in ids, so that the next one can tell what changed.

    `verdicts` by "OPTION/ROLE", `states` by "CONNECTION/FROM/TO" to "today after_renewal after_plan",
    `deadlines` by id to "DATE STATE".
    """

    as_of: date
    edition: str
    outcome: str
    binding: date | None
    verdicts: Mapping[str, str] = field(default_factory=dict)
    steps: tuple[str, ...] = ()
    states: Mapping[str, str] = field(default_factory=dict)
    deadlines: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Saved:
    """What a saved deployment knows beyond the answers.

    `ticks` by step id to the date it was ticked, `notes` by step id to the engineer's words; `before` is
    what the plan said when it was last written out (revision `revision`).
    """

    as_of: date | None = None
    edition: str = ""
    program: str = ""
    revision: int = 0
    ticks: Mapping[str, date] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)
    before: Snapshot | None = None


@dataclass(frozen=True, slots=True)
class Deployment:
    """Everything known of one deployment. See the module docstring for None, `UNKNOWN` and origins.

    `uses` holds "yes", "no" or "unknown" for each use that was asked or told; a use that is not in it is
    not known yet.
    """

    name: str = ""
    customer: str = ""
    prepared_by: str = ""
    prepared_for: str = ""
    public_ca: YesNo | None = None
    uses: Mapping[str, YesNo] = field(default_factory=dict)
    upgrade_by: date | Literal["never", "unknown"] | None = None
    settings: Settings = Settings()
    choice: Choice = Choice()
    peers: tuple[Peer, ...] = ()
    nodes: tuple[Node, ...] = ()
    origins: Mapping[str, Origin] = field(default_factory=dict)
    troubles: tuple[TroubleNote, ...] = ()
    saved: Saved = Saved()

    def node(self, name: str) -> Node | None:
        """The node of that name, host names being compared without case."""
        wanted = name.casefold()
        return next((node for node in self.nodes if node.name.casefold() == wanted), None)

    def of_role(self, role: Role) -> tuple[Node, ...]:
        """The nodes of that role, in order."""
        return tuple(node for node in self.nodes if node.role == role)

    def clusters(self) -> tuple[tuple[Node, ...], ...]:
        """The nodes grouped into clusters (role and cluster name), in order; single nodes too."""
        groups: dict[tuple[str, str], list[Node]] = {}
        for node in self.nodes:
            key = (node.role or f"?{node.name}", node.cluster or "")
            groups.setdefault(key, []).append(node)
        return tuple(tuple(group) for group in groups.values())

    def setting(self, key: str, node: Node | None = None) -> str | None:
        """The setting as it holds for `node`: its own, else the deployment's, else None."""
        own = node.settings.get(key) if node is not None else None
        return own if own is not None else self.settings.get(key)

    def certificates(self) -> Iterator[tuple[Node, Store, Certificate]]:
        """Each stated certificate with its node and store."""
        for node in self.nodes:
            for store in STORES:
                certificate = node.certificate(store)
                if certificate is not None:
                    yield node, store, certificate

    def with_node(self, node: Node, at: str | None = None) -> "Deployment":
        """This deployment with `node` in the place of the node named `at` (its own name), or added.

        Renaming moves the origins along.
        """
        name = at if at is not None else node.name
        if self.node(name) is None:
            return replace(self, nodes=(*self.nodes, node))
        nodes = tuple(node if n.name.casefold() == name.casefold() else n for n in self.nodes)
        return replace(self, nodes=nodes, origins=_moved(self.origins, name, node.name))

    def without_node(self, name: str) -> "Deployment":
        """This deployment without the node, its origins gone too."""
        nodes = tuple(n for n in self.nodes if n.name.casefold() != name.casefold())
        prefix = f"node/{name}/"
        origins = {path: o for path, o in self.origins.items() if not path.startswith(prefix)}
        return replace(self, nodes=nodes, origins=origins)

    def with_origin(self, path: str, origin: Origin) -> "Deployment":
        """This deployment with one origin set."""
        return replace(self, origins={**self.origins, path: origin})


def _moved(origins: Mapping[str, Origin], old: str, new: str) -> Mapping[str, Origin]:
    if old == new:
        return origins
    prefix = f"node/{old}/"
    return {
        f"node/{new}/{path[len(prefix) :]}" if path.startswith(prefix) else path: origin
        for path, origin in origins.items()
    }
