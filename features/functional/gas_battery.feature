@scheme:functional @role:GS @device:GSME @bench:every_role
Feature: The battery of a gas meter is watched by the meter itself

  Background:
    Given a commissioned gas meter that the gas proxy mirrors

  Rule: What happens to it is reported (SMETS2 4.6.5.16)

    @requirement:SMETS-G-013
    Scenario: A new battery is reported
      When a fresh battery is fitted into the gas meter
      Then the gas supplier receives device alert 8F82 within 31 minutes

    @requirement:SMETS-G-013
    Scenario Outline: The battery cover that is <change> is reported
      Given the battery cover of the gas meter has been opened
      And 31 minutes pass
      When the battery cover of the gas meter is closed
      Then the gas supplier receives device alert <code> within 31 minutes

      Examples: alerts
        | change | code |
        | opened | 8F73 |
        | closed | 81A1 |

    @requirement:SMETS-G-022 @srv:7.4 @usecase:GCS33
    Scenario: The remaining capacity is that of the battery, in days
      Given a battery of 1000 mAh has been fitted into the gas meter
      And 10 days pass
      When the gas supplier reads 7.4 Read Supply Status of the gas meter
      Then the remaining days are those of the charge that is left, within 10 %

    @requirement:SMETS-G-022 @srv:7.4 @usecase:GCS33
    Scenario: A new battery counts from its own beginning
      Given a battery of 200 mAh has been fitted into the gas meter
      And 5 days pass
      And a fresh battery has been fitted into the gas meter
      And 3 days pass
      When the gas supplier reads 7.4 Read Supply Status of the gas meter
      Then the remaining days are those of the charge that is left, within 10 %

  Rule: What each service costs (inferred)

    @requirement:SMETS-G-014 @srv:7.2 @srv:7.3 @usecase:GCS32
    Scenario: A move of the valve is paid for once
      Given gas appliances that draw 1.5 m3/h
      And the battery has been put on the analyser
      When the gas supplier sets 7.2 Disable Supply of the gas meter
      Then the analyser has seen 1 valve move and 1 command

    @requirement:SMETS-G-014
    Scenario: A quiet day is 48 wakes
      Given the battery has been put on the analyser
      When 1 day passes
      Then the analyser has seen 48 wakes, each with a poll, and no command
      And the day has taken at most 5 mAh
