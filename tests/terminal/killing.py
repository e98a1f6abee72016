"""Kills the wizard while answers are typed, and looks at what it left. Run as a process of its own:

    python -m tests.terminal.killing FOLDER KILLS SEED

Each wizard is a process on a pseudo-terminal of its own, forked from here (so that none has to start Python
anew) right into `wizard.cli.main`. It is told to continue, is given the releases of nodes one after the other,
and is killed at a moment of chance: while it starts, while an answer is on its way, while it is saved. An
answer counts as confirmed once the next question is on the screen, and the header says "saved": on a disk that
is slow it says "saving" first. Prints one JSON line: how many were killed and when, and all that was wrong.
"""

import gc
import importlib
import json
import os
import random
import re
import signal
import sys
import time
from pathlib import Path
from typing import NoReturn

from tests.terminal.window import DAY, Window
from wizard.cli import main as wizard
from wizard.model.deployment import Deployment, Node
from wizard.model.release import Release
from wizard.store.library import Library

_NODES = 24
_ASKED = re.compile(r"Which release does expe(\d+)\.example\.com run\?")
_WARM = (
    "wizard.commands.start", "wizard.faces.tui.start", "wizard.faces.tui.flow", "wizard.faces.tui.loading",
    "wizard.faces.tui.routes", "wizard.faces.tui.screens.saved", "wizard.faces.tui.screens.question",
    "wizard.faces.tui.keeper", "wizard.faces.session", "wizard.knowledge", "wizard.domain.horizon",
    "wizard.store.library", "wizard.store.decode", "wizard.store.encode", "wizard.store.migrations",
)  # fmt: skip


def say(key: str, /, **args: str) -> str:
    """Words are of no interest here."""
    return key


class Forked(Window):
    """A wizard that is forked from this process."""

    def become(self, command: list[str], env: dict[str, str]) -> NoReturn:
        """In the child: be the wizard."""
        os.environ.clear()
        os.environ.update(env)
        for number, (name, mode) in enumerate((("stdin", "r"), ("stdout", "w"), ("stderr", "w"))):
            stream = os.fdopen(number, mode, encoding="utf-8", closefd=False)
            setattr(sys, name, stream)
            setattr(sys, f"__{name}__", stream)
        os._exit(wizard(["start", "--as-of", DAY]))

    def asked(self, wanted: int, seconds: float) -> int | None:
        """The number of the node that is asked about, once that is at least `wanted` and all before it is said
        to be saved; None: not within that time."""
        end = time.monotonic() + seconds
        while True:
            found = _ASKED.search(self.text)
            if found and int(found[1]) >= wanted and self.lines[0].endswith(" saved"):
                return int(found[1])
            left = end - time.monotonic()
            if left <= 0 or self.read(left) is None:
                return None


class Round:
    """One home folder, and what was confirmed in it."""

    def __init__(self, home: Path, chance: random.Random) -> None:
        self.home, self.chance = home, chance
        self.library = Library(home / "deployments", say=say)
        self.deployments = self.confirmed = self.slugs = 0
        self.slug = ""
        self.wrong: list[str] = []
        self.when = {"starting": 0, "answering": 0, "saved": 0}
        self.left_over = 0

    def begin(self) -> None:
        """A new deployment, of which no release is known."""
        for entry in self.library.entries():
            self.library.delete(entry.slug)
        nodes = tuple(Node(f"expe{n}.example.com", "edge", f"c{n // 4}") for n in range(_NODES))
        self.deployments += 1
        with self.library.create(Deployment(name=f"HQ {self.deployments}", nodes=nodes)) as session:
            self.slug = session.slug
        self.confirmed = 0

    def kill_one(self) -> None:
        """Start a wizard, answer some, kill it, look at what is there."""
        if not self.slug or self.confirmed >= _NODES - 6:
            self.begin()
        answered = self.confirmed
        with Forked(home=self.home) as window:
            if self.chance.random() < 0.2:
                window.type("2", "enter", "enter")
                _watch(window, self.chance.uniform(0, 0.5))
                self.when["starting"] += 1
            else:
                answered = self._answer(window)
            window.signal(signal.SIGKILL)
            if window.end() != -signal.SIGKILL:
                self.wrong.append(f"{self.slug}: it ended by itself\n{window.text}")
        self._look(answered)

    def _answer(self, window: Forked) -> int:
        """Answer some questions; how many are answered, or were given an answer when it was killed."""
        window.type("2", "enter", "enter")
        at = window.asked(0, 40)
        if at is None or not self.confirmed <= at <= self.confirmed + 1:
            self.wrong.append(f"{self.slug}: goes on at {at}, confirmed {self.confirmed}\n{window.text}")
            return self.confirmed
        self.confirmed = at
        for _ in range(self.chance.randint(1, 4)):
            window.type(_release(self.confirmed), "enter")
            in_time = self.chance.choice((self.chance.uniform(0, 0.02), 40.0))
            if window.asked(self.confirmed + 1, in_time) is None:
                self.when["answering"] += 1
                return self.confirmed + 1
            self.confirmed += 1
        self.when["saved"] += 1
        return self.confirmed

    def _look(self, answered: int) -> None:
        """The saved state is whole, and holds all that was confirmed and nothing that was not typed."""
        folder = self.home / "deployments"
        self.left_over += any(path.suffix == ".tmp" for path in folder.iterdir())
        entry = next((entry for entry in self.library.entries() if entry.slug == self.slug), None)
        if entry is None or entry.state != "ok" or len(self.library.entries()) != 1:
            self.wrong.append(f"{self.slug}: {entry}")
            return
        deployment, session = self.library.open(self.slug)
        session.close()
        known = [node.release for node in deployment.nodes if node.release is not None]
        if not self.confirmed <= len(known) <= answered:
            self.wrong.append(
                f"{self.slug}: {len(known)} saved, {self.confirmed} confirmed, {answered} given"
            )
        if known != [Release(14, 3, n) for n in range(len(known))]:
            self.wrong.append(f"{self.slug}: {known}")
        self.confirmed = len(known)


def _release(number: int) -> str:
    return f"X14.3.{number}"


def _watch(window: Window, seconds: float) -> None:
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0 and window.read(left) is not None:
        pass


def main(home: Path, kills: int, seed: int) -> dict[str, object]:
    """See the module."""
    for name in _WARM:
        importlib.import_module(name)
    gc.freeze()
    round_ = Round(home, random.Random(seed))
    for _ in range(kills):
        round_.kill_one()
    return {
        "killed": kills,
        "when": round_.when,
        "left_over": round_.left_over,
        "deployments": round_.deployments,
        "wrong": round_.wrong,
    }


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))))
