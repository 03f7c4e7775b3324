@scheme:functional @role:IS @device:ESME
Feature: The meter tells whom it trusts and which commands it has seen

  Background:
    Given a commissioned single-phase electricity meter

  @requirement:GBCS-9.2-COUNTER-READ @srv:6.24.1 @usecase:CS02a
  Scenario: The replay counter read back is that of the last command
    When the import supplier sends 7.1 Enable Supply
    Then the meter answers with success within 30 seconds
    And the supplier's counter among the credentials is that of the request

  @requirement:SMETS-E-028 @srv:6.13 @usecase:ECS35b
  Scenario: A log that is read up to its newest entry holds that entry
    Given a command to disable the supply with a wrong MAC is sent to the meter
    When 1 minute passes
    Then the security log read up to its newest entry holds that entry

  Rule: A party replaces its own certificates (6.15.1)

    @requirement:SMETS-E-200 @srv:6.15.1 @usecase:CS02b
    Scenario Outline: The new certificate of the <user> is in its cell
      Given the <user> has replaced its certificates on the meter by new ones
      Then the meter holds the new certificate

      Examples: parties with cells of their own
        | user                    |
        | import supplier         |
        | electricity distributor |

    @requirement:SMETS-E-200 @srv:6.15.1 @srv:7.2 @usecase:CS02b
    Scenario: What is signed with the old key is believed no more
      Given a steady load of 1.000 kW
      And the import supplier has replaced its certificates on the meter by new ones
      When the import supplier sends 7.2 Disable Supply
      Then the meter does not answer within 1 minute
      And the load draws 1.000 kW within 2 %

    @requirement:SMETS-E-204 @srv:6.15.1 @srv:6.13
    Scenario: A replacement is in the security log
      Given the security log of the meter has been noted
      And the import supplier has replaced its certificates on the meter by the same ones
      Then the meter's security log has gained an entry 8F70

    @requirement:SMETS-E-204 @srv:6.15.1 @srv:6.13
    Scenario: One that failed is not in the security log as done
      Given the security log of the meter has been noted
      When the import supplier replaces its certificates on the meter by expired ones
      And 10 seconds pass
      Then the meter's security log has gained no entry 8F70

  Rule: All of a replacement, or nothing

    @requirement:SMETS-E-203 @srv:6.15.1 @usecase:CS02b
    Scenario Outline: A replacement by <which> is refused
      When the import supplier replaces its certificates on the meter by <which>
      Then the meter refuses the command

      Examples: what a device must not believe
        | which                                      |
        | expired ones                               |
        | ones that another authority issued         |
        | ones for another use                       |
        | a new one and an expired one               |
        | one of its own and one of another supplier |

    @requirement:SMETS-E-203 @srv:6.15.1 @srv:6.24.1 @usecase:CS02b
    Scenario Outline: After a replacement by <which> the old set is all there
      Given the holders of the meter's cells have been noted
      When the import supplier replaces its certificates on the meter by <which>
      And 10 seconds pass
      Then the holders of the meter's cells are what they were

      Examples: what a device must not believe
        | which                              |
        | expired ones                       |
        | ones that another authority issued |
        | ones for another use               |
        | a new one and an expired one       |

    @requirement:SMETS-E-203 @srv:6.15.1 @srv:7.2
    Scenario: The owner of the old set commands the meter as before
      Given a steady load of 1.000 kW
      When the import supplier replaces its certificates on the meter by a new one and an expired one
      And 10 seconds pass
      And the import supplier sets 7.2 Disable Supply
      Then the load current is zero

  Rule: Dated replacements

    @requirement:SMETS-E-200 @srv:6.15.1 @usecase:CS02b
    Scenario: A dated replacement waits for its date
      Given the import supplier has dated the replacement of its certificates on the meter by new ones in 2 hours
      When 1 hour passes
      Then the meter does not hold the new certificate

    @requirement:SMETS-E-200 @srv:6.15.1 @usecase:CS02b
    Scenario: On its date it is carried out
      Given the import supplier has dated the replacement of its certificates on the meter by new ones in 2 hours
      When 2 hours 1 minute pass
      Then the meter holds the new certificate

    @requirement:SMETS-E-204 @srv:6.15.1 @usecase:CS02b
    Scenario: Its outcome is told at its date
      Given the import supplier has dated the replacement of its certificates on the meter by the same ones in 2 hours
      When 2 hours 1 minute pass
      Then the import supplier has received exactly one device alert 8F66

    @requirement:SMETS-E-203 @srv:6.15.1 @usecase:CS02b
    Scenario: One that fails at its date is told as failed
      Given the import supplier has dated the replacement of its certificates on the meter by expired ones in 2 hours
      When 2 hours 1 minute pass
      Then the import supplier has received exactly one device alert 8F67

    @requirement:SMETS-E-200 @srv:6.15.1 @usecase:CS02b
    Scenario: One that was cancelled never comes
      Given the import supplier has dated the replacement of its certificates on the meter by new ones in 2 hours
      And the import supplier has cancelled the replacement of its certificates
      When 3 hours pass
      Then the meter does not hold the new certificate
      And the import supplier has received no device alert 8F66

  Rule: Counters begin where a replacement says (6.23)

    @requirement:SMETS-E-201 @srv:6.23 @srv:6.24.1 @usecase:CS02b
    Scenario Outline: The supplier's counter begins at <floor>
      Given the other supplier has been registered for the meter
      When the other supplier takes over the meter with counters from <floor>
      Then the meter's counter of the supplier is <floor>

      Examples: lower and higher than the one before
        | floor             |
        | 0                 |
        | 77                |
        | 99999999999999999 |

    @requirement:SMETS-E-201 @srv:6.23 @srv:6.24.1 @usecase:CS02b
    Scenario: The counters of others stay
      Given the electricity distributor has set 6.5 Update Device Configuration (Voltage)
      And the counters of the meter have been noted
      And the other supplier has been registered for the meter
      When the other supplier takes over the meter with counters from 77
      Then the meter's counter of the network operator is what it was

    @requirement:SMETS-E-203 @srv:6.15.1 @srv:6.24.1
    Scenario: A dated activation of the party that has gone is dropped
      Given the import supplier has distributed an image of version 00000002 that is sound
      And the import supplier has dated the activation of the image in 2 hours
      And the other supplier has been registered for the meter
      When the other supplier takes over the meter with counters from 77
      And 3 hours pass
      Then the meter runs version 00000001

  Rule: The meter's own keys (6.17, 6.15.2, 6.24.2)

    @requirement:SMETS-E-200 @srv:6.17 @srv:6.15.2 @srv:6.24.2 @usecase:CS02c @usecase:CS02d @usecase:CS02e
    Scenario: A new key is in use once its certificate has come
      Given the import supplier has had a new key made on the meter for Digital Signature
      And the import supplier has given the meter the certificate for its new key
      Then the meter's certificate for Digital Signature is the new one

    @requirement:SMETS-E-200 @srv:6.17 @srv:6.15.2 @srv:7.1 @usecase:CS02d
    Scenario: What it signs then is signed with the new key
      Given the import supplier has had a new key made on the meter for Digital Signature
      And the import supplier has given the meter the certificate for its new key
      When the import supplier sets 7.1 Enable Supply
      Then the meter answers with success within 30 seconds

    @requirement:SMETS-E-200 @srv:6.17 @srv:6.24.2 @usecase:CS02c
    Scenario: Until then the old key is in use
      Given the meter's certificate for Digital Signature has been read
      When the import supplier has a new key made on the meter for Digital Signature
      And the import supplier sets 7.1 Enable Supply
      Then the meter's certificate for Digital Signature is what it was

    @requirement:SMETS-E-200 @srv:6.15.2 @usecase:CS02d
    Scenario: A certificate for a key that was not asked for last is refused
      Given the import supplier has had a new key made on the meter for Digital Signature
      When the import supplier gives the meter a certificate for a key that it did not ask for last
      Then the meter refuses the command

    @requirement:SMETS-E-200 @srv:6.15.2 @usecase:CS02d
    Scenario: A certificate of another meter is refused
      Given the import supplier has had a new key made on the meter for Digital Signature
      When the import supplier gives the meter the certificate of another meter
      Then the meter refuses the command

    @requirement:SMETS-E-200 @srv:6.15.2 @usecase:CS02d
    Scenario: A certificate without a new key is refused
      When the import supplier gives the meter the certificate that it has
      Then the meter refuses the command

    @requirement:SMETS-E-204 @srv:6.17 @srv:6.15.2 @srv:6.13
    Scenario Outline: A replacement of its key for <usage> is in the security log
      Given the security log of the meter has been noted
      And the import supplier has had a new key made on the meter for <usage>
      And the import supplier has given the meter the certificate for its new key
      Then the meter's security log has gained an entry <code>

      Examples: by use
        | usage             | code |
        | Digital Signature | 8F4D |
        | Key Agreement     | 8F4F |

    @requirement:SMETS-E-204 @srv:6.15.2 @srv:6.13
    Scenario: A failed replacement of its key is in the security log
      Given the security log of the meter has been noted
      When the import supplier gives the meter the certificate that it has
      And 10 seconds pass
      Then the meter's security log has gained an entry 8F4C
