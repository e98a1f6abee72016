"""Outcome and options, review and change, help, commands, settings: the screens around the questions."""

from datetime import date
from pathlib import Path

import pytest
from textual.app import ScreenStackError

from tests.faces.tui.seen import CONTENT, Seen, wizard, working_on
from tests.faces.tui.sheets import said
from wizard.faces.tui.screens.help import key_lines
from wizard.model.deployment import Deployment, Node, Origin
from wizard.model.knowledge import Knowledge
from wizard.model.release import Release

MRA = Deployment(
    name="MRA",
    public_ca="yes",
    uses={"uc-traversal": "yes", "neighbor-mtls": "no", "b2b-sip": "no", "imp-federation": "no",
          "traversal-mtls": "no", "mra-onboarding": "no"},
    nodes=(
        Node("expc1", "core", release=Release(14, 3, 7)),
        Node("expe1", "edge", release=Release(14, 3, 7)),
    ),
)  # fmt: skip


async def through_palette(seen: Seen, words: str) -> None:
    """Run a command by its words, whatever screen is shown."""
    await seen.press("ctrl+p")
    await seen.type(words)
    await seen.press("enter")


# Options


async def test_the_options_are_compared_by_verdict_reason_price_interruption_lead_time_and_what_they_leave(
    everything: Knowledge,
) -> None:
    async with working_on(everything, MRA, size=(80, 60)) as seen:
        await seen.press("o")
        shown = seen.flat
        for option in seen.session.assessment.options.values():
            assert option.title in shown and f"{option.lead_days} days" in shown
        picked = seen.session.assessment.options["C"]
        await seen.press("3")
        shown = seen.flat
        assert picked.price in shown and picked.interruption in shown and picked.leaves_words in shown
        assert picked.roles["core"].reasons[0].text in shown
        titles = {one.id: one.title for one in seen.session.assessment.connections}
        assert picked.leaves
        for left in picked.leaves:
            assert titles[left] in shown.partition("Still fails")[2]


async def test_on_a_wide_window_the_four_stand_side_by_side(everything: Knowledge) -> None:
    async with working_on(everything, MRA, size=(200, 60)) as seen:
        await seen.press("o")
        line = next(line for line in seen.lines if "A  Alternative root" in line and "D  Upgrade" in line)
        assert line.index("A  ") < line.index("B  ") < line.index("C  ") < line.index("D  ")


async def test_an_option_is_taken_and_left_per_role_and_the_recommended_come_back(
    everything: Knowledge,
) -> None:
    async with working_on(everything, MRA) as seen:
        await seen.press("o")
        before = seen.session.assessment.chosen
        await seen.press("1", "enter")
        assert "Option A" in seen.text
        await seen.press("1", "enter")
        assert seen.deployment.choice.core is not None and "A" in seen.deployment.choice.core
        assert seen.deployment.choice.edge is None
        await seen.press("9", "enter")
        assert seen.session.assessment.chosen == before


async def test_an_option_that_is_closed_cannot_be_taken(everything: Knowledge) -> None:
    async with working_on(everything, MRA) as seen:
        await seen.press("o")
        closed = [
            option.id
            for option in seen.session.assessment.options.values()
            if not {"recommended", "possible"} & {judged.verdict for judged in option.roles.values()}
        ]
        for id in closed:
            await seen.press(str("ABCD".index(id) + 1), "enter")
            assert "cannot be taken here" in seen.text
        assert seen.deployment.choice == MRA.choice


async def test_the_strip_says_when_the_rest_cannot_change_the_options(everything: Knowledge) -> None:
    async with working_on(everything, MRA) as seen:
        seen.app.flow.standing.revision = seen.session.revision
        seen.app.flow.standing.settled = True
        seen.frame.standing_known()
        await seen.pilot.pause()
        assert "can no longer change the options" in seen.flat


async def test_whether_it_is_settled_is_found_out_when_nobody_types(everything: Knowledge) -> None:
    async with working_on(everything, Deployment(name="Quick")) as seen:
        await seen.press("3", "enter", "2", "enter")
        seen.app.flow.settle()
        for _ in range(100):
            await seen.pilot.pause()
            if seen.app.flow.standing.revision == seen.session.revision:
                break
        assert seen.app.flow.standing.settled


# Review


async def test_every_answer_stands_in_the_review_with_its_origin(everything: Knowledge) -> None:
    async with working_on(everything, MRA, size=(80, 60)) as seen:
        await seen.press("r")
        assert "answered by you" in seen.flat
        assert "not answered yet" in seen.flat
        assert "assumed: nothing was said" in seen.flat


