"""xconfiguration and xstatus as text: what is told, on which line, however it was exported or pasted."""

import pytest

from tests.evidence.dumps.expressway import (
    CIPHER,
    DATA,
    NODES,
    Expressway,
    files,
    line_of,
    settings,
    status_text,
    text,
)
from wizard.evidence.blob import Blob, Say
from wizard.evidence.dumps import dump_steps, read_dump
from wizard.model.dump import NodeDump

EXPC1, EXPC2, EXPE1, EXPE2 = NODES
SWITCH_OF_3 = "*c xConfiguration Zones Zone 3 Neighbor SIP TLS Verify"
SWITCH = "*c xConfiguration Zones Zone 1 TraversalServer SIP TLS Verify Mode"


def told(dump: NodeDump) -> dict[str, tuple[str, int]]:
    """The first finding of each kind: value and line."""
    return {finding.what: (finding.value, finding.line) for finding in reversed(dump.findings)}


def values(dump: NodeDump) -> dict[str, str]:
    """The first finding of each kind: the value alone."""
    return {what: value for what, (value, _) in told(dump).items()}


def codes(dump: NodeDump) -> list[str]:
    """The codes of the problems."""
    return [problem.code for problem in dump.problems]


@pytest.mark.parametrize("node", NODES, ids=lambda node: node.host)
def test_the_committed_dumps_are_what_the_generator_writes(node: Expressway) -> None:
    for name, content in files(node).items():
        assert (DATA / name).read_text(encoding="utf-8") == content


def test_an_edge_tells_its_node_with_lines(say: Say) -> None:
    dump_text = text(EXPE1)
    prefix = "*c xConfiguration "
    assert {what: told(read_dump(dump_text, "x", say=say))[what] for what in (
        "name", "address", "cluster", "primary", "role", "mra", "onboarding", "xmpp_federation",
        "default_zone_tls_verify", "settings.neighbor_tls_verify",
    )} == {
        "name": ("expe1.example.com", line_of(dump_text, prefix + "IP DNS Hostname")),
        "address": ("192.0.2.21", line_of(dump_text, prefix + "Ethernet 1 IP V4 Address")),
        "cluster": ("expe.example.com", line_of(dump_text, prefix + "Alternates Cluster Name")),
        "primary": ("yes", line_of(dump_text, prefix + "Alternates ConfigurationPrimary")),
        "role": ("edge", line_of(dump_text, prefix + "Zones Zone 1 Type")),
        "mra": ("on", line_of(dump_text, prefix + "CollaborationEdge Enabled")),
        "onboarding": ("off", line_of(dump_text, prefix + "CollaborationEdge AllowOnboardingOverMra")),
        "xmpp_federation": ("off", line_of(dump_text, prefix + "SIP Domain 1 Xmppfederation")),
        "default_zone_tls_verify": ("on", line_of(dump_text, prefix + "Zones DefaultZone SIP TLS Verify")),
        "settings.neighbor_tls_verify": ("off", line_of(dump_text, f"{SWITCH_OF_3} Mode")),
    }  # fmt: skip


def test_the_uses_of_both_roles_are_told(say: Say) -> None:
    def uses(node_text: str) -> dict[str, str]:
        found = values(read_dump(node_text, "x", say=say))
        return {what[5:]: value for what, value in found.items() if what.startswith("uses.")}

    assert uses(text(EXPE1)) == {
        "uc-traversal": "yes", "b2b-sip": "yes", "traversal-mtls": "no", "neighbor-mtls": "no",
        "imp-federation": "no", "mra-onboarding": "no",
    }  # fmt: skip
    assert uses(text(EXPC1)) == {
        "uc-traversal": "yes", "b2b-sip": "no", "traversal-mtls": "yes", "neighbor-mtls": "yes",
        "imp-federation": "no", "mra-onboarding": "no",
    }  # fmt: skip


def test_peers_carry_their_position_and_the_second_is_not_primary(say: Say) -> None:
    dump = read_dump(text(EXPE2), "x", say=say)
    assert [(peer.value, peer.index) for peer in dump.all("peer")] == [
        ("expe1.example.com", 1),
        ("expe2.example.com", 2),
    ]
    assert values(dump)["primary"] == "no"


