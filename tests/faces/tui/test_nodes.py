"""The nodes as a table: added, changed, copied, removed, pasted; clusters of at most six."""

import pytest

from tests.faces.tui.seen import Seen, working_on
from wizard.faces.tui.nodeform import RefusedError, Typed, copy_of, names_in, put_node
from wizard.model.deployment import Deployment, Node
from wizard.model.knowledge import Knowledge
from wizard.model.release import Release

EMPTY = Deployment(name="Nodes")
CORE = Node("expc1.example.com", "core", "hq", release=Release(14, 3, 7))


async def table(seen: Seen) -> None:
    """The table, from the first question."""
    await seen.press("1", "enter")
    assert seen.at == "NodesScreen"


async def test_a_node_is_added_with_role_cluster_and_release(everything: Knowledge) -> None:
    async with working_on(everything, EMPTY) as seen:
        await table(seen)
        await seen.press("a")
        await seen.type("expc1.example.com")
        await seen.press("enter", "space", "down")
        await seen.type("hq")
        await seen.press("tab")
        await seen.type("x14.3.7")
        await seen.press("enter", "enter", "enter")
        assert seen.deployment.nodes == (CORE,)
        assert "X14.3.7" in seen.text and "core" in seen.text
        assert seen.deployment.origins["node/expc1.example.com/release"].kind == "answered"


async def test_duplicate_makes_the_next_of_its_kind(everything: Knowledge) -> None:
    deployment = Deployment(name="One", nodes=(CORE,))
    async with working_on(everything, deployment) as seen:
        await seen.press("n", "d", *["enter"] * 6)
        second = seen.deployment.nodes[1]
        assert (second.name, second.role, second.cluster, second.release) == (
            "expc2.example.com", "core", "hq", Release(14, 3, 7),
        )  # fmt: skip


async def test_a_node_is_changed_and_keeps_what_was_known_of_it(everything: Knowledge) -> None:
    async with working_on(everything, Deployment(name="One", nodes=(CORE,))) as seen:
        await seen.press("n", "enter", "ctrl+u")
        await seen.type("core1.example.com")
        await seen.press(*["enter"] * 6)
        assert [node.name for node in seen.deployment.nodes] == ["core1.example.com"]
        assert seen.deployment.nodes[0].release == Release(14, 3, 7)


async def test_removing_is_asked_first_and_can_be_taken_back(everything: Knowledge) -> None:
    async with working_on(everything, Deployment(name="One", nodes=(CORE,))) as seen:
        await seen.press("n", "x")
        assert "Remove expc1.example.com?" in seen.text
        await seen.press("2", "enter")
        assert seen.deployment.nodes == (CORE,)
        await seen.press("x", "1", "enter")
        assert not seen.deployment.nodes
        await seen.press("u")
        assert seen.deployment.nodes == (CORE,)


async def test_a_pasted_list_of_names_shares_what_is_typed_once(everything: Knowledge) -> None:
    async with working_on(everything, EMPTY) as seen:
        await table(seen)
        await seen.press("i")
        await seen.paste("expe1.example.com, expe2.example.com\nexpe3.example.com\n")
        assert "expe3.example.com" in seen.text
        await seen.press("enter")
        assert "What the nodes share (3)" in seen.text
        await seen.press("space", "space", "enter", "enter", "enter", "enter")
        assert [(node.name, node.role) for node in seen.deployment.nodes] == [
            (f"expe{n}.example.com", "edge") for n in (1, 2, 3)
        ]


async def test_a_seventh_peer_is_refused_with_the_reason(everything: Knowledge) -> None:
    peers = tuple(Node(f"expc{n}", "core", "hq") for n in range(1, 7))
    async with working_on(everything, Deployment(name="Six", nodes=peers)) as seen:
        # The question shown takes letters: the palette does not.
        await seen.press("ctrl+p", *"nodes", "enter", "d", *["enter"] * 6)
        assert "at most 6 nodes" in seen.text
        assert len(seen.deployment.nodes) == 6


async def test_going_on_without_nodes_is_the_quick_way(everything: Knowledge) -> None:
    async with working_on(everything, EMPTY) as seen:
        await table(seen)
        await seen.press("end", "enter")
        assert "certificates of a public CA?" in seen.text


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        (Typed(""), "no-name"),
        (Typed("a/b"), "bad-name"),
        (Typed("x" * 300), "bad-name"),
        (Typed("EXPC1.example.com"), "taken"),
        (Typed("expc9", release="fourteen"), "not-a-release"),
    ],
)
def test_what_is_no_node_is_refused_by_code(typed: Typed, code: str) -> None:
    with pytest.raises(RefusedError) as refused:
        put_node(Deployment(nodes=(CORE,)), typed)
    assert refused.value.code == code


def test_names_are_separated_by_anything_that_names_do_not_hold() -> None:
    assert names_in(" a.example\tb.example;c.example,\r\n a.example ") == (
        "a.example",
        "b.example",
        "c.example",
    )


@pytest.mark.parametrize(
    ("name", "copy"),
    [
        ("expe1.example.com", "expe2.example.com"),
        ("edge", "edge2"),
        ("edge09", "edge10"),
        ("e-01.x", "e-02.x"),
    ],
)
def test_the_copy_of_a_node_has_the_next_number(name: str, copy: str) -> None:
    assert copy_of(Deployment(nodes=(Node(name),)), Node(name)).name == copy


def test_an_untrusted_name_is_made_visible() -> None:
    changed = put_node(Deployment(), Typed("exp\x1b[31me1"))
    assert "\x1b" not in changed.nodes[0].name


async def test_f2_takes_a_node_from_any_of_its_fields(everything: Knowledge) -> None:
    async with working_on(everything, Deployment(name="New")) as seen:
        await seen.press("n", "a")
        await seen.type("expe1")
        await seen.press("f2")
        assert [node.name for node in seen.deployment.nodes] == ["expe1"]
