@scheme:functional @role:IS @device:CHF
Feature: The hub lets in the devices of its log and no others, and backs the log up

  Background:
    Given a commissioned single-phase electricity meter
    And what the hub sends is watched

  Rule: Every change of the log is told to the DCC (CHTS 4.5.1.2, 4.5.1.9)

    @requirement:SMETS-C-002 @srv:8.11 @usecase:CCS01 @usecase:CS14
    Scenario: A device that is added is in the backup, without a key
      Given 1 more device is known to the DCC
      When the import supplier adds 1 of them to the hub
      Then the hub has sent alert 8F12 once
      And the hub's newest backup holds 2 devices

    @requirement:SMETS-C-002 @srv:8.11 @usecase:CCS01 @usecase:CS14
    Scenario: A device that joins changes its key, which is backed up too
      Given 1 more device is known to the DCC
      And 1 of them is switched on
      When the import supplier adds 1 of them to the hub
      And 20 seconds pass
      Then the hub has sent alert 8F12 2 times
      And 1 of them has joined

    @requirement:SMETS-C-002 @srv:8.11 @usecase:CCS02 @usecase:CS14
    Scenario: A device that is removed is in no backup any more
      Given 1 more device is known to the DCC
      And the import supplier has added 1 of them to the hub
      When the import supplier removes the last of them from the hub
      Then the hub has sent alert 8F12 2 times
      And the hub's newest backup holds 1 device

    @requirement:SMETS-C-002 @srv:8.11 @usecase:CCS01
    Scenario: A device that is in the log already is added with success and no change
      When the import supplier adds the meter to the hub once more
      And the import supplier reads 7.4 Read Supply Status
      Then the hub has sent no alert 8F12

    @requirement:SMETS-C-002 @srv:8.11 @usecase:CCS02
    Scenario: A device that is not in the log can't be removed
      Given 1 more device is known to the DCC
      And the import supplier has added 1 of them to the hub
      And the import supplier has removed the last of them from the hub
      When the import supplier removes the last of them from the hub once more
      Then the device refuses the command

    @requirement:SMETS-C-002 @srv:8.11 @usecase:CCS01
    Scenario: The window to join closes after its time
      Given 1 more device is known to the DCC
      And the import supplier has added 1 of them to the hub
      When 91 seconds pass
      Then the beacon does not invite to join

    @requirement:SMETS-C-002 @srv:8.9 @usecase:CCS06
    Scenario: Devices and the log stay over an interruption of the supply
      When the supply is interrupted for 5 minutes
      And the import supplier reads 8.9 Read Device Log of the hub
      Then the answer has 1 CHFDeviceLog.CHFDeviceLogEntry

  Rule: There is room for the least that a home may have (CHTS 4.4.2.1)

    @requirement:SMETS-C-016 @srv:8.11 @usecase:CCS01
    Scenario: 15 more devices have room, and all of them are in the log
      Given 15 more devices are known to the DCC
      When the import supplier adds 15 of them to the hub
      And the import supplier reads 8.9 Read Device Log of the hub
      Then the answer has 16 CHFDeviceLog.CHFDeviceLogEntry

    @requirement:SMETS-C-002 @srv:8.11 @usecase:CCS01
    Scenario: A 17th device is refused
      Given 16 more devices are known to the DCC
      And the import supplier has added 15 of them to the hub
      When the import supplier adds the last of them to the hub
      Then the device refuses the command

  Rule: What was removed can be read with the hash of its key (CHTS 4.5.1.4)

    @requirement:SMETS-C-015 @srv:8.9 @usecase:CCS07
    Scenario: A device that had joined is in the historic log
      Given 1 more device is known to the DCC
      And 1 of them is switched on
      And the import supplier has added 1 of them to the hub
      And 20 seconds pass
      And the import supplier has removed the last of them from the hub
      When the import supplier reads 8.9 Read Device Log of the hub with
        | ReadSecurityDetails | true |
      Then the answer has 1 CHFHistoricConnectedDeviceLogEntry

    @requirement:SMETS-C-015 @srv:8.9 @usecase:CCS07
    Scenario: A device that never joined is not in the historic log
      Given 1 more device is known to the DCC
      And the import supplier has added 1 of them to the hub
      And the import supplier has removed the last of them from the hub
      When the import supplier reads 8.9 Read Device Log of the hub with
        | ReadSecurityDetails | true |
      Then the answer has no CHFHistoricConnectedDeviceLogEntry

    @requirement:SMETS-C-015 @srv:8.11 @usecase:CCS01
    Scenario: A device that comes back does so with the key that it had
      Given 1 more device is known to the DCC
      And 1 of them is switched on
      And the import supplier has added 1 of them to the hub
      And 20 seconds pass
      And the import supplier has removed the last of them from the hub
      When the import supplier adds 1 of them to the hub
      And 20 seconds pass
      Then 1 of them has joined

  Rule: The network bears the address on the hub's case (CHTS 4.6.1.4)

    @requirement:SMETS-C-001
    Scenario: A terminal hears the network under the printed address
      Then an installer's terminal hears the network under the identifier that is printed on the hub

    @requirement:SMETS-C-001
    Scenario: A hub without a supply forms no network
      When the supply is lost
      And 1 minute passes
      Then an installer's terminal hears no network

    @requirement:SMETS-C-001
    Scenario: The network is the same after an interruption
      When the supply is interrupted for 5 minutes
      Then an installer's terminal hears the network under the identifier that is printed on the hub

    @requirement:SMETS-C-001 @srv:8.11
    Scenario: The beacon invites to join while the window is open
      Given 1 more device is known to the DCC
      When the import supplier adds 1 of them to the hub
      Then the beacon invites to join
