"""Which encoding a text of unknown origin is in, by its first bytes."""

import codecs

_SAMPLE = 256


def encoding_of(head: bytes) -> str:
    """The codec that the first bytes of a text show: UTF-16 in its byte order, else UTF-8.

    UTF-16 without a mark is told by its zeros: Western text has one in every second byte.
    """
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    sample = head[:_SAMPLE]
    zeros_even, zeros_odd = sample[::2].count(0), sample[1::2].count(0)
    if zeros_odd > len(sample) // 4 and zeros_even < zeros_odd // 4:
        return "utf-16-le"
    if zeros_even > len(sample) // 4 and zeros_odd < zeros_even // 4:
        return "utf-16-be"
    return "utf-8-sig"
