"""The plan as Markdown: all of it is there, in order, and no name breaks it."""

import itertools
import json
import re
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from markdown_it.token import Token

from tests import troubles
from tests.faces.plans import plan as handmade
from tests.faces.plans import step
from tests.faces.scenarios import AS_OF, monitored, not_affected, planned, quick, two_clusters
from tests.faces.test_escape import HOSTILE, READER
from wizard.faces.json import plan_json
from wizard.faces.markdown import render
from wizard.faces.markdown.escape import code, escape, one_line
from wizard.model.deployment import USES, Deployment, TroubleNote
from wizard.model.knowledge import Knowledge

if TYPE_CHECKING:
    from wizard.model.plan import Plan

EVERY: tuple[Callable[[], Deployment], ...] = (two_clusters, monitored, not_affected, quick)


def headings(text: str) -> list[str]:
    return re.findall(r"^(#+ .*)$", text, re.MULTILINE)


def sections(text: str) -> list[str]:
    return [line.removeprefix("## ") for line in headings(text) if line.startswith("## ")]


def structure(text: str) -> list[str]:
    """Every block and inline element of the page but its text."""
    kinds: list[str] = []

    def walk(tokens: list[Token]) -> None:
        for token in tokens:
            if token.type not in ("text", "text_special", "code_inline"):
                kinds.append(token.type)
            walk(token.children or [])

    walk(READER.parse(text))
    return kinds


@pytest.mark.parametrize("hostile", HOSTILE)
def test_no_name_changes_the_structure_of_the_plan(knowledge: Knowledge, hostile: str) -> None:
    plain = render(handmade(text="Example Corp"), knowledge)
    assert structure(render(handmade(text=hostile), knowledge)) == structure(plain)


@pytest.mark.parametrize("hostile", ["expe1|x", "expe1`x", "expe1 <b>", "expe1](x)"])
def test_no_node_name_changes_the_structure_of_the_plan(knowledge: Knowledge, hostile: str) -> None:
    def made(name: str) -> list[str]:
        return structure(render(handmade(names=(name, "expc1")), knowledge))

    assert made(hostile) == made("expe1")


@pytest.mark.parametrize("hostile", [*HOSTILE, "•", "– x", "—", "☐ x", "←", "“x”", "→ x", "…"])
def test_ascii_mode_keeps_to_ascii_and_to_the_structure(knowledge: Knowledge, hostile: str) -> None:
    text = render(handmade(text=hostile), knowledge, ascii_mode=True)
    assert text.isascii()
    assert structure(text) == structure(render(handmade(text="Example Corp"), knowledge))


def test_sections_come_in_the_order_of_the_plan(knowledge: Knowledge) -> None:
    assert sections(render(handmade(), knowledge, block="x")) == [
        "What this means",
        "What changed since the revision before",
        "What you must know",
        "What breaks, and when",
        "Certificates",
        "Options A to D",
        "Steps",
        "Timeline",
        "Troubleshooting this plan may need",
        "Troubleshooting done",
        "Still unknown, and whom to ask",
        "Discrepancies",
        "Sign-off",
        "Sources",
        "To go on from this plan",
    ]


def test_the_head_says_for_whom_by_whom_and_as_of_when(knowledge: Knowledge) -> None:
    head = render(handmade(text="Example Corp"), knowledge).split("## ")[0]
    assert head.startswith("# Action plan: Example Corp\n")
    for part in (
        "Customer",
        "Prepared by",
        "Prepared for",
        "Revision:** 2",
        "As of:** 2026-11-23",
        "`0.1.0`",
    ):
        assert part in head
    assert "2026-11, reviewed 2026-11-20, due for review by 2027-02-20" in head


def test_the_block_is_the_last_thing_and_is_left_out_for_handover(knowledge: Knowledge) -> None:
    block = "```text\nholds it\n\n\nall\n```"
    assert render(handmade(), knowledge, block=block).endswith(f"{block}\n")
    handover = render(handmade(), knowledge)
    assert "To go on" not in handover
    assert handover.endswith("\n")


