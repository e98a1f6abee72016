"""Dumps made of rubble: no exception, no secret kept, nothing invisible, nothing denied that was cut off.

Bounded and the same on every run; what was once found stays as an `example`.
"""

import tracemalloc
import unicodedata
from collections.abc import Iterator

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.evidence.dumps.expressway import NODES, status_text, status_xml, text, xml
from wizard.evidence.blob import Blob, Say
from wizard.evidence.bundles import read_bundles
from wizard.evidence.dumps import CHUNK, dump_steps, read_dump
from wizard.evidence.kinds import kind_of
from wizard.evidence.prefill import prefill
from wizard.model.deployment import Deployment
from wizard.model.dump import NodeDump

EXPC1 = NODES[0]
SECRET = "Tr0ub4dor-and-3-more-words"

bounded = settings(
    max_examples=150,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)

prefixes = st.sampled_from(
    ["*c xConfiguration ", "xconfig ", "", "expe1> xConf ", "*c ", "*s ", "     ", "\t", "\ufeff"]
)
KEYS = """
Zones Zone 1 Name
Zones Zone 1 Type
Zones Zone 0 Type
Zones Zone 7 Neighbor SIP TLS Verify Mode
Zones Zone 1 TraversalServer Collaboration Edge
Zones Zone 1 TraversalClient Peer 1 Address
Zones DefaultZone SIP TLS Verify Mode
SIP TLS Certificate ExtendedKeyUsage Checking Mode
SIP Domain 1 Xmppfederation
Alternates Peer 1 Address
Alternates Peer 2 Address
Alternates ConfigurationPrimary
Alternates Cluster Name
CollaborationEdge Enabled
IP DNS Hostname
Ethernet 1 IP V4 Address
SystemUnit Name
AcmeManaged
SystemUnit
Software
Configuration
Expressway
Version
Zones
Zone 1
Status
/end
"""
keys = st.sampled_from([*KEYS.strip().split("\n"), ""])
secret_keys = st.sampled_from(
    [
        "Authentication Password",
        "SNMP CommunityName",
        "NTP Server 1 Passphrase",
        "Remote PresharedKey",
        "X Secret",
    ]
)
values = st.one_of(
    st.sampled_from(
        ["On", "Off", "on", "TraversalServer", "TraversalClient", "Neighbor", "DNS", "X14.3.7", "1", "2", "/",
         "expe1.example.com", "expe2", "192.0.2.21", "::1", "True", "", "a/b", "\x1b[2J", "\u202e", "\ud800"]
    ),
    st.text(max_size=40),
)  # fmt: skip
quotes = st.sampled_from(['"{}"', "{}", '"{}', '{}"', '"{}" *c xConfiguration Zones Zone 2 Type: "DNS"'])


@st.composite
def lines(draw: st.DrawFn) -> str:
    """A line like those of a dump, more or less."""
    shape = draw(st.integers(0, 9))
    if shape == 0:
        return f"{draw(prefixes)}{draw(secret_keys)}: {draw(quotes).format(SECRET)}"
    if shape == 1:
        return f"{draw(prefixes)}{draw(keys)}: {draw(quotes).format('{cipher}' + SECRET)}"
    if shape == 2:
        return draw(
            st.sampled_from(
                ["OK", "*s/end", "*s SystemUnit:", "*s Zones: /", f"-----BEGIN PRIVATE KEY----- {SECRET}"]
            )
        )
    if shape == 3:
        return draw(st.text(max_size=60))
    start = " " * draw(st.integers(0, 12)) + draw(prefixes) + draw(keys)
    return start + draw(st.sampled_from([": ", ":", " "])) + draw(quotes).format(draw(values))


rubble = st.lists(lines(), max_size=30).map("\n".join)


def strings(dump: NodeDump) -> Iterator[str]:
    """All text of a dump that people may see."""
    yield dump.file
    for finding in dump.findings:
        yield from (finding.what, finding.value, finding.text)
    for zone in dump.zones:
        yield from (zone.name, zone.type, zone.subject_name, zone.transport, zone.state, *zone.peers)
    for problem in dump.problems:
        yield from (problem.file, problem.where, problem.message)


def holds(dump: NodeDump) -> None:
    """What must be true of every dump, whatever was read."""
    assert SECRET not in repr(dump)
    assert not any(
        unicodedata.category(c) in {"Cc", "Cf", "Cs", "Co"} for text_ in strings(dump) for c in text_
    )
    assert all(0 <= finding.line <= max(dump.lines, 1) for finding in dump.findings)


