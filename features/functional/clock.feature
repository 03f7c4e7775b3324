@scheme:functional @role:IS @device:ESME
Feature: The meter keeps the time

  Background:
    Given a commissioned single-phase electricity meter

  @requirement:SMETS-E-001 @srv:4.1.1 @usecase:ECS17b
  Scenario: A week later the clock is within 10 seconds of UTC
    When 7 days pass
    Then the time in the meter's response header is within 10 seconds of the bench's clock

  @requirement:SMETS-E-004 @requirement:SMETS-C-004 @requirement:GBCS-9.5-SET-CLOCK @srv:6.11 @usecase:ECS70
  Scenario: The clock is set when the hub's time lies in the window
    When the import supplier sends 6.11 Synchronise Clock
    Then the meter answers with success within 30 seconds
    And the meter states a reliable time within 10 seconds of the bench's clock

  @requirement:SMETS-E-004 @srv:6.11 @srv:6.13
  Scenario: A clock that was set is in the event log
    When the import supplier sends 6.11 Synchronise Clock
    Then the meter answers with success within 30 seconds
    And the Event log has an entry 8145 of the last minute

  @requirement:SMETS-E-005 @srv:6.11 @usecase:ECS70
  Scenario: The clock is not set when the hub's time lies outside the window
    When the import supplier sends 6.11 Synchronise Clock for a time 1 day ago
    Then the meter does not state a reliable time in its answer
    And the time in the meter's response header is within 10 seconds of the bench's clock
