"""The XML twins: they tell what the text tells, and a hostile document ends in a problem."""

import pytest

from tests.evidence.dumps.expressway import NODES, Expressway, status_text, status_xml, text, xml
from wizard.evidence.blob import Blob, Say
from wizard.evidence.dumps import read_dump
from wizard.model.dump import NodeDump

EXPE1 = NODES[2]
SECRET = "hunter2-hunter2-hunter2"


def told(dump: NodeDump) -> list[tuple[str, str, str]]:
    """The findings without their lines, and without the release that only the root element tells."""
    return [(f.what, f.value, f.text) for f in dump.findings if f.what != "release"]


@pytest.mark.parametrize("node", NODES, ids=lambda node: node.host)
def test_the_twin_of_xconfiguration_tells_what_the_text_tells(node: Expressway, say: Say) -> None:
    twin, plain = read_dump(xml(node), "x", say=say), read_dump(text(node), "x", say=say)
    assert told(twin) == told(plain)
    assert [zone.name for zone in twin.zones] == [zone.name for zone in plain.zones]
    assert (twin.secrets, twin.complete, twin.problems) == (plain.secrets, True, ())


@pytest.mark.parametrize("node", NODES, ids=lambda node: node.host)
def test_the_twin_of_xstatus_tells_what_the_text_tells(node: Expressway, say: Say) -> None:
    twin, plain = read_dump(status_xml(node), "x", say=say), read_dump(status_text(node), "x", say=say)
    assert told(twin) == told(plain)
    assert [(z.name, z.state) for z in twin.zones] == [(z.name, z.state) for z in plain.zones]
    assert twin.problems == ()


def test_each_finding_has_the_line_of_its_element(say: Say) -> None:
    document = xml(EXPE1)
    finding = read_dump(document, "x", say=say).first("cluster")
    assert finding is not None
    assert "expe.example.com" in document.split("\n")[finding.line - 1]


def test_the_root_element_tells_the_release(say: Say) -> None:
    release = read_dump(xml(EXPE1), "x", say=say).first("release")
    assert release is not None
    assert (release.value, release.line) == ("X14.3.7", 2)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_encodings_tell_the_same(encoding: str, say: Say) -> None:
    data = xml(EXPE1).encode(encoding)
    assert told(read_dump(Blob("x", data), "x", say=say)) == told(read_dump(xml(EXPE1), "x", say=say))


def test_white_space_before_a_pasted_document_is_nothing(say: Say) -> None:
    pasted = read_dump("\n\n  " + xml(EXPE1), "pasted", say=say)
    assert told(pasted) == told(read_dump(xml(EXPE1), "x", say=say))


NAME = "<Configuration><SystemUnit><Name>&a;&b;</Name></SystemUnit></Configuration>"


@pytest.mark.parametrize(
    "document",
    [
        f'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>{NAME}',
        f'<!DOCTYPE l [<!ENTITY a SYSTEM "file:///etc/hostname"><!ENTITY b "">]>{NAME}',
        f'<!DOCTYPE l SYSTEM "http://192.0.2.1/dtd">{NAME}',
        "<!DOCTYPE html><html><body></body></html>",
    ],
    ids=["bomb", "file", "external", "HTML"],
)
def test_a_document_type_is_refused_before_anything_is_read(document: str, say: Say) -> None:
    dump = read_dump(document, "x", say=say)
    assert [(p.code, p.where) for p in dump.problems] == [("dump-xml-refused", "line 1")]
    assert dump.findings == ()


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9, 0.99])
def test_a_cut_document_is_used_as_far_as_it_goes_and_denies_nothing(share: float, say: Say) -> None:
    whole = xml(EXPE1)
    dump = read_dump(whole[: int(len(whole) * share)], "x", say=say)
    assert [p.code for p in dump.problems] == ["truncated"]
    assert dump.first("cluster") is not None
    assert not any(f.value == "no" for f in dump.findings if f.what.startswith("uses."))


def test_a_damaged_document_is_used_up_to_the_damage(say: Say) -> None:
    whole = xml(EXPE1)
    dump = read_dump(whole.replace("</Alternates>", "</Alternate>"), "x", say=say)
    assert [p.code for p in dump.problems] == ["dump-xml-broken"]
    assert dump.problems[0].where.startswith("line ")
    assert dump.first("cluster") is not None


def test_nesting_without_end_is_stopped(say: Say) -> None:
    dump = read_dump("<Configuration>" + "<a>" * 100_000, "x", say=say)
    assert [p.code for p in dump.problems] == ["dump-xml-extreme"]


def test_an_attribute_without_end_is_stopped(say: Say) -> None:
    pieces = (piece for piece in ('<Configuration version="', *("v" * 40_000 for _ in range(60))))
    dump = read_dump(pieces, "x", say=say)
    assert [p.code for p in dump.problems] == ["dump-xml-extreme"]


def test_a_value_without_end_is_cut(say: Say) -> None:
    document = f"<Configuration><SystemUnit><Name>{'n' * 3_000_000}</Name></SystemUnit></Configuration>"
    dump = read_dump(document, "x", say=say)
    name = dump.first("name")
    assert name is not None and len(name.value) < 300
    assert dump.problems == ()


def test_no_secret_of_a_document_is_kept(say: Say) -> None:
    document = (
        f"<Configuration><SNMP><CommunityName>{SECRET}</CommunityName></SNMP>"
        f"<Zones><Zone item='1'><Name>{{cipher}}{SECRET}</Name></Zone></Zones>"
        f"<Password><{SECRET}></Password></Configuration>"
    )
    dump = read_dump(document, "x", say=say)
    assert dump.secrets == 2
    assert SECRET not in repr(dump)


def test_an_unknown_encoding_is_a_problem(say: Say) -> None:
    document = b'<?xml version="1.0" encoding="no-such-thing"?><Configuration></Configuration>'
    assert [p.code for p in read_dump(Blob("x", document), "x", say=say).problems] == ["dump-xml-broken"]
