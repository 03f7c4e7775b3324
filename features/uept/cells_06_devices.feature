# Written by `python -m fixtures.cells` from the table of cells; not to be changed by hand.
@scheme:uept @bench:kept
Feature: User entry, device management: configuration, clock, logs, credentials

  A scenario is one cell of the service request matrix: a variant in a role, in one form.

  Background:
    Given furnished premises: an electricity meter and a gas meter, commissioned

  @srv:6.2.1 @cv:1 @device:ESME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-6.2.1-OnDemand-CV1, the <user> asks the meter
    When the <user> sends 6.2.1 Read Device Configuration (Voltage) to the meter as CV1
    Then the DCC acknowledges with I99
    And the meter answers with success within 30 seconds
    And the messages were those of a request on demand
    And the answer holds average_over_voltage_threshold

    Examples: roles
      | role | user                      |
      | IS   | import supplier           |
      | RSA  | registered supplier agent |
      | ED   | electricity distributor   |

  @srv:6.2.1 @cv:2 @device:ESME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-6.2.1-OnDemand-CV2, the <user> asks the meter
    When the <user> sends 6.2.1 Read Device Configuration (Voltage) to the meter as CV2
    Then the DCC returns a Command for local delivery
    And the meter takes it from a hand-held terminal and answers with success
    And the messages were those of a request for local delivery

    Examples: roles
      | role | user                      |
      | IS   | import supplier           |
      | RSA  | registered supplier agent |
      | ED   | electricity distributor   |

  @srv:6.2.1 @cv:3 @device:ESME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-6.2.1-OnDemand-CV3, the <user> asks the meter
    When the <user> sends 6.2.1 Read Device Configuration (Voltage) to the meter as CV3
    Then the DCC returns a Command for local delivery
    And the meter answers with success within 30 seconds
    And the messages were those of a request for both deliveries

    Examples: roles
      | role | user                      |
      | IS   | import supplier           |
      | RSA  | registered supplier agent |
      | ED   | electricity distributor   |

  @srv:6.2.2 @cv:1 @device:ESME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-6.2.2-OnDemand-CV1, the <user> asks the meter
    When the <user> sends 6.2.2 Read Device Configuration (Randomisation) to the meter as CV1
    Then the DCC acknowledges with I99
    And the meter answers with success within 30 seconds
    And the messages were those of a request on demand

    Examples: roles
      | role | user                      |
      | IS   | import supplier           |
      | RSA  | registered supplier agent |
      | ED   | electricity distributor   |

  @srv:6.2.2 @cv:2 @device:ESME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-6.2.2-OnDemand-CV2, the <user> asks the meter
    When the <user> sends 6.2.2 Read Device Configuration (Randomisation) to the meter as CV2
    Then the DCC returns a Command for local delivery
    And the meter takes it from a hand-held terminal and answers with success
    And the messages were those of a request for local delivery

    Examples: roles
      | role | user                      |
      | IS   | import supplier           |
      | RSA  | registered supplier agent |
      | ED   | electricity distributor   |

  @srv:6.2.2 @cv:3 @device:ESME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-6.2.2-OnDemand-CV3, the <user> asks the meter
    When the <user> sends 6.2.2 Read Device Configuration (Randomisation) to the meter as CV3
    Then the DCC returns a Command for local delivery
    And the meter answers with success within 30 seconds
    And the messages were those of a request for both deliveries

    Examples: roles
      | role | user                      |
      | IS   | import supplier           |
      | RSA  | registered supplier agent |
      | ED   | electricity distributor   |

  @srv:6.2.3 @cv:1 @device:GSME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-6.2.3-OnDemand-CV1, the <user> asks the gas meter
    When the <user> sends 6.2.3 Read Device Configuration (Billing Calendar) to the gas meter as CV1
    Then the DCC acknowledges with I99
    And the gas meter answers with success within 31 minutes
    And the messages were those of a request on demand

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:6.2.3 @cv:1 @device:ESME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-6.2.3-OnDemand-CV1, the <user> asks the meter
    When the <user> sends 6.2.3 Read Device Configuration (Billing Calendar) to the meter as CV1
    Then the DCC acknowledges with I99
    And the meter answers with success within 30 seconds
    And the messages were those of a request on demand

    Examples: roles
      | role | user                      |
      | IS   | import supplier           |
      | RSA  | registered supplier agent |

  @srv:6.2.3 @cv:2 @device:GSME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-6.2.3-OnDemand-CV2, the <user> asks the gas meter
    When the <user> sends 6.2.3 Read Device Configuration (Billing Calendar) to the gas meter as CV2
    Then the DCC returns a Command for local delivery
    And the gas meter takes it from a hand-held terminal and answers with success
    And the messages were those of a request for local delivery

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:6.2.3 @cv:2 @device:ESME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-6.2.3-OnDemand-CV2, the <user> asks the meter
    When the <user> sends 6.2.3 Read Device Configuration (Billing Calendar) to the meter as CV2
    Then the DCC returns a Command for local delivery
    And the meter takes it from a hand-held terminal and answers with success
    And the messages were those of a request for local delivery

    Examples: roles
      | role | user                      |
      | IS   | import supplier           |
      | RSA  | registered supplier agent |

  @srv:6.2.3 @cv:3 @device:GSME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-6.2.3-OnDemand-CV3, the <user> asks the gas meter
    When the <user> sends 6.2.3 Read Device Configuration (Billing Calendar) to the gas meter as CV3
    Then the DCC returns a Command for local delivery
    And the gas meter answers with success within 31 minutes
    And the messages were those of a request for both deliveries

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:6.2.3 @cv:3 @device:ESME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-6.2.3-OnDemand-CV3, the <user> asks the meter
    When the <user> sends 6.2.3 Read Device Configuration (Billing Calendar) to the meter as CV3
    Then the DCC returns a Command for local delivery
    And the meter answers with success within 30 seconds
    And the messages were those of a request for both deliveries

    Examples: roles
      | role | user                      |
      | IS   | import supplier           |
      | RSA  | registered supplier agent |

  @srv:6.2.4 @cv:1 @device:GSME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-6.2.4-OnDemand-CV1, the <user> asks the gas meter
    When the <user> sends 6.2.4 Read Device Configuration (Identity Exc MPxN) to the gas meter as CV1
    Then the DCC acknowledges with I99
    And the gas meter answers with success within 31 minutes
    And the messages were those of a request on demand

    Examples: roles
      | role | user            |
      | GS   | gas supplier    |
      | GT   | gas transporter |

  @srv:6.2.4 @cv:1 @device:ESME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-6.2.4-OnDemand-CV1, the <user> asks the meter
    When the <user> sends 6.2.4 Read Device Configuration (Identity Exc MPxN) to the meter as CV1
    Then the DCC acknowledges with I99
    And the meter answers with success within 30 seconds
    And the messages were those of a request on demand

    Examples: roles
      | role | user                      |
      | IS   | import supplier           |
      | ES   | export supplier           |
      | RSA  | registered supplier agent |
      | ED   | electricity distributor   |
      | OU   | other user                |

  @srv:6.2.4 @cv:2 @device:GSME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-6.2.4-OnDemand-CV2, the <user> asks the gas meter
    When the <user> sends 6.2.4 Read Device Configuration (Identity Exc MPxN) to the gas meter as CV2
    Then the DCC returns a Command for local delivery
    And the gas meter takes it from a hand-held terminal and answers with success
    And the messages were those of a request for local delivery

    Examples: roles
      | role | user            |
      | GS   | gas supplier    |
      | GT   | gas transporter |

  @srv:6.2.4 @cv:2 @device:ESME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-6.2.4-OnDemand-CV2, the <user> asks the meter
    When the <user> sends 6.2.4 Read Device Configuration (Identity Exc MPxN) to the meter as CV2
    Then the DCC returns a Command for local delivery
    And the meter takes it from a hand-held terminal and answers with success
    And the messages were those of a request for local delivery

    Examples: roles
      | role | user                      |
      | IS   | import supplier           |
      | ES   | export supplier           |
      | RSA  | registered supplier agent |
      | ED   | electricity distributor   |
      | OU   | other user                |

  @srv:6.2.4 @cv:3 @device:GSME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-6.2.4-OnDemand-CV3, the <user> asks the gas meter
    When the <user> sends 6.2.4 Read Device Configuration (Identity Exc MPxN) to the gas meter as CV3
    Then the DCC returns a Command for local delivery
    And the gas meter answers with success within 31 minutes
    And the messages were those of a request for both deliveries

    Examples: roles
      | role | user            |
      | GS   | gas supplier    |
      | GT   | gas transporter |

  @srv:6.2.4 @cv:3 @device:ESME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-6.2.4-OnDemand-CV3, the <user> asks the meter
    When the <user> sends 6.2.4 Read Device Configuration (Identity Exc MPxN) to the meter as CV3
    Then the DCC returns a Command for local delivery
    And the meter answers with success within 30 seconds
    And the messages were those of a request for both deliveries

    Examples: roles
      | role | user                      |
      | IS   | import supplier           |
      | ES   | export supplier           |
      | RSA  | registered supplier agent |
      | ED   | electricity distributor   |
      | OU   | other user                |

  @srv:6.2.5 @cv:1 @device:ESME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-6.2.5-OnDemand-CV1, the <user> asks the meter
    When the <user> sends 6.2.5 Read Device Configuration (Instantaneous Power Thresholds) to the meter as CV1
    Then the DCC acknowledges with I99
    And the meter answers with success within 30 seconds
    And the messages were those of a request on demand

    Examples: roles
      | role | user                      |
      | IS   | import supplier           |
      | RSA  | registered supplier agent |

  @srv:6.2.5 @cv:2 @device:ESME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-6.2.5-OnDemand-CV2, the <user> asks the meter
    When the <user> sends 6.2.5 Read Device Configuration (Instantaneous Power Thresholds) to the meter as CV2
    Then the DCC returns a Command for local delivery
    And the meter takes it from a hand-held terminal and answers with success
    And the messages were those of a request for local delivery

    Examples: roles
      | role | user                      |
      | IS   | import supplier           |
      | RSA  | registered supplier agent |

  @srv:6.2.5 @cv:3 @device:ESME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-6.2.5-OnDemand-CV3, the <user> asks the meter
    When the <user> sends 6.2.5 Read Device Configuration (Instantaneous Power Thresholds) to the meter as CV3
    Then the DCC returns a Command for local delivery
    And the meter answers with success within 30 seconds
    And the messages were those of a request for both deliveries

    Examples: roles
      | role | user                      |
      | IS   | import supplier           |
      | RSA  | registered supplier agent |

  @srv:6.2.7 @cv:1 @device:GSME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-6.2.7-OnDemand-CV1, the <user> asks the gas meter
    When the <user> sends 6.2.7 Read Device Configuration (MPxN) to the gas meter as CV1
    Then the DCC acknowledges with I99
    And the gas meter answers with success within 31 minutes
    And the messages were those of a request on demand

    Examples: roles
      | role | user            |
      | GS   | gas supplier    |
      | GT   | gas transporter |

  @srv:6.2.7 @cv:1 @device:ESME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-6.2.7-OnDemand-CV1, the <user> asks the meter
    When the <user> sends 6.2.7 Read Device Configuration (MPxN) to the meter as CV1
    Then the DCC acknowledges with I99
    And the meter answers with success within 30 seconds
    And the messages were those of a request on demand

    Examples: roles
      | role | user                      |
      | IS   | import supplier           |
      | ES   | export supplier           |
      | RSA  | registered supplier agent |
      | ED   | electricity distributor   |
      | OU   | other user                |

  @srv:6.2.7 @cv:2 @device:GSME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-6.2.7-OnDemand-CV2, the <user> asks the gas meter
    When the <user> sends 6.2.7 Read Device Configuration (MPxN) to the gas meter as CV2
    Then the DCC returns a Command for local delivery
    And the gas meter takes it from a hand-held terminal and answers with success
    And the messages were those of a request for local delivery

    Examples: roles
      | role | user            |
      | GS   | gas supplier    |
      | GT   | gas transporter |

  @srv:6.2.7 @cv:2 @device:ESME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-6.2.7-OnDemand-CV2, the <user> asks the meter
    When the <user> sends 6.2.7 Read Device Configuration (MPxN) to the meter as CV2
    Then the DCC returns a Command for local delivery
    And the meter takes it from a hand-held terminal and answers with success
    And the messages were those of a request for local delivery

    Examples: roles
      | role | user                      |
      | IS   | import supplier           |
      | ES   | export supplier           |
      | RSA  | registered supplier agent |
      | ED   | electricity distributor   |
      | OU   | other user                |

  @srv:6.2.7 @cv:3 @device:GSME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-6.2.7-OnDemand-CV3, the <user> asks the gas meter
    When the <user> sends 6.2.7 Read Device Configuration (MPxN) to the gas meter as CV3
    Then the DCC returns a Command for local delivery
    And the gas meter answers with success within 31 minutes
    And the messages were those of a request for both deliveries

    Examples: roles
      | role | user            |
      | GS   | gas supplier    |
      | GT   | gas transporter |

  @srv:6.2.7 @cv:3 @device:ESME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-6.2.7-OnDemand-CV3, the <user> asks the meter
    When the <user> sends 6.2.7 Read Device Configuration (MPxN) to the meter as CV3
    Then the DCC returns a Command for local delivery
    And the meter answers with success within 30 seconds
    And the messages were those of a request for both deliveries

    Examples: roles
      | role | user                      |
      | IS   | import supplier           |
      | ES   | export supplier           |
      | RSA  | registered supplier agent |
      | ED   | electricity distributor   |
      | OU   | other user                |

  @srv:6.2.8 @cv:1 @device:GSME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-6.2.8-OnDemand-CV1, the <user> asks the gas meter
    When the <user> sends 6.2.8 Read Device Configuration (Gas) to the gas meter as CV1
    Then the DCC acknowledges with I99
    And the gas meter answers with success within 31 minutes
    And the messages were those of a request on demand

    Examples: roles
      | role | user            |
      | GS   | gas supplier    |
      | GT   | gas transporter |

  @srv:6.2.8 @cv:2 @device:GSME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-6.2.8-OnDemand-CV2, the <user> asks the gas meter
    When the <user> sends 6.2.8 Read Device Configuration (Gas) to the gas meter as CV2
    Then the DCC returns a Command for local delivery
    And the gas meter takes it from a hand-held terminal and answers with success
    And the messages were those of a request for local delivery

    Examples: roles
      | role | user            |
      | GS   | gas supplier    |
      | GT   | gas transporter |

  @srv:6.2.8 @cv:3 @device:GSME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-6.2.8-OnDemand-CV3, the <user> asks the gas meter
    When the <user> sends 6.2.8 Read Device Configuration (Gas) to the gas meter as CV3
    Then the DCC returns a Command for local delivery
    And the gas meter answers with success within 31 minutes
    And the messages were those of a request for both deliveries

    Examples: roles
      | role | user            |
      | GS   | gas supplier    |
      | GT   | gas transporter |

  @srv:6.2.9 @cv:1 @device:GSME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-6.2.9-OnDemand-CV1, the <user> asks the gas meter
    When the <user> sends 6.2.9 Read Device Configuration (Payment Mode) to the gas meter as CV1
    Then the DCC acknowledges with I99
    And the gas meter answers with success within 31 minutes
    And the messages were those of a request on demand

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:6.2.9 @cv:1 @device:ESME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-6.2.9-OnDemand-CV1, the <user> asks the meter
    When the <user> sends 6.2.9 Read Device Configuration (Payment Mode) to the meter as CV1
    Then the DCC acknowledges with I99
    And the meter answers with success within 30 seconds
    And the messages were those of a request on demand

    Examples: roles
      | role | user                      |
      | IS   | import supplier           |
      | RSA  | registered supplier agent |

  @srv:6.2.9 @cv:2 @device:GSME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-6.2.9-OnDemand-CV2, the <user> asks the gas meter
    When the <user> sends 6.2.9 Read Device Configuration (Payment Mode) to the gas meter as CV2
    Then the DCC returns a Command for local delivery
    And the gas meter takes it from a hand-held terminal and answers with success
    And the messages were those of a request for local delivery

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:6.2.9 @cv:2 @device:ESME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-6.2.9-OnDemand-CV2, the <user> asks the meter
    When the <user> sends 6.2.9 Read Device Configuration (Payment Mode) to the meter as CV2
    Then the DCC returns a Command for local delivery
    And the meter takes it from a hand-held terminal and answers with success
    And the messages were those of a request for local delivery

    Examples: roles
      | role | user                      |
      | IS   | import supplier           |
      | RSA  | registered supplier agent |

  @srv:6.2.9 @cv:3 @device:GSME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-6.2.9-OnDemand-CV3, the <user> asks the gas meter
    When the <user> sends 6.2.9 Read Device Configuration (Payment Mode) to the gas meter as CV3
    Then the DCC returns a Command for local delivery
    And the gas meter answers with success within 31 minutes
    And the messages were those of a request for both deliveries

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:6.2.9 @cv:3 @device:ESME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-6.2.9-OnDemand-CV3, the <user> asks the meter
    When the <user> sends 6.2.9 Read Device Configuration (Payment Mode) to the meter as CV3
    Then the DCC returns a Command for local delivery
    And the meter answers with success within 30 seconds
    And the messages were those of a request for both deliveries

    Examples: roles
      | role | user                      |
      | IS   | import supplier           |
      | RSA  | registered supplier agent |

  @srv:6.2.10 @cv:1 @device:GSME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-6.2.10-OnDemand-CV1, the <user> asks the gas meter
    When the <user> sends 6.2.10 Read Device Configuration (Event and Alert Behaviours) to the gas meter as CV1
    Then the DCC acknowledges with I99
    And the gas meter answers with success within 31 minutes
    And the messages were those of a request on demand

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:6.2.10 @cv:1 @device:ESME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-6.2.10-OnDemand-CV1, the <user> asks the meter
    When the <user> sends 6.2.10 Read Device Configuration (Event and Alert Behaviours) to the meter as CV1
    Then the DCC acknowledges with I99
    And the meter answers with success within 30 seconds
    And the messages were those of a request on demand

    Examples: roles
      | role | user                    |
      | IS   | import supplier         |
      | ED   | electricity distributor |

  @srv:6.2.10 @cv:2 @device:GSME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-6.2.10-OnDemand-CV2, the <user> asks the gas meter
    When the <user> sends 6.2.10 Read Device Configuration (Event and Alert Behaviours) to the gas meter as CV2
    Then the DCC returns a Command for local delivery
    And the gas meter takes it from a hand-held terminal and answers with success
    And the messages were those of a request for local delivery

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:6.2.10 @cv:2 @device:ESME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-6.2.10-OnDemand-CV2, the <user> asks the meter
    When the <user> sends 6.2.10 Read Device Configuration (Event and Alert Behaviours) to the meter as CV2
    Then the DCC returns a Command for local delivery
    And the meter takes it from a hand-held terminal and answers with success
    And the messages were those of a request for local delivery

    Examples: roles
      | role | user                    |
      | IS   | import supplier         |
      | ED   | electricity distributor |

  @srv:6.2.10 @cv:3 @device:GSME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-6.2.10-OnDemand-CV3, the <user> asks the gas meter
    When the <user> sends 6.2.10 Read Device Configuration (Event and Alert Behaviours) to the gas meter as CV3
    Then the DCC returns a Command for local delivery
    And the gas meter answers with success within 31 minutes
    And the messages were those of a request for both deliveries

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:6.2.10 @cv:3 @device:ESME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-6.2.10-OnDemand-CV3, the <user> asks the meter
    When the <user> sends 6.2.10 Read Device Configuration (Event and Alert Behaviours) to the meter as CV3
    Then the DCC returns a Command for local delivery
    And the meter answers with success within 30 seconds
    And the messages were those of a request for both deliveries

    Examples: roles
      | role | user                    |
      | IS   | import supplier         |
      | ED   | electricity distributor |

  @srv:6.4.1 @cv:4 @device:ESME
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:GBCS-2-PRE-COMMAND
  Scenario Outline: UEPT-<role>-6.4.1-Transform-CV4, the <user> asks the meter
    When the <user> sends 6.4.1 Update Device Configuration (Load Limiting General Settings) to the meter as CV4
    Then the DCC returns a Pre-Command of 6.4.1
    And the Pre-Command carried the identifiers of the request
    And the <user> finds in it what was asked
    And the messages were those of a transformation

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:6.4.1 @cv:5 @device:ESME
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:DUIS-2-ACKNOWLEDGEMENT
  Scenario Outline: UEPT-<role>-6.4.1-OnDemand-CV5, the <user> asks the meter
    When the <user> sends 6.4.1 Update Device Configuration (Load Limiting General Settings) to the meter as CV5
    Then the Pre-Command carried the identifiers of the request
    And the DCC acknowledges with I99
    And the meter answers with success within 30 seconds
    And the messages were those of a critical request on demand

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:6.4.1 @cv:5 @device:ESME
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FUTURE-DATED
  Scenario Outline: UEPT-<role>-6.4.1-FutureDatedDevice-CV5, the <user> asks the meter
    When the <user> sends 6.4.1 Update Device Configuration (Load Limiting General Settings) to the meter as CV5 for 1 hour later
    Then the Pre-Command carried the identifiers of the request
    And the DCC acknowledges with I99
    And the meter answers with success within 30 seconds
    And the messages were those of a critical request on demand
    And at its time the meter reports that it has carried it out

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:6.4.1 @cv:6 @device:ESME @grade:inferred
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:UEPT-LOCAL
  Scenario Outline: UEPT-<role>-6.4.1-OnDemand-CV6, the <user> asks the meter
    When the <user> sends 6.4.1 Update Device Configuration (Load Limiting General Settings) to the meter as CV6
    Then the Pre-Command carried the identifiers of the request
    And the DCC returns a Command for local delivery
    And the meter takes it from a hand-held terminal and answers with success
    And the messages were those of a critical request for local delivery

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:6.4.1 @cv:7 @device:ESME @grade:inferred
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:UEPT-LOCAL
  Scenario Outline: UEPT-<role>-6.4.1-OnDemand-CV7, the <user> asks the meter
    When the <user> sends 6.4.1 Update Device Configuration (Load Limiting General Settings) to the meter as CV7
    Then the Pre-Command carried the identifiers of the request
    And the DCC returns a Command for local delivery
    And the meter answers with success within 30 seconds
    And the messages were those of a critical request for both deliveries

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:6.4.2 @cv:1 @device:ESME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-6.4.2-OnDemand-CV1, the <user> asks the meter
    When the <user> sends 6.4.2 Update Device Configuration (Load Limiting Counter Reset) to the meter as CV1
    Then the DCC acknowledges with I99
    And the meter answers with success within 30 seconds
    And the messages were those of a request on demand

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:6.4.2 @cv:1 @device:ESME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  @requirement:UEPT-FUTURE-DATED
  Scenario Outline: UEPT-<role>-6.4.2-FutureDatedDSP-CV1, the <user> asks the meter
    When the <user> sends 6.4.2 Update Device Configuration (Load Limiting Counter Reset) to the meter as CV1 for 1 hour later
    Then the DCC acknowledges with I99
    And nothing goes to the device before its time
    And the meter answers with success within 30 seconds
    And the messages were those of a request dated at the DSP

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:6.4.2 @cv:2 @device:ESME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-6.4.2-OnDemand-CV2, the <user> asks the meter
    When the <user> sends 6.4.2 Update Device Configuration (Load Limiting Counter Reset) to the meter as CV2
    Then the DCC returns a Command for local delivery
    And the meter takes it from a hand-held terminal and answers with success
    And the messages were those of a request for local delivery

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:6.4.2 @cv:3 @device:ESME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-6.4.2-OnDemand-CV3, the <user> asks the meter
    When the <user> sends 6.4.2 Update Device Configuration (Load Limiting Counter Reset) to the meter as CV3
    Then the DCC returns a Command for local delivery
    And the meter answers with success within 30 seconds
    And the messages were those of a request for both deliveries

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:6.5 @cv:1 @device:ESME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-6.5-OnDemand-CV1, the <user> asks the meter
    When the <user> sends 6.5 Update Device Configuration (Voltage) to the meter as CV1
    Then the DCC acknowledges with I99
    And the meter answers with success within 30 seconds
    And the messages were those of a request on demand

    Examples: roles
      | role | user                    |
      | ED   | electricity distributor |

  @srv:6.5 @cv:1 @device:ESME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  @requirement:UEPT-FUTURE-DATED
  Scenario Outline: UEPT-<role>-6.5-FutureDatedDSP-CV1, the <user> asks the meter
    When the <user> sends 6.5 Update Device Configuration (Voltage) to the meter as CV1 for 1 hour later
    Then the DCC acknowledges with I99
    And nothing goes to the device before its time
    And the meter answers with success within 30 seconds
    And the messages were those of a request dated at the DSP

    Examples: roles
      | role | user                    |
      | ED   | electricity distributor |

  @srv:6.5 @cv:2 @device:ESME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-6.5-OnDemand-CV2, the <user> asks the meter
    When the <user> sends 6.5 Update Device Configuration (Voltage) to the meter as CV2
    Then the DCC returns a Command for local delivery
    And the meter takes it from a hand-held terminal and answers with success
    And the messages were those of a request for local delivery

    Examples: roles
      | role | user                    |
      | ED   | electricity distributor |

  @srv:6.5 @cv:3 @device:ESME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-6.5-OnDemand-CV3, the <user> asks the meter
    When the <user> sends 6.5 Update Device Configuration (Voltage) to the meter as CV3
    Then the DCC returns a Command for local delivery
    And the meter answers with success within 30 seconds
    And the messages were those of a request for both deliveries

    Examples: roles
      | role | user                    |
      | ED   | electricity distributor |

  @srv:6.6 @cv:4 @device:GSME
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:GBCS-2-PRE-COMMAND
  Scenario Outline: UEPT-<role>-6.6-Transform-CV4, the <user> asks the gas meter
    When the <user> sends 6.6 Update Device Configuration (Gas Conversion) to the gas meter as CV4
    Then the DCC returns a Pre-Command of 6.6
    And the Pre-Command carried the identifiers of the request
    And the <user> finds in it what was asked
    And the messages were those of a transformation

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:6.6 @cv:5 @device:GSME
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:DUIS-2-ACKNOWLEDGEMENT
  Scenario Outline: UEPT-<role>-6.6-OnDemand-CV5, the <user> asks the gas meter
    When the <user> sends 6.6 Update Device Configuration (Gas Conversion) to the gas meter as CV5
    Then the Pre-Command carried the identifiers of the request
    And the DCC acknowledges with I99
    And the gas meter answers with success within 31 minutes
    And the messages were those of a critical request on demand

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:6.6 @cv:6 @device:GSME @grade:inferred
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:UEPT-LOCAL
  Scenario Outline: UEPT-<role>-6.6-OnDemand-CV6, the <user> asks the gas meter
    When the <user> sends 6.6 Update Device Configuration (Gas Conversion) to the gas meter as CV6
    Then the Pre-Command carried the identifiers of the request
    And the DCC returns a Command for local delivery
    And the gas meter takes it from a hand-held terminal and answers with success
    And the messages were those of a critical request for local delivery

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:6.6 @cv:7 @device:GSME @grade:inferred
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:UEPT-LOCAL
  Scenario Outline: UEPT-<role>-6.6-OnDemand-CV7, the <user> asks the gas meter
    When the <user> sends 6.6 Update Device Configuration (Gas Conversion) to the gas meter as CV7
    Then the Pre-Command carried the identifiers of the request
    And the DCC returns a Command for local delivery
    And the gas meter answers with success within 31 minutes
    And the messages were those of a critical request for both deliveries

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:6.7 @cv:4 @device:GSME
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:GBCS-2-PRE-COMMAND
  Scenario Outline: UEPT-<role>-6.7-Transform-CV4, the <user> asks the gas meter
    When the <user> sends 6.7 Update Device Configuration (Gas Flow) to the gas meter as CV4
    Then the DCC returns a Pre-Command of 6.7
    And the Pre-Command carried the identifiers of the request
    And the <user> finds in it what was asked
    And the messages were those of a transformation

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:6.7 @cv:5 @device:GSME
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:DUIS-2-ACKNOWLEDGEMENT
  Scenario Outline: UEPT-<role>-6.7-OnDemand-CV5, the <user> asks the gas meter
    When the <user> sends 6.7 Update Device Configuration (Gas Flow) to the gas meter as CV5
    Then the Pre-Command carried the identifiers of the request
    And the DCC acknowledges with I99
    And the gas meter answers with success within 31 minutes
    And the messages were those of a critical request on demand

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:6.7 @cv:6 @device:GSME @grade:inferred
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:UEPT-LOCAL
  Scenario Outline: UEPT-<role>-6.7-OnDemand-CV6, the <user> asks the gas meter
    When the <user> sends 6.7 Update Device Configuration (Gas Flow) to the gas meter as CV6
    Then the Pre-Command carried the identifiers of the request
    And the DCC returns a Command for local delivery
    And the gas meter takes it from a hand-held terminal and answers with success
    And the messages were those of a critical request for local delivery

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:6.7 @cv:7 @device:GSME @grade:inferred
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:UEPT-LOCAL
  Scenario Outline: UEPT-<role>-6.7-OnDemand-CV7, the <user> asks the gas meter
    When the <user> sends 6.7 Update Device Configuration (Gas Flow) to the gas meter as CV7
    Then the Pre-Command carried the identifiers of the request
    And the DCC returns a Command for local delivery
    And the gas meter answers with success within 31 minutes
    And the messages were those of a critical request for both deliveries

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:6.8 @cv:4 @device:GSME
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:GBCS-2-PRE-COMMAND
  Scenario Outline: UEPT-<role>-6.8-Transform-CV4, the <user> asks the gas meter
    When the <user> sends 6.8 Update Device Configuration (Billing Calendar) to the gas meter as CV4
    Then the DCC returns a Pre-Command of 6.8
    And the Pre-Command carried the identifiers of the request
    And the <user> finds in it what was asked
    And the messages were those of a transformation

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:6.8 @cv:4 @device:ESME
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:GBCS-2-PRE-COMMAND
  Scenario Outline: UEPT-<role>-6.8-Transform-CV4, the <user> asks the meter
    When the <user> sends 6.8 Update Device Configuration (Billing Calendar) to the meter as CV4
    Then the DCC returns a Pre-Command of 6.8
    And the Pre-Command carried the identifiers of the request
    And the <user> finds in it what was asked
    And the messages were those of a transformation

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:6.8 @cv:5 @device:GSME
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:DUIS-2-ACKNOWLEDGEMENT
  Scenario Outline: UEPT-<role>-6.8-OnDemand-CV5, the <user> asks the gas meter
    When the <user> sends 6.8 Update Device Configuration (Billing Calendar) to the gas meter as CV5
    Then the Pre-Command carried the identifiers of the request
    And the DCC acknowledges with I99
    And the gas meter answers with success within 31 minutes
    And the messages were those of a critical request on demand

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:6.8 @cv:5 @device:ESME
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:DUIS-2-ACKNOWLEDGEMENT
  Scenario Outline: UEPT-<role>-6.8-OnDemand-CV5, the <user> asks the meter
    When the <user> sends 6.8 Update Device Configuration (Billing Calendar) to the meter as CV5
    Then the Pre-Command carried the identifiers of the request
    And the DCC acknowledges with I99
    And the meter answers with success within 30 seconds
    And the messages were those of a critical request on demand

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:6.8 @cv:6 @device:GSME @grade:inferred
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:UEPT-LOCAL
  Scenario Outline: UEPT-<role>-6.8-OnDemand-CV6, the <user> asks the gas meter
    When the <user> sends 6.8 Update Device Configuration (Billing Calendar) to the gas meter as CV6
    Then the Pre-Command carried the identifiers of the request
    And the DCC returns a Command for local delivery
    And the gas meter takes it from a hand-held terminal and answers with success
    And the messages were those of a critical request for local delivery

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:6.8 @cv:6 @device:ESME @grade:inferred
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:UEPT-LOCAL
  Scenario Outline: UEPT-<role>-6.8-OnDemand-CV6, the <user> asks the meter
    When the <user> sends 6.8 Update Device Configuration (Billing Calendar) to the meter as CV6
    Then the Pre-Command carried the identifiers of the request
    And the DCC returns a Command for local delivery
    And the meter takes it from a hand-held terminal and answers with success
    And the messages were those of a critical request for local delivery

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:6.8 @cv:7 @device:GSME @grade:inferred
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:UEPT-LOCAL
  Scenario Outline: UEPT-<role>-6.8-OnDemand-CV7, the <user> asks the gas meter
    When the <user> sends 6.8 Update Device Configuration (Billing Calendar) to the gas meter as CV7
    Then the Pre-Command carried the identifiers of the request
    And the DCC returns a Command for local delivery
    And the gas meter answers with success within 31 minutes
    And the messages were those of a critical request for both deliveries

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:6.8 @cv:7 @device:ESME @grade:inferred
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:UEPT-LOCAL
  Scenario Outline: UEPT-<role>-6.8-OnDemand-CV7, the <user> asks the meter
    When the <user> sends 6.8 Update Device Configuration (Billing Calendar) to the meter as CV7
    Then the Pre-Command carried the identifiers of the request
    And the DCC returns a Command for local delivery
    And the meter answers with success within 30 seconds
    And the messages were those of a critical request for both deliveries

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:6.11 @cv:4 @device:GSME
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:GBCS-2-PRE-COMMAND
  Scenario Outline: UEPT-<role>-6.11-Transform-CV4, the <user> asks the gas meter
    When the <user> sends 6.11 Synchronise Clock to the gas meter as CV4
    Then the DCC returns a Pre-Command of 6.11
    And the Pre-Command carried the identifiers of the request
    And the <user> finds in it what was asked
    And the messages were those of a transformation

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:6.11 @cv:4 @device:ESME
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:GBCS-2-PRE-COMMAND
  Scenario Outline: UEPT-<role>-6.11-Transform-CV4, the <user> asks the meter
    When the <user> sends 6.11 Synchronise Clock to the meter as CV4
    Then the DCC returns a Pre-Command of 6.11
    And the Pre-Command carried the identifiers of the request
    And the <user> finds in it what was asked
    And the messages were those of a transformation

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:6.11 @cv:5 @device:GSME
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:DUIS-2-ACKNOWLEDGEMENT
  Scenario Outline: UEPT-<role>-6.11-OnDemand-CV5, the <user> asks the gas meter
    When the <user> sends 6.11 Synchronise Clock to the gas meter as CV5
    Then the Pre-Command carried the identifiers of the request
    And the DCC acknowledges with I99
    And the gas meter answers with success within 31 minutes
    And the messages were those of a critical request on demand

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:6.11 @cv:5 @device:ESME
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:DUIS-2-ACKNOWLEDGEMENT
  Scenario Outline: UEPT-<role>-6.11-OnDemand-CV5, the <user> asks the meter
    When the <user> sends 6.11 Synchronise Clock to the meter as CV5
    Then the Pre-Command carried the identifiers of the request
    And the DCC acknowledges with I99
    And the meter answers with success within 30 seconds
    And the messages were those of a critical request on demand
    And the meter states a reliable time within 10 seconds of the bench's clock

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:6.11 @cv:6 @device:GSME @grade:inferred
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:UEPT-LOCAL
  Scenario Outline: UEPT-<role>-6.11-OnDemand-CV6, the <user> asks the gas meter
    When the <user> sends 6.11 Synchronise Clock to the gas meter as CV6
    Then the Pre-Command carried the identifiers of the request
    And the DCC returns a Command for local delivery
    And the gas meter takes it from a hand-held terminal and answers with success
    And the messages were those of a critical request for local delivery

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:6.11 @cv:6 @device:ESME @grade:inferred
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:UEPT-LOCAL
  Scenario Outline: UEPT-<role>-6.11-OnDemand-CV6, the <user> asks the meter
    When the <user> sends 6.11 Synchronise Clock to the meter as CV6
    Then the Pre-Command carried the identifiers of the request
    And the DCC returns a Command for local delivery
    And the meter takes it from a hand-held terminal and answers with success
    And the messages were those of a critical request for local delivery

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:6.11 @cv:7 @device:GSME @grade:inferred
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:UEPT-LOCAL
  Scenario Outline: UEPT-<role>-6.11-OnDemand-CV7, the <user> asks the gas meter
    When the <user> sends 6.11 Synchronise Clock to the gas meter as CV7
    Then the Pre-Command carried the identifiers of the request
    And the DCC returns a Command for local delivery
    And the gas meter answers with success within 31 minutes
    And the messages were those of a critical request for both deliveries

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:6.11 @cv:7 @device:ESME @grade:inferred
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:UEPT-LOCAL
  Scenario Outline: UEPT-<role>-6.11-OnDemand-CV7, the <user> asks the meter
    When the <user> sends 6.11 Synchronise Clock to the meter as CV7
    Then the Pre-Command carried the identifiers of the request
    And the DCC returns a Command for local delivery
    And the meter answers with success within 30 seconds
    And the messages were those of a critical request for both deliveries

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:6.12 @cv:1 @device:ESME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-6.12-OnDemand-CV1, the <user> asks the meter
    When the <user> sends 6.12 Update Device Configuration (Instantaneous Power Threshold) to the meter as CV1
    Then the DCC acknowledges with I99
    And the meter answers with success within 30 seconds
    And the messages were those of a request on demand

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:6.12 @cv:1 @device:ESME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  @requirement:UEPT-FUTURE-DATED
  Scenario Outline: UEPT-<role>-6.12-FutureDatedDSP-CV1, the <user> asks the meter
    When the <user> sends 6.12 Update Device Configuration (Instantaneous Power Threshold) to the meter as CV1 for 1 hour later
    Then the DCC acknowledges with I99
    And nothing goes to the device before its time
    And the meter answers with success within 30 seconds
    And the messages were those of a request dated at the DSP

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:6.12 @cv:2 @device:ESME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-6.12-OnDemand-CV2, the <user> asks the meter
    When the <user> sends 6.12 Update Device Configuration (Instantaneous Power Threshold) to the meter as CV2
    Then the DCC returns a Command for local delivery
    And the meter takes it from a hand-held terminal and answers with success
    And the messages were those of a request for local delivery

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:6.12 @cv:3 @device:ESME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-6.12-OnDemand-CV3, the <user> asks the meter
    When the <user> sends 6.12 Update Device Configuration (Instantaneous Power Threshold) to the meter as CV3
    Then the DCC returns a Command for local delivery
    And the meter answers with success within 30 seconds
    And the messages were those of a request for both deliveries

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:6.13 @cv:1 @device:GSME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-6.13-OnDemand-CV1, the <user> asks the gas meter
    When the <user> sends 6.13 Read Event Or Security Log to the gas meter as CV1
    Then the DCC acknowledges with I99
    And the gas meter answers with success within 31 minutes
    And the messages were those of a request on demand

    Examples: roles
      | role | user            |
      | GS   | gas supplier    |
      | GT   | gas transporter |

  @srv:6.13 @cv:1 @device:ESME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-6.13-OnDemand-CV1, the <user> asks the meter
    When the <user> sends 6.13 Read Event Or Security Log to the meter as CV1
    Then the DCC acknowledges with I99
    And the meter answers with success within 30 seconds
    And the messages were those of a request on demand

    Examples: roles
      | role | user                      |
      | IS   | import supplier           |
      | RSA  | registered supplier agent |
      | ED   | electricity distributor   |

  @srv:6.13 @cv:2 @device:GSME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-6.13-OnDemand-CV2, the <user> asks the gas meter
    When the <user> sends 6.13 Read Event Or Security Log to the gas meter as CV2
    Then the DCC returns a Command for local delivery
    And the gas meter takes it from a hand-held terminal and answers with success
    And the messages were those of a request for local delivery

    Examples: roles
      | role | user            |
      | GS   | gas supplier    |
      | GT   | gas transporter |

  @srv:6.13 @cv:2 @device:ESME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-6.13-OnDemand-CV2, the <user> asks the meter
    When the <user> sends 6.13 Read Event Or Security Log to the meter as CV2
    Then the DCC returns a Command for local delivery
    And the meter takes it from a hand-held terminal and answers with success
    And the messages were those of a request for local delivery

    Examples: roles
      | role | user                      |
      | IS   | import supplier           |
      | RSA  | registered supplier agent |
      | ED   | electricity distributor   |

  @srv:6.13 @cv:3 @device:GSME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-6.13-OnDemand-CV3, the <user> asks the gas meter
    When the <user> sends 6.13 Read Event Or Security Log to the gas meter as CV3
    Then the DCC returns a Command for local delivery
    And the gas meter answers with success within 31 minutes
    And the messages were those of a request for both deliveries

    Examples: roles
      | role | user            |
      | GS   | gas supplier    |
      | GT   | gas transporter |

  @srv:6.13 @cv:3 @device:ESME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-6.13-OnDemand-CV3, the <user> asks the meter
    When the <user> sends 6.13 Read Event Or Security Log to the meter as CV3
    Then the DCC returns a Command for local delivery
    And the meter answers with success within 30 seconds
    And the messages were those of a request for both deliveries

    Examples: roles
      | role | user                      |
      | IS   | import supplier           |
      | RSA  | registered supplier agent |
      | ED   | electricity distributor   |

  @srv:6.14.1 @cv:4 @device:ESME
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:GBCS-2-PRE-COMMAND
  Scenario Outline: UEPT-<role>-6.14.1-Transform-CV4, the <user> asks the meter
    When the <user> sends 6.14.1 Update Device Configuration (Auxiliary Load Control Description) to the meter as CV4
    Then the DCC returns a Pre-Command of 6.14.1
    And the Pre-Command carried the identifiers of the request
    And the <user> finds in it what was asked
    And the messages were those of a transformation

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:6.14.1 @cv:5 @device:ESME
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:DUIS-2-ACKNOWLEDGEMENT
  Scenario Outline: UEPT-<role>-6.14.1-OnDemand-CV5, the <user> asks the meter
    When the <user> sends 6.14.1 Update Device Configuration (Auxiliary Load Control Description) to the meter as CV5
    Then the Pre-Command carried the identifiers of the request
    And the DCC acknowledges with I99
    And the meter answers with success within 30 seconds
    And the messages were those of a critical request on demand

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:6.14.1 @cv:6 @device:ESME @grade:inferred
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:UEPT-LOCAL
  Scenario Outline: UEPT-<role>-6.14.1-OnDemand-CV6, the <user> asks the meter
    When the <user> sends 6.14.1 Update Device Configuration (Auxiliary Load Control Description) to the meter as CV6
    Then the Pre-Command carried the identifiers of the request
    And the DCC returns a Command for local delivery
    And the meter takes it from a hand-held terminal and answers with success
    And the messages were those of a critical request for local delivery

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:6.14.1 @cv:7 @device:ESME @grade:inferred
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:UEPT-LOCAL
  Scenario Outline: UEPT-<role>-6.14.1-OnDemand-CV7, the <user> asks the meter
    When the <user> sends 6.14.1 Update Device Configuration (Auxiliary Load Control Description) to the meter as CV7
    Then the Pre-Command carried the identifiers of the request
    And the DCC returns a Command for local delivery
    And the meter answers with success within 30 seconds
    And the messages were those of a critical request for both deliveries

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:6.14.2 @cv:4 @device:ESME
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:GBCS-2-PRE-COMMAND
  Scenario Outline: UEPT-<role>-6.14.2-Transform-CV4, the <user> asks the meter
    When the <user> sends 6.14.2 Update Device Configuration (Auxiliary Load Control Scheduler) to the meter as CV4
    Then the DCC returns a Pre-Command of 6.14.2
    And the Pre-Command carried the identifiers of the request
    And the <user> finds in it what was asked
    And the messages were those of a transformation

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:6.14.2 @cv:5 @device:ESME
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:DUIS-2-ACKNOWLEDGEMENT
  Scenario Outline: UEPT-<role>-6.14.2-OnDemand-CV5, the <user> asks the meter
    When the <user> sends 6.14.2 Update Device Configuration (Auxiliary Load Control Scheduler) to the meter as CV5
    Then the Pre-Command carried the identifiers of the request
    And the DCC acknowledges with I99
    And the meter answers with success within 30 seconds
    And the messages were those of a critical request on demand

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:6.14.2 @cv:5 @device:ESME
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FUTURE-DATED
  Scenario Outline: UEPT-<role>-6.14.2-FutureDatedDevice-CV5, the <user> asks the meter
    When the <user> sends 6.14.2 Update Device Configuration (Auxiliary Load Control Scheduler) to the meter as CV5 for 1 hour later
    Then the Pre-Command carried the identifiers of the request
    And the DCC acknowledges with I99
    And the meter answers with success within 30 seconds
    And the messages were those of a critical request on demand
    And at its time the meter reports that it has carried it out

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:6.14.2 @cv:6 @device:ESME @grade:inferred
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:UEPT-LOCAL
  Scenario Outline: UEPT-<role>-6.14.2-OnDemand-CV6, the <user> asks the meter
    When the <user> sends 6.14.2 Update Device Configuration (Auxiliary Load Control Scheduler) to the meter as CV6
    Then the Pre-Command carried the identifiers of the request
    And the DCC returns a Command for local delivery
    And the meter takes it from a hand-held terminal and answers with success
    And the messages were those of a critical request for local delivery

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:6.14.2 @cv:7 @device:ESME @grade:inferred
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:UEPT-LOCAL
  Scenario Outline: UEPT-<role>-6.14.2-OnDemand-CV7, the <user> asks the meter
    When the <user> sends 6.14.2 Update Device Configuration (Auxiliary Load Control Scheduler) to the meter as CV7
    Then the Pre-Command carried the identifiers of the request
    And the DCC returns a Command for local delivery
    And the meter answers with success within 30 seconds
    And the messages were those of a critical request for both deliveries

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:6.14.3 @cv:4 @device:ESME
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:GBCS-2-PRE-COMMAND
  Scenario Outline: UEPT-<role>-6.14.3-Transform-CV4, the <user> asks the meter
    When the <user> sends 6.14.3 Update Device Configuration (Auxiliary Controller Scheduler) to the meter as CV4
    Then the DCC returns a Pre-Command of 6.14.3
    And the Pre-Command carried the identifiers of the request
    And the <user> finds in it what was asked
    And the messages were those of a transformation

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:6.14.3 @cv:5 @device:ESME
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:DUIS-2-ACKNOWLEDGEMENT
  Scenario Outline: UEPT-<role>-6.14.3-OnDemand-CV5, the <user> asks the meter
    When the <user> sends 6.14.3 Update Device Configuration (Auxiliary Controller Scheduler) to the meter as CV5
    Then the Pre-Command carried the identifiers of the request
    And the DCC acknowledges with I99
    And the meter answers with success within 30 seconds
    And the messages were those of a critical request on demand

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:6.14.3 @cv:5 @device:ESME
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FUTURE-DATED
  Scenario Outline: UEPT-<role>-6.14.3-FutureDatedDevice-CV5, the <user> asks the meter
    When the <user> sends 6.14.3 Update Device Configuration (Auxiliary Controller Scheduler) to the meter as CV5 for 1 hour later
    Then the Pre-Command carried the identifiers of the request
    And the DCC acknowledges with I99
    And the meter answers with success within 30 seconds
    And the messages were those of a critical request on demand
    And at its time the meter reports that it has carried it out

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:6.14.3 @cv:6 @device:ESME @grade:inferred
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:UEPT-LOCAL
  Scenario Outline: UEPT-<role>-6.14.3-OnDemand-CV6, the <user> asks the meter
    When the <user> sends 6.14.3 Update Device Configuration (Auxiliary Controller Scheduler) to the meter as CV6
    Then the Pre-Command carried the identifiers of the request
    And the DCC returns a Command for local delivery
    And the meter takes it from a hand-held terminal and answers with success
    And the messages were those of a critical request for local delivery

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:6.14.3 @cv:7 @device:ESME @grade:inferred
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:UEPT-LOCAL
  Scenario Outline: UEPT-<role>-6.14.3-OnDemand-CV7, the <user> asks the meter
    When the <user> sends 6.14.3 Update Device Configuration (Auxiliary Controller Scheduler) to the meter as CV7
    Then the Pre-Command carried the identifiers of the request
    And the DCC returns a Command for local delivery
    And the meter answers with success within 30 seconds
    And the messages were those of a critical request for both deliveries

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:6.15.1 @cv:4 @device:GPF
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:GBCS-2-PRE-COMMAND
  Scenario Outline: UEPT-<role>-6.15.1-Transform-CV4, the <user> asks the gas proxy
    When the <user> sends 6.15.1 Update Security Credentials (KRP) to the gas proxy as CV4
    Then the DCC returns a Pre-Command of 6.15.1
    And the Pre-Command carried the identifiers of the request
    And the <user> finds in it what was asked
    And the messages were those of a transformation

    Examples: roles
      | role | user            |
      | GS   | gas supplier    |
      | GT   | gas transporter |

  @srv:6.15.1 @cv:4 @device:ESME
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:GBCS-2-PRE-COMMAND
  Scenario Outline: UEPT-<role>-6.15.1-Transform-CV4, the <user> asks the meter
    When the <user> sends 6.15.1 Update Security Credentials (KRP) to the meter as CV4
    Then the DCC returns a Pre-Command of 6.15.1
    And the Pre-Command carried the identifiers of the request
    And the <user> finds in it what was asked
    And the messages were those of a transformation

    Examples: roles
      | role | user                    |
      | IS   | import supplier         |
      | ED   | electricity distributor |

  @srv:6.15.1 @cv:5 @device:GPF
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:DUIS-2-ACKNOWLEDGEMENT
  Scenario Outline: UEPT-<role>-6.15.1-OnDemand-CV5, the <user> asks the gas proxy
    When the <user> sends 6.15.1 Update Security Credentials (KRP) to the gas proxy as CV5
    Then the Pre-Command carried the identifiers of the request
    And the DCC acknowledges with I99
    And the gas proxy answers with success within 30 seconds
    And the messages were those of a critical request on demand

    Examples: roles
      | role | user            |
      | GS   | gas supplier    |
      | GT   | gas transporter |

  @srv:6.15.1 @cv:5 @device:ESME
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:DUIS-2-ACKNOWLEDGEMENT
  Scenario Outline: UEPT-<role>-6.15.1-OnDemand-CV5, the <user> asks the meter
    When the <user> sends 6.15.1 Update Security Credentials (KRP) to the meter as CV5
    Then the Pre-Command carried the identifiers of the request
    And the DCC acknowledges with I99
    And the meter answers with success within 30 seconds
    And the messages were those of a critical request on demand

    Examples: roles
      | role | user                    |
      | IS   | import supplier         |
      | ED   | electricity distributor |

  @srv:6.15.1 @cv:5 @device:GPF
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FUTURE-DATED
  Scenario Outline: UEPT-<role>-6.15.1-FutureDatedDevice-CV5, the <user> asks the gas proxy
    When the <user> sends 6.15.1 Update Security Credentials (KRP) to the gas proxy as CV5 for 1 hour later
    Then the Pre-Command carried the identifiers of the request
    And the DCC acknowledges with I99
    And the gas proxy answers with success within 30 seconds
    And the messages were those of a critical request on demand
    And at its time the gas proxy reports that it has carried it out

    Examples: roles
      | role | user            |
      | GS   | gas supplier    |
      | GT   | gas transporter |

  @srv:6.15.1 @cv:5 @device:ESME
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FUTURE-DATED
  Scenario Outline: UEPT-<role>-6.15.1-FutureDatedDevice-CV5, the <user> asks the meter
    When the <user> sends 6.15.1 Update Security Credentials (KRP) to the meter as CV5 for 1 hour later
    Then the Pre-Command carried the identifiers of the request
    And the DCC acknowledges with I99
    And the meter answers with success within 30 seconds
    And the messages were those of a critical request on demand
    And at its time the meter reports that it has carried it out

    Examples: roles
      | role | user                    |
      | IS   | import supplier         |
      | ED   | electricity distributor |

  @srv:6.15.1 @cv:6 @device:GPF @grade:inferred
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:UEPT-LOCAL
  Scenario Outline: UEPT-<role>-6.15.1-OnDemand-CV6, the <user> asks the gas proxy
    When the <user> sends 6.15.1 Update Security Credentials (KRP) to the gas proxy as CV6
    Then the Pre-Command carried the identifiers of the request
    And the DCC returns a Command for local delivery
    And the gas proxy takes it from a hand-held terminal and answers with success
    And the messages were those of a critical request for local delivery

    Examples: roles
      | role | user            |
      | GS   | gas supplier    |
      | GT   | gas transporter |

  @srv:6.15.1 @cv:6 @device:ESME @grade:inferred
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:UEPT-LOCAL
  Scenario Outline: UEPT-<role>-6.15.1-OnDemand-CV6, the <user> asks the meter
    When the <user> sends 6.15.1 Update Security Credentials (KRP) to the meter as CV6
    Then the Pre-Command carried the identifiers of the request
    And the DCC returns a Command for local delivery
    And the meter takes it from a hand-held terminal and answers with success
    And the messages were those of a critical request for local delivery

    Examples: roles
      | role | user                    |
      | IS   | import supplier         |
      | ED   | electricity distributor |

  @srv:6.15.1 @cv:7 @device:GPF @grade:inferred
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:UEPT-LOCAL
  Scenario Outline: UEPT-<role>-6.15.1-OnDemand-CV7, the <user> asks the gas proxy
    When the <user> sends 6.15.1 Update Security Credentials (KRP) to the gas proxy as CV7
    Then the Pre-Command carried the identifiers of the request
    And the DCC returns a Command for local delivery
    And the gas proxy answers with success within 30 seconds
    And the messages were those of a critical request for both deliveries

    Examples: roles
      | role | user            |
      | GS   | gas supplier    |
      | GT   | gas transporter |

  @srv:6.15.1 @cv:7 @device:ESME @grade:inferred
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:UEPT-LOCAL
  Scenario Outline: UEPT-<role>-6.15.1-OnDemand-CV7, the <user> asks the meter
    When the <user> sends 6.15.1 Update Security Credentials (KRP) to the meter as CV7
    Then the Pre-Command carried the identifiers of the request
    And the DCC returns a Command for local delivery
    And the meter answers with success within 30 seconds
    And the messages were those of a critical request for both deliveries

    Examples: roles
      | role | user                    |
      | IS   | import supplier         |
      | ED   | electricity distributor |

  @srv:6.15.2 @cv:4 @device:GSME
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:GBCS-2-PRE-COMMAND
  Scenario Outline: UEPT-<role>-6.15.2-Transform-CV4, the <user> asks the gas meter
    When the <user> sends 6.15.2 Update Security Credentials (Device) to the gas meter as CV4
    Then the DCC returns a Pre-Command of 6.15.2
    And the Pre-Command carried the identifiers of the request
    And the <user> finds in it what was asked
    And the messages were those of a transformation

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:6.15.2 @cv:4 @device:ESME
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:GBCS-2-PRE-COMMAND
  Scenario Outline: UEPT-<role>-6.15.2-Transform-CV4, the <user> asks the meter
    When the <user> sends 6.15.2 Update Security Credentials (Device) to the meter as CV4
    Then the DCC returns a Pre-Command of 6.15.2
    And the Pre-Command carried the identifiers of the request
    And the <user> finds in it what was asked
    And the messages were those of a transformation

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:6.15.2 @cv:5 @device:GSME
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:DUIS-2-ACKNOWLEDGEMENT
  Scenario Outline: UEPT-<role>-6.15.2-OnDemand-CV5, the <user> asks the gas meter
    When the <user> sends 6.15.2 Update Security Credentials (Device) to the gas meter as CV5
    Then the Pre-Command carried the identifiers of the request
    And the DCC acknowledges with I99
    And the gas meter answers with success within 31 minutes
    And the messages were those of a critical request on demand

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:6.15.2 @cv:5 @device:ESME
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:DUIS-2-ACKNOWLEDGEMENT
  Scenario Outline: UEPT-<role>-6.15.2-OnDemand-CV5, the <user> asks the meter
    When the <user> sends 6.15.2 Update Security Credentials (Device) to the meter as CV5
    Then the Pre-Command carried the identifiers of the request
    And the DCC acknowledges with I99
    And the meter answers with success within 30 seconds
    And the messages were those of a critical request on demand

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:6.15.2 @cv:6 @device:GSME @grade:inferred
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:UEPT-LOCAL
  Scenario Outline: UEPT-<role>-6.15.2-OnDemand-CV6, the <user> asks the gas meter
    When the <user> sends 6.15.2 Update Security Credentials (Device) to the gas meter as CV6
    Then the Pre-Command carried the identifiers of the request
    And the DCC returns a Command for local delivery
    And the gas meter takes it from a hand-held terminal and answers with success
    And the messages were those of a critical request for local delivery

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:6.15.2 @cv:6 @device:ESME @grade:inferred
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:UEPT-LOCAL
  Scenario Outline: UEPT-<role>-6.15.2-OnDemand-CV6, the <user> asks the meter
    When the <user> sends 6.15.2 Update Security Credentials (Device) to the meter as CV6
    Then the Pre-Command carried the identifiers of the request
    And the DCC returns a Command for local delivery
    And the meter takes it from a hand-held terminal and answers with success
    And the messages were those of a critical request for local delivery

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:6.15.2 @cv:7 @device:GSME @grade:inferred
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:UEPT-LOCAL
  Scenario Outline: UEPT-<role>-6.15.2-OnDemand-CV7, the <user> asks the gas meter
    When the <user> sends 6.15.2 Update Security Credentials (Device) to the gas meter as CV7
    Then the Pre-Command carried the identifiers of the request
    And the DCC returns a Command for local delivery
    And the gas meter answers with success within 31 minutes
    And the messages were those of a critical request for both deliveries

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:6.15.2 @cv:7 @device:ESME @grade:inferred
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:UEPT-LOCAL
  Scenario Outline: UEPT-<role>-6.15.2-OnDemand-CV7, the <user> asks the meter
    When the <user> sends 6.15.2 Update Security Credentials (Device) to the meter as CV7
    Then the Pre-Command carried the identifiers of the request
    And the DCC returns a Command for local delivery
    And the meter answers with success within 30 seconds
    And the messages were those of a critical request for both deliveries

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:6.17 @cv:4 @device:GSME
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:GBCS-2-PRE-COMMAND
  Scenario Outline: UEPT-<role>-6.17-Transform-CV4, the <user> asks the gas meter
    When the <user> sends 6.17 Issue Security Credentials to the gas meter as CV4
    Then the DCC returns a Pre-Command of 6.17
    And the Pre-Command carried the identifiers of the request
    And the <user> finds in it what was asked
    And the messages were those of a transformation

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:6.17 @cv:4 @device:ESME
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:GBCS-2-PRE-COMMAND
  Scenario Outline: UEPT-<role>-6.17-Transform-CV4, the <user> asks the meter
    When the <user> sends 6.17 Issue Security Credentials to the meter as CV4
    Then the DCC returns a Pre-Command of 6.17
    And the Pre-Command carried the identifiers of the request
    And the <user> finds in it what was asked
    And the messages were those of a transformation

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:6.17 @cv:5 @device:GSME
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:DUIS-2-ACKNOWLEDGEMENT
  Scenario Outline: UEPT-<role>-6.17-OnDemand-CV5, the <user> asks the gas meter
    When the <user> sends 6.17 Issue Security Credentials to the gas meter as CV5
    Then the Pre-Command carried the identifiers of the request
    And the DCC acknowledges with I99
    And the gas meter answers with success within 31 minutes
    And the messages were those of a critical request on demand

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:6.17 @cv:5 @device:ESME
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:DUIS-2-ACKNOWLEDGEMENT
  Scenario Outline: UEPT-<role>-6.17-OnDemand-CV5, the <user> asks the meter
    When the <user> sends 6.17 Issue Security Credentials to the meter as CV5
    Then the Pre-Command carried the identifiers of the request
    And the DCC acknowledges with I99
    And the meter answers with success within 30 seconds
    And the messages were those of a critical request on demand

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:6.17 @cv:6 @device:GSME @grade:inferred
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:UEPT-LOCAL
  Scenario Outline: UEPT-<role>-6.17-OnDemand-CV6, the <user> asks the gas meter
    When the <user> sends 6.17 Issue Security Credentials to the gas meter as CV6
    Then the Pre-Command carried the identifiers of the request
    And the DCC returns a Command for local delivery
    And the gas meter takes it from a hand-held terminal and answers with success
    And the messages were those of a critical request for local delivery

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:6.17 @cv:6 @device:ESME @grade:inferred
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:UEPT-LOCAL
  Scenario Outline: UEPT-<role>-6.17-OnDemand-CV6, the <user> asks the meter
    When the <user> sends 6.17 Issue Security Credentials to the meter as CV6
    Then the Pre-Command carried the identifiers of the request
    And the DCC returns a Command for local delivery
    And the meter takes it from a hand-held terminal and answers with success
    And the messages were those of a critical request for local delivery

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:6.17 @cv:7 @device:GSME @grade:inferred
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:UEPT-LOCAL
  Scenario Outline: UEPT-<role>-6.17-OnDemand-CV7, the <user> asks the gas meter
    When the <user> sends 6.17 Issue Security Credentials to the gas meter as CV7
    Then the Pre-Command carried the identifiers of the request
    And the DCC returns a Command for local delivery
    And the gas meter answers with success within 31 minutes
    And the messages were those of a critical request for both deliveries

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:6.17 @cv:7 @device:ESME @grade:inferred
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:UEPT-LOCAL
  Scenario Outline: UEPT-<role>-6.17-OnDemand-CV7, the <user> asks the meter
    When the <user> sends 6.17 Issue Security Credentials to the meter as CV7
    Then the Pre-Command carried the identifiers of the request
    And the DCC returns a Command for local delivery
    And the meter answers with success within 30 seconds
    And the messages were those of a critical request for both deliveries

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:6.18.1 @cv:1 @device:ESME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-6.18.1-OnDemand-CV1, the <user> asks the meter
    When the <user> sends 6.18.1 Set Maximum Demand Configurable Time Period to the meter as CV1
    Then the DCC acknowledges with I99
    And the meter answers with success within 30 seconds
    And the messages were those of a request on demand

    Examples: roles
      | role | user                    |
      | ED   | electricity distributor |

  @srv:6.18.1 @cv:1 @device:ESME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  @requirement:UEPT-FUTURE-DATED
  Scenario Outline: UEPT-<role>-6.18.1-FutureDatedDSP-CV1, the <user> asks the meter
    When the <user> sends 6.18.1 Set Maximum Demand Configurable Time Period to the meter as CV1 for 1 hour later
    Then the DCC acknowledges with I99
    And nothing goes to the device before its time
    And the meter answers with success within 30 seconds
    And the messages were those of a request dated at the DSP

    Examples: roles
      | role | user                    |
      | ED   | electricity distributor |

  @srv:6.18.1 @cv:2 @device:ESME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-6.18.1-OnDemand-CV2, the <user> asks the meter
    When the <user> sends 6.18.1 Set Maximum Demand Configurable Time Period to the meter as CV2
    Then the DCC returns a Command for local delivery
    And the meter takes it from a hand-held terminal and answers with success
    And the messages were those of a request for local delivery

    Examples: roles
      | role | user                    |
      | ED   | electricity distributor |

  @srv:6.18.1 @cv:3 @device:ESME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-6.18.1-OnDemand-CV3, the <user> asks the meter
    When the <user> sends 6.18.1 Set Maximum Demand Configurable Time Period to the meter as CV3
    Then the DCC returns a Command for local delivery
    And the meter answers with success within 30 seconds
    And the messages were those of a request for both deliveries

    Examples: roles
      | role | user                    |
      | ED   | electricity distributor |

  @srv:6.18.2 @cv:1 @device:ESME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-6.18.2-OnDemand-CV1, the <user> asks the meter
    When the <user> sends 6.18.2 Reset Maximum Demand Registers to the meter as CV1
    Then the DCC acknowledges with I99
    And the meter answers with success within 30 seconds
    And the messages were those of a request on demand

    Examples: roles
      | role | user                    |
      | ED   | electricity distributor |

  @srv:6.18.2 @cv:1 @device:ESME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  @requirement:UEPT-FUTURE-DATED
  Scenario Outline: UEPT-<role>-6.18.2-FutureDatedDSP-CV1, the <user> asks the meter
    When the <user> sends 6.18.2 Reset Maximum Demand Registers to the meter as CV1 for 1 hour later
    Then the DCC acknowledges with I99
    And nothing goes to the device before its time
    And the meter answers with success within 30 seconds
    And the messages were those of a request dated at the DSP

    Examples: roles
      | role | user                    |
      | ED   | electricity distributor |

  @srv:6.18.2 @cv:2 @device:ESME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-6.18.2-OnDemand-CV2, the <user> asks the meter
    When the <user> sends 6.18.2 Reset Maximum Demand Registers to the meter as CV2
    Then the DCC returns a Command for local delivery
    And the meter takes it from a hand-held terminal and answers with success
    And the messages were those of a request for local delivery

    Examples: roles
      | role | user                    |
      | ED   | electricity distributor |

  @srv:6.18.2 @cv:3 @device:ESME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-6.18.2-OnDemand-CV3, the <user> asks the meter
    When the <user> sends 6.18.2 Reset Maximum Demand Registers to the meter as CV3
    Then the DCC returns a Command for local delivery
    And the meter answers with success within 30 seconds
    And the messages were those of a request for both deliveries

    Examples: roles
      | role | user                    |
      | ED   | electricity distributor |

  @srv:6.20.1 @cv:1 @device:GSME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-6.20.1-OnDemand-CV1, the <user> asks the gas meter
    When the <user> sends 6.20.1 Set Device Configuration (Import MPxN) to the gas meter as CV1
    Then the DCC acknowledges with I99
    And the gas meter answers with success within 31 minutes
    And the messages were those of a request on demand

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:6.20.1 @cv:1 @device:ESME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-6.20.1-OnDemand-CV1, the <user> asks the meter
    When the <user> sends 6.20.1 Set Device Configuration (Import MPxN) to the meter as CV1
    Then the DCC acknowledges with I99
    And the meter answers with success within 30 seconds
    And the messages were those of a request on demand

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:6.20.1 @cv:1 @device:GSME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  @requirement:UEPT-FUTURE-DATED
  Scenario Outline: UEPT-<role>-6.20.1-FutureDatedDSP-CV1, the <user> asks the gas meter
    When the <user> sends 6.20.1 Set Device Configuration (Import MPxN) to the gas meter as CV1 for 1 hour later
    Then the DCC acknowledges with I99
    And nothing goes to the device before its time
    And the gas meter answers with success within 31 minutes
    And the messages were those of a request dated at the DSP

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:6.20.1 @cv:1 @device:ESME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  @requirement:UEPT-FUTURE-DATED
  Scenario Outline: UEPT-<role>-6.20.1-FutureDatedDSP-CV1, the <user> asks the meter
    When the <user> sends 6.20.1 Set Device Configuration (Import MPxN) to the meter as CV1 for 1 hour later
    Then the DCC acknowledges with I99
    And nothing goes to the device before its time
    And the meter answers with success within 30 seconds
    And the messages were those of a request dated at the DSP

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:6.20.1 @cv:2 @device:GSME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-6.20.1-OnDemand-CV2, the <user> asks the gas meter
    When the <user> sends 6.20.1 Set Device Configuration (Import MPxN) to the gas meter as CV2
    Then the DCC returns a Command for local delivery
    And the gas meter takes it from a hand-held terminal and answers with success
    And the messages were those of a request for local delivery

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:6.20.1 @cv:2 @device:ESME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-6.20.1-OnDemand-CV2, the <user> asks the meter
    When the <user> sends 6.20.1 Set Device Configuration (Import MPxN) to the meter as CV2
    Then the DCC returns a Command for local delivery
    And the meter takes it from a hand-held terminal and answers with success
    And the messages were those of a request for local delivery

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:6.20.1 @cv:3 @device:GSME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-6.20.1-OnDemand-CV3, the <user> asks the gas meter
    When the <user> sends 6.20.1 Set Device Configuration (Import MPxN) to the gas meter as CV3
    Then the DCC returns a Command for local delivery
    And the gas meter answers with success within 31 minutes
    And the messages were those of a request for both deliveries

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:6.20.1 @cv:3 @device:ESME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-6.20.1-OnDemand-CV3, the <user> asks the meter
    When the <user> sends 6.20.1 Set Device Configuration (Import MPxN) to the meter as CV3
    Then the DCC returns a Command for local delivery
    And the meter answers with success within 30 seconds
    And the messages were those of a request for both deliveries

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:6.20.2 @cv:1 @device:ESME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-6.20.2-OnDemand-CV1, the <user> asks the meter
    When the <user> sends 6.20.2 Set Device Configuration (Export MPAN) to the meter as CV1
    Then the DCC acknowledges with I99
    And the meter answers with success within 30 seconds
    And the messages were those of a request on demand

    Examples: roles
      | role | user            |
      | ES   | export supplier |

  @srv:6.20.2 @cv:1 @device:ESME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  @requirement:UEPT-FUTURE-DATED
  Scenario Outline: UEPT-<role>-6.20.2-FutureDatedDSP-CV1, the <user> asks the meter
    When the <user> sends 6.20.2 Set Device Configuration (Export MPAN) to the meter as CV1 for 1 hour later
    Then the DCC acknowledges with I99
    And nothing goes to the device before its time
    And the meter answers with success within 30 seconds
    And the messages were those of a request dated at the DSP

    Examples: roles
      | role | user            |
      | ES   | export supplier |

  @srv:6.20.2 @cv:2 @device:ESME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-6.20.2-OnDemand-CV2, the <user> asks the meter
    When the <user> sends 6.20.2 Set Device Configuration (Export MPAN) to the meter as CV2
    Then the DCC returns a Command for local delivery
    And the meter takes it from a hand-held terminal and answers with success
    And the messages were those of a request for local delivery

    Examples: roles
      | role | user            |
      | ES   | export supplier |

  @srv:6.20.2 @cv:3 @device:ESME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-6.20.2-OnDemand-CV3, the <user> asks the meter
    When the <user> sends 6.20.2 Set Device Configuration (Export MPAN) to the meter as CV3
    Then the DCC returns a Command for local delivery
    And the meter answers with success within 30 seconds
    And the messages were those of a request for both deliveries

    Examples: roles
      | role | user            |
      | ES   | export supplier |

  @srv:6.21 @cv:1 @device:GPF
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-6.21-OnDemand-CV1, the <user> asks the gas proxy
    When the <user> sends 6.21 Request Handover Of DCC Controlled Device to the gas proxy as CV1
    Then the DCC acknowledges with I99
    And the gas proxy answers with success within 30 seconds
    And the messages were those of a request on demand

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:6.21 @cv:1 @device:GPF
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  @requirement:UEPT-FUTURE-DATED
  Scenario Outline: UEPT-<role>-6.21-FutureDatedDSP-CV1, the <user> asks the gas proxy
    When the <user> sends 6.21 Request Handover Of DCC Controlled Device to the gas proxy as CV1 for 1 hour later
    Then the DCC acknowledges with I99
    And nothing goes to the device before its time
    And the gas proxy answers with success within 30 seconds
    And the messages were those of a request dated at the DSP

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:6.22 @cv:1 @device:GSME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-6.22-OnDemand-CV1, the <user> asks the gas meter
    When the <user> sends 6.22 Configure Alert Behaviour to the gas meter as CV1
    Then the DCC acknowledges with I99
    And the gas meter answers with success within 31 minutes
    And the messages were those of a request on demand

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:6.22 @cv:1 @device:ESME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-6.22-OnDemand-CV1, the <user> asks the meter
    When the <user> sends 6.22 Configure Alert Behaviour to the meter as CV1
    Then the DCC acknowledges with I99
    And the meter answers with success within 30 seconds
    And the messages were those of a request on demand

    Examples: roles
      | role | user                    |
      | IS   | import supplier         |
      | ED   | electricity distributor |

  @srv:6.22 @cv:2 @device:GSME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-6.22-OnDemand-CV2, the <user> asks the gas meter
    When the <user> sends 6.22 Configure Alert Behaviour to the gas meter as CV2
    Then the DCC returns a Command for local delivery
    And the gas meter takes it from a hand-held terminal and answers with success
    And the messages were those of a request for local delivery

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:6.22 @cv:2 @device:ESME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-6.22-OnDemand-CV2, the <user> asks the meter
    When the <user> sends 6.22 Configure Alert Behaviour to the meter as CV2
    Then the DCC returns a Command for local delivery
    And the meter takes it from a hand-held terminal and answers with success
    And the messages were those of a request for local delivery

    Examples: roles
      | role | user                    |
      | IS   | import supplier         |
      | ED   | electricity distributor |

  @srv:6.22 @cv:3 @device:GSME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-6.22-OnDemand-CV3, the <user> asks the gas meter
    When the <user> sends 6.22 Configure Alert Behaviour to the gas meter as CV3
    Then the DCC returns a Command for local delivery
    And the gas meter answers with success within 31 minutes
    And the messages were those of a request for both deliveries

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:6.22 @cv:3 @device:ESME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-6.22-OnDemand-CV3, the <user> asks the meter
    When the <user> sends 6.22 Configure Alert Behaviour to the meter as CV3
    Then the DCC returns a Command for local delivery
    And the meter answers with success within 30 seconds
    And the messages were those of a request for both deliveries

    Examples: roles
      | role | user                    |
      | IS   | import supplier         |
      | ED   | electricity distributor |

  @srv:6.23 @cv:1 @device:GPF
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-6.23-OnDemand-CV1, the <user> asks the gas proxy
    When the <user> sends 6.23 Update Security Credentials (CoS) to the gas proxy as CV1
    Then the DCC acknowledges with I99
    And the gas proxy answers with success within 30 seconds
    And the messages were those of a request on demand

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:6.23 @cv:1 @device:ESME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-6.23-OnDemand-CV1, the <user> asks the meter
    When the <user> sends 6.23 Update Security Credentials (CoS) to the meter as CV1
    Then the DCC acknowledges with I99
    And the meter answers with success within 30 seconds
    And the messages were those of a request on demand

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:6.24.1 @cv:1 @device:GSME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-6.24.1-OnDemand-CV1, the <user> asks the gas meter
    When the <user> sends 6.24.1 Retrieve Device Security Credentials (KRP) to the gas meter as CV1
    Then the DCC acknowledges with I99
    And the gas meter answers with success within 31 minutes
    And the messages were those of a request on demand

    Examples: roles
      | role | user            |
      | GS   | gas supplier    |
      | GT   | gas transporter |

  @srv:6.24.1 @cv:1 @device:ESME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-6.24.1-OnDemand-CV1, the <user> asks the meter
    When the <user> sends 6.24.1 Retrieve Device Security Credentials (KRP) to the meter as CV1
    Then the DCC acknowledges with I99
    And the meter answers with success within 30 seconds
    And the messages were those of a request on demand
    And the answer holds payload

    Examples: roles
      | role | user                    |
      | IS   | import supplier         |
      | ED   | electricity distributor |

  @srv:6.24.1 @cv:2 @device:GSME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-6.24.1-OnDemand-CV2, the <user> asks the gas meter
    When the <user> sends 6.24.1 Retrieve Device Security Credentials (KRP) to the gas meter as CV2
    Then the DCC returns a Command for local delivery
    And the gas meter takes it from a hand-held terminal and answers with success
    And the messages were those of a request for local delivery

    Examples: roles
      | role | user            |
      | GS   | gas supplier    |
      | GT   | gas transporter |

  @srv:6.24.1 @cv:2 @device:ESME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-6.24.1-OnDemand-CV2, the <user> asks the meter
    When the <user> sends 6.24.1 Retrieve Device Security Credentials (KRP) to the meter as CV2
    Then the DCC returns a Command for local delivery
    And the meter takes it from a hand-held terminal and answers with success
    And the messages were those of a request for local delivery

    Examples: roles
      | role | user                    |
      | IS   | import supplier         |
      | ED   | electricity distributor |

  @srv:6.24.1 @cv:3 @device:GSME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-6.24.1-OnDemand-CV3, the <user> asks the gas meter
    When the <user> sends 6.24.1 Retrieve Device Security Credentials (KRP) to the gas meter as CV3
    Then the DCC returns a Command for local delivery
    And the gas meter answers with success within 31 minutes
    And the messages were those of a request for both deliveries

    Examples: roles
      | role | user            |
      | GS   | gas supplier    |
      | GT   | gas transporter |

  @srv:6.24.1 @cv:3 @device:ESME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-6.24.1-OnDemand-CV3, the <user> asks the meter
    When the <user> sends 6.24.1 Retrieve Device Security Credentials (KRP) to the meter as CV3
    Then the DCC returns a Command for local delivery
    And the meter answers with success within 30 seconds
    And the messages were those of a request for both deliveries

    Examples: roles
      | role | user                    |
      | IS   | import supplier         |
      | ED   | electricity distributor |

  @srv:6.24.2 @cv:4 @device:GSME
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:GBCS-2-PRE-COMMAND
  Scenario Outline: UEPT-<role>-6.24.2-Transform-CV4, the <user> asks the gas meter
    When the <user> sends 6.24.2 Retrieve Device Security Credentials (Device) to the gas meter as CV4
    Then the DCC returns a Pre-Command of 6.24.2
    And the Pre-Command carried the identifiers of the request
    And the <user> finds in it what was asked
    And the messages were those of a transformation

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:6.24.2 @cv:4 @device:ESME
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:GBCS-2-PRE-COMMAND
  Scenario Outline: UEPT-<role>-6.24.2-Transform-CV4, the <user> asks the meter
    When the <user> sends 6.24.2 Retrieve Device Security Credentials (Device) to the meter as CV4
    Then the DCC returns a Pre-Command of 6.24.2
    And the Pre-Command carried the identifiers of the request
    And the <user> finds in it what was asked
    And the messages were those of a transformation

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:6.24.2 @cv:5 @device:GSME
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:DUIS-2-ACKNOWLEDGEMENT
  Scenario Outline: UEPT-<role>-6.24.2-OnDemand-CV5, the <user> asks the gas meter
    When the <user> sends 6.24.2 Retrieve Device Security Credentials (Device) to the gas meter as CV5
    Then the Pre-Command carried the identifiers of the request
    And the DCC acknowledges with I99
    And the gas meter answers with success within 31 minutes
    And the messages were those of a critical request on demand

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:6.24.2 @cv:5 @device:ESME
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:DUIS-2-ACKNOWLEDGEMENT
  Scenario Outline: UEPT-<role>-6.24.2-OnDemand-CV5, the <user> asks the meter
    When the <user> sends 6.24.2 Retrieve Device Security Credentials (Device) to the meter as CV5
    Then the Pre-Command carried the identifiers of the request
    And the DCC acknowledges with I99
    And the meter answers with success within 30 seconds
    And the messages were those of a critical request on demand

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:6.24.2 @cv:6 @device:GSME @grade:inferred
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:UEPT-LOCAL
  Scenario Outline: UEPT-<role>-6.24.2-OnDemand-CV6, the <user> asks the gas meter
    When the <user> sends 6.24.2 Retrieve Device Security Credentials (Device) to the gas meter as CV6
    Then the Pre-Command carried the identifiers of the request
    And the DCC returns a Command for local delivery
    And the gas meter takes it from a hand-held terminal and answers with success
    And the messages were those of a critical request for local delivery

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:6.24.2 @cv:6 @device:ESME @grade:inferred
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:UEPT-LOCAL
  Scenario Outline: UEPT-<role>-6.24.2-OnDemand-CV6, the <user> asks the meter
    When the <user> sends 6.24.2 Retrieve Device Security Credentials (Device) to the meter as CV6
    Then the Pre-Command carried the identifiers of the request
    And the DCC returns a Command for local delivery
    And the meter takes it from a hand-held terminal and answers with success
    And the messages were those of a critical request for local delivery

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:6.24.2 @cv:7 @device:GSME @grade:inferred
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:UEPT-LOCAL
  Scenario Outline: UEPT-<role>-6.24.2-OnDemand-CV7, the <user> asks the gas meter
    When the <user> sends 6.24.2 Retrieve Device Security Credentials (Device) to the gas meter as CV7
    Then the Pre-Command carried the identifiers of the request
    And the DCC returns a Command for local delivery
    And the gas meter answers with success within 31 minutes
    And the messages were those of a critical request for both deliveries

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:6.24.2 @cv:7 @device:ESME @grade:inferred
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:UEPT-LOCAL
  Scenario Outline: UEPT-<role>-6.24.2-OnDemand-CV7, the <user> asks the meter
    When the <user> sends 6.24.2 Retrieve Device Security Credentials (Device) to the meter as CV7
    Then the Pre-Command carried the identifiers of the request
    And the DCC returns a Command for local delivery
    And the meter answers with success within 30 seconds
    And the messages were those of a critical request for both deliveries

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:6.25 @cv:4 @device:ESME
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:GBCS-2-PRE-COMMAND
  Scenario Outline: UEPT-<role>-6.25-Transform-CV4, the <user> asks the meter
    When the <user> sends 6.25 Set Electricity Supply Tamper State to the meter as CV4
    Then the DCC returns a Pre-Command of 6.25
    And the Pre-Command carried the identifiers of the request
    And the <user> finds in it what was asked
    And the messages were those of a transformation

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:6.25 @cv:5 @device:ESME
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:DUIS-2-ACKNOWLEDGEMENT
  Scenario Outline: UEPT-<role>-6.25-OnDemand-CV5, the <user> asks the meter
    When the <user> sends 6.25 Set Electricity Supply Tamper State to the meter as CV5
    Then the Pre-Command carried the identifiers of the request
    And the DCC acknowledges with I99
    And the meter answers with success within 30 seconds
    And the messages were those of a critical request on demand

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:6.25 @cv:6 @device:ESME @grade:inferred
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:UEPT-LOCAL
  Scenario Outline: UEPT-<role>-6.25-OnDemand-CV6, the <user> asks the meter
    When the <user> sends 6.25 Set Electricity Supply Tamper State to the meter as CV6
    Then the Pre-Command carried the identifiers of the request
    And the DCC returns a Command for local delivery
    And the meter takes it from a hand-held terminal and answers with success
    And the messages were those of a critical request for local delivery

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:6.25 @cv:7 @device:ESME @grade:inferred
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:UEPT-LOCAL
  Scenario Outline: UEPT-<role>-6.25-OnDemand-CV7, the <user> asks the meter
    When the <user> sends 6.25 Set Electricity Supply Tamper State to the meter as CV7
    Then the Pre-Command carried the identifiers of the request
    And the DCC returns a Command for local delivery
    And the meter answers with success within 30 seconds
    And the messages were those of a critical request for both deliveries

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:6.26 @cv:4 @device:ESME
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:GBCS-2-PRE-COMMAND
  Scenario Outline: UEPT-<role>-6.26-Transform-CV4, the <user> asks the meter
    When the <user> sends 6.26 Update Device Configuration (daily resetting of Tariff Block Counter Matrix) to the meter as CV4
    Then the DCC returns a Pre-Command of 6.26
    And the Pre-Command carried the identifiers of the request
    And the <user> finds in it what was asked
    And the messages were those of a transformation

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:6.26 @cv:5 @device:ESME
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:DUIS-2-ACKNOWLEDGEMENT
  Scenario Outline: UEPT-<role>-6.26-OnDemand-CV5, the <user> asks the meter
    When the <user> sends 6.26 Update Device Configuration (daily resetting of Tariff Block Counter Matrix) to the meter as CV5
    Then the Pre-Command carried the identifiers of the request
    And the DCC acknowledges with I99
    And the meter answers with success within 30 seconds
    And the messages were those of a critical request on demand

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:6.26 @cv:6 @device:ESME @grade:inferred
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:UEPT-LOCAL
  Scenario Outline: UEPT-<role>-6.26-OnDemand-CV6, the <user> asks the meter
    When the <user> sends 6.26 Update Device Configuration (daily resetting of Tariff Block Counter Matrix) to the meter as CV6
    Then the Pre-Command carried the identifiers of the request
    And the DCC returns a Command for local delivery
    And the meter takes it from a hand-held terminal and answers with success
    And the messages were those of a critical request for local delivery

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:6.26 @cv:7 @device:ESME @grade:inferred
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:UEPT-LOCAL
  Scenario Outline: UEPT-<role>-6.26-OnDemand-CV7, the <user> asks the meter
    When the <user> sends 6.26 Update Device Configuration (daily resetting of Tariff Block Counter Matrix) to the meter as CV7
    Then the Pre-Command carried the identifiers of the request
    And the DCC returns a Command for local delivery
    And the meter answers with success within 30 seconds
    And the messages were those of a critical request for both deliveries

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:6.27 @cv:1 @device:ESME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-6.27-OnDemand-CV1, the <user> asks the meter
    When the <user> sends 6.27 Update Device Configuration (RMS Voltage Counter Reset) to the meter as CV1
    Then the DCC acknowledges with I99
    And the meter answers with success within 30 seconds
    And the messages were those of a request on demand

    Examples: roles
      | role | user                    |
      | ED   | electricity distributor |

  @srv:6.27 @cv:1 @device:ESME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  @requirement:UEPT-FUTURE-DATED
  Scenario Outline: UEPT-<role>-6.27-FutureDatedDSP-CV1, the <user> asks the meter
    When the <user> sends 6.27 Update Device Configuration (RMS Voltage Counter Reset) to the meter as CV1 for 1 hour later
    Then the DCC acknowledges with I99
    And nothing goes to the device before its time
    And the meter answers with success within 30 seconds
    And the messages were those of a request dated at the DSP

    Examples: roles
      | role | user                    |
      | ED   | electricity distributor |

  @srv:6.27 @cv:2 @device:ESME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-6.27-OnDemand-CV2, the <user> asks the meter
    When the <user> sends 6.27 Update Device Configuration (RMS Voltage Counter Reset) to the meter as CV2
    Then the DCC returns a Command for local delivery
    And the meter takes it from a hand-held terminal and answers with success
    And the messages were those of a request for local delivery

    Examples: roles
      | role | user                    |
      | ED   | electricity distributor |

  @srv:6.27 @cv:3 @device:ESME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-6.27-OnDemand-CV3, the <user> asks the meter
    When the <user> sends 6.27 Update Device Configuration (RMS Voltage Counter Reset) to the meter as CV3
    Then the DCC returns a Command for local delivery
    And the meter answers with success within 30 seconds
    And the messages were those of a request for both deliveries

    Examples: roles
      | role | user                    |
      | ED   | electricity distributor |

  @srv:6.28 @cv:1 @device:CHF
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-6.28-OnDemand-CV1, the <user> asks the hub
    When the <user> sends 6.28 Set CHF Sub GHz Configuration to the hub as CV1
    Then the DCC acknowledges with I99
    And the hub answers with success within 30 seconds
    And the messages were those of a request on demand

    Examples: roles
      | role | user            |
      | IS   | import supplier |
      | GS   | gas supplier    |

  @srv:6.28 @cv:2 @device:CHF @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-6.28-OnDemand-CV2, the <user> asks the hub
    When the <user> sends 6.28 Set CHF Sub GHz Configuration to the hub as CV2
    Then the DCC returns a Command for local delivery
    And the hub takes it from a hand-held terminal and answers with success
    And the messages were those of a request for local delivery

    Examples: roles
      | role | user            |
      | IS   | import supplier |
      | GS   | gas supplier    |

  @srv:6.28 @cv:3 @device:CHF @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-6.28-OnDemand-CV3, the <user> asks the hub
    When the <user> sends 6.28 Set CHF Sub GHz Configuration to the hub as CV3
    Then the DCC returns a Command for local delivery
    And the hub answers with success within 30 seconds
    And the messages were those of a request for both deliveries

    Examples: roles
      | role | user            |
      | IS   | import supplier |
      | GS   | gas supplier    |

  @srv:6.29 @cv:1 @device:CHF
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-6.29-OnDemand-CV1, the <user> asks the hub
    When the <user> sends 6.29 Request CHF Sub GHz Channel Scan to the hub as CV1
    Then the DCC acknowledges with I99
    And the hub answers with success within 30 seconds
    And the messages were those of a request on demand

    Examples: roles
      | role | user            |
      | IS   | import supplier |
      | GS   | gas supplier    |

  @srv:6.29 @cv:2 @device:CHF @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-6.29-OnDemand-CV2, the <user> asks the hub
    When the <user> sends 6.29 Request CHF Sub GHz Channel Scan to the hub as CV2
    Then the DCC returns a Command for local delivery
    And the hub takes it from a hand-held terminal and answers with success
    And the messages were those of a request for local delivery

    Examples: roles
      | role | user            |
      | IS   | import supplier |
      | GS   | gas supplier    |

  @srv:6.29 @cv:3 @device:CHF @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-6.29-OnDemand-CV3, the <user> asks the hub
    When the <user> sends 6.29 Request CHF Sub GHz Channel Scan to the hub as CV3
    Then the DCC returns a Command for local delivery
    And the hub answers with success within 30 seconds
    And the messages were those of a request for both deliveries

    Examples: roles
      | role | user            |
      | IS   | import supplier |
      | GS   | gas supplier    |

  @srv:6.30 @cv:1 @device:CHF
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-6.30-OnDemand-CV1, the <user> asks the hub
    When the <user> sends 6.30 Read CHF Sub GHz Configuration to the hub as CV1
    Then the DCC acknowledges with I99
    And the hub answers with success within 30 seconds
    And the messages were those of a request on demand

    Examples: roles
      | role | user                      |
      | IS   | import supplier           |
      | GS   | gas supplier              |
      | RSA  | registered supplier agent |

  @srv:6.30 @cv:2 @device:CHF @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-6.30-OnDemand-CV2, the <user> asks the hub
    When the <user> sends 6.30 Read CHF Sub GHz Configuration to the hub as CV2
    Then the DCC returns a Command for local delivery
    And the hub takes it from a hand-held terminal and answers with success
    And the messages were those of a request for local delivery

    Examples: roles
      | role | user                      |
      | IS   | import supplier           |
      | GS   | gas supplier              |
      | RSA  | registered supplier agent |

  @srv:6.30 @cv:3 @device:CHF @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-6.30-OnDemand-CV3, the <user> asks the hub
    When the <user> sends 6.30 Read CHF Sub GHz Configuration to the hub as CV3
    Then the DCC returns a Command for local delivery
    And the hub answers with success within 30 seconds
    And the messages were those of a request for both deliveries

    Examples: roles
      | role | user                      |
      | IS   | import supplier           |
      | GS   | gas supplier              |
      | RSA  | registered supplier agent |

  @srv:6.31 @cv:1 @device:CHF
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-6.31-OnDemand-CV1, the <user> asks the hub
    When the <user> sends 6.31 Read CHF Sub GHz Channel to the hub as CV1
    Then the DCC acknowledges with I99
    And the hub answers with success within 30 seconds
    And the messages were those of a request on demand

    Examples: roles
      | role | user                      |
      | IS   | import supplier           |
      | GS   | gas supplier              |
      | RSA  | registered supplier agent |

  @srv:6.31 @cv:2 @device:CHF @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-6.31-OnDemand-CV2, the <user> asks the hub
    When the <user> sends 6.31 Read CHF Sub GHz Channel to the hub as CV2
    Then the DCC returns a Command for local delivery
    And the hub takes it from a hand-held terminal and answers with success
    And the messages were those of a request for local delivery

    Examples: roles
      | role | user                      |
      | IS   | import supplier           |
      | GS   | gas supplier              |
      | RSA  | registered supplier agent |

  @srv:6.31 @cv:3 @device:CHF @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-6.31-OnDemand-CV3, the <user> asks the hub
    When the <user> sends 6.31 Read CHF Sub GHz Channel to the hub as CV3
    Then the DCC returns a Command for local delivery
    And the hub answers with success within 30 seconds
    And the messages were those of a request for both deliveries

    Examples: roles
      | role | user                      |
      | IS   | import supplier           |
      | GS   | gas supplier              |
      | RSA  | registered supplier agent |

  @srv:6.32 @cv:1 @device:CHF
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-6.32-OnDemand-CV1, the <user> asks the hub
    When the <user> sends 6.32 Read CHF Sub GHz Channel Log to the hub as CV1
    Then the DCC acknowledges with I99
    And the hub answers with success within 30 seconds
    And the messages were those of a request on demand

    Examples: roles
      | role | user                      |
      | IS   | import supplier           |
      | GS   | gas supplier              |
      | RSA  | registered supplier agent |

  @srv:6.32 @cv:2 @device:CHF @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-6.32-OnDemand-CV2, the <user> asks the hub
    When the <user> sends 6.32 Read CHF Sub GHz Channel Log to the hub as CV2
    Then the DCC returns a Command for local delivery
    And the hub takes it from a hand-held terminal and answers with success
    And the messages were those of a request for local delivery

    Examples: roles
      | role | user                      |
      | IS   | import supplier           |
      | GS   | gas supplier              |
      | RSA  | registered supplier agent |

  @srv:6.32 @cv:3 @device:CHF @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-6.32-OnDemand-CV3, the <user> asks the hub
    When the <user> sends 6.32 Read CHF Sub GHz Channel Log to the hub as CV3
    Then the DCC returns a Command for local delivery
    And the hub answers with success within 30 seconds
    And the messages were those of a request for both deliveries

    Examples: roles
      | role | user                      |
      | IS   | import supplier           |
      | GS   | gas supplier              |
      | RSA  | registered supplier agent |
