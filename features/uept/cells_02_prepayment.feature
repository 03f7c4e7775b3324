# Written by `python -m fixtures.cells` from the table of cells; not to be changed by hand.
@scheme:uept @bench:kept
Feature: User entry, prepayment

  A scenario is one cell of the service request matrix: a variant in a role, in one form.

  Background:
    Given furnished premises: a commissioned electricity meter, and a gas meter in the hub's log

  @srv:2.1 @cv:4 @device:ESME
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:GBCS-2-PRE-COMMAND
  Scenario Outline: UEPT-<role>-2.1-Transform-CV4, the <user> asks the meter
    When the <user> sends 2.1 Update Prepay Configuration to the meter as CV4
    Then the DCC returns a Pre-Command of 2.1
    And the Pre-Command carried the identifiers of the request
    And the <user> finds in it what was asked
    And the messages were those of a transformation

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:2.3 @cv:4 @device:ESME
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:GBCS-2-PRE-COMMAND
  Scenario Outline: UEPT-<role>-2.3-Transform-CV4, the <user> asks the meter
    When the <user> sends 2.3 Update Debt to the meter as CV4
    Then the DCC returns a Pre-Command of 2.3
    And the Pre-Command carried the identifiers of the request
    And the <user> finds in it what was asked
    And the messages were those of a transformation

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:2.5 @cv:4 @device:ESME
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:GBCS-2-PRE-COMMAND
  Scenario Outline: UEPT-<role>-2.5-Transform-CV4, the <user> asks the meter
    When the <user> sends 2.5 Activate Emergency Credit to the meter as CV4
    Then the DCC returns a Pre-Command of 2.5
    And the Pre-Command carried the identifiers of the request
    And the <user> finds in it what was asked
    And the messages were those of a transformation

    Examples: roles
      | role | user            |
      | IS   | import supplier |
