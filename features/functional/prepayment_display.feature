@scheme:functional @role:IS @device:PPMID
Feature: A prepayment display asks its meter for credit and supply, and for nothing else

  Background:
    Given a commissioned single-phase electricity meter
    And a prepayment display that is joined with the meter
    And the import supplier has set 2.1 Update Prepay Configuration
    And the import supplier has set 1.6 Update Payment Mode

  Rule: A code that is entered at the display is spent at the meter (PECS01)

    @requirement:SMETS-I-002 @usecase:PECS01
    Scenario: A right code is accepted, and the balance rises by its amount
      Given the import supplier has read 4.3 Read Instantaneous Prepay Values
      And the answer's MeterBalance has been noted
      When a code of the import supplier for 10 pounds of electricity is entered at the display
      Then the display says accepted
      And the meter's balance has risen by 1000000 millipence

    @requirement:SMETS-I-002 @usecase:PECS01
    Scenario: A code is spent once
      Given a code of the import supplier for 10 pounds of electricity has been entered at the display
      When the same code is entered at the display again
      Then the display says refused

    @requirement:SMETS-I-002 @usecase:PECS01
    Scenario: A wrong digit is refused
      Given a code of the import supplier for 10 pounds of electricity has been entered at the display
      When the code with its last digit changed is entered at the display
      Then the display says refused

    @requirement:SMETS-I-002 @usecase:PECS01
    Scenario: A code of another supplier is refused
      When a code of the other supplier for 10 pounds of electricity is entered at the display
      Then the display says refused

  Rule: Emergency credit and an armed supply, and no more (PECS02, PECS03)

    @requirement:SMETS-I-003 @usecase:PECS02
    Scenario: Emergency credit is activated at the display
      When emergency credit of electricity is asked for at the display
      Then the display says accepted
      And the display shows emergency credit 500000

    @requirement:SMETS-I-003 @usecase:PECS03
    Scenario: A supply that is armed is switched on at the display
      Given the supply has been armed
      When the electricity supply is switched on at the display
      Then the display says accepted
      And the display shows supply 2

    @requirement:SMETS-I-003 @usecase:PECS03
    Scenario: A supply that is disabled stays disabled
      Given the supply has been disabled
      When the electricity supply is switched on at the display
      Then the display says refused
      And the load current is zero

    @requirement:SMETS-I-003
    Scenario: A gas supply can't be asked for
      When the gas supply is switched on at the display
      Then the display does not say accepted

  Rule: A supply can be asked to be on, never to be off

    @requirement:SMETS-E-125 @usecase:PECS03
    Scenario Outline: What the display asks for says ON while the supply is <state>
      Given the supply has been <state>
      And what the display asks of its meters is watched
      When the electricity supply is switched on at the display
      Then the display has asked for Supply ON and nothing else of the supply

      Examples:
        | state    |
        | armed    |
        | disabled |

    @requirement:SMETS-E-125 @usecase:PECS03
    Scenario: A request for OFF disables nothing
      Given a steady load of 2.000 kW
      When a request for Supply OFF in the display's name is sent to the meter
      Then the meter's event log ends with 8155 of PECS03
      And the supply state read back is enabled
      And the load draws 2.000 kW within 1 %

    @requirement:SMETS-E-125 @usecase:PECS03
    Scenario: A request for OFF closes no armed supply either
      Given the supply has been armed
      When a request for Supply OFF in the display's name is sent to the meter
      Then the supply state read back is armed
      And the load current is zero

  Rule: The meter logs what a display asked for (I-004)

    @requirement:SMETS-I-004 @usecase:PECS01
    Scenario: A code that was spent
      When a code of the import supplier for 10 pounds of electricity is entered at the display
      Then the meter's event log ends with 8154 of PECS01

    @requirement:SMETS-I-004 @usecase:PECS01
    Scenario: A code that was refused
      When a code of the other supplier for 10 pounds of electricity is entered at the display
      Then the meter's event log ends with 8155 of PECS01

    @requirement:SMETS-I-004 @usecase:PECS02
    Scenario: Emergency credit
      When emergency credit of electricity is asked for at the display
      Then the meter's event log ends with 8154 of PECS02

    @requirement:SMETS-I-004 @usecase:PECS03
    Scenario: A supply that was not armed
      Given the supply has been disabled
      When the electricity supply is switched on at the display
      Then the meter's event log ends with 8155 of PECS03

  Rule: What the display shows (I-005)

    @requirement:SMETS-I-005
    Scenario: Balance, debts and thresholds of the meter
      Given the import supplier has set 2.3 Update Debt
      Then the display shows prepayment True
      And the display shows time debt 1 1000000
      And the display shows time debt 2 1000000
      And the display shows payment debt 1000000
      And the display shows low credit threshold 200000
      And the display shows supply 2

    @requirement:SMETS-I-005
    Scenario: The supply state follows the meter
      Given the supply has been disabled
      Then the display shows supply 0

  Rule: It is a device of the network while it is joined

    @requirement:SMETS-I-001 @srv:8.8.1 @usecase:CS04ACCritical
    Scenario: A display that was unjoined is refused
      When the import supplier unjoins the meter from the prepayment display
      And emergency credit of electricity is asked for at the display
      Then the display says refused

    @requirement:SMETS-I-001
    Scenario: A display is joined again after an interruption of the supply
      When the supply is interrupted for 5 minutes
      And emergency credit of electricity is asked for at the display
      Then the display says accepted

  Rule: The DCC sends it firmware, it activates that by itself, and says what came of it (CS09)

    @requirement:SMETS-I-007 @srv:11.4 @srv:11.2 @usecase:CS09 @usecase:CS08
    Scenario: A sound image is run
      When the import supplier sends an image of version 00000002 that is sound to the prepayment display
      Then the import supplier receives DCC alert N39 within 30 minutes
      And the alert tells of an activation of version 00000002 that was a success

    @requirement:SMETS-I-007 @srv:11.4 @srv:11.2 @usecase:CS08
    Scenario: The version that runs then is read
      Given the import supplier has sent an image of version 00000002 that is sound to the prepayment display
      And 30 minutes pass
      When the import supplier reads 11.2 Read Firmware Version of the display
      Then the answer's FirmwareVersion is 00000002

    @requirement:SMETS-I-007 @srv:11.4 @srv:11.2 @usecase:CS09 @usecase:CS08
    Scenario Outline: An image <fault> is not run
      Given the import supplier has sent an image of version 00000002 <fault> to the prepayment display
      And 30 minutes pass
      When the import supplier reads 11.2 Read Firmware Version of the display
      Then the answer's FirmwareVersion is 00000001

      Examples: one fault each
        | fault                                |
        | with a wrong signature               |
        | signed by another supplier           |
        | that was changed after it was signed |

    @requirement:SMETS-I-006 @srv:11.4 @usecase:CS09
    Scenario: What it says to the DCC is forwarded to its supplier, once
      When the import supplier sends an image of version 00000002 that is sound to the prepayment display
      And 30 minutes pass
      Then the import supplier has received 1 DCC alerts N39
