@scheme:functional @role:GS @device:GSME @bench:every_role
Feature: A gas meter counts, sleeps, and shuts its valve

  What the meter states is compared with what flows in the pipe; what its proxy states, with the
  meter.

  Background:
    Given a commissioned gas meter that the gas proxy mirrors

  Rule: What flows is counted, and nothing else

    @requirement:SMETS-G-001 @srv:4.1.1 @usecase:GCS13a
    Scenario: The register counts what the appliances draw
      Given the gas register has been read
      When gas appliances draw 1.500 m3/h for 2 hours
      Then the gas register has counted 3.000 m3

    @requirement:SMETS-G-008 @srv:7.2 @usecase:GCS32
    Scenario: A closed valve lets no gas pass
      Given gas appliances that draw 1.5 m3/h
      When the gas supplier sends 7.2 Disable Supply to the gas meter as CV5
      Then the gas meter answers with success within 31 minutes
      And no gas passes the gas meter
      And the gas supply state read back is disabled

  Rule: The valve opens at the meter and nowhere else

    @requirement:SMETS-G-008 @srv:7.3 @usecase:GCS39
    Scenario: An armed valve waits for a press
      Given gas appliances that draw 1.5 m3/h
      When the gas supplier sends 7.3 Arm Supply to the gas meter as CV5
      Then the gas meter answers with success within 31 minutes
      And no gas passes the gas meter
      And a press at the gas meter lets gas pass
      And the gas supply state read back is enabled

    @requirement:SMETS-G-008 @srv:7.2 @usecase:GCS32
    Scenario: A disabled valve does not open to a press
      Given gas appliances that draw 1.5 m3/h
      When the gas supplier sends 7.2 Disable Supply to the gas meter as CV5
      Then the gas meter answers with success within 31 minutes
      And a press at the gas meter lets no gas pass

    @requirement:SMETS-G-009 @srv:6.7 @usecase:GCS24a
    Scenario Outline: After a press, <flow> m3/h where 0.5 m3/h may pass: <outcome>
      Given an uncontrolled flow threshold of 0.5 m3/h, settled in 2 seconds and measured for 30 seconds
      And gas appliances that draw <flow> m3/h
      And the gas supply has been armed
      When the button of the gas meter is pressed
      And 1 minute passes
      Then the gas supply state read back is <outcome>

      Examples: at the threshold and above
        | flow | outcome |
        | 0.50 | enabled |
        | 0.51 | armed   |

  Rule: The meter sleeps, and its proxy answers in between

    @requirement:SMETS-G-002 @requirement:SMETS-P-102 @device:GPF @srv:4.1.1 @usecase:GCS13a
    Scenario: The proxy answers at once with the volume and the time of the meter's last wake
      Given the gas register has been read
      When gas appliances draw 1.500 m3/h for 2 hours
      And 31 minutes passes
      Then the gas proxy states 3.000 m3 more within 30 seconds, as of the last 30 minutes
