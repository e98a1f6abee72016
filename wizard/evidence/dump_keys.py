"""Which keys of an Expressway dump matter, and which are secrets: the one gate all values pass.

Every reader (text, XML) hands each key with its value to `Ledger.take`. What is not on the list of keys is
dropped there and then; a secret is counted and dropped. So nothing of a password can be in a finding, a
problem or an exception: no later code ever sees it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from wizard.model.text import visible

LONGEST_VALUE = 4096
"""Characters of a value that are looked at; a longer one is cut before anything is done with it."""

MOST_ZONES = 5000
"""Zones that are kept of one dump; Expressway has at most 1000."""

MOST_KEYS = 2000
"""Keys beside the zones that are kept of one dump; a whole one has some 250 of those that matter."""

HEADER = "header"
"""The status key under which the release of a file's head is kept; no dump can state it."""

_SPACE = re.compile(r"[\s/]+")

_SECRET_KEY = re.compile(
    r"passw(or)?d|passphrase|passcode|secret|community|credential|privatekey|sharedkey|apikey|token$|key$"
)
_CIPHER = re.compile(r"\{\s*cipher\s*\}", re.IGNORECASE)
_PRIVATE_KEY = re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY")
_TYPED = re.compile(r"\b(?:password|passphrase|secret|community)\s{0,8}[:=]\s{0,8}\S", re.IGNORECASE)
# A setting *about* passwords ("Password Strict Mode: On") holds none.
_MODE = re.compile(
    r"on|off|true|false|yes|no|enabled|disabled|allow|deny|none|auto|\d{1,5}|/?", re.IGNORECASE
)

_ZONE_KEYS = re.compile(
    r"zoneszone(\d{1,6})(name|type|(?:neighbor|traversalclient|traversalserver|dns)"
    r"(?:siptlsverifymode|siptlsverifysubjectname|siptransport|collaborationedge|peer[1-9]address))"
)
_CONFIGURATION_KEYS = re.compile(
    r"zonesdefaultzonesiptlsverifymode"
    r"|alternates(?:clustername|configuration(?:primary|master)|peer\d{1,2}address)"
    r"|collaborationedge(?:enabled|allowonboardingovermra)"
    r"|sip(?:domains)?domain\d{1,4}xmppfederation"
    r"|siptlscertificateextendedkeyusagecheckingmode"
    r"|xcptlscertificatecvsenableserverekuupload"
    r"|systemunitname|(?:ip)?dns(?:hostname|domain1?name)|ethernet\dipv[46]address"
    r"|(?!xcommand)[a-z]*acmemanaged"
)
_STATUS_KEYS = re.compile(
    r"systemunit(?:name|softwareversion)|systemunit(?:software)?(?:configuration)?expressway|(?!xcommand)[a-z]*acmemanaged"
)
_ZONE_STATUS_KEYS = re.compile(r"zoneszone(\d{1,6})(name|status|type)")
# What tells that a dump names zones which it does not hold, hence is cut (see `Ledger.missing_zones`).
_ZONE_REFERENCE = re.compile(
    r"zonespolicysearchrulesrule(\d{1,6})target(name|type)|bandwidthlink\d{1,6}node[12]name"
)
_SUBZONE = re.compile(r"zoneslocalzonesubzonessubzone\d{1,6}name")
_BUILT_IN = frozenset({"defaultsz", "traversalsz", "clustersz", "defaultzone", "localzone", "default zone"})
_MOST_NAMES = 10_000

_FAMILIES = ("alternates", "sip", "systemunit", "collaborationedge", "zonesdefaultzone")
"""Beginnings that every whole xconfiguration has, so that a part of one is not taken for all of it."""


def canonical(key: str) -> str:
    """A key as it is compared: no case, no spaces, so that `Collaboration Edge` and `<CollaborationEdge>`,
    or `ConfigurationPrimary` and `Configuration Primary`, are the same."""
    return _SPACE.sub("", key).casefold()


def looks_known(key: str) -> bool:
    """Whether a key without the word xConfiguration before it is one of those that matter."""
    name = canonical(key)
    return bool(_ZONE_KEYS.fullmatch(name) or _CONFIGURATION_KEYS.fullmatch(name))


def holds_secret(text: str) -> bool:
    """Whether a line that is no setting shows an enciphered value, a password that somebody typed, or the
    start of a private key."""
    return bool(_CIPHER.search(text) or _PRIVATE_KEY.search(text) or _TYPED.search(text))


@dataclass(frozen=True, slots=True)
class Stated:
    """A value as the dump states it: the key as printed, the value made visible, the line (1-based)."""

    key: str
    value: str
    line: int


