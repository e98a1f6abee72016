"""The way to each screen, by name: what home, the keys and the palette open."""

import importlib
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from wizard.faces.tui.flow import Flow
    from wizard.faces.tui.frame import Frame
    from wizard.faces.tui.sheet import Sheet

_OF_A_DEPLOYMENT = {
    "options": "options:OptionsScreen",
    "review": "review:ReviewScreen",
    "plan": "plan:PlanScreen",
    "nodes": "nodes:NodesScreen",
    "certificates": "certificates:CertificatesScreen",
    "save": "save:SaveScreen",
    "tree": "tree:TreeScreen",
}
"""Made for the session, by module and class, and imported when they are opened."""


COMMANDS = ("settings", "faq", "troubleshoot", "command-line", "home")
"""What the palette opens from everywhere."""

COMMANDS_OF_A_DEPLOYMENT = (*_OF_A_DEPLOYMENT, "load", "about", "saving", "take-over")
"""What it opens besides while a deployment is open."""


def open_from_home(flow: "Flow", what: str) -> None:
    """What is picked on home, the knowledge being there."""
    match what:
        case "continue":
            from wizard.faces.tui.screens.saved import SavedScreen

            flow.app.push_screen(SavedScreen(flow.library()))
        case "example":
            from wizard.faces.tui.screens.reading import ReadingScreen

            example = str(flow.desk.options.content / "example.toml")
            flow.app.push_screen(ReadingScreen([example], begin="example"))
        case "open":
            from wizard.faces.tui.screens.files import FilesScreen

            flow.app.push_screen(FilesScreen(begin="new"))
        case _:
            show(flow, what)


def show(flow: "Flow", name: str) -> None:
    """A screen by name. Those over the questions take each other's place, so that Back leads to the
    questions."""
    match name:
        case "about":
            _about(flow)
        case "load":
            from wizard.faces.tui.screens.files import FilesScreen

            flow.app.push_screen(FilesScreen(begin=""))
        case "faq":
            from wizard.faces.tui import doors

            doors.faq(flow.app)
        case "saving":
            from wizard.faces.tui.screens.trouble import SavingTroubleScreen

            flow.app.push_screen(SavingTroubleScreen())
        case "settings":
            from wizard.faces.tui.screens.settings import SettingsScreen

            flow.app.push_screen(SettingsScreen())
        case "command-line":
            from wizard.faces.tui.screens.small import ReadScreen

            say, line = flow.desk.words.say, flow.app.frame.command_line()

            def draw(sheet: "Sheet") -> None:
                sheet.text(say("tui.help.command"), "accent")
                sheet.gap()
                sheet.text([(line, "code")], hang=4, wide=True)

            flow.app.push_screen(ReadScreen(say("tui.help.command"), draw))
        case "home":
            flow.go_home()
        case "take-over":
            flow.take_back()
        case "troubleshoot":
            from wizard.faces.tui import doors

            doors.troubleshoot(flow.app)
        case _:
            _of_the_deployment(flow, name)


def _of_the_deployment(flow: "Flow", name: str) -> None:
    module, _, cls = _OF_A_DEPLOYMENT[name].partition(":")
    make = getattr(importlib.import_module(f"wizard.faces.tui.screens.{module}"), cls)
    screen = cast("Frame[None]", make(flow.session))
    here = flow.app.frame
    if not (screen.replaceable and here.replaceable):
        flow.app.push_screen(screen)
    elif type(screen) is not type(here):
        flow.app.switch_screen(screen)


def _about(flow: "Flow") -> None:
    from wizard.faces.tui.screens.about import AboutScreen
    from wizard.model.deployment import Deployment

    def take(deployment: Deployment | None) -> None:
        if deployment is not None:
            flow.change(deployment)

    flow.app.push_screen(AboutScreen(flow.session.deployment, new=False), take)
