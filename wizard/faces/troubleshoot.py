"""Troubleshooting as plain text for people. Decides nothing.

Addresses and names of pasted lines are left out unless `names` asks for them.
"""

import textwrap
from collections.abc import Collection, Iterable
from string import ascii_lowercase

from wizard.model.diagnosis import TroubleResult, Verification, Way
from wizard.model.knowledge import Source
from wizard.model.plan import PlanStep
from wizard.model.words import Words


def trouble_text(
    result: TroubleResult,
    words: Words,
    *,
    names: bool = False,
    width: int = 80,
    given: Collection[str] | None = None,
    going_on: str = "",
) -> str:
    """The result as text, `width` characters wide where words can be broken; empty or ending in a newline.

    `given` are the questions that were answered here (None: all that were answered), `going_on` is the
    command that goes on from here; left empty, the answers alone are in it.
    """
    page = _Text(words, width)
    if result.title:
        page.line(result.title)
        page.line("=" * min(width, len(result.title)))
    page.say(result.note)
    _check(page, result.verification, names)
    _matches(page, result, names)
    _answers(page, result, given)
    _ask(page, result, going_on or command(result))
    _cause(page, result)
    _others(page, result)
    told: dict[str, str] = {}
    for number, way in enumerate(result.remedies, 1):
        _remedy(page, number, way, told)
    page.list("collect", result.collect)
    return page.text()


class _Text:
    """Lines of text that are wrapped; commands and paths never are."""

    def __init__(self, words: Words, width: int) -> None:
        self._words = words
        self._width = width
        self._lines: list[str] = []

    def head(self, key: str, /, **args: str) -> str:
        return self._words.say(f"troubleshoot.heading.{key}", **args)

    def line(self, text: str = "") -> None:
        self._lines.append(text)

    def section(self, text: str) -> None:
        self._lines += ["", text, "-" * min(self._width, len(text))]

    def say(self, text: str, indent: str = "", mark: str = "") -> None:
        if not text:
            return
        self._lines += textwrap.wrap(
            text,
            self._width,
            initial_indent=indent + mark,
            subsequent_indent=indent + " " * len(mark),
            break_long_words=False,
            break_on_hyphens=False,
        )

    def labelled(self, key: str, text: str, indent: str = "") -> None:
        if text:
            self.say(f"{self.head(key)}: {text}", indent)

    def exact(self, texts: Iterable[str], indent: str) -> None:
        self._lines += [f"{indent}{text}" for text in texts]

    def list(self, key: str, texts: Iterable[str]) -> None:
        texts = tuple(texts)
        if texts:
            self.section(self.head(key))
            for text in texts:
                self.say(text, mark="- ")

    def text(self) -> str:
        text = "\n".join(self._lines).strip("\n")
        return f"{text}\n" if text else ""


def _check(page: _Text, check: Verification | None, names: bool) -> None:
    if check is None:
        return
    page.section(f"{page.head('verification')}: {check.step}")
    page.say(check.text)
    page.labelled("expected", check.expected)
    for key, texts in (("seen", check.seen if names else check.kept), ("missing", check.missing)):
        if texts:
            page.say(f"{page.head(key)}:")
            page.exact(texts, "    ")


def _matches(page: _Text, result: TroubleResult, names: bool) -> None:
    if result.scan is None or not result.scan.matches:
        return
    page.section(page.head("lines"))
    for match in result.scan.matches:
        page.line(f"{page.head('line', line=str(match.line))}: {match.text if names else match.kept}")
        page.say(match.means, "    ")
        page.labelled("not_proved", match.not_proved, "    ")
        page.labelled("leads_to", ", ".join(match.symptoms), "    ")
        if match.repeats:
            page.say(page.head("repeats", count=str(match.repeats)), "    ")


