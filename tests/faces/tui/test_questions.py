"""The questions on the screen: each branch of the tree by keys, the way back, what is marked and refused."""

import pytest

from tests.faces.tui.seen import wizard, working_on
from wizard.model.deployment import USES, Deployment, Node, Origin
from wizard.model.knowledge import Knowledge
from wizard.model.release import Release

TWO_CORES = Deployment(name="Two", nodes=(Node("expc1", "core"), Node("expc2", "core")))


async def test_a_new_deployment_begins_with_its_name_and_leads_to_the_first_question(
    everything: Knowledge,
) -> None:
    async with wizard(everything) as seen:
        await seen.press("1", "enter")
        assert seen.at == "AboutScreen"
        await seen.type("Example")
        await seen.press("enter", "enter", "enter", "enter", "enter")
        assert seen.at == "QuestionScreen"
        assert "Which Expressway nodes are there?" in seen.text
        assert seen.deployment.name == "Example"
        assert "Example" in seen.lines[0]


async def test_private_certificates_end_not_affected(everything: Knowledge) -> None:
    async with working_on(everything, Deployment(name="Quick")) as seen:
        await seen.press("3", "enter")
        assert "certificates of a public CA?" in seen.text
        await seen.press("2", "enter")
        assert seen.at == "OptionsScreen"
        assert seen.session.assessment.outcome == "not-affected"
        assert "Not affected" in seen.text


async def test_no_use_of_mutual_tls_ends_in_watching(everything: Knowledge) -> None:
    async with working_on(everything, Deployment(name="Quick")) as seen:
        await seen.press("3", "enter", "1", "enter")
        assert "None of these" in seen.text
        await seen.press("enter")
        assert seen.at == "OptionsScreen"
        assert seen.session.assessment.outcome == "monitor"


async def test_mutual_tls_with_public_certificates_ends_in_acting(everything: Knowledge) -> None:
    async with working_on(everything, Deployment(name="Quick")) as seen:
        await seen.press("3", "enter", "1", "enter")
        await seen.press("3", "enter")
        assert seen.session.assessment.outcome == "act"
        for _ in range(10):
            if seen.at == "QuestionScreen":
                await seen.press("0", "enter")
        assert "Affected" in seen.text


async def test_zero_is_dont_know_on_every_question(everything: Knowledge) -> None:
    async with working_on(everything, TWO_CORES) as seen:
        for _ in range(60):
            if seen.at != "QuestionScreen":
                break
            await seen.press("0", "enter")
        assert seen.at == "OptionsScreen"


async def test_a_use_goes_from_yes_to_dont_know_to_no(everything: Knowledge) -> None:
    async with working_on(everything, Deployment(name="Quick")) as seen:
        await seen.press("3", "enter", "1", "enter", "1")
        assert "[x] SIP calls" in seen.text
        await seen.press("space")
        assert "[?] SIP calls" in seen.text and "I don't know" in seen.text
        await seen.press("1", "2", "0", "enter")
        uses = seen.deployment.uses
        assert uses["imp-federation"] == "yes"
        assert {uses[use] for use in uses if use != "imp-federation"} == {"unknown"}


async def test_back_keeps_the_answers_and_enter_goes_forward_over_them(everything: Knowledge) -> None:
    async with working_on(everything, Deployment(name="Quick")) as seen:
        await seen.press("3", "enter", "1", "enter", "3", "enter")
        here = seen.lines[2]
        await seen.press("escape", "backspace")
        assert "certificates of a public CA?" in seen.text
        assert seen.frame.page.key == "yes"
        await seen.press("enter")
        assert "Which of these do you use?" in seen.text and "[x] A UC traversal zone" in seen.text
        await seen.press("enter")
        assert seen.lines[2] == here


async def test_back_from_the_first_question_leads_home_and_closes_the_deployment(
    everything: Knowledge,
) -> None:
    async with working_on(everything, Deployment(name="Quick")) as seen:
        await seen.press("escape")
        assert seen.at == "Home"
        assert seen.app.desk.session is None


