@scheme:functional @role:IS @device:ESME
Feature: The meter keeps the time

  Background:
    Given a commissioned single-phase electricity meter

  @requirement:SMETS-E-001 @srv:4.1.1 @usecase:ECS17b
  Scenario: A week later the clock is within 10 seconds of UTC
    When 7 days pass
    Then the time in the meter's response header is within 10 seconds of the bench's clock

  @requirement:SMETS-E-004 @requirement:SMETS-C-004 @requirement:GBCS-9.5-SET-CLOCK @srv:6.11 @usecase:ECS70
  Scenario: The clock is set when the hub's time lies in the window
    When the import supplier sends 6.11 Synchronise Clock
    Then the meter answers with success within 30 seconds
    And the meter states a reliable time within 10 seconds of the bench's clock

  @requirement:SMETS-E-004 @srv:6.11 @srv:6.13
  Scenario: A clock that was set is in the event log
    When the import supplier sends 6.11 Synchronise Clock
    Then the meter answers with success within 30 seconds
    And the Event log has an entry 8145 of the last minute

  @requirement:SMETS-E-005 @srv:6.11 @usecase:ECS70
  Scenario: The clock is not set when the hub's time lies outside the window
    When the import supplier sends 6.11 Synchronise Clock for a time 1 day ago
    Then the meter does not state a reliable time in its answer
    And the time in the meter's response header is within 10 seconds of the bench's clock

  Rule: A small difference from the network is corrected in silence, a large one told

    @requirement:SMETS-E-002 @srv:4.1.1
    Scenario Outline: A difference of <span> <way> is corrected
      Given the import supplier has set 6.11 Synchronise Clock
      And the network's time is <span> <way>
      When 3 days pass
      Then the meter's clock is <span> <way> within 2 seconds
      And the import supplier has received no device alert 8F0C
      And the Event log has no entry 8145 of the last 2 days
      And the Security log has no entry 8F0C of the last 3 days

      Examples:
        | span      | way    |
        | 9 seconds | ahead  |
        | 9 seconds | behind |
        | 2 seconds | behind |

    @requirement:SMETS-E-003 @srv:4.1.1 @srv:6.13
    Scenario Outline: A difference of <span> <way> is left alone and told once
      Given the import supplier has set 6.11 Synchronise Clock
      And the network's time is <span> <way>
      When 3 days pass
      Then the meter's clock is right within 2 seconds
      And the import supplier has received exactly one device alert 8F0C
      And the Security log holds 1 entry 8F0C

      Examples:
        | span       | way    |
        | 11 seconds | ahead  |
        | 11 seconds | behind |
        | 2 hours    | behind |

    @requirement:SMETS-E-003 @srv:4.1.1
    Scenario: A difference that comes back is told again
      Given the import supplier has set 6.11 Synchronise Clock
      And the network's time is 20 seconds ahead
      And 2 days pass
      And the network's time is 0 seconds ahead
      And 2 days pass
      And the network's time is 20 seconds behind
      When 2 days pass
      Then the import supplier has received 2 device alerts 8F0C

  Rule: The time has a status (SMETS2 5.5.1)

    @requirement:SMETS-E-008 @srv:6.11 @usecase:ECS70 @grade:inferred
    Scenario Outline: A clock that was right and <what> states <status>
      When the import supplier sends 6.11 Synchronise Clock to the meter with
        | CurrentDateTime | <time> |
      Then the answer's TimeStatus is <status>
      And the answer's DeviceTime is the time of the bench within 10 seconds

      Examples:
        | what                        | time         | status     |
        | is set again                | in 0 seconds | reliable   |
        | is told a time of the past  | 1 day ago    | unreliable |
        | is told a time to come      | in 1 day     | unreliable |

    @requirement:SMETS-E-008 @srv:6.11 @usecase:ECS70 @grade:inferred
    Scenario: A clock that could not be set and then is, is reliable again
      When the import supplier sends 6.11 Synchronise Clock for a time 1 day ago
      And 1 minute passes
      And the import supplier sets 6.11 Synchronise Clock
      Then the answer's TimeStatus is reliable

  Rule: A read of the clock is UTC, and a senseless window sets nothing (SMETS2 5.6.3.32)

    @requirement:SMETS-E-011 @srv:6.11 @usecase:ECS70
    Scenario: In summer it states UTC
      Given voltage monitors set to
        | AverageRMSVoltageMeasurementPeriod | 43200 |
      And 150 days pass
      When the import supplier sets 6.11 Synchronise Clock
      Then the answer's DeviceTime is the time of the bench within 10 seconds

    @requirement:SMETS-E-011 @srv:6.11 @usecase:ECS70
    Scenario Outline: A window <where> leaves the clock alone
      Given the import supplier has set 6.11 Synchronise Clock
      And the network's time is 20 minutes ahead
      When the import supplier sends 6.11 Synchronise Clock to the meter with
        | CurrentDateTime | <time> |
      And 1 minute passes
      Then the meter's clock is right within 10 seconds

      Examples:
        | where       | time      |
        | of the past | 1 day ago |
        | to come     | in 1 day  |

    @requirement:SMETS-E-011 @usecase:ECS70
    Scenario: A window that ends before it starts leaves the clock alone
      Given the import supplier has set 6.11 Synchronise Clock
      And the network's time is 20 minutes ahead
      When a Set Clock whose window ends before it starts is sent to the meter
      Then the meter's clock is right within 10 seconds

  Rule: Nothing is missed or done twice when the clock is set

    @requirement:SMETS-E-007 @srv:6.11 @srv:4.1.2 @usecase:ECS70
    Scenario: A switch of the tariff that the clock jumps over is made
      Given the import supplier has set 6.11 Synchronise Clock
      And the import supplier has set 1.1.1 Update Import Tariff (Primary Element)
      And a steady load of 2.000 kW
      And the bench's clock has reached 06:50:00
      And the network's time is 20 minutes ahead
      And the import supplier has read 4.1.2 Read Instantaneous Import TOU Matrices
      And the answer's TOUPrimaryRegisterValue[1] has been noted
      When the import supplier sets 6.11 Synchronise Clock with
        | CurrentDateTime | in 20 minutes |
      And 30 minutes pass
      And the import supplier reads 4.1.2 Read Instantaneous Import TOU Matrices
      Then the answer's TOUPrimaryRegisterValue[1] has risen by 1000 within 20

    @requirement:SMETS-E-007 @srv:6.11 @srv:4.8.1 @usecase:ECS70
    Scenario: A half hour that comes twice is entered once
      Given the import supplier has set 6.11 Synchronise Clock
      And the bench's clock has reached 07:05:00
      And the network's time is 20 minutes behind
      When the import supplier sets 6.11 Synchronise Clock with
        | CurrentDateTime | 20 minutes ago |
      And 30 minutes pass
      And the import supplier reads 4.8.1 Read Active Import Profile Data with
        | ReadLogPeriod.StartDateTime | today at 06:30:00 |
        | ReadLogPeriod.EndDateTime   | today at 07:00:00 |
      Then the answer has 2 LogEntry

    @requirement:SMETS-E-007 @srv:6.11 @srv:6.8 @usecase:ECS70
    Scenario: The end of a billing period that comes twice is told once
      Given the import supplier has set 6.11 Synchronise Clock
      And the import supplier has set 6.8 Update Device Configuration (Billing Calendar) with
        | ElectricityBillingCalendar.BillingTime | 07:00:00Z |
      And the bench's clock has reached 07:05:00
      And the network's time is 20 minutes behind
      When the import supplier sets 6.11 Synchronise Clock with
        | CurrentDateTime | 20 minutes ago |
      And 30 minutes pass
      Then the import supplier has received exactly one device alert 8F0A

  Rule: Local time is for the display alone

    @requirement:SMETS-E-010
    Scenario Outline: The display shows local time <when>
      Given voltage monitors set to
        | AverageRMSVoltageMeasurementPeriod | 43200 |
      And the bench's clock has reached 12:00:00
      When <time> pass
      Then the meter shows the local time of Great Britain

      Examples: from the start of the bench in January
        | when             | time     |
        | in winter        | 2 hours  |
        | in summer        | 90 days  |
        | in winter again  | 300 days |
        | in the next year | 362 days |
