@scheme:functional @role:GS @device:GSME @bench:every_role
Feature: Gas is paid for in advance, at the supplier's terms

  Amounts are thousandths of a penny. A cubic metre is 10 kWh, at 4 p each on working days.

  Background:
    Given a commissioned gas meter that the gas proxy mirrors
    And the gas supplier has set 6.6 Update Device Configuration (Gas Conversion) of the gas meter with
      | CalorificValue   | 36.0    |
      | ConversionFactor | 1.00000 |
    And the gas supplier has set a gas tariff by days

  Rule: Credit is bought with codes

    @requirement:SMETS-G-015 @srv:2.2 @srv:4.3 @usecase:CS01b
    Scenario: A code that is sent adds its value
      Given gas in prepayment mode that is shut off below 0 millipence
      And the gas supplier has read 4.3 Read Instantaneous Prepay Values of the gas meter
      And the answer's MeterBalance has been noted
      And the gas supplier has sold 1 code of 10 pounds
      When the gas supplier sends the code by 2.2
      And the gas supplier reads 4.3 Read Instantaneous Prepay Values of the gas meter
      Then the answer's MeterBalance has risen by 1000000

    @requirement:SMETS-G-015 @srv:4.3 @usecase:GCS14
    Scenario: A code that is entered at the meter adds its value
      Given gas in prepayment mode that is shut off below 0 millipence
      And the gas supplier has sold 1 code of 10 pounds
      And the gas supplier has read 4.3 Read Instantaneous Prepay Values of the gas meter
      And the answer's MeterBalance has been noted
      When each code is entered at the gas meter
      And the gas supplier reads 4.3 Read Instantaneous Prepay Values of the gas meter
      Then the gas meter takes it
      And the answer's MeterBalance has risen by 1000000

    @requirement:SMETS-G-015
    Scenario: The same code is not taken twice
      Given gas in prepayment mode that is shut off below 0 millipence
      And the gas supplier has sold 1 code of 10 pounds
      And each code has been entered at the gas meter
      When each code is entered at the gas meter
      And the gas supplier reads 6.13 Read Event Or Security Log of the gas meter with
        | LogToRead | Security |
      Then the gas meter refuses it
      And the log of the answer has an entry 8F51

    @requirement:SMETS-G-015 @srv:2.1
    Scenario Outline: A code of <pounds> pounds where <limit> may be credited: the meter <outcome> it
      Given gas in prepayment mode that is shut off below 0 millipence
      And the gas supplier has set 2.1 Update Prepay Configuration of the gas meter with
        | UpdatePrepayConfigGas.MaxCreditThreshold | <limit> |
      And the gas supplier has sold 1 code of <pounds> pounds
      When each code is entered at the gas meter
      Then the gas meter <outcome> it

      Examples: at the limit, and a thousandth of a penny below
        | pounds | limit   | outcome |
        | 10     | 1000000 | takes   |
        | 10     | 999999  | refuses |

  Rule: Without credit there is no gas

    @requirement:SMETS-G-015 @srv:7.4 @usecase:GCS33
    Scenario: The valve shuts when the credit is used up, and the supplier is told
      Given gas in prepayment mode that is shut off below 0 millipence
      And the gas supplier has sold 1 code of 1 pounds
      And each code has been entered at the gas meter
      And the gas supply has been opened with a press
      When gas appliances draw 2.000 m3/h for 1 hour
      And gas appliances go on to draw 2.000 m3/h for 30 minutes
      Then no gas passes the gas meter
      And the gas supplier receives device alert 8F0F within 31 minutes
      And the gas supply state read back is disabled

    @requirement:SMETS-G-015 @srv:7.4 @usecase:GCS33
    Scenario: A top-up arms it, and a press lets gas pass
      Given gas in prepayment mode that is shut off below 0 millipence
      And gas appliances that draw 1.0 m3/h
      And 2 hours pass
      And the gas supplier has sold 1 code of 10 pounds
      When each code is entered at the gas meter
      Then no gas passes the gas meter
      And the gas supply state read back is armed
      And a press at the gas meter lets gas pass

    @requirement:SMETS-G-015 @srv:2.1
    Scenario: Credit that is low is reported
      Given gas in prepayment mode that is shut off below 0 millipence
      And the gas supplier has set 2.1 Update Prepay Configuration of the gas meter with
        | UpdatePrepayConfigGas.LowCreditThreshold | 900000 |
      And the gas supplier has sold 1 code of 10 pounds
      And each code has been entered at the gas meter
      And the gas supply has been opened with a press
      And alerts are counted from here
      When gas appliances draw 1.000 m3/h for 4 hours
      Then the gas supplier receives device alert 810D within 31 minutes

    @requirement:SMETS-G-015 @srv:2.5 @srv:4.3 @usecase:GCS06
    Scenario: Emergency credit is there for who needs it
      Given gas in prepayment mode that is shut off below 0 millipence
      And gas appliances that draw 1.0 m3/h
      And 1 hour passes
      When the gas supplier sets 2.5 Activate Emergency Credit of the gas meter
      And the gas supplier reads 4.3 Read Instantaneous Prepay Values of the gas meter
      Then the answer's EmergencyCreditBalance is 500000
      And the gas supply state read back is armed

    @requirement:SMETS-G-015 @srv:2.3 @srv:4.3 @usecase:GCS04
    Scenario: Debt is collected by the hour, out of the balance
      Given gas in prepayment mode that is shut off below -10000000 millipence
      And the gas supplier has set 2.3 Update Debt of the gas meter with
        | TimeDebtRegister1                 | 1000000 |
        | GasDebtRecovery1.DebtRecoveryRate | 10000   |
        | TimeDebtRegister2                 | 0       |
        | PaymentDebtRegister               | 0       |
      And the bench's clock has reached 10:05:00
      And the gas supplier has read 4.3 Read Instantaneous Prepay Values of the gas meter
      And the answer's TimeDebtRegister1 has been noted
      And the answer's MeterBalance has been noted
      When the bench's clock reaches 12:05:00
      And the gas supplier reads 4.3 Read Instantaneous Prepay Values of the gas meter
      Then the answer's MeterBalance has fallen by 20000
      And the answer's TimeDebtRegister1 has fallen by 20000

    @requirement:SMETS-G-015 @srv:2.3 @srv:4.3 @usecase:GCS04
    Scenario: A quarter of a payment goes to payment-based debt
      Given gas in prepayment mode that is shut off below -10000000 millipence
      And the gas supplier has set 2.1 Update Prepay Configuration of the gas meter with
        | UpdatePrepayConfigGas.DebtRecoveryRateCap | 1000000 |
      And the gas supplier has set 2.3 Update Debt of the gas meter with
        | TimeDebtRegister1   | 0       |
        | TimeDebtRegister2   | 0       |
        | PaymentDebtRegister | 1000000 |
      And the gas supplier has read 4.3 Read Instantaneous Prepay Values of the gas meter
      And the answer's PaymentDebtRegister has been noted
      And the answer's MeterBalance has been noted
      And the gas supplier has sold 1 code of 10 pounds
      When the gas supplier sends the code by 2.2
      And the gas supplier reads 4.3 Read Instantaneous Prepay Values of the gas meter
      Then the answer's PaymentDebtRegister has fallen by 250000
      And the answer's MeterBalance has risen by 750000

  Rule: The balance of credit mode (SMETS2 4.5.3.6)

    @requirement:SMETS-G-016 @srv:1.5 @srv:4.18 @usecase:GCS40c @usecase:GCS60a
    Scenario: An adjustment is taken off what is owed
      Given gas appliances that draw 1.0 m3/h
      And 5 hours pass
      And gas appliances that draw 0.0 m3/h
      And the gas supplier has read 4.18 Read Meter Balance of the gas meter
      And the answer's MeterBalance has been noted
      When the gas supplier sets 1.5 Update Meter Balance of the gas meter with
        | PrepaymentMode                | -     |
        | CreditMode.AdjustMeterBalance | 50000 |
      And the gas supplier reads 4.18 Read Meter Balance of the gas meter
      Then the answer's MeterBalance has fallen by 50000

    @requirement:SMETS-G-016 @srv:4.18 @usecase:GCS60a
    Scenario: What is owed rises with use, and is never negative
      Given the gas supplier has read 4.18 Read Meter Balance of the gas meter
      And the answer's MeterBalance has been noted
      When gas appliances draw 1.000 m3/h for 2 hours
      And the gas supplier reads 4.18 Read Meter Balance of the gas meter
      Then the answer's MeterBalance has risen by 80000 within 1

  Rule: Top-ups and payments of debt reach the mirror (GBCS 10.4.2.5, 10.4.2.6)

    @requirement:SMETS-G-025 @srv:4.4.5 @usecase:GCS15e @device:GPF
    Scenario: The proxy knows the latest five codes
      Given gas in prepayment mode that is shut off below 0 millipence
      And the gas supplier has sold 6 codes of 10 pounds
      And each code has been entered at the gas meter
      When 31 minutes pass
      And the gas supplier reads 4.4.5 Retrieve Billing Data Log (Prepayment Credits) of the gas proxy
      Then the answer has 5 LogEntry

    @requirement:SMETS-G-025 @srv:4.4.4 @usecase:GCS15d @device:GPF
    Scenario: The proxy knows what went to debt
      Given gas in prepayment mode that is shut off below -10000000 millipence
      And the gas supplier has set 2.1 Update Prepay Configuration of the gas meter with
        | UpdatePrepayConfigGas.DebtRecoveryRateCap | 1000000 |
      And the gas supplier has set 2.3 Update Debt of the gas meter with
        | TimeDebtRegister1   | 0       |
        | TimeDebtRegister2   | 0       |
        | PaymentDebtRegister | 1000000 |
      And the gas supplier has sold 1 code of 10 pounds
      And each code has been entered at the gas meter
      When 31 minutes pass
      And the gas supplier reads 4.4.4 Retrieve Billing Data Log (Payment Based Debt Payments) of the gas proxy
      Then the answer has 1 LogEntry
