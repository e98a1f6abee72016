"""A text becomes a document: plain tables, lists and values, as TOML and JSON have them.

A syntax error, a key that stands twice, and nesting that no person writes are named problems with their line.
"""

import json
import re
from collections import Counter
from collections.abc import Mapping
from typing import Literal

from wizard.model.problems import Problem
from wizard.model.text import visible
from wizard.store.errors import DeploymentError, Say, problem
from wizard.store.files import LARGEST
from wizard.store.places import Place, json_lines, toml_lines

Suffix = Literal[".toml", ".json"]
Document = dict[str, object]

_AT = re.compile(r"^(.*?) \(at (?:line (\d+), column (\d+)|end of document)\)$", re.DOTALL)

_LIKE_A_DATE = re.compile(r"=[ \t]*\d{1,4}[-./]\d{1,2}[-./]\d{1,4}[ \t]*(#|$)")
_REASONS = {
    "Invalid date or datetime": "bad-date-syntax",
    "Cannot overwrite": "stated-twice",
    "Cannot declare": "stated-twice",
    "Cannot mutate": "stated-twice",
}
"""How tomllib begins the reasons that have words of their own."""


class _TwiceError(ValueError):
    """A JSON object holds one key twice."""


def parse(text: str, *, suffix: Suffix, file: str, say: Say, first_line: int = 1) -> Document:
    """The document that `text` holds.

    Raises:
        DeploymentError: it holds none; the problem names the line.
    """
    text = text.removeprefix("\ufeff")
    if len(text) > LARGEST:
        raise DeploymentError((problem(say, file, "too-large", limit=f"{LARGEST // 2**20} MiB"),))
    try:
        return _toml(text) if suffix == ".toml" else _json(text)
    except RecursionError:
        raise DeploymentError((problem(say, file, "too-deep"),)) from None
    except json.JSONDecodeError as error:
        found = _syntax(say, file, "bad-json", error.msg, error.lineno + first_line - 1, error.colno)
    except _TwiceError as error:
        found = problem(say, file, "key-twice", key=visible(str(error)))
    except ValueError as error:
        # tomllib's own error is a ValueError too, with its place in words only.
        at = _AT.match(str(error))
        reason = at.group(1) if at else str(error)
        line = int(at.group(2)) if at and at.group(2) else text.count("\n") + 1 if at else 0
        code = next((c for start, c in _REASONS.items() if reason.startswith(start)), f"bad-{suffix[1:]}")
        if line and _LIKE_A_DATE.search(text.split("\n")[line - 1]):
            code = "bad-date-syntax"
        found = _syntax(say, file, code, reason, line, int(at.group(3)) if at and at.group(3) else 0)
    raise DeploymentError((found,))


def lines(text: str, *, suffix: Suffix, first_line: int = 1) -> Mapping[Place, int]:
    """The line of each place in a text that `parse` took."""
    text = text.removeprefix("\ufeff")
    return toml_lines(text) if suffix == ".toml" else json_lines(text, first_line)


def _syntax(say: Say, file: str, code: str, reason: str, line: int, column: int) -> Problem:
    where = ""
    if line:
        words = "store.line-column" if column else "store.line"
        where = say(words, line=str(line), column=str(column))
    return problem(say, file, code, where, reason=reason)


def _toml(text: str) -> Document:
    import tomllib

    # With a line break at the end tomllib names the line also of what is wrong at the very end.
    return tomllib.loads(f"{text}\n")


def _json(text: str) -> Document:
    document: object = json.loads(text, object_pairs_hook=_once, parse_constant=_no_constant)
    if not isinstance(document, dict):
        raise json.JSONDecodeError("Expecting an object", text, 0)
    return document


def _once(pairs: list[tuple[str, object]]) -> Document:
    found = dict(pairs)
    if len(found) < len(pairs):
        counts = Counter(key for key, _ in pairs)
        raise _TwiceError(counts.most_common(1)[0][0])
    return found


def _no_constant(name: str) -> object:
    raise ValueError(f"{name} is no JSON value")
