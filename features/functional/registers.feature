@scheme:functional @device:ESME
Feature: The registers follow the energy

  Background:
    Given a commissioned single-phase electricity meter

  @requirement:SMETS-E-020 @srv:4.1.1 @usecase:ECS17b
  Scenario Outline: <load> kW for <time> is <energy> Wh
    Given a steady load of <load> kW
    And the import register has been read
    When <time> passes
    Then the import register has risen by <energy> Wh within 1 Wh

    Examples: small, large, short, long
      | load   | time       | energy |
      | 0.100  | 30 minutes | 50     |
      | 2.000  | 1 hour     | 2000   |
      | 3.500  | 10 minutes | 583    |
      | 1.000  | 1 day      | 24000  |

  @requirement:SMETS-E-193 @srv:11.2 @usecase:ECS52
  Scenario: The firmware version is the declared one
    When the import supplier sends 11.2 Read Firmware Version
    Then the meter answers with success within 30 seconds
    And the firmware version is the declared one
