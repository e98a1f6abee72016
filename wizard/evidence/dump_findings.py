"""What the kept keys of a dump mean: the node, its settings and the uses they imply, each with its line.

The uses follow contract.md: uc-traversal (Collaboration Edge On in a traversal zone, or MRA on),
traversal-mtls (TLS verify On in a traversal zone without it), neighbor-mtls (TLS verify On in a neighbor
zone over TLS), b2b-sip (TLS verify On in a DNS zone or the default zone), imp-federation, mra-onboarding.
A use is "no" only where the dump is whole: what a part does not say may stand in the rest.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from wizard.evidence.dump_keys import HEADER, MOST_ZONES, Ledger, Stated, numbered
from wizard.evidence.dump_zones import ZoneRead, on_off
from wizard.evidence.hosts import is_address, is_host_name, matching
from wizard.model.deployment import USES
from wizard.model.dump import Finding
from wizard.model.release import Release

_PEER = re.compile(r"alternatespeer(\d+)address")
_INTERFACE = re.compile(r"ethernet\dipv[46]address")
_FEDERATION = re.compile(r"sip(?:domains)?domain\d+xmppfederation")
_ACME = re.compile(r"[a-z]*acmemanaged")
_RELEASE = re.compile(r"[Xx]\d{1,3}\.\d{1,3}(?:\.\d{1,3})?")
_MANAGED = {"disabled": "no", "manual": "yes", "automated": "yes"}
_ROLE_OF_ZONE = {"TraversalServer": "edge", "TraversalClient": "core"}
_SWITCHES = {
    "settings.eku_checking": "siptlscertificateextendedkeyusagecheckingmode",
    "settings.server_eku_upload": "xcptlscertificatecvsenableserverekuupload",
    "mra": "collaborationedgeenabled",
    "onboarding": "collaborationedgeallowonboardingovermra",
    "default_zone_tls_verify": "zonesdefaultzonesiptlsverifymode",
}
_USE_OF_SWITCH = {
    "mra": "uc-traversal",
    "default_zone_tls_verify": "b2b-sip",
    "xmpp_federation": "imp-federation",
    "onboarding": "mra-onboarding",
}


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something that is reported as a problem: its code, its line, and the arguments of its words."""

    code: str
    line: int
    args: tuple[tuple[str, str], ...] = ()


