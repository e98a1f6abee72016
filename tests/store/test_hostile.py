"""No text makes the codec fail in a way of its own: it is read, or refused with a place."""

import json
from typing import Any, Literal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.store.deployments import deployments
from tests.store.words import CONTENT, say
from wizard.model.deployment import Deployment
from wizard.store.codec import DeploymentError, decode, encode_json, encode_toml, from_block, to_block

many = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))

values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text(max_size=8)
    | st.sampled_from(["unknown", "yes", "on", "X15.5", "2027-02-01", "never", "node/e/role", "{cipher}x"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


def read(text: str, suffix: Literal[".toml", ".json"]) -> Deployment | None:
    """The deployment, None where it was refused as it should be."""
    try:
        return decode(text, suffix=suffix, file="f", say=say)
    except DeploymentError as error:
        problems = error.problems
    assert problems and all(p.file == "f" and p.message and "\n" not in p.line() for p in problems)
    return None


def holders(value: Any) -> list[Any]:
    """Every table and list in a document, itself among them."""
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    found = [holder for item in inner for holder in holders(item)]
    return [value, *found] if isinstance(value, dict | list) else found


@many
@given(deployments(), st.data())
def test_a_saved_file_with_strange_values_is_read_or_refused(
    deployment: Deployment, data: st.DataObject
) -> None:
    document = json.loads(encode_json(deployment, frozenset({"public_ca", "uses/b2b-sip"})))
    for _ in range(data.draw(st.integers(1, 3))):
        holder = data.draw(st.sampled_from(holders(document)))
        if isinstance(holder, dict):
            keys = st.sampled_from(sorted(holder)) if holder else st.nothing()
            holder[data.draw(keys | st.text(max_size=5))] = data.draw(values)
        else:
            holder.append(data.draw(values))
    found = read(json.dumps(document), ".json")
    if found is not None:
        assert read(encode_json(found), ".json") == found


@many
@given(st.text(max_size=80))
def test_any_text_is_read_or_refused(text: str) -> None:
    for suffix in (".toml", ".json"):
        found = read(text, suffix)
        if found is not None:
            assert read(encode_json(found), ".json") == found
    plan = f"# x\n```json eku-wizard\n{text}\n```\n"
    messages: list[str] = []
    try:
        assert isinstance(from_block(plan, "f", say=say), Deployment)
    except DeploymentError as error:
        messages = [problem.message for problem in error.problems]
    assert all(messages)


@many
@given(st.data())
def test_the_example_with_a_piece_cut_out_is_read_or_refused(data: st.DataObject) -> None:
    text = (CONTENT / "example.toml").read_text(encoding="utf-8")
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 40)))
    found = read(text[:start] + data.draw(st.text(max_size=4)) + text[end:], ".toml")
    if found is not None:
        assert read(f"{encode_toml(found)}\n[saved]\n", ".toml") == found


@many
@given(deployments(), st.data())
def test_a_plan_with_a_piece_cut_out_of_its_block_is_never_taken_for_whole(
    deployment: Deployment, data: st.DataObject
) -> None:
    block = to_block(deployment)
    start = data.draw(st.integers(0, len(block) - 1))
    cut = block[:start] + block[start + data.draw(st.integers(1, 20)) :]
    try:
        found = from_block(cut, "f", say=say)
    except DeploymentError:
        return
    assert found is None or found == deployment
