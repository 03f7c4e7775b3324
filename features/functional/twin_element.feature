@scheme:functional @role:IS @device:ESME @bench:twin
Feature: A second element is metered, priced and kept apart, and charged to the same balance

  Both elements have a night rate (register 2) from 00:00 and a day rate (register 1) from 07:00
  UTC. A kWh of the second element costs 24.5 pence by day and 8.25 by night; of the primary
  element 24.5 and 9.75.

  Background:
    Given a commissioned twin-element electricity meter
    And the import supplier has set 6.11 Synchronise Clock
    And the import supplier has set 1.1.1 Update Import Tariff (Primary Element)
    And the import supplier has set 1.1.2 Update Import Tariff (Secondary Element)
    And the bench's clock has reached 04:00:00

  Rule: Registers (SMETS2 5.13)

    @requirement:SMETS-T-001 @srv:4.1.1 @usecase:ECS17b
    Scenario: Each element has its register
      Given a steady load of 1.000 kW
      And a steady load of 2.500 kW on the second element
      And the import supplier has read 4.1.1 Read Instantaneous Import Registers
      And the answer's ActiveImportRegister.Value has been noted
      And the answer's SecondaryActiveImportRegister.Value has been noted
      When 2 hours pass
      And the import supplier reads 4.1.1 Read Instantaneous Import Registers
      Then the answer's ActiveImportRegister.Value has risen by 2000 within 2
      And the answer's SecondaryActiveImportRegister.Value has risen by 5000 within 2

    @requirement:SMETS-T-001 @srv:4.1.1 @usecase:ECS17b @grade:inferred
    Scenario Outline: Load on <loaded> does not run <other>
      Given a steady load of <primary> kW
      And a steady load of <second> kW on the second element
      And the import supplier has read 4.1.1 Read Instantaneous Import Registers
      And the answer's <register>.Value has been noted
      When 2 hours pass
      And the import supplier reads 4.1.1 Read Instantaneous Import Registers
      Then the answer's <register>.Value is what it was

      Examples: no cross-talk (inferred)
        | loaded              | other               | primary | second | register                      |
        | the primary element | the second element  | 2.000   | 0.000  | SecondaryActiveImportRegister |
        | the second element  | the primary element | 0.000   | 2.000  | ActiveImportRegister          |

    @requirement:SMETS-T-001 @srv:4.16 @usecase:ECS17c
    Scenario: Total power and that of the primary element are read
      Given a steady load of 1.000 kW
      And a steady load of 2.000 kW on the second element
      When the import supplier reads 4.16 Read Active Power Import
      Then the answer's ActivePowerImport.Value is 3000
      And the answer's PrimaryActivePowerImportValue is 1000

    @requirement:SMETS-T-001 @srv:4.8.1 @srv:4.17 @usecase:ECS22b @usecase:ECS66
    Scenario: Half hours and days hold both elements
      Given a steady load of 1.000 kW
      And a steady load of 2.000 kW on the second element
      When the bench's clock reaches 00:00:00
      And 1 day passes
      And the import supplier reads 4.8.1 Read Active Import Profile Data
      Then the answer's LogEntry[-1].PrimaryValue is 500
      And the answer's LogEntry[-1].SecondaryValue is 1000
      When the import supplier reads 4.17 Retrieve Daily Consumption Log
      Then the answer's LogEntry[-1].Value is 72000

  Rule: Time of use of the second element (SMETS2 5.13.2.10)

    @requirement:SMETS-E-052 @srv:4.1.2 @usecase:ECS17d
    Scenario Outline: Energy of the second element lands in its register <register>
      Given a steady load of 2.000 kW on the second element
      And the import supplier has read 4.1.2 Read Instantaneous Import TOU Matrices
      And the answer's TOUSecondRegisterValue[<register>] has been noted
      When the bench's clock reaches 09:00:00
      And the import supplier reads 4.1.2 Read Instantaneous Import TOU Matrices
      Then the answer's TOUSecondRegisterValue[<register>] has risen by <energy> within 2
      And the answer's TOUPrimaryRegisterValue[<register>] is 0

      Examples: Wh from 04:00 to 09:00
        | register | energy |
        | 1        | 4000   |
        | 2        | 6000   |
        | 4        | 0      |

  Rule: Prices of the second element

    @requirement:SMETS-T-001 @srv:1.2.2 @srv:4.11.2 @usecase:ECS01d @usecase:ECS24b
    Scenario: New prices of the second element are read back
      Given the import supplier has set 1.2.2 Update Price (Secondary Element) with
        | PriceElements.ElectricityPriceElement[2] | 7000 |
      When the import supplier reads 4.11.2 Read Tariff (Secondary Element)
      Then the answer says
        | SecondaryActiveTariffPrice | 7000  |
        | TariffTOUPrice[1]          | 24500 |
        | TariffTOUPrice[2]          | 7000  |

  Rule: Logs hold both elements

    @requirement:SMETS-E-075 @srv:4.4.3 @usecase:ECS20c
    Scenario: An entry of the billing data log holds the second element
      Given a steady load of 2.000 kW on the second element
      And the import supplier has set 6.8 Update Device Configuration (Billing Calendar) with
        | ElectricityBillingCalendar.BillingTime | 09:00:00Z |
      When the bench's clock reaches 09:01:00
      And the import supplier reads 4.4.3 Retrieve Billing Calendar Triggered Billing Data Log
      Then the answer's ESMEBillingDataLogEntry[-1].SecondaryActiveImportRegisterValueConsumption is 10000 within 10
      And the answer's ESMEBillingDataLogEntry[-1].SecondaryTariffTOURegisterMatrixValue[1] is 4000 within 10

  Rule: One balance

    @requirement:SMETS-T-002 @srv:4.3 @usecase:ECS19
    Scenario: Both elements are charged to one balance
      Given the import supplier has read 4.3 Read Instantaneous Prepay Values
      And the answer's MeterBalance has been noted
      And a steady load of 1.000 kW
      And a steady load of 2.000 kW on the second element
      When 2 hours pass
      And the load becomes 0.000 kW
      And the load on the second element becomes 0.000 kW
      And the import supplier reads 4.3 Read Instantaneous Prepay Values
      Then the answer's MeterBalance has fallen by 52500 within 100
