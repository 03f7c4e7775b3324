@scheme:uept @role:IS @device:ESME
Feature: An import supplier uses its service requests

  Each variant of the slice that the service request matrix opens to the role, once, on demand.

  Background:
    Given a commissioned single-phase electricity meter
    And a steady load of 2.000 kW

  Rule: A non-critical request is acknowledged at once and answered by the meter

    @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:DUIS-4-DELIVERY
    @requirement:DUIS-1-RESPONSE-ID
    Scenario Outline: Variant <srv> is answered
      When the import supplier sends <srv> <name>
      Then the DCC acknowledges with I99
      And the meter answers with success within 30 seconds
      And the answer holds <content>

      Examples: reads
        | srv    | name                                   | content                    |
        | 4.1.1  | Read Instantaneous Import Registers    | active_import_wh           |
        | 4.10   | Read Network Data                      | voltage_log                |
        | 11.2   | Read Firmware Version                  | firmware_version           |
        | 7.4    | Read Supply Status                     | control_state              |
        | 6.2.1  | Read Device Configuration (Voltage)    | average_over_voltage_threshold |
        | 6.13   | Read Event Or Security Log             | entries                    |
        | 6.24.1 | Retrieve Device Security Credentials (KRP) | payload                |

    @requirement:UEPT-NON-CRITICAL @requirement:SMETS-E-163 @srv:3.1 @usecase:ECS10
    Scenario: Variant 3.1 shows its text on the meter
      When the import supplier sends 3.1 Display Message with
        | SupplierMessage | Your meter is under test |
      Then the meter answers with success within 30 seconds
      And the meter's display shows "Your meter is under test"

  Rule: A critical request is transformed, checked, signed and sent

    @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
    @requirement:GBCS-2-PRE-COMMAND
    Scenario Outline: Variant <srv> is answered
      When the import supplier sends <srv> <name>
      Then the Pre-Command carried the identifiers of the request
      And the DCC acknowledges with I99
      And the meter answers with success within 30 seconds

      Examples: critical requests
        | srv  | name              |
        | 6.11 | Synchronise Clock |
        | 7.1  | Enable Supply     |
        | 7.2  | Disable Supply    |
        | 7.3  | Arm Supply        |

  Rule: The supplier looks before it leaps

    @requirement:DUIS-6-CORRELATE @srv:7.2
    Scenario: A Pre-Command that differs from the request is not signed
      Given the DCC will return a Pre-Command for Enable Supply whatever is asked
      When the import supplier tries to send 7.2 Disable Supply
      Then the import supplier refuses to sign
      And the supply state read back is enabled

    @requirement:UEPT-SUPPLY-SENSITIVE @srv:7.2
    Scenario: A supply-sensitive check is on record before the supply is touched
      When the import supplier sends 7.2 Disable Supply
      Then a supply-sensitive check for 7.2 was recorded before the request was sent

    @requirement:DUIS-6-VERIFY-RESPONSE @srv:7.4
    Scenario: A response that nobody signed is not taken
      When an unsigned response is posted to the import supplier
      Then the import supplier refuses the document

    @requirement:DUIS-1-COUNTER @srv:7.4
    Scenario: The counters of requests rise
      Given the import supplier has sent 7.4 Read Supply Status
      When the import supplier sends 7.4 Read Supply Status
      Then the counter of the request is greater than the one before
      And the meter answers with success within 30 seconds

  Rule: The inventory answers

    @requirement:DUIS-13-INVENTORY @requirement:UEPT-NON-DEVICE @srv:8.2
    Scenario: Read Inventory by device
      When the import supplier sends 8.2 Read Inventory for the meter
      Then the DCC answers with I0
      And the inventory names the meter's type, model and status
