"""Recognises log lines and alarms by the signatures of content/troubleshooting, streaming.

A scan keeps a bounded number of matches for each signature and no more than a batch of lines, whatever the
length of the input. Most of a large log holds none of the texts that any signature needs, and is passed
over by the batch or by the line. In the first lines, which may be a paste, a line that was broken in two by
mail or a terminal is put together again.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from wizard.domain.alarms import CELL_LINES, AlarmReader
from wizard.domain.linetext import Recogniser, normalised, recogniser
from wizard.domain.redact import TEXT_LIMIT, redact, without_secrets
from wizard.model.diagnosis import Match, Scan
from wizard.model.troubleshooting import Signature
from wizard.model.words import Words

LISTED = 20
"""Matches of one signature that are listed; further ones are counted."""
PASTE = 2_000
"""Lines at the start in which broken lines are put together, and every line is looked at."""
_BATCH = 131_072
_BATCH_LINES = 800
_JOINED = 4
_BEGINS_RECORD = re.compile(
    r"\s*(?:\d{4}-\d\d-\d\dT|\d{4}[-/]\d\d[-/]\d\d |[A-Z][a-z]{2} +\d{1,2} \d\d:|\*[scr][ /]"
    r"|[xX][Cc]onfiguration\b|[xX][Ss]tatus\b|[A-Za-z_]+(?:\[\d+\])?: |Event=|Module=|\|)"
)
_KEY_BEGINS = re.compile(r"-----BEGIN [A-Z0-9 ]{0,30}PRIVATE KEY-----", re.IGNORECASE)
_KEY_ENDS = re.compile(r"-----END [A-Z0-9 ]{0,30}PRIVATE KEY-----", re.IGNORECASE)
_CIPHER = "{cipher}"


@dataclass(frozen=True, slots=True)
class _Ready:
    """A signature with its patterns made ready."""

    signature: Signature
    recognisers: tuple[Recogniser, ...]


def alarm_titles(signatures: Mapping[str, Signature]) -> Mapping[str, str]:
    """The alarms that are known, by number, with the normalised words that stand beside it; "": none."""
    return {number: normalised(s.title).strip() for s in signatures.values() for number in s.alarms}


class Signatures:
    """The signatures of the content, made ready to recognise lines."""

    def __init__(self, signatures: Mapping[str, Signature]) -> None:
        self._ready = tuple(
            _Ready(signature, tuple(recogniser(pattern) for pattern in signature.patterns))
            for signature in signatures.values()
        )
        self._alarms = {number: s for s in signatures.values() for number in s.alarms}
        self.titles = alarm_titles(signatures)
        """Normalised words by which the line of an alarm is known, by its number; "": none."""
        texts = {a for ready in self._ready for r in ready.recognisers for a in r.anchors()}
        self._anchors = (*texts, *self._alarms, "*s alarm", "<alarm", "private key-----", _CIPHER)

    def of_interest(self, text: str) -> bool:
        """Whether anything in normalised text (one line or many) may matter."""
        return any(anchor in text for anchor in self._anchors)

    def of_line(self, line: str) -> Iterator[Signature]:
        """The signatures whose text is in a normalised line."""
        for ready in self._ready:
            if any(one.holds(line) for one in ready.recognisers):
                yield ready.signature

    def of_alarm(self, number: str) -> Signature | None:
        """The signature of an alarm."""
        return self._alarms.get(number)


def scan(signatures: Signatures, words: Words, lines: Iterable[str]) -> Scan:
    """What the lines hold. Line numbers are 1-based. Lines are expected to be bounded (`cut_lines`)."""
    reader = _Reader(signatures, words)
    for batch in _batches(lines):
        reader.take(batch)
    return reader.done()


def scanning(signatures: Signatures, words: Words, lines: Iterable[str]) -> Iterator[Scan]:
    """The same in slices of some hundred lines, with what was found so far: for progress and a way out."""
    reader = _Reader(signatures, words)
    for batch in _batches(lines):
        reader.take(batch)
        yield reader.done()


def _batches(lines: Iterable[str]) -> Iterator[list[str]]:
    batch: list[str] = []
    size = 0
    for raw in lines:
        line = raw.rstrip("\r\n").replace("\n", " ")
        batch.append(line)
        size += len(line)
        if size >= _BATCH or len(batch) >= _BATCH_LINES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


class _Reader:
    """The state of one scan."""

    def __init__(self, signatures: Signatures, words: Words) -> None:
        self._signatures = signatures
        self._words = words
        self._alarms = AlarmReader(signatures.titles)
        self._number = 0
        self._secrets = 0
        self._in_key = False
        self._record: list[str] = []
        self._hit: set[str] = set()
        self._found: dict[str, list[Match]] = {}
        self._more: dict[str, int] = {}

    def take(self, batch: list[str]) -> None:
        text = normalised("\n".join(batch))
        if self._number >= PASTE and not self._in_key and not self._signatures.of_interest(text):
            self._number += len(batch)
            self._alarms.skip(len(batch))
            self._record.clear()
            return
        passed = 0
        for raw, line in zip(batch, text.split("\n"), strict=True):
            self._number += 1
            if self._number > PASTE and not self._in_key and not self._signatures.of_interest(line):
                passed += 1
                continue
            self._alarms.skip(passed)
            passed = 0
            self._line(raw, line.strip())
        self._alarms.skip(passed)

    def done(self) -> Scan:
        matches = [
            replace(match, repeats=self._more[signature] if match is found[-1] else 0)
            for signature, found in self._found.items()
            for match in found
        ]
        matches.sort(key=lambda match: match.line)
        return Scan(tuple(matches), self._number, self._secrets)

    def _line(self, raw: str, line: str) -> None:
        if self._skips_key(raw):
            return
        self._secrets += raw.count(_CIPHER)
        if not line or self._number > PASTE or _BEGINS_RECORD.match(raw):
            self._record.clear()
            self._hit.clear()
        found: set[str] = set()
        for signature in self._signatures.of_line(line):
            found.add(signature.id)
            self._keep(signature, raw, cleared=False)
        for seen in self._alarms.read(line, raw):
            signature_of = self._signatures.of_alarm(seen.number)
            if signature_of is None or signature_of.id in found:
                continue
            if line != seen.number or not self._just_told(signature_of):
                found.add(signature_of.id)
                self._keep(signature_of, raw, cleared=seen.cleared)
        self._hit |= found
        if self._number <= PASTE and line:
            self._join(raw)

    def _just_told(self, signature: Signature) -> bool:
        """Whether the words of this alarm stood a few lines above: the cells of one row."""
        told = self._found.get(signature.id, [])
        return bool(told) and self._number - told[-1].line < CELL_LINES

    def _join(self, raw: str) -> None:
        """Hold the signatures against this line put together with those before it."""
        self._record = [*self._record[1 - _JOINED :], raw]
        for glue in ("", " ") if len(self._record) > 1 else ():
            whole = glue.join(part.strip("\r\n") for part in self._record)
            for signature in self._signatures.of_line(normalised(whole).strip()):
                if signature.id not in self._hit:
                    self._hit.add(signature.id)
                    self._keep(signature, whole, cleared=False)

    def _skips_key(self, raw: str) -> bool:
        """Whether the line is of a private key: counted, and not looked at."""
        if not self._in_key:
            if _KEY_BEGINS.search(raw) is None:
                return False
            self._secrets += 1
            self._in_key = True
        if _KEY_ENDS.search(raw) is not None:
            self._in_key = False
        self._record.clear()
        return True

    def _keep(self, signature: Signature, raw: str, *, cleared: bool) -> None:
        found = self._found.setdefault(signature.id, [])
        self._more.setdefault(signature.id, 0)
        if len(found) >= LISTED:
            self._more[signature.id] += 1
            return
        key = f"signature.{signature.id}"
        means = self._words.say(f"{key}.means")
        if cleared:
            means = self._words.say("troubleshoot.cleared", means=means)
        text = _excerpt(raw, signature)
        found.append(
            Match(
                line=self._number,
                text=text,
                kept=redact(text, _told(signature)),
                signature=signature.id,
                means=means,
                not_proved=self._words.say(f"{key}.not_proved"),
                proves=bool(signature.cause) and not cleared,
                symptoms=signature.symptoms,
                cause="" if cleared else signature.cause,
                cleared=cleared,
            )
        )


def _told(signature: Signature) -> tuple[str, ...]:
    """The texts by which a signature is recognised."""
    parts = (part for pattern in signature.patterns for part in (*pattern.all, *pattern.any, pattern.begins))
    return (*parts, *signature.alarms)


def _excerpt(raw: str, signature: Signature) -> str:
    """The line without secrets; of a long one the part around what was recognised."""
    raw = raw.strip()
    if len(raw) > TEXT_LIMIT:
        lower = raw.lower()
        at = max((lower.find(part.lower()) for part in _told(signature)), default=0)
        start = max(0, min(at - TEXT_LIMIT // 2, len(raw) - TEXT_LIMIT))
        # Secrets go before anything is cut: half a secret would not be recognised.
        clean, _ = without_secrets(raw, limit=len(raw) * 8)
        raw = clean if start == 0 else f"… {clean[start:]}"
    return without_secrets(raw)[0]
