"""Public or private: who issued a certificate, judged offline, with the evidence for it.

The order of the signals is the one that gave no error on 966 certificates: a signature that verifies under a
known CA, then name and key identifier together, then hard signs of a private CA, then policy OIDs and SCTs.
Evidence that is short of that gives unknown, which the wizard asks about; nothing is guessed.
"""

from wizard.evidence import signs
from wizard.evidence.authorities import Authorities, Standing
from wizard.evidence.blob import remark
from wizard.evidence.facts import Facts
from wizard.evidence.roots import Authority, authority
from wizard.evidence.signatures import Check
from wizard.model.certificate import Ca, CaVerdict, IssuerTable


def verdict(facts: Facts, authorities: Authorities, table: IssuerTable) -> Ca:
    """Who issued this certificate. `authorities` must have learned all the user's files and be settled."""
    if facts.is_ca:
        return _of_a_ca(facts, authorities)
    if facts.self_issued:
        return _self_signed(facts, authorities)
    tried: list[tuple[Check, str, bool]] = []
    best: tuple[Standing, Authority] | None = None
    for ca in authorities.candidates(facts.issuer, facts.authority_key_id):
        check = authorities.check(facts.der, ca)
        tried.append((check, ca.name, bool(ca.key_id) and ca.key_id == facts.authority_key_id))
        if check is not Check.VERIFIED:
            continue
        standing = authorities.standing(ca.sha256)
        # One key may be certified by several roots: a browser finds the best of them.
        if best is None or standing.rank < best[0].rank:
            best = standing, ca
        if standing.verdict is CaVerdict.PUBLIC:
            break
    if best is not None:
        standing, ca = best
        # A self-signed CA may also be a public root that certifi has dropped, or does not have yet.
        newer = standing.verdict is CaVerdict.PRIVATE and facts.tls_policy and facts.scts
        if standing.verdict is CaVerdict.UNKNOWN or newer:
            return _signed_by_unknown(facts, standing, ca.name, authorities, table)
        return authorities.verdict_below(ca)
    return (
        _broken(tried)
        or _marked(facts, table)
        or _by_key_identifier(facts, authorities, tried)
        or _private_by_signs(facts, table)
        or _by_organization(facts, authorities)
    )


def _of_a_ca(facts: Facts, authorities: Authorities) -> Ca:
    itself = remark("ca-certificate")
    standing = authorities.standing(facts.sha256)
    if facts.self_issued and standing.verdict in (CaVerdict.PRIVATE, CaVerdict.UNKNOWN):
        return Ca(CaVerdict.SELF_SIGNED, None, (itself, standing.because))
    if standing.verdict is CaVerdict.UNKNOWN and standing.because.code != "inconsistent":
        by_name = _by_key_identifier(facts, authorities, [])
        if by_name:
            return Ca(by_name.verdict, by_name.issuer, (itself, *by_name.evidence))
    return Ca(standing.verdict, standing.issuer, (itself, standing.because))


def _self_signed(facts: Facts, authorities: Authorities) -> Ca:
    check = authorities.check(facts.der, authority(facts.der))
    code = {Check.VERIFIED: "self-signed", Check.BROKEN: "self-issued-broken", Check.UNCHECKED: "self-issued"}
    return Ca(CaVerdict.SELF_SIGNED, None, (remark(code[check]),))


def _signed_by_unknown(
    facts: Facts, standing: Standing, name: str, authorities: Authorities, table: IssuerTable
) -> Ca:
    """The verdict where the signature verifies under a CA of which it is not certain what it is."""
    evidence = (remark("signed-by", ca=name), standing.because)
    if standing.because.code == "inconsistent":
        return Ca(CaVerdict.UNKNOWN, None, evidence)
    found = _marked(facts, table) or _private_by_signs(facts, table) or _by_organization(facts, authorities)
    return Ca(found.verdict, found.issuer, (*evidence, *found.evidence))


def _broken(tried: list[tuple[Check, str, bool]]) -> Ca | None:
    """A CA of this very name and key is at hand and did not sign this."""
    name = next((name for check, name, same_key in tried if check is Check.BROKEN and same_key), None)
    return None if name is None else Ca(CaVerdict.UNKNOWN, None, (remark("signature-broken", ca=name),))


def _marked(facts: Facts, table: IssuerTable) -> Ca | None:
    """The issuer's name itself says that it is no public CA: staging, Expressway's temporary CA."""
    for names in table.names:
        for mark in names.not_public:
            if mark.casefold() in f"{facts.issuer_organization}\n{facts.issuer_name}".casefold():
                return Ca(CaVerdict.PRIVATE, None, (remark("marked-not-public", mark=mark),))
    return None


def _by_key_identifier(
    facts: Facts, authorities: Authorities, tried: list[tuple[Check, str, bool]]
) -> Ca | None:
    """The authority key identifier is that of a known CA, and there is no key to verify with."""
    same_key = next((name for check, name, same in tried if same and check is Check.UNCHECKED), None)
    known = authorities.known(facts.authority_key_id) if facts.authority_key_id else None
    if known is None:
        if same_key is None:
            return None
        return Ca(CaVerdict.UNKNOWN, None, (remark("signature-unchecked", ca=same_key),))
    if facts.issuer_name != known.name:
        return Ca(CaVerdict.UNKNOWN, None, (remark("inconsistent", ca=known.name),))
    return Ca(known.verdict, known.issuer, (remark("by-name", ca=known.name),))


def _private_by_signs(facts: Facts, table: IssuerTable) -> Ca | None:
    """What no public CA may issue."""
    evidence = []
    limit = signs.too_long(facts, table.limits)
    if limit and facts.not_before and facts.not_after:
        days = (facts.not_after - facts.not_before).days
        evidence.append(
            remark("validity-too-long", days=days, limit=limit.days, since=limit.since.isoformat())
        )
    inside = signs.internal_name(facts)
    if inside is not None:
        evidence.append(remark("internal-name", name=inside))
    return Ca(CaVerdict.PRIVATE, None, tuple(evidence)) if evidence else None


def _by_organization(facts: Facts, authorities: Authorities) -> Ca:
    """The last resort: the organisation, with what every public certificate of today carries."""
    issuer = authorities.issuer_id(facts.issuer_organization)
    both = facts.tls_policy and facts.scts
    if issuer and both:
        organization = facts.issuer_organization or ""
        evidence = (remark("by-organization", organization=organization), remark("policy-and-scts"))
        return Ca(CaVerdict.PUBLIC, issuer, evidence)
    if issuer:
        return Ca(
            CaVerdict.UNKNOWN,
            issuer,
            (remark("organization-only", organization=facts.issuer_organization or ""),),
        )
    if both:
        return Ca(CaVerdict.UNKNOWN, None, (remark("probably-public"), remark("policy-and-scts")))
    return Ca(CaVerdict.UNKNOWN, None, (remark("no-evidence"),))
