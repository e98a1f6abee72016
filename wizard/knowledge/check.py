"""Every problem of a content folder that can be told without the domain: what `content check` prints first.

The proofs that need reasoning (reach, coverage, totality) are in `wizard.domain.proof` and
`wizard.domain.troubleproof`.
"""

from collections.abc import Iterator
from pathlib import Path

from wizard.knowledge import entrycheck, references, wordcheck
from wizard.knowledge.codescan import CodeUse, scan
from wizard.knowledge.content import Content
from wizard.knowledge.files import ContentError
from wizard.knowledge.loader import finish, read
from wizard.model.problems import Problem

PROGRAM = Path(__file__).resolve().parents[1]
"""The program's own source, which asks for words."""


def check(folder: Path, program: Path = PROGRAM) -> tuple[Problem, ...]:
    """All problems of `folder`, in all its languages. Never raises for broken content.

    `program` is where the source lies that asks for words.
    """
    try:
        content = read(folder)
        finish(content)
        found = tuple(content.source.problems)
        return tuple(dict.fromkeys((*found, *_problems(content, scan(program)))))
    except ContentError as error:
        return error.problems


def _problems(content: Content, code: CodeUse) -> Iterator[Problem]:
    yield from entrycheck.kinds(content)
    yield from entrycheck.ids(content)
    yield from entrycheck.dates(content)
    yield from references.dangling(content)
    yield from references.cycles(content)
    yield from entrycheck.unused(content, code)
    yield from entrycheck.answers(content)
    yield from wordcheck.words_there(content, code)
    yield from wordcheck.words_asked(content, code)
    yield from wordcheck.hazards(content)
    yield from wordcheck.translations(content)
