"""The CAs that are known, and what each of them is: public, public but outside Chrome's store, or private.

A CA is told by its key: that of a root of certifi, one whose identifier, computed from the key, is in the
issuer table or the CA list, or one that such a CA signed. A self-signed CA that is none of these is private.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from wizard.evidence.blob import remark
from wizard.evidence.facts import LONGEST_NAME, Facts
from wizard.evidence.roots import Authority, authority, public_roots
from wizard.evidence.signatures import Check, Checker
from wizard.model.certificate import Ca, CaVerdict, IssuerTable, KnownCa
from wizard.model.problems import Remark

OTHER = "other"
"""Issuer id of a public CA that the table does not list by name."""

_MOST_CANDIDATES = 8
"""CAs of one name that are tried for one signature."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What a CA is, the issuer id it belongs to, and why. UNKNOWN where its own issuer is not at hand."""

    verdict: CaVerdict
    issuer: str | None
    because: Remark

    @property
    def rank(self) -> int:
        """Its place among verdicts, the best first."""
        return _BEST_FIRST.index(self.verdict)


_BEST_FIRST = (CaVerdict.PUBLIC, CaVerdict.PUBLIC_ALTERNATIVE, CaVerdict.PRIVATE, CaVerdict.UNKNOWN)


class Authorities:
    """CA certificates by name and key, from certifi, the issuer table, a CA list and the user's files.

    First `learn` every certificate, then run `settle` to its end, then ask.
    """

    def __init__(
        self, table: IssuerTable, listed: tuple[KnownCa, ...] = (), certificates: tuple[bytes, ...] = ()
    ) -> None:
        """`listed` and `certificates` (DER) are those of a CA list; where both name a CA, the table wins."""
        self._known = {known.ski: known for known in (*listed, *table.known)}
        self._from_list = {known.ski for known in listed} - {known.ski for known in table.known}
        self._organizations = {
            organization.casefold(): names.issuer
            for names in table.names
            for organization in names.organizations
        }
        self._checker = Checker()
        self._by_subject: dict[str, list[Authority]] = {}
        self._all: dict[str, Authority] = {}
        self._roots: dict[str, Authority] = {}
        self._standings: dict[str, Standing] = {}
        self._verdicts: dict[str, Ca] = {}
        for der in certificates:
            self._add(authority(der))

    def learn(self, facts: Facts) -> None:
        """Take a certificate of the user's files as one that may have signed others."""
        if (facts.is_ca or facts.self_issued) and facts.sha256 not in self._all:
            self._add(authority(facts.der))

    def settle(self) -> Iterator[None]:
        """Find out what every CA is: from those known by their key, down along verified signatures.

        Yields after each CA, so that it can be run in slices. To be run again when more was learned.
        """
        self._verdicts.clear()
        if not self._roots:
            for root in public_roots():
                self._add(root)
                self._roots.update(dict.fromkeys(root.key_ids, root))
            yield
        signed: dict[str, list[Authority]] = {}
        for ca in self._all.values():
            if ca.sha256 in self._standings:
                continue
            standing = self._directly(ca)
            if standing:
                self._standings[ca.sha256] = standing
                continue
            for parent in self.candidates(ca.issuer, ca.authority_key_id):
                if self.check(ca.der, parent) is Check.VERIFIED:
                    signed.setdefault(parent.sha256, []).append(ca)
            yield
        for verdict in _BEST_FIRST:
            waiting = [sha for sha, standing in self._standings.items() if standing.verdict is verdict]
            while waiting:
                above = waiting.pop()
                for ca in signed.get(above, ()):
                    if ca.sha256 not in self._standings:
                        self._standings[ca.sha256] = self._below(ca, self._standings[above])
                        waiting.append(ca.sha256)
            yield

    def standing(self, sha256: str) -> Standing:
        """What the CA whose certificate has this SHA-256 is."""
        found = self._standings.get(sha256)
        if found:
            return found
        ca = self._all[sha256]
        known = self._known.get(ca.key_id)
        # It says that it is a known CA, and its key says that it is not.
        because = remark("inconsistent", ca=known.name) if known else remark("issuer-unknown", ca=ca.name)
        return Standing(CaVerdict.UNKNOWN, None, because)

    def verdict_below(self, ca: Authority) -> Ca:
        """The verdict on what this CA signed: one object for all of it."""
        if ca.sha256 not in self._verdicts:
            standing = self.standing(ca.sha256)
            evidence = (remark("signed-by", ca=ca.name), standing.because)
            self._verdicts[ca.sha256] = Ca(standing.verdict, standing.issuer, evidence)
        return self._verdicts[ca.sha256]

    def known(self, key_id: str) -> KnownCa | None:
        """The CA that the table or the CA list has under this subject key identifier."""
        return self._known.get(key_id)

    def issuer_id(self, organization: str | None) -> str | None:
        """The issuer id of the CA whose organisation this is."""
        return self._organizations.get(organization.casefold()) if organization else None

    def candidates(self, issuer: str, key_id: str) -> list[Authority]:
        """CA certificates of this name, those with this key identifier first."""
        found = self._by_subject.get(issuer, [])
        if len(found) < 2:
            return found
        return sorted(found, key=lambda ca: ca.key_id != key_id)[:_MOST_CANDIDATES]

    def check(self, child: bytes, parent: Authority) -> Check:
        """Whether `parent` signed the certificate in `child`."""
        return self._checker.check(child, parent)

    def _directly(self, ca: Authority) -> Standing | None:
        """What a CA is by its own key, or as a root by its own signature."""
        root = next((self._roots[key] for key in ca.key_ids if key in self._roots), None)
        # A root of certifi may call its key by an identifier of its own making: the table has that one.
        identifiers = ca.key_ids | {root.key_id} if root else ca.key_ids
        known = next((self._known[key] for key in identifiers if key in self._known), None)
        if known:
            code = "ca-list" if known.ski in self._from_list else "known-ca"
            return Standing(known.verdict, known.issuer, remark(code, ca=known.name))
        if root:
            issuer = self.issuer_id(root.organization) or OTHER
            return Standing(CaVerdict.PUBLIC, issuer, remark("known-root", root=root.name))
        if ca.key_id in self._known:
            return None  # It claims a known CA's identifier for another key: nothing is certain of it.
        if ca.subject == ca.issuer and self.check(ca.der, ca) is Check.VERIFIED:
            return Standing(CaVerdict.PRIVATE, None, remark("private-root", ca=ca.name))
        return None

    def _below(self, ca: Authority, above: Standing) -> Standing:
        return Standing(above.verdict, self.issuer_id(ca.organization) or above.issuer, above.because)

    def _add(self, ca: Authority) -> None:
        self._all[ca.sha256] = ca
        self._by_subject.setdefault(ca.subject[:LONGEST_NAME], []).append(ca)
