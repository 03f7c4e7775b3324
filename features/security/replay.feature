@scheme:security @role:IS @device:ESME
Feature: Commands that were accepted before are refused, whatever has happened since

  Background:
    Given a commissioned single-phase electricity meter

  Rule: Every kind of critical command

    @requirement:SMETS-E-202 @srv:6.15.1 @usecase:CS02b
    Scenario: A replacement of credentials
      Given the import supplier has replaced its certificates on the meter by the same ones
      When the captured command of 6.15.1 is sent to the meter again
      Then the meter keeps silent for 1 minute

    @requirement:SMETS-E-202 @srv:11.3 @usecase:CS06
    Scenario: An activation of firmware
      Given the import supplier has distributed an image of version 00000002 that is sound
      And the import supplier has activated the image
      When the captured command of 11.3 is sent to the meter again
      Then the meter keeps silent for 1 minute

    @requirement:SMETS-E-202 @srv:6.17 @usecase:CS02c
    Scenario: A request for a new key
      Given the import supplier has had a new key made on the meter for Digital Signature
      When the captured command of 6.17 is sent to the meter again
      Then the meter keeps silent for 1 minute

    @requirement:SMETS-E-202 @srv:8.7.1 @usecase:CS03A1
    Scenario: A join that was undone
      Given a display that the DCC knows
      And the import supplier has joined the meter with the display
      And the import supplier has unjoined the display from the meter
      When the captured command of 8.7.1 is sent to the meter again
      Then the meter keeps silent for 1 minute
      And the meter's device log holds the display not at all as PPMID

  Rule: Counters are kept

    @requirement:SMETS-E-202 @srv:7.2
    Scenario: After a loss of power
      Given a steady load of 1.000 kW
      And the import supplier has set 7.2 Disable Supply
      And the import supplier has set 7.1 Enable Supply
      When the supply is interrupted for 10 minutes
      And 1 minute passes
      And the captured command of 7.2 is sent to the meter again
      And 1 minute passes
      Then the load draws 1.000 kW within 2 %

    @requirement:SMETS-E-202 @srv:7.2 @srv:11.3
    Scenario: After new firmware was activated
      Given a steady load of 1.000 kW
      And the import supplier has set 7.2 Disable Supply
      And the import supplier has set 7.1 Enable Supply
      And the import supplier has distributed an image of version 00000002 that is sound
      And the import supplier has activated the image
      When the captured command of 7.2 is sent to the meter again
      And 1 minute passes
      Then the load draws 1.000 kW within 2 %

    @requirement:GBCS-9.2-COUNTER-KEPT @srv:7.1 @srv:6.24.1
    Scenario: A party's command moves no other party's counter
      Given the counters of the meter have been noted
      When the import supplier sets 7.1 Enable Supply
      Then the meter's counter of the network operator is what it was

    @requirement:GBCS-9.2-COUNTER-KEPT @srv:4.1.1 @srv:6.24.1
    Scenario: A read moves no counter
      Given the counters of the meter have been noted
      When the import supplier reads 4.1.1 Read Instantaneous Import Registers
      Then the meter's counter of the supplier is what it was
