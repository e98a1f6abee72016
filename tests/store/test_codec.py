"""A deployment survives every form it is written in, whatever it holds."""

import json
import tomllib
from datetime import date
from typing import Literal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.store.deployments import deployments, paths_of, records
from tests.store.words import CONTENT, say
from wizard.model.certificate import CertificateRecord
from wizard.model.deployment import Certificate, Deployment, Node, Origin, Saved
from wizard.model.release import Release
from wizard.store.codec import (
    DeploymentError,
    EditedBlockError,
    NewerFormatError,
    decode,
    encode_json,
    encode_toml,
    from_block,
    to_block,
)

many = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


def read(text: str, suffix: Literal[".toml", ".json"] = ".toml") -> Deployment:
    return decode(text, suffix=suffix, file=f"d{suffix}", say=say)


@many
@given(deployments(), st.data())
def test_json_gives_back_what_was_saved_dormant_answers_too(
    deployment: Deployment, data: st.DataObject
) -> None:
    dormant = frozenset(data.draw(st.sets(st.sampled_from(paths_of(deployment)))))
    assert read(encode_json(deployment, dormant), ".json") == deployment


@many
@given(deployments())
def test_toml_gives_back_what_was_written(deployment: Deployment) -> None:
    # A file without the `saved` table counts as written by hand, and is looked at more strictly.
    marked = (
        f"{encode_toml(deployment)}\n"
        if deployment.saved != Saved()
        else f"{encode_toml(deployment)}\n[saved]\n"
    )
    assert read(marked) == deployment


@many
@given(deployments(), st.text(max_size=200))
def test_a_plan_gives_back_the_deployment_of_its_last_block(deployment: Deployment, before: str) -> None:
    earlier = to_block(Deployment(name="earlier"))
    plan = f"# Plan\n{before}\n\n{earlier}\n{before}\n\n{to_block(deployment)}"
    assert from_block(plan, "plan.md", say=say) == deployment
    assert from_block(plan.replace("\n", "\r\n"), "plan.md", say=say) == deployment


@many
@given(deployments())
def test_nothing_in_a_block_can_end_it_or_leave_ascii(deployment: Deployment) -> None:
    opening, *body, closing, end = to_block(deployment).split("\n")
    assert (opening, closing, end) == ("```json eku-wizard", "```", "")
    text = "\n".join(body)
    assert "`" not in text and text.isascii()
    assert json.loads(text)["checksum"].startswith("sha256:")


def test_dormant_answers_are_not_among_those_that_count() -> None:
    deployment = Deployment(
        public_ca="no",
        uses={"b2b-sip": "yes", "uc-traversal": "no"},
        nodes=(Node("e1", server_certificate=Certificate(not_after=date(2027, 1, 1))),),
    )
    keys = frozenset({"public_ca", "uses/b2b-sip", "node/e1/server_certificate/not_after", "upgrade_by"})
    document = json.loads(encode_json(deployment, keys))
    assert document["dormant"] == {
        "public_ca": "no",
        "uses/b2b-sip": "yes",
        "node/e1/server_certificate/not_after": "2027-01-01",
    }
    assert "public_ca" not in document and document["uses"] == [] and document["uses_no"] == ["uc-traversal"]


def test_without_a_block_a_plan_gives_nothing() -> None:
    assert from_block("# A plan\n\n```json\n{}\n```\n", "plan.md", say=say) is None


def test_a_block_that_was_edited_is_refused_and_taken_only_on_request() -> None:
    plan = "# A plan\n\n" + to_block(Deployment(public_ca="yes")).replace('"yes"', '"no"')
    with pytest.raises(EditedBlockError) as caught:
        from_block(plan, "plan.md", say=say)
    assert [(p.code, p.where) for p in caught.value.problems] == [("block-edited", "line 3")]
    taken = from_block(plan, "plan.md", say=say, edited_ok=True)
    assert taken == Deployment(public_ca="no")


