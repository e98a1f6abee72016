"""Save the plan as a file: where, and for whom. What is there already is never overwritten unasked."""

from pathlib import Path
from typing import ClassVar

from textual.binding import BindingType

from wizard.faces.session import Session
from wizard.faces.tui import copying, doors
from wizard.faces.tui.frame import Frame
from wizard.faces.tui.keys import bind
from wizard.faces.tui.line import EditLine
from wizard.faces.tui.planfile import default_path, free_path, revision_to_write, typed_path
from wizard.faces.tui.sheet import Sheet
from wizard.store.errors import StoreError
from wizard.store.files import write_text

_PATH, _HANDOVER, _SAVE, _FREE, _OVERWRITE = "path", "handover", "save", "free", "overwrite"


class SaveScreen(Frame[None]):
    """See the module."""

    name_id = "save"
    hints = ("go-on", "mark", "copy", "back", "help")
    BINDINGS: ClassVar[list[BindingType]] = [bind("mark", "space", "mark"), bind("copy", "y", "copy")]

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.handover = False
        self.refused: StoreError | None = None
        self.written: Path | None = None
        self._offered = str(default_path(session.deployment))

    def on_mount(self) -> None:
        """Enter saves where it is offered; the path is a key away."""
        self.redraw(cursor=_SAVE)

    # Drawing

    def draw(self, sheet: Sheet) -> None:
        if self.written is not None:
            self._draw_written(sheet, self.written)
            return
        sheet.text(self.say("tui.save.heading"), "accent")
        number = str(self.session.deployment.saved.revision + 1)
        sheet.text(self.say("tui.save.intro", number=number))
        sheet.gap()
        sheet.field(_PATH, self.say("tui.save.path"), self._offered, label_width=6, width=sheet.room - 10)
        sheet.gap()
        sheet.item(
            _HANDOVER,
            self.say("tui.save.handover"),
            mark=self.say(f"tui.mark.{'yes' if self.handover else 'no'}"),
            detail=self.say("tui.save.handover-detail"),
        )
        path = self._path()
        if self.refused is None:
            sheet.item(_SAVE, [(self.say("tui.save.save"), "strong")])
        else:
            self._draw_refused(sheet, self.refused, path)
        sheet.gap()
        sheet.text(self.say("tui.save.command"), "faint")
        sheet.text([(self.command_line(), "code")], indent=2, hang=4, wide=True)

    def _draw_refused(self, sheet: Sheet, refused: StoreError, path: Path | None) -> None:
        sheet.gap()
        for problem in refused.problems:
            sheet.text(problem.line(), "warn", wide=True)
        sheet.gap()
        if refused.code == "exists" and path is not None:
            sheet.item(_FREE, [(self.say("tui.save.free", name=free_path(path).name), "strong")])
            sheet.item(_OVERWRITE, self.say("tui.save.overwrite", name=path.name))
        else:
            sheet.item(_SAVE, [(self.say("tui.save.again"), "strong")])

    def _draw_written(self, sheet: Sheet, path: Path) -> None:
        number = str(self.session.deployment.saved.revision)
        sheet.text(self.say("tui.save.written", number=number), "accent")
        sheet.text([(str(path), "strong")], wide=True)
        sheet.gap()
        if self.handover:
            sheet.text(self.say("tui.save.handed-over"))
        else:
            sheet.text(self.say("tui.save.go-on-from"))
            sheet.text([(doors.start_command(self.wizard, path), "code")], indent=2, hang=4, wide=True)
        sheet.gap()
        sheet.text(self.say("tui.save.next"), "faint")

    # Doing

    def _path(self) -> Path | None:
        line = self.page.edits.get(_PATH)
        return typed_path(line.text.strip() if line is not None else self._offered)

    def chosen(self, key: str) -> None:
        if self.written is not None:
            self.dismiss(None)
        elif key == _PATH:
            self.refused = None
            self.redraw(cursor=_SAVE)
        elif key == _HANDOVER:
            self.action_mark()
        elif key == _FREE:
            path = self._path()
            if path is not None:
                free = free_path(path)
                self.page.edits[_PATH] = EditLine.of(str(free))
                self._save(free)
        elif key in (_SAVE, _OVERWRITE):
            self._save(self._path(), overwrite=key == _OVERWRITE)

    def _save(self, path: Path | None, *, overwrite: bool = False) -> None:
        if path is None:
            self.tell(self.say("tui.save.no-path"))
            return
        revision = revision_to_write(self.session, handover=self.handover)
        try:
            write_text(path, revision.text, say=self.desk.words.say, overwrite=overwrite)
        except StoreError as error:
            self.refused = error
            self.redraw(cursor=_FREE if error.code == "exists" else _PATH)
            return
        self.written = path
        # Where nothing can be changed (an example, another window's), the file is written all the same.
        if self.desk.state != "watching":
            self.wizard.flow.change(revision.deployment)
        self.redraw(top=True)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Once it is written there is nothing to mark."""
        return self.written is None if action == "mark" else True

    def action_mark(self) -> None:
        """With or without the block that holds the deployment."""
        if self.written is not None or self.page.key == _PATH:
            return
        typed = self.page.edits.get(_PATH)
        self.handover = not self.handover
        if typed is None or typed.text == self._offered:
            self._offered = str(default_path(self.session.deployment, handover=self.handover))
            self.page.edits[_PATH] = EditLine.of(self._offered)
        self.refused = None
        self.redraw(cursor=_HANDOVER)

    def action_copy(self) -> None:
        """Copy the command line."""
        copying.copy(self, self.command_line())

    def command_line(self) -> str:
        path = self.written or self._path()
        return doors.plan_command(self.wizard, path, handover=self.handover)
