"""`Keeper`: every change is written at once, by a thread, so that a slow disk holds no key up.

`wait` gives the thread a moment, so that what is shown next is on the disk wherever the disk is not slow.
Only the newest state waits: what was overtaken before it could be written is never written. `close` writes
what still waits and lets other windows have the deployment.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass

from wizard.model.deployment import Deployment
from wizard.store.errors import StoreError
from wizard.store.session import Session as Saving
from wizard.store.standing import Standing

Report = Callable[[StoreError | None], None]


@dataclass(frozen=True, slots=True)
class _State:
    deployment: Deployment
    dormant: frozenset[str]
    standing: Standing


class Keeper:
    """Writes through what `begin` gives.

    Both are called in the thread: `begin` first, `report` when saving fails, or works again.
    """

    def __init__(self, begin: Callable[[], Saving], report: Report) -> None:
        self._begin = begin
        self._report = report
        self.saving: Saving | None = None
        self._waiting: _State | None = None
        self._written: _State | None = None
        self._writing = True
        self._closing = False
        self._awake = threading.Condition()
        self._failed = self._late = False
        self._thread = threading.Thread(target=self._run, name="eku-wizard-keeper", daemon=True)
        self._thread.start()

    def put(self, deployment: Deployment, dormant: frozenset[str], standing: Standing) -> None:
        """Have this state written, in place of one that still waits."""
        state = _State(deployment, dormant, standing)
        with self._awake:
            if self._waiting is not None or state != self._written:
                self._waiting = state
                self._awake.notify_all()

    def wait(self, seconds: float) -> bool:
        """Whether all is written, or could not be, within that time."""
        with self._awake:
            done = self._awake.wait_for(lambda: self._waiting is None and not self._writing, seconds)
            self._late = not done
            return done

    def close(self) -> None:
        """Write what waits, end, release the lock."""
        with self._awake:
            self._closing = True
            self._awake.notify_all()
        self._thread.join()
        if self.saving is not None:
            self.saving.close()

    def _run(self) -> None:
        self.saving = saving = self._begin()
        if saving.problem is not None:
            self._failed = True
            self._report(saving.problem)
        while (state := self._next()) is not None:
            self._write(saving, state)

    def _next(self) -> _State | None:
        """What is to be written, as soon as there is something; None at the end."""
        with self._awake:
            self._writing = False
            self._awake.notify_all()
            while self._waiting is None and not self._closing:
                self._awake.wait()
            state, self._waiting = self._waiting, None
            self._writing = state is not None
            return state

    def _write(self, saving: Saving, state: _State) -> None:
        try:
            saving.save(state.deployment, state.dormant, state.standing)
        except StoreError as error:
            self._written = None
            if not self._failed:
                self._failed = True
                self._report(error)
            return
        with self._awake:
            self._written = state
            again = self._failed or self._late
            self._failed = self._late = False
        if again:
            self._report(None)
