@scheme:functional @role:IS @device:ESME
Feature: A switch that does not do what it is told is reported

  The switches are those of a sample in which a finger reaches their mechanism.

  Background:
    Given a commissioned single-phase electricity meter
    And the import supplier has set 6.11 Synchronise Clock
    And a steady load of 2.000 kW
    And a load of 1.000 kW on auxiliary switch 1

  Rule: The load switch

    @requirement:SMETS-E-124 @requirement:SMETS-E-128 @srv:7.2 @srv:7.4 @usecase:ECS43
    Scenario: A switch that does not open: the command fails, and the supply is read as it is
      Given the load switch is blocked
      When the import supplier sends 7.2 Disable Supply
      Then the device refuses the command
      And the supply state read back is enabled
      And the load draws 2.000 kW within 1 %

    @requirement:SMETS-E-124 @requirement:SMETS-E-128 @srv:7.1 @srv:7.4 @usecase:ECS42
    Scenario: A switch that does not close: the command fails, and the supply is read as it is
      Given the supply has been disabled
      And the load switch is blocked
      When the import supplier sends 7.1 Enable Supply
      Then the device refuses the command
      And the supply state read back is disabled
      And the load current is zero

    @requirement:SMETS-E-124 @srv:7.2 @grade:inferred
    Scenario: A failure to disconnect has its alert
      Given the load switch is blocked
      When the import supplier sends 7.2 Disable Supply
      Then the import supplier receives device alert 81C0 within 1 minute
      And the import supplier has received no device alert 81BD

    @requirement:SMETS-E-124 @srv:7.1 @grade:inferred
    Scenario: A failure to connect has its alert
      Given the supply has been disabled
      And the load switch is blocked
      When the import supplier sends 7.1 Enable Supply
      Then the import supplier receives device alert 81BD within 1 minute
      And the import supplier has received no device alert 81C0

    @requirement:SMETS-E-124 @srv:7.2 @grade:inferred
    Scenario: A switch that does as it is told is no failure
      When the import supplier sends 7.2 Disable Supply
      And 1 minute passes
      Then the import supplier has received no device alert 81C0

  Rule: An auxiliary switch (SMETS2 5.7.5.37)

    @requirement:SMETS-A-004 @srv:7.5 @usecase:ECS47
    Scenario: A switch that does not change is told
      Given auxiliary switch 1 is blocked
      When the import supplier sends 7.5 Activate Auxiliary Load
      Then the import supplier receives device alert 811A within 1 minute
      And auxiliary load 1 draws 0.000 kW

    @requirement:SMETS-A-004 @srv:6.14.2 @usecase:ECS46c
    Scenario: A switch that does not follow its calendar is told
      Given the import supplier has set 7.12 Set Randomised Offset Limit with
        | RandomisedOffsetLimit | 0 |
      And the import supplier has set 6.14.2 Update Device Configuration (Auxiliary Load Control Scheduler)
      And auxiliary switch 1 is blocked
      When the bench's clock reaches 18:01:00
      Then the import supplier has received exactly one device alert 811A

    @requirement:SMETS-A-004 @srv:7.5 @usecase:ECS47
    Scenario: A switch that does not hold is told
      Given the import supplier has set 7.5 Activate Auxiliary Load
      When auxiliary switch 1 is pushed open
      Then the import supplier receives device alert 811A within 1 minute

    @requirement:SMETS-A-004 @srv:7.5 @usecase:ECS47
    Scenario: A switch that follows and holds is not told
      Given the import supplier has set 7.5 Activate Auxiliary Load
      When 40 minutes pass
      Then the import supplier has received no device alert 811A

    @requirement:SMETS-A-004 @srv:7.15 @srv:7.5 @usecase:ECS61e
    Scenario: A switch that did not change is read as it is
      Given auxiliary switch 1 is blocked
      And the import supplier has sent 7.5 Activate Auxiliary Load
      When the import supplier reads 7.15 Read Auxiliary Controller Operational Data
      Then the answer's AuxiliaryControllerOperationalData[1].OutputState is 0
