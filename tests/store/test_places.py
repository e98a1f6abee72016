"""Where a value stands: the line that a person has to go to."""

import pytest

from wizard.store.places import json_lines, line_of, shown, toml_lines

TOML = '''# a comment = "no key"
name = "x" # [not.a.table]

text = """
a = 1
[[node]]
"""
list = [
  "a", # b = 2
  "[c]",
]
inline = { a = { b = 1 } }
a.b . c = 1
"quoted [key]" = 1
'literal.key' = """x""" # after

[settings]
eku_checking = "on"

[[node]]
name = "e1"
[node.server_certificate] # [[node]]
ca = "public"

[[ node ]]
[[node.inner]]
x = \'\'\'
y = 1\'\'\'
[[node.inner]]
x = 1
[ node . "a b" ]
z = 1
'''


@pytest.mark.parametrize(
    ("place", "line"),
    [
        (("name",), 2),
        (("text",), 4),
        (("list",), 8),
        (("inline",), 12),
        (("a", "b", "c"), 13),
        (("quoted [key]",), 14),
        (("literal.key",), 15),
        (("settings", "eku_checking"), 18),
        (("node", 0), 20),
        (("node", 0, "name"), 21),
        (("node", 0, "server_certificate"), 22),
        (("node", 0, "server_certificate", "ca"), 23),
        (("node", 1), 25),
        (("node", 1, "inner", 0, "x"), 27),
        (("node", 1, "inner", 1, "x"), 30),
        (("node", 1, "a b", "z"), 32),
    ],
)
def test_the_line_of_a_key_of_a_toml_file(place: tuple[str | int, ...], line: int) -> None:
    assert toml_lines(TOML)[place] == line


def test_what_stands_in_a_text_or_a_comment_is_no_key() -> None:
    found = toml_lines(TOML)
    assert not {("a", "comment"), ("not", "a", "table"), ("b",), ("y",), ("c",)} & set(found)
    assert ("node", 2) not in found and ("node", 1, "y") not in found


def test_a_value_without_a_line_has_that_of_what_holds_it() -> None:
    found = toml_lines(TOML)
    assert line_of(found, ("list", 1)) == 8
    assert line_of(found, ("inline", "a", "b")) == 12
    assert line_of(found, ("none", "at", "all")) is None


@pytest.mark.parametrize(
    "text", ["", "[[", "a", '"', "'''", '"""', "[[a]", "=", "\n\n", "[a", 'x = "\\', "{}[]"]
)
def test_no_text_is_too_broken_to_look_for_lines_in(text: str) -> None:
    assert isinstance(dict(toml_lines(text)), dict) and isinstance(dict(json_lines(text)), dict)


JSON = """{
  "a": 1, "b": [
    {"c": "x:y,{"},
    "z", [1,
    2]
  ],
  "d\\u0041\\"": {"e": null,
  "f": []}, "g": true
}"""


@pytest.mark.parametrize(
    ("place", "line"),
    [
        (("a",), 2),
        (("b",), 2),
        (("b", 0), 3),
        (("b", 0, "c"), 3),
        (("b", 1), 4),
        (("b", 2, 0), 4),
        (("b", 2, 1), 5),
        (('dA"',), 7),
        (('dA"', "e"), 7),
        (('dA"', "f"), 8),
        (("g",), 8),
    ],
)
def test_the_line_of_a_value_of_a_json_file(place: tuple[str | int, ...], line: int) -> None:
    assert json_lines(JSON)[place] == line
    assert json_lines(JSON, first=11)[place] == line + 10


@pytest.mark.parametrize(
    ("place", "words"),
    [
        (("node", 1, "server_certificate", "eku", 0), "node[2].server_certificate.eku[1]"),
        (("origin", "node/a b/role"), 'origin."node/a b/role"'),
        ((), ""),
    ],
)
def test_a_place_as_people_read_it(place: tuple[str | int, ...], words: str) -> None:
    assert shown(place) == words
