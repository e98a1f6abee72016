"""Files are read in slices, so that keys live; Esc stops. Then what was read is shown."""

import asyncio
from collections.abc import Generator, Sequence
from typing import ClassVar

from wizard.faces.tui.frame import Frame
from wizard.faces.tui.screens.files import Begin, FilesScreen
from wizard.faces.tui.screens.small import TypeScreen
from wizard.faces.tui.sheet import Sheet
from wizard.gather import Gathered, gather_steps
from wizard.model.problems import Problem, ProblemsError

_WAIT = 0.01
"""Seconds to wait where another process or a host is waited for."""
_OFTEN = 0.2
"""Seconds between two pictures of the progress: a slow line must keep up."""


class ReadingScreen(Frame[None]):
    """Reads `paths` ("-" is `text`) for the open deployment, a new one or the example."""

    name_id = "reading"
    hints: ClassVar[tuple[str, ...]] = ("back", "help")

    def __init__(self, paths: Sequence[str], *, begin: Begin, text: bytes = b"") -> None:
        super().__init__()
        self.paths, self.begin, self.text = list(paths), begin, text
        self._current = ""
        self._files: set[str] = set()
        self._passwords: dict[str, str] = {}
        self._given: set[str] = set()
        self._locked: list[str] = []
        self._skipped: list[str] = []

    @property
    def _first(self) -> str:
        """The path that was read, "" for pasted text."""
        return self.paths[0] if self.paths and self.paths[0] != "-" else ""

    def on_mount(self) -> None:
        """Begin."""
        self.run_worker(self._read(), exclusive=True)

    def draw(self, sheet: Sheet) -> None:
        sheet.text(self.say("tui.reading.heading"), "accent")
        sheet.gap()
        sheet.pair(self.say("tui.reading.current"), self._current or self.say("tui.reading.begin"))
        sheet.pair(self.say("tui.reading.files"), str(len(self._files)))

    async def _read(self) -> None:
        flow = self.wizard.flow
        known = flow.session.deployment if not self.begin else None
        self._locked, self._given = [], set()
        steps = gather_steps(
            self.paths,
            flow.knowledge,
            self.desk.options.as_of,
            known=known,
            stdin=self.text or None,
            password=self._password,
        )
        try:
            gathered = await self._run(steps)
        except ProblemsError as error:
            self._refused(error.problems)
            return
        if self._locked:
            self._ask(self._locked[0])
        else:
            self._show(gathered)

    async def _run(self, steps: Generator[str | None, None, Gathered]) -> Gathered:
        """Slice by slice, with the event loop in between."""
        loop = asyncio.get_running_loop()
        drawn = loop.time()
        try:
            while True:
                at = next(steps)
                if at:
                    self._current = at
                    self._files.add(at)
                if loop.time() - drawn > _OFTEN:
                    drawn = loop.time()
                    self.page.redraw()
                await asyncio.sleep(_WAIT if at is None else 0)
        except StopIteration as end:
            gathered: Gathered = end.value
            return gathered
        finally:
            steps.close()

    def _password(self, file: str) -> str | None:
        """The password that was typed for a file; without one, it is asked for when the rest has been read.

        It is given once for each reading: a wrong one is asked for again.
        """
        if file in self._passwords and file not in self._given:
            self._given.add(file)
            return self._passwords[file]
        if file not in (*self._locked, *self._skipped):
            self._locked.append(file)
        return None

    def _ask(self, file: str) -> None:
        def typed(password: str | None) -> None:
            if password:
                self._passwords[file] = password
            else:
                self._skipped.append(file)
            self.run_worker(self._read(), exclusive=True)

        say = self.say
        lines = [file, say("tui.reading.password-intro")]
        screen = TypeScreen(say("tui.reading.title"), say("tui.reading.password"), lines, masked=True)
        self.app.push_screen(screen, typed)

    def _show(self, gathered: Gathered) -> None:
        from wizard.faces.tui.screens.loaded import LoadedScreen

        if self.app.screen is self:
            self.app.switch_screen(LoadedScreen(gathered, begin=self.begin, path=self._first))

    def _refused(self, problems: Sequence[Problem]) -> None:
        self.app.switch_screen(RefusedScreen(problems, self.begin, self._first))


class RefusedScreen(Frame[None]):
    """Why nothing that was read can be gone on from; another file can be picked, from `path` on."""

    name_id = "refused"
    hints: ClassVar[tuple[str, ...]] = ("go-on", "back", "help", "commands")

    def __init__(self, problems: Sequence[Problem], begin: Begin, path: str) -> None:
        super().__init__()
        self.problems, self.begin, self.path = problems, begin, path

    def draw(self, sheet: Sheet) -> None:
        sheet.text(self.say("tui.refused.heading"), "accent")
        sheet.gap()
        sheet.item("again", [(self.say("tui.loaded.again"), "strong")])
        sheet.item("leave", [(self.say("tui.loaded.leave"), "strong")])
        for problem in self.problems:
            sheet.gap()
            sheet.text(problem.line(), hang=2)

    def chosen(self, key: str) -> None:
        if key == "again":
            self.app.switch_screen(FilesScreen(self.begin, self.path))
        else:
            self.dismiss(None)
