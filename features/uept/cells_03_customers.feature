# Written by `python -m fixtures.cells` from the table of cells; not to be changed by hand.
@scheme:uept @bench:kept
Feature: User entry, customer management: messages to the customer, features of the meter

  A scenario is one cell of the service request matrix: a variant in a role, in one form.

  Background:
    Given furnished premises: a commissioned electricity meter, and a gas meter in the hub's log

  @srv:3.1 @cv:1 @device:ESME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-3.1-OnDemand-CV1, the <user> asks the meter
    When the <user> sends 3.1 Display Message to the meter as CV1
    Then the DCC acknowledges with I99
    And the meter answers with success within 30 seconds
    And the messages were those of a request on demand

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:3.1 @cv:1 @device:ESME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  @requirement:UEPT-FUTURE-DATED
  Scenario Outline: UEPT-<role>-3.1-FutureDatedDSP-CV1, the <user> asks the meter
    When the <user> sends 3.1 Display Message to the meter as CV1 for 1 hour later
    Then the DCC acknowledges with I99
    And nothing goes to the device before its time
    And the meter answers with success within 30 seconds
    And the messages were those of a request dated at the DSP

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:3.1 @cv:2 @device:ESME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-3.1-OnDemand-CV2, the <user> asks the meter
    When the <user> sends 3.1 Display Message to the meter as CV2
    Then the DCC returns a Command for local delivery
    And the meter takes it from a hand-held terminal and answers with success
    And the messages were those of a request for local delivery

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:3.1 @cv:3 @device:ESME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-3.1-OnDemand-CV3, the <user> asks the meter
    When the <user> sends 3.1 Display Message to the meter as CV3
    Then the DCC returns a Command for local delivery
    And the meter answers with success within 30 seconds
    And the messages were those of a request for both deliveries

    Examples: roles
      | role | user            |
      | IS   | import supplier |
