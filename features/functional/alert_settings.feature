@scheme:functional @device:ESME
Feature: Remote parties choose what they are told and what is logged

  Background:
    Given a commissioned electricity meter fed alike on all its phases
    And the import supplier has set 6.11 Synchronise Clock

  Rule: The network operator's alerts and its log are chosen apart

    Background:
      Given voltage monitors set to
        | RMSExtremeOverVoltageThreshold          | 262 |
        | RMSExtremeOverVoltageMeasurementPeriod  | 30  |
        | RMSExtremeUnderVoltageThreshold         | 200 |
        | RMSExtremeUnderVoltageMeasurementPeriod | 30  |

    @requirement:SMETS-E-091 @srv:6.22 @usecase:ECS25b @role:ED
    Scenario: An alert that was turned off is not sent, and is logged
      Given the electricity distributor has set 6.22 Configure Alert Behaviour with
        | ElectricitySupplierAlerts                                             | -       |
        | ElectricityNetworkOperatorAlerts.NetworkOperatorESMESinglePhase.x8020 | Disable |
      When the supply is 263 V for 1 minute
      Then the electricity distributor has received no device alert 8020
      And the PowerEvent log has an entry 8020 of the last minute

    @requirement:SMETS-E-091 @srv:6.22 @usecase:ECS25b @role:ED
    Scenario: The others are sent as before
      Given the electricity distributor has set 6.22 Configure Alert Behaviour with
        | ElectricitySupplierAlerts                                             | -       |
        | ElectricityNetworkOperatorAlerts.NetworkOperatorESMESinglePhase.x8020 | Disable |
      When the supply is 199 V for 1 minute
      And 1 minute passes
      Then the electricity distributor has received exactly one device alert 8028

    @requirement:SMETS-E-091 @srv:6.22 @usecase:ECS25b @role:ED
    Scenario: An alert that is turned on again is sent
      Given the electricity distributor has set 6.22 Configure Alert Behaviour with
        | ElectricitySupplierAlerts                                             | -       |
        | ElectricityNetworkOperatorAlerts.NetworkOperatorESMESinglePhase.x8028 | Disable |
      And the electricity distributor has set 6.22 Configure Alert Behaviour with
        | ElectricitySupplierAlerts                                             | -      |
        | ElectricityNetworkOperatorAlerts.NetworkOperatorESMESinglePhase.x8028 | Enable |
      When the supply is 199 V for 2 minutes
      Then the electricity distributor has received exactly one device alert 8028

    @requirement:SMETS-E-177 @srv:6.22 @usecase:ECS25b3 @role:ED
    Scenario: An entry that was turned off is not logged, and the alert is sent
      Given the electricity distributor has set 6.22 Configure Alert Behaviour with
        | ElectricitySupplierAlerts                                                      | -       |
        | ElectricityNetworkOperatorLoggingSettings.NetworkOperatorESMESinglePhase.x8020 | Disable |
      When the supply is 263 V for 1 minute
      And the supply is 263 V for 1 minute
      Then the PowerEvent log holds no entries 8020
      And the electricity distributor has received exactly one device alert 8020

  Rule: So are the supplier's alerts, its log, and the sharing in the home

    @requirement:SMETS-E-177 @srv:6.22 @usecase:ECS25a @role:IS
    Scenario: The supplier turns an alert off
      Given the import supplier has set 6.22 Configure Alert Behaviour with
        | ElectricitySupplierAlerts.SupplierESMECommon.x81C1 | Disable |
      And tampering: terminal cover removed
      When the tampering ends: terminal cover removed
      And 1 minute passes
      Then the import supplier has received no device alert 81C1
      And the Event log has an entry 81C1 of the last 2 minutes

    @requirement:SMETS-E-177 @srv:6.22 @usecase:ECS25a @role:IS
    Scenario: The supplier turns on an alert that is off as delivered
      Given the import supplier has set 6.22 Configure Alert Behaviour with
        | ElectricitySupplierAlerts.SupplierESMECommon.x8162 | Enable |
      When the confirm button is held for 2 seconds
      And 1 minute passes
      Then the import supplier has received exactly one device alert 8162

    @requirement:SMETS-E-177 @srv:6.22 @usecase:ECS25a3 @role:IS
    Scenario: The supplier turns an entry off
      Given the import supplier has set 6.22 Configure Alert Behaviour with
        | ElectricitySupplierAlerts                                   | -       |
        | ElectricitySupplierLoggingSettings.SupplierESMECommon.x81C1 | Disable |
      And tampering: terminal cover removed
      When the tampering ends: terminal cover removed
      And 1 minute passes
      Then the Event log holds no entries 81C1
      And the import supplier has received exactly one device alert 81C1

    @requirement:SMETS-E-177 @srv:6.22 @srv:6.2.10 @usecase:ECS25r1 @role:IS
    Scenario: The settings are read back, each apart
      Given the import supplier has set 6.22 Configure Alert Behaviour with
        | ElectricitySupplierAlerts.SupplierESMECommon.x81C1 | Disable |
        | ElectricitySupplierAlerts.SupplierESMECommon.x8162 | Enable  |
      When the import supplier reads 6.2.10 Read Device Configuration (Event and Alert Behaviours)
      Then the answer says
        | ElectricitySupplierWANAlertSettings.x81C1 | Disable |
        | ElectricitySupplierWANAlertSettings.x8162 | Enable  |
        | ElectricitySupplierLoggingSettings.x81C1  | Enable  |

  Rule: What is critical or of the security log is never off

    @requirement:SMETS-E-175 @srv:6.22 @usecase:ECS25a @role:IS
    Scenario Outline: With the supplier's alerts off, <interference> is still reported
      Given the import supplier has set 6.22 Configure Alert Behaviour with
        | ElectricitySupplierAlerts.SupplierESMECommon.x8183 | Disable |
        | ElectricitySupplierAlerts.SupplierESMECommon.x81A1 | Disable |
        | ElectricitySupplierAlerts.SupplierESMECommon.x81B9 | Disable |
        | ElectricitySupplierAlerts.SupplierESMECommon.x81BE | Disable |
        | ElectricitySupplierAlerts.SupplierESMECommon.x81C1 | Disable |
        | ElectricitySupplierAlerts.SupplierESMECommon.x81C5 | Disable |
      When somebody tampers with the meter: <interference>
      And 1 minute passes
      Then the import supplier has received exactly one device alert <alert>
      And the Security log has an entry <alert> of the last 2 minutes

      Examples:
        | interference           | alert |
        | terminal cover removed | 8F76  |
        | meter cover removed    | 8F74  |
