"""What follows from a deployment: the walk through the tree, the assessment, the plan.

All sentences in here are already worded (from `Knowledge.words`), so that every face shows the same.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from wizard.model.certificate import CertificateRecord
from wizard.model.deployment import Certificate, Choice, Deployment, Node, Option, OriginKind, Role, Store
from wizard.model.knowledge import Document, Edition, Outcome, Source, State, Verdict

Day = date
"""The type under a name of its own, for records that have a field called `date`."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it stands in a walk: its id, the node it is about (empty: the deployment), the answer.

    `answer` is "" where it is not answered yet; uses are joined by ", ". `key` is the path it fills.
    """

    question: str
    about: str
    key: str
    answer: str = ""
    origin: OriginKind | Literal[""] = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Walk:
    """The way through the tree: what was answered, what comes next, what may lie ahead.

    `path` holds the questions on the way that have an answer, in order; `next` the first that has none, or
    None when the walk is at its end; `ahead` the ids of questions that may still follow (in order);
    `outcome` the leaf as far as it stands; `dormant` the keys of answers that are off the path.
    """

    path: tuple[Asked, ...]
    next: Asked | None
    ahead: tuple[Asked, ...]
    outcome: Outcome
    dormant: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason in words, with its source."""

    text: str
    source: Source


@dataclass(frozen=True, slots=True)
class Prediction:
    """What one connection does in one situation. `decides` names the unknown signals that would tell,
    as `SIGNAL` or `SIGNAL@node`."""

    state: State
    why: str
    source: Source
    decides: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ConnectionOutlook:
    """One connection today, after the next renewal of every public certificate, and after the plan.

    `start` and `end` are node names or core, edge, peer, cloud, client; `peer` is the name of a far end
    that differs from the settings.
    """

    id: str
    title: str
    start: str
    end: str
    peer: str
    today: Prediction
    after_renewal: Prediction
    after_plan: Prediction

    @property
    def telling(self) -> Prediction:
        """The one to tell where there is room for one: what fails today, else what the renewal does."""
        return self.today if self.today.state == "fails" else self.after_renewal


@dataclass(frozen=True, slots=True)
class Judgement:
    """How an option stands for one role."""

    verdict: Verdict
    reasons: tuple[Reason, ...]
    would_need: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OptionOutlook:
    """An option beside the others: verdict per role, its price and what it leaves failing (connection ids
    with ends), from simulating it alone."""

    id: Option
    title: str
    what: str
    price: str
    interruption: str
    lead_days: int
    roles: Mapping[Role, Judgement]
    leaves: tuple[str, ...]
    leaves_words: str
    source: Source


@dataclass(frozen=True, slots=True)
class Binding:
    """The date that binds, because of what, and the latest day to start so that it can be met."""

    date: date
    because: str
    id: str
    latest_start: Day
    lead_days: int


@dataclass(frozen=True, slots=True)
class CalendarDate:
    """A deadline as it stands on the as-of date. `days` until it, negative when passed."""

    id: str
    date: date
    what: str
    state: Literal["passed", "ahead"]
    days: int
    source: Source
    was: Day | None = None
    was_source: Source | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the reader must know."""

    id: str
    text: str
    source: Source


@dataclass(frozen=True, slots=True)
class OpenPoint:
    """Something not known that changes something: what, whom to ask, what it decides."""

    id: str
    what: str
    ask: str
    matters_for: str


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """Two statements about one thing; `used` is the one that was followed."""

    id: str
    what: str
    stated: str
    found: str
    used: str


@dataclass(frozen=True, slots=True)
class NodeCertificate:
    """A certificate of the deployment as the plan lists it; `record` where it was read from a file."""

    node: str
    role: str
    store: Store
    certificate: Certificate
    record: CertificateRecord | None
    days_left: int | None
    copied: bool = False


@dataclass(frozen=True, slots=True)
class Subject:
    """What steps and notices are about: the whole deployment, a role, a cluster, a node.

    `name` identifies it in step ids ("" for the whole deployment), `nodes` are those it stands for, `signals`
    the values of `wizard.domain.vocabulary.STEP` for it.
    """

    each: str
    name: str
    role: Role | None
    nodes: tuple[Node, ...]
    signals: Mapping[str, str]

    @property
    def key(self) -> tuple[str, str]:
        """What tells it from other subjects of the deployment."""
        return self.each, self.name


@dataclass(frozen=True, slots=True)
class Assessment:
    """How a deployment stands on a day. `known` is every known value, asked or not, with its origin;
    `subjects` is what steps and notices are about, in working order."""

    deployment: Deployment
    as_of: date
    edition: Edition
    walk: Walk
    outcome: Outcome
    outcome_title: str
    outcome_text: str
    known: tuple[Asked, ...]
    binding: Binding | None
    connections: tuple[ConnectionOutlook, ...]
    options: Mapping[Option, OptionOutlook]
    recommended: Choice
    chosen: Choice
    certificates: tuple[NodeCertificate, ...]
    calendar: tuple[CalendarDate, ...]
    notices: tuple[Notice, ...]
    unknowns: tuple[OpenPoint, ...]
    discrepancies: tuple[Discrepancy, ...]
    subjects: tuple[Subject, ...]


@dataclass(frozen=True, slots=True)
class PlanStep:
    """A step of the plan in working order. `id` is stable: `RULE` or `RULE@SUBJECT`.

    `node` is the subject (node, cluster or role; empty: once), `duration` and `due` as worded/dated,
    `gui` and `commands` exact; `done_on` where ticked, `proved` where evidence did it.
    """

    id: str
    rule: str
    phase: str
    phase_title: str
    title: str
    node: str
    owner: str
    due: date | None
    needs: tuple[str, ...]
    duration: str
    interrupts: str
    point_of_no_return: bool
    actions: tuple[str, ...]
    gui: tuple[str, ...]
    commands: tuple[str, ...]
    verify: str
    stop: str
    rollback: str
    done: bool
    done_on: date | None
    proved: bool
    note: str
    sources: tuple[Source, ...]
    troubles: tuple[str, ...]
    options: tuple[Option, ...] = ()


@dataclass(frozen=True, slots=True)
class DroppedStep:
    """A step that was ticked or noted before and is no longer needed, with the reason."""

    id: str
    title: str
    why: str
    note: str


@dataclass(frozen=True, slots=True)
class Change:
    """Something that differs from the revision before."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Plan:
    """The action plan: the assessment, the steps, and what goes with them."""

    assessment: Assessment
    steps: tuple[PlanStep, ...]
    dropped: tuple[DroppedStep, ...]
    summary: tuple[str, ...]
    changes: tuple[Change, ...]
    sources: tuple[tuple[Document, str], ...]
    program: str
    extra: Mapping[str, str] = field(default_factory=dict)
