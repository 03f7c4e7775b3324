@scheme:functional @role:IS @device:ESME
Feature: Tampering is seen, said, and answered

  Background:
    Given a commissioned single-phase electricity meter
    And the import supplier has set 6.11 Synchronise Clock

  Rule: Every cover and a magnet are watched

    @requirement:SMETS-E-180 @usecase:ECS100
    Scenario Outline: <interference>: alert <alert> and a trace in the security log
      When somebody tampers with the meter: <interference>
      And 1 minute passes
      Then the import supplier has received exactly one device alert <alert>
      And the Security log has an entry <alert> of the last 2 minutes

      Examples: each sensor
        | interference                  | alert |
        | battery cover removed         | 8F73  |
        | meter cover removed           | 8F74  |
        | strong magnetic field         | 8F75  |
        | terminal cover removed        | 8F76  |
        | second terminal cover removed | 8F77  |
        | another interference          | 8F78  |
        | case opened                   | 8F3F  |

    @requirement:SMETS-E-180 @srv:6.13 @usecase:ECS35a
    Scenario Outline: The end of <interference> is in the event log as <code>
      Given tampering: <interference>
      And 5 minutes pass
      When the tampering ends: <interference>
      And 10 seconds pass
      Then the Event log has an entry <code> of the last minute

      Examples: those whose end has a code
        | interference           | code |
        | battery cover removed  | 81A1 |
        | meter cover removed    | 81B9 |
        | strong magnetic field  | 81BC |
        | terminal cover removed | 81C1 |

    @requirement:SMETS-E-180 @usecase:ECS100
    Scenario: Each opening is reported
      Given tampering: terminal cover removed
      And 1 minute passes
      When the tampering ends: terminal cover removed
      And somebody tampers with the meter: terminal cover removed
      And 1 minute passes
      Then the import supplier has received 2 device alerts 8F76

    @requirement:SMETS-E-180 @usecase:ECS100
    Scenario: A cover that was taken off without supply is reported when the supply is back
      When the supply is lost
      And somebody tampers with the meter: terminal cover removed
      And the supply is 230 V for 2 minutes
      Then the import supplier has received exactly one device alert 8F76

    @requirement:SMETS-E-181 @srv:6.13 @usecase:ECS35a
    Scenario: The removal of the hub is in the event log
      When somebody tampers with the meter: communications hub taken off
      And 1 minute passes
      Then the Event log has an entry 81A3 of the last 2 minutes

    @requirement:SMETS-E-181 @srv:6.13 @usecase:ECS35a
    Scenario: So is its return
      Given tampering: communications hub taken off
      And 1 minute passes
      When the tampering ends: communications hub taken off
      And 1 minute passes
      Then the Event log has an entry 81A2 of the last 2 minutes

  Rule: The supply is locked where the supplier said so (SMETS2 5.7.4.45)

    @requirement:SMETS-E-126 @requirement:SMETS-E-127 @srv:6.25 @usecase:ECS81
    Scenario Outline: Locked: <interference> cuts the supply
      Given the import supplier has set 6.25 Set Electricity Supply Tamper State with
        | SupplyTamperState | Locked |
      And a steady load of 2.000 kW
      When somebody tampers with the meter: <interference>
      And 10 seconds pass
      Then the load current is zero
      And the supply state read back is disabled

      Examples: covers and a magnet
        | interference           |
        | meter cover removed    |
        | terminal cover removed |
        | strong magnetic field  |

    @requirement:SMETS-E-126 @srv:6.25 @usecase:ECS81
    Scenario: Locked: the lock is reported
      Given the import supplier has set 6.25 Set Electricity Supply Tamper State with
        | SupplyTamperState | Locked |
      When somebody tampers with the meter: terminal cover removed
      And 1 minute passes
      Then the import supplier has received exactly one device alert 81BE

    @requirement:SMETS-E-126 @requirement:SMETS-E-128 @srv:6.25 @usecase:ECS81
    Scenario: Locked: closing the cover and pressing the button do not bring the supply back
      Given the import supplier has set 6.25 Set Electricity Supply Tamper State with
        | SupplyTamperState | Locked |
      And a steady load of 2.000 kW
      And tampering: terminal cover removed
      When the tampering ends: terminal cover removed
      And the button of the meter is pressed
      Then the load current is zero
      And the supply state read back is disabled

    @requirement:SMETS-E-126 @srv:6.25 @srv:7.1 @usecase:ECS81 @usecase:ECS42
    Scenario: Locked: the supplier frees the supply
      Given the import supplier has set 6.25 Set Electricity Supply Tamper State with
        | SupplyTamperState | Locked |
      And a steady load of 2.000 kW
      And tampering: terminal cover removed
      And 1 minute passes
      When the import supplier sets 7.1 Enable Supply
      Then the supply state read back is enabled
      And the load draws 2.000 kW within 1 %

    @requirement:SMETS-E-127 @requirement:SMETS-E-128 @srv:6.25 @usecase:ECS81
    Scenario: Unchanged: the supply stays on
      Given the import supplier has set 6.25 Set Electricity Supply Tamper State with
        | SupplyTamperState | Locked |
      And the import supplier has set 6.25 Set Electricity Supply Tamper State with
        | SupplyTamperState | Unchanged |
      And a steady load of 2.000 kW
      When somebody tampers with the meter: terminal cover removed
      And 1 minute passes
      Then the import supplier has received exactly one device alert 8F76
      And the load draws 2.000 kW within 1 %
      And the supply state read back is enabled
      And the import supplier has received no device alert 81BE
