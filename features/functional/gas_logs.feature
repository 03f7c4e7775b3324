@scheme:functional @role:GS @device:GSME @bench:every_role
Feature: A gas meter remembers what was used, half hour by half hour and day by day

  Background:
    Given a commissioned gas meter that the gas proxy mirrors

  Rule: Half hours (SMETS2 4.6.5.14)

    @requirement:SMETS-G-006 @srv:4.8.1 @usecase:GCS17
    Scenario: Each half hour has what flowed in it
      Given the bench's clock has reached 10:15:00
      And gas appliances that draw 2.000 m3/h
      And 30 minutes pass
      And gas appliances that draw 0.0 m3/h
      And 1 hour passes
      When the gas supplier reads 4.8.1 Read Active Import Profile Data of the gas meter with
        | ReadLogPeriod.StartDateTime | today at 10:00:00 |
        | ReadLogPeriod.EndDateTime   | today at 11:00:00 |
      Then the answer has 3 LogEntry
      And the answer says
        | LogEntry[1].PrimaryValue | 0.5 |
        | LogEntry[2].PrimaryValue | 0.5 |
        | LogEntry[3].PrimaryValue | 0   |

    @requirement:SMETS-G-006 @srv:4.8.1 @usecase:GCS17
    Scenario: No half hour is missing
      Given gas appliances that draw 1.000 m3/h
      And the bench's clock has reached 00:10:00
      And 2 days pass
      When the gas supplier reads 4.8.1 Read Active Import Profile Data of the gas meter with
        | ReadLogPeriod.StartDateTime | 30 hours ago |
        | ReadLogPeriod.EndDateTime   | 6 hours ago  |
      Then the times of the answer's LogEntry are 30 minutes apart
      And each PrimaryValue of the answer's LogEntry is 0.5 m3 within 0.001

  Rule: Days (GBCS 10.4.2.1, 10.4.2.2)

    @requirement:SMETS-G-023 @srv:4.6.1 @usecase:GCS16a
    Scenario: The day's reading is that of midnight UTC
      Given the bench's clock has reached 22:00:00
      And gas appliances that draw 1.000 m3/h
      And the gas supplier has read 4.1.1 Read Instantaneous Import Registers of the gas meter
      And the answer's Value has been noted
      And the bench's clock has reached 03:00:00
      When the gas supplier reads 4.6.1 Retrieve Import Daily Read Log of the gas meter with
        | ReadLogPeriod.StartDateTime | today at 00:00:00 |
        | ReadLogPeriod.EndDateTime   | today at 23:00:00 |
      Then the answer has 1 LogEntry
      And the answer's LogEntry[1].Timestamp is that of today at 00:00:00
      And the day's register is 2.0 m3 more within 0.1

    @requirement:SMETS-G-023 @srv:4.6.1 @usecase:GCS16a
    Scenario: A tariff by times of use leaves the blocks out
      Given the gas supplier has set a gas tariff by days
      And 1 day passes
      When the gas supplier reads 4.6.1 Retrieve Import Daily Read Log of the gas meter with
        | ReadLogPeriod.StartDateTime | 1 day ago         |
        | ReadLogPeriod.EndDateTime   | today at 23:00:00 |
      Then the answer has 4 TariffTOURegisterMatrix
      And the answer has no TariffBlockCounterMatrix

    @requirement:SMETS-G-023 @srv:4.14 @usecase:GCS16b
    Scenario Outline: In <mode> mode a day leaves <count> entry of balances
      Given gas in <mode> mode
      And the bench's clock has reached 00:10:00
      When 2 days pass
      And the gas supplier reads 4.14 Read Prepayment Daily Read Log of the gas meter with
        | ReadLogPeriod.StartDateTime | 30 hours ago |
        | ReadLogPeriod.EndDateTime   | 6 hours ago  |
      Then the answer has <count> LogEntry

      Examples: entries
        | mode       | count |
        | credit     | no    |
        | prepayment | 1     |

    @requirement:SMETS-G-006 @srv:4.6.1 @usecase:GCS16a
    Scenario: The daily read log has 31 days
      Given the bench's clock has reached 00:10:00
      When 35 days pass
      And the gas supplier reads 4.6.1 Retrieve Import Daily Read Log of the gas meter with
        | ReadLogPeriod.StartDateTime | 40 days ago |
      Then the answer has 31 LogEntry

  Rule: What happens to the tariff, the mode and the supplier (GBCS 10.4.2.4, 10.4.2.7)

    @requirement:SMETS-G-024 @srv:1.1.1 @srv:4.4.2 @usecase:GCS15c
    Scenario: A change of tariff takes a billing snapshot
      Given the gas supplier has set a gas tariff by days
      When the gas supplier reads 4.4.2 Retrieve Change Of Mode / Tariff Triggered Billing Data Log of the gas meter
      Then the answer has 1 LogEntryConsumptionRegister

    @requirement:SMETS-G-024 @srv:1.6 @srv:4.4.2 @usecase:GCS15c
    Scenario: A change of payment mode takes a billing snapshot
      Given gas in prepayment mode
      When the gas supplier reads 4.4.2 Retrieve Change Of Mode / Tariff Triggered Billing Data Log of the gas meter
      Then the answer has 1 LogEntryPrepaymentData

    @requirement:SMETS-G-024 @srv:6.8 @srv:4.4.3 @usecase:GCS15b
    Scenario: The end of a billing period takes one, and is no change
      Given the gas supplier has set 6.8 Update Device Configuration (Billing Calendar) of the gas meter with
        | GasBillingCalendar.BillingPeriodStart | in 6 hours |
        | GasBillingCalendar.Periodicity        | Daily      |
      And 2 days pass
      When the gas supplier reads 4.4.3 Retrieve Billing Calendar Triggered Billing Data Log of the gas meter
      Then the answer has 2 GSMEBillingDataLogEntry
      And the times of the answer's GSMEBillingDataLogEntry are 1 day apart

  Rule: Network data, in steps of six minutes for four hours (SMETS2 4.6.5.12)

    Background:
      Given gas appliances that draw 3.000 m3/h
      And the gas transporter has set 14.1 Record Network Data (GAS) of the gas meter

    @requirement:SMETS-G-007 @srv:14.1 @srv:4.10 @usecase:GCS31 @usecase:GCS18
    Scenario: There is an entry for each step, both ends included
      Given 5 hours pass
      When the gas supplier reads 4.10 Read Network Data of the gas meter
      Then the answer has 41 NetworkDataLog.LogEntry
      And the times of the answer's NetworkDataLog.LogEntry are 6 minutes apart

    @requirement:SMETS-G-007 @srv:14.1 @srv:4.10 @usecase:GCS31 @usecase:GCS18
    Scenario: Each has what flowed in it
      Given 5 hours pass
      When the gas supplier reads 4.10 Read Network Data of the gas meter
      Then each Value of the answer's NetworkDataLog.LogEntry is 0.3 m3 within 0.001

    @requirement:SMETS-G-007 @srv:14.1 @srv:4.10 @usecase:GCS31 @usecase:GCS18
    Scenario: A second recording takes the place of the first
      Given 5 hours pass
      And gas appliances that draw 1.000 m3/h
      And the gas transporter has set 14.1 Record Network Data (GAS) of the gas meter
      And 5 hours pass
      When the gas supplier reads 4.10 Read Network Data of the gas meter
      Then the answer has 41 NetworkDataLog.LogEntry
      And each Value of the answer's NetworkDataLog.LogEntry is 0.1 m3 within 0.001

    @requirement:SMETS-G-007 @srv:14.1 @usecase:GCS31 @grade:inferred
    Scenario: The battery pays for each sample
      Given the battery has been put on the analyser
      When 5 hours pass
      Then the analyser has seen 41 samples

  Rule: The clock (SMETS2 4.5.3.20)

    @requirement:SMETS-G-019 @srv:6.11 @usecase:GCS28
    Scenario: A clock that was set is in the event log
      Given the gas supplier has set 6.11 Synchronise Clock of the gas meter
      When the gas supplier reads 6.13 Read Event Or Security Log of the gas meter
      Then the log of the answer has an entry 8145

    @requirement:SMETS-G-019 @srv:4.1.1 @usecase:GCS13a
    Scenario: A week later its clock is within 10 seconds of UTC
      Given 7 days pass
      When the gas supplier reads 4.1.1 Read Instantaneous Import Registers of the gas meter
      Then the time in the gas meter's answer is within 10 seconds of the bench's clock

    @requirement:SMETS-G-019 @srv:6.11 @usecase:GCS28
    Scenario: A clock that is not to be set is left alone, and that is told
      When the gas supplier sends 6.11 Synchronise Clock to the gas meter with
        | CurrentDateTime | 1 day ago |
      And 31 minutes pass
      And the gas supplier reads 6.13 Read Event Or Security Log of the gas meter
      Then the log of the answer has an entry 81C6
