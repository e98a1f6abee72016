"""However a session ends, what was answered is saved, and it is said how to go on."""

import pytest

from tests.faces.plain.scripted import NEW, SIGNAL, STOP, MemoryDesk, talk
from wizard.faces.plain.console import EndedError
from wizard.model.problems import Problem, ProblemsError

FULL = ProblemsError((Problem("hq.json", "", "disk-full", "The disk is full."),))


@pytest.mark.parametrize("ending", [["q"], [], ["quit"]])
def test_quitting_and_the_end_of_input_say_where_it_is_saved(ending: list[str]) -> None:
    talked = talk([*NEW, "none", "1", *ending])
    assert talked.status == 0
    assert "Saved in saved/hq.json." in talked.out
    assert "eku-wizard start saved/hq.json --plain\n" in talked.out
    assert talked.desk.closed == 1


def test_each_answer_is_saved_before_the_next_question() -> None:
    kept = talk([*NEW, "none", "1", "none", "q"]).desk.kept
    assert [state.public_ca for state in kept] == [None, None, "yes", "yes"]
    assert "uses/b2b-sip" in kept[-1].origins


def test_each_node_of_a_list_is_saved_as_it_comes() -> None:
    talked = talk([*NEW, "expe1", "expe2"])
    assert [len(state.nodes) for state in talked.desk.kept] == [0, 1, 2]


def test_a_signal_ends_with_its_number_and_loses_nothing() -> None:
    talked = talk([*NEW, "none", "1", STOP])
    assert talked.status == 128 + SIGNAL
    assert talked.deployment.public_ca == "yes"
    assert "Saved in saved/hq.json." in talked.out
    assert talked.desk.closed == 1


def test_a_signal_before_anything_is_chosen_ends_too() -> None:
    assert talk([STOP]).status == 128 + SIGNAL


def test_the_end_of_input_before_anything_is_chosen_is_no_success() -> None:
    assert talk([]).status == 1


def test_where_nothing_can_be_saved_it_is_said_once_and_the_work_goes_on() -> None:
    desk = MemoryDesk(fails=FULL)
    talked = talk([*NEW, "none", "1", "none", "q", "y"], desk=desk)
    assert talked.out.count("Not saved: hq.json: The disk is full. The work") == 1
    assert "Not saved: hq.json: The disk is full.\n" in talked.out
    assert "All questions are answered." in talked.out
    assert talked.status == 1


def test_one_who_leaves_with_answers_in_memory_only_is_asked_first() -> None:
    talked = talk([*NEW, "none", "q", "no", "1", "q", "yes"], desk=MemoryDesk(fails=FULL))
    assert talked.out.count("The answers are in memory only.") == 2
    assert talked.asked[-1] == "uses"


def test_when_saving_works_again_that_is_said_too() -> None:
    class Recovers(MemoryDesk):
        def _keep(self, deployment: object) -> None:
            if getattr(deployment, "public_ca", None):
                self.fails = None
            super()._keep(deployment)  # type: ignore[arg-type]

    talked = talk([*NEW, "none", "1", "q"], desk=Recovers(fails=FULL))
    assert "Saved again in saved/hq.json." in talked.out
    assert "Saved in saved/hq.json." in talked.out


def test_when_nobody_reads_any_more_it_ends_without_a_word() -> None:
    from tests.faces.paths import AS_OF, PROGRAM, knowledge
    from tests.faces.plain.scripted import Script
    from wizard.faces import plain
    from wizard.faces.plain.console import Console

    class Closed(Script):
        def write(self, text: str) -> None:
            if "Which Expressway nodes" in text:
                self.gone = True
            if getattr(self, "gone", False):
                raise EndedError
            super().write(text)

    desk, script = MemoryDesk(), Closed([*NEW, "none"])
    status = plain.run(Console(script, knowledge().words), desk, knowledge(), AS_OF, PROGRAM)
    assert status == 1
    assert desk.closed == 1
    assert desk.kept[-1].name == "path"
