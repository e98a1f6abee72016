"""What the readers of one deployment share: what was refused, origins found on the way, how strict to be."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from wizard.model.certificate import CertificateRecord
from wizard.model.deployment import Origin
from wizard.model.problems import Problem
from wizard.store.faults import Faults
from wizard.store.reader import Table

ReadCertificate = Callable[[str], CertificateRecord | Problem | None]


@dataclass(frozen=True, slots=True)
class Reading:
    """One look at one file.

    `strict` is for files written by hand: what the wizard itself may have saved half done (a cluster of
    seven, a name that is blank) is refused in those only. `issuers` are the issuer ids to accept, any when
    empty. `read_certificate` reads the certificate of a file, whose name is taken relative to `base`;
    None leaves what that file says unknown.
    """

    faults: Faults
    strict: bool
    issuers: Sequence[str] = ()
    read_certificate: ReadCertificate | None = None
    base: Path | None = None
    origins: dict[str, Origin] = field(default_factory=dict)

    def unknown(self, table: Table, key: str, path: str) -> bool:
        """Whether the key says "unknown", for values that have no such word: the origin keeps it."""
        if not table.is_unknown(key):
            return False
        self.origins[f"{path}/{key}"] = Origin("answered")
        return True
