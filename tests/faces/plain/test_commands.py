"""The commands of every prompt: help, review, plan, save, options, steps, files."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from tests.faces.paths import AS_OF, knowledge
from tests.faces.plain.scripted import NEW, MemoryDesk, Talked, talk
from wizard.faces.command import Context
from wizard.faces.plain.desk import Read
from wizard.faces.plain.output import chapters_of, suggested_name
from wizard.model.certificate import Ca, CaVerdict, CertificateRecord, Eku, EkuState, Inspection
from wizard.model.deployment import Certificate, Deployment, Node, Origin
from wizard.model.problems import Problem, ProblemsError

PAIR = [*NEW, "expc1 core X14.3.7", "expe1 edge X14.3.7", ""]
HALF = [*PAIR, "1", "3"]
"""Affected, with a UC traversal zone: the next question is who issued the core's certificate."""
ALL = [*HALF, "1 all", "2 all", "1 all", "2027-01-10 all", "1", "2027-02-01"]
"""Every question answered."""


def _out(talked: Talked) -> str:
    """What was written, unwrapped."""
    return " ".join(talked.out.split())


def test_help_says_why_where_to_look_and_the_source_and_asks_again() -> None:
    talked = talk([*PAIR, "h", "1", "q"])
    words = knowledge().words
    assert " ".join(words.say("question.public_ca.find").split()) in _out(talked)
    assert "Source: Cisco 225482" in talked.out
    assert "Decision tree" in talked.out
    for line in words.lines("plain.help.commands"):
        assert line in _out(talked)
    assert talked.deployment.public_ca == "yes"


def test_help_tells_the_facts_that_bear_on_the_question() -> None:
    bearing = [f for f in knowledge().facts.values() if "question:uses" in f.bears_on and f.overtaken is None]
    out = _out(talk([*PAIR, "1", "h", "q"]))
    assert bearing
    assert all(knowledge().words.say(f"fact.{fact.id}") in out for fact in bearing)


def test_back_shows_the_question_before_with_its_answer_and_enter_keeps_it() -> None:
    talked = talk([*HALF, "b", "b", "", "q"])
    assert talked.asked[-4:] == ("certificate_ca, expc1", "uses", "public_ca", "uses")
    assert "Answer now: Yes, on at least one node (answered). Enter keeps it." in talked.out


def test_back_at_the_first_question_says_so() -> None:
    assert "This is the first question." in talk([*NEW, "b", "q"]).out


def test_an_answer_given_before_changes_only_after_its_consequences_were_told() -> None:
    lines = [*ALL, "r", "10", "none"]
    refused = talk([*lines, "no", "q"])
    out = _out(refused)
    assert "- The outcome was Affected: choose an approach and is" in out
    assert "And " in out and " more." in out
    assert refused.deployment.uses["uc-traversal"] == "yes"
    assert "All questions are answered." in out[out.index("Change it? yes or no >") :]
    assert talk([*lines, "yes", "q"]).deployment.uses["uc-traversal"] == "no"


def test_the_review_lists_every_answer_with_its_origin_and_what_is_not_needed_now() -> None:
    lines = [*ALL, "r", "q"]
    out = _out(talk(lines))
    assert "1. Name: path" in out
    assert "Which role does expc1 have? Expressway-C (core) (answered)" in out
    assert "Until when is the certificate of expe1 valid? 2027-01-10 (answered)" in out
    assert "- EKU checking mode: on (default)" in out
    assert "Not needed now, kept: certificate of a public CA in use." in out


def test_after_a_change_in_the_review_one_is_where_one_was() -> None:
    talked = talk([*HALF, "r", "8", "2", "y", "q"])
    assert talked.asked[-2:] == ("release, expc1", "certificate_ca, expc1")
    assert str(talked.deployment.nodes[0].release) == "X15.4"


def test_the_head_of_the_plan_is_changed_in_the_review() -> None:
    talked = talk([*PAIR, "r", "3", "Ann", "r", "1", "HQ", "r", "3", "-", "q"])
    assert talked.deployment.name == "HQ"
    assert talked.desk.kept[-2].prepared_by == "Ann"
    assert talked.deployment.prepared_by == ""


def test_what_a_certificate_told_can_be_overruled_which_is_a_discrepancy() -> None:
    deployment = Deployment(
        name="read",
        public_ca="yes",
        nodes=(Node("expe1", "edge", server_certificate=_certificate()),),
        origins={"node/expe1/server_certificate": Origin("certificate", "expe1.pem", "ab" * 32)},
    )
    from tests.faces.plain.test_home import shelved

    desk = MemoryDesk(shelf=(shelved("read"),), opens={"read": deployment})
    first = talk(["3", "r", "q"], desk=desk).out
    row = next(line for line in first.splitlines() if "Which EKU does the server certificate" in line)
    number = row.split(".")[0].strip()
    assert "(from certificate expe1.pem)" in first
    desk = MemoryDesk(shelf=(shelved("read"),), opens={"read": deployment})
    talked = talk(["3", "r", number, "2", "y", "r", "q"], desk=desk)
    changed = talked.deployment.nodes[0].server_certificate
    assert changed is not None
    assert changed.eku == ("serverAuth",)
    assert "They disagree: expe1: server certificate, EKU" in _out(talked)


