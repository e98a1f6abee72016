"""What is saved: every answer at once, listed, opened, renamed, copied, deleted; two windows; trouble."""

import asyncio
import json
from datetime import date
from pathlib import Path

import pytest

from tests.faces.tui.seen import Seen, wizard
from wizard.model.deployment import Deployment, Saved
from wizard.model.knowledge import Knowledge
from wizard.store.library import Library


@pytest.fixture
def library(home: str, everything: Knowledge) -> Library:
    return Library(Path(home) / "deployments", say=everything.words.say)


def save(library: Library, name: str, **values: object) -> None:
    deployment = Deployment(name=name, **values)  # type: ignore[arg-type]
    library.create(deployment).close()


async def begun(seen: Seen, name: str) -> None:
    """A new deployment, at its first question."""
    await seen.press("1", "enter")
    await seen.type(name)
    await seen.press("enter", "enter", "enter", "enter", "enter")


def saved(home: str, slug: str) -> dict[str, object]:
    found: dict[str, object] = json.loads((Path(home) / "deployments" / f"{slug}.json").read_text())
    return found


async def test_every_answer_is_saved_at_once_readable_by_its_owner_alone(
    everything: Knowledge, home: str
) -> None:
    async with wizard(everything) as seen:
        await begun(seen, "Example")
        await seen.until("saved")
        assert "saved" in seen.lines[0]
        await seen.press("3", "enter", "1", "enter")
        for _ in range(500):
            if saved(home, "example").get("public_ca"):
                break
            await asyncio.sleep(0.01)
        assert seen.app.flow.saved_at is not None
        assert saved(home, "example")["public_ca"] == "yes"
        file = Path(home) / "deployments" / "example.json"
        assert file.stat().st_mode & 0o777 == 0o600
        assert file.parent.stat().st_mode & 0o777 == 0o700


async def test_the_next_start_offers_to_go_on_from_the_last_answer(everything: Knowledge) -> None:
    async with wizard(everything) as seen:
        await begun(seen, "Example")
        await seen.press("3", "enter", "1", "enter")
    async with wizard(everything) as seen:
        assert seen.frame.page.key == "continue"
        assert "Last: example" in seen.text
        await seen.press("enter")
        assert seen.at == "SavedScreen" and "Example" in seen.text
        await seen.press("enter")
        assert "Which of these do you use?" in seen.text


async def test_the_list_says_where_each_stands(everything: Knowledge) -> None:
    async with wizard(everything) as seen:
        await begun(seen, "Example")
        await seen.press("3", "enter", "2", "enter")
        await seen.press("escape", "escape", "escape", "escape")
        await seen.press("2", "enter")
        assert "Not affected" in seen.flat


async def test_one_can_be_renamed_copied_and_deleted(everything: Knowledge, library: Library) -> None:
    save(library, "First")
    async with wizard(everything) as seen:
        await seen.press("2", "enter", "e")
        await seen.press("ctrl+u")
        await seen.type("Renamed")
        await seen.press("enter")
        assert "Renamed" in seen.text
        await seen.press("d", "enter")
        assert [entry.name for entry in library.entries()].count("Renamed (copy)") == 1
        await seen.press("home", "x")
        assert "There is no way back" in seen.flat
        await seen.press("enter")
        assert len(library.entries()) == 2
        await seen.press("x", "2", "enter")
        assert len(library.entries()) == 1


async def test_a_deployment_open_elsewhere_can_be_watched_or_taken_over(
    everything: Knowledge, library: Library
) -> None:
    save(library, "Shared", public_ca="yes")
    deployment, other = library.open("shared")
    async with wizard(everything) as seen:
        await seen.press("2", "enter", "enter")
        assert "open in another window" in seen.text
        await seen.press("1", "enter")
        assert "watching another window" in seen.lines[0]
        await seen.press("3", "enter")
        assert "Another window writes this deployment" in seen.text
        assert seen.deployment.uses == {}
        from dataclasses import replace

        other.save(replace(deployment, customer="Written elsewhere"))
        seen.app.flow._look()
        assert seen.deployment.customer == "Written elsewhere"
        seen.app.flow.take_back()
        assert seen.app.desk.state == "saved"
        await seen.press("3", "enter", "enter")
        assert seen.deployment.uses
    assert not other.is_ours()
    other.close()


