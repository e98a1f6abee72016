"""What is known of troubleshooting (content/troubleshooting): symptoms, causes, remedies, signatures.

Structure only: sentences are in `words`, under ids derived from the entry. Like the decision tree, a tree of
a symptom is data: a condition (`When`) maps a question to the answers it accepts; turns are tried in order
and the first that holds is taken; "unknown" is an answer to every question. The proof that this is whole is
`wizard.domain.troubleproof`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from wizard.model.deployment import Option
from wizard.model.knowledge import Source, When

Certainty = Literal["certain", "likely", "possible", "not-eku"]

SYMPTOMS: tuple[str, ...] = (
    "cluster-replication", "mra-registration", "smart-licensing", "upload-refused", "neighbor-zone",
    "uc-traversal-down", "ssh-tunnels-down", "acme-overwrote", "b2b-or-cloud-refused",
)  # fmt: skip
"""The symptoms of the contract; content must have these and no other."""

_STRICT = {"extra": "forbid"}


@dataclass(frozen=True, slots=True)
class Ask:
    """One question of troubleshooting; several trees may ask it, and it is answered once.

    `answers` leaves out "unknown", which is always one. `known_from` is a signal of
    `wizard.domain.known.SIGNALS` with the same values: where a deployment tells it, it is not asked. `gui`
    and `commands` say how to find the answer, exact and the same in every language.
    Words: `ask.ID.text`, `.find`, `.answer.VALUE` (also for "unknown").
    """

    __pydantic_config__ = _STRICT
    id: str
    answers: tuple[str, ...]
    source: Source
    known_from: str = ""
    gui: tuple[str, ...] = ()
    commands: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Turn:
    """Where an answer leads when `when` holds: `ask:ID`, `cause:ID`, or `symptom:ID` to go on in that tree.

    `certainty` overrides the cause's own, where the answers so far prove it less or more.
    """

    __pydantic_config__ = _STRICT
    to: str
    when: When = field(default_factory=dict)
    certainty: Certainty | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """A question in a symptom's tree and where its answers lead."""

    __pydantic_config__ = _STRICT
    ask: str
    turns: tuple[Turn, ...]


@dataclass(frozen=True, slots=True)
class Symptom:
    """A symptom and its tree; the first step is where it starts.
    Words: `symptom.ID.title`, `.text`, `.collect` (a list: what to gather where nothing is recognised)."""

    __pydantic_config__ = _STRICT
    id: str
    source: Source
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Cause:
    """What a tree ends in. Words: `cause.ID.title` (a few words), `.text` (the cause), `.why` (by which
    release, role, EKU and verify mode), `.meanwhile` (what to do until it is fixed).

    `lookalikes` are what else looks the same; `remedies` come in the order of preference; `connections` are
    the connections (content/connections) that fail with it, from which a prediction says beforehand whether
    it is possible; `cures` are the plan steps (content/steps) that cure it.
    """

    __pydantic_config__ = _STRICT
    id: str
    certainty: Certainty
    source: Source
    lookalikes: tuple[str, ...]
    remedies: tuple[str, ...]
    connections: tuple[str, ...] = ()
    cures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Lookalike:
    """Something else that looks the same. Words: `lookalike.ID.cause`, `.check` (what tells it apart).
    `cause` is the cause of that other trouble."""

    __pydantic_config__ = _STRICT
    id: str
    source: Source
    cause: str = ""
    gui: tuple[str, ...] = ()
    commands: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Remedy:
    """A way out. `last_resort`: never the first remedy of a cause (SCP, Permissive, TLS verify off …).
    `option` is the option A–D that it belongs to, empty: none. Words: `remedy.ID.title`, `.price`."""

    __pydantic_config__ = _STRICT
    id: str
    source: Source
    steps: tuple[str, ...]
    option: Option | Literal[""] = ""
    last_resort: bool = False


@dataclass(frozen=True, slots=True)
class RemedyStep:
    """A step of a remedy. `owner` as in the plan; `check` is the expected output to verify it by. Words:
    `remedystep.ID.title`, `.do` (one action a line), `.rollback`, and `.warning` where there is one."""

    __pydantic_config__ = _STRICT
    id: str
    owner: str
    minutes: int
    sources: tuple[Source, ...]
    check: str
    interrupts: bool = False
    point_of_no_return: bool = False
    gui: tuple[str, ...] = ()
    commands: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pattern:
    """Recognises a line by literal text, never by a regular expression: time is linear in the line.

    Case, quotes and runs of blanks make no difference. Each of `all` and one of `any` must appear, none of
    `none`; the line begins with `begins`; it names a release of at least `at_least`, or below `below`.
    """

    __pydantic_config__ = _STRICT
    all: tuple[str, ...] = ()
    any: tuple[str, ...] = ()
    none: tuple[str, ...] = ()
    begins: str = ""
    at_least: str = ""
    below: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """The output that shows whether a step did its work (paste-to-verify).

    Not as expected: a line of `refuse` was seen, or an alarm of `gone` was last seen raised, or this is the
    output (a line of `output` was seen) and something of `expect` is missing. As expected: none of that, and
    all of `expect`, for which an alarm of `raised` stands too; where nothing is expected, seeing `output` or
    one of those alarms lowered is enough. Else it is not recognised. `plan_steps` are the steps of
    content/steps that it verifies too.
    Words: `verification.ID.expected` (what the output must show), `.otherwise` (what to do if it does not).
    """

    __pydantic_config__ = _STRICT
    id: str
    source: Source
    expect: tuple[Pattern, ...] = ()
    refuse: tuple[Pattern, ...] = ()
    output: tuple[Pattern, ...] = ()
    gone: tuple[str, ...] = ()
    raised: tuple[str, ...] = ()
    gui: tuple[str, ...] = ()
    commands: tuple[str, ...] = ()
    plan_steps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Signature:
    """A log line, or an alarm by its numbers, and what it means.

    Either `patterns` (one of them must hold) or `alarms`. `cause` is what the line proves by itself, empty:
    it proves none. `tells` are answers that the line gives, by question. `title`: words that stand beside the
    number of an alarm where it is named without the word alarm.
    Words: `signature.ID.means`, `.not_proved` (what it does not prove).
    """

    __pydantic_config__ = _STRICT
    id: str
    source: Source
    symptoms: tuple[str, ...]
    patterns: tuple[Pattern, ...] = ()
    alarms: tuple[str, ...] = ()
    title: str = ""
    cause: str = ""
    tells: When = field(default_factory=dict)
    notice: bool = False


@dataclass(frozen=True, slots=True)
class Troubleshooting:
    """All of content/troubleshooting. `places` says in which file an entry stands, by `KIND:ID`."""

    symptoms: Mapping[str, Symptom]
    asks: Mapping[str, Ask]
    causes: Mapping[str, Cause]
    lookalikes: Mapping[str, Lookalike]
    remedies: Mapping[str, Remedy]
    steps: Mapping[str, RemedyStep]
    checks: Mapping[str, Check]
    signatures: Mapping[str, Signature]
    places: Mapping[str, str] = field(default_factory=dict)
