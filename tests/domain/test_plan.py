"""The plan: working order, ticks and notes, what evidence proves, what is dropped and why."""

from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Any

import pytest

from tests.conftest import TODAY
from tests.domain.build import deployed, held, node, planned, rules, with_choice
from wizard.domain.changes import snapshot
from wizard.model.deployment import USES, Certificate, Deployment, Node, Saved
from wizard.model.knowledge import Knowledge

PRIVATE = held("both", "private")
DIGICERT = held("both", issuer="digicert", not_after=date(2027, 2, 1))
TICKED = date(2026, 11, 20)


def clusters(release: str = "X14.3.7", certificate: Certificate = DIGICERT, **more: Any) -> Deployment:
    """Two clusters of three, listed in no order at all: cores first, the primary last."""
    nodes = [
        node(f"{role}{n}", release, certificate, cluster="hq", primary=n == 1)
        for role in ("expc", "expe")
        for n in (3, 2, 1)
    ]
    return deployed(*nodes, uses="uc-traversal neighbor-mtls", cluster_tls_verify="enforce", **more)


def everything() -> Deployment:
    """All options, all uses: as many steps as a plan can have."""
    made = clusters(peers_trust_private_ca="yes")
    made = replace(made, uses=dict.fromkeys(USES, "yes"))
    return with_choice(made, "BCD", "BD")


CHOICES = [
    ("D", "D"),
    ("CD", "D"),
    ("BCD", "BD"),
    ("A", "A"),
    ("B", "B"),
    ("C", "A"),
    ("ACD", "AD"),
    ("", ""),
]


@pytest.mark.parametrize(("core", "edge"), CHOICES)
def test_edges_come_before_cores_and_the_primary_before_its_peers(
    knowledge: Knowledge, core: str, edge: str
) -> None:
    made = planned(knowledge, with_choice(clusters(), core, edge))
    order = ["expe1", "expe3", "expe2", "expc1", "expc3", "expc2"]
    for rule in rules(made):
        told = [step.node for step in made.steps if step.rule == rule and step.node in order]
        assert [name[:4] for name in told] == sorted((name[:4] for name in told), reverse=True), rule
        for role in ("expe", "expc"):
            of_role = [name for name in told if name.startswith(role)]
            assert not of_role or of_role[0] == f"{role}1", rule


def test_a_rule_for_each_cluster_goes_edge_first(knowledge: Knowledge) -> None:
    made = planned(knowledge, with_choice(clusters(), "CD", "D"))
    for rule in rules(made):
        told = [step.node for step in made.steps if step.rule == rule and step.node in ("hq-edge", "hq-core")]
        assert told in ([], ["hq-edge"], ["hq-core"], ["hq-edge", "hq-core"]), rule
    assert "limit-cluster-ports@hq-edge" in {step.id for step in made.steps}


@pytest.mark.parametrize(("core", "edge"), CHOICES)
def test_audit_and_backup_come_first_and_what_is_needed_comes_earlier(
    knowledge: Knowledge, core: str, edge: str
) -> None:
    made = planned(knowledge, with_choice(clusters(), core, edge))
    assert made.steps[0].rule == "inventory"
    phases = [phase.id for phase in knowledge.phases]
    assert all(phases.index(a.phase) <= phases.index(b.phase) for a, b in pairwise(made.steps))
    backups = [at for at, step in enumerate(made.steps) if step.rule == "backup"]
    changing = [
        at for at, step in enumerate(made.steps) if step.phase not in ("audit", "secure-now", "find-out")
    ]
    assert len(backups) == 6
    assert max(backups) < min(changing)
    ids = [step.id for step in made.steps]
    assert len(set(ids)) == len(ids)
    for at, step in enumerate(made.steps):
        assert all(ids.index(need) < at for need in step.needs), step.id


@pytest.mark.parametrize(
    "order",
    [
        # Trust stores first, then the upgrade, then renewal: a combined certificate is copied on the way.
        ["trust-nodes", "upgrade", "renew-server"],
        ["backup", "trust-nodes", "private-root-nodes", "load-client-private", "renew-server"],
        ["limit-cluster-ports", "relax-cluster", "load-client-private", "restart-cluster", "enforce-cluster"],
        ["upgrade", "check-copied-client", "renew-server", "verify-certificates", "remove-old-cas"],
    ],
)
def test_work_goes_in_that_order_for_each_node(knowledge: Knowledge, order: list[str]) -> None:
    made = planned(knowledge, with_choice(clusters(), "CD", "D"))
    for name in ("expe1", "expc2"):
        own = [s.rule for s in made.steps if s.node in (name, f"hq-{'edge' if 'expe' in name else 'core'}")]
        expected = [rule for rule in order if rule in own]
        assert [rule for rule in own if rule in expected] == expected


