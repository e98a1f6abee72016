"""Each log line and alarm is recognised, in whatever form it was pasted; anything else is not."""

import random
import tracemalloc
from collections.abc import Iterator

import pytest

from tests.troubles import ask, content, knowledge, paste, signatures
from wizard.domain.linetext import LINE_LIMIT, cut_lines
from wizard.domain.signatures import LISTED, Signatures, scan
from wizard.domain.troubleshoot import run

TLS = ["neighbor-zone", "b2b-or-cloud-refused", "uc-traversal-down"]
STAMP = '2026-11-20T08:18:08.455-04:00 expe1 tvcs: UTCTime="2026-11-20 12:18:08,455" '

LINES = [
    (
        'Module="network.tcp" Detail="TCP Connection Closed" Reason="no certificate returned"',
        "no-certificate-returned",
        TLS,
    ),
    (
        'Event="Inbound TLS Negotiation Error" Service="SIP" Src-ip="192.0.2.7" Detail="sslv3 alert certificate unknown" Protocol="TLS"',
        "far-end-refused-server-certificate",
        TLS,
    ),
    (
        'Event="Outbound TLS Negotiation Error" Service="SIP" Detail="Peer\'s TLS certificate identity was unacceptable"',
        "identity-unacceptable",
        TLS,
    ),
    (
        'Event="Inbound TLS Negotiation Error" Service="SIP" Detail="Peer\'s TLS certificate identity was unacceptable"',
        "identity-unacceptable-inbound",
        TLS,
    ),
    (
        'Event="Outbound TLS Negotiation Error" Service="SIP" Detail="sslv3 alert bad certificate" Protocol="TLS"',
        "far-end-refused-client-certificate",
        TLS,
    ),
    (
        'Event="Inbound TLS Negotiation Error" Detail="self signed certificate in certificate chain"',
        "self-signed-in-chain",
        TLS,
    ),
    ('Detail="unsupported certificate purpose"', "wrong-purpose", [*TLS, "ssh-tunnels-down"]),
    (
        'Detail="Sending Response Code=408, Method=SERVICE, CSeq=4616, To=sip:x@cucm.example.com"',
        "service-timeout",
        ["mra-registration"],
    ),
    (
        'Module="developer.cvs.server" CodeLocation="cvs/cvsservice.cpp(99)" Detail="Certificate verification failed for host=192.0.2.1, additional info: Invalid Hostname"',
        "cvs-refused",
        ["mra-registration", "uc-traversal-down", "ssh-tunnels-down"],
    ),
    ("File upload failed.: Common name must be a valid FQDN", "upload-names", ["upload-refused"]),
    (
        "File upload failed.: Subject alternative name must be a valid FQDN",
        "upload-names",
        ["upload-refused"],
    ),
    (
        'Module="developer.clusterdb.synchronise" Level="WARN" Node="clusterdb@c1" Detail="Failed connecting to node" Node="clusterdb@c2"',
        "clusterdb-peer",
        ["cluster-replication"],
    ),
    ("Smart Licensing is ENABLED", "licensing-enabled", ["smart-licensing"]),
    ("  Status: REGISTERED", "licensing-registered", ["smart-licensing"]),
    (
        '*c xConfiguration XCP TLS Certificate CVS EnableServerEkuUpload: "Off"',
        "upload-switch-off",
        ["upload-refused"],
    ),
    (
        "*c xConfiguration SIP TLS Certificate ExtendedKeyUsage Checking Mode: Off",
        "eku-checking-off",
        ["uc-traversal-down", "neighbor-zone", "ssh-tunnels-down"],
    ),
    (
        'Detail="xconfiguration clusterConfiguration tls_verify - changed from: Permissive to: Enforcing"',
        "cluster-mode-enforce",
        ["cluster-replication"],
    ),
    (
        "Detail=\"configuration/cluster/tls_verify - changed from: 'Enforcing' to: 'Permissive'\"",
        "cluster-mode-permissive",
        ["cluster-replication"],
    ),
    (
        'Detail="Cluster replication error: configuration primary ID is inconsistent, manual synchronization of configuration is required"',
        "manual-synchronisation",
        ["cluster-replication"],
    ),
]

