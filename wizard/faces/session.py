"""`Session`: one deployment being worked on, whatever face shows it: answers, the way back, undo, saving.

Knows no screen and no file: what saving means is handed in. Everything derived (walk, assessment, plan) is
made when asked for and kept until the deployment changes.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from wizard.domain import answers
from wizard.domain.assess import assess
from wizard.domain.changes import changes, snapshot
from wizard.domain.plan import plan
from wizard.domain.walk import walk
from wizard.model.deployment import Deployment
from wizard.model.knowledge import Knowledge, Question
from wizard.model.plan import Asked, Assessment, Change, Plan, Walk

Given = str | Mapping[str, str]

_UNDO = 200


class ReadOnlyError(Exception):
    """The deployment cannot be changed here: another window writes it, and this one watches."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where one is: the question shown, its number (from 1), and how many there may be."""

    asked: Asked
    number: int
    total: int


class Session:
    """See the module. `save` is called with each new state; it may raise, then nothing here has changed.

    Questions are identified by the path that they fill (`Asked.key`), uses by "uses".
    """

    def __init__(
        self,
        knowledge: Knowledge,
        deployment: Deployment,
        as_of: date,
        program: str,
        save: Callable[[Deployment], None] = lambda deployment: None,
    ) -> None:
        self.knowledge, self.as_of, self.program = knowledge, as_of, program
        self._save = save
        self._deployment = deployment
        self._undo: list[Deployment] = []
        self._way: list[str] = []
        self._at: str | None = None
        self._questions: tuple[Asked, ...] | None = None
        self._walk: Walk | None = None
        self._assessment: Assessment | None = None
        self._plan: Plan | None = None
        self.revision = 0
        """Counts the changes, so that whoever keeps something derived can tell that it is out of date."""

    # The deployment

    @property
    def deployment(self) -> Deployment:
        """All that is known."""
        return self._deployment

    def change(self, deployment: Deployment) -> None:
        """Take a changed deployment, keeping the one before for `undo`, and save it."""
        if deployment == self._deployment:
            return
        before = self._deployment
        self._take(deployment)
        self._undo = [*self._undo[-_UNDO + 1 :], before]

    def undo(self) -> bool:
        """Back to the deployment before the last change; whether there was one."""
        if not self._undo:
            return False
        self._take(self._undo[-1])
        self._undo.pop()
        return True

    def _take(self, deployment: Deployment) -> None:
        self._save(deployment)
        self._put(deployment)

    def _put(self, deployment: Deployment) -> None:
        before, assessment = self._deployment, self._assessment
        self._deployment = deployment
        self._plan = None
        if replace(deployment, saved=before.saved, troubles=before.troubles) == before:
            # A tick, a note, a revision: only the plan looks at them.
            self._assessment = replace(assessment, deployment=deployment) if assessment is not None else None
        else:
            self._walk = self._assessment = self._questions = None
        self.revision += 1

    def replace(self, deployment: Deployment) -> None:
        """Take a deployment as it is elsewhere, without saving it."""
        self._put(deployment)
        self._undo.clear()

    def save_by(self, save: Callable[[Deployment], None]) -> None:
        """Save in another way from now on."""
        self._save = save

    # What follows from it

    @property
    def walk(self) -> Walk:
        """The way through the tree."""
        if self._walk is None:
            self._walk = walk(self.knowledge, self._deployment)
        return self._walk

    @property
    def assessment(self) -> Assessment:
        """How the deployment stands."""
        if self._assessment is None:
            self._assessment = assess(self.knowledge, self._deployment, self.as_of)
        return self._assessment

    @property
    def plan(self) -> Plan:
        """The action plan."""
        if self._plan is None:
            self._plan = plan(self.knowledge, self.assessment, self.program)
        return self._plan

    @property
    def plan_if_made(self) -> Plan | None:
        """The action plan, where it has been asked for since the last change."""
        return self._plan

    def preview(self, deployment: Deployment) -> tuple[Change, ...]:
        """What would change in the plan if the deployment became that one."""
        return answers.preview(self.knowledge, self._deployment, deployment, self.as_of)

    def since_last_time(self) -> tuple[Change, ...]:
        """What differs between the plan as it was when the deployment was last saved, and as it is today.

        Nothing where it was last saved today with the same edition of the content.
        """
        saved = self._deployment.saved
        day = saved.as_of
        if day is None or (day >= self.as_of and saved.edition in ("", self.knowledge.edition.id)):
            return ()
        then = snapshot(plan(self.knowledge, assess(self.knowledge, self._deployment, day), self.program))
        before = replace(then, edition=saved.edition or then.edition)
        return changes(self.knowledge, before, self.plan)

    # The questions

    def questions(self) -> tuple[Asked, ...]:
        """Every question on the way, answered or not, in the order in which it is asked; the uses as one."""
        if self._questions is None:
            self._questions = self._in_order()
        return self._questions

    def _in_order(self) -> tuple[Asked, ...]:
        walk = self.walk
        open_ = (walk.next, *walk.ahead) if walk.next is not None else walk.ahead
        found: dict[str, Asked] = {}
        for asked in (*walk.path, *open_):
            if asked is None:
                continue
            one = _as_one(asked)
            if one.key not in found:
                found[one.key] = one
            elif one.key == "uses":
                found["uses"] = _joined(found["uses"], asked)
        order = list(self.knowledge.questions)
        nodes = [node.name for node in self._deployment.nodes]
        return tuple(
            sorted(
                found.values(),
                key=lambda asked: (
                    order.index(asked.question), nodes.index(asked.about) if asked.about in nodes else -1
                ),
            )
        )  # fmt: skip

    def question(self, asked: Asked) -> Question:
        """The question as content has it."""
        return self.knowledge.questions[asked.question]

    @property
    def place(self) -> Place | None:
        """The question to show: the one gone to, else the first without an answer; None at the end."""
        questions = self.questions()
        wanted = self._at
        if wanted is None:
            following = self.walk.next
            wanted = _as_one(following).key if following is not None else None
        for number, asked in enumerate(questions, 1):
            if asked.key == wanted:
                return Place(asked, number, len(questions))
        return None

    def go_to(self, key: str) -> None:
        """Show the question that fills `key` next."""
        self._at = key

    def answer(self, value: Given) -> None:
        """Answer the question shown, and go on to the next.

        Raises:
            wizard.domain.answers.AnswerError: it is not an answer to that question; nothing has changed.
        """
        place = self.place
        if place is None:
            return
        self.change(self.answered(place.asked, value))
        self.go_on(place.asked)

    def answered(self, asked: Asked, value: Given) -> Deployment:
        """The deployment with that answer, which is not taken yet.

        Raises:
            wizard.domain.answers.AnswerError: it is not an answer to that question.
        """
        return answers.answer(self.knowledge, self._deployment, asked, value)

    def go_on(self, asked: Asked) -> None:
        """Leave the question for the next: the one seen after it where one came back, else the first open."""
        keys = {each.key for each in self.questions()}
        self._way = [key for key in self._way if key in keys]
        if asked.key not in self._way:
            self._way.append(asked.key)
            self._at = None
            return
        at = self._way.index(asked.key) + 1
        self._at = self._way[at] if at < len(self._way) else None

    def back(self) -> bool:
        """Show the question seen before this one; whether there is one.

        Where none was seen in this session, it is the last answered one before it in the order of asking.
        """
        questions = self.questions()
        place = self.place
        keys = [asked.key for asked in questions]
        self._way = [key for key in self._way if key in keys]
        if place is None:
            before = self._way[-1:] or [asked.key for asked in questions if asked.answer][-1:]
        elif place.asked.key in self._way:
            before = self._way[: self._way.index(place.asked.key)][-1:]
        else:
            before = self._way[-1:]
        if not before and place is not None:
            before = keys[: place.number - 1][-1:]
            self._way = before + self._way
        if not before:
            return False
        self._at = before[0]
        return True

    def same_for_all(self, asked: Asked, value: str) -> Deployment:
        """The deployment with that answer for every node for which this question is open, `asked` too."""
        changed = self.answered(asked, value)
        walk = self.walk
        for other in (walk.next, *walk.ahead):
            if other is not None and other.question == asked.question and other.key != asked.key:
                changed = answers.answer(self.knowledge, changed, other, value)
        return changed


def _as_one(asked: Asked) -> Asked:
    """The uses are asked on one screen, whichever of them is meant."""
    return replace(asked, key="uses") if asked.key.startswith("uses/") else asked


def _joined(uses: Asked, one: Asked) -> Asked:
    """The answers of the uses as one: what is yes or unknown, and the origin that is not by hand."""
    origin = uses.origin if uses.origin in ("dump", "certificate") else one.origin
    return replace(uses, answer=uses.answer or one.answer, origin=origin, detail=uses.detail or one.detail)