async def test_a_change_shows_first_what_it_does_to_the_plan(everything: Knowledge) -> None:
    async with working_on(everything, MRA) as seen:
        await seen.press("r")
        keys = [stop.key for stop in seen.frame.page.sheet.stops]
        for _ in range(keys.index("public_ca")):
            await seen.press("down")
        await seen.press("enter", "2", "enter")
        assert "What would change in the plan" in seen.text
        assert "The outcome was" in seen.flat
        assert seen.deployment.public_ca == "yes"
        await seen.press("2", "enter", "escape")
        assert seen.deployment.public_ca == "yes"
        await seen.press("enter", "2", "enter", "1", "enter")
        assert {seen.deployment.public_ca} == {"no"}


async def test_answers_off_the_way_are_kept_and_said(everything: Knowledge) -> None:
    deployment = Deployment(name="Off", public_ca="no", upgrade_by=date(2027, 2, 1))
    async with working_on(everything, deployment, size=(80, 60)) as seen:
        await through_palette(seen, "review")
        assert "off the way now" in seen.flat


# Help, commands, settings


async def test_help_lists_every_key_that_works_on_the_screen(everything: Knowledge) -> None:
    async with working_on(everything, MRA, size=(80, 60)) as seen:
        listed = dict(key_lines(seen.frame))
        await seen.press("question_mark")
        assert seen.at == "HelpScreen"
        for shown, words in listed.items():
            assert shown in seen.text and words in seen.flat
        assert "eku-wizard plan" in seen.text


async def test_a_command_is_found_by_its_words_and_run(everything: Knowledge) -> None:
    async with working_on(everything, MRA) as seen:
        await through_palette(seen, "outcome")
        assert seen.at == "OptionsScreen"
        await through_palette(seen, "home")
        assert seen.at == "Home"
        assert seen.app.desk.session is None


async def test_the_palette_opens_by_a_key_without_control_too(everything: Knowledge) -> None:
    async with working_on(everything, MRA) as seen:
        await seen.press("colon")
        assert seen.at == "CommandsScreen"
        await seen.type("no such thing")
        await seen.press("enter")
        assert "No command has these words" in seen.text


async def test_the_theme_changes_at_once_and_is_kept(everything: Knowledge, home: str) -> None:
    async with wizard(everything) as seen:
        await through_palette(seen, "settings")
        await seen.press("space", "space")
        assert seen.app.desk.ink.theme.name == "light"
        await seen.press("down", "space")
        assert seen.app.desk.ink.ascii
        assert seen.text.isascii()
    assert 'theme = "light"' in (Path(home) / "settings.toml").read_text()


async def test_keys_can_be_remapped(everything: Knowledge) -> None:
    async with working_on(everything, MRA) as seen:
        seen.app.set_keymap({"options": "ctrl+x"})
        await seen.press("o")
        assert seen.at == "QuestionScreen"
        await seen.press("ctrl+x")
        assert seen.at == "OptionsScreen"


async def test_no_function_has_only_a_key_that_a_line_or_a_multiplexer_swallows(
    everything: Knowledge,
) -> None:
    swallowed = {"ctrl+s", "ctrl+q", "ctrl+a", "ctrl+b"}
    async with working_on(everything, MRA) as seen:
        for keys in ("", "o", "r", "n", "c"):
            if keys:
                await seen.press(keys)
            by_id: dict[str, set[str]] = {}
            for key, active in seen.frame.active_bindings.items():
                by_id.setdefault(active.binding.id or active.binding.action, set()).add(key)
            assert not [id for id, bound in by_id.items() if bound <= swallowed]


async def test_content_past_its_review_is_said_on_the_first_screen(everything: Knowledge) -> None:
    async with wizard(everything, as_of=date(2027, 6, 1)) as seen:
        assert "due for review" in seen.flat
    async with wizard(everything) as seen:
        assert "due for review" not in seen.flat


# Mouse


async def test_a_click_picks_and_a_second_one_chooses(everything: Knowledge) -> None:
    async with working_on(everything, Deployment(name="Quick")) as seen:
        row = next(y for y, line in enumerate(seen.lines) if "Go on without nodes" in line)
        await seen.pilot.click(offset=(20, row))
        await seen.pilot.pause()
        assert seen.frame.page.key == "none"
        await seen.pilot.click(offset=(20, row))
        await seen.pilot.pause()
        await seen.pilot.pause()
        assert "certificates of a public CA?" in seen.text


async def test_a_key_in_the_last_line_can_be_clicked(everything: Knowledge) -> None:
    async with working_on(everything, Deployment(name="Quick")) as seen:
        foot = seen.lines[-1]
        await seen.pilot.click(offset=(foot.index("help"), 23))
        await seen.pilot.pause()
        await seen.pilot.pause()
        assert seen.at == "HelpScreen"


# Errors


