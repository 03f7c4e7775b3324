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