def test_a_combined_certificate_is_ordered_and_loaded_before_the_upgrade(knowledge: Knowledge) -> None:
    made = planned(knowledge, with_choice(clusters(), "BD", "BD"))
    order = ["trust-nodes", "order-combined", "load-combined", "upgrade"]
    assert [rule for rule in rules(made) if rule in order] == order
    assert "renew-server" not in rules(made)
    assert "renew-server-later" in rules(made)


def test_trust_at_unified_cm_and_far_ends_comes_before_a_private_certificate(knowledge: Knowledge) -> None:
    found = rules(planned(knowledge, with_choice(clusters(), "C", "")))
    for first in ("build-private-ca", "private-root-nodes", "private-root-cucm", "private-root-peers"):
        assert found.index(first) < found.index("load-private-only")


@pytest.mark.parametrize("release", ["X8.10", "X14.3.7", "X15.3", "X15.4", "X15.5"])
def test_nobody_is_sent_to_a_bare_x154_or_x155(knowledge: Knowledge, release: str) -> None:
    made = planned(knowledge, with_choice(clusters(release), "CD", "D"))
    upgrades = [step for step in made.steps if step.rule == "upgrade"]
    assert len(upgrades) == 6
    assert all("X15.5.20" in step.verify for step in upgrades)
    assert not any("X15.4" in step.title for step in made.steps)


@pytest.mark.parametrize(("core", "edge"), CHOICES)
def test_scp_permissive_and_verification_off_are_never_the_remedy(
    knowledge: Knowledge, core: str, edge: str
) -> None:
    made = planned(knowledge, with_choice(clusters(), core, edge))
    for step in made.steps:
        assert not any("scp " in command.casefold() for command in step.commands)
        assert not any(command.endswith("Verify Mode: Off") for command in step.commands)
    found = rules(made)
    for relaxed, again in (
        ("relax-cluster", "enforce-cluster"),
        ("relax-cluster-now", "enforce-cluster-now"),
    ):
        assert (relaxed in found) is (again in found)


def test_ticks_and_notes_are_kept_by_step_when_the_plan_is_made_again(knowledge: Knowledge) -> None:
    saved = Saved(
        ticks={"inventory": TICKED, "backup@expe1": TICKED},
        notes={"backup@expe2": "tape 7", "upgrade@expe1": ""},
    )
    made = planned(knowledge, replace(clusters(), saved=saved))
    by_id = {step.id: step for step in made.steps}
    assert by_id["inventory"].done_on == by_id["backup@expe1"].done_on == TICKED
    assert (by_id["backup@expe1"].done, by_id["backup@expe2"].done) == (True, False)
    assert by_id["backup@expe2"].note == "tape 7"
    assert made.dropped == ()
    later = planned(knowledge, replace(clusters(), saved=saved, customer="Other"), date(2026, 12, 24))
    again = {step.id: step for step in later.steps}
    assert again["backup@expe1"].done_on == TICKED
    assert again["backup@expe2"].note == "tape 7"


PROOF = [
    ("upgrade@expe1", {"release": "X15.5.20"}, True),
    ("upgrade@expe1", {"release": "X15.5.19"}, False),
    ("upgrade@expe1", {"release": "X15.4"}, False),
    ("renew-server@expe1", {"release": "X15.5.20", "certificate": held("server")}, True),
    ("renew-server@expe1", {"release": "X15.5.20", "certificate": held("both")}, False),
    ("renew-server@expe1", {"release": "X15.4", "certificate": held("server")}, False),
]


@pytest.mark.parametrize(("id", "now", "proved"), PROOF)
def test_new_evidence_that_proves_a_step_done_ticks_it(
    knowledge: Knowledge, id: str, now: dict[str, object], proved: bool
) -> None:
    long = held("both", not_after=date(2028, 1, 1))
    made = with_choice(clusters(certificate=long), "CD", "D")
    before = planned(knowledge, made)
    assert not next(step for step in before.steps if step.id == id).done
    made = replace(made, saved=Saved(before=snapshot(before)))
    nodes = tuple(_changed(n, **now) for n in made.nodes)  # type: ignore[arg-type]
    step = next(s for s in planned(knowledge, replace(made, nodes=nodes)).steps if s.id == id)
    assert (step.done, step.proved, step.done_on) == (proved, proved, None)


def _changed(was: Node, release: str | None = None, certificate: Certificate | None = None) -> Node:
    changed = node(was.name, release or "X14.3.7", certificate or was.server_certificate)
    return replace(changed, cluster=was.cluster, primary=was.primary)


