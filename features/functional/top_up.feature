@scheme:functional @role:IS @device:ESME
Feature: A top-up code brings its value once, however it reaches the meter

  The meter is in prepayment mode and takes credits up to 50 pounds and balances up to 100 pounds.
  A code has twenty digits; it can be sent as 2.2, entered at the meter, or at a display (PPMID).

  Background:
    Given a commissioned single-phase electricity meter
    And the import supplier has set 6.11 Synchronise Clock
    And the import supplier has set 2.1 Update Prepay Configuration with
      | UpdatePrepayConfigElectricity.MaxCreditThreshold | 5000000  |
      | UpdatePrepayConfigElectricity.MaxMeterBalance    | 10000000 |
    And the import supplier has set 1.6 Update Payment Mode

  Rule: Three ways (SMETS2 5.6.3.3)

    @requirement:SMETS-E-136 @srv:2.2 @usecase:CS01a
    Scenario Outline: A code of <value> pounds that is sent by 2.2 is credit
      When a top-up of <value> pounds is sold and sent by 2.2
      Then the meter balance is <value> pounds

      Examples:
        | value |
        | 0.01  |
        | 12.34 |
        | 50    |

    @requirement:SMETS-E-136
    Scenario: A code that is entered at the meter is credit, and its entry is reported
      Given the import supplier has sold a top-up of 12.34 pounds
      When the code is entered at the meter
      Then the meter balance is 12.34 pounds
      And the import supplier has received exactly one device alert 810E

    @requirement:SMETS-E-136 @requirement:SMETS-I-002 @device:PPMID @usecase:PECS01
    Scenario: A code that is entered at a display is credit, and its entry is reported
      Given a display in the home, joined with the meter
      And the import supplier has sold a top-up of 12.34 pounds
      When the code is entered at the display
      Then the display says that it was accepted
      And the meter balance is 12.34 pounds
      And the import supplier has received exactly one device alert 810E

    @requirement:SMETS-E-136 @srv:2.2 @usecase:CS01a
    Scenario: A code that is sent by 2.2 is not reported as entered locally
      When a top-up of 10 pounds is sold and sent by 2.2
      And 1 minute passes
      Then the import supplier has received no device alert 810E

    @requirement:SMETS-E-136
    Scenario: A digit too few is no code
      Given the import supplier has sold a top-up of 10 pounds
      And the code has been given a digit too few
      When the code is entered at the meter
      Then the meter balance is 0 pounds

    @requirement:SMETS-E-136 @requirement:SMETS-E-072 @srv:4.4.5 @usecase:ECS20d
    Scenario: The last five credits are in the log of credits
      Given a top-up of 1 pounds has been sold and sent by 2.2
      And a top-up of 2 pounds has been sold and sent by 2.2
      And a top-up of 3 pounds has been sold and sent by 2.2
      And a top-up of 4 pounds has been sold and sent by 2.2
      And a top-up of 5 pounds has been sold and sent by 2.2
      And a top-up of 6.78 pounds has been sold and sent by 2.2
      When the import supplier reads 4.4.5 Retrieve Billing Data Log (Prepayment Credits)
      Then the answer has 5 LogEntry
      And the answer's LogEntry[1].Amount is 200000
      And the answer's LogEntry[-1].Amount is 678000

  Rule: Limits (SMETS2 5.7.4.25, 5.7.4.27)

    @requirement:SMETS-E-144 @srv:2.2 @usecase:CS01a
    Scenario: A credit of the maximum is taken
      Given the import supplier has sold a top-up of 50 pounds
      When the code is sent by 2.2
      Then the meter answers with success within 30 seconds
      And the meter balance is 50 pounds

    @requirement:SMETS-E-144 @srv:2.2 @usecase:CS01a
    Scenario: A credit above the maximum is refused
      Given the import supplier has sold a top-up of 50.01 pounds
      When the code is sent by 2.2
      Then the device refuses the command
      And the meter balance is 0 pounds
      And the Security log has an entry 8F5B of the last minute

    @requirement:SMETS-E-144
    Scenario: A credit above the maximum is refused at the meter, too
      Given the import supplier has sold a top-up of 51 pounds
      When the code is entered at the meter
      Then the meter balance is 0 pounds
      And the Security log has an entry 8F5B of the last minute

    @requirement:SMETS-E-145 @srv:2.2 @usecase:CS01a
    Scenario: A credit up to the maximum balance is taken
      Given the import supplier has adjusted the meter balance by 70 pounds
      And the import supplier has sold a top-up of 30 pounds
      When the code is sent by 2.2
      Then the meter answers with success within 30 seconds
      And the meter balance is 100 pounds

    @requirement:SMETS-E-145 @srv:2.2 @usecase:CS01a
    Scenario: A credit beyond the maximum balance is refused
      Given the import supplier has adjusted the meter balance by 70 pounds
      And the import supplier has sold a top-up of 30.01 pounds
      When the code is sent by 2.2
      Then the device refuses the command
      And the meter balance is 70 pounds
      And the Security log has an entry 8F47 of the last minute

    @requirement:SMETS-E-145 @srv:2.2 @grade:inferred
    Scenario: A code that was refused for its amount is good once there is room
      Given the import supplier has adjusted the meter balance by 90 pounds
      And the import supplier has sold a top-up of 30 pounds
      And the code has been entered at the meter
      And the import supplier has adjusted the meter balance by -50 pounds
      When the code is entered at the meter
      Then the meter balance is 70 pounds

  Rule: Once

    @requirement:SMETS-E-146
    Scenario: A code is spent once at the meter
      Given the import supplier has sold a top-up of 10 pounds
      And the code has been entered at the meter
      When the code is entered at the meter
      Then the meter balance is 10 pounds
      And the Security log has an entry 8F51 of the last minute

    @requirement:SMETS-E-146 @srv:2.2 @usecase:CS01a
    Scenario: A code that was sent is not spent again at the meter
      Given the import supplier has sold a top-up of 10 pounds
      And the code has been sent by 2.2
      When the code is entered at the meter
      Then the meter balance is 10 pounds

    @requirement:SMETS-E-146 @requirement:SMETS-I-002 @device:PPMID @usecase:PECS01
    Scenario: A code that was entered at the meter is refused at the display
      Given a display in the home, joined with the meter
      And the import supplier has sold a top-up of 10 pounds
      And the code has been entered at the meter
      When the code is entered at the display
      Then the display says that it was refused
      And the meter balance is 10 pounds

    @requirement:SMETS-E-146
    Scenario: A loss of supply does not make a code new
      Given the import supplier has sold a top-up of 10 pounds
      And the code has been entered at the meter
      When the supply is interrupted for 5 minutes
      And the code is entered at the meter
      Then the meter balance is 10 pounds

    @requirement:SMETS-E-151
    Scenario: A code that is entered after a younger one is taken
      Given the import supplier has sold a top-up of 10 pounds
      And the import supplier has sold a top-up of 5 pounds
      And the second code has been entered at the meter
      When the first code is entered at the meter
      Then the meter balance is 15 pounds

    @requirement:SMETS-E-151
    Scenario: A code that is entered after a younger one is taken once
      Given the import supplier has sold a top-up of 10 pounds
      And the import supplier has sold a top-up of 5 pounds
      And the second code has been entered at the meter
      And the first code has been entered at the meter
      When the first code is entered at the meter
      Then the meter balance is 15 pounds
      And the Security log has an entry 8F51 of the last minute

  Rule: Only what the supplier sold for this meter

    @requirement:SMETS-E-147
    Scenario: A code whose value was changed is refused
      Given the import supplier has sold a top-up of 10 pounds
      And the code has been given a changed value
      When the code is entered at the meter
      Then the meter balance is 0 pounds
      And the Security log has an entry 8F63 of the last minute

    @requirement:SMETS-E-147 @srv:2.2 @usecase:CS01a
    Scenario: A code whose value was changed is refused by 2.2, too
      Given the import supplier has sold a top-up of 10 pounds
      And the code has been given a changed value
      When the code is sent by 2.2
      Then the device refuses the command
      And the meter balance is 0 pounds

    @requirement:SMETS-E-148
    Scenario: A code for another meter is refused
      Given the import supplier has sold a top-up of 10 pounds for gas
      When the code is entered at the meter
      Then the meter balance is 0 pounds

    @requirement:SMETS-E-148 @grade:inferred
    Scenario: Another kind of token is refused, and told from a false code
      Given the import supplier has sold a top-up of 10 pounds
      And the code has been given the number of another kind of token
      When the code is entered at the meter
      Then the meter balance is 0 pounds
      And the Security log has an entry 8F64 of the last minute

  Rule: Entry by hand

    @requirement:SMETS-E-149
    Scenario: A wrong check digit is refused and not reported
      Given the import supplier has sold a top-up of 10 pounds
      And the code has been given a wrong check digit
      When the code is entered at the meter
      Then the meter balance is 0 pounds
      And the Security log has no entry 8F63 of the last minute
      And the import supplier has received no device alert 8F63

    @requirement:SMETS-E-149 @requirement:SMETS-I-002 @device:PPMID @usecase:PECS01
    Scenario: A wrong check digit is refused at the display
      Given a display in the home, joined with the meter
      And the import supplier has sold a top-up of 10 pounds
      And the code has been given a wrong check digit
      When the code is entered at the display
      Then the display says that it was refused
      And the meter balance is 0 pounds

    @requirement:SMETS-E-150 @grade:recalled
    Scenario: After five refusals in a row entry is locked, and reported
      Given the import supplier has sold a top-up of 10 pounds
      And the import supplier has sold a top-up of 5 pounds
      And the code has been given a changed value
      And the second code has been entered at the meter 5 times
      When the first code is entered at the meter
      And 1 minute passes
      Then the meter balance is 0 pounds
      And the import supplier has received exactly one device alert 81C4
      And the import supplier has received exactly one device alert 81C5

    @requirement:SMETS-E-150 @grade:recalled
    Scenario: Four refusals do not lock entry
      Given the import supplier has sold a top-up of 10 pounds
      And the import supplier has sold a top-up of 5 pounds
      And the code has been given a changed value
      And the second code has been entered at the meter 4 times
      When the first code is entered at the meter
      Then the meter balance is 10 pounds
      And the import supplier has received no device alert 81C4

    @requirement:SMETS-E-150 @srv:2.2 @grade:inferred
    Scenario: Locked entry does not stop the supplier's own top-up
      Given the import supplier has sold a top-up of 5 pounds
      And the code has been given a changed value
      And the code has been entered at the meter 5 times
      When a top-up of 10 pounds is sold and sent by 2.2
      Then the meter balance is 10 pounds

    @requirement:SMETS-E-150 @grade:inferred
    Scenario: The lock ends by itself
      Given the import supplier has sold a top-up of 10 pounds
      And the import supplier has sold a top-up of 5 pounds
      And the code has been given a changed value
      And the second code has been entered at the meter 5 times
      And 61 minutes pass
      When the first code is entered at the meter
      Then the meter balance is 10 pounds

    @requirement:SMETS-E-156
    Scenario: Entry may take its time
      Given the import supplier has sold a top-up of 10 pounds
      When the code is entered at the meter with a pause of 25 seconds after 10 digits
      Then the meter balance is 10 pounds

    @requirement:SMETS-E-156
    Scenario: After half a minute without a press the digits so far are forgotten
      Given the import supplier has sold a top-up of 10 pounds
      When the code is entered at the meter with a pause of 31 seconds after 10 digits
      Then the meter balance is 0 pounds
