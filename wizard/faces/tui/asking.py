"""`Asking`: one question on a page: drawn, its marks kept, what was picked or typed made an answer.

Used by the screen that asks one question after another, and by the one that changes a single answer.
"""

from collections.abc import Mapping

from wizard.faces import wording
from wizard.faces.session import Session
from wizard.faces.tui import answering
from wizard.faces.tui.answering import Say
from wizard.faces.tui.page import Page
from wizard.faces.tui.sheet import Sheet
from wizard.model.deployment import UNKNOWN, USES
from wizard.model.plan import Asked
from wizard.model.text import visible

FIELD = "value"
"""The key of the field that an answer is typed into."""

DONT_KNOW = "0"

_ROOM_FOR_ALL = 28
"""Lines from which each use stands with what it leads to; else only that of the picked one is told."""

_CYCLE = {"no": "yes", "yes": UNKNOWN, UNKNOWN: "no"}


class Asking:
    """See the module. `begin` when another question is shown."""

    def __init__(self, session: Session, page: Page, say: Say) -> None:
        self.session, self.page, self.say = session, page, say
        self.uses: dict[str, str] = {}
        self.picked: str = USES[0]
        """The use that the cursor is on: what it leads to is told below the others."""

    def begin(self, asked: Asked) -> str | None:
        """Forget what was typed for another question; the key of the present answer, if there is one."""
        self.page.edits.pop(FIELD, None)
        self.uses = {}
        question = self.session.question(asked)
        if question.kind == "uses":
            known = self.session.deployment.uses
            self.uses = {use: str(known.get(use, "no")) for use in USES}
            self.picked = USES[0]
            return None
        return wording.value_of(question, asked.answer) if asked.answer else None

    def draw(self, sheet: Sheet, asked: Asked) -> None:
        """The question, why it is asked, what is known, the answers, how to find out, the source."""
        knowledge = self.session.knowledge
        words, question = knowledge.words, self.session.question(asked)
        args = answering.arguments(self.session, asked)
        sheet.text(words.say(f"question.{question.id}.text", **args), "accent")
        sheet.text(words.say(f"question.{question.id}.why", **args))
        if asked.answer and asked.origin not in ("", "answered"):
            sheet.gap()
            answer = wording.answer_words(knowledge, asked)
            told = self.say(f"tui.origin.{asked.origin}", detail=visible(asked.detail))
            sheet.pair(self.say("tui.question.known"), [(answer, "strong"), (", " + told, "ink")])
        sheet.gap()
        if question.kind == "uses":
            self._uses(sheet)
        else:
            self._choices(sheet, asked, question.kind)
        sheet.gap()
        find = words.lines(f"question.{question.id}.find", **args)
        if find:
            sheet.pair(self.say("tui.question.find"), "\n".join(find), role="faint")
        source = wording.source_words(knowledge, question.source)
        sheet.pair(self.say("tui.question.source"), source, role="faint")

    def _uses(self, sheet: Sheet) -> None:
        words = self.session.knowledge.words
        leads: dict[str, str] = {use: words.say(f"answer.uses.{use}.leads") for use in USES}
        leads[UNKNOWN] = words.say("answer.unknown-leads")
        whole = sheet.height >= _ROOM_FOR_ALL
        for use in USES:
            state = self.uses.get(use, "no")
            marked = [(words.say(f"answer.uses.{use}.text"), "strong" if state == "yes" else "ink")]
            tail = (self.say("tui.question.unknown-mark"), "warn") if state == UNKNOWN else None
            detail = leads[use] if whole else ""
            sheet.item(use, marked, mark=self.say(f"tui.mark.{state}"), detail=detail, tail=tail)
        detail = leads[UNKNOWN] if whole else ""
        sheet.item(UNKNOWN, [(words.say("answer.unknown"), "ink")], digit=DONT_KNOW, detail=detail)
        sheet.gap()
        if not whole:
            sheet.text(
                [(sheet.ink.glyph("to") + " ", "faint"), (leads[self.picked], "ink")], indent=2, hang=2
            )
        if all(state == "no" for state in self.uses.values()):
            none, leads_to = words.say("answer.uses.none.text"), words.say("answer.uses.none.leads")
            note = self.say("tui.question.uses-none", none=none, leads=leads_to)
        else:
            note = self.say("tui.question.uses-marked")
        sheet.text(note, "faint", indent=2)

    def _choices(self, sheet: Sheet, asked: Asked, kind: str) -> None:
        if kind in ("release", "date"):
            hint = self.say(f"tui.question.hint-{kind}")
            sheet.field(FIELD, "", answering.field_text(asked), hint=hint, width=24)
        for value in answering.choices(self.session, asked):
            title, leads = answering.choice_words(self.session, asked, value, self.say)
            digit = DONT_KNOW if value == UNKNOWN else None
            sheet.item(value, [(title, "strong")], detail=leads, digit=digit)

    def given(self, asked: Asked, key: str) -> str | Mapping[str, str]:
        """The answer that Enter on the stop `key` gives."""
        if self.session.question(asked).kind == "uses":
            if key == UNKNOWN:
                self.dont_know_the_rest()
            return dict(self.uses)
        if key != FIELD:
            return key
        # Typed where the cursor begins in the field: 0 means the same on every question.
        typed = self.page.value(FIELD)
        return UNKNOWN if typed == DONT_KNOW else typed

    def is_empty(self, key: str) -> bool:
        """Whether nothing was typed where the cursor is: that is no answer."""
        return key == FIELD and not self.page.value(FIELD)

    def mark(self, key: str) -> bool:
        """A use goes from no to yes, to don't know, to no; whether `key` can be marked."""
        if key == UNKNOWN:
            self.dont_know_the_rest()
            return True
        if key not in self.uses:
            return False
        self.uses[key] = _CYCLE[self.uses[key]]
        return True

    def moved(self, key: str) -> bool:
        """The cursor is on another stop; whether that changes what is drawn."""
        if not self.uses or key not in (*USES, UNKNOWN):
            return False
        self.picked = key
        return True

    def dont_know_the_rest(self) -> None:
        """Every use that is not marked is not known."""
        self.uses = {use: UNKNOWN if state == "no" else state for use, state in self.uses.items()}
