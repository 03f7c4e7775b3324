"""Checks on the request itself: identifier, signature of the Command, content (steps 14 to 17).

The last of them makes the Command, so that a counter of the DCC is spent on good requests only.
"""

from __future__ import annotations

from assay.dcc.access import COMMAND_VARIANTS
from assay.dcc.dsp.check import Basis, Check, Refusal
from assay.dcc.dsp.examination import Examination
from assay.dcc.dsp.mode_checks import SEQUENCE_CODES, check_execution_time, check_sequence
from assay.dcc.dsp.specific_checks import check_specific
from assay.dcc.dsp.transformation import make_command
from assay.dcc.registration import SIGNING_ROLES
from assay.duis.requests import SignedPreCommand
from assay.gbcs import protection
from assay.gbcs.envelope import Message, parse
from assay.gbcs.errors import RemoteGbcsError


def _request_id(examination: Examination) -> Refusal | None:
    request_id = examination.received.request_id
    counters = examination.books.counters
    if examination.is_signed or examination.is_released or counters.is_new(request_id):
        return None
    last = counters.last(request_id)
    return Refusal("E50", f"counter of RequestID: expected more than {last}, seen {request_id}")


def _pre_command(examination: Examination) -> Refusal | None:
    """A Signed Pre-Command answers one that Transform returned, once."""
    request_id = examination.received.request_id
    if not examination.is_signed:
        examination.original = examination.request
        return None
    returned = examination.books.pre_commands.find(request_id)
    if returned is None or returned.request.srv != examination.received.srv:
        return Refusal("E50", f"no Pre-Command was returned for {request_id}")
    if returned.is_spent and not examination.is_released:
        return Refusal("E50", f"a Signed Pre-Command was accepted before for {request_id}")
    examination.original = returned.request
    return None


def _signed_content(examination: Examination) -> Refusal | None:
    """What was signed is what was returned, octet for octet."""
    body = examination.request.body
    if not isinstance(body, SignedPreCommand):
        return None
    try:
        signed = parse(body.gbcs_payload)
    except RemoteGbcsError as error:
        return Refusal("E48", f"GBCSPayload: {error}")
    returned = examination.books.pre_commands.find(examination.received.request_id)
    if returned is None or signed.to_be_signed() != returned.message.to_be_signed():
        return Refusal("E49", "GBCSPayload: expected the Pre-Command that was returned")
    if signed.mac is not None or not signed.signature:
        return Refusal("E49", "GBCSPayload: expected a signature and no MAC")
    examination.message = signed
    return None


def _command_signature(examination: Examination) -> Refusal | None:
    """Made under a certificate of the user in a role it acts in, and valid now."""
    message = examination.message
    if not examination.is_signed or message is None:
        return None
    trust, user = examination.books.trust, examination.user
    for role in {SIGNING_ROLES[role] for role in examination.roles if role in SIGNING_ROLES}:
        for certificate in trust.signing_certificates(user.eui, role):
            if protection.is_signature_valid(message, certificate.public_key):
                problem = trust.problem_of(certificate)
                return Refusal("E49", problem) if problem is not None else None
    return Refusal("E49", f"the Command is not signed by {user.eui}")


def _specific(examination: Examination) -> Refusal | None:
    return check_specific(examination)


def _transformation(examination: Examination) -> Refusal | None:
    if examination.is_non_device or examination.is_signed:
        return None
    return make_command(examination)


def _broker_key(examination: Examination) -> Refusal | None:
    """Without the device's key-agreement certificate the broker cannot add its MAC."""
    row = COMMAND_VARIANTS[examination.request.command_variant]
    if not row.to_user and not row.to_wan:
        return None
    device = examination.device.device_id
    if examination.books.broker.secret_with(device) is not None:
        return None
    return Refusal("E100", f"no key-agreement certificate of {device} is in the repository")


def command_of(examination: Examination) -> Message:
    """What the checks have made; LookupError before they ran."""
    if examination.message is None:
        raise LookupError("the transformation comes first")
    return examination.message


REQUEST_CHECKS: tuple[Check, ...] = (
    Check(name="RequestID", codes=("E50",), basis=Basis.INFERRED, examine=_request_id),
    Check(name="Pre-Command", codes=("E50",), basis=Basis.INFERRED, examine=_pre_command),
    Check(
        name="signed content", codes=("E48", "E49"), basis=Basis.INFERRED, examine=_signed_content
    ),
    Check(
        name="signature of the Command",
        codes=("E49",),
        basis=Basis.INFERRED,
        examine=_command_signature,
    ),
    Check(
        name="service",
        codes=("E5", "E19", "E48", "E120201"),
        basis=Basis.INFERRED,
        examine=_specific,
    ),
    Check(name="sequence", codes=SEQUENCE_CODES, basis=Basis.INFERRED, examine=check_sequence),
    Check(
        name="execution time",
        codes=("E12", "E48"),
        basis=Basis.INFERRED,
        examine=check_execution_time,
    ),
    Check(name="device key", codes=("E100",), basis=Basis.INFERRED, examine=_broker_key),
    Check(
        name="transformation", codes=("E48", "E100"), basis=Basis.INFERRED, examine=_transformation
    ),
)
