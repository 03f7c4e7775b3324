"""For whom the answer to a GBZ read is encrypted: the user that asked, known to the device or not.

A user whom the device does not hold is named by the broker, with its counter and its
certificate; the data go to its key, under the header's counter as the national answer to such
a read has it (GBCS digest 3.2, GCS61).
"""

from __future__ import annotations

from collections.abc import Callable

from assay.gbcs.acceptance import Accepted
from assay.gbcs.certificates import CertificateView
from assay.gbcs.keys import KeyName, KeyUsage
from rigs.devices.gbcs_device import GbcsDevice

Encrypt = Callable[[Accepted, bytes], bytes | None]


def encrypt_for(device: GbcsDevice) -> Encrypt:
    """None for a party of whom neither a cell nor the command has a key."""

    def encrypt(command: Accepted, plain: bytes) -> bytes | None:
        message = command.message
        _take_key(device, command)
        return device.seal.encrypt_for(command.party, message.counter, plain)

    return encrypt


def _take_key(device: GbcsDevice, command: Accepted) -> None:
    """From the certificate in the command; the key of a party in a cell stays what it is."""
    der, party = command.message.other.certificate, command.message.other.supplementary_party
    if der is None or party is None or device.credentials.anchors.roles_of(party):
        return
    key = CertificateView.from_der(der).public_key
    device.credentials.keys.add_public(KeyName(party, KeyUsage.KEY_AGREEMENT), key)
