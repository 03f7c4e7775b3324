@scheme:end_to_end @role:IS @device:ESME
Feature: A meter changes hands between two suppliers

  The registration data change first; then the gaining supplier has its credentials placed on
  the meter by the change of supplier party.

  Background:
    Given a commissioned single-phase electricity meter
    And the import supplier has set 6.11 Synchronise Clock

  @requirement:SMETS-E-200 @srv:6.23 @srv:6.24.1
  Scenario: The gaining supplier's credentials are on the meter
    Given the other supplier has been registered for the meter
    When the other supplier takes over the meter
    Then the meter holds the credentials of the other supplier as its supplier

  @requirement:SMETS-E-200 @srv:6.23 @srv:7.2 @srv:7.4
  Scenario: The gaining supplier commands the meter
    Given the other supplier has been registered for the meter
    And the other supplier has taken over the meter
    When the other supplier sets 7.2 Disable Supply
    And the other supplier reads 7.4 Read Supply Status
    Then the load current is zero

  @requirement:SMETS-E-204 @srv:6.23
  Scenario: The losing supplier is told
    Given the other supplier has been registered for the meter
    When the other supplier takes over the meter
    Then the import supplier receives DCC alert N27 within 1 minute

  @requirement:DUIS-7-RESPONSIBLE @srv:6.23 @srv:4.1.1
  Scenario: The losing supplier reads no more
    Given the other supplier has been registered for the meter
    And the other supplier has taken over the meter
    When the import supplier sends 4.1.1 Read Instantaneous Import Registers
    Then the DCC refuses with E4

  @requirement:SMETS-E-200 @srv:6.23
  Scenario: Nobody takes over a meter that is not registered to him
    When the other supplier asks to take over the meter
    Then the DCC refuses with E4

  @requirement:SMETS-E-202 @srv:6.23 @srv:7.2
  Scenario: A command of the losing supplier that is still on its way fails at the meter
    Given a steady load of 1.000 kW
    And the import supplier has set 7.2 Disable Supply
    And the import supplier has set 7.1 Enable Supply
    And the other supplier has been registered for the meter
    And the other supplier has taken over the meter
    When the captured command of 7.2 is sent to the meter again
    Then the meter does not answer within 1 minute
    And the load draws 1.000 kW within 2 %
