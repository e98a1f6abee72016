"""How each option stands for each role: verdicts by the rules of content, what it does by simulation."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from wizard.domain import outcome as tree
from wizard.domain import rules, simulate, view
from wizard.domain.predict import states
from wizard.model.deployment import OPTIONS, ROLES, STORES, Certificate, Choice, Deployment, Option, Role
from wizard.model.knowledge import Issuer, Knowledge, OptionRules, Source, Validity
from wizard.model.plan import Judgement, OptionOutlook, Prediction, Reason

OTHER = "other"
"""The issuer whose dates stand for an issuer that is not known."""


@dataclass(frozen=True, slots=True)
class RoleFacts:
    """What the rules ask of one role: the signals, and the values their words show."""

    signals: Mapping[str, str]
    args: Mapping[str, str]
    weakest: tuple[str, ...]
    issuers: tuple[str, ...]
    limit: Source


def policy_limit(knowledge: Knowledge) -> date:
    """From when public leaf certificates must be serverAuth only: where a CA's own day is not known."""
    return knowledge.deadlines["chrome-leaf"].date


def closed_from(knowledge: Knowledge, issuer: Issuer) -> date:
    """The first day on which the CA issues no combined certificate."""
    return issuer.closed_from or policy_limit(knowledge)


def closing_day(knowledge: Knowledge, certificate: Certificate) -> date:
    """The first day on which no combined certificate is to be had from where this one came: the CA's, or that
    of its alternative root (`date.max` where it stays open)."""
    issuer = issuer_of(knowledge, certificate.issuer)
    if certificate.ca == "public-alternative" and issuer.alternative_root:
        return _alternative_close(issuer)
    return closed_from(knowledge, issuer)


def issuer_of(knowledge: Knowledge, issuer: str | None) -> Issuer:
    """The issuer by id; one that is not known counts as `other`."""
    return knowledge.issuers.get(issuer or OTHER) or knowledge.issuers[OTHER]


def validity_limit(knowledge: Knowledge, on: date) -> Validity:
    """The limit that binds a public certificate issued on that day."""
    limits = sorted(knowledge.validities, key=lambda limit: limit.since)
    return ([limit for limit in limits if limit.since <= on] or limits[:1])[-1]


def longest_validity(knowledge: Knowledge, on: date) -> date:
    """Until when a public certificate issued on that day may be valid."""
    return on + timedelta(days=validity_limit(knowledge, on).days)


def judge(
    knowledge: Knowledge,
    deployment: Deployment,
    as_of: date,
    after_renewal: Mapping[tuple[str, str, str, str], Prediction],
    core_needs: bool,
) -> dict[Option, dict[Role, Judgement]]:
    """The verdict on each option for each role. `core_needs` is what `core_needs_client_auth` says."""
    facts = {
        role: role_facts(knowledge, deployment, as_of, role, after_renewal, core_needs) for role in ROLES
    }
    return {
        option: {role: _judgement(knowledge, knowledge.options[option], facts[role]) for role in ROLES}
        for option in OPTIONS
    }


def recommended(verdicts: Mapping[Option, Mapping[Role, Judgement]]) -> Choice:
    """The options recommended for each role."""
    chosen = {
        role: tuple(option for option in OPTIONS if verdicts[option][role].verdict == "recommended")
        for role in ROLES
    }
    return Choice(core=chosen["core"], edge=chosen["edge"])


def shut(options: Mapping[Option, OptionOutlook], chosen: Choice) -> tuple[tuple[Option, Role], ...]:
    """The options chosen by hand that a role cannot take: closed, or not applicable to it."""
    taken = {"core": chosen.core or (), "edge": chosen.edge or ()}
    return tuple(
        (option, role)
        for option in OPTIONS
        for role in ROLES
        if option in taken[role] and options[option].roles[role].verdict in ("closed", "not-applicable")
    )


