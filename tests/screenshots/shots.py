"""`SHOTS`: the main screens by name, and the keys that lead to each from the home screen."""

from collections.abc import Awaitable, Callable

from tests.faces.tui.seen import Seen
from wizard.faces.tui.screens.plan import PlanScreen

Way = Callable[[Seen], Awaitable[None]]

LOG = (
    '2026-11-21T07:14:01+01:00 expe1 tvcs: Event="Inbound TLS Negotiation Error" Service="SIP" '
    'Src-ip="192.0.2.10" Detail="unsupported certificate purpose" Protocol="TLS"\n'
)


def from_home(*keys: str) -> Way:
    """Keys pressed on the home screen."""

    async def go(seen: Seen) -> None:
        await seen.press(*keys)

    return go


def of_example(*keys: str) -> Way:
    """Keys pressed on the options of the example."""

    async def go(seen: Seen) -> None:
        await seen.press("3", "enter")
        await seen.until("This was read")
        await seen.press("enter")
        await seen.until("Affected")
        await seen.press(*keys)

    return go


async def question(seen: Seen) -> None:
    """A question in the middle of a deployment of two nodes."""
    await seen.press("1", "enter")
    await seen.type("Example MRA")
    await seen.press("f2", "1", "enter", "i")
    await seen.paste("expc1.example.com\nexpe1.example.com")
    await seen.press("f2", "down", "down", "down", "enter", "4", "enter")
    await seen.press("1", "enter", "2", "enter")
    await seen.type("X14.3.7=")
    await seen.press("1", "enter", "3", "5", "enter")


async def tree(seen: Seen) -> None:
    """The decision tree in the middle of the questions: beside them, or, where there is no room, alone."""
    await question(seen)
    await seen.press("1", "enter", "1", "enter")
    if seen.app.size.width < 100:
        await seen.press("t")


async def load(seen: Seen) -> None:
    """What was read of a folder with dumps and certificates, before it is used."""
    await seen.press("4", "enter")
    await seen.type("tests/evidence/data")
    await seen.press("down", "down", "space", "l")
    await seen.until("This was read")


async def diagnosis(seen: Seen) -> None:
    """The cause of failing replication in a cluster."""
    await seen.press("5", "enter")
    await seen.until("What do you see?")
    await seen.press("1", "enter", "1", "enter", "1", "enter", "1", "enter")


async def faq(seen: Seen) -> None:
    """The questions and answers."""
    await seen.press("6", "enter")
    await seen.until("Need I worry")


async def symptoms(seen: Seen) -> None:
    """What guided troubleshooting begins with."""
    await seen.press("5", "enter")
    await seen.until("What do you see?")


async def chapter(seen: Seen, key: str) -> None:
    """A chapter of the plan of the example."""
    await of_example("p")(seen)
    screen = seen.frame
    assert isinstance(screen, PlanScreen)
    keys = [chapter.key for chapter in screen.chapters]
    await seen.press(*["right"] * (keys.index(key) + 1))


async def breaks(seen: Seen) -> None:
    """What breaks and when, connection by connection."""
    await chapter(seen, "connections")


async def steps(seen: Seen) -> None:
    """The steps in working order."""
    await chapter(seen, "steps")


async def step(seen: Seen) -> None:
    """One step of them."""
    await steps(seen)
    await seen.press(*["down"] * 9, "enter")


async def answer(seen: Seen) -> None:
    """One of the answers of the FAQ."""
    await faq(seen)
    await seen.press("down", "enter")


async def lines(seen: Seen) -> None:
    """What a pasted line of a log means."""
    await seen.press("5", "enter")
    await seen.until("What do you see?")
    await seen.press("i")
    await seen.paste(LOG)
    await seen.press("f2")
    await seen.until("Does not prove")


SHOTS: dict[str, Way] = {
    "home": from_home(),
    "question": question,
    "uses": from_home("1", "enter", "f2", "3", "enter", "1", "enter", "3", "5", "5"),
    "tree": tree,
    "nodes": of_example("n"),
    "load": load,
    "certificates": of_example("c"),
    "options": of_example(),
    "review": of_example("r"),
    "plan": of_example("p"),
    "breaks": breaks,
    "steps": steps,
    "step": step,
    "save": of_example("s"),
    "continue": from_home("2", "enter"),
    "faq": faq,
    "answer": answer,
    "troubleshoot": symptoms,
    "lines": lines,
    "diagnosis": diagnosis,
    "help": of_example("question_mark"),
}
