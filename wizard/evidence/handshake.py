"""The certificates in a TLS handshake, from the bytes that a server sent.

Up to TLS 1.2 they are sent in the clear: so they can be told where the server then ends the session, because
it wants a certificate of the client, and the whole chain is told, not the first of it alone.
"""

_HANDSHAKE = 22
_CERTIFICATE = 11
_MOST = 32
"""Certificates of one chain that are taken."""


def certificates(sent: bytes) -> tuple[bytes, ...]:
    """The chain as DER, the server's own first; none where the bytes do not show it."""
    messages = _messages(sent)
    at = 0
    while at + 4 <= len(messages):
        size = int.from_bytes(messages[at + 1 : at + 4], "big")
        if messages[at] == _CERTIFICATE:
            return _listed(messages[at + 4 : at + 4 + size]) if at + 4 + size <= len(messages) else ()
        at += 4 + size
    return ()


def _messages(sent: bytes) -> bytes:
    """The handshake messages, their records put together, up to the first record of another kind."""
    out = bytearray()
    at = 0
    while at + 5 <= len(sent) and sent[at] == _HANDSHAKE:
        size = int.from_bytes(sent[at + 3 : at + 5], "big")
        out += sent[at + 5 : at + 5 + size]
        at += 5 + size
    return bytes(out)


def _listed(body: bytes) -> tuple[bytes, ...]:
    found: list[bytes] = []
    end = min(3 + int.from_bytes(body[:3], "big"), len(body))
    at = 3
    while at + 3 <= end and len(found) < _MOST:
        size = int.from_bytes(body[at : at + 3], "big")
        if at + 3 + size > end:
            break
        found.append(body[at + 3 : at + 3 + size])
        at += 3 + size
    return tuple(found)
