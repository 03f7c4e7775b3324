@scheme:functional @role:IS @device:ESME
Feature: Debts are recovered from payments and by time, and suspended where the supplier says so

  The meter of these scenarios has 10 pounds of credit and 5 pounds of emergency credit, and stays
  on down to 100 pounds below nothing unless a scenario says otherwise. It is 10:00 UTC on a Monday.

  Background:
    Given a commissioned single-phase electricity meter
    And the import supplier has set 6.11 Synchronise Clock
    And the bench's clock has reached 10:00:00
    And the import supplier has set 2.1 Update Prepay Configuration
    And the import supplier has adjusted the meter balance by 10 pounds
    And the import supplier has set 1.6 Update Payment Mode

  Rule: Recovered from payments (SMETS2 5.7.4.11, 5.7.4.13)

    @requirement:SMETS-E-137 @srv:2.3 @srv:2.2 @usecase:ECS07 @usecase:CS01a
    Scenario: A payment gives its percentage to the payment-based debt
      Given the import supplier has set 2.3 Update Debt
      When a top-up of 8 pounds is sold and sent by 2.2
      Then the amounts of the meter are
        | payment debt  | 8  |
        | meter balance | 16 |

    @requirement:SMETS-E-137 @srv:2.3 @srv:2.2 @usecase:ECS07
    Scenario: The percentage has hundredths
      Given the import supplier has set 2.3 Update Debt with
        | DebtRecoveryPerPayment | 1234 |
      When a top-up of 10 pounds is sold and sent by 2.2
      Then the amounts of the meter are
        | payment debt  | 8.766  |
        | meter balance | 18.766 |

    @requirement:SMETS-E-137 @srv:2.3 @srv:2.2 @grade:inferred
    Scenario: One payment gives no more than the cap
      Given the import supplier has set 2.3 Update Debt with
        | PaymentDebtRegister | 5000000 |
      When a top-up of 60 pounds is sold and sent by 2.2
      Then the amounts of the meter are
        | payment debt | 40 |

    @requirement:SMETS-E-137 @srv:2.3 @srv:2.2
    Scenario Outline: The cap is over the 604,800 seconds before a payment: <after> later <debt> is left
      Given the import supplier has set 2.3 Update Debt with
        | PaymentDebtRegister                | 5000000 |
        | TimeDebtRegister1                  | 0       |
        | TimeDebtRegister2                  | 0       |
      And 5 days pass
      And a top-up of 60 pounds has been sold and sent by 2.2
      And <after> pass
      When a top-up of 60 pounds is sold and sent by 2.2
      Then the amounts of the meter are
        | payment debt | <debt> |

      Examples: a Monday and a month are passed in between
        | after                      | debt |
        | 6 days 23 hours 59 minutes | 40   |
        | 7 days 1 minute            | 30   |

    @requirement:SMETS-E-137 @srv:2.3 @srv:2.2
    Scenario: A payment gives no more than is owed, and the end of the debt is reported
      Given the import supplier has set 2.3 Update Debt with
        | PaymentDebtRegister | 100000 |
      When a top-up of 20 pounds is sold and sent by 2.2
      And 1 minute passes
      Then the amounts of the meter are
        | payment debt  | 0  |
        | meter balance | 29 |
      And the import supplier has received exactly one device alert 81A9

    @requirement:SMETS-E-137 @requirement:SMETS-E-072 @srv:4.4.4 @usecase:ECS20a
    Scenario: Each share of a payment is in the log of payments towards debt
      Given the import supplier has set 2.3 Update Debt
      And a top-up of 8 pounds has been sold and sent by 2.2
      When the import supplier reads 4.4.4 Retrieve Billing Data Log (Payment Based Debt Payments)
      Then the answer's LogEntry[-1].Amount is 200000

  Rule: The order of a payment (SMETS2 4.4, items xii to xv)

    @requirement:SMETS-E-138 @srv:2.2 @usecase:CS01a
    Scenario Outline: Of <payment> pounds <what>
      Given the import supplier has set 1.1.1 Update Import Tariff (Primary Element)
      And the import supplier has set 2.3 Update Debt with
        | ElecDebtRecovery1.DebtRecoveryRate | 0      |
        | ElecDebtRecovery2.DebtRecoveryRate | 10000  |
        | PaymentDebtRegister                | 200000 |
      And the import supplier has adjusted the meter balance by -10 pounds
      And emergency credit has been activated at the meter
      And a steady load of 2.000 kW
      And 1 hour passes
      And the load of the bench is off
      And the bench's clock has reached 00:01:00
      When a top-up of <payment> pounds is sold and sent by 2.2
      Then the amounts are within a penny of
        | payment debt     | <payment debt>     |
        | accumulated debt | <accumulated debt> |
        | emergency credit | <emergency credit> |
        | meter balance    | <meter balance>    |

      Examples: owed are 2 pounds, a quarter of each payment, 30 pence, and 49 pence
        | payment | what                                          | payment debt | accumulated debt | emergency credit | meter balance |
        | 0.20    | debts are paid first                          | 1.95         | 0.15             | 4.51             | 0             |
        | 0.80    | accumulated debt is paid before what was used | 1.80         | 0                | 4.81             | 0             |
        | 4       | the rest is credit                            | 1            | 0                | 5                | 2.21          |

  Rule: Recovered by time (SMETS2 5.7.4.12)

    @requirement:SMETS-E-139 @srv:2.3 @usecase:ECS07
    Scenario Outline: Both debts are recovered at their rates for <span>
      Given the import supplier has set 2.3 Update Debt
      When <span> pass
      Then the amounts of the meter are
        | time debt 1   | <hourly>  |
        | time debt 2   | <daily>   |
        | meter balance | <balance> |

      Examples: a penny an hour, and five pence a day
        | span               | hourly | daily | balance |
        | 1 hour             | 9.99   | 10    | 9.99    |
        | 13 hours 59 minutes | 9.87   | 10    | 9.87    |
        | 14 hours 1 minute  | 9.86   | 9.95  | 9.81    |
        | 48 hours           | 9.52   | 9.90  | 9.42    |

    @requirement:SMETS-E-139 @srv:2.3 @usecase:ECS07
    Scenario Outline: Recovery of time debt <place> stops at zero, and its end is reported
      Given the import supplier has set 2.3 Update Debt with
        | TimeDebtRegister1 | <first>  |
        | TimeDebtRegister2 | <second> |
      When 3 days pass
      Then the amounts of the meter are
        | time debt <place> | 0         |
        | meter balance     | <balance> |
      And the import supplier has received exactly one device alert <code>

      Examples:
        | place | first | second | balance | code |
        | 1     | 1500  | 0      | 9.985   | 81A7 |
        | 2     | 0     | 6000   | 9.94    | 81A8 |

    @requirement:SMETS-E-139 @srv:1.6 @srv:2.3 @grade:inferred
    Scenario: In credit mode no debt is recovered
      Given the import supplier has set 2.3 Update Debt
      And the import supplier has set 1.6 Update Payment Mode with
        | Prepayment | - |
        | Credit     |   |
      When 2 days pass
      Then the amounts of the meter are
        | time debt 1   | 10 |
        | time debt 2   | 10 |
        | meter balance | 10 |

  Rule: Suspended while the supply is off (SMETS2 5.7.4.45)

    @requirement:SMETS-E-140 @requirement:SMETS-E-152 @srv:1.6 @srv:2.3
    Scenario Outline: With Suspend Debt Disabled <flag> a day without supply takes <taken>
      Given the import supplier has set 1.1.1 Update Import Tariff (Primary Element)
      And the import supplier has set 2.3 Update Debt
      And the import supplier has set 1.6 Update Payment Mode with
        | Prepayment.SuspendDebtDisabled | <flag> |
      And the supply has been disabled
      When 24 hours pass
      Then the amounts of the meter are
        | time debt 1   | <hourly>  |
        | time debt 2   | <daily>   |
        | meter balance | <balance> |

      Examples: the standing charge is 20 pence
        | flag  | taken   | hourly | daily | balance |
        | true  | nothing | 10     | 10    | 10      |
        | false | all     | 9.76   | 9.95  | 9.51    |

    @requirement:SMETS-E-140 @srv:1.6 @srv:2.3
    Scenario: With Suspend Debt Disabled what the supply's being on takes goes on again after it
      Given the import supplier has set 2.3 Update Debt
      And the supply has been disabled
      And 3 hours pass
      And the import supplier has set 7.1 Enable Supply
      When 2 hours pass
      Then the amounts of the meter are
        | time debt 1   | 9.98 |
        | meter balance | 9.98 |

  Rule: Set aside in emergency credit (SMETS2 5.7.4.46)

    @requirement:SMETS-E-141 @requirement:SMETS-E-152 @srv:1.6 @srv:2.3 @srv:4.3
    Scenario Outline: With Suspend Debt Emergency <flag> a day in emergency credit gives accumulated debt <accumulated>
      Given the import supplier has set 1.1.1 Update Import Tariff (Primary Element)
      And the import supplier has set 2.3 Update Debt
      And the import supplier has set 1.6 Update Payment Mode with
        | Prepayment.SuspendDebtEmergency | <flag> |
      And the import supplier has adjusted the meter balance by -10 pounds
      And emergency credit has been activated at the meter
      When 24 hours pass
      Then the amounts of the meter are
        | accumulated debt | <accumulated> |
        | emergency credit | <emergency>   |
        | time debt 1      | 9.76          |
        | time debt 2      | 9.95          |

      Examples: standing charge 20 pence, debts 24 and 5
        | flag  | accumulated | emergency |
        | true  | 0.49        | 5         |
        | false | 0           | 4.51      |

    @requirement:SMETS-E-141 @srv:1.6 @srv:2.3 @srv:4.3
    Scenario: Out of emergency credit nothing is set aside
      Given the import supplier has set 2.3 Update Debt
      When 24 hours pass
      Then the amounts of the meter are
        | accumulated debt | 0    |
        | meter balance    | 9.71 |

    @requirement:SMETS-E-142
    Scenario: Debt to clear counts what was set aside
      Given the import supplier has set 2.3 Update Debt
      And the import supplier has adjusted the meter balance by -10 pounds
      And emergency credit has been activated at the meter
      When 24 hours pass
      Then the meter shows "debt to clear" as "GBP 0.29"

    @requirement:SMETS-E-153 @requirement:SMETS-E-141 @srv:1.5 @usecase:ECS04a
    Scenario: A reset of the balance forgives what was set aside
      Given the import supplier has set 2.3 Update Debt
      And the import supplier has adjusted the meter balance by -10 pounds
      And emergency credit has been activated at the meter
      And 24 hours pass
      When the import supplier sets 1.5 Update Meter Balance with
        | CreditMode                       | - |
        | PrepaymentMode.ResetMeterBalance |   |
      Then the amounts of the meter are
        | accumulated debt | 0 |
        | meter balance    | 0 |

  Rule: Adjusting debts (SMETS2 5.6.3.5)

    @requirement:SMETS-E-157 @srv:2.3 @srv:4.3 @usecase:ECS07 @usecase:ECS19
    Scenario Outline: A further 2.3 changes <register> by <change>
      Given the import supplier has set 2.3 Update Debt with
        | ElecDebtRecovery1.DebtRecoveryRate | 0 |
        | ElecDebtRecovery2.DebtRecoveryRate | 0 |
      When the import supplier sets 2.3 Update Debt with
        | TimeDebtRegister1                  | <first>   |
        | TimeDebtRegister2                  | <second>  |
        | PaymentDebtRegister                | <payment> |
        | ElecDebtRecovery1.DebtRecoveryRate | 0         |
        | ElecDebtRecovery2.DebtRecoveryRate | 0         |
      Then the amounts of the meter are
        | time debt 1  | <time 1> |
        | time debt 2  | <time 2> |
        | payment debt | <owed>   |

      Examples:
        | register     | change     | first   | second | payment | time 1 | time 2 | owed    |
        | time debt 1  | 2.50       | 250000  | 0      | 0       | 12.50  | 10     | 10      |
        | time debt 2  | -4         | 0       | -400000 | 0      | 10     | 6      | 10      |
        | payment debt | a thousandth less | 0 | 0      | -1      | 10     | 10     | 9.99999 |

    @requirement:SMETS-E-157 @srv:2.3 @srv:4.3 @usecase:ECS07 @grade:inferred
    Scenario: No debt becomes negative
      Given the import supplier has set 2.3 Update Debt
      When the import supplier sets 2.3 Update Debt with
        | PaymentDebtRegister | -1500000 |
      Then the amounts of the meter are
        | payment debt | 0 |