def test_a_block_whose_white_space_changed_was_not_edited() -> None:
    block = to_block(Deployment(name="A b"))
    assert from_block(block.replace("\n ", "\n      ").replace(": ", " :  "), "p.md", say=say) == Deployment(
        name="A b"
    )


def test_a_block_that_breaks_a_rule_names_the_line_of_the_plan() -> None:
    plan = "# A plan\n\n" + to_block(Deployment(nodes=(Node("e1", "edge"),))).replace('"edge"', '"egde"')
    with pytest.raises(DeploymentError) as caught:
        from_block(plan, "plan.md", say=say)
    line = plan.split("\n").index('   "role": "egde"') + 1
    assert [(p.code, p.where) for p in caught.value.problems] == [
        ("unknown-value", f"node[1].role, line {line}")
    ]


@pytest.mark.parametrize("cut", [1, 4, 5, 30])
def test_a_block_that_is_cut_off_says_so(cut: int) -> None:
    with pytest.raises(DeploymentError) as caught:
        from_block(
            to_block(Deployment(name="x"))[:-cut] if cut > 1 else to_block(Deployment())[:-4], "p.md", say=say
        )
    assert caught.value.problems[0].code == "block-cut-off"


def test_the_example_is_read_and_has_what_the_contract_shows() -> None:
    example = read((CONTENT / "example.toml").read_text(encoding="utf-8"))
    cores, edges = example.of_role("core"), example.of_role("edge")
    assert [node.release for node in (*cores, *edges)] == [Release(14, 3, 7)] * 4
    assert len(cores) == 2 and len(edges) == 2
    assert example.uses["uc-traversal"] == "yes" and example.uses["b2b-sip"] == "unknown"
    assert example.uses["imp-federation"] == "no"
    assert read(encode_toml(example)) == example


def test_every_line_of_the_example_can_be_left_out() -> None:
    """Absent means not known yet: no key is needed for a file to be read."""
    lines = (CONTENT / "example.toml").read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines):
        if "=" in line and not line.startswith(("#", " ", "[")):
            rest = "\n".join(lines[:number] + lines[number + 1 :])
            assert isinstance(read(rest), Deployment), line


@pytest.mark.parametrize("text", ["", "format = 1", "[[node]]", "[settings]", "node = []", "[node]\n"])
def test_a_file_may_hold_next_to_nothing(text: str) -> None:
    if text == "[node]\n":
        with pytest.raises(DeploymentError):
            read(text)
    else:
        assert read(text).name == ""


def test_a_node_without_a_name_is_named_by_its_place() -> None:
    deployment = read('[[node]]\nname = "node-2"\n[[node]]\nrole = "edge"\n[[node]]\nrole = "core"\n')
    assert [node.name for node in deployment.nodes] == ["node-2", "node-3", "node-4"]
    assert deployment.origins["node/node-3/name"] == Origin("default")


def test_unknown_is_kept_as_asked_wherever_a_value_is_one_of_a_list() -> None:
    deployment = read(
        'public_ca = "unknown"\nupgrade_by = "unknown"\nuses = "unknown"\n'
        '[settings]\neku_checking = "unknown"\n'
        '[[node]]\nname = "e"\nrole = "unknown"\nrelease = "unknown"\nprimary = "unknown"\n'
        '[node.server_certificate]\nca = "unknown"\nissuer = "unknown"\neku = "unknown"\nacme = "unknown"\n'
    )
    assert deployment.public_ca == deployment.upgrade_by == deployment.settings.eku_checking == "unknown"
    assert set(deployment.uses.values()) == {"unknown"} and len(deployment.uses) == 6
    node = deployment.nodes[0]
    assert node.release == "unknown" and node.role is None and node.primary is None
    assert node.server_certificate == Certificate(ca="unknown", eku="unknown")
    asked = {"role", "primary", "server_certificate/issuer", "server_certificate/acme"}
    assert {key for key, origin in deployment.origins.items() if origin == Origin("answered")} == {
        f"node/e/{key}" for key in asked
    }


