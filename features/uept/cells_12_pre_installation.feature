# Written by `python -m fixtures.cells` from the table of cells; not to be changed by hand.
@scheme:uept @bench:kept
Feature: User entry, before installation

  A scenario is one cell of the service request matrix: a variant in a role, in one form.

  Background:
    Given furnished premises: an electricity meter and a gas meter, commissioned

  @srv:12.1 @cv:8
  @requirement:UEPT-NON-DEVICE @requirement:UEPT-FLOW
  Scenario Outline: UEPT-<role>-12.1-DCCOnly-CV8, the <user> asks the DCC
    When the <user> sends 12.1 Request WAN Matrix to the DCC
    Then the DCC answers with I0
    And the messages were those of a request to the DCC with an answer
    And the answer repeats the place, and a region answers for it

    Examples: roles
      | role | user                      |
      | IS   | import supplier           |
      | ES   | export supplier           |
      | GS   | gas supplier              |
      | RSA  | registered supplier agent |
      | ED   | electricity distributor   |
      | GT   | gas transporter           |
      | OU   | other user                |

  @srv:12.2 @cv:8
  @requirement:UEPT-NON-DEVICE @requirement:UEPT-FLOW @requirement:DUIS-13-PRE-NOTIFICATION
  Scenario Outline: UEPT-<role>-12.2-DCCOnly-CV8, the <user> asks the DCC
    When the <user> sends 12.2 Device Pre-notification to the DCC
    Then the DCC answers with I99
    And the messages were those of a request to the DCC without an answer
    And the <user> sees it in the inventory as Pending

    Examples: roles
      | role | user                      |
      | IS   | import supplier           |
      | ES   | export supplier           |
      | GS   | gas supplier              |
      | RSA  | registered supplier agent |
      | ED   | electricity distributor   |
      | GT   | gas transporter           |
      | OU   | other user                |
