# Written by `python -m fixtures.cells` from the table of cells; not to be changed by hand.
@scheme:uept @bench:kept
Feature: User entry, product management: tariffs, prices, payment mode

  A scenario is one cell of the service request matrix: a variant in a role, in one form.

  Background:
    Given furnished premises: an electricity meter and a gas meter, commissioned

  @srv:1.1.1 @cv:4 @device:GSME
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:GBCS-2-PRE-COMMAND
  Scenario Outline: UEPT-<role>-1.1.1-Transform-CV4, the <user> asks the gas meter
    When the <user> sends 1.1.1 Update Import Tariff (Primary Element) to the gas meter as CV4
    Then the DCC returns a Pre-Command of 1.1.1
    And the Pre-Command carried the identifiers of the request
    And the <user> finds in it what was asked
    And the messages were those of a transformation

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

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

  @srv:1.1.1 @cv:5 @device:GSME
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:DUIS-2-ACKNOWLEDGEMENT
  Scenario Outline: UEPT-<role>-1.1.1-OnDemand-CV5, the <user> asks the gas meter
    When the <user> sends 1.1.1 Update Import Tariff (Primary Element) to the gas meter as CV5
    Then the Pre-Command carried the identifiers of the request
    And the DCC acknowledges with I99
    And the gas meter answers with success within 31 minutes
    And the messages were those of a critical request on demand

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:1.1.1 @cv:5 @device:ESME
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:DUIS-2-ACKNOWLEDGEMENT
  Scenario Outline: UEPT-<role>-1.1.1-OnDemand-CV5, the <user> asks the meter
    When the <user> sends 1.1.1 Update Import Tariff (Primary Element) to the meter as CV5
    Then the Pre-Command carried the identifiers of the request
    And the DCC acknowledges with I99
    And the meter answers with success within 30 seconds
    And the messages were those of a critical request on demand

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:1.1.1 @cv:5 @device:GSME
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FUTURE-DATED
  Scenario Outline: UEPT-<role>-1.1.1-FutureDatedDevice-CV5, the <user> asks the gas meter
    When the <user> sends 1.1.1 Update Import Tariff (Primary Element) to the gas meter as CV5 for 1 hour later
    Then the Pre-Command carried the identifiers of the request
    And the DCC acknowledges with I99
    And the gas meter answers with success within 31 minutes
    And the messages were those of a critical request on demand
    And at its time the gas meter reports that it has carried it out

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:1.1.1 @cv:5 @device:ESME
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FUTURE-DATED
  Scenario Outline: UEPT-<role>-1.1.1-FutureDatedDevice-CV5, the <user> asks the meter
    When the <user> sends 1.1.1 Update Import Tariff (Primary Element) to the meter as CV5 for 1 hour later
    Then the Pre-Command carried the identifiers of the request
    And the DCC acknowledges with I99
    And the meter answers with success within 30 seconds
    And the messages were those of a critical request on demand
    And at its time the meter reports that it has carried it out

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:1.1.1 @cv:6 @device:GSME @grade:inferred
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:UEPT-LOCAL
  Scenario Outline: UEPT-<role>-1.1.1-OnDemand-CV6, the <user> asks the gas meter
    When the <user> sends 1.1.1 Update Import Tariff (Primary Element) to the gas meter as CV6
    Then the Pre-Command carried the identifiers of the request
    And the DCC returns a Command for local delivery
    And the gas meter takes it from a hand-held terminal and answers with success
    And the messages were those of a critical request for local delivery

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:1.1.1 @cv:6 @device:ESME @grade:inferred
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:UEPT-LOCAL
  Scenario Outline: UEPT-<role>-1.1.1-OnDemand-CV6, the <user> asks the meter
    When the <user> sends 1.1.1 Update Import Tariff (Primary Element) to the meter as CV6
    Then the Pre-Command carried the identifiers of the request
    And the DCC returns a Command for local delivery
    And the meter takes it from a hand-held terminal and answers with success
    And the messages were those of a critical request for local delivery

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:1.1.1 @cv:7 @device:GSME @grade:inferred
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:UEPT-LOCAL
  Scenario Outline: UEPT-<role>-1.1.1-OnDemand-CV7, the <user> asks the gas meter
    When the <user> sends 1.1.1 Update Import Tariff (Primary Element) to the gas meter as CV7
    Then the Pre-Command carried the identifiers of the request
    And the DCC returns a Command for local delivery
    And the gas meter answers with success within 31 minutes
    And the messages were those of a critical request for both deliveries

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:1.1.1 @cv:7 @device:ESME @grade:inferred
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:UEPT-LOCAL
  Scenario Outline: UEPT-<role>-1.1.1-OnDemand-CV7, the <user> asks the meter
    When the <user> sends 1.1.1 Update Import Tariff (Primary Element) to the meter as CV7
    Then the Pre-Command carried the identifiers of the request
    And the DCC returns a Command for local delivery
    And the meter answers with success within 30 seconds
    And the messages were those of a critical request for both deliveries

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

  @srv:1.1.2 @cv:5 @device:ESME @bench:twin
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:DUIS-2-ACKNOWLEDGEMENT
  Scenario Outline: UEPT-<role>-1.1.2-OnDemand-CV5, the <user> asks the meter
    When the <user> sends 1.1.2 Update Import Tariff (Secondary Element) to the meter as CV5
    Then the Pre-Command carried the identifiers of the request
    And the DCC acknowledges with I99
    And the meter answers with success within 30 seconds
    And the messages were those of a critical request on demand

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:1.1.2 @cv:5 @device:ESME @bench:twin
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FUTURE-DATED
  Scenario Outline: UEPT-<role>-1.1.2-FutureDatedDevice-CV5, the <user> asks the meter
    When the <user> sends 1.1.2 Update Import Tariff (Secondary Element) to the meter as CV5 for 1 hour later
    Then the Pre-Command carried the identifiers of the request
    And the DCC acknowledges with I99
    And the meter answers with success within 30 seconds
    And the messages were those of a critical request on demand
    And at its time the meter reports that it has carried it out

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:1.1.2 @cv:6 @device:ESME @bench:twin @grade:inferred
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:UEPT-LOCAL
  Scenario Outline: UEPT-<role>-1.1.2-OnDemand-CV6, the <user> asks the meter
    When the <user> sends 1.1.2 Update Import Tariff (Secondary Element) to the meter as CV6
    Then the Pre-Command carried the identifiers of the request
    And the DCC returns a Command for local delivery
    And the meter takes it from a hand-held terminal and answers with success
    And the messages were those of a critical request for local delivery

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:1.1.2 @cv:7 @device:ESME @bench:twin @grade:inferred
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:UEPT-LOCAL
  Scenario Outline: UEPT-<role>-1.1.2-OnDemand-CV7, the <user> asks the meter
    When the <user> sends 1.1.2 Update Import Tariff (Secondary Element) to the meter as CV7
    Then the Pre-Command carried the identifiers of the request
    And the DCC returns a Command for local delivery
    And the meter answers with success within 30 seconds
    And the messages were those of a critical request for both deliveries

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:1.2.1 @cv:4 @device:GSME
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:GBCS-2-PRE-COMMAND
  Scenario Outline: UEPT-<role>-1.2.1-Transform-CV4, the <user> asks the gas meter
    When the <user> sends 1.2.1 Update Price (Primary Element) to the gas meter as CV4
    Then the DCC returns a Pre-Command of 1.2.1
    And the Pre-Command carried the identifiers of the request
    And the <user> finds in it what was asked
    And the messages were those of a transformation

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

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

  @srv:1.2.1 @cv:5 @device:GSME
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:DUIS-2-ACKNOWLEDGEMENT
  Scenario Outline: UEPT-<role>-1.2.1-OnDemand-CV5, the <user> asks the gas meter
    When the <user> sends 1.2.1 Update Price (Primary Element) to the gas meter as CV5
    Then the Pre-Command carried the identifiers of the request
    And the DCC acknowledges with I99
    And the gas meter answers with success within 31 minutes
    And the messages were those of a critical request on demand

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:1.2.1 @cv:5 @device:ESME
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:DUIS-2-ACKNOWLEDGEMENT
  Scenario Outline: UEPT-<role>-1.2.1-OnDemand-CV5, the <user> asks the meter
    When the <user> sends 1.2.1 Update Price (Primary Element) to the meter as CV5
    Then the Pre-Command carried the identifiers of the request
    And the DCC acknowledges with I99
    And the meter answers with success within 30 seconds
    And the messages were those of a critical request on demand

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:1.2.1 @cv:5 @device:GSME
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FUTURE-DATED
  Scenario Outline: UEPT-<role>-1.2.1-FutureDatedDevice-CV5, the <user> asks the gas meter
    When the <user> sends 1.2.1 Update Price (Primary Element) to the gas meter as CV5 for 1 hour later
    Then the Pre-Command carried the identifiers of the request
    And the DCC acknowledges with I99
    And the gas meter answers with success within 31 minutes
    And the messages were those of a critical request on demand
    And at its time the gas meter reports that it has carried it out

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:1.2.1 @cv:5 @device:ESME
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FUTURE-DATED
  Scenario Outline: UEPT-<role>-1.2.1-FutureDatedDevice-CV5, the <user> asks the meter
    When the <user> sends 1.2.1 Update Price (Primary Element) to the meter as CV5 for 1 hour later
    Then the Pre-Command carried the identifiers of the request
    And the DCC acknowledges with I99
    And the meter answers with success within 30 seconds
    And the messages were those of a critical request on demand
    And at its time the meter reports that it has carried it out

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:1.2.1 @cv:6 @device:GSME @grade:inferred
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:UEPT-LOCAL
  Scenario Outline: UEPT-<role>-1.2.1-OnDemand-CV6, the <user> asks the gas meter
    When the <user> sends 1.2.1 Update Price (Primary Element) to the gas meter as CV6
    Then the Pre-Command carried the identifiers of the request
    And the DCC returns a Command for local delivery
    And the gas meter takes it from a hand-held terminal and answers with success
    And the messages were those of a critical request for local delivery

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:1.2.1 @cv:6 @device:ESME @grade:inferred
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:UEPT-LOCAL
  Scenario Outline: UEPT-<role>-1.2.1-OnDemand-CV6, the <user> asks the meter
    When the <user> sends 1.2.1 Update Price (Primary Element) to the meter as CV6
    Then the Pre-Command carried the identifiers of the request
    And the DCC returns a Command for local delivery
    And the meter takes it from a hand-held terminal and answers with success
    And the messages were those of a critical request for local delivery

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:1.2.1 @cv:7 @device:GSME @grade:inferred
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:UEPT-LOCAL
  Scenario Outline: UEPT-<role>-1.2.1-OnDemand-CV7, the <user> asks the gas meter
    When the <user> sends 1.2.1 Update Price (Primary Element) to the gas meter as CV7
    Then the Pre-Command carried the identifiers of the request
    And the DCC returns a Command for local delivery
    And the gas meter answers with success within 31 minutes
    And the messages were those of a critical request for both deliveries

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:1.2.1 @cv:7 @device:ESME @grade:inferred
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:UEPT-LOCAL
  Scenario Outline: UEPT-<role>-1.2.1-OnDemand-CV7, the <user> asks the meter
    When the <user> sends 1.2.1 Update Price (Primary Element) to the meter as CV7
    Then the Pre-Command carried the identifiers of the request
    And the DCC returns a Command for local delivery
    And the meter answers with success within 30 seconds
    And the messages were those of a critical request for both deliveries

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

  @srv:1.2.2 @cv:5 @device:ESME @bench:twin
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:DUIS-2-ACKNOWLEDGEMENT
  Scenario Outline: UEPT-<role>-1.2.2-OnDemand-CV5, the <user> asks the meter
    When the <user> sends 1.2.2 Update Price (Secondary Element) to the meter as CV5
    Then the Pre-Command carried the identifiers of the request
    And the DCC acknowledges with I99
    And the meter answers with success within 30 seconds
    And the messages were those of a critical request on demand

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:1.2.2 @cv:5 @device:ESME @bench:twin
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FUTURE-DATED
  Scenario Outline: UEPT-<role>-1.2.2-FutureDatedDevice-CV5, the <user> asks the meter
    When the <user> sends 1.2.2 Update Price (Secondary Element) to the meter as CV5 for 1 hour later
    Then the Pre-Command carried the identifiers of the request
    And the DCC acknowledges with I99
    And the meter answers with success within 30 seconds
    And the messages were those of a critical request on demand
    And at its time the meter reports that it has carried it out

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:1.2.2 @cv:6 @device:ESME @bench:twin @grade:inferred
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:UEPT-LOCAL
  Scenario Outline: UEPT-<role>-1.2.2-OnDemand-CV6, the <user> asks the meter
    When the <user> sends 1.2.2 Update Price (Secondary Element) to the meter as CV6
    Then the Pre-Command carried the identifiers of the request
    And the DCC returns a Command for local delivery
    And the meter takes it from a hand-held terminal and answers with success
    And the messages were those of a critical request for local delivery

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:1.2.2 @cv:7 @device:ESME @bench:twin @grade:inferred
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:UEPT-LOCAL
  Scenario Outline: UEPT-<role>-1.2.2-OnDemand-CV7, the <user> asks the meter
    When the <user> sends 1.2.2 Update Price (Secondary Element) to the meter as CV7
    Then the Pre-Command carried the identifiers of the request
    And the DCC returns a Command for local delivery
    And the meter answers with success within 30 seconds
    And the messages were those of a critical request for both deliveries

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:1.5 @cv:4 @device:GSME
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:GBCS-2-PRE-COMMAND
  Scenario Outline: UEPT-<role>-1.5-Transform-CV4, the <user> asks the gas meter
    When the <user> sends 1.5 Update Meter Balance to the gas meter as CV4
    Then the DCC returns a Pre-Command of 1.5
    And the Pre-Command carried the identifiers of the request
    And the <user> finds in it what was asked
    And the messages were those of a transformation

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

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

  @srv:1.5 @cv:5 @device:GSME
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:DUIS-2-ACKNOWLEDGEMENT
  Scenario Outline: UEPT-<role>-1.5-OnDemand-CV5, the <user> asks the gas meter
    When the <user> sends 1.5 Update Meter Balance to the gas meter as CV5
    Then the Pre-Command carried the identifiers of the request
    And the DCC acknowledges with I99
    And the gas meter answers with success within 31 minutes
    And the messages were those of a critical request on demand

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:1.5 @cv:5 @device:ESME
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:DUIS-2-ACKNOWLEDGEMENT
  Scenario Outline: UEPT-<role>-1.5-OnDemand-CV5, the <user> asks the meter
    When the <user> sends 1.5 Update Meter Balance to the meter as CV5
    Then the Pre-Command carried the identifiers of the request
    And the DCC acknowledges with I99
    And the meter answers with success within 30 seconds
    And the messages were those of a critical request on demand

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:1.5 @cv:6 @device:GSME @grade:inferred
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:UEPT-LOCAL
  Scenario Outline: UEPT-<role>-1.5-OnDemand-CV6, the <user> asks the gas meter
    When the <user> sends 1.5 Update Meter Balance to the gas meter as CV6
    Then the Pre-Command carried the identifiers of the request
    And the DCC returns a Command for local delivery
    And the gas meter takes it from a hand-held terminal and answers with success
    And the messages were those of a critical request for local delivery

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:1.5 @cv:6 @device:ESME @grade:inferred
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:UEPT-LOCAL
  Scenario Outline: UEPT-<role>-1.5-OnDemand-CV6, the <user> asks the meter
    When the <user> sends 1.5 Update Meter Balance to the meter as CV6
    Then the Pre-Command carried the identifiers of the request
    And the DCC returns a Command for local delivery
    And the meter takes it from a hand-held terminal and answers with success
    And the messages were those of a critical request for local delivery

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:1.5 @cv:7 @device:GSME @grade:inferred
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:UEPT-LOCAL
  Scenario Outline: UEPT-<role>-1.5-OnDemand-CV7, the <user> asks the gas meter
    When the <user> sends 1.5 Update Meter Balance to the gas meter as CV7
    Then the Pre-Command carried the identifiers of the request
    And the DCC returns a Command for local delivery
    And the gas meter answers with success within 31 minutes
    And the messages were those of a critical request for both deliveries

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:1.5 @cv:7 @device:ESME @grade:inferred
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:UEPT-LOCAL
  Scenario Outline: UEPT-<role>-1.5-OnDemand-CV7, the <user> asks the meter
    When the <user> sends 1.5 Update Meter Balance to the meter as CV7
    Then the Pre-Command carried the identifiers of the request
    And the DCC returns a Command for local delivery
    And the meter answers with success within 30 seconds
    And the messages were those of a critical request for both deliveries

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:1.6 @cv:4 @device:GSME
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:GBCS-2-PRE-COMMAND
  Scenario Outline: UEPT-<role>-1.6-Transform-CV4, the <user> asks the gas meter
    When the <user> sends 1.6 Update Payment Mode to the gas meter as CV4
    Then the DCC returns a Pre-Command of 1.6
    And the Pre-Command carried the identifiers of the request
    And the <user> finds in it what was asked
    And the messages were those of a transformation

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

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

  @srv:1.6 @cv:5 @device:GSME
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:DUIS-2-ACKNOWLEDGEMENT
  Scenario Outline: UEPT-<role>-1.6-OnDemand-CV5, the <user> asks the gas meter
    When the <user> sends 1.6 Update Payment Mode to the gas meter as CV5
    Then the Pre-Command carried the identifiers of the request
    And the DCC acknowledges with I99
    And the gas meter answers with success within 31 minutes
    And the messages were those of a critical request on demand

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:1.6 @cv:5 @device:ESME
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:DUIS-2-ACKNOWLEDGEMENT
  Scenario Outline: UEPT-<role>-1.6-OnDemand-CV5, the <user> asks the meter
    When the <user> sends 1.6 Update Payment Mode to the meter as CV5
    Then the Pre-Command carried the identifiers of the request
    And the DCC acknowledges with I99
    And the meter answers with success within 30 seconds
    And the messages were those of a critical request on demand

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:1.6 @cv:5 @device:GSME
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FUTURE-DATED
  Scenario Outline: UEPT-<role>-1.6-FutureDatedDevice-CV5, the <user> asks the gas meter
    When the <user> sends 1.6 Update Payment Mode to the gas meter as CV5 for 1 hour later
    Then the Pre-Command carried the identifiers of the request
    And the DCC acknowledges with I99
    And the gas meter answers with success within 31 minutes
    And the messages were those of a critical request on demand
    And at its time the gas meter reports that it has carried it out

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:1.6 @cv:5 @device:ESME
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FUTURE-DATED
  Scenario Outline: UEPT-<role>-1.6-FutureDatedDevice-CV5, the <user> asks the meter
    When the <user> sends 1.6 Update Payment Mode to the meter as CV5 for 1 hour later
    Then the Pre-Command carried the identifiers of the request
    And the DCC acknowledges with I99
    And the meter answers with success within 30 seconds
    And the messages were those of a critical request on demand
    And at its time the meter reports that it has carried it out

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:1.6 @cv:6 @device:GSME @grade:inferred
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:UEPT-LOCAL
  Scenario Outline: UEPT-<role>-1.6-OnDemand-CV6, the <user> asks the gas meter
    When the <user> sends 1.6 Update Payment Mode to the gas meter as CV6
    Then the Pre-Command carried the identifiers of the request
    And the DCC returns a Command for local delivery
    And the gas meter takes it from a hand-held terminal and answers with success
    And the messages were those of a critical request for local delivery

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:1.6 @cv:6 @device:ESME @grade:inferred
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:UEPT-LOCAL
  Scenario Outline: UEPT-<role>-1.6-OnDemand-CV6, the <user> asks the meter
    When the <user> sends 1.6 Update Payment Mode to the meter as CV6
    Then the Pre-Command carried the identifiers of the request
    And the DCC returns a Command for local delivery
    And the meter takes it from a hand-held terminal and answers with success
    And the messages were those of a critical request for local delivery

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:1.6 @cv:7 @device:GSME @grade:inferred
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:UEPT-LOCAL
  Scenario Outline: UEPT-<role>-1.6-OnDemand-CV7, the <user> asks the gas meter
    When the <user> sends 1.6 Update Payment Mode to the gas meter as CV7
    Then the Pre-Command carried the identifiers of the request
    And the DCC returns a Command for local delivery
    And the gas meter answers with success within 31 minutes
    And the messages were those of a critical request for both deliveries

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:1.6 @cv:7 @device:ESME @grade:inferred
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:UEPT-LOCAL
  Scenario Outline: UEPT-<role>-1.6-OnDemand-CV7, the <user> asks the meter
    When the <user> sends 1.6 Update Payment Mode to the meter as CV7
    Then the Pre-Command carried the identifiers of the request
    And the DCC returns a Command for local delivery
    And the meter answers with success within 30 seconds
    And the messages were those of a critical request for both deliveries

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

  @srv:1.7 @cv:5 @device:ESME
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:DUIS-2-ACKNOWLEDGEMENT
  Scenario Outline: UEPT-<role>-1.7-OnDemand-CV5, the <user> asks the meter
    When the <user> sends 1.7 Reset Tariff Block Counter Matrix to the meter as CV5
    Then the Pre-Command carried the identifiers of the request
    And the DCC acknowledges with I99
    And the meter answers with success within 30 seconds
    And the messages were those of a critical request on demand

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:1.7 @cv:6 @device:ESME @grade:inferred
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:UEPT-LOCAL
  Scenario Outline: UEPT-<role>-1.7-OnDemand-CV6, the <user> asks the meter
    When the <user> sends 1.7 Reset Tariff Block Counter Matrix to the meter as CV6
    Then the Pre-Command carried the identifiers of the request
    And the DCC returns a Command for local delivery
    And the meter takes it from a hand-held terminal and answers with success
    And the messages were those of a critical request for local delivery

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:1.7 @cv:7 @device:ESME @grade:inferred
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:UEPT-LOCAL
  Scenario Outline: UEPT-<role>-1.7-OnDemand-CV7, the <user> asks the meter
    When the <user> sends 1.7 Reset Tariff Block Counter Matrix to the meter as CV7
    Then the Pre-Command carried the identifiers of the request
    And the DCC returns a Command for local delivery
    And the meter answers with success within 30 seconds
    And the messages were those of a critical request for both deliveries

    Examples: roles
      | role | user            |
      | IS   | import supplier |