def test_primary_is_not_told_where_the_own_place_among_the_peers_is_not(say: Say) -> None:
    lines = [line for line in text(EXPE1).splitlines() if "DNS" not in line and "SystemUnit" not in line]
    dump = read_dump([line for line in lines if "Ethernet" not in line], "x", say=say)
    assert dump.first("primary") is None
    assert values(dump)["primary_index"] == "1"


def test_an_address_among_the_peers_tells_the_own_place(say: Say) -> None:
    dump_text = text(EXPE2).replace('"expe1.example.com"', '"192.0.2.21"')
    dump_text = dump_text.replace('Peer 2 Address: "expe2.example.com"', 'Peer 2 Address: "192.0.2.22"')
    assert values(read_dump(dump_text, "x", say=say))["primary"] == "no"


def test_zones_are_put_together_with_their_settings(say: Say) -> None:
    zones = read_dump(text(EXPC1), "x", say=say).zones
    assert [(zone.number, zone.name, zone.type, zone.tls_verify, zone.transport) for zone in zones] == [
        (1, "UC Traversal", "TraversalClient", "on", "TLS"),
        (2, "Meeting Server", "Neighbor", "on", "TLS"),
        (3, "CUCM tcp", "Neighbor", "on", "TCP"),
        (4, "Branch traversal", "TraversalClient", "on", "TLS"),
    ]
    assert (zones[1].subject_name, zones[1].peers) == ("cms.example.com", ("cms.example.com",))
    assert (zones[0].unified_communications, zones[3].unified_communications) == ("on", "off")


def test_xstatus_tells_release_name_role_and_the_state_of_zones(say: Say) -> None:
    dump_text = status_text(EXPC2)
    dump = read_dump(dump_text, "x", say=say)
    assert told(dump)["release"] == ("X14.3.7", line_of(dump_text, 'Version: "X14.3.7"'))
    assert (values(dump)["name"], values(dump)["role"], values(dump)["role_hint"]) == (
        "expc2.example.com", "core", "core",
    )  # fmt: skip
    assert [zone.state for zone in dump.zones] == ["Active", "Failed", "Failed", "Active"]
    assert not dump.complete
    assert not any(finding.what.startswith("uses.") for finding in dump.findings)


def test_a_paste_of_both_joins_states_to_zones_by_name(say: Say) -> None:
    renumbered = status_text(EXPC2).replace("Zone 2:", "Zone 9:")
    pasted = f"expc2 login: admin\nxconfiguration\n{text(EXPC2)}\nOK\n\nxstatus\n{renumbered}"
    dump = read_dump(pasted, "pasted", say=say)
    assert {zone.name: zone.state for zone in dump.zones}["Meeting Server"] == "Failed"
    assert len(dump.zones) == 4
    assert values(dump)["release"] == "X14.3.7"
    assert dump.complete
    assert codes(dump) == []


@pytest.mark.parametrize(
    "variant",
    [
        text(EXPE1, quoted=False),
        text(EXPE1, prefix="xConfiguration "),
        text(EXPE1, prefix="*c xconfig "),
        text(EXPE1, prefix="*c XCONFIGURATION "),
        text(EXPE1, prefix="admin@expe1> xconf "),
        text(EXPE1, prefix=""),
        text(EXPE1, newline="\r\n"),
        text(EXPE1, newline="\r\r\n"),
        text(EXPE1).replace("\n", "\nOK\n"),
        text(EXPE1).replace("ConfigurationPrimary", "ConfigurationMaster"),
        text(EXPE1).replace("SIP Domain 1", "SIP Domains Domain 1"),
        text(EXPE1).replace("IP DNS", "DNS"),
        text(EXPE1, newline=" "),
        "> " + text(EXPE1, newline="\n> "),
        ">> " + text(EXPE1, newline="\r\n>> "),
    ],
    ids=[
        "unquoted", "no *c", "xconfig", "upper case", "prompts", "bare keys", "CRLF", "CR CRLF", "OK between",
        "ConfigurationMaster", "Domains Domain", "DNS", "all on one line",
        "quoted in a mail", "quoted twice",
    ],
)  # fmt: skip
def test_spellings_and_line_endings_tell_the_same(variant: str, say: Say) -> None:
    dump = read_dump(variant, "x", say=say)
    assert values(dump) == values(read_dump(text(EXPE1), "x", say=say))
    assert dump.complete


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_encodings_tell_the_same(encoding: str, say: Say) -> None:
    dump = read_dump(Blob("x", text(EXPE1).encode(encoding)), "x", say=say)
    assert dump == read_dump(text(EXPE1), "x", say=say)


