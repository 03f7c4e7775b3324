@scheme:functional @role:IS @device:CHF
Feature: An installer's terminal works with the hub for an hour, and leaves no trace

  Background:
    Given a commissioned single-phase electricity meter

  Rule: The hour after power-on (CHTS, GBCS digest 10.4)

    @requirement:SMETS-C-010
    Scenario: A terminal is let in at the end of the hour
      When 58 minutes pass
      Then an installer's terminal is let in

    @requirement:SMETS-T-103
    Scenario: A terminal is refused after the hour
      When 61 minutes pass
      Then the hub refuses an installer's terminal

    @requirement:SMETS-C-010
    Scenario: Nothing but a new power-on opens the window again
      When 23 hours pass
      Then the hub refuses an installer's terminal

    @requirement:SMETS-C-010
    Scenario: An interruption of the supply opens it again
      Given 2 hours pass
      When the supply is interrupted for 5 minutes
      Then an installer's terminal is let in

    @requirement:SMETS-T-103
    Scenario: A terminal that has joined stays after the hour
      Given an installer's terminal has joined the hub
      When 61 minutes pass
      And the import supplier reads 8.9 Read Device Log of the hub
      Then the answer has 2 CHFDeviceLogEntry

  Rule: The terminal is in the log while it is there, and nowhere after it

    @requirement:SMETS-T-101 @srv:8.9 @usecase:CCS06
    Scenario: The hub adds the terminal to its log
      Given an installer's terminal has joined the hub
      When the import supplier reads 8.9 Read Device Log of the hub
      Then the answer has 2 CHFDeviceLogEntry

    @requirement:SMETS-T-101 @usecase:CS14
    Scenario: The log with the terminal is backed up
      Given what the hub sends is watched
      When an installer's terminal joins the hub
      And 1 minute passes
      Then the hub has sent alert 8F12
      And the hub's newest backup holds 2 devices

    @requirement:SMETS-T-104 @srv:8.9 @usecase:CCS07
    Scenario: A terminal that has left is in no log
      Given an installer's terminal has joined the hub
      When the terminal leaves the hub
      And the import supplier reads 8.9 Read Device Log of the hub with
        | ReadSecurityDetails | true |
      Then the answer has no CHFHistoricConnectedDeviceLogEntry

  Rule: Commands by hand (8.13)

    @requirement:SMETS-T-102 @srv:7.4 @srv:8.13 @usecase:ECS45
    Scenario: A command that was made for local delivery is answered at the terminal
      Given an installer's terminal has joined the hub
      When the import supplier has the terminal deliver 7.4 Read Supply Status to the meter
      Then no response of the meter has crossed the WAN
