@scheme:functional @role:IS @role:ED @device:ESME
Feature: The half hours are kept, each under the time of its end

  Where months pass, the network operator has set a long averaging period of the voltage, which
  these scenarios do not look at.

  Background:
    Given a commissioned single-phase electricity meter
    And the import supplier has set 6.11 Synchronise Clock

  Rule: Half hours begin at minute 0 and 30 (SMETS2 2013: 5.4.8.9)

    @requirement:SMETS-E-026 @srv:4.8.1 @usecase:ECS22b
    Scenario: A half hour's entry carries the time of its end
      Given the bench's clock has reached 10:00:00
      And a steady load of 2.000 kW
      When 30 minutes pass
      And the load becomes 0.000 kW
      And 1 hour passes
      And the import supplier reads 4.8.1 Read Active Import Profile Data with
        | ReadLogPeriod.StartDateTime | today at 10:30:00 |
        | ReadLogPeriod.EndDateTime   | today at 11:30:00 |
      Then the answer's LogEntry[1].Timestamp is that of today at 10:30:00
      And the answer's LogEntry[1].PrimaryValue is 1000
      And the answer's LogEntry[2].PrimaryValue is 0

    @requirement:SMETS-E-032 @srv:4.8.1 @usecase:ECS22b
    Scenario: A day has its 48 half hours, 30 minutes apart
      Given a steady load of 1.000 kW
      And the bench's clock has reached 00:00:00
      When 1 day passes
      And the import supplier reads 4.8.1 Read Active Import Profile Data with
        | ReadLogPeriod.StartDateTime | yesterday at 00:30:00 |
        | ReadLogPeriod.EndDateTime   | today at 00:00:00     |
      Then the answer has 48 LogEntry
      And the answer's LogEntry[1].Timestamp is that of yesterday at 00:30:00
      And the times of the answer's LogEntry are 30 minutes apart

    @requirement:SMETS-E-032 @srv:4.8.1 @srv:4.8.2 @usecase:ECS22b @usecase:ECS22c
    Scenario: Import, active and reactive, is kept half hour by half hour
      Given a steady load of 3.000 kW and 0.800 kvar
      And the bench's clock has reached 10:00:00
      When 30 minutes pass
      And the import supplier reads 4.8.1 Read Active Import Profile Data
      Then the answer's LogEntry[-1].PrimaryValue is 1500
      When the import supplier reads 4.8.2 Read Reactive Import Profile Data
      Then the answer's LogEntry[-1].ReactiveEnergyImportedValue is 400

    @requirement:SMETS-E-032 @srv:4.8.3 @usecase:ECS22a
    Scenario: Export, active and reactive, is kept half hour by half hour
      Given steady generation of 2.400 kW and 0.600 kvar
      And the bench's clock has reached 10:00:00
      When 30 minutes pass
      And the electricity distributor reads 4.8.3 Read Export Profile Data
      Then the answer's LogEntry[-1].ActiveEnergyExportedValue is 1200
      And the answer's LogEntry[-1].ReactiveEnergyExportedValue is 300

  Rule: How long half hours are kept (SMETS2 5.7.5.27)

    @requirement:SMETS-E-022 @srv:4.8.1 @usecase:ECS22b
    Scenario: Active import of 397 days ago is still there
      Given voltage monitors set to
        | AverageRMSVoltageMeasurementPeriod | 43200 |
      And a steady load of 1.000 kW
      And the bench's clock has reached 00:00:00
      When 397 days pass
      And the import supplier reads 4.8.1 Read Active Import Profile Data with
        | ReadLogPeriod.StartDateTime | 397 days ago |
        | ReadLogPeriod.EndDateTime   | 396 days ago |
      Then the answer has 48 LogEntry
      And the times of the answer's LogEntry are 30 minutes apart

    @requirement:SMETS-E-023 @srv:4.8.2 @srv:4.8.3 @usecase:ECS22a @usecase:ECS22c
    Scenario Outline: <what> of 93 days ago is still there
      Given voltage monitors set to
        | AverageRMSVoltageMeasurementPeriod | 43200 |
      And the bench's clock has reached 00:00:00
      When 93 days pass
      And the electricity distributor reads <request> with
        | ReadLogPeriod.StartDateTime | 93 days ago |
        | ReadLogPeriod.EndDateTime   | 92 days ago |
      Then the answer has 48 LogEntry

      Examples:
        | what            | request                                |
        | Reactive import | 4.8.2 Read Reactive Import Profile Data |
        | Export          | 4.8.3 Read Export Profile Data          |

  Rule: Reading by dates (SMETS2 5.7.5)

    @requirement:SMETS-E-028 @srv:4.8.1 @usecase:ECS22b
    Scenario: A read holds what was stamped from the first date to the last, both included
      Given the bench's clock has reached 12:10:00
      When the import supplier reads 4.8.1 Read Active Import Profile Data with
        | ReadLogPeriod.StartDateTime | today at 10:00:00 |
        | ReadLogPeriod.EndDateTime   | today at 12:00:00 |
      Then the answer has 5 LogEntry

    @requirement:SMETS-E-028 @srv:4.8.1 @usecase:ECS22b
    Scenario: A read of a time in which nothing was stamped is empty
      Given the bench's clock has reached 12:10:00
      When the import supplier reads 4.8.1 Read Active Import Profile Data with
        | ReadLogPeriod.StartDateTime | today at 10:05:00 |
        | ReadLogPeriod.EndDateTime   | today at 10:25:00 |
      Then the answer has no LogEntry

  Rule: A schedule reads a log of up to 400 days before (DUIS, logPeriodOffset)

    @requirement:SMETS-E-030 @srv:5.1 @srv:4.8.1 @usecase:ECS22b
    Scenario Outline: From <start> to <end> days the message of the schedule has <count> half hours
      Given 5 days pass
      When the import supplier puts 4.8.1 Read Active Import Profile Data of the meter on a daily schedule with
        | DSPReadActiveImportProfileData.StartDateOffset | <start>   |
        | DSPReadActiveImportProfileData.StartTime       | 00:15:00Z |
        | DSPReadActiveImportProfileData.EndDateOffset   | <end>     |
        | DSPReadActiveImportProfileData.EndTime         | 00:15:00Z |
      Then nothing goes to the device before its time
      And the message of the schedule has <count> LogEntry

      Examples: the meter is some days old
        | start | end  | count |
        | -1    | 0    | 48    |
        | -4    | -2   | 96    |
        | -400  | -399 | no    |

  Rule: A loss of supply over the end of a half hour

    @requirement:SMETS-E-027 @srv:4.8.1 @usecase:ECS22b
    Scenario: The half hours of an outage are there, and hold only what was consumed
      Given a steady load of 2.000 kW
      And the bench's clock has reached 10:15:00
      When the supply is interrupted for 1 hour
      And the bench's clock reaches 12:00:00
      And the import supplier reads 4.8.1 Read Active Import Profile Data with
        | ReadLogPeriod.StartDateTime | today at 10:30:00 |
        | ReadLogPeriod.EndDateTime   | today at 12:00:00 |
      Then the answer has 4 LogEntry
      And the answer's LogEntry[1].PrimaryValue is 500 within 1
      And the answer's LogEntry[2].PrimaryValue is 0
      And the answer's LogEntry[3].PrimaryValue is 500 within 1
      And the answer's LogEntry[4].PrimaryValue is 1000 within 1

  Rule: The voltage log (SMETS2 2013: 5.4.11.1)

    @requirement:SMETS-E-033 @srv:4.10 @usecase:ECS23
    Scenario: An average voltage carries the end of its period
      Given voltage monitors set to
        | AverageRMSVoltageMeasurementPeriod | 600 |
      And the bench's clock has reached 10:00:00
      And the supply was 235 V for 10 minutes
      And the supply was 230 V for 15 minutes
      When the import supplier reads 4.10 Read Network Data with
        | ReadLogPeriod.StartDateTime | today at 10:05:00 |
        | ReadLogPeriod.EndDateTime   | today at 10:22:00 |
      Then the answer has 2 AvgRMSVoltageProfileDataLog.LogEntry
      And the answer's AvgRMSVoltageProfileDataLog.LogEntry[1].Value is 235 within 1
      And the answer's AvgRMSVoltageProfileDataLog.LogEntry[2].Value is 230 within 1
