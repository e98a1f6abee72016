"""What a certificate says, as read: the record that `inspect` prints and a deployment keeps."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from wizard.model.problems import Problem, Remark

SERVER_AUTH = "1.3.6.1.5.5.7.3.1"
CLIENT_AUTH = "1.3.6.1.5.5.7.3.2"
ANY_EKU = "2.5.29.37.0"


class EkuState(StrEnum):
    """Whether the Extended Key Usage can be relied on. An unreadable one is never taken for an absent one."""

    PRESENT = "present"
    ABSENT = "absent"
    UNREADABLE = "unreadable"
    CONTRADICTORY = "contradictory"


class CaVerdict(StrEnum):
    """Who issued a certificate; `public-alternative` is a public CA whose root Chrome does not trust."""

    PUBLIC = "public"
    PUBLIC_ALTERNATIVE = "public-alternative"
    PRIVATE = "private"
    SELF_SIGNED = "self-signed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Eku:
    """The Extended Key Usage of a certificate: its state and the OIDs it lists, in their order."""

    state: EkuState
    oids: tuple[str, ...] = ()

    @property
    def server_auth(self) -> bool | None:
        """Whether the certificate may be shown as TLS server; None where the EKU cannot be relied on."""
        return self._allows(SERVER_AUTH)

    @property
    def client_auth(self) -> bool | None:
        """Whether the certificate may be shown as TLS client; None where the EKU cannot be relied on."""
        return self._allows(CLIENT_AUTH)

    def _allows(self, oid: str) -> bool | None:
        match self.state:
            case EkuState.ABSENT:
                return True
            case EkuState.PRESENT:
                return oid in self.oids or ANY_EKU in self.oids
            case _:
                return None


@dataclass(frozen=True, slots=True)
class Ca:
    """The verdict on who issued a certificate, with its evidence.

    `issuer` is an issuer id of `content/issuers` (lets-encrypt, digicert …) or None; `evidence` remarks are
    worded in `content/words/LANGUAGE/evidence.toml`.
    """

    verdict: CaVerdict
    issuer: str | None = None
    evidence: tuple[Remark, ...] = ()


_OF_A_DAY = frozenset({"expired", "not-yet-valid"})
"""Notes that hold on some days only."""


def remarks_on(as_of: date, not_before: datetime, not_after: datetime) -> tuple[Remark, ...]:
    """What is to be said of a validity on that day: that it has ended, or not begun."""
    first, last = not_before.date(), not_after.date()
    if not_after < not_before:
        return ()
    if last < as_of:
        return (Remark("expired", {"date": last.isoformat(), "days": str((as_of - last).days)}),)
    if first > as_of:
        return (Remark("not-yet-valid", {"date": first.isoformat(), "days": str((first - as_of).days)}),)
    return ()


@dataclass(frozen=True, slots=True)
class CertificateRecord:
    """One occurrence of a certificate in a file. All text is already visible (`model.text.visible`).

    `file` is the path as given, `index` the position among the certificates of that file (0-based),
    `sha256` lower-case hex without colons, `serial` lower-case hex, dates in UTC, `key` type and size such
    as "RSA 2048", `subject` and `issuer` RFC 4514 strings, `also_in` other files with the same SHA-256.
    Dates are None where they cannot be read, which a note says. `notes` are those of the day of reading:
    show `notes_on`.
    """

    file: str
    index: int
    sha256: str
    subject: str
    issuer: str
    common_name: str | None
    sans: tuple[str, ...]
    serial: str
    not_before: datetime | None
    not_after: datetime | None
    key: str
    is_ca: bool
    eku: Eku
    ca: Ca
    also_in: tuple[str, ...] = ()
    notes: tuple[Remark, ...] = ()

    def days_left(self, as_of: date) -> int | None:
        """Whole days from `as_of` to the day of expiry; negative when expired, None when unreadable."""
        return None if self.not_after is None else (self.not_after.date() - as_of).days

    def notes_on(self, as_of: date) -> tuple[Remark, ...]:
        """The notes as they are on that day: a record is kept for longer than the day it was made on."""
        kept = (note for note in self.notes if note.code not in _OF_A_DAY)
        if self.not_before is None or self.not_after is None:
            return tuple(kept)
        return (*remarks_on(as_of, self.not_before, self.not_after), *kept)

    def covers(self, hostname: str) -> bool:
        """Whether the certificate names this host: by its alternative names, or by its CN where it has none.

        A wildcard stands for one label. Case and a final dot do not matter.
        """
        wanted = hostname.strip().rstrip(".").lower()
        names = self.sans or ((self.common_name,) if self.common_name else ())
        return bool(wanted) and any(_matches(name.rstrip(".").lower(), wanted) for name in names)


def _matches(pattern: str, host: str) -> bool:
    if pattern.startswith("*."):
        label, _, rest = host.partition(".")
        return bool(label) and rest == pattern[2:]
    return pattern == host


@dataclass(frozen=True, slots=True)
class Inspection:
    """All that was found in the paths given: every path yields a record or a problem, never neither."""

    records: tuple[CertificateRecord, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class KnownCa:
    """A CA certificate that the plan knows by its subject key identifier (content/issuers).

    `verdict` is public, public-alternative or private (Expressway's temporary CA); `issuer` an issuer id;
    `ski` lower-case hex.
    """

    ski: str
    name: str
    issuer: str
    verdict: CaVerdict


@dataclass(frozen=True, slots=True)
class ValidityLimit:
    """The longest validity in days that a public CA may issue from `since` on (issue date)."""

    since: date
    days: int


@dataclass(frozen=True, slots=True)
class IssuerNames:
    """How an issuer is told by name where no key decides: organisations as they stand in O=, and words
    that mark an issuer as not public in spite of its name, such as "(STAGING)"."""

    issuer: str
    organizations: tuple[str, ...]
    not_public: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class IssuerTable:
    """What evidence is told about CAs, handed over by the caller from `content/`.

    `limits` ascend by date.
    """

    known: tuple[KnownCa, ...]
    names: tuple[IssuerNames, ...]
    limits: tuple[ValidityLimit, ...]
