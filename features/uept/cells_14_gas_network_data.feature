# Written by `python -m fixtures.cells` from the table of cells; not to be changed by hand.
@scheme:uept @bench:kept
Feature: User entry, gas network data

  A scenario is one cell of the service request matrix: a variant in a role, in one form.

  Background:
    Given furnished premises: an electricity meter and a gas meter, commissioned

  @srv:14.1 @cv:1 @device:GSME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-14.1-OnDemand-CV1, the <user> asks the gas meter
    When the <user> sends 14.1 Record Network Data (GAS) to the gas meter as CV1
    Then the DCC acknowledges with I99
    And the gas meter answers with success within 31 minutes
    And the messages were those of a request on demand

    Examples: roles
      | role | user            |
      | GT   | gas transporter |

  @srv:14.1 @cv:1 @device:GSME
  @requirement:UEPT-SCHEDULED @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-14.1-ScheduledDSP-CV1, the <user> asks the gas meter
    When the <user> puts 14.1 Record Network Data (GAS) of the gas meter on a daily schedule
    Then nothing goes to the device before its time
    And the message of the schedule arrives, with the answer of the gas meter
    And the messages were those of a schedule of the DSP
    And the schedule is deleted again

    Examples: roles
      | role | user            |
      | GT   | gas transporter |

  @srv:14.1 @cv:2 @device:GSME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-14.1-OnDemand-CV2, the <user> asks the gas meter
    When the <user> sends 14.1 Record Network Data (GAS) to the gas meter as CV2
    Then the DCC returns a Command for local delivery
    And the gas meter takes it from a hand-held terminal and answers with success
    And the messages were those of a request for local delivery

    Examples: roles
      | role | user            |
      | GT   | gas transporter |

  @srv:14.1 @cv:3 @device:GSME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-14.1-OnDemand-CV3, the <user> asks the gas meter
    When the <user> sends 14.1 Record Network Data (GAS) to the gas meter as CV3
    Then the DCC returns a Command for local delivery
    And the gas meter answers with success within 31 minutes
    And the messages were those of a request for both deliveries

    Examples: roles
      | role | user            |
      | GT   | gas transporter |
