"""Saved deployments: listed, opened, kept apart between windows, and never lost to damage or a full disk."""

import errno
import json
import os
import stat
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from tests.store.conftest import NOON
from tests.store.words import say
from wizard.model.deployment import Deployment, Node
from wizard.store import migrations
from wizard.store.errors import DamagedError, HeldError, LostLockError, NewerFormatError, StoreError
from wizard.store.files import Pending
from wizard.store.library import Library
from wizard.store.migrations import UnknownFormatError, migrate
from wizard.store.session import Session
from wizard.store.slugs import is_slug, slug_of
from wizard.store.standing import Standing

MRA = Deployment(name="Example MRA", customer="Example Corp", nodes=(Node("e1", "edge"), Node("e2", "edge")))
STANDING = Standing(
    "act", "node_release", "e1", answered=3, ahead=2, steps=12, done=1, binding=date(2026, 12, 30)
)

Refuse = Callable[[str, int], None]


def saved(library: Library, deployment: Deployment = MRA) -> str:
    """The slug of a deployment that was saved and closed."""
    with library.create(deployment, STANDING) as session:
        assert session.problem is None
        return session.slug


def _same(moment: datetime) -> datetime:
    return moment


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()} - {".writing"}


def test_a_saved_deployment_is_listed_with_where_it_stands(library: Library) -> None:
    assert not library.has_any() and library.entries() == ()
    slug = saved(library)
    (entry,) = library.entries()
    assert library.has_any()
    assert (entry.slug, entry.name, entry.customer, entry.nodes) == (slug, "Example MRA", "Example Corp", 2)
    assert (entry.state, entry.written, entry.standing) == ("ok", NOON, STANDING)


def test_the_list_begins_with_what_was_written_last(folder: Path) -> None:
    for hours, name in ((1, "b"), (3, "c"), (2, "a")):
        then = NOON + timedelta(hours=hours)
        saved(Library(folder, say=say, now=partial(_same, then)), Deployment(name=name))
    assert [entry.name for entry in Library(folder, say=say).entries()] == ["c", "a", "b"]


def test_what_was_saved_is_opened_and_gone_on_with(library: Library) -> None:
    slug = saved(library)
    deployment, session = library.open(slug)
    assert deployment == MRA and session.problem is None
    changed = replace(MRA, public_ca="yes", uses={"b2b-sip": "no"})
    session.save(changed, frozenset({"uses/b2b-sip"}), STANDING)
    session.close()
    assert library.open(slug)[0] == changed


def test_all_that_is_saved_belongs_to_the_owner_alone(library: Library, folder: Path) -> None:
    session = library.create(MRA)
    session.save(MRA)
    for path in [folder, *folder.iterdir()]:
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600), path


def test_a_saved_file_holds_no_secret(library: Library, folder: Path) -> None:
    notes = {"backup": "pw {cipher}aGVsbG8gd29ybGQ= and -----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBg"}
    library.create(replace(MRA, saved=replace(MRA.saved, notes=notes))).close()
    for path in folder.iterdir():
        assert b"aGVsbG8" not in path.read_bytes() and b"MIIEvQ" not in path.read_bytes()


def test_names_become_file_names_that_stay_in_the_folder(library: Library, folder: Path) -> None:
    hostile = ["../../etc/passwd", "a/b", ".hidden", "", "日本", "con", "x" * 500, "A B", "a-b", "nul\0"]
    slugs = [saved(library, Deployment(name=name.replace("\0", "?"))) for name in hostile]
    assert len(set(slugs)) == len(hostile)
    assert names(folder) == {f"{slug}.json" for slug in slugs}
    assert slug_of("Example MRA (Zürich)") == "example-mra-zurich" and slug_of("con") == "deployment-con"


@pytest.mark.parametrize("slug", ["../x", "a/b", "", ".x", "a\0", "..", "c:x", "a\\b"])
def test_a_slug_names_no_path(library: Library, slug: str) -> None:
    assert not is_slug(slug)
    with pytest.raises(StoreError) as caught:
        library.open(slug)
    assert caught.value.code == "missing"


# Two windows


