@scheme:functional @role:GS @device:GSME @bench:every_role
Feature: New firmware reaches a gas meter wake by wake, and keeps it from nothing

  Background:
    Given a commissioned gas meter that the gas proxy mirrors
    And the bench's clock has reached 10:05:00

  Rule: An image comes over several wakes, and is verified when it is whole

    @requirement:SMETS-G-018 @srv:11.1
    Scenario: A sound image is reported as verified
      When the gas supplier sends an image of version 00000002 that is very large to the gas meter
      Then the gas supplier receives device alert 8F72 within 6 hours
      And the gas supplier has received no device alert 8F1C

    @requirement:SMETS-G-018 @srv:11.1
    Scenario: It is not there at the first wake
      Given the gas supplier has sent an image of version 00000002 that is very large to the gas meter
      When 40 minutes pass
      Then the gas supplier has received no device alert 8F72

    @requirement:SMETS-G-018 @srv:11.1
    Scenario Outline: An image <fault> is reported as not verified
      When the gas supplier sends an image of version 00000002 <fault> to the gas meter
      Then the gas supplier receives device alert 8F1C within 6 hours
      And the gas supplier has received no device alert 8F72

      Examples: one fault each
        | fault                                |
        | with a wrong signature               |
        | that was changed after it was signed |

  Rule: The meter goes on measuring, and answering, while it comes

    @requirement:SMETS-G-018 @srv:11.1 @srv:4.8.1
    Scenario: No half hour is missing, and none is short
      Given gas appliances that draw 1.000 m3/h
      And the bench's clock has reached 11:05:00
      And the gas supplier has sent an image of version 00000002 that is very large to the gas meter
      And 4 hours pass
      When the gas supplier reads 4.8.1 Read Active Import Profile Data of the gas meter with
        | ReadLogPeriod.StartDateTime | today at 11:00:00 |
        | ReadLogPeriod.EndDateTime   | today at 14:30:00 |
      Then the times of the answer's LogEntry are 30 minutes apart
      And each PrimaryValue of the answer's LogEntry is 0.5 m3 within 0.001

    @requirement:SMETS-G-018 @srv:11.1 @srv:4.1.1
    Scenario: It answers at its next wake
      Given the gas supplier has sent an image of version 00000002 that is very large to the gas meter
      And 10 minutes pass
      When the gas supplier sends 4.1.1 Read Instantaneous Import Registers to the gas meter
      Then the gas meter answers with success within 31 minutes

  Rule: It is run when it is activated, and takes nothing with it

    @requirement:SMETS-G-018 @srv:11.3 @srv:11.2 @usecase:CS06
    Scenario: The image is run
      Given the gas supplier has sent an image of version 00000002 that is large to the gas meter
      And 3 hours pass
      And the gas supplier has activated the image of the gas meter
      When the gas supplier reads 11.2 Read Firmware Version of the gas meter
      Then the answer's FirmwareVersion is 00000002

    @requirement:SMETS-G-018 @srv:11.3 @srv:4.1.1 @usecase:CS06
    Scenario: The register goes on from where it was
      Given gas appliances that draw 1.000 m3/h
      And the gas supplier has sent an image of version 00000002 that is large to the gas meter
      And the bench's clock has reached 14:00:00
      And the gas supplier has read 4.1.1 Read Instantaneous Import Registers of the gas meter
      And the answer's Value has been noted
      And the gas supplier has activated the image of the gas meter
      When the bench's clock reaches 18:00:00
      And the gas supplier reads 4.1.1 Read Instantaneous Import Registers of the gas meter
      Then the answer's Value has risen by 4 within 0.6
