@scheme:metrology @device:ESME
Feature: Thresholds and times are tested where the bench can tell

  A level that lies closer to a threshold than twice the uncertainty of the source proves nothing.
  So each threshold is tested at the two nearest levels that do, and each time limit is decided by
  the plan's rule with the uncertainty of the bench's clock.

  Background:
    Given a commissioned single-phase electricity meter

  Rule: RMS voltage, at twice the uncertainty of the source from the threshold

    @requirement:SMETS-E-081 @role:ED @usecase:ECS29a
    Scenario Outline: The over-voltage threshold of 253 V lies above one level and below the next
      Given voltage monitors set to
        | AverageRMSOverVoltageThreshold     | 253 |
        | AverageRMSUnderVoltageThreshold    | 216 |
        | AverageRMSVoltageMeasurementPeriod | 600 |
      When the supply stands at the level provably <side> 253 V for 25 minutes
      Then the electricity distributor <has> device alert 8002

      Examples: either side of the guard band
        | side  | has                      |
        | below | has received no          |
        | above | has received exactly one |

    @requirement:SMETS-E-082 @role:ED @usecase:ECS29a
    Scenario Outline: The under-voltage threshold of 216 V lies above one level and below the next
      Given voltage monitors set to
        | AverageRMSOverVoltageThreshold     | 253 |
        | AverageRMSUnderVoltageThreshold    | 216 |
        | AverageRMSVoltageMeasurementPeriod | 600 |
      When the supply stands at the level provably <side> 216 V for 25 minutes
      Then the electricity distributor <has> device alert 8006

      Examples: either side of the guard band
        | side  | has                      |
        | above | has received no          |
        | below | has received exactly one |

  Rule: Three minutes of outage, at twice the uncertainty of the bench's timing

    @requirement:SMETS-E-101 @requirement:SMETS-E-102 @role:ED @usecase:ECS80
    Scenario Outline: An outage provably <side> three minutes is reported as <alert>
      When the supply is lost for a time provably <side> 3 minutes
      Then the electricity distributor receives device alert <alert> within 2 minutes

      Examples: either side of the guard band
        | side  | alert |
        | below | 8F35  |
        | above | 8F36  |

  Rule: The clock, by the plan's rule for times

    @requirement:SMETS-E-001 @role:IS @srv:4.1.1 @usecase:ECS17b
    Scenario: A month later the clock is within 10 seconds of UTC by the plan's rule
      When 30 days pass
      Then the clock's error and its uncertainty are within 10 seconds by the plan's rule