def test_a_value_that_is_not_utf8_is_shown_by_its_bytes(say: Say) -> None:
    dump = read_dump(Blob("x", b'*c xConfiguration SystemUnit Name: "Z\xfcrich edge"\n'), "x", say=say)
    assert values(dump)["name"] == "Z\\xfcrich edge"


def test_control_characters_of_a_name_are_made_visible(say: Say) -> None:
    dump = read_dump('*c xConfiguration Zones Zone 1 Name: "\x1b[31mred\u202e"\n', "x\x1b", say=say)
    assert dump.zones[0].name == "\\x1b[31mredU+202E"
    assert dump.file == "x\\x1b"


def test_an_empty_value_with_its_trailing_space_states_nothing(say: Say) -> None:
    lines = ["*c xConfiguration Alternates Peer 3 Address: ", "*c xConfiguration SystemUnit Name: "]
    dump = read_dump(lines, "x", say=say)
    assert dump.findings == ()
    assert codes(dump) == []


@pytest.mark.parametrize("at", range(0, len(text(EXPE1).splitlines()), 1))
def test_a_dump_cut_after_any_line_denies_nothing_that_the_whole_affirms(at: int, say: Say) -> None:
    whole = values(read_dump(text(EXPE1), "x", say=say))
    cut = read_dump("\n".join(text(EXPE1).splitlines()[:at]) + "\n", "x", say=say)
    assert {w for w, v in values(cut).items() if v == "no" and whole[w] != "no"} == set()
    assert not cut.complete


def test_a_dump_cut_inside_a_line_is_reported_and_the_rest_is_used(say: Say) -> None:
    whole = text(EXPE1)
    cut = whole[: whole.index("partners.example.net") + 5]
    dump = read_dump(cut, "x", say=say)
    assert codes(dump) == ["truncated"]
    assert dump.problems[0].where == f"line {cut.count(chr(10)) + 1}"
    assert values(dump)["uses.uc-traversal"] == "yes"
    assert dump.zones[1].subject_name == ""


def test_a_dump_cut_between_two_zones_is_reported(say: Say) -> None:
    lines = text(EXPE1).splitlines()
    kept = [line for line in lines if "Zones Zone 3" not in line]
    dump = read_dump(kept, "x", say=say)
    assert codes(dump) == ["truncated"]
    assert "uses.neighbor-mtls" not in values(dump)


def test_a_status_that_a_mail_quotes_keeps_its_indentation(say: Say) -> None:
    quoted = "> " + status_text(EXPE1).replace("\n", "\n> ")
    assert values(read_dump(quoted, "x", say=say)) == values(read_dump(status_text(EXPE1), "x", say=say))


def test_an_open_block_of_xstatus_is_reported_as_cut(say: Say) -> None:
    whole = status_text(EXPE1)
    dump = read_dump(whole[: whole.rindex("*s/end")], "x", say=say)
    assert [(p.code, p.where) for p in dump.problems] == [("truncated", f"line {line_of(whole, '*s Zones')}")]
    assert values(dump)["release"] == "X14.3.7"


def test_a_part_of_a_dump_affirms_but_denies_nothing(say: Say) -> None:
    zone = "*c xConfiguration Zones Zone 4 Neighbor SIP TLS Verify Mode: On"
    found = values(read_dump(zone, "pasted", say=say))
    assert found == {"settings.neighbor_tls_verify": "on", "uses.neighbor-mtls": "yes"}


