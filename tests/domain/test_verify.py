"""Paste-to-verify: the output of a remedy's check is as expected, not as expected, or not recognised."""

import pytest

from tests.troubles import content, knowledge
from wizard.domain.troubleshoot import run
from wizard.model.diagnosis import Verification

CASES = [
    (
        "switch-upload-on",
        '*c xConfiguration XCP TLS Certificate CVS EnableServerEkuUpload: "On"',
        "as-expected",
    ),
    (
        "switch-upload-on",
        "*c xConfiguration XCP TLS Certificate CVS EnableServerEkuUpload: Off",
        "not-as-expected",
    ),
    (
        "switch-upload-on",
        "*c xConfiguration XCP TLS Certificate CVS EnableServerEkuUpload: ",
        "not-as-expected",
    ),
    (
        "switch-checking-off",
        '*c xConfiguration SIP TLS Certificate ExtendedKeyUsage Checking Mode: "Off"',
        "as-expected",
    ),
    (
        "switch-checking-off",
        "xConfiguration SIP TLS Certificate ExtendedKeyUsage Checking Mode: On",
        "not-as-expected",
    ),
    (
        "switch-verify-off",
        '*c xConfiguration Zones Zone 7 Neighbor SIP TLS Verify Mode: "Off"',
        "as-expected",
    ),
    ("upgrade-edge", '*s SystemUnit:\n     Software:\n       Version: "X15.5.20"\n*s/end', "as-expected"),
    ("upgrade-edge", '*s SystemUnit:\n     Software:\n       Version: "X15.6"\n*s/end', "as-expected"),
    ("upgrade-edge", '*s SystemUnit:\n     Software:\n       Version: "X15.4"\n*s/end', "not-as-expected"),
    ("upgrade-core", '*s SystemUnit:\n     Software:\n       Version: "X15.5"\n*s/end', "not-as-expected"),
    (
        "load-client",
        '*s Zones:\n     Zone 1:\n       Name: "Traversal"\n       Status: "Active"',
        "as-expected",
    ),
    (
        "load-client",
        '*s Zones:\n     Zone 1:\n       Name: "Traversal"\n       Status: "Failed"',
        "not-as-expected",
    ),
    ("load-client", '*s Zones:\n     Zone 1:\n       Name: "Traversal"', "not-as-expected"),
    ("set-permissive", 'Event="Alarm Raised" Id="40049" Severity="notice"', "as-expected"),
    ("set-permissive", "TLS verification mode   Enforce", "not-as-expected"),
    (
        "reboot-node",
        'Module="developer.replication" Detail="Synchronisation completed successfully"',
        "as-expected",
    ),
    ("reboot-node", 'Event="Alarm Raised" Id="20006" Severity="warning"', "not-as-expected"),
    ("restart-one-by-one", "*s Alarm: /\n*s/end", "as-expected"),
    ("restart-one-by-one", '*s Alarm:\n     1:\n       ID: "20007"\n*s/end', "not-as-expected"),
    (
        "issue-private",
        "X509v3 Extended Key Usage:\n TLS Web Server Authentication, TLS Web Client Authentication",
        "as-expected",
    ),
    ("issue-private", "X509v3 Extended Key Usage:\n    TLS Web Server Authentication", "not-as-expected"),
    ("set-proxy", "Smart Licensing is ENABLED\n\nRegistration:\n  Status: REGISTERED", "as-expected"),
    ("set-proxy", "Smart Licensing is ENABLED\n\nRegistration:\n  Status: UNREGISTERED", "not-as-expected"),
    ("correct-nat", 'Detail="Receive Response Code=200, Method=SERVICE, CSeq=1"', "as-expected"),
    ("correct-nat", 'Detail="Sending Response Code=408, Method=SERVICE, CSeq=1"', "not-as-expected"),
    (
        "append-ca",
        'Event="Inbound TLS Negotiation Error" Detail="self signed certificate in certificate chain"',
        "not-as-expected",
    ),
    ("append-ca", 'Module="network.tcp" Detail="TCP Connection Established"', "as-expected"),
    # The digits of an alarm elsewhere in the line are no alarm, and the last that is told of one counts.
    ("reboot-node", 'Src-port="20004" Detail="Synchronisation completed successfully"', "as-expected"),
    ("restart-one-by-one", 'tvcs: Src-port="20007"\n*s/end', "as-expected"),
    ("correct-zone", '*s Alarm:\n 1:\n ID: "15004"\n Port: 40040\n*s/end', "as-expected"),
    ("set-permissive", 'Src-port="40049"', "not-recognised"),
    ("set-permissive", "We see alarm 40049", "as-expected"),
    (
        "restart-one-by-one",
        'Event="Alarm Raised" Id="20007" Detail="Restart required"\nEvent="Alarm Lowered" Id="20007"',
        "as-expected",
    ),
    (
        "restart-one-by-one",
        'Event="Alarm Lowered" Id="20007"\nEvent="Alarm Raised" Id="20007" Detail="Restart required"',
        "not-as-expected",
    ),
    ("set-proxy", "Registration Status: REGISTERED", "as-expected"),
    ("issue-private", "No extensions in certificate", "as-expected"),
    ("relax-at-peer", "Client authentication validation is disabled", "as-expected"),
    ("clear-box", "AcmeManaged: Disabled", "not-as-expected"),
]


