"""The nodes as lines: typed or pasted, one each, saved as they come; then what all of them share."""

from dataclasses import replace

from wizard.domain.answers import AnswerError
from wizard.faces import nodelist
from wizard.faces.plain import questions
from wizard.faces.plain.talk import Talk
from wizard.model.deployment import Deployment, Node, Role
from wizard.model.plan import Asked
from wizard.model.release import Release
from wizard.model.text import visible

_ROLES: dict[str, Role] = {"1": "core", "2": "edge", "core": "core", "edge": "edge"}


def ask_nodes(talk: Talk, asked: Asked) -> None:
    """Take lines of nodes until an empty one, or "none"; then ask what those that were added share."""
    console = talk.console
    # The first node answers the question, but a command in the middle of the list comes back to it.
    talk.session.go_to(asked.key)
    for line in talk.words.lines("plain.how.nodes"):
        console.put(line)
    _list(talk)
    before = {node.name for node in talk.session.deployment.nodes}
    while True:
        line = console.ask("plain.prompt.node")
        if not line:
            if talk.session.deployment.nodes:
                break
            console.say("plain.type-a-node")
            continue
        try:
            if line.casefold() == questions.NONE or line in questions.DONT_KNOW:
                if talk.session.deployment.nodes:
                    raise AnswerError("nodes-there")
                talk.change(talk.session.answered(asked, questions.NONE))
                break
            _take(talk, line)
        except AnswerError as error:
            talk.failed = talk.failed or not console.interactive
            console.refuse(talk.words.say(f"refused.{error.code}", **error.args_for_words))
    added = [node for node in talk.session.deployment.nodes if node.name not in before]
    if len(added) > 1:
        _share_role(talk)
        _share_release(talk)


def _list(talk: Talk) -> None:
    for node in talk.session.deployment.nodes:
        talk.console.put(node_words(talk, node), first="- ", rest="  ")


def node_words(talk: Talk, node: Node) -> str:
    """A node with what is known of it, in one line."""
    parts = [node.name]
    if node.role is not None:
        parts.append(talk.words.say(f"role.{node.role}"))
    if node.release is not None:
        parts.append(visible(str(node.release)))
    if node.cluster is not None:
        parts.append(talk.words.say("plain.in-cluster", cluster=node.cluster))
    if node.primary:
        parts.append(talk.words.say("key.primary"))
    return ", ".join(parts)


def _take(talk: Talk, line: str) -> None:
    """Add the node of a line, or with a minus before its name take it out; saved at once.

    Raises:
        AnswerError: it is neither.
    """
    deployment: Deployment = talk.session.deployment
    if line.startswith("-"):
        node = deployment.node(line[1:].strip())
        if node is None:
            raise AnswerError("no-node", given=visible(line[1:].strip()))
        talk.change(deployment.without_node(node.name))
        talk.console.say("plain.node-removed", node=node.name)
        return
    node = nodelist.node_line(line)
    talk.change(nodelist.added(deployment, (node,)))
    talk.console.say("plain.node-added", node=node_words(talk, node))


def _share_role(talk: Talk) -> None:
    console = talk.console
    while (nodes := nodelist.without_role(talk.session.deployment)) and len(nodes) > 1:
        console.say("plain.how.role-for-all", count=str(len(nodes)))
        line = console.ask("plain.prompt.role-for-all").casefold()
        if not line:
            return
        try:
            role = _ROLES.get(line)
            if role is None:
                raise AnswerError("not-one", given=visible(line))
            talk.change(nodelist.with_role(talk.session.deployment, nodes, role))
        except AnswerError as error:
            console.refuse(talk.words.say(f"refused.{error.code}", **error.args_for_words))


def _share_release(talk: Talk) -> None:
    console = talk.console
    while (nodes := nodelist.without_release(talk.session.deployment)) and len(nodes) > 1:
        console.say("plain.how.release-for-all", count=str(len(nodes)))
        line = console.ask("plain.prompt.release-for-all")
        if not line:
            return
        try:
            release = Release.parse(line)
        except ValueError:
            console.refuse(talk.words.say("refused.not-a-release", given=visible(line)))
            continue
        talk.change(nodelist.with_release(talk.session.deployment, nodes, release))


def with_about(deployment: Deployment, field: str, value: str) -> Deployment:
    """The deployment with a line of its head: name, customer, prepared_by or prepared_for."""
    said = visible(value)
    match field:
        case "name":
            return replace(deployment, name=said)
        case "customer":
            return replace(deployment, customer=said)
        case "prepared_by":
            return replace(deployment, prepared_by=said)
        case _:
            return replace(deployment, prepared_for=said)
