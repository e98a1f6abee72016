"""A remedy: its price, its steps in full, and after each the output of its check, pasted to be judged."""

from typing import ClassVar

from textual.binding import BindingType

from wizard.domain.linetext import cut_lines
from wizard.faces.case import Case
from wizard.faces.tui import copying
from wizard.faces.tui.frame import Frame
from wizard.faces.tui.keys import bind
from wizard.faces.tui.sheet import Sheet
from wizard.faces.tui.trouble import draw_step, label
from wizard.faces.wording import source_words
from wizard.model.diagnosis import Way


class RemedyScreen(Frame[None]):
    """See the module."""

    name_id = "remedy"
    hints = ("go-on", "copy", "plain", "back", "help", "commands")
    BINDINGS: ClassVar[list[BindingType]] = [bind("copy", "y", "copy"), bind("plain", "v", "plain")]

    def __init__(self, case: Case, remedy: str) -> None:
        super().__init__()
        self.case = case
        self.remedy = remedy
        self.page.reads = True

    @property
    def way(self) -> Way:
        """The remedy that is shown.

        Raises:
            LookupError: it is no remedy of the diagnosis.
        """
        way = self.case.way(self.remedy)
        if way is None:
            raise LookupError(f"there is no remedy {self.remedy}")
        return way

    def draw(self, sheet: Sheet) -> None:
        way, say = self.way, self.say
        title = [(way.title, "accent")]
        if way.option:
            title.append((f"  {label(say, 'option', option=way.option)}", "faint"))
        sheet.text(title)
        sheet.pair(label(say, "price"), way.price)
        sheet.pair(label(say, "source"), source_words(self.case.knowledge, way.source), role="faint")
        sheet.gap()
        sheet.text(say("tui.remedy.intro"), "faint")
        for step in way.steps:
            draw_step(sheet, step, say, self.case.checked.get(step.id))

    def chosen(self, key: str) -> None:
        from wizard.faces.tui.screens.paste import PasteScreen

        def pasted(text: str | None) -> None:
            if text and text.strip():
                self.case.check(key, cut_lines([text]))
                self.redraw(cursor=key)

        if key:
            self.app.push_screen(PasteScreen("check"), pasted)

    def _commands(self) -> list[str]:
        """The commands of the step that the cursor is on; of all, where it has none."""
        steps = self.way.steps
        here = next((step.commands for step in steps if step.id == self.page.key), ())
        return list(here or (command for step in steps for command in step.commands))

    def action_copy(self) -> None:
        """Copy the commands of the step."""
        commands = self._commands()
        if commands:
            copying.copy(self, "\n".join(commands))
        else:
            self.tell(self.say("tui.remedy.no-commands"))

    def action_plain(self) -> None:
        """The remedy's actions and commands as plain text."""
        lines = [self.way.title]
        for step in self.way.steps:
            lines += ["", step.title, *step.actions, *step.gui, *step.commands]
        copying.show_plain(self, "\n".join(lines))
