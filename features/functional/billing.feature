@scheme:functional @role:IS @device:ESME
Feature: A billing period ends once, is taken down and is told to the supplier alone

  Where months pass, the network operator has set a long averaging period of the voltage, which
  these scenarios do not look at.

  Background:
    Given a commissioned single-phase electricity meter
    And the import supplier has set 6.11 Synchronise Clock
    And the bench's clock has reached 12:00:00

  Rule: Billing calendar (SMETS2 5.7.4.4)

    @requirement:SMETS-E-070 @srv:6.8 @srv:4.4.3 @usecase:ECS30 @usecase:ECS20c
    Scenario: Daily periods end at the billing time of each day
      Given the import supplier has set 6.8 Update Device Configuration (Billing Calendar) with
        | ElectricityBillingCalendar.BillingTime | 18:00:00Z |
      When 3 days pass
      And the import supplier reads 4.4.3 Retrieve Billing Calendar Triggered Billing Data Log
      Then the answer has 3 ESMEBillingDataLogEntry
      And the answer's ESMEBillingDataLogEntry[-1].Timestamp is that of yesterday at 18:00:00
      And the times of the answer's ESMEBillingDataLogEntry are 1 day apart

    @requirement:SMETS-E-070 @srv:6.8 @srv:4.4.3 @usecase:ECS30 @usecase:ECS20c
    Scenario Outline: <periods> periods end on their day
      Given voltage monitors set to
        | AverageRMSVoltageMeasurementPeriod | 43200 |
      And the import supplier has set 6.8 Update Device Configuration (Billing Calendar) with
        | ElectricityBillingCalendar.Daily       | -         |
        | ElectricityBillingCalendar.BillingTime | 00:00:00Z |
        | ElectricityBillingCalendar.<element>   | <value>   |
      When <time> pass
      And the import supplier reads 4.4.3 Retrieve Billing Calendar Triggered Billing Data Log
      Then the answer has <count> ESMEBillingDataLogEntry
      And the answer's ESMEBillingDataLogEntry[-1].Timestamp is that of day <last>

      Examples: weekday 1 is a Monday
        | periods | element | value | time    | count | last     |
        | Weekly  | Weekly  | 1     | 13 days | 1     | Monday   |
        | Weekly  | Weekly  | 7     | 8 days  | 1     | Sunday   |
        | Monthly | Monthly | 15    | 45 days | 2     | 15       |
        | Monthly | Monthly | 28    | 55 days | 2     | 28       |

    @requirement:SMETS-E-070 @srv:6.8 @srv:4.4.3 @usecase:ECS30 @usecase:ECS20c
    Scenario Outline: <periods> periods begin in their month
      Given voltage monitors set to
        | AverageRMSVoltageMeasurementPeriod | 43200 |
      And the import supplier has set 6.8 Update Device Configuration (Billing Calendar) with
        | ElectricityBillingCalendar.Daily                             | -         |
        | ElectricityBillingCalendar.BillingTime                       | 00:00:00Z |
        | ElectricityBillingCalendar.<periods>.BillingPeriodStartMonth | 2         |
        | ElectricityBillingCalendar.<periods>.DayOfMonth              | 1         |
      When <time> pass
      And the import supplier reads 4.4.3 Retrieve Billing Calendar Triggered Billing Data Log
      Then the answer has <count> ESMEBillingDataLogEntry
      And the answer's ESMEBillingDataLogEntry[-1].Timestamp is that of day 1

      Examples: from February on
        | periods   | time     | count |
        | Quarterly | 120 days | 2     |
        | SixMonthly | 120 days | 1    |
        | Yearly    | 120 days | 1     |

    @requirement:SMETS-E-070 @srv:6.8 @srv:6.2.3 @usecase:ECS30 @usecase:ECS26d
    Scenario: The calendar is read back
      Given the import supplier has set 6.8 Update Device Configuration (Billing Calendar) with
        | ElectricityBillingCalendar.Daily       | -         |
        | ElectricityBillingCalendar.BillingTime | 03:00:00Z |
        | ElectricityBillingCalendar.Monthly     | 28        |
      When the import supplier reads 6.2.3 Read Device Configuration (Billing Calendar)
      Then the answer says
        | ElectricityBillingCalendar.BillingTime | 03:00:00 |
        | ElectricityBillingCalendar.Monthly     | 28       |

  Rule: Billing data log (SMETS2 5.7.5.10)

    @requirement:SMETS-E-071 @srv:4.4.3 @usecase:ECS20c
    Scenario: The last 12 billing periods are kept
      Given the import supplier has set 6.8 Update Device Configuration (Billing Calendar) with
        | ElectricityBillingCalendar.BillingTime | 00:00:00Z |
      When 13 days pass
      And the import supplier reads 4.4.3 Retrieve Billing Calendar Triggered Billing Data Log with
        | ReadLogPeriod.StartDateTime | 12 days ago |
      Then the answer has 12 ESMEBillingDataLogEntry
      And the answer's ESMEBillingDataLogEntry[-1].Timestamp is that of today at 00:00:00

    @requirement:SMETS-E-071 @srv:4.4.2 @usecase:ECS20b
    Scenario: The last 12 changes of tariff are kept
      Given 12 changes of tariff, an hour apart
      When the import supplier reads 4.4.2 Retrieve Change Of Mode / Tariff Triggered Billing Data Log
      Then the answer has 12 LogEntryConsumptionAndTariffRegistersData
      And the answer's LogEntryConsumptionAndTariffRegistersData[-1].Timestamp is the time of the bench within 1 minute

    @requirement:SMETS-E-075 @srv:4.4.3 @usecase:ECS20c
    Scenario: An entry holds the registers as the period left them
      Given the import supplier has set 1.1.1 Update Import Tariff (Primary Element)
      And the import supplier has set 6.8 Update Device Configuration (Billing Calendar) with
        | ElectricityBillingCalendar.BillingTime | 00:00:00Z |
      And a steady load of 2.000 kW
      When 2 days pass
      And the import supplier reads 4.4.3 Retrieve Billing Calendar Triggered Billing Data Log
      Then the answer's ESMEBillingDataLogEntry[1].ActiveImportRegisterValueConsumption is 24000 within 10
      And the answer's ESMEBillingDataLogEntry[2].ActiveImportRegisterValueConsumption is 72000 within 10
      And the answer's ESMEBillingDataLogEntry[2].TariffTOURegisterMatrixValue[1] is 58000 within 10
      And the answer's ESMEBillingDataLogEntry[2].TariffTOURegisterMatrixValue[2] is 14000 within 10
      And the answer has 8 ESMEBillingDataLogEntry[2].TariffTOUBlock4RegisterMatrixValue

    @requirement:SMETS-E-075 @srv:4.4.3 @usecase:ECS20c
    Scenario: An entry holds the balances as the period left them
      Given the import supplier has set 1.1.1 Update Import Tariff (Primary Element)
      And the import supplier has set 6.8 Update Device Configuration (Billing Calendar) with
        | ElectricityBillingCalendar.BillingTime | 00:00:00Z |
      When 2 days pass
      And the import supplier reads 4.4.3 Retrieve Billing Calendar Triggered Billing Data Log
      Then the answer's ESMEBillingPrepaymentDataLogEntry[1].MeterBalance is -20000
      And the answer's ESMEBillingPrepaymentDataLogEntry[2].MeterBalance is -40000

  Rule: Alert 8F0A

    @requirement:SMETS-E-070 @usecase:ECS30
    Scenario: The end of a period is told to the supplier
      Given the import supplier has set 6.8 Update Device Configuration (Billing Calendar) with
        | ElectricityBillingCalendar.BillingTime | 18:00:00Z |
      When the bench's clock reaches 18:00:00
      Then the import supplier receives device alert 8F0A within 60 seconds

    @requirement:SMETS-E-073 @usecase:ECS30
    Scenario: Only the supplier can read what the alert carries
      Given a steady load of 2.000 kW
      And the import supplier has set 6.8 Update Device Configuration (Billing Calendar) with
        | ElectricityBillingCalendar.BillingTime | 18:00:00Z |
      When 1 day passes
      Then alert 8F0A opens with the key of the import supplier
      And alert 8F0A does not open with the key of the electricity distributor

    @requirement:SMETS-E-074 @usecase:ECS30
    Scenario: A loss of supply at the end of a period loses no alert
      Given the import supplier has set 6.8 Update Device Configuration (Billing Calendar) with
        | ElectricityBillingCalendar.BillingTime | 18:00:00Z |
      And the bench's clock has reached 17:30:00
      When the supply is interrupted for 1 hour
      And 2 hours pass
      Then the import supplier has received exactly one device alert 8F0A

    @requirement:SMETS-E-074 @usecase:ECS30
    Scenario: A loss of supply after the end of a period brings no second alert
      Given the import supplier has set 6.8 Update Device Configuration (Billing Calendar) with
        | ElectricityBillingCalendar.BillingTime | 18:00:00Z |
      And the bench's clock has reached 18:30:00
      When the supply is interrupted for 1 hour
      And 2 hours pass
      Then the import supplier has received exactly one device alert 8F0A

  Rule: Payments (SMETS2 5.7.5.10)

    @requirement:SMETS-E-072 @srv:2.2 @srv:4.4.5 @usecase:ECS20d
    Scenario: The last 5 credits are kept with amount and time
      Given the import supplier has set 1.6 Update Payment Mode
      And 6 top-ups of 5 to 10 pounds, an hour apart
      When the import supplier reads 4.4.5 Retrieve Billing Data Log (Prepayment Credits)
      Then the answer has 5 LogEntry
      And the answer's LogEntry[-1].Amount is 1000000
      And the answer's LogEntry[1].Amount is 600000

    @requirement:SMETS-E-072 @srv:2.2 @srv:4.4.4 @usecase:ECS20a
    Scenario: The last 10 payments towards debt are kept with amount and time
      Given the import supplier has set 2.3 Update Debt with
        | PaymentDebtRegister | 5000000 |
      And the import supplier has set 1.6 Update Payment Mode
      And 11 top-ups of 1 to 11 pounds, an hour apart
      When the import supplier reads 4.4.4 Retrieve Billing Data Log (Payment Based Debt Payments)
      Then the answer has 10 LogEntry
