"""`Talk`: what every part of the line mode is handed: the console, the session, the desk."""

from dataclasses import dataclass, field

from wizard.domain import horizon
from wizard.faces import command
from wizard.faces.plain.console import Console
from wizard.faces.plain.desk import Desk
from wizard.faces.session import Session
from wizard.model.deployment import ROLES, Deployment
from wizard.model.knowledge import Knowledge
from wizard.model.plan import Asked, OptionOutlook
from wizard.model.problems import Problem, ProblemsError
from wizard.model.words import Words

MOST_TO_TRY = 1500
"""Open questions times nodes up to which it is looked ahead after an answer: beyond, it takes seconds."""


@dataclass(slots=True)
class Talk:
    """See the module. `failed` is whether anything was refused or could not be read or saved."""

    console: Console
    session: Session
    desk: Desk
    context: command.Context
    failed: bool = False
    unsaved: str = ""
    settled_said: bool = field(default=False)

    @property
    def knowledge(self) -> Knowledge:
        """All that is known."""
        return self.session.knowledge

    @property
    def words(self) -> Words:
        """The words of the language."""
        return self.session.knowledge.words

    def change(self, deployment: Deployment) -> None:
        """Take a changed deployment, and save it."""
        if deployment != self.session.deployment:
            self.session.change(deployment)
            self.keep()

    def undo(self) -> bool:
        """Take back the last change, and save that; whether there was one."""
        undone = self.session.undo()
        if undone:
            self.keep()
        return undone

    def keep(self) -> None:
        """Save what is there. Where that fails, say so once, and go on in memory."""
        try:
            self.desk.keep(self.session)
        except ProblemsError as error:
            why = error.problems[0].line()
            if why != self.unsaved:
                self.console.say("plain.not-saved", why=why)
            self.unsaved, self.failed = why, True
            return
        if self.unsaved:
            self.unsaved = ""
            self.console.say("plain.saved-again", place=self.desk.place())

    def tell(self, problems: tuple[Problem, ...]) -> None:
        """Problems, a line each."""
        for problem in problems:
            self.console.put(problem.line())
        self.failed = self.failed or bool(problems)

    def standing(self) -> None:
        """The live line: how options A to D stand, and whether what is left to ask can still change that."""
        self.console.put(standing_words(self.session, self.words))
        settled = self.is_settled()
        if settled and not self.settled_said:
            self.console.say("plain.settled")
        self.settled_said = settled

    def is_settled(self) -> bool:
        """Whether questions are left and none can change the options recommended, as far as is looked."""
        session, walk = self.session, self.session.walk
        if walk.next is None or session.assessment.outcome == "open":
            return False
        nodes = max(1, len(session.deployment.nodes))
        if (1 + len(walk.ahead)) * nodes > MOST_TO_TRY:
            return False
        return horizon.settled(self.knowledge, session.deployment, session.as_of)

    def first_open(self) -> str:
        """The key of the first question without an answer, "" where all have one."""
        following = self.session.walk.next
        return "" if following is None else key_of(following)


def key_of(asked: Asked) -> str:
    """The key by which a session knows a question: the uses are one."""
    return "uses" if asked.key.startswith("uses/") else asked.key


def standing_words(session: Session, words: Words) -> str:
    """How each option stands, in one line; told for each role where they differ."""
    if session.assessment.outcome == "open":
        return words.say("plain.standing-open")
    told = [_option(words, option) for option in session.assessment.options.values()]
    return words.say("plain.standing", options="; ".join(told))


def _option(words: Words, option: OptionOutlook) -> str:
    verdicts = {role: words.say(f"verdict.{option.roles[role].verdict}") for role in ROLES}
    if len(set(verdicts.values())) == 1:
        return words.say("plain.option-both", option=option.id, verdict=verdicts["core"])
    return words.say("plain.option-each", option=option.id, **verdicts)