class Conclusions:
    """Findings and doubts of one ledger and its zones.

    `truncated` is whether the reader met a cut-off end, `lines` how many lines it read. `complete` then is
    whether the whole of xconfiguration was there and understood.
    """

    def __init__(self, ledger: Ledger, zones: tuple[ZoneRead, ...], *, truncated: bool, lines: int) -> None:
        self._ledger = ledger
        self._zones = zones
        self._lines = lines
        self.doubts: list[Doubt] = []
        self.findings: list[Finding] = []
        for read in zones:
            for unclear in read.unclear:
                self._unclear(unclear)
        self._identity()
        self._peers()
        self._role()
        self._release()
        self._settings()
        self.complete = not truncated and self._is_whole()
        self._uses()

    def _is_whole(self) -> bool:
        ledger = self._ledger
        if not ledger.has_all_families or ledger.overflowed_at or len(self._zones) >= MOST_ZONES:
            return False
        if any(doubt.code == "dump-value" for doubt in self.doubts):
            return False
        named = {read.zone.name for read in self._zones}
        return all(read.typed for read in self._zones) and not ledger.missing_zones(named)

    # The node

    def _identity(self) -> None:
        configured = self._ledger.configuration
        host = self._of_dns("hostname")
        domain = self._of_dns("domainname") or self._of_dns("domain1name")
        if host is not None and is_host_name(host.value):
            full = f"{host.value}.{domain.value}" if domain is not None else ""
            self._add("name", full if is_host_name(full) and "." not in host.value else host.value, host)
        for kept in (configured, self._ledger.status):
            label = kept.get("systemunitname")
            if label is not None and label.value:
                self._add("name", label.value, label)
        for _, stated in numbered(configured, _INTERFACE):
            if is_address(stated.value):
                self._add("address", stated.value, stated)
        cluster = configured.get("alternatesclustername")
        if cluster is not None and cluster.value:
            self._add("cluster", cluster.value, cluster)

    def _peers(self) -> None:
        configured = self._ledger.configuration
        peers: dict[int, str] = {}
        for match, stated in numbered(configured, _PEER):
            if is_host_name(stated.value) or is_address(stated.value):
                peers[int(match.group(1))] = stated.value
                self._add("peer", stated.value, stated, index=int(match.group(1)))
            elif stated.value:
                self._unclear(stated)
        older = configured.get("alternatesconfigurationmaster")
        primary = configured.get("alternatesconfigurationprimary") or older
        if primary is None or primary.value not in {str(number) for number in peers}:
            return
        self._add("primary_index", primary.value, primary)
        own = {finding.value for finding in self.findings if finding.what in ("name", "address")}
        positions = {number for number, peer in peers.items() if any(matching(name, [peer]) for name in own)}
        if len(positions) == 1:
            self._add("primary", "yes" if positions == {int(primary.value)} else "no", primary)

    def _role(self) -> None:
        told: dict[str, Stated] = {}
        for read in self._zones:
            if read.is_traversal and read.told_by is not None:
                told.setdefault(_ROLE_OF_ZONE[read.zone.type], read.told_by)
        hint = self._hint()
        if len(told) == 2:
            lines = tuple((role, str(stated.line)) for role, stated in told.items())
            self.doubts.append(Doubt("dump-two-roles", told["core"].line, lines))
        for role, stated in told.items() if len(told) == 1 else ():
            self._add("role", role, stated)
            if hint is not None and hint[0] != role:
                args = (("role", role), ("hint", hint[0]), ("zone_line", str(stated.line)))
                self.doubts.append(Doubt("dump-role-hint", hint[1].line, args))
        if hint is not None:
            self._add("role_hint", *hint)

    def _hint(self) -> tuple[str, Stated] | None:
        """What `Expressway: True|False` suggests. Only a secondary source says so: it never decides alone."""
        for name, stated in self._ledger.status.items():
            if name.endswith("expressway") and stated.value.casefold() in ("true", "false"):
                return ("edge" if stated.value.casefold() == "true" else "core"), stated
        return None

    def _release(self) -> None:
        for name in ("systemunitsoftwareversion", HEADER):
            stated = self._ledger.status.get(name)
            match = _RELEASE.match(stated.value) if stated is not None else None
            if stated is not None and match is not None:
                self._add("release", str(Release.parse(match.group())), stated)
                return
            if stated is not None and name != HEADER:
                self._unclear(stated)

    # Settings and uses

    def _settings(self) -> None:
        configured = self._ledger.configuration
        for what, key in _SWITCHES.items():
            self._switch(what, configured.get(key))
        for _, stated in numbered(configured, _FEDERATION):
            self._switch("xmpp_federation", stated)
        neighbors = [read for read in self._zones if read.zone.type == "Neighbor" and read.is_tls]
        verify = [read.verify for read in neighbors if read.verify is not None]
        deciding = next((stated for stated in verify if on_off(stated) == "on"), next(iter(verify), None))
        if deciding is not None and on_off(deciding):
            self._add("settings.neighbor_tls_verify", on_off(deciding), deciding)
        for kept in (configured, self._ledger.status):
            for _, stated in numbered(kept, _ACME):
                managed = _MANAGED.get(stated.value.casefold())
                if managed is not None:
                    self._add("acme", managed, stated)

    def _uses(self) -> None:
        affirmed: dict[str, Stated] = {}
        for use, stated in self._affirmed():
            affirmed.setdefault(use, stated)
        denied = {
            _USE_OF_SWITCH[f.what]: Stated(f.text, f.value, f.line)
            for f in self.findings
            if f.what in _USE_OF_SWITCH and f.value == "off"
        }
        for use in USES:
            if use in affirmed:
                self._add(f"uses.{use}", "yes", affirmed[use])
            elif self.complete:
                # Where nothing says no in so many words, the end of the dump does.
                self._add(f"uses.{use}", "no", denied.get(use) or Stated("", "", self._lines))

    def _affirmed(self) -> Iterator[tuple[str, Stated]]:
        """Each use with the statement that shows it."""
        for read in self._zones:
            if read.is_traversal and read.zone.unified_communications == "on" and read.collaboration_edge:
                yield "uc-traversal", read.collaboration_edge
            elif read.verifies and read.verify:
                if read.is_traversal:
                    yield "traversal-mtls", read.verify
                elif read.zone.type == "Neighbor":
                    yield "neighbor-mtls", read.verify
                elif read.zone.type == "DNS":
                    yield "b2b-sip", read.verify
        for finding in self.findings:
            if finding.what in _USE_OF_SWITCH and finding.value == "on":
                yield _USE_OF_SWITCH[finding.what], Stated(finding.text, finding.value, finding.line)

    # Helpers

    def _of_dns(self, key: str) -> Stated | None:
        configured = self._ledger.configuration
        stated = configured.get(f"ipdns{key}") or configured.get(f"dns{key}")
        return stated if stated is not None and stated.value else None

    def _switch(self, what: str, stated: Stated | None) -> None:
        if stated is None or not stated.value:
            return
        if on_off(stated):
            self._add(what, on_off(stated), stated)
        else:
            self._unclear(stated)

    def _add(self, what: str, value: str, stated: Stated, *, index: int = 0) -> None:
        self.findings.append(Finding(what, value, stated.line, stated.key, index))

    def _unclear(self, stated: Stated) -> None:
        self.doubts.append(Doubt("dump-value", stated.line, (("key", stated.key),)))
