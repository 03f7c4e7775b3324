@scheme:functional @role:IS @device:ESME
Feature: What the meter takes down at the end of each day

  Where months pass, the network operator has set a long averaging period of the voltage, which
  these scenarios do not look at.

  Background:
    Given a commissioned single-phase electricity meter
    And the import supplier has set 6.11 Synchronise Clock

  Rule: Daily consumption (SMETS2 5.7.5.14)

    @requirement:SMETS-E-024 @srv:4.17 @usecase:ECS66
    Scenario: A day's consumption stands under the midnight that ends it
      Given the bench's clock has reached 00:00:00
      And a steady load of 1.500 kW
      When 1 day passes
      And the import supplier reads 4.17 Retrieve Daily Consumption Log
      Then the answer's LogEntry[-1].Value is 36000 within 1
      And the answer's LogEntry[-1].Timestamp is that of today at 00:00:00

    @requirement:SMETS-E-024 @srv:4.17 @usecase:ECS66
    Scenario: The consumption of 731 days is kept
      Given voltage monitors set to
        | AverageRMSVoltageMeasurementPeriod | 43200 |
      And the bench's clock has reached 00:00:00
      When 731 days pass
      And the import supplier reads 4.17 Retrieve Daily Consumption Log with
        | ReadLogPeriod.StartDateTime | 731 days ago |
        | ReadLogPeriod.EndDateTime   | 729 days ago |
      Then the answer has 2 LogEntry

  Rule: Daily read logs (SMETS2 5.7.5.13, 5.7.5.26)

    @requirement:SMETS-E-025 @srv:4.6.1 @usecase:ECS21a
    Scenario: The import log holds the register and the registers of the tariff
      Given the import supplier has set 1.1.1 Update Import Tariff (Primary Element)
      And the bench's clock has reached 00:00:00
      And a steady load of 2.000 kW
      And the import supplier has read 4.1.1 Read Instantaneous Import Registers
      When 1 day passes
      And the import supplier reads 4.6.1 Retrieve Import Daily Read Log
      Then the answer's LogEntry[-1].ElecActiveImportRegisterConsumption is 48000 within 5
      And the answer's LogEntry[-1].TariffTOURegisterMatrixValue[1] is 34000 within 5
      And the answer's LogEntry[-1].TariffTOURegisterMatrixValue[2] is 14000 within 5
      And the answer has 8 LogEntry[-1].TariffTOUBlock4RegisterMatrixValue

    @requirement:SMETS-E-025 @srv:4.6.1 @usecase:ECS21a
    Scenario: The import log of the last 31 days is there
      Given the bench's clock has reached 00:00:00
      When 32 days pass
      And the import supplier reads 4.6.1 Retrieve Import Daily Read Log with
        | ReadLogPeriod.StartDateTime | 30 days ago |
      Then the answer has 31 LogEntry
      And the times of the answer's LogEntry are 1 day apart

    @requirement:SMETS-E-026 @srv:4.6.1 @usecase:ECS21a
    Scenario: A log that is full goes on with the newest
      Given the bench's clock has reached 00:00:00
      When 33 days pass
      And the import supplier reads 4.6.1 Retrieve Import Daily Read Log
      Then the answer's LogEntry[-1].Timestamp is that of today at 00:00:00

    @requirement:SMETS-E-025 @srv:4.6.2 @usecase:ECS21b @role:ES @bench:every_role
    Scenario: The export log holds the export register of the last 31 days
      Given the meter has an export metering point
      And the bench's clock has reached 00:00:00
      And steady generation of 1.000 kW
      When 32 days pass
      And the export supplier reads 4.6.2 Retrieve Export Daily Read Log with
        | ReadLogPeriod.StartDateTime | 30 days ago |
      Then the answer has 31 LogEntry
      And the answer's LogEntry[1].ActiveExportRegisterValue is 48000 within 5

    @requirement:SMETS-E-025 @srv:4.14 @usecase:ECS21c
    Scenario: In prepayment the balances are taken down too
      Given the import supplier has set 1.1.1 Update Import Tariff (Primary Element)
      And the import supplier has set 2.3 Update Debt
      And the import supplier has set 1.6 Update Payment Mode
      And the bench's clock has reached 00:00:00
      When 3 days pass
      And the import supplier reads 4.14 Read Prepayment Daily Read Log
      Then the answer's LogEntry[-1].TimeDebtRegisters2 is 980000
      And the answer's LogEntry[-1].PaymentDebtRegister is 1000000
      And the times of the answer's LogEntry are 1 day apart
