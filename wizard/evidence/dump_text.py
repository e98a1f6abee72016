"""xconfiguration and xstatus as text, line by line: what the command line prints and what people paste of it.

`Lines` cuts bytes or text into numbered lines without ever holding more than one of them; `TextReader` takes
the lines and hands what they state to a `Ledger`. Lines may be mixed as they come out of a terminal:
prompts, `OK`, both outputs one after the other, log lines. What is no setting is passed by.

Known shapes (facts.md, section 7): `*c xConfiguration KEY: "value"`, with or without the `*c`, the quotes
and the word itself; `*s Name:` with indented children, closed by `*s/end`; several settings run together on
a line, as pages do that are copied from a browser.
"""

import codecs
import re
from collections.abc import Iterator

from wizard.evidence.dump_keys import Ledger, looks_known
from wizard.evidence.encoding import encoding_of

LONGEST_LINE = 16 * 1024
"""Characters kept of a line; the rest of it is passed by."""

_ASSIGNMENT = re.compile(
    r"\s*(?:\S{1,64}[>#$]\s*)?(?:\*c\s+)?xconf[a-z]*\s+([^\s:\"][^:\"]{0,239}):\s*(.*)",
    re.IGNORECASE | re.DOTALL,
)
_CUT_SHORT = re.compile(r"\s*\*c\s+(?:x[a-z]*(?:\s[^:\"]*)?)?", re.IGNORECASE)
_BARE = re.compile(r"([A-Za-z][A-Za-z0-9 ]{1,200}):\s*(.*)", re.DOTALL)
_BLOCK = re.compile(r"\s*\*s\s+([^\s:\"/][^:\"/]{0,239}):\s*(.*)", re.DOTALL)
_END = re.compile(r"\s*\*s\s*/\s*end\b", re.IGNORECASE)
_CHILD = re.compile(r"([ \t]+)([^\s:\"][^:\"]{0,239}):\s*(.*)", re.DOTALL)
_QUOTING = re.compile(r"(?:> ?){1,10}")
_RUN_TOGETHER = re.compile(r"\s(?=\*[cs]\s+x?[A-Za-z])")
_BANNER = re.compile(
    r".{0,80}(?:video communication server|software version:?)\s+\"?(x\d{1,3}\.[\d.]{1,8})", re.IGNORECASE
)
_BANNER_LINES = 50
_DEEPEST = 32


class Lines:
    """Cuts a stream into lines. Feed it pieces of text or bytes; ask for `last` at the end.

    Lines end at a line feed, as editors count them; carriage returns inside a line (terminals) part it
    without counting. Bytes are taken for UTF-8 unless a byte order mark, or zeros between the letters, say
    UTF-16; what cannot be decoded becomes `\\xNN`.
    """

    def __init__(self) -> None:
        self.number = 0
        self.longest_at = 0
        self._rest = ""
        self._decoder: codecs.IncrementalDecoder | None = None

    def feed(self, piece: bytes | str) -> Iterator[tuple[int, str]]:
        """The lines that end in this piece, numbered from 1."""
        text = self._decode(piece) if isinstance(piece, bytes) else piece
        *whole, rest = (self._rest + text).split("\n")
        for line in whole:
            self.number += 1
            yield from self._parts(line)
        self._rest = rest if len(rest) <= LONGEST_LINE else rest[: LONGEST_LINE + 1]

    def last(self) -> Iterator[tuple[int, str]]:
        """The last line, where no line feed ends it."""
        if self._decoder is not None:
            self._rest += self._decoder.decode(b"", True)
        if self._rest:
            self.number += 1
            yield from self._parts(self._rest)
        self._rest = ""

    def _parts(self, line: str) -> Iterator[tuple[int, str]]:
        if len(line) > LONGEST_LINE:
            self.longest_at = self.longest_at or self.number
            line = line[:LONGEST_LINE]
        for part in line.split("\r"):
            if part:
                yield self.number, part

    def _decode(self, piece: bytes) -> str:
        if self._decoder is None:
            encoding = encoding_of(piece)
            self._decoder = codecs.getincrementaldecoder(encoding)("backslashreplace")
        return self._decoder.decode(piece)


