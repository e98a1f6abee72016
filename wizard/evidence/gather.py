"""Everything read from the inputs, before it is judged: occurrences of certificates, keys counted, problems.

A generator throughout: each `Beat` hands the thread back, so that a screen stays alive and can cancel.
"""

import hashlib
import os
from collections import Counter
from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from enum import Enum

from wizard.evidence import containers, facts, live, pkcs12, reader, sources
from wizard.evidence.blob import NAME_LIMIT, Blob, Limits, Say, problem, remark
from wizard.evidence.der import DerError
from wizard.evidence.facts import Facts
from wizard.model.problems import Problem, Remark
from wizard.model.text import visible

_MOST_PROBLEMS = 200
"""Problems told of one file; one with more is not mended block by block."""

_MOST_CERTIFICATES = 100_000
_TRIES = 3


class Beat(Enum):
    """Why the thread is handed back: there is more to do, or a process or a host is being waited for."""

    WORKING = 1
    WAITING = 2


Work = Generator[Beat, None, None]
Password = Callable[[str], str | None]
"""Asked with the name of a locked PKCS#12; None leaves it locked."""


@dataclass(frozen=True, slots=True)
class Found:
    """One occurrence of a certificate; `notes` are those of the way it came."""

    facts: Facts
    file: str
    index: int
    notes: tuple[Remark, ...] = ()


@dataclass(slots=True)
class Lock:
    """A PKCS#12 that needs a password, and whether one was tried."""

    data: bytes = field(repr=False)
    where: str
    tried: bool = False


