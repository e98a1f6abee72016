"""The words of the store, as shipped."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

from wizard.model.words import Words

CONTENT = Path(__file__).parents[2] / "content"


def _flat(table: dict[str, object], prefix: str = "") -> Iterator[tuple[str, str]]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", str(value)


WORDS = Words("en", dict(_flat(tomllib.loads((CONTENT / "words/en/store.toml").read_text(encoding="utf-8")))))
say = WORDS.say
