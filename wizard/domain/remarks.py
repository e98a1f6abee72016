"""What a reader must be told besides: discrepancies, and what is still unknown and matters."""

import re
from collections.abc import Iterable, Iterator, Mapping

from wizard.domain import outcome as tree
from wizard.domain import view
from wizard.domain.known import text
from wizard.domain.options import shut
from wizard.model.certificate import CertificateRecord
from wizard.model.deployment import STORES, UNKNOWN, USES, Choice, Deployment, Node, Option
from wizard.model.knowledge import Knowledge
from wizard.model.plan import ConnectionOutlook, Discrepancy, OpenPoint, OptionOutlook, Prediction
from wizard.model.release import X15_5
from wizard.model.words import Words


def discrepancies(knowledge: Knowledge, deployment: Deployment) -> tuple[Discrepancy, ...]:
    """Every pair of statements about one thing that disagree, with the one that was followed."""
    return tuple(_discrepancies(knowledge, deployment))


def not_open(
    knowledge: Knowledge, options: Mapping[Option, OptionOutlook], chosen: Choice
) -> Iterator[Discrepancy]:
    """Each option chosen for a role that cannot take it. It is followed all the same: it was asked for."""
    words = knowledge.words
    for option, role in shut(options, chosen):
        judgement = options[option].roles[role]
        found = f"{words.say(f'verdict.{judgement.verdict}')}: {judgement.reasons[0].text}"
        what = words.say("discrepancy.option-of-role", option=option, role=words.say(f"role.{role}"))
        chose = words.say("discrepancy.option-chosen")
        yield Discrepancy(f"choice/{role}", what, chose, found, chose)


def key_words(words: Words, key: str) -> str:
    """A key of a deployment (`node/NAME/release`) in words."""
    if key.startswith("node/") and key.count("/") >= 2:
        _, name, rest = key.split("/", 2)
        return words.say("key.of-node", node=name, what=_key(words, rest))
    return _key(words, key)


def _key(words: Words, key: str) -> str:
    parts = key.removeprefix("settings/").split("/")
    if parts[0] == "uses" and words.has(f"use.{parts[-1]}"):
        return words.say(f"use.{parts[-1]}")
    return ", ".join(words.say(f"key.{part}") if words.has(f"key.{part}") else part for part in parts)


def _discrepancies(knowledge: Knowledge, deployment: Deployment) -> Iterator[Discrepancy]:
    words = knowledge.words
    for key, origin in deployment.origins.items():
        if not origin.other:
            continue
        value = current(deployment, key)
        answered = origin.kind == "answered"
        yield Discrepancy(
            key,
            key_words(words, key),
            stated=value if answered else origin.other,
            found=origin.other if answered else value,
            used=value,
        )
    stated, found = deployment.public_ca, tree.public_ca(deployment)
    if stated in ("yes", "no") and found != stated:
        yield Discrepancy("public_ca", words.say("key.public_ca"), str(stated), found, found)
    if all(deployment.uses.get(use) == "no" for use in USES):
        for name in tree.enforcing_clusters(deployment):
            text_ = words.say("discrepancy.enforcing-cluster", node=name)
            yield Discrepancy("no-mtls", words.say("key.uses"), words.say("phrase.none"), text_, text_)
    for node in deployment.nodes:
        yield from _unnamed(words, node)
        release = node.known_release
        if node.client_certificate is not None and release is not None and release < X15_5:
            yield Discrepancy(
                f"node/{node.name}/client_certificate",
                key_words(words, f"node/{node.name}/client_certificate"),
                words.say("discrepancy.client-store-stated"),
                words.say("discrepancy.client-store-found", release=str(release)),
                words.say("key.server_certificate"),
            )
    for group in deployment.clusters():
        primaries = [node.name for node in group if node.primary]
        if len(primaries) > 1:
            yield Discrepancy(
                f"node/{primaries[1]}/primary",
                words.say("key.primary"),
                ", ".join(primaries),
                words.say("discrepancy.one-primary"),
                primaries[0],
            )
        releases = dict.fromkeys(str(node.known_release) for node in group if node.known_release)
        if len(releases) > 1:
            yield Discrepancy(
                f"node/{group[0].name}/release",
                words.say("discrepancy.cluster-release"),
                ", ".join(releases),
                words.say("discrepancy.one-release"),
                str(view.oldest(group)),
            )


_NAMES_SHOWN = 5
_HOST = re.compile(r"[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*\.[A-Za-z][A-Za-z0-9-]*\.?")


