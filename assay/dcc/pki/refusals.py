"""What the SMKI answers when it does not issue: status, code and text (Appendix M A-E).

The two letters of a code and the codes FM:AA1 to FM:AA3 are published; the digits
behind CR, UD, CA and IN are ours (inferred), one per reason.
"""

from __future__ import annotations

from enum import StrEnum

from assay.gbcs.certificates import RemoteRequestError, RequestFault


class IssuanceStatus(StrEnum):
    SUCCESS = "SUCCESS"
    UNKNOWN_DEVICE = "UNKNOWN_DEVICE"
    ISSUANCE_ANOMALY = "ISSUANCE_ANOMALY"
    INELIGIBLE = "INELIGIBLE"
    CSR_ERROR = "CSR_ERROR"
    FORMAT_ERROR = "FORMAT_ERROR"


BAD_XML = "FM:AA1"
TOO_MANY_REQUESTS = "FM:AA2"
UNKNOWN_BATCH = "FM:AA3"

UNKNOWN_DEVICE = "UD:001"
DEVICE_LIMIT = "CA:001"
NOT_ELIGIBLE = "IN:001"
EUI_OF_ANOTHER_PARTY = "IN:002"
ROLE_NOT_HELD = "IN:003"

_CSR_CODES = {fault: f"CR:{number:03d}" for number, fault in enumerate(RequestFault, start=1)}


class RemoteIssuanceError(Exception):
    """A sound request that may not be granted."""

    def __init__(self, status: IssuanceStatus, code: str, text: str) -> None:
        super().__init__(f"{status} {code}: {text}")
        self.status = status
        self.code = code
        self.text = text


def as_issuance_error(error: RemoteRequestError) -> RemoteIssuanceError:
    """The same refusal in the words of the web services."""
    text = f"{error.fault}; seen {error.seen}"
    return RemoteIssuanceError(IssuanceStatus.CSR_ERROR, _CSR_CODES[error.fault], text)
