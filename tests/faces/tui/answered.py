"""Questions answered by keys, as a person finds them: by digit, by arrow, by typing, by pasting names."""

from collections.abc import Mapping, Sequence

from tests.faces.paths import Answer
from tests.faces.tui.seen import Seen
from wizard.faces.tui.asking import FIELD
from wizard.model.deployment import UNKNOWN, USES, Node

_PATIENCE = 40
"""Presses of an arrow within which everything on a page is reached."""


async def begin(seen: Seen, name: str) -> None:
    """A new deployment, from the home screen to its first question."""
    await seen.press("1", "enter")
    await seen.type(name)
    await seen.press("enter", "enter", "enter", "enter", "enter")


async def give(seen: Seen, answer: Answer) -> None:
    """Answer the question that is shown."""
    if answer.nodes:
        await _nodes(seen, answer.nodes)
    elif isinstance(answer.given, str):
        await _one(seen, answer.given)
    else:
        await _uses(seen, answer.given)
    await seen.press("enter")


async def reach(seen: Seen, key: str) -> None:
    """Put the cursor on a stop by arrows."""
    for arrow in ("down", "up"):
        for _ in range(_PATIENCE):
            if seen.frame.page.key == key:
                return
            await seen.press(arrow)
    raise AssertionError(f"{key} cannot be reached:\n{seen.text}")


async def _one(seen: Seen, given: str) -> None:
    page = seen.frame.page
    stop = next((stop for stop in page.sheet.stops if stop.key == given), None)
    typing = page.stop is not None and page.stop.field is not None
    if given == UNKNOWN:
        await seen.press("0")
    elif stop is None:
        await reach(seen, FIELD)
        await seen.type(given)
    elif stop.digit and not typing:
        await seen.press(stop.digit)
    else:
        await reach(seen, given)


async def _uses(seen: Seen, given: Mapping[str, str]) -> None:
    if set(given.values()) == {UNKNOWN}:
        await seen.press("0")
        return
    times = {"no": 0, "yes": 1, UNKNOWN: 2}
    for number, use in enumerate(USES, 1):
        await seen.press(*[str(number)] * times[given[use]])


async def _nodes(seen: Seen, nodes: Sequence[Node]) -> None:
    """Add them and come to the item that says they are all; nodes without a role are pasted as names."""
    await reach(seen, "add")
    await seen.press("enter")
    assert seen.at == "NodesScreen"
    if all(node == Node(node.name) for node in nodes):
        await seen.press("i")
        await seen.paste("\n".join(node.name for node in nodes))
        await seen.press("f2")
        await reach(seen, "take")
        await seen.press("enter")
    else:
        for node in nodes:
            await seen.press("a")
            await _form(seen, node)
    await reach(seen, "done")


async def _form(seen: Seen, node: Node) -> None:
    """Fill in the form, whatever it is filled in with already, and take it."""
    assert seen.at == "NodeScreen"
    await _typed(seen, node.name)
    await _cycled(seen, seen.frame.say(f"tui.node.role-{node.role or 'unknown'}"))
    await _typed(seen, node.cluster or "")
    await _typed(seen, "" if node.release is None else str(node.release))
    primary = {True: "yes", False: "no", None: "unknown"}[node.primary]
    await _cycled(seen, seen.frame.say(f"tui.node.primary-{primary}"))
    await seen.press("enter")


async def _typed(seen: Seen, text: str) -> None:
    if seen.frame.page.value(seen.frame.page.key) != text:
        await seen.press("ctrl+u")
        await seen.type(text)
    await seen.press("enter")


async def _cycled(seen: Seen, shown: str) -> None:
    page = seen.frame.page
    for _ in range(_PATIENCE):
        stop = page.stop
        assert stop is not None
        if page.sheet.rows[stop.first].made()[-1][0] == shown:
            break
        await seen.press("space")
    await seen.press("enter")
