@scheme:accelerated_life @role:IS @device:ESME
Feature: The load switch survives its life's operations

  Each pair is Disable, Arm and Enable Supply through the whole path, with the current measured
  after each: a switch that welds may still report that it is open.

  @requirement:ALT-SUPPLY-SWITCH @requirement:ALT-NO-WELD @requirement:ALT-REPORTED
  @srv:7.1 @srv:7.2 @srv:7.3
  Scenario: The load current follows every command
    Given a commissioned single-phase electricity meter
    And a steady load of 2.000 kW
    When the supply is disabled, armed and enabled as often as the plan asks
    Then the load current was zero after every Disable Supply and every Arm Supply
    And the load drew 2.000 kW within 1 % after every Enable Supply
    And every operation was answered with success
