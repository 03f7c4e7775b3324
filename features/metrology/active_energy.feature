@scheme:metrology @device:ESME @role:IS
Feature: What an electricity meter registers is what passed

  A reference standard in the same circuit counts the energy between pulses of the meter's test
  output. Each error comes with its uncertainty, and the plan's rule for energy decides. What the
  bench cannot tell, because the limit lies within the uncertainty, is inconclusive.

  Background:
    Given a commissioned single-phase electricity meter

  Rule: 2014/32/EU Annex V: the maximum permissible error of the meter's class

    @requirement:METROLOGY-ACTIVE
    Scenario Outline: At <point> the error is within the limit
      When its active energy is measured at <point>
      Then every error is within the limit of its class by the plan's rule

      Examples: along the current, some with reactive loads too
        | point                             |
        | Imin                              |
        | Itr                               |
        | 10 Itr                            |
        | 20 A                              |
        | 50 A                              |
        | Imax                              |
        | the ends of voltage and frequency |

  Rule: The register and the test output are of one meter

    @requirement:METROLOGY-CONSTANT @srv:4.1.1
    Scenario: The register advances by what the test output flashed for
      When a load of 3.000 kW is on until 1,000 pulses have come
      Then the register has advanced by as much as the pulses say, within 1 Wh in 1,000

  Rule: Nothing is registered that did not pass, and little is

    @requirement:METROLOGY-CREEP
    Scenario: With voltage and no current the test output keeps still
      When it stands at 115 % of its voltage without current for the time of the creep test
      Then the test output has given at most 1 pulse

    @requirement:METROLOGY-START
    Scenario: At its starting current the test output flashes
      When its starting current flows for 1.4 times as long as 5 pulses take
      Then the test output has given at least 5 pulses