def test_answers_prove_that_far_ends_and_unified_cm_were_asked(knowledge: Knowledge) -> None:
    asked = {"ask-peers-eku", "ask-peers-trust", "check-cucm-validation"}
    before = planned(knowledge, with_choice(clusters(), "CD", "D"))
    assert {step.rule for step in before.steps if step.done} & asked == set()
    told = clusters(peers_ignore_eku="no", peers_trust_private_ca="no", cucm_eku_validation="on")
    after = planned(knowledge, with_choice(told, "CD", "D"))
    assert asked <= {step.rule for step in after.steps if step.done and step.proved}


def test_a_step_that_was_ticked_and_is_not_needed_any_more_says_why(knowledge: Knowledge) -> None:
    saved = Saved(
        ticks={"upgrade@expe1": TICKED, "backup@expe9": TICKED},
        notes={"upgrade@expe1": "in the night", "upgrade@expc1": "later"},
    )
    made = planned(knowledge, with_choice(replace(clusters(), saved=saved), "A", "A"))
    dropped = {entry.id: entry for entry in made.dropped}
    assert set(dropped) == {"upgrade@expe1", "backup@expe9", "upgrade@expc1"}
    assert dropped["upgrade@expe1"].note == "in the night"
    assert dropped["upgrade@expe1"].why == knowledge.words.say("dropped.no-longer")
    assert dropped["backup@expe9"].why == knowledge.words.say("dropped.node-gone", node="expe9")
    assert not set(dropped) & {step.id for step in made.steps}


def test_a_tick_comes_back_with_its_step(knowledge: Knowledge) -> None:
    saved = Saved(ticks={"upgrade@expe1": TICKED})
    made = replace(clusters(), saved=saved)
    assert planned(knowledge, with_choice(made, "A", "A")).dropped
    back = planned(knowledge, with_choice(made, "D", "D"))
    assert back.dropped == ()
    assert next(step.done_on for step in back.steps if step.id == "upgrade@expe1") == TICKED


def test_a_step_that_evidence_made_superfluous_stays_and_is_ticked(knowledge: Knowledge) -> None:
    """Each core was given its private client certificate: nothing fails any more."""
    made = clusters("X15.5.20", held("server"))
    made = replace(made, uses={use: "yes" if use == "uc-traversal" else "no" for use in USES})
    before = planned(knowledge, made)
    id = "load-client-private@expc1"
    assert id in {step.id for step in before.steps}
    kept = Saved(before=snapshot(before), ticks={"backup@expc1": TICKED})
    nodes = tuple(replace(n, client_certificate=PRIVATE) if n.role == "core" else n for n in made.nodes)
    after = planned(knowledge, replace(made, nodes=nodes, saved=kept))
    step = next(step for step in after.steps if step.id == id)
    assert (step.done, step.proved) == (True, True)
    fresh = planned(knowledge, replace(made, nodes=nodes))
    assert id not in {step.id for step in fresh.steps}


@pytest.mark.parametrize(
    "deployment",
    [
        deployed(node("expe1", server=PRIVATE), node("expc1", server=PRIVATE)),
        deployed(public_ca="no"),
        deployed(node("expe1", server=PRIVATE), node("expe2", server=PRIVATE)),
    ],
)
def test_a_plan_with_nothing_to_do_has_no_steps_and_says_so(
    knowledge: Knowledge, deployment: Deployment
) -> None:
    made = planned(knowledge, deployment)
    assert made.steps == ()
    assert len(made.summary) == 3


def test_each_step_has_all_that_belongs_to_it(knowledge: Knowledge) -> None:
    made = planned(knowledge, everything())
    assert len(rules(made)) > 40
    for step in made.steps:
        assert all((step.title, step.owner, step.duration, step.actions, step.verify, step.stop)), step.id
        assert step.rollback
        assert step.interrupts
        assert step.sources
        assert not [text for text in (step.title, *step.actions, step.verify) if "{" in text], step.id


def test_the_point_of_no_return_is_marked(knowledge: Knowledge) -> None:
    made = planned(knowledge, with_choice(clusters("X8.10"), "CD", "D"))
    assert {step.rule for step in made.steps if step.point_of_no_return} == {"upgrade-first-stage", "upgrade"}
    assert "upgrade-first-stage" not in rules(planned(knowledge, with_choice(clusters("X8.11.4"), "CD", "D")))


def test_a_plan_is_made_of_the_same_things_on_the_same_day(knowledge: Knowledge) -> None:
    assert planned(knowledge, everything(), TODAY) == planned(knowledge, everything(), TODAY)
