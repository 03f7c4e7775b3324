@scheme:functional @role:GS @device:GSME @bench:every_role
Feature: The gas valve shuts for every good reason, and opens for one

  Background:
    Given a commissioned gas meter that the gas proxy mirrors
    And gas appliances that draw 1.5 m3/h

  Rule: Armed by the supplier, told by the meter (SMETS2 4.5.3.7)

    @requirement:SMETS-G-008 @srv:7.3 @usecase:GCS39
    Scenario: The supplier is told that the supply is armed
      Given the gas supplier has set 7.2 Disable Supply of the gas meter
      When the gas supplier sets 7.3 Arm Supply of the gas meter
      Then the gas supplier receives device alert 8F32 within 31 minutes

    @requirement:SMETS-G-008 @srv:7.3 @srv:7.4 @usecase:GCS39
    Scenario: A supply that is armed stays so over the night
      Given the gas supply has been armed
      When 12 hours pass
      Then no gas passes the gas meter
      And the gas supply state read back is armed

  Rule: Flow without control (SMETS2 4.6.4.33)

    @requirement:SMETS-G-009 @srv:6.7 @usecase:GCS24a
    Scenario Outline: After a press with a leak, <after>: <outcome>
      Given an uncontrolled flow threshold of 0.5 m3/h, settled in 5 seconds and measured for 10 seconds
      And the gas supply has been armed
      When the button of the gas meter is pressed
      And <after> pass
      Then <outcome>

      Examples: the times are tenths of a second, and seconds
        | after      | outcome                     |
        | 14 seconds | gas passes the gas meter    |
        | 16 seconds | no gas passes the gas meter |

    @requirement:SMETS-G-009 @srv:6.7 @usecase:GCS24a
    Scenario: The supplier is told of a flow without control
      Given an uncontrolled flow threshold of 0.5 m3/h, settled in 2 seconds and measured for 30 seconds
      And the gas supply has been armed
      When the button of the gas meter is pressed
      Then the gas supplier receives device alert 81BF within 31 minutes

    @requirement:SMETS-G-009 @srv:6.7 @srv:6.2.8 @usecase:GCS24a @usecase:GCS21b
    Scenario: Threshold and times are read back
      When the gas supplier sets 6.7 Update Device Configuration (Gas Flow) of the gas meter with
        | UncontrolledGasFlowRate | - |
        | UncontrolledGasFlowRateDecimal | 6.5535 |
        | StabilisationPeriod            | 255    |
        | MeasurementPeriod              | 65535  |
      And the gas supplier reads 6.2.8 Read Device Configuration (Gas) of the gas meter
      Then the answer says
        | UncontrolledGasFlowRate | 6.5535 |
        | FlowStabilisationPeriod | 255    |
        | FlowMeasurementPeriod   | 65535  |

  Rule: Tampering (SMETS2 4.6.4.26)

    @requirement:SMETS-G-011 @srv:6.7 @usecase:GCS24a
    Scenario: A meter that is to lock shuts its valve
      Given the gas meter locks when somebody tampers with it
      When the meter cover of the gas meter is opened
      Then no gas passes the gas meter
      And the gas supplier receives device alert 81BE within 31 minutes

    @requirement:SMETS-G-011 @srv:6.7 @usecase:GCS24a
    Scenario: A meter that is not to lock goes on
      Given the gas meter stays open when somebody tampers with it
      When the meter cover of the gas meter is opened
      Then gas passes the gas meter
      And the gas supplier receives device alert 8F74 within 31 minutes
      And the gas supplier has received no device alert 81BE

    @requirement:SMETS-G-011 @srv:7.3 @usecase:GCS39
    Scenario: A lock does not open to a press before the supplier takes it off
      Given the gas meter locks when somebody tampers with it
      And the meter cover of the gas meter has been opened
      Then a press at the gas meter lets no gas pass
      And the gas supply can be armed and opened

  Rule: A spent battery (SMETS2 4.6.4.25)

    @requirement:SMETS-G-012 @srv:6.7 @usecase:GCS24a
    Scenario: A meter that is to lock shuts its valve before its battery is spent
      Given the gas meter locks when its battery is spent
      When a battery of 20 mAh is fitted into the gas meter
      And 10 days pass
      Then no gas passes the gas meter
      And the gas supplier has received exactly one device alert 8F1D

    @requirement:SMETS-G-012 @srv:6.7 @usecase:GCS24a
    Scenario: A meter that is not to lock leaves the gas on
      Given the gas meter stays open when its battery is spent
      When a battery of 20 mAh is fitted into the gas meter
      And 10 days pass
      Then gas passes the gas meter

    @requirement:SMETS-G-012
    Scenario: A low battery is reported once, in time
      When a battery of 500 mAh is fitted into the gas meter
      And 2 days pass
      Then the gas supplier has received exactly one device alert 8F1F
      And the gas supplier has received no device alert 8F1D
