"""Services 7.x: supply, auxiliary load, boost button."""

from __future__ import annotations

from assay.duis.schema.common import AUXILIARY_CONTROLLER_LEVEL, READ_LOG_FUTURE_DATABLE
from assay.duis.schema.model import EMPTY, Attribute, Element, content, maybe, one, some, text_with
from assay.duis.schema.simple_types import BOOLEAN, DATE_TIME, UNSIGNED_SHORT, integer

ACTIVATE_DEACTIVATE_ALCS_HCALCS = content(
    one("Duration", UNSIGNED_SHORT), attributes=(Attribute("index", integer(1, 5)),)
)

ACTIVATE_AUXILIARY_LOAD = content(one("ActivateALCSHCALCS", ACTIVATE_DEACTIVATE_ALCS_HCALCS))

DEACTIVATE_AUXILIARY_LOAD = content(one("DeactivateALCSHCALCS", ACTIVATE_DEACTIVATE_ALCS_HCALCS))

READ_ALCS_DATA = content(maybe("ExecutionDateTime", DATE_TIME))

RESET_ALCS_HCALCS = content(attributes=(Attribute("index", integer(1, 5)),))

RESET_AUXILIARY_LOAD = content(one("ResetALCSHCALCS", RESET_ALCS_HCALCS))

ADD_AUXILIARY_LOAD_TO_BOOST_BUTTON = content(
    maybe("ExecutionDateTime", DATE_TIME),
    some("AddToBoostButton", text_with(BOOLEAN, Attribute("index", integer(1, 5))), 5, 5),
)

REMOVE_AUXILIARY_LOAD_FROM_BOOST_BUTTON = content(
    maybe("ExecutionDateTime", DATE_TIME),
    some("RemoveFromBoostButton", text_with(BOOLEAN, Attribute("index", integer(1, 5))), 5, 5),
)

SET_RANDOMISED_OFFSET_LIMIT = content(one("RandomisedOffsetLimit", integer(0, 1799)))

SET_AUXILIARY_CONTROLLER_STATE = content(
    one("StartDateTime", DATE_TIME),
    one("EndDateTime", DATE_TIME),
    one("CommandedStateLevel", AUXILIARY_CONTROLLER_LEVEL),
    maybe("InputFromControlledLoad", EMPTY),
    attributes=(Attribute("auxiliaryControllerN", integer(1, 5)),),
)

READ_AUXILIARY_CONTROLLER_CONFIGURATION_DATA = content(maybe("ExecutionDateTime", DATE_TIME))

READ_AUXILIARY_CONTROLLER_OPERATIONAL_DATA = content(maybe("ExecutionDateTime", DATE_TIME))

LIMIT_APC_LEVEL = content(
    one("StartDateTime", DATE_TIME),
    one("EndDateTime", DATE_TIME),
    one("CommandedStateLevel", AUXILIARY_CONTROLLER_LEVEL),
    maybe("InputFromControlledLoad", EMPTY),
    attributes=(Attribute("auxiliaryControllerN", integer(1, 5)),),
)

ELEMENTS: tuple[Element, ...] = (
    one("EnableSupply", EMPTY),
    one("DisableSupply", EMPTY),
    one("ArmSupply", EMPTY),
    one("ReadSupplyStatus", EMPTY),
    one("ActivateAuxiliaryLoad", ACTIVATE_AUXILIARY_LOAD),
    one("DeactivateAuxiliaryLoad", DEACTIVATE_AUXILIARY_LOAD),
    one("ReadALCSData", READ_ALCS_DATA),
    one("ResetAuxiliaryLoad", RESET_AUXILIARY_LOAD),
    one("AddAuxiliaryLoadToBoostButton", ADD_AUXILIARY_LOAD_TO_BOOST_BUTTON),
    one("RemoveAuxiliaryLoadFromBoostButton", REMOVE_AUXILIARY_LOAD_FROM_BOOST_BUTTON),
    one("ReadBoostButtonDetails", READ_LOG_FUTURE_DATABLE),
    one("SetRandomisedOffsetLimit", SET_RANDOMISED_OFFSET_LIMIT),
    one("SetAuxiliaryControllerState", SET_AUXILIARY_CONTROLLER_STATE),
    one("ReadAuxiliaryControllerConfigurationData", READ_AUXILIARY_CONTROLLER_CONFIGURATION_DATA),
    one("ReadAuxiliaryControllerOperationalData", READ_AUXILIARY_CONTROLLER_OPERATIONAL_DATA),
    one("LimitAPCLevel", LIMIT_APC_LEVEL),
)
