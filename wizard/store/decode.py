"""From text to `Deployment`: for files written by hand, saved ones and the block in a plan."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Literal

from wizard.model.deployment import (
    OPTIONS,
    ROLES,
    USES,
    Choice,
    Deployment,
    Use,
    YesNo,
)
from wizard.store.dormant import put_back
from wizard.store.errors import DeploymentError, NewerFormatError, Say, problem
from wizard.store.faults import Faults
from wizard.store.history import read_origins, read_saved, read_troubles
from wizard.store.migrations import FORMAT, NewerError, UnknownFormatError, migrate
from wizard.store.nodes import YES_NO, read_nodes, read_peers, read_settings
from wizard.store.parse import Document, Suffix, lines, parse
from wizard.store.reader import Table
from wizard.store.reading import ReadCertificate, Reading

_NO_DAY: tuple[Literal["never", "unknown"], ...] = ("never", "unknown")

CHECKSUM = "checksum"
"""The key of a block in a plan that says whether it was edited (`wizard.store.block`)."""


def decode(
    text: str,
    *,
    suffix: Suffix,
    file: str,
    say: Say,
    read_certificate: ReadCertificate | None = None,
    base: Path | None = None,
    issuers: Sequence[str] = (),
    first_line: int = 1,
) -> Deployment:
    """The deployment that `text` holds.

    `file` names it in problems. `read_certificate` reads the certificate of a file that the deployment names,
    taken relative to `base`. `issuers` are the issuer ids that a file written by hand may state, any when
    empty. `first_line` is the number of the first line of `text`.

    Raises:
        NewerFormatError: a newer program wrote it.
        DeploymentError: it was refused; every problem found, each with its place and the way out.
    """
    document = _migrated(parse(text, suffix=suffix, file=file, say=say, first_line=first_line), file, say)
    faults = Faults(say, file, lambda: lines(text, suffix=suffix, first_line=first_line))
    _put_dormant_back(document, faults)
    # A `saved` table is in every file that the wizard wrote, and in no other.
    strict = "saved" not in document
    reading = Reading(faults, strict, issuers, read_certificate, base)
    deployment = _read(Table(document, (), faults), reading)
    if len(faults):
        raise DeploymentError(faults.problems())
    return deployment


def _migrated(document: Document, file: str, say: Say) -> Document:
    try:
        return migrate(document)
    except NewerError:
        found = str(document["format"])
        words = problem(say, file, "newer-format", "format", given=found, known=str(FORMAT))
        raise NewerFormatError((words,)) from None
    except UnknownFormatError:
        raise DeploymentError((problem(say, file, "unknown-format", "format", known=str(FORMAT)),)) from None


def _put_dormant_back(document: Document, faults: Faults) -> None:
    dormant = document.pop("dormant", None)
    if dormant is None:
        return
    if not isinstance(dormant, dict):
        # Read as a table, so that the fault is worded like any other.
        Table({"dormant": dormant}, (), faults).table("dormant")
        return
    for key, place in put_back(document, dormant):
        if place is None:
            faults.add(("dormant", key), "no-such-origin", key=key)
        else:
            faults.moved[place] = ("dormant", key)


def _read(table: Table, reading: Reading) -> Deployment:
    table.skip(CHECKSUM)
    table.whole("format")
    deployment = Deployment(
        name=table.text("name") or "",
        customer=table.text("customer") or "",
        prepared_by=table.text("prepared_by") or "",
        prepared_for=table.text("prepared_for") or "",
        public_ca=table.one_of("public_ca", YES_NO),
        uses=_uses(table),
        upgrade_by=_upgrade_by(table),
        settings=read_settings(table.table("settings")),
        choice=_choice(table.table("choice")),
        peers=read_peers(table.tables("peer"), reading),
        nodes=read_nodes(table.tables("node"), reading),
        troubles=read_troubles(table.tables("trouble")),
        saved=read_saved(table.table("saved")),
    )
    stated = read_origins(table.table("origin"), deployment.nodes, strict=reading.strict)
    table.close()
    return replace(deployment, origins={**reading.origins, **stated})


def _uses(table: Table) -> Mapping[str, YesNo]:
    """Listed is yes. Where `uses` stands, the rest is no, unless `uses_no` says which are."""
    if table.is_unknown("uses"):
        table.skip("uses_unknown", "uses_no")
        return dict.fromkeys(USES, "unknown")
    lists: tuple[tuple[str, YesNo], ...] = (("uses", "yes"), ("uses_unknown", "unknown"), ("uses_no", "no"))
    out: dict[Use, YesNo] = {}
    for key, answer in lists:
        for use in table.some_of(key, USES) or ():
            if use in out:
                table.refuse(key, "use-twice", given=use)
            out.setdefault(use, answer)
    if "uses" in table and "uses_no" not in table:
        for use in USES:
            out.setdefault(use, "no")
    return {str(use): answer for use, answer in out.items()}


def _upgrade_by(table: Table) -> date | Literal["never", "unknown"] | None:
    if table.peek("upgrade_by") in _NO_DAY:
        return table.one_of("upgrade_by", _NO_DAY)
    return table.day("upgrade_by")


def _choice(table: Table | None) -> Choice:
    if table is None:
        return Choice()
    chosen = {role: table.some_of(role, OPTIONS) for role in ROLES}
    table.close()
    return Choice(core=chosen["core"], edge=chosen["edge"])
