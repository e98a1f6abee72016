"""A line mode without terminal and files: what is typed is a list, what is saved is kept in memory."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from tests.faces.paths import AS_OF, CONTENT, PROGRAM, Answer, knowledge
from wizard.faces import plain
from wizard.faces.command import Context
from wizard.faces.plain.console import Console, StoppedError
from wizard.faces.plain.desk import Read, Shelved
from wizard.faces.session import Session
from wizard.knowledge import faq_answer, load
from wizard.model.deployment import UNKNOWN, USES, Deployment, Node, Store
from wizard.model.knowledge import Knowledge
from wizard.model.problems import ProblemsError

STOP = "\0stop"
"""A line that stands for a signal that comes while it is waited for."""
SIGNAL = 15


@cache
def whole_faq() -> tuple[Knowledge, Mapping[str, str]]:
    """The knowledge with the FAQ, and its answers."""
    everything = load(CONTENT)
    return everything, {id: faq_answer(CONTENT, "en", id) for id in everything.faq}


class Script:
    """`Streams` over a list of lines; what is written is kept in `out`."""

    def __init__(self, lines: Iterable[str], *, interactive: bool = True) -> None:
        self.interactive = interactive
        self.left = list(lines)
        self.written: list[str] = []

    @property
    def out(self) -> str:
        """All that was written."""
        return "".join(self.written)

    def read(self) -> str | None:
        """The next line."""
        if not self.left:
            return None
        line = self.left.pop(0)
        if line == STOP:
            raise StoppedError(SIGNAL)
        return line

    def write(self, text: str) -> None:
        """Keep it."""
        self.written.append(text)

    def secret(self, prompt: str) -> str | None:
        """Nobody types one."""
        return None


@dataclass
class MemoryDesk:
    """`Desk` in memory: `kept` is each state that was saved, `fails` what saving raises while it is set."""

    kept: list[Deployment] = field(default_factory=list)
    files: dict[str, str] = field(default_factory=dict)
    answers: dict[tuple[str, ...], Read] = field(default_factory=dict)
    shelf: tuple[Shelved, ...] = ()
    opens: dict[str, Deployment | ProblemsError] = field(default_factory=dict)
    fails: ProblemsError | None = None
    closed: int = 0
    taken_over: bool = False
    placed: Mapping[str, tuple[str, Store]] = field(default_factory=dict)

    def shelved(self) -> tuple[Shelved, ...]:
        """As given."""
        return self.shelf

    def example(self) -> Deployment:
        """A deployment with a name only."""
        return Deployment(name="example")

    def create(self, deployment: Deployment) -> None:
        """Keep it."""
        self._keep(deployment)

    def open(self, slug: str, *, take_over: bool = False) -> Deployment:
        """As given; taken over where that is said."""
        found = self.opens[slug]
        self.taken_over = take_over
        if isinstance(found, ProblemsError):
            if not take_over:
                raise found
            return Deployment(name="taken over")
        return found

    def restore(self, slug: str) -> Deployment:
        """The state before."""
        return Deployment(name="state before")

    def keep(self, session: Session) -> None:
        """Keep the state."""
        self._keep(session.deployment)

    def _keep(self, deployment: Deployment) -> None:
        if self.fails is not None:
            raise self.fails
        self.kept.append(deployment)

    def place(self) -> str:
        """A name, as long as saving works."""
        return "" if self.fails or not self.kept else "saved/hq.json"

    def close(self) -> None:
        """Count it."""
        self.closed += 1

    def read(
        self, paths: tuple[str, ...], known: Deployment | None, placed: Mapping[str, tuple[str, Store]]
    ) -> Read:
        """As given."""
        self.placed = dict(placed)
        return self.answers[paths]

    def write(self, path: str, text: str, *, overwrite: bool) -> str:
        """Keep the text."""
        if path in self.files and not overwrite:
            raise FileExistsError(path)
        self.files[path] = text
        return path

    def rename(self, slug: str, name: str) -> None:
        """Another name on the shelf."""
        self.shelf = tuple(replace(one, name=name) if one.slug == slug else one for one in self.shelf)

    def duplicate(self, slug: str, name: str) -> None:
        """A copy on the shelf."""
        one = next(one for one in self.shelf if one.slug == slug)
        self.shelf = (*self.shelf, replace(one, slug=name, name=name))

    def delete(self, slug: str) -> None:
        """Off the shelf, unless it cannot be opened."""
        if isinstance(self.opens.get(slug), ProblemsError):
            raise self.opens[slug]  # type: ignore[misc]
        self.shelf = tuple(one for one in self.shelf if one.slug != slug)

    def faq(self) -> tuple[Knowledge, Mapping[str, str]]:
        """As shipped."""
        return whole_faq()

    def block(self, deployment: Deployment) -> str:
        """A block that names the revision."""
        return f"```json eku-wizard\n{deployment.saved.revision}\n```\n"


@dataclass(frozen=True)
class Talked:
    """What came of it: exit status, all that was written, and the desk."""

    status: int
    out: str
    desk: MemoryDesk
    left: tuple[str, ...]

    @property
    def deployment(self) -> Deployment:
        """The last state that was saved."""
        return self.desk.kept[-1]

    @property
    def asked(self) -> tuple[str, ...]:
        """The question shown each time, as `ID` or `ID, NODE`."""
        heads = [line for line in self.out.splitlines() if line.startswith("Question ")]
        return tuple(line.partition("(")[2].rstrip(")") for line in heads)

    def plan(self, file: str = "plan.json") -> dict[str, Any]:
        """A plan that was saved as JSON."""
        said: dict[str, Any] = json.loads(self.desk.files[file])
        return said


def talk(
    lines: Iterable[str],
    *,
    desk: MemoryDesk | None = None,
    interactive: bool = True,
    ascii_mode: bool = False,
    files: tuple[str, ...] = (),
    context: Context = Context(),  # noqa: B008 - a frozen value
) -> Talked:
    """Run the line mode on these lines until they end."""
    script, desk = Script(lines, interactive=interactive), desk or MemoryDesk()
    console = Console(script, knowledge().words, ascii_mode=ascii_mode)
    status = plain.run(console, desk, knowledge(), AS_OF, PROGRAM, files=files, context=context)
    return Talked(status, script.out, desk, tuple(script.left))


NEW = ("1", "path", "")
"""A new deployment called path, for no customer."""


def lines_for(answers: Iterable[Answer]) -> list[str]:
    """What a person types for these answers, numbers where there are numbers."""
    return [line for answer in answers for line in _lines(answer)]


def _lines(answer: Answer) -> list[str]:
    if answer.question == "nodes":
        if not answer.nodes:
            return ["none"]
        shared = ["", ""] if all(node.role is None for node in answer.nodes) else [""]
        return [*map(node_line, answer.nodes), "", *shared]
    if not isinstance(answer.given, str):
        return [uses_line(answer.given)]
    return ["0"] if answer.given == UNKNOWN else [_number(answer)]


def _number(answer: Answer) -> str:
    """The number of a choice; what has none is typed."""
    question = knowledge().questions[answer.question]
    values = tuple(knowledge().issuers) if question.kind == "issuer" else question.answers
    given = str(answer.given)
    return str(values.index(given) + 1) if given in values else given


def node_line(node: Node) -> str:
    """A node as it is typed."""
    words = [node.name, node.role or "", "" if node.release is None else str(node.release)]
    words += [f"cluster={node.cluster}" if node.cluster else "", _PRIMARY[node.primary]]
    return " ".join(word for word in words if word)


_PRIMARY = {True: "primary", False: "peer", None: ""}


def uses_line(given: Mapping[str, str]) -> str:
    """The uses as they are typed: numbers, those not known with a question mark."""
    if all(value == UNKNOWN for value in given.values()):
        return "0"
    numbers = {use: str(number) for number, use in enumerate(USES, 1)}
    said = [numbers[use] + ("?" if given[use] == UNKNOWN else "") for use in USES if given[use] != "no"]
    return " ".join(said) or "none"
