"""The real content with troubleshooting, read once, and short ways to run it."""

from collections.abc import Iterable
from functools import cache

from wizard.domain.troubleshoot import run, troubleshooting_of
from wizard.knowledge import content_folder, load
from wizard.model.diagnosis import TroubleResult
from wizard.model.knowledge import Knowledge
from wizard.model.troubleshooting import Troubleshooting


@cache
def knowledge() -> Knowledge:
    """All of the real content."""
    return load(content_folder())


@cache
def content() -> Troubleshooting:
    """The troubleshooting of the real content."""
    return troubleshooting_of(knowledge())


def answers(text: str) -> dict[str, str]:
    """`question=value question=value` as answers."""
    return dict(pair.split("=", 1) for pair in text.split())


def ask(symptom: str, text: str = "", lines: Iterable[str] | None = None) -> TroubleResult:
    """A symptom with answers written as `question=value`."""
    return run(knowledge(), symptom, answers(text), lines)


def paste(*lines: str) -> TroubleResult:
    """Pasted lines alone."""
    return run(knowledge(), None, lines=lines)


def signatures(result: TroubleResult) -> list[str]:
    """The signatures of the matches, in order."""
    return [match.signature for match in result.scan.matches] if result.scan else []
