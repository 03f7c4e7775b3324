"""What is wrong with certificates that others send."""

from __future__ import annotations


class RemoteCertificateError(Exception):
    """Octets that are no certificate of the SMKI profiles, not even with liberties."""
