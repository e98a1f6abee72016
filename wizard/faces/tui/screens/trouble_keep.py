"""Keep a troubleshooting: as a Markdown note in a file, or with the deployment, as a section of its plan."""

from dataclasses import replace
from pathlib import Path
from typing import ClassVar

from textual.binding import BindingType

from wizard.faces.case import Case
from wizard.faces.markdown.trouble import trouble_note
from wizard.faces.tui import doors
from wizard.faces.tui.frame import Frame
from wizard.faces.tui.keys import bind
from wizard.faces.tui.line import EditLine
from wizard.faces.tui.planfile import free_path, here, typed_path
from wizard.faces.tui.sheet import Sheet
from wizard.store.errors import StoreError
from wizard.store.files import write_text

_PATH, _NAMES, _SAVE, _FREE, _OVERWRITE, _ATTACH = "path", "names", "save", "free", "overwrite", "attach"


class KeepScreen(Frame[None]):
    """See the module. Addresses and names of pasted lines go along only when that is asked for."""

    name_id = "keep"
    hints = ("go-on", "mark", "back", "help")
    BINDINGS: ClassVar[list[BindingType]] = [bind("mark", "space", "mark")]

    def __init__(self, case: Case) -> None:
        super().__init__()
        self.case = case
        self.names = False
        self.refused: StoreError | None = None
        self.kept: list[str] = []
        self._offered = str(here() / f"troubleshooting-{case.symptom or 'lines'}-{case.as_of.isoformat()}.md")

    def on_mount(self) -> None:
        """Enter saves where it is offered."""
        self.redraw(cursor=_SAVE)

    def draw(self, sheet: Sheet) -> None:
        say = self.say
        sheet.text(say("tui.keep.heading"), "accent")
        sheet.gap()
        sheet.field(_PATH, say("tui.save.path"), self._offered, label_width=6, width=sheet.room - 10)
        sheet.gap()
        sheet.item(
            _NAMES,
            say("tui.keep.names"),
            mark=say(f"tui.mark.{'yes' if self.names else 'no'}"),
            detail=say("tui.keep.names-detail"),
        )
        path = self._path()
        if self.refused is not None and self.refused.code == "exists" and path is not None:
            sheet.item(_FREE, [(say("tui.save.free", name=free_path(path).name), "strong")])
            sheet.item(_OVERWRITE, say("tui.save.overwrite", name=path.name))
        else:
            sheet.item(_SAVE, [(say("tui.keep.save"), "strong")])
        if self.desk.session is not None:
            name = self.desk.title()
            sheet.item(
                _ATTACH,
                [(say("tui.keep.attach", name=name), "strong")],
                detail=say("tui.keep.attach-detail"),
            )
        sheet.gap()
        for problem in self.refused.problems if self.refused is not None else ():
            sheet.text(problem.line(), "warn", wide=True)
        for line in self.kept:
            sheet.text(line, "good", wide=True)

    def _path(self) -> Path | None:
        line = self.page.edits.get(_PATH)
        return typed_path(line.text.strip() if line is not None else self._offered)

    def chosen(self, key: str) -> None:
        match key:
            case "path":
                self.refused = None
                self.redraw(cursor=_SAVE)
            case "names":
                self.action_mark()
            case "attach":
                self._keep_with_deployment()
            case "free":
                path = self._path()
                if path is not None:
                    free = free_path(path)
                    self.page.edits[_PATH] = EditLine.of(str(free))
                    self._save(free)
            case "save" | "overwrite":
                self._save(self._path(), overwrite=key == _OVERWRITE)

    def _save(self, path: Path | None, *, overwrite: bool = False) -> None:
        if path is None:
            self.tell(self.say("tui.save.no-path"))
            return
        words = self.case.knowledge.words
        text = trouble_note(self.case.result, words, self.case.as_of, names=self.names)
        try:
            write_text(path, text, say=words.say, overwrite=overwrite)
        except StoreError as error:
            self.refused = error
            self.redraw(cursor=_FREE if error.code == "exists" else _PATH)
            return
        self.refused = None
        self.kept.append(self.say("tui.keep.saved", path=str(path)))
        self.redraw(cursor=_SAVE)

    def _keep_with_deployment(self) -> None:
        """Keep it with the deployment; the same one again takes its own place."""
        session = self.desk.session
        if session is None:
            return
        note = self.case.note(keep_lines=self.names)
        others = tuple(
            one
            for one in session.deployment.troubles
            if (one.symptom, one.on, one.diagnosis) != (note.symptom, note.on, note.diagnosis)
        )
        if self.wizard.flow.change(replace(session.deployment, troubles=(*others, note))):
            self.kept.append(self.say("tui.keep.attached", name=self.desk.title()))
            self.redraw()

    def action_mark(self) -> None:
        """With the lines, addresses and names, or without."""
        self.names = not self.names
        self.redraw(cursor=_NAMES)

    def command_line(self) -> str:
        return doors.trouble_command(self.wizard, self.case)
