@scheme:functional @role:IS @role:ED @device:ESME @bench:polyphase
Feature: A polyphase meter counts all of its phases

  Background:
    Given a commissioned polyphase electricity meter
    And the import supplier has set 6.11 Synchronise Clock
    And the bench's clock has reached 10:00:00

  Rule: Values are those of all phases together (SMETS2 5.7.5.27)

    @requirement:SMETS-P-002 @srv:4.8.1 @usecase:ECS22b
    Scenario: A half hour holds the energy of the three phases
      Given a steady load of 1.000 kW on phase 1
      And a steady load of 2.000 kW on phase 2
      And a steady load of 3.000 kW on phase 3
      When 1 hour passes
      And the import supplier reads 4.8.1 Read Active Import Profile Data
      Then the answer's LogEntry[-1].PrimaryValue is 3000

    @requirement:SMETS-P-002 @srv:4.1.1 @usecase:ECS17b
    Scenario Outline: Load on phase <phase> alone is counted
      Given the import supplier has read 4.1.1 Read Instantaneous Import Registers
      And the answer's ActiveImportRegister.Value has been noted
      And a steady load of 1.500 kW on phase <phase>
      When 2 hours pass
      And the load on phase <phase> becomes 0.000 kW
      And the import supplier reads 4.1.1 Read Instantaneous Import Registers
      Then the answer's ActiveImportRegister.Value has risen by 3000 within 1

      Examples:
        | phase |
        | 1     |
        | 2     |
        | 3     |

    @requirement:SMETS-P-002 @srv:4.8.2 @usecase:ECS22c
    Scenario: Reactive energy of the phases is added
      Given a steady load of 1.000 kW and 0.400 kvar on phase 1
      And a steady load of 1.000 kW and 0.600 kvar on phase 3
      When 1 hour passes
      And the import supplier reads 4.8.2 Read Reactive Import Profile Data
      Then the answer's LogEntry[-1].ReactiveEnergyImportedValue is 500

    @requirement:SMETS-P-002 @srv:4.8.3 @usecase:ECS22a
    Scenario: Export of the phases is added
      Given steady generation of 1.000 kW on phase 1
      And steady generation of 2.000 kW on phase 2
      When 1 hour passes
      And the electricity distributor reads 4.8.3 Read Export Profile Data
      Then the answer's LogEntry[-1].ActiveEnergyExportedValue is 1500

  Rule: A phase that exports is not offset against one that imports (inferred)

    @requirement:SMETS-P-002 @srv:4.8.1 @srv:4.8.3 @usecase:ECS22b @usecase:ECS22a @grade:inferred
    Scenario: Import of one phase and export of another are both counted
      Given a steady load of 3.000 kW on phase 1
      And steady generation of 2.000 kW on phase 2
      When 1 hour passes
      And the import supplier reads 4.8.1 Read Active Import Profile Data
      Then the answer's LogEntry[-1].PrimaryValue is 1500
      When the electricity distributor reads 4.8.3 Read Export Profile Data
      Then the answer's LogEntry[-1].ActiveEnergyExportedValue is 1000
