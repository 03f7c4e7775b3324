# Written by `python -m fixtures.cells` from the table of cells; not to be changed by hand.
@scheme:uept @bench:kept
Feature: User entry, device management: configuration, clock, logs, credentials

  A scenario is one cell of the service request matrix: a variant in a role, in one form.

  Background:
    Given furnished premises: a commissioned electricity meter, and a gas meter in the hub's log

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

  @srv:6.13 @cv:1 @device:CHF
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-6.13-OnDemand-CV1, the <user> asks the hub
    When the <user> sends 6.13 Read Event Or Security Log to the hub as CV1
    Then the DCC acknowledges with I99
    And the hub answers with success within 30 seconds
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

  @srv:6.13 @cv:2 @device:CHF @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-6.13-OnDemand-CV2, the <user> asks the hub
    When the <user> sends 6.13 Read Event Or Security Log to the hub as CV2
    Then the DCC returns a Command for local delivery
    And the hub takes it from a hand-held terminal and answers with success
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

  @srv:6.13 @cv:3 @device:CHF @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-6.13-OnDemand-CV3, the <user> asks the hub
    When the <user> sends 6.13 Read Event Or Security Log to the hub as CV3
    Then the DCC returns a Command for local delivery
    And the hub answers with success within 30 seconds
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

  @srv:6.24.1 @cv:1 @device:CHF
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-6.24.1-OnDemand-CV1, the <user> asks the hub
    When the <user> sends 6.24.1 Retrieve Device Security Credentials (KRP) to the hub as CV1
    Then the DCC acknowledges with I99
    And the hub answers with success within 30 seconds
    And the messages were those of a request on demand
    And the answer holds payload

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

  @srv:6.24.1 @cv:2 @device:CHF @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-6.24.1-OnDemand-CV2, the <user> asks the hub
    When the <user> sends 6.24.1 Retrieve Device Security Credentials (KRP) to the hub as CV2
    Then the DCC returns a Command for local delivery
    And the hub takes it from a hand-held terminal and answers with success
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

  @srv:6.24.1 @cv:3 @device:CHF @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-6.24.1-OnDemand-CV3, the <user> asks the hub
    When the <user> sends 6.24.1 Retrieve Device Security Credentials (KRP) to the hub as CV3
    Then the DCC returns a Command for local delivery
    And the hub answers with success within 30 seconds
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
