"""A list of public CAs in CCADB's CSV form, given with `--ca-list FILE`.

Any of the reports will do: one with key identifiers (AllCertificateRecords) tells CAs by identifier, one with
certificates (PEM) also checks their signatures. Rows that are revoked or not for TLS are passed over.
Source: ccadb.org, Resources.
"""

import base64
import binascii
import csv
from collections.abc import Generator, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from wizard.evidence import pem
from wizard.evidence.authorities import OTHER
from wizard.evidence.der import DerError
from wizard.evidence.roots import authority
from wizard.model.certificate import CaVerdict, IssuerNames, KnownCa
from wizard.model.text import visible

_KEY_ID = "Subject Key Identifier"
_NAMES = ("Certificate Name", "Common Name or Certificate Name")
_OWNERS = ("CA Owner", "Owner", "Certificate Issuer Organization")
_CHROME = "Chrome Status"
_ROOT_STATUS = "Status of Root Cert"
_LONGEST_FIELD = 1 << 20


class NotAListError(ValueError):
    """The file is no CSV with the columns of a CCADB report."""


@dataclass(frozen=True, slots=True)
class CaList:
    """The CAs of a list, and the certificates (DER) of those that come with one."""

    known: tuple[KnownCa, ...]
    certificates: tuple[bytes, ...] = field(default=(), repr=False)


def read(data: bytes, names: Iterable[IssuerNames]) -> CaList:
    """As `read_steps`, in one go."""
    rows = read_steps(data, names)
    while True:
        try:
            next(rows)
        except StopIteration as end:
            listed: CaList = end.value
            return listed


def read_steps(data: bytes, names: Iterable[IssuerNames]) -> Generator[None, None, CaList]:
    """The CAs in a CCADB report, read in slices; `names` tell which issuer id an owner has.

    Raises:
        NotAListError: it is none, or names no CA.
    """
    organizations = {
        organization.casefold(): entry.issuer for entry in names for organization in entry.organizations
    }
    known: dict[str, KnownCa] = {}
    certificates: list[bytes] = []
    for row in _rows(pem.text_of(data)):
        yield
        if not _counts(row):
            continue
        issuer = organizations.get(_first(row, _OWNERS).casefold(), OTHER)
        verdict = _verdict(row)
        name = visible(_first(row, _NAMES))
        for key_id in _key_ids(row, certificates):
            known.setdefault(key_id, KnownCa(key_id, name, issuer, verdict))
    if not known:
        raise NotAListError("no CA in it")
    return CaList(tuple(known.values()), tuple(certificates))


def _rows(text: str) -> Iterator[Mapping[str, str]]:
    csv.field_size_limit(_LONGEST_FIELD)
    reader = csv.DictReader(_lines(text))
    try:
        columns = reader.fieldnames or ()
        if _KEY_ID not in columns and not any("PEM" in column for column in columns):
            raise NotAListError("other columns")
        for row in reader:
            yield {key: value for key, value in row.items() if key and isinstance(value, str)}
    except csv.Error as error:
        raise NotAListError("not CSV") from error


def _lines(text: str) -> Iterator[str]:
    """The lines of a text, one at a time: a copy for reading would take four times the room."""
    at = 0
    while at < len(text):
        end = text.find("\n", at) + 1 or len(text)
        yield text[at:end]
        at = end


def _counts(row: Mapping[str, str]) -> bool:
    revoked = row.get("Revocation Status", "") not in ("", "Not Revoked")
    uses = row.get("Derived Trust Bits") or row.get("Trust Bits") or ""
    return not revoked and (not uses or "Server Authentication" in uses or "Websites" in uses)


def _verdict(row: Mapping[str, str]) -> CaVerdict:
    """Outside Chrome's store where the report says so; a report that does not say is taken for public."""
    status = row.get(_CHROME) or ""
    of_root = row.get(_ROOT_STATUS) or ""
    if "Google Chrome:" in of_root:
        status = of_root.partition("Google Chrome:")[2].partition(";")[0]
    included = not status or status.strip() in ("Included", "Provided", "Trusted")
    return CaVerdict.PUBLIC if included else CaVerdict.PUBLIC_ALTERNATIVE


def _key_ids(row: Mapping[str, str], certificates: list[bytes]) -> Iterator[str]:
    """The identifiers of the row's CA: stated, and computed from its certificate where it has one."""
    stated = _hex(row.get(_KEY_ID, ""))
    if stated:
        yield stated
    for column, value in row.items():
        if "PEM" not in column:
            continue
        for block in pem.blocks(value):
            if block is None or block.state is not pem.State.WHOLE:
                continue
            try:
                ca = authority(block.der)
            except DerError:
                continue  # Its row still counts by the identifier it states.
            certificates.append(block.der)
            yield from ca.key_ids


def _hex(text: str) -> str:
    """A key identifier, in base64 or hex as the reports write it, as hex; empty where it is neither."""
    plain = text.strip().replace(":", "").lower()
    if len(plain) == 40 and all(character in "0123456789abcdef" for character in plain):
        return plain
    try:
        return base64.b64decode(text.strip(), validate=True).hex()
    except (binascii.Error, ValueError):
        return ""


def _first(row: Mapping[str, str], columns: tuple[str, ...]) -> str:
    return next((row[column] for column in columns if row.get(column)), "")
