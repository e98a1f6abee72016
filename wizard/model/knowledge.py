"""`Knowledge`: what is known of the subject, as `content/` holds it, once it has been read and checked.

Structure only: sentences are in `words`, under ids derived from the entry (`fact.ID`, `question.ID.text`).
A condition is data: `When` maps a signal to the values it accepts, all of which must hold. Rules are tried
in order and the first that holds is taken; the proof that each state has a rule, and each rule a state, is
`wizard.domain.proof`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Literal

from wizard.model.certificate import IssuerTable
from wizard.model.release import Release
from wizard.model.words import Words

if TYPE_CHECKING:
    from wizard.model.troubleshooting import Troubleshooting

When = Mapping[str, tuple[str, ...]]
Confidence = Literal["confirmed", "secondary", "unknown", "ours"]
State = Literal["works", "fails", "depends", "unknown"]
Verdict = Literal["recommended", "possible", "closed", "not-applicable", "not-needed"]
Outcome = Literal["open", "not-affected", "monitor", "act"]

_STRICT = {"extra": "forbid"}


@dataclass(frozen=True, slots=True)
class Source:
    """Where a statement stands: a document of `Knowledge.documents` and the section in it."""

    __pydantic_config__ = _STRICT
    id: str
    section: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A document that statements are taken from. `dated` is ISO (day, month or empty).
    Title: `document.ID`."""

    __pydantic_config__ = _STRICT
    id: str
    dated: str = ""
    address: str = ""
    revision: str = ""


@dataclass(frozen=True, slots=True)
class Edition:
    """The edition of the content, the day it was reviewed, and the day by which it is due again."""

    __pydantic_config__ = _STRICT
    id: str
    reviewed: date
    review_by: date


