"""Putting one field of a frozen value, by its name."""

from dataclasses import replace
from typing import Any, TypeVar

T = TypeVar("T", bound=Any)


def put_field(record: T, name: str, value: object) -> T:
    """`record` with the field `name` set to `value`.

    Raises:
        TypeError: the record has no such field.
    """
    changed: T = replace(record, **{name: value})
    return changed
