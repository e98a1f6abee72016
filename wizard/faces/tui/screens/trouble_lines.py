"""Log lines and alarms: read with progress, then what was recognised in them and where it leads."""

import asyncio
from collections import Counter
from pathlib import Path
from typing import ClassVar

from wizard.faces.case import Case
from wizard.faces.tui import doors
from wizard.faces.tui.folder import size_words
from wizard.faces.tui.frame import Frame
from wizard.faces.tui.logfile import CancelledError, Lines, LogFile, ScanError, Scanning
from wizard.faces.tui.screens.files import FilesScreen
from wizard.faces.tui.screens.trouble_case import CaseScreen
from wizard.faces.tui.sheet import Sheet
from wizard.faces.tui.trouble import draw_match, label
from wizard.model.diagnosis import Match

_TICK = 0.3
"""Seconds between two looks at how far it is."""
_SETTLED = "settled"


class ScanScreen(Frame[None]):
    """Reads the lines; gives its place to what was found."""

    name_id = "scan"
    hints = ("back",)

    def __init__(self, case: Case, lines: Lines) -> None:
        super().__init__()
        self.case = case
        self.scanning = Scanning(lines, case.knowledge)
        self.refused: ScanError | None = None

    def draw(self, sheet: Sheet) -> None:
        lines = self.scanning.lines
        if self.refused is not None:
            sheet.text(self.say(f"tui.scan.{self.refused.code}", file=lines.name), "warn")
            sheet.text(self.refused.reason, "faint")
            return
        sheet.text(self.say("tui.scan.heading", file=lines.name), "accent")
        done, size = size_words(self.scanning.done), size_words(lines.size)
        sheet.text(self.say("tui.scan.progress", done=done, size=size))
        sheet.text(self.say("tui.scan.cancel"), "faint")

    def on_mount(self) -> None:
        """Begin to read."""
        self._timer = self.set_interval(_TICK, self.redraw)
        self.run_worker(self._run(), exclusive=True, group="scan")

    async def _run(self) -> None:
        try:
            found = await asyncio.to_thread(self.scanning.run)
        except CancelledError:
            return
        except ScanError as error:
            self.refused = error
            self._timer.stop()
            self.redraw()
            return
        self.case.read(found)
        if self.is_current:
            self.app.switch_screen(MatchesScreen(self.case))

    def on_unmount(self) -> None:
        """Whoever leaves does not wait for the rest."""
        self.scanning.cancel()

    def action_back(self) -> None:
        self.scanning.cancel()
        self.dismiss(None)


class MatchesScreen(Frame[None]):
    """What was recognised: where it leads, then each line with what it means and what it does not prove."""

    name_id = "matches"
    hints = ("go-on", "back", "help", "commands")

    def __init__(self, case: Case) -> None:
        super().__init__()
        self.case = case
        self.case.begin(None)
        self.page.reads = True

    @property
    def matches(self) -> tuple[Match, ...]:
        """The lines that were recognised."""
        return self.case.found.matches if self.case.found is not None else ()

    def on_screen_resume(self) -> None:
        """A symptom was gone into and left again."""
        self.redraw()

    def draw(self, sheet: Sheet) -> None:
        result = self.case.result
        sheet.text(result.note, "accent" if self.matches else "warn")
        sheet.gap()
        if result.diagnosis is not None:
            title = [(f"{label(self.say, 'diagnosis')}: ", "faint"), (result.diagnosis.title, "strong")]
            sheet.item(_SETTLED, title, detail=result.diagnosis.cause)
        words = self.case.knowledge.words
        leads = Counter(symptom for match in self.matches for symptom in match.symptoms)
        for symptom, count in leads.most_common():
            lines = self.say("tui.matches.lines", count=str(count))
            sheet.item(symptom, [(words.say(f"symptom.{symptom}.title"), "strong"), (lines, "faint")])
        for match in self.matches:
            draw_match(sheet, match, self.say)
        if result.collect:
            sheet.heading(label(self.say, "collect"))
            for text in result.collect:
                sheet.text(f"{sheet.ink.glyph('point')} {text}", hang=2)

    def chosen(self, key: str) -> None:
        if not key:
            return
        self.case.begin(None if key == _SETTLED else key)
        self.app.push_screen(CaseScreen(self.case), lambda _: self.case.begin(None))

    def command_line(self) -> str:
        return doors.trouble_command(self.wizard, self.case)


class LogFileScreen(FilesScreen):
    """Picks a log file; gives its place to the reading of it."""

    name_id = "logfile"
    hints: ClassVar[tuple[str, ...]] = ("go-on", "back", "help", "commands")

    def __init__(self, case: Case) -> None:
        super().__init__(begin="")
        self.case = case

    def _open(self, paths: list[str], text: bytes) -> None:
        self.app.switch_screen(ScanScreen(self.case, LogFile(Path(paths[0]))))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """One file is read, so nothing is marked; and what is pasted is pasted on the screen before."""
        return action not in ("mark", "read", "paste_text")
