@scheme:accelerated_life @device:ESME
Feature: The meter survives its life's supply interruptions

  The number of cycles comes from the plan; each outage has its own length, from a seed that is
  in the evidence, so that a failing cycle can be repeated.

  @requirement:ALT-MAINS-INTERRUPTION @requirement:ALT-BILLING-VALUES @requirement:ALT-CLOCK
  Scenario: Registers, clock and state after each interruption
    Given a commissioned single-phase electricity meter
    And a steady load of 2.000 kW
    When the supply is interrupted as often as the plan asks, each time for 5 to 240 seconds
    Then after every interruption the import register agreed with the energy delivered within 1 Wh
    And after every interruption the supply was enabled and the load drew 2.000 kW within 1 %
    And after every interruption the clock was within 10 seconds
    And every restoration was reported once
