# Written by `python -m fixtures.cells` from the table of cells; not to be changed by hand.
@scheme:uept @bench:kept
Feature: User entry, installation, joining, inventory, hubs

  A scenario is one cell of the service request matrix: a variant in a role, in one form.

  Background:
    Given furnished premises: an electricity meter and a gas meter, commissioned

  @srv:8.2 @cv:8
  @requirement:UEPT-NON-DEVICE @requirement:UEPT-FLOW @requirement:DUIS-13-INVENTORY
  Scenario Outline: UEPT-<role>-8.2-DCCOnly-CV8, the <user> asks the DCC
    When the <user> sends 8.2 Read Inventory to the DCC
    Then the DCC answers with I0
    And the messages were those of a request to the DCC with an answer
    And the inventory that it answers names the meter

    Examples: roles
      | role | user                      |
      | IS   | import supplier           |
      | ES   | export supplier           |
      | GS   | gas supplier              |
      | RSA  | registered supplier agent |
      | ED   | electricity distributor   |
      | GT   | gas transporter           |
      | OU   | other user                |

  @srv:8.3 @cv:8
  @requirement:UEPT-NON-DEVICE @requirement:UEPT-FLOW @requirement:DUIS-13-INVENTORY
  Scenario Outline: UEPT-<role>-8.3-DCCOnly-CV8, the <user> asks the DCC
    Given the <user> has announced a meter
    When the <user> sends 8.3 Decommission Device to the DCC
    Then the DCC answers with I99
    And the messages were those of a request to the DCC without an answer
    And the <user> sees it in the inventory as Decommissioned

    Examples: roles
      | role | user            |
      | IS   | import supplier |
      | GS   | gas supplier    |

  @srv:8.4 @cv:8
  @requirement:UEPT-NON-DEVICE @requirement:UEPT-FLOW @requirement:DUIS-13-INVENTORY
  Scenario Outline: UEPT-<role>-8.4-DCCOnly-CV8, the <user> asks the DCC
    Given the <user> has announced a meter
    When the <user> sends 8.4 Update Inventory to the DCC
    Then the DCC answers with I99
    And the messages were those of a request to the DCC without an answer
    And the <user> sees the change in the inventory

    Examples: roles
      | role | user                      |
      | IS   | import supplier           |
      | ES   | export supplier           |
      | GS   | gas supplier              |
      | RSA  | registered supplier agent |
      | ED   | electricity distributor   |
      | GT   | gas transporter           |
      | OU   | other user                |

  @srv:8.7.1 @cv:4 @device:GSME
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:GBCS-2-PRE-COMMAND
  Scenario Outline: UEPT-<role>-8.7.1-Transform-CV4, the <user> asks the gas meter
    When the <user> sends 8.7.1 Join Service (Critical) to the gas meter as CV4
    Then the DCC returns a Pre-Command of 8.7.1
    And the Pre-Command carried the identifiers of the request
    And the <user> finds in it what was asked
    And the messages were those of a transformation

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:8.7.1 @cv:4 @device:ESME
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:GBCS-2-PRE-COMMAND
  Scenario Outline: UEPT-<role>-8.7.1-Transform-CV4, the <user> asks the meter
    When the <user> sends 8.7.1 Join Service (Critical) to the meter as CV4
    Then the DCC returns a Pre-Command of 8.7.1
    And the Pre-Command carried the identifiers of the request
    And the <user> finds in it what was asked
    And the messages were those of a transformation

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:8.7.1 @cv:5 @device:GSME
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:DUIS-2-ACKNOWLEDGEMENT
  Scenario Outline: UEPT-<role>-8.7.1-OnDemand-CV5, the <user> asks the gas meter
    When the <user> sends 8.7.1 Join Service (Critical) to the gas meter as CV5
    Then the Pre-Command carried the identifiers of the request
    And the DCC acknowledges with I99
    And the gas meter answers with success within 31 minutes
    And the messages were those of a critical request on demand

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:8.7.1 @cv:5 @device:ESME
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:DUIS-2-ACKNOWLEDGEMENT
  Scenario Outline: UEPT-<role>-8.7.1-OnDemand-CV5, the <user> asks the meter
    When the <user> sends 8.7.1 Join Service (Critical) to the meter as CV5
    Then the Pre-Command carried the identifiers of the request
    And the DCC acknowledges with I99
    And the meter answers with success within 30 seconds
    And the messages were those of a critical request on demand

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:8.7.1 @cv:6 @device:GSME @grade:inferred
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:UEPT-LOCAL
  Scenario Outline: UEPT-<role>-8.7.1-OnDemand-CV6, the <user> asks the gas meter
    When the <user> sends 8.7.1 Join Service (Critical) to the gas meter as CV6
    Then the Pre-Command carried the identifiers of the request
    And the DCC returns a Command for local delivery
    And the gas meter takes it from a hand-held terminal and answers with success
    And the messages were those of a critical request for local delivery

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:8.7.1 @cv:6 @device:ESME @grade:inferred
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:UEPT-LOCAL
  Scenario Outline: UEPT-<role>-8.7.1-OnDemand-CV6, the <user> asks the meter
    When the <user> sends 8.7.1 Join Service (Critical) to the meter as CV6
    Then the Pre-Command carried the identifiers of the request
    And the DCC returns a Command for local delivery
    And the meter takes it from a hand-held terminal and answers with success
    And the messages were those of a critical request for local delivery

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:8.7.1 @cv:7 @device:GSME @grade:inferred
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:UEPT-LOCAL
  Scenario Outline: UEPT-<role>-8.7.1-OnDemand-CV7, the <user> asks the gas meter
    When the <user> sends 8.7.1 Join Service (Critical) to the gas meter as CV7
    Then the Pre-Command carried the identifiers of the request
    And the DCC returns a Command for local delivery
    And the gas meter answers with success within 31 minutes
    And the messages were those of a critical request for both deliveries

    Examples: roles
      | role | user         |
      | GS   | gas supplier |

  @srv:8.7.1 @cv:7 @device:ESME @grade:inferred
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:UEPT-LOCAL
  Scenario Outline: UEPT-<role>-8.7.1-OnDemand-CV7, the <user> asks the meter
    When the <user> sends 8.7.1 Join Service (Critical) to the meter as CV7
    Then the Pre-Command carried the identifiers of the request
    And the DCC returns a Command for local delivery
    And the meter answers with success within 30 seconds
    And the messages were those of a critical request for both deliveries

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:8.7.2 @cv:1 @device:PPMID
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-8.7.2-OnDemand-CV1, the <user> asks the display
    When the <user> sends 8.7.2 Join Service (Non-Critical) to the display as CV1
    Then the DCC acknowledges with I99
    And the display answers with success within 30 seconds
    And the messages were those of a request on demand

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:8.7.2 @cv:1 @device:GSME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-8.7.2-OnDemand-CV1, the <user> asks the gas meter
    When the <user> sends 8.7.2 Join Service (Non-Critical) to the gas meter as CV1
    Then the DCC acknowledges with I99
    And the gas meter answers with success within 31 minutes
    And the messages were those of a request on demand

    Examples: roles
      | role | user         |
      | GS   | gas supplier |
      | OU   | other user   |

  @srv:8.7.2 @cv:2 @device:PPMID @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-8.7.2-OnDemand-CV2, the <user> asks the display
    When the <user> sends 8.7.2 Join Service (Non-Critical) to the display as CV2
    Then the DCC returns a Command for local delivery
    And the display takes it from a hand-held terminal and answers with success
    And the messages were those of a request for local delivery

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:8.7.2 @cv:2 @device:GSME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-8.7.2-OnDemand-CV2, the <user> asks the gas meter
    When the <user> sends 8.7.2 Join Service (Non-Critical) to the gas meter as CV2
    Then the DCC returns a Command for local delivery
    And the gas meter takes it from a hand-held terminal and answers with success
    And the messages were those of a request for local delivery

    Examples: roles
      | role | user         |
      | GS   | gas supplier |
      | OU   | other user   |

  @srv:8.7.2 @cv:3 @device:PPMID @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-8.7.2-OnDemand-CV3, the <user> asks the display
    When the <user> sends 8.7.2 Join Service (Non-Critical) to the display as CV3
    Then the DCC returns a Command for local delivery
    And the display answers with success within 30 seconds
    And the messages were those of a request for both deliveries

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:8.7.2 @cv:3 @device:GSME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-8.7.2-OnDemand-CV3, the <user> asks the gas meter
    When the <user> sends 8.7.2 Join Service (Non-Critical) to the gas meter as CV3
    Then the DCC returns a Command for local delivery
    And the gas meter answers with success within 31 minutes
    And the messages were those of a request for both deliveries

    Examples: roles
      | role | user         |
      | GS   | gas supplier |
      | OU   | other user   |

  @srv:8.8.1 @cv:4 @device:ESME
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:GBCS-2-PRE-COMMAND
  Scenario Outline: UEPT-<role>-8.8.1-Transform-CV4, the <user> asks the meter
    When the <user> sends 8.8.1 Unjoin Service (Critical) to the meter as CV4
    Then the DCC returns a Pre-Command of 8.8.1
    And the Pre-Command carried the identifiers of the request
    And the <user> finds in it what was asked
    And the messages were those of a transformation

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:8.8.1 @cv:5 @device:ESME
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:DUIS-2-ACKNOWLEDGEMENT
  Scenario Outline: UEPT-<role>-8.8.1-OnDemand-CV5, the <user> asks the meter
    When the <user> sends 8.8.1 Unjoin Service (Critical) to the meter as CV5
    Then the Pre-Command carried the identifiers of the request
    And the DCC acknowledges with I99
    And the meter answers with success within 30 seconds
    And the messages were those of a critical request on demand

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:8.8.1 @cv:6 @device:ESME @grade:inferred
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:UEPT-LOCAL
  Scenario Outline: UEPT-<role>-8.8.1-OnDemand-CV6, the <user> asks the meter
    When the <user> sends 8.8.1 Unjoin Service (Critical) to the meter as CV6
    Then the Pre-Command carried the identifiers of the request
    And the DCC returns a Command for local delivery
    And the meter takes it from a hand-held terminal and answers with success
    And the messages were those of a critical request for local delivery

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:8.8.1 @cv:7 @device:ESME @grade:inferred
  @requirement:UEPT-CRITICAL @requirement:DUIS-6-PRE-COMMAND @requirement:DUIS-1-GBCS-LINK
  @requirement:UEPT-FLOW @requirement:UEPT-LOCAL
  Scenario Outline: UEPT-<role>-8.8.1-OnDemand-CV7, the <user> asks the meter
    When the <user> sends 8.8.1 Unjoin Service (Critical) to the meter as CV7
    Then the Pre-Command carried the identifiers of the request
    And the DCC returns a Command for local delivery
    And the meter answers with success within 30 seconds
    And the messages were those of a critical request for both deliveries

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:8.8.2 @cv:1 @device:PPMID
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-8.8.2-OnDemand-CV1, the <user> asks the display
    When the <user> sends 8.8.2 Unjoin Service (Non-Critical) to the display as CV1
    Then the DCC acknowledges with I99
    And the display answers with success within 30 seconds
    And the messages were those of a request on demand

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:8.8.2 @cv:1 @device:GSME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-8.8.2-OnDemand-CV1, the <user> asks the gas meter
    When the <user> sends 8.8.2 Unjoin Service (Non-Critical) to the gas meter as CV1
    Then the DCC acknowledges with I99
    And the gas meter answers with success within 31 minutes
    And the messages were those of a request on demand

    Examples: roles
      | role | user         |
      | GS   | gas supplier |
      | OU   | other user   |

  @srv:8.8.2 @cv:2 @device:PPMID @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-8.8.2-OnDemand-CV2, the <user> asks the display
    When the <user> sends 8.8.2 Unjoin Service (Non-Critical) to the display as CV2
    Then the DCC returns a Command for local delivery
    And the display takes it from a hand-held terminal and answers with success
    And the messages were those of a request for local delivery

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:8.8.2 @cv:2 @device:GSME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-8.8.2-OnDemand-CV2, the <user> asks the gas meter
    When the <user> sends 8.8.2 Unjoin Service (Non-Critical) to the gas meter as CV2
    Then the DCC returns a Command for local delivery
    And the gas meter takes it from a hand-held terminal and answers with success
    And the messages were those of a request for local delivery

    Examples: roles
      | role | user         |
      | GS   | gas supplier |
      | OU   | other user   |

  @srv:8.8.2 @cv:3 @device:PPMID @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-8.8.2-OnDemand-CV3, the <user> asks the display
    When the <user> sends 8.8.2 Unjoin Service (Non-Critical) to the display as CV3
    Then the DCC returns a Command for local delivery
    And the display answers with success within 30 seconds
    And the messages were those of a request for both deliveries

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:8.8.2 @cv:3 @device:GSME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-8.8.2-OnDemand-CV3, the <user> asks the gas meter
    When the <user> sends 8.8.2 Unjoin Service (Non-Critical) to the gas meter as CV3
    Then the DCC returns a Command for local delivery
    And the gas meter answers with success within 31 minutes
    And the messages were those of a request for both deliveries

    Examples: roles
      | role | user         |
      | GS   | gas supplier |
      | OU   | other user   |

  @srv:8.9 @cv:1 @device:GSME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-8.9-OnDemand-CV1, the <user> asks the gas meter
    When the <user> sends 8.9 Read Device Log to the gas meter as CV1
    Then the DCC acknowledges with I99
    And the gas meter answers with success within 31 minutes
    And the messages were those of a request on demand

    Examples: roles
      | role | user         |
      | GS   | gas supplier |
      | OU   | other user   |

  @srv:8.9 @cv:1 @device:CHF
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-8.9-OnDemand-CV1, the <user> asks the hub
    When the <user> sends 8.9 Read Device Log to the hub as CV1
    Then the DCC acknowledges with I99
    And the hub answers with success within 30 seconds
    And the messages were those of a request on demand

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:8.9 @cv:1 @device:GSME
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  @requirement:UEPT-FUTURE-DATED
  Scenario Outline: UEPT-<role>-8.9-FutureDatedDSP-CV1, the <user> asks the gas meter
    When the <user> sends 8.9 Read Device Log to the gas meter as CV1 for 1 hour later
    Then the DCC acknowledges with I99
    And nothing goes to the device before its time
    And the gas meter answers with success within 31 minutes
    And the messages were those of a request dated at the DSP

    Examples: roles
      | role | user         |
      | GS   | gas supplier |
      | OU   | other user   |

  @srv:8.9 @cv:1 @device:CHF
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  @requirement:UEPT-FUTURE-DATED
  Scenario Outline: UEPT-<role>-8.9-FutureDatedDSP-CV1, the <user> asks the hub
    When the <user> sends 8.9 Read Device Log to the hub as CV1 for 1 hour later
    Then the DCC acknowledges with I99
    And nothing goes to the device before its time
    And the hub answers with success within 30 seconds
    And the messages were those of a request dated at the DSP

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:8.9 @cv:2 @device:GSME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-8.9-OnDemand-CV2, the <user> asks the gas meter
    When the <user> sends 8.9 Read Device Log to the gas meter as CV2
    Then the DCC returns a Command for local delivery
    And the gas meter takes it from a hand-held terminal and answers with success
    And the messages were those of a request for local delivery

    Examples: roles
      | role | user         |
      | GS   | gas supplier |
      | OU   | other user   |

  @srv:8.9 @cv:2 @device:CHF @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-8.9-OnDemand-CV2, the <user> asks the hub
    When the <user> sends 8.9 Read Device Log to the hub as CV2
    Then the DCC returns a Command for local delivery
    And the hub takes it from a hand-held terminal and answers with success
    And the messages were those of a request for local delivery

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:8.9 @cv:3 @device:GSME @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-8.9-OnDemand-CV3, the <user> asks the gas meter
    When the <user> sends 8.9 Read Device Log to the gas meter as CV3
    Then the DCC returns a Command for local delivery
    And the gas meter answers with success within 31 minutes
    And the messages were those of a request for both deliveries

    Examples: roles
      | role | user         |
      | GS   | gas supplier |
      | OU   | other user   |

  @srv:8.9 @cv:3 @device:CHF @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-8.9-OnDemand-CV3, the <user> asks the hub
    When the <user> sends 8.9 Read Device Log to the hub as CV3
    Then the DCC returns a Command for local delivery
    And the hub answers with success within 30 seconds
    And the messages were those of a request for both deliveries

    Examples: roles
      | role | user            |
      | IS   | import supplier |

  @srv:8.11 @cv:1 @device:CHF
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-8.11-OnDemand-CV1, the <user> asks the hub
    When the <user> sends 8.11 Update HAN Device Log to the hub as CV1
    Then the DCC acknowledges with I99
    And the hub answers with success within 30 seconds
    And the messages were those of a request on demand
    And the device is taken out of the hub's log again

    Examples: roles
      | role | user            |
      | IS   | import supplier |
      | GS   | gas supplier    |
      | OU   | other user      |

  @srv:8.11 @cv:1 @device:CHF
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  @requirement:UEPT-FUTURE-DATED
  Scenario Outline: UEPT-<role>-8.11-FutureDatedDSP-CV1, the <user> asks the hub
    When the <user> sends 8.11 Update HAN Device Log to the hub as CV1 for 1 hour later
    Then the DCC acknowledges with I99
    And nothing goes to the device before its time
    And the hub answers with success within 30 seconds
    And the messages were those of a request dated at the DSP
    And the device is taken out of the hub's log again

    Examples: roles
      | role | user            |
      | IS   | import supplier |
      | GS   | gas supplier    |
      | OU   | other user      |

  @srv:8.11 @cv:2 @device:CHF @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-8.11-OnDemand-CV2, the <user> asks the hub
    When the <user> sends 8.11 Update HAN Device Log to the hub as CV2
    Then the DCC returns a Command for local delivery
    And the hub takes it from a hand-held terminal and answers with success
    And the messages were those of a request for local delivery
    And the device is taken out of the hub's log again

    Examples: roles
      | role | user            |
      | IS   | import supplier |
      | GS   | gas supplier    |
      | OU   | other user      |

  @srv:8.11 @cv:3 @device:CHF @grade:inferred
  @requirement:UEPT-LOCAL @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-8.11-OnDemand-CV3, the <user> asks the hub
    When the <user> sends 8.11 Update HAN Device Log to the hub as CV3
    Then the DCC returns a Command for local delivery
    And the hub answers with success within 30 seconds
    And the messages were those of a request for both deliveries
    And the device is taken out of the hub's log again

    Examples: roles
      | role | user            |
      | IS   | import supplier |
      | GS   | gas supplier    |
      | OU   | other user      |

  @srv:8.12.1 @cv:1 @device:CHF
  @requirement:UEPT-NON-CRITICAL @requirement:DUIS-2-ACKNOWLEDGEMENT @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-8.12.1-OnDemand-CV1, the <user> asks the hub
    When the <user> sends 8.12.1 Restore HAN Device Log to the hub as CV1
    Then the DCC acknowledges with I99
    And the hub answers with success within 30 seconds
    And the messages were those of a request on demand

    Examples: roles
      | role | user            |
      | IS   | import supplier |
      | GS   | gas supplier    |

  @srv:8.13 @cv:8
  @requirement:UEPT-NON-DEVICE @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-8.13-DCCOnly-CV8, the <user> asks the DCC
    Given the <user> has the response of the hub to a Command delivered by hand
    When the <user> sends 8.13 Return Local Command Response to the DCC
    Then the DCC answers with I99
    And the messages were those of a request to the DCC without an answer

    Examples: roles
      | role | user            |
      | IS   | import supplier |
      | GS   | gas supplier    |

  @srv:8.14.1 @cv:8
  @requirement:UEPT-NON-DEVICE @requirement:UEPT-FLOW @requirement:DUIS-13-INVENTORY
  Scenario Outline: UEPT-<role>-8.14.1-DCCOnly-CV8, the <user> asks the DCC
    Given the <user> has announced a hub
    When the <user> sends 8.14.1 Communications Hub Status Update- Install Success to the DCC
    Then the DCC answers with I99
    And the messages were those of a request to the DCC without an answer
    And the <user> sees it in the inventory as InstalledNotCommissioned

    Examples: roles
      | role | user            |
      | IS   | import supplier |
      | GS   | gas supplier    |

  @srv:8.14.2 @cv:8
  @requirement:UEPT-NON-DEVICE @requirement:UEPT-FLOW @requirement:DUIS-13-INVENTORY
  Scenario Outline: UEPT-<role>-8.14.2-DCCOnly-CV8, the <user> asks the DCC
    Given the <user> has announced a hub
    When the <user> sends 8.14.2 Communications Hub Status Update - Install No SM WAN to the DCC
    Then the DCC answers with I99
    And the messages were those of a request to the DCC without an answer
    And the <user> sees it in the inventory as Pending

    Examples: roles
      | role | user            |
      | IS   | import supplier |
      | GS   | gas supplier    |

  @srv:8.14.3 @cv:8
  @requirement:UEPT-NON-DEVICE @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-8.14.3-DCCOnly-CV8, the <user> asks the DCC
    Given the <user> has announced a hub
    When the <user> sends 8.14.3 Communications Hub Status Update. – Fault Return to the DCC
    Then the DCC answers with I99
    And the messages were those of a request to the DCC without an answer

    Examples: roles
      | role | user            |
      | IS   | import supplier |
      | GS   | gas supplier    |

  @srv:8.14.4 @cv:8
  @requirement:UEPT-NON-DEVICE @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-8.14.4-DCCOnly-CV8, the <user> asks the DCC
    Given the <user> has announced a hub
    When the <user> sends 8.14.4 Communications Hub Status Update – No Fault Return to the DCC
    Then the DCC answers with I99
    And the messages were those of a request to the DCC without an answer

    Examples: roles
      | role | user            |
      | IS   | import supplier |
      | GS   | gas supplier    |
