# Written by `python -m fixtures.cells` from the table of cells; not to be changed by hand.
@scheme:uept @bench:kept
Feature: User entry, customer management: messages to the customer, features of the meter

  A scenario is one cell of the service request matrix: a variant in a role, in one form.

  Background:
    Given furnished premises: an electricity meter and a gas meter, commissioned

  @srv:3.1 @cv:1 @device:GSME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-3.1-OnDemand-CV1, the <user> asks the gas meter
    When the <user> sends 3.1 Display Message to the gas meter as CV1
    Then the DCC acknowledges with I99
    And the gas meter answers with success within 31 minutes
    And the messages were those of a request on demand

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

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

  @srv:3.1 @cv:1 @device:GSME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  @requirement:UEPT-FUTURE-DATED
  Scenario Outline: UEPT-<role>-3.1-FutureDatedDSP-CV1, the <user> asks the gas meter
    When the <user> sends 3.1 Display Message to the gas meter as CV1 for 1 hour later
    Then the DCC acknowledges with I99
    And nothing goes to the device before its time
    And the gas meter answers with success within 31 minutes
    And the messages were those of a request dated at the DSP

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

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

  @srv:3.1 @cv:2 @device:GSME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-3.1-OnDemand-CV2, the <user> asks the gas meter
    When the <user> sends 3.1 Display Message to the gas meter as CV2
    Then the DCC returns a Command for local delivery
    And the gas meter takes it from a hand-held terminal and answers with success
    And the messages were those of a request for local delivery

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

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

  @srv:3.1 @cv:3 @device:GSME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-3.1-OnDemand-CV3, the <user> asks the gas meter
    When the <user> sends 3.1 Display Message to the gas meter as CV3
    Then the DCC returns a Command for local delivery
    And the gas meter answers with success within 31 minutes
    And the messages were those of a request for both deliveries

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

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

  @srv:3.2 @cv:1 @device:GPF
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-3.2-OnDemand-CV1, the <user> asks the gas proxy
    When the <user> sends 3.2 Restrict Access For Change Of Tenancy to the gas proxy as CV1
    Then the DCC acknowledges with I99
    And the gas proxy answers with success within 30 seconds
    And the messages were those of a request on demand

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:3.2 @cv:1 @device:ESME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-3.2-OnDemand-CV1, the <user> asks the meter
    When the <user> sends 3.2 Restrict Access For Change Of Tenancy to the meter as CV1
    Then the DCC acknowledges with I99
    And the meter answers with success within 30 seconds
    And the messages were those of a request on demand

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:3.2 @cv:1 @device:GPF
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  @requirement:UEPT-FUTURE-DATED
  Scenario Outline: UEPT-<role>-3.2-FutureDatedDSP-CV1, the <user> asks the gas proxy
    When the <user> sends 3.2 Restrict Access For Change Of Tenancy to the gas proxy as CV1 for 1 hour later
    Then the DCC acknowledges with I99
    And nothing goes to the device before its time
    And the gas proxy answers with success within 30 seconds
    And the messages were those of a request dated at the DSP

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:3.2 @cv:1 @device:ESME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  @requirement:UEPT-FUTURE-DATED
  Scenario Outline: UEPT-<role>-3.2-FutureDatedDSP-CV1, the <user> asks the meter
    When the <user> sends 3.2 Restrict Access For Change Of Tenancy to the meter as CV1 for 1 hour later
    Then the DCC acknowledges with I99
    And nothing goes to the device before its time
    And the meter answers with success within 30 seconds
    And the messages were those of a request dated at the DSP

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:3.2 @cv:2 @device:GPF @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-3.2-OnDemand-CV2, the <user> asks the gas proxy
    When the <user> sends 3.2 Restrict Access For Change Of Tenancy to the gas proxy as CV2
    Then the DCC returns a Command for local delivery
    And the gas proxy takes it from a hand-held terminal and answers with success
    And the messages were those of a request for local delivery

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:3.2 @cv:2 @device:ESME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-3.2-OnDemand-CV2, the <user> asks the meter
    When the <user> sends 3.2 Restrict Access For Change Of Tenancy to the meter as CV2
    Then the DCC returns a Command for local delivery
    And the meter takes it from a hand-held terminal and answers with success
    And the messages were those of a request for local delivery

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:3.2 @cv:3 @device:GPF @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-3.2-OnDemand-CV3, the <user> asks the gas proxy
    When the <user> sends 3.2 Restrict Access For Change Of Tenancy to the gas proxy as CV3
    Then the DCC returns a Command for local delivery
    And the gas proxy answers with success within 30 seconds
    And the messages were those of a request for both deliveries

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:3.2 @cv:3 @device:ESME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-3.2-OnDemand-CV3, the <user> asks the meter
    When the <user> sends 3.2 Restrict Access For Change Of Tenancy to the meter as CV3
    Then the DCC returns a Command for local delivery
    And the meter answers with success within 30 seconds
    And the messages were those of a request for both deliveries

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:3.3 @cv:1 @device:GSME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-3.3-OnDemand-CV1, the <user> asks the gas meter
    When the <user> sends 3.3 Clear Event Log to the gas meter as CV1
    Then the DCC acknowledges with I99
    And the gas meter answers with success within 31 minutes
    And the messages were those of a request on demand

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:3.3 @cv:1 @device:ESME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-3.3-OnDemand-CV1, the <user> asks the meter
    When the <user> sends 3.3 Clear Event Log to the meter as CV1
    Then the DCC acknowledges with I99
    And the meter answers with success within 30 seconds
    And the messages were those of a request on demand

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:3.3 @cv:2 @device:GSME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-3.3-OnDemand-CV2, the <user> asks the gas meter
    When the <user> sends 3.3 Clear Event Log to the gas meter as CV2
    Then the DCC returns a Command for local delivery
    And the gas meter takes it from a hand-held terminal and answers with success
    And the messages were those of a request for local delivery

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:3.3 @cv:2 @device:ESME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-3.3-OnDemand-CV2, the <user> asks the meter
    When the <user> sends 3.3 Clear Event Log to the meter as CV2
    Then the DCC returns a Command for local delivery
    And the meter takes it from a hand-held terminal and answers with success
    And the messages were those of a request for local delivery

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:3.3 @cv:3 @device:GSME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-3.3-OnDemand-CV3, the <user> asks the gas meter
    When the <user> sends 3.3 Clear Event Log to the gas meter as CV3
    Then the DCC returns a Command for local delivery
    And the gas meter answers with success within 31 minutes
    And the messages were those of a request for both deliveries

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:3.3 @cv:3 @device:ESME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-3.3-OnDemand-CV3, the <user> asks the meter
    When the <user> sends 3.3 Clear Event Log to the meter as CV3
    Then the DCC returns a Command for local delivery
    And the meter answers with success within 30 seconds
    And the messages were those of a request for both deliveries

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:3.4 @cv:1 @device:GSME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-3.4-OnDemand-CV1, the <user> asks the gas meter
    When the <user> sends 3.4 Update Supplier Name to the gas meter as CV1
    Then the DCC acknowledges with I99
    And the gas meter answers with success within 31 minutes
    And the messages were those of a request on demand

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:3.4 @cv:1 @device:ESME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-3.4-OnDemand-CV1, the <user> asks the meter
    When the <user> sends 3.4 Update Supplier Name to the meter as CV1
    Then the DCC acknowledges with I99
    And the meter answers with success within 30 seconds
    And the messages were those of a request on demand

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:3.4 @cv:1 @device:GSME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  @requirement:UEPT-FUTURE-DATED
  Scenario Outline: UEPT-<role>-3.4-FutureDatedDSP-CV1, the <user> asks the gas meter
    When the <user> sends 3.4 Update Supplier Name to the gas meter as CV1 for 1 hour later
    Then the DCC acknowledges with I99
    And nothing goes to the device before its time
    And the gas meter answers with success within 31 minutes
    And the messages were those of a request dated at the DSP

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:3.4 @cv:1 @device:ESME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  @requirement:UEPT-FUTURE-DATED
  Scenario Outline: UEPT-<role>-3.4-FutureDatedDSP-CV1, the <user> asks the meter
    When the <user> sends 3.4 Update Supplier Name to the meter as CV1 for 1 hour later
    Then the DCC acknowledges with I99
    And nothing goes to the device before its time
    And the meter answers with success within 30 seconds
    And the messages were those of a request dated at the DSP

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:3.4 @cv:2 @device:GSME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-3.4-OnDemand-CV2, the <user> asks the gas meter
    When the <user> sends 3.4 Update Supplier Name to the gas meter as CV2
    Then the DCC returns a Command for local delivery
    And the gas meter takes it from a hand-held terminal and answers with success
    And the messages were those of a request for local delivery

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:3.4 @cv:2 @device:ESME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-3.4-OnDemand-CV2, the <user> asks the meter
    When the <user> sends 3.4 Update Supplier Name to the meter as CV2
    Then the DCC returns a Command for local delivery
    And the meter takes it from a hand-held terminal and answers with success
    And the messages were those of a request for local delivery

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:3.4 @cv:3 @device:GSME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-3.4-OnDemand-CV3, the <user> asks the gas meter
    When the <user> sends 3.4 Update Supplier Name to the gas meter as CV3
    Then the DCC returns a Command for local delivery
    And the gas meter answers with success within 31 minutes
    And the messages were those of a request for both deliveries

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:3.4 @cv:3 @device:ESME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-3.4-OnDemand-CV3, the <user> asks the meter
    When the <user> sends 3.4 Update Supplier Name to the meter as CV3
    Then the DCC returns a Command for local delivery
    And the meter answers with success within 30 seconds
    And the messages were those of a request for both deliveries

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:3.5 @cv:1 @device:GSME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-3.5-OnDemand-CV1, the <user> asks the gas meter
    When the <user> sends 3.5 Disable Privacy PIN to the gas meter as CV1
    Then the DCC acknowledges with I99
    And the gas meter answers with success within 31 minutes
    And the messages were those of a request on demand

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:3.5 @cv:1 @device:ESME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-3.5-OnDemand-CV1, the <user> asks the meter
    When the <user> sends 3.5 Disable Privacy PIN to the meter as CV1
    Then the DCC acknowledges with I99
    And the meter answers with success within 30 seconds
    And the messages were those of a request on demand

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:3.5 @cv:2 @device:GSME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-3.5-OnDemand-CV2, the <user> asks the gas meter
    When the <user> sends 3.5 Disable Privacy PIN to the gas meter as CV2
    Then the DCC returns a Command for local delivery
    And the gas meter takes it from a hand-held terminal and answers with success
    And the messages were those of a request for local delivery

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:3.5 @cv:2 @device:ESME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-3.5-OnDemand-CV2, the <user> asks the meter
    When the <user> sends 3.5 Disable Privacy PIN to the meter as CV2
    Then the DCC returns a Command for local delivery
    And the meter takes it from a hand-held terminal and answers with success
    And the messages were those of a request for local delivery

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:3.5 @cv:3 @device:GSME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-3.5-OnDemand-CV3, the <user> asks the gas meter
    When the <user> sends 3.5 Disable Privacy PIN to the gas meter as CV3
    Then the DCC returns a Command for local delivery
    And the gas meter answers with success within 31 minutes
    And the messages were those of a request for both deliveries

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:3.5 @cv:3 @device:ESME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-3.5-OnDemand-CV3, the <user> asks the meter
    When the <user> sends 3.5 Disable Privacy PIN to the meter as CV3
    Then the DCC returns a Command for local delivery
    And the meter answers with success within 30 seconds
    And the messages were those of a request for both deliveries

    Examples: roles
      | role | user            |
      | IS   | import supplier |
