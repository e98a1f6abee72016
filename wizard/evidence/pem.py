"""PEM in the shapes people have, block by block: a bad block never hides the others.

Knows text around and between blocks, CRLF, byte order marks, UTF-16, quoted (`> `) and indented mail, a
block on one line, `\\n` written out as in JSON, a key beside a certificate, and the marker inside a sentence.
Reading goes on at the next BEGIN, whatever came of the block before.
"""

import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from wizard.evidence.der import stated_length
from wizard.evidence.encoding import encoding_of

_LABEL = r"([A-Z0-9][A-Z0-9 ._/#-]{0,48}?)"
_BEGIN = re.compile(rf"-----BEGIN {_LABEL}-----")
_END = re.compile(rf"-----END {_LABEL}-----")
_DASHES = "[-\u2010-\u2015\u2212]{2,6}"
_BENT = re.compile(rf"{_DASHES} ?((?:BEGIN|END) [A-Z0-9][A-Z0-9 ]{{0,48}}?) ?{_DASHES}")
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,80}>")
_PLAIN = re.compile(r"[A-Za-z0-9+/\s]*+[=\s]*+")  # Possessive: no run of blanks makes it slow.
_BASE64_LINE = re.compile(r"[A-Za-z0-9+/]+={0,2}")
_PREFIX = "> |#:;\"'*\t\u00a0\ufeff\u200b,"
_SUFFIX = " \t\r\\\"',;<\u00a0"
_PROSE = 16
"""Base64 characters below which a marker is a word in a sentence."""

_NEAR = 200
"""Characters around a marker that are looked at for words."""

_LONGEST = 8 << 20
"""Characters of a body that are read: six times those of a certificate with 100,000 names."""


class State(StrEnum):
    """What came of a block."""

    WHOLE = "whole"
    TRUNCATED = "truncated"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Block:
    """One PEM block. `line` counts from 1; `der` stays out of the repr, for it may be a private key.

    `encrypted` is true where the block's own headers say so.
    """

    label: str
    line: int
    state: State
    der: bytes = field(repr=False)
    encrypted: bool = False


def text_of(data: bytes) -> str:
    """The text in `data`, whatever its encoding; what is no UTF-8 is taken for Latin-1. Never fails."""
    codec = encoding_of(data[:256])
    try:
        return data.decode(codec, "replace" if codec.startswith("utf-16") else "strict")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def blocks(text: str) -> Iterator[Block | None]:
    """The blocks of a text, in order; None for a marker that is only talked about."""
    line = 1
    counted = 0
    begin = _BEGIN.search(text)
    while begin:
        following = _BEGIN.search(text, begin.end())
        limit = following.start() if following else len(text)
        line += text.count("\n", counted, begin.start())
        counted = begin.start()
        end = _END.search(text, begin.end(), limit)
        body = text[begin.end() : min(end.start() if end else limit, begin.end() + _LONGEST)]
        block = _block(begin[1], line, body, ended=end is not None)
        talked_about = block and block.state is not State.WHOLE and _in_a_sentence(text, begin)
        yield None if talked_about else block
        begin = following


def bare(text: str) -> bytes | None:
    """The bytes of a text that is nothing but base64 of DER, as it is pasted out of XML; else None."""
    if not text[:_LONGEST].lstrip().startswith("MI") or len(text) > _LONGEST or not _PLAIN.fullmatch(text):
        return None
    der = _decode(text)
    length = stated_length(der)
    return der if length is not None and length <= len(der) else None


def mended(text: str) -> str:
    """A text whose markers lost or changed a dash on their way (`----BEGIN`, `—–—BEGIN`), or that has HTML
    between its lines, as its blocks stood before; empty where there is nothing to mend."""
    if len(text) > _LONGEST or "BEGIN " not in text:
        return ""
    plain = _TAG.sub("\n", text) if "<" in text else text
    plain = _BENT.sub(r"-----\1-----", plain)
    return plain if plain != text else ""


def _block(label: str, line: int, body: str, *, ended: bool) -> Block | None:
    """The block with this body; None where it is too short to be one."""
    encrypted = False
    if not _PLAIN.fullmatch(body):
        encrypted = "ENCRYPTED" in body[:500]
        body = _without_quoting(body, ended=ended)
    der = _decode(body)
    length = stated_length(der)
    if length is not None and length <= len(der):
        return Block(label, line, State.WHOLE, der, encrypted)
    if encrypted and der and ended:
        return Block(label, line, State.WHOLE, b"", encrypted)
    if len(body.strip()) < _PROSE and ended:
        return None
    if length is not None or not ended:
        return Block(label, line, State.TRUNCATED, der)
    return Block(label, line, State.UNREADABLE, der)


def _without_quoting(body: str, *, ended: bool) -> str:
    """The base64 of a body that has more in it: quoting, indentation, headers, text after a lost END."""
    kept: list[str] = []
    for raw in body.replace("\\r", "\n").replace("\\n", "\n").splitlines():
        content = raw.strip(_PREFIX).rstrip(_SUFFIX)
        if not content or ":" in content:
            continue
        if _BASE64_LINE.fullmatch(content):
            kept.append(content)
        elif ended:
            kept.append("".join(content.split()))
        else:
            break
    return "".join(kept)


def _decode(body: str) -> bytes:
    """The bytes of base64, what is no base64 left out and an incomplete end cut off."""
    try:
        return binascii.a2b_base64(body)
    except ValueError:  # Not ASCII, or its padding is lost.
        characters = re.sub(r"[^A-Za-z0-9+/]", "", body)
        if len(characters) % 4 == 1:
            characters = characters[:-1]
        return binascii.a2b_base64(characters + "=" * (-len(characters) % 4))


def _in_a_sentence(text: str, begin: re.Match[str]) -> bool:
    """Whether the marker has words before or after it on its line."""
    before = text[max(0, begin.start() - _NEAR) : begin.start()].rpartition("\n")[2].strip(_PREFIX)
    after = text[begin.end() : begin.end() + _NEAR].partition("\n")[0].strip(_SUFFIX + _PREFIX)
    return bool(before) or bool(after and not _BASE64_LINE.fullmatch(after.split()[0]))
