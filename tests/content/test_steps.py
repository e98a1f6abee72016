"""The steps of content/: what every plan keeps to, whatever the deployment (facts.md sections 4, 6 and 8)."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.faces.scenarios import LETS_ENCRYPT, node, not_affected, planned, quick, two_clusters
from wizard.knowledge import ALL, load
from wizard.model.deployment import Certificate, Deployment, Settings
from wizard.model.knowledge import Knowledge
from wizard.model.plan import Plan
from wizard.model.release import Release
from wizard.model.words import placeholders

SYMPTOMS = {
    "cluster-replication", "mra-registration", "smart-licensing", "upload-refused", "neighbor-zone",
    "uc-traversal-down", "ssh-tunnels-down", "acme-overwrote", "b2b-or-cloud-refused",
}  # fmt: skip
AUDIT = ["inventory", "backup", "document-use", "verify-ca", "check-expiry"]
# Commands that the sources name, and openssl's own. Nothing else may be told to anybody to type.
COMMANDS = re.compile(
    r"openssl (x509|req|s_client) .+"
    r"|xStatus (SystemUnit|Alternates|Zones)"
    r"|xConfiguration Zones"
    r"|xConfiguration SIP TLS Certificate ExtendedKeyUsage Checking Mode(: On)?"
    r"|xConfiguration XCP TLS Certificate CVS EnableServerEkuUpload: On"
    r'|xCommand ACME Settings Read|xCommand ACME Settings Write AcmeManaged: "(Manual|Automated)"'
    r"|utils tls client-auth-validation status"
)


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load(Path(__file__).parents[2] / "content", parts=ALL - {"troubleshooting", "faq", "collect"})


def lets_encrypt() -> Deployment:
    """One edge with ACME and one core."""
    nodes = (node("expe1", "edge", True, held=LETS_ENCRYPT), node("expc1", "core", True))
    return replace(two_clusters(), nodes=nodes, settings=Settings())


def rules(plan: Plan) -> list[str]:
    return list(dict.fromkeys(step.rule for step in plan.steps))


def test_every_command_is_one_that_a_source_names(knowledge: Knowledge) -> None:
    for step in knowledge.steps.values():
        for command in step.commands:
            assert COMMANDS.fullmatch(command), (step.id, command)


def test_every_step_has_words_sources_and_known_troubles(knowledge: Knowledge) -> None:
    documents = set(knowledge.documents)
    for step in knowledge.steps.values():
        for part in ("title", "do", "verify", "stop", "rollback", "interrupts"):
            assert knowledge.words.lines(f"step.{step.id}.{part}", **_any()), (step.id, part)
        assert step.sources and {source.id for source in step.sources} <= documents, step.id
        assert set(step.troubles) <= SYMPTOMS, step.id


def _any() -> dict[str, str]:
    names = ("node", "role", "cluster", "release", "fixed_release", "deployment", "issuer", "upgrade_by")
    return dict.fromkeys((*names, "as_of", "peers"), "x")


def test_a_step_told_once_names_no_node(knowledge: Knowledge) -> None:
    for step in knowledge.steps.values():
        if step.each != "once":
            continue
        for part in ("title", "do", "verify", "stop", "rollback", "interrupts"):
            text = knowledge.words.table[f"step.{step.id}.{part}"]
            used = placeholders(text if isinstance(text, str) else "\n".join(text))
            assert not used & {"node", "role", "cluster", "release"}, (step.id, part)


@pytest.mark.parametrize("made", [two_clusters, lets_encrypt, quick])
def test_the_five_steps_of_the_audit_come_first(knowledge: Knowledge, made: object) -> None:
    plan = planned(knowledge, made())  # type: ignore[operator]
    assert rules(plan)[:5] == AUDIT


def test_a_step_never_comes_before_one_it_needs(knowledge: Knowledge) -> None:
    for made in (two_clusters, lets_encrypt, quick):
        place = {step.id: at for at, step in enumerate(planned(knowledge, made()).steps)}
        for step in planned(knowledge, made()).steps:
            assert all(place[need] < place[step.id] for need in step.needs), step.id


def test_trust_then_combined_then_upgrade_then_client_then_server(knowledge: Knowledge) -> None:
    deployment = two_clusters()
    order = rules(planned(knowledge, deployment))
    expected = ["trust-nodes", "load-combined", "private-root-nodes", "upgrade", "load-client-private"]
    assert [rule for rule in order if rule in expected] == expected
    later = replace(deployment, choice=replace(deployment.choice, core=("C", "D"), edge=("D",)))
    per_core = [s.rule for s in planned(knowledge, later).steps if s.node == "expc1.example.com"]
    assert per_core.index("load-client-private") < per_core.index("renew-server")


def test_upgrades_go_edge_first_and_in_each_cluster_the_primary_first(knowledge: Knowledge) -> None:
    nodes = tuple(reversed(two_clusters().nodes))
    plan = planned(knowledge, replace(two_clusters(), nodes=nodes))
    upgraded = [step.node for step in plan.steps if step.rule == "upgrade"]
    assert upgraded == ["expe1.example.com", "expe2.example.com", "expc1.example.com", "expc2.example.com"]


def test_an_upgrade_from_long_ago_finishes_its_first_stage_everywhere_before_the_second(
    knowledge: Knowledge,
) -> None:
    nodes = tuple(replace(n, release=Release(8, 11, 3)) for n in two_clusters().nodes if n.known_release)
    steps = [step.rule for step in planned(knowledge, replace(two_clusters(), nodes=nodes)).steps]
    assert steps.count("upgrade-first-stage") == 4
    last_first_stage = len(steps) - 1 - steps[::-1].index("upgrade-first-stage")
    assert last_first_stage < steps.index("check-first-stage") < steps.index("upgrade")


@pytest.mark.parametrize(
    ("as_of", "told"),
    [
        (date(2026, 1, 20), True),
        (date(2026, 5, 11), True),
        (date(2026, 5, 12), False),
        (date(2026, 11, 23), False),
    ],
)
def test_nobody_is_told_to_pause_the_acme_scheduler_once_that_has_run_out(
    knowledge: Knowledge, as_of: date, told: bool
) -> None:
    combined = replace(LETS_ENCRYPT, eku=("serverAuth", "clientAuth"), not_after=date(2027, 1, 1))
    nodes = (node("expe1", "edge", True, held=combined), node("expc1", "core", True))
    plan = planned(knowledge, replace(lets_encrypt(), nodes=nodes), as_of)
    manual = [c for step in plan.steps for c in step.commands if "Manual" in c]
    assert bool(manual) is told


def test_acme_stays_automated_and_its_copy_box_is_cleared_before_a_client_certificate(
    knowledge: Knowledge,
) -> None:
    for step in planned(knowledge, lets_encrypt()).steps:
        if step.rule == "keep-acme-automated":
            assert 'xCommand ACME Settings Write AcmeManaged: "Automated"' in step.commands
            assert step.needs == ("clear-acme-copy@expe1",)
            return
    pytest.fail("ACME is not kept automated")


def test_no_plan_ends_on_a_release_without_the_security_fix(knowledge: Knowledge) -> None:
    for made in (two_clusters, lets_encrypt, quick):
        for step in planned(knowledge, made()).steps:
            if step.rule == "upgrade":
                assert "X15.5.20 or later" in step.verify
                assert step.point_of_no_return


def test_an_alternative_root_and_a_renewal_are_never_ordered_for_one_node(knowledge: Knowledge) -> None:
    deployment = replace(two_clusters(), upgrade_by="never")
    plan = planned(
        knowledge, replace(deployment, choice=replace(deployment.choice, core=("A", "B"), edge=("A", "B")))
    )
    ordered = [step.node for step in plan.steps if step.rule in ("order-alternative", "order-combined")]
    assert sorted(ordered) == sorted(set(ordered)) and len(ordered) == 4
    assert "upgrade" not in rules(plan)


def test_each_cluster_that_is_relaxed_or_may_have_been_is_told_to_enforce_again(knowledge: Knowledge) -> None:
    for mode in ("enforce", "unknown"):
        deployment = replace(two_clusters(), settings=Settings(cluster_tls_verify=mode))
        steps = planned(knowledge, deployment).steps
        relaxed = {(s.rule.removeprefix("relax-"), s.node) for s in steps if s.rule.startswith("relax-")}
        enforced = {(s.rule.removeprefix("enforce-"), s.node) for s in steps if s.rule.startswith("enforce-")}
        assert relaxed and relaxed == enforced
    deployment = replace(two_clusters(), settings=Settings(cluster_tls_verify="permissive"))
    assert not [s for s in planned(knowledge, deployment).steps if s.rule.startswith(("relax-", "enforce-"))]


def test_a_cluster_hears_of_the_vulnerability_whatever_the_outcome(knowledge: Knowledge) -> None:
    private = Certificate("private", None, ("serverAuth", "clientAuth"), not_after=date(2028, 1, 1))
    nodes = tuple(replace(n, server_certificate=private) for n in two_clusters().nodes)
    plan = planned(knowledge, replace(two_clusters(), nodes=nodes))
    assert plan.assessment.outcome == "not-affected"
    assert "cve-2026-76466" in [notice.id for notice in plan.assessment.notices]
    assert "cve-2026-76466" not in [n.id for n in planned(knowledge, not_affected()).assessment.notices]


def test_where_nothing_has_to_be_done_there_is_no_step(knowledge: Knowledge) -> None:
    assert planned(knowledge, not_affected()).steps == ()
