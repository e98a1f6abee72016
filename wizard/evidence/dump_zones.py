"""Zones put together from what xconfiguration and xstatus say of each."""

from collections.abc import Iterator
from dataclasses import dataclass

from wizard.evidence.dump_keys import Ledger, Stated
from wizard.model.dump import Zone

ON_OFF = {"on": "on", "true": "on", "yes": "on", "enabled": "on", "off": "off", "false": "off", "no": "off",
          "disabled": "off"}  # fmt: skip
_TYPES = {"neighbor": "Neighbor", "traversalclient": "TraversalClient", "traversalserver": "TraversalServer",
          "dns": "DNS", "enum": "ENUM"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ZoneRead:
    """A zone with the statements behind it: what told its type, its TLS verify mode and its Collaboration
    Edge, each None where nothing did; `unclear` are switches whose value is neither On nor Off, `typed` is
    whether the key Type itself was read."""

    zone: Zone
    told_by: Stated | None
    verify: Stated | None
    collaboration_edge: Stated | None
    unclear: tuple[Stated, ...]
    typed: bool

    @property
    def is_traversal(self) -> bool:
        """Whether it is an end of a traversal link."""
        return self.zone.type in ("TraversalServer", "TraversalClient")

    @property
    def is_tls(self) -> bool:
        """Whether it may run over TLS: Expressway's default, where no transport is stated."""
        return self.zone.transport in ("", "TLS")

    @property
    def verifies(self) -> bool:
        """Whether certificates are verified on it."""
        return self.zone.tls_verify == "on" and self.is_tls


def zones_of(ledger: Ledger) -> Iterator[ZoneRead]:
    """The zones in the order of their numbers.

    States are matched by the zone's name, because xstatus may count on its own, and by number where it gives
    no name. Where xconfiguration tells no zone, those of xstatus stand for themselves.
    """
    by_name = {parts["name"].value: parts for parts in ledger.zone_status.values() if "name" in parts}
    for number in sorted(ledger.zones or ledger.zone_status):
        settings = ledger.zones.get(number, {})
        name = settings.get("name")
        own = by_name.get(name.value) if name is not None else None
        if own is None:
            same_number = ledger.zone_status.get(number, {})
            own = same_number if name is None or "name" not in same_number else {}
        yield _read(number, settings or own, own)


def _read(number: int, settings: dict[str, Stated], status: dict[str, Stated]) -> ZoneRead:
    stated = settings.get("type")
    if stated is not None:
        kind = stated.value.casefold()
    else:
        # A pasted part may lack the type; the first setting that belongs to one tells it.
        telling = ((k, s) for key, s in settings.items() for k in _TYPES if key.startswith(k))
        kind, stated = next(telling, ("", None))
    verify = settings.get(f"{kind}siptlsverifymode")
    edge = settings.get(f"{kind}collaborationedge")

    def value(key: str) -> str:
        return settings[key].value if key in settings else ""

    zone = Zone(
        number=number,
        name=value("name"),
        type=_TYPES.get(kind, stated.value if stated is not None else ""),
        tls_verify=on_off(verify),
        subject_name=value(f"{kind}siptlsverifysubjectname"),
        transport=value(f"{kind}siptransport").upper(),
        unified_communications=on_off(edge),
        peers=tuple(value(key) for n in range(1, 10) if (key := f"{kind}peer{n}address") in settings),
        state=status["status"].value if "status" in status else "",
        line=stated.line if stated is not None else 0,
    )
    unclear = tuple(s for s in (verify, edge) if s is not None and not on_off(s))
    return ZoneRead(zone, stated, verify, edge, unclear, typed="type" in settings)


def on_off(stated: Stated | None) -> str:
    """ "on" or "off" for a switch; empty where it is not stated or says neither."""
    return ON_OFF.get(stated.value.casefold(), "") if stated is not None else ""
