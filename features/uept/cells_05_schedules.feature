# Written by `python -m fixtures.cells` from the table of cells; not to be changed by hand.
@scheme:uept @bench:kept
Feature: User entry, schedules that the DCC keeps

  A scenario is one cell of the service request matrix: a variant in a role, in one form.

  Background:
    Given furnished premises: an electricity meter and a gas meter, commissioned

  @srv:5.1 @cv:8
  @requirement:UEPT-NON-DEVICE @requirement:UEPT-FLOW @requirement:UEPT-SCHEDULED
  Scenario Outline: UEPT-<role>-5.1-DCCOnly-CV8, the <user> asks the DCC
    When the <user> sends 5.1 Create Schedule to the DCC
    Then the DCC answers with I0
    And the messages were those of a request to the DCC with an answer
    And the DCC knows the schedule under the number that it gave
    And the schedule is deleted again

    Examples: roles
      | role | user                    |
      | IS   | import supplier         |
      | ES   | export supplier         |
      | GS   | gas supplier            |
      | ED   | electricity distributor |
      | GT   | gas transporter         |
      | OU   | other user              |

  @srv:5.2 @cv:8
  @requirement:UEPT-NON-DEVICE @requirement:UEPT-FLOW @requirement:UEPT-SCHEDULED
  Scenario Outline: UEPT-<role>-5.2-DCCOnly-CV8, the <user> asks the DCC
    Given the <user> has a schedule
    When the <user> sends 5.2 Read Schedule to the DCC
    Then the DCC answers with I0
    And the messages were those of a request to the DCC with an answer
    And the answer holds the schedule as it was made
    And the schedule is deleted again

    Examples: roles
      | role | user                    |
      | IS   | import supplier         |
      | ES   | export supplier         |
      | GS   | gas supplier            |
      | ED   | electricity distributor |
      | GT   | gas transporter         |
      | OU   | other user              |

  @srv:5.3 @cv:8
  @requirement:UEPT-NON-DEVICE @requirement:UEPT-FLOW @requirement:UEPT-SCHEDULED
  Scenario Outline: UEPT-<role>-5.3-DCCOnly-CV8, the <user> asks the DCC
    Given the <user> has a schedule
    When the <user> sends 5.3 Delete Schedule to the DCC
    Then the DCC answers with I99
    And the messages were those of a request to the DCC without an answer
    And the schedule is gone

    Examples: roles
      | role | user                    |
      | IS   | import supplier         |
      | ES   | export supplier         |
      | GS   | gas supplier            |
      | ED   | electricity distributor |
      | GT   | gas transporter         |
      | OU   | other user              |
