@scheme:functional @role:IS @device:ESME
Feature: Too much load for too long is limited

  The limit of these scenarios is 2.000 kW for 60 seconds, restored after 300 seconds. What the
  meter does to the supply is seen at the load.

  Background:
    Given a commissioned single-phase electricity meter
    And the import supplier has set 6.11 Synchronise Clock

  Rule: Import above the limit for longer than the period is reported (SMETS2 5.7.5.18)

    Background:
      Given the import supplier has set 6.4.1 Update Device Configuration (Load Limiting General Settings) with
        | LoadLimitPowerThreshold    | 2000      |
        | LoadLimitPeriod            | 60        |
        | LoadLimitRestorationPeriod | 300       |
        | LoadLimitSupplyState       | Unchanged |

    @requirement:SMETS-E-110 @srv:6.4.1 @usecase:ECS28a
    Scenario Outline: A load of <load> kW for <span> <has> an alert
      When the load becomes <load> kW
      And <span> pass
      And the load becomes 0.500 kW
      And 2 minutes pass
      Then the import supplier <has> device alert 8F01

      Examples: one watt and one second on each side
        | load  | span       | has                      |
        | 2.000 | 10 minutes | has received no          |
        | 2.001 | 59 seconds | has received no          |
        | 2.001 | 61 seconds | has received exactly one |
        | 3.500 | 10 minutes | has received exactly one |

    @requirement:SMETS-E-110 @srv:4.15 @usecase:ECS27
    Scenario: Each time above the limit is counted once
      Given a steady load of 3.000 kW
      And 10 minutes pass
      And a steady load of 1.000 kW
      And 10 minutes pass
      And a steady load of 3.000 kW
      When 10 minutes pass
      And the import supplier reads 4.15 Read Load Limit Data
      Then the answer's LoadLimitCounterValue is 2

    @requirement:SMETS-E-110 @srv:6.13 @usecase:ECS35a
    Scenario: It is in the event log
      When the load becomes 3.000 kW
      And 2 minutes pass
      Then the Event log has an entry 8F01 of the last 2 minutes

    @requirement:SMETS-E-110 @srv:6.13 @usecase:ECS35a
    Scenario: A limit that was set goes on after an outage
      Given a steady load of 3.000 kW
      And 2 minutes pass
      When the supply is interrupted for 10 minutes
      And 2 minutes pass
      And the import supplier reads 4.15 Read Load Limit Data
      Then the answer's LoadLimitCounterValue is 2

    @requirement:SMETS-E-114
    Scenario: A second below the limit starts the period anew
      Given a steady load of 3.000 kW
      And 50 seconds pass
      And a steady load of 1.500 kW
      And 1 second passes
      When the load becomes 3.000 kW
      And 50 seconds pass
      And the load becomes 1.000 kW
      And 1 minute passes
      Then the import supplier has received no device alert 8F01

  Rule: The supply is left alone where the supplier said so (SMETS2 5.7.4.22)

    Background:
      Given the import supplier has set 6.4.1 Update Device Configuration (Load Limiting General Settings) with
        | LoadLimitPowerThreshold | 2000      |
        | LoadLimitPeriod         | 60        |
        | LoadLimitSupplyState    | Unchanged |

    @requirement:SMETS-E-112 @requirement:SMETS-E-128 @srv:7.4 @usecase:ECS45
    Scenario: The load goes on
      When the load becomes 3.000 kW
      And 5 minutes pass
      Then the import supplier has received exactly one device alert 8F01
      And the supply state read back is enabled
      And the load draws 3.000 kW within 1 %

    @requirement:SMETS-E-112
    Scenario: The display says so while it lasts
      When the load becomes 3.000 kW
      And 2 minutes pass
      Then the display has the sign "load limit exceeded"

    @requirement:SMETS-E-112
    Scenario: The display says so no longer than it lasts
      Given a steady load of 3.000 kW
      And 2 minutes pass
      When the load becomes 1.000 kW
      And 1 second passes
      Then the display has no sign "load limit exceeded"

  Rule: The supply is opened and armed where the supplier said so (SMETS2 5.7.4.21, 5.7.4.22)

    Background:
      Given the import supplier has set 6.4.1 Update Device Configuration (Load Limiting General Settings) with
        | LoadLimitPowerThreshold    | 2000    |
        | LoadLimitPeriod            | 60      |
        | LoadLimitRestorationPeriod | 300     |
        | LoadLimitSupplyState       | Disable |

    @requirement:SMETS-E-111 @requirement:SMETS-E-128 @srv:7.4 @usecase:ECS45
    Scenario: The load is cut, and the supply armed
      When the load becomes 3.000 kW
      And 61 seconds pass
      Then the supply state read back is armed
      And the load current is zero

    @requirement:SMETS-E-111
    Scenario: It is reported as such
      When the load becomes 3.000 kW
      And 2 minutes pass
      Then the import supplier has received exactly one device alert 8F01
      And the import supplier has received exactly one device alert 8F33
      And the import supplier has received no device alert 8F32

    @requirement:SMETS-E-113 @requirement:SMETS-E-128
    Scenario: The consumer may close it at once
      Given a steady load of 3.000 kW
      And 61 seconds pass
      And a steady load of 1.000 kW
      When the button of the meter is pressed
      Then the supply state read back is enabled
      And the load draws 1.000 kW within 1 %

    @requirement:SMETS-E-113 @requirement:SMETS-E-128
    Scenario Outline: <span> after the period of 60 seconds the supply is <state>
      Given a steady load of 3.000 kW
      And 60 seconds pass
      And 100 ms pass
      And a steady load of 1.000 kW
      When <span> pass
      Then the supply state read back is <state>

      Examples: two seconds on each side
        | span                | state   |
        | 4 minutes 58 seconds | armed   |
        | 5 minutes 2 seconds  | enabled |

    @requirement:SMETS-E-113
    Scenario: The restoration is reported
      Given a steady load of 3.000 kW
      And 61 seconds pass
      And a steady load of 1.000 kW
      When 10 minutes pass
      Then the import supplier has received exactly one device alert 8F34
      And the load draws 1.000 kW within 1 %

    @requirement:SMETS-E-113
    Scenario: What the supplier disables in between is not restored
      Given a steady load of 3.000 kW
      And 61 seconds pass
      And a steady load of 1.000 kW
      And the supply has been disabled
      When 10 minutes pass
      Then the supply state read back is disabled
      And the import supplier has received no device alert 8F34
      And the load current is zero

    @requirement:SMETS-E-113 @requirement:SMETS-E-104
    Scenario: An outage does not lose the restoration
      Given a steady load of 3.000 kW
      And 61 seconds pass
      And a steady load of 1.000 kW
      When the supply is interrupted for 2 minutes
      And 10 minutes pass
      Then the supply state read back is enabled

  Rule: Settings and counter are read, and the counter is reset (SMETS2 5.6.3.25)

    @requirement:SMETS-E-115 @srv:4.15 @srv:6.4.1 @usecase:ECS27 @usecase:ECS28a
    Scenario: What was set is read back
      Given the import supplier has set 6.4.1 Update Device Configuration (Load Limiting General Settings) with
        | LoadLimitPowerThreshold    | 3456    |
        | LoadLimitPeriod            | 78      |
        | LoadLimitRestorationPeriod | 910     |
        | LoadLimitSupplyState       | Disable |
      When the import supplier reads 4.15 Read Load Limit Data
      Then the answer says
        | LoadLimitPowerThreshold    | 3456    |
        | LoadLimitPeriod            | 78      |
        | LoadLimitRestorationPeriod | 910     |
        | LoadLimitSupplyState       | Disable |

    @requirement:SMETS-E-115 @srv:6.4.2 @srv:4.15 @usecase:ECS28b
    Scenario: The counter is set to zero
      Given the import supplier has set 6.4.1 Update Device Configuration (Load Limiting General Settings) with
        | LoadLimitPowerThreshold | 2000 |
        | LoadLimitPeriod         | 60   |
      And a steady load of 3.000 kW
      And 2 minutes pass
      When the import supplier sets 6.4.2 Update Device Configuration (Load Limiting Counter Reset)
      And the import supplier reads 4.15 Read Load Limit Data
      Then the answer's LoadLimitCounterValue is 0

    @requirement:SMETS-E-116 @srv:4.15 @usecase:ECS27
    Scenario: As delivered nothing is limited
      When the load becomes 3.500 kW
      And 1 day passes
      And the import supplier reads 4.15 Read Load Limit Data
      Then the answer's LoadLimitCounterValue is 0
      And the answer's LoadLimitPowerThreshold is 4294967295

  Rule: Dated settings wait for their date (SMETS2 5.7.4.19-22)

    Background:
      Given the import supplier has set 6.4.1 Update Device Configuration (Load Limiting General Settings) with
        | ExecutionDateTime       | in 2 hours |
        | LoadLimitPowerThreshold | 2000       |
        | LoadLimitPeriod         | 60         |

    @requirement:SMETS-E-117 @srv:6.4.1 @usecase:ECS28a
    Scenario Outline: After <span> a load above the new limit <has> an alert
      Given a steady load of 3.000 kW
      When <span> pass
      Then the import supplier <has> device alert 8F01

      Examples:
        | span                       | has                      |
        | 1 hour 55 minutes          | has received no          |
        | 2 hours 2 minutes          | has received exactly one |

    @requirement:SMETS-E-117 @srv:6.4.1 @usecase:ECS28a
    Scenario: Each of the four settings is reported
      When 2 hours 1 minute pass
      Then the import supplier has received 4 device alerts 8F66
      And the import supplier has received no device alert 8F67