ALARMS = {
    "20004": ["cluster-replication"],
    "20006": ["cluster-replication"],
    "20009": ["cluster-replication"],
    "20025": ["cluster-replication"],
    "20007": ["cluster-replication"],
    "20020": ["cluster-replication"],
    "40049": [],
    "40040": ["uc-traversal-down", "mra-registration"],
    "40043": ["uc-traversal-down", "mra-registration"],
    "40048": ["uc-traversal-down", "mra-registration"],
    "40078": ["uc-traversal-down", "ssh-tunnels-down", "neighbor-zone", "b2b-or-cloud-refused"],
    "40079": ["uc-traversal-down", "ssh-tunnels-down", "neighbor-zone", "b2b-or-cloud-refused"],
    "40068": ["mra-registration", "uc-traversal-down"],
    "40069": ["mra-registration", "uc-traversal-down"],
    "40052": ["upload-refused", "acme-overwrote"],
    "40061": ["upload-refused", "acme-overwrote"],
    "40063": ["upload-refused", "acme-overwrote"],
}

SPELLINGS = [
    "Alarm {0}",
    "alarm: {0}",
    'Alarm ID="{0}"',
    'id="{0}"',
    "{0}",
    'Event="Alarm Raised" Id="{0}" UUID="0f96695e-d954" Severity="warning" Detail="…"',
    '<Alarm item="1"><ID>{0}</ID></Alarm>',
    '*s Alarm:\n     1:\n       ID: "{0}"\n       State: "Raised"\n*s/end',
    "alarms 15004, {0} and 35001",
    "alarms on expe1.example.com: {0}",
    "We see {0} under alarms since the renewal",
    "the {0} alarm came back",
    "the alarm list shows ({0})",
    "alarm_id={0}",
    '"id": "{0}", "title": "t", "severity": "warning", "state": "raised"',
    '<Alarm item="3">\n  <ID item="1">{0}</ID>\n</Alarm>',
    "title\tdescription\tRaised\tWarning\t2026-11-20 08:18:08\t{0}",
    "| {0} | title | Warning | Raised |",
    "title\ndescription\nRaised\nWarning\nThis system\n{0}",
]


@pytest.mark.parametrize(("line", "signature", "symptoms"), LINES)
def test_a_line_leads_to_its_meaning(line: str, signature: str, symptoms: list[str]) -> None:
    for text in (line, STAMP + line, line.upper(), line.replace('"', "”"), line.replace(" ", "  ")):
        if text == STAMP + line and line.startswith(("Smart", "  Status")):
            continue
        result = paste(text)
        assert signatures(result) == [signature], text
        match = result.scan.matches[0] if result.scan else None
        assert match is not None and match.line == 1 and match.means and match.not_proved
        assert list(match.symptoms) == symptoms
        assert match.proves == bool(content().signatures[signature].cause)


@pytest.mark.parametrize("number", ALARMS)
@pytest.mark.parametrize("spelling", SPELLINGS)
def test_an_alarm_is_recognised_in_each_spelling(number: str, spelling: str) -> None:
    result = paste(*spelling.format(number).split("\n"))
    assert signatures(result) == [f"alarm-{number}"]
    assert result.scan is not None and list(result.scan.matches[0].symptoms) == ALARMS[number]


@pytest.mark.parametrize(
    "line",
    [
        'Src-ip="192.0.2.1" Src-port="40049" Dst-port="20004"',
        "tvcs[40049]: 20004 messages in 40078 ms",
        "Call-ID=40049@192.0.2.1:20004",
        'Detail="Alarm clock service started on 192.0.2.1:40049"',
        "serial 20006.40040, offset 20025",
        "error raised at line 40049",
        "raised error 40049",
        "Exception raised: error code 40049",
        "INFO acknowledged seq 40049",
        "alarm[20004]: heartbeat",
        "alarm process started with pid 20004",
        "setting alarm for 20004",
        "Alarm 1 of 20004",
        "ticket 40079 acknowledged by noc, severity critical, id 20025",
        "client certificate from port 40078",
        "m=audio 20004 RTP/AVP 0",
        "Serial Number: 20004 (0x4e24)",
    ],
)
def test_the_digits_of_an_alarm_elsewhere_are_no_alarm(line: str) -> None:
    assert signatures(paste(STAMP, line)) == []


