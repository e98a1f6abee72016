"""Where the documented tree ends: open, not-affected, monitor or act (facts.md section 8)."""

from typing import Literal

from wizard.domain import view
from wizard.model.deployment import USES, Deployment
from wizard.model.knowledge import Outcome
from wizard.model.release import X15_4

_NOT_PUBLIC = ("private", "self-signed")


def public_ca(deployment: Deployment) -> Literal["yes", "no", "unknown"]:
    """Whether a certificate of a public CA is in use. Certificates overrule the answer; the alternative
    roots are public. "no" needs every node's certificate to be known, or the answer."""
    certificates = [certificate for _, _, certificate in view.held(deployment)]
    if any(certificate.is_public for certificate in certificates):
        return "yes"
    stated = {node.name for node in deployment.nodes if node.server_certificate is not None}
    complete = bool(deployment.nodes) and all(node.name in stated for node in deployment.nodes)
    if complete and all(certificate.ca in _NOT_PUBLIC for certificate in certificates):
        return "no"
    return deployment.public_ca or "unknown"


def mtls(deployment: Deployment) -> Literal["some", "none", "unknown"]:
    """Whether one of the six uses is there, by the answers and, against a "none", by the evidence."""
    answers = [deployment.uses.get(use) for use in USES]
    if "yes" in answers or enforcing_clusters(deployment):
        return "some"
    return "none" if all(answer == "no" for answer in answers) else "unknown"


def enforcing_clusters(deployment: Deployment) -> tuple[str, ...]:
    """The clusters below X15.4 that enforce TLS verification, by the name of their first node: mutual TLS
    with clientAuth, whatever was said about uses."""
    found = []
    for group in deployment.clusters():
        release = view.oldest(group)
        modes = {deployment.setting("cluster_tls_verify", node) for node in group}
        if len(group) > 1 and "enforce" in modes and release is not None and release < X15_4:
            found.append(group[0].name)
    return tuple(found)


def outcome(deployment: Deployment) -> Outcome:
    """The leaf of the documented tree, as far as it can be told: open where it cannot."""
    match public_ca(deployment), mtls(deployment):
        case "unknown", _:
            return "open"
        case "no", _:
            return "not-affected"
        case _, "some":
            return "act"
        case _, "none":
            return "monitor"
        case _:
            return "open"
