"""Expressway's own dumps become a `NodeDump`: xconfiguration and xstatus, as text or XML, whole or in part.

`dump_steps` works in slices for a screen, `read_dump` in one go. Both take a file's `Blob`, a pasted text, or
an iterable of lines or pieces of text, and hold no more of it than the line they are at. They never raise for
what the dump holds: what is wrong with it is in `NodeDump.problems`.
"""

from collections.abc import Generator, Iterable, Iterator
from itertools import chain

from wizard.evidence.blob import NAME_LIMIT, Blob, Say, line, problem
from wizard.evidence.dump_findings import Conclusions, Doubt
from wizard.evidence.dump_keys import Ledger
from wizard.evidence.dump_text import LONGEST_LINE, Lines, TextReader
from wizard.evidence.dump_xml import XmlReader
from wizard.evidence.dump_zones import zones_of
from wizard.model.dump import NodeDump
from wizard.model.problems import Problem
from wizard.model.text import visible

CHUNK = 24 * 1024
"""Bytes or characters read at a time: a few milliseconds of work."""

_ZONES_AT_ONCE = 200
_MOST_PROBLEMS = 10
_OF_ONE_NODE = ("systemunitname", "ipdnshostname", "dnshostname")
_HEAD = 512

Source = Blob | str | Iterable[str]


def read_dump(source: Source, name: str, *, say: Say) -> NodeDump:
    """What a dump says. `name` is the file as the user gave it, or "pasted"; `say` words the problems."""
    steps = dump_steps(source, name, say=say)
    while True:
        try:
            next(steps)
        except StopIteration as end:
            dump: NodeDump = end.value
            return dump


def dump_steps(source: Source, name: str, *, say: Say) -> Generator[int, None, NodeDump]:
    """As `read_dump`, yielding the lines read so far after each few milliseconds of work."""
    pieces = _pieces(source)
    head, pieces = _peek(pieces)
    if is_xml(head):
        return (yield from _read_xml(pieces, name, isinstance(head, str), say))
    return (yield from _read_text(pieces, name, say))


def is_xml(head: bytes | str) -> bool:
    """Whether a text that begins like this is XML: its first character, in any of the known encodings."""
    if isinstance(head, str):
        return head.lstrip("\ufeff \t\r\n").startswith("<")
    return head.lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n").startswith(b"<")


def _pieces(source: Source) -> Iterator[bytes | str]:
    """The source in pieces of at most `CHUNK`; lines of a list are given the line feed they lack."""
    if isinstance(source, Blob):
        view = memoryview(source.data)
        for at in range(0, len(view), CHUNK):
            yield bytes(view[at : at + CHUNK])
        return
    for piece in (source,) if isinstance(source, str) else (_ended(text) for text in source):
        for at in range(0, len(piece), CHUNK):
            yield piece[at : at + CHUNK]


def _ended(text: str) -> str:
    return text if text.endswith("\n") else text + "\n"


def _peek(pieces: Iterator[bytes | str]) -> tuple[bytes | str, Iterator[bytes | str]]:
    """The first characters that are no white space (within reason), and all pieces still."""
    seen: list[bytes | str] = []
    for piece in pieces:
        seen.append(piece)
        if piece.strip() or len(seen) * len(piece) > _HEAD * _HEAD:
            return piece[:_HEAD], chain(seen, pieces)
    return "", iter(seen)


def _read_text(pieces: Iterator[bytes | str], name: str, say: Say) -> Generator[int, None, NodeDump]:
    ledger, lines = Ledger(), Lines()
    reader = TextReader(ledger)
    gathered = 0
    for piece in pieces:
        for number, text in lines.feed(piece):
            reader.line(number, text)
        gathered += len(piece)
        if gathered >= CHUNK // 2:
            gathered = 0
            yield lines.number
    for number, text in lines.last():
        reader.line(number, text)
    reader.end()
    problems = [_problem(say, name, "truncated", reader.cut_at, "dump-truncated")] if reader.cut_at else []
    if lines.longest_at:
        args = {"limit": str(LONGEST_LINE)}
        problems.append(_problem(say, name, "dump-long-line", lines.longest_at, **args))
    return (yield from _conclude(ledger, name, problems, bool(reader.cut_at), lines.number, say))


