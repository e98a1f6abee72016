"""`Flow`: what happens between screens: a deployment is begun, opened, worked on, saved, left.

The screens call it and know nothing of each other. Everything here runs on the event loop.
"""

import asyncio
import os
from dataclasses import replace
from typing import TYPE_CHECKING

from wizard.faces.tui.standing import Standing
from wizard.model.problems import ProblemsError

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from pathlib import Path

    from textual.timer import Timer

    from wizard.faces.session import Session
    from wizard.faces.tui.app import WizardApp
    from wizard.faces.tui.keeper import Keeper
    from wizard.faces.tui.screens.files import Begin
    from wizard.model.deployment import Deployment
    from wizard.model.knowledge import Knowledge
    from wizard.store.errors import StoreError
    from wizard.store.library import Library
    from wizard.store.session import Session as Saving
    from wizard.store.session import Watch
    from wizard.store.standing import Standing as Stands

_LOOK = 2.0
"""Seconds between two looks at what another window writes."""

_QUIET = 0.4
"""Seconds without a change before it is looked whether the options are settled: that takes a while."""

_MOMENT = 0.05
"""Seconds that a write is waited for before what follows is shown: what was answered is on the disk."""


class Flow:
    """See the module."""

    def __init__(self, app: "WizardApp") -> None:
        self.app = app
        self.desk = app.desk
        self.standing = Standing()
        self._keeper: Keeper | None = None
        self._stands: Stands | None = None
        self._watched: tuple[Library, str, Watch] | None = None
        self._watching: Timer | None = None

    # What there is

    @property
    def knowledge(self) -> "Knowledge":
        """The knowledge; only once it is loaded."""
        if self.desk.knowledge is None:
            raise RuntimeError("the knowledge is not loaded yet")
        return self.desk.knowledge

    @property
    def session(self) -> "Session":
        """The deployment that is worked on."""
        if self.desk.session is None:
            raise RuntimeError("no deployment is open")
        return self.desk.session

    @property
    def saved_at(self) -> "Path | None":
        """The file that the deployment is saved in; None where it has none."""
        saving = self._keeper.saving if self._keeper is not None else None
        return saving.path if saving is not None else None

    def library(self) -> "Library":
        """The saved deployments."""
        from wizard.store.folders import find
        from wizard.store.library import Library

        folder = self.desk.folder or find(os.environ).deployments
        return Library(folder, say=self.desk.words.say)

    # Home

    def open(self, what: str) -> None:
        """What is picked on home; what needs the knowledge waits for it."""
        from wizard.faces.tui import routes

        if what == "new":
            self._new()
        else:
            self.app.loading.then(lambda _: routes.open_from_home(self, what))

    def begin_with_options(self) -> None:
        """What the command line asks for: files to read, or a screen to begin with."""
        from wizard.faces.tui import routes
        from wizard.faces.tui.screens.reading import ReadingScreen

        options = self.desk.options
        if options.files:
            begin: Begin = "trouble" if options.begin == "troubleshoot" else "new"
            self.app.push_screen(ReadingScreen(options.files, begin=begin))
        else:
            routes.show(self, options.begin)

    def _new(self) -> None:
        from wizard.faces.tui.screens.about import AboutScreen
        from wizard.model.deployment import Deployment

        def begin(deployment: "Deployment | None") -> None:
            if deployment is not None:
                self.app.loading.then(lambda _: self.begin(deployment))

        self.app.push_screen(AboutScreen(Deployment(), new=True), begin)

    # A deployment is worked on

    def begin(self, deployment: "Deployment") -> None:
        """Work on a new deployment, which is saved from now on."""
        self.work_on(deployment, lambda: self.library().create(deployment))

    def work_on(
        self, deployment: "Deployment", saving: "Callable[[], Saving] | None", *, watching: bool = False
    ) -> None:
        """Work on a deployment: saved by what `saving` makes, not saved where that is None."""
        from wizard.faces.session import Session
        from wizard.faces.tui.screens.question import QuestionScreen

        self.close()
        self.desk.session = session = Session(
            self.knowledge,
            deployment,
            self.desk.options.as_of,
            self.desk.version,
            save=self._refuse if watching else lambda changed: None,
        )
        if saving is not None:
            self._keep(saving)
        else:
            self.desk.state = "watching" if watching else "example"
        self.app.push_screen(QuestionScreen(session))

    def _keep(self, saving: "Callable[[], Saving]") -> None:
        from wizard.faces.tui.keeper import Keeper

        self.desk.state = "saved"
        self._keeper = Keeper(saving, self._saving_reported)
        self.save()
        self._wait()

    @staticmethod
    def _refuse(deployment: "Deployment") -> None:
        from wizard.faces.session import ReadOnlyError

        raise ReadOnlyError

    def save(self) -> None:
        """Have the present state written, with how it stands."""
        if self._keeper is not None:
            assessment = self.session.assessment
            binding = assessment.binding
            self._put(assessment.outcome, binding.date if binding is not None else None)

    def _save_now(self) -> None:
        """Have the answers written before anything else; how they stand takes longer to say."""
        if self._keeper is not None:
            before = self._stands
            self._put(before.outcome if before else "", before.binding if before else None)
            self._wait()

    def _put(self, outcome: str, binding: "date | None") -> None:
        from wizard.store.standing import Standing as Stands

        session = self.session
        walk, plan = session.walk, session.plan_if_made
        following = walk.next
        steps = plan.steps if plan is not None else ()
        self._stands = Stands(
            outcome=outcome,
            question=following.question if following is not None else "",
            about=following.about if following is not None else "",
            answered=len(walk.path),
            ahead=len(walk.ahead) + (following is not None),
            steps=len(steps),
            done=sum(1 for step in steps if step.done),
            binding=binding,
        )
        assert self._keeper is not None
        self._keeper.put(self._stamped(session.deployment), frozenset(walk.dormant), self._stands)

    def _wait(self) -> None:
        """Give the write a moment; a disk that takes longer is told of, and gone on without."""
        if self._keeper is not None and not self._keeper.wait(_MOMENT) and self.desk.state == "saved":
            self.desk.state = "saving"

    def _stamped(self, deployment: "Deployment") -> "Deployment":
        """With the day, the edition and the program that it was worked on with."""
        saved = replace(
            deployment.saved,
            as_of=self.desk.options.as_of,
            edition=self.knowledge.edition.id,
            program=self.desk.version,
        )
        return replace(deployment, saved=saved)

    def _saving_reported(self, error: "StoreError | None") -> None:
        """From the keeper's thread: saving failed, or works again."""
        self.app.call_later(self._show_saving, error)

    def _show_saving(self, error: "StoreError | None") -> None:
        self.desk.state = "saved" if error is None else "memory"
        self.desk.trouble = error
        self.app.frame.redraw()
        if error is not None:
            from wizard.faces.tui import routes

            routes.show(self, "saving")

    def changed(self) -> None:
        """The deployment has changed: save it; and how it stands, once what is seen of it is shown."""
        self._save_now()
        self.app.call_after_refresh(self.save)
        self.app.settle_soon(_QUIET)

    def change(self, deployment: "Deployment") -> bool:
        """Take a changed deployment; false, and said why, where it cannot be changed here."""
        from wizard.faces.session import ReadOnlyError

        try:
            self.session.change(deployment)
        except ReadOnlyError:
            self.app.frame.tell(self.desk.words.say("tui.watching-refused"))
            return False
        self.changed()
        return True

    def undo(self) -> bool:
        """Take the last change back; whether there was one."""
        from wizard.faces.session import ReadOnlyError

        try:
            done = self.session.undo()
        except ReadOnlyError:
            return False
        if done:
            self.changed()
        return done

    def resume(self, deployment: "Deployment", saving: "Callable[[], Saving]") -> None:
        """Go on with a saved deployment; what changed since it was worked on last is said first."""
        self.work_on(deployment, saving)
        self._say_what_changed(deployment)

    def _say_what_changed(self, deployment: "Deployment") -> None:
        changes = self.session.since_last_time()
        if changes:
            from wizard.faces.tui.screens.since import SinceScreen

            before = deployment.saved.as_of
            self.app.push_screen(SinceScreen(changes, before.isoformat() if before is not None else ""))

    def watch(self, library: "Library", slug: str) -> None:
        """Look on while another window works on a deployment."""
        watched = library.watch(slug)
        self.work_on(watched.deployment, None, watching=True)
        self._watched = (library, slug, watched)
        self._watching = self.app.set_interval(_LOOK, self._look)

    def _look(self) -> None:
        """Show what the other window has written since."""
        if self._watched is None or self.desk.session is None:
            return
        _, _, watched = self._watched
        try:
            written = watched.refresh()
        except ProblemsError as error:
            self.app.frame.tell_problem(error)
            return
        if written:
            self.session.replace(watched.deployment)
            self.app.frame.redraw()

    def take_back(self) -> None:
        """Write the deployment from here again: the window that has it now only watches from then on."""
        if self._watched is not None:
            library, slug, _ = self._watched
        elif self._keeper is not None and self._keeper.saving is not None:
            library, slug = self.library(), self._keeper.saving.slug
        else:
            return
        try:
            deployment, saving = library.open(slug, take_over=True)
        except ProblemsError as error:
            self.app.frame.tell_problem(error)
            return
        if self._watched is not None:
            # What was watched is what the other wrote last; what was typed here would be lost otherwise.
            self.session.replace(deployment)
        self.close()
        self.session.save_by(lambda changed: None)
        self._keep(lambda: saving)
        self.app.frame.redraw()

    def save_in(self, folder: "Path") -> None:
        """Save in another folder from now on."""
        self.close()
        self.desk.folder = folder
        deployment = self.session.deployment
        self._keep(lambda: self.library().create(deployment))
        self.app.frame.redraw()

    def go_home(self) -> None:
        """Leave the deployment and every screen but home."""
        from wizard.faces.tui.leaving import leave

        def pop() -> None:
            while len(self.app.screen_stack) > 1:
                self.app.pop_screen()

        leave(self, pop)

    def leave(self) -> None:
        """Close the deployment (`leaving.leave` asks first)."""
        self.close()
        self.desk.session = None
        self.desk.state = "none"

    def settle(self) -> None:
        """Find out in a thread whether the questions that are left can still change the options."""
        session = self.desk.session
        if session is None or self.standing.revision == session.revision:
            return
        self.app.run_worker(self._settled(session, session.revision), exclusive=True, group="settled")

    async def _settled(self, session: "Session", revision: int) -> None:
        from wizard.domain.horizon import settled

        found = await asyncio.to_thread(settled, session.knowledge, session.deployment, session.as_of)
        if session is self.desk.session and revision == session.revision:
            self.standing.revision, self.standing.settled = revision, found
            # Whoever quits meanwhile leaves no screen to say it on.
            if self.app.screen_stack:
                self.app.frame.standing_known()

    def close(self) -> None:
        """Write what is not written yet, and let other windows have the deployment."""
        if self._watching is not None:
            self._watching.stop()
        self._watching = self._watched = self._stands = None
        keeper, self._keeper = self._keeper, None
        if keeper is not None:
            keeper.close()
