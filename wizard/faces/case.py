"""`Case`: one troubleshooting being worked on, whatever face shows it: symptom, answers, lines, the way back.

Knows no screen and no file. What follows is asked of the domain anew after each change; answers are never
lost: one that is off the way lies dormant, and comes back with it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from itertools import takewhile

from wizard.domain.troubleshoot import note_of, run, troubleshooting_of
from wizard.domain.verify import check_of, verify
from wizard.model.deployment import Deployment, TroubleNote
from wizard.model.diagnosis import Asked, Scan, TroubleResult, Verification, Way
from wizard.model.knowledge import Knowledge, State


class Case:
    """See the module. `remedy` is the way out that was looked at last, "" before one was.

    `predictions` is the worst state predicted today of each connection (`domain.troubleshoot.worst_today`).
    """

    def __init__(
        self,
        knowledge: Knowledge,
        as_of: date,
        deployment: Deployment | None = None,
        predictions: Mapping[str, State] | None = None,
    ) -> None:
        self.knowledge, self.as_of, self.deployment = knowledge, as_of, deployment
        self._predictions = predictions or {}
        self.symptom: str | None = None
        self.answers: dict[str, str] = {}
        self.found: Scan | None = None
        self.remedy = ""
        self.checked: dict[str, Verification] = {}
        """What was pasted of the checks says, by step; the one looked at last stands last."""
        self._asked_again: str | None = None
        self._result: TroubleResult | None = None

    @property
    def result(self) -> TroubleResult:
        """Where it stands."""
        if self._result is None:
            result = run(
                self.knowledge,
                self.symptom,
                self.answers,
                deployment=self.deployment,
                predictions=self._predictions,
                found=self.found,
            )
            last = next(reversed(self.checked.values()), None)
            self._result = replace(result, verification=last)
        return self._result

    @property
    def question(self) -> Asked | None:
        """The question to show: the one gone back to, else the next; None where there is a diagnosis."""
        result = self.result
        again = next((asked for asked in result.path if asked.question == self._asked_again), None)
        if again is not None:
            return again
        return None if result.diagnosis is not None else result.next

    @property
    def number(self) -> int:
        """The number of the question that is shown, from 1; what is known without asking does not count."""
        shown = self.question.question if self.question is not None else None
        before = takewhile(lambda asked: asked.question != shown, self.result.path)
        return 1 + sum(1 for asked in before if asked.question in self.answers)

    def way(self, remedy: str) -> Way | None:
        """The remedy of that id."""
        return next((way for way in self.result.remedies if way.id == remedy), None)

    # What changes it

    def begin(self, symptom: str | None) -> None:
        """Go by this symptom; None: by the lines alone. What was answered before is kept."""
        self.symptom = symptom
        self._asked_again = None
        self._changed()

    def answer(self, value: str) -> None:
        """Answer the question that is shown."""
        asked = self.question
        if asked is not None:
            self.answers[asked.question] = value
            self._asked_again = None
            self._changed()

    def ask_again(self, question: str) -> None:
        """Show a question of the way once more, also one that was known without asking."""
        self._asked_again = question

    def back(self) -> bool:
        """Show the question answered before the one shown; whether there is one."""
        shown = self.question.question if self.question is not None else None
        path = takewhile(lambda asked: asked.question != shown, self.result.path)
        before = [asked.question for asked in path if asked.question in self.answers]
        if not before:
            return False
        self._asked_again = before[-1]
        return True

    def read(self, found: Scan) -> None:
        """Take what was found in lines."""
        self.found = found
        self._changed()

    def check(self, step: str, lines: Iterable[str]) -> Verification | None:
        """What the output of a step's check says; None where the step has no check."""
        check = check_of(troubleshooting_of(self.knowledge), step)
        if check is None:
            return None
        self.checked.pop(step, None)
        self.checked[step] = verification = verify(self.knowledge, step, check, lines)
        self._changed()
        return verification

    def note(self, *, keep_lines: bool) -> TroubleNote:
        """What the deployment keeps of it."""
        return note_of(self.result, self.as_of, self.remedy, keep_lines=keep_lines)

    def _changed(self) -> None:
        self._result = None
