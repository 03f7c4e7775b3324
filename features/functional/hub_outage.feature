@scheme:functional @role:IS @role:ED @device:CHF
Feature: The hub tells of a loss of power with the last of its energy

  Background:
    Given a commissioned single-phase electricity meter
    And the requests of the hub for tunnels are counted

  Rule: Three minutes decide (DCC alert AD1)

    @requirement:SMETS-C-003 @requirement:DUIS-10-AD1
    Scenario Outline: A supply that is away for <outage> <result> the <user>
      When the supply is interrupted for <outage>
      And 2 minutes pass
      Then the <user> has received <count> DCC alerts AD1

      Examples: on both sides of 180 seconds
        | outage               | result               | count | user                    |
        | 2 minutes 55 seconds | is no matter for     | 0     | import supplier         |
        | 2 minutes 55 seconds | is no matter for     | 0     | electricity distributor |
        | 3 minutes 5 seconds  | is reported once to  | 1     | import supplier         |
        | 3 minutes 5 seconds  | is reported once to  | 1     | electricity distributor |
        | 3 hours              | is reported once to  | 1     | electricity distributor |

    @requirement:SMETS-C-003 @requirement:DUIS-10-AD1
    Scenario: The report names the hub and the time of the loss
      When the supply is interrupted for 4 minutes
      Then the import supplier has received 1 DCC alerts AD1
      And AD1 names the hub and the time at which the supply was lost

    @requirement:SMETS-C-003 @requirement:DUIS-10-AD1
    Scenario: Every one of three losses in a row is reported
      When the supply is interrupted for 4 minutes
      And 5 minutes pass
      And the supply is interrupted for 4 minutes
      And 5 minutes pass
      And the supply is interrupted for 4 minutes
      And 2 minutes pass
      Then the electricity distributor has received 3 DCC alerts AD1

  Rule: The time of the hub is UTC, and has a quality (CHTS 4.6.3.1)

    @requirement:SMETS-C-004 @srv:6.11 @usecase:ECS70
    Scenario: A meter is set by the hub's time
      When the import supplier sets 6.11 Synchronise Clock
      Then the meter's clock is right within 10 seconds

    @requirement:SMETS-C-004 @srv:6.11 @usecase:ECS70
    Scenario Outline: A meter takes no time of a hub that calls its own <quality>
      Given the hub's time has become <quality>, an hour fast
      When 2 days pass
      Then the meter's clock is right within 10 seconds

      Examples: qualities besides reliable
        | quality    |
        | unreliable |
        | invalid    |

  Rule: The hub keeps a tunnel to every device that is awake (GBCS 10.2.2)

    @requirement:SMETS-C-017
    Scenario: It asks again at power-on
      When the supply is interrupted for 5 minutes
      Then the hub has asked for a tunnel once

    @requirement:SMETS-C-017
    Scenario: It asks again after 65,535 seconds
      When 65534 seconds pass
      Then the hub has asked for a tunnel once

    @requirement:SMETS-C-017
    Scenario: It does not ask before
      When 65000 seconds pass
      Then the hub has not asked for a tunnel

    @requirement:SMETS-C-017
    Scenario: It asks a device that has joined
      Given 1 more device is known to the DCC
      And 1 of them is switched on
      When the import supplier adds 1 of them to the hub
      And 20 seconds pass
      Then the hub has asked for a tunnel once

    @requirement:SMETS-C-017
    Scenario Outline: A busy device is asked again after three minutes: <asked> times after <span>
      Given the next request is answered with busy
      When the supply is interrupted for 10 seconds
      And <span> pass
      Then the hub has asked for a tunnel <asked> times

      Examples: power-on and the first request are at 0
        | span                 | asked |
        | 2 minutes 20 seconds | 1     |
        | 2 minutes 50 seconds | 2     |

    @requirement:SMETS-C-017
    Scenario: A device without identifiers left is told to close all, and asked at once
      Given the next request is answered with no more identifiers
      When the supply is interrupted for 10 seconds
      Then the hub has closed all tunnels of the device once
      And the hub has asked for a tunnel 2 times

    @requirement:SMETS-C-017 @srv:7.4 @usecase:ECS45
    Scenario: A message for a device whose tunnel works waits for nothing
      When the import supplier reads 7.4 Read Supply Status
      Then the hub has not asked for a tunnel