def _read_xml(
    pieces: Iterator[bytes | str], name: str, is_text: bool, say: Say
) -> Generator[int, None, NodeDump]:
    ledger = Ledger()
    reader = XmlReader(ledger, is_text=is_text)
    begun = False
    for piece in pieces:
        if not begun:
            # XML allows nothing before its declaration, but people paste it.
            piece = piece.lstrip("\ufeff \t\r\n") if isinstance(piece, str) else piece.lstrip(b" \t\r\n")
            begun = bool(piece)
        for _ in reader.feed(piece.encode("utf-8", "replace") if isinstance(piece, str) else piece):
            yield reader.lines
    reader.close()
    ledger.header(*reader.version)
    problems = []
    if reader.failure:
        code = reader.failure if reader.failure == "truncated" else f"dump-{reader.failure}"
        words = "dump-truncated" if reader.failure == "truncated" else ""
        problems.append(_problem(say, name, code, reader.failed_at, words))
    return (yield from _conclude(ledger, name, problems, bool(reader.failure), reader.lines, say))


def _conclude(
    ledger: Ledger, name: str, problems: list[Problem], truncated: bool, lines: int, say: Say
) -> Generator[int, None, NodeDump]:
    zones = []
    for read in zones_of(ledger):
        zones.append(read)
        if len(zones) % _ZONES_AT_ONCE == 0:
            yield lines
    conclusions = Conclusions(ledger, tuple(zones), truncated=truncated, lines=lines)
    yield lines
    if not ledger.seen_configuration and not ledger.seen_status and not problems:
        problems.append(_problem(say, name, "dump-nothing", 0))
    if ledger.has_all_families and not truncated and not conclusions.complete and not conclusions.doubts:
        problems.append(_problem(say, name, "truncated", lines, "dump-zones-missing"))
    if ledger.overflowed_at:
        problems.append(_problem(say, name, "dump-too-much", ledger.overflowed_at))
    problems.extend(_repetitions(ledger, name, say))
    problems.extend(_doubts(conclusions.doubts, name, say))
    return NodeDump(
        file=visible(name, NAME_LIMIT),
        findings=tuple(conclusions.findings),
        zones=tuple(read.zone for read in zones),
        secrets=ledger.secrets,
        problems=tuple(problems),
        complete=conclusions.complete,
        lines=lines,
    )


def _repetitions(ledger: Ledger, name: str, say: Say) -> Iterator[Problem]:
    """One problem for all keys that were stated twice and differently: most often two nodes in one file."""
    if not ledger.repeated:
        return
    own = {stated for key, stated in ledger.configuration.items() if key in _OF_ONE_NODE}
    first, again = next((pair for pair in ledger.repeated if pair[0] in own), ledger.repeated[0])
    code = "dump-two-nodes" if first in own else "dump-repeated"
    count = str(len(ledger.repeated))
    yield _problem(say, name, code, again, key=first.key, first=str(first.line), count=count)


def _doubts(doubts: list[Doubt], name: str, say: Say) -> Iterator[Problem]:
    for doubt in doubts[:_MOST_PROBLEMS]:
        yield _problem(say, name, doubt.code, doubt.line, **dict(doubt.args))
    if len(doubts) > _MOST_PROBLEMS:
        yield _problem(say, name, "dump-more", 0, count=str(len(doubts) - _MOST_PROBLEMS))


def _problem(say: Say, name: str, code: str, at: int, words: str = "", **args: str) -> Problem:
    return problem(say, name, code, where=line(say, at) if at else "", words=words, **args)
