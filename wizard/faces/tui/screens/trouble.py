"""Saving failed: why, and the ways on: try again, another place, or in memory for now."""

import os
from pathlib import Path
from typing import ClassVar

from wizard.faces.tui.frame import Frame
from wizard.faces.tui.screens.small import TypeScreen
from wizard.faces.tui.sheet import Sheet
from wizard.model.text import visible
from wizard.store.errors import LostLockError
from wizard.store.folders import other_places, why_not

_PLACE = "place/"


class SavingTroubleScreen(Frame[None]):
    """See the module."""

    name_id = "saving"
    hints: ClassVar[tuple[str, ...]] = ("go-on", "back", "help")

    def __init__(self) -> None:
        super().__init__()
        self._places: tuple[Path, ...] = ()

    def on_mount(self) -> None:
        """Look for other places, unless another window has the deployment: then no place helps."""
        if not isinstance(self.desk.trouble, LostLockError):
            self._places = other_places(os.environ, Path.cwd(), self.say)

    def draw(self, sheet: Sheet) -> None:
        say, trouble = self.say, self.desk.trouble
        if trouble is None:
            sheet.text(say("tui.saving.fine"), "accent")
            return
        sheet.text(say("tui.saving.heading"), "accent")
        for problem in trouble.problems:
            sheet.text(problem.message)
            sheet.text(problem.file, "faint", wide=True)
        sheet.text(say("tui.saving.memory"))
        sheet.gap()
        if isinstance(trouble, LostLockError):
            sheet.item("take-back", [(say("tui.saving.take-back"), "strong")])
        else:
            sheet.item("again", [(say("tui.saving.again"), "strong")])
        for place in self._places:
            shown = visible(str(place), 4096)
            sheet.item(_PLACE + str(place), [(say("tui.saving.place", folder=shown), "strong")])
        sheet.item("type", [(say("tui.saving.type"), "strong")])
        sheet.item("on", [(say("tui.saving.go-on"), "strong")], detail=say("tui.saving.go-on-detail"))

    def chosen(self, key: str) -> None:
        flow = self.wizard.flow
        match key:
            case "again":
                flow.save()
                self.dismiss(None)
            case "take-back":
                flow.take_back()
                self.dismiss(None)
            case "type":
                self._type()
            case "on":
                self.dismiss(None)
            case _ if key.startswith(_PLACE):
                self._take(Path(key.removeprefix(_PLACE)))

    def _type(self) -> None:
        def typed(text: str | None) -> None:
            if text:
                self._take(Path(os.path.expanduser(text)).absolute())  # noqa: PTH111

        self.app.push_screen(TypeScreen(self.where(), self.say("tui.saving.type"), []), typed)

    def _take(self, folder: Path) -> None:
        problem = why_not(folder, self.say)
        if problem is not None:
            self.tell(problem.message)
            return
        self.wizard.flow.save_in(folder)
        self.dismiss(None)
