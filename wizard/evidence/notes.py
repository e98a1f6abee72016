"""What is worth saying of a certificate beside its fields: about itself, its file, and the other files.

Notes are remarks by code, worded in `content/words/LANGUAGE/evidence.toml`, table `note`.
"""

from collections.abc import Sequence
from datetime import date, datetime

from wizard.evidence.authorities import Authorities
from wizard.evidence.blob import remark
from wizard.evidence.facts import Facts
from wizard.evidence.roots import Authority
from wizard.model.certificate import EkuState, remarks_on
from wizard.model.problems import Remark

SMALLEST_RSA = 2048
"""Bits below which an RSA key is weak (CA/B Forum Baseline Requirements 6.1.5)."""

_WEAK = frozenset({"EC P-192", "EC P-224"})
"""Elliptic curves that no public CA may certify (the same, 6.1.5)."""

_MOST_LEVELS = 8


def of_itself(facts: Facts, as_of: date) -> list[Remark]:
    """Notes that need nothing but the certificate and the date."""
    notes: list[Remark] = []
    if facts.refused:
        notes.append(remark("refused"))
    if facts.eku.state is EkuState.UNREADABLE:
        notes.append(remark("eku-unreadable"))
    if facts.eku.state is EkuState.CONTRADICTORY:
        notes.append(remark("eku-contradictory"))
    notes.extend(_of_dates(facts.not_before, facts.not_after, as_of))
    if not facts.is_ca:
        if not facts.common_name:
            notes.append(remark("no-cn"))
        if not facts.sans:
            notes.append(remark("no-san"))
    if not facts.sans_complete:
        notes.append(remark("sans-incomplete", count=len(facts.sans)))
    if _is_weak(facts.key):
        notes.append(remark("weak-key", key=facts.key))
    if facts.weak_signature and not facts.self_issued:
        notes.append(remark("weak-signature", hash=facts.weak_signature))
    return notes


def _of_dates(first: datetime | None, last: datetime | None, as_of: date) -> list[Remark]:
    if first is None or last is None:
        return [remark("dates-unreadable")]
    if last < first:
        return [remark("dates-reversed")]
    return list(remarks_on(as_of, first, last))


def _is_weak(key: str) -> bool:
    kind, _, size = key.partition(" ")
    return (kind == "RSA" and size.isdigit() and int(size) < SMALLEST_RSA) or key in _WEAK or kind == "DSA"


def of_order(chain: Sequence[Facts]) -> Remark | None:
    """A note for the only node's certificate of a file, whose issuers stand in it in another order."""
    leaves = [place for place, facts in enumerate(chain) if not facts.is_ca]
    if len(leaves) != 1 or len(chain) < 2:
        return None
    by_name = {facts.subject: place for place, facts in enumerate(chain) if facts.is_ca}
    place = leaves[0]
    right = [place]
    while len(right) <= len(chain):
        above = by_name.get(chain[place].issuer)
        if above is None or above in right:
            break
        right.append(above)
        place = above
    in_order = right == sorted(right) and right[0] == 0
    return None if in_order else remark("chain-order")


def of_missing_issuer(facts: Facts, authorities: Authorities) -> Remark | None:
    """A note where the way up from a node's certificate ends before a root, for want of a certificate."""
    if facts.is_ca or facts.self_issued:
        return None
    issuer, key_id, name = facts.issuer, facts.authority_key_id, facts.issuer_name or facts.issuer
    for _ in range(_MOST_LEVELS):
        above = _fitting(authorities.candidates(issuer, key_id), key_id)
        if above is None:
            return remark("issuer-missing", issuer=name)
        if above.subject == above.issuer:
            return None
        issuer, key_id, name = above.issuer, above.authority_key_id, above.issuer_name
    return None


def _fitting(candidates: list[Authority], key_id: str) -> Authority | None:
    return next((ca for ca in candidates if not (key_id and ca.key_id) or ca.key_id == key_id), None)


class Renewals:
    """Certificates of nodes with the same names and other dates: `add` each, then ask for the notes.

    From X15.5 a node has a server and a client certificate with the same names: one for clients only does
    not renew the other.
    """

    def __init__(self) -> None:
        self._groups: dict[tuple[str | None, tuple[str, ...], bool], dict[str, tuple[str, Facts]]] = {}

    def add(self, file: str, facts: Facts) -> None:
        """One occurrence."""
        if facts.is_ca or facts.not_after is None or not (facts.sans or facts.common_name):
            return
        names = tuple(sorted(name.lower() for name in facts.sans))
        group = facts.common_name, names, facts.eku.server_auth is False
        self._groups.setdefault(group, {}).setdefault(facts.sha256, (file, facts))

    def notes(self) -> dict[str, Remark]:
        """By SHA-256: of an older one, which is the newest; of the newest, which is the one before."""
        notes: dict[str, Remark] = {}
        for group in self._groups.values():
            if len(group) < 2:
                continue
            *older, (newest_file, newest) = sorted(group.values(), key=lambda entry: str(entry[1].not_after))
            for file, facts in older:
                if facts.not_after != newest.not_after:
                    until = _day(newest.not_after)
                    notes[facts.sha256] = remark("renewed", file=newest_file, until=until)
                    notes[newest.sha256] = remark("renews", file=file, until=_day(facts.not_after))
        return notes


def _day(moment: datetime | None) -> str:
    return moment.date().isoformat() if moment else "?"
