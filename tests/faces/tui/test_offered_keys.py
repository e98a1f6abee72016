"""The line of keys offers what does something where the cursor is, and nothing else."""

from tests.faces.scenarios import two_clusters
from tests.faces.tui.seen import wizard, working_on
from tests.faces.tui.sheets import said
from wizard.model.deployment import UNKNOWN, Deployment
from wizard.model.knowledge import Knowledge


async def test_letters_are_not_offered_as_keys_while_they_are_typed(everything: Knowledge) -> None:
    async with wizard(everything) as seen:
        await seen.press("6", "enter")
        await seen.until("Search")
        assert "F1 help" in seen.lines[-1]
        await seen.press("down")
        assert "? help" in seen.lines[-1]
        await seen.press("up")
        assert "F1 help" in seen.lines[-1]


async def test_a_key_that_writes_nothing_here_is_offered_in_a_field(everything: Knowledge) -> None:
    async with working_on(everything, two_clusters().without_node("expe2.example.com")) as seen:
        seen.session.go_to("node/expe1.example.com/release")
        seen.frame.on_screen_resume()  # type: ignore[attr-defined]
        await seen.pilot.pause()
        await seen.press("up", "up")
        assert seen.frame.page.key == "value"
        assert "= same" in seen.lines[-1] and "t tree" not in seen.lines[-1]


async def test_not_knowing_the_uses_is_an_answer_in_sight(everything: Knowledge) -> None:
    async with working_on(everything, Deployment(name="Quick", public_ca="yes")) as seen:
        await seen.press("3", "enter")
        assert "Which of these do you use?" in seen.text
        assert "0  I don't know" in seen.text
        await seen.press("3")
        while seen.frame.page.key != UNKNOWN:
            await seen.press("down")
        await seen.press("enter")
        assert seen.deployment.uses["uc-traversal"] == "yes"
        assert set(seen.deployment.uses.values()) == {"yes", UNKNOWN}


async def test_certificates_stated_by_hand_stand_in_a_table_and_with_their_nodes(
    everything: Knowledge,
) -> None:
    async with working_on(everything, two_clusters()) as seen:
        await seen.press("c")
        assert "public CA, DigiCert server+client 2026-12-31" in said(seen)
        assert "filter" not in seen.lines[-1]
        assert "Valid until" in seen.text
        await seen.press("escape", "n")
        assert "core hq X14.3.7 server" in said(seen)


async def test_nodes_are_duplicated_and_removed_only_where_one_is_picked(everything: Knowledge) -> None:
    async with working_on(everything, two_clusters()) as seen:
        await seen.press("n")
        assert "Enter change" in seen.lines[-1] and "x remove" in seen.lines[-1]
        while seen.frame.page.key != "add":
            await seen.press("down")
        assert "Enter go on" in seen.lines[-1]
        assert "remove" not in seen.lines[-1] and "duplicate" not in seen.lines[-1]


async def test_a_value_is_changed_by_a_key_only_where_one_stands(everything: Knowledge) -> None:
    """In a field, Right moves the cursor."""
    async with working_on(everything, two_clusters()) as seen:
        await seen.press("n", "a")
        assert seen.frame.page.key == "name" and "change" not in seen.lines[-1]
        await seen.press("down")
        assert seen.frame.page.key == "role" and "Space change" in seen.lines[-1]


async def test_after_the_last_chapter_none_is_offered(everything: Knowledge) -> None:
    async with working_on(everything, two_clusters()) as seen:
        await seen.press("p")
        assert "next chapter" in seen.lines[-1]
        await seen.press(*["right"] * 12)
        assert "Sources" in seen.text
        assert "next chapter" not in seen.lines[-1]


async def test_without_saved_deployments_nothing_is_offered_for_them(
    everything: Knowledge, home: str
) -> None:
    async with wizard(everything) as seen:
        await seen.press("2", "enter")
        assert "Nothing is saved yet" in seen.text
        assert home in said(seen), "where they would be"
        assert not any(word in seen.lines[-1] for word in ("open", "rename", "duplicate", "remove"))
