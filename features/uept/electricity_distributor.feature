@scheme:uept @role:ED @device:ESME
Feature: An electricity distributor uses its service requests

  The network operator reads its network data and sets the voltage monitors; nothing else.

  Background:
    Given a commissioned single-phase electricity meter
    And a steady load of 2.000 kW

  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT
  Scenario Outline: Variant <srv> is answered to the distributor
    When the electricity distributor sends <srv> <name>
    Then the DCC acknowledges with I99
    And the meter answers with success within 30 seconds
    And the answer holds <content>

    Examples: reads
      | srv    | name                                       | content           |
      | 4.1.1  | Read Instantaneous Import Registers        | active_import_wh  |
      | 4.10   | Read Network Data                          | voltage_log       |
      | 11.2   | Read Firmware Version                      | firmware_version  |
      | 7.4    | Read Supply Status                         | control_state     |
      | 6.24.1 | Retrieve Device Security Credentials (KRP) | payload           |

  @requirement:UEPT-NON-CRITICAL @requirement:SMETS-E-089 @srv:6.5 @usecase:ECS29a
  Scenario: Variant 6.5 sets the voltage monitors
    When the electricity distributor sends 6.5 Update Device Configuration (Voltage) with
      | AverageRMSOverVoltageThreshold  | 251 |
      | AverageRMSUnderVoltageThreshold | 211 |
    Then the meter answers with success within 30 seconds
    And the meter's average_over_voltage_threshold reads back as 251
    And the meter's average_under_voltage_threshold reads back as 211
