@scheme:functional @role:IS @device:ESME
Feature: The time of a meter counts from its commissioning

  Background:
    Given the meter has joined the home area network

  Rule: The time has a status (SMETS2 5.5.1)

    @requirement:SMETS-E-008 @srv:8.1.1 @usecase:ECS70 @grade:inferred
    Scenario Outline: A clock that was never set and is told <what> states <status>
      When the import supplier sends 8.1.1 Commission Device to the meter with
        | CurrentDateTime | <time> |
      Then the answer's TimeStatus is <status>

      Examples:
        | what               | time         | status   |
        | the network's time | in 0 seconds | reliable |
        | a time of the past | 1 day ago    | invalid  |
