@scheme:end_to_end @role:IS @device:ESME
Feature: A tenant moves out and another moves in

  Background:
    Given a commissioned single-phase electricity meter
    And the import supplier has set 6.11 Synchronise Clock
    And a steady load of 1.000 kW

  @requirement:SMETS-E-025 @srv:4.6.1 @usecase:ECS21a
  Scenario: The closing reading is that of the last midnight
    Given the bench's clock has reached 00:00:00
    And 12 hours pass
    When the import supplier reads 4.6.1 Retrieve Import Daily Read Log
    And the answer's LogEntry[-1].ElecActiveImportRegisterConsumption is noted
    And 1 day passes
    And the import supplier reads 4.6.1 Retrieve Import Daily Read Log
    Then the answer's LogEntry[-1].ElecActiveImportRegisterConsumption has risen by 24000

  @requirement:SMETS-E-029 @srv:3.2 @usecase:ECS12
  Scenario: The household's old data are restricted, the supplier's are not
    Given 3 days pass
    When the import supplier sets 3.2 Restrict Access For Change Of Tenancy with
      | RestrictionDateTime | in 1 second |
    And the import supplier reads 4.6.1 Retrieve Import Daily Read Log
    Then the answer has 3 LogEntry

  @requirement:SMETS-E-160 @srv:3.5 @srv:3.1 @usecase:ECS14 @usecase:ECS10
  Scenario: The new tenant is welcomed and bound by no old secret
    Given 4711 has been entered at the meter as new privacy PIN
    And 1 minute passes
    When the import supplier sets 3.5 Disable Privacy PIN
    And the import supplier sets 3.1 Display Message with
      | SupplierMessage | Welcome to your new home |
    Then the meter's display shows "Welcome to your new home"
    And the meter offers "payment mode"
