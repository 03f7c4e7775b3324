@scheme:end_to_end @role:IS @device:ESME @device:PPMID
Feature: The life of a prepayment customer

  A home with a meter and a display (PPMID) goes from credit to prepayment, with 3 pounds. It draws 2 kW at 24.5
  pence a kWh; the standing charge is 20 pence a day. Supply is not disabled from 20:00 to 08:00
  UTC; 5 pounds of emergency credit are offered from a balance of 1 pound down.

  Background:
    Given a commissioned single-phase electricity meter
    And a display in the home, joined with the meter
    And the import supplier has set 6.11 Synchronise Clock
    And the import supplier has set 1.1.1 Update Import Tariff (Primary Element)
    And the bench's clock has reached 10:00:00
    And the import supplier has set 2.1 Update Prepay Configuration with
      | UpdatePrepayConfigElectricity.EmergencyCreditThreshold | 100000 |
    And the import supplier has adjusted the meter balance by 3 pounds
    And the import supplier has set 1.6 Update Payment Mode with
      | Prepayment.DisablementThreshold | -100000 |
    And a steady load of 2.000 kW

  @requirement:SMETS-E-152 @srv:1.6 @srv:2.2 @srv:4.18
  Scenario: The first top-up comes from the supplier, and is lived on
    Given a top-up of 10 pounds has been sold and sent by 2.2
    When 4 hours pass
    Then the meter balance is 11.04 pounds within 0.01
    And the import supplier has received no device alert 8F0F
    And the load draws 2.000 kW within 2 %

  @requirement:SMETS-E-134 @requirement:SMETS-E-130
  Scenario: Credit runs low and out, and the home disconnects itself
    When 8 hours 30 minutes pass
    Then the import supplier has received exactly one device alert 810D
    And the import supplier has received exactly one device alert 8119
    And the import supplier has received exactly one device alert 8F0F
    And the load current is zero

  @requirement:SMETS-E-132 @requirement:SMETS-I-003 @usecase:PECS02 @usecase:PECS03
  Scenario: Emergency credit at the display brings the light back
    Given the import supplier has adjusted the meter balance by -5 pounds
    When emergency credit is activated at the display
    And the supply is enabled at the display
    Then the display says that it was accepted
    And the load draws 2.000 kW within 2 %
    And the import supplier has received exactly one device alert 81AB

  @requirement:SMETS-E-134 @requirement:SMETS-E-136
  Scenario: A code at the meter arms the supply, and its button closes it
    Given the import supplier has adjusted the meter balance by -5 pounds
    And the import supplier has sold a top-up of 5 pounds
    When the code is entered at the meter
    And the button of the meter is pressed
    Then the meter balance is 3 pounds within 0.01
    And the load draws 2.000 kW within 2 %

  @requirement:SMETS-E-136 @requirement:SMETS-I-002 @requirement:SMETS-I-003 @usecase:PECS01 @usecase:PECS03
  Scenario: A code at the display arms the supply, and the display closes it
    Given the import supplier has adjusted the meter balance by -5 pounds
    And the import supplier has sold a top-up of 5 pounds
    When the code is entered at the display
    And the supply is enabled at the display
    Then the meter balance is 3 pounds within 0.01
    And the load draws 2.000 kW within 2 %

  @requirement:SMETS-E-138 @requirement:SMETS-E-137 @requirement:SMETS-E-139 @srv:2.3 @srv:2.2
  Scenario: What was borrowed and what is owed are paid back out of a top-up
    Given the import supplier has set 2.3 Update Debt
    And the import supplier has adjusted the meter balance by -3 pounds
    And emergency credit has been activated at the display
    And 3 hours pass
    And the load of the bench is off
    When a top-up of 20 pounds is sold and sent by 2.2
    Then the amounts are within a penny of
      | payment debt     | 5     |
      | time debt 1      | 9.97  |
      | accumulated debt | 0     |
      | emergency credit | 5     |
      | meter balance    | 13.50 |

  @requirement:SMETS-E-135 @requirement:SMETS-E-136 @usecase:PECS01
  Scenario: Friendly hours last until the morning
    Given a top-up of 10 pounds has been sold and sent by 2.2
    And the bench's clock has reached 21:00:00
    And the import supplier has adjusted the meter balance by -10 pounds
    When the bench's clock reaches 07:59:00
    Then the load draws 2.000 kW within 2 %
    When the bench's clock reaches 08:01:00
    Then the load current is zero

  @requirement:SMETS-E-152 @srv:1.6
  Scenario: Back to credit mode, the balance is the customer's, and nothing disconnects any more
    Given a top-up of 1 pounds has been sold and sent by 2.2
    When the import supplier sets 1.6 Update Payment Mode with
      | Prepayment | - |
      | Credit     |   |
    And 10 hours pass
    Then the meter balance is -0.90 pounds within 0.01
    And the load draws 2.000 kW within 2 %