@pytest.mark.parametrize(
    ("lists", "uses"),
    [
        ("", {}),
        ("uses = []", dict.fromkeys(["b", "i", "u", "t", "n", "m"], "no")),
        ('uses = ["b2b-sip"]', {"b": "yes", **dict.fromkeys(["i", "u", "t", "n", "m"], "no")}),
        (
            'uses = []\nuses_unknown = ["b2b-sip"]',
            {"b": "unknown", **dict.fromkeys(["i", "u", "t", "n", "m"], "no")},
        ),
        ('uses_unknown = ["b2b-sip"]', {"b": "unknown"}),
        ('uses = ["b2b-sip"]\nuses_no = []', {"b": "yes"}),
        ('uses_no = ["b2b-sip"]', {"b": "no"}),
    ],
)
def test_listed_is_yes_and_the_rest_no_unless_the_file_says_which(lists: str, uses: dict[str, str]) -> None:
    short = {"b": "b2b-sip", "i": "imp-federation", "u": "uc-traversal", "t": "traversal-mtls",
             "n": "neighbor-mtls", "m": "mra-onboarding"}  # fmt: skip
    assert read(lists).uses == {short[key]: value for key, value in uses.items()}


def test_what_the_wizard_itself_saved_half_done_can_be_opened_again() -> None:
    """Seven nodes in a cluster, two primaries: refused in a file written by hand, kept in a saved one."""
    nodes = tuple(Node(f"e{n}", "edge", primary=n < 2) for n in range(7))
    deployment = Deployment(nodes=nodes)
    assert read(encode_json(deployment), ".json") == deployment
    with pytest.raises(DeploymentError) as caught:
        read(encode_toml(deployment))
    assert {p.code for p in caught.value.problems} == {"too-many-peers", "two-primaries"}


def test_a_newer_format_is_refused_as_newer() -> None:
    with pytest.raises(NewerFormatError) as caught:
        read("format = 2\nsomething_new = true\n")
    assert [p.code for p in caught.value.problems] == ["newer-format"]


def test_strangers_characters_are_made_visible_and_secrets_struck_out() -> None:
    deployment = read(
        'name = "a\\u001b[31m\\u202eb"\ncustomer = "pw {cipher}S3cretValue== rest"\n'
        'prepared_by = """-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkq\n-----END PRIVATE KEY-----"""\n'
    )
    assert deployment.name == "a\\x1b[31mU+202Eb"
    assert deployment.customer == "pw {cipher}*** rest"
    assert "MIIEvQ" not in deployment.prepared_by and "***" in deployment.prepared_by


def test_a_value_of_a_secret_is_not_quoted_in_a_problem() -> None:
    with pytest.raises(DeploymentError) as caught:
        read('public_ca = "{cipher}S3cretValue"\n')
    assert "S3cret" not in str(caught.value)


def test_json_says_the_same_as_toml() -> None:
    text = (CONTENT / "example.toml").read_text(encoding="utf-8")
    as_json = json.dumps(tomllib.loads(text), default=str)
    assert read(as_json, ".json") == read(text)


@settings(max_examples=1)
@given(records)
def test_a_saved_record_carries_what_inspect_prints(record: CertificateRecord) -> None:
    deployment = Deployment(nodes=(Node("e", server_certificate=Certificate(record=record)),))
    document = json.loads(encode_json(deployment))
    kept = document["node"][0]["server_certificate"]["record"]
    assert set(kept["eku"]) >= {"state", "oids"} and set(kept["ca"]) >= {"verdict", "evidence"}
    assert {
        "file",
        "index",
        "sha256",
        "subject",
        "issuer",
        "sans",
        "serial",
        "key",
        "is_ca",
        "also_in",
        "notes",
    } <= set(kept)
