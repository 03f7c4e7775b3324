"""Meters whose messages are not what GBCS says, and meters that tell or keep wrong content."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from cryptography.hazmat.primitives.asymmetric import ec

from assay.gbcs import messages, protection
from assay.gbcs.acceptance import Accepted
from assay.gbcs.date_time import DateTime
from assay.gbcs.dlms.access import decode_payload, encode_payload, invoke_id
from assay.gbcs.envelope import Cra, Message
from rigs.devices.esme import ElectricityMeter as Meter
from rigs.rogues.row import Severity, Subject, planter

rogue = planter(Subject.METER)


@rogue(
    "meter-wrong-counter-echo",
    "Answers with its own counter",
    requirement="GBCS-1.6-ECHO",
    severity=Severity.MAJOR,
    deviation="A response carries the command's counter plus one.",
)
def wrong_counter_echo(meter: Meter) -> None:
    meter.build_response = lambda request, payload, at: replace(
        messages.response(request, payload, at=at), counter=request.counter + 1
    )


@rogue(
    "meter-header-time-missing",
    "Leaves the time out of the header of a response",
    requirement="GBCS-1.4-DATE-TIME",
    severity=Severity.MINOR,
    deviation="No response carries a date and time in its header.",
)
def header_time_missing(meter: Meter) -> None:
    meter.header_time = lambda _: None


@rogue(
    "meter-header-time-always",
    "Puts the time into the header of every response",
    requirement="GBCS-1.4-DATE-TIME",
    severity=Severity.MINOR,
    deviation="Every response carries a date and time in its header.",
)
def header_time_always(meter: Meter) -> None:
    meter.header_time = lambda _: DateTime.at(meter.now())


@rogue(
    "meter-goes-on-after-error",
    "Executes the items after one that failed",
    requirement="GBCS-4.3-BREAK-ON-ERROR",
    severity=Severity.CRITICAL,
    deviation="Every item of a request is executed, whatever became of the ones before.",
)
def goes_on_after_error(meter: Meter) -> None:
    meter.run_items = lambda perform, items: tuple(perform(item) for item in items)


@rogue(
    "meter-last-result-missing",
    "Reports one result too few",
    requirement="GBCS-4.3-ONE-RESULT-EACH",
    severity=Severity.MAJOR,
    deviation="The last item of a request is executed and not reported, if there is more than one.",
)
def last_result_missing(meter: Meter) -> None:
    sound = meter.run_items
    meter.run_items = lambda perform, items: sound(perform, items)[: max(1, len(items) - 1)]


@rogue(
    "meter-wrong-invoke-id",
    "Puts the same invoke id into every response",
    requirement="GBCS-4.1-INVOKE-ID",
    severity=Severity.MINOR,
    deviation="The invoke id of a DLMS response is that of counter zero.",
)
def wrong_invoke_id(meter: Meter) -> None:
    sound = meter.run_dlms

    def run(command: Accepted) -> bytes:
        payload = decode_payload(sound(command))
        return encode_payload(payload._replace(invoke_id=invoke_id(0)))

    meter.handlers |= {code: run for code, handler in meter.handlers.items() if handler == sound}


@rogue(
    "meter-wrong-mac",
    "Puts a wrong MAC on its messages",
    requirement="GBCS-3.3-MAC",
    severity=Severity.CRITICAL,
    deviation="The MAC is that of a message with another counter.",
)
def wrong_mac(meter: Meter) -> None:
    meter.seal.add_mac = lambda message, secret: message.with_mac(
        protection.compute_mac(replace(message, counter=message.counter + 1), secret)
    )


@rogue(
    "meter-signs-with-wrong-key",
    "Signs with a key that nobody certified",
    requirement="GBCS-3.1-SIGNATURE",
    severity=Severity.CRITICAL,
    deviation="Signatures are made with another key than the one of the certificate.",
)
def signs_with_wrong_key(meter: Meter) -> None:
    meter.seal.signing_key = ec.generate_private_key(ec.SECP256R1())


@rogue(
    "meter-critical-response-unsigned",
    "Does not sign",
    requirement="GBCS-2-CRITICAL-RESPONSE",
    severity=Severity.CRITICAL,
    deviation="What should be signed goes out with an empty signature field.",
)
def critical_response_unsigned(meter: Meter) -> None:
    meter.seal.sign = lambda message, _key: message


@rogue(
    "meter-registers-in-plain",
    "Sends register readings in plain",
    requirement="GBCS-2-PRIVACY",
    severity=Severity.CRITICAL,
    deviation="Where the encrypted readings should stand, the readings stand.",
)
def registers_in_plain(meter: Meter) -> None:
    meter.seal.encrypt = lambda plain, _secret, _device, _counter, _party: plain


@rogue(
    "meter-encrypts-with-stale-key",
    "Encrypts for a counter that nobody sent",
    requirement="GBCS-3.4-ENCRYPTION",
    severity=Severity.MAJOR,
    deviation="The key for encrypted data is derived for counter zero.",
)
def encrypts_with_stale_key(meter: Meter) -> None:
    meter.seal.encrypt = lambda plain, secret, device, _counter, party: protection.encrypt(
        plain, secret, device, 0, party
    )


@rogue(
    "meter-alert-counter-stuck",
    "Numbers every alert the same",
    requirement="GBCS-1.6-ALERT-COUNTER",
    severity=Severity.MAJOR,
    deviation="The counter of alerts does not rise.",
)
def alert_counter_stuck(meter: Meter) -> None:
    meter.alerts.next_counter = lambda _: 1


@rogue(
    "meter-answers-slowly",
    "Answers after five minutes",
    requirement="UEPT-NON-CRITICAL",
    severity=Severity.MINOR,
    deviation="Every response is sent five minutes after its command was executed.",
)
def answers_slowly(meter: Meter) -> None:
    meter.response_delay = timedelta(minutes=5)


@rogue(
    "meter-silent-to-requests",
    "Carries out non-critical commands and does not answer",
    requirement="UEPT-NON-CRITICAL",
    severity=Severity.MAJOR,
    deviation="Nothing comes back for a command of a use case that is not critical.",
)
def silent_to_requests(meter: Meter) -> None:
    sound = meter.seal.protect
    meter.seal.protect = lambda message, *, critical: (  # type: ignore[method-assign]
        None if message.cra is Cra.RESPONSE and not critical else sound(message, critical=critical)
    )


@rogue(
    "meter-silent-once-commissioned",
    "Answers no critical command but the first",
    requirement="UEPT-CRITICAL",
    severity=Severity.CRITICAL,
    deviation="After the response that ends its commissioning no signed response is sent.",
)
def silent_once_commissioned(meter: Meter) -> None:
    sound, answered = meter.seal.protect, 0

    def protect(message: Message, *, critical: bool) -> Message | None:
        nonlocal answered
        answered += critical and message.cra is Cra.RESPONSE
        is_late = critical and message.cra is Cra.RESPONSE and answered > 1
        return None if is_late else sound(message, critical=critical)

    meter.seal.protect = protect  # type: ignore[method-assign]


@rogue(
    "meter-wrong-firmware-version",
    "States another firmware version than the declared one",
    requirement="SMETS-E-193",
    severity=Severity.MAJOR,
    deviation="The octets of the firmware version are in reverse order, the first one altered.",
)
def wrong_firmware_version(meter: Meter) -> None:
    reverse = meter.firmware_version[::-1]
    meter.firmware_version = bytes((reverse[0] ^ 0xFF,)) + reverse[1:]


@rogue(
    "meter-message-not-shown",
    "Accepts a supplier's message and does not keep it",
    requirement="SMETS-E-163",
    severity=Severity.MINOR,
    deviation="A message is answered with success and never reaches the display.",
)
def message_not_shown(meter: Meter) -> None:
    meter.display.show = lambda _: None


@rogue(
    "meter-states-wrong-counter",
    "States another counter than it compares with",
    requirement="GBCS-9.2-COUNTER-READ",
    severity=Severity.MAJOR,
    deviation="The counters among the credentials are read as one more than they are.",
)
def states_wrong_counter(meter: Meter) -> None:
    meter.credential_details.state = lambda entry: (
        entry if entry.counter is None else replace(entry, counter=entry.counter + 1)
    )


@rogue(
    "meter-log-read-misses-last",
    "A read by dates leaves the last entry out",
    requirement="SMETS-E-028",
    severity=Severity.MAJOR,
    deviation="An entry of the security log at the very end of a range is not returned.",
)
def log_read_misses_last(meter: Meter) -> None:
    meter.security_log.is_in_range = lambda first, at, last: first <= at < last