@pytest.mark.parametrize("number", ALARMS)
def test_an_alarm_is_recognised_by_its_number_beside_its_title(number: str) -> None:
    title = content().signatures[f"alarm-{number}"].title
    assert title
    for line in (
        f"{number} - {title}",
        f"[{number}] The {title}",
        f"- {number} {title}",
        f"{title} ({number})",
    ):
        assert signatures(paste("Hello,", line)) == [f"alarm-{number}"], line
        assert signatures(paste("Hello,", line.replace(title, "something else"))) == [], line


def test_the_cells_of_one_alarm_below_each_other_are_one_match() -> None:
    cells = "Cluster communication failure\nThe system is unable to communicate with one or more of the cluster peers"
    assert signatures(paste(*cells.split("\n"), "Raised", "Warning", "20004")) == ["alarm-20004"]


@pytest.mark.parametrize(
    ("line", "signature"),
    [
        ('Event: "Inbound TLS Negotiation Error" Detail: "sslv3 alert certificate unknown"', LINES[1][1]),
        ("Inbound TLS Negotiation Error | SIP | sslv3 alert certificate unknown", LINES[1][1]),
        ('Event="Inbound TLS Negotiation Error" Detail="tlsv1 alert unknown ca"', LINES[1][1]),
        (
            "Event=&quot;Outbound TLS Negotiation Error&quot; Detail=&quot;Peer&#39;s TLS certificate identity was "
            "unacceptable&quot;",
            "identity-unacceptable",
        ),
        ("Event: Outbound TLS Negotiation Error, Detail: tlsv1 alert unknown ca", LINES[4][1]),
        ("Registration Status: REGISTERED", "licensing-registered"),
        (f"{STAMP}Smart Licensing is ENABLED", "licensing-enabled"),
    ],
)
def test_a_line_is_recognised_without_its_field_names_and_from_a_web_page(line: str, signature: str) -> None:
    assert signatures(paste(line)) == [signature]


def test_a_lowered_alarm_is_told_and_proves_nothing() -> None:
    result = paste(
        'Event="Alarm Lowered" Id="20007" UUID="e2b8" Severity="warning" Detail="Restart required"'
    )
    assert result.scan is not None and result.scan.matches[0].cleared
    assert not result.scan.matches[0].proves and result.diagnosis is None


def test_alarms_20004_and_20006_by_the_words_that_the_log_prints() -> None:
    words = "Cluster database communication failure: The database is unable to replicate with one or more of"
    assert signatures(paste(f'Detail="{words} the cluster peers"')) == ["alarm-20006"]


def unrelated(count: int, seed: int = 1) -> Iterator[str]:
    """Lines as Expressways write them all day: calls, registrations, replication, configuration, NTP."""
    chance = random.Random(seed)
    forms = [
        'tvcs: UTCTime="{t}" Module="network.sip" Level="INFO": Action="Sent" Dst-ip="{ip}" Dst-port="{p}" Detail="Sending Request Method=OPTIONS, CSeq={n}, To=sip:{ip}:{p};transport=tls"',
        'tvcs: UTCTime="{t}" Module="network.sip" Level="INFO": Action="Received" Detail="Receive Response Code=200, Method=SERVICE, CSeq={n}"',
        'tvcs: UTCTime="{t}" Module="network.sip" Level="INFO": Action="Sent" Detail="Sending Response Code=408, Method=INVITE, CSeq={n}"',
        'tvcs: Event="Registration Accepted" Service="SIP" Src-ip="{ip}" Src-port="{p}" Level="1"',
        'tvcs: UTCTime="{t}" Module="network.tcp" Level="DEBUG": Src-ip="{ip}" Src-port="{p}" Detail="TCP Connection Established"',
        'tvcs: UTCTime="{t}" Module="network.tcp" Level="DEBUG": Src-ip="{ip}" Src-port="{p}" Detail="TCP Connection Closed" Reason="Idle timeout"',
        'replication: UTCTime="{t}" Module="developer.replication" Level="INFO" CodeLocation="clusterconfigurationsynchroniser({n})" Detail="Synchronisation completed successfully"',
        'UTCTime="{t}" Module="developer.clusterdb.peernameresolver" Level="INFO" PID="<0.{n}.0>" Detail="Triggering forced peer update"',
        'web: Event="System Configuration Changed" Detail="configuration/zones/zone/{n}/name - changed" User="admin" Src-ip="{ip}" Level="1"',
        'management: Level="WARN" Event="Alarm Raised" Id="25021" UUID="x{n}" Severity="warning" Detail="NTP server not available"',
        'httpd[{p}]: web: Event="Admin Session Start" Detail="user:admin" Src-ip="{ip}" Level="1"',
        'tvcs: Event="Certificate Management" Detail="Files uploaded" Level="1" UTCTime="{t}"',
        "ntpd[{p}]: adjusting local clock by {n} s, status: registered peers {n}",
        'licensemanager: Detail="license granted" status="registered" alarmcount={n}',
        'traffic_server[{p}]: Event="Sending HTTP error response" Status="404" Reason="Not Found" Dst-port="{p}"',
        'tvcs: UTCTime="{t}" Module="developer.ssl" Level="INFO" Detail="Handshake in progress" Reason="want read/write"',
    ]
    for number in range(count):
        form = chance.choice(forms)
        address = f"192.0.2.{chance.randrange(255)}"
        port = chance.choice([20004, 20006, 20025, 40040, 40049, 40052, 40078, 5061, chance.randrange(65536)])
        stamp = f"2026-11-20T08:{number // 60 % 60:02}:{number % 60:02}.455-04:00 expe1 "
        yield stamp + form.format(t=f"2026-11-20 12:{number % 60:02}:08,455", ip=address, p=port, n=port)


