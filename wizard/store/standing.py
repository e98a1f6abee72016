"""Where a saved deployment stands, in a few values that a list can show without reading the deployment."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Literal

from wizard.model.text import visible

Document = dict[str, object]
State = Literal["ok", "damaged", "newer", "unreadable"]


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a deployment had come when it was saved; who saves it says so.

    `outcome` is an outcome id, `question` the id of the next question ("" where none is left) and `about` its
    node; `answered` and `ahead` count questions, `steps` and `done` the steps of the plan; `binding` is the
    date that binds.
    """

    outcome: str = ""
    question: str = ""
    about: str = ""
    answered: int = 0
    ahead: int = 0
    steps: int = 0
    done: int = 0
    binding: date | None = None

    def document(self) -> Document:
        """The values that say something, as a file holds them."""
        said: Document = {name: getattr(self, name) for name in self.__slots__}
        said["binding"] = None if self.binding is None else self.binding.isoformat()
        return {name: value for name, value in said.items() if value}

    @classmethod
    def read(cls, said: object) -> "Standing":
        """The standing that a file holds; what is not of its kind counts as not said."""
        if not isinstance(said, dict):
            return cls()
        binding = said.get("binding")
        return cls(
            outcome=_text(said, "outcome"),
            question=_text(said, "question"),
            about=_text(said, "about"),
            answered=_number(said, "answered"),
            ahead=_number(said, "ahead"),
            steps=_number(said, "steps"),
            done=_number(said, "done"),
            binding=_day(binding) if isinstance(binding, str) else None,
        )


@dataclass(frozen=True, slots=True)
class Entry:
    """A saved deployment as a list shows it.

    `slug` names it to the library, `written` is when it was last saved (UTC), `nodes` how many it has.
    `state` "ok" means that it looks whole; "newer" that a newer program wrote it. `previous` is whether a
    damaged one has a state before it that is whole.
    """

    slug: str
    path: Path
    state: State
    written: datetime
    name: str = ""
    customer: str = ""
    nodes: int = 0
    standing: Standing = Standing()
    previous: bool = False


def entry_of(slug: str, path: Path, document: Mapping[str, object], newest: int, modified: float) -> Entry:
    """The entry of a document; `newest` is the format that this program knows, `modified` the file's time."""
    saved = document.get("saved")
    known = saved if isinstance(saved, dict) else {}
    found, nodes = document.get("format", newest), document.get("node")
    return Entry(
        slug=slug,
        path=path,
        state="newer" if isinstance(found, int) and found > newest else "ok",
        written=_moment(known.get("written")) or datetime.fromtimestamp(modified, UTC),
        name=_text(document, "name"),
        customer=_text(document, "customer"),
        nodes=len(nodes) if isinstance(nodes, list) else 0,
        standing=Standing.read(known.get("standing")),
    )


def _text(table: Mapping[str, object], key: str) -> str:
    value = table.get(key)
    return visible(value) if isinstance(value, str) else ""


def _number(table: Mapping[str, object], key: str) -> int:
    value = table.get(key)
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else 0


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _moment(value: object) -> datetime | None:
    try:
        found = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return found if found is not None and found.tzinfo is not None else None
