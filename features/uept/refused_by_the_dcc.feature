@scheme:uept @device:ESME
Feature: The DCC refuses what a user may not have

  Access control stands between a stolen or mistaken request and somebody's supply.

  Background:
    Given a commissioned single-phase electricity meter

  Rule: A role may ask for its own services only

    @requirement:DUIS-7-ROLE @role:ED
    Scenario Outline: An electricity distributor asks for <srv>
      When the electricity distributor sends <srv> <name>
      Then the DCC refuses with E2

      Examples: services of suppliers
        | srv   | name                   |
        | 3.1   | Display Message        |
        | 6.11  | Synchronise Clock      |
        | 7.1   | Enable Supply          |
        | 7.2   | Disable Supply         |
        | 7.3   | Arm Supply             |
        | 8.1.1 | Commission Device      |
        | 8.11  | Update HAN Device Log  |

    @requirement:DUIS-7-ROLE @role:IS @srv:6.5
    Scenario: An import supplier asks for the distributor's voltage configuration
      When the import supplier sends 6.5 Update Device Configuration (Voltage)
      Then the DCC refuses with E2

  Rule: A user may reach its own devices only

    @requirement:DUIS-7-RESPONSIBLE @role:IS @srv:7.2
    Scenario: Another supplier asks to disable the supply
      When the other supplier sends 7.2 Disable Supply
      Then the DCC refuses with E4

    @requirement:DUIS-7-INVENTORY @role:IS @srv:7.4
    Scenario: A device that is not in the inventory
      When the import supplier sends 7.4 Read Supply Status to an unknown device
      Then the DCC refuses with E19

    @requirement:DUIS-7-DEVICE-TYPE @role:IS @srv:7.2
    Scenario: A request that the device type does not have
      When the import supplier sends 7.2 Disable Supply to the hub
      Then the DCC refuses with E11

  Rule: A request must fit its service and its command variant

    @requirement:DUIS-7-VARIANT @role:IS @srv:7.2
    Scenario: A critical request as a non-critical command variant
      When the import supplier sends 7.2 Disable Supply as command variant 1
      Then the DCC refuses with E12

    @requirement:DUIS-7-URL @role:IS @srv:7.4
    Scenario: A request at the wrong web service
      When the import supplier posts 7.4 Read Supply Status to the transform service
      Then the DCC refuses with E13

  Rule: A request must be authentic and new

    @requirement:DUIS-7-SIGNATURE @role:IS @srv:7.4
    Scenario: A request that was changed after it was signed
      When the import supplier posts 7.4 Read Supply Status changed after signing
      Then the DCC refuses the request

    @requirement:DUIS-7-REQUEST-ONCE @role:IS @srv:7.4
    Scenario: A RequestID that was used before
      When the import supplier sends 7.4 Read Supply Status twice under one RequestID
      Then the DCC refuses the request