@pytest.mark.parametrize(
    ("key", "use"),
    [
        ("SIP Domain 7 Xmppfederation", "imp-federation"),
        ("CollaborationEdge AllowOnboardingOverMra", "mra-onboarding"),
        ("CollaborationEdge Enabled", "uc-traversal"),
        ("Zones DefaultZone SIP TLS Verify Mode", "b2b-sip"),
        ("Zones Zone 12 DNS SIP TLS Verify Mode", "b2b-sip"),
        ("Zones Zone 12 Neighbor SIP TLS Verify Mode", "neighbor-mtls"),
        ("Zones Zone 12 TraversalServer SIP TLS Verify Mode", "traversal-mtls"),
        ("Zones Zone 12 TraversalClient Collaboration Edge", "uc-traversal"),
    ],
)
def test_a_switch_that_is_on_implies_its_use_and_off_does_not(key: str, use: str, say: Say) -> None:
    on = values(read_dump(f'*c xConfiguration {key}: "On"', "x", say=say))
    off = values(read_dump(f'*c xConfiguration {key}: "Off"', "x", say=say))
    assert {what: value for what, value in on.items() if what.startswith("uses.")} == {f"uses.{use}": "yes"}
    assert not any(what.startswith("uses.") for what in off)


@pytest.mark.parametrize(
    ("key", "what"),
    [
        ("SIP TLS Certificate ExtendedKeyUsage Checking Mode", "settings.eku_checking"),
        ("XCP TLS Certificate CVS EnableServerEkuUpload", "settings.server_eku_upload"),
    ],
)
def test_settings_of_later_releases_are_told(key: str, what: str, say: Say) -> None:
    assert values(read_dump(f'\n*c xConfiguration {key}: "Off"', "x", say=say)) == {what: "off"}
    assert read_dump(f'\n*c xConfiguration {key}: "Off"', "x", say=say).findings[0].line == 2


@pytest.mark.parametrize(("managed", "acme"), [("Automated", "yes"), ("Manual", "yes"), ("Disabled", "no")])
def test_the_answer_to_reading_the_acme_settings_tells_acme(managed: str, acme: str, say: Say) -> None:
    lines = ["xCommand ACME Settings Read", f'AcmeManaged: "{managed}"', "OK"]
    assert values(read_dump(lines, "x", say=say)) == {"acme": acme}


def test_a_command_that_was_typed_to_write_the_acme_settings_tells_nothing(say: Say) -> None:
    assert read_dump('xCommand ACME Settings Write AcmeManaged: "Manual"\n', "x", say=say).findings == ()


def test_the_login_banner_tells_the_release(say: Say) -> None:
    banner = "TANDBERG Video Communication Server X15.4\nSW Release Date: 2026-02-03\n\nOK\n"
    assert values(read_dump(banner + text(EXPE1), "x", say=say))["release"] == "X15.4"


def test_two_traversal_ends_on_one_node_are_a_contradiction_not_a_role(say: Say) -> None:
    lines = [
        '*c xConfiguration Zones Zone 1 Type: "TraversalServer"',
        '*c xConfiguration Zones Zone 2 Type: "TraversalClient"',
    ]
    dump = read_dump(lines, "x", say=say)
    assert codes(dump) == ["dump-two-roles"]
    assert dump.first("role") is None
    assert "line 1" in dump.problems[0].message and "line 2" in dump.problems[0].message


def test_the_hint_of_xstatus_never_decides_alone_and_is_reported_when_it_contradicts(say: Say) -> None:
    system = '*s SystemUnit:\n     Software:\n       Configuration:\n         Expressway: "True"\n*s/end\n'
    assert read_dump(system, "x", say=say).first("role") is None
    dump = read_dump(system + '*c xConfiguration Zones Zone 1 Type: "TraversalClient"\n', "x", say=say)
    assert values(dump)["role"] == "core"
    assert codes(dump) == ["dump-role-hint"]


