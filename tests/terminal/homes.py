"""A saved deployment to go on with, what is saved of it, and the way to it on the screen."""

import json
from pathlib import Path
from typing import Any

from tests.terminal.window import Window
from wizard.model.deployment import Deployment, Node
from wizard.store.library import Library

HQ = Deployment(
    name="HQ", nodes=tuple(Node(f"expe{number}.example.com", "edge", cluster="hq") for number in range(3))
)
FILE = "deployments/hq.json"


def say(key: str, /, **args: str) -> str:
    """Words are of no interest here."""
    return key


def save(home: Path, deployment: Deployment = HQ) -> None:
    """Save a deployment as the wizard does."""
    Library(home / "deployments", say=say).create(deployment).close()


def saved(home: Path, file: str = FILE) -> dict[str, Any]:
    """What is saved."""
    found: dict[str, Any] = json.loads((home / file).read_text(encoding="utf-8"))
    return found


def releases(home: Path, file: str = FILE) -> list[str | None]:
    """The releases that are saved, node by node."""
    return [node.get("release") for node in saved(home, file)["node"]]


def go_on(window: Window, number: int = 0) -> None:
    """From home to the saved deployment, which asks for the release of that node."""
    window.expect("New deployment")
    window.type("2", "enter")
    window.expect("Saved deployments", "HQ")
    window.type("enter")
    window.expect(asked(number))


def asked(number: int) -> str:
    """The question for the release of a node."""
    return f"Which release does expe{number}.example.com run?"


def answer(window: Window, number: int, release: str) -> None:
    """Answer it, and see that it was taken and saved."""
    window.type(release, "enter")
    window.expect(asked(number + 1), " saved")
