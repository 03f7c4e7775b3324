@scheme:functional @role:IS @device:ESME
Feature: The supply does what its supplier says

  What the meter reports is compared with the current that the bench measures.

  Background:
    Given a commissioned single-phase electricity meter
    And a steady load of 2.000 kW

  @requirement:SMETS-E-121 @requirement:SMETS-E-123 @requirement:SMETS-E-128
  @srv:7.2 @srv:7.4 @usecase:ECS43 @usecase:ECS45
  Scenario: A disabled supply is really off
    When the import supplier sends 7.2 Disable Supply
    Then the meter answers with success within 30 seconds
    And the supply state read back is disabled
    And the load current is zero

  @requirement:SMETS-E-121 @requirement:SMETS-E-020 @srv:7.2 @srv:4.1.1
  Scenario: A disabled supply counts no energy
    Given the supply has been disabled
    And the import register has been read
    When 1 hour passes
    Then the import register has not moved

  @requirement:SMETS-E-120 @requirement:SMETS-E-123 @requirement:SMETS-E-128
  @srv:7.1 @srv:7.4 @usecase:ECS42
  Scenario: An enabled supply is really on
    Given the supply has been disabled
    When the import supplier sends 7.1 Enable Supply
    Then the meter answers with success within 30 seconds
    And the supply state read back is enabled
    And the load draws 2.000 kW within 1 %

  @requirement:SMETS-E-122 @requirement:SMETS-E-123 @requirement:SMETS-E-128
  @srv:7.3 @srv:7.4 @usecase:ECS44
  Scenario: An armed supply waits for the consumer
    Given the supply has been disabled
    When the import supplier sends 7.3 Arm Supply
    Then the meter answers with success within 30 seconds
    And the supply state read back is armed
    And the load current is zero

  @requirement:SMETS-E-122 @srv:7.3
  Scenario: An armed supply is reported
    Given the supply has been disabled
    When the import supplier sends 7.3 Arm Supply
    Then the import supplier receives device alert 8F32 within 1 minute

  @requirement:SMETS-E-122 @requirement:SMETS-E-128 @srv:7.3
  Scenario: The consumer closes an armed supply at the meter
    Given the supply has been disabled
    And the supply has been armed
    When the button of the meter is pressed
    Then the supply state read back is enabled
    And the load draws 2.000 kW within 1 %

  @requirement:SMETS-E-122 @requirement:SMETS-E-128
  Scenario: The consumer cannot close a disabled supply
    Given the supply has been disabled
    When the button of the meter is pressed
    Then the supply state read back is disabled
    And the load current is zero