class Ledger:
    """The keys that matter of one dump, by canonical key: "configuration" and "status" apart.

    `zones` and `zone_status` hold what is said of each zone, by its number and the rest of the key ("type",
    "neighborsiptlsverifymode"). The first statement of a key stands; a later one with another value is
    remembered as a repetition.
    """

    def __init__(self) -> None:
        self.configuration: dict[str, Stated] = {}
        self.status: dict[str, Stated] = {}
        self.zones: dict[int, dict[str, Stated]] = {}
        self.zone_status: dict[int, dict[str, Stated]] = {}
        self.secrets = 0
        self.seen_configuration = 0
        self.seen_status = 0
        self.overflowed_at = 0
        self.repeated: list[tuple[Stated, int]] = []
        self._families: set[str] = set()
        self._references: set[str] = set()
        self._subzones: set[str] = set()
        self._targets: dict[str, str] = {}

    def take(self, kind: str, key: str, value: str, line: int, *, cut: bool = False) -> None:
        """Keep the value, or count it as a secret, or drop it. `kind` is "configuration" or "status"; a
        value that is `cut` off is never kept."""
        name = canonical(key)
        value = value[:LONGEST_VALUE].strip()
        self._count(kind, name)
        if self._is_secret(name, value):
            self.secrets += 1
            return
        if cut:
            return
        of_zone, other, zones, rest = (
            (_ZONE_STATUS_KEYS, _STATUS_KEYS, self.zone_status, self.status)
            if kind == "status"
            else (_ZONE_KEYS, _CONFIGURATION_KEYS, self.zones, self.configuration)
        )
        zone = of_zone.fullmatch(name)
        if zone is not None:
            self._keep_zone(zones, zone, Stated(_printed(key), visible(value), line))
        elif other.fullmatch(name):
            self._keep(rest, name, Stated(_printed(key), visible(value), line), most=MOST_KEYS)
        elif value and kind == "configuration" and name.startswith(("zones", "bandwidthlink")):
            self._refer(name, value)

    def passed_by(self, text: str) -> None:
        """A line that is no setting: dropped, and counted where it shows a secret."""
        if holds_secret(text):
            self.secrets += 1

    def header(self, release: str, line: int) -> None:
        """What the head of the file says of the software: a banner, an attribute of the root element."""
        if release:
            self.status.setdefault(HEADER, Stated("version", visible(release), line))

    def has_family(self, family: str) -> bool:
        """Whether keys of that beginning were seen."""
        return family in self._families

    @property
    def has_all_families(self) -> bool:
        """Whether something of each part of xconfiguration was seen."""
        return self._families.issuperset(_FAMILIES)

    def missing_zones(self, named: set[str]) -> bool:
        """Whether links or search rules name a zone that is not among `named`: the dump was cut before it.

        Zones stand last in xconfiguration and may be cut between two lines, which nothing else would show.
        """
        known = {name.casefold() for name in named} | self._subzones | _BUILT_IN
        targets = {
            value.casefold()
            for key, value in self._targets.items()
            if key.startswith("name") and self._targets.get(f"type{key[4:]}", "").casefold() == "zone"
        }
        return not (targets | self._references) <= known

    def _is_secret(self, name: str, value: str) -> bool:
        if _CIPHER.search(value) or _PRIVATE_KEY.search(value):
            return True
        return _SECRET_KEY.search(name) is not None and _MODE.fullmatch(value) is None

    def _count(self, kind: str, name: str) -> None:
        if kind == "status":
            self.seen_status += 1
            return
        self.seen_configuration += 1
        if len(self._families) < len(_FAMILIES):
            self._families.update(family for family in _FAMILIES if name.startswith(family))

    def _keep_zone(self, zones: dict[int, dict[str, Stated]], zone: re.Match[str], stated: Stated) -> None:
        number = int(zone.group(1))
        if number not in zones:
            if len(zones) >= MOST_ZONES:
                self.overflowed_at = self.overflowed_at or stated.line
                return
            zones[number] = {}
        if stated.value:
            self._keep(zones[number], zone.group(2), stated)

    def _keep(self, where: dict[str, Stated], name: str, stated: Stated, most: int = 100) -> None:
        before = where.get(name)
        if before is not None:
            if before.value != stated.value and len(self.repeated) < 100:
                self.repeated.append((before, stated.line))
        elif len(where) < most:
            where[name] = stated
        else:
            self.overflowed_at = self.overflowed_at or stated.line

    def _refer(self, name: str, value: str) -> None:
        if len(self._references) + len(self._targets) + len(self._subzones) >= _MOST_NAMES:
            return
        match = _ZONE_REFERENCE.fullmatch(name)
        if match is None:
            if _SUBZONE.fullmatch(name):
                self._subzones.add(value.casefold())
        elif match.group(1):
            self._targets[f"{match.group(2)}{match.group(1)}"] = value
        else:
            self._references.add(value.casefold())


def _printed(key: str) -> str:
    return visible(" ".join(key.split()))


def numbered(kept: dict[str, Stated], pattern: re.Pattern[str]) -> Iterator[tuple[re.Match[str], Stated]]:
    """The kept keys that match `pattern` in full, in the order they were read."""
    for name, stated in kept.items():
        match = pattern.fullmatch(name)
        if match is not None:
            yield match, stated
