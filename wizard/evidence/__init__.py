"""Untrusted bytes in, typed records and named problems out.

Certificates, dumps, bundles and live TLS. Nothing here decides what follows from a record. `cryptography` is
imported when a certificate is read, never when a module of this package is.
"""
