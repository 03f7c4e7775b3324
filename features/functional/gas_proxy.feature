@scheme:functional @role:GS @device:GPF @bench:every_role
Feature: The gas proxy answers for a meter that sleeps

  Background:
    Given a commissioned gas meter that the gas proxy mirrors

  Rule: The mirror is the meter (CHTS 4.6.3.10)

    @requirement:SMETS-P-101 @srv:4.1.1 @srv:4.1.2 @srv:4.3 @srv:4.11.1 @srv:4.13 @srv:4.18 @srv:6.2.4
    Scenario: What it says is what the meter says
      Given gas in prepayment mode
      And the gas supplier has set a gas tariff by days
      And gas appliances draw 1.000 m3/h for 90 minutes
      And 31 minutes pass
      Then gas meter and gas proxy say the same to
        | 4.1.1  | Read Instantaneous Import Registers      |
        | 4.1.2  | Read Instantaneous Import TOU Matrices   |
        | 4.3    | Read Instantaneous Prepay Values         |
        | 4.11.1 | Read Tariff (Primary Element)            |
        | 4.13   | Read Prepayment Configuration            |
        | 4.18   | Read Meter Balance                       |
        | 6.2.4  | Read Device Configuration (Identity Exc MPxN) |

    @requirement:SMETS-P-101 @srv:4.8.1 @usecase:GCS17
    Scenario: A half hour is the difference of two totals
      Given the bench's clock has reached 10:15:00
      And gas appliances that draw 2.000 m3/h
      And 30 minutes pass
      And gas appliances that draw 0.0 m3/h
      And 2 hours pass
      When the gas supplier reads 4.8.1 Read Active Import Profile Data of the gas proxy with
        | ReadLogPeriod.StartDateTime | today at 10:00:00 |
        | ReadLogPeriod.EndDateTime   | today at 11:00:00 |
      Then the answer says
        | LogEntry[1].PrimaryValue | 0.5 |
        | LogEntry[2].PrimaryValue | 0.5 |
        | LogEntry[3].PrimaryValue | 0   |

    @requirement:SMETS-P-102 @srv:4.1.1 @usecase:GCS13a
    Scenario Outline: Asked <after> after a wake it answers with the time of that wake
      Given the bench's clock has reached 10:01:00
      And <after> pass
      When the gas supplier reads 4.1.1 Read Instantaneous Import Registers of the gas proxy
      Then the time in its answer is <after> old within 1 minute

      Examples: the meter wakes at every hour and half hour
        | after      |
        | 5 minutes  |
        | 25 minutes |

    @requirement:SMETS-P-108 @srv:4.17 @usecase:GCS61
    Scenario: A day is what was used between two midnights
      Given the bench's clock has reached 22:00:00
      And gas appliances that draw 1.000 m3/h
      And 4 hours pass
      And gas appliances that draw 2.000 m3/h
      And the bench's clock has reached 00:00:00
      And 31 minutes pass
      When the gas supplier reads 4.17 Retrieve Daily Consumption Log of the gas proxy with
        | ReadLogPeriod.StartDateTime | 25 hours ago |
      Then the answer's LogEntry[1].Value is 46

  Rule: Gaps are filled (GBCS 10.4.2)

    @requirement:SMETS-P-109 @srv:4.8.1 @usecase:GCS17
    Scenario: Half hours of an outage are there after it
      Given the bench's clock has reached 06:00:00
      And gas appliances that draw 1.000 m3/h
      And the supply is lost
      And 10 hours pass
      And the supply is back
      And 31 minutes pass
      When the gas supplier reads 4.8.1 Read Active Import Profile Data of the gas proxy with
        | ReadLogPeriod.StartDateTime | today at 06:30:00 |
        | ReadLogPeriod.EndDateTime   | today at 15:30:00 |
      Then the answer has 19 LogEntry
      And the times of the answer's LogEntry are 30 minutes apart
      And each PrimaryValue of the answer's LogEntry is 0.5 m3 within 0.001

    @requirement:SMETS-P-109 @srv:4.6.1 @srv:4.4.5 @usecase:GCS16a
    Scenario: So are the daily reads
      Given the bench's clock has reached 20:00:00
      And the supply is lost
      And 3 days pass
      And the supply is back
      And 31 minutes pass
      When the gas supplier reads 4.6.1 Retrieve Import Daily Read Log of the gas proxy with
        | ReadLogPeriod.StartDateTime | 4 days ago |
      Then the answer has 3 LogEntry

    @requirement:SMETS-P-109 @srv:4.4.5 @usecase:GCS15e
    Scenario: And the codes that were entered
      Given gas in prepayment mode
      And the gas supplier has sold 2 codes of 10 pounds
      And the supply is lost
      And each code has been entered at the gas meter
      And 1 day passes
      And the supply is back
      And 31 minutes pass
      When the gas supplier reads 4.4.5 Retrieve Billing Data Log (Prepayment Credits) of the gas proxy
      Then the answer has 2 LogEntry

    @requirement:SMETS-P-106 @srv:4.8.1 @usecase:GCS17
    Scenario: What it had is there after a power cut, before the meter wakes
      Given the bench's clock has reached 12:02:00
      And the supply is interrupted for 4 minutes
      When the gas supplier reads 4.8.1 Read Active Import Profile Data of the gas proxy with
        | ReadLogPeriod.StartDateTime | today at 08:00:00 |
        | ReadLogPeriod.EndDateTime   | today at 10:30:00 |
      Then the answer has 6 LogEntry

  Rule: Its logs have their sizes (CHTS 4.6.3.7, 4.6.3.10)

    @requirement:SMETS-P-107 @srv:4.6.1 @usecase:GCS16a
    Scenario: The daily read log has 31 days, that of consumption more
      Given the bench's clock has reached 00:40:00
      And 35 days pass
      When the gas supplier reads 4.6.1 Retrieve Import Daily Read Log of the gas proxy with
        | ReadLogPeriod.StartDateTime | 40 days ago |
      Then the answer has 31 LogEntry

    @requirement:SMETS-P-107 @srv:4.17 @usecase:GCS61
    Scenario: The daily consumption log has more than 31 days
      Given the bench's clock has reached 00:40:00
      And 35 days pass
      When the gas supplier reads 4.17 Retrieve Daily Consumption Log of the gas proxy with
        | ReadLogPeriod.StartDateTime | 34 days ago |
      Then the answer has 33 LogEntry

    @requirement:SMETS-P-107 @srv:6.8 @srv:4.4.3 @usecase:GCS15b
    Scenario: The billing data log has 12 periods
      Given the gas supplier has set 6.8 Update Device Configuration (Billing Calendar) of the gas meter with
        | GasBillingCalendar.BillingPeriodStart | in 1 hour |
        | GasBillingCalendar.Periodicity        | Daily     |
      And 14 days pass
      When the gas supplier reads 4.4.3 Retrieve Billing Calendar Triggered Billing Data Log of the gas proxy with
        | ReadLogPeriod.StartDateTime | 20 days ago |
      Then the answer has 12 GSMEBillingDataLogEntry

  Rule: Commands to the meter that it takes as well (GBCS 10.3.4)

    @requirement:SMETS-P-103 @requirement:SMETS-P-111 @srv:6.13 @usecase:GCS36
    Scenario: Each of them is in its event log with its use case
      Given the gas supplier has set a gas tariff by days
      And the gas supplier has set 6.6 Update Device Configuration (Gas Conversion) of the gas meter
      When the gas supplier reads 6.13 Read Event Or Security Log of the gas proxy
      Then the log of the answer has 1 entry 8154 about GCS01a
      And the log of the answer has 1 entry 8154 about GCS23
      And the log of the answer has no entries 8155 about GCS01a

    @requirement:SMETS-P-111 @srv:4.1.1 @srv:6.13 @usecase:GCS36
    Scenario: A command to the proxy itself is in its event log
      Given the gas supplier has read 4.1.1 Read Instantaneous Import Registers of the gas proxy
      When the gas supplier reads 6.13 Read Event Or Security Log of the gas proxy
      Then the log of the answer has 1 entry 8154 about GCS13a

  Rule: Clearing the event log leaves an entry in the security log (CHTS 4.5.13)

    @requirement:SMETS-C-018 @srv:3.3 @srv:6.13 @usecase:CS11 @usecase:CS10b
    Scenario: The supplier who clears it is in the security log
      Given the gas supplier has set 3.3 Clear Event Log on the gas proxy
      When the gas supplier reads 6.13 Read Event Or Security Log of the gas proxy with
        | LogToRead | Security |
      Then the log of the answer has an entry 8F52

    @requirement:SMETS-C-018 @srv:3.3 @srv:6.13 @usecase:CS11 @usecase:CS10a
    Scenario: The event log is empty but for what came after
      Given the gas supplier has read 4.1.1 Read Instantaneous Import Registers of the gas proxy
      And the gas supplier has set 3.3 Clear Event Log on the gas proxy
      When the gas supplier reads 6.13 Read Event Or Security Log of the gas proxy
      Then the log of the answer has no entries 8154 about GCS13a

  Rule: It serves the displays that were joined with it

    @requirement:SMETS-D-007 @srv:8.7.2 @srv:8.9 @usecase:CS03B
    Scenario: A display that the gas supplier joined is in the device log
      Given an in-home display that the DCC knows
      And the gas supplier has joined the gas proxy with the in-home display
      Then the gas proxy's device log holds the in-home display once as type2

  Rule: Its device log is backed up at every change (GCS62)

    @requirement:SMETS-P-104 @srv:8.7.2 @usecase:GCS62
    Scenario: Who was joined is in the newest backup
      Given an in-home display that the DCC knows
      And the gas supplier has joined the gas proxy with the in-home display
      Then the gas proxy's newest backup holds the in-home display

    @requirement:SMETS-P-104 @srv:8.8.2 @usecase:GCS62
    Scenario: Who has left is not
      Given an in-home display that the DCC knows
      And the gas supplier has joined the gas proxy with the in-home display
      And the gas supplier has unjoined the in-home display from the gas proxy
      Then the gas proxy's newest backup does not hold the in-home display

  Rule: The end of a billing period (CHTS 4.5.2)

    @requirement:SMETS-P-110 @srv:6.8 @usecase:GCS53
    Scenario: The supplier gets the newest entry at once
      Given the gas supplier has set 6.8 Update Device Configuration (Billing Calendar) of the gas meter with
        | GasBillingCalendar.BillingPeriodStart | in 6 hours |
        | GasBillingCalendar.Periodicity        | Daily      |
      When 7 hours pass
      Then the gas supplier has received exactly one device alert 8F0A
      And the values of the alert are sealed for the gas supplier

    @requirement:SMETS-P-110 @srv:6.8 @usecase:GCS53
    Scenario: Each end of a period is told once
      Given the gas supplier has set 6.8 Update Device Configuration (Billing Calendar) of the gas meter with
        | GasBillingCalendar.BillingPeriodStart | in 6 hours |
        | GasBillingCalendar.Periodicity        | Daily      |
      When 3 days pass
      Then the gas supplier has received 3 device alerts 8F0A
