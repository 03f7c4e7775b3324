# Written by `python -m fixtures.cells` from the table of cells; not to be changed by hand.
@scheme:uept @bench:kept
Feature: User entry, product management: tariffs, prices, payment mode

  A scenario is one cell of the service request matrix: a variant in a role, in one form.

  Background:
    Given furnished premises: a commissioned electricity meter, and a gas meter in the hub's log

  @srv:1.1.1 @cv:4 @device:ESME
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:GBCS-2-PRE-COMMAND
  Scenario Outline: UEPT-<role>-1.1.1-Transform-CV4, the <user> asks the meter
    When the <user> sends 1.1.1 Update Import Tariff (Primary Element) to the meter as CV4
    Then the DCC returns a Pre-Command of 1.1.1
    And the Pre-Command carried the identifiers of the request
    And the <user> finds in it what was asked
    And the messages were those of a transformation

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:1.1.2 @cv:4 @device:ESME
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:GBCS-2-PRE-COMMAND
  Scenario Outline: UEPT-<role>-1.1.2-Transform-CV4, the <user> asks the meter
    When the <user> sends 1.1.2 Update Import Tariff (Secondary Element) to the meter as CV4
    Then the DCC returns a Pre-Command of 1.1.2
    And the Pre-Command carried the identifiers of the request
    And the <user> finds in it what was asked
    And the messages were those of a transformation

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:1.2.1 @cv:4 @device:ESME
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:GBCS-2-PRE-COMMAND
  Scenario Outline: UEPT-<role>-1.2.1-Transform-CV4, the <user> asks the meter
    When the <user> sends 1.2.1 Update Price (Primary Element) to the meter as CV4
    Then the DCC returns a Pre-Command of 1.2.1
    And the Pre-Command carried the identifiers of the request
    And the <user> finds in it what was asked
    And the messages were those of a transformation

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:1.2.2 @cv:4 @device:ESME
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:GBCS-2-PRE-COMMAND
  Scenario Outline: UEPT-<role>-1.2.2-Transform-CV4, the <user> asks the meter
    When the <user> sends 1.2.2 Update Price (Secondary Element) to the meter as CV4
    Then the DCC returns a Pre-Command of 1.2.2
    And the Pre-Command carried the identifiers of the request
    And the <user> finds in it what was asked
    And the messages were those of a transformation

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:1.5 @cv:4 @device:ESME
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:GBCS-2-PRE-COMMAND
  Scenario Outline: UEPT-<role>-1.5-Transform-CV4, the <user> asks the meter
    When the <user> sends 1.5 Update Meter Balance to the meter as CV4
    Then the DCC returns a Pre-Command of 1.5
    And the Pre-Command carried the identifiers of the request
    And the <user> finds in it what was asked
    And the messages were those of a transformation

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:1.6 @cv:4 @device:ESME
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:GBCS-2-PRE-COMMAND
  Scenario Outline: UEPT-<role>-1.6-Transform-CV4, the <user> asks the meter
    When the <user> sends 1.6 Update Payment Mode to the meter as CV4
    Then the DCC returns a Pre-Command of 1.6
    And the Pre-Command carried the identifiers of the request
    And the <user> finds in it what was asked
    And the messages were those of a transformation

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:1.7 @cv:4 @device:ESME
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:GBCS-2-PRE-COMMAND
  Scenario Outline: UEPT-<role>-1.7-Transform-CV4, the <user> asks the meter
    When the <user> sends 1.7 Reset Tariff Block Counter Matrix to the meter as CV4
    Then the DCC returns a Pre-Command of 1.7
    And the Pre-Command carried the identifiers of the request
    And the <user> finds in it what was asked
    And the messages were those of a transformation

    Examples: roles
      | role | user            |
      | IS   | import supplier |
