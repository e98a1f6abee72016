"""What an Expressway dump says: facts with the line they stand on, before they become a deployment."""

from dataclasses import dataclass

from wizard.model.problems import Problem


@dataclass(frozen=True, slots=True)
class Finding:
    """One fact read from a dump.

    `what` is what the fact answers, as an origin path without the node ("release", "role",
    "settings.eku_checking", "uses.uc-traversal", "peer", "name", "cluster", "primary"); `value` as in the
    deployment file; `line` is 1-based; `text` the key that told it (never a secret). `index` is the
    position of a "peer" in the cluster (1-based), 0 for everything else.
    """

    what: str
    value: str
    line: int
    text: str
    index: int = 0


@dataclass(frozen=True, slots=True)
class Zone:
    """A zone of the dump: number, name, type (Neighbor, TraversalServer …), the settings that matter
    ("on"/"off", empty where not stated), its state from xstatus ("Active", "Failed", empty), and the line
    that its type stands on (0 where it is not stated)."""

    number: int
    name: str
    type: str
    tls_verify: str
    subject_name: str
    transport: str
    unified_communications: str
    peers: tuple[str, ...]
    state: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class NodeDump:
    """What the dumps of one node tell. `file` is the path as given (inside a bundle: `bundle.tar.gz!member`).

    `secrets` counts the passwords, keys and community strings that were recognised and dropped; `complete`
    is whether the whole of xconfiguration was seen, so that what it does not hold is not there; `lines`
    counts the lines read.
    """

    file: str
    findings: tuple[Finding, ...] = ()
    zones: tuple[Zone, ...] = ()
    secrets: int = 0
    problems: tuple[Problem, ...] = ()
    complete: bool = False
    lines: int = 0

    def first(self, what: str) -> Finding | None:
        """The first finding about `what`, or None."""
        return next((finding for finding in self.findings if finding.what == what), None)

    def all(self, what: str) -> tuple[Finding, ...]:
        """Every finding about `what`, in order."""
        return tuple(finding for finding in self.findings if finding.what == what)
