"""The FAQ on the screen: found by word, symptom, release, option; an answer leads on to what it bears on."""

from tests.faces.scenarios import two_clusters
from tests.faces.tui.seen import wizard, working_on
from tests.faces.tui.sheets import fits, keys, said
from wizard.faces.tui.screens.faq import AnswerScreen
from wizard.model.knowledge import Knowledge


async def test_all_answers_are_listed_by_subject_until_something_is_typed(everything: Knowledge) -> None:
    async with wizard(everything) as seen:
        await seen.press("6", "enter")
        await seen.until("General questions")
        assert seen.at == "FaqScreen"
        assert len(keys(seen)) == 1 + len(everything.faq) == 28
        assert "changed since" in seen.text


async def test_typing_finds_and_enter_opens_the_best(everything: Knowledge) -> None:
    async with wizard(everything) as seen:
        await seen.press("6", "enter")
        await seen.until("General questions")
        await seen.paste("cluster replication")
        assert "found" in seen.text
        await seen.press("enter", "enter")
        assert seen.at == "AnswerScreen"
        assert "My cluster replication broke" in seen.text
        await seen.press("backspace")
        assert seen.at == "FaqScreen"
        assert "cluster replication" in seen.text


async def test_options_releases_and_symptoms_are_found(everything: Knowledge) -> None:
    async with wizard(everything) as seen:
        await seen.press("6", "enter")
        await seen.until("General questions")
        for query, entry in (
            ("option B", "what-now"),
            ("X15.4", "upload-on-x154"),
            ("upload-refused", "upload-refused"),
        ):
            await seen.press("slash" if seen.frame.page.key != "query" else "end", "ctrl+u")
            await seen.paste(query)
            assert entry in keys(seen), query


async def test_nothing_found_is_said(everything: Knowledge) -> None:
    async with wizard(everything) as seen:
        await seen.press("6", "enter")
        await seen.until("General questions")
        await seen.paste("zebra")
        assert "No answer holds these words" in seen.text


async def test_each_answer_shows_what_was_published_since_and_fits(everything: Knowledge) -> None:
    async with wizard(everything, size=(60, 20)) as seen:
        await seen.press("6", "enter")
        await seen.until("General questions")
        for entry in everything.faq.values():
            seen.app.push_screen(AnswerScreen(entry.id))
            await seen.pilot.pause()
            assert ("Published since" in said(seen)) is (entry.changed is not None)
            assert fits(seen)
            await seen.press("backspace")


async def test_an_answer_leads_to_symptom_step_and_question_and_back(everything: Knowledge) -> None:
    async with working_on(everything, two_clusters()) as seen:
        await seen.press("f")
        await seen.until("General questions")
        await seen.paste("cluster replication broke")
        await seen.press("enter", "enter")
        links = keys(seen)
        assert {"symptom:cluster-replication", "question:cluster_tls_verify", "option:A"} <= set(links)
        seen.frame.redraw(cursor="symptom:cluster-replication")
        await seen.press("enter")
        await seen.until("How to find out")
        await seen.press("backspace")
        assert seen.at == "AnswerScreen"
        step = next(key for key in links if key.startswith("step:"))
        seen.frame.redraw(cursor=step)
        await seen.press("enter")
        assert seen.at == "StepScreen"
        await seen.press("backspace")
        seen.frame.redraw(cursor="question:cluster_tls_verify")
        await seen.press("enter")
        assert seen.at == "QuestionScreen"
        assert "TLS verification mode" in seen.text


async def test_without_a_deployment_only_symptoms_are_led_to(everything: Knowledge) -> None:
    async with wizard(everything) as seen:
        await seen.press("6", "enter")
        await seen.until("General questions")
        await seen.paste("cluster replication broke")
        await seen.press("enter", "enter")
        assert keys(seen) == ["symptom:cluster-replication"]


async def test_a_terminal_without_other_characters_gets_ascii(everything: Knowledge) -> None:
    async with wizard(everything, plain=True) as seen:
        await seen.press("6", "enter")
        await seen.until("General questions")
        for entry in everything.faq:
            seen.app.push_screen(AnswerScreen(entry))
            await seen.pilot.pause()
            assert seen.text.isascii()
            await seen.press("backspace")
