@scheme:functional @role:IS @device:ESME
Feature: The supplier changes the payment mode

  Background:
    Given a commissioned single-phase electricity meter
    And the import supplier has set 6.11 Synchronise Clock
    And the bench's clock has reached 10:00:00
    And the import supplier has set 2.1 Update Prepay Configuration

  Rule: Mode and suspension together (SMETS2 4.5.3.21, 5.7.4.31)

    @requirement:SMETS-E-152 @srv:1.6 @srv:4.13 @usecase:ECS03 @usecase:ECS26a
    Scenario Outline: Prepayment with Suspend Debt Disabled <disabled> and Emergency <emergency>
      When the import supplier sets 1.6 Update Payment Mode with
        | Prepayment.SuspendDebtDisabled  | <disabled>  |
        | Prepayment.SuspendDebtEmergency | <emergency> |
      And the import supplier reads 4.13 Read Prepayment Configuration
      Then the answer says
        | PaymentMode          | Prepayment  |
        | SuspendDebtDisabled  | <disabled>  |
        | SuspendDebtEmergency | <emergency> |

      Examples:
        | disabled | emergency |
        | true     | true      |
        | true     | false     |
        | false    | true      |
        | false    | false     |

    @requirement:SMETS-E-152 @srv:1.6 @srv:6.2.9 @usecase:ECS02 @usecase:ECS03 @usecase:ECS26j
    Scenario: To prepayment and back to credit
      Given the import supplier has set 1.6 Update Payment Mode
      And the import supplier has read 6.2.9 Read Device Configuration (Payment Mode)
      And the answer's PaymentMode has been noted
      When the import supplier sets 1.6 Update Payment Mode with
        | Prepayment | - |
        | Credit     |   |
      And the import supplier reads 6.2.9 Read Device Configuration (Payment Mode)
      Then the answer's PaymentMode is Credit

    @requirement:SMETS-E-152 @requirement:SMETS-E-164 @srv:1.6
    Scenario: The mode is on the meter's display
      When the import supplier sets 1.6 Update Payment Mode
      Then the meter shows "payment mode" as "PREPAYMENT"

    @requirement:SMETS-E-152 @srv:1.6 @srv:2.3 @srv:4.3 @usecase:ECS03
    Scenario: A change to prepayment carries balance and debts over
      Given the import supplier has set 2.3 Update Debt
      And the import supplier has adjusted the meter balance by -7.50 pounds
      When the import supplier sets 1.6 Update Payment Mode
      Then the amounts of the meter are
        | meter balance | -7.50 |
        | time debt 1   | 10    |
        | time debt 2   | 10    |
        | payment debt  | 10    |

    @requirement:SMETS-E-152 @srv:1.6 @srv:2.3 @srv:4.3 @usecase:ECS02
    Scenario: A change to credit carries balance and debts over
      Given the import supplier has set 2.3 Update Debt
      And the import supplier has set 1.6 Update Payment Mode
      And the import supplier has adjusted the meter balance by 7.50 pounds
      When the import supplier sets 1.6 Update Payment Mode with
        | Prepayment | - |
        | Credit     |   |
      Then the amounts of the meter are
        | meter balance | 7.50 |
        | payment debt  | 10   |

    @requirement:SMETS-E-152 @srv:1.6
    Scenario: A change to credit arms a supply that lack of credit has disabled
      Given the import supplier has set 1.6 Update Payment Mode with
        | Prepayment.DisablementThreshold | 0 |
      And the import supplier has adjusted the meter balance by -1 pounds
      When the import supplier sets 1.6 Update Payment Mode with
        | Prepayment | - |
        | Credit     |   |
      And the import supplier reads 7.4 Read Supply Status
      Then the supply state read back is armed

  Rule: Dated, and recorded

    @requirement:SMETS-E-152 @srv:1.6 @srv:6.2.9 @usecase:ECS03
    Scenario Outline: A change that is dated two hours ahead is made then: <mode> after <span>
      Given the import supplier has set 1.6 Update Payment Mode with
        | ExecutionDateTime | in 2 hours |
      When <span> pass
      And the import supplier reads 6.2.9 Read Device Configuration (Payment Mode)
      Then the answer's PaymentMode is <mode>

      Examples:
        | span              | mode       |
        | 1 hour 59 minutes | Credit     |
        | 2 hours 1 minute  | Prepayment |

    @requirement:SMETS-E-152 @srv:1.6 @srv:6.2.9 @usecase:ECS03
    Scenario: A dated change that was cancelled is never made
      Given the import supplier has set 1.6 Update Payment Mode with
        | ExecutionDateTime | in 2 hours |
      And the import supplier has set 1.6 Update Payment Mode with
        | ExecutionDateTime | 3000-12-31T00:00:00Z |
      When 3 hours pass
      And the import supplier reads 6.2.9 Read Device Configuration (Payment Mode)
      Then the answer's PaymentMode is Credit

    @requirement:SMETS-E-152 @requirement:SMETS-E-061 @srv:1.6 @srv:4.4.2 @usecase:ECS03 @usecase:ECS20b
    Scenario: A change takes a snapshot of registers and financial values
      Given the import supplier has adjusted the meter balance by 7.50 pounds
      When the import supplier sets 1.6 Update Payment Mode
      And the import supplier reads 4.4.2 Retrieve Change Of Mode / Tariff Triggered Billing Data Log
      Then the answer has 1 LogEntryConsumptionAndTariffRegistersData
