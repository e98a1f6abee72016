"""Dates: which deadlines stand, which one binds, and from when it is late to start."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from wizard.domain import view
from wizard.domain.options import closing_day, issuer_of
from wizard.model.deployment import Certificate, Choice, Deployment, Node, Store
from wizard.model.knowledge import Knowledge, Outcome, Source
from wizard.model.plan import Binding, CalendarDate, Day

_POLICY = "chrome-leaf"


@dataclass(frozen=True, slots=True)
class _Date:
    id: str
    date: date
    what: str
    source: Source
    was: Day | None = None
    was_source: Source | None = None


def calendar(knowledge: Knowledge, deployment: Deployment, as_of: date) -> tuple[CalendarDate, ...]:
    """Every deadline, the last day of each CA in use and each certificate's expiry, by date."""
    found = (*_published(knowledge), *_ca_ends(knowledge, deployment), *_expiries(knowledge, deployment))
    return tuple(
        CalendarDate(
            id=entry.id,
            date=entry.date,
            what=entry.what,
            state="passed" if entry.date < as_of else "ahead",
            days=(entry.date - as_of).days,
            source=entry.source,
            was=entry.was,
            was_source=entry.was_source,
        )
        for entry in sorted(found, key=lambda entry: (entry.date, entry.id))
    )


def binding(
    knowledge: Knowledge,
    deployment: Deployment,
    as_of: date,
    outcome: Outcome,
    chosen: Choice,
    *,
    at_stake: bool,
) -> Binding | None:
    """The earliest date that binds: a public certificate's expiry, its CA's last day, the policy's date.

    Certificates that have a clientAuth to lose bind before those that are server-only already, or stay
    clientAuth-only; of these, one that ACME renews by itself does not bind. A CA's day and the policy's bind
    only while they are ahead: what has closed is no date to meet, and the certificate's expiry binds then.
    The policy's does not bind alternative roots, which a CA closes on a day of its own, if at all.
    None where nothing has to be done, or no date is known.

    The latest start lies before it by the longest lead time of the chosen options; it may have passed. Where
    none is chosen, and the next renewal puts something at stake, the longest of all counts: what is still to
    be found out may call for any of them. Else it is the shortest: certificates have to be ordered in time.
    """
    if outcome != "act":
        return None
    dates = list(_expiries(knowledge, deployment, losing_only=True)) or list(
        _expiries(knowledge, deployment, public_only=True)
    )
    dates += [entry for entry in _ca_ends(knowledge, deployment) if entry.date > as_of]
    if not _stays_open(knowledge, deployment):
        dates += [entry for entry in _published(knowledge) if entry.id == _POLICY and entry.date > as_of]
    if not dates:
        return None
    entry = min(dates, key=lambda entry: (entry.date, entry.id))
    options = dict.fromkeys((*(chosen.core or ()), *(chosen.edge or ())))
    leads = [knowledge.options[option].lead_days for option in options or knowledge.options]
    lead = max(leads) if options or at_stake else min(leads)
    return Binding(entry.date, entry.what, entry.id, earlier(entry.date, lead), lead)


def _stays_open(knowledge: Knowledge, deployment: Deployment) -> bool:
    """Whether every public certificate is of an alternative root with a day of its own, or with none."""
    public = [c for _, _, c in view.held(deployment) if c.ca not in ("private", "self-signed")]
    return bool(public) and all(
        c.ca == "public-alternative" and issuer_of(knowledge, c.issuer).alternative_root for c in public
    )


def earlier(day: date, days: int) -> date:
    """That many days before, or the first day there is: hostile certificates carry the year 1."""
    return date.fromordinal(max(day.toordinal() - days, 1))


def deadline_title(knowledge: Knowledge, id: str) -> str:
    """What happens on a date of the calendar, from its id; the id itself where this edition has none."""
    words = knowledge.words
    about, _, last = id.rpartition("-")
    if id in knowledge.deadlines:
        return words.say(f"deadline.{id}")
    if about.startswith("expires-") and words.has(f"store.{last}"):
        return words.say(
            "calendar.expires", node=about.removeprefix("expires-"), store=words.say(f"store.{last}")
        )
    issuer = knowledge.issuers.get(id.removeprefix("ca-end-"))
    if issuer is None:
        return id
    if issuer.closed_from is None:
        return words.say("calendar.ca-end-policy", issuer=issuer.name)
    secondary = issuer.confidence == "secondary"
    return words.say("calendar.ca-end-secondary" if secondary else "calendar.ca-end", issuer=issuer.name)


def _published(knowledge: Knowledge) -> Iterator[_Date]:
    for deadline in knowledge.deadlines.values():
        yield _Date(
            deadline.id,
            deadline.date,
            deadline_title(knowledge, deadline.id),
            deadline.source,
            deadline.was.date if deadline.was else None,
            deadline.was.source if deadline.was else None,
        )


def _ca_ends(knowledge: Knowledge, deployment: Deployment) -> Iterator[_Date]:
    ends: dict[str, date] = {}
    for _, _, certificate in view.held(deployment):
        if certificate.issuer is None or not certificate.is_public:
            continue
        issuer = issuer_of(knowledge, certificate.issuer)
        end = closing_day(knowledge, certificate)
        if end != date.max:
            ends[issuer.id] = min(end, ends.get(issuer.id, end))
    for id, end in ends.items():
        issuer = knowledge.issuers[id]
        yield _Date(
            f"ca-end-{id}",
            end,
            deadline_title(knowledge, f"ca-end-{id}"),
            issuer.source if issuer.closed_from else knowledge.deadlines[_POLICY].source,
            issuer.closed_was,
            issuer.source if issuer.closed_was else None,
        )


def _expiries(
    knowledge: Knowledge, deployment: Deployment, *, public_only: bool = False, losing_only: bool = False
) -> Iterator[_Date]:
    for node, store, certificate in view.held(deployment):
        if certificate.not_after is None or (public_only and not certificate.is_public):
            continue
        if losing_only and not _loses(certificate):
            continue
        if public_only and certificate.acme and certificate.client_auth is False:
            continue
        yield _expiry(knowledge, node, store, certificate.not_after)


def _loses(certificate: Certificate) -> bool:
    """Whether its next renewal may take a clientAuth away."""
    client_only = certificate.client_auth is True and certificate.server_auth is False
    return certificate.is_public and certificate.client_auth is not False and not client_only


def _expiry(knowledge: Knowledge, node: Node, store: Store, on: date) -> _Date:
    id = f"expires-{node.name}-{store}"
    what = deadline_title(knowledge, id)
    return _Date(id, on, what, Source("doc-225482", "FAQ: existing certificates"))
