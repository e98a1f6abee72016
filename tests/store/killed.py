"""Kills processes while they save, and looks at what they leave. Run as a process of its own:

    python -m tests.store.killed FOLDER KILLS SEED

Each worker is forked from here (so that none has to start Python anew), opens the deployment, takes its lock
and saves it over and over with a higher count each time; it says so before and after each save. It is killed
at a moment of chance. Prints one JSON line: how many were killed, how many of them in the middle of a save,
how often a temporary file was left over, and all that was wrong.
"""

import json
import os
import random
import signal
import sys
import time
from dataclasses import replace
from pathlib import Path

from tests.store.words import say
from wizard.model.deployment import Certificate, Deployment, Node
from wizard.store.library import Library
from wizard.store.standing import Standing

SLUG = "killed"
_NODES = tuple(
    Node(f"expe{n}.example.com", "edge", server_certificate=Certificate(ca="public", issuer="digicert"))
    for n in range(60)
)


def _work(folder: Path, tell: int) -> None:
    """Save without end; one byte before each save, another after it."""
    library = Library(folder, say=say)
    deployment, session = library.open(SLUG)
    while True:
        deployment = replace(
            deployment, saved=replace(deployment.saved, revision=deployment.saved.revision + 1)
        )
        os.write(tell, b"<")
        session.save(deployment, standing=Standing("act", answered=deployment.saved.revision))
        os.write(tell, b">")


def _kill_one(folder: Path, chance: random.Random) -> bytes:
    """What the worker had told when it died."""
    listen, tell = os.pipe()
    worker = os.fork()
    if worker == 0:
        os.close(listen)
        try:
            _work(folder, tell)
        finally:
            os._exit(1)
    os.close(tell)
    told = os.read(listen, 1)
    time.sleep(chance.uniform(0, 0.006))
    os.kill(worker, signal.SIGKILL)
    _, status = os.waitpid(worker, 0)
    while more := os.read(listen, 65536):
        told += more
    os.close(listen)
    if not os.WIFSIGNALED(status):
        raise RuntimeError(f"a worker ended by itself: {status}")
    return told


def main(folder: Path, kills: int, seed: int) -> dict[str, object]:
    """See the module."""
    chance = random.Random(seed)
    library = Library(folder, say=say)
    library.create(Deployment(name=SLUG, nodes=_NODES)).close()
    revision = in_the_middle = left_over = 0
    wrong: list[str] = []
    for number in range(kills):
        told = _kill_one(folder, chance)
        finished, begun = told.count(b">"), told.count(b"<")
        in_the_middle += begun > finished
        left_over += any(path.suffix == ".tmp" for path in folder.iterdir())
        (entry,) = library.entries()
        deployment, session = library.open(SLUG)
        found = deployment.saved.revision
        session.close()
        # A save that was begun may or may not have happened; one that was finished must have.
        if not revision + finished <= found <= revision + begun:
            wrong.append(f"kill {number}: {found} after {revision} + {finished}..{begun}")
        if deployment.nodes != _NODES or entry.state != "ok" or entry.standing.answered != found:
            wrong.append(f"kill {number}: not whole")
        left = sorted(path.name for path in folder.iterdir() if path.name not in _EXPECTED)
        if left:
            wrong.append(f"kill {number}: left behind {left}")
        revision = found
    return {
        "killed": kills,
        "in_the_middle": in_the_middle,
        "left_over": left_over,
        "saves": revision,
        "wrong": wrong,
    }


_EXPECTED = {"killed.json", "killed.json.bak", ".writing"}

if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))))
