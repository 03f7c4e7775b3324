# Written by `python -m fixtures.cells` from the table of cells; not to be changed by hand.
@scheme:uept @bench:kept
Feature: User entry, firmware

  A scenario is one cell of the service request matrix: a variant in a role, in one form.

  Background:
    Given furnished premises: an electricity meter and a gas meter, commissioned

  @srv:11.1 @cv:8
  @requirement:UEPT-NON-DEVICE @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-11.1-DCCOnly-CV8, the <user> asks the DCC
    When the <user> sends 11.1 Update Firmware to the DCC
    Then the DCC answers with I99
    And the messages were those of a request to the DCC without an answer

    Examples: roles
      | role | user            |
      | IS   | import supplier |
      | GS   | gas supplier    |

  @srv:11.2 @cv:1 @device:GSME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-11.2-OnDemand-CV1, the <user> asks the gas meter
    When the <user> sends 11.2 Read Firmware Version to the gas meter as CV1
    Then the DCC acknowledges with I99
    And the gas meter answers with success within 31 minutes
    And the messages were those of a request on demand

    Examples: roles
      | role | user            |
      | GS   | gas supplier    |
      | GT   | gas transporter |

  @srv:11.2 @cv:1 @device:ESME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-11.2-OnDemand-CV1, the <user> asks the meter
    When the <user> sends 11.2 Read Firmware Version to the meter as CV1
    Then the DCC acknowledges with I99
    And the meter answers with success within 30 seconds
    And the messages were those of a request on demand
    And the answer holds firmware_version

    Examples: roles
      | role | user                      |
      | IS   | import supplier           |
      | ES   | export supplier           |
      | RSA  | registered supplier agent |
      | ED   | electricity distributor   |
      | OU   | other user                |

  @srv:11.2 @cv:1 @device:GSME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  @requirement:UEPT-FUTURE-DATED
  Scenario Outline: UEPT-<role>-11.2-FutureDatedDSP-CV1, the <user> asks the gas meter
    When the <user> sends 11.2 Read Firmware Version to the gas meter as CV1 for 1 hour later
    Then the DCC acknowledges with I99
    And nothing goes to the device before its time
    And the gas meter answers with success within 31 minutes
    And the messages were those of a request dated at the DSP

    Examples: roles
      | role | user            |
      | GS   | gas supplier    |
      | GT   | gas transporter |

  @srv:11.2 @cv:1 @device:ESME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  @requirement:UEPT-FUTURE-DATED
  Scenario Outline: UEPT-<role>-11.2-FutureDatedDSP-CV1, the <user> asks the meter
    When the <user> sends 11.2 Read Firmware Version to the meter as CV1 for 1 hour later
    Then the DCC acknowledges with I99
    And nothing goes to the device before its time
    And the meter answers with success within 30 seconds
    And the messages were those of a request dated at the DSP
    And the answer holds firmware_version

    Examples: roles
      | role | user                      |
      | IS   | import supplier           |
      | ES   | export supplier           |
      | RSA  | registered supplier agent |
      | ED   | electricity distributor   |
      | OU   | other user                |

  @srv:11.2 @cv:2 @device:GSME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-11.2-OnDemand-CV2, the <user> asks the gas meter
    When the <user> sends 11.2 Read Firmware Version to the gas meter as CV2
    Then the DCC returns a Command for local delivery
    And the gas meter takes it from a hand-held terminal and answers with success
    And the messages were those of a request for local delivery

    Examples: roles
      | role | user            |
      | GS   | gas supplier    |
      | GT   | gas transporter |

  @srv:11.2 @cv:2 @device:ESME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-11.2-OnDemand-CV2, the <user> asks the meter
    When the <user> sends 11.2 Read Firmware Version to the meter as CV2
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

  @srv:11.2 @cv:3 @device:GSME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-11.2-OnDemand-CV3, the <user> asks the gas meter
    When the <user> sends 11.2 Read Firmware Version to the gas meter as CV3
    Then the DCC returns a Command for local delivery
    And the gas meter answers with success within 31 minutes
    And the messages were those of a request for both deliveries

    Examples: roles
      | role | user            |
      | GS   | gas supplier    |
      | GT   | gas transporter |

  @srv:11.2 @cv:3 @device:ESME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-11.2-OnDemand-CV3, the <user> asks the meter
    When the <user> sends 11.2 Read Firmware Version to the meter as CV3
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

  @srv:11.3 @cv:4 @device:GSME
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:GBCS-2-PRE-COMMAND
  Scenario Outline: UEPT-<role>-11.3-Transform-CV4, the <user> asks the gas meter
    When the <user> sends 11.3 Activate Firmware to the gas meter as CV4
    Then the DCC returns a Pre-Command of 11.3
    And the Pre-Command carried the identifiers of the request
    And the <user> finds in it what was asked
    And the messages were those of a transformation

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:11.3 @cv:4 @device:ESME
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:GBCS-2-PRE-COMMAND
  Scenario Outline: UEPT-<role>-11.3-Transform-CV4, the <user> asks the meter
    When the <user> sends 11.3 Activate Firmware to the meter as CV4
    Then the DCC returns a Pre-Command of 11.3
    And the Pre-Command carried the identifiers of the request
    And the <user> finds in it what was asked
    And the messages were those of a transformation

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:11.3 @cv:5 @device:GSME
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:DUIS-2-ACKNOWLEDGEMENT
  Scenario Outline: UEPT-<role>-11.3-OnDemand-CV5, the <user> asks the gas meter
    When the <user> sends 11.3 Activate Firmware to the gas meter as CV5
    Then the Pre-Command carried the identifiers of the request
    And the DCC acknowledges with I99
    And the gas meter answers with success within 31 minutes
    And the messages were those of a critical request on demand

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:11.3 @cv:5 @device:ESME
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:DUIS-2-ACKNOWLEDGEMENT
  Scenario Outline: UEPT-<role>-11.3-OnDemand-CV5, the <user> asks the meter
    When the <user> sends 11.3 Activate Firmware to the meter as CV5
    Then the Pre-Command carried the identifiers of the request
    And the DCC acknowledges with I99
    And the meter answers with success within 30 seconds
    And the messages were those of a critical request on demand

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:11.3 @cv:5 @device:GSME
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FUTURE-DATED
  Scenario Outline: UEPT-<role>-11.3-FutureDatedDevice-CV5, the <user> asks the gas meter
    When the <user> sends 11.3 Activate Firmware to the gas meter as CV5 for 1 hour later
    Then the Pre-Command carried the identifiers of the request
    And the DCC acknowledges with I99
    And the gas meter answers with success within 31 minutes
    And the messages were those of a critical request on demand
    And at its time the gas meter reports that it has carried it out

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:11.3 @cv:5 @device:ESME
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FUTURE-DATED
  Scenario Outline: UEPT-<role>-11.3-FutureDatedDevice-CV5, the <user> asks the meter
    When the <user> sends 11.3 Activate Firmware to the meter as CV5 for 1 hour later
    Then the Pre-Command carried the identifiers of the request
    And the DCC acknowledges with I99
    And the meter answers with success within 30 seconds
    And the messages were those of a critical request on demand
    And at its time the meter reports that it has carried it out

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:11.3 @cv:6 @device:GSME @grade:inferred
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:UEPT-LOCAL
  Scenario Outline: UEPT-<role>-11.3-OnDemand-CV6, the <user> asks the gas meter
    When the <user> sends 11.3 Activate Firmware to the gas meter as CV6
    Then the Pre-Command carried the identifiers of the request
    And the DCC returns a Command for local delivery
    And the gas meter takes it from a hand-held terminal and answers with success
    And the messages were those of a critical request for local delivery

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:11.3 @cv:6 @device:ESME @grade:inferred
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:UEPT-LOCAL
  Scenario Outline: UEPT-<role>-11.3-OnDemand-CV6, the <user> asks the meter
    When the <user> sends 11.3 Activate Firmware to the meter as CV6
    Then the Pre-Command carried the identifiers of the request
    And the DCC returns a Command for local delivery
    And the meter takes it from a hand-held terminal and answers with success
    And the messages were those of a critical request for local delivery

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:11.3 @cv:7 @device:GSME @grade:inferred
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:UEPT-LOCAL
  Scenario Outline: UEPT-<role>-11.3-OnDemand-CV7, the <user> asks the gas meter
    When the <user> sends 11.3 Activate Firmware to the gas meter as CV7
    Then the Pre-Command carried the identifiers of the request
    And the DCC returns a Command for local delivery
    And the gas meter answers with success within 31 minutes
    And the messages were those of a critical request for both deliveries

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:11.3 @cv:7 @device:ESME @grade:inferred
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:UEPT-LOCAL
  Scenario Outline: UEPT-<role>-11.3-OnDemand-CV7, the <user> asks the meter
    When the <user> sends 11.3 Activate Firmware to the meter as CV7
    Then the Pre-Command carried the identifiers of the request
    And the DCC returns a Command for local delivery
    And the meter answers with success within 30 seconds
    And the messages were those of a critical request for both deliveries

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:11.4 @cv:8
  @requirement:UEPT-NON-DEVICE @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-11.4-DCCOnly-CV8, the <user> asks the DCC
    When the <user> sends 11.4 Update PPMID Firmware to the DCC
    Then the DCC answers with I99
    And the messages were those of a request to the DCC without an answer

    Examples: roles
      | role | user            |
      | IS   | import supplier |
