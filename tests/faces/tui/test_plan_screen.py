"""The plan on the screen: every chapter of it, steps to tick and note, copy, plain view, save."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.faces.scenarios import not_affected, two_clusters
from tests.faces.tui.seen import Seen, working_on
from tests.faces.tui.sheets import fits, said
from wizard.faces.markdown import render
from wizard.faces.tui.chapters import chapters
from wizard.faces.tui.screens.plan import PlanScreen
from wizard.faces.tui.screens.step import StepScreen
from wizard.model.knowledge import Knowledge
from wizard.model.text import visible
from wizard.store.codec import from_block

HOSTILE = visible("[@click=app.quit]x[/] <b> | `ls` \x1b[31m https://example.org")


def chapter_keys(seen: Seen) -> list[str]:
    screen = seen.frame
    assert isinstance(screen, PlanScreen)
    return [chapter.key for chapter in screen.chapters]


async def to(seen: Seen, key: str) -> PlanScreen:
    """The plan at a chapter, by keys."""
    await seen.press("p")
    screen = seen.frame
    assert isinstance(screen, PlanScreen)
    for _ in range(chapter_keys(seen).index(key) + 1):
        await seen.press("right")
    assert screen.at == key
    return screen


async def test_the_plan_begins_with_what_it_means_and_what_is_in_it(everything: Knowledge) -> None:
    async with working_on(everything, two_clusters()) as seen:
        await seen.press("p")
        assert seen.session.assessment.outcome_title in seen.text
        assert "What you must know" in seen.text
        assert "What breaks, and when" in seen.text
        assert "0 fail today, 14 later" in seen.text


@pytest.mark.parametrize("window", [(60, 20), (80, 24), (120, 40), (200, 60)])
async def test_every_section_of_the_markdown_is_a_chapter_and_fits(
    everything: Knowledge, window: tuple[int, int]
) -> None:
    async with working_on(everything, two_clusters(), size=window) as seen:
        await seen.press("p")
        found = chapter_keys(seen)
        sections = {chapter.key for chapter in chapters(seen.session.plan, everything)}
        assert set(found) == sections - {"meaning", "sign-off"}
        assert fits(seen)
        for key in found:
            await seen.press("right")
            assert seen.frame.at == key  # type: ignore[attr-defined]
            assert fits(seen)
        await seen.press("left")
        assert seen.frame.at == found[-2]  # type: ignore[attr-defined]


async def test_back_leads_from_a_chapter_to_the_contents_and_then_out(everything: Knowledge) -> None:
    async with working_on(everything, two_clusters()) as seen:
        screen = await to(seen, "certificates")
        await seen.press("backspace")
        assert screen.at == ""
        assert screen.page.key == "certificates"
        await seen.press("backspace")
        assert seen.at != "PlanScreen"


async def test_space_ticks_a_step_today_and_takes_the_tick_back(everything: Knowledge) -> None:
    async with working_on(everything, two_clusters()) as seen:
        screen = await to(seen, "steps")
        step = screen.page.key
        assert step == "backup@expe1.example.com"
        await seen.press("space")
        assert seen.deployment.saved.ticks[step] == date(2026, 11, 23)
        assert screen.page.key == step
        await seen.press("space")
        assert step not in seen.deployment.saved.ticks


async def test_a_tick_changes_the_plan_and_nothing_that_it_follows_from(everything: Knowledge) -> None:
    async with working_on(everything, two_clusters()) as seen:
        await to(seen, "steps")
        before = seen.session.assessment
        await seen.press("space")
        after = seen.session.assessment
        assert after.connections is before.connections and after.options is before.options
        assert after.deployment is seen.deployment
        ticked = {step.id for step in seen.session.plan.steps if step.done_on == date(2026, 11, 23)}
        assert ticked == {"backup@expe1.example.com"}


async def test_a_step_that_evidence_proves_stays_ticked(everything: Knowledge) -> None:
    async with working_on(everything, two_clusters()) as seen:
        await to(seen, "steps")
        proved = next(step for step in seen.session.plan.steps if step.proved)
        seen.frame.redraw(cursor=proved.id)
        await seen.press("space")
        assert "proves this step done" in seen.text
        assert not seen.deployment.saved.ticks.keys() - two_clusters().saved.ticks.keys()


async def test_a_note_is_kept_with_the_step_and_an_empty_one_taken_away(everything: Knowledge) -> None:
    async with working_on(everything, two_clusters()) as seen:
        screen = await to(seen, "steps")
        step = screen.page.key
        await seen.press("w", *["ctrl+u"])
        await seen.type("ask Ann")
        await seen.press("enter")
        assert seen.deployment.saved.notes[step] == "ask Ann"
        assert "Note: ask Ann" in seen.text
        await seen.press("w", "ctrl+u", "enter")
        assert step not in seen.deployment.saved.notes


async def test_a_step_in_full_has_all_that_the_plan_says_of_it(everything: Knowledge) -> None:
    async with working_on(everything, two_clusters()) as seen:
        await to(seen, "steps")
        await seen.press("enter")
        assert seen.at == "StepScreen"
        for step in seen.session.plan.steps:
            screen = seen.frame
            assert isinstance(screen, StepScreen)
            screen.step_id = step.id
            screen.redraw(top=True)
            whole = said(seen)
            for text in (*step.actions, *step.gui, *step.commands, step.verify, step.rollback, step.owner):
                assert " ".join(text.split()) in whole, step.id
            assert fits(seen)


async def test_left_and_right_go_from_step_to_step_and_enter_ticks(everything: Knowledge) -> None:
    async with working_on(everything, two_clusters()) as seen:
        await to(seen, "steps")
        await seen.press("enter", "right", "enter")
        ids = [step.id for step in seen.session.plan.steps]
        assert seen.frame.step_id == ids[2]  # type: ignore[attr-defined]
        assert ids[2] in seen.deployment.saved.ticks
        await seen.press("left", "backspace")
        assert seen.at == "PlanScreen"
        assert seen.frame.page.key == ids[1]


async def test_a_step_leads_to_its_troubles_and_back(everything: Knowledge) -> None:
    async with working_on(everything, two_clusters()) as seen:
        await to(seen, "steps")
        step = next(step for step in seen.session.plan.steps if step.troubles)
        seen.frame.redraw(cursor=step.id)
        await seen.press("enter", "end", "enter")
        await seen.until("How to find out")
        assert seen.at == "CaseScreen"
        assert seen.frame.case.symptom == step.troubles[-1]  # type: ignore[attr-defined]
        await seen.press("backspace")
        assert seen.at == "StepScreen"


async def test_the_output_of_a_steps_check_is_judged(everything: Knowledge) -> None:
    troubleshooting = everything.troubleshooting
    assert troubleshooting is not None
    async with working_on(everything, two_clusters()) as seen:
        await to(seen, "steps")
        checked = {rule for check in troubleshooting.checks.values() for rule in check.plan_steps}
        step = next(step for step in seen.session.plan.steps if step.rule in checked)
        seen.frame.redraw(cursor=step.id)
        await seen.press("enter", "end")
        await seen.until(everything.words.say("tui.step.check"))
        seen.frame.redraw(cursor="check")
        assert seen.frame.page.key == "check"
        await seen.press("enter")
        await seen.paste("nothing that tells\n")
        await seen.press("f2")
        assert seen.at == "StepScreen"
        assert "Not recognised" in said(seen)


@pytest.mark.parametrize("window", [(60, 20), (80, 24), (120, 40)])
async def test_a_terminal_without_other_characters_gets_ascii(
    everything: Knowledge, window: tuple[int, int]
) -> None:
    async with working_on(everything, two_clusters(), size=window, plain=True) as seen:
        await seen.press("p")
        assert seen.text.isascii()
        for _ in chapter_keys(seen):
            await seen.press("right")
            assert seen.text.isascii()
        await seen.press("m", "pagedown")
        assert seen.text.isascii()
        await seen.press("backspace", "s")
        assert seen.text.isascii()


async def test_the_whole_plan_is_there_in_one_piece(everything: Knowledge) -> None:
    async with working_on(everything, two_clusters()) as seen:
        await seen.press("p", "m")
        assert seen.at == "ReadScreen"
        whole = said(seen)
        for chapter in chapters(seen.session.plan, everything):
            assert chapter.title in whole
        assert fits(seen)


async def test_a_plan_without_action_is_short(everything: Knowledge) -> None:
    async with working_on(everything, not_affected()) as seen:
        await seen.press("p")
        assert "Not affected" in seen.text
        assert "steps" not in chapter_keys(seen)
        assert fits(seen)


async def test_names_of_strangers_are_text_and_nothing_else(everything: Knowledge) -> None:
    deployment = two_clusters()
    nodes = (replace(deployment.nodes[0], name="[@click=app.quit]x[/]"), *deployment.nodes[1:])
    hostile = replace(deployment, name=HOSTILE, customer=HOSTILE, nodes=nodes)
    async with working_on(everything, hostile) as seen:
        await seen.press("p", "m")
        assert "[@click=app.quit]" in seen.text
        for strip in seen.app.screen._compositor.render_strips(seen.app.size):
            for segment in strip:
                assert "\x1b" not in segment.text
                assert segment.style is None or not segment.style.link
                assert segment.style is None or not {"@click", "@down"} & segment.style.meta.keys()


async def test_what_is_copied_goes_to_the_terminal_and_it_is_said_that_it_may_be_dropped(
    everything: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    async with working_on(everything, two_clusters()) as seen:
        await to(seen, "steps")
        step = next(step for step in seen.session.plan.steps if step.commands)
        seen.frame.redraw(cursor=step.id)
        await seen.press("y")
        assert "set-clipboard" in seen.text
        await seen.press("1", "enter")
        assert seen.app.clipboard == "\n".join(step.commands)
        assert "If it is not there" in seen.text


async def test_an_old_terminal_is_sent_nothing_that_it_would_print(
    everything: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "vt100")
    async with working_on(everything, two_clusters()) as seen:
        await seen.press("p", "y", "1", "enter")
        assert seen.app.clipboard == ""
        assert "no clipboard" in seen.text


async def test_saving_writes_a_revision_from_which_the_wizard_goes_on(
    everything: Knowledge, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with working_on(everything, two_clusters()) as seen:
        expected = seen.session.plan
        await seen.press("p", "s", "enter")
        path = tmp_path / "example-mra-plan-r1.md"
        assert str(path) in seen.flat.replace(" ", "")
        text = path.read_text()
        assert seen.deployment.saved.revision == 1
        before = seen.deployment.saved.before
        assert before is not None and before.steps == tuple(step.id for step in expected.steps)
        again = from_block(text, "plan.md", say=everything.words.say)
        assert again is not None and again.saved == seen.deployment.saved
        assert again.nodes == seen.deployment.nodes
        await seen.press("enter")
        assert seen.at == "PlanScreen"
        assert "revision 1" in seen.lines[0]


async def test_the_next_plan_tells_what_changed_since(everything: Knowledge, tmp_path: Path) -> None:
    async with working_on(everything, two_clusters()) as seen:
        await seen.press("p", "s", "up", "up", "ctrl+u")
        await seen.paste(str(tmp_path / "one.md"))
        await seen.press("enter", "enter", "enter")
        changed = replace(seen.deployment, uses={**seen.deployment.uses, "neighbor-mtls": "no"})
        seen.app.flow.change(changed)
        await seen.press("p", "s", "up", "up", "ctrl+u")
        await seen.paste(str(tmp_path / "two.md"))
        await seen.press("enter", "enter")
        text = (tmp_path / "two.md").read_text()
        assert "What changed since the revision before" in text
        assert "Revision:** 2" in text


async def test_what_is_there_is_never_overwritten_unasked(
    everything: Knowledge, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "example-mra-plan-r1.md"
    path.write_text("mine")
    async with working_on(everything, two_clusters()) as seen:
        await seen.press("p", "s", "enter")
        assert "Overwrite example-mra-plan-r1.md" in seen.text
        await seen.press("enter")
        assert path.read_text() == "mine"
        assert (tmp_path / "example-mra-plan-r1-2.md").read_text().startswith("# ")


async def test_handing_over_leaves_out_the_deployment(
    everything: Knowledge, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with working_on(everything, two_clusters()) as seen:
        await seen.press("p", "s", "up", "space", "down", "enter")
        text = (tmp_path / "example-mra-handover-r1.md").read_text()
        assert from_block(text, "plan.md", say=everything.words.say) is None
        assert "--handover" in seen.frame.command_line()


async def test_a_place_that_takes_no_file_is_said_and_another_can_be_typed(
    everything: Knowledge, tmp_path: Path
) -> None:
    async with working_on(everything, two_clusters()) as seen:
        await seen.press("p", "s", "up", "up", "ctrl+u")
        await seen.paste(str(tmp_path / "no" / "such" / "plan.md"))
        await seen.press("enter", "enter")
        assert "Try again" in seen.text
        assert seen.deployment.saved.revision == 0
        assert seen.frame.page.key == "path"


async def test_the_plan_on_screen_is_the_plan_of_the_file(everything: Knowledge) -> None:
    async with working_on(everything, two_clusters()) as seen:
        await seen.press("p")
        text = render(seen.session.plan, everything)
        cut = [line for chapter in chapters(seen.session.plan, everything) for line in chapter.markdown]
        assert text.endswith("\n".join(cut) + "\n")


@pytest.mark.parametrize(("width", "beside"), [(80, False), (120, True), (200, True)])
async def test_the_contents_stand_beside_a_chapter_where_there_is_room(
    everything: Knowledge, width: int, beside: bool
) -> None:
    async with working_on(everything, two_clusters(), size=(width, 40)) as seen:
        screen = await to(seen, "timeline")
        assert (screen.side.size.width > 0) is beside
        if beside:
            assert screen.side.key == "timeline"
            await seen.press("t")
            assert screen.side.size.width == 0
        else:
            await seen.press("t")
            assert screen.at == ""


async def test_each_chapter_and_what_is_in_it_stand_on_one_line_of_the_contents(
    everything: Knowledge,
) -> None:
    async with working_on(everything, two_clusters()) as seen:
        await seen.press("p")
        rows = ["".join(text for text, _ in row.made()) for row in seen.frame.page.sheet.rows]
        assert any("Certificates " in row and "the first ends 2026-" in row for row in rows)
