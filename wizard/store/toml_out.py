"""A document as TOML text: the values first, then the tables, lists of tables one after the other."""

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_SHORT = {"\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", '"': '\\"', "\\": "\\\\"}


def toml_text(document: Mapping[str, object]) -> str:
    """The document as TOML. Values are texts, whole numbers, flags, dates, moments, lists and tables."""
    return "\n".join(_table(document, "")) + "\n"


def _table(table: Mapping[str, object], path: str) -> Iterator[str]:
    inner: list[tuple[str, object]] = []
    for key, value in table.items():
        if isinstance(value, dict) or _is_tables(value):
            inner.append((f"{path}.{_key(key)}" if path else _key(key), value))
        else:
            yield f"{_key(key)} = {_value(value)}"
    for name, value in inner:
        if isinstance(value, dict):
            yield f"\n[{name}]"
            yield from _table(value, name)
        elif isinstance(value, list):
            for item in value:
                yield f"\n[[{name}]]"
                yield from _table(item, name)


def _is_tables(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(item, dict) for item in value)


def _key(key: str) -> str:
    return key if _BARE.fullmatch(key) else _text(key)


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, int):
        return str(value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return f"[{', '.join(_value(item) for item in value)}]"
    raise TypeError(f"TOML text of a {type(value).__name__} is not written here")


def _text(text: str) -> str:
    return f'"{"".join(map(_character, text))}"'


def _character(character: str) -> str:
    if character in _SHORT:
        return _SHORT[character]
    return character if character.isprintable() else f"\\U{ord(character):08X}"