def _judgement(knowledge: Knowledge, option: OptionRules, facts: RoleFacts) -> Judgement:
    rule = rules.first(option.rules, facts.signals)
    words = knowledge.words
    reasons = [Reason(words.say(f"reason.{rule.why}", **facts.args), rule.source)]
    if option.id == "B" and rule.then in ("possible", "recommended"):
        reasons.append(Reason(words.say("reason.renew-until", **facts.args), facts.limit))
    if rule.then == "recommended":
        if facts.weakest and option.id != "B":
            nodes = ", ".join(facts.weakest)
            reasons.append(Reason(words.say("reason.weakest", nodes=nodes), rule.source))
        reasons.append(Reason(words.say("reason.product-judgement"), option.source))
    if option.id == "B" and facts.signals["outcome"] == "act" and len(facts.issuers) > 1:
        others = ", ".join(facts.issuers[1:])
        reasons.append(Reason(words.say("reason.other-issuers", issuers=others), rule.source))
    need = (words.say(f"need.{rule.need}", **facts.args),) if rule.need else ()
    return Judgement(rule.then, tuple(reasons), need)


def role_facts(
    knowledge: Knowledge,
    deployment: Deployment,
    as_of: date,
    role: Role,
    after_renewal: Mapping[tuple[str, str, str, str], Prediction],
    core_needs: bool,
) -> RoleFacts:
    """The signals of vocabulary.OPTION for one role."""
    public = [
        (node, certificate)
        for node in view.ends(deployment, role)
        for store in STORES
        for certificate in view.shown(deployment, node, store)
        if certificate.is_public
    ]
    days = [(closing_day(knowledge, c), issuer_of(knowledge, c.issuer)) for _, c in public]
    days = days or [(policy_limit(knowledge), issuer_of(knowledge, None))]
    issuers = list({issuer.id: issuer for _, issuer in sorted(days, key=lambda day: day[0])}.values())
    closes, first = min(day for day, _ in days), issuers[0]
    finish = simulate.upgrade_finish(deployment, as_of)
    failing = [key for key, prediction in after_renewal.items() if prediction.state == "fails"]
    found = {prediction.state for prediction in after_renewal.values()}
    expiries = [c.not_after for _, c in public if c.not_after is not None]
    gap = finish is None or any(end < finish for end in expiries) or as_of < closes <= finish
    alternatives = [issuer for issuer in knowledge.issuers.values() if issuer.alternative_root]
    below = below_fixed(knowledge, deployment)
    signals = {
        "role": role,
        "outcome": tree.outcome(deployment),
        "holds_public": _holds_public(deployment, role, bool(public)),
        "alternative_root": "open" if any(as_of < _alternative_close(i) for i in alternatives) else "closed",
        "issuer": "open" if as_of < closes else "closed",
        "upgrade": "never" if finish is None else "possible",
        "below_fixed": below,
        "after_renewal": next((s for s in ("fails", "depends") if s in found), "works"),
        "needs_client_auth": _yes_no(role == "core" and core_needs),
        "gap_before_upgrade": _yes_no(gap),
    }
    limit = validity_limit(knowledge, as_of)
    known_issuer = any(certificate.issuer is not None for _, certificate in public)
    args = {
        "role": knowledge.words.say(f"role.{role}"),
        "issuer": first.name if known_issuer else knowledge.words.say("phrase.your-ca"),
        "closed_from": _closing_day(knowledge, first, closes),
        "finish": finish.isoformat() if finish else knowledge.words.say("phrase.never"),
        "until": longest_validity(knowledge, as_of).isoformat(),
        "days": str(limit.days),
        "fixed_release": str(knowledge.fixed_release),
        "failing": _names(knowledge, failing),
    }
    names = tuple(issuer.name for issuer in issuers)
    return RoleFacts(signals, args, _weakest(deployment, role, failing), names, limit.source)


def _closing_day(knowledge: Knowledge, issuer: Issuer, closes: date) -> str:
    """The day on which the CA closes, with how sure it is: a day that is not the CA's own word says so."""
    words = knowledge.words
    if closes == date.max:
        return words.say("phrase.no-known-end")
    if closes not in (issuer.closed_from, issuer.alternative_closed_from):
        return words.say("phrase.day-policy", date=closes.isoformat())
    secondary = issuer.confidence == "secondary"
    return words.say("phrase.day-secondary", date=closes.isoformat()) if secondary else closes.isoformat()


