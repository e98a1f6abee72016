"""Diagnostic bundles sorted by node: each Expressway's dumps with the certificates it exported beside them.

A bundle names its files `KIND_HOST_TIME.SUFFIX`: xconf_dump and xstat_dump (txt and xml), server, client
(from X15.5) and ca (pem). That is how files of one host find each other, in one archive or over several.
Loose files without such names are taken too: a dump by what it says of itself, a certificate as one that is
still to be placed (`Bundles.certificates`).
"""

import re
from collections.abc import Generator, Iterable
from dataclasses import dataclass, field

from wizard.evidence.blob import Blob, Say, problem
from wizard.evidence.dumps import dump_steps
from wizard.evidence.hosts import same_host
from wizard.evidence.kinds import Kind, has_dump, kind_of
from wizard.model.dump import NodeDump
from wizard.model.problems import Problem
from wizard.model.text import visible

_TIMED = re.compile(
    r"(?P<kind>xconf_dump|xstat_dump|server|client|ca)_(?P<host>.{1,253}?)"
    r"_(?P<time>\d{4}\D?\d{2}\D?\d{2}.{0,40}|\d{6,20})\.(?:txt|xml|pem)",
    re.IGNORECASE,
)
_UNTIMED = re.compile(
    r"(?P<kind>xconf_dump|xstat_dump)_(?P<host>.{1,253})(?P<time>)\.(?:txt|xml)", re.IGNORECASE
)
_DUMPS: tuple[Kind, ...] = ("xconfiguration", "xstatus", "dump-xml")


@dataclass(frozen=True, slots=True)
class Member:
    """What the name of a file in a bundle says: kind, host and time as written."""

    kind: str
    host: str
    time: str


@dataclass(frozen=True, slots=True)
class BundleNode:
    """One Expressway of the bundles. `host` is as the file names have it, or as its dump calls it; empty
    where neither does. `dumps` stand in the order in which they are believed: text before its XML twin."""

    host: str
    dumps: tuple[NodeDump, ...] = ()
    server: Blob | None = None
    client: Blob | None = None
    ca: Blob | None = None


