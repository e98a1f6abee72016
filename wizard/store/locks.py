"""One window at a time writes a deployment: a lock file beside it, which another window may take over.

The lock is NAME.lock. It is held by the process that has this very file open and locked (`flock`): the
system lets go of it when the process dies, so that a lock left behind is taken without a word. To take over
is to put a new lock file in the place of the old one; who had that notices, because the file that it has open
no longer has the name. Where the file system knows no `flock`, a lock counts as held while its process lives,
and, seen from another machine, until somebody takes it over.

What must not be interleaved (taking a lock; looking whether it is still held, then writing) happens under a
second lock, on the folder, which is held for moments.
"""

import contextlib
import errno
import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from wizard.model.text import visible
from wizard.store.files import PRIVATE, remove_temporaries, temporary_prefix
from wizard.store.holder import Holder

try:
    import fcntl
except ImportError:  # pragma: no cover - Windows
    fcntl = None  # type: ignore[assignment]

SUFFIX = ".lock"
FOLDER_LOCK = ".writing"

_NO_FLOCK = frozenset({errno.ENOLCK, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EINVAL})
_PATIENCE = 1.0
_PAUSE = 0.01
_LARGEST = 4096


class HeldByError(Exception):
    """Another window holds the lock."""

    def __init__(self, holder: Holder) -> None:
        self.holder = holder
        super().__init__()


class BusyError(OSError):
    """The lock on the folder could not be had for seconds: somebody writes very slowly, or hangs."""


@contextmanager
def folder_lock(folder: Path) -> Iterator[None]:
    """The folder for oneself, for a moment. Without `flock` nobody is kept out.

    Raises:
        BusyError: somebody else has had it for seconds.
        OSError: the lock file could not be opened.
    """
    descriptor = os.open(folder / FOLDER_LOCK, os.O_RDWR | os.O_CREAT, PRIVATE)
    try:
        until = time.monotonic() + _PATIENCE
        while _flock(descriptor) is False:
            if time.monotonic() > until:
                raise BusyError(errno.EBUSY, os.strerror(errno.EBUSY), str(folder))
            time.sleep(_PAUSE)
        yield
    finally:
        os.close(descriptor)


def _flock(descriptor: int, *, shared: bool = False) -> bool | None:
    """Whether the file could be locked; None where the file system knows no such locks.

    Who only wants to know whether a lock is held takes it shared: so two who ask do not take each other for
    a holder.
    """
    if fcntl is None:
        return None
    try:
        fcntl.flock(descriptor, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError as error:
        if error.errno in _NO_FLOCK:
            return None
        raise
    return True


@dataclass(slots=True)
class Lock:
    """A lock that is held, or was. Let go of it with `release`."""

    path: Path
    holder: Holder
    _descriptor: int

    def is_held(self) -> bool:
        """Whether it is still ours: the lock file is the one that we opened, and says so.

        Raises:
            OSError: it could not be looked at.
        """
        if self._descriptor < 0:
            return False
        try:
            found = self.path.stat()
        except FileNotFoundError:
            return False
        ours = os.fstat(self._descriptor)
        return (found.st_dev, found.st_ino) == (ours.st_dev, ours.st_ino) and _is(self.path, self.holder)

    def release(self) -> None:
        """Let go: remove the lock file if it is still ours."""
        if self._descriptor < 0:
            return
        with contextlib.suppress(OSError), folder_lock(self.path.parent):
            if self.is_held():
                self.path.unlink()
        os.close(self._descriptor)
        self._descriptor = -1


def lock_of(path: Path) -> Path:
    """The lock file of a deployment."""
    return path.with_name(path.name + SUFFIX)


def acquire(path: Path, now: Callable[[], datetime], *, take_over: bool = False) -> Lock:
    """The lock of the deployment at `path`. One left behind by a dead process is taken silently; one that is
    held, only with `take_over`.

    Raises:
        HeldByError: another window holds it.
        OSError: no lock file could be made.
    """
    place = lock_of(path)
    with folder_lock(path.parent):
        holder = holder_of(path)
        if holder is not None and not take_over:
            raise HeldByError(holder)
        if holder is None:
            # Nobody writes here: what is half written was left by somebody who died.
            remove_temporaries(path)
        return _new(place, now)


def holder_of(path: Path) -> Holder | None:
    """Who holds the deployment at `path`; None where nobody who lives does.

    Raises:
        OSError: the lock file could not be opened.
    """
    place = lock_of(path)
    try:
        descriptor = os.open(place, os.O_RDONLY)
    except FileNotFoundError:
        return None
    try:
        free = _flock(descriptor, shared=True)
        holder = _read(descriptor)
        if free is False:
            return holder
        if free and holder.flock:
            return None
        return holder if _lives(holder) else None
    finally:
        os.close(descriptor)


def _new(place: Path, now: Callable[[], datetime]) -> Lock:
    """A lock file of our own, put in the place of any other. Locked before anybody else can see it."""
    temporary = place.with_name(f"{temporary_prefix(place)}{os.urandom(4).hex()}.tmp")
    descriptor = os.open(temporary, os.O_RDWR | os.O_CREAT | os.O_EXCL, PRIVATE)
    try:
        holder = _ourselves(now(), bool(_flock(descriptor)))
        os.write(descriptor, json.dumps(asdict(holder)).encode())
        temporary.replace(place)
    except BaseException:
        os.close(descriptor)
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise
    return Lock(place, holder, descriptor)


def _ourselves(now: datetime, flock: bool) -> Holder:
    pid = os.getpid()
    return Holder(
        pid=pid,
        host=_host(),
        user=_user(),
        since=now.strftime("%Y-%m-%d %H:%M UTC"),
        token=os.urandom(8).hex(),
        started=_started(pid),
        flock=flock,
    )


def _user() -> str:
    try:
        import pwd

        return visible(pwd.getpwuid(os.getuid()).pw_name)
    except (ImportError, KeyError):
        return visible(os.environ.get("USER") or os.environ.get("USERNAME") or "?")


def _host() -> str:
    return visible(os.uname().nodename if hasattr(os, "uname") else os.environ.get("COMPUTERNAME", "?"))


def _is(place: Path, holder: Holder) -> bool:
    descriptor = os.open(place, os.O_RDONLY)
    try:
        return _read(descriptor).token == holder.token
    finally:
        os.close(descriptor)


def _read(descriptor: int) -> Holder:
    """The holder as written; where that cannot be made out, one of whom nothing is known."""
    try:
        said = json.loads(os.read(descriptor, _LARGEST))
        host, user, since, token = (visible(said[key]) for key in ("host", "user", "since", "token"))
        return Holder(int(said["pid"]), host, user, since, token, int(said["started"]), said["flock"] is True)
    except (ValueError, KeyError, TypeError, AttributeError):
        return Holder(0, "?", "?", "?", "")


def _lives(holder: Holder) -> bool:
    """Whether the process of a holder without `flock` lives; one of another machine is taken to."""
    if holder.host != _host() or holder.pid <= 0:
        return holder.pid > 0
    if fcntl is None:  # pragma: no cover - Windows, where os.kill would end the process
        return True
    try:
        os.kill(holder.pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    # Another process may have its number by now.
    return not holder.started or _started(holder.pid) in (0, holder.started)


def _started(pid: int) -> int:
    """When a process started, in clock ticks after boot (proc(5)); 0 where that cannot be told."""
    try:
        return int(Path(f"/proc/{pid}/stat").read_bytes().rpartition(b")")[2].split()[19])
    except (OSError, ValueError, IndexError):
        return 0
