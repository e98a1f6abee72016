"""From one part of the wizard to another: plan to trouble and back, answer to question, step or symptom.

Each opens a screen over the one that is shown, so that Back leads to where one came from.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from wizard.faces import command
from wizard.faces.tui.shelf import with_everything

if TYPE_CHECKING:
    from wizard.faces.case import Case
    from wizard.faces.tui.app import WizardApp

FILE = "DEPLOYMENT.json"
"""Stands in a command for a deployment that has no file."""


def troubleshoot(app: "WizardApp", symptom: str = "") -> None:
    """Guided troubleshooting: of a symptom, or from its beginning. With a deployment where one is open."""
    from wizard.faces.tui.screens.trouble_case import CaseScreen
    from wizard.faces.tui.screens.troubleshoot import SymptomsScreen
    from wizard.faces.tui.trouble import new_case

    def show(_: object) -> None:
        case = new_case(app)
        if symptom:
            case.begin(symptom)
            app.push_screen(CaseScreen(case))
        else:
            app.push_screen(SymptomsScreen(case))

    with_everything(app, show)


def faq(app: "WizardApp", entry: str = "") -> None:
    """The FAQ, or one of its answers."""
    from wizard.faces.tui.screens.faq import AnswerScreen, FaqScreen

    def show(_: object) -> None:
        app.push_screen(AnswerScreen(entry) if entry else FaqScreen())

    with_everything(app, show)


def steps(app: "WizardApp", rule: str) -> bool:
    """The step of the open plan with that id, or the first that its rule made; false: there is none."""
    from wizard.faces.tui.screens.step import StepScreen

    session = app.desk.session
    if session is None:
        return False
    found = next((step.id for step in session.plan.steps if rule in (step.id, step.rule)), None)
    if found is None:
        return False
    app.push_screen(StepScreen(session, found))
    return True


def question(app: "WizardApp", id: str) -> bool:
    """The question of the deployment that is open, where it is on the way; false: it is not asked.

    The screens over the questions are left, so that one is among the questions again.
    """
    from wizard.faces.tui.screens.question import QuestionScreen

    session = app.desk.session
    if session is None:
        return False
    key = next((asked.key for asked in session.questions() if asked.question == id), None)
    if key is None:
        return False
    session.go_to(key)
    if any(isinstance(screen, QuestionScreen) for screen in app.screen_stack):
        while not isinstance(app.screen, QuestionScreen):
            app.pop_screen()
    else:
        app.push_screen(QuestionScreen(session))
    return True


def context(app: "WizardApp") -> command.Context:
    """What every command line repeats."""
    return app.desk.options.said


def saved_at(app: "WizardApp") -> str | Path:
    """The file of the deployment that is open, for a command line."""
    return app.flow.saved_at or FILE


def plan_command(app: "WizardApp", output: Path | None = None, *, handover: bool = False) -> str:
    """The command that prints the plan, or writes it to `output`."""
    return command.plan([saved_at(app)], context(app), output=output, handover=handover)


def start_command(app: "WizardApp", file: Path) -> str:
    """The command that goes on from a plan."""
    return command.start([file], context(app))


def trouble_command(app: "WizardApp", case: "Case") -> str:
    """The command that gives the same diagnosis; lines are read from stdin again."""
    deployment = saved_at(app) if case.deployment is not None else None
    symptom = case.symptom or "-"
    return command.troubleshoot(symptom, case.answers, context(app), deployment=deployment)
