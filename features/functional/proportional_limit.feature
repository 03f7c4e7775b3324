@scheme:functional @role:IS @device:ESME @bench:every_role
Feature: A load controller limits a proportional controller for a time

  Controller 5 is proportional, with 7.000 kW at its full level. Its supplier sets 50 % for an hour
  from a minute on; a load controller limits it.

  Background:
    Given a commissioned single-phase electricity meter
    And the import supplier has set 6.11 Synchronise Clock
    And the bench's clock has reached 12:00:00
    And the import supplier has set 7.13 Set Auxiliary Controller State

  Rule: A limit takes off what is above it, for its time (SMETS2 5.29.1.1)

    @requirement:SMETS-A-012 @srv:7.16 @usecase:ECS47e
    Scenario Outline: A limit of <limit> % from 10 to 30 minutes: after <span>, <load> kW
      Given the load controller has set 7.16 Limit APC Level with
        | StartDateTime       | in 10 minutes |
        | EndDateTime         | in 30 minutes |
        | CommandedStateLevel | <limit>       |
      When <span> pass
      Then auxiliary load 5 draws <load> kW

      Examples: half of 7 kW is what the supplier wants
        | limit | span       | load  |
        | 20    | 9 minutes  | 3.500 |
        | 20    | 11 minutes | 1.400 |
        | 20    | 29 minutes | 1.400 |
        | 20    | 31 minutes | 3.500 |
        | 80    | 11 minutes | 3.500 |
        | 0     | 11 minutes | 0.000 |

    @requirement:SMETS-A-012 @srv:7.16 @usecase:ECS47e
    Scenario: A later limit takes the place of the one before
      Given the load controller has set 7.16 Limit APC Level with
        | StartDateTime       | in 10 minutes |
        | EndDateTime         | in 30 minutes |
        | CommandedStateLevel | 20            |
      And the load controller has set 7.16 Limit APC Level with
        | StartDateTime       | in 10 minutes |
        | EndDateTime         | in 30 minutes |
        | CommandedStateLevel | 40            |
      When 15 minutes pass
      Then auxiliary load 5 draws 2.800 kW

  Rule: Its end is after its start, by a day at most

    @requirement:SMETS-A-012 @srv:7.16 @usecase:ECS47e
    Scenario Outline: A limit from <start> to <end> is refused, and changes nothing
      When the load controller sends 7.16 Limit APC Level to the meter with
        | StartDateTime       | <start> |
        | EndDateTime         | <end>   |
        | CommandedStateLevel | 20      |
      And 15 minutes pass
      Then the device refuses the command
      And the answer is other-reason from the failing item on
      And auxiliary load 5 draws 3.500 kW

      Examples: the end before the start, at it, and a day and a second after it
        | start         | end                             |
        | in 10 minutes | in 5 minutes                    |
        | in 10 minutes | in 10 minutes                   |
        | in 10 minutes | in 24 hours 10 minutes 1 second |

    @requirement:SMETS-A-012 @srv:7.16 @usecase:ECS47e
    Scenario: A limit for a whole day is taken
      Given the load controller has set 7.16 Limit APC Level with
        | StartDateTime       | in 10 minutes          |
        | EndDateTime         | in 24 hours 10 minutes |
        | CommandedStateLevel | 20                     |
      When 15 minutes pass
      Then auxiliary load 5 draws 1.400 kW

  Rule: The beginning and the end are told, with direction, number and level

    @requirement:SMETS-A-012 @srv:7.16 @usecase:ECS101
    Scenario: A limit that was processed
      When the load controller sets 7.16 Limit APC Level with
        | StartDateTime       | in 10 minutes |
        | EndDateTime         | in 30 minutes |
        | CommandedStateLevel | 20            |
      Then the import supplier receives device alert 8F86 within 1 minute
      And the alert names output of controller 5 and a level of 20 %

    @requirement:SMETS-A-012 @srv:7.16 @usecase:ECS102
    Scenario: A limit that has ended
      Given the load controller has set 7.16 Limit APC Level with
        | StartDateTime       | in 10 minutes |
        | EndDateTime         | in 30 minutes |
        | CommandedStateLevel | 20            |
      When 29 minutes pass
      Then the import supplier receives device alert 8F87 within 2 minutes
      And the alert names output of controller 5 and a level of 50 %

    @requirement:SMETS-A-012 @srv:7.16 @usecase:ECS102
    Scenario: A limit that goes on has no end to tell
      Given the load controller has set 7.16 Limit APC Level with
        | StartDateTime       | in 10 minutes |
        | EndDateTime         | in 30 minutes |
        | CommandedStateLevel | 20            |
      When 25 minutes pass
      Then the import supplier has received no device alert 8F87
