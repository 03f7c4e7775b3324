@scheme:functional @role:IS @device:ESME
Feature: The meter says what it is

  Rule: The variant is a constant (SMETS2 5.7.1.4)

    @requirement:SMETS-E-034 @srv:6.2.4
    Scenario: A meter states the variant that it was declared with
      Given a commissioned single-phase electricity meter
      When the import supplier reads 6.2.4 Read Device Configuration (Identity Exc MPxN)
      Then the meter states the declared variant

    @requirement:SMETS-E-034 @srv:6.2.4 @bench:twin
    Scenario: A twin-element meter is of variant B
      Given a commissioned twin-element electricity meter
      When the import supplier reads 6.2.4 Read Device Configuration (Identity Exc MPxN)
      Then the answer's MeterVariant is B

    @requirement:SMETS-E-034 @srv:6.2.4 @bench:polyphase
    Scenario: A polyphase meter is of variant C
      Given a commissioned polyphase electricity meter
      When the import supplier reads 6.2.4 Read Device Configuration (Identity Exc MPxN)
      Then the answer's MeterVariant is C

    @requirement:SMETS-E-034 @srv:6.2.4
    Scenario Outline: A command that writes variant <variant> changes nothing
      Given a commissioned single-phase electricity meter
      When a command that writes the variant <variant> is sent to the meter
      And the import supplier reads 6.2.4 Read Device Configuration (Identity Exc MPxN)
      Then the meter states the declared variant

      Examples:
        | variant |
        | A       |
        | B       |
        | C       |