async def test_the_window_that_was_taken_over_is_told_and_loses_nothing(
    everything: Knowledge, library: Library
) -> None:
    async with wizard(everything) as seen:
        await begun(seen, "Shared")
        _, other = library.open("shared", take_over=True)
        await seen.press("3", "enter")
        await seen.until("took this deployment over")
        assert "NOT SAVED" in seen.lines[0]
        await seen.press("escape", "2", "enter")
        await seen.press("escape")
        assert seen.deployment.public_ca == "no"
        await seen.press("ctrl+p", *"take over", "enter")
        assert "NOT SAVED" not in seen.lines[0]
    assert not other.is_ours()
    other.close()


async def test_a_damaged_one_is_set_aside_and_the_state_before_offered(
    everything: Knowledge, library: Library, home: str
) -> None:
    async with wizard(everything) as seen:
        await begun(seen, "Example")
        await seen.press("3", "enter", "1", "enter")
    file = Path(home) / "deployments" / "example.json"
    file.write_text(file.read_text()[:40])
    async with wizard(everything) as seen:
        await seen.press("2", "enter", "enter")
        assert "damaged" in seen.text and "set aside" in seen.flat
        await seen.press("1", "enter")
        assert seen.at == "QuestionScreen"
        assert seen.deployment.name == "Example"


async def test_one_of_a_newer_program_is_refused_and_left_alone(
    everything: Knowledge, library: Library, home: str
) -> None:
    save(library, "Future")
    file = Path(home) / "deployments" / "future.json"
    document = json.loads(file.read_text())
    file.write_text(json.dumps({**document, "format": 99}))
    before = file.read_text()
    async with wizard(everything) as seen:
        await seen.press("2", "enter", "enter")
        assert seen.at == "SavedScreen"
        assert "newer program" in seen.flat
    assert file.read_text() == before


async def test_a_place_that_takes_nothing_is_said_and_another_offered(
    everything: Knowledge, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    monkeypatch.setenv("EKU_WIZARD_HOME", str(blocked))
    other = tmp_path / "other"
    async with wizard(everything) as seen:
        await begun(seen, "Example")
        await seen.until("Saving failed")
        assert "NOT SAVED" in seen.lines[0]
        await seen.press("end", "up", "enter")
        assert seen.at == "TypeScreen"
        await seen.type(str(other))
        await seen.press("enter")
        await seen.press("3", "enter")
        assert seen.app.desk.state != "memory"
    assert (other / "example.json").exists()


async def test_the_work_goes_on_in_memory_where_nothing_can_be_saved(
    everything: Knowledge, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    monkeypatch.setenv("EKU_WIZARD_HOME", str(blocked))
    async with wizard(everything) as seen:
        await begun(seen, "Example")
        await seen.until("Saving failed")
        await seen.press("end", "enter", "3", "enter", "2", "enter")
        assert seen.session.assessment.outcome == "not-affected"
        assert "NOT SAVED" in seen.lines[0]


async def test_one_opened_again_after_weeks_says_what_changed(
    everything: Knowledge, library: Library
) -> None:
    earlier = Saved(as_of=date(2026, 1, 5), edition=everything.edition.id)
    uses = {"uc-traversal": "yes"}
    save(library, "Old", public_ca="yes", uses=uses, saved=earlier)
    async with wizard(everything) as seen:
        await seen.press("2", "enter", "enter")
        assert seen.at == "SinceScreen"
        assert "2026-01-05" in seen.text and "Passed since then" in seen.text
        await seen.press("enter")
        assert seen.at == "QuestionScreen"


async def test_nothing_is_said_to_have_changed_on_the_same_day(
    everything: Knowledge, library: Library
) -> None:
    save(library, "Today", saved=Saved(as_of=date(2026, 11, 23), edition=everything.edition.id))
    async with wizard(everything) as seen:
        await seen.press("2", "enter", "enter")
        assert seen.at == "QuestionScreen"