class Gathering:
    """Reads inputs one after another; see `found`, `problems`, `locked` and `public_halves`."""

    def __init__(
        self,
        say: Say,
        *,
        stdin: bytes | None = None,
        password: Password | None = None,
        aside: Callable[[Blob], bool] | None = None,
        limits: Limits | None = None,
    ) -> None:
        self._say, self._stdin, self._password, self._aside = say, stdin, password, aside
        self._limits = limits or Limits()
        self.found: list[Found] = []
        """Certificates in the order they were met."""
        self.problems: list[Problem] = []
        """Problems in the order they were met; those of locked files are not among them yet."""
        self.locked: dict[str, Lock] = {}
        """PKCS#12 files that need a password, by name."""
        self.public_halves: dict[str, list[str]] = {}
        """SHA-256 of the public halves of the private keys that were met, by file."""
        self.files = 0
        """Files and members read."""
        self.current = ""
        """The file or host that is being read."""
        self._facts: dict[bytes, Facts] = {}
        self._counts: Counter[str] = Counter()
        self._told: Counter[str] = Counter()
        self._set_aside = 0
        self._read: set[tuple[str, int]] = set()
        self._opener = pkcs12.Opener()

    def take(self, entry: str | Blob) -> Work:
        """Read one path, `host:port` or blob: it brings a certificate, a problem or a lock, never nothing.

        A blob that is a member of an archive may bring nothing.
        """
        before = self._tally()
        self.current = visible(entry if isinstance(entry, str) else entry.name, NAME_LIMIT)
        target = live.address(entry) if isinstance(entry, str) and not os.path.lexists(entry) else None
        if target is not None:
            yield from self._host(self.current, target)
        else:
            steps = (
                sources.steps(entry, say=self._say, stdin=self._stdin, limits=self._limits)
                if isinstance(entry, str)
                else sources.unwrap(entry, say=self._say, limits=self._limits)
            )
            for item in steps:
                if isinstance(item, Blob):
                    read = item.name, hash(item.data)
                    if isinstance(entry, str) and read in self._read:
                        self._set_aside += 1  # A file named twice, or beside its folder, is one file.
                        continue
                    self._read.add(read)
                    yield from self._blob(item)
                elif item is not None:
                    self._tell(item)
                yield Beat.WORKING
        member = isinstance(entry, Blob) and entry.in_archive
        if self._tally() == before and not member:
            name = entry if isinstance(entry, str) else entry.name
            self._tell(problem(self._say, name, "no-certificate", words="nothing-found"))

    def unlock(self, file: str, password: str) -> Work:
        """Try a password on a locked file; it stays locked where that is the wrong one."""
        lock = self.locked.pop(file)
        lock.tried = True
        yield from self._open(file, lock, password)

    def still_locked(self) -> tuple[Problem, ...]:
        """A problem for each file that no password has opened."""
        return tuple(
            problem(self._say, file, "wrong-password" if lock.tried else "needs-password", where=lock.where)
            for file, lock in self.locked.items()
        )

    def close(self) -> None:
        """End the process that opens PKCS#12 files."""
        self._opener.close()

    def _tally(self) -> int:
        return len(self.found) + sum(self._told.values()) + len(self.locked) + self._set_aside

    def _tell(self, trouble: Problem) -> None:
        self._told[trouble.file] += 1
        if self._told[trouble.file] < _MOST_PROBLEMS:
            self.problems.append(trouble)
        elif self._told[trouble.file] == _MOST_PROBLEMS:
            self.problems.append(problem(self._say, trouble.file, trouble.code, words="more-problems"))

    def _blob(self, blob: Blob) -> Work:
        self.files += 1
        self.current = blob.name
        if self._aside is not None and self._aside(blob):
            self._set_aside += 1
            return
        for item in reader.read(blob, self._say):
            match item:
                case reader.Certificate():
                    notes = (remark("trailing-data"),) if item.trailing else ()
                    self._certificate(blob.name, item.der, item.where, notes)
                case reader.PrivateKey(public_half=half):
                    self.public_halves.setdefault(blob.name, []).append(half)
                case reader.Locked(data=data, where=where):
                    yield from self._pkcs12(blob.name, Lock(data, where))
                case Problem():
                    self._tell(item)
            yield Beat.WORKING

    def _certificate(self, file: str, der: bytes, where: str, notes: tuple[Remark, ...]) -> None:
        if len(self.found) >= _MOST_CERTIFICATES:
            self._tell(problem(self._say, file, "too-large", where=where, words="too-many-certificates"))
            return
        digest = hashlib.sha256(der).digest()
        read = self._facts.get(digest)
        if read is None:
            try:
                read = facts.read(der)
            except DerError:
                self._tell(problem(self._say, file, "unreadable-block", where=where))
                return
            self._facts[digest] = read
        self.found.append(Found(read, file, self._counts[file], notes))
        self._counts[file] += 1

    def _pkcs12(self, file: str, lock: Lock) -> Work:
        """Open a PKCS#12 without a password, then with those that are given."""
        if containers.pkcs12_rounds(lock.data) > pkcs12.MOST_ROUNDS:
            self._tell(problem(self._say, file, "too-large", where=lock.where, words="too-many-rounds"))
            return
        yield from self._open(file, lock, None)
        for _ in range(_TRIES):
            if file not in self.locked or self._password is None:
                return
            password = self._password(file)
            if password is None:
                return
            yield from self.unlock(file, password)

    def _open(self, file: str, lock: Lock, password: str | None) -> Work:
        opening = self._opener.start(lock.data, password)
        while not opening.done:
            yield Beat.WAITING
        opened = opening.result()
        match opened.outcome:
            case pkcs12.Outcome.LOCKED:
                self.locked[file] = lock
            case pkcs12.Outcome.TOO_SLOW:
                self._tell(problem(self._say, file, "too-large", where=lock.where, words="too-many-rounds"))
            case pkcs12.Outcome.UNSUPPORTED:
                self._tell(problem(self._say, file, "unsupported", where=lock.where, words="pkcs12-kind"))
            case pkcs12.Outcome.OPEN:
                if opened.private_key:
                    self.public_halves.setdefault(file, []).append(opened.public_half)
                    self._tell(problem(self._say, file, "private-key", where=lock.where))
                if not opened.certificates:
                    self._tell(problem(self._say, file, "no-certificate", where=lock.where))
                for der in opened.certificates:
                    self._certificate(file, der, lock.where, ())

    def _host(self, name: str, target: live.Address) -> Work:
        """Take what a host shows."""
        fetching = live.Fetching(target)
        while not fetching.done:
            yield Beat.WAITING
        shown = fetching.shown()
        if not shown.certificates:
            words = shown.trouble or "no-tls"
            self._tell(problem(self._say, name, "unreachable", words=words, reason=shown.reason or "-"))
        for der in shown.certificates:
            self._certificate(name, der, "", (remark("live-unverified"),))
