"""Every value that is known, with where it came from. Each can be changed; what that would change in the plan
is shown first."""

from typing import ClassVar

from wizard.faces.tui import answering
from wizard.faces.tui.ink import Span
from wizard.faces.tui.screens.change import ChangeScreen
from wizard.faces.tui.sheet import Column, Sheet
from wizard.faces.tui.workframe import WorkFrame
from wizard.model.plan import Asked

_ORIGIN_ROLES = {"certificate": "good", "dump": "good", "default": "warn", "answered": "ink", "": "faint"}


class ReviewScreen(WorkFrame):
    """See the module."""

    name_id = "review"
    hints: ClassVar[tuple[str, ...]] = ("go-on", "undo", "plan", "back", "help")

    def draw(self, sheet: Sheet) -> None:
        say = self.say
        questions = self.session.questions()
        sheet.text(say("tui.review.heading"), "accent")
        sheet.gap()
        columns = [
            Column(say("tui.review.what"), 18, wraps=True),
            Column(say("tui.review.answer"), 12, wraps=True),
            Column(say("tui.review.origin"), 12, wraps=True),
        ]
        sheet.table(columns, [(asked.key, self._row(asked)) for asked in questions])
        asked_keys = {asked.key for asked in questions}
        others = [
            known
            for known in self.session.assessment.known
            if known.key not in asked_keys and not known.key.startswith("uses/")
        ]
        if others:
            sheet.heading(say("tui.review.others"))
            sheet.table(columns, [(known.key, self._row(known)) for known in others], pick=False)
        self._disagreements(sheet)
        dormant = self.session.walk.dormant
        if dormant:
            sheet.heading(say("tui.review.dormant"))
            for key in dormant:
                sheet.text(answering.label(self.session, key), indent=2)

    def _disagreements(self, sheet: Sheet) -> None:
        """What a file says and what was stated, where they are not the same."""
        found = self.session.assessment.discrepancies
        if found:
            say = self.say
            sheet.heading(say("tui.review.disagree"))
            titles = ("what", "stated", "found", "used")
            columns = [Column(say(f"tui.review.{title}"), 8, wraps=True) for title in titles]
            sheet.table(columns, [(d.id, [d.what, d.stated, d.found, d.used]) for d in found], pick=False)

    def _row(self, asked: Asked) -> list[Span]:
        answer = answering.known_words(self.session, asked, self.say)
        # The name of the file is enough here; the question itself tells where it lies.
        detail = asked.detail.replace("\\", "/").rpartition("/")[2]
        origin = self.say(f"tui.origin.{asked.origin}", detail=detail) if asked.origin else ""
        return [
            (answering.label(self.session, asked.key), "ink"),
            (answer or self.say("tui.review.open"), "strong" if answer else "warn"),
            (origin, _ORIGIN_ROLES[asked.origin]),
        ]

    def chosen(self, key: str) -> None:
        asked = next((asked for asked in self.session.questions() if asked.key == key), None)
        if asked is None:
            return
        if asked.key == "nodes":
            self.action_show("nodes")
            return
        self.app.push_screen(ChangeScreen(self.session, asked))
