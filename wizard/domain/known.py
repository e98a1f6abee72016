"""Every value of a deployment that is known, asked or not, with its origin: the `path` of the plan's JSON."""

from collections.abc import Iterator

from wizard.model.deployment import (
    SETTINGS,
    USES,
    Certificate,
    Deployment,
    Node,
    Origin,
    Peer,
    Settings,
)
from wizard.model.plan import Asked

_CERTIFICATE = ("ca", "issuer", "eku", "not_before", "not_after", "acme", "acme_copies_to_client")
_ANSWERED = Origin("answered")


def text(value: object) -> str:
    """A value as the deployment file writes it; lists are joined by ", ", nodes by their names, and of a
    certificate or settings what is known of them is listed."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return ", ".join(text(item) for item in value) if value else "[]"
    if isinstance(value, Node | Peer):
        return value.name
    if isinstance(value, Certificate):
        return "; ".join(f"{name} {text(held)}" for name, held in _fields(value))
    if isinstance(value, Settings):
        return "; ".join(f"{name} {held}" for name, held in _settings(value))
    return str(value)


def known(deployment: Deployment) -> tuple[Asked, ...]:
    """Each known value: deployment first, then node by node. Defaults that hold are among them."""
    return tuple(_values(deployment))


def _values(deployment: Deployment) -> Iterator[Asked]:
    def asked(key: str, question: str, about: str, value: object) -> Asked:
        origin = origin_of(deployment, key)
        return Asked(question, about, key, text(value), origin.kind, origin.detail)

    if deployment.public_ca is not None:
        yield asked("public_ca", "public_ca", "", deployment.public_ca)
    for use in USES:
        if use in deployment.uses:
            yield asked(f"uses/{use}", f"uses/{use}", "", deployment.uses[use])
    if deployment.upgrade_by is not None:
        yield asked("upgrade_by", "upgrade_by", "", deployment.upgrade_by)
    for key, setting in _settings(deployment.settings):
        yield asked(f"settings/{key}", key, "", setting)
    for key, default in defaults(deployment):
        yield Asked(key, "", f"settings/{key}", default, "default")
    for node in deployment.nodes:
        for name, held in _node(node):
            yield asked(f"node/{node.name}/{name}", name.removeprefix("settings/"), node.name, held)


def origin_of(deployment: Deployment, key: str) -> Origin:
    """The origin of a value; that of a certificate holds for its fields. Stated without one: answered."""
    parts = key
    while parts:
        if parts in deployment.origins:
            return deployment.origins[parts]
        if not parts.startswith("node/") or parts.count("/") <= 2:
            break
        parts = parts.rpartition("/")[0]
    return _ANSWERED


def defaults(deployment: Deployment) -> Iterator[tuple[str, str]]:
    """Settings that hold because nothing was said: `eku_checking` on, `neighbor_tls_verify` on where a
    neighbor zone is in use (facts.md section 4, rule 5)."""
    if deployment.settings.eku_checking is None:
        yield "eku_checking", "on"
    if deployment.settings.neighbor_tls_verify is None and deployment.uses.get("neighbor-mtls") == "yes":
        yield "neighbor_tls_verify", "on"


def _settings(settings: Settings) -> Iterator[tuple[str, str]]:
    for key in SETTINGS:
        value = settings.get(key)
        if value is not None:
            yield key, value


def _node(node: Node) -> Iterator[tuple[str, object]]:
    for name in ("role", "cluster", "primary", "release"):
        value = getattr(node, name)
        if value is not None:
            yield name, value
    for key, setting in _settings(node.settings):
        yield f"settings/{key}", setting
    for store in ("server_certificate", "client_certificate"):
        certificate = getattr(node, store)
        if certificate is not None:
            yield from _certificate(store, certificate)


def _certificate(store: str, certificate: Certificate) -> Iterator[tuple[str, object]]:
    for name, value in _fields(certificate):
        yield f"{store}/{name}", value


def _fields(certificate: Certificate) -> Iterator[tuple[str, object]]:
    for name in _CERTIFICATE:
        value = getattr(certificate, name)
        if value is not None:
            yield name, value
