# Written by `python -m fixtures.cells` from the table of cells; not to be changed by hand.
@scheme:uept
Feature: User entry, commissioning

  A scenario is one cell of the service request matrix: a variant in a role, in one form.

  Background:
    Given the meter has joined the home area network

  @srv:8.1.1 @cv:4 @device:ESME
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:GBCS-2-PRE-COMMAND
  Scenario Outline: UEPT-<role>-8.1.1-Transform-CV4, the <user> asks the meter
    When the <user> sends 8.1.1 Commission Device to the meter as CV4
    Then the DCC returns a Pre-Command of 8.1.1
    And the Pre-Command carried the identifiers of the request
    And the <user> finds in it what was asked
    And the messages were those of a transformation

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:8.1.1 @cv:5 @device:ESME
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:DUIS-2-ACKNOWLEDGEMENT
  Scenario Outline: UEPT-<role>-8.1.1-OnDemand-CV5, the <user> asks the meter
    When the <user> sends 8.1.1 Commission Device to the meter as CV5
    Then the Pre-Command carried the identifiers of the request
    And the DCC acknowledges with I99
    And the meter answers with success within 30 seconds
    And the messages were those of a critical request on demand
    And the meter states a reliable time within 10 seconds of the bench's clock

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:8.1.1 @cv:6 @device:ESME @grade:inferred
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:UEPT-LOCAL
  Scenario Outline: UEPT-<role>-8.1.1-OnDemand-CV6, the <user> asks the meter
    When the <user> sends 8.1.1 Commission Device to the meter as CV6
    Then the Pre-Command carried the identifiers of the request
    And the DCC returns a Command for local delivery
    And the meter takes it from a hand-held terminal and answers with success
    And the messages were those of a critical request for local delivery

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:8.1.1 @cv:7 @device:ESME @grade:inferred
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:UEPT-LOCAL
  Scenario Outline: UEPT-<role>-8.1.1-OnDemand-CV7, the <user> asks the meter
    When the <user> sends 8.1.1 Commission Device to the meter as CV7
    Then the Pre-Command carried the identifiers of the request
    And the DCC returns a Command for local delivery
    And the meter answers with success within 30 seconds
    And the messages were those of a critical request for both deliveries

    Examples: roles
      | role | user            |
      | IS   | import supplier |
