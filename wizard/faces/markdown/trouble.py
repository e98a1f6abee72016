"""A troubleshooting as a note in Markdown, alone or as a section of a plan. Decides nothing.

Lines of a stranger stand in fences that they cannot end; addresses and names are left out of them unless
`names` asks for them.
"""

from collections.abc import Iterable
from datetime import date

from wizard.faces.markdown.escape import code, escape, fence
from wizard.model.diagnosis import Match, TroubleResult, Way
from wizard.model.knowledge import Source
from wizard.model.plan import PlanStep
from wizard.model.words import Words


def trouble_note(
    result: TroubleResult, words: Words, on: date, *, names: bool = False, level: int = 1
) -> str:
    """The note: symptom, what was seen, diagnosis, remedies, verification. `level` is that of its heading."""
    page = _Page(words, level)
    title = result.title or page.head("title_lines")
    page.heading(0, page.head("title", symptom=escape(title)))
    page.paragraph(page.head("done_on", date=on.isoformat()))
    _seen(page, result, names)
    _diagnosis(page, result)
    _remedies(page, result)
    _verification(page, result, names)
    if result.collect:
        page.heading(1, page.head("collect"))
        page.bullets(escape(text) for text in result.collect)
    return page.text()


class _Page:
    """Lines of Markdown. Texts that are handed over are Markdown already."""

    def __init__(self, words: Words, level: int) -> None:
        self._words = words
        self._level = level
        self._lines: list[str] = []

    def head(self, key: str, /, **args: str) -> str:
        return self._words.say(f"troubleshoot.heading.{key}", **args)

    def heading(self, depth: int, text: str) -> None:
        self._lines += ["", f"{'#' * (self._level + depth)} {text}", ""]

    def paragraph(self, text: str) -> None:
        self._lines += [text, ""]

    def bullets(self, texts: Iterable[str], indent: str = "") -> None:
        self._lines += [f"{indent}- {text}" for text in texts]

    def labelled(self, key: str, text: str) -> str:
        return f"**{self.head(key)}:** {text}"

    def fence(self, texts: Iterable[str], indent: str = "") -> None:
        self._lines += [*fence(texts, indent), ""]

    def text(self) -> str:
        lines: list[str] = []
        for line in self._lines:
            if line or (lines and lines[-1]):
                lines.append(line)
        return "\n".join(lines).strip("\n") + "\n"


def _seen(page: _Page, result: TroubleResult, names: bool) -> None:
    if result.path:
        page.heading(1, page.head("answers"))
        page.bullets(f"{escape(asked.text)} **{escape(asked.answer_text)}**" for asked in result.path)
    if result.scan is None:
        return
    page.heading(1, page.head("lines"))
    page.paragraph(escape(result.note))
    for match in result.scan.matches:
        _match(page, match, names)
    if result.scan.matches and not names:
        page.paragraph(page.head("redacted"))


def _match(page: _Page, match: Match, names: bool) -> None:
    page.paragraph(f"{escape(page.head('line', line=str(match.line)))}: {escape(match.means)}")
    page.fence([match.text if names else match.kept])
    page.bullets(
        [
            page.labelled("not_proved", escape(match.not_proved)),
            page.labelled("leads_to", ", ".join(map(code, match.symptoms)) or page.head("none")),
        ]
    )
    page.paragraph("")


def _diagnosis(page: _Page, result: TroubleResult) -> None:
    diagnosis = result.diagnosis
    if diagnosis is None:
        if result.next is not None:
            page.heading(1, page.head("next"))
            page.paragraph(escape(result.next.text))
            page.paragraph(page.labelled("find", escape(result.next.find)))
        return
    page.heading(1, page.labelled("diagnosis", escape(diagnosis.title)).replace("**", ""))
    page.paragraph(escape(diagnosis.cause))
    told = [
        ("why", escape(diagnosis.why)),
        ("certainty", escape(diagnosis.certainty_text)),
        ("prediction", escape(diagnosis.prediction_text)),
        ("meanwhile", escape(diagnosis.meanwhile)),
        ("cures", ", ".join(map(code, diagnosis.cures))),
        ("source", _cited(diagnosis.source)),
    ]
    page.bullets(page.labelled(key, text) for key, text in told if text)
    if result.lookalikes:
        page.heading(1, page.head("lookalikes"))
        page.bullets(
            f"**{escape(other.cause)}.** {escape(other.check)}{_places((*other.gui, *other.commands))}"
            for other in result.lookalikes
        )


def _remedies(page: _Page, result: TroubleResult) -> None:
    told: dict[str, int] = {}
    for number, way in enumerate(result.remedies, 1):
        if number == 1:
            page.heading(1, page.head("remedies"))
        option = f" ({page.head('option', option=way.option)})" if way.option else ""
        page.heading(2, f"{number}. {escape(way.title)}{option}")
        page.paragraph(page.labelled("price", escape(way.price)))
        page.paragraph(page.labelled("source", _cited(way.source)))
        _steps(page, number, way, told)


def _steps(page: _Page, number: int, way: Way, told: dict[str, int]) -> None:
    """The steps as tasks; one that an earlier remedy has too is told once."""
    for step in way.steps:
        page.bullets([f"[ ] **{escape(step.title)}** ({code(step.id)})"])
        first = told.setdefault(step.id, number)
        if first == number:
            _step(page, step)
        else:
            page.bullets([page.head("as_in", place=str(first))], "  ")


def _step(page: _Page, step: PlanStep) -> None:
    page.bullets((escape(action) for action in step.actions), "  ")
    if step.gui:
        page.bullets([page.labelled("where", "; ".join(map(code, step.gui)))], "  ")
    if step.commands:
        page.bullets([page.labelled("commands", "")], "  ")
        page.fence(step.commands, "    ")
    told = [
        ("owner", escape(step.owner)),
        ("duration", escape(step.duration)),
        ("interrupts", escape(step.interrupts)),
        ("verify", escape(step.verify)),
        ("otherwise", escape(step.stop)),
        ("rollback", escape(step.rollback)),
    ]
    page.bullets((page.labelled(key, text) for key, text in told if text), "  ")
    if step.point_of_no_return:
        page.bullets([f"**{page.head('point_of_no_return')}**"], "  ")


def _verification(page: _Page, result: TroubleResult, names: bool) -> None:
    check = result.verification
    if check is None:
        return
    page.heading(1, f"{page.head('verification')}: {escape(check.step)}")
    page.paragraph(f"**{escape(check.text)}**")
    page.bullets([page.labelled("expected", escape(check.expected))])
    seen = check.seen if names else check.kept
    if seen:
        page.paragraph("")
        page.fence(seen)


def _places(places: tuple[str, ...]) -> str:
    return f" ({'; '.join(map(code, places))})" if places else ""


def _cited(source: Source) -> str:
    return escape(", ".join(part for part in (source.id, source.section) if part))