def _unnamed(words: Words, node: Node) -> Iterator[Discrepancy]:
    """A certificate that was read and does not name the node that holds it: checks by name fail on it."""
    for store in STORES:
        certificate = node.certificate(store)
        record = certificate.record if certificate is not None else None
        if record is None or _names(record, node.name):
            continue
        listed = record.sans or ((record.common_name,) if record.common_name else ())
        shown = ", ".join(listed[:_NAMES_SHOWN]) + (" …" if len(listed) > _NAMES_SHOWN else "")
        key = f"node/{node.name}/{store}_certificate"
        found = words.say("discrepancy.names", names=shown or words.say("phrase.none"))
        yield Discrepancy(key, key_words(words, key), node.name, found, shown or words.say("phrase.none"))


def _names(record: CertificateRecord, host: str) -> bool:
    """Whether a certificate names a host; yes too where that cannot be told: a node is known by a label or
    an address, or names were left out."""
    told = _HOST.fullmatch(host) and not any(note.code == "sans-incomplete" for note in record.notes)
    return not told or record.covers(host)


def current(deployment: Deployment, key: str) -> str:
    """The value that a key holds now, as the deployment file writes it; "" where nothing is held, "unknown"
    where it was asked and they could not say."""
    parts = key.split("/")
    if parts[0] == "uses" and len(parts) == 2:
        return deployment.uses.get(parts[1], "")
    target: object = deployment
    if parts[0] == "node":
        name, parts = _node_and_rest(deployment, key)
        target = deployment.node(name)
    for part in parts:
        target = getattr(target, part, None)
    if target is None:
        # A date or a box that they could not say is kept as an origin without a value.
        return UNKNOWN if key in deployment.origins and deployment.origins[key].kind == "answered" else ""
    return text(target)


def _node_and_rest(deployment: Deployment, key: str) -> tuple[str, list[str]]:
    rest = key.removeprefix("node/")
    for node in deployment.nodes:
        if rest.startswith(f"{node.name}/"):
            return node.name, rest[len(node.name) + 1 :].split("/")
    name, _, tail = rest.partition("/")
    return name, tail.split("/")


def unknowns(
    knowledge: Knowledge, deployment: Deployment, connections: Iterable[ConnectionOutlook]
) -> tuple[OpenPoint, ...]:
    """What is not known and would change something: whom to ask, and what it decides."""
    words = knowledge.words
    decided: dict[str, dict[str, None]] = {}
    for outlook in connections:
        for prediction in (outlook.today, outlook.after_renewal, outlook.after_plan):
            for signal in _open_signals(prediction):
                decided.setdefault(signal, {})[outlook.title] = None
    if tree.outcome(deployment) == "open":
        if tree.public_ca(deployment) == "unknown":
            decided = {"public_ca": {words.say("phrase.outcome"): None}, **decided}
        else:
            decided = {"uses": {words.say("phrase.outcome"): None}, **decided}
    if tree.outcome(deployment) == "act":
        for _, _, certificate in view.held(deployment):
            if certificate.ca == "public" and certificate.issuer is None:
                decided.setdefault("issuer", {})[words.say("option.B.title")] = None
            elif certificate.ca == "public" and _closing_unknown(knowledge, certificate.issuer):
                decided.setdefault("ca_last_day", {})[words.say("option.B.title")] = None
        if any(len(group) > 1 for group in deployment.clusters()):
            for signal in ("cve_releases", "cluster_store"):
                decided.setdefault(signal, {})[words.say("connection.cluster-db")] = None
        if deployment.upgrade_by in (None, "unknown"):
            decided.setdefault("upgrade_by", {})[words.say("option.D.title")] = None
    return tuple(
        OpenPoint(
            signal,
            words.say(f"unknown.{signal}.what"),
            words.say(f"unknown.{signal}.ask"),
            " ".join(
                (words.say(f"unknown.{signal}.matters"), words.say("phrase.decides", what=", ".join(things)))
            ),
        )
        for signal, things in decided.items()
    )


def _closing_unknown(knowledge: Knowledge, issuer: str | None) -> bool:
    entry = knowledge.issuers.get(issuer or "")
    return entry is not None and entry.closed_from is None


def _open_signals(prediction: Prediction) -> tuple[str, ...]:
    return tuple(_ASKED_AS.get(signal, signal) for signal in prediction.decides)


_ASKED_AS: Mapping[str, str] = {
    "client_auth": "certificate",
    "server_auth": "certificate",
    "acceptor_server_auth": "certificate",
    "validity": "certificate",
    "acceptor_validity": "certificate",
    "checker_release": "release",
}
"""Signals about one thing that a person would look up are one open point."""
