"""Words for the dump tests: every sentence of the content, so that a problem without words fails a test."""

import tomllib
from collections.abc import Mapping
from pathlib import Path

import pytest

from wizard.evidence.blob import Say
from wizard.model.words import fill

WORDS = Path(__file__).parents[3] / "content" / "words" / "en"


@pytest.fixture(scope="session")
def say() -> Say:
    """Words by id as the content has them; an id or a placeholder without words is an error."""
    table: dict[str, str] = {}
    for name in ("evidence.toml", "dumps.toml"):
        for kind, sentences in tomllib.loads((WORDS / name).read_text(encoding="utf-8")).items():
            table.update({f"{kind}.{code}": text for code, text in sentences.items()})

    def words(name: str, args: Mapping[str, str]) -> str:
        return fill(table[name], args, name)

    return words
