"""Errors of the language of DCC users, sorted by who must act.

* DuisContentError (ValueError)      our value breaks the schema; nothing was built
* RemoteDuisError                    the peer's document is wrong; never raised itself
  - RemoteDocumentError              not the XML that we accept: size, DOCTYPE, encoding, syntax
  - RemoteSchemaError                an element, attribute or value breaks DUIS V5.4
  - RemoteSignatureError             never raised itself; `reason` names which one
    + SignatureMissingError          no Signature at all
    + SignatureStructureError        other place, number, algorithm, reference or transform
    + CertificateUnknownError        nobody knows a certificate of that issuer and serial number
    + DigestMismatchError            the document was changed after it was signed
    + SignatureMismatchError         the key of the named certificate did not sign this
"""

from __future__ import annotations

from typing import ClassVar


class DuisContentError(ValueError):
    """A value of ours breaks the schema: where, what was expected, what was seen."""

    def __init__(self, path: str, expected: str, seen: str) -> None:
        super().__init__(f"{path}: expected {expected}, seen {seen}")
        self.path = path
        self.expected = expected
        self.seen = seen


class RemoteDuisError(Exception):
    """Root of what a peer can do wrong; never raised itself."""


class RemoteDocumentError(RemoteDuisError):
    """The octets are not an XML document of the kind that we accept."""


class RemoteSchemaError(RemoteDuisError):
    """The peer's document breaks the schema: where, what was expected, what was seen."""

    def __init__(self, path: str, expected: str, seen: str) -> None:
        super().__init__(f"{path}: expected {expected}, seen {seen}")
        self.path = path
        self.expected = expected
        self.seen = seen


class RemoteSignatureError(RemoteDuisError):
    """Root of what can be wrong with a signature; never raised itself."""

    reason: ClassVar[str] = "signature"


class SignatureMissingError(RemoteSignatureError):
    """The document carries no Signature."""

    reason = "missing"


class SignatureStructureError(RemoteSignatureError):
    """There is a Signature, but not the one form that DUIS clause 3.4.1.4 allows."""

    reason = "structure"


class CertificateUnknownError(RemoteSignatureError):
    """No certificate is known for the issuer and serial number that the signature names."""

    reason = "unknown certificate"


class DigestMismatchError(RemoteSignatureError):
    """The digest of the document is not the one that was signed."""

    reason = "digest"


class SignatureMismatchError(RemoteSignatureError):
    """The signature does not verify under the named certificate."""

    reason = "signature"