def test_200_lines_of_unrelated_log_lead_to_nothing_and_say_what_to_collect() -> None:
    for seed in range(20):
        result = paste(*unrelated(200, seed))
        assert signatures(result) == []
        assert result.diagnosis is None and result.collect and "200" in result.note


OTHER = [
    "2026-11-20 08:18:08,455 INFO [0x00007f] [ccsip_core.c({p})] [csf.sip-call-control] - Call {p} acknowledged",
    "2026-11-20 08:18:08,455 ERROR [csf.edge] EdgeLogon raised error {p}",
    "2026-11-20 08:18:08,455 INFO [csf.media] RTP port range {p}-{p}",
    "SIP/2.0 200 OK CSeq: {p} REGISTER Call-ID: {p}@192.0.2.1 Content-Length: {p}",
    "m=video {p} RTP/SAVP 96",
    "        Serial Number: {p} (0x9c71)",
    "            04:9a:{p}:20:00:4f:e1:40:04:9d:31",
    "MIIF40049zCCA20004ggEKAoIBAQC20006x0FnYNuXzSmY40078k",
    "                TLS Web Server Authentication, TLS Web Client Authentication",
    '*c xConfiguration SIP TCP Outbound Port Start: "{p}"',
    '      Duration: "{p}"',
    '     Status: "Active"',
    "httpd[{p}]: 192.0.2.1 - admin [20/Nov/2026:08:18:08] GET /alarms HTTP/1.1 200 {p}",
    "%CCM_RTMT-RTMT-2-RTMT_ALERT: %[AlertName=LowAvailable][AppID=Cisco AMC] alert raised {p}",
    "%ASA-6-302014: Teardown TCP connection {p} for outside:192.0.2.1/{p} duration 0:00:30 bytes {p}",
    "IP 192.0.2.1.{p} > 192.0.2.2.{p}: Flags [S], seq {p}, win {p}",
    "Alert (Level: Fatal, Description: Unsupported Certificate) frame {p}",
    "ticket {p} acknowledged by noc, severity critical, id {p}",
]


def test_200_lines_of_other_systems_with_the_digits_of_alarms_lead_to_nothing() -> None:
    for seed in range(20):
        chance = random.Random(seed)
        lines = (chance.choice(OTHER).format(p=chance.choice([*ALARMS])) for _ in range(200))
        result = paste(*lines)
        assert [match.text for match in (result.scan.matches if result.scan else ())] == []
        assert result.diagnosis is None and result.collect


def test_one_line_among_thousands_is_found_with_its_number() -> None:
    def lines() -> Iterator[str]:
        yield from unrelated(20_000)
        yield STAMP + LINES[0][0]
        yield from unrelated(5_000)

    result = run(knowledge(), None, lines=lines())
    assert result.scan is not None and result.scan.lines == 25_001
    assert [(match.line, match.signature) for match in result.scan.matches] == [(20_001, LINES[0][1])]


