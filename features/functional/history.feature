@scheme:functional @role:IS @device:ESME
Feature: The meter keeps for the household what days, weeks and months were worth

  Days are those of UTC, weeks begin on Monday, months on the first; a display of the home shows
  what the meter has kept. The bench starts on Monday, 5 January 2026.

  Background:
    Given a commissioned single-phase electricity meter
    And the import supplier has set 6.11 Synchronise Clock
    And voltage monitors set to
      | AverageRMSVoltageMeasurementPeriod | 43200 |

  Rule: The present day, week and month, and those before (SMETS2 2013: 5.4.8.4, 5.6.4.11)

    @requirement:SMETS-E-031
    Scenario Outline: After <span> the oldest of the kept <period>s is <kept> back
      Given a steady load of 2.000 kW
      And the bench's clock has reached 00:00:00
      And <span> pass
      When an in-home display that reads the meter
      And 11 seconds pass
      Then the in-home display shows consumption <kept> <period>s ago: <energy>
      And the in-home display shows consumption <more> <period>s ago: ---

      Examples: 2 kW all the time
        | span     | period | kept | more | energy   |
        | 10 days  | day    | 8    | 9    | 48.000   |
        | 50 days  | week   | 5    | 6    | 336.000  |
        | 440 days | month  | 13   | 14   | 1344.000 |

    @requirement:SMETS-E-031
    Scenario Outline: A <period> has its own energy
      Given the bench's clock has reached 00:00:00
      And <before> pass
      And a steady load of 1.000 kW
      And <during> pass
      And a steady load of 0.000 kW
      And <after> pass
      When an in-home display that reads the meter
      And 11 seconds pass
      Then the in-home display shows consumption <number> ago: <energy>
      And the in-home display shows consumption <other> ago: 0.000

      Examples: an hour of Wednesday, all of a Sunday
        | period | before  | during | after   | number   | other    | energy  |
        | day    | 1 day   | 1 hour | 1 day   | 1 day    | 2 days   | 1.000   |
        | week   | 5 days  | 1 day  | 8 days  | 2 weeks  | 1 week   | 24.000  |

    @requirement:SMETS-E-031 @srv:1.1.1
    Scenario Outline: <what> in pounds
      Given the import supplier has set 1.1.1 Update Import Tariff (Primary Element)
      And a steady load of 2.000 kW
      And the bench's clock has reached 00:00:00
      And 59 days pass
      When an in-home display that reads the meter
      And 11 seconds pass
      Then the in-home display shows <item>: <pounds>

      Examples: 34 kWh at 24.5 p and 14 kWh at 9.75 p on a working day, 48 kWh at 9.75 p at weekends
        | what          | item             | pounds |
        | The present   | cost today       | 0.00   |
        | A working day | cost 1 day ago   | 9.70   |
        | A Sunday      | cost 5 days ago  | 4.68   |
        | A week        | cost 1 week ago  | 57.84  |
        | February      | cost 1 month ago | 231.34 |

    @requirement:SMETS-E-031
    Scenario: A short outage leaves them
      Given a steady load of 2.000 kW
      And the bench's clock has reached 00:00:00
      And 36 hours pass
      And an in-home display that reads the meter
      When the supply is interrupted for 2 minutes
      And 1 minute passes
      Then the in-home display shows consumption 1 day ago: 48.000
