"""Leaving a deployment: at once where all of it is saved, asked first where it is in memory only."""

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wizard.faces.tui.flow import Flow


def leave(flow: "Flow", then: Callable[[], object]) -> None:
    """Close the deployment and do `then`; where it could not be saved, only if that is wanted."""

    def go() -> None:
        flow.leave()
        then()

    if flow.desk.state == "memory":
        _ask(flow, go)
    else:
        go()


def _ask(flow: "Flow", go: Callable[[], None]) -> None:
    from wizard.faces.tui.screens.small import Choice, PickScreen

    def answered(key: str | None) -> None:
        if key == "leave":
            go()
        elif key == "save":
            from wizard.faces.tui import routes

            routes.show(flow, "saving")

    say, frame = flow.desk.words.say, flow.app.frame
    choices = [
        Choice("save", say("tui.unsaved.save"), say("tui.unsaved.save-detail")),
        Choice("stay", say("tui.unsaved.stay")),
        Choice("leave", say("tui.unsaved.leave"), say("tui.unsaved.leave-detail")),
    ]
    flow.app.push_screen(PickScreen(frame.where(), say("tui.unsaved.heading"), [], choices), answered)
