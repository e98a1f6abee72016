"""PEM in the shapes people have: each certificate is found, and a bad block never hides a good one."""

import base64
import textwrap

import pytest

from tests.evidence.pki import family
from wizard.evidence.pem import Block, State, bare, blocks, mended, text_of

ROOT, MIDDLE, NODE = family()


def read(text: str) -> list[Block]:
    return [block for block in blocks(text) if block is not None]


def ders(text: str) -> list[bytes]:
    return [block.der for block in read(text) if block.state is State.WHOLE]


SHAPES = {
    "plain": NODE.pem,
    "crlf": NODE.pem.replace("\n", "\r\n"),
    "old mac": NODE.pem.replace("\n", "\r"),
    "text around": f"subject=CN = x\nissuer=y\n{NODE.pem}---\nServer certificate\n",
    "quoted": textwrap.indent(NODE.pem, "> "),
    "quoted twice": textwrap.indent(NODE.pem, "> > "),
    "quoted with a blank first line": textwrap.indent(NODE.pem, ">\t"),
    "indented": textwrap.indent(NODE.pem, "        "),
    "no-break spaces": textwrap.indent(NODE.pem, "\u00a0\u00a0"),
    "one line": NODE.pem.replace("\n", ""),
    "one line with spaces": NODE.pem.replace("\n", " "),
    "escaped line ends": '{"pem": "' + NODE.pem.replace("\n", "\\n") + '"}',
    "escaped crlf": NODE.pem.replace("\n", "\\r\\n"),
    "long lines": "-----BEGIN CERTIFICATE-----\n"
    + base64.b64encode(NODE.der).decode()
    + "\n-----END CERTIFICATE-----",
    "headers inside": NODE.pem.replace("-----\n", "-----\nComment: exported\nX-Y: z\n\n", 1),
    "blank lines inside": NODE.pem.replace("\n", "\n\n"),
    "trailing blanks": NODE.pem.replace("\n", "  \t\n"),
    "no end marker, then text": NODE.pem.partition("-----END")[0] + "\nThat was it. Regards\n",
    "another end marker": NODE.pem.replace("END CERTIFICATE", "END TRUSTED CERTIFICATE"),
    "marker in prose before": "Copy from -----BEGIN CERTIFICATE----- to -----END CERTIFICATE-----:\n"
    + NODE.pem,
    "marker opened in prose": "It starts with -----BEGIN CERTIFICATE----- as always.\n" + NODE.pem,
    "diff": textwrap.indent(NODE.pem, "  | "),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_the_certificate_is_found_in_every_shape(shape: str) -> None:
    assert ders(SHAPES[shape]) == [NODE.der]
    assert [block.label for block in read(SHAPES[shape])] == ["CERTIFICATE"]


@pytest.mark.parametrize("shape", ["plain", "no-break spaces", "quoted", "no padding"])
@pytest.mark.parametrize("size", [60, 61, 62])
def test_the_padding_of_base64_does_not_matter(shape: str, size: int) -> None:
    der = b"\x30" + bytes([size - 2]) + bytes(size - 2)
    body = base64.b64encode(der).decode()
    prefix = {"no-break spaces": "\u00a0", "quoted": "> "}.get(shape, "")
    if shape == "no padding":
        body = body.rstrip("=")
    text = f"-----BEGIN CERTIFICATE-----\n{body}\n-----END CERTIFICATE-----\n"
    assert ders(textwrap.indent(text, prefix)) == [der]


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "latin-1"])
def test_the_encoding_of_the_file_does_not_matter(codec: str) -> None:
    assert ders(text_of(NODE.pem.encode(codec))) == [NODE.der]


def test_utf_16_big_endian_with_its_mark_is_read() -> None:
    assert ders(text_of(b"\xfe\xff" + NODE.pem.encode("utf-16-be"))) == [NODE.der]


def test_text_that_is_no_utf_8_does_not_hide_the_certificate() -> None:
    assert ders(text_of(b"caf\xe9\n" + NODE.pem.encode())) == [NODE.der]


