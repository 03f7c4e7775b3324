@scheme:functional @device:ESME
Feature: The meter survives a loss of supply

  A meter bills from its registers and answers for the supply: no interruption may move either.

  Background:
    Given a commissioned single-phase electricity meter
    And a steady load of 2.000 kW

  Rule: No energy is lost or invented

    @requirement:SMETS-E-104 @requirement:SMETS-E-020 @srv:4.1.1 @usecase:ECS17b
    Scenario Outline: Supply is lost for <outage>
      Given 30 minutes pass
      And the import register has been read
      When the supply is interrupted for <outage>
      Then the import register has not decreased
      And the import register agrees with the energy delivered within 1 Wh

      Examples: interruptions the meter must ride through
        | outage    |
        | 20 ms     |
        | 1 second  |
        | 5 minutes |
        | 3 hours   |

  Rule: The state before the outage is the state after it

    @requirement:SMETS-E-104 @srv:7.2 @usecase:ECS43
    Scenario: A disabled supply stays disabled
      Given the supply has been disabled
      When the supply is interrupted for 5 minutes
      Then the supply state read back is disabled
      And the load current is zero

    @requirement:SMETS-E-104 @srv:6.24.1 @usecase:CS02a
    Scenario: Credentials and replay counters stay
      Given the meter's credentials and counters have been read
      When the supply is interrupted for 5 minutes
      Then the meter's credentials and counters are unchanged

    @requirement:SMETS-E-104 @srv:6.2.1 @usecase:ECS26b
    Scenario: The voltage configuration stays
      Given voltage monitors set to
        | AverageRMSOverVoltageThreshold  | 249 |
        | RMSExtremeOverVoltageThreshold  | 259 |
      And the meter's voltage configuration has been read
      When the supply is interrupted for 5 minutes
      Then the meter's voltage configuration is unchanged

  Rule: The restoration is reported to the network operator with both times

    @requirement:SMETS-E-101 @requirement:SMETS-E-102 @requirement:SMETS-E-103 @usecase:ECS80
    Scenario Outline: Restoration after <outage> is reported as <alert>
      When the supply is interrupted for <outage>
      Then the electricity distributor receives device alert <alert> within 2 minutes
      And the alert names the start and the end of the outage within 2 seconds

      Examples: on both sides of three minutes
        | outage               | alert |
        | 30 seconds           | 8F35  |
        | 2 minutes 59 seconds | 8F35  |
        | 3 minutes 1 second   | 8F36  |
        | 1 hour               | 8F36  |

    @requirement:SMETS-E-101 @requirement:SMETS-E-102 @usecase:ECS80
    Scenario: The restoration is reported once
      When the supply is interrupted for 5 minutes
      And 10 minutes pass
      Then the electricity distributor has received device alert 8F36 once

    @requirement:SMETS-E-100 @srv:6.13
    Scenario: Loss and restoration are in the power event log
      When the supply is interrupted for 5 minutes
      Then the PowerEvent log has an entry 8F57 of the last 6 minutes
      And the PowerEvent log has an entry 8F36 of the last minute

    @requirement:SMETS-E-106 @srv:6.13
    Scenario: A cut that the meter bridges leaves no trace
      When the supply is interrupted for 20 ms
      Then the PowerEvent log holds no entries 8F57
      And the electricity distributor has received no device alert 8F35

    @requirement:SMETS-E-103 @srv:6.13
    Scenario: Each of several short cuts is reported
      Given the supply was interrupted for 1 minute
      When the supply is interrupted for 1 minute
      And 1 minute passes
      Then the PowerEvent log holds 2 entries 8F57
      And the electricity distributor has received 2 device alerts 8F35

  Rule: A meter without supply is silent

    @requirement:SMETS-E-100 @requirement:DUIS-9-NO-RESPONSE @srv:7.4
    Scenario: A request during an outage is not answered, and the DCC says so
      When the supply is lost
      And the import supplier sends 7.4 Read Supply Status
      Then the meter does not answer within 60 seconds
      And the import supplier receives DCC alert N12 or N13 within 30 minutes

  Rule: Nothing is lost over many interruptions

    @requirement:SMETS-E-105 @srv:4.1.1 @srv:4.8.1 @srv:6.13
    Scenario: No register goes back and no entry is missing
      Given the bench's clock has reached 00:10:00
      When the supply is cut as often as the plan asks, at random moments
      And the import supplier reads 4.8.1 Read Active Import Profile Data with
        | ReadLogPeriod.StartDateTime | 12 hours ago |
      Then the times of the answer's LogEntry are 30 minutes apart
      And the import register has not gone back at any of them
      And the power event log holds each of them, or the last ones that it has room for
