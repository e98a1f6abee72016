"""The audit: paths, pasted text and hosts in, certificate records and named problems out.

`inspect` does it in one call. A screen makes an `Audit`, calls `step` for some milliseconds at a time, shows
`progress`, and may `cancel`: what was read until then is still judged. Every path yields a record or a
problem. Only records are handed out: no library object, no private key, no password.
"""

import time
import warnings
from collections.abc import Callable, Generator, Iterable
from dataclasses import dataclass
from datetime import date

from wizard.evidence import ccadb, sources
from wizard.evidence.authorities import Authorities
from wizard.evidence.blob import NAME_LIMIT, Blob, Limits, Say, problem
from wizard.evidence.gather import Beat, Gathering, Password, Work
from wizard.evidence.judge import judge
from wizard.model.certificate import CertificateRecord, Inspection, IssuerTable
from wizard.model.problems import Problem
from wizard.model.text import visible

SLICE = 0.02
"""Seconds of one `step`: longer, and keys wait."""

_BEAT = 0.2
_PAUSE = 0.005
_LONGEST_CA_LIST = 256 << 20


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an audit is. `current` is the file or host it is at; `judging` when all has been read."""

    files: int
    certificates: int
    problems: int
    current: str
    judging: bool


class Audit:
    """Reads what it is given, in slices.

    `inputs` are paths, `host:port`, "-" or blobs. `aside` is shown every blob first and returns true for what
    another reader takes (dumps, deployment files): no problem is then told of it. `password` is asked for a
    locked PKCS#12; without it, those wait in `locked` for `unlock`.
    """

    def __init__(
        self,
        inputs: Iterable[str | Blob] = (),
        *,
        table: IssuerTable,
        as_of: date,
        say: Say,
        ca_list: str | None = None,
        stdin: bytes | None = None,
        password: Password | None = None,
        aside: Callable[[Blob], bool] | None = None,
        limits: Limits | None = None,
    ) -> None:
        self._inputs: list[str | Blob] = list(inputs)
        self._passwords: list[tuple[str, str]] = []
        self._table, self._as_of, self._say, self._ca_list = table, as_of, say, ca_list
        self._gathering = Gathering(say, stdin=stdin, password=password, aside=aside, limits=limits)
        self._authorities: Authorities | None = None
        self._records: tuple[CertificateRecord, ...] = ()
        self._list_problems: tuple[Problem, ...] = ()
        self._judging = False
        self._cancelled = False
        self._work = self._everything()
        self.waiting = False
        """Whether the last `step` ended because a process or a host is being waited for."""

    @property
    def progress(self) -> Progress:
        """How far it is."""
        gathered = self._gathering
        return Progress(
            gathered.files, len(gathered.found), len(gathered.problems), gathered.current, self._judging
        )

    @property
    def locked(self) -> tuple[str, ...]:
        """The PKCS#12 files that need a password."""
        return tuple(self._gathering.locked)

    def add(self, entry: str | Blob) -> None:
        """One more path, `host:port` or blob. After the end, or a cancel, `step` goes on with it."""
        self._cancelled = False
        self._inputs.append(entry)
        self._go_on()

    def unlock(self, file: str, password: str) -> None:
        """A password for one of `locked`, tried by the next `step`; a wrong one leaves it locked."""
        self._passwords.append((file, password))
        self._go_on()

    def step(self, seconds: float = SLICE) -> bool:
        """Work for about this long; true while there is more to do."""
        end = time.perf_counter() + seconds
        with warnings.catch_warnings():
            # The library warns of odd certificates on stderr; what matters of that is a note.
            warnings.simplefilter("ignore")
            for beat in self._work:
                self.waiting = beat is Beat.WAITING
                if self.waiting or time.perf_counter() >= end:
                    return True
        self.waiting = False
        return False

    def run(self, often: Callable[[], None] = lambda: None) -> Inspection:
        """Work to the end; `often` is called several times a second, to show how far it is."""
        try:
            while self.step(_BEAT):
                often()
                if self.waiting:
                    time.sleep(_PAUSE)
        finally:
            self.close()
        return self.result()

    def cancel(self) -> None:
        """Read nothing more; a few more calls of `step` judge what has been read."""
        if not self._judging:
            self._cancelled = True
            self._work.close()
            self._gathering.close()
            self._work = self._everything()

    def result(self) -> Inspection:
        """Records and problems; the records of what was judged, which is all of it when `step` says false."""
        locked = self._gathering.still_locked()
        return Inspection(self._records, (*self._list_problems, *self._gathering.problems, *locked))

    def close(self) -> None:
        """End what still runs for this audit. `result` stays."""
        self._gathering.close()

    def _go_on(self) -> None:
        if self._judging:
            self._judging = False
            self._work = self._everything()

    def _everything(self) -> Work:
        if self._authorities is None:
            self._authorities = yield from self._known_authorities()
        while (self._inputs or self._passwords) and not self._cancelled:
            while self._passwords:
                yield from self._gathering.unlock(*self._passwords.pop())
            if self._inputs:
                yield from self._gathering.take(self._inputs.pop(0))
        self._judging = True
        judging = judge(self._gathering, self._authorities, self._table, self._as_of)
        self._records = yield from judging

    def _known_authorities(self) -> Generator[Beat, None, Authorities]:
        """Those of the table, and of the CA list if there is one that can be read."""
        if self._ca_list is None:
            return Authorities(self._table)
        self._gathering.current = visible(self._ca_list, NAME_LIMIT)
        items = sources.steps(self._ca_list, say=self._say, limits=Limits(file=_LONGEST_CA_LIST))
        for item in items:
            yield Beat.WORKING
            if isinstance(item, Problem):
                self._list_problems += (item,)
            elif item is not None:
                try:
                    listed = yield from self._listed(item)
                except ccadb.NotAListError:
                    refused = problem(self._say, item.name, "unsupported", words="ca-list")
                    self._list_problems += (refused,)
                    break  # One file was named: in a folder or an archive it is the first.
                self._list_problems = ()
                return Authorities(self._table, listed.known, listed.certificates)
        return Authorities(self._table)

    def _listed(self, blob: Blob) -> Generator[Beat, None, ccadb.CaList]:
        rows = ccadb.read_steps(blob.data, self._table.names)
        while True:
            try:
                next(rows)
            except StopIteration as end:
                listed: ccadb.CaList = end.value
                return listed
            yield Beat.WORKING


def inspect(
    paths: Iterable[str],
    *,
    table: IssuerTable,
    as_of: date,
    say: Say,
    ca_list: str | None = None,
    stdin: bytes | None = None,
    password: Password | None = None,
) -> Inspection:
    """All certificates under the paths (files, folders, archives, "-", `host:port`), judged as of a date.

    `ca_list` is the path of a CCADB CSV; `say` words the problems. Never raises for what the inputs hold.
    """
    return Audit(
        paths, table=table, as_of=as_of, say=say, ca_list=ca_list, stdin=stdin, password=password
    ).run()


def inspect_text(text: str, *, table: IssuerTable, as_of: date, say: Say, name: str = "pasted") -> Inspection:
    """As `inspect`, for text pasted into a screen."""
    blob = Blob(name, text.encode("utf-8", "replace"))
    return Audit([blob], table=table, as_of=as_of, say=say).run()


def preload() -> None:
    """Import the library and read the public roots: 60 ms, best spent in a thread while nobody waits."""
    from wizard.evidence import library, roots

    library.REFUSALS  # noqa: B018 - the import is the point
    roots.public_roots()
