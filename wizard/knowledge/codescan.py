"""Which ids of words the program itself uses, told from its source: so that words without use, and uses
without words, are found. Nothing is imported or run; the source is parsed.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

_ASKING = frozenset({"say", "lines", "has"})
"""The methods of `Words` by which an id is asked for."""


@dataclass(frozen=True)
class CodeUse:
    """The strings of the program: `constants` as they stand; `templates` as patterns, each hole a group, and
    `parts` likewise for those without a dot, which make parts of an id; `asked` the constants that are asked
    of `Words`, with file and line."""

    constants: frozenset[str]
    templates: frozenset[str]
    parts: frozenset[str]
    asked: tuple[tuple[str, str], ...]

    @cached_property
    def _patterns(self) -> tuple[re.Pattern[str], ...]:
        return tuple(re.compile(template) for template in sorted(self.templates))

    @cached_property
    def _part_patterns(self) -> tuple[re.Pattern[str], ...]:
        return (*self._patterns, *(re.compile(template) for template in sorted(self.parts)))

    def uses(self, key: str, ids: frozenset[str]) -> bool:
        """Whether the program can ask for `key`: as a constant, or by a template whose holes are constants of
        the program, ids of the content, or such templates again."""
        return self._made(key, ids, self._patterns)

    def _made(self, key: str, ids: frozenset[str], patterns: tuple[re.Pattern[str], ...]) -> bool:
        if key in self.constants or key in ids:
            return True
        matches = (pattern.fullmatch(key) for pattern in patterns)
        return any(
            match and all(self._made(part, ids, self._part_patterns) for part in match.groups())
            for match in matches
        )

    def names(self, key: str) -> Iterator[str]:
        """What `key` may stand for where a face puts its own prefix before it (`f"markdown.{key}"`)."""
        yield key
        yield from (f"{prefix}{key}" for prefix in self.prefixes)

    @cached_property
    def prefixes(self) -> tuple[str, ...]:
        """The fixed beginnings of templates that are a prefix and one hole."""
        tail = "(.+)"
        found = (template.removesuffix(tail) for template in self.templates if template.endswith(tail))
        return tuple(sorted(prefix.replace("\\", "") for prefix in found if tail not in prefix))


@cache
def scan(folder: Path) -> CodeUse:
    """The strings in every Python file below `folder`, read once in a process."""
    constants: set[str] = set()
    templates: set[str] = set()
    parts: set[str] = set()
    asked: list[tuple[str, str]] = []
    for path in sorted(folder.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                constants.add(node.value)
            elif isinstance(node, ast.JoinedStr):
                template = _template(node)
                (templates if "\\." in template else parts).add(template)
            elif isinstance(node, ast.Call):
                place = f"{folder.name}/{path.relative_to(folder).as_posix()}:{node.lineno}"
                asked.extend((key, place) for key in _asked(node))
    return CodeUse(frozenset(constants), frozenset(templates), frozenset(parts - {""}), tuple(asked))


def _template(node: ast.JoinedStr) -> str:
    """`f"key.{part}.title"` as a pattern; "" where it is a sentence, or holes only."""
    fixed = [part.value if isinstance(part, ast.Constant) else None for part in node.values]
    text = "".join(str(part) for part in fixed if part is not None)
    if not re.fullmatch(r"[\w.-]+", text):
        return ""
    return "".join("(.+)" if part is None else re.escape(str(part)) for part in fixed)


def _asked(node: ast.Call) -> Iterator[str]:
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    if name not in _ASKING:
        return
    for argument in node.args[:2]:
        either = (argument.body, argument.orelse) if isinstance(argument, ast.IfExp) else (argument,)
        for one in either:
            if isinstance(one, ast.Constant) and isinstance(one.value, str) and "." in one.value:
                yield one.value
