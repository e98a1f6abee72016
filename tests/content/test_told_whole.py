"""What the document and the later sources say is told, and what is less than confirmed says so."""

import re
import tomllib
from collections.abc import Iterator

import pytest

from wizard.knowledge import content_folder

WORDS = content_folder() / "words" / "en"


def sentences(value: object) -> Iterator[str]:
    """Every sentence below a table of words."""
    if isinstance(value, dict):
        for inner in value.values():
            yield from sentences(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from sentences(inner)
    else:
        yield str(value)


def told(pattern: str = "*.toml") -> list[str]:
    """Every sentence of the files of that pattern; an answer of the FAQ counts as one for each paragraph."""
    found: list[str] = []
    for path in sorted(WORDS.glob(pattern)):
        text = path.read_text(encoding="utf-8")
        found += sentences(tomllib.loads(text)) if path.suffix == ".toml" else text.split("\n")
    return found


# Statements that are easily lost, each by words that must stand together in one sentence.
STATED = [
    # the tree
    "private PKI or self-signed", "Watch for further changes", "NOT for Expressway-E",
    "Long-term control of certificate policy", "obtain separate server and client certificates",
    # server and client roles of the edge
    "answers HTTPS from browsers", "answers SIP UC traversal", "Webex Edge Audio", "opens B2B communication",
    "takes part in MRA connections", "opens XMPP federation", "opens SIP neighbor zones",
    "other external parties", "opens the connection to the Cisco cloud",
    # the audit
    "Back up Expressway, or copy", "used for mTLS connections", "which root issued", "ahead of the policy dates",
    # the six uses and who is in the fifth
    "SIP B2B calls over mTLS", "federation over mTLS", "UC traversal zone: the core shows clientAuth",
    "Traversal zone set up for mTLS", "to Unified CM", "to Cisco Unity", "to CUBE", "to Cisco Meeting Server",
    "MRA onboarding: Expressway opens",
    # policy
    "serverAuth EKU only", "clientAuth may not stand", "is removed from Chrome's store", "roots of mixed use",
    "multipurpose roots", "self-signed certificates are not affected",
    # options
    "Exchange root certificates with every peer", "No software upgrade is needed", "honoured until they expire",
    "special profile", "before 15 March 2026", "move to private PKI is feasible", "not subject to the Chrome policy",
    # X15.4 and X15.5
    "third-party applications", "no full support for two certificates", "no setting to switch EKU checking off",
    "deploys a new edge", "maintenance window, to keep", "Two separate certificates",
    "checked for clientAuth, so that mTLS does not break", "allows the server-only certificate to be used",
    "the peer, too, must support ignoring",
    # the six chains
    "Public Sector Server CA 1", "TrustID RSA ClientAuth CA 2", "HydrantID Server CA O1", "Assured ID CA G2",
    "Assured ID Client CA G2", "Global G2 TLS RSA SHA256",
    # what was published since
    "issued on or after 15 March 2027", "Intermediate CAs disclosed on or after 15 June 2026",
    "subject to change", "8 July 2026", "64 days from 10 February 2027 and 45 days", "at most 199 days",
    "100 days on 15 March 2027 and to 47", "4371 and 4372", "match eku client-auth", "15 SU5",
    "tomcat-trust and CallManager-trust, even", "factory reset", "/tandberg/persistent/certs", "X8.11.4",
    "one feature release", "deletes its configuration", "40078", "not offered for domain",
    # conclusion
    "rated CRITICAL", "earliest deadline, 11 February 2026", "CSCwr73373", "Baseline Requirements",
    "Sectigo's knowledge base",
    # not known
    "exact text with which the web interface refuses", "Meeting Server's field notice is not known",
    "Webex cloud accepts is not published", "IdenTrust, Entrust, SSL.com and GlobalSign", "SU3\\(a\\) is part",
    "cluster peers show each other on X15.5 is not published", "set to after an upgrade is not published",
    "CVE-2026-76466 affects is not known",
]  # fmt: skip


@pytest.mark.parametrize("words", STATED)
def test_a_statement_of_the_sources_is_told(words: str) -> None:
    assert any(re.search(words, sentence) for sentence in (*told("facts-*.toml"), *told("tree.toml")))


def test_the_faq_has_27_answers_and_those_that_were_overtaken_show_both() -> None:
    answers = {path.stem: path.read_text(encoding="utf-8") for path in WORDS.glob("faq/*.md")}
    assert len(answers) == 27
    still_so = {
        "private-pki", "https", "existing-certificates", "mtls-or-tls", "cucm-su3a", "smart-licensing",
    }  # fmt: skip
    for id, text in answers.items():
        before, _, since = text.partition("## Published since")
        assert before.strip(), id
        assert bool(since.strip()) is (id not in still_so), id


@pytest.mark.parametrize(
    ("words", "pattern"),
    [
        (r"\{fixed(_release)?\}|X15\.5\.20", r"[Vv]erif"),
        (r"12 November 2026", r"[Vv]erif"),
        (r"Sectigo.*10 February 2027", r"[Vv]erif"),
        (r"45 days.*(the day|16 February)|16 February 2028", r"[Vv]erif"),
        (r"OpenSSL's text", r"[Vv]erif"),
    ],
)
def test_what_a_secondary_source_says_says_so_wherever_it_stands(words: str, pattern: str) -> None:
    found = [text for text in (*told(), *told("faq/*.md")) if re.search(words, text)]
    assert found
    assert [text for text in found if not re.search(pattern, text)] == []
