"""The answers of the document, searched by word, symptom, release or option; each with what changed since."""

from typing import ClassVar

from textual.binding import BindingType

from wizard.domain.faq import Hit, search
from wizard.faces.faqlinks import OPENS, Link, links
from wizard.faces.tui import copying, doors, routes
from wizard.faces.tui.frame import Frame
from wizard.faces.tui.keys import bind
from wizard.faces.tui.marked import draw_markdown
from wizard.faces.tui.sheet import Sheet
from wizard.faces.tui.shelf import with_everything
from wizard.faces.wording import source_words
from wizard.knowledge import faq_answer
from wizard.model.knowledge import Faq, Knowledge

_QUERY = "query"


class FaqScreen(Frame[None]):
    """Search, and the answers that were found; all of them, by subject, while nothing is searched for."""

    name_id = "faq"
    hints = ("go-on", "search", "back", "help", "commands")
    BINDINGS: ClassVar[list[BindingType]] = [bind("search", "slash", "search")]

    def __init__(self) -> None:
        super().__init__()
        self._answers: dict[str, str] = {}
        self._found: tuple[str, tuple[Hit, ...]] = ("", ())

    def on_mount(self) -> None:
        """The answers are read when they are first needed."""
        with_everything(self.wizard, self._read)

    def _read(self, knowledge: Knowledge) -> None:
        options = self.desk.options
        self._answers = {id: faq_answer(options.content, options.language, id) for id in knowledge.faq}
        self.redraw()

    def hits(self) -> tuple[Hit, ...]:
        """What was found for what is typed."""
        knowledge, query = self.desk.everything, self.page.value(_QUERY)
        if knowledge is None or not self._answers:
            return ()
        if self._found[0] != query or not self._found[1]:
            self._found = (query, search(knowledge, self._answers, query))
        return self._found[1]

    def draw(self, sheet: Sheet) -> None:
        sheet.field(_QUERY, self.say("tui.faq.search"), hint=self.say("tui.faq.hint"), width=sheet.room - 20)
        hits, query = self.hits(), self.page.value(_QUERY)
        knowledge = self.desk.everything
        if knowledge is None:
            return
        if query:
            sheet.text(self.say("tui.faq.found", count=str(len(hits))), "faint")
        group = ""
        for hit in hits:
            if not query and hit.entry.group != group:
                group = hit.entry.group
                sheet.heading(knowledge.words.say(f"faqgroup.{group}"))
            question = [(knowledge.words.say(f"faq.{hit.entry.id}.question"), "strong")]
            mark = (self.say("tui.faq.changed-mark"), "warn") if hit.entry.changed is not None else None
            sheet.item(hit.entry.id, question, detail=hit.excerpt, digit=None if query else "", tail=mark)
        if query and not hits:
            sheet.gap()
            sheet.text(self.say("tui.faq.nothing"))

    def chosen(self, key: str) -> None:
        if key == _QUERY:
            self.page.move(1)
        elif key:
            self.app.push_screen(AnswerScreen(key))

    def action_search(self) -> None:
        """Type another word."""
        self.page.edge(-1)


class AnswerScreen(Frame[None]):
    """One answer: what the document says, what was published since, and what it leads on to."""

    name_id = "answer"
    hints = ("go-on", "copy", "plain", "back", "help", "commands")
    BINDINGS: ClassVar[list[BindingType]] = [bind("copy", "y", "copy"), bind("plain", "v", "plain")]

    def __init__(self, entry: str) -> None:
        super().__init__()
        self.entry_id = entry
        self.page.reads = True

    @property
    def knowledge(self) -> Knowledge:
        """The knowledge with the FAQ in it.

        Raises:
            LookupError: it was not read yet (`shelf.with_everything`).
        """
        if self.desk.everything is None:
            raise LookupError("the FAQ is not loaded")
        return self.desk.everything

    @property
    def entry(self) -> Faq:
        """The entry that is shown."""
        return self.knowledge.faq[self.entry_id]

    def _answer(self) -> str:
        options = self.desk.options
        return faq_answer(options.content, options.language, self.entry_id)

    def draw(self, sheet: Sheet) -> None:
        knowledge, entry = self.knowledge, self.entry
        sheet.text(knowledge.words.say(f"faq.{entry.id}.question"), "accent")
        draw_markdown(sheet, self._answer().splitlines())
        sheet.gap()
        self._source(sheet, "tui.answer.source", entry)
        found = list(links(knowledge, entry))
        opens = [link for link in found if self._opens(link)]
        if opens:
            sheet.heading(self.say("tui.answer.leads"))
            for link in opens:
                kind = self.say(f"tui.answer.{link.kind}")
                sheet.item(f"{link.kind}:{link.id}", [(f"{kind}: ", "faint"), (link.text, "strong")])
        told = [link for link in found if link not in opens]
        if told:
            sheet.heading(self.say("tui.answer.bears-on"))
            for link in told:
                self._told(sheet, link)

    def _source(self, sheet: Sheet, label: str, entry: Faq) -> None:
        sheet.pair(self.say(label), source_words(self.knowledge, entry.source), role="faint")
        if entry.changed is not None:
            changed = source_words(self.knowledge, entry.changed)
            sheet.pair(self.say("tui.answer.changed"), changed, role="faint")

    def _told(self, sheet: Sheet, link: Link) -> None:
        line = [(f"{self.say(f'tui.answer.{link.kind}')}: ", "faint"), (link.text, "ink")]
        if link.source is not None:
            place = ", ".join(part for part in (link.source.id, link.source.section) if part)
            line.append((f" ({place})", "faint"))
        sheet.text([(f"{self.ink.glyph('point')} ", "ink"), *line], hang=2)

    def _opens(self, link: Link) -> bool:
        """Whether a link leads somewhere as things are: a question or a step only where it is in the way."""
        session = self.desk.session
        if link.kind == "symptom":
            return True
        if link.kind not in OPENS or session is None:
            return False
        if link.kind == "step":
            return any(step.rule == link.id for step in session.plan.steps)
        return link.kind == "option" or any(asked.question == link.id for asked in session.questions())

    def action_go_on(self) -> None:
        """Follow the link in sight; while there is none yet, read on."""
        if self.page.in_sight:
            self.chosen(self.page.key)
        else:
            self.page.leaf(1)

    def chosen(self, key: str) -> None:
        kind, _, id = key.partition(":")
        match kind:
            case "symptom":
                doors.troubleshoot(self.wizard, id)
            case "step":
                doors.steps(self.wizard, id)
            case "question":
                doors.question(self.wizard, id)
            case "option":
                routes.show(self.wizard.flow, "options")

    def action_copy(self) -> None:
        """Copy the answer."""
        copying.copy(self, self._answer())

    def action_plain(self) -> None:
        """The answer as plain text, for selecting by mouse."""
        question = self.knowledge.words.say(f"faq.{self.entry_id}.question")
        copying.show_plain(self, f"{question}\n\n{self._answer()}")
