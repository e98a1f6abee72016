"""`assess`: how a deployment stands on a day. Pure: the same arguments give the same assessment."""

from collections.abc import Mapping
from datetime import date

from wizard.domain import options as judging
from wizard.domain import outcome as tree
from wizard.domain import simulate
from wizard.domain.calendar import binding, calendar
from wizard.domain.known import known
from wizard.domain.predict import pairs, predict
from wizard.domain.remarks import discrepancies, not_open, unknowns
from wizard.domain.rules import any_holds
from wizard.domain.subjects import subjects, weakest
from wizard.domain.walk import walk
from wizard.model.deployment import ROLES, STORES, Choice, Deployment
from wizard.model.knowledge import Knowledge
from wizard.model.plan import (
    Assessment,
    ConnectionOutlook,
    NodeCertificate,
    Notice,
    Prediction,
    Subject,
)

_States = Mapping[tuple[str, str, str, str], Prediction]


def assess(knowledge: Knowledge, deployment: Deployment, as_of: date) -> Assessment:
    """Connections in three situations, options per role, dates, notices, unknowns and discrepancies."""
    outcome = tree.outcome(deployment)
    after_renewal = predict(knowledge, simulate.renewed(deployment), as_of)
    core_needs = judging.core_needs_client_auth(knowledge, deployment, as_of)
    verdicts = judging.judge(knowledge, deployment, as_of, after_renewal, core_needs)
    recommended = judging.recommended(verdicts)
    outlooks = judging.outlooks(knowledge, deployment, as_of, verdicts)
    chosen = Choice(
        core=recommended.core if deployment.choice.core is None else deployment.choice.core,
        edge=recommended.edge if deployment.choice.edge is None else deployment.choice.edge,
    )
    after = simulate.applied(deployment, chosen, knowledge.fixed_release, as_of)
    connections = _connections(knowledge, deployment, as_of, after_renewal, predict(knowledge, after, as_of))
    open_points = unknowns(knowledge, deployment, connections)
    found = subjects(knowledge, deployment, as_of, chosen, unknowns=bool(open_points), core_needs=core_needs)
    return Assessment(
        deployment=deployment,
        as_of=as_of,
        edition=knowledge.edition,
        walk=walk(knowledge, deployment),
        outcome=outcome,
        outcome_title=knowledge.words.say(f"outcome.{outcome}.title"),
        outcome_text=knowledge.words.say(f"outcome.{outcome}.text"),
        known=known(deployment),
        binding=binding(
            knowledge,
            deployment,
            as_of,
            outcome,
            chosen,
            at_stake=any(c.today.state != c.after_renewal.state for c in connections),
        ),
        connections=connections,
        options=outlooks,
        recommended=recommended,
        chosen=chosen,
        certificates=_certificates(deployment, as_of),
        calendar=calendar(knowledge, deployment, as_of),
        notices=notices(knowledge, deployment, as_of, found),
        unknowns=open_points,
        discrepancies=(*discrepancies(knowledge, deployment), *not_open(knowledge, outlooks, chosen)),
        subjects=found,
    )


def _connections(
    knowledge: Knowledge, deployment: Deployment, as_of: date, after_renewal: _States, after_plan: _States
) -> tuple[ConnectionOutlook, ...]:
    today = predict(knowledge, deployment, as_of)
    titles = {id: knowledge.words.say(f"connection.{id}") for id in knowledge.connections}
    return tuple(
        ConnectionOutlook(
            id=pair.connection.id,
            title=titles[pair.connection.id],
            start=pair.start,
            end=pair.end,
            peer=pair.peer.name if pair.peer else "",
            today=today[pair.key],
            after_renewal=after_renewal[pair.key],
            after_plan=after_plan[pair.key],
        )
        for pair in pairs(knowledge, deployment)
    )


def _certificates(deployment: Deployment, as_of: date) -> tuple[NodeCertificate, ...]:
    out = []
    for node in deployment.nodes:
        for store in STORES:
            certificate = node.certificate(store)
            copied = False
            if certificate is None and store == "client" and node.has_client_store:
                certificate, copied = node.server_certificate, True
            if certificate is None:
                continue
            end = certificate.not_after
            days = None if end is None else (end - as_of).days
            out.append(
                NodeCertificate(
                    node.name, node.role or "", store, certificate, certificate.record, days, copied
                )
            )
    return tuple(out)


def notices(
    knowledge: Knowledge, assessed: Deployment, as_of: date, found: tuple[Subject, ...]
) -> tuple[Notice, ...]:
    """The notices that hold for at least one node, or for what stands for it: each names those nodes."""
    names = _names(knowledge, assessed)
    weak = ", ".join(names.get(name, name) for name in weakest(assessed, as_of))
    args = {
        "node": weak,
        "weakest": weak,
        "fixed_release": str(knowledge.fixed_release),
        "review_by": knowledge.edition.review_by.isoformat(),
        "reviewed": knowledge.edition.reviewed.isoformat(),
        "as_of": as_of.isoformat(),
    }
    out = []
    for rule in knowledge.notices.values():
        nodes = [s.name for s in found if s.each == "node" and any_holds(rule.when, s.signals)]
        if nodes:
            text = knowledge.words.say(
                f"notice.{rule.id}", **args, nodes=", ".join(names.get(name, name) for name in nodes)
            )
            out.append(Notice(rule.id, text, rule.source))
    return tuple(out)


def _names(knowledge: Knowledge, deployment: Deployment) -> Mapping[str, str]:
    """What to call a node that only stands for its role: the role."""
    known = {node.name for node in deployment.nodes}
    return {role: knowledge.words.say(f"role.{role}") for role in ROLES if role not in known}