async def test_an_error_ends_the_wizard_without_printing_what_it_held(
    everything: Knowledge, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from wizard.faces.tui import start
    from wizard.faces.tui.screens.options import OptionsScreen

    def broken(self: OptionsScreen, sheet: object) -> None:
        secret = "-----BEGIN PRIVATE KEY-----"  # noqa: F841 - a local that must not be told
        raise RuntimeError("broken")

    monkeypatch.setattr(OptionsScreen, "draw", broken)
    with pytest.raises(RuntimeError, match="broken"):
        async with working_on(everything, MRA) as seen:
            app = seen.app
            await seen.press("o")
    assert isinstance(app.crash, RuntimeError)
    capsys.readouterr()
    start._tell(app)
    told = capsys.readouterr().err
    assert "RuntimeError" in told and "A report is in" in told
    assert "PRIVATE KEY" not in told and len(told.splitlines()) == 2
    report = Path(told.split("A report is in ")[1].split(". It holds")[0])
    assert "PRIVATE KEY" not in report.read_text()


def test_the_content_is_where_these_tests_think_it_is() -> None:
    assert (CONTENT / "edition.toml").exists()


async def test_in_a_small_window_the_options_are_whole_words(everything: Knowledge) -> None:
    async with working_on(everything, MRA, size=(60, 20)) as seen:
        assert "…" not in seen.text
        await seen.press("o")
        table = seen.text.partition("Option ")[2].partition("Go on to the plan")[0]
        assert "recommended" in table and "Private CA" in table
        assert "Takes" not in table and "Takes" in said(seen)


async def test_a_deployment_is_left_by_one_key_wherever_one_is_in_it(everything: Knowledge) -> None:
    async with working_on(everything, MRA) as seen:
        await seen.press("p", "q")
        assert seen.at == "Home" and seen.app.desk.session is None


async def test_all_nodes_are_named_in_the_review_however_many_there_are(everything: Knowledge) -> None:
    nodes = tuple(Node(f"expe{number}.branch-office.example.com") for number in range(1, 31))
    async with working_on(everything, Deployment(name="Many", nodes=nodes)) as seen:
        await seen.press("r")
        assert "expe30.branch-office" in said(seen).partition("role")[0]


async def test_the_settings_name_the_functions_whose_keys_can_be_changed(everything: Knowledge) -> None:
    async with wizard(everything) as seen:
        await through_palette(seen, "settings")
        assert all(f"{name}," in seen.flat for name in ("go-on", "back", "help", "plan", "review"))


async def test_where_no_option_is_recommended_enter_leads_on_to_the_plan(everything: Knowledge) -> None:
    async with working_on(everything, Deployment(name="None", public_ca="no")) as seen:
        await seen.press("o")
        assert seen.frame.page.key == "plan" and "Enter go on" in seen.lines[-1]
        await seen.press("enter")
        assert seen.at == "PlanScreen"


@pytest.mark.parametrize("height", [24, 28, 32])
async def test_an_option_is_read_to_its_end_and_stays_the_picked_one(
    everything: Knowledge, height: int
) -> None:
    async with working_on(everything, MRA, size=(80, height)) as seen:
        await seen.press("o", "3", *["pagedown"] * 4)
        assert "Still fails" in seen.text
        await seen.press(*["pageup"] * 4)
        assert seen.frame.page.key == "C"
        await seen.press("5")
        assert "Private CA on the core" in said(seen).partition("Go on to the plan")[2]


async def test_there_is_a_second_key_for_back_where_letters_are_typed(everything: Knowledge) -> None:
    async with wizard(everything) as seen:
        await seen.press("1", "enter")
        await seen.type("b")
        await seen.press("ctrl+g")
        assert seen.at == "Home"
        await seen.press("4", "enter", "down", "i")
        assert seen.at == "PasteScreen"
        await seen.press("ctrl+g")
        assert seen.at == "FilesScreen"


async def test_the_review_names_the_file_and_not_the_way_to_it(everything: Knowledge) -> None:
    folder = "/a/very/long/way/to/the/files/of/this/customer"
    origins = {"node/expe1/role": Origin("dump", f"{folder}/xconf.txt:7")}
    node = Node("expe1", "edge")
    async with working_on(everything, Deployment(name="One", nodes=(node,), origins=origins)) as seen:
        await seen.press("down", "r")
        assert "xconf.txt:7" in said(seen) and "customer" not in said(seen)


async def test_quitting_while_it_is_found_out_whether_it_is_settled_is_no_error(
    everything: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with working_on(everything, MRA) as seen:
        flow, session = seen.app.flow, seen.session

        def gone(app: object) -> None:
            raise ScreenStackError

        monkeypatch.setattr(type(seen.app), "screen_stack", property(lambda app: []))
        monkeypatch.setattr(type(seen.app), "frame", property(gone))
        await flow._settled(session, session.revision)
        monkeypatch.undo()
        assert flow.standing.revision == session.revision
