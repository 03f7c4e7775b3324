@scheme:functional @role:IS @device:ESME
Feature: Auxiliary controllers follow their calendar, and commands for a time

  1.000 kW hang on switch 1, which the calendar of these scenarios closes from 18:00 to 22:00 UTC
  each day. Controller 5 is proportional, with 7.000 kW at its full level.

  Background:
    Given a commissioned single-phase electricity meter
    And the import supplier has set 6.11 Synchronise Clock
    And a load of 1.000 kW on auxiliary switch 1

  Rule: What controllers there are can be read (SMETS2 5.7.4.5)

    @requirement:SMETS-A-001 @srv:7.15 @usecase:ECS61e
    Scenario: Types of the five controllers
      When the import supplier reads 7.15 Read Auxiliary Controller Operational Data
      Then the answer says
        | AuxiliaryControllerOperationalData[1].AuxiliaryControllerType | ALCS |
        | AuxiliaryControllerOperationalData[4].AuxiliaryControllerType | ALCS |
        | AuxiliaryControllerOperationalData[5].AuxiliaryControllerType | APC  |

    @requirement:SMETS-A-001 @srv:7.7 @usecase:ECS61a
    Scenario: The switches among them, and their state
      Given the import supplier has set 7.5 Activate Auxiliary Load
      When the import supplier reads 7.7 Read Auxiliary Load Switch Data
      Then the answer says
        | AuxiliaryLoadControlSwitch[1].TypeAndIdentifier.ALCS | true  |
        | AuxiliaryLoadControlSwitch[4].TypeAndIdentifier.ALCS | true  |
        | AuxiliaryLoadControlSwitch[1].State                  | true  |
        | AuxiliaryLoadControlSwitch[2].State                  | false |
      And the answer has no AuxiliaryLoadControlSwitch[5].TypeAndIdentifier

    @requirement:SMETS-A-002 @srv:6.14.1 @srv:7.14 @usecase:ECS46a @usecase:ECS61d
    Scenario: A description of 22 characters
      Given the import supplier has set 6.14.1 Update Device Configuration (Auxiliary Load Control Description) with
        | ALCSHCALCSDescription[1].SwitchDescription | Immersion heater above |
      When the import supplier reads 7.14 Read Auxiliary Controller Configuration Data
      Then the answer's AuxiliaryControllerDescription[1].AuxiliaryControlDescription is Immersion heater above

    @requirement:SMETS-A-001 @srv:7.15 @srv:7.5 @usecase:ECS61e
    Scenario Outline: The state of switch <number> is read
      Given the import supplier has set 7.5 Activate Auxiliary Load
      When the import supplier reads 7.15 Read Auxiliary Controller Operational Data
      Then the answer's AuxiliaryControllerOperationalData[<number>].OutputState is <state>

      Examples: in per cent
        | number | state |
        | 1      | 100   |
        | 2      | 0     |

  Rule: The calendar switches (SMETS2 5.7.4.4)

    Background:
      Given the import supplier has set 6.14.2 Update Device Configuration (Auxiliary Load Control Scheduler)

    @requirement:SMETS-A-003 @srv:6.14.2 @usecase:ECS46c
    Scenario Outline: At <time> the load draws <load> kW
      When the bench's clock reaches <time>
      Then auxiliary load 1 draws <load> kW

      Examples: two minutes on each side of each switch, and twenty for the randomised offset
        | time     | load  |
        | 17:58:00 | 0.000 |
        | 18:32:00 | 1.000 |
        | 21:58:00 | 1.000 |
        | 22:32:00 | 0.000 |

    @requirement:SMETS-A-003 @srv:6.14.2 @srv:7.12 @usecase:ECS46c @usecase:ECS38
    Scenario Outline: Without a randomised offset, at <time>: <load> kW
      Given the import supplier has set 7.12 Set Randomised Offset Limit with
        | RandomisedOffsetLimit | 0 |
      When the bench's clock reaches <time>
      Then auxiliary load 1 draws <load> kW

      Examples: two seconds on each side
        | time     | load  |
        | 17:59:58 | 0.000 |
        | 18:00:02 | 1.000 |
        | 21:59:58 | 1.000 |
        | 22:00:02 | 0.000 |

    @requirement:SMETS-A-003 @srv:6.14.2 @srv:7.7 @usecase:ECS61a
    Scenario: The calendar is read back
      When the import supplier reads 7.7 Read Auxiliary Load Switch Data
      Then the answer has 2 ALCSScheduler
      And the answer says
        | ALCSScheduler[1].ActivateDeactivateSwitch.ActivateSwitch   | true     |
        | ALCSScheduler[1].ALCSScheduleDatesAndTime.SwitchTime       | 18:00:00 |
        | ALCSScheduler[2].ActivateDeactivateSwitch.DeactivateSwitch | true     |
        | ALCSScheduler[2].ALCSScheduleDatesAndTime.SwitchTime       | 22:00:00 |

    @requirement:SMETS-A-003 @srv:6.14.2 @usecase:ECS46c
    Scenario: It comes back each day
      Given the bench's clock has reached 20:00:00
      When 3 days pass
      Then auxiliary load 1 draws 1.000 kW

    @requirement:SMETS-A-003 @requirement:SMETS-A-010 @srv:6.13 @usecase:ECS35f
    Scenario: Each switch of the calendar is in the controllers' log
      Given the bench's clock has reached 23:00:00
      When the import supplier reads 6.13 Read Event Or Security Log with
        | LogToRead | ALCSEvent |
      Then the answer has 2 ALCSEventLogEntry
      And the answer says
        | ALCSEventLogEntry[-2].SwitchNumber | 1       |
        | ALCSEventLogEntry[-2].SwitchAction | On      |
        | ALCSEventLogEntry[-2].Outcome      | Success |
        | ALCSEventLogEntry[-1].SwitchNumber | 1       |
        | ALCSEventLogEntry[-1].SwitchAction | Off     |
        | ALCSEventLogEntry[-1].Outcome      | Success |

    @requirement:SMETS-A-007
    Scenario Outline: An outage over the switch at <hour> UTC leaves the load at <load> kW
      Given the bench's clock has reached <time>
      When the supply is interrupted for 2 hours
      Then auxiliary load 1 draws <load> kW

      Examples: the first and the second
        | hour | time     | load  |
        | six  | 17:30:00 | 1.000 |
        | ten  | 21:30:00 | 0.000 |

  Rule: A command holds for its time and then the calendar does (SMETS2 5.6.3.1)

    Background:
      Given the import supplier has set 6.14.2 Update Device Configuration (Auxiliary Load Control Scheduler)

    @requirement:SMETS-A-003 @srv:7.5 @usecase:ECS47
    Scenario Outline: On for half an hour: after <span>, <load> kW
      Given the bench's clock has reached 12:00:00
      And the import supplier has set 7.5 Activate Auxiliary Load
      When <span> pass
      Then auxiliary load 1 draws <load> kW

      Examples: half a minute before, and a minute after
        | span       | load  |
        | 1 second   | 1.000 |
        | 29 minutes | 1.000 |
        | 31 minutes | 0.000 |

    @requirement:SMETS-A-003 @srv:7.6 @usecase:ECS47
    Scenario Outline: Off for half an hour: after <span>, <load> kW
      Given the bench's clock has reached 20:00:00
      And the import supplier has set 7.6 Deactivate Auxiliary Load
      When <span> pass
      Then auxiliary load 1 draws <load> kW

      Examples:
        | span       | load  |
        | 1 second   | 0.000 |
        | 29 minutes | 0.000 |
        | 31 minutes | 1.000 |

    @requirement:SMETS-A-003 @srv:7.5 @usecase:ECS47
    Scenario: The calendar does not end a command
      Given the import supplier has set 7.12 Set Randomised Offset Limit with
        | RandomisedOffsetLimit | 0 |
      And the bench's clock has reached 21:45:00
      And the import supplier has set 7.5 Activate Auxiliary Load
      When 20 minutes pass
      Then auxiliary load 1 draws 1.000 kW

    @requirement:SMETS-A-003 @srv:7.8 @usecase:ECS47
    Scenario: A reset goes back to the calendar
      Given the bench's clock has reached 12:00:00
      And the import supplier has set 7.5 Activate Auxiliary Load
      When the import supplier sets 7.8 Reset Auxiliary Load
      And 1 second passes
      Then auxiliary load 1 draws 0.000 kW

    @requirement:SMETS-A-013 @srv:7.5 @srv:7.6 @usecase:ECS47
    Scenario: The later command counts
      Given the bench's clock has reached 12:00:00
      And the import supplier has set 7.5 Activate Auxiliary Load
      When the import supplier sets 7.6 Deactivate Auxiliary Load
      And 1 second passes
      Then auxiliary load 1 draws 0.000 kW

    @requirement:SMETS-A-013 @srv:7.9 @srv:7.6 @usecase:ECS47
    Scenario: A boost after a command counts
      Given the import supplier has set 7.9 Add Auxiliary Load To Boost Button
      And the bench's clock has reached 12:00:00
      And the import supplier has set 7.6 Deactivate Auxiliary Load
      And 1 minute passes
      When the boost button is pressed
      Then auxiliary load 1 draws 1.000 kW

    @requirement:SMETS-A-013 @srv:7.9 @srv:7.6 @usecase:ECS47
    Scenario: A command after a boost counts
      Given the import supplier has set 7.9 Add Auxiliary Load To Boost Button
      And the bench's clock has reached 12:00:00
      And the boost button is pressed
      And 1 minute passes
      When the import supplier sets 7.6 Deactivate Auxiliary Load
      Then auxiliary load 1 draws 0.000 kW

    @requirement:SMETS-A-007 @srv:7.5 @usecase:ECS47
    Scenario: A command goes on after an outage
      Given the bench's clock has reached 12:00:00
      And the import supplier has set 7.5 Activate Auxiliary Load
      When the supply is interrupted for 5 minutes
      Then auxiliary load 1 draws 1.000 kW

    @requirement:SMETS-A-010 @srv:6.13 @usecase:ECS35f
    Scenario: A command is in the controllers' log
      Given the bench's clock has reached 12:00:00
      And the import supplier has set 7.5 Activate Auxiliary Load
      When the import supplier reads 6.13 Read Event Or Security Log with
        | LogToRead | ALCSEvent |
      Then the answer says
        | ALCSEventLogEntry[-1].SwitchNumber | 1       |
        | ALCSEventLogEntry[-1].SwitchAction | On      |
        | ALCSEventLogEntry[-1].Outcome      | Success |
      And the answer's ALCSEventLogEntry[-1].Timestamp is the time of the bench within 1 minute

  Rule: A proportional controller follows levels, and a network operator's or supplier's limit

    @requirement:SMETS-A-003 @srv:7.13 @usecase:ECS47a
    Scenario Outline: A level of 50 % for an hour from a minute on: after <span>, <load> kW
      Given the import supplier has set 7.13 Set Auxiliary Controller State
      When <span> pass
      Then auxiliary load 5 draws <load> kW

      Examples:
        | span                 | load  |
        | 30 seconds           | 0.000 |
        | 2 minutes            | 3.500 |
        | 60 minutes           | 3.500 |
        | 62 minutes           | 0.000 |

    @requirement:SMETS-A-003 @srv:7.13 @usecase:ECS47a
    Scenario: A level of 30 %
      Given the import supplier has set 7.13 Set Auxiliary Controller State with
        | CommandedStateLevel | 30 |
      When 2 minutes pass
      Then auxiliary load 5 draws 2.100 kW