def test_all_blocks_come_in_order_with_label_and_line() -> None:
    text = "intro\n" + NODE.pem + NODE.key_pem + ROOT.pem
    found = read(text)
    assert [block.label for block in found] == ["CERTIFICATE", "PRIVATE KEY", "CERTIFICATE"]
    lines = text.splitlines()
    assert [lines[block.line - 1] for block in found] == [f"-----BEGIN {block.label}-----" for block in found]
    assert ders(text)[::2] == [NODE.der, ROOT.der]


@pytest.mark.parametrize(
    ("spoilt", "state"),
    [
        (NODE.pem.replace(NODE.pem.splitlines()[3], "*** removed ***"), State.TRUNCATED),
        ("\n".join(NODE.pem.splitlines()[:5]) + "\n", State.TRUNCATED),
        ("-----BEGIN CERTIFICATE-----\n", State.TRUNCATED),
        (
            "-----BEGIN CERTIFICATE-----\nTm90IGEgY2VydGlmaWNhdGUgYXQgYWxs\n-----END CERTIFICATE-----\n",
            State.UNREADABLE,
        ),
    ],
)
def test_a_bad_block_is_told_and_hides_neither_neighbour(spoilt: str, state: State) -> None:
    found = read(ROOT.pem + spoilt + MIDDLE.pem)
    assert [block.state for block in found] == [State.WHOLE, state, State.WHOLE]
    assert (found[0].der, found[2].der) == (ROOT.der, MIDDLE.der)


def test_an_encrypted_key_is_one_by_its_headers() -> None:
    text = (
        "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,00\n\n"
        "qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq\n-----END RSA PRIVATE KEY-----\n"
    )
    (block,) = read(text)
    assert block.encrypted and block.der == b""


def test_the_bytes_of_a_block_stay_out_of_its_repr() -> None:
    (block,) = read(NODE.key_pem)
    assert repr(block.der) not in repr(block) and "der" not in repr(block)


def test_bare_base64_is_taken_for_der_and_prose_is_not() -> None:
    assert bare(textwrap.fill(base64.b64encode(NODE.der).decode(), 64)) == NODE.der
    assert bare("MInutes of the meeting, as promised") is None
    assert bare(base64.b64encode(NODE.der[:-40]).decode()) is None


@pytest.mark.parametrize(
    "text",
    [
        NODE.pem.replace("-----", "----"),
        NODE.pem.replace("-----", "\u2014\u2013\u2014"),
        NODE.pem.replace("-----", "\u2212\u2212"),
        "<pre>" + NODE.pem.replace("\n", "<br/>\n") + "</pre>",
        '<p class="x">' + NODE.pem.replace("\n", "</p><p>") + "</p>",
    ],
    ids=["a dash lost", "dashes of a word processor", "minus signs", "HTML lines", "HTML paragraphs"],
)
def test_markers_that_suffered_on_their_way_are_mended(text: str) -> None:
    assert ders(text) == []
    assert ders(mended(text)) == [NODE.der]


def test_a_text_that_is_as_it_should_be_is_not_mended() -> None:
    assert mended(NODE.pem) == mended("no marker <br> here") == mended("x" * (9 << 20)) == ""


def test_base64_that_is_longer_than_any_certificate_is_not_tried() -> None:
    assert bare(base64.b64encode(NODE.der).decode() + "\n" * (8 << 20)) is None


@pytest.mark.parametrize(
    "text",
    [
        "-----BEGIN CERTIFICATE-----" + " " * 300_000 + "!",
        "-----BEGIN CERTIFICATE-----\n" * 20_000,
        "-----BEGIN CERTIFICATE-----" * 20_000,
        "-----BEGIN " + "A" * 300_000,
        "MI" + "A" * 300_000 + "!",
    ],
    ids=["blanks", "markers", "markers on one line", "endless label", "bare with an end"],
)
def test_text_made_to_be_slow_is_read_in_one_go(text: str) -> None:
    """Each of these takes minutes where a pattern goes back over what it has read."""
    assert ders(text) == [] and bare(text) is None
