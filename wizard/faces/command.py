"""The command line that does without a screen what a screen does: for people to copy, and for scripts."""

import shlex
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

PROGRAM = "eku-wizard"
DEFAULT_LANGUAGE = "en"


@dataclass(frozen=True, slots=True)
class Context:
    """What every command line repeats where it is not the default: the day, language, content folder, ASCII.

    `as_of` None: today. A day is said where the screen judges by another day than today.
    """

    as_of: date | None = None
    language: str = DEFAULT_LANGUAGE
    content: Path | None = None
    ascii: bool = False

    @property
    def words(self) -> tuple[str, ...]:
        """The options, ready for a command line."""
        said: list[str] = []
        if self.as_of is not None:
            said += ["--as-of", self.as_of.isoformat()]
        if self.language != DEFAULT_LANGUAGE:
            said += ["--lang", self.language]
        if self.content is not None:
            said += ["--content", str(self.content)]
        return (*said, *(("--ascii",) if self.ascii else ()))

    @property
    def words_without_ascii(self) -> tuple[str, ...]:
        """The same for a verb that has no `--ascii`."""
        return tuple(word for word in self.words if word != "--ascii")


def plan(
    files: Iterable[str | Path],
    context: Context,
    *,
    as_json: bool = False,
    output: str | Path | None = None,
    handover: bool = False,
) -> str:
    """The command that prints the plan of a saved deployment, a plan or evidence or writes it to `output`."""
    said = ["plan", *_files(files)]
    said += ["--format", "json"] if as_json else []
    said += ["-o", str(output)] if output is not None else []
    said += ["--handover"] if handover else []
    return _line(*said, *context.words)


def start(files: Iterable[str | Path], context: Context, *, plain: bool = False) -> str:
    """The command that opens the wizard on these files: goes on from a saved deployment or a plan."""
    return _line("start", *_files(files), *(("--plain",) if plain else ()), *context.words)


def inspect(
    paths: Iterable[str | Path], context: Context, *, shown_as: Literal["table", "json", "csv"] = "table"
) -> str:
    """The command that audits certificates."""
    said = ["--format", shown_as] if shown_as != "table" else []
    return _line("inspect", *_files(paths), *said, *context.words)


def troubleshoot(
    symptom: str,
    answers: Mapping[str, str],
    context: Context,
    *,
    deployment: str | Path | None = None,
    as_json: bool = False,
) -> str:
    """The command that gives the diagnosis for a symptom and the answers so far; "-": for lines on stdin."""
    said = ["troubleshoot", symptom]
    said += ["--deployment", str(deployment)] if deployment is not None else []
    for question, answer in answers.items():
        said += ["--answer", f"{question}={answer}"]
    said += ["--format", "json"] if as_json else []
    return _line(*said, *context.words)


def collect(file: str | Path | None, context: Context) -> str:
    """The command that prints the sheet to send ahead."""
    return _line("collect", *_files([file] if file is not None else []), *context.words_without_ascii)


def tree(context: Context, *, mermaid: bool = False) -> str:
    """The command that draws the decision tree."""
    said = ["--format", "mermaid"] if mermaid else []
    return _line("content", "tree", *said, *context.words_without_ascii)


def _files(files: Iterable[str | Path]) -> tuple[str, ...]:
    """Paths as arguments: one that begins with a dash is not taken for an option; "-" is stdin."""
    said = [str(file) for file in files]
    return tuple(f"./{file}" if file.startswith("-") and file != "-" else file for file in said)


def _line(*said: str) -> str:
    return " ".join((PROGRAM, *map(_quoted, said)))


def _quoted(word: str) -> str:
    """An argument for a shell. What does not show is written out (bash, zsh): it steers no terminal."""
    if word.isprintable():
        return shlex.quote(word)
    shown = "".join(_written_out(character) for character in word)
    return f"$'{shown}'"


def _written_out(character: str) -> str:
    if character in "\\'":
        return f"\\{character}"
    if character.isprintable():
        return character
    return "".join(f"\\x{byte:02x}" for byte in character.encode("utf-8", "surrogateescape"))