def test_undo_takes_back_the_last_change_and_saves_that() -> None:
    talked = talk([*PAIR, "1", "u", "q"])
    assert talked.deployment.public_ca is None
    assert "The last change is taken back." in talked.out
    assert "There is nothing to take back." in talk([*NEW, "u", "q"]).out


def test_the_plan_is_printed_whole_or_by_chapter() -> None:
    whole = talk([*ALL, "p", "q"]).out
    assert "# Action plan: path" in whole
    assert "## Steps" in whole
    one = talk([*ALL, "p 1", "q"]).out
    assert "## What this means" in one
    assert "## Steps" not in one
    assert "There is no chapter 99." in talk([*ALL, "p 99", "q"]).out


def test_chapters_are_not_headings_inside_a_block() -> None:
    head, chapters = chapters_of("# T\n\n## One\n```\n## not\n```\ntext\n## Two\n")
    assert head == "# T\n"
    assert chapters == (("One", "## One\n```\n## not\n```\ntext\n"), ("Two", "## Two\n"))


def test_the_plan_is_saved_as_markdown_with_its_block_and_for_the_customer_without() -> None:
    desk = talk([*ALL, "s plan.md", "s handover customer.md", "s plan.json", "q"]).desk
    assert desk.files["plan.md"].endswith("```json eku-wizard\n1\n```\n")
    assert "eku-wizard\n" not in desk.files["customer.md"]
    assert "**Revision:** 2" in desk.files["customer.md"]
    assert desk.files["plan.json"].startswith("{")


def test_a_saved_plan_counts_as_a_revision_and_is_what_the_next_is_compared_with() -> None:
    talked = talk([*ALL, "s one.md", "r", "10", "none", "y", "s two.md", "q"])
    assert talked.deployment.saved.revision == 2
    assert talked.deployment.saved.before is not None
    assert talked.deployment.saved.before.outcome == "monitor"
    assert "What changed since the revision before" not in talked.desk.files["one.md"]
    assert "The outcome was Affected: choose an approach and is" in talked.desk.files["two.md"]


def test_a_name_for_the_plan_is_suggested() -> None:
    talked = talk([*ALL, "s", "", "q"])
    assert list(talked.desk.files) == ["path-plan-r1.md"]
    assert suggested_name("Zürich HQ / lab", 3) == "z-rich-hq-lab-plan-r3.md"
    assert suggested_name("名前", 1) == "plan-plan-r1.md"


def test_a_file_that_is_there_is_overwritten_only_when_that_is_agreed() -> None:
    desk = MemoryDesk(files={"plan.md": "mine"})
    talked = talk([*ALL, "s plan.md", "no", "q"], desk=desk)
    assert desk.files["plan.md"] == "mine"
    assert talked.deployment.saved.revision == 0
    talk([*ALL, "s plan.md", "yes", "q"], desk=desk)
    assert desk.files["plan.md"].startswith("# Action plan")


def test_a_plan_that_cannot_be_written_says_why() -> None:
    class ReadOnly(MemoryDesk):
        def write(self, path: str, text: str, *, overwrite: bool) -> str:
            raise ProblemsError((Problem(path, "", "read-only", "This place is read-only."),))

    talked = talk([*ALL, "s /nowhere/plan.md", "q"], desk=ReadOnly())
    assert "/nowhere/plan.md: This place is read-only." in talked.out
    assert talked.status == 1


def test_the_command_that_does_the_same_repeats_the_day() -> None:
    context = Context(as_of=date(2026, 11, 23))
    out = talk([*HALF, "c", "q"], context=context).out
    assert "\neku-wizard plan saved/hq.json --as-of 2026-11-23\n" in out


def test_options_are_compared_with_reasons_and_price() -> None:
    out = _out(talk([*HALF, "o", "q"]))
    for option in "ABCD":
        title = knowledge().words.say(f"option.{option}.title")
        assert f"{option}. {title}" in out
    assert "It would need:" in out
    assert "Lead time: 60 days" in out
    assert "In the plan for Expressway-C:" in out


