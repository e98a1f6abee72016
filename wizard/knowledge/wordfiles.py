"""The words of a language: `words/LANGUAGE/*.toml`, nested tables flattened to dotted ids.

Nothing here needs pydantic, so that a first screen can have its words before anything else is loaded.
"""

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from wizard.knowledge.files import ContentError, Source
from wizard.knowledge.parts import Part, part_of_words
from wizard.model.problems import Problem
from wizard.model.words import Words

Value = str | tuple[str, ...]


def languages(folder: Path) -> tuple[str, ...]:
    """The languages that `folder` has words in, English first."""
    found = sorted(path.name for path in (folder / "words").glob("*") if path.is_dir())
    return tuple(sorted(found, key=lambda name: name != "en"))


def light_words(folder: Path, language: str, names: Sequence[str]) -> Words:
    """The words of the files `names` (without suffix) only, without validating anything else.

    Raises:
        ContentError: no such language or file, or a file that cannot be read as words.
    """
    source = Source(folder)
    _known_language(source, language)
    table: dict[str, Value] = {}
    for name in names:
        path = folder / "words" / language / f"{name}.toml"
        table.update(_words_of(source, path))
    if source.problems:
        raise ContentError(tuple(source.problems))
    return Words(language, table)


def read_words(source: Source, language: str, parts: Collection[Part]) -> tuple[Words, dict[str, Path]]:
    """The words of a language, for the given parts, and the file of each id. Problems go to `source`.

    Raises:
        ContentError: there is no such language.
    """
    _known_language(source, language)
    table: dict[str, Value] = {}
    places: dict[str, Path] = {}
    for path in source.paths(f"words/{language}/*.toml"):
        part = part_of_words(path.stem)
        if part is not None and part not in parts:
            continue
        for key, value in _words_of(source, path):
            if key in table:
                message = f"{key} already has words in {source.name(places[key])}. Keep one of them."
                source.problem(path, key, "words-twice", message)
                continue
            table[key] = value
            places[key] = path
    return Words(language, table), places


def faq_answer(folder: Path, language: str, entry: str) -> str:
    """The answer of the FAQ entry with the id `entry`, in Markdown.

    Raises:
        ContentError: there is no answer of that id in that language.
    """
    path = folder / "words" / language / "faq" / f"{entry}.md"
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        name = f"{folder.name}/words/{language}/faq/{entry}.md"
        message = "The answer of this FAQ entry cannot be read. Write the file as UTF-8 text."
        raise ContentError((Problem(name, "", "no-answer", message),)) from None


def _known_language(source: Source, language: str) -> None:
    known = languages(source.folder)
    if language not in known:
        there = ", ".join(known) or "none"
        message = f"There are no words in the language {language!r}. There are: {there}."
        problem = Problem(f"{source.folder.name}/words", "", "no-language", message)
        raise ContentError((*source.problems, problem))


def _words_of(source: Source, path: Path) -> Iterator[tuple[str, Value]]:
    yield from _flat(source, path, source.toml(path), "")


def _flat(source: Source, path: Path, table: dict[str, object], prefix: str) -> Iterator[tuple[str, Value]]:
    for name, value in table.items():
        key = f"{prefix}{name}"
        if isinstance(value, str):
            yield key, value
        elif isinstance(value, dict):
            yield from _flat(source, path, value, f"{key}.")
        elif isinstance(value, list) and all(isinstance(line, str) for line in value):
            yield key, tuple(str(line) for line in value)
        else:
            message = "Words are a sentence in quotes or a list of sentences. Write it as one of them."
            source.problem(path, key, "not-words", message)
