"""A file is whole or not there, belongs to its owner alone, and is never lost to a write that failed."""

import errno
import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.store.words import say
from wizard.store.errors import StoreError
from wizard.store.files import Pending, backup_of, make_folder, read_text, remove_temporaries, write_text

Refuse = Callable[[str, int], None]


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077, 0o777])
def test_files_are_0600_and_folders_0700_whatever_the_umask(tmp_path: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        make_folder(tmp_path / "a" / "b")
        write_text(tmp_path / "a" / "b" / "c", "x", say=say)
    finally:
        os.umask(before)
    assert mode(tmp_path / "a") == mode(tmp_path / "a" / "b") == 0o700
    assert mode(tmp_path / "a" / "b" / "c") == 0o600


def test_a_file_for_others_follows_the_umask(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        write_text(tmp_path / "plan.md", "x", say=say, mode=None)
    finally:
        os.umask(before)
    assert mode(tmp_path / "plan.md") == 0o640


def test_nothing_is_overwritten_unasked(tmp_path: Path) -> None:
    path = tmp_path / "plan.md"
    write_text(path, "one", say=say)
    with pytest.raises(StoreError) as caught:
        write_text(path, "two", say=say)
    assert caught.value.code == "exists" and path.read_text() == "one"
    write_text(path, "two", say=say, overwrite=True)
    assert path.read_text() == "two" and names(tmp_path) == {"plan.md"}


def test_the_state_before_is_kept_as_bak(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    for text in ("one", "two", "three"):
        write_text(path, text, say=say, overwrite=True, backup=True)
    assert path.read_text() == "three" and backup_of(path).read_text() == "two"
    assert names(tmp_path) == {"x.json", "x.json.bak"}


def test_without_hard_links_the_state_before_is_copied(tmp_path: Path, refuse: Refuse) -> None:
    path = tmp_path / "x.json"
    write_text(path, "one", say=say)
    refuse("link", errno.EPERM)
    write_text(path, "two", say=say, overwrite=True, backup=True)
    assert path.read_text() == "two" and backup_of(path).read_text() == "one"
    with pytest.raises(StoreError) as caught:
        write_text(path, "three", say=say)
    assert caught.value.code == "exists" and path.read_text() == "two"
    write_text(tmp_path / "new", "four", say=say)
    assert (tmp_path / "new").read_text() == "four"


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "disk-full"),
        (errno.EDQUOT, "quota"),
        (errno.EROFS, "read-only"),
        (errno.EACCES, "no-permission"),
        (errno.EIO, "io-error"),
    ],
)
@pytest.mark.parametrize("function", ["fsync", "open"])
def test_a_write_that_fails_leaves_what_was_there_and_says_why(
    tmp_path: Path, refuse: Refuse, number: int, code: str, function: str
) -> None:
    path = tmp_path / "x.json"
    write_text(path, "one", say=say)
    refuse(function, number)
    with pytest.raises(StoreError) as caught:
        write_text(path, "two", say=say, overwrite=True, backup=True)
    assert caught.value.code == code
    assert caught.value.problems[0].file == str(path)
    assert path.read_text() == "one"
    assert names(tmp_path) == {"x.json"}


def test_a_link_is_followed_to_the_file_it_names(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    write_text(tmp_path / "real" / "plan.md", "one", say=say)
    (tmp_path / "link.md").symlink_to(tmp_path / "real" / "plan.md")
    write_text(tmp_path / "link.md", "two", say=say, overwrite=True)
    assert (tmp_path / "link.md").is_symlink()
    assert (tmp_path / "real" / "plan.md").read_text() == "two"


def test_only_regular_files_are_replaced_or_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "pipe", Path("/dev/null"), tmp_path):
        with pytest.raises(StoreError) as caught:
            write_text(path, "x", say=say, overwrite=True)
        assert caught.value.code == "not-a-file"
        with pytest.raises(StoreError) as caught:
            read_text(path, say)
        assert caught.value.code == "not-a-file"
    assert stat.S_ISFIFO((tmp_path / "pipe").stat().st_mode)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("none/x.md", "no-folder"),
        ("file/x.md", "not-a-folder"),
        ("n" * 300, "name-too-long"),
        ("a\0b", "no-folder"),
    ],
)
def test_a_place_that_cannot_be_is_named(tmp_path: Path, name: str, code: str) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError) as caught:
        write_text(tmp_path / name, "x", say=say)
    assert caught.value.code == code


def test_a_name_at_the_limit_can_be_written(tmp_path: Path) -> None:
    write_text(tmp_path / ("n" * 255), "x", say=say)
    assert (tmp_path / ("n" * 255)).read_text() == "x"


@pytest.mark.parametrize(
    ("data", "code"), [(b"\xff\xfe\x00x", "not-text"), (b"x" * (16 * 1024 * 1024 + 1), "too-large")]
)
def test_what_is_no_text_is_not_read(tmp_path: Path, data: bytes, code: str) -> None:
    (tmp_path / "x").write_bytes(data)
    with pytest.raises(StoreError) as caught:
        read_text(tmp_path / "x", say)
    assert caught.value.code == code


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"\xef\xbb\xbfname = 'a'")
    assert read_text(tmp_path / "x", say) == "name = 'a'"


def test_a_missing_file_is_missing(tmp_path: Path) -> None:
    with pytest.raises(StoreError) as caught:
        read_text(tmp_path / "x", say)
    assert caught.value.code == "missing"


def test_what_a_dead_writer_left_is_removed_and_nothing_else(tmp_path: Path) -> None:
    mine, other = tmp_path / "a.json", tmp_path / "ab.json"
    for path in (mine, other):
        Pending(path, b"half")
    mine.write_text("whole")
    assert len(names(tmp_path)) == 3
    remove_temporaries(mine)
    assert len(names(tmp_path)) == 2 and mine.read_text() == "whole"


def test_what_was_not_put_in_place_is_gone(tmp_path: Path) -> None:
    with Pending(tmp_path / "x", b"1"):
        assert len(names(tmp_path)) == 1
    assert names(tmp_path) == set()
