"""Troubleshooting on the screen: from symptom or lines to the cause, its remedies and checks, and a note."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from textual import events

from tests.faces.scenarios import two_clusters
from tests.faces.tui.seen import CONTENT, Seen, wizard, working_on
from tests.faces.tui.sheets import fits, keys, said
from wizard.faces.case import Case
from wizard.faces.markdown import render
from wizard.faces.tui import doors
from wizard.faces.tui.logfile import CancelledError, LogFile, Pasted, ScanError, Scanning
from wizard.faces.tui.screens.trouble_case import CaseScreen
from wizard.faces.tui.screens.trouble_lines import ScanScreen
from wizard.faces.tui.screens.trouble_remedy import RemedyScreen
from wizard.faces.tui.screens.troubleshoot import SymptomsScreen
from wizard.model.knowledge import Knowledge
from wizard.model.troubleshooting import SYMPTOMS

LINES = """2026-10-15T17:14:01+02:00 vcse tvcs: Event="Inbound TLS Negotiation Error" Service="SIP" \
Src-ip="10.48.36.247" Src-port="25001" Detail="unsupported certificate purpose" Protocol="TLS"
2026-10-15T17:14:02+02:00 vcse tvcs: Event="Something else" Service="SIP"
"""


async def begin(seen: Seen, symptom: str = "") -> None:
    """From home, or from a deployment, to the symptoms; and into one of them."""
    if seen.at == "Home":
        await seen.press("5", "enter")
    else:
        doors.troubleshoot(seen.app)
    await seen.until("What do you see?")
    if symptom:
        await seen.press(str(SYMPTOMS.index(symptom) + 1), "enter")


def case_of(seen: Seen) -> Case:
    screen = seen.frame
    assert isinstance(screen, CaseScreen)
    return screen.case


async def to_diagnosis(seen: Seen, *answers: str) -> None:
    """Pick these answers, and the first where there are no more."""
    rest = list(answers)
    while case_of(seen).question is not None:
        await seen.press(rest.pop(0) if rest else "1", "enter")


async def test_a_symptom_leads_by_questions_to_its_cause_and_remedies(everything: Knowledge) -> None:
    async with wizard(everything) as seen:
        await begin(seen, "cluster-replication")
        assert "TLS verification mode of this cluster" in seen.text
        assert "rules out" in seen.text
        assert "How to find out" in seen.text
        await to_diagnosis(seen, "1", "1", "1")
        assert case_of(seen).result.diagnosis is not None
        assert "A peer's certificate lacks clientAuth" in seen.text
        assert "certain" in seen.text
        assert keys(seen)[: len(case_of(seen).result.remedies)] == [
            w.id for w in case_of(seen).result.remedies
        ]


async def test_a_wrong_turn_is_one_key_back_and_nothing_is_lost(everything: Knowledge) -> None:
    async with wizard(everything) as seen:
        await begin(seen, "cluster-replication")
        await seen.press("1", "enter", "1", "enter")
        third = case_of(seen).question
        await seen.press("backspace")
        second = case_of(seen).question
        assert second is not None and second.answer == seen.frame.page.key
        await seen.press("enter")
        assert case_of(seen).question == third
        await seen.press("backspace", "backspace", "2", "enter")
        assert len(case_of(seen).answers) == 2
        await seen.press("backspace", "1", "enter")
        assert case_of(seen).question == third


async def test_backing_out_of_the_first_question_leads_to_the_symptoms(everything: Knowledge) -> None:
    async with wizard(everything) as seen:
        await begin(seen, "neighbor-zone")
        await seen.press("backspace")
        assert seen.at == "SymptomsScreen"
        assert seen.frame.page.key == "neighbor-zone"


async def test_what_the_deployment_tells_is_not_asked_but_can_be_asked_again(everything: Knowledge) -> None:
    async with working_on(everything, two_clusters()) as seen:
        await begin(seen, "cluster-replication")
        known = [asked.question for asked in case_of(seen).result.path]
        assert known and not case_of(seen).answers
        assert "from the deployment" in said(seen)
        seen.frame.redraw(cursor=f"again/{known[0]}")
        await seen.press("enter")
        asked = case_of(seen).question
        assert asked is not None and asked.question == known[0]
        await seen.press("2", "enter")
        assert case_of(seen).answers == {known[0]: asked.answers[1].value}


@pytest.mark.parametrize("symptom", SYMPTOMS)
async def test_every_symptom_and_its_remedies_fit_a_small_window(everything: Knowledge, symptom: str) -> None:
    async with wizard(everything, size=(60, 20)) as seen:
        await begin(seen, symptom)
        while case_of(seen).question is not None:
            assert fits(seen)
            await seen.press("0", "enter")
        assert fits(seen)
        for way in case_of(seen).result.remedies:
            seen.app.push_screen(RemedyScreen(case_of(seen), way.id))
            await seen.pilot.pause()
            assert fits(seen)
            whole = said(seen)
            assert all(" ".join(step.rollback.split()) in whole for step in way.steps)
            await seen.press("backspace")


async def test_pasted_lines_are_told_with_what_they_mean_and_lead_to_a_symptom(everything: Knowledge) -> None:
    async with wizard(everything) as seen:
        await begin(seen)
        await seen.press("i")
        await seen.paste(LINES)
        await seen.press("f2")
        await seen.until("A neighbor zone fails")
        assert seen.at == "MatchesScreen"
        assert "Lines read: 2" in seen.text
        assert "unsupported certificate" in seen.text
        assert "Does not prove" in seen.text
        await seen.press("1", "enter")
        assert seen.at == "CaseScreen"
        await seen.press("backspace")
        assert seen.at == "MatchesScreen"


async def test_lines_that_say_nothing_are_said_to_and_what_to_collect(everything: Knowledge) -> None:
    async with wizard(everything) as seen:
        await begin(seen)
        await seen.press("i")
        await seen.paste("nothing\nof any interest\n")
        await seen.press("f2")
        await seen.until("None of them is recognised")
        assert "What to collect next" in seen.text


async def test_a_log_file_is_read_and_its_lines_stay_out_of_the_note(
    everything: Knowledge, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    log = tmp_path / "event.log"
    log.write_text("harmless\n" * 3000 + LINES)
    async with wizard(everything) as seen:
        await begin(seen)
        await seen.press("l")
        await seen.paste(str(log))
        await seen.press("enter")
        await seen.until("Matches listed")
        await seen.press("1", "enter")
        await to_diagnosis(seen)
        await seen.press("s")
        await seen.until("Save as a note in Markdown")
        await seen.press("enter")
        await seen.until("Saved:")
        notes = list(tmp_path.glob("troubleshooting-*.md"))
        assert len(notes) == 1
        text = notes[0].read_text()
        assert "Diagnosis" in text and "unsupported certificate purpose" in text
        assert "10.48.36.247" not in text
        await seen.press("up", "space", "down", "enter")
        assert "Overwrite" in seen.text
        await seen.press("down", "enter")
        assert "10.48.36.247" in notes[0].read_text()


async def test_a_pipe_is_refused_and_said(everything: Knowledge) -> None:
    async with wizard(everything) as seen:
        await begin(seen)
        seen.app.push_screen(
            ScanScreen(Case(everything, seen.app.desk.options.as_of), LogFile(Path("/dev/null")))
        )
        await seen.until("no regular file")
        await seen.press("backspace")
        assert seen.at == "SymptomsScreen"


class Endless:
    """Lines without an end, until somebody gives it up."""

    name, size = "endless", 0

    def __init__(self) -> None:
        self.begun = threading.Event()

    def chunks(self) -> Iterator[tuple[str, int]]:
        while True:
            self.begun.set()
            yield "line\n", 0


async def test_reading_can_be_given_up(everything: Knowledge) -> None:
    async with wizard(everything) as seen:
        await begin(seen)
        lines = Endless()
        screen = ScanScreen(Case(everything, seen.app.desk.options.as_of), lines)
        seen.app.push_screen(screen)
        await seen.until("Reading endless")
        assert lines.begun.wait(10)
        await seen.press("escape")
        assert seen.at == "SymptomsScreen"
    with pytest.raises(CancelledError):
        screen.scanning.run()


def test_a_file_that_is_not_there_is_an_error_with_its_reason(everything: Knowledge, tmp_path: Path) -> None:
    with pytest.raises(ScanError) as raised:
        Scanning(LogFile(tmp_path / "none.log"), everything).run()
    assert raised.value.code == "unreadable"
    assert "No such file" in raised.value.reason


def test_pasted_text_and_a_file_in_utf_16_tell_the_same(everything: Knowledge, tmp_path: Path) -> None:
    log = tmp_path / "windows.log"
    log.write_bytes(LINES.encode("utf-16"))
    one, other = (Scanning(lines, everything).run() for lines in (Pasted(LINES), LogFile(log)))
    assert one.matches == other.matches and one.matches


async def test_the_output_of_a_check_is_judged_where_it_belongs(everything: Knowledge) -> None:
    async with wizard(everything) as seen:
        await begin(seen, "cluster-replication")
        await to_diagnosis(seen, "1", "1", "1")
        await seen.press("1", "enter", "enter")
        assert seen.at == "PasteScreen"
        await seen.paste("nothing that tells\n")
        await seen.press("f2")
        assert seen.at == "RemedyScreen"
        assert "Not recognised" in seen.text
        await seen.press("backspace")
        verification = case_of(seen).result.verification
        assert verification is not None and verification.verdict == "not-recognised"
        assert case_of(seen).note(keep_lines=False).verified == "not-recognised"


async def test_attached_to_the_deployment_it_is_a_section_of_the_plan(everything: Knowledge) -> None:
    async with working_on(everything, two_clusters()) as seen:
        await begin(seen, "neighbor-zone")
        await to_diagnosis(seen)
        diagnosis = case_of(seen).result.diagnosis
        await seen.press("s", "down", "enter")
        notes = seen.deployment.troubles
        assert [note.symptom for note in notes] == ["neighbor-zone"]
        assert diagnosis is not None and notes[0].diagnosis == diagnosis.id
        assert notes[0].lines == ()
        await seen.press("enter")
        assert len(seen.deployment.troubles) == 1
        assert "Troubleshooting done" in render(seen.session.plan, everything)


async def test_a_diagnosis_leads_to_the_step_of_the_plan_that_cures_it(everything: Knowledge) -> None:
    async with working_on(everything, two_clusters()) as seen:
        await begin(seen)
        case = Case(everything, seen.session.as_of, seen.deployment)
        case.begin("cluster-replication")
        seen.app.push_screen(CaseScreen(case))
        await seen.pilot.pause()
        case.ask_again(case.result.path[-1].question)
        case.answer("server-only")
        seen.frame.redraw()
        cures = [key for key in keys(seen) if key.startswith("step/")]
        assert cures
        seen.frame.redraw(cursor=cures[0])
        await seen.press("enter")
        assert seen.at == "StepScreen"
        await seen.press("backspace")
        assert seen.at == "CaseScreen"


async def test_the_command_line_gives_the_same_diagnosis(everything: Knowledge) -> None:
    async with wizard(everything) as seen:
        await begin(seen, "cluster-replication")
        await to_diagnosis(seen, "1", "1", "1")
        command = seen.frame.command_line()
        assert command.startswith("eku-wizard troubleshoot cluster-replication --answer ")
        assert command.count("--answer") == 3


async def test_a_deployment_named_on_the_command_line_is_read_and_then_troubleshot(
    everything: Knowledge,
) -> None:
    """Once FILE has been read and taken, the symptoms are asked for; Back leads to the deployment's questions."""
    example = str(CONTENT / "example.toml")
    async with wizard(everything, files=(example,), begin="troubleshoot") as seen:
        await seen.until("Begin with it")
        await seen.press("enter")
        await seen.until("What do you see?")
        assert isinstance(seen.frame, SymptomsScreen)
        assert seen.frame.case.deployment is not None
        await seen.press("escape")
        assert seen.at in ("QuestionScreen", "OptionsScreen")


async def test_keys_typed_before_the_screen_is_there_are_for_it(everything: Knowledge) -> None:
    async with wizard(everything) as seen:
        for key in ("5", "enter", "1", "enter", "1", "enter"):
            seen.app.post_message(events.Key(key, key if len(key) == 1 else None))
        await seen.until("question 2")
        assert case_of(seen).symptom == SYMPTOMS[0]


async def test_a_terminal_without_other_characters_gets_ascii(everything: Knowledge) -> None:
    async with wizard(everything, plain=True) as seen:
        await begin(seen)
        assert seen.text.isascii()
        await seen.press("5", "enter")
        while case_of(seen).question is not None:
            assert seen.text.isascii()
            await seen.press("1", "enter")
        assert seen.text.isascii()
        await seen.press("pagedown", "end")
        assert seen.text.isascii()