def test_a_long_log_takes_constant_memory_however_often_a_line_repeats() -> None:
    made = Signatures(content().signatures)

    def log(lines: int) -> Iterator[str]:
        for number in range(lines):
            yield f"{STAMP}{number} {LINES[0][0] if number % 10 == 0 else 'nothing of interest ' * 4}"

    def peak(lines: int) -> int:
        tracemalloc.start()
        found = scan(made, knowledge().words, log(lines))
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert len(found.matches) == LISTED and found.matches[-1].repeats == lines // 10 - LISTED
        return most

    assert peak(16_000) < 1.2 * peak(8_000)


def test_an_endless_line_is_cut_and_the_next_one_is_read() -> None:
    chunks = ["x" * LINE_LIMIT, "y" * LINE_LIMIT, "z\nAlarm ", "20004\r\nlast"]
    lines = list(cut_lines(chunks))
    assert [len(line) for line in lines] == [LINE_LIMIT, 11, 4]
    assert lines[1:] == ["Alarm 20004", "last"]


def test_a_line_that_mail_broke_in_two_is_put_together() -> None:
    line = STAMP + LINES[1][0]
    for at in (60, 120, 150, 170):
        assert signatures(paste("> quoted before", line[:at], line[at:])) == [LINES[1][1]], line[at:]
    for at in [number for number, character in enumerate(line) if character == " "][3:]:
        assert signatures(paste("> quoted before", line[:at], line[at + 1 :])) == [LINES[1][1]], line[at:]


def test_two_records_are_never_put_together() -> None:
    first = STAMP + 'Event="Inbound TLS Negotiation Error" Detail="No SSL error available"'
    assert signatures(paste(first, STAMP + 'Detail="sslv3 alert certificate unknown"')) == []


def test_hostile_text_becomes_visible_and_is_cut() -> None:
    evil = f"{LINES[0][0]} \x1b[31m[@click=app.quit]\u202e{'A ' * 2000}"
    result = paste(evil)
    assert result.scan is not None
    text = result.scan.matches[0].text
    assert "\x1b" not in text and "\u202e" not in text and "\\x1b" in text and len(text) <= 401


def test_of_a_long_line_the_part_that_was_recognised_is_shown() -> None:
    result = paste(f"{'before ' * 300}{LINES[0][0]}{' after' * 300}")
    assert result.scan is not None and "no certificate returned" in result.scan.matches[0].text


def test_lines_answer_questions_of_a_symptom() -> None:
    result = ask("neighbor-zone", "our_client_eku=server-only peers_ignore_eku=no", [LINES[4][0]])
    assert result.diagnosis is not None and result.diagnosis.id == "neighbor-outbound-eku"
    assert (result.path[0].question, result.path[0].answer) == ("neighbor_direction", "outbound")
    assert (result.path[0].origin, result.path[0].detail) == ("line", "1")


def test_a_ca_that_we_lack_is_not_taken_for_one_that_the_far_end_lacks() -> None:
    result = ask("b2b-or-cloud-refused", "far_end=b2b edge_client_eku=client-auth", [LINES[5][0]])
    assert result.diagnosis is not None and result.diagnosis.id == "ca-missing"


def test_lines_that_contradict_each_other_answer_nothing() -> None:
    result = ask("neighbor-zone", "", [LINES[1][0], LINES[4][0]])
    assert result.path == () and result.next is not None and result.next.question == "neighbor_direction"


def test_a_line_that_proves_a_cause_gives_the_diagnosis_and_several_give_none() -> None:
    proved = paste(LINES[2][0])
    assert proved.symptom is None and proved.diagnosis is not None
    assert (proved.diagnosis.id, proved.diagnosis.certainty) == ("name-mismatch", "not-eku")
    assert paste(LINES[2][0], LINES[5][0]).diagnosis is None
    assert paste(LINES[0][0]).diagnosis is None


def test_every_signature_is_recognised_by_its_own_text() -> None:
    made = Signatures(content().signatures)
    for signature in content().signatures.values():
        for number in signature.alarms:
            assert signatures(paste(f"Alarm {number}")) == [signature.id]
        for pattern in signature.patterns:
            text = " ".join((pattern.begins, *pattern.all, *pattern.any[:1])).strip()
            assert signature.id in signatures(paste(text)), text
    assert not made.of_interest("nothing of interest")
