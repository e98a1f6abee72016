"""The saved deployments of a folder: listed, opened, renamed, copied, deleted; damaged ones set aside.

Each is one file, SLUG.json, with the state before it in SLUG.json.bak. Listing reads a few keys of each and
decodes nothing. What a newer program wrote is never touched.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from wizard.model.text import visible
from wizard.store.errors import DamagedError, DeploymentError, HeldError, NewerFormatError, Say, StoreError
from wizard.store.errors import problem as problem_of
from wizard.store.files import BACKUP, Pending, backup_of, flush_folder, read_text, store_error
from wizard.store.holder import Holder
from wizard.store.locks import HeldByError, acquire, holder_of, lock_of
from wizard.store.migrations import FORMAT
from wizard.store.session import Now, Session, Watch, held_problem, utc_now
from wizard.store.slugs import is_slug, slug_of
from wizard.store.standing import Entry, Standing, entry_of

if TYPE_CHECKING:
    from wizard.model.deployment import Deployment

Document = dict[str, object]

SUFFIX: Literal[".json"] = ".json"
DAMAGED = ".damaged-"


class Library:
    """The saved deployments of one folder; with no folder at all, new ones are held in memory only."""

    def __init__(self, folder: Path | None, *, say: Say, now: Now = utc_now) -> None:
        self.folder = folder
        self._say = say
        self._now = now

    def has_any(self) -> bool:
        """Whether there is something to continue."""
        return next(self._slugs(), None) is not None

    def entries(self) -> tuple[Entry, ...]:
        """All saved deployments, the one written last first."""
        found = [self._entry(slug) for slug in self._slugs()]
        return tuple(sorted(found, key=lambda entry: entry.written, reverse=True))

    def holder(self, slug: str) -> Holder | None:
        """Who has it open; None where nobody has."""
        try:
            return holder_of(self._path(slug))
        except OSError:
            return None

    def create(self, deployment: "Deployment", standing: Standing | None = None) -> Session:
        """Save a new deployment under a slug of its own, and keep it open.

        Where nothing can be written, the session says why in `problem` and holds it in memory; each `save`
        tries again.
        """
        session = Session(lambda: self._free(slug_of(deployment.name)), say=self._say, now=self._now)
        try:
            session.save(deployment, standing=standing)
        except StoreError as error:
            session.hold_in_memory(error)
        return session

    def open(self, slug: str, *, take_over: bool = False) -> tuple["Deployment", Session]:
        """A saved deployment, to go on with. Where it can be read but not written, the session says why in
        `problem`.

        Raises:
            HeldError: another window has it; `watch` it, or `take_over`.
            DamagedError: it was set aside; `restore` may bring the state before it back.
            NewerFormatError: a newer program wrote it; it was not touched.
            StoreError: it cannot be read.
        """
        from wizard.store.decode import decode

        path = self._path(slug)
        session = Session(lambda: path, say=self._say, now=self._now)
        try:
            session.begin(path, take_over=take_over)
        except OSError as error:
            session.hold_in_memory(store_error(self._say, path, error), path)
        try:
            text = read_text(path, self._say)
            deployment = decode(text, suffix=SUFFIX, file=str(path), say=self._say)
            session.continues(_parsed(text.encode()) or {})
        except NewerFormatError:
            session.close()
            raise
        except (DeploymentError, StoreError) as error:
            whole_file = isinstance(error, StoreError) and error.code != "not-text"
            try:
                raise error if whole_file else self._set_aside(path) from error
            finally:
                session.close()
        return deployment, session

    def watch(self, slug: str) -> Watch:
        """A saved deployment read only, while another window writes it.

        Raises:
            StoreError: it cannot be read.
            DeploymentError: it cannot be made out.
        """
        return Watch(self._path(slug), say=self._say)

    def restore(self, slug: str) -> tuple["Deployment", Session]:
        """Bring the state before back, in the place of one that was set aside, and open it.

        Raises:
            StoreError: there is none that is whole.
            HeldError: another window has the deployment.
        """
        path = self._path(slug)
        if not self._is_whole(backup_of(path)):
            raise StoreError((problem_of(self._say, path, "no-previous"),))
        with self._alone(path), Pending(path, backup_of(path).read_bytes()) as pending:
            pending.put(overwrite=False)
        return self.open(slug)

    def rename(self, slug: str, name: str) -> None:
        """Give a saved deployment another name. Its file keeps the slug.

        Raises:
            HeldError, NewerFormatError, StoreError: it was not renamed.
        """
        path = self._path(slug)
        with self._alone(path), Pending(path, self._named(path, name)) as pending:
            pending.put(backup=True)

    def duplicate(self, slug: str, name: str) -> str:
        """Save a copy under another name; the slug of the copy.

        Raises:
            NewerFormatError, StoreError: it was not copied.
        """
        data = self._named(self._path(slug), name)
        path = self._free(slug_of(name))
        with self._alone(path), Pending(path, data) as pending:
            pending.put(overwrite=False)
        return path.stem

    def delete(self, slug: str) -> None:
        """Remove a saved deployment with all that was kept of it: the state before, damaged copies.

        Raises:
            HeldError: another window has it open.
            StoreError: it could not be removed.
        """
        path = self._path(slug)
        kept = (path.name + BACKUP, path.name + DAMAGED, f"{path.name}.format-")
        with self._alone(path):
            # The state before goes first: a deployment whose deletion was cut short must not come back older.
            for found in sorted(path.parent.iterdir(), reverse=True):
                if found.name == path.name or found.name.startswith(kept):
                    found.unlink()
            flush_folder(path.parent)

    def _slugs(self) -> Iterator[str]:
        """The slugs of the folder, those too of which only the state before is left."""
        seen: set[str] = set()
        try:
            names = sorted(found.name for found in self.folder.iterdir()) if self.folder is not None else []
        except OSError:
            return
        for name in names:
            slug = name.removesuffix(BACKUP).removesuffix(SUFFIX)
            if name in (slug + SUFFIX, slug + SUFFIX + BACKUP) and is_slug(slug) and slug not in seen:
                seen.add(slug)
                yield slug

    def _path(self, slug: str) -> Path:
        """The file of a slug, always right in the folder."""
        if self.folder is None:
            raise StoreError((problem_of(self._say, slug, "no-home"),))
        if not is_slug(slug):
            raise StoreError((problem_of(self._say, slug, "missing"),))
        return self.folder / f"{slug}{SUFFIX}"

    def _free(self, slug: str) -> Path:
        """The file of the first slug that nobody uses."""
        number = 1
        while True:
            path = self._path(slug if number == 1 else f"{slug}-{number}")
            if not any(found.exists() for found in (path, backup_of(path), lock_of(path))):
                return path
            number += 1

    def _entry(self, slug: str) -> Entry:
        path = self._path(slug)
        try:
            document, modified = _parsed(path.read_bytes()), path.stat().st_mtime
        except FileNotFoundError:
            document, modified = None, 0.0
        except OSError:
            return replace(entry_of(slug, path, {}, FORMAT, 0.0), state="unreadable")
        if document is not None:
            return entry_of(slug, path, document, FORMAT, modified)
        previous = self._is_whole(backup_of(path))
        known = _parsed(backup_of(path).read_bytes()) if previous else None
        return replace(
            entry_of(slug, path, known or {}, FORMAT, modified), state="damaged", previous=previous
        )

    def _is_whole(self, path: Path) -> bool:
        from wizard.store.decode import decode

        try:
            decode(read_text(path, self._say), suffix=SUFFIX, file=str(path), say=self._say)
        except (StoreError, DeploymentError):
            return False
        return True

    def _set_aside(self, path: Path) -> DamagedError:
        """Move a damaged deployment out of the way; the error that says so."""
        aside = next(
            p for n in range(1, 10_000) if not (p := path.with_name(f"{path.name}{DAMAGED}{n}")).exists()
        )
        previous = self._is_whole(backup_of(path))
        try:
            path.rename(aside)
        except OSError:
            return DamagedError((problem_of(self._say, path, "damaged-stays"),), path, previous)
        flush_folder(path.parent)
        code = "damaged-previous" if previous else "damaged"
        return DamagedError((problem_of(self._say, path, code, "", aside=aside.name),), aside, previous)

    def _named(self, path: Path, name: str) -> bytes:
        """The file with another name in it."""
        document = _parsed(read_text(path, self._say).encode())
        if document is None:
            raise StoreError((problem_of(self._say, path, "not-whole"),))
        if entry_of("", path, document, FORMAT, 0.0).state == "newer":
            args = {"given": str(document["format"]), "known": str(FORMAT)}
            raise NewerFormatError((problem_of(self._say, path, "newer-format", "", **args),))
        return json.dumps(
            {**document, "name": visible(name)}, ensure_ascii=False, separators=(",", ":")
        ).encode()

    @contextmanager
    def _alone(self, path: Path) -> Iterator[None]:
        """The deployment for oneself."""
        try:
            lock = acquire(path, self._now)
        except HeldByError as error:
            raise HeldError((held_problem(self._say, path, error.holder),), error.holder) from None
        except OSError as error:
            raise store_error(self._say, path, error) from error
        try:
            yield
        except OSError as error:
            raise store_error(self._say, path, error) from error
        finally:
            lock.release()


def _parsed(data: bytes) -> Document | None:
    """The document of a file; None where it holds none."""
    try:
        found: object = json.loads(data)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None