@dataclass(frozen=True, slots=True)
class Overtaken:
    """What replaced a fact: the id of the later fact (empty: words only), who says so and when."""

    __pydantic_config__ = _STRICT
    source: Source
    dated: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """One statement. Words: `fact.ID`. `bears_on` names the entries it belongs to, as `KIND:ID`
    (question, outcome, option, connection, step, notice, deadline, symptom, faq, page)."""

    __pydantic_config__ = _STRICT
    id: str
    source: Source
    dated: str
    bears_on: tuple[str, ...]
    confidence: Confidence = "confirmed"
    overtaken: Overtaken | None = None


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two sources, or a source and itself, at odds. Words: `contradiction.ID.says`, `.but`, `.followed`."""

    __pydantic_config__ = _STRICT
    id: str
    says: Source
    but: Source
    bears_on: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Was:
    """A date as an earlier source had it."""

    __pydantic_config__ = _STRICT
    date: date
    source: Source


@dataclass(frozen=True, slots=True)
class Deadline:
    """A date of the calendar, by the ids of facts.md section 2. Words: `deadline.ID`."""

    __pydantic_config__ = _STRICT
    id: str
    date: date
    source: Source
    confidence: Confidence = "confirmed"
    was: Was | None = None


@dataclass(frozen=True, slots=True)
class Issuer:
    """A CA and until when it issues combined certificates.

    `closed_from` is the first day on which none is to be had, None when not known (counts as open until the
    policy limit). `alternative_root`: it has a hierarchy outside Chrome's store; `alternative_closed_from`
    is when that one closes too (None: stays open).
    """

    __pydantic_config__ = _STRICT
    id: str
    name: str
    source: Source
    organizations: tuple[str, ...] = ()
    not_public: tuple[str, ...] = ()
    server_only_since: date | None = None
    closed_from: date | None = None
    closed_was: date | None = None
    confidence: Confidence = "confirmed"
    alternative_root: bool = False
    alternative_closed_from: date | None = None
    acme: bool = False


@dataclass(frozen=True, slots=True)
class Chain:
    """One of the chains of FN74362."""

    __pydantic_config__ = _STRICT
    issuer: str
    root: str
    intermediate: str
    eku: Literal["both", "client", "server"]
    chrome: bool
    source: Source


@dataclass(frozen=True, slots=True)
class Validity:
    """The longest validity in days of a public certificate issued from `since` on."""

    __pydantic_config__ = _STRICT
    since: date
    days: int
    source: Source


@dataclass(frozen=True, slots=True)
class Route:
    """Where a question leads when `when` holds: a question, or `outcome:ID`. Empty `when`: always."""

    __pydantic_config__ = _STRICT
    to: str
    when: When = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Question:
    """One question of the tree: one screen.

    `fills` is the path it answers (`public_ca`, `uses`, `settings/eku_checking`, `upgrade_by`, `node/release`
    …: for each node). `asked_when` in tree signals; where it does not hold the walk passes through to the
    routes. `kind`: choice (one of `answers`), uses (each of them yes, no or unknown), release, date, nodes,
    issuer. "I don't know" is always an answer. Words: `question.ID.text`, `.why`, `.find` (how to find out),
    `answer.ID.VALUE` and `answer.ID.VALUE.leads`.
    """

    __pydantic_config__ = _STRICT
    id: str
    fills: str
    kind: Literal["choice", "uses", "release", "date", "nodes", "issuer", "eku"]
    source: Source
    routes: tuple[Route, ...]
    answers: tuple[str, ...] = ()
    about: Literal["deployment", "node"] = "deployment"
    asked_when: tuple[When, ...] = ()


@dataclass(frozen=True, slots=True)
class Leaf:
    """An end of the documented tree. Words: `outcome.ID.title`, `.text`."""

    __pydantic_config__ = _STRICT
    id: Outcome
    source: Source


@dataclass(frozen=True, slots=True)
class Branch:
    """A line of the seed's decision tree, for drawing. Words: `tree.ID`; `under` is the parent's id;
    `leads_to` a question id, `outcome:ID` or `option:ID` it stands for."""

    __pydantic_config__ = _STRICT
    id: str
    source: Source
    under: str = ""
    leads_to: str = ""


@dataclass(frozen=True, slots=True)
class ConnectionRule:
    """Then `then`, because `why` (words `why.ID`), when the signals are so. `ask` is the unknown
    (`content/unknowns.toml`) to settle where `then` is depends whatever we know."""

    __pydantic_config__ = _STRICT
    then: State
    why: str
    source: Source
    when: When = field(default_factory=dict)
    ask: str = ""


@dataclass(frozen=True, slots=True)
class Connection:
    """A kind of connection: who takes part, whose certificate is judged, and by which rules.

    `use` is the use that brings it along, empty: always. `pairs` says which ends there are: `core-edge`
    (each core with each edge, from core), `edge-core`, `cluster` (each pair of a cluster), `node-peer`,
    `peer-node`, `edge-peer`, `peer-edge`, `edge-cloud`, `core-peer`, `client-node`, `node-cloud`.
    `presenter` is the end whose certificate is checked, `checker` the end that checks it (`both`: each the
    other); `shows` is the store the presenter shows from. Words: `connection.ID`.
    """

    __pydantic_config__ = _STRICT
    id: str
    pairs: Literal[
        "core-edge", "edge-core", "cluster", "node-peer", "peer-node", "edge-peer", "peer-edge",
        "edge-cloud", "core-peer", "client-node", "node-cloud",
    ]  # fmt: skip
    presenter: Literal["from", "to", "both", "none"]
    checker: Literal["from", "to", "both", "none"]
    shows: Literal["server", "client"]
    source: Source
    rules: tuple[ConnectionRule, ...]
    use: str = ""


@dataclass(frozen=True, slots=True)
class OptionRule:
    """The verdict `then`, because `why` (words `reason.ID`), when the signals are so; `need` is the smallest
    thing that would have to differ (words `need.ID`, empty for recommended)."""

    __pydantic_config__ = _STRICT
    then: Verdict
    why: str
    source: Source
    when: When = field(default_factory=dict)
    need: str = ""


@dataclass(frozen=True, slots=True)
class OptionRules:
    """An option of the document. Words: `option.ID.title`, `.what`, `.price`, `.interruption`, `.leaves`.
    `lead_days` is how long it takes to be done, ours and editable."""

    __pydantic_config__ = _STRICT
    id: Literal["A", "B", "C", "D"]
    source: Source
    lead_days: int
    rules: tuple[OptionRule, ...]


@dataclass(frozen=True, slots=True)
class Phase:
    """A stretch of the work, in order. `lead_days` is what it usually takes in calendar days, ours and
    editable. `due` is the rule for its date: in turn, at once, before the date that binds, or on the day by
    which the upgrade can be finished. Words: `phase.ID`."""

    __pydantic_config__ = _STRICT
    id: str
    lead_days: int
    due: Literal["in-turn", "at-once", "before-binding", "upgrade"] = "in-turn"


@dataclass(frozen=True, slots=True)
class StepRule:
    """A step of the plan, for each of its subjects for which `when` holds (any of the conditions).

    `each`: once, role, cluster (of two nodes or more), node. `order` of nodes is edge before core, primary
    before peers. `minutes` of hands-on work, `lead_days` of waiting. `gui` paths and `commands` are exact
    and the same in every language; `{node}`, `{release}` and the like are filled in. `proved_by` is what
    evidence must show for the step to count as done. `needs` names steps that come before.
    Words: `step.ID.title`, `.do` (one action a line), `.verify`, `.stop`, `.rollback`, `.interrupts`.
    """

    __pydantic_config__ = _STRICT
    id: str
    phase: str
    each: Literal["once", "role", "cluster", "node"]
    owner: str
    minutes: int
    sources: tuple[Source, ...]
    when: tuple[When, ...] = ()
    lead_days: int = 0
    needs: tuple[str, ...] = ()
    gui: tuple[str, ...] = ()
    commands: tuple[str, ...] = ()
    point_of_no_return: bool = False
    troubles: tuple[str, ...] = ()
    options: tuple[Literal["A", "B", "C", "D"], ...] = ()
    proved_by: tuple[When, ...] = ()


@dataclass(frozen=True, slots=True)
class NoticeRule:
    """Something to be told when `when` holds (any of the conditions). Words: `notice.ID`."""

    __pydantic_config__ = _STRICT
    id: str
    source: Source
    when: tuple[When, ...] = ()


@dataclass(frozen=True, slots=True)
class UnknownRule:
    """What to say of a signal that is not known. Words: `unknown.SIGNAL.what`, `.ask`, `.matters`."""

    __pydantic_config__ = _STRICT
    signal: str
    source: Source


@dataclass(frozen=True, slots=True)
class CollectItem:
    """Something to gather ahead. Words: `collect.ID.title`, `.do`, `.why`."""

    __pydantic_config__ = _STRICT
    id: str
    each: Literal["once", "node", "never"]
    source: Source
    gui: tuple[str, ...] = ()
    commands: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Faq:
    """An answer of the document. Words: `faq.ID.question`; the answer, and what a later source changed, are
    Markdown in `words/LANGUAGE/faq/ID.md`, read when asked for. `links` as `KIND:ID`; `tags` are further
    words to find it by; `releases` and `options` it speaks of; `changed` is set where a later source
    changed the answer."""

    __pydantic_config__ = _STRICT
    id: str
    group: str
    source: Source
    links: tuple[str, ...]
    tags: tuple[str, ...] = ()
    releases: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    changed: Source | None = None


@dataclass(frozen=True, slots=True)
class Knowledge:
    """All of it, in one language. Made by `wizard.knowledge.load`; never by hand outside tests."""

    edition: Edition
    words: Words
    documents: Mapping[str, Document]
    fixed_release: Release
    facts: Mapping[str, Fact]
    contradictions: Mapping[str, Contradiction]
    deadlines: Mapping[str, Deadline]
    issuers: Mapping[str, Issuer]
    chains: tuple[Chain, ...]
    validities: tuple[Validity, ...]
    issuer_table: IssuerTable
    start: str
    questions: Mapping[str, Question]
    leaves: Mapping[str, Leaf]
    branches: tuple[Branch, ...]
    connections: Mapping[str, Connection]
    options: Mapping[str, OptionRules]
    phases: tuple[Phase, ...]
    steps: Mapping[str, StepRule]
    notices: Mapping[str, NoticeRule]
    unknowns: Mapping[str, UnknownRule]
    collect: tuple[CollectItem, ...]
    faq: Mapping[str, Faq]
    troubleshooting: "Troubleshooting | None" = None
