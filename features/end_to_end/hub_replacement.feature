@scheme:end_to_end @role:IS @role:GS @bench:every_role
Feature: A broken hub is replaced, and the home goes on with the new one

  The new hub gets the device log of the old one, forms its network anew, and lets in whoever proves
  the link key that the old hub had agreed with it. The gas proxy inside gets its log too.

  Background:
    Given a commissioned dual-fuel home with a display
    And the gas proxy's log names the gas meter and the display
    And the hub has been replaced by another, which the DCC knows

  Rule: The hub's own log (8.12.1)

    @requirement:SMETS-C-002 @device:CHF @device:ESME @srv:8.12.1 @usecase:CCS03
    Scenario: The meter goes on with the new hub
      Given the import supplier has restored the device log of the hub on the new hub
      When the import supplier reads 4.1.1 Read Instantaneous Import Registers
      Then the meter answers with success within 1 minute

    @requirement:SMETS-D-005 @device:CHF @device:PPMID @srv:8.12.1 @srv:11.2
    Scenario: The display goes on with the new hub
      Given the import supplier has restored the device log of the hub on the new hub
      When the import supplier sends 11.2 Read Firmware Version to the display
      Then the display answers with success within 1 minute

    @requirement:SMETS-C-002 @device:CHF @srv:8.12.1 @srv:8.9
    Scenario Outline: The <device> is in the new hub's log
      Given the import supplier has restored the device log of the hub on the new hub
      Then the log of the new hub holds the <device>

      Examples: who was in the old one's
        | device    |
        | meter     |
        | gas meter |
        | display   |

    @requirement:DUIS-13-INVENTORY @device:CHF @srv:8.12.1 @srv:8.2
    Scenario Outline: The inventory shows the <device> behind the new hub
      Given the import supplier has restored the device log of the hub on the new hub
      Then the inventory shows the <device> behind the new hub

      Examples: who was behind the old one
        | device    |
        | meter     |
        | gas meter |
        | display   |

    @requirement:SMETS-C-002 @device:CHF @srv:8.12.1
    Scenario: The gas supplier is told
      When the import supplier restores the device log of the hub on the new hub
      Then the gas supplier receives DCC alert N30 within 1 minute

  Rule: The gas proxy's log (8.12.2)

    @requirement:SMETS-P-104 @device:GPF @srv:8.12.2 @usecase:GCS59
    Scenario: The gas meter is in the new gas proxy's log
      Given the import supplier has restored the device log of the hub on the new hub
      And the gas supplier has restored the device log of the gas proxy on the new gas proxy
      Then the log of the new gas proxy holds the gas meter

    @requirement:SMETS-P-104 @device:GPF @srv:8.12.2
    Scenario: The electricity supplier is told
      Given the import supplier has restored the device log of the hub on the new hub
      When the gas supplier restores the device log of the gas proxy on the new gas proxy
      Then the import supplier receives DCC alert N31 within 1 minute

    @requirement:SMETS-P-104 @device:GPF @device:GSME @srv:8.12.2 @srv:8.7.2 @srv:4.1.1
    Scenario: The new gas proxy has the gas meter's data
      Given gas appliances that draw 3 m3/h
      And the import supplier has restored the device log of the hub on the new hub
      And the gas supplier has restored the device log of the gas proxy on the new gas proxy
      And the gas supplier has joined the gas meter with the new gas proxy
      When 3 hours pass
      Then the new gas proxy states at least 9 m3