def test_options_are_chosen_for_a_role_and_given_back_to_the_recommendation() -> None:
    chosen = talk([*ALL, "o", "core BD", "y", "q"]).deployment
    assert chosen.choice.core == ("B", "D")
    assert chosen.origins["choice/core"] == Origin("answered")
    back = talk([*ALL, "o", "core BD", "y", "o", "core", "y", "q"]).deployment
    assert back.choice.core is None
    assert "choice/core" not in back.origins


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("edge C", "Option C cannot be taken: not applicable."),
        ("core X", "core X is not one"),
        ("D", "D is not"),
    ],
)
def test_an_option_that_is_not_open_cannot_be_chosen(line: str, why: str) -> None:
    talked = talk([*ALL, "o", line, "q"])
    assert why in talked.out
    assert talked.deployment.choice.edge is None


def test_steps_are_ticked_unticked_and_noted_by_number() -> None:
    talked = talk([*ALL, "d", "d 2", "d 3 ask Ann", "d 2", "d 4", "q"])
    saved = talked.deployment.saved
    assert len(saved.ticks) == 1
    assert list(saved.ticks.values()) == [AS_OF]
    assert list(saved.notes.values()) == ["ask Ann"]
    assert ". Note: ask Ann" in talked.out
    assert "There is no step 99." in talk([*ALL, "d 99", "q"]).out


def test_the_tree_shows_the_way_taken() -> None:
    out = talk([*HALF, "t", "q"]).out
    assert f"(taken) {knowledge().words.say('tree.public')}" in out
    assert f"(not this way) {knowledge().words.say('tree.no-public')}" in _out(talk([*HALF, "t", "q"]))


def _certificate() -> Certificate:
    return Certificate(
        "public", "digicert", ("serverAuth", "clientAuth"), not_after=date(2027, 1, 10), record=RECORD
    )


RECORD = CertificateRecord(
    file="expe1.pem",
    index=0,
    sha256="ab" * 32,
    subject="CN=expe1",
    issuer="CN=DigiCert",
    common_name="expe1",
    sans=("expe1",),
    serial="01",
    not_before=datetime(2026, 1, 10, tzinfo=UTC),
    not_after=datetime(2027, 1, 10, tzinfo=UTC),
    key="RSA 2048",
    is_ca=False,
    eku=Eku(EkuState.PRESENT, ("1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2")),
    ca=Ca(CaVerdict.PUBLIC, "digicert"),
)


class _Reads(MemoryDesk):
    """Reads one certificate onto the edge of whatever deployment is known."""

    def read(self, paths: tuple[str, ...], known: Deployment | None, placed: object) -> Read:
        assert known is not None
        node = known.node("expe1")
        assert node is not None
        deployment = known.with_node(replace(node, server_certificate=_certificate()))
        origin = Origin("certificate", "expe1.pem", "ab" * 32)
        deployment = deployment.with_origin("node/expe1/server_certificate", origin)
        return Read(deployment, Inspection((RECORD,)))


def test_a_file_is_shown_with_its_hash_before_it_is_used() -> None:
    left = talk([*HALF, "l expe1.pem", "no", "q"], desk=_Reads())
    assert f"expe1.pem, SHA-256 {'ab' * 32}" in _out(left)
    assert "Fills in expe1: server certificate (from certificate expe1.pem)." in _out(left)
    assert left.deployment.nodes[1].server_certificate is None
    used = talk([*HALF, "l expe1.pem", "yes", "q"], desk=_Reads())
    assert used.deployment.nodes[1].server_certificate is not None
    assert used.asked[-1] == "certificate_ca, expc1"


def test_a_file_that_tells_nothing_new_is_not_asked_about() -> None:
    desk = MemoryDesk(answers={("x.pem",): Read(Deployment(name="path", nodes=()))})
    talked = talk([*NEW, "l x.pem", "q"], desk=desk)
    assert "That tells nothing new." in talked.out


def test_a_plan_or_deployment_file_is_not_mixed_into_another() -> None:
    desk = MemoryDesk(answers={("plan.md",): Read(Deployment(name="other"), began_with="plan.md")})
    talked = talk([*HALF, "l plan.md", "q"], desk=desk)
    assert "plan.md is a deployment or a plan of its own." in _out(talked)
    assert talked.deployment.name == "path"


def test_a_command_works_in_the_middle_of_a_list_of_nodes_and_nothing_of_it_is_lost() -> None:
    talked = talk([*NEW, "expe1", "p 1", "expe2", "", "q"])
    assert [node.name for node in talked.deployment.nodes] == ["expe1", "expe2"]


def test_a_deployment_opened_again_says_what_changed_since_the_plan_was_written() -> None:
    from tests.faces.plain.test_home import shelved

    before = talk([*ALL, "s one.md", "q"]).deployment
    changed = replace(before, uses=dict.fromkeys(before.uses, "no"))
    desk = MemoryDesk(shelf=(shelved("hq"),), opens={"hq": changed})
    out = _out(talk(["3", "q"], desk=desk))
    assert "Since the plan was last written: - The outcome was Affected: choose an approach and is" in out