@bounded
@given(content=rubble)
@example(content=f'*c xConfiguration Zones Zone 1 Name: "{{cipher}}{SECRET}"')
@example(content=f"*s SystemUnit:\n  Password:\n    Value: {SECRET}")
@example(content=f"*c xConfiguration Authentication Password: {SECRET}\r*c xConfiguration SystemUnit Name: x")
def test_rubble_of_lines_is_read_without_an_exception_or_a_secret(content: str, say: Say) -> None:
    dump = read_dump(content, "x", say=say)
    holds(dump)
    deployment, problems = prefill(Deployment(), dumps=[dump], say=say)
    assert SECRET not in repr((deployment, problems))
    assert all(path.count("/") <= 4 for path in deployment.origins)


@bounded
@given(content=rubble)
def test_a_text_tells_the_same_as_its_bytes_and_as_its_lines(content: str, say: Say) -> None:
    content = content.replace("\r", "").replace("\ufeff", "").encode("utf-8", "replace").decode()
    whole = read_dump(content, "x", say=say)
    assert read_dump(Blob("x", content.encode()), "x", say=say) == whole
    if content.endswith("\n") or not content:
        assert read_dump(content.split("\n")[:-1], "x", say=say) == whole


@bounded
@given(data=st.binary(max_size=2000))
@example(data=b"\xff\xfe<\x00")
@example(data=b"\xff\xfe\x00")
@example(data=b"<?xml version='1.0' encoding='utf-7'?><a/>")
def test_bytes_of_any_kind_are_read_without_an_exception(data: bytes, say: Say) -> None:
    holds(read_dump(Blob("x", data), "x", say=say))
    read_bundles([Blob("x", data)], say=say)
    assert kind_of(Blob("x", data))


MAKERS = (text, xml, status_text, status_xml)
WHOLE = {f"{make.__name__} {node.host}": make(node) for make in MAKERS for node in NODES}


@bounded
@given(
    name=st.sampled_from(sorted(WHOLE)),
    damage=st.lists(st.tuples(st.floats(0, 1), st.integers(0, 200), st.binary(max_size=12)), max_size=6),
)
def test_damaged_dumps_are_read_without_an_exception(
    name: str, damage: list[tuple[float, int, bytes]], say: Say
) -> None:
    data = WHOLE[name].encode()
    for place, removed, put in damage:
        at = int(place * len(data))
        data = data[:at] + put + data[at + removed :]
    holds(read_dump(Blob("x", data), "x", say=say))


@bounded
@given(name=st.sampled_from(sorted(WHOLE)), at=st.integers(0, 30_000))
@example(name="xml expc1", at=122)
def test_a_dump_cut_at_any_byte_denies_nothing_that_the_whole_affirms(name: str, at: int, say: Say) -> None:
    whole = read_dump(WHOLE[name], "x", say=say)
    cut = read_dump(Blob("x", WHOLE[name].encode()[:at]), "x", say=say)
    holds(cut)
    for finding in cut.findings:
        if finding.what.startswith("uses."):
            full = whole.first(finding.what)
            assert full is not None and full.value == finding.value


@bounded
@given(parts=st.lists(rubble, min_size=1, max_size=4))
def test_prefilling_twice_with_the_same_rubble_changes_nothing_more(parts: list[str], say: Say) -> None:
    dumps = [read_dump(part, f"{at}.txt", say=say) for at, part in enumerate(parts)]
    once, _ = prefill(Deployment(), dumps=dumps, say=say)
    twice, _ = prefill(once, dumps=dumps, say=say)
    assert prefill(twice, dumps=dumps, say=say)[0] == twice


def test_memory_does_not_grow_with_the_length_of_a_dump(say: Say) -> None:
    def peak(times: int) -> int:
        steps = dump_steps((text(EXPC1) for _ in range(times)), "x", say=say)
        tracemalloc.start()
        for _ in steps:
            pass
        _, highest = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return highest

    peak(1)
    assert peak(300) < peak(20) + 300_000


def test_work_is_handed_back_after_each_chunk(say: Say) -> None:
    for content in (text(EXPC1) * 50, xml(EXPC1).replace("</Configuration>", "") + "<a/>" * 100_000):
        count = sum(1 for _ in dump_steps(Blob("x", content.encode()), "x", say=say))
        assert count >= len(content) // (CHUNK * 2)
