@scheme:accelerated_life @device:GSME @role:GS @bench:every_role
Feature: A gas meter lives on its battery, and is heard from every day

  The number of days comes from the plan; a simulated year unless it says otherwise. The charge of
  each service and the time of each answer are in the evidence.

  @requirement:SMETS-G-014 @requirement:SMETS-G-001 @requirement:SMETS-G-022
  Scenario: A year with a reading a day
    Given a commissioned gas meter that the gas proxy mirrors
    And gas appliances that draw 0.150 m3/h
    And voltage monitors set to
      | AverageRMSVoltageMeasurementPeriod | 43200 |
    When the gas meter is read every day for as long as the plan asks
    Then every reading came at the next wake of the gas meter
    And the battery would last at least 10 years at this rate
    And the remaining days that the meter states are those of its charge within 5 %
