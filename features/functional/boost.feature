@scheme:functional @role:IS @device:ESME
Feature: The boost button closes auxiliary switches for a while

  Switch 1 and switch 3 are associated with the button, and 1.000 kW hang on each switch. The steps
  of a quarter of an hour, up to an hour, are one maker's.

  Background:
    Given a commissioned single-phase electricity meter
    And the import supplier has set 6.11 Synchronise Clock
    And a load of 1.000 kW on auxiliary switch 1
    And a load of 1.000 kW on auxiliary switch 2
    And a load of 1.000 kW on auxiliary switch 3

  Rule: Only associated switches boost

    Background:
      Given the import supplier has set 7.9 Add Auxiliary Load To Boost Button with
        | AddToBoostButton[2] | false |
        | AddToBoostButton[4] | false |
        | AddToBoostButton[5] | false |

    @requirement:SMETS-A-006 @srv:7.9 @usecase:ECS62
    Scenario Outline: After a press switch <number> carries <load> kW
      When the boost button is pressed
      And 1 second passes
      Then auxiliary load <number> draws <load> kW

      Examples:
        | number | load  |
        | 1      | 1.000 |
        | 2      | 0.000 |
        | 3      | 1.000 |

    @requirement:SMETS-A-006 @srv:7.11 @usecase:ECS61c
    Scenario: The associations are read back
      When the import supplier reads 7.11 Read Boost Button Details
      Then the answer says
        | BoostFunctionAvailability   | true  |
        | BoostFunctionControl1Value  | true  |
        | BoostFunctionControl2Value  | false |
        | BoostFunctionControl3Value  | true  |

    @requirement:SMETS-A-006 @srv:7.10 @usecase:ECS62
    Scenario: A switch that was removed boosts no more
      Given the import supplier has set 7.10 Remove Auxiliary Load From Boost Button with
        | RemoveFromBoostButton[2] | false |
        | RemoveFromBoostButton[3] | false |
        | RemoveFromBoostButton[4] | false |
        | RemoveFromBoostButton[5] | false |
      When the boost button is pressed
      And 1 second passes
      Then auxiliary load 1 draws 0.000 kW
      And auxiliary load 3 draws 1.000 kW

  Rule: A boost lasts a quarter of an hour for each press, at most an hour

    Background:
      Given the import supplier has set 7.9 Add Auxiliary Load To Boost Button with
        | AddToBoostButton[2] | false |
        | AddToBoostButton[4] | false |
        | AddToBoostButton[5] | false |

    @requirement:SMETS-A-005
    Scenario Outline: Pressed <presses> times, after <span>: <load> kW
      Given the boost button is pressed <presses> times
      When <span> pass
      Then auxiliary load 1 draws <load> kW

      Examples: one second on each side of one, two and four steps
        | presses | span                  | load  |
        | 1       | 14 minutes 59 seconds | 1.000 |
        | 1       | 15 minutes 1 second   | 0.000 |
        | 2       | 29 minutes 59 seconds | 1.000 |
        | 2       | 30 minutes 1 second   | 0.000 |
        | 4       | 59 minutes 59 seconds | 1.000 |
        | 4       | 60 minutes 1 second   | 0.000 |

    @requirement:SMETS-A-005
    Scenario: One press more than an hour allows ends it
      When the boost button is pressed 5 times
      And 1 second passes
      Then auxiliary load 1 draws 0.000 kW

    @requirement:SMETS-A-005 @srv:4.1.1 @usecase:ECS17b
    Scenario: A boost counts in the register
      Given the import supplier has read 4.1.1 Read Instantaneous Import Registers
      And the answer's ActiveImportRegister.Value has been noted
      When the boost button is pressed
      And 20 minutes pass
      And the import supplier reads 4.1.1 Read Instantaneous Import Registers
      Then the answer's ActiveImportRegister.Value has risen by 500 within 1

    @requirement:SMETS-A-005
    Scenario: The display says that there is one
      When the boost button is pressed 2 times
      And 10 minutes pass
      Then the display has the sign "boost"
      And the meter shows "boost, minutes left" as "20"

    @requirement:SMETS-A-005 @srv:6.14.2 @usecase:ECS46c
    Scenario Outline: While all that take part are closed there is none: pressed at <time>, <sign> sign
      Given the import supplier has set 7.10 Remove Auxiliary Load From Boost Button with
        | RemoveFromBoostButton[1] | false |
      And the import supplier has set 6.14.2 Update Device Configuration (Auxiliary Load Control Scheduler)
      And the bench's clock has reached <time>
      When the boost button is pressed
      And 1 second passes
      Then the display has <sign> sign "boost"

      Examples: switch 1 alone takes part, and its calendar has it closed from 18:00 to 22:00
        | time     | sign |
        | 17:50:00 | the  |
        | 18:10:00 | no   |
        | 21:50:00 | no   |
        | 22:10:00 | the  |

    @requirement:SMETS-A-005 @requirement:SMETS-A-007
    Scenario: A boost goes on after an outage
      Given the boost button is pressed 2 times
      When the supply is interrupted for 5 minutes
      Then auxiliary load 1 draws 1.000 kW

    @requirement:SMETS-A-005 @requirement:SMETS-A-007
    Scenario: A boost that ended in an outage is over
      Given the boost button is pressed 1 times
      When the supply is interrupted for 20 minutes
      Then auxiliary load 1 draws 0.000 kW

  Rule: Each boost is in its log

    Background:
      Given the import supplier has set 7.9 Add Auxiliary Load To Boost Button

    @requirement:SMETS-A-011 @srv:7.11 @usecase:ECS61c
    Scenario: With start and end
      Given the bench's clock has reached 10:00:00
      And the boost button is pressed 2 times
      When 1 hour passes
      And the import supplier reads 7.11 Read Boost Button Details
      Then the answer has 1 EventLogEntry
      And the answer's EventLogEntry[-1].BoostStart is that of today at 10:00:00
      And the answer's EventLogEntry[-1].BoostEnd is that of today at 10:30:00

    @requirement:SMETS-A-011 @srv:7.11 @usecase:ECS61c
    Scenario: The log holds the last 25
      Given 26 boosts that were cancelled a minute after they had begun
      When the import supplier reads 7.11 Read Boost Button Details
      Then the answer has 25 EventLogEntry
      And the answer's EventLogEntry[-1].BoostEnd is the time of the bench within 1 minute
