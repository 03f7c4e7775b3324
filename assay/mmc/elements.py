"""Response elements of the MMC schema by service reference variant, and which variant answers.

A message code belongs to one service request variant, with few exceptions; there the
envelope tells, or the request that the caller knows (`hint`). MMC V5.4 has no response element
for 6.14.3: such a response has a header and debug information only.
"""

from __future__ import annotations

from collections.abc import Callable

from assay.gbcs import catalogue
from assay.mmc.content import Content
from assay.mmc.errors import NoMmcForm

ELEMENTS: dict[str, str] = {
    "1.1.1": "UpdateImportTariffPrimaryElementRsp",
    "1.1.2": "UpdateImportTariffSecondaryElementRsp",
    "1.2.1": "UpdatePricePrimaryElementRsp",
    "1.2.2": "UpdatePriceSecondaryElementRsp",
    "1.5": "UpdateMeterBalanceRsp",
    "1.6": "UpdatePaymentModeRsp",
    "1.7": "ResetTariffBlockCounterMatrixRsp",
    "2.1": "UpdatePrepayConfigurationRsp",
    "2.2": "TopUpDeviceRsp",
    "2.3": "UpdateDebtRsp",
    "2.5": "ActivateEmergencyCreditRsp",
    "3.1": "DisplayMessageRsp",
    "3.2": "RestrictAccessForChangeOfTenancyRsp",
    "3.3": "ClearEventLogRsp",
    "3.4": "UpdateSupplierNameRsp",
    "3.5": "DisablePrivacyPINRsp",
    "4.1.1": "ReadInstantaneousImportRegistersRsp",
    "4.1.2": "ReadInstantaneousImportTOUMatricesRsp",
    "4.1.3": "ReadInstantaneousImportTOUWithBlocksMatricesRsp",
    "4.1.4": "ReadInstantaneousImportBlockCountersRsp",
    "4.2": "ReadInstantaneousExportRegistersRsp",
    "4.3": "ReadInstantaneousPrepayValuesRsp",
    "4.4.2": "RetrieveCoMOrTariffTriggeredBillingDataLogRsp",
    "4.4.3": "RetrieveBillingCalendarTriggeredBillingDataLogRsp",
    "4.4.4": "RetrieveBillingDataLogDebtPaymentsRsp",
    "4.4.5": "RetrieveBillingDataLogPrepaymentCreditsRsp",
    "4.6.1": "RetrieveImportDailyReadLogRsp",
    "4.6.2": "RetrieveExportDailyReadLogRsp",
    "4.8.1": "ReadActiveImportProfileDataRsp",
    "4.8.2": "ReadReactiveImportProfileDataRsp",
    "4.8.3": "ReadExportProfileDataRsp",
    "4.10": "ReadNetworkDataRsp",
    "4.11.1": "ReadTariffPrimaryElementRsp",
    "4.11.2": "ReadTariffSecondaryElementRsp",
    "4.12.1": "ReadMaximumDemandImportRegistersRsp",
    "4.12.2": "ReadMaximumDemandExportRegistersRsp",
    "4.13": "ReadPrepaymentConfigurationRsp",
    "4.14": "ReadPrepaymentDailyReadLogRsp",
    "4.15": "ReadLoadLimitDataRsp",
    "4.16": "ReadActivePowerImportRsp",
    "4.17": "RetrieveDailyConsumptionLogRsp",
    "4.18": "ReadMeterBalanceRsp",
    "6.2.1": "ReadDeviceConfigurationVoltageRsp",
    "6.2.2": "ReadDeviceConfigurationRandomisationRsp",
    "6.2.3": "ReadDeviceConfigurationDataBillingCalendarRsp",
    "6.2.4": "ReadDeviceConfigurationIdentityExcMPxNRsp",
    "6.2.5": "ReadDeviceConfigurationInstantaneousPowerThresholdsRsp",
    "6.2.7": "ReadDeviceConfigurationMPxNRsp",
    "6.2.8": "ReadDeviceConfigurationGasRsp",
    "6.2.9": "ReadDeviceConfigurationPaymentModeRsp",
    "6.2.10": "ReadDeviceConfigurationEventAndAlertBehavioursRsp",
    "6.4.1": "UpdateDeviceConfigurationLoadLimitingGeneralSettingsRsp",
    "6.4.2": "UpdateDeviceConfigurationLoadLimitingCounterResetRsp",
    "6.5": "UpdateDeviceConfigurationVoltageRsp",
    "6.6": "UpdateDeviceConfigurationGasConversionRsp",
    "6.7": "UpdateDeviceConfigurationGasFlowRsp",
    "6.8": "UpdateDeviceConfigurationBillingCalendarRsp",
    "6.11": "SynchroniseClockRsp",
    "6.12": "UpdateDeviceConfigurationInstantaneousPowerThresholdRsp",
    "6.13": "ReadEventOrSecurityLogRsp",
    "6.14.1": "UpdateDeviceConfigurationALCDescriptionsRsp",
    "6.14.2": "UpdateDeviceConfigurationALCSchedulerRsp",
    "6.15.1": "UpdateSecurityCredentialsKRPRsp",
    "6.15.2": "UpdateSecurityCredentialsDeviceRsp",
    "6.17": "IssueSecurityCredentialsRsp",
    "6.18.1": "SetMaximumDemandConfigurableTimePeriodRsp",
    "6.18.2": "ResetMaximumDemandRegistersRsp",
    "6.20.1": "SetDeviceConfigurationImportMPxNRsp",
    "6.20.2": "SetDeviceConfigurationExportMPANRsp",
    "6.21": "RequestHandoverOfDCCControlledDeviceRsp",
    "6.22": "ConfigureAlertBehaviourRsp",
    "6.23": "UpdateSecurityCredentialsCoSRsp",
    "6.24.1": "RetrieveDeviceSecurityCredentialsKRPRsp",
    "6.24.2": "RetrieveDeviceSecurityCredentialsDeviceRsp",
    "6.25": "SetElectricitySupplyTamperStateRsp",
    "6.26": "UpdateDeviceConfigurationDailyResettingOfTariffBlockCounterMatrixRsp",
    "6.27": "UpdateDeviceConfigurationRMSVoltageCounterResetRsp",
    "6.28": "SetCHFSubGHzConfigurationRsp",
    "6.29": "RequestCHFSubGHzChannelScanRsp",
    "6.30": "ReadCHFSubGHzConfigurationRsp",
    "6.31": "ReadCHFSubGHzChannelRsp",
    "6.32": "ReadCHFSubGHzChannelLogRsp",
    "7.1": "EnableSupplyRsp",
    "7.2": "DisableSupplyRsp",
    "7.3": "ArmSupplyRsp",
    "7.4": "ReadSupplyStatusRsp",
    "7.5": "ActivateAuxiliaryLoadRsp",
    "7.6": "DeactivateAuxiliaryLoadRsp",
    "7.7": "ReadALCSDataRsp",
    "7.8": "ResetAuxiliaryLoadRsp",
    "7.9": "AddAuxiliaryLoadToBoostButtonRsp",
    "7.10": "RemoveAuxiliaryLoadFromBoostButtonRsp",
    "7.11": "ReadBoostButtonDetailsRsp",
    "7.12": "SetRandomisedOffsetLimitRsp",
    "7.13": "SetAuxiliaryControllerStateRsp",
    "7.14": "ReadAuxiliaryControllerConfigurationDataRsp",
    "7.15": "ReadAuxiliaryControllerOperationalDataRsp",
    "7.16": "LimitAPCLevelRsp",
    "8.1.1": "CommissionDeviceSynchroniseClockRsp",
    "8.5": "ServiceOptOutRsp",
    "8.7.1": "JoinServiceCriticalRsp",
    "8.7.2": "JoinServiceNonCriticalRsp",
    "8.8.1": "UnjoinServiceCriticalRsp",
    "8.8.2": "UnjoinServiceNonCriticalRsp",
    "8.9": "ReadDeviceLogRsp",
    "8.11": "UpdateHANDeviceLogRsp",
    "8.12.1": "RestoreHANDeviceLogRsp",
    "8.12.2": "RestoreGPFDeviceLogRsp",
    "9.1": "RequestCustomerIdentificationNumberRsp",
    "11.2": "ReadFirmwareVersionRsp",
    "11.3": "ActivateFirmwareRsp",
    "14.1": "RecordNetworkDataGASRsp",
}
WITHOUT_ELEMENT = frozenset(("6.14.3",))


