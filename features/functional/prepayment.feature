@scheme:functional @role:IS @device:ESME
Feature: A prepayment meter spends credit, warns of its end, and disconnects at its threshold

  The meter of these scenarios has 10 pounds of credit, a low credit threshold of 2 pounds and a
  disablement threshold of nothing. It is 10:00 UTC, outside the non-disablement hours. Emergency
  credit is offered from a balance of 1 pound down.

  Background:
    Given a commissioned single-phase electricity meter
    And the import supplier has set 6.11 Synchronise Clock
    And the bench's clock has reached 10:00:00
    And the import supplier has set 2.1 Update Prepay Configuration with
      | UpdatePrepayConfigElectricity.EmergencyCreditThreshold | 100000 |
    And the import supplier has adjusted the meter balance by 10 pounds
    And the import supplier has set 1.6 Update Payment Mode with
      | Prepayment.DisablementThreshold | 0 |

  Rule: Low credit (SMETS2 5.7.4.23)

    @requirement:SMETS-E-130 @srv:1.5 @usecase:ECS04a
    Scenario Outline: Credit <where> the low credit threshold is reported <count> times
      When the import supplier adjusts the meter balance by <change> pounds
      And 1 minute passes
      Then the import supplier has received <count> device alerts 810D

      Examples:
        | where                | change   | count |
        | one thousandth above | -7.99999 | 0     |
        | one thousandth below | -8.00001 | 1     |

    @requirement:SMETS-E-130 @srv:1.5 @usecase:ECS04a @grade:inferred
    Scenario: Credit at the low credit threshold is not low yet
      When the import supplier adjusts the meter balance by -8 pounds
      And 1 minute passes
      Then the import supplier has received no device alert 810D

    @requirement:SMETS-E-130 @srv:1.5
    Scenario: Low credit is reported once, however much lower it falls
      When the import supplier adjusts the meter balance by -8.50 pounds
      And 1 day passes
      And the import supplier adjusts the meter balance by -0.50 pounds
      And 1 minute passes
      Then the import supplier has received exactly one device alert 810D

    @requirement:SMETS-E-130 @srv:1.5
    Scenario: Credit that recovered is reported when it is low again
      When the import supplier adjusts the meter balance by -8.50 pounds
      And the import supplier adjusts the meter balance by 8.50 pounds
      And the import supplier adjusts the meter balance by -8.50 pounds
      And 1 minute passes
      Then the import supplier has received 2 device alerts 810D

    @requirement:SMETS-E-130 @srv:1.6 @srv:1.5
    Scenario: In credit mode no credit is low
      Given the import supplier has set 1.6 Update Payment Mode with
        | Prepayment | - |
        | Credit     |   |
      When the import supplier adjusts the meter balance by -9 pounds
      And 1 minute passes
      Then the import supplier has received no device alert 810D

    @requirement:SMETS-E-130 @requirement:SMETS-E-164 @srv:1.5
    Scenario: Low credit is on the meter's display
      When the import supplier adjusts the meter balance by -8.50 pounds
      Then the display has the sign "low credit"

    @requirement:SMETS-E-130 @srv:1.1.1
    Scenario Outline: Consumption makes credit low at its moment: <count> reports after <span>
      Given the import supplier has set 1.1.1 Update Import Tariff (Primary Element)
      And the import supplier has adjusted the meter balance by -7.51 pounds
      And a steady load of 2.000 kW
      When <span> pass
      Then the import supplier has received <count> device alerts 810D

      Examples: 49 pence above the threshold at 24.5 pence a kWh
        | span       | count |
        | 59 minutes | 0     |
        | 61 minutes | 1     |

  Rule: Disablement (SMETS2 5.7.4.15)

    @requirement:SMETS-E-134 @srv:1.5 @usecase:ECS04a
    Scenario: Below the disablement threshold the supply is off
      Given a steady load of 1.000 kW
      When the import supplier adjusts the meter balance by -10.00001 pounds
      And 1 minute passes
      Then the load current is zero
      And the import supplier has received exactly one device alert 8F0F

    @requirement:SMETS-E-134 @srv:1.5 @usecase:ECS04a
    Scenario: Above the disablement threshold the supply is on
      Given a steady load of 1.000 kW
      When the import supplier adjusts the meter balance by -9.99999 pounds
      And 1 minute passes
      Then the load draws 1.000 kW within 2 %
      And the import supplier has received no device alert 8F0F

    @requirement:SMETS-E-134 @srv:1.5 @usecase:ECS04a @grade:inferred
    Scenario: At the disablement threshold the supply is on
      Given a steady load of 1.000 kW
      When the import supplier adjusts the meter balance by -10 pounds
      And 1 minute passes
      Then the load draws 1.000 kW within 2 %

    @requirement:SMETS-E-134 @srv:1.6
    Scenario: A threshold below zero leaves the supply on down to it
      Given the import supplier has set 1.6 Update Payment Mode with
        | Prepayment.DisablementThreshold | -500000 |
      And a steady load of 1.000 kW
      When the import supplier adjusts the meter balance by -14.99999 pounds
      And 1 minute passes
      Then the load draws 1.000 kW within 2 %

    @requirement:SMETS-E-134 @srv:1.6
    Scenario: A threshold below zero disables below it
      Given the import supplier has set 1.6 Update Payment Mode with
        | Prepayment.DisablementThreshold | -500000 |
      And a steady load of 1.000 kW
      When the import supplier adjusts the meter balance by -15.00001 pounds
      And 1 minute passes
      Then the load current is zero

    @requirement:SMETS-E-134 @srv:2.2 @srv:7.4
    Scenario: Restored credit arms the supply
      Given the import supplier has adjusted the meter balance by -12 pounds
      When a top-up of 5 pounds is sold and sent by 2.2
      And the import supplier reads 7.4 Read Supply Status
      Then the supply state read back is armed

    @requirement:SMETS-E-134 @srv:2.2
    Scenario: The household closes the armed supply at the meter
      Given a steady load of 1.000 kW
      And the import supplier has adjusted the meter balance by -12 pounds
      And a top-up of 5 pounds has been sold and sent by 2.2
      When the button of the meter is pressed
      Then the load draws 1.000 kW within 2 %

    @requirement:SMETS-E-134 @srv:2.2
    Scenario: Restored credit closes nothing by itself
      Given a steady load of 1.000 kW
      And the import supplier has adjusted the meter balance by -12 pounds
      When a top-up of 5 pounds is sold and sent by 2.2
      And 1 minute passes
      Then the load current is zero

    @requirement:SMETS-E-134 @srv:2.2 @srv:7.4
    Scenario: A top-up that leaves the balance below the threshold arms nothing
      Given the import supplier has adjusted the meter balance by -12 pounds
      When a top-up of 1 pounds is sold and sent by 2.2
      And the import supplier reads 7.4 Read Supply Status
      Then the supply state read back is disabled

    @requirement:SMETS-E-134 @srv:1.1.1
    Scenario Outline: Consumption disables at its moment: after <span> a load of 2 kW draws <drawn> kW
      Given the import supplier has set 1.1.1 Update Import Tariff (Primary Element)
      And the import supplier has adjusted the meter balance by -9.51 pounds
      And a steady load of 2.000 kW
      When <span> pass
      Then the import supplier has received <count> device alerts 8F0F
      And the load draws <drawn> kW within 2 %

      Examples: 49 pence left at 24.5 pence a kWh
        | span       | drawn | count |
        | 59 minutes | 2.000 | 0     |
        | 61 minutes | 0.000 | 1     |

  Rule: What is taken from the balance (SMETS2 5.7.4.42)

    @requirement:SMETS-E-063 @srv:1.1.1 @srv:4.18 @usecase:ECS82
    Scenario: Each day takes one standing charge
      Given the import supplier has set 1.1.1 Update Import Tariff (Primary Element)
      When 3 days pass
      And the import supplier reads 4.18 Read Meter Balance
      Then the answer's MeterBalance is 940000

    @requirement:SMETS-E-063 @srv:1.1.1 @srv:4.18 @usecase:ECS82 @grade:inferred
    Scenario Outline: The standing charge is taken at midnight UTC: <balance> at <time>
      Given the import supplier has set 1.1.1 Update Import Tariff (Primary Element)
      When the bench's clock reaches <time>
      And the import supplier reads 4.18 Read Meter Balance
      Then the answer's MeterBalance is <balance>

      Examples:
        | time     | balance |
        | 23:59:00 | 1000000 |
        | 00:01:00 | 980000  |

    @requirement:SMETS-E-143 @srv:1.1.1 @srv:4.18
    Scenario: What is consumed costs its price
      Given the import supplier has set 1.1.1 Update Import Tariff (Primary Element)
      And a steady load of 2.000 kW
      When 1 hour passes
      And the import supplier reads 4.18 Read Meter Balance
      Then the answer's MeterBalance is 951000 within 20

    @requirement:SMETS-E-143 @srv:4.18
    Scenario: At a price of zero nothing is taken
      Given a steady load of 3.000 kW
      When 1 day passes
      And the import supplier reads 4.18 Read Meter Balance
      Then the answer's MeterBalance is 1000000

    @requirement:SMETS-E-143 @srv:1.5 @srv:4.18
    Scenario: An adjustment of a thousandth of a penny is one
      When the import supplier adjusts the meter balance by 0.00001 pounds
      And the import supplier reads 4.18 Read Meter Balance
      Then the answer's MeterBalance is 1000001

    @requirement:SMETS-E-143 @srv:1.6 @srv:4.18 @grade:inferred
    Scenario: Credit is shown rounded down, never more than there is
      Given the import supplier has set 1.6 Update Payment Mode with
        | Prepayment.DisablementThreshold | -500000 |
      And the import supplier has set 1.1.1 Update Import Tariff (Primary Element)
      And the import supplier has adjusted the meter balance by -10 pounds
      And a steady load of 0.001 kW
      When 1 second passes
      And the load becomes 0.000 kW
      And the import supplier reads 4.18 Read Meter Balance
      Then the answer's MeterBalance is -1

  Rule: Sign of the balance (SMETS2 5.7.5.22)

    @requirement:SMETS-E-155 @srv:1.6 @srv:4.18
    Scenario: What is owed is negative
      Given the import supplier has set 1.6 Update Payment Mode with
        | Prepayment.DisablementThreshold | -500000 |
      When the import supplier adjusts the meter balance by -12.34567 pounds
      And the import supplier reads 4.18 Read Meter Balance
      Then the answer's MeterBalance is -234567

    @requirement:SMETS-E-155 @srv:1.6 @srv:1.1.1 @srv:4.18
    Scenario: In credit mode, too, consumption makes the balance of an electricity meter negative
      Given the import supplier has set 1.6 Update Payment Mode with
        | Prepayment | - |
        | Credit     |   |
      And the import supplier has set 1.1.1 Update Import Tariff (Primary Element)
      And the import supplier has adjusted the meter balance by -10 pounds
      And a steady load of 2.000 kW
      When 1 hour passes
      And the import supplier reads 4.18 Read Meter Balance
      Then the answer's MeterBalance is -49000 within 20

  Rule: Adjusting and resetting (SMETS2 5.6.3.6, 5.6.3.29)

    @requirement:SMETS-E-153 @srv:1.5 @srv:4.18 @usecase:ECS04a @usecase:ECS82
    Scenario Outline: An adjustment of <change> pounds is added to what there is
      When the import supplier adjusts the meter balance by <change> pounds
      And the import supplier reads 4.18 Read Meter Balance
      Then the answer's MeterBalance is <balance>

      Examples:
        | change | balance |
        | 2.50   | 1250000 |
        | -2.50  | 750000  |

    @requirement:SMETS-E-153 @srv:1.5 @usecase:ECS04a
    Scenario: A reset makes the balance zero
      When the import supplier sets 1.5 Update Meter Balance with
        | CreditMode                       | - |
        | PrepaymentMode.ResetMeterBalance  |   |
      And the import supplier reads 4.18 Read Meter Balance
      Then the answer's MeterBalance is 0
