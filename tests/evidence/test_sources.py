"""What may be opened, what is refused and by which name, and that nothing read before a problem is lost."""

import errno
import gzip
import io
import os
import socket
import tarfile
import time
import zipfile
from pathlib import Path

import pytest

from wizard.evidence.blob import Blob, Limits, Say
from wizard.evidence.sources import blobs, steps
from wizard.model.problems import Problem


def read(path: Path | str, say: Say, limits: Limits | None = None) -> tuple[dict[str, bytes], dict[str, str]]:
    """Blobs by name and problem codes by file."""
    found: dict[str, bytes] = {}
    problems: dict[str, str] = {}
    for item in blobs(str(path), say=say, limits=limits):
        if isinstance(item, Blob):
            found[item.name] = item.data
        else:
            problems[item.file] = item.code
    return found, problems


def tar_of(members: dict[str, bytes], mode: str = "w:gz", format: int = tarfile.PAX_FORMAT) -> bytes:  # noqa: A002
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode, format=format) as archive:  # type: ignore[call-overload]
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def zip_of(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def test_a_file_is_one_blob_named_as_given(tmp_path: Path, say: Say) -> None:
    (tmp_path / "a.pem").write_bytes(b"text")
    assert read(tmp_path / "a.pem", say) == ({str(tmp_path / "a.pem"): b"text"}, {})


def test_stdin_is_a_blob_named_dash(say: Say) -> None:
    assert [*blobs("-", say=say, stdin=b"text")] == [Blob("-", b"text")]


def test_a_missing_file_and_an_empty_one_are_named(tmp_path: Path, say: Say) -> None:
    (tmp_path / "empty").touch()
    assert read(tmp_path / "none", say)[1] == {str(tmp_path / "none"): "not-found"}
    assert read(tmp_path / "empty", say)[1] == {str(tmp_path / "empty"): "empty"}
    assert [item.code for item in blobs("nul\0in", say=say) if isinstance(item, Problem)] == ["not-found"]


def test_fifo_device_and_socket_are_never_opened(tmp_path: Path, say: Say) -> None:
    """A reader that opens a FIFO waits for a writer for ever."""
    os.mkfifo(tmp_path / "fifo")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(tmp_path / "socket"))
        found, problems = read(tmp_path, say)
    assert found == {}
    assert set(problems.values()) == {"not-a-file"} and len(problems) == 2
    assert read("/dev/zero", say) == ({}, {"/dev/zero": "not-a-file"})


def test_a_sparse_gigabyte_is_refused_by_its_size(tmp_path: Path, say: Say) -> None:
    with (tmp_path / "huge.pem").open("wb") as file:
        file.truncate(1 << 30)
    assert read(tmp_path / "huge.pem", say) == ({}, {str(tmp_path / "huge.pem"): "too-large"})


def test_folders_are_walked_in_order_and_links_to_folders_are_not_followed(tmp_path: Path, say: Say) -> None:
    """Two links to their own folder make a walk that follows them exponential."""
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "two").write_bytes(b"2")
    (tmp_path / "a").write_bytes(b"1")
    (tmp_path / "c").symlink_to(tmp_path / "a")
    for name in ("loop1", "loop2"):
        (tmp_path / "b" / name).symlink_to(tmp_path / "b")
    found, problems = read(tmp_path, say)
    assert list(found) == [str(tmp_path / name) for name in ("a", "c", "b/two")]
    assert problems == {str(tmp_path / "b" / name): "not-a-file" for name in ("loop1", "loop2")}


def test_a_link_that_leads_to_itself_and_a_dangling_one_are_named(tmp_path: Path, say: Say) -> None:
    (tmp_path / "self").symlink_to(tmp_path / "self")
    (tmp_path / "gone").symlink_to(tmp_path / "nowhere")
    assert set(read(tmp_path, say)[1].values()) == {"not-a-file", "not-found"}


def test_depth_and_count_of_a_folder_are_capped_by_name(tmp_path: Path, say: Say) -> None:
    (tmp_path / "1" / "2" / "3").mkdir(parents=True)
    for number in range(4):
        (tmp_path / f"{number}.pem").write_bytes(b"x")
    _, problems = read(tmp_path, say, Limits(depth=1))
    assert problems == {str(tmp_path / "1"): "too-large"}
    found, problems = read(tmp_path, say, Limits(files=2))
    assert len(found) <= 2 and problems == {str(tmp_path): "too-large"}


