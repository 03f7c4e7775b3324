@scheme:functional @role:IS @device:ESME
Feature: New firmware is verified, waits for its activation, and replaces the old

  Background:
    Given a commissioned single-phase electricity meter
    And the import supplier has set 6.11 Synchronise Clock

  Rule: An image is verified when it has arrived (SMETS2 5.6.3.40)

    @requirement:SMETS-E-190 @srv:11.1
    Scenario: A sound image is reported as verified
      When the import supplier distributes an image of version 00000002 that is sound
      Then the import supplier receives device alert 8F72 within 10 minutes
      And the import supplier has received no device alert 8F1C

    @requirement:SMETS-E-190 @srv:11.1
    Scenario Outline: An image <fault> is reported as not verified
      When the import supplier distributes an image of version 00000002 <fault>
      Then the import supplier receives device alert 8F1C within 10 minutes
      And the import supplier has received no device alert 8F72

      Examples: one fault each
        | fault                                |
        | with a wrong signature               |
        | that was changed after it was signed |
        | signed by another supplier           |

    @requirement:SMETS-E-190 @srv:11.1 @srv:11.3 @usecase:CS06
    Scenario Outline: An image <fault> cannot be activated
      When the import supplier distributes an image of version 00000002 <fault>
      And 10 minutes pass
      And the import supplier activates the image with its hash
      Then the meter refuses the command
      And the meter runs version 00000001

      Examples: one fault each
        | fault                                |
        | with a wrong signature               |
        | signed by another supplier           |

    @requirement:SMETS-C-009 @srv:11.1 @device:CHF
    Scenario Outline: An image <fault> does not get past the hub
      When the import supplier distributes an image of version 00000002 <fault>
      Then the import supplier receives DCC alert <alert> within 10 minutes
      And the meter runs version 00000001

      Examples: what a hub can see
        | fault              | alert |
        | for other hardware | N21   |
        | that ends early    | N20   |

  Rule: The right hash activates it (SMETS2 5.6.3.1)

    @requirement:SMETS-E-191 @srv:11.3 @usecase:CS06
    Scenario: An image that was verified is activated by its hash
      Given the import supplier has distributed an image of version 00000002 that is sound
      When the import supplier has the image activated
      Then the meter runs version 00000002

    @requirement:SMETS-E-191 @srv:11.3 @usecase:CS06
    Scenario: Another hash activates nothing
      Given the import supplier has distributed an image of version 00000002 that is sound
      When the import supplier activates the image with another hash
      Then the meter refuses the command
      And the meter runs version 00000001

    @requirement:SMETS-E-191 @srv:11.3 @usecase:CS06
    Scenario: Nothing is activated twice
      Given the import supplier has distributed an image of version 00000002 that is sound
      And the import supplier has activated the image
      When the import supplier activates the image with its hash
      Then the meter refuses the command

    @requirement:SMETS-E-191 @srv:11.3 @usecase:CS06
    Scenario: A dated activation waits for its date
      Given the import supplier has distributed an image of version 00000002 that is sound
      And the import supplier has dated the activation of the image in 2 hours
      When 1 hour passes
      Then the meter runs version 00000001

    @requirement:SMETS-E-191 @srv:11.3 @usecase:CS06
    Scenario: A dated activation is carried out and reported at its date
      Given the import supplier has distributed an image of version 00000002 that is sound
      And the import supplier has dated the activation of the image in 2 hours
      When 2 hours 2 minutes pass
      Then the meter runs version 00000002
      And the import supplier has received exactly one device alert 8F66

    @requirement:SMETS-E-191 @srv:11.3 @usecase:CS06
    Scenario: A dated activation that was cancelled never comes
      Given the import supplier has distributed an image of version 00000002 that is sound
      And the import supplier has dated the activation of the image in 2 hours
      And the import supplier has cancelled the activation of the image
      When 3 hours pass
      Then the meter runs version 00000001
      And the import supplier has received no device alert 8F66

  Rule: One image runs and one waits

    @requirement:SMETS-E-192 @srv:11.1 @srv:11.2
    Scenario: An image that waits does not run
      When the import supplier distributes an image of version 00000002 that is sound
      And 1 hour passes
      Then the meter runs version 00000001

    @requirement:SMETS-E-192 @srv:11.1 @srv:11.3
    Scenario: A newer image takes the place of the one that waits
      Given the import supplier has distributed an image of version 00000002 that is sound
      And the import supplier has distributed an image of version 00000003 that is sound
      When the import supplier has the image activated
      Then the meter runs version 00000003

    @requirement:SMETS-E-192 @srv:11.1 @srv:11.3
    Scenario: A bad image leaves the one that waits alone
      Given the import supplier has distributed an image of version 00000002 that is sound
      When the import supplier distributes an image of version 00000003 with a wrong signature
      And 10 minutes pass
      And the import supplier has version 00000002 activated
      Then the meter runs version 00000002

  Rule: What runs is told (SMETS2 5.7.5.17)

    @requirement:SMETS-E-193 @srv:11.2 @srv:11.3
    Scenario: The DCC's inventory follows
      Given the import supplier has distributed an image of version 00000002 that is sound
      When the import supplier has the image activated
      Then the inventory shows version 00000002 for the meter

    @requirement:SMETS-E-193 @srv:11.2 @srv:11.3
    Scenario: The new version is read
      Given the import supplier has distributed an image of version 00A10B02 that is sound
      When the import supplier has the image activated
      Then the meter runs version 00A10B02

    @requirement:SMETS-E-193 @srv:11.3
    Scenario: The change is in the security log
      Given the import supplier has distributed an image of version 00000002 that is sound
      And the security log of the meter has been noted
      When the import supplier has the image activated
      Then the meter's security log has gained an entry 8F43

  Rule: An image that does not start gives way to the one before

    @requirement:SMETS-E-194 @srv:11.3
    Scenario: The failure is reported
      Given the import supplier has distributed an image of version 00000002 that does not start
      When the import supplier has the image activated
      Then the import supplier receives device alert 8F1B within 1 minute

    @requirement:SMETS-E-194 @srv:11.3
    Scenario: The old version runs again
      Given the import supplier has distributed an image of version 00000002 that does not start
      When the import supplier has the image activated
      Then the meter runs version 00000001

  Rule: Nothing that the meter knows is lost

    @requirement:SMETS-E-195 @srv:11.3 @srv:4.1.1
    Scenario: The register goes on
      Given a steady load of 2.000 kW
      And the import supplier has distributed an image of version 00000002 that is sound
      And the import register has been read
      When the import supplier has the image activated
      And 1 hour passes
      Then the import register agrees with the energy delivered within 1 Wh

    @requirement:SMETS-E-195 @srv:11.3 @srv:4.11.1
    Scenario: Tariff and calendar stay
      Given the import supplier has set 1.1.1 Update Import Tariff (Primary Element)
      And the import supplier has distributed an image of version 00000002 that is sound
      When the import supplier has the image activated
      And the import supplier reads 4.11.1 Read Tariff (Primary Element)
      Then the answer's StandingCharge is 20000

    @requirement:SMETS-E-195 @srv:11.3 @srv:6.24.1
    Scenario: Credentials stay
      Given the import supplier has distributed an image of version 00000002 that is sound
      And the holders of the meter's cells have been noted
      When the import supplier has the image activated
      Then the holders of the meter's cells are what they were

    @requirement:SMETS-E-195 @srv:11.3 @srv:6.13
    Scenario: Logs stay
      Given the import supplier has distributed an image of version 00000002 that is sound
      And the security log of the meter has been noted
      When the import supplier has the image activated
      Then the meter's security log still holds what was noted

    @requirement:SMETS-E-195 @srv:11.3 @srv:7.4
    Scenario: A supply that is disabled stays disabled
      Given a steady load of 2.000 kW
      And the supply has been disabled
      And the import supplier has distributed an image of version 00000002 that is sound
      When the import supplier has the image activated
      Then the load current is zero

  Rule: Loss of power

    @requirement:SMETS-E-196 @srv:11.1
    Scenario Outline: The supply goes while the image is copied, <share> of the way
      When the import supplier distributes an image of version 00000002 that is large
      And after <wait> the supply goes for 20 seconds
      Then the import supplier receives device alert 8F72 within 30 minutes

      Examples: of a copy that takes a minute
        | share | wait       |
        | 5 %   | 3 seconds  |
        | 50 %  | 30 seconds |
        | 95 %  | 57 seconds |

    @requirement:SMETS-E-196 @srv:11.3
    Scenario: An image that waits survives a loss of power
      Given the import supplier has distributed an image of version 00000002 that is sound
      When the supply is interrupted for 5 minutes
      And 1 minute passes
      And the import supplier has the image activated
      Then the meter runs version 00000002

    @requirement:SMETS-E-196 @srv:11.3
    Scenario: A dated activation survives a loss of power
      Given the import supplier has distributed an image of version 00000002 that is sound
      And the import supplier has dated the activation of the image in 2 hours
      When the supply is interrupted for 5 minutes
      And 2 hours 2 minutes pass
      Then the meter runs version 00000002

    @requirement:SMETS-E-196 @srv:11.3
    Scenario: A date that fell into a loss of power is made up for
      Given the import supplier has distributed an image of version 00000002 that is sound
      And the import supplier has dated the activation of the image in 10 minutes
      When the supply is interrupted for 30 minutes
      And 2 minutes pass
      Then the meter runs version 00000002

    @requirement:SMETS-E-196 @srv:11.3
    Scenario: The supply goes right after the activation
      Given the import supplier has distributed an image of version 00000002 that is sound
      When the import supplier activates the image with its hash
      And after 2 seconds the supply goes for 5 minutes
      And 1 minute passes
      Then the meter runs version 00000002

  Rule: Older versions, and the time that it takes

    @requirement:SMETS-E-197 @srv:11.3
    Scenario: An older version is taken or refused, and what is said of it is true
      Given the import supplier has distributed an image of version 00000003 that is sound
      And the import supplier has activated the image
      And the import supplier has distributed an image of version 00000002 that is sound
      When the import supplier activates the image with its hash
      Then the meter runs 00000002 if that was a success, and 00000003 if not

    @requirement:SMETS-E-198 @srv:11.3
    Scenario: The load goes on, and is metered for all but a minute
      Given a steady load of 3.000 kW
      And the import supplier has distributed an image of version 00000002 that is sound
      And the import supplier has read 4.1.1 Read Instantaneous Import Registers
      And the answer's ActiveImportRegister.Value has been noted
      When the import supplier has the image activated
      And 59 minutes pass
      And the import supplier reads 4.1.1 Read Instantaneous Import Registers
      Then the answer's ActiveImportRegister.Value has risen by 3000 within 50
      And the load draws 3.000 kW within 1 %
