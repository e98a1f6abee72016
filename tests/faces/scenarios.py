"""Deployments as people have them, and the plans that the domain makes of them."""

from dataclasses import replace
from datetime import date

from wizard.domain.assess import assess
from wizard.domain.plan import plan
from wizard.model.deployment import USES, Certificate, Deployment, Node, Role, Saved, Settings
from wizard.model.knowledge import Knowledge
from wizard.model.plan import Plan
from wizard.model.release import Release

AS_OF = date(2026, 11, 23)
DIGICERT = Certificate(
    "public", "digicert", ("serverAuth", "clientAuth"), date(2026, 1, 20), date(2026, 12, 31), acme=False
)
LETS_ENCRYPT = replace(DIGICERT, issuer="lets-encrypt", eku=("serverAuth",), acme=True)


def node(
    name: str, role: Role, primary: bool, release: str = "X14.3.7", held: Certificate = DIGICERT
) -> Node:
    return Node(name, role, "hq", primary, Release.parse(release), server_certificate=held)


def two_clusters() -> Deployment:
    """Two edges and two cores on X14.3.7, with MRA and neighbor zones, enforcing."""
    return Deployment(
        name="Example MRA",
        customer="Example Corp",
        uses={use: "yes" if use in ("uc-traversal", "neighbor-mtls") else "no" for use in USES},
        upgrade_by=date(2027, 2, 1),
        settings=Settings(cluster_tls_verify="enforce"),
        nodes=(
            node("expe1.example.com", "edge", True),
            node("expe2.example.com", "edge", False),
            node("expc1.example.com", "core", True),
            node("expc2.example.com", "core", False),
        ),
        saved=Saved(
            ticks={"inventory": date(2026, 11, 20)}, notes={"backup@expe1.example.com": "in the vault"}
        ),
    )


def monitored() -> Deployment:
    """Public certificates, and no mutual TLS at all."""
    deployment = two_clusters()
    nodes = (node("expe1.example.com", "edge", True),)
    return replace(deployment, uses=dict.fromkeys(USES, "no"), nodes=nodes, saved=Saved())


def not_affected() -> Deployment:
    """A private CA everywhere."""
    private = Certificate("private", None, ("serverAuth", "clientAuth"), not_after=date(2028, 1, 1))
    nodes = (
        node("expe1.example.com", "edge", True, held=private),
        node("expc1.example.com", "core", True, held=private),
    )
    return replace(two_clusters(), nodes=nodes, saved=Saved())


def quick() -> Deployment:
    """The quick way of the document: no node entered."""
    return Deployment(name="Quick", public_ca="yes", uses=dict.fromkeys(USES, "yes"))


def planned(knowledge: Knowledge, deployment: Deployment, as_of: date = AS_OF) -> Plan:
    return plan(knowledge, assess(knowledge, deployment, as_of), "0.1.0")
