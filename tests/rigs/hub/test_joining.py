"""Who is let onto the network, when, and with which key (GBCS digest 10.4)."""

from __future__ import annotations

from datetime import datetime

from assay.gbcs.identifiers import Eui64
from rigs.devices import HubConfiguration, VirtualHub
from rigs.devices.hub.device_log import LogEntry
from rigs.devices.hub.historic_log import CAPACITY, HistoricLog
from tests.rigs.devices.premises_kit import INSTALL_CODE, METER, SUPPLIER, Premises
from tests.rigs.hub.requests import NETWORK_ID, OTHER, add, remove, restore

WINDOW_S = 600


class AnyHub:
    """A DCC's end of the WAN that takes what comes from whichever hub."""

    def message_up(self, hub_id: bytes, message: bytes) -> None:
        pass

    def power_lost(self, hub_id: bytes, since: datetime) -> None:
        pass


def test_a_device_that_comes_back_uses_the_key_it_had(premises: Premises) -> None:
    (before,) = premises.hub.device_log.entries
    key, key_hash = before.link_key, before.key_hash
    remove(premises, METER)
    premises.dsp.arrived.clear()
    add(premises, METER, WINDOW_S)
    premises.pass_time(30)
    (entry,) = premises.hub.device_log.entries
    assert (entry.link_key, premises.meter.network.is_joined) == (key, True)
    hashes = [parts[2].value[2].value[0].value[1].value for _, parts in premises.alerts(0x8F12)]
    assert hashes == [b"", key_hash]


def test_in_the_first_half_an_install_code_does_not_do_for_a_historic_device(
    premises: Premises,
) -> None:
    remove(premises, METER)
    add(premises, METER, WINDOW_S)
    assert premises.hub.admit(METER, INSTALL_CODE) is None
    assert premises.hub.admit(METER, INSTALL_CODE, bytes(16)) is None


def test_in_the_second_half_the_key_does_not_do_and_the_install_code_does(
    premises: Premises,
) -> None:
    (before,) = premises.hub.device_log.entries
    key = before.link_key
    premises.meter.network.look = lambda: None  # type: ignore[method-assign]
    remove(premises, METER)
    add(premises, METER, WINDOW_S)
    premises.pass_time(WINDOW_S / 2 + 1)
    assert premises.hub.admit(METER, bytes(16), key) is None
    renewed = premises.hub.admit(METER, INSTALL_CODE, key)
    assert renewed is not None and renewed != key


def test_a_device_without_its_key_joins_by_itself_in_the_second_half(premises: Premises) -> None:
    remove(premises, METER)
    premises.pass_time(60)
    premises.meter.network._former_key = None
    add(premises, METER, WINDOW_S)
    premises.pass_time(WINDOW_S / 2 - 10)
    assert not premises.meter.network.is_joined
    premises.pass_time(30)
    assert premises.meter.network.is_joined


def test_nobody_gets_in_after_the_window(premises: Premises) -> None:
    add(premises, OTHER, 60)
    premises.pass_time(61)
    assert premises.hub.admit(OTHER, INSTALL_CODE) is None


def test_a_new_hub_with_the_old_ones_log_takes_the_meter_without_an_installer(
    premises: Premises,
) -> None:
    (old,) = premises.hub.device_log.entries
    premises.wan.attach_dsp(AnyHub())
    new = VirtualHub(
        premises.clock, premises.wan, HubConfiguration(device_id=OTHER), premises.supply
    )
    restored = LogEntry(
        device_id=METER, install_code=b"", device_type=0, restored_hash=old.key_hash
    )
    premises.meter.join(new, INSTALL_CODE)
    premises.pass_time(30)
    assert not premises.meter.network.is_joined
    new.restore(NETWORK_ID, (restored,))
    premises.pass_time(30)
    assert premises.meter.network.is_joined
    assert new.network_id == NETWORK_ID
    (entry,) = new.device_log.entries
    assert entry.link_key not in (None, old.link_key)


def test_the_historic_log_forgets_the_oldest() -> None:
    log = HistoricLog()
    devices = [Eui64(b"\x00\xdb" + bytes(5) + bytes((n,))) for n in range(CAPACITY + 1)]
    for device in devices:
        log.keep(LogEntry(device_id=device, install_code=b"", device_type=0, link_key=bytes(16)))
    assert [device for device, _ in log.entries] == devices[1:]


def test_the_historic_log_has_one_entry_for_a_device() -> None:
    log = HistoricLog()
    for key in (b"1" * 16, b"2" * 16):
        log.keep(LogEntry(device_id=METER, install_code=b"", device_type=0, link_key=key))
    assert len(log.entries) == 1


def test_the_historic_log_keeps_no_terminal_and_nobody_without_a_key() -> None:
    log = HistoricLog()
    log.keep(LogEntry(device_id=METER, install_code=b"", device_type=0))
    log.keep(
        LogEntry(
            device_id=OTHER, install_code=b"", device_type=0, link_key=bytes(16), is_hand_held=True
        )
    )
    assert log.entries == ()


def test_a_restored_log_leaves_devices_alone_that_are_in_with_the_same_key(
    premises: Premises,
) -> None:
    (entry,) = premises.hub.device_log.entries
    assert restore(premises, (METER, entry.key_hash)) == [0]
    premises.pass_time(30)
    assert premises.hub.device_log.entries == (entry,)
    assert premises.answer(premises.command(0x0052, SUPPLIER)) is not None
