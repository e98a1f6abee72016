"""A fuzz harness for everything that reads certificates: `python -m tests.fuzz.certificates [--seconds N]`.

With atheris (pip install atheris) it is led by coverage; without, the seeds are mutated at random. `one` is
what holds for any bytes; the seeds in `seeds/certificates` run through it as an ordinary test. An input that
breaks it is written to the current folder: keep it as a seed.
"""

import argparse
import importlib.util
import random
import sys
import tempfile
import time
import tomllib
import unicodedata
import warnings
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path

from wizard.evidence import facts, library
from wizard.evidence.audit import Audit
from wizard.evidence.blob import Blob, Limits
from wizard.evidence.der import DerError, root
from wizard.model.certificate import Inspection, IssuerTable
from wizard.model.words import fill

SEEDS = Path(__file__).parent / "seeds" / "certificates"
_WORDS = Path(__file__).parents[2] / "content" / "words" / "en" / "evidence.toml"
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
_SMALL = Limits(file=1 << 22, nested=1 << 22, inflated=1 << 24, small=1 << 22)
_TOKENS = (
    b"-----BEGIN CERTIFICATE-----", b"-----END CERTIFICATE-----", b"-----BEGIN PKCS7-----", b"\n", b"> ",
    b"\x30\x80", b"\x00\x00", b"\x30\x84\xff\xff\xff\xff", b"\x06\x03\x55\x1d\x25", b"\xff\xfe",
    b"\xef\xbb\xbf", b"\x1f\x8b\x08", b"PK\x03\x04",
)  # fmt: skip


def one(data: bytes) -> None:
    """What holds whatever the bytes are: an answer, visible text, and an EKU that both readers agree on."""
    audit = Audit(
        [Blob("fuzz", data)], table=IssuerTable((), (), ()), as_of=date(2026, 11, 23), say=_say, limits=_SMALL
    )
    found = audit.run()
    if not (found.records or found.problems):
        raise AssertionError("neither a record nor a problem")
    for text in _texts(found):
        if any(unicodedata.category(character) in _HIDDEN for character in text):
            raise AssertionError(f"hidden characters in {text!r}")
    _readers_agree(data)


def _readers_agree(data: bytes) -> None:
    try:
        der = data[: root(data).next]
        ours = facts.from_bytes(der, refused=False)
    except DerError:
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        theirs = library.read(der)
    if theirs is not None and (theirs.eku, theirs.is_ca) != (ours.eku, ours.is_ca):
        raise AssertionError(f"the library reads {theirs.eku}, we read {ours.eku}")


def _texts(found: Inspection) -> list[str]:
    texts = [
        text for record in found.records for text in (record.subject, record.issuer, *record.sans, record.key)
    ]
    return texts + [text for problem in found.problems for text in (problem.file, problem.message)]


def _say(name: str, args: Mapping[str, str]) -> str:
    table, _, code = name.partition(".")
    return fill(_words()[table][code], args, name)


@cache
def _words() -> dict[str, dict[str, str]]:
    return tomllib.loads(_WORDS.read_text(encoding="utf-8"))


def mutated(data: bytes, chance: random.Random) -> bytes:
    """The data with one to eight changes."""
    out = bytearray(data)
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(len(out) + 1)
        match chance.randrange(6):
            case 0 if out:
                out[at % len(out)] ^= 1 << chance.randrange(8)
            case 1 if out:
                out[at % len(out)] = chance.randrange(256)
            case 2:
                del out[at : at + chance.randint(1, 40)]
            case 3:
                out[at:at] = out[chance.randrange(len(out) + 1) :][: chance.randint(1, 200)]
            case 4:
                out[at:at] = chance.choice(_TOKENS)
            case _:
                out[at:at] = chance.randbytes(chance.randint(1, 8))
    return bytes(out)


def at_random(seconds: float, start: int = 0) -> int:
    """Mutate the seeds for so long; how many inputs were tried. The first that breaks `one` is raised."""
    chance = random.Random(start)
    seeds = [path.read_bytes() for path in sorted(SEEDS.iterdir())]
    end = time.monotonic() + seconds
    tried = 0
    while time.monotonic() < end:
        data = mutated(chance.choice(seeds), chance)
        try:
            one(data)
        except Exception:
            Path(f"crash-{tried}.bin").write_bytes(data)
            raise
        tried += 1
    return tried


def main() -> None:
    """Fuzz until the time is up or something breaks."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=0)
    options, rest = parser.parse_known_args()
    if importlib.util.find_spec("atheris") is None:
        print(f"{at_random(options.seconds, options.seed)} inputs, no atheris: mutated at random")
        return
    import atheris

    atheris.instrument_all()
    # What it finds goes to the first folder.
    with tempfile.TemporaryDirectory() as found:
        arguments = [sys.argv[0], f"-max_total_time={options.seconds:.0f}", *rest, found, str(SEEDS)]
        atheris.Setup(arguments, one)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
