"""The folders in use: saved deployments, settings, state (crash reports), cache.

`EKU_WIZARD_HOME` puts all of them under one folder of one's choice. Else they are where the platform has them
(`platformdirs`); on Linux that follows the XDG variables. With no home folder there is none to save in, which
is said, and other places are offered.
"""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from wizard.model.problems import Problem
from wizard.store.errors import Say, problem
from wizard.store.files import Pending, make_folder, store_error

HOME_VARIABLE = "EKU_WIZARD_HOME"
_NAME = "eku-wizard"


@dataclass(frozen=True, slots=True)
class Folders:
    """Where things are kept; None where there is no home folder. None of them need be there yet.

    `deployments` holds the saved deployments, `settings` is the settings file, `state` takes crash reports.
    `chosen` is whether `EKU_WIZARD_HOME` named them.
    """

    deployments: Path | None
    settings: Path | None
    state: Path | None
    cache: Path | None
    chosen: bool = False


def find(environ: Mapping[str, str]) -> Folders:
    """The folders in use. Nothing is made and nothing is looked at but the environment."""
    home = environ.get(HOME_VARIABLE, "")
    if home:
        top = Path(os.path.expanduser(home)).absolute()  # noqa: PTH111 - leaves a `~` without a home as it is
        return Folders(top / "deployments", top / "settings.toml", top / "state", top / "cache", chosen=True)
    from platformdirs import PlatformDirs

    dirs = PlatformDirs(_NAME, appauthor=False)
    data, config = _real(lambda: dirs.user_data_dir), _real(lambda: dirs.user_config_dir)
    return Folders(
        deployments=data and data / "deployments",
        settings=config and config / "settings.toml",
        state=_real(lambda: dirs.user_state_dir),
        cache=_real(lambda: dirs.user_cache_dir),
    )


def _real(folder: Callable[[], str]) -> Path | None:
    """A folder, or None where it would be below a home folder that there is not.

    Some versions of platformdirs raise then, others leave the `~` as it is.
    """
    try:
        found = Path(folder())
    except RuntimeError:
        return None
    return found if found.is_absolute() else None


def why_not(folder: Path | None, say: Say) -> Problem | None:
    """Why nothing can be kept in a folder, None where it can: it is made, and a file written and removed."""
    if folder is None:
        return problem(say, HOME_VARIABLE, "no-home")
    try:
        make_folder(folder)
        with Pending(folder / "try", b"eku-wizard"):
            pass
    except OSError as error:
        return store_error(say, folder, error, writing=True).problems[0]
    return None


def other_places(environ: Mapping[str, str], current: Path, say: Say) -> tuple[Path, ...]:
    """Folders that could take what the usual one cannot, tried out: below the home folder, here, below the
    folder for temporary files. `current` is the working folder."""
    runtime = environ.get("XDG_RUNTIME_DIR", "")
    temporary = _temporary()
    offered = [
        Path(environ["HOME"]) / _NAME if environ.get("HOME") else None,
        current / _NAME,
        Path(runtime) / _NAME if runtime else None,
        temporary / f"{_NAME}-{getattr(os, 'getuid', int)()}" if temporary else None,
    ]
    found: list[Path] = []
    for folder in offered:
        if folder is not None and folder not in found and _could_take(folder, say):
            found.append(folder)
    return tuple(found)


def _temporary() -> Path | None:
    """The folder for temporary files; None where nothing can be written to any."""
    import tempfile

    try:
        return Path(tempfile.gettempdir())
    except FileNotFoundError:
        return None


def _could_take(folder: Path, say: Say) -> bool:
    """Whether a folder is ours and takes files. One that was made only to see is removed again."""
    there = folder.exists()
    if there and (folder.is_symlink() or folder.stat().st_uid != getattr(os, "getuid", int)()):
        # In a folder for everybody, somebody else may have been first.
        return False
    fine = why_not(folder, say) is None
    if fine and not there:
        folder.rmdir()
    return fine