def _answers(page: _Text, result: TroubleResult, given: Collection[str] | None) -> None:
    if not result.path:
        return
    page.section(page.head("answers"))
    for asked in result.path:
        page.say(f"{asked.text} {asked.answer_text}.", mark="- ")
        if given is not None and asked.origin == "answered" and asked.question not in given:
            page.say(page.head("from_deployment", detail=asked.detail).strip(), "    ")
        elif asked.origin != "answered":
            page.say(page.head("from", origin=f"{asked.origin} {asked.detail}".strip()), "    ")


def _ask(page: _Text, result: TroubleResult, going_on: str) -> None:
    asked = result.next
    if asked is None or result.symptom is None:
        return
    page.section(page.head("next"))
    page.say(asked.text)
    page.labelled("find", asked.find)
    page.exact((*asked.gui, *asked.commands), "    ")
    for answer in asked.answers:
        page.say(f"{answer.value}: {answer.text}", mark="- ")
        page.labelled("rules_out", "; ".join(answer.rules_out), "    ")
    page.line()
    page.say(f"{page.head('answer_with')}:")
    page.exact([going_on], "    ")
    page.list("possible", (f"{c.title}. {c.text}".strip() for c in result.possible))


def command(result: TroubleResult) -> str:
    """The command that goes on from here: every answer given so far, and the next to fill in."""
    given = [f"{asked.question}={asked.answer}" for asked in result.path if asked.origin == "answered"]
    wanted = [f"{result.next.question}=VALUE"] if result.next else []
    answers = (f"--answer {answer}" for answer in (*given, *wanted))
    return " ".join(("eku-wizard troubleshoot", result.symptom or "-", *answers))


def _cause(page: _Text, result: TroubleResult) -> None:
    diagnosis = result.diagnosis
    if diagnosis is None:
        return
    page.section(f"{page.head('diagnosis')}: {diagnosis.title}")
    page.say(diagnosis.cause)
    page.labelled("why", diagnosis.why)
    page.labelled("certainty", diagnosis.certainty_text)
    page.labelled("prediction", diagnosis.prediction_text)
    page.labelled("meanwhile", diagnosis.meanwhile)
    page.labelled("source", _cited(diagnosis.source))
    page.labelled("cures", ", ".join(diagnosis.cures))


def _others(page: _Text, result: TroubleResult) -> None:
    if not result.lookalikes:
        return
    page.section(page.head("lookalikes"))
    for other in result.lookalikes:
        page.say(f"{other.cause}. {other.check}", mark="- ")
        page.exact((*other.gui, *other.commands), "    ")


def _remedy(page: _Text, number: int, way: Way, told: dict[str, str]) -> None:
    """A remedy with its steps; a step that an earlier remedy has too is told once."""
    if number == 1:
        page.section(page.head("remedies"))
    option = f" ({page.head('option', option=way.option)})" if way.option else ""
    page.line()
    page.say(f"{way.title}{option}", mark=f"{number}. ")
    page.labelled("price", way.price, "   ")
    page.labelled("source", _cited(way.source), "   ")
    for letter, step in zip(ascii_lowercase, way.steps, strict=False):
        page.say(f"{step.title} [{step.id}]", "   ", f"{letter}) ")
        place = told.setdefault(step.id, f"{number} {letter}")
        if place == f"{number} {letter}":
            _step(page, step)
        else:
            page.say(page.head("as_in", place=place), "      ")


def _step(page: _Text, step: PlanStep) -> None:
    for action in step.actions:
        page.say(action, "      ", "- ")
    page.exact((*step.gui, *step.commands), "        ")
    page.labelled("owner", f"{step.owner}; {step.duration}", "      ")
    page.labelled("interrupts", step.interrupts, "      ")
    page.labelled("verify", step.verify, "      ")
    page.labelled("otherwise", step.stop, "      ")
    page.labelled("rollback", step.rollback, "      ")


def _cited(source: Source) -> str:
    return ", ".join(part for part in (source.id, source.section) if part)
