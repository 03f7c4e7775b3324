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

    @requirement:SMETS-E-053 @srv:1.1.1 @srv:4.11.1 @usecase:ECS01a @usecase:ECS24
    Scenario: The largest calendar is taken and read back
      Given the import supplier has set a tariff of the largest size
      When the import supplier reads 4.11.1 Read Tariff (Primary Element)
      Then the answer has 16 DayProfile
      And the answer has 48 DayProfile[16].ProfileSchedule
      And the answer has 4 WeekProfile
      And the answer has 4 Season
      And the answer says
        | DayProfile[16].ProfileSchedule[48].TOUTariffAction | 48       |
        | DayProfile[16].ProfileSchedule[48].StartTime       | 23:30:00 |
        | WeekProfile[4].ReferencedElecDay[7]                | 13       |
        | Season[4].SeasonName                               | season 4 |
        | Season[4].SeasonStartDate.Month.SpecifiedMonth     | 10       |

    @requirement:SMETS-E-054 @srv:1.1.1 @srv:4.11.1 @usecase:ECS01a @usecase:ECS24
    Scenario: 50 special days are taken and read back
      Given the import supplier has set a tariff of the largest size
      When the import supplier reads 4.11.1 Read Tariff (Primary Element)
      Then the answer has 50 SpecialDay
      And the answer says
        | SpecialDay[50].Date.Month.SpecifiedMonth           | 2  |
        | SpecialDay[50].Date.DayOfMonth.SpecifiedDayOfMonth | 14 |
        | SpecialDay[50].ReferencedDay                       | 2  |

    @requirement:SMETS-E-050 @srv:1.1.1 @srv:4.1.2 @usecase:ECS17d
    Scenario Outline: A day of 48 rates reaches register <register>
      Given the import supplier has set a tariff of the largest size
      And the bench's clock has reached 00:00:00
      And the import supplier has read 4.1.2 Read Instantaneous Import TOU Matrices
      And the answer's TOUPrimaryRegisterValue[<register>] has been noted
      When 1 day passes
      And the import supplier reads 4.1.2 Read Instantaneous Import TOU Matrices
      Then the answer's TOUPrimaryRegisterValue[<register>] has risen by 1000 within 1

      Examples:
        | register |
        | 2        |
        | 25       |
        | 48       |

    @requirement:SMETS-E-053 @srv:4.1.2 @usecase:ECS17d
    Scenario: The season decides the week
      Given voltage monitors set to
        | AverageRMSVoltageMeasurementPeriod | 43200 |
      And the import supplier has set 1.1.1 Update Import Tariff (Primary Element) with
        | ElecTariffElements.SwitchingTable.Seasons.Season[2].SeasonStartDate.Month.SpecifiedMonth           | 2  |
        | ElecTariffElements.SwitchingTable.Seasons.Season[2].SeasonStartDate.DayOfMonth.SpecifiedDayOfMonth | 1  |
      And the bench's clock has reached 00:00:00
      And 26 days pass
      And the import supplier has read 4.1.2 Read Instantaneous Import TOU Matrices
      And the answer's TOUPrimaryRegisterValue[1] has been noted
      When 1 day passes
      And the import supplier reads 4.1.2 Read Instantaneous Import TOU Matrices
      Then the answer's TOUPrimaryRegisterValue[1] has risen by 34000 within 1

  Rule: Prices, standing charge and currency (SMETS2 5.7.4.42, 5.7.4.9)

    @requirement:SMETS-E-055 @srv:4.3 @usecase:ECS19
    Scenario Outline: A kWh of <when> costs the price of its rate
      Given the bench's clock has reached <start>
      And the import supplier has read 4.3 Read Instantaneous Prepay Values
      And the answer's MeterBalance has been noted
      When 2 hours pass
      And the import supplier reads 4.3 Read Instantaneous Prepay Values
      Then the answer's MeterBalance has fallen by <millipence> within 100

      Examples: millipence for 4 kWh
        | when  | start    | millipence |
        | day   | 10:00:00 | 98000      |
        | night | 02:00:00 | 39000      |

    @requirement:SMETS-E-055 @srv:1.1.1 @srv:4.3 @usecase:ECS01a @usecase:ECS19
    Scenario: The scale of the prices is theirs, not that of the standing charge
      Given the import supplier has set 1.1.1 Update Import Tariff (Primary Element) with
        | PriceElements.ElectricityPriceElements.PriceScale           | -4   |
        | PriceElements.ElectricityPriceElements.TOUTariff.TOUPrice[1] | 2450 |
      And the bench's clock has reached 10:00:00
      And the import supplier has read 4.3 Read Instantaneous Prepay Values
      And the answer's MeterBalance has been noted
      When 2 hours pass
      And the import supplier reads 4.3 Read Instantaneous Prepay Values
      Then the answer's MeterBalance has fallen by 98000 within 100

    @requirement:SMETS-E-055 @srv:1.1.1 @srv:4.11.1 @usecase:ECS01a @usecase:ECS24
    Scenario: A tariff in euros is read back as one
      Given the import supplier has set 1.1.1 Update Import Tariff (Primary Element) with
        | ElecTariffElements.CurrencyUnits | ECB |
      When the import supplier reads 4.11.1 Read Tariff (Primary Element)
      Then the answer's CurrencyUnitsLabel is ECB

    @requirement:SMETS-E-055 @srv:1.2.1 @srv:4.11.1 @usecase:ECS01b @usecase:ECS24
    Scenario Outline: A price scale of <scale> is taken and read back
      Given the import supplier has set 1.2.1 Update Price (Primary Element) with
        | PriceElements.ElectricityPriceElements.PriceScale           | <scale> |
        | PriceElements.ElectricityPriceElements.TOUTariff.TOUPrice[1] | 0       |
        | PriceElements.ElectricityPriceElements.TOUTariff.TOUPrice[2] | 0       |
      When the import supplier reads 4.11.1 Read Tariff (Primary Element)
      Then the answer's PriceScale is <scale>

      Examples:
        | scale |
        | -128  |
        | 127   |

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

    @requirement:SMETS-E-063 @srv:4.3 @usecase:ECS19
    Scenario: The standing charge is taken once a day
      Given the load of the bench is off
      And the import supplier has read 4.3 Read Instantaneous Prepay Values
      And the answer's MeterBalance has been noted
      When 3 days pass
      And the import supplier reads 4.3 Read Instantaneous Prepay Values
      Then the answer's MeterBalance has fallen by 60000

    @requirement:SMETS-E-063 @srv:4.3 @usecase:ECS19
    Scenario: It is taken once on the day on which summer time begins
      Given the load of the bench is off
      And voltage monitors set to
        | AverageRMSVoltageMeasurementPeriod | 43200 |
      And the bench's clock has reached 12:00:00
      And 82 days pass
      And the import supplier has read 4.3 Read Instantaneous Prepay Values
      And the answer's MeterBalance has been noted
      When 2 days pass
      And the import supplier reads 4.3 Read Instantaneous Prepay Values
      Then the answer's MeterBalance has fallen by 40000

    @requirement:SMETS-E-056 @srv:4.8.1 @usecase:ECS17d @grade:inferred
    Scenario: Switching follows UTC in summer
      Given voltage monitors set to
        | AverageRMSVoltageMeasurementPeriod | 43200 |
      And the bench's clock has reached 06:30:00
      And 90 days pass
      And the import supplier has read 4.1.2 Read Instantaneous Import TOU Matrices
      And the answer's TOUPrimaryRegisterValue[1] has been noted
      When 1 hour passes
      And the import supplier reads 4.1.2 Read Instantaneous Import TOU Matrices
      Then the answer's TOUPrimaryRegisterValue[1] has risen by 1000 within 1

  Rule: Randomised offset (SMETS2 5.7.1.5, 5.7.4.33, 5.7.5.28)

    @requirement:SMETS-E-057 @srv:7.12 @srv:6.2.2 @usecase:ECS38 @usecase:ECS26c
    Scenario Outline: With a limit of <limit> s the offset is number times limit times 0.0001
      Given the import supplier has set 7.12 Set Randomised Offset Limit with
        | RandomisedOffsetLimit | <limit> |
      When the import supplier reads 6.2.2 Read Device Configuration (Randomisation)
      Then the answer's RandomisedOffsetLimit is <limit>
      And the randomised offset is that of its number and limit

      Examples: s
        | limit |
        | 0     |
        | 600   |
        | 1799  |

    @requirement:SMETS-E-057 @srv:7.12 @srv:6.2.2 @usecase:ECS38 @usecase:ECS26c
    Scenario: The number is fixed at manufacture
      Given the import supplier has read 6.2.2 Read Device Configuration (Randomisation)
      And the answer's RandomisedOffsetNumber has been noted
      And the import supplier has set 7.12 Set Randomised Offset Limit with
        | RandomisedOffsetLimit | 900 |
      When the supply is interrupted for 10 minutes
      And the import supplier reads 6.2.2 Read Device Configuration (Randomisation)
      Then the answer's RandomisedOffsetNumber is what it was
      And the answer's RandomisedOffsetLimit is 900

    @requirement:SMETS-E-058 @srv:6.14.2 @srv:7.12 @usecase:ECS46c @usecase:ECS38
    Scenario Outline: Auxiliary switching lags behind its calendar by the offset: <when>
      Given a load of 1.000 kW on auxiliary switch 1
      And the import supplier has set 7.12 Set Randomised Offset Limit with
        | RandomisedOffsetLimit | 1799 |
      And the import supplier has set 6.14.2 Update Device Configuration (Auxiliary Load Control Scheduler)
      And the import supplier has read 6.2.2 Read Device Configuration (Randomisation)
      And the answer's RandomisedOffset has been noted
      When the bench's clock reaches 18:00:00 and the noted RandomisedOffset <more>
      Then auxiliary load 1 draws <kilowatts> kW

      Examples: switched on at 18:00:00
        | when   | more           | kilowatts |
        | before | less 3 seconds | 0.000     |
        | after  | and 3 seconds  | 1.000     |

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

    @requirement:SMETS-E-064 @srv:1.1.1 @srv:4.11.1 @usecase:ECS01a @usecase:ECS24
    Scenario Outline: Until its date nothing of a new tariff is in force: <what>
      Given the import supplier has set 1.1.1 Update Import Tariff (Primary Element) with
        | ExecutionDateTime                                           | in 2 hours |
        | ElecTariffElements.CurrencyUnits                            | ECB        |
        | PriceElements.ElectricityPriceElements.StandingCharge       | 25000      |
        | PriceElements.ElectricityPriceElements.TOUTariff.TOUPrice[1] | 31000      |
        | ElecTariffElements.SpecialDays.SpecialDay[1].Date.Month.SpecifiedMonth | 6 |
        | ElecTariffElements.SwitchingTable.DayProfiles.DayProfile[2].ProfileSchedule[1].TOUTariffAction | 5 |
        | ElecTariffElements.ThresholdMatrix.Thresholds[1].BlockThreshold[1] | 7000 |
      When <time> pass
      And the import supplier reads 4.11.1 Read Tariff (Primary Element)
      Then the answer says
        | <path> | <value> |

      Examples: before and after
        | what            | time             | path                                             | value      |
        | currency        | 119 minutes      | CurrencyUnitsLabel                               | GBP        |
        | price           | 119 minutes      | TariffTOUPrice[1]                                | 24500      |
        | special days    | 119 minutes      | SpecialDay[1].Date.Month.SpecifiedMonth          | 12         |
        | switching table | 119 minutes      | DayProfile[2].ProfileSchedule[1].TOUTariffAction | 2          |
        | thresholds      | 119 minutes      | ElecTariffThresholds[1].BlockThreshold[1]        | 4294967295 |
        | currency, then  | 121 minutes      | CurrencyUnitsLabel                               | ECB        |
        | price, then     | 121 minutes      | TariffTOUPrice[1]                                | 31000      |
        | special days, then | 121 minutes   | SpecialDay[1].Date.Month.SpecifiedMonth          | 6          |
        | switching table, then | 121 minutes | DayProfile[2].ProfileSchedule[1].TOUTariffAction | 5         |
        | thresholds, then | 121 minutes     | ElecTariffThresholds[1].BlockThreshold[1]        | 7000       |

    @requirement:SMETS-E-060 @srv:1.1.1 @srv:4.11.1 @usecase:ECS01a
    Scenario: A dated tariff that was cancelled leaves the old one in force
      Given the import supplier has set 1.1.1 Update Import Tariff (Primary Element) with
        | ExecutionDateTime                                           | in 2 hours |
        | PriceElements.ElectricityPriceElements.TOUTariff.TOUPrice[1] | 31000      |
      And the import supplier has set 1.1.1 Update Import Tariff (Primary Element) with
        | ExecutionDateTime | 3000-12-31T00:00:00Z |
      When 3 hours pass
      And the import supplier reads 4.11.1 Read Tariff (Primary Element)
      Then the answer's TariffTOUPrice[1] is 24500
      And the import supplier has received no device alert 8F66

  Rule: Snapshots (SMETS2 5.7.5.10)

    @requirement:SMETS-E-061 @srv:4.4.2 @usecase:ECS20b
    Scenario: A new tariff takes a billing snapshot
      Given the import supplier has read 4.4.2 Retrieve Change Of Mode / Tariff Triggered Billing Data Log
      When 1 hour passes
      And the import supplier sets 1.1.1 Update Import Tariff (Primary Element)
      And the import supplier reads 4.4.2 Retrieve Change Of Mode / Tariff Triggered Billing Data Log
      Then the answer has 2 LogEntryConsumptionAndTariffRegistersData

    @requirement:SMETS-E-061 @srv:1.1.1 @srv:4.4.2 @usecase:ECS20b
    Scenario: The snapshot holds what the old tariff left
      Given the bench's clock has reached 10:00:00
      When the bench's clock reaches 11:00:00
      And the import supplier sets 1.1.1 Update Import Tariff (Primary Element)
      And the import supplier reads 4.1.2 Read Instantaneous Import TOU Matrices
      And the answer's TOUPrimaryRegisterValue[1] is noted
      And the import supplier reads 4.4.2 Retrieve Change Of Mode / Tariff Triggered Billing Data Log
      Then the answer's LogEntryConsumptionAndTariffRegistersData[-1].Timestamp is the time of the bench within 1 minute
      And the snapshot's TariffTOURegisterMatrixValue[1] is that of TOUPrimaryRegisterValue[1] within 20

    @requirement:SMETS-E-061 @srv:1.6 @srv:4.4.2 @usecase:ECS02 @usecase:ECS20b
    Scenario: A change of payment mode takes a billing snapshot
      Given the import supplier has read 4.4.2 Retrieve Change Of Mode / Tariff Triggered Billing Data Log
      When 1 hour passes
      And the import supplier sets 1.6 Update Payment Mode
      And the import supplier reads 4.4.2 Retrieve Change Of Mode / Tariff Triggered Billing Data Log
      Then the answer has 2 LogEntryPrepaymentData
      And the answer's LogEntryPrepaymentData[-1].Timestamp is the time of the bench within 1 minute
