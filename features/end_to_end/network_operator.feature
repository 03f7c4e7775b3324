@scheme:end_to_end @role:ED @device:ESME @bench:every_role
Feature: The network operator configures a meter that was installed

  What a network operator does after an installation: find the meter, place its own credentials,
  read the load limit, set voltage thresholds, the hours of maximum demand and alerts, and put its
  readings on schedules.

  Background:
    Given a commissioned single-phase electricity meter
    And the import supplier has set 6.11 Synchronise Clock

  @requirement:DUIS-13-INVENTORY @srv:8.2
  Scenario: The network operator finds the meter in the inventory
    When the electricity distributor sends 8.2 Read Inventory
    Then the inventory lists the meter as Commissioned

  @requirement:SMETS-E-200 @srv:6.15.1 @usecase:CS02b
  Scenario: It places its own credentials on the meter, and is told
    When the electricity distributor sends 6.15.1 Update Security Credentials (KRP) to the meter as CV5
    Then the meter answers with success within 1 minute

  @requirement:SMETS-E-110 @srv:4.15 @usecase:ECS27
  Scenario: It reads the load limit that the supplier has set
    Given the import supplier has set 6.4.1 Update Device Configuration (Load Limiting General Settings) with
      | LoadLimitPowerThreshold | 3456 |
    When the electricity distributor reads 4.15 Read Load Limit Data
    Then the answer's LoadLimitPowerThreshold is 3456

  @requirement:SMETS-E-081 @srv:6.5 @srv:6.2.1
  Scenario: Its voltage thresholds are in force
    Given voltage monitors set to
      | AverageRMSOverVoltageThreshold | 251 |
    Then the meter's average_over_voltage_threshold reads back as 251

  @requirement:SMETS-E-042 @srv:6.18.1 @srv:6.18.2 @srv:4.12.1
  Scenario: After a change of its hours maximum demand is reset and counts anew
    Given a steady load of 2.000 kW
    And 1 hour passes
    When the electricity distributor sets 6.18.1 Set Maximum Demand Configurable Time Period with
      | MaximumDemandTimePeriodSchedule.StartTime | 00:00:00Z |
      | MaximumDemandTimePeriodSchedule.EndTime   | 23:30:00Z |
    And the electricity distributor reads 4.12.1 Read Maximum Demand Import Registers
    Then the answer's MaxDemandConfigurableTimeActivePowerImport.Value is 2000 within 2
    When the electricity distributor sets 6.18.2 Reset Maximum Demand Registers
    And the load becomes 1.000 kW
    And 2 hours pass
    And the electricity distributor reads 4.12.1 Read Maximum Demand Import Registers
    Then the answer's MaxDemandConfigurableTimeActivePowerImport.Value is 1000 within 50

  @requirement:SMETS-E-091 @srv:6.22 @usecase:ECS25b
  Scenario: It hears of the voltages that it asked for
    Given voltage monitors set to
      | RMSExtremeOverVoltageThreshold          | 262 |
      | RMSExtremeOverVoltageMeasurementPeriod  | 30  |
      | RMSExtremeUnderVoltageThreshold         | 200 |
      | RMSExtremeUnderVoltageMeasurementPeriod | 30  |
    When the electricity distributor sets 6.22 Configure Alert Behaviour with
      | ElectricitySupplierAlerts                                             | -       |
      | ElectricityNetworkOperatorAlerts.NetworkOperatorESMESinglePhase.x8020 | Disable |
    And the supply is 263 V for 1 minute
    And the supply is 199 V for 2 minutes
    Then the electricity distributor has received no device alert 8020
    And the electricity distributor has received exactly one device alert 8028

  @requirement:UEPT-SCHEDULED @srv:5.1
  Scenario Outline: <srv> comes by a schedule
    When the electricity distributor puts <srv> <name> of the meter on a daily schedule
    Then nothing goes to the device before its time
    And the message of the schedule arrives, with the answer of the meter

    Examples:
      | srv    | name                                 |
      | 4.8.2  | Read Reactive Import Profile Data    |
      | 4.8.3  | Read Export Profile Data             |
      | 4.10   | Read Network Data                    |
      | 4.12.1 | Read Maximum Demand Import Registers |
      | 4.12.2 | Read Maximum Demand Export Registers |
      | 4.15   | Read Load Limit Data                 |
      | 4.16   | Read Active Power Import             |
      | 4.17   | Retrieve Daily Consumption Log       |
