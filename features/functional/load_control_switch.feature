@scheme:functional @role:IS @device:HCALCS
Feature: A load control switch does what its meter says, and is safe when it hears nothing

  Background:
    Given a commissioned single-phase electricity meter
    And a load control switch with a load of 1500 W

  Rule: It asks the meter for its state (HECS01)

    @requirement:SMETS-H-001 @usecase:HECS01
    Scenario: The request is in the meter's event log
      When 16 minutes pass
      Then the meter's event log ends with 8154 of HECS01

    @requirement:SMETS-H-001 @srv:7.5 @usecase:HECS01
    Scenario: After an interruption it asks, and is where it was
      Given the import supplier has set 7.5 Activate Auxiliary Load
      When the supply is interrupted for 2 minutes
      Then the switched load draws 1500 W

  Rule: It follows the meter, and the contacts follow it

    @requirement:SMETS-H-004 @srv:7.5 @usecase:ECS47
    Scenario: A load that nobody has switched on draws nothing
      Then the switched load draws 0 W

    @requirement:SMETS-H-004 @srv:7.5 @usecase:ECS47
    Scenario: Switched on, the load draws its power
      When the import supplier sets 7.5 Activate Auxiliary Load
      And 5 seconds pass
      Then the switched load draws 1500 W

    @requirement:SMETS-H-002 @srv:7.6 @usecase:ECS47
    Scenario: Switched off, the load draws nothing
      Given the import supplier has set 7.5 Activate Auxiliary Load
      When the import supplier sets 7.6 Deactivate Auxiliary Load
      And 5 seconds pass
      Then the switched load draws 0 W

    @requirement:SMETS-H-002 @srv:7.5 @usecase:ECS47
    Scenario Outline: A command for 30 minutes: after <span> the load draws <watts> W
      Given the import supplier has set 7.5 Activate Auxiliary Load
      When <span> pass
      Then the switched load draws <watts> W

      Examples: on both sides of its end
        | span       | watts |
        | 29 minutes | 1500  |
        | 50 minutes | 0     |

  Rule: Without its meter it is open (H-002, inferred)

    @requirement:SMETS-H-002 @srv:7.5
    Scenario Outline: <span> after it was cut off from the meter it draws <watts> W
      Given the import supplier has set 7.5 Activate Auxiliary Load with
        | ActivateALCSHCALCS.Duration | 1440 |
      And 5 seconds pass
      When the load control switch is put into a shielded box
      And <span> pass
      Then the switched load draws <watts> W

      Examples: it is patient for an hour
        | span       | watts |
        | 30 minutes | 1500  |
        | 62 minutes | 0     |

    @requirement:SMETS-H-002 @srv:7.5
    Scenario: The meter tells of a command that the switch did not get
      Given the load control switch is in a shielded box
      When the import supplier sets 7.5 Activate Auxiliary Load
      Then the import supplier receives device alert 811A within 5 minutes

    @requirement:SMETS-H-003 @srv:7.5
    Scenario: When it hears the meter again it follows it again
      Given the import supplier has set 7.5 Activate Auxiliary Load with
        | ActivateALCSHCALCS.Duration | 1440 |
      And the load control switch is in a shielded box
      And 2 hours pass
      When the load control switch is taken out of the box
      And 2 minutes pass
      Then the switched load draws 1500 W