def test_the_second_window_is_told_and_can_watch(library: Library) -> None:
    session = library.create(MRA)
    with pytest.raises(HeldError) as caught:
        library.open(session.slug)
    assert caught.value.holder.pid == os.getpid()
    assert str(os.getpid()) in caught.value.problems[0].message
    watch = library.watch(session.slug)
    assert watch.deployment == MRA and not watch.refresh()
    session.save(replace(MRA, public_ca="no"))
    assert watch.refresh() and watch.deployment.public_ca == "no"
    assert not watch.refresh()
    assert watch.holder() is not None
    session.close()
    assert watch.holder() is None and library.holder(session.slug) is None


def test_the_second_window_can_take_over_and_the_first_overwrites_nothing(library: Library) -> None:
    first = library.create(MRA)
    taken, second = library.open(first.slug, take_over=True)
    second.save(replace(taken, public_ca="no"))
    assert not first.is_ours() and first.taken_by() is not None
    for _ in range(2):
        with pytest.raises(LostLockError) as caught:
            first.save(replace(MRA, public_ca="yes"))
        assert caught.value.code == "lost"
    assert second.is_ours() and second.taken_by() is None
    second.close()
    with pytest.raises(LostLockError):
        first.save(replace(MRA, public_ca="yes"))
    assert library.open(first.slug)[0].public_ca == "no"


