"""What the parts of the page share: words, sources and names, ready as Markdown."""

from collections.abc import Iterable
from datetime import date

from wizard.faces.markdown.escape import code, escape
from wizard.model.knowledge import Knowledge, Source, State

GENERIC_ENDS = frozenset({"core", "edge", "peer", "cloud", "client"})
"""Ends of a connection that are no node."""


class Page:
    """Turns ids and values into Markdown with the words of one language. Every result is on one line."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.words = knowledge.words
        self._issuers = knowledge.issuers
        self._fixed = str(knowledge.fixed_release)

    def say(self, key: str, /, **args: str) -> str:
        """The words `markdown.KEY`. Arguments are put in as they are: hand over Markdown."""
        return self.words.say(f"markdown.{key}", **args)

    def heading(self, level: int, text: str) -> list[str]:
        """A heading (of Markdown `text`) with the blank lines around it."""
        return ["", f"{'#' * level} {text}", ""]

    def labelled(self, key: str, text: str) -> str:
        """`**Label:** text`; `text` is Markdown."""
        return f"**{self.say(f'label.{key}')}:** {text}"

    def source(self, source: Source) -> str:
        """A source as `id, section`."""
        return escape(f"{source.id}, {source.section}" if source.section else source.id)

    def sources(self, sources: Iterable[Source]) -> str:
        """Several sources, each once."""
        return "; ".join(dict.fromkeys(self.source(source) for source in sources))

    def titled(self, kind: str, entry: str) -> str:
        """The title of an entry of troubleshooting (`KIND.ENTRY.title`), else its id."""
        return self.words_of(f"{kind}.{entry}.title", entry)

    def words_of(self, key: str, entry: str) -> str:
        """The words of `key`, else `entry` as it stands."""
        return escape(self.words.say(key, fixed=self._fixed) if self.words.has(key) else entry)

    def issuer(self, issuer: str) -> str:
        """The name of an issuer of the content, else the id as it stands."""
        known = self._issuers.get(issuer)
        return escape(known.name if known is not None else issuer)

    def state(self, state: State) -> str:
        """The state of a connection; one that does not work is set off."""
        shown = escape(self.words.say(f"state.{state}"))
        return shown if state == "works" else f"**{shown}**"

    def end(self, name: str) -> str:
        """An end of a connection: a node as a name, any other in words."""
        return self.say(f"end.{name}") if name in GENERIC_ENDS else code(name)

    def day(self, day: date | None) -> str:
        """A date, or the words for none."""
        return day.isoformat() if day is not None else self.say("none-dated")


def bullets(lines: Iterable[str], indent: str = "") -> list[str]:
    """A list; `lines` are Markdown."""
    return [f"{indent}- {line}" for line in lines]
