@scheme:functional @role:ED @device:ESME
Feature: The highest half hour is remembered until the network operator resets it

  Background:
    Given a commissioned single-phase electricity meter
    And the import supplier has set 6.11 Synchronise Clock
    And the bench's clock has reached 10:00:00

  Rule: Maximum demand (SMETS2 5.7.5.19, 5.7.5.21)

    @requirement:SMETS-E-040 @srv:4.12.1 @usecase:ECS18a
    Scenario: The highest half hour of import stands with the time of its end
      Given a steady load of 1.000 kW
      When 30 minutes pass
      And the load becomes 3.000 kW
      And 30 minutes pass
      And the load becomes 2.000 kW
      And 1 hour passes
      And the electricity distributor reads 4.12.1 Read Maximum Demand Import Registers
      Then the answer's MaxDemandActiveEnergyImport.Value is 3000 within 2
      And the answer's MaxDemandActiveEnergyImport.CaptureTime is that of today at 11:00:00

    @requirement:SMETS-E-040 @srv:4.12.2 @usecase:ECS18b
    Scenario: The highest half hour of export stands with the time of its end
      Given steady generation of 2.500 kW
      When 30 minutes pass
      And the generation becomes 1.000 kW
      And 1 hour passes
      And the electricity distributor reads 4.12.2 Read Maximum Demand Export Registers
      Then the answer's MaxDemandActiveEnergyExport.Value is 2500 within 2
      And the answer's MaxDemandActiveEnergyExport.CaptureTime is that of today at 10:30:00

    @requirement:SMETS-E-043 @srv:4.12.1 @usecase:ECS18a
    Scenario: A spike counts as the half hour that it lies in
      Given a steady load of 3.000 kW
      When 6 minutes pass
      And the load becomes 0.000 kW
      And 1 hour passes
      And the electricity distributor reads 4.12.1 Read Maximum Demand Import Registers
      Then the answer's MaxDemandActiveEnergyImport.Value is 600 within 2

  Rule: The daily window (SMETS2 5.7.4.26, 5.7.5.20)

    @requirement:SMETS-E-041 @srv:6.18.1 @srv:4.12.1 @usecase:ECS37 @usecase:ECS18a
    Scenario Outline: A half hour <where> the window <counts>
      Given the electricity distributor has set 6.18.1 Set Maximum Demand Configurable Time Period with
        | MaximumDemandTimePeriodSchedule.StartTime | <start> |
        | MaximumDemandTimePeriodSchedule.EndTime   | <end>   |
      And the electricity distributor has set 6.18.2 Reset Maximum Demand Registers
      And a steady load of 2.000 kW
      When 2 hours pass
      And the electricity distributor reads 4.12.1 Read Maximum Demand Import Registers
      Then the answer's MaxDemandConfigurableTimeActivePowerImport.Value is <watts> within 10
      And the answer's MaxDemandActiveEnergyImport.Value is 2000 within 10

      Examples:
        | where          | start     | end       | watts | counts         |
        | inside         | 09:00:00Z | 13:00:00Z | 2000  | counts         |
        | after          | 06:00:00Z | 10:00:00Z | 0     | does not count |
        | before         | 12:30:00Z | 14:00:00Z | 0     | does not count |
        | half inside    | 11:45:00Z | 12:00:00Z | 0     | does not count |

    @requirement:SMETS-E-041 @srv:6.18.1 @srv:4.12.1 @usecase:ECS37 @usecase:ECS18a
    Scenario: The window is read back
      Given the electricity distributor has set 6.18.1 Set Maximum Demand Configurable Time Period with
        | MaximumDemandTimePeriodSchedule.StartTime | 16:00:00Z |
        | MaximumDemandTimePeriodSchedule.EndTime   | 19:30:00Z |
      When the electricity distributor reads 4.12.1 Read Maximum Demand Import Registers
      Then the answer says
        | MaxDemandConfigurableTimePeriod.StartTime | 16:00:00 |
        | MaxDemandConfigurableTimePeriod.EndTime   | 19:30:00 |

    @requirement:SMETS-E-042 @srv:6.18.1 @srv:4.12.1 @usecase:ECS37
    Scenario: A new window leaves what was reached alone
      Given a steady load of 2.000 kW
      And 1 hour passes
      When the electricity distributor sets 6.18.1 Set Maximum Demand Configurable Time Period with
        | MaximumDemandTimePeriodSchedule.StartTime | 16:00:00Z |
        | MaximumDemandTimePeriodSchedule.EndTime   | 19:00:00Z |
      And the electricity distributor reads 4.12.1 Read Maximum Demand Import Registers
      Then the answer's MaxDemandConfigurableTimeActivePowerImport.Value is 2000 within 2

  Rule: Reset (SMETS2 5.6.3.26 to 5.6.3.28)

    @requirement:SMETS-E-045 @srv:6.18.2 @srv:4.12.1 @usecase:ECS57
    Scenario Outline: A reset zeroes <register> and takes down its time
      Given a steady load of 2.000 kW
      And steady generation of 0.500 kW
      And 1 hour passes
      When the electricity distributor sets 6.18.2 Reset Maximum Demand Registers
      And the electricity distributor reads <request>
      Then the answer's <register>.Value is 0
      And the answer's <register>.LastResetDateTime is the time of the bench within 30 seconds

      Examples:
        | register                                   | request                                    |
        | MaxDemandActiveEnergyImport                | 4.12.1 Read Maximum Demand Import Registers |
        | MaxDemandConfigurableTimeActivePowerImport | 4.12.1 Read Maximum Demand Import Registers |
        | MaxDemandActiveEnergyExport                | 4.12.2 Read Maximum Demand Export Registers |

    @requirement:SMETS-E-040 @srv:6.18.2 @srv:4.12.1 @usecase:ECS57
    Scenario: After a reset the next highest half hour counts
      Given a steady load of 3.000 kW
      And 1 hour passes
      And the electricity distributor has set 6.18.2 Reset Maximum Demand Registers
      When the load becomes 1.000 kW
      And 2 hours pass
      And the electricity distributor sets 6.18.2 Reset Maximum Demand Registers
      And 1 hour passes
      And the electricity distributor reads 4.12.1 Read Maximum Demand Import Registers
      Then the answer's MaxDemandActiveEnergyImport.Value is 1000 within 2

    @requirement:SMETS-E-044 @usecase:ECS57
    Scenario: A reset with the supplier's credential is not carried out
      Given a steady load of 2.000 kW
      And 1 hour passes
      When a reset of the maximum demands in the supplier's name is sent to the meter
      And the electricity distributor reads 4.12.1 Read Maximum Demand Import Registers
      Then the answer's MaxDemandActiveEnergyImport.Value is 2000 within 2
