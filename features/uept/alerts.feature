@scheme:uept @device:ESME
Feature: Alerts reach the parties that are meant to know

  Background:
    Given a commissioned single-phase electricity meter
    And a steady load of 2.000 kW

  Rule: A power outage of three minutes is reported by the DCC

    @requirement:DUIS-10-AD1 @requirement:UEPT-ALERT @requirement:SMETS-C-003 @role:IS @role:ED
    Scenario: AD1 after an outage of more than three minutes
      When the supply is interrupted for 5 minutes
      Then the import supplier receives DCC alert AD1 within 1 minute
      And the electricity distributor receives DCC alert AD1 within 1 minute
      And AD1 names the hub and the time at which the supply was lost

    @requirement:DUIS-10-AD1 @requirement:SMETS-C-003 @role:IS @role:ED
    Scenario: No AD1 after an outage of less than three minutes
      When the supply is interrupted for 2 minutes 55 seconds
      And 10 minutes pass
      Then the import supplier has received no DCC alert AD1
      And the electricity distributor has received no DCC alert AD1

  Rule: Device alerts go to the party whose credentials are on the device

    @requirement:DUIS-10-DEVICE-ALERT @requirement:UEPT-ALERT @role:ED
    Scenario: The distributor receives the restoration alert, the supplier does not
      When the supply is interrupted for 5 minutes
      Then the electricity distributor receives device alert 8F36 within 2 minutes
      And the import supplier has received no device alert 8F36
