@scheme:functional @role:IS @device:ESME
Feature: In the non-disablement hours no supply is disabled for lack of credit

  The calendar of these scenarios suspends disablement from 20:00 to 08:00 UTC, every day. The
  meter has 10 pounds of credit and is disabled below nothing.

  Background:
    Given a commissioned single-phase electricity meter
    And the import supplier has set 6.11 Synchronise Clock
    And the import supplier has set 2.1 Update Prepay Configuration
    And the import supplier has adjusted the meter balance by 10 pounds
    And the import supplier has set 1.6 Update Payment Mode with
      | Prepayment.DisablementThreshold | 0 |
    And a steady load of 1.000 kW

  Rule: Suspension and its end (SMETS2 5.7.4.30)

    @requirement:SMETS-E-135 @srv:1.5
    Scenario: In the hours the supply stays on, and the suspension is reported
      Given the bench's clock has reached 21:00:00
      When the import supplier adjusts the meter balance by -11 pounds
      And 1 minute passes
      Then the load draws 1.000 kW within 2 %
      And the import supplier has received exactly one device alert 8F83

    @requirement:SMETS-E-135 @srv:1.5
    Scenario Outline: Credit that runs out at <time> leaves the load <kilowatts> kW
      Given the bench's clock has reached <time>
      When the import supplier adjusts the meter balance by -11 pounds
      Then the load draws <kilowatts> kW within 2 %

      Examples:
        | time     | kilowatts |
        | 07:58:00 | 1.000     |
        | 08:01:00 | 0.000     |
        | 19:58:00 | 0.000     |
        | 20:01:00 | 1.000     |

    @requirement:SMETS-E-135 @srv:1.5
    Scenario Outline: A lack of credit that lasts disables at the end of the hours: <kilowatts> kW at <time>
      Given the bench's clock has reached 21:00:00
      And the import supplier has adjusted the meter balance by -11 pounds
      When the bench's clock reaches <time>
      Then the load draws <kilowatts> kW within 2 %

      Examples:
        | time     | kilowatts |
        | 07:59:00 | 1.000     |
        | 08:01:00 | 0.000     |

    @requirement:SMETS-E-135 @srv:2.2
    Scenario: Credit in time leaves the supply on at the end of the hours
      Given the bench's clock has reached 21:00:00
      And the import supplier has adjusted the meter balance by -11 pounds
      And a top-up of 5 pounds has been sold and sent by 2.2
      When the bench's clock reaches 12:00:00
      Then the load draws 1.000 kW within 2 %

    @requirement:SMETS-E-135 @srv:1.5
    Scenario: Outside the hours nothing is reported as suspended
      Given the bench's clock has reached 12:00:00
      When the import supplier adjusts the meter balance by -11 pounds
      And 1 minute passes
      Then the import supplier has received no device alert 8F83

    @requirement:SMETS-E-135 @requirement:SMETS-E-164
    Scenario Outline: The display has <how> sign at <time>
      When the bench's clock reaches <time>
      Then the display has <how> sign "F"

      Examples:
        | how | time     |
        | the | 22:00:00 |
        | no  | 12:00:00 |

  Rule: The calendar

    @requirement:SMETS-E-135 @srv:2.1 @usecase:ECS08
    Scenario Outline: Hours of Tuesday alone: <span> after Monday 13:00 a lack of credit leaves <kilowatts> kW
      Given the import supplier has set the non-disablement hours
        | START | 12:00 | Tuesday |
        | STOP  | 18:00 | Tuesday |
      And the bench's clock has reached 13:00:00
      And <span> pass
      When the import supplier adjusts the meter balance by -11 pounds
      Then the load draws <kilowatts> kW within 2 %

      Examples:
        | span     | kilowatts |
        | 1 minute | 0.000     |
        | 24 hours | 1.000     |
        | 48 hours | 0.000     |

    @requirement:SMETS-E-135 @srv:2.1 @usecase:ECS08 @grade:recalled
    Scenario Outline: Hours of a special day: <span> after Monday 13:00 a lack of credit leaves <kilowatts> kW
      Given the import supplier has set the non-disablement hours
        | START       | 20:00 | every day     |
        | STOP        | 08:00 | every day     |
        | START       | 12:00 | special day 1 |
        | STOP        | 18:00 | special day 1 |
        | SPECIAL DAY | 1     | 6             |
      And the bench's clock has reached 13:00:00
      And <span> pass
      When the import supplier adjusts the meter balance by -11 pounds
      Then the load draws <kilowatts> kW within 2 %

      Examples:
        | span     | kilowatts |
        | 1 minute | 0.000     |
        | 24 hours | 1.000     |
        | 48 hours | 0.000     |

    @requirement:SMETS-E-135 @srv:2.1 @srv:4.13 @usecase:ECS08 @usecase:ECS26a
    Scenario: A calendar of 22 entries and 20 special days is taken and read back
      When the import supplier sets the largest non-disablement calendar
      And the import supplier reads 4.13 Read Prepayment Configuration
      Then the answer has 22 ElectricityNonDisablementSchedule
      And the answer has 20 SpecialDay
