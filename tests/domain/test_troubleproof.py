"""The proof that troubleshooting is whole: the real content passes, and each check can fail."""

from dataclasses import replace
from typing import Any

import pytest

from tests.troubles import content, knowledge
from wizard.domain.troubleproof import check_troubleshooting
from wizard.model.knowledge import Source
from wizard.model.troubleshooting import Pattern, Step, Troubleshooting, Turn


def broken(**tables: object) -> Troubleshooting:
    return replace(content(), **tables)  # type: ignore[arg-type]


def changed(table: str, id: str, **fields: Any) -> Troubleshooting:
    entries: dict[str, Any] = getattr(content(), table)
    return broken(**{table: {**entries, id: replace(entries[id], **fields)}})


def turned(symptom: str, ask: str, *turns: Turn, keep: bool = False) -> Troubleshooting:
    """The content with the turns of one step replaced, or with further turns put before them."""
    tree = content().symptoms[symptom]
    steps = tuple(
        Step(step.ask, (*turns, *step.turns) if keep else turns) if step.ask == ask else step
        for step in tree.steps
    )
    return changed("symptoms", symptom, steps=steps)


def codes(of: Troubleshooting) -> set[str]:
    problems = check_troubleshooting(replace(knowledge(), troubleshooting=of))
    assert all(problem.file.startswith("content/") and problem.message for problem in problems)
    return {problem.code for problem in problems}


def test_the_real_content_is_whole() -> None:
    assert check_troubleshooting(knowledge()) == ()


def without(table: str, id: str) -> Troubleshooting:
    return broken(**{table: {key: value for key, value in getattr(content(), table).items() if key != id}})


EKU = "cause:cluster-eku"
NOWHERE = Source("no-such-document")

BROKEN = [
    ("missing", without("symptoms", "smart-licensing")),
    ("unknown-id", changed("checks", "nothing-pending", gone=("20008",))),
    (
        "unknown-id",
        broken(
            symptoms={
                **content().symptoms,
                "new": replace(content().symptoms["smart-licensing"], id="new"),
            }
        ),
    ),
    ("dangling", without("asks", "cssm_port")),
    ("dangling", without("remedies", "upgrade")),
    ("dangling", without("lookalikes", "nat")),
    ("dangling", without("steps", "back-up")),
    ("dangling", without("checks", "backup-made")),
    ("dangling", changed("causes", "cluster-eku", cures=("no-such-step",))),
    ("dangling", changed("causes", "cluster-eku", connections=("no-such-connection",))),
    ("dangling", changed("causes", "cluster-eku", source=NOWHERE)),
    ("dangling", changed("steps", "back-up", sources=(NOWHERE,))),
    ("dangling", changed("steps", "back-up", owner="nobody")),
    ("dangling", changed("checks", "backup-made", plan_steps=("no-such-step",))),
    ("dangling", changed("signatures", "wrong-purpose", symptoms=("no-such-symptom",))),
    ("dangling", changed("signatures", "wrong-purpose", cause="no-such-cause")),
    ("dangling", changed("signatures", "wrong-purpose", tells={"no-such-ask": ("yes",)})),
    ("no-such-answer", changed("signatures", "wrong-purpose", tells={"tls_other": ("perhaps",)})),
    ("dangling", changed("asks", "eku_checking", known_from="no-such-signal")),
    ("not-the-values", changed("asks", "eku_checking", answers=("on", "off", "maybe"))),
    ("dangling", turned("smart-licensing", "cssm_trusted", Turn("ask:cluster_eku"))),
    ("dangling", turned("smart-licensing", "cssm_trusted", Turn("cause:no-such-cause"))),
    ("bad-target", turned("smart-licensing", "cssm_trusted", Turn("outcome:act"))),
    ("no-such-answer", turned("smart-licensing", "cssm_trusted", Turn(EKU, {"cssm_trusted": ("maybe",)}))),
    ("bad-pattern", changed("signatures", "wrong-purpose", patterns=(Pattern(none=("x",)),))),
    ("bad-pattern", changed("checks", "fixed-release", expect=(Pattern(all=("v",), at_least="later"),))),
    ("no-pattern", changed("signatures", "wrong-purpose", patterns=())),
    ("no-pattern", changed("checks", "backup-made", expect=())),
    ("no-symptom", changed("signatures", "wrong-purpose", symptoms=())),
    ("twice", changed("signatures", "alarm-20004", alarms=("20006",))),
    ("leads-nowhere", turned("smart-licensing", "cssm_trusted", Turn(EKU, {"cssm_trusted": ("no",)}))),
    ("leads-nowhere", turned("smart-licensing", "cssm_trusted", Turn("ask:cssm_port"))),
    ("leads-nowhere", turned("uc-traversal-down", "uc_other", Turn("symptom:mra-registration"))),
    ("never-taken", turned("smart-licensing", "cssm_trusted", Turn("cause:licensing-not-eku"), keep=True)),
    ("not-reached", turned("smart-licensing", "cssm_trusted", Turn("cause:licensing-not-eku"))),
    ("decides-nothing", turned("smart-licensing", "cssm_trusted", Turn("cause:licensing-not-eku"))),
    ("unused", changed("causes", "licensing-not-eku", lookalikes=())),
    ("unused", changed("causes", "upload-key", remedies=("ask-tac",))),
    ("last-resort-first", changed("causes", "cluster-eku", remedies=("cluster-permissive", "upgrade"))),
    ("no-remedy", changed("causes", "cluster-eku", remedies=())),
    ("no-cure", changed("causes", "cluster-eku", cures=())),
]


@pytest.mark.parametrize(("code", "of"), BROKEN, ids=[f"{n}-{code}" for n, (code, _) in enumerate(BROKEN)])
def test_each_defect_is_a_problem_of_its_own(code: str, of: Troubleshooting) -> None:
    if code == "unused" and of.causes["licensing-not-eku"].lookalikes == ():
        of = replace(of, lookalikes={**of.lookalikes, "lonely": replace(of.lookalikes["nat"], id="lonely")})
    assert code in codes(of)


def test_a_step_asked_twice_in_one_tree_is_a_problem() -> None:
    tree = content().symptoms["smart-licensing"]
    assert "twice" in codes(changed("symptoms", "smart-licensing", steps=(*tree.steps, tree.steps[0])))


def test_troubles_of_plan_steps_and_cures_are_checked_both_ways() -> None:
    steps = knowledge().steps
    odd = replace(steps["backup"], troubles=("no-such-symptom",))
    problems = check_troubleshooting(replace(knowledge(), steps={**steps, "backup": odd}))
    assert [problem.code for problem in problems] == ["dangling"]
    quiet = {name: replace(step, troubles=()) for name, step in steps.items()}
    found = check_troubleshooting(replace(knowledge(), steps=quiet))
    assert {problem.code for problem in found} == {"no-plan-step"} and len(found) == 8


def test_without_troubleshooting_that_is_the_problem() -> None:
    problems = check_troubleshooting(replace(knowledge(), troubleshooting=None))
    assert [problem.code for problem in problems] == ["missing"]


def test_all_problems_are_reported_at_once_with_their_file() -> None:
    of = changed("causes", "cluster-eku", cures=("no-such-step",), remedies=("no-such-remedy",))
    problems = check_troubleshooting(replace(knowledge(), troubleshooting=of))
    assert len(problems) == 2
    assert {p.file for p in problems} == {"content/troubleshooting/cluster-replication.toml"}
