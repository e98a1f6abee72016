"""Where the values of a file stand: line numbers by place, looked up only when something was refused."""

import re
from collections.abc import Iterator, Mapping

Place = tuple[str | int, ...]
"""The keys and 0-based list positions that lead to a value: `("node", 1, "release")`."""

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_KEY = r"(?:[A-Za-z0-9_-]+|\"(?:[^\"\\]|\\.)*\"|'[^']*')"
_KEYS = rf"{_KEY}(?:[ \t]*\.[ \t]*{_KEY})*"
_HEADER = re.compile(rf"[ \t]*(\[\[?)[ \t]*({_KEYS})[ \t]*\]\]?")
_PAIR = re.compile(rf"[ \t]*({_KEYS})[ \t]*=")
_PART = re.compile(_KEY)
_TOML_TOKEN = re.compile(
    r"'''.*?(?:'''+|\Z)|\"\"\"(?:[^\\]|\\.)*?(?:\"\"\"+|\Z)|'[^'\n]*'?|\"(?:[^\"\\\n]|\\.)*\"?"
    r"|#[^\n]*|[\[\]{}]|\n",
    re.DOTALL,
)
_JSON_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\],:]|\n|[^\s{}\[\],:"]+', re.DOTALL)
_ESCAPE = re.compile(r"\\(u[0-9A-Fa-f]{4}|.)", re.DOTALL)
_ESCAPED = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f"}


def shown(place: Place) -> str:
    """The place as people read it, lists counted from one: `node[2].release`."""
    out = ""
    for part in place:
        if isinstance(part, int):
            out += f"[{part + 1}]"
        else:
            name = part if _BARE.fullmatch(part) else f'"{part}"'
            out += f".{name}" if out else name
    return out


def line_of(lines: Mapping[Place, int], place: Place) -> int | None:
    """The line of a place, else of the nearest thing that holds it; None where nothing is known."""
    while place:
        if place in lines:
            return lines[place]
        place = place[:-1]
    return None


def toml_lines(text: str) -> Mapping[Place, int]:
    """The line (1-based) on which each key and table of a TOML text begins."""
    lines: dict[Place, int] = {}
    tables: dict[Place, int] = {}
    prefix: Place = ()
    for number, line in _toml_statements(text):
        if header := _HEADER.match(line):
            prefix = _header_place(header, tables)
            lines.setdefault(prefix, number)
        elif pair := _PAIR.match(line):
            place = prefix
            for part in _parts(pair.group(1)):
                place = (*place, part)
                lines.setdefault(place, number)
    return lines


def _header_place(header: re.Match[str], tables: dict[Place, int]) -> Place:
    place: Place = ()
    parts = _parts(header.group(2))
    for index, part in enumerate(parts):
        place = (*place, part)
        if header.group(1) == "[[" and index == len(parts) - 1:
            tables[place] = tables.get(place, -1) + 1
        if place in tables:
            place = (*place, tables[place])
    return place


def _toml_statements(text: str) -> Iterator[tuple[int, str]]:
    """Each line on which a statement begins: not the inside of a long string or a list."""
    number = depth = 0
    start = 0
    continued = False
    for token in _TOML_TOKEN.finditer(text + "\n"):
        found = token.group()
        if found == "\n":
            number += 1
            if not continued:
                yield number, text[start : token.start()]
            start, continued = token.end(), depth > 0
        elif found in "[{":
            depth += 1
        elif found in "]}":
            depth = max(0, depth - 1)
        elif "\n" in found:
            if not continued:
                yield number + 1, text[start : token.start()]
            number, continued = number + found.count("\n"), True


def _parts(keys: str) -> tuple[str, ...]:
    return tuple(_unquoted(part) for part in _PART.findall(keys))


def _unquoted(part: str) -> str:
    if part[0] == "'":
        return part[1:-1]
    return _unescaped(part[1:-1]) if part[0] == '"' else part


def _unescaped(text: str) -> str:
    def character(match: re.Match[str]) -> str:
        code = match.group(1)
        return chr(int(code[1:], 16)) if code[0] == "u" and len(code) > 1 else _ESCAPED.get(code, code)

    return _ESCAPE.sub(character, text)


def json_lines(text: str, first: int = 1) -> Mapping[Place, int]:
    """The line on which each value of a JSON text begins; `first` is the number of its first line."""
    lines: dict[Place, int] = {}
    place: list[str | int] = []
    number = first
    key: str | None = None
    for token in _JSON_TOKEN.finditer(text):
        found = token.group()
        if found == "\n":
            number += 1
        elif found in "{[":
            lines.setdefault(tuple(place), number)
            place.append("" if found == "{" else 0)
        elif found in "}]":
            if place:
                place.pop()
        elif found == "," and place and isinstance(place[-1], int):
            place[-1] += 1
        elif found == ":" and place and key is not None:
            place[-1] = key
            lines.setdefault(tuple(place), number)
        elif found not in ",:":
            key = _unescaped(found[1:-1]) if found[0] == '"' else None
            if place and isinstance(place[-1], int):
                lines.setdefault(tuple(place), number)
    return lines