def test_a_file_without_permission_is_named(
    tmp_path: Path, say: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Root may read everything, so the refusal is played."""
    (tmp_path / "secret").write_bytes(b"x")

    def refuse(path: str, flags: int) -> int:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), path)

    monkeypatch.setattr(os, "open", refuse)
    assert read(tmp_path, say)[1] == {str(tmp_path / "secret"): "unreachable"}


@pytest.mark.parametrize(("mode", "suffix"), [("w:gz", ".tar.gz"), ("w", ".tar")])
@pytest.mark.parametrize("layout", [tarfile.PAX_FORMAT, tarfile.GNU_FORMAT, tarfile.USTAR_FORMAT])
def test_tar_members_are_read_as_the_standard_library_reads_them(
    tmp_path: Path, say: Say, mode: str, suffix: str, layout: int
) -> None:
    long = "/".join(["folder" * 8] * 3) + "/server.pem"
    members = {"a/ca.pem": b"x" * 700, long: b"y" * 512, "é.txt": b"z" * 300_000, "zero": b""}
    path = tmp_path / f"bundle{suffix}"
    path.write_bytes(tar_of(members, mode, layout))
    found, problems = read(path, say)
    assert problems == {}
    assert found == {f"{path}!{name}": data for name, data in members.items() if data}


def test_zip_members_and_one_level_of_nesting_are_read(tmp_path: Path, say: Say) -> None:
    inner = tar_of({"server.pem": b"inner"})
    deepest = zip_of({"deep.zip": zip_of({"x": b"x"})})
    path = tmp_path / "all.zip"
    path.write_bytes(zip_of({"a.pem": b"outer", "node1.tar.gz": inner, "two.zip": deepest}))
    found, problems = read(path, say)
    assert found == {f"{path}!a.pem": b"outer", f"{path}!node1.tar.gz!server.pem": b"inner"}
    assert problems == {f"{path}!two.zip!deep.zip": "unsupported"}


def test_a_gzip_of_a_single_file_is_that_file(tmp_path: Path, say: Say) -> None:
    path = tmp_path / "ca.pem.gz"
    path.write_bytes(gzip.compress(b"some text"))
    assert read(path, say) == ({f"{path}!ca.pem": b"some text"}, {})


def test_a_truncated_archive_keeps_what_came_before(tmp_path: Path, say: Say) -> None:
    path = tmp_path / "cut.tar.gz"
    path.write_bytes(tar_of({"a": os.urandom(5000), "b": os.urandom(500_000)})[:-100_000])
    found, problems = read(path, say)
    assert list(found) == [f"{path}!a"]
    assert problems == {str(path): "truncated"}


def test_damaged_archives_are_problems_and_never_exceptions(tmp_path: Path, say: Say) -> None:
    good = {"t.tar.gz": tar_of({"a": b"x" * 9000}), "z.zip": zip_of({"a": b"x" * 9000, "b": b"y" * 9000})}
    for name, data in good.items():
        for at in range(0, len(data), 7):
            path = tmp_path / name
            path.write_bytes(data[:at] + bytes([data[at] ^ 0x5A]) + data[at + 1 :])
            found, problems = read(path, say)
            assert found or problems


def test_the_directory_of_a_zip_is_read_while_the_keys_live(
    tmp_path: Path, say: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Slow(zipfile.ZipFile):
        def __init__(self, file: io.BufferedReader) -> None:
            time.sleep(0.2)
            super().__init__(file)

    path = tmp_path / "long.zip"
    path.write_bytes(zip_of({"a": b"x"}))
    monkeypatch.setattr(zipfile, "ZipFile", Slow)
    items = list(steps(str(path), say=say))
    assert items.count(None) > 5
    assert [item.name for item in items if isinstance(item, Blob)] == [f"{path}!a"]


def test_a_zip_bomb_is_stopped_and_what_came_before_is_kept(tmp_path: Path, say: Say) -> None:
    path = tmp_path / "bomb.zip"
    path.write_bytes(zip_of({"good.pem": b"good", **{f"{n}": bytes(3 << 20) for n in range(8)}}))
    found, problems = read(path, say, Limits(small=8 << 20))
    assert found[f"{path}!good.pem"] == b"good"
    assert problems == {str(path): "too-large"}


def test_a_gzip_bomb_is_stopped_in_chunks_that_leave_the_keys_alive(tmp_path: Path, say: Say) -> None:
    path = tmp_path / "bomb.tar.gz"
    path.write_bytes(tar_of({"good.pem": b"good", "bomb": bytes(48 << 20)}))
    items = list(steps(str(path), say=say, limits=Limits(small=32 << 20)))
    assert sum(item is None for item in items) > 100
    problems = [item for item in items if isinstance(item, Problem)]
    assert [(item.file, item.code) for item in problems] == [(str(path), "too-large")]
    assert any(isinstance(item, Blob) and item.data == b"good" for item in items)


def test_members_over_the_cap_are_named_and_the_rest_is_read(tmp_path: Path, say: Say) -> None:
    members = {"a": b"1" * 10, "big": bytes(range(256)) * 20, "z": b"2" * 10}
    for name, data in {"m.tar": tar_of(members, "w"), "m.zip": zip_of(members)}.items():
        path = tmp_path / name
        path.write_bytes(data)
        found, problems = read(path, say, Limits(file=1000))
        assert set(found) == {f"{path}!a", f"{path}!z"}
        assert problems == {f"{path}!big": "too-large"}


def test_too_many_members_end_the_archive(tmp_path: Path, say: Say) -> None:
    members = {str(number): b"x" for number in range(20)}
    for name, data in {"m.tar.gz": tar_of(members), "m.zip": zip_of(members)}.items():
        path = tmp_path / name
        path.write_bytes(data)
        found, problems = read(path, say, Limits(members=5))
        assert len(found) == 5
        assert problems == {str(path): "too-large"}


def test_an_encrypted_member_and_foreign_archives_are_named(tmp_path: Path, say: Say) -> None:
    data = bytearray(zip_of({"a": b"x"}))
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.find(signature) + flags] |= 1
    (tmp_path / "locked.zip").write_bytes(data)
    (tmp_path / "x.7z").write_bytes(b"7z\xbc\xaf\x27\x1c" + bytes(40))
    assert list(read(tmp_path, say)[1].values()) == ["needs-password", "unsupported"]


def test_hostile_names_are_made_visible(tmp_path: Path, say: Say) -> None:
    path = tmp_path / "n.tar"
    path.write_bytes(tar_of({"a\x1b[31m\u202eb": b"x"}, "w"))
    assert list(read(path, say)[0]) == [f"{path}!a\\x1b[31mU+202Eb"]
