"""Private keys: counted, compared with certificates in memory, never held.

Only the SHA-256 of a public key leaves this module.
"""

import hashlib

from wizard.evidence.der import DerError
from wizard.evidence.skeleton import skeleton

LONGEST = 64 * 1024
"""Bytes of the longest private key that is looked into."""


def public_half(private_der: bytes) -> str:
    """SHA-256, hex, of the public key that belongs to an unencrypted private key; empty where unreadable."""
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_der_private_key

    from wizard.evidence.library import REFUSALS

    if len(private_der) > LONGEST:
        return ""
    try:
        # Without the check: proving two primes of 8,192 bits takes seconds, and nothing is signed here.
        key = load_der_private_key(private_der, None, unsafe_skip_rsa_key_validation=True)
        public = key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    except REFUSALS:
        return ""
    return hashlib.sha256(public).hexdigest()


def certified(certificate_der: bytes) -> str:
    """SHA-256, hex, of the public key in a certificate; empty where unreadable."""
    try:
        return hashlib.sha256(skeleton(certificate_der).public_key).hexdigest()
    except DerError:
        return ""
