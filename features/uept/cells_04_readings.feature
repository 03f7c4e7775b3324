# Written by `python -m fixtures.cells` from the table of cells; not to be changed by hand.
@scheme:uept @bench:kept
Feature: User entry, readings

  A scenario is one cell of the service request matrix: a variant in a role, in one form.

  Background:
    Given furnished premises: an electricity meter and a gas meter, commissioned

  @srv:4.1.1 @cv:1 @device:GSME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-4.1.1-OnDemand-CV1, the <user> asks the gas meter
    When the <user> sends 4.1.1 Read Instantaneous Import Registers to the gas meter as CV1
    Then the DCC acknowledges with I99
    And the gas meter answers with success within 31 minutes
    And the messages were those of a request on demand

    Examples: roles
      | role | user            |
      | GS   | gas supplier    |
      | GT   | gas transporter |

  @srv:4.1.1 @cv:1 @device:ESME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-4.1.1-OnDemand-CV1, the <user> asks the meter
    When the <user> sends 4.1.1 Read Instantaneous Import Registers to the meter as CV1
    Then the DCC acknowledges with I99
    And the meter answers with success within 30 seconds
    And the messages were those of a request on demand
    And the answer holds active_import_wh

    Examples: roles
      | role | user                    |
      | IS   | import supplier         |
      | ED   | electricity distributor |

  @srv:4.1.1 @cv:1 @device:GSME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  @requirement:UEPT-FUTURE-DATED
  Scenario Outline: UEPT-<role>-4.1.1-FutureDatedDSP-CV1, the <user> asks the gas meter
    When the <user> sends 4.1.1 Read Instantaneous Import Registers to the gas meter as CV1 for 1 hour later
    Then the DCC acknowledges with I99
    And nothing goes to the device before its time
    And the gas meter answers with success within 31 minutes
    And the messages were those of a request dated at the DSP

    Examples: roles
      | role | user            |
      | GS   | gas supplier    |
      | GT   | gas transporter |

  @srv:4.1.1 @cv:1 @device:ESME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  @requirement:UEPT-FUTURE-DATED
  Scenario Outline: UEPT-<role>-4.1.1-FutureDatedDSP-CV1, the <user> asks the meter
    When the <user> sends 4.1.1 Read Instantaneous Import Registers to the meter as CV1 for 1 hour later
    Then the DCC acknowledges with I99
    And nothing goes to the device before its time
    And the meter answers with success within 30 seconds
    And the messages were those of a request dated at the DSP
    And the answer holds active_import_wh

    Examples: roles
      | role | user                    |
      | IS   | import supplier         |
      | ED   | electricity distributor |

  @srv:4.1.1 @cv:2 @device:GSME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-4.1.1-OnDemand-CV2, the <user> asks the gas meter
    When the <user> sends 4.1.1 Read Instantaneous Import Registers to the gas meter as CV2
    Then the DCC returns a Command for local delivery
    And the gas meter takes it from a hand-held terminal and answers with success
    And the messages were those of a request for local delivery

    Examples: roles
      | role | user            |
      | GS   | gas supplier    |
      | GT   | gas transporter |

  @srv:4.1.1 @cv:2 @device:ESME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-4.1.1-OnDemand-CV2, the <user> asks the meter
    When the <user> sends 4.1.1 Read Instantaneous Import Registers to the meter as CV2
    Then the DCC returns a Command for local delivery
    And the meter takes it from a hand-held terminal and answers with success
    And the messages were those of a request for local delivery

    Examples: roles
      | role | user                    |
      | IS   | import supplier         |
      | ED   | electricity distributor |

  @srv:4.1.1 @cv:3 @device:GSME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-4.1.1-OnDemand-CV3, the <user> asks the gas meter
    When the <user> sends 4.1.1 Read Instantaneous Import Registers to the gas meter as CV3
    Then the DCC returns a Command for local delivery
    And the gas meter answers with success within 31 minutes
    And the messages were those of a request for both deliveries

    Examples: roles
      | role | user            |
      | GS   | gas supplier    |
      | GT   | gas transporter |

  @srv:4.1.1 @cv:3 @device:ESME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-4.1.1-OnDemand-CV3, the <user> asks the meter
    When the <user> sends 4.1.1 Read Instantaneous Import Registers to the meter as CV3
    Then the DCC returns a Command for local delivery
    And the meter answers with success within 30 seconds
    And the messages were those of a request for both deliveries

    Examples: roles
      | role | user                    |
      | IS   | import supplier         |
      | ED   | electricity distributor |

  @srv:4.1.2 @cv:1 @device:GSME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-4.1.2-OnDemand-CV1, the <user> asks the gas meter
    When the <user> sends 4.1.2 Read Instantaneous Import TOU Matrices to the gas meter as CV1
    Then the DCC acknowledges with I99
    And the gas meter answers with success within 31 minutes
    And the messages were those of a request on demand

    Examples: roles
      | role | user            |
      | GS   | gas supplier    |
      | GT   | gas transporter |

  @srv:4.1.2 @cv:1 @device:ESME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-4.1.2-OnDemand-CV1, the <user> asks the meter
    When the <user> sends 4.1.2 Read Instantaneous Import TOU Matrices to the meter as CV1
    Then the DCC acknowledges with I99
    And the meter answers with success within 30 seconds
    And the messages were those of a request on demand

    Examples: roles
      | role | user                    |
      | IS   | import supplier         |
      | ED   | electricity distributor |

  @srv:4.1.2 @cv:1 @device:GSME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  @requirement:UEPT-FUTURE-DATED
  Scenario Outline: UEPT-<role>-4.1.2-FutureDatedDSP-CV1, the <user> asks the gas meter
    When the <user> sends 4.1.2 Read Instantaneous Import TOU Matrices to the gas meter as CV1 for 1 hour later
    Then the DCC acknowledges with I99
    And nothing goes to the device before its time
    And the gas meter answers with success within 31 minutes
    And the messages were those of a request dated at the DSP

    Examples: roles
      | role | user            |
      | GS   | gas supplier    |
      | GT   | gas transporter |

  @srv:4.1.2 @cv:1 @device:ESME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  @requirement:UEPT-FUTURE-DATED
  Scenario Outline: UEPT-<role>-4.1.2-FutureDatedDSP-CV1, the <user> asks the meter
    When the <user> sends 4.1.2 Read Instantaneous Import TOU Matrices to the meter as CV1 for 1 hour later
    Then the DCC acknowledges with I99
    And nothing goes to the device before its time
    And the meter answers with success within 30 seconds
    And the messages were those of a request dated at the DSP

    Examples: roles
      | role | user                    |
      | IS   | import supplier         |
      | ED   | electricity distributor |

  @srv:4.1.2 @cv:2 @device:GSME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-4.1.2-OnDemand-CV2, the <user> asks the gas meter
    When the <user> sends 4.1.2 Read Instantaneous Import TOU Matrices to the gas meter as CV2
    Then the DCC returns a Command for local delivery
    And the gas meter takes it from a hand-held terminal and answers with success
    And the messages were those of a request for local delivery

    Examples: roles
      | role | user            |
      | GS   | gas supplier    |
      | GT   | gas transporter |

  @srv:4.1.2 @cv:2 @device:ESME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-4.1.2-OnDemand-CV2, the <user> asks the meter
    When the <user> sends 4.1.2 Read Instantaneous Import TOU Matrices to the meter as CV2
    Then the DCC returns a Command for local delivery
    And the meter takes it from a hand-held terminal and answers with success
    And the messages were those of a request for local delivery

    Examples: roles
      | role | user                    |
      | IS   | import supplier         |
      | ED   | electricity distributor |

  @srv:4.1.2 @cv:3 @device:GSME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-4.1.2-OnDemand-CV3, the <user> asks the gas meter
    When the <user> sends 4.1.2 Read Instantaneous Import TOU Matrices to the gas meter as CV3
    Then the DCC returns a Command for local delivery
    And the gas meter answers with success within 31 minutes
    And the messages were those of a request for both deliveries

    Examples: roles
      | role | user            |
      | GS   | gas supplier    |
      | GT   | gas transporter |

  @srv:4.1.2 @cv:3 @device:ESME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-4.1.2-OnDemand-CV3, the <user> asks the meter
    When the <user> sends 4.1.2 Read Instantaneous Import TOU Matrices to the meter as CV3
    Then the DCC returns a Command for local delivery
    And the meter answers with success within 30 seconds
    And the messages were those of a request for both deliveries

    Examples: roles
      | role | user                    |
      | IS   | import supplier         |
      | ED   | electricity distributor |

  @srv:4.1.3 @cv:1 @device:ESME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-4.1.3-OnDemand-CV1, the <user> asks the meter
    When the <user> sends 4.1.3 Read Instantaneous Import TOU With Blocks Matrices to the meter as CV1
    Then the DCC acknowledges with I99
    And the meter answers with success within 30 seconds
    And the messages were those of a request on demand

    Examples: roles
      | role | user                    |
      | IS   | import supplier         |
      | ED   | electricity distributor |

  @srv:4.1.3 @cv:1 @device:ESME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  @requirement:UEPT-FUTURE-DATED
  Scenario Outline: UEPT-<role>-4.1.3-FutureDatedDSP-CV1, the <user> asks the meter
    When the <user> sends 4.1.3 Read Instantaneous Import TOU With Blocks Matrices to the meter as CV1 for 1 hour later
    Then the DCC acknowledges with I99
    And nothing goes to the device before its time
    And the meter answers with success within 30 seconds
    And the messages were those of a request dated at the DSP

    Examples: roles
      | role | user                    |
      | IS   | import supplier         |
      | ED   | electricity distributor |

  @srv:4.1.3 @cv:2 @device:ESME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-4.1.3-OnDemand-CV2, the <user> asks the meter
    When the <user> sends 4.1.3 Read Instantaneous Import TOU With Blocks Matrices to the meter as CV2
    Then the DCC returns a Command for local delivery
    And the meter takes it from a hand-held terminal and answers with success
    And the messages were those of a request for local delivery

    Examples: roles
      | role | user                    |
      | IS   | import supplier         |
      | ED   | electricity distributor |

  @srv:4.1.3 @cv:3 @device:ESME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-4.1.3-OnDemand-CV3, the <user> asks the meter
    When the <user> sends 4.1.3 Read Instantaneous Import TOU With Blocks Matrices to the meter as CV3
    Then the DCC returns a Command for local delivery
    And the meter answers with success within 30 seconds
    And the messages were those of a request for both deliveries

    Examples: roles
      | role | user                    |
      | IS   | import supplier         |
      | ED   | electricity distributor |

  @srv:4.1.4 @cv:1 @device:GSME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-4.1.4-OnDemand-CV1, the <user> asks the gas meter
    When the <user> sends 4.1.4 Read Instantaneous Import Block Counters to the gas meter as CV1
    Then the DCC acknowledges with I99
    And the gas meter answers with success within 31 minutes
    And the messages were those of a request on demand

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:4.1.4 @cv:1 @device:GSME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  @requirement:UEPT-FUTURE-DATED
  Scenario Outline: UEPT-<role>-4.1.4-FutureDatedDSP-CV1, the <user> asks the gas meter
    When the <user> sends 4.1.4 Read Instantaneous Import Block Counters to the gas meter as CV1 for 1 hour later
    Then the DCC acknowledges with I99
    And nothing goes to the device before its time
    And the gas meter answers with success within 31 minutes
    And the messages were those of a request dated at the DSP

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:4.1.4 @cv:2 @device:GSME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-4.1.4-OnDemand-CV2, the <user> asks the gas meter
    When the <user> sends 4.1.4 Read Instantaneous Import Block Counters to the gas meter as CV2
    Then the DCC returns a Command for local delivery
    And the gas meter takes it from a hand-held terminal and answers with success
    And the messages were those of a request for local delivery

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:4.1.4 @cv:3 @device:GSME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-4.1.4-OnDemand-CV3, the <user> asks the gas meter
    When the <user> sends 4.1.4 Read Instantaneous Import Block Counters to the gas meter as CV3
    Then the DCC returns a Command for local delivery
    And the gas meter answers with success within 31 minutes
    And the messages were those of a request for both deliveries

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:4.2 @cv:1 @device:ESME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-4.2-OnDemand-CV1, the <user> asks the meter
    When the <user> sends 4.2 Read Instantaneous Export Registers to the meter as CV1
    Then the DCC acknowledges with I99
    And the meter answers with success within 30 seconds
    And the messages were those of a request on demand

    Examples: roles
      | role | user                    |
      | ES   | export supplier         |
      | ED   | electricity distributor |

  @srv:4.2 @cv:1 @device:ESME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  @requirement:UEPT-FUTURE-DATED
  Scenario Outline: UEPT-<role>-4.2-FutureDatedDSP-CV1, the <user> asks the meter
    When the <user> sends 4.2 Read Instantaneous Export Registers to the meter as CV1 for 1 hour later
    Then the DCC acknowledges with I99
    And nothing goes to the device before its time
    And the meter answers with success within 30 seconds
    And the messages were those of a request dated at the DSP

    Examples: roles
      | role | user                    |
      | ES   | export supplier         |
      | ED   | electricity distributor |

  @srv:4.2 @cv:2 @device:ESME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-4.2-OnDemand-CV2, the <user> asks the meter
    When the <user> sends 4.2 Read Instantaneous Export Registers to the meter as CV2
    Then the DCC returns a Command for local delivery
    And the meter takes it from a hand-held terminal and answers with success
    And the messages were those of a request for local delivery

    Examples: roles
      | role | user                    |
      | ES   | export supplier         |
      | ED   | electricity distributor |

  @srv:4.2 @cv:3 @device:ESME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-4.2-OnDemand-CV3, the <user> asks the meter
    When the <user> sends 4.2 Read Instantaneous Export Registers to the meter as CV3
    Then the DCC returns a Command for local delivery
    And the meter answers with success within 30 seconds
    And the messages were those of a request for both deliveries

    Examples: roles
      | role | user                    |
      | ES   | export supplier         |
      | ED   | electricity distributor |

  @srv:4.3 @cv:1 @device:GSME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-4.3-OnDemand-CV1, the <user> asks the gas meter
    When the <user> sends 4.3 Read Instantaneous Prepay Values to the gas meter as CV1
    Then the DCC acknowledges with I99
    And the gas meter answers with success within 31 minutes
    And the messages were those of a request on demand

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:4.3 @cv:1 @device:ESME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-4.3-OnDemand-CV1, the <user> asks the meter
    When the <user> sends 4.3 Read Instantaneous Prepay Values to the meter as CV1
    Then the DCC acknowledges with I99
    And the meter answers with success within 30 seconds
    And the messages were those of a request on demand

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:4.3 @cv:1 @device:GSME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  @requirement:UEPT-FUTURE-DATED
  Scenario Outline: UEPT-<role>-4.3-FutureDatedDSP-CV1, the <user> asks the gas meter
    When the <user> sends 4.3 Read Instantaneous Prepay Values to the gas meter as CV1 for 1 hour later
    Then the DCC acknowledges with I99
    And nothing goes to the device before its time
    And the gas meter answers with success within 31 minutes
    And the messages were those of a request dated at the DSP

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:4.3 @cv:1 @device:ESME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  @requirement:UEPT-FUTURE-DATED
  Scenario Outline: UEPT-<role>-4.3-FutureDatedDSP-CV1, the <user> asks the meter
    When the <user> sends 4.3 Read Instantaneous Prepay Values to the meter as CV1 for 1 hour later
    Then the DCC acknowledges with I99
    And nothing goes to the device before its time
    And the meter answers with success within 30 seconds
    And the messages were those of a request dated at the DSP

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:4.3 @cv:2 @device:GSME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-4.3-OnDemand-CV2, the <user> asks the gas meter
    When the <user> sends 4.3 Read Instantaneous Prepay Values to the gas meter as CV2
    Then the DCC returns a Command for local delivery
    And the gas meter takes it from a hand-held terminal and answers with success
    And the messages were those of a request for local delivery

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:4.3 @cv:2 @device:ESME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-4.3-OnDemand-CV2, the <user> asks the meter
    When the <user> sends 4.3 Read Instantaneous Prepay Values to the meter as CV2
    Then the DCC returns a Command for local delivery
    And the meter takes it from a hand-held terminal and answers with success
    And the messages were those of a request for local delivery

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:4.3 @cv:3 @device:GSME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-4.3-OnDemand-CV3, the <user> asks the gas meter
    When the <user> sends 4.3 Read Instantaneous Prepay Values to the gas meter as CV3
    Then the DCC returns a Command for local delivery
    And the gas meter answers with success within 31 minutes
    And the messages were those of a request for both deliveries

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:4.3 @cv:3 @device:ESME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-4.3-OnDemand-CV3, the <user> asks the meter
    When the <user> sends 4.3 Read Instantaneous Prepay Values to the meter as CV3
    Then the DCC returns a Command for local delivery
    And the meter answers with success within 30 seconds
    And the messages were those of a request for both deliveries

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:4.4.2 @cv:1 @device:GSME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-4.4.2-OnDemand-CV1, the <user> asks the gas meter
    When the <user> sends 4.4.2 Retrieve Change Of Mode / Tariff Triggered Billing Data Log to the gas meter as CV1
    Then the DCC acknowledges with I99
    And the gas meter answers with success within 31 minutes
    And the messages were those of a request on demand

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:4.4.2 @cv:1 @device:ESME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-4.4.2-OnDemand-CV1, the <user> asks the meter
    When the <user> sends 4.4.2 Retrieve Change Of Mode / Tariff Triggered Billing Data Log to the meter as CV1
    Then the DCC acknowledges with I99
    And the meter answers with success within 30 seconds
    And the messages were those of a request on demand

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:4.4.2 @cv:1 @device:GSME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  @requirement:UEPT-FUTURE-DATED
  Scenario Outline: UEPT-<role>-4.4.2-FutureDatedDSP-CV1, the <user> asks the gas meter
    When the <user> sends 4.4.2 Retrieve Change Of Mode / Tariff Triggered Billing Data Log to the gas meter as CV1 for 1 hour later
    Then the DCC acknowledges with I99
    And nothing goes to the device before its time
    And the gas meter answers with success within 31 minutes
    And the messages were those of a request dated at the DSP

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:4.4.2 @cv:1 @device:ESME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  @requirement:UEPT-FUTURE-DATED
  Scenario Outline: UEPT-<role>-4.4.2-FutureDatedDSP-CV1, the <user> asks the meter
    When the <user> sends 4.4.2 Retrieve Change Of Mode / Tariff Triggered Billing Data Log to the meter as CV1 for 1 hour later
    Then the DCC acknowledges with I99
    And nothing goes to the device before its time
    And the meter answers with success within 30 seconds
    And the messages were those of a request dated at the DSP

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:4.4.2 @cv:2 @device:GSME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-4.4.2-OnDemand-CV2, the <user> asks the gas meter
    When the <user> sends 4.4.2 Retrieve Change Of Mode / Tariff Triggered Billing Data Log to the gas meter as CV2
    Then the DCC returns a Command for local delivery
    And the gas meter takes it from a hand-held terminal and answers with success
    And the messages were those of a request for local delivery

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:4.4.2 @cv:2 @device:ESME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-4.4.2-OnDemand-CV2, the <user> asks the meter
    When the <user> sends 4.4.2 Retrieve Change Of Mode / Tariff Triggered Billing Data Log to the meter as CV2
    Then the DCC returns a Command for local delivery
    And the meter takes it from a hand-held terminal and answers with success
    And the messages were those of a request for local delivery

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:4.4.2 @cv:3 @device:GSME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-4.4.2-OnDemand-CV3, the <user> asks the gas meter
    When the <user> sends 4.4.2 Retrieve Change Of Mode / Tariff Triggered Billing Data Log to the gas meter as CV3
    Then the DCC returns a Command for local delivery
    And the gas meter answers with success within 31 minutes
    And the messages were those of a request for both deliveries

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:4.4.2 @cv:3 @device:ESME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-4.4.2-OnDemand-CV3, the <user> asks the meter
    When the <user> sends 4.4.2 Retrieve Change Of Mode / Tariff Triggered Billing Data Log to the meter as CV3
    Then the DCC returns a Command for local delivery
    And the meter answers with success within 30 seconds
    And the messages were those of a request for both deliveries

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:4.4.3 @cv:1 @device:GSME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-4.4.3-OnDemand-CV1, the <user> asks the gas meter
    When the <user> sends 4.4.3 Retrieve Billing Calendar Triggered Billing Data Log to the gas meter as CV1
    Then the DCC acknowledges with I99
    And the gas meter answers with success within 31 minutes
    And the messages were those of a request on demand

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:4.4.3 @cv:1 @device:ESME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-4.4.3-OnDemand-CV1, the <user> asks the meter
    When the <user> sends 4.4.3 Retrieve Billing Calendar Triggered Billing Data Log to the meter as CV1
    Then the DCC acknowledges with I99
    And the meter answers with success within 30 seconds
    And the messages were those of a request on demand

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:4.4.3 @cv:1 @device:GSME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  @requirement:UEPT-FUTURE-DATED
  Scenario Outline: UEPT-<role>-4.4.3-FutureDatedDSP-CV1, the <user> asks the gas meter
    When the <user> sends 4.4.3 Retrieve Billing Calendar Triggered Billing Data Log to the gas meter as CV1 for 1 hour later
    Then the DCC acknowledges with I99
    And nothing goes to the device before its time
    And the gas meter answers with success within 31 minutes
    And the messages were those of a request dated at the DSP

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:4.4.3 @cv:1 @device:ESME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  @requirement:UEPT-FUTURE-DATED
  Scenario Outline: UEPT-<role>-4.4.3-FutureDatedDSP-CV1, the <user> asks the meter
    When the <user> sends 4.4.3 Retrieve Billing Calendar Triggered Billing Data Log to the meter as CV1 for 1 hour later
    Then the DCC acknowledges with I99
    And nothing goes to the device before its time
    And the meter answers with success within 30 seconds
    And the messages were those of a request dated at the DSP

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:4.4.3 @cv:2 @device:GSME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-4.4.3-OnDemand-CV2, the <user> asks the gas meter
    When the <user> sends 4.4.3 Retrieve Billing Calendar Triggered Billing Data Log to the gas meter as CV2
    Then the DCC returns a Command for local delivery
    And the gas meter takes it from a hand-held terminal and answers with success
    And the messages were those of a request for local delivery

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:4.4.3 @cv:2 @device:ESME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-4.4.3-OnDemand-CV2, the <user> asks the meter
    When the <user> sends 4.4.3 Retrieve Billing Calendar Triggered Billing Data Log to the meter as CV2
    Then the DCC returns a Command for local delivery
    And the meter takes it from a hand-held terminal and answers with success
    And the messages were those of a request for local delivery

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:4.4.3 @cv:3 @device:GSME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-4.4.3-OnDemand-CV3, the <user> asks the gas meter
    When the <user> sends 4.4.3 Retrieve Billing Calendar Triggered Billing Data Log to the gas meter as CV3
    Then the DCC returns a Command for local delivery
    And the gas meter answers with success within 31 minutes
    And the messages were those of a request for both deliveries

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:4.4.3 @cv:3 @device:ESME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-4.4.3-OnDemand-CV3, the <user> asks the meter
    When the <user> sends 4.4.3 Retrieve Billing Calendar Triggered Billing Data Log to the meter as CV3
    Then the DCC returns a Command for local delivery
    And the meter answers with success within 30 seconds
    And the messages were those of a request for both deliveries

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:4.4.4 @cv:1 @device:GSME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-4.4.4-OnDemand-CV1, the <user> asks the gas meter
    When the <user> sends 4.4.4 Retrieve Billing Data Log (Payment Based Debt Payments) to the gas meter as CV1
    Then the DCC acknowledges with I99
    And the gas meter answers with success within 31 minutes
    And the messages were those of a request on demand

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:4.4.4 @cv:1 @device:ESME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-4.4.4-OnDemand-CV1, the <user> asks the meter
    When the <user> sends 4.4.4 Retrieve Billing Data Log (Payment Based Debt Payments) to the meter as CV1
    Then the DCC acknowledges with I99
    And the meter answers with success within 30 seconds
    And the messages were those of a request on demand

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:4.4.4 @cv:1 @device:GSME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  @requirement:UEPT-FUTURE-DATED
  Scenario Outline: UEPT-<role>-4.4.4-FutureDatedDSP-CV1, the <user> asks the gas meter
    When the <user> sends 4.4.4 Retrieve Billing Data Log (Payment Based Debt Payments) to the gas meter as CV1 for 1 hour later
    Then the DCC acknowledges with I99
    And nothing goes to the device before its time
    And the gas meter answers with success within 31 minutes
    And the messages were those of a request dated at the DSP

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:4.4.4 @cv:1 @device:ESME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  @requirement:UEPT-FUTURE-DATED
  Scenario Outline: UEPT-<role>-4.4.4-FutureDatedDSP-CV1, the <user> asks the meter
    When the <user> sends 4.4.4 Retrieve Billing Data Log (Payment Based Debt Payments) to the meter as CV1 for 1 hour later
    Then the DCC acknowledges with I99
    And nothing goes to the device before its time
    And the meter answers with success within 30 seconds
    And the messages were those of a request dated at the DSP

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:4.4.4 @cv:2 @device:GSME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-4.4.4-OnDemand-CV2, the <user> asks the gas meter
    When the <user> sends 4.4.4 Retrieve Billing Data Log (Payment Based Debt Payments) to the gas meter as CV2
    Then the DCC returns a Command for local delivery
    And the gas meter takes it from a hand-held terminal and answers with success
    And the messages were those of a request for local delivery

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:4.4.4 @cv:2 @device:ESME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-4.4.4-OnDemand-CV2, the <user> asks the meter
    When the <user> sends 4.4.4 Retrieve Billing Data Log (Payment Based Debt Payments) to the meter as CV2
    Then the DCC returns a Command for local delivery
    And the meter takes it from a hand-held terminal and answers with success
    And the messages were those of a request for local delivery

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:4.4.4 @cv:3 @device:GSME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-4.4.4-OnDemand-CV3, the <user> asks the gas meter
    When the <user> sends 4.4.4 Retrieve Billing Data Log (Payment Based Debt Payments) to the gas meter as CV3
    Then the DCC returns a Command for local delivery
    And the gas meter answers with success within 31 minutes
    And the messages were those of a request for both deliveries

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:4.4.4 @cv:3 @device:ESME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-4.4.4-OnDemand-CV3, the <user> asks the meter
    When the <user> sends 4.4.4 Retrieve Billing Data Log (Payment Based Debt Payments) to the meter as CV3
    Then the DCC returns a Command for local delivery
    And the meter answers with success within 30 seconds
    And the messages were those of a request for both deliveries

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:4.4.5 @cv:1 @device:GSME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-4.4.5-OnDemand-CV1, the <user> asks the gas meter
    When the <user> sends 4.4.5 Retrieve Billing Data Log (Prepayment Credits) to the gas meter as CV1
    Then the DCC acknowledges with I99
    And the gas meter answers with success within 31 minutes
    And the messages were those of a request on demand

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:4.4.5 @cv:1 @device:ESME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-4.4.5-OnDemand-CV1, the <user> asks the meter
    When the <user> sends 4.4.5 Retrieve Billing Data Log (Prepayment Credits) to the meter as CV1
    Then the DCC acknowledges with I99
    And the meter answers with success within 30 seconds
    And the messages were those of a request on demand

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:4.4.5 @cv:1 @device:GSME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  @requirement:UEPT-FUTURE-DATED
  Scenario Outline: UEPT-<role>-4.4.5-FutureDatedDSP-CV1, the <user> asks the gas meter
    When the <user> sends 4.4.5 Retrieve Billing Data Log (Prepayment Credits) to the gas meter as CV1 for 1 hour later
    Then the DCC acknowledges with I99
    And nothing goes to the device before its time
    And the gas meter answers with success within 31 minutes
    And the messages were those of a request dated at the DSP

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:4.4.5 @cv:1 @device:ESME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  @requirement:UEPT-FUTURE-DATED
  Scenario Outline: UEPT-<role>-4.4.5-FutureDatedDSP-CV1, the <user> asks the meter
    When the <user> sends 4.4.5 Retrieve Billing Data Log (Prepayment Credits) to the meter as CV1 for 1 hour later
    Then the DCC acknowledges with I99
    And nothing goes to the device before its time
    And the meter answers with success within 30 seconds
    And the messages were those of a request dated at the DSP

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:4.4.5 @cv:2 @device:GSME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-4.4.5-OnDemand-CV2, the <user> asks the gas meter
    When the <user> sends 4.4.5 Retrieve Billing Data Log (Prepayment Credits) to the gas meter as CV2
    Then the DCC returns a Command for local delivery
    And the gas meter takes it from a hand-held terminal and answers with success
    And the messages were those of a request for local delivery

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:4.4.5 @cv:2 @device:ESME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-4.4.5-OnDemand-CV2, the <user> asks the meter
    When the <user> sends 4.4.5 Retrieve Billing Data Log (Prepayment Credits) to the meter as CV2
    Then the DCC returns a Command for local delivery
    And the meter takes it from a hand-held terminal and answers with success
    And the messages were those of a request for local delivery

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:4.4.5 @cv:3 @device:GSME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-4.4.5-OnDemand-CV3, the <user> asks the gas meter
    When the <user> sends 4.4.5 Retrieve Billing Data Log (Prepayment Credits) to the gas meter as CV3
    Then the DCC returns a Command for local delivery
    And the gas meter answers with success within 31 minutes
    And the messages were those of a request for both deliveries

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:4.4.5 @cv:3 @device:ESME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-4.4.5-OnDemand-CV3, the <user> asks the meter
    When the <user> sends 4.4.5 Retrieve Billing Data Log (Prepayment Credits) to the meter as CV3
    Then the DCC returns a Command for local delivery
    And the meter answers with success within 30 seconds
    And the messages were those of a request for both deliveries

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:4.6.1 @cv:1 @device:GSME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-4.6.1-OnDemand-CV1, the <user> asks the gas meter
    When the <user> sends 4.6.1 Retrieve Import Daily Read Log to the gas meter as CV1
    Then the DCC acknowledges with I99
    And the gas meter answers with success within 31 minutes
    And the messages were those of a request on demand

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:4.6.1 @cv:1 @device:ESME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-4.6.1-OnDemand-CV1, the <user> asks the meter
    When the <user> sends 4.6.1 Retrieve Import Daily Read Log to the meter as CV1
    Then the DCC acknowledges with I99
    And the meter answers with success within 30 seconds
    And the messages were those of a request on demand

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:4.6.1 @cv:1 @device:GSME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  @requirement:UEPT-FUTURE-DATED
  Scenario Outline: UEPT-<role>-4.6.1-FutureDatedDSP-CV1, the <user> asks the gas meter
    When the <user> sends 4.6.1 Retrieve Import Daily Read Log to the gas meter as CV1 for 1 hour later
    Then the DCC acknowledges with I99
    And nothing goes to the device before its time
    And the gas meter answers with success within 31 minutes
    And the messages were those of a request dated at the DSP

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:4.6.1 @cv:1 @device:ESME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  @requirement:UEPT-FUTURE-DATED
  Scenario Outline: UEPT-<role>-4.6.1-FutureDatedDSP-CV1, the <user> asks the meter
    When the <user> sends 4.6.1 Retrieve Import Daily Read Log to the meter as CV1 for 1 hour later
    Then the DCC acknowledges with I99
    And nothing goes to the device before its time
    And the meter answers with success within 30 seconds
    And the messages were those of a request dated at the DSP

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:4.6.1 @cv:1 @device:GSME
  @requirement:UEPT-SCHEDULED @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-4.6.1-ScheduledDSP-CV1, the <user> asks the gas meter
    When the <user> puts 4.6.1 Retrieve Import Daily Read Log of the gas meter on a daily schedule
    Then nothing goes to the device before its time
    And the message of the schedule arrives, with the answer of the gas meter
    And the messages were those of a schedule of the DSP
    And the schedule is deleted again

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:4.6.1 @cv:1 @device:ESME
  @requirement:UEPT-SCHEDULED @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-4.6.1-ScheduledDSP-CV1, the <user> asks the meter
    When the <user> puts 4.6.1 Retrieve Import Daily Read Log of the meter on a daily schedule
    Then nothing goes to the device before its time
    And the message of the schedule arrives, with the answer of the meter
    And the messages were those of a schedule of the DSP
    And the schedule is deleted again

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:4.6.1 @cv:2 @device:GSME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-4.6.1-OnDemand-CV2, the <user> asks the gas meter
    When the <user> sends 4.6.1 Retrieve Import Daily Read Log to the gas meter as CV2
    Then the DCC returns a Command for local delivery
    And the gas meter takes it from a hand-held terminal and answers with success
    And the messages were those of a request for local delivery

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:4.6.1 @cv:2 @device:ESME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-4.6.1-OnDemand-CV2, the <user> asks the meter
    When the <user> sends 4.6.1 Retrieve Import Daily Read Log to the meter as CV2
    Then the DCC returns a Command for local delivery
    And the meter takes it from a hand-held terminal and answers with success
    And the messages were those of a request for local delivery

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:4.6.1 @cv:3 @device:GSME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-4.6.1-OnDemand-CV3, the <user> asks the gas meter
    When the <user> sends 4.6.1 Retrieve Import Daily Read Log to the gas meter as CV3
    Then the DCC returns a Command for local delivery
    And the gas meter answers with success within 31 minutes
    And the messages were those of a request for both deliveries

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:4.6.1 @cv:3 @device:ESME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-4.6.1-OnDemand-CV3, the <user> asks the meter
    When the <user> sends 4.6.1 Retrieve Import Daily Read Log to the meter as CV3
    Then the DCC returns a Command for local delivery
    And the meter answers with success within 30 seconds
    And the messages were those of a request for both deliveries

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:4.6.2 @cv:1 @device:ESME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-4.6.2-OnDemand-CV1, the <user> asks the meter
    When the <user> sends 4.6.2 Retrieve Export Daily Read Log to the meter as CV1
    Then the DCC acknowledges with I99
    And the meter answers with success within 30 seconds
    And the messages were those of a request on demand

    Examples: roles
      | role | user            |
      | ES   | export supplier |

  @srv:4.6.2 @cv:1 @device:ESME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  @requirement:UEPT-FUTURE-DATED
  Scenario Outline: UEPT-<role>-4.6.2-FutureDatedDSP-CV1, the <user> asks the meter
    When the <user> sends 4.6.2 Retrieve Export Daily Read Log to the meter as CV1 for 1 hour later
    Then the DCC acknowledges with I99
    And nothing goes to the device before its time
    And the meter answers with success within 30 seconds
    And the messages were those of a request dated at the DSP

    Examples: roles
      | role | user            |
      | ES   | export supplier |

  @srv:4.6.2 @cv:1 @device:ESME
  @requirement:UEPT-SCHEDULED @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-4.6.2-ScheduledDSP-CV1, the <user> asks the meter
    When the <user> puts 4.6.2 Retrieve Export Daily Read Log of the meter on a daily schedule
    Then nothing goes to the device before its time
    And the message of the schedule arrives, with the answer of the meter
    And the messages were those of a schedule of the DSP
    And the schedule is deleted again

    Examples: roles
      | role | user            |
      | ES   | export supplier |

  @srv:4.6.2 @cv:2 @device:ESME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-4.6.2-OnDemand-CV2, the <user> asks the meter
    When the <user> sends 4.6.2 Retrieve Export Daily Read Log to the meter as CV2
    Then the DCC returns a Command for local delivery
    And the meter takes it from a hand-held terminal and answers with success
    And the messages were those of a request for local delivery

    Examples: roles
      | role | user            |
      | ES   | export supplier |

  @srv:4.6.2 @cv:3 @device:ESME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-4.6.2-OnDemand-CV3, the <user> asks the meter
    When the <user> sends 4.6.2 Retrieve Export Daily Read Log to the meter as CV3
    Then the DCC returns a Command for local delivery
    And the meter answers with success within 30 seconds
    And the messages were those of a request for both deliveries

    Examples: roles
      | role | user            |
      | ES   | export supplier |

  @srv:4.8.1 @cv:1 @device:GSME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-4.8.1-OnDemand-CV1, the <user> asks the gas meter
    When the <user> sends 4.8.1 Read Active Import Profile Data to the gas meter as CV1
    Then the DCC acknowledges with I99
    And the gas meter answers with success within 31 minutes
    And the messages were those of a request on demand

    Examples: roles
      | role | user            |
      | GS   | gas supplier    |
      | GT   | gas transporter |

  @srv:4.8.1 @cv:1 @device:ESME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-4.8.1-OnDemand-CV1, the <user> asks the meter
    When the <user> sends 4.8.1 Read Active Import Profile Data to the meter as CV1
    Then the DCC acknowledges with I99
    And the meter answers with success within 30 seconds
    And the messages were those of a request on demand

    Examples: roles
      | role | user                    |
      | IS   | import supplier         |
      | ED   | electricity distributor |
      | OU   | other user              |

  @srv:4.8.1 @cv:1 @device:GSME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  @requirement:UEPT-FUTURE-DATED
  Scenario Outline: UEPT-<role>-4.8.1-FutureDatedDSP-CV1, the <user> asks the gas meter
    When the <user> sends 4.8.1 Read Active Import Profile Data to the gas meter as CV1 for 1 hour later
    Then the DCC acknowledges with I99
    And nothing goes to the device before its time
    And the gas meter answers with success within 31 minutes
    And the messages were those of a request dated at the DSP

    Examples: roles
      | role | user            |
      | GS   | gas supplier    |
      | GT   | gas transporter |

  @srv:4.8.1 @cv:1 @device:ESME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  @requirement:UEPT-FUTURE-DATED
  Scenario Outline: UEPT-<role>-4.8.1-FutureDatedDSP-CV1, the <user> asks the meter
    When the <user> sends 4.8.1 Read Active Import Profile Data to the meter as CV1 for 1 hour later
    Then the DCC acknowledges with I99
    And nothing goes to the device before its time
    And the meter answers with success within 30 seconds
    And the messages were those of a request dated at the DSP

    Examples: roles
      | role | user                    |
      | IS   | import supplier         |
      | ED   | electricity distributor |
      | OU   | other user              |

  @srv:4.8.1 @cv:1 @device:GSME
  @requirement:UEPT-SCHEDULED @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-4.8.1-ScheduledDSP-CV1, the <user> asks the gas meter
    When the <user> puts 4.8.1 Read Active Import Profile Data of the gas meter on a daily schedule
    Then nothing goes to the device before its time
    And the message of the schedule arrives, with the answer of the gas meter
    And the messages were those of a schedule of the DSP
    And the schedule is deleted again

    Examples: roles
      | role | user            |
      | GS   | gas supplier    |
      | GT   | gas transporter |

  @srv:4.8.1 @cv:1 @device:ESME
  @requirement:UEPT-SCHEDULED @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-4.8.1-ScheduledDSP-CV1, the <user> asks the meter
    When the <user> puts 4.8.1 Read Active Import Profile Data of the meter on a daily schedule
    Then nothing goes to the device before its time
    And the message of the schedule arrives, with the answer of the meter
    And the messages were those of a schedule of the DSP
    And the schedule is deleted again

    Examples: roles
      | role | user                    |
      | IS   | import supplier         |
      | ED   | electricity distributor |
      | OU   | other user              |

  @srv:4.8.1 @cv:2 @device:GSME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-4.8.1-OnDemand-CV2, the <user> asks the gas meter
    When the <user> sends 4.8.1 Read Active Import Profile Data to the gas meter as CV2
    Then the DCC returns a Command for local delivery
    And the gas meter takes it from a hand-held terminal and answers with success
    And the messages were those of a request for local delivery

    Examples: roles
      | role | user            |
      | GS   | gas supplier    |
      | GT   | gas transporter |

  @srv:4.8.1 @cv:2 @device:ESME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-4.8.1-OnDemand-CV2, the <user> asks the meter
    When the <user> sends 4.8.1 Read Active Import Profile Data to the meter as CV2
    Then the DCC returns a Command for local delivery
    And the meter takes it from a hand-held terminal and answers with success
    And the messages were those of a request for local delivery

    Examples: roles
      | role | user                    |
      | IS   | import supplier         |
      | ED   | electricity distributor |
      | OU   | other user              |

  @srv:4.8.1 @cv:3 @device:GSME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-4.8.1-OnDemand-CV3, the <user> asks the gas meter
    When the <user> sends 4.8.1 Read Active Import Profile Data to the gas meter as CV3
    Then the DCC returns a Command for local delivery
    And the gas meter answers with success within 31 minutes
    And the messages were those of a request for both deliveries

    Examples: roles
      | role | user            |
      | GS   | gas supplier    |
      | GT   | gas transporter |

  @srv:4.8.1 @cv:3 @device:ESME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-4.8.1-OnDemand-CV3, the <user> asks the meter
    When the <user> sends 4.8.1 Read Active Import Profile Data to the meter as CV3
    Then the DCC returns a Command for local delivery
    And the meter answers with success within 30 seconds
    And the messages were those of a request for both deliveries

    Examples: roles
      | role | user                    |
      | IS   | import supplier         |
      | ED   | electricity distributor |
      | OU   | other user              |

  @srv:4.8.2 @cv:1 @device:ESME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-4.8.2-OnDemand-CV1, the <user> asks the meter
    When the <user> sends 4.8.2 Read Reactive Import Profile Data to the meter as CV1
    Then the DCC acknowledges with I99
    And the meter answers with success within 30 seconds
    And the messages were those of a request on demand

    Examples: roles
      | role | user                    |
      | IS   | import supplier         |
      | ED   | electricity distributor |
      | OU   | other user              |

  @srv:4.8.2 @cv:1 @device:ESME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  @requirement:UEPT-FUTURE-DATED
  Scenario Outline: UEPT-<role>-4.8.2-FutureDatedDSP-CV1, the <user> asks the meter
    When the <user> sends 4.8.2 Read Reactive Import Profile Data to the meter as CV1 for 1 hour later
    Then the DCC acknowledges with I99
    And nothing goes to the device before its time
    And the meter answers with success within 30 seconds
    And the messages were those of a request dated at the DSP

    Examples: roles
      | role | user                    |
      | IS   | import supplier         |
      | ED   | electricity distributor |
      | OU   | other user              |

  @srv:4.8.2 @cv:1 @device:ESME
  @requirement:UEPT-SCHEDULED @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-4.8.2-ScheduledDSP-CV1, the <user> asks the meter
    When the <user> puts 4.8.2 Read Reactive Import Profile Data of the meter on a daily schedule
    Then nothing goes to the device before its time
    And the message of the schedule arrives, with the answer of the meter
    And the messages were those of a schedule of the DSP
    And the schedule is deleted again

    Examples: roles
      | role | user                    |
      | IS   | import supplier         |
      | ED   | electricity distributor |
      | OU   | other user              |

  @srv:4.8.2 @cv:2 @device:ESME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-4.8.2-OnDemand-CV2, the <user> asks the meter
    When the <user> sends 4.8.2 Read Reactive Import Profile Data to the meter as CV2
    Then the DCC returns a Command for local delivery
    And the meter takes it from a hand-held terminal and answers with success
    And the messages were those of a request for local delivery

    Examples: roles
      | role | user                    |
      | IS   | import supplier         |
      | ED   | electricity distributor |
      | OU   | other user              |

  @srv:4.8.2 @cv:3 @device:ESME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-4.8.2-OnDemand-CV3, the <user> asks the meter
    When the <user> sends 4.8.2 Read Reactive Import Profile Data to the meter as CV3
    Then the DCC returns a Command for local delivery
    And the meter answers with success within 30 seconds
    And the messages were those of a request for both deliveries

    Examples: roles
      | role | user                    |
      | IS   | import supplier         |
      | ED   | electricity distributor |
      | OU   | other user              |

  @srv:4.8.3 @cv:1 @device:ESME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-4.8.3-OnDemand-CV1, the <user> asks the meter
    When the <user> sends 4.8.3 Read Export Profile Data to the meter as CV1
    Then the DCC acknowledges with I99
    And the meter answers with success within 30 seconds
    And the messages were those of a request on demand

    Examples: roles
      | role | user                    |
      | ES   | export supplier         |
      | ED   | electricity distributor |
      | OU   | other user              |

  @srv:4.8.3 @cv:1 @device:ESME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  @requirement:UEPT-FUTURE-DATED
  Scenario Outline: UEPT-<role>-4.8.3-FutureDatedDSP-CV1, the <user> asks the meter
    When the <user> sends 4.8.3 Read Export Profile Data to the meter as CV1 for 1 hour later
    Then the DCC acknowledges with I99
    And nothing goes to the device before its time
    And the meter answers with success within 30 seconds
    And the messages were those of a request dated at the DSP

    Examples: roles
      | role | user                    |
      | ES   | export supplier         |
      | ED   | electricity distributor |
      | OU   | other user              |

  @srv:4.8.3 @cv:1 @device:ESME
  @requirement:UEPT-SCHEDULED @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-4.8.3-ScheduledDSP-CV1, the <user> asks the meter
    When the <user> puts 4.8.3 Read Export Profile Data of the meter on a daily schedule
    Then nothing goes to the device before its time
    And the message of the schedule arrives, with the answer of the meter
    And the messages were those of a schedule of the DSP
    And the schedule is deleted again

    Examples: roles
      | role | user                    |
      | ES   | export supplier         |
      | ED   | electricity distributor |
      | OU   | other user              |

  @srv:4.8.3 @cv:2 @device:ESME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-4.8.3-OnDemand-CV2, the <user> asks the meter
    When the <user> sends 4.8.3 Read Export Profile Data to the meter as CV2
    Then the DCC returns a Command for local delivery
    And the meter takes it from a hand-held terminal and answers with success
    And the messages were those of a request for local delivery

    Examples: roles
      | role | user                    |
      | ES   | export supplier         |
      | ED   | electricity distributor |
      | OU   | other user              |

  @srv:4.8.3 @cv:3 @device:ESME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-4.8.3-OnDemand-CV3, the <user> asks the meter
    When the <user> sends 4.8.3 Read Export Profile Data to the meter as CV3
    Then the DCC returns a Command for local delivery
    And the meter answers with success within 30 seconds
    And the messages were those of a request for both deliveries

    Examples: roles
      | role | user                    |
      | ES   | export supplier         |
      | ED   | electricity distributor |
      | OU   | other user              |

  @srv:4.10 @cv:1 @device:GSME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-4.10-OnDemand-CV1, the <user> asks the gas meter
    When the <user> sends 4.10 Read Network Data to the gas meter as CV1
    Then the DCC acknowledges with I99
    And the gas meter answers with success within 31 minutes
    And the messages were those of a request on demand

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:4.10 @cv:1 @device:ESME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-4.10-OnDemand-CV1, the <user> asks the meter
    When the <user> sends 4.10 Read Network Data to the meter as CV1
    Then the DCC acknowledges with I99
    And the meter answers with success within 30 seconds
    And the messages were those of a request on demand
    And the answer holds voltage_log

    Examples: roles
      | role | user                    |
      | IS   | import supplier         |
      | ED   | electricity distributor |

  @srv:4.10 @cv:1 @device:GSME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  @requirement:UEPT-FUTURE-DATED
  Scenario Outline: UEPT-<role>-4.10-FutureDatedDSP-CV1, the <user> asks the gas meter
    When the <user> sends 4.10 Read Network Data to the gas meter as CV1 for 1 hour later
    Then the DCC acknowledges with I99
    And nothing goes to the device before its time
    And the gas meter answers with success within 31 minutes
    And the messages were those of a request dated at the DSP

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:4.10 @cv:1 @device:ESME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  @requirement:UEPT-FUTURE-DATED
  Scenario Outline: UEPT-<role>-4.10-FutureDatedDSP-CV1, the <user> asks the meter
    When the <user> sends 4.10 Read Network Data to the meter as CV1 for 1 hour later
    Then the DCC acknowledges with I99
    And nothing goes to the device before its time
    And the meter answers with success within 30 seconds
    And the messages were those of a request dated at the DSP
    And the answer holds voltage_log

    Examples: roles
      | role | user                    |
      | IS   | import supplier         |
      | ED   | electricity distributor |

  @srv:4.10 @cv:1 @device:GSME
  @requirement:UEPT-SCHEDULED @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-4.10-ScheduledDSP-CV1, the <user> asks the gas meter
    When the <user> puts 4.10 Read Network Data of the gas meter on a daily schedule
    Then nothing goes to the device before its time
    And the message of the schedule arrives, with the answer of the gas meter
    And the messages were those of a schedule of the DSP
    And the schedule is deleted again

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:4.10 @cv:1 @device:ESME
  @requirement:UEPT-SCHEDULED @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-4.10-ScheduledDSP-CV1, the <user> asks the meter
    When the <user> puts 4.10 Read Network Data of the meter on a daily schedule
    Then nothing goes to the device before its time
    And the message of the schedule arrives, with the answer of the meter
    And the messages were those of a schedule of the DSP
    And the schedule is deleted again

    Examples: roles
      | role | user                    |
      | IS   | import supplier         |
      | ED   | electricity distributor |

  @srv:4.10 @cv:2 @device:GSME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-4.10-OnDemand-CV2, the <user> asks the gas meter
    When the <user> sends 4.10 Read Network Data to the gas meter as CV2
    Then the DCC returns a Command for local delivery
    And the gas meter takes it from a hand-held terminal and answers with success
    And the messages were those of a request for local delivery

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:4.10 @cv:2 @device:ESME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-4.10-OnDemand-CV2, the <user> asks the meter
    When the <user> sends 4.10 Read Network Data to the meter as CV2
    Then the DCC returns a Command for local delivery
    And the meter takes it from a hand-held terminal and answers with success
    And the messages were those of a request for local delivery

    Examples: roles
      | role | user                    |
      | IS   | import supplier         |
      | ED   | electricity distributor |

  @srv:4.10 @cv:3 @device:GSME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-4.10-OnDemand-CV3, the <user> asks the gas meter
    When the <user> sends 4.10 Read Network Data to the gas meter as CV3
    Then the DCC returns a Command for local delivery
    And the gas meter answers with success within 31 minutes
    And the messages were those of a request for both deliveries

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:4.10 @cv:3 @device:ESME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-4.10-OnDemand-CV3, the <user> asks the meter
    When the <user> sends 4.10 Read Network Data to the meter as CV3
    Then the DCC returns a Command for local delivery
    And the meter answers with success within 30 seconds
    And the messages were those of a request for both deliveries

    Examples: roles
      | role | user                    |
      | IS   | import supplier         |
      | ED   | electricity distributor |

  @srv:4.11.1 @cv:1 @device:GSME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-4.11.1-OnDemand-CV1, the <user> asks the gas meter
    When the <user> sends 4.11.1 Read Tariff (Primary Element) to the gas meter as CV1
    Then the DCC acknowledges with I99
    And the gas meter answers with success within 31 minutes
    And the messages were those of a request on demand

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:4.11.1 @cv:1 @device:ESME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-4.11.1-OnDemand-CV1, the <user> asks the meter
    When the <user> sends 4.11.1 Read Tariff (Primary Element) to the meter as CV1
    Then the DCC acknowledges with I99
    And the meter answers with success within 30 seconds
    And the messages were those of a request on demand

    Examples: roles
      | role | user            |
      | IS   | import supplier |
      | OU   | other user      |

  @srv:4.11.1 @cv:2 @device:GSME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-4.11.1-OnDemand-CV2, the <user> asks the gas meter
    When the <user> sends 4.11.1 Read Tariff (Primary Element) to the gas meter as CV2
    Then the DCC returns a Command for local delivery
    And the gas meter takes it from a hand-held terminal and answers with success
    And the messages were those of a request for local delivery

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:4.11.1 @cv:2 @device:ESME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-4.11.1-OnDemand-CV2, the <user> asks the meter
    When the <user> sends 4.11.1 Read Tariff (Primary Element) to the meter as CV2
    Then the DCC returns a Command for local delivery
    And the meter takes it from a hand-held terminal and answers with success
    And the messages were those of a request for local delivery

    Examples: roles
      | role | user            |
      | IS   | import supplier |
      | OU   | other user      |

  @srv:4.11.1 @cv:3 @device:GSME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-4.11.1-OnDemand-CV3, the <user> asks the gas meter
    When the <user> sends 4.11.1 Read Tariff (Primary Element) to the gas meter as CV3
    Then the DCC returns a Command for local delivery
    And the gas meter answers with success within 31 minutes
    And the messages were those of a request for both deliveries

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:4.11.1 @cv:3 @device:ESME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-4.11.1-OnDemand-CV3, the <user> asks the meter
    When the <user> sends 4.11.1 Read Tariff (Primary Element) to the meter as CV3
    Then the DCC returns a Command for local delivery
    And the meter answers with success within 30 seconds
    And the messages were those of a request for both deliveries

    Examples: roles
      | role | user            |
      | IS   | import supplier |
      | OU   | other user      |

  @srv:4.11.2 @cv:1 @device:ESME @bench:twin
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-4.11.2-OnDemand-CV1, the <user> asks the meter
    When the <user> sends 4.11.2 Read Tariff (Secondary Element) to the meter as CV1
    Then the DCC acknowledges with I99
    And the meter answers with success within 30 seconds
    And the messages were those of a request on demand

    Examples: roles
      | role | user            |
      | IS   | import supplier |
      | OU   | other user      |

  @srv:4.11.2 @cv:2 @device:ESME @bench:twin @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-4.11.2-OnDemand-CV2, the <user> asks the meter
    When the <user> sends 4.11.2 Read Tariff (Secondary Element) to the meter as CV2
    Then the DCC returns a Command for local delivery
    And the meter takes it from a hand-held terminal and answers with success
    And the messages were those of a request for local delivery

    Examples: roles
      | role | user            |
      | IS   | import supplier |
      | OU   | other user      |

  @srv:4.11.2 @cv:3 @device:ESME @bench:twin @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-4.11.2-OnDemand-CV3, the <user> asks the meter
    When the <user> sends 4.11.2 Read Tariff (Secondary Element) to the meter as CV3
    Then the DCC returns a Command for local delivery
    And the meter answers with success within 30 seconds
    And the messages were those of a request for both deliveries

    Examples: roles
      | role | user            |
      | IS   | import supplier |
      | OU   | other user      |

  @srv:4.12.1 @cv:1 @device:ESME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-4.12.1-OnDemand-CV1, the <user> asks the meter
    When the <user> sends 4.12.1 Read Maximum Demand Import Registers to the meter as CV1
    Then the DCC acknowledges with I99
    And the meter answers with success within 30 seconds
    And the messages were those of a request on demand

    Examples: roles
      | role | user                    |
      | IS   | import supplier         |
      | ED   | electricity distributor |

  @srv:4.12.1 @cv:1 @device:ESME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  @requirement:UEPT-FUTURE-DATED
  Scenario Outline: UEPT-<role>-4.12.1-FutureDatedDSP-CV1, the <user> asks the meter
    When the <user> sends 4.12.1 Read Maximum Demand Import Registers to the meter as CV1 for 1 hour later
    Then the DCC acknowledges with I99
    And nothing goes to the device before its time
    And the meter answers with success within 30 seconds
    And the messages were those of a request dated at the DSP

    Examples: roles
      | role | user                    |
      | IS   | import supplier         |
      | ED   | electricity distributor |

  @srv:4.12.1 @cv:1 @device:ESME
  @requirement:UEPT-SCHEDULED @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-4.12.1-ScheduledDSP-CV1, the <user> asks the meter
    When the <user> puts 4.12.1 Read Maximum Demand Import Registers of the meter on a daily schedule
    Then nothing goes to the device before its time
    And the message of the schedule arrives, with the answer of the meter
    And the messages were those of a schedule of the DSP
    And the schedule is deleted again

    Examples: roles
      | role | user                    |
      | IS   | import supplier         |
      | ED   | electricity distributor |

  @srv:4.12.1 @cv:2 @device:ESME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-4.12.1-OnDemand-CV2, the <user> asks the meter
    When the <user> sends 4.12.1 Read Maximum Demand Import Registers to the meter as CV2
    Then the DCC returns a Command for local delivery
    And the meter takes it from a hand-held terminal and answers with success
    And the messages were those of a request for local delivery

    Examples: roles
      | role | user                    |
      | IS   | import supplier         |
      | ED   | electricity distributor |

  @srv:4.12.1 @cv:3 @device:ESME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-4.12.1-OnDemand-CV3, the <user> asks the meter
    When the <user> sends 4.12.1 Read Maximum Demand Import Registers to the meter as CV3
    Then the DCC returns a Command for local delivery
    And the meter answers with success within 30 seconds
    And the messages were those of a request for both deliveries

    Examples: roles
      | role | user                    |
      | IS   | import supplier         |
      | ED   | electricity distributor |

  @srv:4.12.2 @cv:1 @device:ESME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-4.12.2-OnDemand-CV1, the <user> asks the meter
    When the <user> sends 4.12.2 Read Maximum Demand Export Registers to the meter as CV1
    Then the DCC acknowledges with I99
    And the meter answers with success within 30 seconds
    And the messages were those of a request on demand

    Examples: roles
      | role | user                    |
      | ES   | export supplier         |
      | ED   | electricity distributor |

  @srv:4.12.2 @cv:1 @device:ESME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  @requirement:UEPT-FUTURE-DATED
  Scenario Outline: UEPT-<role>-4.12.2-FutureDatedDSP-CV1, the <user> asks the meter
    When the <user> sends 4.12.2 Read Maximum Demand Export Registers to the meter as CV1 for 1 hour later
    Then the DCC acknowledges with I99
    And nothing goes to the device before its time
    And the meter answers with success within 30 seconds
    And the messages were those of a request dated at the DSP

    Examples: roles
      | role | user                    |
      | ES   | export supplier         |
      | ED   | electricity distributor |

  @srv:4.12.2 @cv:1 @device:ESME
  @requirement:UEPT-SCHEDULED @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-4.12.2-ScheduledDSP-CV1, the <user> asks the meter
    When the <user> puts 4.12.2 Read Maximum Demand Export Registers of the meter on a daily schedule
    Then nothing goes to the device before its time
    And the message of the schedule arrives, with the answer of the meter
    And the messages were those of a schedule of the DSP
    And the schedule is deleted again

    Examples: roles
      | role | user                    |
      | ES   | export supplier         |
      | ED   | electricity distributor |

  @srv:4.12.2 @cv:2 @device:ESME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-4.12.2-OnDemand-CV2, the <user> asks the meter
    When the <user> sends 4.12.2 Read Maximum Demand Export Registers to the meter as CV2
    Then the DCC returns a Command for local delivery
    And the meter takes it from a hand-held terminal and answers with success
    And the messages were those of a request for local delivery

    Examples: roles
      | role | user                    |
      | ES   | export supplier         |
      | ED   | electricity distributor |

  @srv:4.12.2 @cv:3 @device:ESME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-4.12.2-OnDemand-CV3, the <user> asks the meter
    When the <user> sends 4.12.2 Read Maximum Demand Export Registers to the meter as CV3
    Then the DCC returns a Command for local delivery
    And the meter answers with success within 30 seconds
    And the messages were those of a request for both deliveries

    Examples: roles
      | role | user                    |
      | ES   | export supplier         |
      | ED   | electricity distributor |

  @srv:4.13 @cv:1 @device:GSME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-4.13-OnDemand-CV1, the <user> asks the gas meter
    When the <user> sends 4.13 Read Prepayment Configuration to the gas meter as CV1
    Then the DCC acknowledges with I99
    And the gas meter answers with success within 31 minutes
    And the messages were those of a request on demand

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:4.13 @cv:1 @device:ESME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-4.13-OnDemand-CV1, the <user> asks the meter
    When the <user> sends 4.13 Read Prepayment Configuration to the meter as CV1
    Then the DCC acknowledges with I99
    And the meter answers with success within 30 seconds
    And the messages were those of a request on demand

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:4.13 @cv:1 @device:GSME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  @requirement:UEPT-FUTURE-DATED
  Scenario Outline: UEPT-<role>-4.13-FutureDatedDSP-CV1, the <user> asks the gas meter
    When the <user> sends 4.13 Read Prepayment Configuration to the gas meter as CV1 for 1 hour later
    Then the DCC acknowledges with I99
    And nothing goes to the device before its time
    And the gas meter answers with success within 31 minutes
    And the messages were those of a request dated at the DSP

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:4.13 @cv:1 @device:ESME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  @requirement:UEPT-FUTURE-DATED
  Scenario Outline: UEPT-<role>-4.13-FutureDatedDSP-CV1, the <user> asks the meter
    When the <user> sends 4.13 Read Prepayment Configuration to the meter as CV1 for 1 hour later
    Then the DCC acknowledges with I99
    And nothing goes to the device before its time
    And the meter answers with success within 30 seconds
    And the messages were those of a request dated at the DSP

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:4.13 @cv:2 @device:GSME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-4.13-OnDemand-CV2, the <user> asks the gas meter
    When the <user> sends 4.13 Read Prepayment Configuration to the gas meter as CV2
    Then the DCC returns a Command for local delivery
    And the gas meter takes it from a hand-held terminal and answers with success
    And the messages were those of a request for local delivery

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:4.13 @cv:2 @device:ESME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-4.13-OnDemand-CV2, the <user> asks the meter
    When the <user> sends 4.13 Read Prepayment Configuration to the meter as CV2
    Then the DCC returns a Command for local delivery
    And the meter takes it from a hand-held terminal and answers with success
    And the messages were those of a request for local delivery

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:4.13 @cv:3 @device:GSME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-4.13-OnDemand-CV3, the <user> asks the gas meter
    When the <user> sends 4.13 Read Prepayment Configuration to the gas meter as CV3
    Then the DCC returns a Command for local delivery
    And the gas meter answers with success within 31 minutes
    And the messages were those of a request for both deliveries

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:4.13 @cv:3 @device:ESME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-4.13-OnDemand-CV3, the <user> asks the meter
    When the <user> sends 4.13 Read Prepayment Configuration to the meter as CV3
    Then the DCC returns a Command for local delivery
    And the meter answers with success within 30 seconds
    And the messages were those of a request for both deliveries

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:4.14 @cv:1 @device:GSME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-4.14-OnDemand-CV1, the <user> asks the gas meter
    When the <user> sends 4.14 Read Prepayment Daily Read Log to the gas meter as CV1
    Then the DCC acknowledges with I99
    And the gas meter answers with success within 31 minutes
    And the messages were those of a request on demand

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:4.14 @cv:1 @device:ESME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-4.14-OnDemand-CV1, the <user> asks the meter
    When the <user> sends 4.14 Read Prepayment Daily Read Log to the meter as CV1
    Then the DCC acknowledges with I99
    And the meter answers with success within 30 seconds
    And the messages were those of a request on demand

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:4.14 @cv:1 @device:GSME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  @requirement:UEPT-FUTURE-DATED
  Scenario Outline: UEPT-<role>-4.14-FutureDatedDSP-CV1, the <user> asks the gas meter
    When the <user> sends 4.14 Read Prepayment Daily Read Log to the gas meter as CV1 for 1 hour later
    Then the DCC acknowledges with I99
    And nothing goes to the device before its time
    And the gas meter answers with success within 31 minutes
    And the messages were those of a request dated at the DSP

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:4.14 @cv:1 @device:ESME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  @requirement:UEPT-FUTURE-DATED
  Scenario Outline: UEPT-<role>-4.14-FutureDatedDSP-CV1, the <user> asks the meter
    When the <user> sends 4.14 Read Prepayment Daily Read Log to the meter as CV1 for 1 hour later
    Then the DCC acknowledges with I99
    And nothing goes to the device before its time
    And the meter answers with success within 30 seconds
    And the messages were those of a request dated at the DSP

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:4.14 @cv:1 @device:GSME
  @requirement:UEPT-SCHEDULED @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-4.14-ScheduledDSP-CV1, the <user> asks the gas meter
    When the <user> puts 4.14 Read Prepayment Daily Read Log of the gas meter on a daily schedule
    Then nothing goes to the device before its time
    And the message of the schedule arrives, with the answer of the gas meter
    And the messages were those of a schedule of the DSP
    And the schedule is deleted again

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:4.14 @cv:1 @device:ESME
  @requirement:UEPT-SCHEDULED @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-4.14-ScheduledDSP-CV1, the <user> asks the meter
    When the <user> puts 4.14 Read Prepayment Daily Read Log of the meter on a daily schedule
    Then nothing goes to the device before its time
    And the message of the schedule arrives, with the answer of the meter
    And the messages were those of a schedule of the DSP
    And the schedule is deleted again

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:4.14 @cv:2 @device:GSME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-4.14-OnDemand-CV2, the <user> asks the gas meter
    When the <user> sends 4.14 Read Prepayment Daily Read Log to the gas meter as CV2
    Then the DCC returns a Command for local delivery
    And the gas meter takes it from a hand-held terminal and answers with success
    And the messages were those of a request for local delivery

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:4.14 @cv:2 @device:ESME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-4.14-OnDemand-CV2, the <user> asks the meter
    When the <user> sends 4.14 Read Prepayment Daily Read Log to the meter as CV2
    Then the DCC returns a Command for local delivery
    And the meter takes it from a hand-held terminal and answers with success
    And the messages were those of a request for local delivery

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:4.14 @cv:3 @device:GSME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-4.14-OnDemand-CV3, the <user> asks the gas meter
    When the <user> sends 4.14 Read Prepayment Daily Read Log to the gas meter as CV3
    Then the DCC returns a Command for local delivery
    And the gas meter answers with success within 31 minutes
    And the messages were those of a request for both deliveries

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:4.14 @cv:3 @device:ESME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-4.14-OnDemand-CV3, the <user> asks the meter
    When the <user> sends 4.14 Read Prepayment Daily Read Log to the meter as CV3
    Then the DCC returns a Command for local delivery
    And the meter answers with success within 30 seconds
    And the messages were those of a request for both deliveries

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:4.15 @cv:1 @device:ESME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-4.15-OnDemand-CV1, the <user> asks the meter
    When the <user> sends 4.15 Read Load Limit Data to the meter as CV1
    Then the DCC acknowledges with I99
    And the meter answers with success within 30 seconds
    And the messages were those of a request on demand

    Examples: roles
      | role | user                    |
      | IS   | import supplier         |
      | ED   | electricity distributor |

  @srv:4.15 @cv:1 @device:ESME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  @requirement:UEPT-FUTURE-DATED
  Scenario Outline: UEPT-<role>-4.15-FutureDatedDSP-CV1, the <user> asks the meter
    When the <user> sends 4.15 Read Load Limit Data to the meter as CV1 for 1 hour later
    Then the DCC acknowledges with I99
    And nothing goes to the device before its time
    And the meter answers with success within 30 seconds
    And the messages were those of a request dated at the DSP

    Examples: roles
      | role | user                    |
      | IS   | import supplier         |
      | ED   | electricity distributor |

  @srv:4.15 @cv:1 @device:ESME
  @requirement:UEPT-SCHEDULED @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-4.15-ScheduledDSP-CV1, the <user> asks the meter
    When the <user> puts 4.15 Read Load Limit Data of the meter on a daily schedule
    Then nothing goes to the device before its time
    And the message of the schedule arrives, with the answer of the meter
    And the messages were those of a schedule of the DSP
    And the schedule is deleted again

    Examples: roles
      | role | user                    |
      | IS   | import supplier         |
      | ED   | electricity distributor |

  @srv:4.15 @cv:2 @device:ESME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-4.15-OnDemand-CV2, the <user> asks the meter
    When the <user> sends 4.15 Read Load Limit Data to the meter as CV2
    Then the DCC returns a Command for local delivery
    And the meter takes it from a hand-held terminal and answers with success
    And the messages were those of a request for local delivery

    Examples: roles
      | role | user                    |
      | IS   | import supplier         |
      | ED   | electricity distributor |

  @srv:4.15 @cv:3 @device:ESME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-4.15-OnDemand-CV3, the <user> asks the meter
    When the <user> sends 4.15 Read Load Limit Data to the meter as CV3
    Then the DCC returns a Command for local delivery
    And the meter answers with success within 30 seconds
    And the messages were those of a request for both deliveries

    Examples: roles
      | role | user                    |
      | IS   | import supplier         |
      | ED   | electricity distributor |

  @srv:4.16 @cv:1 @device:ESME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-4.16-OnDemand-CV1, the <user> asks the meter
    When the <user> sends 4.16 Read Active Power Import to the meter as CV1
    Then the DCC acknowledges with I99
    And the meter answers with success within 30 seconds
    And the messages were those of a request on demand

    Examples: roles
      | role | user                    |
      | IS   | import supplier         |
      | ED   | electricity distributor |

  @srv:4.16 @cv:1 @device:ESME
  @requirement:UEPT-SCHEDULED @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-4.16-ScheduledDSP-CV1, the <user> asks the meter
    When the <user> puts 4.16 Read Active Power Import of the meter on a daily schedule
    Then nothing goes to the device before its time
    And the message of the schedule arrives, with the answer of the meter
    And the messages were those of a schedule of the DSP
    And the schedule is deleted again

    Examples: roles
      | role | user                    |
      | IS   | import supplier         |
      | ED   | electricity distributor |

  @srv:4.16 @cv:2 @device:ESME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-4.16-OnDemand-CV2, the <user> asks the meter
    When the <user> sends 4.16 Read Active Power Import to the meter as CV2
    Then the DCC returns a Command for local delivery
    And the meter takes it from a hand-held terminal and answers with success
    And the messages were those of a request for local delivery

    Examples: roles
      | role | user                    |
      | IS   | import supplier         |
      | ED   | electricity distributor |

  @srv:4.16 @cv:3 @device:ESME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-4.16-OnDemand-CV3, the <user> asks the meter
    When the <user> sends 4.16 Read Active Power Import to the meter as CV3
    Then the DCC returns a Command for local delivery
    And the meter answers with success within 30 seconds
    And the messages were those of a request for both deliveries

    Examples: roles
      | role | user                    |
      | IS   | import supplier         |
      | ED   | electricity distributor |

  @srv:4.17 @cv:1 @device:GPF
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-4.17-OnDemand-CV1, the <user> asks the gas proxy
    When the <user> sends 4.17 Retrieve Daily Consumption Log to the gas proxy as CV1
    Then the DCC acknowledges with I99
    And the gas proxy answers with success within 30 seconds
    And the messages were those of a request on demand

    Examples: roles
      | role | user            |
      | GS   | gas supplier    |
      | GT   | gas transporter |

  @srv:4.17 @cv:1 @device:ESME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-4.17-OnDemand-CV1, the <user> asks the meter
    When the <user> sends 4.17 Retrieve Daily Consumption Log to the meter as CV1
    Then the DCC acknowledges with I99
    And the meter answers with success within 30 seconds
    And the messages were those of a request on demand

    Examples: roles
      | role | user                    |
      | IS   | import supplier         |
      | ED   | electricity distributor |
      | OU   | other user              |

  @srv:4.17 @cv:1 @device:GPF
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  @requirement:UEPT-FUTURE-DATED
  Scenario Outline: UEPT-<role>-4.17-FutureDatedDSP-CV1, the <user> asks the gas proxy
    When the <user> sends 4.17 Retrieve Daily Consumption Log to the gas proxy as CV1 for 1 hour later
    Then the DCC acknowledges with I99
    And nothing goes to the device before its time
    And the gas proxy answers with success within 30 seconds
    And the messages were those of a request dated at the DSP

    Examples: roles
      | role | user            |
      | GS   | gas supplier    |
      | GT   | gas transporter |

  @srv:4.17 @cv:1 @device:ESME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  @requirement:UEPT-FUTURE-DATED
  Scenario Outline: UEPT-<role>-4.17-FutureDatedDSP-CV1, the <user> asks the meter
    When the <user> sends 4.17 Retrieve Daily Consumption Log to the meter as CV1 for 1 hour later
    Then the DCC acknowledges with I99
    And nothing goes to the device before its time
    And the meter answers with success within 30 seconds
    And the messages were those of a request dated at the DSP

    Examples: roles
      | role | user                    |
      | IS   | import supplier         |
      | ED   | electricity distributor |
      | OU   | other user              |

  @srv:4.17 @cv:1 @device:GPF
  @requirement:UEPT-SCHEDULED @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-4.17-ScheduledDSP-CV1, the <user> asks the gas proxy
    When the <user> puts 4.17 Retrieve Daily Consumption Log of the gas proxy on a daily schedule
    Then nothing goes to the device before its time
    And the message of the schedule arrives, with the answer of the gas proxy
    And the messages were those of a schedule of the DSP
    And the schedule is deleted again

    Examples: roles
      | role | user            |
      | GS   | gas supplier    |
      | GT   | gas transporter |

  @srv:4.17 @cv:1 @device:ESME
  @requirement:UEPT-SCHEDULED @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-4.17-ScheduledDSP-CV1, the <user> asks the meter
    When the <user> puts 4.17 Retrieve Daily Consumption Log of the meter on a daily schedule
    Then nothing goes to the device before its time
    And the message of the schedule arrives, with the answer of the meter
    And the messages were those of a schedule of the DSP
    And the schedule is deleted again

    Examples: roles
      | role | user                    |
      | IS   | import supplier         |
      | ED   | electricity distributor |
      | OU   | other user              |

  @srv:4.17 @cv:2 @device:GPF @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-4.17-OnDemand-CV2, the <user> asks the gas proxy
    When the <user> sends 4.17 Retrieve Daily Consumption Log to the gas proxy as CV2
    Then the DCC returns a Command for local delivery
    And the gas proxy takes it from a hand-held terminal and answers with success
    And the messages were those of a request for local delivery

    Examples: roles
      | role | user            |
      | GS   | gas supplier    |
      | GT   | gas transporter |

  @srv:4.17 @cv:2 @device:ESME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-4.17-OnDemand-CV2, the <user> asks the meter
    When the <user> sends 4.17 Retrieve Daily Consumption Log to the meter as CV2
    Then the DCC returns a Command for local delivery
    And the meter takes it from a hand-held terminal and answers with success
    And the messages were those of a request for local delivery

    Examples: roles
      | role | user                    |
      | IS   | import supplier         |
      | ED   | electricity distributor |
      | OU   | other user              |

  @srv:4.17 @cv:3 @device:GPF @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-4.17-OnDemand-CV3, the <user> asks the gas proxy
    When the <user> sends 4.17 Retrieve Daily Consumption Log to the gas proxy as CV3
    Then the DCC returns a Command for local delivery
    And the gas proxy answers with success within 30 seconds
    And the messages were those of a request for both deliveries

    Examples: roles
      | role | user            |
      | GS   | gas supplier    |
      | GT   | gas transporter |

  @srv:4.17 @cv:3 @device:ESME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-4.17-OnDemand-CV3, the <user> asks the meter
    When the <user> sends 4.17 Retrieve Daily Consumption Log to the meter as CV3
    Then the DCC returns a Command for local delivery
    And the meter answers with success within 30 seconds
    And the messages were those of a request for both deliveries

    Examples: roles
      | role | user                    |
      | IS   | import supplier         |
      | ED   | electricity distributor |
      | OU   | other user              |

  @srv:4.18 @cv:1 @device:GSME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-4.18-OnDemand-CV1, the <user> asks the gas meter
    When the <user> sends 4.18 Read Meter Balance to the gas meter as CV1
    Then the DCC acknowledges with I99
    And the gas meter answers with success within 31 minutes
    And the messages were those of a request on demand

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:4.18 @cv:1 @device:ESME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-4.18-OnDemand-CV1, the <user> asks the meter
    When the <user> sends 4.18 Read Meter Balance to the meter as CV1
    Then the DCC acknowledges with I99
    And the meter answers with success within 30 seconds
    And the messages were those of a request on demand

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:4.18 @cv:1 @device:GSME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  @requirement:UEPT-FUTURE-DATED
  Scenario Outline: UEPT-<role>-4.18-FutureDatedDSP-CV1, the <user> asks the gas meter
    When the <user> sends 4.18 Read Meter Balance to the gas meter as CV1 for 1 hour later
    Then the DCC acknowledges with I99
    And nothing goes to the device before its time
    And the gas meter answers with success within 31 minutes
    And the messages were those of a request dated at the DSP

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:4.18 @cv:1 @device:ESME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  @requirement:UEPT-FUTURE-DATED
  Scenario Outline: UEPT-<role>-4.18-FutureDatedDSP-CV1, the <user> asks the meter
    When the <user> sends 4.18 Read Meter Balance to the meter as CV1 for 1 hour later
    Then the DCC acknowledges with I99
    And nothing goes to the device before its time
    And the meter answers with success within 30 seconds
    And the messages were those of a request dated at the DSP

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:4.18 @cv:2 @device:GSME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-4.18-OnDemand-CV2, the <user> asks the gas meter
    When the <user> sends 4.18 Read Meter Balance to the gas meter as CV2
    Then the DCC returns a Command for local delivery
    And the gas meter takes it from a hand-held terminal and answers with success
    And the messages were those of a request for local delivery

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:4.18 @cv:2 @device:ESME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-4.18-OnDemand-CV2, the <user> asks the meter
    When the <user> sends 4.18 Read Meter Balance to the meter as CV2
    Then the DCC returns a Command for local delivery
    And the meter takes it from a hand-held terminal and answers with success
    And the messages were those of a request for local delivery

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:4.18 @cv:3 @device:GSME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-4.18-OnDemand-CV3, the <user> asks the gas meter
    When the <user> sends 4.18 Read Meter Balance to the gas meter as CV3
    Then the DCC returns a Command for local delivery
    And the gas meter answers with success within 31 minutes
    And the messages were those of a request for both deliveries

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:4.18 @cv:3 @device:ESME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-4.18-OnDemand-CV3, the <user> asks the meter
    When the <user> sends 4.18 Read Meter Balance to the meter as CV3
    Then the DCC returns a Command for local delivery
    And the meter answers with success within 30 seconds
    And the messages were those of a request for both deliveries

    Examples: roles
      | role | user            |
      | IS   | import supplier |
