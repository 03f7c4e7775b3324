@scheme:uept @role:IS @device:ESME
Feature: A meter is installed and commissioned

  Until the last of these steps the meter is nobody's: no tariff, no reading, no supply control.

  @requirement:UEPT-NON-DEVICE @requirement:DUIS-13-PRE-NOTIFICATION @srv:12.2 @srv:8.2
  Scenario: A pre-notified meter is pending
    Given a powered hub and a meter that is not known to the DCC
    When the import supplier pre-notifies the hub and the meter
    Then the inventory shows the meter as Pending

  @requirement:DUIS-13-ADDED @requirement:GBCS-10.4-ADD-DEVICE @requirement:DUIS-10-N24
  @srv:8.11 @usecase:CCS01
  Scenario: A meter added to the hub joins the home area network
    Given the hub and the meter are pre-notified
    When the import supplier adds the meter to the hub
    Then the DCC acknowledges with I99
    And the hub answers with success within 30 seconds
    And the import supplier receives DCC alert N24 within 2 minutes
    And the inventory shows the meter as InstalledNotCommissioned

  @requirement:GBCS-10.4-LOG-BACKUP @requirement:SMETS-C-002 @srv:8.11 @usecase:CS14
  Scenario: The hub backs up its device log when a meter is added and when it has joined
    Given the hub and the meter are pre-notified
    When the import supplier adds the meter to the hub
    And 2 minutes pass
    Then the hub has sent a backup of its device log that holds the meter without a link key
    And the hub has sent a backup of its device log that holds the meter with a link key

  @requirement:DUIS-10-N24 @requirement:GBCS-10.4-ADD-DEVICE @srv:8.11
  Scenario: A meter that does not know the install code does not join
    Given the hub and the meter are pre-notified
    When the import supplier adds the meter to the hub with a wrong install code
    Then the import supplier receives DCC alert N25 within 3 minutes
    And the inventory does not show the meter as InstalledNotCommissioned

  @requirement:SMETS-C-002
  Scenario: The hub carries nothing for a meter that is not in its device log
    Given the hub and the meter are pre-notified
    And the meter is looking for the hub
    When a right command to read the import registers is sent to the meter past the DCC
    Then nothing of the meter crosses the WAN within 60 seconds

  @requirement:SMETS-C-002 @srv:8.11 @usecase:CCS02
  Scenario: The hub carries nothing for a meter that was removed from its device log
    Given a commissioned single-phase electricity meter
    And the import supplier has removed the meter from the hub
    When a right command to read the import registers is sent to the meter past the DCC
    Then nothing of the meter crosses the WAN within 60 seconds

  @requirement:SMETS-C-002
  Scenario: The hub keeps its device log over an outage
    Given a commissioned single-phase electricity meter
    When the supply is interrupted for 5 minutes
    And the import supplier sends 7.4 Read Supply Status
    Then the meter answers with success within 30 seconds

  @requirement:UEPT-INSTALL @requirement:UEPT-CRITICAL @requirement:DUIS-13-COMMISSIONED
  @requirement:GBCS-9.5-SET-CLOCK @srv:8.1.1 @usecase:ECS70
  Scenario: Commissioning sets the clock and makes the meter commissioned
    Given the meter has joined the home area network
    When the import supplier sends 8.1.1 Commission Device
    Then the DCC acknowledges with I99
    And the meter answers with success within 30 seconds
    And the meter states a reliable time within 10 seconds of the bench's clock
    And the inventory shows the meter as Commissioned
