"""Who has a deployment open."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Holder:
    """The window that holds a deployment, as it stands in the lock file.

    `since` is an ISO moment in UTC, `started` the start time of the process in clock ticks after boot (0
    where not known), `flock` whether the holder could take a lock that the system drops with the process.
    Texts are visible.
    """

    pid: int
    host: str
    user: str
    since: str
    token: str
    started: int = 0
    flock: bool = True
