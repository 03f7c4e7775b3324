@scheme:functional @role:IS @device:ESME
Feature: The meter tells whom it trusts and which commands it has seen

  Background:
    Given a commissioned single-phase electricity meter

  @requirement:GBCS-9.2-COUNTER-READ @srv:6.24.1 @usecase:CS02a
  Scenario: The replay counter read back is that of the last command
    When the import supplier sends 7.1 Enable Supply
    Then the meter answers with success within 30 seconds
    And the supplier's counter among the credentials is that of the request

  @requirement:SMETS-E-028 @srv:6.13 @usecase:ECS35b
  Scenario: A log that is read up to its newest entry holds that entry
    Given a command to disable the supply with a wrong MAC is sent to the meter
    When 1 minute passes
    Then the security log read up to its newest entry holds that entry
