@scheme:functional @role:IS @device:IHD
Feature: Displays of the household show the meter's values and can change nothing

  Background:
    Given a commissioned single-phase electricity meter
    And a steady load of 2.000 kW

  Rule: It follows the meter (2013: 6.3.4)

    @requirement:SMETS-D-001
    Scenario: Power follows within 10 seconds
      Given an in-home display that reads the meter
      When 11 seconds pass
      Then the in-home display shows active power: 2.000

    @requirement:SMETS-D-001
    Scenario: A change of power follows within 10 seconds
      Given an in-home display that reads the meter
      And 11 seconds pass
      And a steady load of 0.750 kW
      When 11 seconds pass
      Then the in-home display shows active power: 0.750

    @requirement:SMETS-D-001
    Scenario: It goes on after an interruption of the supply
      Given an in-home display that reads the meter
      When the supply is interrupted for 5 minutes
      And a load of 1.250 kW is put on
      And 11 seconds pass
      Then the in-home display shows active power: 1.250

  Rule: What it shows (2013: 6.3.2 to 6.3.4)

    @requirement:SMETS-D-002 @srv:1.1.1
    Scenario Outline: The price at <time> is that of its rate
      Given the import supplier has set 1.1.1 Update Import Tariff (Primary Element)
      When the bench's clock reaches <time>
      And an in-home display that reads the meter
      And 11 seconds pass
      Then the in-home display shows tariff price: <price>

      Examples: pounds for a kilowatt-hour
        | time     | price |
        | 10:00:00 | 0.25  |
        | 02:00:00 | 0.10  |

    @requirement:SMETS-D-002
    Scenario: Consumption of the day begins at midnight
      Given the bench's clock has reached 00:00:00
      When 6 hours pass
      And an in-home display that reads the meter
      And 11 seconds pass
      Then the in-home display shows consumption today: 12.000

    @requirement:SMETS-D-002
    Scenario: Consumption of the week goes on over midnight
      Given the bench's clock has reached 00:00:00
      When 1 day passes
      And 6 hours pass
      And an in-home display that reads the meter
      And 11 seconds pass
      Then the in-home display shows consumption today: 12.000
      And the in-home display has 2 days of history

    @requirement:SMETS-D-002 @srv:1.6
    Scenario: The payment mode
      Given an in-home display that reads the meter
      And the import supplier has set 1.6 Update Payment Mode
      When 11 seconds pass
      Then the in-home display shows payment mode: prepayment

    @requirement:SMETS-D-002
    Scenario: Local time in winter is UTC
      Given the bench's clock has reached 12:00:00
      When an in-home display that reads the meter
      And 11 seconds pass
      Then the in-home display shows local time: 05/01/2026 12:00

    @requirement:SMETS-D-002
    Scenario: Local time in summer is an hour ahead of UTC
      Given 89 days pass
      And the bench's clock has reached 12:00:00
      When an in-home display that reads the meter
      And 11 seconds pass
      Then the in-home display shows local time: 04/04/2026 13:00

    @requirement:SMETS-D-002 @srv:2.1 @srv:1.6
    Scenario: Low credit is shown below its threshold
      Given an in-home display that reads the meter
      And the import supplier has set 2.1 Update Prepay Configuration
      And the import supplier has set 1.6 Update Payment Mode
      When 11 seconds pass
      Then the in-home display shows low credit: yes

    @requirement:SMETS-D-009 @srv:1.1.1
    Scenario: The cost of holding the power for an hour
      Given the import supplier has set 1.1.1 Update Import Tariff (Primary Element)
      When the bench's clock reaches 10:00:00
      And an in-home display that reads the meter
      And 11 seconds pass
      Then the in-home display shows active power: 2.000
      And the in-home display shows cost of an hour: 0.49

  Rule: Ambient feedback (5.7.4.24)

    @requirement:SMETS-D-003 @srv:6.12
    Scenario Outline: <power> kW is <level>
      Given an in-home display that reads the meter
      And the import supplier has set 6.12 Update Device Configuration (Instantaneous Power Threshold) with
        | LowMediumPowerThreshold  | 1000 |
        | MediumHighPowerThreshold | 3000 |
      And a steady load of <power> kW
      When 11 seconds pass
      Then the in-home display shows power level: <level>

      Examples: on both sides of the thresholds
        | power | level  |
        | 0.990 | low    |
        | 1.010 | medium |
        | 2.990 | medium |
        | 3.010 | high   |

  Rule: It lives on the mains, and says who it is (2013: 6.2)

    @requirement:SMETS-D-008
    Scenario: The display shows its own identifier
      Given an in-home display that reads the meter
      When 11 seconds pass
      Then the in-home display shows its own identifier

    @requirement:SMETS-D-008
    Scenario: Without a supply the display is dark
      Given an in-home display that reads the meter
      When the supply is lost
      And 1 minute passes
      Then the in-home display is dark

    @requirement:SMETS-D-008
    Scenario: With the supply the display comes back
      Given an in-home display that reads the meter
      When the supply is interrupted for 5 minutes
      And 1 minute passes
      Then the in-home display shows its own identifier

  Rule: The household sees what is its own

    @requirement:SMETS-D-004 @srv:3.2
    Scenario: No day from before the tenancy
      Given 4 days pass
      And the import supplier has set 3.2 Restrict Access For Change Of Tenancy with
        | RestrictionDateTime | in 0 seconds |
      When 1 day passes
      And an in-home display that reads the meter
      And 11 seconds pass
      Then the in-home display has 0 days of history

    @requirement:SMETS-D-006
    Scenario: A consumer access device reads what a display shows
      Given an in-home display that reads the meter
      And a consumer access device that reads the meter
      When 11 seconds pass
      Then the consumer access device reads what the in-home display shows

    @requirement:SMETS-D-006
    Scenario: A consumer access device can write nothing
      Given an in-home display that reads the meter
      And a consumer access device that reads the meter
      Then the consumer access device can write nothing

    @requirement:SMETS-D-010
    Scenario: A consumer access device may ask as often as it likes
      Given an in-home display that reads the meter
      And a consumer access device that reads the meter
      Then the consumer access device is answered as often as it asks

    @requirement:SMETS-D-007
    Scenario: A display that has left shows nothing new
      Given an in-home display that reads the meter
      And 11 seconds pass
      When the meter is unjoined from the in-home display
      And a load of 0.500 kW is put on
      And 11 seconds pass
      Then the in-home display shows active power: 2.000
