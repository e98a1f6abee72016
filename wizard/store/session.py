"""One saved deployment that is open: for writing, every answer at once, or for watching another window."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from wizard.model.problems import Problem
from wizard.store.errors import HeldError, LostLockError, Say, StoreError, problem
from wizard.store.files import Pending, keep_backup, make_folder, store_error
from wizard.store.holder import Holder
from wizard.store.locks import HeldByError, Lock, acquire, folder_lock, holder_of
from wizard.store.migrations import FORMAT
from wizard.store.standing import Standing

if TYPE_CHECKING:
    from wizard.model.deployment import Deployment

Now = Callable[[], datetime]
Signature = tuple[int, int, int]


def utc_now() -> datetime:
    """This moment."""
    return datetime.now(UTC)


def signature(path: Path) -> Signature | None:
    """What tells one writing of a file from the next: inode, time, size. None where there is no file.

    Raises:
        OSError: it could not be looked at.
    """
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size


class Session:
    """A deployment that this window writes.

    `problem` is why it is in memory only, None while all is saved; the next `save` tries again. Made by
    `wizard.store.library.Library`.
    """

    def __init__(self, path: Callable[[], Path], *, say: Say, now: Now = utc_now) -> None:
        """`path` gives the place of a deployment that has none yet."""
        self.problem: StoreError | None = None
        self.generation = 0
        self._say = say
        self._now = now
        self._new_path = path
        self._path: Path | None = None
        self._lock: Lock | None = None
        self._seen: Signature | None = None
        self._older: int | None = None

    @property
    def path(self) -> Path | None:
        """Where it is saved; None while it has no place."""
        return self._path

    @property
    def slug(self) -> str:
        """Its name in the library; "" while it has no place."""
        return self._path.stem if self._path is not None else ""

    def begin(self, path: Path, *, take_over: bool = False) -> None:
        """Take the deployment at `path`, which other windows then cannot.

        Raises:
            HeldError: another window has it.
            OSError: no lock could be had.
        """
        try:
            lock = acquire(path, self._now, take_over=take_over)
        except HeldByError as error:
            raise HeldError((held_problem(self._say, path, error.holder),), error.holder) from None
        self._path, self._lock, self._seen = path, lock, signature(path)

    def hold_in_memory(self, why: StoreError, path: Path | None = None) -> None:
        """Go on without a lock: in memory, until a `save` succeeds. `path` is where it was read."""
        self.problem = why
        if path is not None:
            self._path, self._seen = path, signature(path)

    def continues(self, document: Mapping[str, object]) -> None:
        """Take up the count of a document that was read: how often it was written, in which format."""
        saved, written_in = document.get("saved"), document.get("format", FORMAT)
        generation = saved.get("generation") if isinstance(saved, dict) else 0
        self.generation = generation if isinstance(generation, int) else 0
        self._older = written_in if isinstance(written_in, int) and written_in < FORMAT else None

    def save(
        self,
        deployment: "Deployment",
        dormant: frozenset[str] = frozenset(),
        standing: Standing | None = None,
    ) -> None:
        """Write the deployment, whole or not at all; the state before stays as NAME.bak.

        Raises:
            LostLockError: another window took it over or wrote it; nothing was written.
            StoreError: it could not be written; `problem` keeps it.
        """
        from wizard.store.encode import encode_json

        file_only = {
            "generation": self.generation + 1,
            "written": self._now().astimezone(UTC).isoformat(timespec="seconds"),
            "standing": (standing or Standing()).document(),
        }
        text = encode_json(deployment, dormant, file_only=file_only)
        try:
            self._write(text.encode("utf-8", "backslashreplace"))
        except StoreError as error:
            self.problem = error
            raise
        except OSError as error:
            self.problem = store_error(self._say, self._path or error.filename or "", error, writing=True)
            raise self.problem from error
        self.problem = None

    def is_ours(self) -> bool:
        """Whether this window still writes it: false once another took it over."""
        try:
            return self._lock is not None and self._lock.is_held()
        except OSError:
            return False

    def taken_by(self) -> Holder | None:
        """Who holds it now, where that is not this window."""
        try:
            return None if self._path is None or self.is_ours() else holder_of(self._path)
        except OSError:
            return None

    def close(self) -> None:
        """Let other windows have it."""
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    def __enter__(self) -> "Session":
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def _write(self, data: bytes) -> None:
        if self._lock is None:
            self._begin_again()
        path, lock = self._path, self._lock
        if path is None or lock is None:
            raise RuntimeError("begin took no lock and raised nothing")
        try:
            with Pending(path, data) as pending, folder_lock(path.parent):
                self._put(pending, path, lock)
        except LostLockError:
            # What cannot be written from here any more must not keep others from it.
            self.close()
            raise
        self.generation += 1

    def _put(self, pending: Pending, path: Path, lock: Lock) -> None:
        if not lock.is_held():
            raise self._lost(path)
        found = signature(path)
        # Gone altogether: somebody removed the file, and what is known here is all there is.
        if found is not None and found != self._seen:
            raise LostLockError((problem(self._say, path, "changed"),))
        if found is not None and self._older is not None:
            keep_backup(path, path.with_name(f"{path.name}.format-{self._older}"))
            self._older = None
        pending.put(backup=found is not None)
        self._seen = signature(path)

    def _begin_again(self) -> None:
        """Take the lock that could not be had before; a deployment without a place gets one now."""
        if self._path is None:
            self._begin_anew()
            return
        seen = self._seen
        try:
            self.begin(self._path)
        except HeldError:
            raise self._lost(self._path) from None
        self._seen = seen

    def _begin_anew(self) -> None:
        while self._lock is None:
            path = self._new_path()
            make_folder(path.parent)
            try:
                self.begin(path)
            except HeldError:
                continue
            if self._seen is not None:
                # Another window took this place between the look and the lock.
                self.close()
                self._path = self._seen = None

    def _lost(self, path: Path) -> LostLockError:
        holder = holder_of(path)
        words = (
            problem(self._say, path, "lost")
            if holder is None
            else held_problem(self._say, path, holder, "lost")
        )
        return LostLockError((words,))


class Watch:
    """A deployment that another window writes, read only."""

    def __init__(self, path: Path, *, say: Say) -> None:
        """Read it.

        Raises:
            StoreError: it cannot be read.
            DeploymentError: it cannot be made out.
        """
        self.path = path
        self._say = say
        self.deployment = self._read()

    def refresh(self) -> bool:
        """Read it again where it was written since; whether it was.

        Raises:
            StoreError: it cannot be read.
            DeploymentError: it cannot be made out.
        """
        if signature(self.path) in (None, self._seen):
            return False
        self.deployment = self._read()
        return True

    def holder(self) -> Holder | None:
        """Who writes it; None where nobody does any more."""
        try:
            return holder_of(self.path)
        except OSError:
            return None

    def _read(self) -> "Deployment":
        from wizard.store.decode import decode
        from wizard.store.files import read_text

        # Looked at first: a write in between is then read a second time, never missed.
        self._seen = signature(self.path)
        return decode(read_text(self.path, self._say), suffix=".json", file=str(self.path), say=self._say)


def held_problem(say: Say, path: Path, holder: Holder, code: str = "held") -> Problem:
    """Who holds a deployment, in words."""
    about = {"pid": str(holder.pid), "host": holder.host, "user": holder.user, "since": holder.since}
    return problem(say, path, code, "", **about)
