@scheme:gbcs @device:ESME
Feature: Every message of the meter and the hub conforms to GBCS

  The checks run over the traffic that crossed the WAN while the meter was installed, answered
  one request of each kind, refused one, and sent its alerts.

  Background:
    Given a commissioned single-phase electricity meter
    And one request of each kind has been answered
    And alerts have been provoked

  @requirement:GBCS-1-LENGTH @requirement:GBCS-1.2-GROUPING-HEADER @requirement:GBCS-1.1-MAC-HEADER
  Scenario: Every message decodes, and re-encodes to the same octets
    Then every message of the devices decodes and re-encodes to the same octets

  @requirement:GBCS-1.6-ECHO
  Scenario: Every response echoes its command
    Then every response swaps the parties and echoes counter, message code and supplementary fields
    And no command is answered by two different responses

  @requirement:GBCS-1.4-DATE-TIME
  Scenario: The header of a response has a time exactly where its use case asks for it
    Then the header time is present exactly where the use case asks for it

  @requirement:GBCS-2-CRITICAL-RESPONSE @requirement:GBCS-2-NON-CRITICAL-RESPONSE
  @requirement:GBCS-2-CRITICAL-ALERT @requirement:GBCS-2-NON-CRITICAL-ALERT
  Scenario: Every message has the protection of its type
    Then every message has the protection of its type

  @requirement:GBCS-3.1-SIGNATURE @requirement:GBCS-3.3-MAC
  Scenario: Every signature and every MAC verifies
    Then every signature and every MAC of the devices verifies

  @requirement:GBCS-2-PRIVACY @requirement:GBCS-3.4-ENCRYPTION
  Scenario: Sensitive data is encrypted and opens for its reader
    Then sensitive data is encrypted and opens for its reader

  @requirement:GBCS-4.1-INVOKE-ID
  Scenario: The invoke id carries the low half of the counter
    Then every DLMS payload carries the low 24 bits of its counter

  @requirement:GBCS-4.3-ONE-RESULT-EACH
  Scenario: A response has one result for each item of its command
    Then every DLMS response has one result for each item of its command

  @requirement:GBCS-1.6-ALERT-COUNTER
  Scenario: The counters of alerts rise
    Then the counters of each device's alerts rise

  @requirement:GBCS-9.4-ALERT-CODE
  Scenario: Every alert carries its code and a time
    Then every alert carries a known code and a time within 10 seconds of its arrival

  @requirement:GBCS-4.3-BREAK-ON-ERROR @usecase:ECS29b
  Scenario: After an item that fails nothing is executed
    When a command whose second item cannot succeed is sent to the meter
    Then the meter answers and reports other-reason for every item after the failing one
    And no item after the failing one was executed
