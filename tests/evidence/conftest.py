"""Words and the issuer table for evidence tests, straight from the content."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from wizard.evidence.blob import Say
from wizard.model.certificate import CaVerdict, IssuerNames, IssuerTable, KnownCa, ValidityLimit
from wizard.model.words import fill

CONTENT = Path(__file__).parents[2] / "content"


@pytest.fixture(scope="session")
def say() -> Say:
    """Words by id as the content has them; an id or a placeholder without words is an error."""
    tables = tomllib.loads((CONTENT / "words" / "en" / "evidence.toml").read_text(encoding="utf-8"))

    def words(name: str, args: Mapping[str, str]) -> str:
        table, _, code = name.partition(".")
        return fill(tables[table][code], args, name)

    return words


@pytest.fixture(scope="session")
def table() -> IssuerTable:
    """The issuer table of the content, without the room that reads it."""
    rows: dict[str, list[dict[str, Any]]] = {}
    for path in sorted((CONTENT / "issuers").glob("*.toml")):
        for key, entries in tomllib.loads(path.read_text(encoding="utf-8")).items():
            rows.setdefault(key, []).extend(entries)
    return IssuerTable(
        known=tuple(
            KnownCa(row["ski"], row["name"], row["issuer"], CaVerdict(row["verdict"])) for row in rows["ca"]
        ),
        names=tuple(
            IssuerNames(row["id"], tuple(row.get("organizations", ())), tuple(row.get("not_public", ())))
            for row in rows["issuer"]
        ),
        limits=tuple(ValidityLimit(row["since"], row["days"]) for row in rows["limit"]),
    )
