"""From all that was gathered to records: verdicts, notes, and what files have in common.

Last, because a CA certificate in the last file may have signed the first certificate.
"""

from collections import defaultdict
from collections.abc import Generator
from datetime import date

from wizard.evidence import keys, notes
from wizard.evidence.authorities import Authorities
from wizard.evidence.blob import remark
from wizard.evidence.certificates import record
from wizard.evidence.facts import Facts
from wizard.evidence.gather import Beat, Found, Gathering
from wizard.evidence.issuers import verdict
from wizard.model.certificate import Ca, CertificateRecord, IssuerTable
from wizard.model.problems import Remark

_MOST_TWINS = 100
"""Other files with the same certificate that are named."""


def judge(
    gathered: Gathering, authorities: Authorities, table: IssuerTable, as_of: date
) -> Generator[Beat, None, tuple[CertificateRecord, ...]]:
    """The record of every occurrence, in the order of reading."""
    unique = {found.facts.sha256: found.facts for found in gathered.found}
    for facts in unique.values():
        authorities.learn(facts)
        yield Beat.WORKING
    for _ in authorities.settle():
        yield Beat.WORKING
    verdicts: dict[str, Ca] = {}
    said: dict[str, tuple[Remark, ...]] = {}
    for sha256, facts in unique.items():
        verdicts[sha256] = verdict(facts, authorities, table)
        said[sha256] = _of_itself(facts, authorities, as_of)
        yield Beat.WORKING
    renewals = notes.Renewals()
    files: defaultdict[str, list[Found]] = defaultdict(list)
    twins: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for found in gathered.found:
        renewals.add(found.file, found.facts)
        files[found.file].append(found)
        twins[found.facts.sha256][found.file] = None
        yield Beat.WORKING
    renewed = renewals.notes()
    of_files: dict[tuple[str, int], list[Remark]] = {}
    owners = {half: file for file, halves in gathered.public_halves.items() for half in halves if half}
    for file, entries in files.items():
        of_files.update(_of_file(file, entries, gathered.public_halves.get(file, []), owners))
        yield Beat.WORKING
    records = []
    for found in gathered.found:
        sha256 = found.facts.sha256
        others, unnamed = _others(twins[sha256], found.file)
        records.append(
            record(
                found.facts,
                found.file,
                found.index,
                verdicts[sha256],
                also_in=others,
                notes=(
                    *found.notes,
                    *said[sha256],
                    *of_files.get((found.file, found.index), ()),
                    *((renewed[sha256],) if sha256 in renewed else ()),
                    *unnamed,
                ),
            )
        )
        yield Beat.WORKING
    return tuple(records)


def _of_itself(facts: Facts, authorities: Authorities, as_of: date) -> tuple[Remark, ...]:
    missing = notes.of_missing_issuer(facts, authorities)
    return (*notes.of_itself(facts, as_of), *((missing,) if missing else ()))


def _of_file(
    file: str, entries: list[Found], halves: list[str], owners: dict[str, str]
) -> dict[tuple[str, int], list[Remark]]:
    """Notes on what a file holds together: the order of its chain, and the private keys that were met.

    `halves` are the public halves of the keys in it, `owners` the file of each that was met anywhere.
    """
    said: defaultdict[tuple[str, int], list[Remark]] = defaultdict(list)
    leaves = [entry for entry in entries if not entry.facts.is_ca]
    order = notes.of_order([entry.facts for entry in entries])
    if order is not None:
        said[file, leaves[0].index].append(order)
    if not owners:
        return said
    matched = False
    for entry in leaves:
        half = keys.certified(entry.facts.der)
        if half in owners:
            matched = True
            here = half in halves
            said[file, entry.index].append(
                remark("key-match") if here else remark("key-elsewhere", file=owners[half])
            )
    if leaves and not matched and any(halves):
        said[file, leaves[0].index].append(remark("key-mismatch"))
    return said


def _others(files: dict[str, None], own: str) -> tuple[tuple[str, ...], tuple[Remark, ...]]:
    """The other files, and a note where more are left out than are named."""
    if len(files) == 1:
        return (), ()
    others = tuple(file for file, _ in zip(files, range(_MOST_TWINS + 1), strict=False) if file != own)
    unnamed = len(files) - 1 - len(others)
    return others, (remark("more-twins", count=unnamed),) if unnamed > 0 else ()
