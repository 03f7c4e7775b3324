# Written by `python -m fixtures.cells` from the table of cells; not to be changed by hand.
@scheme:uept @bench:kept
Feature: User entry, supply and load

  A scenario is one cell of the service request matrix: a variant in a role, in one form.

  Background:
    Given furnished premises: an electricity meter and a gas meter, commissioned

  @srv:7.1 @cv:4 @device:ESME
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:GBCS-2-PRE-COMMAND
  Scenario Outline: UEPT-<role>-7.1-Transform-CV4, the <user> asks the meter
    When the <user> sends 7.1 Enable Supply to the meter as CV4
    Then the DCC returns a Pre-Command of 7.1
    And the Pre-Command carried the identifiers of the request
    And the <user> finds in it what was asked
    And the messages were those of a transformation

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:7.1 @cv:5 @device:ESME
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:DUIS-2-ACKNOWLEDGEMENT
  Scenario Outline: UEPT-<role>-7.1-OnDemand-CV5, the <user> asks the meter
    Given the supply has been disabled
    When the <user> sends 7.1 Enable Supply to the meter as CV5
    Then the Pre-Command carried the identifiers of the request
    And the DCC acknowledges with I99
    And the meter answers with success within 30 seconds
    And the messages were those of a critical request on demand
    And the supply state read back is enabled

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:7.1 @cv:6 @device:ESME @grade:inferred
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:UEPT-LOCAL
  Scenario Outline: UEPT-<role>-7.1-OnDemand-CV6, the <user> asks the meter
    Given the supply has been disabled
    When the <user> sends 7.1 Enable Supply to the meter as CV6
    Then the Pre-Command carried the identifiers of the request
    And the DCC returns a Command for local delivery
    And the meter takes it from a hand-held terminal and answers with success
    And the messages were those of a critical request for local delivery

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:7.1 @cv:7 @device:ESME @grade:inferred
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:UEPT-LOCAL
  Scenario Outline: UEPT-<role>-7.1-OnDemand-CV7, the <user> asks the meter
    Given the supply has been disabled
    When the <user> sends 7.1 Enable Supply to the meter as CV7
    Then the Pre-Command carried the identifiers of the request
    And the DCC returns a Command for local delivery
    And the meter answers with success within 30 seconds
    And the messages were those of a critical request for both deliveries

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:7.2 @cv:4 @device:GSME
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:GBCS-2-PRE-COMMAND
  Scenario Outline: UEPT-<role>-7.2-Transform-CV4, the <user> asks the gas meter
    When the <user> sends 7.2 Disable Supply to the gas meter as CV4
    Then the DCC returns a Pre-Command of 7.2
    And the Pre-Command carried the identifiers of the request
    And the <user> finds in it what was asked
    And the messages were those of a transformation

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:7.2 @cv:4 @device:ESME
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:GBCS-2-PRE-COMMAND
  Scenario Outline: UEPT-<role>-7.2-Transform-CV4, the <user> asks the meter
    When the <user> sends 7.2 Disable Supply to the meter as CV4
    Then the DCC returns a Pre-Command of 7.2
    And the Pre-Command carried the identifiers of the request
    And the <user> finds in it what was asked
    And the messages were those of a transformation

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:7.2 @cv:5 @device:GSME
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:DUIS-2-ACKNOWLEDGEMENT
  Scenario Outline: UEPT-<role>-7.2-OnDemand-CV5, the <user> asks the gas meter
    Given gas appliances that draw 1.5 m3/h
    When the <user> sends 7.2 Disable Supply to the gas meter as CV5
    Then the Pre-Command carried the identifiers of the request
    And the DCC acknowledges with I99
    And the gas meter answers with success within 31 minutes
    And the messages were those of a critical request on demand
    And no gas passes the gas meter
    And a press at the gas meter lets no gas pass

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:7.2 @cv:5 @device:ESME
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:DUIS-2-ACKNOWLEDGEMENT
  Scenario Outline: UEPT-<role>-7.2-OnDemand-CV5, the <user> asks the meter
    When the <user> sends 7.2 Disable Supply to the meter as CV5
    Then the Pre-Command carried the identifiers of the request
    And the DCC acknowledges with I99
    And the meter answers with success within 30 seconds
    And the messages were those of a critical request on demand
    And the supply state read back is disabled

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:7.2 @cv:6 @device:GSME @grade:inferred
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:UEPT-LOCAL
  Scenario Outline: UEPT-<role>-7.2-OnDemand-CV6, the <user> asks the gas meter
    Given gas appliances that draw 1.5 m3/h
    When the <user> sends 7.2 Disable Supply to the gas meter as CV6
    Then the Pre-Command carried the identifiers of the request
    And the DCC returns a Command for local delivery
    And the gas meter takes it from a hand-held terminal and answers with success
    And the messages were those of a critical request for local delivery
    And no gas passes the gas meter
    And a press at the gas meter lets no gas pass

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:7.2 @cv:6 @device:ESME @grade:inferred
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:UEPT-LOCAL
  Scenario Outline: UEPT-<role>-7.2-OnDemand-CV6, the <user> asks the meter
    When the <user> sends 7.2 Disable Supply to the meter as CV6
    Then the Pre-Command carried the identifiers of the request
    And the DCC returns a Command for local delivery
    And the meter takes it from a hand-held terminal and answers with success
    And the messages were those of a critical request for local delivery

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:7.2 @cv:7 @device:GSME @grade:inferred
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:UEPT-LOCAL
  Scenario Outline: UEPT-<role>-7.2-OnDemand-CV7, the <user> asks the gas meter
    Given gas appliances that draw 1.5 m3/h
    When the <user> sends 7.2 Disable Supply to the gas meter as CV7
    Then the Pre-Command carried the identifiers of the request
    And the DCC returns a Command for local delivery
    And the gas meter answers with success within 31 minutes
    And the messages were those of a critical request for both deliveries
    And no gas passes the gas meter
    And a press at the gas meter lets no gas pass

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:7.2 @cv:7 @device:ESME @grade:inferred
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:UEPT-LOCAL
  Scenario Outline: UEPT-<role>-7.2-OnDemand-CV7, the <user> asks the meter
    When the <user> sends 7.2 Disable Supply to the meter as CV7
    Then the Pre-Command carried the identifiers of the request
    And the DCC returns a Command for local delivery
    And the meter answers with success within 30 seconds
    And the messages were those of a critical request for both deliveries

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:7.3 @cv:4 @device:GSME
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:GBCS-2-PRE-COMMAND
  Scenario Outline: UEPT-<role>-7.3-Transform-CV4, the <user> asks the gas meter
    When the <user> sends 7.3 Arm Supply to the gas meter as CV4
    Then the DCC returns a Pre-Command of 7.3
    And the Pre-Command carried the identifiers of the request
    And the <user> finds in it what was asked
    And the messages were those of a transformation

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:7.3 @cv:4 @device:ESME
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:GBCS-2-PRE-COMMAND
  Scenario Outline: UEPT-<role>-7.3-Transform-CV4, the <user> asks the meter
    When the <user> sends 7.3 Arm Supply to the meter as CV4
    Then the DCC returns a Pre-Command of 7.3
    And the Pre-Command carried the identifiers of the request
    And the <user> finds in it what was asked
    And the messages were those of a transformation

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:7.3 @cv:5 @device:GSME
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:DUIS-2-ACKNOWLEDGEMENT
  Scenario Outline: UEPT-<role>-7.3-OnDemand-CV5, the <user> asks the gas meter
    Given gas appliances that draw 1.5 m3/h
    When the <user> sends 7.3 Arm Supply to the gas meter as CV5
    Then the Pre-Command carried the identifiers of the request
    And the DCC acknowledges with I99
    And the gas meter answers with success within 31 minutes
    And the messages were those of a critical request on demand
    And no gas passes the gas meter
    And a press at the gas meter lets gas pass

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:7.3 @cv:5 @device:ESME
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:DUIS-2-ACKNOWLEDGEMENT
  Scenario Outline: UEPT-<role>-7.3-OnDemand-CV5, the <user> asks the meter
    Given the supply has been disabled
    When the <user> sends 7.3 Arm Supply to the meter as CV5
    Then the Pre-Command carried the identifiers of the request
    And the DCC acknowledges with I99
    And the meter answers with success within 30 seconds
    And the messages were those of a critical request on demand
    And the supply state read back is armed

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:7.3 @cv:6 @device:GSME @grade:inferred
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:UEPT-LOCAL
  Scenario Outline: UEPT-<role>-7.3-OnDemand-CV6, the <user> asks the gas meter
    Given gas appliances that draw 1.5 m3/h
    When the <user> sends 7.3 Arm Supply to the gas meter as CV6
    Then the Pre-Command carried the identifiers of the request
    And the DCC returns a Command for local delivery
    And the gas meter takes it from a hand-held terminal and answers with success
    And the messages were those of a critical request for local delivery
    And no gas passes the gas meter
    And a press at the gas meter lets gas pass

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:7.3 @cv:6 @device:ESME @grade:inferred
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:UEPT-LOCAL
  Scenario Outline: UEPT-<role>-7.3-OnDemand-CV6, the <user> asks the meter
    Given the supply has been disabled
    When the <user> sends 7.3 Arm Supply to the meter as CV6
    Then the Pre-Command carried the identifiers of the request
    And the DCC returns a Command for local delivery
    And the meter takes it from a hand-held terminal and answers with success
    And the messages were those of a critical request for local delivery

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:7.3 @cv:7 @device:GSME @grade:inferred
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:UEPT-LOCAL
  Scenario Outline: UEPT-<role>-7.3-OnDemand-CV7, the <user> asks the gas meter
    Given gas appliances that draw 1.5 m3/h
    When the <user> sends 7.3 Arm Supply to the gas meter as CV7
    Then the Pre-Command carried the identifiers of the request
    And the DCC returns a Command for local delivery
    And the gas meter answers with success within 31 minutes
    And the messages were those of a critical request for both deliveries
    And no gas passes the gas meter
    And a press at the gas meter lets gas pass

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:7.3 @cv:7 @device:ESME @grade:inferred
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:UEPT-LOCAL
  Scenario Outline: UEPT-<role>-7.3-OnDemand-CV7, the <user> asks the meter
    Given the supply has been disabled
    When the <user> sends 7.3 Arm Supply to the meter as CV7
    Then the Pre-Command carried the identifiers of the request
    And the DCC returns a Command for local delivery
    And the meter answers with success within 30 seconds
    And the messages were those of a critical request for both deliveries

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:7.4 @cv:1 @device:GSME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-7.4-OnDemand-CV1, the <user> asks the gas meter
    When the <user> sends 7.4 Read Supply Status to the gas meter as CV1
    Then the DCC acknowledges with I99
    And the gas meter answers with success within 31 minutes
    And the messages were those of a request on demand

    Examples: roles
      | role | user            |
      | GS   | gas supplier    |
      | GT   | gas transporter |

  @srv:7.4 @cv:1 @device:ESME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-7.4-OnDemand-CV1, the <user> asks the meter
    When the <user> sends 7.4 Read Supply Status to the meter as CV1
    Then the DCC acknowledges with I99
    And the meter answers with success within 30 seconds
    And the messages were those of a request on demand
    And the answer holds control_state

    Examples: roles
      | role | user                      |
      | IS   | import supplier           |
      | ES   | export supplier           |
      | RSA  | registered supplier agent |
      | ED   | electricity distributor   |

  @srv:7.4 @cv:2 @device:GSME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-7.4-OnDemand-CV2, the <user> asks the gas meter
    When the <user> sends 7.4 Read Supply Status to the gas meter as CV2
    Then the DCC returns a Command for local delivery
    And the gas meter takes it from a hand-held terminal and answers with success
    And the messages were those of a request for local delivery

    Examples: roles
      | role | user            |
      | GS   | gas supplier    |
      | GT   | gas transporter |

  @srv:7.4 @cv:2 @device:ESME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-7.4-OnDemand-CV2, the <user> asks the meter
    When the <user> sends 7.4 Read Supply Status to the meter as CV2
    Then the DCC returns a Command for local delivery
    And the meter takes it from a hand-held terminal and answers with success
    And the messages were those of a request for local delivery

    Examples: roles
      | role | user                      |
      | IS   | import supplier           |
      | ES   | export supplier           |
      | RSA  | registered supplier agent |
      | ED   | electricity distributor   |

  @srv:7.4 @cv:3 @device:GSME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-7.4-OnDemand-CV3, the <user> asks the gas meter
    When the <user> sends 7.4 Read Supply Status to the gas meter as CV3
    Then the DCC returns a Command for local delivery
    And the gas meter answers with success within 31 minutes
    And the messages were those of a request for both deliveries

    Examples: roles
      | role | user            |
      | GS   | gas supplier    |
      | GT   | gas transporter |

  @srv:7.4 @cv:3 @device:ESME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-7.4-OnDemand-CV3, the <user> asks the meter
    When the <user> sends 7.4 Read Supply Status to the meter as CV3
    Then the DCC returns a Command for local delivery
    And the meter answers with success within 30 seconds
    And the messages were those of a request for both deliveries

    Examples: roles
      | role | user                      |
      | IS   | import supplier           |
      | ES   | export supplier           |
      | RSA  | registered supplier agent |
      | ED   | electricity distributor   |

  @srv:7.5 @cv:4 @device:ESME
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:GBCS-2-PRE-COMMAND
  Scenario Outline: UEPT-<role>-7.5-Transform-CV4, the <user> asks the meter
    When the <user> sends 7.5 Activate Auxiliary Load to the meter as CV4
    Then the DCC returns a Pre-Command of 7.5
    And the Pre-Command carried the identifiers of the request
    And the <user> finds in it what was asked
    And the messages were those of a transformation

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:7.5 @cv:5 @device:ESME
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:DUIS-2-ACKNOWLEDGEMENT
  Scenario Outline: UEPT-<role>-7.5-OnDemand-CV5, the <user> asks the meter
    When the <user> sends 7.5 Activate Auxiliary Load to the meter as CV5
    Then the Pre-Command carried the identifiers of the request
    And the DCC acknowledges with I99
    And the meter answers with success within 30 seconds
    And the messages were those of a critical request on demand

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:7.5 @cv:6 @device:ESME @grade:inferred
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:UEPT-LOCAL
  Scenario Outline: UEPT-<role>-7.5-OnDemand-CV6, the <user> asks the meter
    When the <user> sends 7.5 Activate Auxiliary Load to the meter as CV6
    Then the Pre-Command carried the identifiers of the request
    And the DCC returns a Command for local delivery
    And the meter takes it from a hand-held terminal and answers with success
    And the messages were those of a critical request for local delivery

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:7.5 @cv:7 @device:ESME @grade:inferred
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:UEPT-LOCAL
  Scenario Outline: UEPT-<role>-7.5-OnDemand-CV7, the <user> asks the meter
    When the <user> sends 7.5 Activate Auxiliary Load to the meter as CV7
    Then the Pre-Command carried the identifiers of the request
    And the DCC returns a Command for local delivery
    And the meter answers with success within 30 seconds
    And the messages were those of a critical request for both deliveries

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:7.6 @cv:4 @device:ESME
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:GBCS-2-PRE-COMMAND
  Scenario Outline: UEPT-<role>-7.6-Transform-CV4, the <user> asks the meter
    When the <user> sends 7.6 Deactivate Auxiliary Load to the meter as CV4
    Then the DCC returns a Pre-Command of 7.6
    And the Pre-Command carried the identifiers of the request
    And the <user> finds in it what was asked
    And the messages were those of a transformation

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:7.6 @cv:5 @device:ESME
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:DUIS-2-ACKNOWLEDGEMENT
  Scenario Outline: UEPT-<role>-7.6-OnDemand-CV5, the <user> asks the meter
    When the <user> sends 7.6 Deactivate Auxiliary Load to the meter as CV5
    Then the Pre-Command carried the identifiers of the request
    And the DCC acknowledges with I99
    And the meter answers with success within 30 seconds
    And the messages were those of a critical request on demand

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:7.6 @cv:6 @device:ESME @grade:inferred
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:UEPT-LOCAL
  Scenario Outline: UEPT-<role>-7.6-OnDemand-CV6, the <user> asks the meter
    When the <user> sends 7.6 Deactivate Auxiliary Load to the meter as CV6
    Then the Pre-Command carried the identifiers of the request
    And the DCC returns a Command for local delivery
    And the meter takes it from a hand-held terminal and answers with success
    And the messages were those of a critical request for local delivery

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:7.6 @cv:7 @device:ESME @grade:inferred
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:UEPT-LOCAL
  Scenario Outline: UEPT-<role>-7.6-OnDemand-CV7, the <user> asks the meter
    When the <user> sends 7.6 Deactivate Auxiliary Load to the meter as CV7
    Then the Pre-Command carried the identifiers of the request
    And the DCC returns a Command for local delivery
    And the meter answers with success within 30 seconds
    And the messages were those of a critical request for both deliveries

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:7.7 @cv:1 @device:ESME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-7.7-OnDemand-CV1, the <user> asks the meter
    When the <user> sends 7.7 Read Auxiliary Load Switch Data to the meter as CV1
    Then the DCC acknowledges with I99
    And the meter answers with success within 30 seconds
    And the messages were those of a request on demand

    Examples: roles
      | role | user                    |
      | IS   | import supplier         |
      | ED   | electricity distributor |
      | OU   | other user              |

  @srv:7.7 @cv:1 @device:ESME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  @requirement:UEPT-FUTURE-DATED
  Scenario Outline: UEPT-<role>-7.7-FutureDatedDSP-CV1, the <user> asks the meter
    When the <user> sends 7.7 Read Auxiliary Load Switch Data to the meter as CV1 for 1 hour later
    Then the DCC acknowledges with I99
    And nothing goes to the device before its time
    And the meter answers with success within 30 seconds
    And the messages were those of a request dated at the DSP

    Examples: roles
      | role | user                    |
      | IS   | import supplier         |
      | ED   | electricity distributor |
      | OU   | other user              |

  @srv:7.7 @cv:2 @device:ESME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-7.7-OnDemand-CV2, the <user> asks the meter
    When the <user> sends 7.7 Read Auxiliary Load Switch Data to the meter as CV2
    Then the DCC returns a Command for local delivery
    And the meter takes it from a hand-held terminal and answers with success
    And the messages were those of a request for local delivery

    Examples: roles
      | role | user                    |
      | IS   | import supplier         |
      | ED   | electricity distributor |
      | OU   | other user              |

  @srv:7.7 @cv:3 @device:ESME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-7.7-OnDemand-CV3, the <user> asks the meter
    When the <user> sends 7.7 Read Auxiliary Load Switch Data to the meter as CV3
    Then the DCC returns a Command for local delivery
    And the meter answers with success within 30 seconds
    And the messages were those of a request for both deliveries

    Examples: roles
      | role | user                    |
      | IS   | import supplier         |
      | ED   | electricity distributor |
      | OU   | other user              |

  @srv:7.8 @cv:4 @device:ESME
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:GBCS-2-PRE-COMMAND
  Scenario Outline: UEPT-<role>-7.8-Transform-CV4, the <user> asks the meter
    When the <user> sends 7.8 Reset Auxiliary Load to the meter as CV4
    Then the DCC returns a Pre-Command of 7.8
    And the Pre-Command carried the identifiers of the request
    And the <user> finds in it what was asked
    And the messages were those of a transformation

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:7.8 @cv:5 @device:ESME
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:DUIS-2-ACKNOWLEDGEMENT
  Scenario Outline: UEPT-<role>-7.8-OnDemand-CV5, the <user> asks the meter
    When the <user> sends 7.8 Reset Auxiliary Load to the meter as CV5
    Then the Pre-Command carried the identifiers of the request
    And the DCC acknowledges with I99
    And the meter answers with success within 30 seconds
    And the messages were those of a critical request on demand

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:7.8 @cv:6 @device:ESME @grade:inferred
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:UEPT-LOCAL
  Scenario Outline: UEPT-<role>-7.8-OnDemand-CV6, the <user> asks the meter
    When the <user> sends 7.8 Reset Auxiliary Load to the meter as CV6
    Then the Pre-Command carried the identifiers of the request
    And the DCC returns a Command for local delivery
    And the meter takes it from a hand-held terminal and answers with success
    And the messages were those of a critical request for local delivery

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:7.8 @cv:7 @device:ESME @grade:inferred
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:UEPT-LOCAL
  Scenario Outline: UEPT-<role>-7.8-OnDemand-CV7, the <user> asks the meter
    When the <user> sends 7.8 Reset Auxiliary Load to the meter as CV7
    Then the Pre-Command carried the identifiers of the request
    And the DCC returns a Command for local delivery
    And the meter answers with success within 30 seconds
    And the messages were those of a critical request for both deliveries

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:7.9 @cv:1 @device:ESME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-7.9-OnDemand-CV1, the <user> asks the meter
    When the <user> sends 7.9 Add Auxiliary Load To Boost Button to the meter as CV1
    Then the DCC acknowledges with I99
    And the meter answers with success within 30 seconds
    And the messages were those of a request on demand

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:7.9 @cv:1 @device:ESME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  @requirement:UEPT-FUTURE-DATED
  Scenario Outline: UEPT-<role>-7.9-FutureDatedDSP-CV1, the <user> asks the meter
    When the <user> sends 7.9 Add Auxiliary Load To Boost Button to the meter as CV1 for 1 hour later
    Then the DCC acknowledges with I99
    And nothing goes to the device before its time
    And the meter answers with success within 30 seconds
    And the messages were those of a request dated at the DSP

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:7.9 @cv:2 @device:ESME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-7.9-OnDemand-CV2, the <user> asks the meter
    When the <user> sends 7.9 Add Auxiliary Load To Boost Button to the meter as CV2
    Then the DCC returns a Command for local delivery
    And the meter takes it from a hand-held terminal and answers with success
    And the messages were those of a request for local delivery

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:7.9 @cv:3 @device:ESME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-7.9-OnDemand-CV3, the <user> asks the meter
    When the <user> sends 7.9 Add Auxiliary Load To Boost Button to the meter as CV3
    Then the DCC returns a Command for local delivery
    And the meter answers with success within 30 seconds
    And the messages were those of a request for both deliveries

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:7.10 @cv:1 @device:ESME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-7.10-OnDemand-CV1, the <user> asks the meter
    When the <user> sends 7.10 Remove Auxiliary Load From Boost Button to the meter as CV1
    Then the DCC acknowledges with I99
    And the meter answers with success within 30 seconds
    And the messages were those of a request on demand

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:7.10 @cv:1 @device:ESME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  @requirement:UEPT-FUTURE-DATED
  Scenario Outline: UEPT-<role>-7.10-FutureDatedDSP-CV1, the <user> asks the meter
    When the <user> sends 7.10 Remove Auxiliary Load From Boost Button to the meter as CV1 for 1 hour later
    Then the DCC acknowledges with I99
    And nothing goes to the device before its time
    And the meter answers with success within 30 seconds
    And the messages were those of a request dated at the DSP

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:7.10 @cv:2 @device:ESME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-7.10-OnDemand-CV2, the <user> asks the meter
    When the <user> sends 7.10 Remove Auxiliary Load From Boost Button to the meter as CV2
    Then the DCC returns a Command for local delivery
    And the meter takes it from a hand-held terminal and answers with success
    And the messages were those of a request for local delivery

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:7.10 @cv:3 @device:ESME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-7.10-OnDemand-CV3, the <user> asks the meter
    When the <user> sends 7.10 Remove Auxiliary Load From Boost Button to the meter as CV3
    Then the DCC returns a Command for local delivery
    And the meter answers with success within 30 seconds
    And the messages were those of a request for both deliveries

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:7.11 @cv:1 @device:ESME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-7.11-OnDemand-CV1, the <user> asks the meter
    When the <user> sends 7.11 Read Boost Button Details to the meter as CV1
    Then the DCC acknowledges with I99
    And the meter answers with success within 30 seconds
    And the messages were those of a request on demand

    Examples: roles
      | role | user            |
      | IS   | import supplier |
      | OU   | other user      |

  @srv:7.11 @cv:1 @device:ESME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  @requirement:UEPT-FUTURE-DATED
  Scenario Outline: UEPT-<role>-7.11-FutureDatedDSP-CV1, the <user> asks the meter
    When the <user> sends 7.11 Read Boost Button Details to the meter as CV1 for 1 hour later
    Then the DCC acknowledges with I99
    And nothing goes to the device before its time
    And the meter answers with success within 30 seconds
    And the messages were those of a request dated at the DSP

    Examples: roles
      | role | user            |
      | IS   | import supplier |
      | OU   | other user      |

  @srv:7.11 @cv:2 @device:ESME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-7.11-OnDemand-CV2, the <user> asks the meter
    When the <user> sends 7.11 Read Boost Button Details to the meter as CV2
    Then the DCC returns a Command for local delivery
    And the meter takes it from a hand-held terminal and answers with success
    And the messages were those of a request for local delivery

    Examples: roles
      | role | user            |
      | IS   | import supplier |
      | OU   | other user      |

  @srv:7.11 @cv:3 @device:ESME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-7.11-OnDemand-CV3, the <user> asks the meter
    When the <user> sends 7.11 Read Boost Button Details to the meter as CV3
    Then the DCC returns a Command for local delivery
    And the meter answers with success within 30 seconds
    And the messages were those of a request for both deliveries

    Examples: roles
      | role | user            |
      | IS   | import supplier |
      | OU   | other user      |

  @srv:7.12 @cv:4 @device:ESME
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:GBCS-2-PRE-COMMAND
  Scenario Outline: UEPT-<role>-7.12-Transform-CV4, the <user> asks the meter
    When the <user> sends 7.12 Set Randomised Offset Limit to the meter as CV4
    Then the DCC returns a Pre-Command of 7.12
    And the Pre-Command carried the identifiers of the request
    And the <user> finds in it what was asked
    And the messages were those of a transformation

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:7.12 @cv:5 @device:ESME
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:DUIS-2-ACKNOWLEDGEMENT
  Scenario Outline: UEPT-<role>-7.12-OnDemand-CV5, the <user> asks the meter
    When the <user> sends 7.12 Set Randomised Offset Limit to the meter as CV5
    Then the Pre-Command carried the identifiers of the request
    And the DCC acknowledges with I99
    And the meter answers with success within 30 seconds
    And the messages were those of a critical request on demand

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:7.12 @cv:6 @device:ESME @grade:inferred
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:UEPT-LOCAL
  Scenario Outline: UEPT-<role>-7.12-OnDemand-CV6, the <user> asks the meter
    When the <user> sends 7.12 Set Randomised Offset Limit to the meter as CV6
    Then the Pre-Command carried the identifiers of the request
    And the DCC returns a Command for local delivery
    And the meter takes it from a hand-held terminal and answers with success
    And the messages were those of a critical request for local delivery

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:7.12 @cv:7 @device:ESME @grade:inferred
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:UEPT-LOCAL
  Scenario Outline: UEPT-<role>-7.12-OnDemand-CV7, the <user> asks the meter
    When the <user> sends 7.12 Set Randomised Offset Limit to the meter as CV7
    Then the Pre-Command carried the identifiers of the request
    And the DCC returns a Command for local delivery
    And the meter answers with success within 30 seconds
    And the messages were those of a critical request for both deliveries

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:7.13 @cv:4 @device:ESME
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:GBCS-2-PRE-COMMAND
  Scenario Outline: UEPT-<role>-7.13-Transform-CV4, the <user> asks the meter
    When the <user> sends 7.13 Set Auxiliary Controller State to the meter as CV4
    Then the DCC returns a Pre-Command of 7.13
    And the Pre-Command carried the identifiers of the request
    And the <user> finds in it what was asked
    And the messages were those of a transformation

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:7.13 @cv:5 @device:ESME
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:DUIS-2-ACKNOWLEDGEMENT
  Scenario Outline: UEPT-<role>-7.13-OnDemand-CV5, the <user> asks the meter
    When the <user> sends 7.13 Set Auxiliary Controller State to the meter as CV5
    Then the Pre-Command carried the identifiers of the request
    And the DCC acknowledges with I99
    And the meter answers with success within 30 seconds
    And the messages were those of a critical request on demand

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:7.13 @cv:6 @device:ESME @grade:inferred
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:UEPT-LOCAL
  Scenario Outline: UEPT-<role>-7.13-OnDemand-CV6, the <user> asks the meter
    When the <user> sends 7.13 Set Auxiliary Controller State to the meter as CV6
    Then the Pre-Command carried the identifiers of the request
    And the DCC returns a Command for local delivery
    And the meter takes it from a hand-held terminal and answers with success
    And the messages were those of a critical request for local delivery

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:7.13 @cv:7 @device:ESME @grade:inferred
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:UEPT-LOCAL
  Scenario Outline: UEPT-<role>-7.13-OnDemand-CV7, the <user> asks the meter
    When the <user> sends 7.13 Set Auxiliary Controller State to the meter as CV7
    Then the Pre-Command carried the identifiers of the request
    And the DCC returns a Command for local delivery
    And the meter answers with success within 30 seconds
    And the messages were those of a critical request for both deliveries

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:7.14 @cv:1 @device:ESME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-7.14-OnDemand-CV1, the <user> asks the meter
    When the <user> sends 7.14 Read Auxiliary Controller Configuration Data to the meter as CV1
    Then the DCC acknowledges with I99
    And the meter answers with success within 30 seconds
    And the messages were those of a request on demand

    Examples: roles
      | role | user                    |
      | IS   | import supplier         |
      | ED   | electricity distributor |
      | OU   | other user              |

  @srv:7.14 @cv:1 @device:ESME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  @requirement:UEPT-FUTURE-DATED
  Scenario Outline: UEPT-<role>-7.14-FutureDatedDSP-CV1, the <user> asks the meter
    When the <user> sends 7.14 Read Auxiliary Controller Configuration Data to the meter as CV1 for 1 hour later
    Then the DCC acknowledges with I99
    And nothing goes to the device before its time
    And the meter answers with success within 30 seconds
    And the messages were those of a request dated at the DSP

    Examples: roles
      | role | user                    |
      | IS   | import supplier         |
      | ED   | electricity distributor |
      | OU   | other user              |

  @srv:7.14 @cv:2 @device:ESME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-7.14-OnDemand-CV2, the <user> asks the meter
    When the <user> sends 7.14 Read Auxiliary Controller Configuration Data to the meter as CV2
    Then the DCC returns a Command for local delivery
    And the meter takes it from a hand-held terminal and answers with success
    And the messages were those of a request for local delivery

    Examples: roles
      | role | user                    |
      | IS   | import supplier         |
      | ED   | electricity distributor |
      | OU   | other user              |

  @srv:7.14 @cv:3 @device:ESME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-7.14-OnDemand-CV3, the <user> asks the meter
    When the <user> sends 7.14 Read Auxiliary Controller Configuration Data to the meter as CV3
    Then the DCC returns a Command for local delivery
    And the meter answers with success within 30 seconds
    And the messages were those of a request for both deliveries

    Examples: roles
      | role | user                    |
      | IS   | import supplier         |
      | ED   | electricity distributor |
      | OU   | other user              |

  @srv:7.15 @cv:1 @device:ESME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-7.15-OnDemand-CV1, the <user> asks the meter
    When the <user> sends 7.15 Read Auxiliary Controller Operational Data to the meter as CV1
    Then the DCC acknowledges with I99
    And the meter answers with success within 30 seconds
    And the messages were those of a request on demand

    Examples: roles
      | role | user                    |
      | IS   | import supplier         |
      | ED   | electricity distributor |
      | OU   | other user              |

  @srv:7.15 @cv:1 @device:ESME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  @requirement:UEPT-FUTURE-DATED
  Scenario Outline: UEPT-<role>-7.15-FutureDatedDSP-CV1, the <user> asks the meter
    When the <user> sends 7.15 Read Auxiliary Controller Operational Data to the meter as CV1 for 1 hour later
    Then the DCC acknowledges with I99
    And nothing goes to the device before its time
    And the meter answers with success within 30 seconds
    And the messages were those of a request dated at the DSP

    Examples: roles
      | role | user                    |
      | IS   | import supplier         |
      | ED   | electricity distributor |
      | OU   | other user              |

  @srv:7.15 @cv:2 @device:ESME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-7.15-OnDemand-CV2, the <user> asks the meter
    When the <user> sends 7.15 Read Auxiliary Controller Operational Data to the meter as CV2
    Then the DCC returns a Command for local delivery
    And the meter takes it from a hand-held terminal and answers with success
    And the messages were those of a request for local delivery

    Examples: roles
      | role | user                    |
      | IS   | import supplier         |
      | ED   | electricity distributor |
      | OU   | other user              |

  @srv:7.15 @cv:3 @device:ESME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-7.15-OnDemand-CV3, the <user> asks the meter
    When the <user> sends 7.15 Read Auxiliary Controller Operational Data to the meter as CV3
    Then the DCC returns a Command for local delivery
    And the meter answers with success within 30 seconds
    And the messages were those of a request for both deliveries

    Examples: roles
      | role | user                    |
      | IS   | import supplier         |
      | ED   | electricity distributor |
      | OU   | other user              |