def test_a_switch_that_says_neither_on_nor_off_is_a_problem_and_denies_nothing(say: Say) -> None:
    dump_text = text(EXPE1).replace(f'{SWITCH}: "On"', f'{SWITCH}: "Perhaps"')
    dump = read_dump(dump_text, "x", say=say)
    assert codes(dump) == ["dump-value"]
    assert dump.problems[0].where == f"line {line_of(dump_text, SWITCH)}"
    assert "Perhaps" not in dump.problems[0].message
    assert "uses.traversal-mtls" not in values(dump)


def test_two_nodes_in_one_file_are_reported_and_the_first_is_used(say: Say) -> None:
    dump = read_dump(text(EXPE1) + text(EXPC1), "x", say=say)
    assert "dump-two-nodes" in codes(dump)
    assert values(dump)["name"] == "expe1.example.com"


def test_a_key_stated_twice_and_differently_keeps_what_was_first(say: Say) -> None:
    lines = [f'{SWITCH}: "Off"', f'{SWITCH}: "On"']
    dump = read_dump(lines, "x", say=say)
    assert [(p.code, p.where) for p in dump.problems] == [("dump-repeated", "line 2")]
    assert dump.zones[0].tls_verify == "off"


def test_text_that_is_no_dump_says_so(say: Say) -> None:
    assert codes(read_dump("Dear colleague,\nplease find attached\n", "x", say=say)) == ["dump-nothing"]


def test_thousands_of_zones_are_read_and_more_than_can_be_are_reported(say: Say) -> None:
    def zones(count: int) -> NodeDump:
        lines = (f'*c xConfiguration Zones Zone {n} Type: "Neighbor"' for n in range(1, count + 1))
        return read_dump(lines, "x", say=say)

    assert (len(zones(4000).zones), codes(zones(4000))) == (4000, [])
    assert (len(zones(5001).zones), codes(zones(5001))) == (5000, ["dump-too-much"])


def test_a_line_without_end_is_cut_and_reported(say: Say) -> None:
    steps = dump_steps(("x" * 40_000 for _ in range(50)), "x", say=say)
    assert next(steps) >= 0
    dump = read_dump(['*c xConfiguration SystemUnit Name: "e"', "y" * 100_000], "x", say=say)
    assert codes(dump) == ["dump-long-line"]
    assert values(dump) == {"name": "e"}


def test_steps_count_lines_and_end_with_the_same_dump(say: Say) -> None:
    steps = dump_steps(Blob("x", (text(EXPE1) * 30).encode()), "x", say=say)
    counts = []
    while True:
        try:
            counts.append(next(steps))
        except StopIteration as end:
            dump = end.value
            break
    assert len(counts) > 5
    assert counts == sorted(counts)
    assert dump.lines == len(settings(EXPE1)) * 30


@pytest.mark.parametrize(
    "line",
    [
        "Password: hunter2-hunter2",
        "-----BEGIN RSA PRIVATE KEY----- hunter2-hunter2",
        'Detail="{cipher}hunter2-hunter2"',
        "*c xConfiguration SNMP CommunityName: hunter2-hunter2",
        '*s SystemUnit:\n     Options:\n       Key: "hunter2-hunter2"',
        '*c xConfiguration Zones Zone 1 Name: "{Cipher}hunter2-hunter2"',
        '*c xConfiguration Zones Zone 1 TraversalClient Authentication Password: "hunter2-hunter2',
    ],
)
def test_a_secret_in_any_place_is_counted_once_and_dropped(line: str, say: Say) -> None:
    dump = read_dump(line + "\n", "x", say=say)
    assert dump.secrets == 1
    assert "hunter2" not in repr(dump)


def test_settings_about_passwords_are_no_secrets(say: Say) -> None:
    lines = [
        '*c xConfiguration Authentication StrictPassword Enabled: "On"',
        '*c xConfiguration X Password: ""',
    ]
    assert read_dump(lines, "x", say=say).secrets == 0


def test_no_secret_is_kept_and_each_is_counted(say: Say) -> None:
    dump = read_dump(text(EXPC1), "x", say=say)
    enciphered = sum(value == CIPHER for _, value in settings(EXPC1))
    assert dump.secrets == enciphered + 2  # the SNMP community and the option key
    assert CIPHER[10:30] not in repr(dump)
    assert "not-a-real-community" not in repr(dump)
