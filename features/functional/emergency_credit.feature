@scheme:functional @role:IS @device:ESME
Feature: Emergency credit is offered, activated, used up and repaid

  The meter of these scenarios has 10 pounds of credit, 5 pounds of emergency credit that is
  offered from a balance of 1 pound down, and is disabled below nothing. A kWh costs 24.5 pence; it
  is 10:00 UTC, outside the non-disablement hours.

  Background:
    Given a commissioned single-phase electricity meter
    And the import supplier has set 6.11 Synchronise Clock
    And the import supplier has set 1.1.1 Update Import Tariff (Primary Element)
    And the bench's clock has reached 10:00:00
    And the import supplier has set 2.1 Update Prepay Configuration with
      | UpdatePrepayConfigElectricity.EmergencyCreditThreshold | 100000 |
    And the import supplier has adjusted the meter balance by 10 pounds
    And the import supplier has set 1.6 Update Payment Mode with
      | Prepayment.DisablementThreshold | 0 |

  Rule: Availability (SMETS2 5.7.4.17)

    @requirement:SMETS-E-131 @srv:1.5
    Scenario Outline: With the balance <where> the threshold emergency credit is offered <count> times
      When the import supplier adjusts the meter balance by <change> pounds
      And 1 minute passes
      Then the import supplier has received <count> device alerts 8119

      Examples:
        | where                | change   | count |
        | one thousandth above | -8.99999 | 0     |
        | at                   | -9       | 1     |
        | one thousandth below | -9.00001 | 1     |

    @requirement:SMETS-E-131 @srv:1.1.1
    Scenario Outline: Consumption brings the offer at its moment: <count> reports after <span>
      Given the import supplier has adjusted the meter balance by -8.51 pounds
      And a steady load of 2.000 kW
      When <span> pass
      Then the import supplier has received <count> device alerts 8119

      Examples: 49 pence above the threshold
        | span       | count |
        | 59 minutes | 0     |
        | 61 minutes | 1     |

    @requirement:SMETS-E-131 @srv:2.5 @usecase:ECS09
    Scenario: Emergency credit that is not offered is not given
      When the import supplier sends 2.5 Activate Emergency Credit
      Then the device refuses the command

    @requirement:SMETS-E-131 @requirement:SMETS-E-164 @srv:1.5
    Scenario: The offer is on the meter's display
      When the import supplier adjusts the meter balance by -9.50 pounds
      Then the display has the sign "emergency credit available"

  Rule: Activation (SMETS2 5.6.3.1)

    @requirement:SMETS-E-132 @srv:2.5 @usecase:ECS09
    Scenario: The supplier activates it
      Given the import supplier has adjusted the meter balance by -9.50 pounds
      When the import supplier sets 2.5 Activate Emergency Credit
      And 1 minute passes
      Then the import supplier has received exactly one device alert 81AB

    @requirement:SMETS-E-132 @srv:2.5 @usecase:ECS09
    Scenario: The command succeeds where it is active already
      Given the import supplier has adjusted the meter balance by -9.50 pounds
      And the import supplier has set 2.5 Activate Emergency Credit
      When the import supplier sends 2.5 Activate Emergency Credit
      Then the meter answers with success within 30 seconds

    @requirement:SMETS-E-132 @srv:2.5 @usecase:ECS09
    Scenario: In credit mode there is none to activate
      Given the import supplier has adjusted the meter balance by -9.50 pounds
      And the import supplier has set 1.6 Update Payment Mode with
        | Prepayment | - |
        | Credit     |   |
      When the import supplier sends 2.5 Activate Emergency Credit
      Then the device refuses the command

    @requirement:SMETS-E-132
    Scenario: The household activates it at the meter
      Given the import supplier has adjusted the meter balance by -9.50 pounds
      When emergency credit is activated at the meter
      And 1 minute passes
      Then the import supplier has received exactly one device alert 81AB

    @requirement:SMETS-E-132 @requirement:SMETS-I-003 @device:PPMID @usecase:PECS02
    Scenario: The household activates it at a display
      Given a display in the home, joined with the meter
      And the import supplier has adjusted the meter balance by -9.50 pounds
      When emergency credit is activated at the display
      And 1 minute passes
      Then the display says that it was accepted
      And the import supplier has received exactly one device alert 81AB

    @requirement:SMETS-E-132
    Scenario: Activated in time, it keeps the supply on below the threshold
      Given a steady load of 1.000 kW
      And the import supplier has adjusted the meter balance by -9.50 pounds
      And emergency credit has been activated at the meter
      When 4 hours pass
      Then the load draws 1.000 kW within 2 %

    @requirement:SMETS-E-132 @srv:7.4
    Scenario: Activated late, it arms the supply again
      Given the import supplier has adjusted the meter balance by -10.50 pounds
      When emergency credit is activated at the meter
      And the import supplier reads 7.4 Read Supply Status
      Then the supply state read back is armed

  Rule: Use

    @requirement:SMETS-E-133 @srv:4.3 @usecase:ECS19 @grade:inferred
    Scenario: The meter balance goes first, then emergency credit
      Given the import supplier has adjusted the meter balance by -9.51 pounds
      And emergency credit has been activated at the meter
      And a steady load of 2.000 kW
      When 2 hours pass
      And the import supplier reads 4.3 Read Instantaneous Prepay Values
      Then the answer's MeterBalance is 0
      And the answer's EmergencyCreditBalance is 451000 within 100

    @requirement:SMETS-E-133 @srv:4.3 @usecase:ECS19
    Scenario: Used up, it is reported and nothing is left of it
      Given the import supplier has adjusted the meter balance by -9.50 pounds
      And emergency credit has been activated at the meter
      And a steady load of 3.000 kW
      When 8 hours pass
      And the import supplier reads 4.3 Read Instantaneous Prepay Values
      Then the answer's EmergencyCreditBalance is 0
      And the import supplier has received exactly one device alert 81AA

    @requirement:SMETS-E-133
    Scenario: Used up, the display shows none left and what is owed
      Given the import supplier has adjusted the meter balance by -10 pounds
      And emergency credit has been activated at the meter
      And a steady load of 3.000 kW
      When 8 hours pass
      Then the meter shows "emergency credit balance" as "GBP 0.00"
      And the meter shows "debt to clear" as "GBP 5.00"

    @requirement:SMETS-E-133 @requirement:SMETS-E-134
    Scenario: Used up, it no longer keeps the supply on
      Given the import supplier has adjusted the meter balance by -9.50 pounds
      And emergency credit has been activated at the meter
      And a steady load of 3.000 kW
      When 8 hours pass
      Then the load current is zero
      And the import supplier has received exactly one device alert 8F0F

    @requirement:SMETS-E-142
    Scenario: Debt to clear follows what is used of emergency credit
      Given the import supplier has adjusted the meter balance by -10 pounds
      And emergency credit has been activated at the meter
      And a steady load of 2.000 kW
      When 1 hour passes
      Then the meter shows "debt to clear" as "GBP 0.49"

  Rule: The whole limit again (SMETS2 5.6.3.29)

    @requirement:SMETS-E-154 @srv:1.5 @srv:4.3 @usecase:ECS04a @usecase:ECS19
    Scenario: A reset of the balance makes emergency credit its limit again
      Given the import supplier has adjusted the meter balance by -9.51 pounds
      And emergency credit has been activated at the meter
      And a steady load of 2.000 kW
      And 3 hours pass
      And the load of the bench is off
      When the import supplier sets 1.5 Update Meter Balance with
        | CreditMode                       | - |
        | PrepaymentMode.ResetMeterBalance |   |
      Then the amounts of the meter are
        | emergency credit | 5 |
        | meter balance    | 0 |

    @requirement:SMETS-E-154 @srv:2.2 @srv:4.3
    Scenario: Once it is repaid its balance is the limit
      Given the import supplier has adjusted the meter balance by -9.51 pounds
      And emergency credit has been activated at the meter
      And a steady load of 2.000 kW
      And 3 hours pass
      And the load of the bench is off
      When a top-up of 20 pounds is sold and sent by 2.2
      Then the amounts of the meter are
        | emergency credit | 5 |

    @requirement:SMETS-E-154 @srv:2.1 @srv:4.3
    Scenario: Where none is owed a new limit is its balance
      When the import supplier sets 2.1 Update Prepay Configuration with
        | UpdatePrepayConfigElectricity.EmergencyCreditLimit | 750000 |
      Then the amounts of the meter are
        | emergency credit | 7.50 |
