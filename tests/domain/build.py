"""Deployments in few words, and what follows from them: for tables of rows."""

from dataclasses import replace
from datetime import date
from typing import Any

from tests.conftest import TODAY
from wizard.domain import simulate
from wizard.domain.assess import assess
from wizard.domain.plan import plan
from wizard.domain.predict import predict
from wizard.model.deployment import (
    UNKNOWN,
    USES,
    Certificate,
    Choice,
    Deployment,
    Node,
    Option,
    Peer,
    Settings,
)
from wizard.model.knowledge import Knowledge
from wizard.model.plan import Assessment, Plan
from wizard.model.release import Release

EKU: dict[str, tuple[str, ...] | str | None] = {
    "both": ("serverAuth", "clientAuth"),
    "server": ("serverAuth",),
    "client": ("clientAuth",),
    "absent": (),
    "any": ("anyExtendedKeyUsage",),
    "other": ("1.3.6.1.4.1.311.20.2.2",),
    "unsaid": None,
    "unknown": UNKNOWN,
}
"""Certificate kinds by what their EKU lists."""

LETTER = {"works": "W", "fails": "F", "depends": "D", "unknown": "U"}


def held(kind: str = "both", ca: str | None = "public", **more: Any) -> Certificate:
    """A stated certificate. `kind` is a key of `EKU`, or expired or not-yet: both EKUs, at the wrong time."""
    if kind == "expired":
        return held("both", ca, not_after=date(2026, 11, 22), **more)
    if kind == "not-yet":
        return held("both", ca, not_before=date(2026, 11, 24), **more)
    return Certificate(ca=ca, eku=EKU[kind], **more)  # type: ignore[arg-type]


def node(
    name: str,
    release: str | None = "X14.3.7",
    server: Certificate | str | None = "both",
    client: Certificate | str | None = None,
    **more: Any,
) -> Node:
    """A node whose role is told by its name (expc1, expe1); settings as keywords of their own names."""
    own = {key: more.pop(key) for key in list(more) if hasattr(Settings(), key)}
    return Node(
        name=name,
        role="edge" if name.startswith("expe") else "core",
        release=Release.parse(release) if release not in (None, UNKNOWN) else release,  # type: ignore[arg-type]
        settings=Settings(**own),
        server_certificate=held(server) if isinstance(server, str) else server,
        client_certificate=held(client) if isinstance(client, str) else client,
        **more,
    )


def deployed(*nodes: Node, uses: str = "uc-traversal", **more: Any) -> Deployment:
    """A deployment with these uses (the others are not there); settings as keywords of their own names."""
    whole = {key: more.pop(key) for key in list(more) if hasattr(Settings(), key)}
    said = {use: "yes" if use in uses.split() else "no" for use in USES}
    return Deployment(nodes=nodes, uses=said, settings=Settings(**whole), **more)  # type: ignore[arg-type]


def states(knowledge: Knowledge, deployment: Deployment, as_of: date = TODAY) -> dict[str, str]:
    """What each connection does today: `CONNECTION FROM TO` (or the far end's name) to its state."""
    return {
        f"{id} {_end(start, peer)} {_end(end, peer)}": prediction.state
        for (id, start, end, peer), prediction in predict(knowledge, deployment, as_of).items()
    }


def _end(end: str, peer: str) -> str:
    return peer if peer and end == "peer" else end


def renewed(knowledge: Knowledge, deployment: Deployment, as_of: date = TODAY) -> dict[str, str]:
    """The same after the next renewal of every public certificate."""
    return states(knowledge, simulate.renewed(deployment), as_of)


def after(
    knowledge: Knowledge, deployment: Deployment, core: str = "", edge: str = "", as_of: date = TODAY
) -> dict[str, str]:
    """The same when the options chosen for each role (as letters) are done."""
    choice = Choice(_options(core), _options(edge))
    return states(knowledge, simulate.applied(deployment, choice, knowledge.fixed_release, as_of), as_of)


def _options(letters: str) -> tuple[Option, ...]:
    return tuple(letters)  # type: ignore[arg-type]


def assessed(knowledge: Knowledge, deployment: Deployment, as_of: date = TODAY) -> Assessment:
    """The assessment."""
    return assess(knowledge, deployment, as_of)


def planned(knowledge: Knowledge, deployment: Deployment, as_of: date = TODAY) -> Plan:
    """The plan."""
    return plan(knowledge, assess(knowledge, deployment, as_of), "test")


def verdict(knowledge: Knowledge, deployment: Deployment, option: str, as_of: date = TODAY) -> str:
    """The verdict on `OPTION-ROLE`."""
    letter, role = option.split("-")
    return assess(knowledge, deployment, as_of).options[letter].roles[role].verdict  # type: ignore[index]


def peer(name: str, use: str, ignores: str | None = None, trusts: str | None = None) -> Peer:
    """A far end that differs."""
    return Peer(name, use, ignores, trusts)  # type: ignore[arg-type]


def with_choice(deployment: Deployment, core: str | None, edge: str | None) -> Deployment:
    """The deployment with options chosen, by letters; None: the recommended ones."""
    chosen = [None if letters is None else _options(letters) for letters in (core, edge)]
    return replace(deployment, choice=Choice(*chosen))


def rules(made: Plan) -> list[str]:
    """The rules of the plan's steps, in order, each once."""
    return list(dict.fromkeys(step.rule for step in made.steps))
