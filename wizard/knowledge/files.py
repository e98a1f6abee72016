"""The files of `content/`: where they are, read as TOML, and where in them something stands."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from wizard.model.problems import Problem, ProblemsError

_HEADING = re.compile(r"\s*\[\s*([^\[\]]+?)\s*\]")
_SETTING = re.compile(r'\s*("[^"]+"|[\w.-]+)\s*=')


class ContentError(ProblemsError):
    """The content cannot be used; it carries every problem found."""


def content_folder(override: Path | None = None) -> Path:
    """The folder of the content: `override`, else that of the installed wheel, else that of the checkout.

    Raises:
        ContentError: there is no such folder.
    """
    package = Path(__file__).resolve().parents[1]
    places = (override,) if override is not None else (package / "content", package.parent / "content")
    for place in places:
        if place.is_dir():
            return place
    tried = ", ".join(str(place) for place in places)
    message = "This is no content folder. Name one that holds edition.toml, or leave --content out."
    raise ContentError((Problem(tried, "", "no-content", message),))


@dataclass(frozen=True, slots=True)
class Source:
    """The TOML files of one content folder, and the problems met while they are read."""

    folder: Path
    problems: list[Problem] = field(default_factory=list)

    def name(self, path: Path) -> str:
        """How a file is named in problems: with the content folder's own name in front."""
        return f"{self.folder.name}/{path.relative_to(self.folder).as_posix()}"

    def paths(self, pattern: str) -> Iterator[Path]:
        """The files that `pattern` names, in the order of their names; none where there is no such folder."""
        yield from sorted(self.folder.glob(pattern)) if "*" in pattern else self._single(pattern)

    def _single(self, name: str) -> Iterator[Path]:
        path = self.folder / name
        if path.is_file():
            yield path

    def toml(self, path: Path) -> dict[str, object]:
        """The file as TOML; {} where it is none, which becomes a problem."""
        try:
            return tomllib.loads(path.read_text(encoding="utf-8"))
        except tomllib.TOMLDecodeError as error:
            self.problem(path, "", "not-toml", f"This is not valid TOML: {error}. Mend the line it names.")
        except UnicodeDecodeError:
            self.problem(path, "", "not-toml", "This is not UTF-8 text. Save it as UTF-8.")
        except OSError as error:
            self.problem(path, "", "unreadable", f"{error.strerror}. See that it can be read.")
        return {}

    def problem(self, path: Path, where: str, code: str, message: str) -> None:
        """Note a problem of the file `path`."""
        self.problems.append(Problem(self.name(path), where, code, message))


@cache
def _lines(path: Path) -> tuple[str, ...]:
    return tuple(path.read_text(encoding="utf-8").splitlines())


def line_of(path: Path, table: str, number: int) -> int | None:
    """The line (1-based) of the `number`th (0-based) `[[table]]` of a file."""
    heading = re.compile(rf"\s*\[\[?\s*{re.escape(table)}\s*\]")
    found = (line for line, text in enumerate(_lines(path), 1) if heading.match(text))
    return next((line for index, line in enumerate(found) if index == number), None)


def line_of_key(path: Path, key: str) -> int | None:
    """The line (1-based) that sets a dotted key, or the inline table that holds it; None if none is found."""
    heading = ""
    best: tuple[int, int | None] = (0, None)
    for number, text in enumerate(_lines(path), 1):
        table = _HEADING.match(text)
        if table:
            heading = table.group(1).replace('"', "")
            continue
        setting = _SETTING.match(text)
        if setting:
            name = ".".join(part for part in (heading, setting.group(1).replace('"', "")) if part)
            if (key == name or key.startswith(f"{name}.")) and len(name) > best[0]:
                best = (len(name), number)
    return best[1]
