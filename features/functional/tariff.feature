@scheme:functional @role:IS @device:ESME
Feature: The tariff decides where energy is counted and what it costs

  The tariff of these scenarios has a night rate (register 2) from 00:00 and a day rate
  (register 1) from 07:00 UTC on working days, and the night rate all day at weekends.

  Background:
    Given a commissioned single-phase electricity meter
    And the import supplier has set 6.11 Synchronise Clock
    And the import supplier has set 1.1.1 Update Import Tariff (Primary Element)
    And a steady load of 2.000 kW

  Rule: Time of use (SMETS2 5.7.5.34, 5.7.4.48)

    @requirement:SMETS-E-050 @srv:4.1.2 @usecase:ECS17d
    Scenario Outline: A day's energy lands in the register <register> of its time
      Given the bench's clock has reached 00:00:00
      And the import supplier has read 4.1.2 Read Instantaneous Import TOU Matrices
      And the answer's TOUPrimaryRegisterValue[<register>] has been noted
      When 1 day passes
      And the import supplier reads 4.1.2 Read Instantaneous Import TOU Matrices
      Then the answer's TOUPrimaryRegisterValue[<register>] has risen by <energy> within 1

      Examples:
        | register | energy |
        | 1        | 34000  |
        | 2        | 14000  |
        | 3        | 0      |
        | 48       | 0      |

    @requirement:SMETS-E-056 @srv:4.1.2 @usecase:ECS17d
    Scenario: The energy on each side of a switch is counted apart
      Given the bench's clock has reached 06:30:00
      And the import supplier has read 4.1.2 Read Instantaneous Import TOU Matrices
      And the answer's TOUPrimaryRegisterValue[1] has been noted
      And the answer's TOUPrimaryRegisterValue[2] has been noted
      When the bench's clock reaches 07:15:00
      And the import supplier reads 4.1.2 Read Instantaneous Import TOU Matrices
      Then the answer's TOUPrimaryRegisterValue[1] has risen by 500 within 1
      And the answer's TOUPrimaryRegisterValue[2] has risen by 1000 within 1

    @requirement:SMETS-E-053 @srv:4.1.2 @usecase:ECS17d
    Scenario: The week decides the day
      Given the bench's clock has reached 00:00:00
      And 5 days pass
      And the import supplier has read 4.1.2 Read Instantaneous Import TOU Matrices
      And the answer's TOUPrimaryRegisterValue[2] has been noted
      When 1 day passes
      And the import supplier reads 4.1.2 Read Instantaneous Import TOU Matrices
      Then the answer's TOUPrimaryRegisterValue[2] has risen by 48000 within 1

    @requirement:SMETS-E-054 @srv:4.1.2 @usecase:ECS17d
    Scenario: A special day overrides the week
      Given the import supplier has set 1.1.1 Update Import Tariff (Primary Element) with
        | ElecTariffElements.SpecialDays.SpecialDay[1].Date.Month.SpecifiedMonth           | 1 |
        | ElecTariffElements.SpecialDays.SpecialDay[1].Date.DayOfMonth.SpecifiedDayOfMonth | 6 |
      And the bench's clock has reached 00:00:00
      And the import supplier has read 4.1.2 Read Instantaneous Import TOU Matrices
      And the answer's TOUPrimaryRegisterValue[2] has been noted
      When 1 day passes
      And the import supplier reads 4.1.2 Read Instantaneous Import TOU Matrices
      Then the answer's TOUPrimaryRegisterValue[2] has risen by 48000 within 1

  Rule: Prices, standing charge and currency (SMETS2 5.7.4.42, 5.7.4.9)

    @requirement:SMETS-E-055 @srv:4.11.1 @usecase:ECS24
    Scenario: What was set is read back
      When the import supplier reads 4.11.1 Read Tariff (Primary Element)
      Then the answer says
        | PriceScale          | -5    |
        | StandingCharge      | 20000 |
        | StandingChargeScale | -5    |
        | CurrencyUnitsLabel  | GBP   |

    @requirement:SMETS-E-055 @srv:1.2.1 @srv:4.11.1 @usecase:ECS01b @usecase:ECS24
    Scenario: New prices leave the calendar alone
      When the import supplier sets 1.2.1 Update Price (Primary Element) with
        | PriceElements.ElectricityPriceElements.TOUTariff.TOUPrice[1] | 31000 |
        | PriceElements.ElectricityPriceElements.StandingCharge        | 25000 |
      And the bench's clock reaches 12:00:00
      And the import supplier reads 4.11.1 Read Tariff (Primary Element)
      Then the answer says
        | PrimaryActiveTariffPrice | 31000 |
        | StandingCharge           | 25000 |

  Rule: Dated changes (SMETS2 5.6.3.35)

    @requirement:SMETS-E-064 @srv:1.2.1 @srv:4.11.1 @usecase:ECS01b
    Scenario: A dated price waits for its date
      Given the import supplier has set 1.2.1 Update Price (Primary Element) with
        | ExecutionDateTime                                     | in 2 hours |
        | PriceElements.ElectricityPriceElements.StandingCharge | 25000      |
      When 1 hour passes
      And the import supplier reads 4.11.1 Read Tariff (Primary Element)
      Then the answer's StandingCharge is 20000

    @requirement:SMETS-E-064 @srv:1.2.1 @srv:4.11.1 @usecase:ECS01b
    Scenario: On its date it is in force
      Given the import supplier has set 1.2.1 Update Price (Primary Element) with
        | ExecutionDateTime                                     | in 2 hours |
        | PriceElements.ElectricityPriceElements.StandingCharge | 25000      |
      When 2 hours 1 minute pass
      And the import supplier reads 4.11.1 Read Tariff (Primary Element)
      Then the answer's StandingCharge is 25000

    @requirement:SMETS-E-059 @srv:1.1.1 @usecase:ECS01a
    Scenario: Each component of a dated tariff is reported
      Given the import supplier has set 1.1.1 Update Import Tariff (Primary Element) with
        | ExecutionDateTime | in 2 hours |
      When 2 hours 1 minute pass
      Then the import supplier has received 6 device alerts 8F66
      And the import supplier has received no device alert 8F67

    @requirement:SMETS-E-060 @srv:1.2.1 @srv:4.11.1 @usecase:ECS01b
    Scenario: A dated price that was cancelled never comes
      Given the import supplier has set 1.2.1 Update Price (Primary Element) with
        | ExecutionDateTime                                     | in 2 hours |
        | PriceElements.ElectricityPriceElements.StandingCharge | 25000      |
      And the import supplier has set 1.2.1 Update Price (Primary Element) with
        | ExecutionDateTime | 3000-12-31T00:00:00Z |
      When 3 hours pass
      And the import supplier reads 4.11.1 Read Tariff (Primary Element)
      Then the answer's StandingCharge is 20000
      And the import supplier has received no device alert 8F66

  Rule: Snapshots (SMETS2 5.7.5.10)

    @requirement:SMETS-E-061 @srv:4.4.2 @usecase:ECS20b
    Scenario: A new tariff takes a billing snapshot
      Given the import supplier has read 4.4.2 Retrieve Change Of Mode / Tariff Triggered Billing Data Log
      When 1 hour passes
      And the import supplier sets 1.1.1 Update Import Tariff (Primary Element)
      And the import supplier reads 4.4.2 Retrieve Change Of Mode / Tariff Triggered Billing Data Log
      Then the answer has 2 LogEntryConsumptionAndTariffRegistersData
