@scheme:functional @role:IS @device:ESME
Feature: The meter is joined with devices of the home, and keeps a log of them

  Background:
    Given a commissioned single-phase electricity meter

  Rule: Joining (SMETS2 5.6.3.15)

    @requirement:SMETS-D-007 @srv:8.7.1 @srv:8.9 @usecase:CS03A1 @usecase:CS07
    Scenario Outline: A <kind> that was joined is in the device log
      Given a <kind> that the DCC knows
      And the import supplier has joined the meter with the <kind>
      Then the meter's device log holds the <kind> once as <type>

      Examples: devices of type 1
        | kind        | type   |
        | display     | PPMID  |
        | load switch | HCALCS |

    @requirement:SMETS-D-007 @srv:8.7.1 @srv:8.9
    Scenario: Joining once more changes nothing and succeeds
      Given a display that the DCC knows
      And the import supplier has joined the meter with the display
      And the import supplier has joined the meter with the display
      Then the meter's device log holds the display once as PPMID

    @requirement:SMETS-D-007 @srv:8.7.1 @srv:6.13
    Scenario: A join is in the security log
      Given a display that the DCC knows
      And the security log of the meter has been noted
      And the import supplier has joined the meter with the display
      Then the meter's security log has gained an entry 8F49

    @requirement:SMETS-D-007 @srv:8.7.1 @srv:8.9
    Scenario: The log survives a loss of power
      Given a display that the DCC knows
      And the import supplier has joined the meter with the display
      When the supply is interrupted for 5 minutes
      And 1 minute passes
      Then the meter's device log holds the display once as PPMID

  Rule: Unjoining

    @requirement:SMETS-D-007 @srv:8.8.1 @srv:8.9 @usecase:CS04AC
    Scenario: A display that was unjoined is not in the log any more
      Given a display that the DCC knows
      And the import supplier has joined the meter with the display
      And the import supplier has unjoined the display from the meter
      Then the meter's device log holds the display not at all as PPMID

    @requirement:SMETS-D-007 @srv:8.8.1 @srv:8.9 @usecase:CS04AC
    Scenario: The others stay
      Given a load switch that the DCC knows
      And the import supplier has joined the meter with the load switch
      And a display that the DCC knows
      And the import supplier has joined the meter with the display
      And the import supplier has unjoined the display from the meter
      Then the meter's device log holds the load switch once as HCALCS

    @requirement:SMETS-D-007 @srv:8.8.1 @usecase:CS04AC
    Scenario: Who was never joined cannot be unjoined
      Given a display that the DCC knows
      When the import supplier unjoins the display from the meter
      Then the meter refuses the command

    @requirement:SMETS-D-007 @srv:8.8.1 @srv:6.13
    Scenario: An unjoin is in the security log
      Given a display that the DCC knows
      And the import supplier has joined the meter with the display
      And the security log of the meter has been noted
      And the import supplier has unjoined the display from the meter
      Then the meter's security log has gained an entry 8F4B

    @requirement:SMETS-D-007 @srv:8.8.1 @srv:6.13
    Scenario: An unjoin that failed is in the security log
      Given a display that the DCC knows
      And the security log of the meter has been noted
      When the import supplier unjoins the display from the meter
      And 10 seconds pass
      Then the meter's security log has gained an entry 8F4A

  Rule: The log has an end

    @requirement:SMETS-D-007 @srv:8.7.1 @srv:8.9
    Scenario: Everybody whose join was answered with success is in the log
      When the import supplier joins the meter with 17 displays, as far as it takes them
      Then the meter's device log holds all those and nobody else

    @requirement:SMETS-D-007 @srv:8.7.1 @srv:8.8.1
    Scenario: Who leaves makes room
      When the import supplier joins the meter with 17 displays, as far as it takes them
      And one of those leaves and another display comes
      Then the meter's device log holds all those and nobody else

  Rule: Devices of type 2 join without keys of their own, for suppliers and other users (8.7.2)

    @requirement:SMETS-D-007 @srv:8.7.2 @srv:8.9 @usecase:CS03B @usecase:CS07
    Scenario Outline: An <kind> that was joined is in the device log
      Given an <kind> that the DCC knows
      And the import supplier has joined the meter with the <kind>
      Then the meter's device log holds the <kind> once as type2

      Examples:
        | kind            |
        | in-home display |
        | access device   |

    @requirement:SMETS-D-007 @srv:8.7.2 @srv:8.9 @usecase:CS03B @bench:every_role
    Scenario: An other user may join an access device
      Given an access device that the DCC knows
      And the other user has joined the meter with the access device
      Then the meter's device log holds the access device once as type2

    @requirement:SMETS-D-007 @srv:8.8.2 @srv:8.9 @usecase:CS04B
    Scenario: A display of type 2 that was unjoined is not in the log any more, the others are
      Given an access device that the DCC knows
      And the import supplier has joined the meter with the access device
      And an in-home display that the DCC knows
      And the import supplier has joined the meter with the in-home display
      And the import supplier has unjoined the in-home display from the meter
      Then the meter's device log holds the in-home display not at all as type2
      And the meter's device log holds the access device once as type2

  Rule: So many devices of each type, and one more is refused (one maker's figures)

    @requirement:HAN-LIMITS @srv:8.7.1 @srv:8.7.2 @srv:8.9
    Scenario Outline: There is room for <places> <kind>
      When the import supplier joins the meter with <asked> <kind>, as far as it takes them
      Then the meter has taken <places> of them
      And the meter's device log holds all those and nobody else

      Examples: type 1, load switches among them, and type 2
        | kind             | asked | places |
        | displays         | 8     | 7      |
        | load switches    | 6     | 5      |
        | in-home displays | 5     | 4      |

    @requirement:HAN-LIMITS @srv:8.7.1 @srv:8.9
    Scenario: Load switches and displays share the places of type 1
      Given the import supplier has joined the meter with 5 load switches, as far as it takes them
      When the import supplier joins the meter with 3 displays, as far as it takes them
      Then the meter has taken 7 of them
      And the meter's device log holds all those and nobody else

    @requirement:HAN-LIMITS @srv:8.7.1 @srv:8.7.2 @srv:8.9
    Scenario: A full house of type 1 leaves the places of type 2
      Given the import supplier has joined the meter with 7 displays, as far as it takes them
      When the import supplier joins the meter with 5 access devices, as far as it takes them
      Then the meter has taken 11 of them