@pytest.mark.parametrize("deployment", EVERY)
def test_everything_a_plan_says_is_on_the_page(
    knowledge: Knowledge, deployment: Callable[[], Deployment]
) -> None:
    plan = planned(knowledge, deployment())
    text = render(plan, knowledge)
    said = [*plan.summary, plan.assessment.outcome_title]
    said += [notice.text for notice in plan.assessment.notices]
    said += [point.ask for point in plan.assessment.unknowns]
    said += [step.title for step in plan.steps]
    for sentence in said:
        assert escape(sentence) in text


def test_each_step_is_a_task_with_all_that_belongs_to_it(knowledge: Knowledge) -> None:
    plan = planned(knowledge, two_clusters())
    text = render(plan, knowledge)
    tasks = re.split(
        r"^(?=- \[[ x]\] )", text.partition("\n## Steps\n")[2].partition("\n## ")[0], flags=re.MULTILINE
    )[1:]
    assert len(tasks) == len(plan.steps)
    firsts: dict[str, Plan] = {}
    for number, (task, told) in enumerate(zip(tasks, plan.steps, strict=True), 1):
        box = "x" if told.done else " "
        assert task.startswith(f"- [{box}] **{number}. {escape(told.title)}**\n")
        for part in (told.owner, told.duration, told.interrupts):
            assert escape(part) in task
        assert (told.due.isoformat() if told.due else "not dated") in task
        if "As in step " in task:
            assert told.rule in firsts
            continue
        firsts[told.rule] = plan
        assert f"`{told.id}`" in task
        for part in (*told.actions, told.verify, told.stop, told.rollback, *told.gui):
            assert escape(part) in task
        for command in told.commands:
            assert f"    {one_line(command)}\n" in task
        for source in told.sources:
            assert escape(source.id) in task


def test_each_connection_is_in_a_row_that_names_its_ends(knowledge: Knowledge) -> None:
    plan = planned(knowledge, two_clusters())
    table = render(plan, knowledge).partition("\n## What breaks, and when\n")[2].partition("\n### ")[0]
    rows = [line for line in table.splitlines() if re.match(r"\| \d+ ", line)]
    for connection in plan.assessment.connections:
        found = [row for row in rows if escape(connection.title) in row]
        for end in (connection.start, connection.end):
            if "." in end:
                assert any(code(end) in row for row in found), (connection.id, end)


@pytest.mark.parametrize("deployment", EVERY)
def test_markdown_and_json_say_the_same(knowledge: Knowledge, deployment: Callable[[], Deployment]) -> None:
    plan = planned(knowledge, deployment())
    text, read = render(plan, knowledge), json.loads(plan_json(plan, knowledge.words))
    for number, told in enumerate(read["steps"], 1):
        box = "x" if told["done"] else " "
        assert f"- [{box}] **{number}. {escape(told['title'])}**" in text
    for kind in ("notices", "unknowns", "discrepancies"):
        for entry in read[kind]:
            assert escape(entry.get("text", entry.get("what"))) in text
    for source in read["sources"]:
        assert f"**{source['id']}**" in text
    if plan.assessment.outcome == "act":
        for option, by_role in read["options"].items():
            row = re.search(rf"^\| {option}\. .*$", text, re.MULTILINE)
            assert row is not None
            for verdict in by_role.values():
                assert knowledge.words.say(f"verdict.{verdict['verdict']}") in row[0]
        for deadline in read["deadlines"]:
            assert re.search(
                rf"^\| {deadline['date']} \|.*{re.escape(escape(deadline['what']))}", text, re.MULTILINE
            )


def test_pairs_that_differ_in_their_names_only_share_a_row(knowledge: Knowledge) -> None:
    plan = handmade(("expe1.example.com", "expe2.example.com", "expc1.example.com", "expc2.example.com"))
    text = render(plan, knowledge)
    ends = "`expc1.example.com`, `expc2.example.com` → `expe1.example.com`, `expe2.example.com`"
    assert text.count(ends) == 1


def test_reasons_stay_with_their_connection_from_the_tenth_on(knowledge: Knowledge) -> None:
    """A list under `10.` needs four columns: with three it ends the numbered list."""
    deployment = replace(two_clusters(), uses=dict.fromkeys(USES, "yes"))
    text = render(planned(knowledge, deployment), knowledge)
    why = text[text.index("### Why") : text.index("## Certificates")]
    assert "\n10. " in why
    assert [token.type for token in READER.parse(why) if token.level == 0 and "list" in token.type] == [
        "ordered_list_open",
        "ordered_list_close",
    ]


