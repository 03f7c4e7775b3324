"""What a hub answers has the structure of the national test messages, right or wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from assay.gbcs.dlms.data import Data
from rigs.devices.dlms_objects import FAILED, Call, ItemError
from rigs.devices.hub.device_log import LogEntry
from tests.rigs.devices.premises_kit import BROKER, Premises
from tests.rigs.devices.test_structure_of_messages import (
    alert_shape,
    header_shape,
    message,
    replay,
    response_shape,
)
from tests.rigs.hub.requests import OTHER

ANSWERED = (
    "8.11_CCS01/CCS01_8.11_SUCCESS",
    "8.11_CCS02/CCS02_8.11_SUCCESS",
    "8.12.1_CCS03/CCS03_8.12.1_SUCCESS",
    "8.9_CCS05CCS04/CCS05CCS04_8.9_SUCCESS",
    "8.9_CCS06/CCS06_8.9_SUCCESS",
    "8.9_CCS07/CCS07_8.9_SUCCESS",
    "6.2.4_ECS26n/ECS26n_6.2.4_SUCCESS",
    "6.13_ECS35c/ECS35c_6.13_SUCCESS",
    "6.28_DBCH04/DBCH04_6.28_SUCCESS",
    "6.29_DBCH05/DBCH05_6.29_SUCCESS",
    "6.30_DBCH03/DBCH03_6.30_SUCCESS",
    "6.31_DBCH01/DBCH01_6.31_SUCCESS",
    "6.32_DBCH02/DBCH02_6.32_SUCCESS",
)


@pytest.mark.parametrize("name", ANSWERED)
def test_an_answer_has_the_structure_of_the_national_one(
    premises: Premises, shared: Path, name: str
) -> None:
    keep_a_historic_device(premises)
    expected = message(shared, f"{name}_RESPONSE")
    answer = replay(premises, message(shared, f"{name}_COMMAND"), BROKER)
    assert response_shape(answer) == response_shape(expected)
    assert header_shape(answer)[:5] == header_shape(expected)[:5]


def keep_a_historic_device(premises: Premises) -> None:
    entry = LogEntry(device_id=OTHER, install_code=b"", device_type=0, link_key=bytes(16))
    premises.hub.historic_log.keep(entry)


FAILING = (
    "8.12.1_CCS03/CCS03_8.12.1_ERROR",
    "8.9_CCS05CCS04/CCS05CCS04_8.9_ERROR",
    "8.9_CCS06/CCS06_8.9_ERROR",
    "6.2.4_ECS26n/ECS26n_6.2.4_ERROR",
    "6.13_ECS35c/ECS35c_6.13_ERROR",
    "6.28_DBCH04/DBCH04_6.28_ERROR",
    "6.30_DBCH03/DBCH03_6.30_ERROR",
    "6.31_DBCH01/DBCH01_6.31_ERROR",
)


@pytest.mark.parametrize("name", FAILING)
def test_a_failure_has_the_structure_of_the_national_one(
    premises: Premises, shared: Path, name: str
) -> None:
    """The national errors are those of hardware that fails at the first item; so does this one."""

    def fail(_: Call) -> Data:
        raise ItemError(FAILED)

    premises.hub.objects.perform = fail  # type: ignore[method-assign]
    expected = message(shared, f"{name}_RESPONSE")
    answer = replay(premises, message(shared, f"{name}_COMMAND"), BROKER)
    assert response_shape(answer) == response_shape(expected)


def test_the_backup_alert_and_the_read_log_have_one_structure(
    premises: Premises, shared: Path
) -> None:
    command = message(shared, "8.11_CCS01/CCS01_8.11_SUCCESS_COMMAND")
    replay(premises, command, BROKER)
    premises.hub.device_log.remove(command.recipient)
    premises.hub.device_log.set_link_key(premises.hub.device_log.entries[0].device_id, bytes(16))
    premises.pass_time(5)
    alert = premises.alerts(0x8F12)[-1][0]
    expected = message(shared, "NA_CS14/CS14_NA_8F12_ALERT")
    assert alert_shape(alert) == alert_shape(expected)
    assert header_shape(alert) == header_shape(expected)