def _alternative_close(issuer: Issuer) -> date:
    return issuer.alternative_closed_from or date.max


def _holds_public(deployment: Deployment, role: Role, found: bool) -> str:
    if deployment.nodes and not deployment.of_role(role):
        return "no"
    if found:
        return "yes"
    known = all(
        view.server_certificate(deployment, n).ca not in (None, "unknown")
        for n in view.ends(deployment, role)
    )
    return "no" if known else "unknown"


def below_fixed(knowledge: Knowledge, deployment: Deployment) -> str:
    """Whether a node runs a release below the fixed one: yes, no, or unknown."""
    releases = [node.known_release for node in deployment.nodes]
    if any(release is not None and release < knowledge.fixed_release for release in releases):
        return "yes"
    return "unknown" if not releases or None in releases else "no"


def core_needs_client_auth(knowledge: Knowledge, deployment: Deployment, as_of: date) -> bool:
    """Whether a connection still fails for want of clientAuth on a core once all that upgrades and renewals
    change has changed: on the fixed release where an upgrade is possible, on today's release where not."""
    few = view.two_of_a_kind(deployment)
    if simulate.upgrade_finish(deployment, as_of) is None:
        later = simulate.renewed(few)
    else:
        later = simulate.upgraded_and_renewed(few, knowledge.fixed_release)
    cores = {node.name for node in view.ends(later, "core")}
    return any(
        state == "fails" and pair.presenter is not None and pair.presenter.name in cores
        for pair, state in states(knowledge, later, as_of)
        if pair.connection.shows == "client"
    )


def _weakest(deployment: Deployment, role: Role, failing: list[tuple[str, str, str, str]]) -> tuple[str, ...]:
    """Named only where some nodes of the role take part in what fails and others do not."""
    nodes = [node.name for node in deployment.of_role(role)]
    taking_part = {name for key in failing for name in key[1:3]}
    in_clusters = {name for key in failing if key[0] == "cluster-db" for name in key[1:3]}
    hit = [name for name in nodes if name in taking_part]
    clusters = [name for name in nodes if name in in_clusters]
    found = hit if len(hit) < len(nodes) else clusters if len(clusters) < len(nodes) else []
    return tuple(found)


def _names(knowledge: Knowledge, keys: list[tuple[str, str, str, str]]) -> str:
    return ", ".join(dict.fromkeys(knowledge.words.say(f"connection.{key[0]}") for key in keys))


def _yes_no(value: bool) -> str:
    return "yes" if value else "no"


def outlooks(
    knowledge: Knowledge,
    deployment: Deployment,
    as_of: date,
    verdicts: Mapping[Option, Mapping[Role, Judgement]],
) -> dict[Option, OptionOutlook]:
    """Each option beside the others, with what it leaves failing when it is done alone."""
    words = knowledge.words
    until = longest_validity(knowledge, as_of).isoformat()
    out: dict[Option, OptionOutlook] = {}
    few = view.two_of_a_kind(deployment)
    for option in OPTIONS:
        entry = knowledge.options[option]
        alone = simulate.applied(few, _alone(option), knowledge.fixed_release, as_of)
        left = [pair.connection.id for pair, state in states(knowledge, alone, as_of) if state == "fails"]
        args = {"until": until, "fixed_release": str(knowledge.fixed_release)}
        out[option] = OptionOutlook(
            id=option,
            title=words.say(f"option.{option}.title"),
            what=words.say(f"option.{option}.what", **args),
            price=words.say(f"option.{option}.price", **args),
            interruption=words.say(f"option.{option}.interruption", **args),
            lead_days=entry.lead_days,
            roles=dict(verdicts[option]),
            leaves=tuple(dict.fromkeys(left)),
            leaves_words=words.say(f"option.{option}.leaves", **args),
            source=entry.source,
        )
    return out


def _alone(option: Option) -> Choice:
    return Choice(core=(option,), edge=() if option == "C" else (option,))
