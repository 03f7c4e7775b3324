# Written by `python -m fixtures.cells` from the table of cells; not to be changed by hand.
@scheme:uept @bench:kept
Feature: User entry, readings

  A scenario is one cell of the service request matrix: a variant in a role, in one form.

  Background:
    Given furnished premises: a commissioned electricity meter, and a gas meter in the hub's log

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
