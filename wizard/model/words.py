"""The sentences of one language, by id. No user-visible sentence lives outside `content/words/`."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

_PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_]*)\}")


class MissingWordsError(LookupError):
    """An id without words, or words without a value for one of their placeholders: a defect of content."""


@dataclass(frozen=True, slots=True)
class Words:
    """Sentences by dotted id (`question.public_ca.text`); a list of sentences is a tuple."""

    language: str
    table: Mapping[str, str | tuple[str, ...]]

    def say(self, key: str, /, **args: str) -> str:
        """The words of `key`, with `{name}` placeholders filled from `args`.

        Values are put in as they are: a placeholder in a value is not filled again.

        Raises:
            MissingWordsError: no such id, or a placeholder without a value.
        """
        return fill(self.unfilled(key), args, key)

    def unfilled(self, key: str) -> str:
        """The words of `key` with the placeholders as they are, to be filled again and again.

        Raises:
            MissingWordsError: no such id.
        """
        text = self.table.get(key)
        if text is None:
            raise MissingWordsError(f"no words for {key!r} in language {self.language!r}")
        return "\n".join(text) if isinstance(text, tuple) else text

    def lines(self, key: str, /, **args: str) -> tuple[str, ...]:
        """The words of `key` as lines: a list stays a list, a sentence is a list of one; () where absent."""
        return tuple([fill(line, args, key) for line in self.unfilled_lines(key)])

    def unfilled_lines(self, key: str) -> tuple[str, ...]:
        """As `lines`, with the placeholders as they are."""
        text = self.table.get(key, ())
        return (text,) if isinstance(text, str) else text

    def has(self, key: str) -> bool:
        """Whether `key` has words."""
        return key in self.table


def placeholders(text: str) -> frozenset[str]:
    """The names of the placeholders in `text`."""
    return frozenset(_PLACEHOLDER.findall(text))


@lru_cache(maxsize=8192)
def _parts(text: str) -> tuple[str, ...]:
    """The text cut at its placeholders: literal, name, literal, name … literal."""
    return tuple(_PLACEHOLDER.split(text))


def fill(text: str, args: Mapping[str, str], key: str = "") -> str:
    """`text` with its placeholders filled once.

    Raises:
        MissingWordsError: a placeholder has no value.
    """
    if "{" not in text:
        return text
    parts = list(_parts(text))
    try:
        parts[1::2] = [args[name] for name in parts[1::2]]
    except KeyError as missing:
        raise MissingWordsError(f"the words of {key!r} need a value for {{{missing.args[0]}}}") from None
    return "".join(parts)
