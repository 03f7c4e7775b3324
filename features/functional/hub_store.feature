@scheme:functional @role:IS @device:CHF
Feature: What the hub keeps of its devices, of its commands, and of images on their way

  Background:
    Given a commissioned single-phase electricity meter
    And what the hub sends is watched

  Rule: Every device has a time of its last word (CHTS 4.6.3.2)

    @requirement:SMETS-C-013 @srv:8.9 @usecase:CCS06
    Scenario: The time is that of the last message
      Given 3 hours pass
      And the import supplier has read 7.4 Read Supply Status
      When the import supplier reads 8.9 Read Device Log of the hub
      Then the answer's CHFDeviceLogEntry[1].LastCommunicationsDateTime is the time of the bench within 10 seconds

    @requirement:SMETS-C-013 @srv:8.9 @usecase:CCS06
    Scenario: A silent device keeps its time
      Given the import supplier has read 7.4 Read Supply Status
      And the import supplier has read 8.9 Read Device Log of the hub
      And the answer's CHFDeviceLogEntry[1].LastCommunicationsDateTime has been noted
      When 3 hours pass
      And the import supplier reads 8.9 Read Device Log of the hub
      Then the answer's CHFDeviceLogEntry[1].LastCommunicationsDateTime is what it was

    @requirement:SMETS-C-013 @srv:8.9 @usecase:CCS06
    Scenario: On 2.4 GHz there is a mark in place of a strength
      When the import supplier reads 8.9 Read Device Log of the hub
      Then the answer's CHFDeviceLogEntry[1].SubGHzLinkQuality is -128

    @requirement:SMETS-C-013 @srv:8.9 @usecase:CCS06
    Scenario: On sub-GHz there is the strength
      Given the hub hears sub-GHz at -71 dBm
      And the import supplier has read 7.4 Read Supply Status
      When the import supplier reads 8.9 Read Device Log of the hub
      Then the answer's CHFDeviceLogEntry[1].SubGHzLinkQuality is -71

  Rule: Commands and events are logged (CHTS 4.6.2.3, 4.6.2.4)

    @requirement:SMETS-C-005 @srv:6.13 @usecase:ECS35c
    Scenario: A command that was carried out is in the event log with its message code
      Given the import supplier has read 6.31 Read CHF Sub GHz Channel of the hub
      When the import supplier reads 6.13 Read Event Or Security Log of the hub
      Then the answer's LogEntry[-1].LogMeaning is Immediate HAN Interface Command Received and Successfully Actioned
      And the answer's LogEntry[-1].OtherInformationLogMeaning is DBCH01 Read CHF Sub GHz Channel
      And the answer's LogEntry[-1].Timestamp is the time of the bench within 10 seconds

    @requirement:SMETS-C-005 @srv:6.13 @usecase:ECS35c
    Scenario: A command that failed is in the event log as one
      When the import supplier sends 6.28 Set CHF Sub GHz Configuration to the hub with
        | NormalLimitedDutyCycleThreshold   | 1.8 |
        | LimitedCriticalDutyCycleThreshold | 1.6 |
      And the import supplier reads 6.13 Read Event Or Security Log of the hub
      Then the answer's LogEntry[-1].LogMeaning is Immediate HAN Interface Command Received but not Successfully Actioned

    @requirement:SMETS-C-005 @srv:6.13 @usecase:ECS35d
    Scenario: A change of the device log is in the security log
      When the import supplier reads 6.13 Read Event Or Security Log of the hub with
        | LogToRead | Security |
      Then the answer's LogEntry[1].LogMeaning is CHF Device Log Changed

    @requirement:SMETS-C-005 @srv:6.13 @usecase:ECS35c
    Scenario: The event log stays over an interruption of the supply
      Given the import supplier has read 6.31 Read CHF Sub GHz Channel of the hub
      When the supply is interrupted for 5 minutes
      And the import supplier reads 6.13 Read Event Or Security Log of the hub
      Then the answer's LogEntry[-1].OtherInformationLogMeaning is DBCH01 Read CHF Sub GHz Channel

    @requirement:SMETS-C-005 @srv:6.13 @usecase:ECS35c
    Scenario: Entries outside of the dates that are asked for are not returned
      Given the import supplier has read 6.31 Read CHF Sub GHz Channel of the hub
      And 3 hours pass
      When the import supplier reads 6.13 Read Event Or Security Log of the hub with
        | ReadLogPeriod.StartDateTime | 2 hours ago |
      Then the answer has no LogEntry

  Rule: The hub passes images on and tells what became of them (CCS08)

    @requirement:SMETS-C-009 @srv:11.1 @usecase:CCS08
    Scenario Outline: An image <image> ends with <result>
      When the import supplier distributes an image of version 00000002 <image>
      And 30 minutes pass
      Then the hub has told of transfers that ended with <result>

      Examples: what the hub can tell of an image
        | image              | result                  |
        | that is sound      | success                 |
        | for other hardware | hardwareVersionMismatch |

    @requirement:SMETS-C-009 @srv:11.1 @usecase:CCS08
    Scenario: An image waits while the meter has no power, and arrives
      When the import supplier distributes an image of version 00000002 that is large
      And the supply is interrupted for 1 hour
      And 30 minutes pass
      Then the hub has told of transfers that ended with success