async def test_one_key_gives_the_same_answer_for_every_node(everything: Knowledge) -> None:
    async with working_on(everything, TWO_CORES) as seen:
        assert "release does expc1" in seen.text
        await seen.type("X14.3.7=")
        assert [node.release for node in seen.deployment.nodes] == [Release(14, 3, 7)] * 2


async def test_a_release_that_is_none_is_refused_with_the_reason(everything: Knowledge) -> None:
    async with working_on(everything, TWO_CORES) as seen:
        await seen.type("fourteen")
        await seen.press("enter")
        assert "not a release" in seen.text
        assert seen.deployment.nodes[0].release is None


async def test_what_other_nodes_have_is_offered(everything: Knowledge) -> None:
    async with working_on(everything, TWO_CORES) as seen:
        await seen.type("X14.3.7")
        await seen.press("enter", "down")
        assert seen.frame.page.key == "X14.3.7"
        await seen.press("enter")
        assert seen.deployment.nodes[1].release == Release(14, 3, 7)


async def test_undo_takes_the_last_answer_back(everything: Knowledge) -> None:
    async with working_on(everything, Deployment(name="Quick")) as seen:
        await seen.press("3", "enter", "1", "enter")
        await seen.press("u")
        assert seen.deployment.public_ca is None
        assert "taken back" in seen.text


async def test_a_prefilled_answer_says_where_it_comes_from(everything: Knowledge) -> None:
    deployment = Deployment(
        name="Told", public_ca="yes", origins={"public_ca": Origin("dump", "xconf.txt:12")}
    )
    async with working_on(everything, deployment) as seen:
        seen.session.go_to("public_ca")
        seen.frame.on_screen_resume()  # type: ignore[attr-defined]
        await seen.pilot.pause()
        assert "from the dump, xconf.txt:12" in seen.text


@pytest.mark.parametrize(("width", "shown"), [(80, False), (120, True)])
async def test_the_tree_stands_beside_the_question_where_there_is_room(
    everything: Knowledge, width: int, shown: bool
) -> None:
    async with working_on(everything, Deployment(name="Quick"), size=(width, 40)) as seen:
        assert ("Decision tree" in seen.text) is shown
        await seen.press("t")
        assert ("Decision tree" in seen.text) is not shown


async def test_keys_typed_ahead_reach_the_screen_they_are_meant_for(everything: Knowledge) -> None:
    async with wizard(everything) as seen:
        await seen.burst("1", "enter", *"Fast", *["enter"] * 5, "3", "enter", "2", "enter")
        assert seen.deployment.name == "Fast"
        assert seen.session.assessment.outcome == "not-affected"


@pytest.mark.parametrize("size", [(80, 24), (60, 20)])
async def test_what_the_picked_use_leads_to_is_told(everything: Knowledge, size: tuple[int, int]) -> None:
    say = everything.words.say
    async with working_on(everything, Deployment(name="Quick", public_ca="yes"), size=size) as seen:
        await seen.press("3", "enter")
        for use in USES:
            assert seen.frame.page.key == use
            assert say(f"answer.uses.{use}.leads") in seen.flat
            await seen.press("down")


async def test_in_a_tall_window_every_use_stands_with_what_it_leads_to(everything: Knowledge) -> None:
    async with working_on(everything, Deployment(name="Quick", public_ca="yes"), size=(120, 40)) as seen:
        await seen.press("3", "enter")
        for use in USES:
            assert everything.words.say(f"answer.uses.{use}.leads") in seen.text


async def test_while_nothing_is_known_no_option_is_called_needed_or_not(everything: Knowledge) -> None:
    async with working_on(everything, Deployment(name="New")) as seen:
        assert "not known yet which are needed" in seen.text
        assert "not needed" not in seen.text


async def test_nothing_typed_is_told_to_be_no_answer(everything: Knowledge) -> None:
    deployment = Deployment(name="One", nodes=(Node("expe1", "edge"),))
    async with working_on(everything, deployment) as seen:
        seen.session.go_to("node/expe1/release")
        seen.frame.on_screen_resume()  # type: ignore[attr-defined]
        await seen.pilot.pause()
        await seen.press("up", "up", "enter")
        assert seen.frame.page.key == "value"
        assert "Type an answer, or pick one below" in seen.lines[-1]
