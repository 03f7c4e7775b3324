@scheme:security @role:IS @device:ESME
Feature: The meter tells of commands that it does not know, and of too many bad ones

  Background:
    Given a commissioned single-phase electricity meter

  Rule: An authentic command of a use case that the meter does not have

    @requirement:GBCS-9.1-UNSUPPORTED
    Scenario: Its sender is told
      When a right command of a use case that no electricity meter has is sent to the meter
      Then the import supplier receives device alert 8F85 within 2 minutes

    @requirement:GBCS-9.1-UNSUPPORTED
    Scenario: It is not answered
      When a right command of a use case that no electricity meter has is sent to the meter
      Then the meter keeps silent for 1 minute

    @requirement:GBCS-9.1-UNSUPPORTED
    Scenario: Who is not authentic is told nothing
      When a command of such a use case with a wrong MAC is sent to the meter
      And 2 minutes pass
      Then the import supplier has received no device alert 8F85

  Rule: An unusual number of bad commands

    @requirement:SMETS-E-182
    Scenario: Ten within an hour are in the security log
      Given the security log of the meter has been noted
      When 10 bad commands are sent to the meter within 10 minutes
      Then the meter's security log has gained an entry 8F60

    @requirement:SMETS-E-182
    Scenario: A few are not unusual
      Given the security log of the meter has been noted
      When 3 bad commands are sent to the meter within 10 minutes
      Then the meter's security log has gained no entry 8F60
