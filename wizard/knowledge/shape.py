"""The shape of `content/`: which table holds which type, in which file, and the one adapter that validates.

The types of `wizard.model.knowledge` are the schema; what may be written shorter is written out before.
"""

import typing
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from difflib import get_close_matches
from functools import cache

from pydantic import TypeAdapter
from pydantic_core import ErrorDetails

from wizard.knowledge.parts import Part
from wizard.model import knowledge as model
from wizard.model.certificate import CaVerdict

if typing.TYPE_CHECKING:
    from _typeshed import DataclassInstance

_STRICT = {"extra": "forbid"}


@dataclass(frozen=True, slots=True)
class Ca:
    """A CA certificate known by its subject key identifier; `source` is for the reader of the file."""

    __pydantic_config__ = _STRICT
    ski: str
    name: str
    issuer: str
    verdict: CaVerdict
    source: model.Source | None = None


@dataclass(frozen=True, slots=True)
class Tables:
    """Every table of the content as read. A table that is not there is empty."""

    __pydantic_config__ = _STRICT
    edition: tuple[model.Edition, ...] = ()
    document: tuple[model.Document, ...] = ()
    fact: tuple[model.Fact, ...] = ()
    contradiction: tuple[model.Contradiction, ...] = ()
    deadline: tuple[model.Deadline, ...] = ()
    issuer: tuple[model.Issuer, ...] = ()
    chain: tuple[model.Chain, ...] = ()
    ca: tuple[Ca, ...] = ()
    limit: tuple[model.Validity, ...] = ()
    question: tuple[model.Question, ...] = ()
    leaf: tuple[model.Leaf, ...] = ()
    branch: tuple[model.Branch, ...] = ()
    connection: tuple[model.Connection, ...] = ()
    option: tuple[model.OptionRules, ...] = ()
    phase: tuple[model.Phase, ...] = ()
    step: tuple[model.StepRule, ...] = ()
    notice: tuple[model.NoticeRule, ...] = ()
    unknown: tuple[model.UnknownRule, ...] = ()
    item: tuple[model.CollectItem, ...] = ()
    faq: tuple[model.Faq, ...] = ()


@dataclass(frozen=True, slots=True)
class File:
    """A file or a folder of files, the tables and single values it may hold, and the part it belongs to."""

    pattern: str
    tables: tuple[str, ...]
    values: tuple[str, ...] = ()
    part: Part | None = None


FILES: tuple[File, ...] = (
    File("edition.toml", ("edition",), ("fixed_release",)),
    File("documents.toml", ("document",)),
    File("facts/*.toml", ("fact", "contradiction"), part="facts"),
    File("deadlines.toml", ("deadline",)),
    File("issuers/*.toml", ("issuer", "chain", "ca", "limit")),
    File("tree/*.toml", ("question", "leaf", "branch"), ("start",)),
    File("connections/*.toml", ("connection",)),
    File("options/*.toml", ("option",)),
    File("steps/*.toml", ("phase", "step")),
    File("notices.toml", ("notice",)),
    File("unknowns.toml", ("unknown",)),
    File("collect.toml", ("item",), part="collect"),
    File("faq.toml", ("faq",), part="faq"),
)

_CONDITIONS: Mapping[str, tuple[str, ...]] = {
    "question": ("asked_when",), "step": ("when", "proved_by"), "notice": ("when",),
}  # fmt: skip
_RULES: Mapping[str, str] = {"question": "routes", "connection": "rules", "option": "rules"}


@cache
def adapter() -> TypeAdapter[Tables]:
    """The one adapter, built at first use."""
    return TypeAdapter(Tables)


def written_out(table: str, row: object) -> object:
    """A row with its shorthands written out: a value as a list of one, a condition as a list of one."""
    if not isinstance(row, dict):
        return row
    out = dict(row)
    for key in _CONDITIONS.get(table, ()):
        if key in out:
            value = out[key]
            out[key] = [_when(one) for one in value] if isinstance(value, list) else [_when(value)]
    key = _RULES.get(table, "")
    if isinstance(out.get(key), list):
        out[key] = [_rule(rule) for rule in out[key]]
    return out


def _rule(rule: object) -> object:
    return {**rule, "when": _when(rule["when"])} if isinstance(rule, dict) and "when" in rule else rule


def _when(value: object) -> object:
    if not isinstance(value, dict):
        return value
    return {signal: [accepts] if isinstance(accepts, str) else accepts for signal, accepts in value.items()}


def identity(row: object) -> str:
    """What names a row: its id, a signal, a key identifier; "" where it has no name."""
    if isinstance(row, dict):
        for key in ("id", "signal", "ski"):
            if isinstance(row.get(key), str):
                return str(row[key])
    return ""


def advice(error: ErrorDetails) -> str:
    """What is wrong and what to write instead, for one error of validation."""
    loc = error["loc"]
    key = str(loc[-1])
    match error["type"]:
        case "missing":
            return f"The key {key!r} is missing. Write it."
        case "extra_forbidden" | "unexpected_keyword_argument":
            known = _keys_at(loc[:-1])
            near = get_close_matches(key, known, 1)
            hint = f"Did you mean {near[0]!r}?" if near else f"There are: {', '.join(known)}."
            return f"There is no key {key!r} here. {hint}"
        case _:
            return f"{error['msg']}. Mend the value."


def _keys_at(loc: tuple[int | str, ...]) -> tuple[str, ...]:
    """The keys that may stand at a place in the content."""
    kind: object = Tables
    for part in loc:
        if isinstance(part, int):
            kind = typing.get_args(kind)[0]
        elif _is_entry(kind):
            kind = typing.get_type_hints(kind).get(part)
            kind = next((one for one in typing.get_args(kind) if _is_entry(one) and _may_be_none(kind)), kind)
    return tuple(f.name for f in fields(kind)) if _is_entry(kind) else ()


def _is_entry(kind: object) -> "typing.TypeGuard[type[DataclassInstance]]":
    return isinstance(kind, type) and is_dataclass(kind)


def _may_be_none(kind: object) -> bool:
    return type(None) in typing.get_args(kind)
