"""`WorkFrame`: a screen of the deployment that is open; from each the others are one key away."""

from typing import ClassVar

from textual.binding import BindingType

from wizard.faces.session import Session
from wizard.faces.tui import keys, routes
from wizard.faces.tui.frame import Frame


class WorkFrame(Frame[None]):
    """See the module. Screens that are `replaceable` take each other's place."""

    replaceable = True
    BINDINGS: ClassVar[list[BindingType]] = list(keys.WORK)
    hints: ClassVar[tuple[str, ...]] = ("go-on", "back", "plan", "help", "commands")

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session

    def on_screen_resume(self) -> None:
        """Another screen may have changed what is known."""
        self.redraw()

    def command_line(self) -> str:
        """The command that prints the plan of this deployment."""
        from wizard.faces.tui import doors

        return doors.plan_command(self.wizard)

    def action_show(self, name: str) -> None:
        """Another screen of the deployment."""
        routes.show(self.wizard.flow, name)

    def action_undo(self) -> None:
        """Take the last change back."""
        if self.wizard.flow.undo():
            self.undone()
            self.tell(self.say("tui.undone"))

    def undone(self) -> None:
        """What is shown may be out of date."""
        self.redraw()
