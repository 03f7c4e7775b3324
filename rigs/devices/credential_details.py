"""Provide Security Credentials Details (CS02a): what a device holds for each role asked for."""

from __future__ import annotations

from collections.abc import Callable

from assay.gbcs.acceptance import Accepted
from assay.gbcs.asn1.credentials import (
    CredentialsRequest,
    CredentialsResponse,
    CredentialsStatus,
    RoleCredentials,
)
from assay.gbcs.errors import RemoteGbcsError
from assay.gbcs.trust_anchors import TrustAnchors

CODE = 0x0008


class CredentialDetails:
    """Answers per role; `state` sees each entry before it is sent."""

    def __init__(self, anchors: TrustAnchors) -> None:
        self._anchors = anchors
        self.state: Callable[[RoleCredentials], RoleCredentials] = lambda entry: entry

    def answer(self, command: Accepted) -> bytes:
        """An authorising cell that is not the originator's gets status other: inferred."""
        request = CredentialsRequest.from_payload(command.message.payload)
        if request is None:
            raise RemoteGbcsError(0, "authorising cell", "a cell of a device", "another")
        entries = CredentialsResponse.of_device(self._anchors, request.roles).roles
        if request.authorising_cell.role is not command.role:
            entries = tuple(
                RoleCredentials(role=entry.role, status=CredentialsStatus.OTHER)
                for entry in entries
            )
        return CredentialsResponse(roles=tuple(self.state(e) for e in entries)).to_payload()
