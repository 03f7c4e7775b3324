# Written by `python -m fixtures.cells` from the table of cells; not to be changed by hand.
@scheme:uept @bench:kept
Feature: User entry, prepayment

  A scenario is one cell of the service request matrix: a variant in a role, in one form.

  Background:
    Given furnished premises: an electricity meter and a gas meter, commissioned

  @srv:2.1 @cv:4 @device:GSME
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:GBCS-2-PRE-COMMAND
  Scenario Outline: UEPT-<role>-2.1-Transform-CV4, the <user> asks the gas meter
    When the <user> sends 2.1 Update Prepay Configuration to the gas meter as CV4
    Then the DCC returns a Pre-Command of 2.1
    And the Pre-Command carried the identifiers of the request
    And the <user> finds in it what was asked
    And the messages were those of a transformation

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

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

  @srv:2.1 @cv:5 @device:GSME
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:DUIS-2-ACKNOWLEDGEMENT
  Scenario Outline: UEPT-<role>-2.1-OnDemand-CV5, the <user> asks the gas meter
    When the <user> sends 2.1 Update Prepay Configuration to the gas meter as CV5
    Then the Pre-Command carried the identifiers of the request
    And the DCC acknowledges with I99
    And the gas meter answers with success within 31 minutes
    And the messages were those of a critical request on demand

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:2.1 @cv:5 @device:ESME
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:DUIS-2-ACKNOWLEDGEMENT
  Scenario Outline: UEPT-<role>-2.1-OnDemand-CV5, the <user> asks the meter
    When the <user> sends 2.1 Update Prepay Configuration to the meter as CV5
    Then the Pre-Command carried the identifiers of the request
    And the DCC acknowledges with I99
    And the meter answers with success within 30 seconds
    And the messages were those of a critical request on demand

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:2.1 @cv:5 @device:GSME
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FUTURE-DATED
  Scenario Outline: UEPT-<role>-2.1-FutureDatedDevice-CV5, the <user> asks the gas meter
    When the <user> sends 2.1 Update Prepay Configuration to the gas meter as CV5 for 1 hour later
    Then the Pre-Command carried the identifiers of the request
    And the DCC acknowledges with I99
    And the gas meter answers with success within 31 minutes
    And the messages were those of a critical request on demand
    And at its time the gas meter reports that it has carried it out

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:2.1 @cv:5 @device:ESME
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FUTURE-DATED
  Scenario Outline: UEPT-<role>-2.1-FutureDatedDevice-CV5, the <user> asks the meter
    When the <user> sends 2.1 Update Prepay Configuration to the meter as CV5 for 1 hour later
    Then the Pre-Command carried the identifiers of the request
    And the DCC acknowledges with I99
    And the meter answers with success within 30 seconds
    And the messages were those of a critical request on demand
    And at its time the meter reports that it has carried it out

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:2.1 @cv:6 @device:GSME @grade:inferred
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:UEPT-LOCAL
  Scenario Outline: UEPT-<role>-2.1-OnDemand-CV6, the <user> asks the gas meter
    When the <user> sends 2.1 Update Prepay Configuration to the gas meter as CV6
    Then the Pre-Command carried the identifiers of the request
    And the DCC returns a Command for local delivery
    And the gas meter takes it from a hand-held terminal and answers with success
    And the messages were those of a critical request for local delivery

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:2.1 @cv:6 @device:ESME @grade:inferred
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:UEPT-LOCAL
  Scenario Outline: UEPT-<role>-2.1-OnDemand-CV6, the <user> asks the meter
    When the <user> sends 2.1 Update Prepay Configuration to the meter as CV6
    Then the Pre-Command carried the identifiers of the request
    And the DCC returns a Command for local delivery
    And the meter takes it from a hand-held terminal and answers with success
    And the messages were those of a critical request for local delivery

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:2.1 @cv:7 @device:GSME @grade:inferred
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:UEPT-LOCAL
  Scenario Outline: UEPT-<role>-2.1-OnDemand-CV7, the <user> asks the gas meter
    When the <user> sends 2.1 Update Prepay Configuration to the gas meter as CV7
    Then the Pre-Command carried the identifiers of the request
    And the DCC returns a Command for local delivery
    And the gas meter answers with success within 31 minutes
    And the messages were those of a critical request for both deliveries

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:2.1 @cv:7 @device:ESME @grade:inferred
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:UEPT-LOCAL
  Scenario Outline: UEPT-<role>-2.1-OnDemand-CV7, the <user> asks the meter
    When the <user> sends 2.1 Update Prepay Configuration to the meter as CV7
    Then the Pre-Command carried the identifiers of the request
    And the DCC returns a Command for local delivery
    And the meter answers with success within 30 seconds
    And the messages were those of a critical request for both deliveries

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:2.2 @cv:1 @device:GSME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-2.2-OnDemand-CV1, the <user> asks the gas meter
    When the <user> sends 2.2 Top Up Device to the gas meter as CV1
    Then the DCC acknowledges with I99
    And the gas meter answers with success within 31 minutes
    And the messages were those of a request on demand

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:2.2 @cv:1 @device:ESME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-2.2-OnDemand-CV1, the <user> asks the meter
    When the <user> sends 2.2 Top Up Device to the meter as CV1
    Then the DCC acknowledges with I99
    And the meter answers with success within 30 seconds
    And the messages were those of a request on demand

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:2.2 @cv:2 @device:GSME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-2.2-OnDemand-CV2, the <user> asks the gas meter
    When the <user> sends 2.2 Top Up Device to the gas meter as CV2
    Then the DCC returns a Command for local delivery
    And the gas meter takes it from a hand-held terminal and answers with success
    And the messages were those of a request for local delivery

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:2.2 @cv:2 @device:ESME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-2.2-OnDemand-CV2, the <user> asks the meter
    When the <user> sends 2.2 Top Up Device to the meter as CV2
    Then the DCC returns a Command for local delivery
    And the meter takes it from a hand-held terminal and answers with success
    And the messages were those of a request for local delivery

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:2.2 @cv:3 @device:GSME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-2.2-OnDemand-CV3, the <user> asks the gas meter
    When the <user> sends 2.2 Top Up Device to the gas meter as CV3
    Then the DCC returns a Command for local delivery
    And the gas meter answers with success within 31 minutes
    And the messages were those of a request for both deliveries

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:2.2 @cv:3 @device:ESME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-2.2-OnDemand-CV3, the <user> asks the meter
    When the <user> sends 2.2 Top Up Device to the meter as CV3
    Then the DCC returns a Command for local delivery
    And the meter answers with success within 30 seconds
    And the messages were those of a request for both deliveries

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:2.3 @cv:4 @device:GSME
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:GBCS-2-PRE-COMMAND
  Scenario Outline: UEPT-<role>-2.3-Transform-CV4, the <user> asks the gas meter
    When the <user> sends 2.3 Update Debt to the gas meter as CV4
    Then the DCC returns a Pre-Command of 2.3
    And the Pre-Command carried the identifiers of the request
    And the <user> finds in it what was asked
    And the messages were those of a transformation

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

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

  @srv:2.3 @cv:5 @device:GSME
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:DUIS-2-ACKNOWLEDGEMENT
  Scenario Outline: UEPT-<role>-2.3-OnDemand-CV5, the <user> asks the gas meter
    When the <user> sends 2.3 Update Debt to the gas meter as CV5
    Then the Pre-Command carried the identifiers of the request
    And the DCC acknowledges with I99
    And the gas meter answers with success within 31 minutes
    And the messages were those of a critical request on demand

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:2.3 @cv:5 @device:ESME
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:DUIS-2-ACKNOWLEDGEMENT
  Scenario Outline: UEPT-<role>-2.3-OnDemand-CV5, the <user> asks the meter
    When the <user> sends 2.3 Update Debt to the meter as CV5
    Then the Pre-Command carried the identifiers of the request
    And the DCC acknowledges with I99
    And the meter answers with success within 30 seconds
    And the messages were those of a critical request on demand

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:2.3 @cv:6 @device:GSME @grade:inferred
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:UEPT-LOCAL
  Scenario Outline: UEPT-<role>-2.3-OnDemand-CV6, the <user> asks the gas meter
    When the <user> sends 2.3 Update Debt to the gas meter as CV6
    Then the Pre-Command carried the identifiers of the request
    And the DCC returns a Command for local delivery
    And the gas meter takes it from a hand-held terminal and answers with success
    And the messages were those of a critical request for local delivery

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:2.3 @cv:6 @device:ESME @grade:inferred
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:UEPT-LOCAL
  Scenario Outline: UEPT-<role>-2.3-OnDemand-CV6, the <user> asks the meter
    When the <user> sends 2.3 Update Debt to the meter as CV6
    Then the Pre-Command carried the identifiers of the request
    And the DCC returns a Command for local delivery
    And the meter takes it from a hand-held terminal and answers with success
    And the messages were those of a critical request for local delivery

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:2.3 @cv:7 @device:GSME @grade:inferred
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:UEPT-LOCAL
  Scenario Outline: UEPT-<role>-2.3-OnDemand-CV7, the <user> asks the gas meter
    When the <user> sends 2.3 Update Debt to the gas meter as CV7
    Then the Pre-Command carried the identifiers of the request
    And the DCC returns a Command for local delivery
    And the gas meter answers with success within 31 minutes
    And the messages were those of a critical request for both deliveries

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:2.3 @cv:7 @device:ESME @grade:inferred
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:UEPT-LOCAL
  Scenario Outline: UEPT-<role>-2.3-OnDemand-CV7, the <user> asks the meter
    When the <user> sends 2.3 Update Debt to the meter as CV7
    Then the Pre-Command carried the identifiers of the request
    And the DCC returns a Command for local delivery
    And the meter answers with success within 30 seconds
    And the messages were those of a critical request for both deliveries

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:2.5 @cv:4 @device:GSME
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:GBCS-2-PRE-COMMAND
  Scenario Outline: UEPT-<role>-2.5-Transform-CV4, the <user> asks the gas meter
    When the <user> sends 2.5 Activate Emergency Credit to the gas meter as CV4
    Then the DCC returns a Pre-Command of 2.5
    And the Pre-Command carried the identifiers of the request
    And the <user> finds in it what was asked
    And the messages were those of a transformation

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

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

  @srv:2.5 @cv:5 @device:GSME
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:DUIS-2-ACKNOWLEDGEMENT
  Scenario Outline: UEPT-<role>-2.5-OnDemand-CV5, the <user> asks the gas meter
    When the <user> sends 2.5 Activate Emergency Credit to the gas meter as CV5
    Then the Pre-Command carried the identifiers of the request
    And the DCC acknowledges with I99
    And the gas meter answers with success within 31 minutes
    And the messages were those of a critical request on demand

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:2.5 @cv:5 @device:ESME
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:DUIS-2-ACKNOWLEDGEMENT
  Scenario Outline: UEPT-<role>-2.5-OnDemand-CV5, the <user> asks the meter
    When the <user> sends 2.5 Activate Emergency Credit to the meter as CV5
    Then the Pre-Command carried the identifiers of the request
    And the DCC acknowledges with I99
    And the meter answers with success within 30 seconds
    And the messages were those of a critical request on demand

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:2.5 @cv:6 @device:GSME @grade:inferred
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:UEPT-LOCAL
  Scenario Outline: UEPT-<role>-2.5-OnDemand-CV6, the <user> asks the gas meter
    When the <user> sends 2.5 Activate Emergency Credit to the gas meter as CV6
    Then the Pre-Command carried the identifiers of the request
    And the DCC returns a Command for local delivery
    And the gas meter takes it from a hand-held terminal and answers with success
    And the messages were those of a critical request for local delivery

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:2.5 @cv:6 @device:ESME @grade:inferred
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:UEPT-LOCAL
  Scenario Outline: UEPT-<role>-2.5-OnDemand-CV6, the <user> asks the meter
    When the <user> sends 2.5 Activate Emergency Credit to the meter as CV6
    Then the Pre-Command carried the identifiers of the request
    And the DCC returns a Command for local delivery
    And the meter takes it from a hand-held terminal and answers with success
    And the messages were those of a critical request for local delivery

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:2.5 @cv:7 @device:GSME @grade:inferred
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:UEPT-LOCAL
  Scenario Outline: UEPT-<role>-2.5-OnDemand-CV7, the <user> asks the gas meter
    When the <user> sends 2.5 Activate Emergency Credit to the gas meter as CV7
    Then the Pre-Command carried the identifiers of the request
    And the DCC returns a Command for local delivery
    And the gas meter answers with success within 31 minutes
    And the messages were those of a critical request for both deliveries

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:2.5 @cv:7 @device:ESME @grade:inferred
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:UEPT-LOCAL
  Scenario Outline: UEPT-<role>-2.5-OnDemand-CV7, the <user> asks the meter
    When the <user> sends 2.5 Activate Emergency Credit to the meter as CV7
    Then the Pre-Command carried the identifiers of the request
    And the DCC returns a Command for local delivery
    And the meter answers with success within 30 seconds
    And the messages were those of a critical request for both deliveries

    Examples: roles
      | role | user            |
      | IS   | import supplier |