def judged(step: str, text: str) -> Verification:
    result = run(knowledge(), None, lines=text.split("\n"), verify_step=step)
    assert result.verification is not None and result.scan is None and result.collect == ()
    return result.verification


@pytest.mark.parametrize(("step", "text", "verdict"), CASES)
def test_output_is_judged(step: str, text: str, verdict: str) -> None:
    check = judged(step, text)
    assert check.verdict == verdict
    assert check.expected and check.text
    assert bool(check.seen) or bool(check.missing) or verdict == "as-expected"


@pytest.mark.parametrize("step", ["switch-upload-on", "load-client", "upgrade-edge", "restart-one-by-one"])
def test_other_output_is_not_recognised_rather_than_wrong(step: str) -> None:
    check = judged(step, "Welcome to the jungle\n\nlast login: Friday")
    assert check.verdict == "not-recognised" and "Not recognised" in check.text


def test_what_decided_is_shown_without_secrets_addresses_or_names() -> None:
    check = judged("append-ca", 'Event="Inbound TLS Negotiation Error" Src-ip="192.0.2.7" password=hunter2')
    assert "192.0.2.7" in check.seen[0] and "hunter2" not in check.seen[0]
    assert "192.0.2.7" not in check.kept[0]


def test_a_step_of_a_plan_and_a_check_can_be_verified_by_name_too() -> None:
    line = "*c xConfiguration XCP TLS Certificate CVS EnableServerEkuUpload: On"
    for name in ("allow-server-only-upload", "allow-server-only-upload@expe1", "upload-switch"):
        assert judged(name, line).verdict == "as-expected"


def test_an_unknown_step_is_refused_with_the_nearest() -> None:
    result = run(knowledge(), None, lines=[], verify_step="switch-uplod-on")
    assert result.verification is None
    assert [problem.code for problem in result.problems] == ["no-check"]
    assert "switch-upload-on" in result.problems[0].message


def test_every_check_can_come_out_as_expected_by_the_text_it_names() -> None:
    steps = {step.check: step.id for step in content().steps.values()}
    for check in content().checks.values():
        told = [
            " ".join((p.begins, *p.all, *p.any[:1], p.at_least)).strip()
            for p in (*check.expect, *check.output[:1])
        ]
        assert judged(steps[check.id], "\n".join(told)).verdict == "as-expected", check.id


def test_every_refusal_of_a_check_is_not_as_expected() -> None:
    steps = {step.check: step.id for step in content().steps.values()}
    for check in content().checks.values():
        for pattern in check.refuse:
            told = " ".join(
                (pattern.begins, *pattern.all, *pattern.any[:1], "X15.4" if pattern.below else "")
            )
            assert judged(steps[check.id], told.strip()).verdict == "not-as-expected", (check.id, told)