@dataclass(frozen=True, slots=True)
class Bundles:
    """The nodes in the order they were met; certificates of no known host; the files that are a deployment
    or a plan; and what was wrong. `others` are loose files that are none of these."""

    nodes: tuple[BundleNode, ...] = ()
    certificates: tuple[Blob, ...] = ()
    deployments: tuple[Blob, ...] = ()
    others: tuple[Blob, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def secrets(self) -> int:
        """Passwords, keys and community strings that were met in the dumps and dropped, twins counted too."""
        return sum(dump.secrets for node in self.nodes for dump in node.dumps)


@dataclass(slots=True)
class _Draft:
    host: str
    dumps: dict[str, tuple[str, NodeDump]] = field(default_factory=dict)
    stores: dict[str, tuple[str, Blob]] = field(default_factory=dict)


def member_of(name: str) -> Member | None:
    """What a bundle's file name says, None where it is not named so. Folders and archives before it do not
    count: `logs.tar.gz!x/server_expe1_2026-11-20_09_15_00.pem` is the server certificate of expe1."""
    base = re.split(r"[/\\!]", name)[-1]
    match = _TIMED.fullmatch(base) or _UNTIMED.fullmatch(base)
    return Member(match["kind"].casefold(), match["host"], match["time"]) if match is not None else None


def read_bundles(blobs: Iterable[Blob], *, say: Say) -> Bundles:
    """As `bundle_steps`, in one go."""
    steps = bundle_steps(blobs, say=say)
    while True:
        try:
            next(steps)
        except StopIteration as end:
            bundles: Bundles = end.value
            return bundles


def bundle_steps(blobs: Iterable[Blob | Problem | None], *, say: Say) -> Generator[str, None, Bundles]:
    """The blobs sorted by node, in slices: yields the name of the file it is at.

    Takes what `sources.steps` yields as it comes: problems are passed through, and None is a pause.
    """
    sorting = Sorting(say)
    for blob in blobs:
        if isinstance(blob, Blob):
            sorting.take(blob)
            yield blob.name
            yield from sorting.work()
        else:
            sorting.problems.extend([blob] if blob is not None else [])
            yield ""
    return sorting.result()


class Sorting:
    """Sorts blobs one by one. Where certificates are read at the same time, hand `take` to the audit as its
    `aside`; then run `work` and ask for the `result`.

    Of an archive, what is neither a dump nor a certificate (logs, captures) is dropped at once.
    """

    def __init__(self, say: Say) -> None:
        self.problems: list[Problem] = []
        self._say = say
        self._drafts: list[_Draft] = []
        self._dumps: list[Blob] = []
        self._certificates: list[Blob] = []
        self._deployments: list[Blob] = []
        self._others: list[Blob] = []

    def take(self, blob: Blob) -> bool:
        """Sort one blob. True where no reader of certificates needs to see it."""
        kind, member = kind_of(blob), member_of(blob.name)
        if kind in _DUMPS:
            self._dumps.append(blob)
            return True
        if kind == "certificate":
            if has_dump(blob):
                self._dumps.append(blob)
            if member is None or member.kind not in ("server", "client", "ca"):
                self._certificates.append(blob)
            else:
                self._add_certificate(member, blob)
            return False
        if blob.in_archive:
            return kind == "log"
        (self._deployments if kind in ("deployment", "plan") else self._others).append(blob)
        return kind in ("deployment", "plan")

    def work(self) -> Generator[str, None, None]:
        """Read the dumps that were taken since, in slices, yielding the name of the one it is at."""
        while self._dumps:
            blob = self._dumps.pop(0)
            steps = dump_steps(blob, blob.name, say=self._say)
            while True:
                try:
                    next(steps)
                except StopIteration as end:
                    self._add_dump(member_of(blob.name), end.value)
                    break
                yield blob.name

    def result(self) -> Bundles:
        """What was sorted and read so far."""
        return Bundles(
            tuple(_node(draft) for draft in self._drafts),
            tuple(self._certificates),
            tuple(self._deployments),
            tuple(self._others),
            tuple(self.problems),
        )

    def _add_dump(self, member: Member | None, dump: NodeDump) -> None:
        """Keep the newest dump of each kind (of those that bundles name); an older one is reported."""
        self.problems.extend(dump.problems)
        own = dump.first("name")
        if member is None:
            _draft(self._drafts, own.value if own is not None else "").dumps[dump.file] = ("", dump)
            return
        dumps = _draft(self._drafts, visible(member.host)).dumps
        kind = member.kind + dump.file[-4:].casefold()
        held = dumps.get(kind)
        if held is None or held[0] < member.time:
            dumps[kind] = (member.time, dump)
        if held is not None and held[0] != member.time:
            older, newer = sorted((held, (member.time, dump)), key=lambda timed: timed[0])
            self._report_older(older[1].file, newer[1].file)

    def _add_certificate(self, member: Member, blob: Blob) -> None:
        """Keep the newest certificate of each store; an older one with other content is reported."""
        stores = _draft(self._drafts, visible(member.host)).stores
        held = stores.get(member.kind)
        if held is None or held[0] < member.time:
            stores[member.kind] = (member.time, blob)
        if held is not None and held[1].data != blob.data and member.kind != "ca":
            older, newer = sorted((held, (member.time, blob)), key=lambda timed: timed[0])
            self._report_older(older[1].name, newer[1].name)

    def _report_older(self, older: str, newer: str) -> None:
        self.problems.append(problem(self._say, older, "bundle-older", newer=newer))


def _draft(drafts: list[_Draft], host: str) -> _Draft:
    """The draft of that host: the one of the very name, or the only one that a short name may mean."""
    exact = [draft for draft in drafts if host and draft.host.casefold() == host.casefold()]
    alike = exact or [draft for draft in drafts if same_host(draft.host, host)]
    if len(alike) == 1:
        return alike[0]
    drafts.append(_Draft(host))
    return drafts[-1]


def _node(draft: _Draft) -> BundleNode:
    held = {kind: blob for kind, (_, blob) in draft.stores.items()}
    dumps = sorted((dump for _, dump in draft.dumps.values()), key=_is_twin)
    return BundleNode(draft.host, tuple(dumps), held.get("server"), held.get("client"), held.get("ca"))


def _is_twin(dump: NodeDump) -> bool:
    """Whether it is the XML twin: its lines are not those that people see on the command line."""
    return dump.file.casefold().endswith(".xml")
