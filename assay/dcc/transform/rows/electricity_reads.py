"""What is read from electricity meters: registers, logs and tariffs (4.x), configuration (6.2.x).

A future dated read is held by the DSP, so its date has no place in the Command. Export data are
for export suppliers too, whom no meter knows as such, whatever else they are to the premises:
of these use cases none is open to suppliers (permitted roles of the GBCS tables), so only a
network operator stands as originator itself.
"""

from __future__ import annotations

from assay.dcc.transform.payloads import Dlms, Payload
from assay.dcc.transform.protected_reads import protected_logs, protected_value
from assay.dcc.transform.row import (
    Circumstances,
    Origin,
    Row,
    all_of,
    is_of_first_gbcs,
    is_polyphase_meter,
    says,
)
from assay.dcc.transform.rows.electricity import READ, READ_LOG, esme, is_network_operator
from assay.dcc.transform.values import Source


def _reads_by_newer_use_case(circumstances: Circumstances) -> bool:
    """Whether the log of auxiliary controllers is read by ECS35g in place of ECS35f.

    Inferred: of the two only ECS35g is open to network operators, and the tables of GBCS 4 have
    ECS35g only. For a supplier and a meter whose version is not known it is the older one.
    """
    return circumstances.is_network_operator or circumstances.target.is_of_fourth_gbcs


def _export(srv: str, message_code: int, payload: Payload = READ) -> tuple[Row, ...]:
    return (
        esme(srv, message_code, payload, is_network_operator),
        esme(srv, message_code, payload, origin=Origin.BROKER_FOR_PARTY),
    )


def _protected(srv: str, message_code: int, item: str, source: Source) -> Row:
    return esme(srv, message_code, Dlms(values={item: source}))


_LOGS = {"Event": 0x0048, "Security": 0x0049, "PowerEvent": 0x00B9, "ALCSEvent": 0x00BA}

ROWS: tuple[Row, ...] = (
    _protected("4.1.1", 0x0027, "ImportRegisterCollection", protected_value("0-0:94.44.34.10")),
    _protected("4.1.2", 0x0029, "TariffTOURegisterCollection", protected_value("0-0:94.44.34.1")),
    _protected(
        "4.1.3", 0x002A, "TariffBlockTOURegisterCollection", protected_value("0-0:94.44.34.2")
    ),
    *_export("4.2", 0x0026),
    _protected("4.3", 0x002D, "PrepaymentBalanceCollection", protected_value("0-0:94.44.34.30")),
    _protected(
        "4.4.2",
        0x002F,
        "BillingDataLog(SetPaymentModeOrTariffTriggeredFinancialExcExport)",
        protected_logs("0-0:98.1.2.255"),
    ),
    _protected(
        "4.4.3",
        0x0030,
        "BillingDataLog(BillingCalendarTriggeredExcExport)",
        protected_logs("0-0:98.1.0.255", "0-0:98.1.1.255"),
    ),
    esme("4.4.4", 0x002E, READ_LOG),
    esme("4.4.5", 0x00C9, READ_LOG),
    _protected("4.6.1", 0x0033, "DailyReadLog(excExport)", protected_logs("0-0:98.1.9.255")),
    esme("4.6.2", 0x0035, READ_LOG, origin=Origin.BROKER_FOR_PARTY),
    _protected(
        "4.8.1",
        0x0037,
        "ProfileDataLog(ActiveEnergyImportedInPeriod)",
        protected_logs("0-0:99.1.0.255"),
    ),
    esme("4.8.2", 0x0038, READ_LOG),
    *_export("4.8.3", 0x0036, READ_LOG),
    esme("4.10", 0x00BC, READ_LOG, is_polyphase_meter),
    esme("4.10", 0x0039, READ_LOG),
    esme("4.11.1", 0x003A),
    esme("4.11.2", 0x00BD),
    esme("4.12.1", 0x002C),
    *_export("4.12.2", 0x002B),
    esme("4.13", 0x003B),
    _protected("4.14", 0x0034, "PrepaymentDailyReadLog", protected_logs("0-0:98.1.8.255")),
    esme("4.15", 0x0042),
    esme("4.16", 0x0028),
    _protected("4.17", 0x0060, "DailyConsumptionLog", protected_logs("0-0:99.1.3.255")),
    esme("4.18", 0x0069),
    esme("6.2.1", 0x00C6, READ, is_polyphase_meter),
    esme("6.2.1", 0x003C),
    esme("6.2.2", 0x003D),
    esme("6.2.3", 0x003E, READ, is_of_first_gbcs),
    esme("6.2.3", 0x00D9),
    esme("6.2.4", 0x003F, READ, is_of_first_gbcs),
    esme("6.2.4", 0x00F9),
    esme("6.2.5", 0x0040),
    esme("6.2.7", 0x004E),
    esme("6.2.9", 0x00BE),
    esme("6.2.10", 0x00EF, READ, is_network_operator),
    esme("6.2.10", 0x00EE),
    esme(
        "6.13", 0x00FD, READ_LOG, all_of(says("LogToRead", "ALCSEvent"), _reads_by_newer_use_case)
    ),
    *(esme("6.13", code, READ_LOG, says("LogToRead", log)) for log, code in _LOGS.items()),
)