def test_between_looking_at_the_lock_and_writing_nobody_can_take_over(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = library.create(MRA)
    monkeypatch.setattr("wizard.store.locks._PATIENCE", 0.0)
    tried: list[str] = []
    put = Pending.put

    def meanwhile(pending: Pending, *, backup: bool = False, overwrite: bool = True) -> None:
        if not tried:
            problem = library.open(session.slug, take_over=True)[1].problem
            tried.append(problem.code if problem is not None else "taken over")
        put(pending, backup=backup, overwrite=overwrite)

    monkeypatch.setattr(Pending, "put", meanwhile)
    session.save(replace(MRA, public_ca="no"))
    assert tried == ["busy"] and session.is_ours()


def test_a_deployment_taken_over_can_be_taken_back(library: Library) -> None:
    first = library.create(MRA)
    _, second = library.open(first.slug, take_over=True)
    second.save(replace(MRA, public_ca="no"))
    back, third = library.open(first.slug, take_over=True)
    assert back.public_ca == "no"
    third.save(replace(back, upgrade_by="never"))
    with pytest.raises(LostLockError):
        second.save(MRA)


def test_a_change_by_another_hand_is_not_overwritten(library: Library, folder: Path) -> None:
    session = library.create(MRA)
    path = folder / f"{session.slug}.json"
    path.write_text(path.read_text().replace("Example Corp", "Other Corp"))
    with pytest.raises(LostLockError) as caught:
        session.save(MRA)
    assert caught.value.code == "changed" and "Other Corp" in path.read_text()


def test_a_file_that_was_removed_under_a_window_is_written_again(library: Library, folder: Path) -> None:
    session = library.create(MRA)
    (folder / f"{session.slug}.json").unlink()
    session.save(replace(MRA, public_ca="no"))
    session.close()
    assert library.open(session.slug)[0].public_ca == "no"


def test_two_new_deployments_of_one_name_get_files_of_their_own(library: Library) -> None:
    first, second = library.create(MRA), library.create(MRA)
    assert {first.slug, second.slug} == {"example-mra", "example-mra-2"}
    first.close()
    assert library.create(MRA).slug == "example-mra-3"


TAKE_TURNS = """
import sys
from dataclasses import replace
from pathlib import Path
from tests.store.words import say
from wizard.store.errors import LostLockError
from wizard.store.library import Library
library = Library(Path(sys.argv[1]), say=say)
written = lost = 0
print("ready", flush=True)
sys.stdin.readline()
while written < 40:
    deployment, session = library.open("turns", take_over=True)
    try:
        for _ in range(7):
            later = replace(deployment.saved, revision=deployment.saved.revision + 1)
            session.save(replace(deployment, saved=later))
            deployment, written = replace(deployment, saved=later), written + 1
    except LostLockError:
        lost += 1
    session.close()
print(written, lost)
"""


def test_windows_that_take_a_deployment_from_each_other_lose_no_save(library: Library, folder: Path) -> None:
    """Three processes at once: each save that was confirmed is counted exactly once."""
    saved(library, Deployment(name="turns"))
    windows = [
        subprocess.Popen(
            [sys.executable, "-c", TAKE_TURNS, str(folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).parents[2],
        )
        for _ in range(3)
    ]
    for window in windows:
        assert window.stdout is not None and window.stdout.readline() == "ready\n"
    for window in windows:
        assert window.stdin is not None
        window.stdin.write("go\n")
        window.stdin.flush()
    counts = [[int(n) for n in window.communicate(timeout=60)[0].split()] for window in windows]
    assert sum(lost for _, lost in counts) > 0, "they never met, so nothing was tried"
    assert library.open("turns")[0].saved.revision == sum(written for written, _ in counts)


# Rename, duplicate, delete


def test_rename_changes_the_name_only(library: Library) -> None:
    slug = saved(library)
    library.rename(slug, "Other\x1b name")
    (entry,) = library.entries()
    assert (entry.slug, entry.name, entry.standing) == (slug, "Other\\x1b name", STANDING)
    assert library.open(slug)[0] == replace(MRA, name="Other\\x1b name")


def test_a_duplicate_is_a_deployment_of_its_own(library: Library) -> None:
    slug = saved(library)
    copy = library.duplicate(slug, "Example MRA")
    assert copy != slug
    deployment, session = library.open(copy)
    assert deployment == MRA
    session.save(replace(MRA, public_ca="no"))
    assert library.open(slug)[0] == MRA


def test_delete_removes_all_that_was_kept_of_it(library: Library, folder: Path) -> None:
    other = saved(library, Deployment(name="example-mra.json"))
    slug = saved(library)
    with library.open(slug)[1] as session:
        session.save(MRA)
    (folder / f"{slug}.json.damaged-1").write_text("{")
    library.delete(slug)
    assert names(folder) == {f"{other}.json"}


def test_what_another_window_has_open_is_not_renamed_or_deleted(library: Library) -> None:
    session = library.create(MRA)
    with pytest.raises(HeldError):
        library.rename(session.slug, "x")
    with pytest.raises(HeldError):
        library.delete(session.slug)
    session.save(MRA)
    assert library.entries()[0].name == MRA.name


# Damage, other formats


def damage(path: Path, kind: str) -> None:
    data = path.read_bytes()
    damaged = {
        "empty": b"",
        "cut off": data[: len(data) // 2],
        "zeros": b"\0" * len(data),
        "no text": b"\xff\xfe" + data,
        "not ours": b"[1]",
        "a bad value": b'{"public_ca": 1}',
    }
    path.write_bytes(damaged[kind])


@pytest.mark.parametrize("kind", ["empty", "cut off", "zeros", "no text", "not ours", "a bad value"])
def test_a_damaged_one_is_set_aside_and_the_state_before_offered(
    library: Library, folder: Path, kind: str
) -> None:
    slug = saved(library)
    with library.open(slug)[1] as session:
        session.save(replace(MRA, public_ca="no"))
    path = folder / f"{slug}.json"
    damage(path, kind)
    damaged = path.read_bytes()
    with pytest.raises(DamagedError) as caught:
        library.open(slug)
    assert caught.value.previous and caught.value.code == "damaged-previous"
    assert caught.value.aside.read_bytes() == damaged
    assert caught.value.aside.name in caught.value.problems[0].message
    (entry,) = library.entries()
    assert (entry.state, entry.previous, entry.name) == ("damaged", True, MRA.name)
    deployment, session = library.restore(slug)
    assert deployment == MRA
    session.save(deployment)
    assert library.entries()[0].state == "ok"


def test_a_damaged_one_without_a_state_before_is_set_aside_all_the_same(
    library: Library, folder: Path
) -> None:
    slug = saved(library)
    for number in (1, 2):
        (folder / f"{slug}.json").write_text("{")
        assert [(entry.state, entry.previous) for entry in library.entries()] == [("damaged", False)]
        with pytest.raises(DamagedError) as caught:
            library.open(slug)
        assert caught.value.code == "damaged" and caught.value.aside.name == f"{slug}.json.damaged-{number}"
        with pytest.raises(StoreError) as none:
            library.restore(slug)
        assert none.value.code == "no-previous"
    assert library.entries() == ()


def test_a_power_cut_in_the_middle_of_a_save_costs_that_save_only(library: Library, folder: Path) -> None:
    slug = saved(library)
    (folder / f".{slug}.json.0badcafe.tmp").write_text('{"format":1,"na')
    deployment, session = library.open(slug)
    assert deployment == MRA and not any(name.endswith(".tmp") for name in names(folder))
    session.close()


def test_what_a_newer_program_wrote_is_refused_and_not_touched(library: Library, folder: Path) -> None:
    slug = saved(library)
    path = folder / f"{slug}.json"
    newer = json.dumps({**json.loads(path.read_text()), "format": 2, "new": True})
    path.write_text(newer)
    before = path.stat()
    assert library.entries()[0].state == "newer"
    for use in (
        library.open,
        library.watch,
        lambda s: library.rename(s, "x"),
        lambda s: library.duplicate(s, "x"),
    ):
        with pytest.raises(NewerFormatError):
            use(slug)
    after = path.stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert names(folder) == {path.name}


def test_an_older_format_is_migrated_and_kept_as_it_was(
    library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """There is no older format yet: one that never was stands in for it."""
    monkeypatch.setitem(
        migrations.STEPS, 0, lambda document: {"name": document["title"], "saved": document["saved"]}
    )
    folder.mkdir(parents=True)
    old = json.dumps({"format": 0, "title": "Old", "saved": {"generation": 7}})
    (folder / "old.json").write_text(old)
    deployment, session = library.open("old")
    assert deployment == Deployment(name="Old")
    assert (folder / "old.json").read_text() == old, "opening alone changes nothing"
    session.save(deployment)
    session.save(deployment)
    document = json.loads((folder / "old.json").read_text())
    assert (document["format"], document["name"], document["saved"]["generation"]) == (1, "Old", 9)
    assert (folder / "old.json.format-0").read_text() == old


def test_migration_goes_step_by_step() -> None:
    steps = {0: lambda d: {**d, "a": 1}, 1: lambda d: {**d, "b": d["a"]}}
    assert migrate({"format": 0}, to=2, steps=steps) == {"format": 2, "a": 1, "b": 1}
    assert migrate({}, to=1) == {}
    with pytest.raises(UnknownFormatError):
        migrate({"format": 0}, to=2, steps={1: lambda d: d})


# Nowhere to write


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "disk-full"),
        (errno.EDQUOT, "quota"),
        (errno.EROFS, "read-only"),
        (errno.EACCES, "no-permission"),
    ],
)
def test_work_goes_on_in_memory_and_is_saved_when_that_is_possible_again(
    library: Library, folder: Path, refuse: Refuse, number: int, code: str
) -> None:
    refuse("mkdir", number)
    refuse("open", number)
    session = library.create(MRA)
    assert session.problem is not None and session.problem.code == code
    with pytest.raises(StoreError) as caught:
        session.save(replace(MRA, public_ca="no"))
    assert caught.value.code == code
    refuse("mkdir", 0)
    refuse("open", 0)
    session.save(replace(MRA, public_ca="yes"))
    assert session.problem is None
    session.close()
    assert library.open(session.slug)[0].public_ca == "yes"


def test_a_disk_that_fills_up_keeps_what_was_saved_before(library: Library, refuse: Refuse) -> None:
    session = library.create(MRA)
    refuse("fsync", errno.ENOSPC)
    with pytest.raises(StoreError) as caught:
        session.save(replace(MRA, public_ca="no"))
    assert caught.value.code == "disk-full" and "disk is full" in caught.value.problems[0].message
    assert library.watch(session.slug).deployment == MRA
    refuse("fsync", 0)
    session.save(replace(MRA, public_ca="yes"))
    assert library.watch(session.slug).deployment.public_ca == "yes"


def test_a_read_only_folder_can_still_be_read(library: Library, refuse: Refuse) -> None:
    slug = saved(library)
    refuse("open", errno.EROFS)
    deployment, session = library.open(slug)
    assert deployment == MRA and session.problem is not None and session.problem.code == "read-only"
    with pytest.raises(StoreError):
        session.save(replace(MRA, public_ca="no"))
    refuse("open", 0)
    session.save(replace(MRA, public_ca="no"))
    session.close()
    assert library.open(slug)[0].public_ca == "no"


def test_what_another_window_wrote_while_this_one_was_in_memory_is_not_overwritten(
    library: Library, refuse: Refuse
) -> None:
    slug = saved(library)
    refuse("open", errno.EROFS)
    _, session = library.open(slug)
    refuse("open", 0)
    with library.open(slug)[1] as other:
        other.save(replace(MRA, public_ca="yes"))
        with pytest.raises(LostLockError):
            session.save(replace(MRA, public_ca="no"))
    with pytest.raises(LostLockError):
        session.save(replace(MRA, public_ca="no"))
    assert library.open(slug)[0].public_ca == "yes"


@pytest.mark.parametrize("place", ["/proc/none/deployments", "/dev/null/deployments"])
def test_a_folder_that_cannot_be_made_is_named(place: str) -> None:
    session = Library(Path(place), say=say).create(MRA)
    assert session.problem is not None and session.problem.code in (
        "no-folder",
        "not-a-folder",
        "no-permission",
    )


def test_without_a_home_folder_all_is_in_memory(tmp_path: Path) -> None:
    library = Library(None, say=say)
    assert library.entries() == () and not library.has_any()
    session = library.create(MRA)
    assert session.problem is not None and session.problem.code == "no-home"
    assert "EKU_WIZARD_HOME" in session.problem.problems[0].message
    elsewhere = Library(tmp_path, say=say).create(MRA)
    assert elsewhere.problem is None and elsewhere.path == tmp_path / "example-mra.json"


FULL = """
import resource, sys
from pathlib import Path
from tests.store.words import say
from wizard.model.deployment import Deployment
from wizard.store.library import Library
session = Library(Path(sys.argv[1]), say=say).create(Deployment(name="x"))
resource.setrlimit(resource.RLIMIT_FSIZE, (400, resource.RLIM_INFINITY))
try:
    session.save(Deployment(name="x", customer="y" * 250, prepared_by="z" * 250))
except Exception as error:
    print(type(error).__name__, error.code)
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
print(Library(Path(sys.argv[1]), say=say).watch("x").deployment.customer == "")
session.save(Deployment(name="x", customer="now"))
print(Library(Path(sys.argv[1]), say=say).watch("x").deployment.customer)
"""


def test_a_write_that_the_system_cuts_off_loses_nothing(folder: Path) -> None:
    """A real limit on the size of files, in place of a full disk."""
    done = subprocess.run(
        [sys.executable, "-c", FULL, str(folder)],
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    assert done.stdout.split() == ["StoreError", "disk-full", "True", "now"], done.stderr
    assert names(folder) <= {"x.json", "x.json.bak", "x.json.lock"}


# What a list may cost


def test_listing_imports_nothing_heavy(library: Library, folder: Path) -> None:
    saved(library)
    code = (
        "import sys\nfrom pathlib import Path\nfrom wizard.store.library import Library\n"
        "assert len(Library(Path(sys.argv[1]), say=str).entries()) == 1\n"
        "heavy = {'pydantic', 'textual', 'cryptography', 'tomllib', 'platformdirs', 'wizard.store.decode'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(folder)],
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    assert done.stdout.strip() == "[]", done.stderr


def test_strange_values_do_not_spoil_the_list(library: Library, folder: Path) -> None:
    folder.mkdir(parents=True)
    standing = {"answered": -1, "binding": "x", "outcome": []}
    strange = {
        "name": 5,
        "customer": "a\x1b[1m",
        "node": {},
        "format": "x",
        "saved": {"written": "soon", "standing": standing},
    }
    (folder / "strange.json").write_text(json.dumps(strange))
    (folder / "folder.json").mkdir()
    by_slug = {entry.slug: entry for entry in library.entries()}
    assert (by_slug["strange"].name, by_slug["strange"].customer) == ("", "a\\x1b[1m")
    assert by_slug["strange"].standing == Standing() and by_slug["folder"].state == "unreadable"
    assert by_slug["strange"].written <= datetime.now(UTC)


def test_the_count_of_saves_goes_on_after_opening_again(library: Library, folder: Path) -> None:
    slug = saved(library)
    with library.open(slug)[1] as session:
        assert isinstance(session, Session) and session.generation == 1
        session.save(MRA)
    document = json.loads((folder / f"{slug}.json").read_text())
    assert document["saved"]["generation"] == 2
