@scheme:functional @role:IS @device:ESME
Feature: Logs keep what happened, and the last of it

  Something that leaves an entry and tells nobody: a button held on a supply that is on already
  (8162), and voltages that the network operator wants in the log and not as alerts.

  Background:
    Given a commissioned electricity meter fed alike on all its phases
    And the import supplier has set 6.11 Synchronise Clock

  Rule: An entry has its time, its code and what belongs to it

    @requirement:SMETS-E-176 @srv:6.13 @usecase:ECS35a
    Scenario: A command is in the event log with its message code
      Given the import supplier has set 6.4.2 Update Device Configuration (Load Limiting Counter Reset)
      When the import supplier reads 6.13 Read Event Or Security Log
      Then the answer says
        | LogEntry[-1].LogCode          | 8154 |
        | LogEntry[-1].OtherInformation | 0044 |
      And the answer's LogEntry[-1].Timestamp is the time of the bench within 1 minute

    @requirement:SMETS-E-176 @srv:6.13 @usecase:ECS35a
    Scenario: What a button did not do is in the event log with what it was to do
      Given the confirm button is held for 2 seconds
      When the import supplier reads 6.13 Read Event Or Security Log
      Then the answer says
        | LogEntry[-1].LogCode          | 8162 |
        | LogEntry[-1].OtherInformation | 0004 |

    @requirement:SMETS-E-176 @srv:6.13 @usecase:ECS35e
    Scenario: A voltage is in the power event log with its volts
      Given voltage monitors set to
        | RMSExtremeOverVoltageThreshold         | 262 |
        | RMSExtremeOverVoltageMeasurementPeriod | 30  |
      And the supply was 263 V for 1 minute
      When the import supplier reads 6.13 Read Event Or Security Log with
        | LogToRead | PowerEvent |
      Then the answer's LogEntry[-1].OtherInformation is 00000107
      And the answer's LogEntry[-1].Timestamp is the time of the bench within 1 minute
      And the newest entry of the PowerEvent log is 8020

    @requirement:SMETS-E-176 @srv:6.13 @usecase:ECS35a
    Scenario: Entries stand in the order of their time
      Given 3 minutes pass
      And the confirm button is held for 2 seconds
      And 10 minutes pass
      And the confirm button is held for 2 seconds
      When the import supplier reads 6.13 Read Event Or Security Log with
        | ReadLogPeriod.StartDateTime | 12 minutes ago |
      Then the times of the answer's Log.LogEntry are 602 seconds apart

  Rule: A log holds a hundred entries, and the next replaces the oldest

    @requirement:SMETS-E-170 @requirement:SMETS-E-174 @srv:6.13 @usecase:ECS35a
    Scenario: The event log
      Given the confirm button is held for 2 seconds, 101 times
      Then the Event log holds 100 entries 8162

    @requirement:SMETS-E-174 @srv:6.13 @usecase:ECS35a
    Scenario: The newest entry of a full log is there
      Given the confirm button is held for 2 seconds, 100 times
      And a load of 1.000 kW on auxiliary switch 1
      And tampering: communications hub taken off
      And 10 seconds pass
      Then the newest entry of the Event log is 81A3

    @requirement:SMETS-E-172 @requirement:SMETS-E-174 @srv:6.13 @usecase:ECS35e
    Scenario: The power event log
      Given voltage monitors set to
        | RMSExtremeOverVoltageThreshold         | 262 |
        | RMSExtremeOverVoltageMeasurementPeriod | 30  |
      And the electricity distributor has set 6.22 Configure Alert Behaviour with
        | ElectricitySupplierAlerts                                             | -       |
        | ElectricityNetworkOperatorAlerts.NetworkOperatorESMESinglePhase.x8020 | Disable |
        | ElectricityNetworkOperatorAlerts.NetworkOperatorESMESinglePhase.x808D | Disable |
      And the supply swings between 263 V and 230 V, 1 minute each, 51 times
      Then the PowerEvent log holds 100 entries

    @requirement:SMETS-E-173 @srv:6.13 @usecase:ECS35f
    Scenario: The log of the auxiliary controllers
      Given the import supplier has set 7.9 Add Auxiliary Load To Boost Button
      And 13 boosts that were cancelled a minute after they had begun
      When the import supplier reads 6.13 Read Event Or Security Log with
        | LogToRead | ALCSEvent |
      Then the answer has 100 ALCSEventLogEntry

  Rule: The supplier clears the event log and that of the auxiliary controllers, and no other

    @requirement:SMETS-E-170 @srv:3.3 @usecase:ECS15a
    Scenario: The event log is cleared
      Given the confirm button is held for 2 seconds, 3 times
      When the import supplier sets 3.3 Clear Event Log
      Then the Event log holds no entries 8162

    @requirement:SMETS-E-170 @srv:3.3 @usecase:ECS15a
    Scenario: The clearing is in the security log
      When the import supplier sets 3.3 Clear Event Log
      Then the Security log has an entry 8F52 of the last minute

    @requirement:SMETS-E-173 @srv:3.3 @usecase:ECS15c
    Scenario: The log of the auxiliary controllers is cleared
      Given the import supplier has set 7.9 Add Auxiliary Load To Boost Button
      And the boost button is pressed
      And the import supplier has set 3.3 Clear Event Log with
        | ESMEEventLogType | ALCS |
      When the import supplier reads 6.13 Read Event Or Security Log with
        | LogToRead | ALCSEvent |
      Then the answer has no ALCSEventLogEntry

    @requirement:SMETS-E-173 @srv:3.3 @usecase:ECS15c
    Scenario: With that one the event log is not cleared
      Given the confirm button is held for 2 seconds, 3 times
      When the import supplier sets 3.3 Clear Event Log with
        | ESMEEventLogType | ALCS |
      Then the Event log holds 3 entries 8162

    @requirement:SMETS-E-171 @srv:3.3 @usecase:ECS15a
    Scenario: The security log stays
      Given tampering: terminal cover removed
      When the import supplier sets 3.3 Clear Event Log
      Then the Security log holds 1 entry 8F76

    @requirement:SMETS-E-172 @requirement:SMETS-E-090 @srv:3.3 @usecase:ECS15a
    Scenario: The power event log stays
      Given the supply was interrupted for 5 minutes
      When the import supplier sets 3.3 Clear Event Log
      Then the PowerEvent log holds 1 entry 8F57

    @requirement:SMETS-E-171 @requirement:SMETS-E-104
    Scenario: Logs survive an outage
      Given tampering: terminal cover removed
      And the confirm button is held for 2 seconds
      When the supply is interrupted for 5 minutes
      Then the Security log holds 1 entry 8F76
      And the Event log holds 1 entry 8162