def test_steps_alike_point_to_the_first_and_keep_commands_that_differ(knowledge: Knowledge) -> None:
    first, second = step("check@expe1"), step("check@expe2", commands=("ping expe2",))
    plan = replace(handmade(), steps=(first, second))
    text = render(plan, knowledge)
    assert "As in step 1, now for `expe2`." in text
    assert "    ping expe2\n" in text
    assert text.count("Store it off the node.") == 1


def test_a_step_that_differs_is_told_in_full(knowledge: Knowledge) -> None:
    from dataclasses import replace

    plan = replace(handmade(), steps=(step("check@expe1"), step("check@expe2", verify="Something else.")))
    text = render(plan, knowledge)
    assert "As in step" not in text
    assert text.count("Store it off the node.") == 2


def test_ticks_notes_and_proof_are_shown(knowledge: Knowledge) -> None:
    text = render(planned(knowledge, two_clusters()), knowledge)
    assert re.search(r"- \[x\] \*\*1\. ", text)
    assert "Done on 2026-11-20." in text
    assert "**Note:** in the vault" in text


@pytest.mark.parametrize("deployment", [monitored, not_affected])
def test_a_plan_without_action_is_one_page(
    knowledge: Knowledge, deployment: Callable[[], Deployment]
) -> None:
    plan = planned(knowledge, deployment())
    text = render(plan, knowledge)
    assert not set(sections(text)) & {"Options A to D", "What breaks, and when", "Sign-off", "Timeline"}
    assert escape(plan.assessment.outcome_text) in text
    assert len(text.splitlines()) < 80


def test_a_passed_deadline_keeps_its_old_date_and_who_said_it(knowledge: Knowledge) -> None:
    text = render(handmade(), knowledge)
    assert re.search(
        r"2027-03-15 \| 112 +\| Leaf certificates \(was 2026-06-15 in doc-225482, Option 2\)", text
    )


def test_troubleshooting_that_was_done_is_told_in_words_whatever_was_found() -> None:
    whole, of = troubles.knowledge(), troubles.content()
    seen = {"core_release": "before-x15.4"}
    notes = tuple(
        TroubleNote("mra-registration", seen, ("service-timeout",), cause, remedy, "as-expected", AS_OF)
        for cause in of.causes
        for remedy in of.causes[cause].remedies
    )
    text = render(planned(whole, replace(two_clusters(), troubles=notes)), whole)
    done = text.partition("## Troubleshooting done")[2].partition("\n## ")[0]
    assert done.count("**Remedy:**") == len(notes)
    for raw in ("mra-registration", "service-timeout", "core_release", "cluster-eku", "{fixed}"):
        assert raw not in done
    for told in (
        "MRA clients do not register",
        "Which release does Expressway-C run?",
        "SIP SERVICE exchange",
    ):
        assert told in done


def test_the_timeline_runs_forward(knowledge: Knowledge) -> None:
    text = render(planned(knowledge, two_clusters()), knowledge)
    dates = re.findall(r"^\| (\d{4}-\d\d-\d\d) ", text.partition("\n## Timeline\n")[2], re.MULTILINE)
    assert len(dates) > 10
    assert dates == sorted(dates)


@pytest.mark.parametrize("deployment", EVERY)
def test_the_page_is_clean(knowledge: Knowledge, deployment: Callable[[], Deployment]) -> None:
    """No trailing space, no stray placeholder, no heading without its blank lines, levels without a gap."""
    text = render(planned(knowledge, deployment()), knowledge)
    assert not re.search(r"[ \t]$", text, re.MULTILINE)
    assert "\n\n\n" not in text
    assert not re.search(r"\{[a-z_]+\}", text)
    assert "None" not in text
    levels = [len(heading) - len(heading.lstrip("#")) for heading in headings(text)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
    lines = text.split("\n")
    for at, line in enumerate(lines):
        if re.match(r"#+ ", line) and at:
            assert lines[at - 1] == "" and lines[at + 1] == ""
