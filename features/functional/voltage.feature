@scheme:functional @role:ED @device:ESME
Feature: Voltage is monitored against the network operator's thresholds

  The network operator sees its feeders through these alerts: a threshold that is off by a volt
  sends engineers to the wrong street. The codes are those of a meter of one phase; on a meter of
  three all phases are fed alike, and what is said holds for each under its own code.

  Background:
    Given a commissioned electricity meter fed alike on all its phases
    And voltage monitors set to
      | AverageRMSOverVoltageThreshold          | 253 |
      | AverageRMSUnderVoltageThreshold         | 216 |
      | AverageRMSVoltageMeasurementPeriod      | 600 |
      | RMSExtremeOverVoltageThreshold          | 262 |
      | RMSExtremeOverVoltageMeasurementPeriod  | 30  |
      | RMSExtremeUnderVoltageThreshold         | 200 |
      | RMSExtremeUnderVoltageMeasurementPeriod | 30  |

  Rule: The average over a period is judged at the end of the period

    @requirement:SMETS-E-081 @requirement:SMETS-E-088 @usecase:ECS29a
    Scenario Outline: An average of <volts> V is <judged> the over-voltage threshold of 253 V
      When the supply is <volts> V for 25 minutes
      Then the electricity distributor <has> device alert 8002

      Examples: one half volt on each side
        | volts | judged | has                     |
        | 252.5 | below  | has received no         |
        | 253.5 | above  | has received exactly one |

    @requirement:SMETS-E-082 @requirement:SMETS-E-088 @usecase:ECS29a
    Scenario Outline: An average of <volts> V is <judged> the under-voltage threshold of 216 V
      When the supply is <volts> V for 25 minutes
      Then the electricity distributor <has> device alert 8006

      Examples: one half volt on each side
        | volts | judged | has                     |
        | 216.5 | above  | has received no         |
        | 215.5 | below  | has received exactly one |

    @requirement:SMETS-E-081
    Scenario: The return to normal is reported once
      Given the supply was 255 V for 25 minutes
      When the supply is 240 V for 45 minutes
      Then the electricity distributor has received exactly one device alert 8085

    @requirement:SMETS-E-082
    Scenario: The return from under-voltage is reported once
      Given the supply was 210 V for 25 minutes
      When the supply is 230 V for 45 minutes
      Then the electricity distributor has received exactly one device alert 8089

    @requirement:SMETS-E-081 @requirement:SMETS-E-089 @srv:4.10 @usecase:ECS23
    Scenario: The over-voltage counter counts each episode once
      Given the supply was 255 V for 25 minutes
      And the supply was 240 V for 25 minutes
      When the supply is 255 V for 25 minutes
      Then the meter's over_voltage_counter has risen by 2

    @requirement:SMETS-E-089 @srv:6.5 @usecase:ECS29a
    Scenario: The counters are reset with a new configuration
      Given the supply was 255 V for 25 minutes
      When the electricity distributor sends 6.5 with a reset of the counters
      Then the meter's over_voltage_counter is 0

    @requirement:SMETS-E-089 @srv:6.5 @usecase:ECS29c
    Scenario: The counters are kept where the request says so
      Given the supply was 255 V for 25 minutes
      When the electricity distributor sends 6.5 without a reset of the counters
      Then the meter's over_voltage_counter is 1

    @requirement:SMETS-E-080 @srv:4.10 @usecase:ECS23
    Scenario: The log holds the average of each period
      When the supply is 238 V for 40 minutes
      Then the newest entries of the voltage log are 238 V within 1 V
      And the entries of the voltage log are 10 minutes apart
      And the newest entry of the voltage log is less than 10 minutes old

  Rule: An extreme voltage is judged by how long it lasts

    @requirement:SMETS-E-083 @requirement:SMETS-E-084 @requirement:SMETS-E-088
    Scenario Outline: <volts> V for <time> <has> alert <alert>
      When the supply is <volts> V for <time>
      And the supply is 230 V for 5 minutes
      Then the electricity distributor <has> device alert <alert>

      Examples: threshold and duration, one step on each side
        | volts | time       | has                      | alert |
        | 262.5 | 29 seconds | has received no          | 8020  |
        | 262.5 | 31 seconds | has received exactly one | 8020  |
        | 261.5 | 2 minutes  | has received no          | 8020  |
        | 199.5 | 29 seconds | has received no          | 8028  |
        | 199.5 | 31 seconds | has received exactly one | 8028  |
        | 200.5 | 2 minutes  | has received no          | 8028  |

    @requirement:SMETS-E-083 @requirement:SMETS-E-084
    Scenario Outline: The end of <volts> V is reported as <alert> after the same time
      Given the supply was <volts> V for 2 minutes
      When the supply is 230 V for 2 minutes
      Then the electricity distributor has received exactly one device alert <alert>

      Examples: over and under
        | volts | alert |
        | 263   | 808D  |
        | 199   | 8095  |

    @requirement:SMETS-E-085 @requirement:SMETS-E-086 @usecase:ECS29a
    Scenario Outline: <volts> V for <time> <has> alert <alert> of a swell or sag
      Given voltage monitors set to
        | RMSVoltageSwellThreshold         | 258 |
        | RMSVoltageSwellMeasurementPeriod | 10  |
        | RMSVoltageSagThreshold           | 207 |
        | RMSVoltageSagMeasurementPeriod   | 10  |
      When the supply is <volts> V for <time>
      And the supply is 230 V for 1 minute
      Then the electricity distributor <has> device alert <alert>
      And the electricity distributor <has> device alert <end>

      Examples: threshold and duration, one step on each side
        | volts | time       | has                      | alert | end  |
        | 258.5 | 9 seconds  | has received no          | 8024  | 8091 |
        | 258.5 | 11 seconds | has received exactly one | 8024  | 8091 |
        | 257.5 | 1 minute   | has received no          | 8024  | 8091 |
        | 206.5 | 9 seconds  | has received no          | 802C  | 8099 |
        | 206.5 | 11 seconds | has received exactly one | 802C  | 8099 |
        | 207.5 | 1 minute   | has received no          | 802C  | 8099 |

  Rule: A period of zero turns a monitor off

    @requirement:SMETS-E-087 @usecase:ECS29a
    Scenario Outline: With <name> zero, <volts> V has no alert <alert>
      Given voltage monitors set to
        | <name> | 0 |
      When the supply is <volts> V for 30 minutes
      Then the electricity distributor has received no device alert <alert>

      Examples: each monitor
        | name                                    | volts | alert |
        | AverageRMSVoltageMeasurementPeriod      | 260   | 8002  |
        | RMSExtremeOverVoltageMeasurementPeriod  | 270   | 8020  |
        | RMSExtremeUnderVoltageMeasurementPeriod | 180   | 8028  |

  Rule: Each event is in the power event log, and the counters have a reset of their own

    @requirement:SMETS-E-090 @srv:6.13 @usecase:ECS35e
    Scenario Outline: <volts> V leaves <code> in the power event log
      When the supply is <volts> V for <time>
      Then the PowerEvent log holds 1 entry <code>

      Examples: average and extreme
        | volts | time       | code |
        | 255   | 25 minutes | 8002 |
        | 210   | 25 minutes | 8006 |
        | 263   | 1 minute   | 8020 |
        | 199   | 1 minute   | 8028 |

    @requirement:SMETS-E-089 @srv:6.27 @usecase:ECS29e
    Scenario: The counters are reset by 6.27
      Given the supply was 255 V for 25 minutes
      When the electricity distributor sets 6.27 Update Device Configuration (RMS Voltage Counter Reset)
      Then the meter's over_voltage_counter is 0

    @requirement:SMETS-E-089 @srv:6.27 @usecase:ECS29e
    Scenario: 6.27 leaves the thresholds alone
      Given the electricity distributor has set 6.27 Update Device Configuration (RMS Voltage Counter Reset)
      When the supply is 254 V for 25 minutes
      Then the electricity distributor has received exactly one device alert 8002
