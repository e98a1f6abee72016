"""Where the line mode begins."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest

from tests.faces.paths import knowledge
from tests.faces.plain.scripted import NEW, MemoryDesk, talk, whole_faq
from wizard.faces.plain.desk import DamagedButKeptError, HeldElsewhereError, Read, Shelved
from wizard.model.deployment import Certificate, Deployment, Node, Origin, Store
from wizard.model.problems import Problem, ProblemsError

HELD = HeldElsewhereError((Problem("hq.json", "", "held", "It is open in another window."),))
DAMAGED = DamagedButKeptError((Problem("hq.json", "", "damaged", "It is damaged."),))
GONE = ProblemsError((Problem("hq.json", "", "missing", "There is no such file."),))


def shelved(slug: str, **told: str) -> Shelved:
    """A saved deployment as home lists it."""
    return Shelved(slug, slug.upper(), "Corp", date(2026, 11, 1), readable=True, **told)


def test_saved_deployments_are_listed_with_date_and_where_they_stand() -> None:
    desk = MemoryDesk(
        shelf=(shelved("hq", question="release", about="expe1"), shelved("lab", outcome="monitor"))
    )
    out = talk([], desk=desk).out
    assert "3. HQ, Corp, saved 2026-11-01. Next: Which release does expe1 run?" in out
    assert f"4. LAB, Corp, saved 2026-11-01. {knowledge().words.say('outcome.monitor.title')}" in out


def test_a_saved_deployment_is_gone_on_with_at_its_first_open_question() -> None:
    deployment = Deployment(name="hq", public_ca="yes", origins={"nodes": Origin("answered")})
    talked = talk(["3", "none", "q"], desk=MemoryDesk(shelf=(shelved("hq"),), opens={"hq": deployment}))
    assert talked.asked[0] == "uses"
    assert set(talked.deployment.uses.values()) == {"no"}


def test_the_example_can_be_looked_at() -> None:
    talked = talk(["2", "q"])
    assert talked.asked == ("nodes",)


def test_a_deployment_of_another_window_is_taken_over_only_when_that_is_agreed() -> None:
    desk = MemoryDesk(shelf=(shelved("hq"),), opens={"hq": HELD})
    talked = talk(["3", "no", "q"], desk=desk)
    assert "It is open in another window." in talked.out
    assert not desk.taken_over
    talk(["3", "yes", "none", "q"], desk=desk)
    assert desk.taken_over
    assert desk.kept[-1].name == "taken over"


def test_of_a_damaged_deployment_the_state_before_is_offered() -> None:
    desk = MemoryDesk(shelf=(shelved("hq"),), opens={"hq": DAMAGED})
    talked = talk(["3", "y", "none", "q"], desk=desk)
    assert "It is damaged." in talked.out
    assert desk.kept[-1].name == "state before"


def test_what_cannot_be_opened_says_why_and_something_else_can_be_chosen() -> None:
    desk = MemoryDesk(shelf=(shelved("hq"),), opens={"hq": GONE})
    talked = talk(["3", "1", "new", "", "none", "q"], desk=desk)
    assert "There is no such file." in talked.out
    assert talked.deployment.name == "new"


def test_quitting_at_once_leaves_nothing_behind() -> None:
    talked = talk(["q"])
    assert talked.status == 0
    assert talked.desk.kept == []
    assert talked.desk.closed == 1


def test_a_command_that_means_nothing_yet_says_so() -> None:
    assert "Not yet: first choose what to work on." in talk(["r", "q"]).out


def test_files_of_the_command_line_prefill_and_what_was_refused_is_said() -> None:
    told = Deployment(name="", nodes=(Node("expe1", "edge"),), public_ca="yes")
    problem = Problem("bad.pem", "", "empty", "There is nothing in it.")
    desk = MemoryDesk(answers={("hq.pem", "bad.pem"): Read(told, problems=(problem,))})
    talked = talk(["Told", "q"], desk=desk, files=("hq.pem", "bad.pem"))
    assert "bad.pem: There is nothing in it." in talked.out
    assert talked.desk.kept[0].name == "Told"
    assert talked.asked[0] == "release, expe1"
    assert talked.status == 1


def test_a_file_that_cannot_be_gone_on_from_ends_with_the_reason() -> None:
    class Refusing(MemoryDesk):
        def read(self, *_: object) -> Read:
            raise ProblemsError((Problem("plan.md", "", "no-block", "This plan holds no deployment."),))

    talked = talk([], desk=Refusing(), files=("plan.md",))
    assert talked.status == 1
    assert "plan.md: This plan holds no deployment." in talked.out


def test_a_certificate_that_fits_no_node_is_put_where_it_is_said() -> None:
    known = Deployment(name="hq", nodes=(Node("expe1", "edge"),))
    first = Read(known, problems=(Problem("x.pem", "", "prefill", "It fits no node."),), unplaced=("x.pem",))
    desk = MemoryDesk(answers={("hq.toml", "x.pem"): replace(first, began_with="hq.toml")})
    talked = talk(["expe1 client", "q"], desk=desk, files=("hq.toml", "x.pem"))
    assert talked.desk.placed == {"x.pem": ("expe1", "client")}
    assert "Which node does the certificate in x.pem belong to?" in talked.out


class _Places(MemoryDesk):
    """Has no more to say against a certificate once its place is known."""

    def read(
        self, paths: tuple[str, ...], known: Deployment | None, placed: Mapping[str, tuple[str, Store]]
    ) -> Read:
        node = Node("expe1", "edge", server_certificate=Certificate(ca="private") if placed else None)
        if placed:
            return Read(Deployment(name="hq", nodes=(node,)))
        problem = Problem("x.pem", "", "prefill-certificate-unmatched", "It fits no node.")
        return Read(Deployment(name="hq", nodes=(node,)), problems=(problem,), unplaced=("x.pem",))


@pytest.mark.parametrize(("lines", "status"), [(["expe1", "q"], 0), (["", "q"], 1), (["q"], 1), ([], 1)])
def test_a_certificate_that_was_placed_by_hand_is_no_failure(lines: list[str], status: int) -> None:
    talked = talk(lines, desk=_Places(), files=("x.pem",))
    assert talked.status == status
    assert "x.pem: It fits no node." in talked.out
    assert (talked.deployment.nodes[0].server_certificate is not None) == (status == 0)


@pytest.mark.parametrize(("place", "status"), [("expe1", 0), ("", 1)])
def test_a_certificate_that_is_loaded_later_and_placed_is_no_failure(place: str, status: int) -> None:
    assert talk([*NEW, "l x.pem", place, "yes", "q"], desk=_Places()).status == status


def test_a_saved_deployment_is_renamed_copied_and_deleted_by_its_number() -> None:
    desk = MemoryDesk(shelf=(shelved("hq"), shelved("lab")))
    talked = talk(["rename 3 Head office", "copy 4", "delete 4", "no", "delete 4", "yes", "q"], desk=desk)
    assert [one.name for one in talked.desk.shelf] == ["Head office", "LAB (copy)"]
    assert "HQ is now called Head office." in talked.out
    assert "LAB is deleted." in talked.out


@pytest.mark.parametrize("line", ["rename 3", "delete", "copy 9 x", "delete 2", "rename x y"])
def test_what_names_no_saved_deployment_changes_nothing(line: str) -> None:
    desk = MemoryDesk(shelf=(shelved("hq"),))
    talked = talk([line, "q"], desk=desk)
    assert talked.desk.shelf == (shelved("hq"),)
    assert "is not one of the answers" in talked.out or "It needs a name" in talked.out


def test_what_cannot_be_deleted_says_why() -> None:
    talked = talk(["delete 3", "yes", "q"], desk=MemoryDesk(shelf=(shelved("hq"),), opens={"hq": HELD}))
    assert "It is open in another window." in talked.out and talked.desk.shelf


@pytest.mark.parametrize("line", ["h", "?"])
def test_help_at_home_tells_what_can_be_done_there(line: str) -> None:
    assert "delete 3" in talk([line, "q"]).out


def test_the_faq_is_listed_searched_and_told_by_number() -> None:
    everything, answers = whole_faq()
    entries = list(everything.faq.values())
    out = flat(talk(["f", "q"]).out)
    assert all(everything.words.say(f"faq.{entry.id}.question") in out for entry in entries)
    first = entries[0]
    out = flat(talk(["1", "new", "", "f 1", "q"]).out)
    assert everything.words.say(f"faq.{first.id}.question") in out
    assert flat(answers[first.id].splitlines()[0]) in out and "Source: " in out
    assert "No answer holds these words" in talk(["f zzzz", "q"]).out
    assert "There is no answer 99." in talk(["f 99", "q"]).out


@pytest.mark.parametrize("number", range(1, 28))
def test_every_answer_of_the_faq_can_be_told(number: int) -> None:
    entry = list(whole_faq()[0].faq.values())[number - 1]
    assert whole_faq()[0].words.say(f"faq.{entry.id}.question") in flat(talk([f"f {number}", "q"]).out)


def flat(text: str) -> str:
    """Its lines joined and its spaces made single."""
    return " ".join(text.split())


def test_secrets_that_were_met_in_dumps_are_counted_for_the_user() -> None:
    desk = MemoryDesk(answers={("expe1.tar.gz",): Read(Deployment(name="hq"), secrets=7)})
    out = talk(["q"], desk=desk, files=("expe1.tar.gz",)).out
    assert "Passwords, keys and community strings in the dumps: 7." in out
