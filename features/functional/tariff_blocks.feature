@scheme:functional @role:IS @device:ESME
Feature: Blocks within time of use

  Times of use of this tariff: 1 by day (from 07:00 UTC) and 8 by night. Blocks of the day end at 2,
  5 and 9 kWh, those of the night at 1, 2 and 3 kWh. A kWh costs 10, 20, 30 and 31 pence by block.

  Background:
    Given a commissioned single-phase electricity meter
    And the import supplier has set 6.11 Synchronise Clock

  Rule: Four blocks of eight times of use (SMETS2 5.7.5.35, 5.7.4.49)

    @requirement:SMETS-E-051 @srv:1.1.1 @srv:4.1.3 @usecase:ECS01a @usecase:ECS17e
    Scenario Outline: Day energy of <energy> kWh fills block after block
      Given the bench's clock has reached 08:00:00
      And the import supplier has set a tariff with blocks
      And a steady load of <load> kW
      When <time> pass
      And the load becomes 0.000 kW
      And the import supplier reads 4.1.3 Read Instantaneous Import TOU With Blocks Matrices
      Then the answer's TariffBlock[1].RegisterMatrixTOUValue[1] is <first> within 1
      And the answer's TariffBlock[2].RegisterMatrixTOUValue[1] is <second> within 1
      And the answer's TariffBlock[3].RegisterMatrixTOUValue[1] is <third> within 1
      And the answer's TariffBlock[4].RegisterMatrixTOUValue[1] is <fourth> within 1

      Examples: Wh by block
        | energy | load  | time       | first | second | third | fourth |
        | 1.5    | 0.500 | 3 hours    | 1500  | 0      | 0     | 0      |
        | 4      | 2.000 | 2 hours    | 2000  | 2000   | 0     | 0      |
        | 11     | 3.000 | 220 minutes | 2000 | 3000   | 4000  | 2000   |

    @requirement:SMETS-E-051 @srv:4.1.3 @usecase:ECS17e
    Scenario: Each time of use has blocks of its own
      Given the bench's clock has reached 05:00:00
      And the import supplier has set a tariff with blocks
      And a steady load of 1.000 kW
      When the bench's clock reaches 10:00:00
      And the import supplier reads 4.1.3 Read Instantaneous Import TOU With Blocks Matrices
      Then the answer's TariffBlock[1].CounterMatrixTOUValue[8] is 1000 within 5
      And the answer's TariffBlock[2].CounterMatrixTOUValue[8] is 1000 within 5
      And the answer's TariffBlock[1].CounterMatrixTOUValue[1] is 2000 within 5
      And the answer's TariffBlock[2].CounterMatrixTOUValue[1] is 1000 within 5
      And the answer's TariffBlock[1].CounterMatrixTOUValue[2] is 0

    @requirement:SMETS-E-051 @srv:4.3 @srv:4.11.1 @usecase:ECS19 @usecase:ECS24
    Scenario: Each block has its price
      Given the bench's clock has reached 08:00:00
      And the import supplier has set a tariff with blocks
      And the import supplier has read 4.3 Read Instantaneous Prepay Values
      And the answer's MeterBalance has been noted
      And a steady load of 3.000 kW
      When 220 minutes pass
      And the load becomes 0.000 kW
      And the import supplier reads 4.3 Read Instantaneous Prepay Values
      Then the answer's MeterBalance has fallen by 262000 within 100
      When the import supplier reads 4.11.1 Read Tariff (Primary Element)
      Then the answer's PrimaryActiveTariffPrice is 31000

    @requirement:SMETS-E-051 @srv:4.11.1 @usecase:ECS24
    Scenario: Thresholds and the 80 prices are read back
      Given the import supplier has set a tariff of the largest size
      When the import supplier reads 4.11.1 Read Tariff (Primary Element)
      Then the answer has 48 TariffTOUPrice
      And the answer has 8 TariffBlockPrices
      And the answer says
        | TariffTOUPrice[1]                     | 10001 |
        | TariffTOUPrice[48]                    | 10048 |
        | TariffBlockPrices[1].BlockPrice[1]    | 10000 |
        | TariffBlockPrices[8].BlockPrice[4]    | 32000 |
        | ElecTariffThresholds[1].BlockThreshold[1] | 2000 |
        | ElecTariffThresholds[1].BlockThreshold[3] | 9000 |
        | ElecTariffThresholds[8].BlockThreshold[2] | 2000 |

  Rule: Block counters start anew (SMETS2 5.6.3.25)

    @requirement:SMETS-E-062 @srv:1.7 @srv:4.1.3 @usecase:ECS05
    Scenario: A reset zeroes the counters and leaves the registers
      Given the bench's clock has reached 08:00:00
      And the import supplier has set a tariff with blocks
      And a steady load of 3.000 kW
      And 1 hour passes
      When the load becomes 0.000 kW
      And the import supplier sets 1.7 Reset Tariff Block Counter Matrix
      And the import supplier reads 4.1.3 Read Instantaneous Import TOU With Blocks Matrices
      Then the answer says
        | TariffBlock[1].CounterMatrixTOUValue[1] | 0 |
        | TariffBlock[2].CounterMatrixTOUValue[1] | 0 |
      And the answer's TariffBlock[1].RegisterMatrixTOUValue[1] is 2000 within 1
      And the answer's TariffBlock[2].RegisterMatrixTOUValue[1] is 1000 within 1

    @requirement:SMETS-E-062 @srv:1.7 @srv:4.1.3 @usecase:ECS05
    Scenario: A reset zeroes the counters of every time of use
      Given the bench's clock has reached 05:00:00
      And the import supplier has set a tariff with blocks
      And a steady load of 1.000 kW
      And 4 hours pass
      When the load becomes 0.000 kW
      And the import supplier sets 1.7 Reset Tariff Block Counter Matrix
      And the import supplier reads 4.1.3 Read Instantaneous Import TOU With Blocks Matrices
      Then the answer says
        | TariffBlock[1].CounterMatrixTOUValue[1] | 0 |
        | TariffBlock[1].CounterMatrixTOUValue[8] | 0 |
        | TariffBlock[2].CounterMatrixTOUValue[8] | 0 |

    @requirement:SMETS-E-062 @srv:6.8 @srv:4.1.3 @usecase:ECS30
    Scenario: The counters start anew with each billing period
      Given the import supplier has set a tariff with blocks
      And the import supplier has set 6.8 Update Device Configuration (Billing Calendar) with
        | ElectricityBillingCalendar.BillingTime | 12:00:00Z |
      And a steady load of 1.000 kW
      And the bench's clock has reached 11:00:00
      When the bench's clock reaches 12:30:00
      And the import supplier reads 4.1.3 Read Instantaneous Import TOU With Blocks Matrices
      Then the answer's TariffBlock[1].CounterMatrixTOUValue[1] is 500 within 5
      And the answer's TariffBlock[2].CounterMatrixTOUValue[1] is 0

    @requirement:SMETS-E-062 @srv:6.26 @srv:4.1.3 @usecase:ECS48
    Scenario Outline: Daily reset is turned <way>
      Given the import supplier has set a tariff with blocks
      And the import supplier has set 6.26 Update Device Configuration (daily resetting of Tariff Block Counter Matrix) with
        | DailyTariffBlockCounterMatrixReset | true |
      And the import supplier has set 6.26 Update Device Configuration (daily resetting of Tariff Block Counter Matrix) with
        | DailyTariffBlockCounterMatrixReset | <setting> |
      And the bench's clock has reached 23:30:00
      And a steady load of 1.000 kW
      When 50 minutes pass
      And the import supplier reads 4.1.3 Read Instantaneous Import TOU With Blocks Matrices
      Then the answer's TariffBlock[1].CounterMatrixTOUValue[1] is <counted> within 5

      Examples: Wh of the day's time of use, which ended at midnight
        | way | setting | counted |
        | on  | true    | 0       |
        | off | false   | 500     |
