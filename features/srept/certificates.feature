@scheme:srept
Feature: A party obtains its certificates and loses them again

  SREPT is passed before a party may become an Authorised Subscriber or use the repository.

  Rule: Organisation certificates

    @requirement:SREPT-S04 @requirement:SREPT-S05 @requirement:SREPT-S06
    Scenario Outline: A request for <usage> is approved
      When the import supplier submits a certificate signing request for <usage>
      Then the request is accepted and approved
      And the certificate agrees with the request
      And the certificate is in the repository

      Examples: each key usage
        | usage                               |
        | digital signature                   |
        | key agreement                       |
        | key agreement for prepayment top-up |

    @requirement:SREPT-S07
    Scenario Outline: A request <fault> is refused at once
      When the import supplier submits a certificate signing request <fault>
      Then the request is refused at once with an error

      Examples: bad requests
        | fault                        |
        | with a bad signature         |
        | that is no PKCS#10 structure |

    @requirement:SREPT-S08
    Scenario: A request for another party's identity is rejected
      When the import supplier submits a certificate signing request for another party's identity
      Then the request is accepted and then rejected with reasons

  Rule: Device certificates

    @requirement:SREPT-S10
    Scenario: An ad hoc request for a device that holds a certificate
      Given the meter holds a certificate already
      When the import supplier sends an ad hoc device certificate signing request
      Then the answer has status SUCCESS and a certificate under the same identifier

    @requirement:SREPT-S11
    Scenario: An ad hoc request for a device without an earlier certificate
      When the import supplier sends an ad hoc request for a device without an earlier certificate
      Then the answer has status UNKNOWN_DEVICE and an error code of kind UD

    @requirement:SREPT-S16
    Scenario: A request that is no XML
      When the import supplier sends an ad hoc request that is no XML
      Then the answer has status FORMAT_ERROR and an error code of kind FM

    @requirement:SREPT-S03
    Scenario: A client without the service's certificate is denied
      When a client with a certificate for another service sends an ad hoc request
      Then access is denied

  Rule: The repository answers

    @requirement:SREPT-S20
    Scenario: A query with a valid API key
      When the repository is asked for the meter's key agreement certificate
      Then the answer is the certificate that the meter holds

    @requirement:SREPT-S20
    Scenario: A query with an invalid API key
      When the repository is asked with an invalid API key
      Then the query is refused

  Rule: A revoked certificate is worth nothing

    @requirement:SREPT-S17 @requirement:SREPT-S24
    Scenario: A revoked certificate is on the list that the issuing authority signed
      When the import supplier's signing certificate is revoked
      Then the revocation list names the certificate
      And the revocation list is signed by the issuing authority
      And the repository shows the certificate as revoked

    @requirement:SREPT-S24 @requirement:DUIS-7-SIGNATURE @srv:7.2
    Scenario: A command signed under a revoked certificate is refused by the DCC
      Given a commissioned single-phase electricity meter
      And the import supplier's signing certificate is revoked
      When the import supplier sends 7.2 Disable Supply
      Then the DCC refuses the request
      And the supply state read back is enabled
