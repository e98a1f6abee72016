"""Files picked, read, shown before they are used, put into stores; text pasted; passwords asked, not kept."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12

from tests.evidence.pki import SERVER, family, leaf
from tests.faces.tui.seen import Seen, wizard, working_on
from wizard.faces.tui import folder
from wizard.faces.tui.screens import reading
from wizard.model.deployment import Deployment, Node
from wizard.model.knowledge import Knowledge
from wizard.model.release import Release

EDGES = Deployment(
    name="Two",
    nodes=tuple(Node(f"expe{n}.example.com", "edge", release=Release(14, 3, 7)) for n in (1, 2)),
)
FIRST = leaf(family()[1], names=("expe1.example.com",), common_name="expe1.example.com")
STRAY = leaf(family()[1], names=("mail.example.com",), common_name="mail.example.com", eku=(SERVER,))
DATA = Path(__file__).parents[2] / "evidence" / "data"


async def picked(seen: Seen, path: Path) -> None:
    """Load a file by its typed path, and wait until it was read."""
    await seen.press("l")
    assert seen.at == "FilesScreen"
    await seen.type(str(path))
    await seen.press("enter")


async def test_a_certificate_is_shown_with_its_sha256_and_used_only_when_said_so(
    everything: Knowledge, tmp_path: Path
) -> None:
    file = tmp_path / "expe1.pem"
    file.write_text(FIRST.pem)
    async with working_on(everything, EDGES) as seen:
        await picked(seen, file)
        await seen.until("This was read")
        assert FIRST.sha256 in seen.text
        assert seen.deployment.nodes[0].server_certificate is None
        await seen.press("enter")
        assert seen.at == "QuestionScreen"
        held = seen.deployment.nodes[0].server_certificate
        assert held is not None and held.record is not None and held.record.sha256 == FIRST.sha256
        assert seen.deployment.origins["node/expe1.example.com/server_certificate"].kind == "certificate"


async def test_what_was_read_can_be_left(everything: Knowledge, tmp_path: Path) -> None:
    file = tmp_path / "expe1.pem"
    file.write_text(FIRST.pem)
    async with working_on(everything, EDGES) as seen:
        await picked(seen, file)
        await seen.until("This was read")
        await seen.press("3", "enter")
        assert seen.deployment == EDGES


async def test_a_certificate_that_fits_no_node_is_put_where_the_user_says(
    everything: Knowledge, tmp_path: Path
) -> None:
    file = tmp_path / "mail.pem"
    file.write_text(STRAY.pem)
    async with working_on(everything, EDGES) as seen:
        await picked(seen, file)
        await seen.until("This was read")
        assert "Problems" in seen.text
        await seen.press("2", "enter")
        assert seen.at == "LoadedCertificatesScreen"
        await seen.press("enter")
        assert "Where does mail.example.com belong?" in seen.text
        await seen.press("4", "enter")
        assert "expe2.example.com, client certificate" in seen.text
        await seen.press("escape", "1", "enter")
        held = seen.deployment.nodes[1].client_certificate
        assert held is not None and held.record is not None and held.record.sha256 == STRAY.sha256


async def test_a_stray_certificate_can_become_a_node_of_its_own(
    everything: Knowledge, tmp_path: Path
) -> None:
    file = tmp_path / "mail.pem"
    file.write_text(STRAY.pem)
    async with working_on(everything, EDGES) as seen:
        await picked(seen, file)
        await seen.until("This was read")
        await seen.press("2", "enter", "enter", "5", "enter")
        assert seen.at == "TypeScreen"
        await seen.press("enter", "escape", "1", "enter")
        node = seen.deployment.node("mail.example.com")
        assert node is not None and node.server_certificate is not None


async def test_pasted_text_is_counted_and_not_shown(everything: Knowledge) -> None:
    async with working_on(everything, EDGES) as seen:
        await seen.press("l", "down", "i")
        await seen.paste(FIRST.key_pem + FIRST.pem)
        assert "BEGIN" not in seen.text and FIRST.key_pem.split("\n")[1] not in seen.text
        assert "There is a private key in it" in seen.flat
        await seen.press("ctrl+d")
        await seen.until("This was read")
        assert FIRST.sha256 in seen.text
        assert "private key" in seen.flat


async def test_text_typed_key_by_key_without_bracketed_paste_is_taken_too(everything: Knowledge) -> None:
    async with working_on(everything, EDGES) as seen:
        await seen.press("l", "down", "i")
        for line in FIRST.pem.splitlines():
            await seen.burst(*line, "enter")
        await seen.press("ctrl+d")
        await seen.until("This was read")
        assert FIRST.sha256 in seen.text


async def test_a_locked_file_asks_for_its_password_masked(everything: Knowledge, tmp_path: Path) -> None:
    file = tmp_path / "expe1.p12"
    file.write_bytes(
        pkcs12.serialize_key_and_certificates(
            b"expe1", FIRST.key, FIRST.certificate, None, BestAvailableEncryption(b"open sesame")
        )
    )
    async with working_on(everything, EDGES) as seen:
        await picked(seen, file)
        await seen.until("This file is locked")
        await seen.type("wrong")
        await seen.press("enter")
        await seen.until("This file is locked")
        await seen.type("open sesame")
        assert "sesame" not in seen.text and "•••••••••••" in seen.text
        await seen.press("enter")
        await seen.until("This was read")
        assert FIRST.sha256 in seen.text


async def test_a_locked_file_can_be_skipped(everything: Knowledge, tmp_path: Path) -> None:
    file = tmp_path / "expe1.p12"
    file.write_bytes(
        pkcs12.serialize_key_and_certificates(
            b"expe1", FIRST.key, FIRST.certificate, None, BestAvailableEncryption(b"x")
        )
    )
    async with working_on(everything, EDGES) as seen:
        await picked(seen, file)
        await seen.until("This file is locked")
        await seen.press("escape")
        await seen.until("Nothing was found")
        assert "password" in seen.flat


async def test_two_bundles_fill_nodes_releases_and_uses(everything: Knowledge) -> None:
    async with wizard(everything) as seen:
        await seen.press("4", "enter")
        await seen.type(str(DATA))
        await seen.press("down", "down", "space", "l")
        await seen.until("This was read")
        # 8 of each core and 6 of each edge, in the text and again in its twin.
        assert "Passwords, keys and community strings in the dumps: 56." in seen.text
        await seen.press("enter")
        assert seen.at == "QuestionScreen"
        assert len(seen.deployment.nodes) == 4
        assert seen.deployment.uses
        assert "from the dump" not in seen.text


async def test_files_of_the_command_line_are_read_at_once(everything: Knowledge, tmp_path: Path) -> None:
    file = tmp_path / "expe1.pem"
    file.write_text(FIRST.pem)
    async with wizard(everything, files=(str(file),)) as seen:
        await seen.until("This was read")
        assert FIRST.sha256 in seen.text


async def test_a_deployment_file_that_is_refused_says_where_and_leaves_the_rest_alone(
    everything: Knowledge, tmp_path: Path
) -> None:
    file = tmp_path / "bad.toml"
    file.write_text('format = 1\nname = "Bad"\npublic_ca = "perhaps"\n')
    async with working_on(everything, EDGES) as seen:
        await picked(seen, file)
        await seen.until("This cannot be gone on from")
        assert "line 3" in seen.flat
        await seen.press("escape")
        assert seen.deployment == EDGES


async def test_reading_is_stopped_by_escape(everything: Knowledge, monkeypatch: pytest.MonkeyPatch) -> None:
    stopped: list[bool] = []

    def endless(*_: object, **__: object) -> Iterator[str]:
        try:
            while True:
                yield "many.pem"
                yield ""
        finally:
            stopped.append(True)

    monkeypatch.setattr(reading, "gather_steps", endless)
    async with working_on(everything, EDGES) as seen:
        seen.app.push_screen(reading.ReadingScreen(["many.pem"], begin=""))
        await seen.until("many.pem")
        assert "Files seen  1" in seen.text  # What names no file is no file, and does not take the name away.
        await seen.press("escape")
        assert seen.at == "QuestionScreen"
        assert seen.deployment == EDGES
    assert stopped == [True]


async def test_ten_thousand_certificates_are_a_table_that_keys_move_in(
    everything: Knowledge, tmp_path: Path
) -> None:
    file = tmp_path / "many.pem"
    file.write_text(FIRST.pem * 2000 + STRAY.pem)
    async with working_on(everything, EDGES) as seen:
        await picked(seen, file)
        await seen.until("This was read")
        await seen.press("2", "enter", "slash")
        await seen.type("mail")
        await seen.press("down")
        assert seen.text.count("mail.example.com") >= 1
        assert len(seen.frame.page.sheet.stops) == 2
        await seen.press("slash", "less_than_sign", "end", "home")
        assert "Sorted by name" in seen.text
        assert len(seen.frame.page.sheet.stops) == 2001


async def test_an_overruled_value_is_kept_beside_what_the_file_says(
    everything: Knowledge, tmp_path: Path
) -> None:
    file = tmp_path / "expe1.pem"
    file.write_text(FIRST.pem)
    async with working_on(everything, EDGES) as seen:
        await picked(seen, file)
        await seen.until("This was read")
        await seen.press("enter", "c", "enter")
        assert "Overrule" in seen.text
        await seen.press("3", "enter")
        assert seen.at == "ChangeScreen"
        await seen.press("2", "enter", "1", "enter")
        held = seen.deployment.nodes[0].server_certificate
        assert held is not None and held.eku == ("serverAuth",)
        origin = seen.deployment.origins["node/expe1.example.com/server_certificate/eku"]
        assert origin.other and origin.other_kind == "certificate"
        assert any(found.used for found in seen.session.assessment.discrepancies)


def test_a_folder_lists_folders_first_and_nothing_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "b.pem").write_text("x")
    (tmp_path / "a.pem").write_text("x" * 2048)
    (tmp_path / "zones").mkdir()
    (tmp_path / ".hidden").write_text("x")
    import os

    os.mkfifo(tmp_path / "pipe")
    found = folder.listing(str(tmp_path))
    assert [(entry.name, entry.is_folder) for entry in found.entries] == [
        ("zones", True), ("a.pem", False), ("b.pem", False),
    ]  # fmt: skip
    assert folder.size_words(found.entries[1].size) == "2 KB"
    assert [entry.name for entry in folder.listing(str(tmp_path), "A").entries] == ["a.pem"]
    assert [entry.name for entry in folder.listing(str(tmp_path), ".h").entries] == [".hidden"]
    assert folder.listing(str(tmp_path / "missing")).problem


@pytest.mark.parametrize(
    ("typed", "place", "beginning"),
    [("", ".", ""), ("ab", ".", "ab"), ("/etc/ho", "/etc", "ho"), ("/etc/", "/etc/", ""), ("..", "..", "")],
)
def test_a_typed_path_is_a_folder_and_the_beginning_of_a_name(typed: str, place: str, beginning: str) -> None:
    assert folder.split(typed) == (place, beginning)


async def test_what_told_nothing_is_not_begun_with_and_its_path_can_be_mended(
    everything: Knowledge, tmp_path: Path
) -> None:
    """A typo must not begin an empty deployment, nor be typed again from its beginning."""
    wrong = str(tmp_path / "nosuch.pem")
    async with wizard(everything) as seen:
        await seen.press("4", "enter")
        await seen.type(wrong)
        await seen.press("enter")
        await seen.until("Nothing was found in it")
        assert "There is no such file" in seen.flat and "Begin with it" not in seen.text
        await seen.press("enter")
        assert seen.at == "FilesScreen"
        assert seen.frame.page.value("path") == wrong


async def test_a_file_that_is_refused_says_where_and_another_can_be_picked(
    everything: Knowledge, tmp_path: Path
) -> None:
    bad = tmp_path / "bad.toml"
    bad.write_text('format = 1\nnaem = "x"\n')
    async with wizard(everything, files=(str(bad),)) as seen:
        await seen.until("cannot be gone on from")
        assert "line 2" in seen.flat and "Did you mean name?" in seen.flat
        await seen.press("1", "enter")
        assert seen.at == "FilesScreen" and seen.frame.page.value("path") == str(bad)
        await seen.press("escape")
        assert seen.at == "Home"