def _by_route(direct: str, relayed: str) -> Callable[[Content], str]:
    """A broker relays what is no critical command of a party that the device knows."""
    return lambda content: relayed if content.is_via_broker else direct


def _credentials(content: Content) -> str:
    """A handover is addressed to the broker, and puts another party's certificates in place."""
    if content.is_via_broker:
        return "6.21"
    outcome = content.typed.value.get("outcome")
    replaced = outcome["replacements"] if outcome is not None else ()
    ours = content.message.recipient.hyphenated
    handed_over = replaced and all(row["replacing_subject_id"] != ours for row in replaced)
    return "6.21" if handed_over else "6.15.1"


def _auxiliary_load(content: Content) -> str:
    """A reset has no duration to set, so its command has one item."""
    return "7.8" if len(content.results) == 1 else "7.5"


_CHOICES: dict[int, Callable[[Content], str]] = {
    0x000F: _by_route("8.8.1", "8.8.2"),
    0x0055: _auxiliary_load,
    0x005F: lambda _: "7.9",
    0x0062: lambda _: "6.11",
    0x007F: lambda _: "6.11",
    0x00AB: _by_route("8.7.1", "8.7.2"),
    0x00AF: _by_route("8.7.1", "8.7.2"),
    0x00BD: lambda _: "4.11.2",
    0x0102: _credentials,
    0x0103: _credentials,
}
_ONE_OF_SEVERAL: dict[int, tuple[str, ...]] = {0x00BD: ("4.11.2",)}
"""The set of test messages files one answer of ECS24b under 4.10; the element is 4.11.2's."""


def candidates(code: int) -> tuple[str, ...]:
    """The service request variants that a message code can answer; none of the DCC's own."""
    if code in _ONE_OF_SEVERAL:
        return _ONE_OF_SEVERAL[code]
    row = catalogue.use_case(code)
    return row.service_references if row is not None else ()


def variant_of(content: Content, hint: str | None = None) -> str:
    """The service request variant that a response answers.

    `hint` is the caller's knowledge; it decides where the message leaves it open.

    Raises:
        NoMmcForm: no user's request has this answer, or not the one of the hint.
    """
    code = content.code
    known = candidates(code)
    if not known:
        row = catalogue.use_case(code)
        name = row.name if row is not None else "no use case"
        raise NoMmcForm(
            f"message {code:04X} ({name}): expected the response to a service request, this one "
            "belongs to none, so the MMC schema has no element for it"
        )
    if hint is not None:
        if hint not in known:
            raise NoMmcForm(
                f"message {code:04X}: expected it to answer {' or '.join(known)}, given {hint}"
            )
        return hint
    choice = _CHOICES.get(code)
    return known[0] if choice is None else choice(content)


def reference_of(variant: str) -> str:
    """The service reference of a variant: its first two numbers."""
    return ".".join(variant.split(".")[:2])
