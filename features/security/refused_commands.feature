@scheme:security @device:ESME
Feature: A command that is not right is refused

  The commands reach the meter past the DCC, as an attacker on the way would send them.

  Background:
    Given a commissioned single-phase electricity meter
    And a steady load of 2.000 kW
    And the state of the meter has been read

  Rule: Nothing changes

    @requirement:GBCS-9.2-REPLAY @usecase:ECS44
    Scenario: A replayed command
      Given the supply has been armed
      And the button of the meter is pressed
      And the state of the meter has been read
      When the command that armed the supply is sent to the meter again
      And 1 minute passes
      Then the state of the meter is unchanged
      And the load draws 2.000 kW within 1 %

    @requirement:GBCS-9.1-AUTHENTICITY
    Scenario Outline: A command to disable the supply <fault>
      When a command to disable the supply <fault> is sent to the meter
      And 1 minute passes
      Then the state of the meter is unchanged
      And the load draws 2.000 kW within 1 %

      Examples: one fault each
        | fault                                |
        | that was changed after it was signed |
        | with a wrong signature               |
        | without a signature                  |
        | signed with another party's key      |
        | with a wrong MAC                     |
        | without a MAC                        |
        | that ends early                      |
        | with one octet too many              |

    @requirement:GBCS-9.1-RECIPIENT
    Scenario: A command to disable the supply that is meant for another meter
      When a command to disable the supply that is meant for another meter is sent to the meter
      And 1 minute passes
      Then the state of the meter is unchanged
      And the load draws 2.000 kW within 1 %

    @requirement:GBCS-9.1-AUTHORITY
    Scenario Outline: A command to disable the supply from <whom>
      When a command to disable the supply from <whom> is sent to the meter
      And 1 minute passes
      Then the state of the meter is unchanged
      And the load draws 2.000 kW within 1 %

      Examples: parties without authority
        | whom                        |
        | the electricity distributor |
        | an unknown party            |

  Rule: The meter keeps silent and its counters stay

    @requirement:GBCS-9.1-SILENCE @requirement:GBCS-9.2-COUNTER-KEPT
    Scenario Outline: No response to a command to <what> <fault>
      When a command to <what> <fault> is sent to the meter
      Then the meter does not answer within 60 seconds
      And the state of the meter is unchanged

      Examples: faults of a control and of a read
        | what                      | fault                                |
        | disable the supply        | that was changed after it was signed |
        | disable the supply        | with a wrong signature               |
        | disable the supply        | with a wrong MAC                     |
        | disable the supply        | that is meant for another meter      |
        | disable the supply        | from the electricity distributor     |
        | disable the supply        | with a counter that was used before  |
        | read the import registers | with a wrong MAC                     |

  Rule: The refusal leaves a trace

    @requirement:GBCS-9.1-LOG
    Scenario Outline: A command to disable the supply <fault> is logged as <code>
      When a command to disable the supply <fault> is sent to the meter
      And 1 minute passes
      Then the security log has a new entry <code>

      Examples: codes by the kind of fault
        | fault                                | code |
        | that was changed after it was signed | 8F3D |
        | with a wrong signature               | 8F3D |
        | with a wrong MAC                     | 8F3D |
        | that is meant for another meter      | 8F3E |
        | from the electricity distributor     | 8F30 |
        | with a counter that was used before  | 8F53 |

    @requirement:GBCS-9.1-ALERT
    Scenario Outline: A command to disable the supply <fault> raises alert <code>
      When a command to disable the supply <fault> is sent to the meter
      Then the import supplier receives device alert <code> within 2 minutes

      Examples: alerts that are always on
        | fault                                | code |
        | with a wrong signature               | 8F3D |
        | with a wrong MAC                     | 8F3D |
        | that is meant for another meter      | 8F3E |
        | from the electricity distributor     | 8F30 |

  Rule: Refusals do not lock the rightful supplier out

    @requirement:GBCS-9.2-REPLAY @srv:7.2
    Scenario: The next right command works
      Given a command to disable the supply with a wrong MAC is sent to the meter
      When the import supplier sends 7.2 Disable Supply
      Then the meter answers with success within 30 seconds
      And the load current is zero
