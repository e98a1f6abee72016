"""The process that opens PKCS#12 files: passwords and files on stdin, certificates as JSON on stdout.

Run by path, so that it loads nothing of ours. A request is a line of password and length (the password in
hex, or "-" for none), then the file; an answer is one line. Of a private key only the SHA-256 of its public
half is written.
"""

import base64
import hashlib
import json
import sys
import warnings


def main() -> None:
    """Answer until stdin ends."""
    warnings.simplefilter("ignore")
    while header := sys.stdin.buffer.readline():
        secret, length = header.split()
        data = sys.stdin.buffer.read(int(length))
        passwords = (None, b"") if secret == b"-" else (bytes.fromhex(secret.decode("ascii")),)
        print(json.dumps(opened(data, passwords)), flush=True)


def opened(data: bytes, passwords: tuple[bytes | None, ...]) -> dict[str, object]:
    """What is in the file under the first password that fits."""
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.serialization import Encoding
    from cryptography.hazmat.primitives.serialization.pkcs12 import load_pkcs12

    outcome = "unsupported"
    for password in passwords:
        try:
            store = load_pkcs12(data, password)
        except ValueError:
            outcome = "locked"
            continue
        except (UnsupportedAlgorithm, TypeError):
            continue
        entries = [store.cert, *store.additional_certs]
        return {
            "outcome": "open",
            "certificates": [
                base64.b64encode(entry.certificate.public_bytes(Encoding.DER)).decode("ascii")
                for entry in entries
                if entry is not None
            ],
            "private_key": store.key is not None,
            "public_half": public_half(store.key),
        }
    return {"outcome": outcome, "certificates": [], "private_key": False, "public_half": ""}


def public_half(key: object) -> str:
    """SHA-256, hex, of the public key of a private one; empty where it has none that can be written."""
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    try:
        public = key.public_key()  # type: ignore[attr-defined]
        spki = public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    except (AttributeError, ValueError, TypeError, UnsupportedAlgorithm):
        return ""
    return hashlib.sha256(spki).hexdigest()


if __name__ == "__main__":
    main()
