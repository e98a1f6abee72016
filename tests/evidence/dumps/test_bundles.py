"""Diagnostic bundles: the files of one host find each other, in archives, folders and loose."""

import io
import tarfile
from pathlib import Path

import pytest

from tests.evidence.dumps.expressway import NODES, STAMP, Expressway, files, member, text
from wizard.evidence.blob import Blob, Say
from wizard.evidence.bundles import bundle_steps, member_of, read_bundles
from wizard.evidence.sources import steps

EXPC1, EXPC2, EXPE1, EXPE2 = NODES
PEM = "-----BEGIN CERTIFICATE-----\n{}\n-----END CERTIFICATE-----\n"


def contents(node: Expressway) -> dict[str, str]:
    """A bundle's files: the dumps, the certificates, and what is none of our business."""
    return {
        **files(node),
        member("server", node, "pem"): PEM.format(node.host),
        member("ca", node, "pem"): PEM.format("ca"),
        member("loggingsnapshot", node, "txt"): "x" * 1000,
        f"eth0_diagnostic_logging_tcpdump0_{node.host}_{STAMP}.pcap": "\x00\x01",
    }


def blobs(node: Expressway, archive: str = "diag.tar.gz") -> list[Blob]:
    """The bundle's files as the archive reader hands them over."""
    return [Blob(f"{archive}!{name}", content.encode()) for name, content in contents(node).items()]


def archive(node: Expressway, path: Path) -> str:
    """The bundle as a file."""
    with tarfile.open(path, "w:gz") as tar:
        for name, content in contents(node).items():
            info = tarfile.TarInfo(name)
            info.size = len(content.encode())
            tar.addfile(info, io.BytesIO(content.encode()))
    return str(path)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        (f"server_expe1_{STAMP}.pem", ("server", "expe1", STAMP)),
        (f"diag.tar.gz!logs/xconf_dump_expe_dmz_1_{STAMP}.txt", ("xconf_dump", "expe_dmz_1", STAMP)),
        ("C:\\logs\\xstat_dump_expe1_20261120091500.xml", ("xstat_dump", "expe1", "20261120091500")),
        ("client_expe1.example.com_1732094100.pem", ("client", "expe1.example.com", "1732094100")),
        ("xconf_dump_expe1.txt", ("xconf_dump", "expe1", "")),
        ("server_certificate.pem", None),
        ("server.pem", None),
        ("xconf.txt", None),
    ],
)
def test_file_names_tell_kind_host_and_time(name: str, said: tuple[str, str, str] | None) -> None:
    found = member_of(name)
    assert (None if found is None else (found.kind, found.host, found.time)) == said


def test_a_bundle_is_one_node_with_its_dumps_and_certificates(tmp_path: Path, say: Say) -> None:
    path = archive(EXPE1, tmp_path / "diag.tar.gz")
    bundles = read_bundles((item for item in steps(path, say=say) if isinstance(item, Blob)), say=say)
    assert [node.host for node in bundles.nodes] == ["expe1"]
    node = bundles.nodes[0]
    assert [dump.file.rpartition("!")[2][:10] + dump.file[-4:] for dump in node.dumps] == [
        "xconf_dump.txt", "xstat_dump.txt", "xconf_dump.xml", "xstat_dump.xml",
    ]  # fmt: skip
    assert node.server is not None and node.server.data == PEM.format("expe1").encode()
    assert node.ca is not None and node.client is None
    assert (bundles.certificates, bundles.others, bundles.problems) == ((), (), ())


def test_what_the_sources_yield_is_taken_as_it_comes(tmp_path: Path, say: Say) -> None:
    items = [*steps(archive(EXPE1, tmp_path / "d.tgz"), say=say), *steps(str(tmp_path / "none"), say=say)]
    work = bundle_steps(items, say=say)
    names = []
    while True:
        try:
            names.append(next(work))
        except StopIteration as end:
            bundles = end.value
            break
    assert len(names) >= 8
    assert [problem.code for problem in bundles.problems] == ["not-found"]
    assert len(bundles.nodes) == 1


