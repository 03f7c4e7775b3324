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

  @requirement:SMETS-E-020 @srv:4.1.1 @usecase:ECS17b @role:IS
  Scenario: Reactive import is counted apart
    Given a steady load of 2.000 kW and 0.750 kvar
    And the import supplier has read 4.1.1 Read Instantaneous Import Registers
    And the answer's ReactiveImportRegister.Value has been noted
    When 2 hours pass
    And the import supplier reads 4.1.1 Read Instantaneous Import Registers
    Then the answer's ReactiveImportRegister.Value has risen by 1500 within 2

  @requirement:SMETS-E-020 @srv:4.2 @usecase:ECS17a @role:ED
  Scenario Outline: <what> export is counted apart
    Given steady generation of 1.200 kW and 0.300 kvar
    And the electricity distributor has read 4.2 Read Instantaneous Export Registers
    And the answer's <register>.Value has been noted
    When 2 hours pass
    And the electricity distributor reads 4.2 Read Instantaneous Export Registers
    Then the answer's <register>.Value has risen by <energy> within 2

    Examples: Wh and varh
      | what     | register               | energy |
      | Active   | ActiveExportRegister   | 2400   |
      | Reactive | ReactiveExportRegister | 600    |

  @requirement:SMETS-E-020 @srv:4.1.1 @usecase:ECS17b @role:IS
  Scenario: What is exported does not run the import register
    Given steady generation of 1.500 kW
    And the import supplier has read 4.1.1 Read Instantaneous Import Registers
    And the answer's ActiveImportRegister.Value has been noted
    When 2 hours pass
    And the import supplier reads 4.1.1 Read Instantaneous Import Registers
    Then the answer's ActiveImportRegister.Value is what it was

  @requirement:SMETS-E-021 @srv:4.16 @usecase:ECS17c @role:IS
  Scenario Outline: An import of <load> kW is read as <watts> W
    Given a steady load of <load> kW
    And 10 seconds pass
    When the import supplier reads 4.16 Read Active Power Import
    Then the answer's ActivePowerImport.Value is <watts>
    And the answer's ActivePowerImport.Unit is W

    Examples: none, little, much
      | load  | watts |
      | 0.000 | 0     |
      | 0.345 | 345   |
      | 3.300 | 3300  |

  @requirement:SMETS-E-193 @srv:11.2 @usecase:ECS52
  Scenario: The firmware version is the declared one
    When the import supplier sends 11.2 Read Firmware Version
    Then the meter answers with success within 30 seconds
    And the firmware version is the declared one
