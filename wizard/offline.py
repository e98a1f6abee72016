"""`python -m wizard.offline DIR`: a folder of wheels that eku-wizard installs from without internet.

The program's own wheel is built from the checkout (or is given), its dependencies are fetched by pip as
wheels for this Python on this kind of machine, or for those that `--python-version` and `--platform` name.
Beside them lie INSTALL.txt with the line to install by, and SHA256SUMS.
"""

import argparse
import hashlib
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from wizard.knowledge import content_folder, light_words
from wizard.model.words import Words
from wizard.version import __version__

INSTALL, SUMS = "INSTALL.txt", "SHA256SUMS"
_OK, _REFUSED = 0, 1
_PIP = (sys.executable, "-m", "pip")
_QUIET = ("--quiet", "--disable-pip-version-check", "--no-input")
_OWN_WHEEL = "eku_wizard-*.whl"

_STDERR = 2
"""The file descriptor: pip's words go there too, so that stdout has the line to copy and no more."""
_THIS_PYTHON = f"{sys.version_info.major}.{sys.version_info.minor}"

Run = Callable[[Sequence[str]], int]


@dataclass(frozen=True, slots=True)
class Target:
    """The machine to install on: its Python (`X.Y`), and its platform tags where it is not like this one."""

    python: str = _THIS_PYTHON
    platforms: tuple[str, ...] = ()

    @property
    def options(self) -> tuple[str, ...]:
        """What pip is told of it: nothing where it is like this one."""
        version = ("--python-version", self.python) if self.python != _THIS_PYTHON else ()
        return (*version, *(word for tag in self.platforms for word in ("--platform", tag)))


class OfflineError(Exception):
    """The folder could not be filled; `code` is worded as `offline.CODE`, with `args_for_words`."""

    def __init__(self, code: str, **args: str) -> None:
        self.code, self.args_for_words = code, args
        super().__init__(code)


def main(argv: Sequence[str] | None = None) -> int:
    """Fill the folder and print the line that installs from it. Exit status 1 where that was not possible."""
    options = _parser().parse_args(argv)
    words = light_words(content_folder(), "en", ("offline",))
    source = options.source or _checkout()
    try:
        if source is None:
            raise OfflineError("no-source")
        target = Target(options.python_version or _THIS_PYTHON, tuple(options.platform or ()))
        fill(options.folder, source, target, words)
    except OfflineError as error:
        print(words.say(f"offline.{error.code}", **error.args_for_words), file=sys.stderr)
        return _REFUSED
    except OSError as error:
        why = error.strerror or str(error)
        print(
            words.say("offline.not-written", place=str(error.filename or options.folder), why=why),
            file=sys.stderr,
        )
        return _REFUSED
    print(words.say("offline.done", folder=str(options.folder)))
    print(install_line(str(options.folder)))
    return _OK


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m wizard.offline",
        description="Make a folder of wheels to install eku-wizard from on a machine without internet.",
    )
    add = parser.add_argument
    add("folder", type=Path, metavar="DIR", help="a new or empty folder")
    add("--source", type=Path, metavar="PATH", help="a checkout or a wheel of eku-wizard (default: this one)")
    add("--python-version", metavar="X.Y", help="of the other machine, where it differs from this one")
    add(
        "--platform",
        action="append",
        metavar="TAG",
        help="of the other machine, such as manylinux_2_28_x86_64",
    )
    return parser


def _checkout() -> Path | None:
    """The checkout that this module runs from, None where it is installed."""
    folder = Path(__file__).resolve().parents[1]
    return folder if (folder / "pyproject.toml").is_file() else None


def run_pip(command: Sequence[str]) -> int:
    """Run a command; its exit status. What it has to say goes to stderr."""
    return subprocess.run(list(command), stdout=_STDERR, check=False).returncode  # noqa: S603 - our own pip


def fill(folder: Path, source: Path, target: Target, words: Words, run: Run = run_pip) -> None:
    """Put the wheels, INSTALL.txt and SHA256SUMS into `folder`; `run` runs pip.

    Raises:
        OfflineError: the folder is not empty, there is no such source, or pip failed.
        OSError: something could not be written.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise OfflineError("not-empty", folder=str(folder))
    if not source.exists():
        raise OfflineError("no-such-source", source=str(source))
    folder.mkdir(parents=True, exist_ok=True)
    if source.suffix == ".whl":
        shutil.copy(source, folder)
    else:
        _pip(run, "wheel", *_QUIET, "--no-deps", "--wheel-dir", str(folder), str(source))
    own = sorted(folder.glob(_OWN_WHEEL))
    if len(own) != 1:
        raise OfflineError("no-such-source", source=str(source))
    _pip(
        run,
        "download",
        *_QUIET,
        "--only-binary",
        ":all:",
        *target.options,
        "--dest",
        str(folder),
        str(own[0]),
    )
    wheels = sorted(folder.glob("*.whl"))
    sums = (f"{hashlib.sha256(wheel.read_bytes()).hexdigest()}  {wheel.name}\n" for wheel in wheels)
    (folder / SUMS).write_text("".join(sums), encoding="utf-8")
    text = (
        "\n".join(words.lines("offline.install", line=install_line("."), sums=SUMS, python=target.python))
        + "\n"
    )
    (folder / INSTALL).write_text(text, encoding="utf-8")


def _pip(run: Run, *arguments: str) -> None:
    if run((*_PIP, *arguments)) != 0:
        raise OfflineError("pip-failed")


def install_line(folder: str) -> str:
    """The line that installs from the folder, with the network off or on, and starts the wizard."""
    install = f"pip install --no-index --find-links {shlex.quote(folder)} eku-wizard=={__version__}"
    return f"python3 -m venv ~/eku-wizard && ~/eku-wizard/bin/{install} && ~/eku-wizard/bin/eku-wizard"


if __name__ == "__main__":
    sys.exit(main())
