"""Store and evidence behind the line mode."""

import shutil
from pathlib import Path

import pytest

from tests.evidence.pki import ca, leaf
from tests.faces.paths import AS_OF, CONTENT, PROGRAM, knowledge
from wizard.commands.line_desk import LineDesk, standing
from wizard.faces.plain.desk import DamagedButKeptError, HeldElsewhereError
from wizard.faces.session import Session
from wizard.model.deployment import Deployment, Node
from wizard.model.problems import ProblemsError
from wizard.store.library import Library

HQ = Deployment(name="HQ", customer="Corp", public_ca="yes", nodes=(Node("expe1.example.com", "edge"),))


def desk_in(folder: Path | None) -> LineDesk:
    """A window on the deployments of a folder."""
    library = Library(folder, say=knowledge().words.say)
    return LineDesk(knowledge(), AS_OF, PROGRAM, library, CONTENT)


def _session(deployment: Deployment) -> Session:
    return Session(knowledge(), deployment, AS_OF, PROGRAM)


def test_what_is_kept_is_listed_with_where_it_stands_and_opened_again(tmp_path: Path) -> None:
    first = desk_in(tmp_path)
    first.create(HQ)
    first.keep(_session(HQ))
    assert first.place() == str(tmp_path / "hq.json")
    first.close()
    second = desk_in(tmp_path)
    (one,) = second.shelved()
    assert (one.slug, one.name, one.customer, one.readable) == ("hq", "HQ", "Corp", True)
    assert (one.question, one.about) == ("release", "expe1.example.com")
    opened = second.open("hq")
    assert (opened.nodes, opened.public_ca) == (HQ.nodes, "yes")
    assert (opened.saved.as_of, opened.saved.program) == (AS_OF, PROGRAM)
    second.close()


def test_a_second_window_is_told_and_can_take_over(tmp_path: Path) -> None:
    first, second = desk_in(tmp_path), desk_in(tmp_path)
    first.create(HQ)
    with pytest.raises(HeldElsewhereError):
        second.open("hq")
    assert second.open("hq", take_over=True).name == "HQ"
    with pytest.raises(ProblemsError):
        first.keep(_session(HQ))
    first.close()
    second.close()


def test_of_a_damaged_one_the_state_before_comes_back(tmp_path: Path) -> None:
    first = desk_in(tmp_path)
    first.create(HQ)
    first.keep(_session(HQ))
    first.close()
    (tmp_path / "hq.json").write_text("{", encoding="utf-8")
    second = desk_in(tmp_path)
    with pytest.raises(DamagedButKeptError):
        second.open("hq")
    assert second.restore("hq").nodes == HQ.nodes
    second.close()


def test_without_a_home_it_is_in_memory_and_has_no_place() -> None:
    desk = desk_in(None)
    with pytest.raises(ProblemsError):
        desk.create(HQ)
    assert desk.place() == ""
    with pytest.raises(ProblemsError):
        desk.keep(_session(HQ))


def test_an_example_is_looked_at_and_not_saved(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    example = desk.example()
    assert example.nodes
    desk.keep(_session(example))
    assert desk.place() == ""
    assert list(tmp_path.iterdir()) == []


def test_a_file_of_the_library_is_opened_as_what_it_is(tmp_path: Path) -> None:
    first = desk_in(tmp_path)
    first.create(HQ)
    first.close()
    assert desk_in(tmp_path).read((str(tmp_path / "hq.json"),), None, {}).slug == "hq"
    elsewhere = shutil.copy(tmp_path / "hq.json", tmp_path.parent / "copy.json")
    copied = desk_in(tmp_path).read((str(elsewhere),), None, {})
    assert copied.slug == ""
    assert copied.deployment.nodes == HQ.nodes
    assert copied.began_with == str(elsewhere)


def test_a_certificate_goes_to_its_node_and_one_that_fits_none_where_it_is_said(tmp_path: Path) -> None:
    root = ca("Example Root")
    fits, strays = tmp_path / "expe1.pem", tmp_path / "stray.pem"
    fits.write_text(leaf(root).pem, encoding="utf-8")
    stray = leaf(root, names=("other.example.net",), common_name="other.example.net")
    strays.write_text(stray.pem, encoding="utf-8")
    desk = desk_in(tmp_path)
    read = desk.read((str(fits), str(strays)), HQ, {})
    assert len(read.inspection.records) == 2
    assert read.unplaced == (str(strays),)
    assert read.deployment.nodes[0].server_certificate is not None
    assert read.deployment.nodes[0].client_certificate is None
    again = desk.read((str(fits), str(strays)), HQ, {str(strays): ("expe1.example.com", "client")})
    assert again.unplaced == ()
    assert again.deployment.nodes[0].client_certificate is not None


def test_a_plan_is_written_whole_and_never_over_another_unasked(tmp_path: Path) -> None:
    desk, path = desk_in(tmp_path), tmp_path / "plan.md"
    assert desk.write(str(path), "one\n", overwrite=False) == str(path)
    with pytest.raises(FileExistsError):
        desk.write(str(path), "two\n", overwrite=False)
    assert path.read_text(encoding="utf-8") == "one\n"
    desk.write(str(path), "two\n", overwrite=True)
    assert path.read_text(encoding="utf-8") == "two\n"
    with pytest.raises(ProblemsError):
        desk.write(str(tmp_path / "none" / "plan.md"), "x", overwrite=False)


def test_a_tilde_is_the_home_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert desk_in(tmp_path).write("~/plan.md", "x\n", overwrite=False) == str(tmp_path / "plan.md")


def test_a_plan_that_was_saved_can_be_gone_on_from(tmp_path: Path) -> None:
    desk, path = desk_in(tmp_path / "home"), tmp_path / "plan.md"
    path.write_text(f"# Plan\n\n{desk.block(HQ)}", encoding="utf-8")
    read = desk.read((str(path),), None, {})
    assert read.deployment.nodes == HQ.nodes
    assert read.began_with == str(path)


def test_the_standing_counts_what_is_answered_and_ahead() -> None:
    stands = standing(_session(HQ))
    assert (stands.outcome, stands.question, stands.answered) == ("open", "release", 3)
    assert stands.ahead > 0
