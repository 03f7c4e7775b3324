"""What keeps a request from becoming a Command.

* TransformationError (ValueError)
  - NoTransformationError        no row for this variant, device type and body
  - BrokerCounterMissingError    a DCC party originates and its counter was not given
  - RecordMissingError           the Command needs what only the DCC knows, and it was not given
  - UnencodableContentError      a value that the schema allows and GBCS cannot hold
"""

from __future__ import annotations

BROKER = "access control broker"
TRANSITIONAL_COS = "transitional change of supplier"


class TransformationError(ValueError):
    """Root; never raised itself."""


class NoTransformationError(TransformationError):
    """No row of the table fits: which variant, which kind of device."""

    def __init__(self, srv: str, device: object) -> None:
        super().__init__(f"service request {srv}: no transformation is known for {device}")
        self.srv = srv


class BrokerCounterMissingError(TransformationError):
    """A DCC party originates this Command, so its counter is needed."""

    def __init__(self, srv: str, party: str = BROKER) -> None:
        super().__init__(
            f"service request {srv}: the {party} originates the Command, "
            "expected its counter, got none"
        )
        self.srv = srv
        self.party = party


class RecordMissingError(TransformationError):
    """Something that the request does not carry and the DCC has to know: what it is."""

    def __init__(self, srv: str, record: str) -> None:
        super().__init__(f"service request {srv}: expected {record}, got none")
        self.srv = srv


class UnencodableContentError(TransformationError):
    """The request says something that no Command can: which field, and why."""

    def __init__(self, srv: str, detail: str) -> None:
        super().__init__(f"service request {srv}: {detail}")
        self.srv = srv
