"""`walk`: the way through the tree, replayed from the start each time.

An earlier answer can change: later ones that are then off the path lie dormant, and come back with it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from wizard.domain import outcome as tree
from wizard.domain import rules, view
from wizard.domain.known import origin_of
from wizard.domain.remarks import current
from wizard.domain.rules import Signals
from wizard.model.deployment import SETTINGS, UNKNOWN, USES, Certificate, Deployment, Node
from wizard.model.knowledge import Knowledge, Question
from wizard.model.plan import Asked, Walk

OUTCOME = "outcome:"
"""How a route names a leaf of the tree."""


def walk(knowledge: Knowledge, deployment: Deployment) -> Walk:
    """What was answered on the way, what comes next and may lie ahead, and what is off the path."""
    path: list[Asked] = []
    open_: list[Asked] = []
    reached: set[str] = set()
    signals = tree_signals(deployment)
    of_nodes = [(node, {**signals, **node_signals(node)}) for node in deployment.nodes]
    id = knowledge.start
    while not id.startswith(OUTCOME):
        question = knowledge.questions[id]
        reached.add(id)
        for asked in _asked(question, deployment, signals, of_nodes):
            (path if asked.answer else open_).append(asked)
        id = rules.first(question.routes, signals).to
    return Walk(
        path=tuple(path),
        next=open_[0] if open_ else None,
        ahead=tuple(open_[1:]),
        outcome=tree.outcome(deployment),
        dormant=_dormant(knowledge, deployment, path, reached),
    )


def _asked(
    question: Question, deployment: Deployment, signals: Signals, of_nodes: Sequence[tuple[Node, Signals]]
) -> Iterator[Asked]:
    if question.about == "deployment":
        if rules.any_holds(question.asked_when, signals):
            yield from _deployment_question(question, deployment)
        return
    for node, its_signals in of_nodes:
        if rules.any_holds(question.asked_when, its_signals):
            key = f"node/{node.name}/{question.fills.removeprefix('node/')}"
            yield _with_answer(deployment, Asked(question.id, node.name, key))


def _deployment_question(question: Question, deployment: Deployment) -> Iterator[Asked]:
    if question.kind == "uses":
        answered = [use for use in USES if use in deployment.uses]
        if len(answered) < len(USES):
            yield Asked(question.id, "", "uses")
            return
        for use in USES:
            yield _with_answer(deployment, Asked(question.id, "", f"uses/{use}"))
        return
    if question.kind == "nodes":
        names = ", ".join(node.name for node in deployment.nodes)
        skipped = "nodes" in deployment.origins
        origin = origin_of(deployment, "nodes")
        yield Asked(
            question.id, "", "nodes", names or ("none" if skipped else ""), origin.kind, origin.detail
        )
        return
    yield _with_answer(deployment, Asked(question.id, "", question.fills))


def _with_answer(deployment: Deployment, asked: Asked) -> Asked:
    answer = current(deployment, asked.key)
    if not answer:
        return asked
    origin = origin_of(deployment, asked.key)
    return Asked(asked.question, asked.about, asked.key, answer, origin.kind, origin.detail)


def _dormant(
    knowledge: Knowledge, deployment: Deployment, path: list[Asked], reached: set[str]
) -> tuple[str, ...]:
    """Answers to questions that the walk did not ask. What a file or a dump told stays evidence."""
    on_path = {asked.key for asked in path}
    keys = ["public_ca"] if deployment.public_ca is not None else []
    keys += ["upgrade_by"] if deployment.upgrade_by is not None else []
    keys += [f"uses/{use}" for use in USES if use in deployment.uses]
    keys += [f"settings/{key}" for key in SETTINGS if deployment.settings.get(key) is not None]
    asked_somewhere = {q.fills for q in knowledge.questions.values()}
    uses_reached = any(knowledge.questions[id].kind == "uses" for id in reached)
    return tuple(
        key
        for key in keys
        if key not in on_path
        and origin_of(deployment, key).kind == "answered"
        and (key in asked_somewhere or key.startswith("uses/"))
        and not (key.startswith("uses/") and uses_reached)
    )


def tree_signals(deployment: Deployment) -> Signals:
    """The signals of vocabulary.TREE as they stand. Those about a node say that nothing is known of it."""
    clusters = [group for group in deployment.clusters() if len(group) > 1]
    known = [n.known_release for n in deployment.nodes if n.known_release is not None]
    return {
        "public_ca": tree.public_ca(deployment),
        "certificates_tell": _yes_no(tree.public_ca(replace(deployment, public_ca=None)) != UNKNOWN),
        "mtls": tree.mtls(deployment),
        **{use.replace("-", "_"): deployment.uses.get(use, UNKNOWN) for use in USES},
        "nodes": "cluster" if clusters else "single" if deployment.nodes else "none",
        "oldest": view.band(view.oldest(deployment.nodes)) or UNKNOWN,
        "newest": (view.band(max(known)) if known else None) or UNKNOWN,
        "edge_on_x154": _yes_no(
            any(n.role == "edge" and view.band(n.known_release) == "x15.4" for n in deployment.nodes)
        ),
        **node_signals(None),
    }


def node_signals(node: Node | None) -> Signals:
    """The signals about one node, with what is known of it so far."""
    certificate = (node.server_certificate if node else None) or Certificate()
    return {
        "node_role": (node.role if node else None) or UNKNOWN,
        "node_release": (view.band(node.known_release) if node else None) or UNKNOWN,
        "node_ca": certificate.ca or UNKNOWN,
        "node_issuer_acme": _acme(certificate),
        "node_certificate_read": _yes_no(certificate.record is not None),
    }


def _acme(certificate: Certificate) -> str:
    if certificate.issuer is None:
        return UNKNOWN
    return _yes_no(certificate.issuer == "lets-encrypt" or certificate.acme is True)


def _yes_no(value: bool) -> str:
    return "yes" if value else "no"
