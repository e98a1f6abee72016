"""What troubleshooting comes to in one case. Sentences are already worded: every face shows the same."""

from dataclasses import dataclass
from typing import Literal

from wizard.model.deployment import Option, OriginKind
from wizard.model.knowledge import Source, State
from wizard.model.plan import PlanStep
from wizard.model.problems import Problem
from wizard.model.troubleshooting import Certainty

Verdict = Literal["as-expected", "not-as-expected", "not-recognised"]


@dataclass(frozen=True, slots=True)
class Known:
    """An answer and where it came from: "answered", "dump" and so on as in a deployment, or "line"."""

    value: str
    origin: OriginKind | Literal["line"]
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question on the way: its answer ("" while it is not answered), and which causes that rules out.

    `instead_of` is what a deployment or a line said, where the answer given overrules it.
    """

    question: str
    text: str
    find: str
    gui: tuple[str, ...]
    commands: tuple[str, ...]
    answers: tuple["PossibleAnswer", ...]
    answer: str = ""
    answer_text: str = ""
    origin: OriginKind | Literal["line", ""] = ""
    detail: str = ""
    instead_of: str = ""
    rules_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PossibleAnswer:
    """An answer one may give, and the titles of the causes that it rules out."""

    value: str
    text: str
    rules_out: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PossibleCause:
    """A cause that the answers so far leave open. `prediction` is the worst state predicted for its
    connections, "" where there is none; "works" speaks against it. `text` says so in words."""

    id: str
    title: str
    prediction: State | Literal[""]
    text: str


@dataclass(frozen=True, slots=True)
class Match:
    """A line that was recognised. `line` is 1-based; `text` is visible, without secrets, cut to what matters;
    `kept` is the same without addresses and names, which is what leaves the machine unless asked otherwise.

    `proves`: the line alone settles a cause. `repeats` counts further lines of the same signature that are
    not listed. `cleared`: an alarm that was lowered again.
    """

    line: int
    text: str
    kept: str
    signature: str
    means: str
    not_proved: str
    proves: bool
    symptoms: tuple[str, ...]
    cause: str = ""
    repeats: int = 0
    cleared: bool = False


@dataclass(frozen=True, slots=True)
class Scan:
    """What was found in pasted lines. `secrets` counts what was recognised as a secret and dropped."""

    matches: tuple[Match, ...] = ()
    lines: int = 0
    secrets: int = 0


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """The cause that the answers lead to. `prediction` as in `PossibleCause`."""

    id: str
    title: str
    cause: str
    why: str
    meanwhile: str
    certainty: Certainty
    certainty_text: str
    source: Source
    prediction: State | Literal[""] = ""
    prediction_text: str = ""
    cures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OtherCause:
    """Something else that looks the same, with the check that tells it apart."""

    id: str
    cause: str
    check: str
    gui: tuple[str, ...]
    commands: tuple[str, ...]
    source: Source


@dataclass(frozen=True, slots=True)
class Way:
    """A remedy with its steps, as a plan has them. `option` is A–D or empty."""

    id: str
    option: Option | Literal[""]
    title: str
    price: str
    steps: tuple[PlanStep, ...]
    source: Source


@dataclass(frozen=True, slots=True)
class Verification:
    """What pasted output says of a step. `seen` are the lines that decided it, `kept` the same without
    addresses and names; `text` says what follows."""

    step: str
    check: str
    verdict: Verdict
    expected: str
    text: str
    seen: tuple[str, ...]
    kept: tuple[str, ...]
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TroubleResult:
    """Where troubleshooting stands. `next` is the question to ask, None at the end; `collect` says what to
    gather where nothing was recognised or nothing is settled yet; `note` sums up pasted lines."""

    symptom: str | None
    title: str
    path: tuple[Asked, ...]
    next: Asked | None
    possible: tuple[PossibleCause, ...]
    dormant: tuple[str, ...]
    scan: Scan | None
    note: str
    diagnosis: Diagnosis | None
    lookalikes: tuple[OtherCause, ...]
    remedies: tuple[Way, ...]
    verification: Verification | None
    collect: tuple[str, ...]
    problems: tuple[Problem, ...] = ()
