@scheme:functional @role:IS @device:ESME
Feature: The household reads its meter, and keeps some of it to itself

  The buttons are pressed, and the display is read, as a finger and a camera would.

  Background:
    Given a commissioned single-phase electricity meter
    And the import supplier has set 6.11 Synchronise Clock

  Rule: A privacy PIN of four digits hides what is private

    @requirement:SMETS-E-160
    Scenario: Without a PIN everything is shown
      Then the meter offers "payment mode"

    @requirement:SMETS-E-161
    Scenario Outline: Behind the PIN there is <item>
      Given 4711 has been entered at the meter as new privacy PIN
      And 1 minute passes
      Then the meter hides "<item>"

      Examples: what one maker lists
        | item          |
        | payment mode  |
        | meter balance |
        | debt to clear |

    @requirement:SMETS-E-161
    Scenario Outline: Not behind the PIN there is <item>
      Given 4711 has been entered at the meter as new privacy PIN
      And 1 minute passes
      Then the meter offers "<item>"

      Examples:
        | item               |
        | active import, kWh |
        | supply state       |

    @requirement:SMETS-E-160
    Scenario Outline: The PIN is 4711: after <digits> the meter <how> the balance
      Given 4711 has been entered at the meter as new privacy PIN
      And 1 minute passes
      When <digits> is entered at the meter as privacy PIN
      Then the meter <how> "meter balance"

      Examples: right, and wrong in one digit or in their order
        | digits | how    |
        | 4711   | offers |
        | 4712   | hides  |
        | 7411   | hides  |
        | 0000   | hides  |

    @requirement:SMETS-E-160
    Scenario: What the PIN opened is closed again when nobody is there
      Given 4711 has been entered at the meter as new privacy PIN
      And 4711 has been entered at the meter as privacy PIN
      When 1 minute passes
      Then the meter hides "meter balance"

    @requirement:SMETS-E-160
    Scenario: The PIN is kept through an outage
      Given 4711 has been entered at the meter as new privacy PIN
      When the supply is interrupted for 5 minutes
      Then the meter hides "meter balance"

    @requirement:SMETS-E-160
    Scenario: Another PIN cannot be set without the first
      Given 4711 has been entered at the meter as new privacy PIN
      And 1 minute passes
      And 1234 has been entered at the meter as new privacy PIN
      When 1234 is entered at the meter as privacy PIN
      Then the meter hides "meter balance"

    @requirement:SMETS-E-160 @srv:3.5 @usecase:ECS14
    Scenario: The supplier takes a forgotten PIN away
      Given 4711 has been entered at the meter as new privacy PIN
      And 1 minute passes
      When the import supplier sets 3.5 Disable Privacy PIN
      Then the meter offers "meter balance"

  Rule: The supplier's name, number and message are shown (SMETS2 5.7.4.41, 5.7.4.7)

    @requirement:SMETS-E-163 @srv:3.4 @usecase:ECS16
    Scenario: Name and telephone number in their full length
      When the import supplier sets 3.4 Update Supplier Name with
        | SupplierName            | ABCDEFGHIJKLMNO    |
        | SupplierTelephoneNumber | 012345678901234567 |
      Then the meter shows "supplier's name" as "ABCDEFGHIJKLMNO"
      And the meter shows "supplier's telephone number" as "012345678901234567"

    @requirement:SMETS-E-163 @srv:3.1 @usecase:ECS10
    Scenario: A message of 116 characters
      When the import supplier sets 3.1 Display Message with
        | SupplierMessage | 0123456789 123456789 123456789 123456789 123456789 123456789 123456789 123456789 123456789 123456789 123456789 12345 |
      Then the meter shows "message" as "0123456789 123456789 123456789 123456789 123456789 123456789 123456789 123456789 123456789 123456789 123456789 12345"

    @requirement:SMETS-E-163 @srv:3.1 @usecase:ECS10
    Scenario: A new message is marked until it is acknowledged
      When the import supplier sets 3.1 Display Message with
        | SupplierMessage | Hello |
      Then the display has the sign "unread message"

    @requirement:SMETS-E-163 @srv:3.1 @usecase:ECS10
    Scenario: The acknowledgement is reported
      Given the import supplier has set 3.1 Display Message with
        | SupplierMessage | Hello |
      When the confirm button is pressed
      And 1 minute passes
      Then the import supplier has received exactly one device alert 81A6
      And the display has no sign "unread message"

    @requirement:SMETS-E-163 @srv:3.1 @usecase:ECS10
    Scenario: A message survives an outage
      Given the import supplier has set 3.1 Display Message with
        | SupplierMessage | Hello |
      When the supply is interrupted for 5 minutes
      Then the meter shows "message" as "Hello"

    @requirement:SMETS-E-162 @srv:9.1 @usecase:ECS50 @bench:every_role
    Scenario: The customer identification number is shown
      When the other user reads 9.1 Request Customer Identification Number
      Then the meter shows "customer identification number" as the number that the user was given

  Rule: What the meter is doing can be seen

    @requirement:SMETS-E-166 @requirement:SMETS-E-123
    Scenario: Supply on
      Then the meter shows "supply state" as "SUPPLY ON"
      And the display has no sign "supply off"

    @requirement:SMETS-E-166 @srv:7.2 @usecase:ECS43
    Scenario: Supply off
      Given the supply has been disabled
      Then the meter shows "supply state" as "SUPPLY OFF"
      And the display has the sign "supply off"

    @requirement:SMETS-E-164 @srv:7.3 @usecase:ECS44
    Scenario: The household is told how to connect an armed supply
      Given the supply has been disabled
      And the supply has been armed
      Then the display has the sign "press to connect"

    @requirement:SMETS-E-166
    Scenario: The home area network
      Then the meter shows "home area network" as "HAN OK"

    @requirement:SMETS-E-167
    Scenario: The register is shown in five digits of whole kilowatt-hours
      Given a steady load of 3.250 kW
      When 10 hours pass
      Then the meter shows "active import, kWh" as "00032"

    @requirement:SMETS-E-164
    Scenario: The active rate of the tariff
      Then the meter shows "active tariff rate" as "RATE 1"

  Rule: The menu goes back to the start when nobody is there

    @requirement:SMETS-E-168
    Scenario Outline: <span> after the last press the display stands at <item>
      Given the display has been turned to "active import, kWh"
      When <span> pass
      Then the display stands at "<item>"

      Examples: one second on each side of half a minute (one maker)
        | span       | item               |
        | 29 seconds | active import, kWh |
        | 31 seconds | supply state       |

  Rule: An armed supply is closed by a deliberate action and no other

    @requirement:SMETS-E-129 @srv:7.3 @usecase:ECS44
    Scenario Outline: Held for <span>: <state>
      Given the supply has been disabled
      And the supply has been armed
      When the confirm button is held for <span>
      Then the supply state read back is <state>

      Examples: around two seconds (one maker)
        | span    | state   |
        | 100 ms  | armed   |
        | 1900 ms | armed   |
        | 2000 ms | enabled |

    @requirement:SMETS-E-129 @srv:7.3 @usecase:ECS44
    Scenario Outline: The <button> button does not close it
      Given the supply has been disabled
      And the supply has been armed
      When the <button> button is held for 5 seconds
      Then the supply state read back is armed

      Examples: the other buttons
        | button |
        | step   |
        | boost  |