class TextReader:
    """Understands lines in their order and keeps what they state in `ledger`."""

    def __init__(self, ledger: Ledger) -> None:
        self.cut_at = 0
        """The line at which something was found to be cut off, 0 where nothing was."""
        self._ledger = ledger
        self._block: list[tuple[int, str]] = []
        self._block_at = 0
        self._block_has_children = False
        self._unfinished_at = 0

    def line(self, number: int, text: str) -> None:
        """Take one line; what a mail puts before the lines that it quotes is left out."""
        self._unfinished_at = 0
        if text.startswith(">"):
            text = _QUOTING.sub("", text, count=1)
        start = 0
        for gap in _RUN_TOGETHER.finditer(text):
            if text.count('"', start, gap.start()) % 2 == 0 and text[start : gap.start()].strip():
                self._one(number, text[start : gap.start()])
                start = gap.end()
        self._one(number, text[start:])

    def end(self) -> None:
        """The last line has been taken: what is still open was cut off."""
        if self._unfinished_at:
            self.cut_at = self.cut_at or self._unfinished_at
        self._close_block(cut=True)

    def _one(self, number: int, text: str) -> None:
        if self._block and text[:1] in " \t" and "*c" not in text:
            child = _CHILD.match(text)
            if child is not None:
                self._child(number, child)
                return
        if "*s" in text and self._status(number, text):
            return
        match = _ASSIGNMENT.match(text)
        if match is None:
            if _CUT_SHORT.fullmatch(text):
                self._unfinished_at = number
            match = _BARE.match(text)
            if match is None or not looks_known(match.group(1)):
                self._pass_by(number, text)
                return
        key, value = match.groups()
        cut = _is_open(value)
        if cut:
            self._unfinished_at = number
        self._ledger.take("configuration", key, _unquoted(value), number, cut=cut)

    def _pass_by(self, number: int, text: str) -> None:
        self._ledger.passed_by(text)
        banner = _BANNER.match(text) if number <= _BANNER_LINES else None
        if banner is not None:
            self._ledger.header(banner.group(1), number)

    def _status(self, number: int, text: str) -> bool:
        if _END.match(text):
            self._close_block()
            return True
        block = _BLOCK.match(text)
        if block is None:
            return False
        self._close_block(cut=self._block_has_children)
        name, value = block.groups()
        if _is_empty(value):
            self._block = [(-1, name)]
            self._block_at = number
        else:
            self._ledger.take("status", name, _unquoted(value), number, cut=_is_open(value))
        return True

    def _child(self, number: int, child: re.Match[str]) -> None:
        spaces, name, value = child.groups()
        indent = len(spaces.expandtabs())
        self._block_has_children = True
        while self._block[-1][0] >= indent:
            self._block.pop()
        if _is_empty(value):
            if len(self._block) < _DEEPEST:
                self._block.append((indent, name))
            return
        path = " ".join([*(part for _, part in self._block), name])
        self._ledger.take("status", path, _unquoted(value), number, cut=_is_open(value))

    def _close_block(self, cut: bool = False) -> None:
        if self._block and cut:
            self.cut_at = self.cut_at or self._block_at
        self._block = []
        self._block_has_children = False


def _is_empty(value: str) -> bool:
    return value.strip() in ("", "/")


def _is_open(value: str) -> bool:
    """Whether a quoted value has no closing quote, or only its opening one."""
    value = value.strip()
    return value.startswith('"') and (len(value) == 1 or not value.endswith('"'))


def _unquoted(value: str) -> str:
    value = value.strip()
    if value.startswith('"'):
        return value[1:] if _is_open(value) else value[1:-1]
    return value