def test_the_secrets_of_all_dumps_are_counted(say: Say) -> None:
    bundles = read_bundles([*blobs(EXPC1), *blobs(EXPE1)], say=say)
    assert bundles.secrets == sum(dump.secrets for node in bundles.nodes for dump in node.dumps) > 10


def test_bundles_of_four_nodes_are_four_nodes(say: Say) -> None:
    bundles = read_bundles([blob for node in NODES for blob in blobs(node, f"{node.host}.tar.gz")], say=say)
    assert [node.host for node in bundles.nodes] == ["expc1", "expc2", "expe1", "expe2"]
    assert all(len(node.dumps) == 4 and node.server for node in bundles.nodes)


def test_the_newer_of_two_bundles_of_a_host_is_used_and_the_older_is_reported(say: Say) -> None:
    older = [
        Blob(
            blob.name.replace("2026-11-20", "2026-03-01").replace("diag", "old"),
            blob.data.replace(b"expe1\n", b"o\n"),
        )
        for blob in blobs(EXPE1)
    ]
    for order in (blobs(EXPE1) + older, older + blobs(EXPE1)):
        bundles = read_bundles(order, say=say)
        assert len(bundles.nodes) == 1
        assert all(dump.file.startswith("diag") for dump in bundles.nodes[0].dumps)
        assert bundles.nodes[0].server is not None and bundles.nodes[0].server.name.startswith("diag")
        assert [p.code for p in bundles.problems] == ["bundle-older"] * 5
        assert all(p.file.startswith("old") for p in bundles.problems)


def test_loose_files_are_sorted_by_what_they_are(say: Say) -> None:
    loose = [
        Blob("c.txt", text(EXPE1).encode()),
        Blob("mine.pem", PEM.format("x").encode()),
        Blob("d.toml", b"format = 1\n"),
        Blob("holiday.jpg", b"\xff\xd8\xff"),
    ]
    bundles = read_bundles(loose, say=say)
    assert [(node.host, len(node.dumps)) for node in bundles.nodes] == [("expe1.example.com", 1)]
    assert [blob.name for blob in bundles.certificates] == ["mine.pem"]
    assert [blob.name for blob in bundles.deployments] == ["d.toml"]
    assert [blob.name for blob in bundles.others] == ["holiday.jpg"]


def test_a_loose_dump_joins_the_bundle_of_its_host(say: Say) -> None:
    bundles = read_bundles([*blobs(EXPE1), Blob("again.txt", text(EXPE1).encode())], say=say)
    assert [(node.host, len(node.dumps)) for node in bundles.nodes] == [("expe1", 5)]


def test_two_dumps_without_a_name_are_two_nodes_without_a_name(say: Say) -> None:
    line = b'*c xConfiguration SIP TLS Certificate ExtendedKeyUsage Checking Mode: "Off"\n'
    bundles = read_bundles([Blob("a", line), Blob("b", line)], say=say)
    assert [(node.host, len(node.dumps)) for node in bundles.nodes] == [("", 1), ("", 1)]


def test_the_certificate_of_a_file_name_without_time_is_still_to_be_placed(say: Say) -> None:
    bundles = read_bundles([Blob("server_expe1.pem", PEM.encode())], say=say)
    assert (bundles.nodes, len(bundles.certificates)) == ((), 1)


def test_a_terminal_session_that_shows_a_dump_and_a_certificate_is_read_as_both(say: Say) -> None:
    session = Blob("putty.log", (text(EXPE1) + "cat server.pem\n" + PEM.format("x")).encode())
    bundles = read_bundles([session], say=say)
    assert [(node.host, len(node.dumps)) for node in bundles.nodes] == [("expe1.example.com", 1)]
    assert bundles.certificates == (session,)
