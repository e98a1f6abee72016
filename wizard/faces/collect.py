"""The sheet to send ahead: what to gather, on which node, and what must never be sent. Markdown."""

from collections.abc import Iterator

from wizard.faces.markdown.escape import escape, fence
from wizard.model.deployment import Deployment
from wizard.model.knowledge import CollectItem, Knowledge


def sheet(knowledge: Knowledge, deployment: Deployment) -> str:
    """The sheet for a deployment: once, then on each node (by name where the nodes are known), then never."""
    return "\n".join(_lines(knowledge, deployment)) + "\n"


def _lines(knowledge: Knowledge, deployment: Deployment) -> Iterator[str]:
    words = knowledge.words
    named = escape(deployment.name) or words.say("phrase.unnamed")
    yield f"# {words.say('collect.title', deployment=named)}"
    yield ""
    yield words.say("collect.intro", edition=knowledge.edition.id)
    yield ""
    yield f"## {words.say('collect.never')}"
    yield ""
    for item in knowledge.collect:
        if item.each == "never":
            yield f"- **{words.say(f'collect.{item.id}.title')}** {words.say(f'collect.{item.id}.why')}"
    yield ""
    yield f"## {words.say('collect.once')}"
    yield ""
    for item in knowledge.collect:
        if item.each == "once":
            yield from _item(knowledge, item, "###")
    nodes = [escape(node.name) for node in deployment.nodes] or [words.say("collect.each-node")]
    for node in nodes:
        yield f"## {node}"
        yield ""
        for item in knowledge.collect:
            if item.each == "node":
                yield from _item(knowledge, item, "###")


def _item(knowledge: Knowledge, item: CollectItem, heading: str) -> Iterator[str]:
    words, key = knowledge.words, f"collect.{item.id}"
    yield f"{heading} {words.say(f'{key}.title')}"
    yield ""
    yield words.say(f"{key}.why")
    yield ""
    yield from (f"- [ ] {line}" for line in words.lines(f"{key}.do"))
    yield from (f"- {path}" for path in item.gui)
    yield ""
    if item.commands:
        yield from fence(item.commands)
        yield ""
