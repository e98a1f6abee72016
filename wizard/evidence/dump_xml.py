"""The XML twins of xconfiguration and xstatus, read as a stream and never as a tree.

A document type declaration is refused where it stands: with it go entities, external ones and bombs. Depth,
the length of a value and the bytes between two elements are capped. Element names become keys as the text
prints them: `<Zones><Zone item="7"><Type>` is `Zones Zone 7 Type`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from xml.parsers import expat

from wizard.evidence.dump_keys import LONGEST_VALUE, Ledger

CHUNK = 32 * 1024
"""Bytes parsed at a time: well below 20 ms."""

_DEEPEST = 64
_LONGEST_GAP = 1 << 20
_ROOTS = {"configuration": "configuration", "status": "status"}
_COUNTED = frozenset({"zone", "peer", "domain", "ethernet", "rule", "link", "subzone"})


class _RefusedError(Exception):
    """The document holds what is never read; the argument is the code of the problem."""


@dataclass(slots=True)
class _Element:
    name: str
    number: str
    line: int
    text: list[str]
    length: int = 0
    has_children: bool = False


class XmlReader:
    """Feed it the document; afterwards `failure` says what stopped it ("" where nothing did).

    `failure` is "truncated", "xml-refused" (DTD or entities), "xml-broken" or "xml-extreme" (depth, length),
    `failed_at` the line, `version` what the root element says of the software and the line of that, `lines`
    the line of the last element.
    """

    def __init__(self, ledger: Ledger, *, is_text: bool = False) -> None:
        self.failure = ""
        self.failed_at = 0
        self.version = ("", 0)
        self.lines = 0
        self._ledger = ledger
        self._stack: list[_Element] = []
        self._kind = ""
        self._kind_depth = 0
        self._fed = 0
        self._last_event = 0
        self._parser = expat.ParserCreate("utf-8" if is_text else None)
        self._parser.buffer_text = True
        self._parser.StartDoctypeDeclHandler = self._doctype
        self._parser.EntityDeclHandler = self._doctype
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text

    def feed(self, piece: bytes) -> Iterator[None]:
        """Parse a piece, `CHUNK` bytes at a time."""
        for at in range(0, len(piece), CHUNK):
            if self.failure:
                return
            self._parse(piece[at : at + CHUNK], final=False)
            yield None

    def close(self) -> None:
        """The document is at its end."""
        if not self.failure:
            self._parse(b"", final=True)

    def _parse(self, piece: bytes, *, final: bool) -> None:
        try:
            self._fed += len(piece)
            self._parser.Parse(piece, final)
            if self._fed - self._last_event > _LONGEST_GAP:
                raise _RefusedError("xml-extreme")
        except _RefusedError as refused:
            self._fail(str(refused))
        except expat.ExpatError as error:
            # Of the error only its place is used: its text could quote the document.
            self._fail("truncated" if final else "xml-broken", error.lineno)
        except (ValueError, LookupError):
            self._fail("xml-broken")

    def _fail(self, code: str, line: int = 0) -> None:
        self.failure = code
        self.failed_at = line or self._parser.CurrentLineNumber
        self._stack.clear()

    def _doctype(self, *_: object) -> None:
        raise _RefusedError("xml-refused")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._last_event = self._fed
        if len(self._stack) >= _DEEPEST:
            raise _RefusedError("xml-extreme")
        local = name.rpartition(":")[2][:200]
        if self._stack:
            self._stack[-1].has_children = True
        number = attributes.get("item", "")[:8] if local.casefold() in _COUNTED else ""
        line = self.lines = self._parser.CurrentLineNumber
        self._stack.append(_Element(local, number if number.isdecimal() else "", line, []))
        if not self._kind and len(self._stack) <= 2 and local.casefold() in _ROOTS:
            self._kind = _ROOTS[local.casefold()]
            self._kind_depth = len(self._stack)
            self.version = (attributes.get("version", "")[:64], line) if not self.version[0] else self.version

    def _text(self, text: str) -> None:
        self._last_event = self._fed
        if self._stack and self._stack[-1].length < LONGEST_VALUE:
            self._stack[-1].text.append(text[:LONGEST_VALUE])
            self._stack[-1].length += len(text)

    def _end(self, _name: str) -> None:
        self._last_event = self._fed
        self.lines = self._parser.CurrentLineNumber
        element = self._stack.pop()
        if self._kind and len(self._stack) >= self._kind_depth and not element.has_children:
            path = [*self._stack[self._kind_depth :], element]
            key = " ".join(f"{part.name} {part.number}".rstrip() for part in path)
            self._ledger.take(self._kind, key, "".join(element.text), element.line)
        elif len(self._stack) < self._kind_depth:
            self._kind = ""
            self._kind_depth = 0
