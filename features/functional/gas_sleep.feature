@scheme:functional @role:GS @device:GSME @bench:every_role
Feature: A gas meter sleeps, and loses nothing by it

  Its battery lasts for ten years because it listens for a moment every half hour. Whatever is
  asked waits at the hub until then.

  Rule: Awake every half hour, and only then (GBCS 10.4.2.8)

    @requirement:SMETS-G-001 @requirement:SMETS-G-002 @srv:4.1.1 @usecase:GCS13a
    Scenario: What is asked at any time is answered at the next wake
      Given a commissioned gas meter that the gas proxy mirrors
      When the gas supplier asks the gas meter 4 times, every 37 minutes
      Then it has answered at its wakes, each half an hour after the one before

    @requirement:SMETS-G-002 @srv:4.1.1 @usecase:GCS13a
    Scenario: All that waits is fetched at one wake
      Given a commissioned gas meter that the gas proxy mirrors
      Then the gas meter answers 3 requests within the same 1 minute

    @requirement:SMETS-G-002 @srv:4.1.1 @usecase:GCS13a
    Scenario: With a fresh battery it stays awake for its installer
      Given a commissioned gas meter that the gas proxy mirrors
      And a fresh battery has been fitted into the gas meter
      And 40 minutes pass
      When the gas supplier sends 4.1.1 Read Instantaneous Import Registers to the gas meter
      Then the gas meter answers with success within 1 minute

    @requirement:SMETS-G-002 @srv:4.1.1 @srv:6.13 @usecase:CS10b
    Scenario: A request that it never fetches is in the hub's log
      Given a commissioned gas meter that the gas proxy mirrors
      And the battery of the gas meter has been taken out
      When the gas supplier sends 4.1.1 Read Instantaneous Import Registers to the gas meter
      And 25 hours pass
      And the gas supplier reads 6.13 Read Event Or Security Log of the hub
      Then the log of the answer has an entry 819D

  Rule: Nothing before it knows the gas proxy (GBCS 10.2.2.2)

    @requirement:SMETS-G-026 @srv:4.1.1 @device:GPF
    Scenario: A proxy that is not in its device log gets no data
      Given a gas meter that has joined and does not know the gas proxy
      When 2 hours pass
      And the gas supplier sends 4.1.1 Read Instantaneous Import Registers to the gas proxy
      Then the device refuses the command

    @requirement:SMETS-G-026 @srv:8.7.2 @srv:4.1.1 @device:GPF
    Scenario: A proxy that it has been introduced to gets them
      Given a gas meter that has joined and does not know the gas proxy
      When the gas supplier introduces the gas proxy to the gas meter
      And 31 minutes pass
      And the gas supplier sends 4.1.1 Read Instantaneous Import Registers to the gas proxy
      Then the gas proxy answers with success within 30 seconds

  Rule: Weeks without its network

    @requirement:SMETS-G-021 @srv:4.1.1 @usecase:GCS13a
    Scenario: It counts on, and answers when the network is back
      Given a commissioned gas meter that the gas proxy mirrors
      And gas appliances that draw 1.000 m3/h
      And the gas supplier has read 4.1.1 Read Instantaneous Import Registers of the gas meter
      And the answer's Value has been noted
      When the supply is lost
      And 14 days pass
      And the supply is back
      And 31 minutes pass
      And the gas supplier reads 4.1.1 Read Instantaneous Import Registers of the gas meter
      Then the answer's Value has risen by 337 within 1

    @requirement:SMETS-C-007 @requirement:SMETS-G-021 @device:CHF
    Scenario: Three searches that failed are told once
      Given a commissioned gas meter that the gas proxy mirrors
      And the gas meter is on sub-GHz
      And what the hub sends is watched
      And the battery of the gas meter has been taken out
      When 6 days pass
      Then the hub has sent alert 8F29 once

    @requirement:SMETS-C-007 @requirement:SMETS-G-021 @device:CHF
    Scenario: Two searches that failed are not told
      Given a commissioned gas meter that the gas proxy mirrors
      And the gas meter is on sub-GHz
      And what the hub sends is watched
      And the battery of the gas meter has been taken out
      When 70 hours pass
      Then the hub has sent no alert 8F29

    @requirement:SMETS-C-008 @device:CHF
    Scenario: A gas meter that is missing for a day is the trigger of a scan
      Given a commissioned gas meter that the gas proxy mirrors
      And the gas meter is on sub-GHz
      And what the hub sends is watched
      And the battery of the gas meter has been taken out
      When 25 hours pass
      Then alert 8F28 carries 00 03

    @requirement:SMETS-C-007 @requirement:SMETS-G-021 @device:CHF
    Scenario: A gas meter that came back was not lost
      Given a commissioned gas meter that the gas proxy mirrors
      And the gas meter is on sub-GHz
      And what the hub sends is watched
      And the battery of the gas meter has been taken out
      And 50 hours pass
      And a fresh battery has been fitted into the gas meter
      And 2 hours pass
      And the battery of the gas meter has been taken out
      When 50 hours pass
      Then the hub has sent no alert 8F29

    @requirement:SMETS-G-021
    Scenario: Looking for the network costs no more than usual days do
      Given a commissioned gas meter that the gas proxy mirrors
      And the battery has been put on the analyser
      When the supply is lost
      And 5 days pass
      Then the time has taken at most 25 mAh
