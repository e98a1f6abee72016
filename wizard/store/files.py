"""Files that are whole or not there: read with a cap, written beside and moved into place.

A write goes to a temporary file in the same folder, is flushed to the disk, and takes the name in one move; a
reader sees the old content or the new, whatever dies meanwhile. What was there before can be kept beside it.
Files are made for their owner alone (0600, folders 0700), whatever the umask says.
"""

import contextlib
import errno
import os
import stat
from pathlib import Path

from wizard.store.errors import Say, StoreError, problem

LARGEST = 16 * 1024 * 1024
"""Bytes (and so characters) of the largest text that is read."""
PRIVATE = 0o600
PRIVATE_FOLDER = 0o700
BACKUP = ".bak"
"""What the name of the state before ends in."""

_TEMPORARY = ".tmp"
_CODES = {
    errno.ENOSPC: "disk-full",
    errno.EFBIG: "disk-full",
    errno.EDQUOT: "quota",
    errno.EROFS: "read-only",
    errno.EACCES: "no-permission",
    errno.EPERM: "no-permission",
    errno.ENOENT: "missing",
    errno.ENOTDIR: "not-a-folder",
    errno.EISDIR: "not-a-file",
    errno.EEXIST: "exists",
    errno.EBUSY: "busy",
    errno.ENAMETOOLONG: "name-too-long",
}
# A file system without hard links.
_NO_LINKS = frozenset({errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK, errno.EXDEV})
_FLAGS = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


def store_error(say: Say, path: Path | str, error: OSError, *, writing: bool = False) -> StoreError:
    """What the system refused, as a problem with a way out."""
    code = _CODES.get(error.errno or 0, "io-error")
    if writing and code == "missing":
        code = "no-folder"
    return StoreError((problem(say, path, code, "", reason=error.strerror or str(error.errno)),))


def read_text(path: Path, say: Say) -> str:
    """The text of a regular file.

    Raises:
        StoreError: it cannot be read, is larger than any deployment, or is not UTF-8.
    """
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            raise StoreError((problem(say, path, "not-a-file"),))
        if found.st_size > LARGEST:
            raise StoreError((problem(say, path, "too-large", limit=f"{LARGEST // 2**20} MiB"),))
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise StoreError((problem(say, path, "not-text"),)) from None
    except OSError as error:
        raise store_error(say, path, error) from error
    except ValueError:
        # A name that no file can have, such as one with a zero byte.
        raise StoreError((problem(say, path, "missing"),)) from None


def make_folder(folder: Path) -> None:
    """Make a folder and those above it, each for its owner alone. One that is there already is left as it is.

    Raises:
        OSError: it could not be made.
    """
    if folder.is_dir():
        return
    if folder.parent != folder:
        make_folder(folder.parent)
    try:
        folder.mkdir(PRIVATE_FOLDER)
    except FileExistsError:
        if not folder.is_dir():
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(folder)) from None
        return
    folder.chmod(PRIVATE_FOLDER)


class Pending:
    """A file that is written and flushed beside the place it is meant for, not yet in that place.

    Use it as a context manager: what was not put in place is gone at the end.
    """

    def __init__(self, path: Path, data: bytes, mode: int | None = PRIVATE) -> None:
        """Write `data` beside `path`. `mode` None leaves the permissions to the umask.

        Raises:
            OSError: it could not be written; nothing is left behind.
        """
        self.path = path
        # Short whatever the name: a name at the limit must not fail only because of this.
        self._temporary = path.parent / f"{temporary_prefix(path)}{os.urandom(4).hex()}{_TEMPORARY}"
        descriptor = os.open(self._temporary, _FLAGS, 0o666 if mode is None else mode)
        try:
            with os.fdopen(descriptor, "wb") as stream:
                if mode is not None and hasattr(os, "fchmod"):
                    os.fchmod(descriptor, mode)
                stream.write(data)
                stream.flush()
                os.fsync(descriptor)
        except BaseException:
            self.discard()
            raise

    def put(self, *, backup: bool = False, overwrite: bool = True) -> None:
        """Give the file its name. With `backup`, what had it before stays as NAME.bak.

        Raises:
            OSError: it could not be done, and what had the name still has it (`FileExistsError` where it has
                and `overwrite` is not wanted).
        """
        if backup:
            keep_backup(self.path)
        if overwrite:
            self._temporary.replace(self.path)
        else:
            _link_or_move(self._temporary, self.path)
        flush_folder(self.path.parent)

    def discard(self) -> None:
        """Remove what was not put in place."""
        with contextlib.suppress(OSError):
            self._temporary.unlink(missing_ok=True)

    def __enter__(self) -> "Pending":
        return self

    def __exit__(self, *error: object) -> None:
        self.discard()


def temporary_prefix(path: Path) -> str:
    """How the names of temporary files for `path` begin."""
    return f".{path.name[:120]}."


def remove_temporaries(path: Path) -> None:
    """Remove what writers of `path` left behind when they died. Only for who alone may write `path`."""
    start = temporary_prefix(path)
    with contextlib.suppress(OSError), os.scandir(path.parent) as entries:
        for entry in entries:
            if entry.name.startswith(start) and entry.name.endswith(_TEMPORARY):
                with contextlib.suppress(OSError):
                    Path(entry.path).unlink()


def backup_of(path: Path) -> Path:
    """Where the state before is kept."""
    return path.with_name(path.name + BACKUP)


def keep_backup(path: Path, kept: Path | None = None) -> None:
    """Let `kept` (NAME.bak) be what NAME is now. NAME itself stays all the while; no NAME, nothing is done.

    Raises:
        OSError: it could not be done.
    """
    kept = kept or backup_of(path)
    aside = path.parent / f"{temporary_prefix(path)}{os.urandom(4).hex()}{_TEMPORARY}"
    try:
        try:
            os.link(path, aside)
        except FileNotFoundError:
            return
        except OSError as error:
            if error.errno not in _NO_LINKS:
                raise
            with Pending(kept, path.read_bytes()) as copy:
                copy.put()
            return
        aside.replace(kept)
    finally:
        with contextlib.suppress(OSError):
            aside.unlink(missing_ok=True)


def flush_folder(folder: Path) -> None:
    """Have the names in a folder reach the disk, where the system can do that. The move itself is done."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def write_text(
    path: Path,
    text: str,
    *,
    say: Say,
    overwrite: bool = False,
    mode: int | None = PRIVATE,
    backup: bool = False,
) -> None:
    """Write a whole file or none, for people: plans, reports, settings.

    A link is followed to the file it names. What is there already is kept, unless `overwrite`.

    Raises:
        StoreError: it was not written; what was there is there still.
    """
    try:
        target = Path(os.path.realpath(path)) if path.is_symlink() else path
        if target.exists() and not target.is_file():
            raise StoreError((problem(say, path, "not-a-file"),))
        if target.exists() and not overwrite:
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST))
        with Pending(target, text.encode("utf-8", "backslashreplace"), mode) as pending:
            pending.put(backup=backup, overwrite=overwrite)
    except OSError as error:
        raise store_error(say, path, error, writing=True) from error
    except ValueError:
        # A name that no file can have, such as one with a zero byte.
        raise StoreError((problem(say, path, "no-folder"),)) from None


def _link_or_move(source: Path, target: Path) -> None:
    """Give a file a name that nothing has yet."""
    try:
        os.link(source, target)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        if target.exists():
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST)) from None
        source.replace(target)
