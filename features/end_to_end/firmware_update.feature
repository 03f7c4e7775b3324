@scheme:end_to_end @role:IS @device:ESME
Feature: A supplier updates the firmware of its meters

  The number of meters comes from the plan. The meter of the bench is one of them; the others are
  virtual. One in a hundred, and at least one, gets an image whose signature is wrong.

  Background:
    Given a commissioned single-phase electricity meter
    And a fleet of as many meters as the plan asks for, that one among them

  @requirement:SMETS-E-190 @requirement:SMETS-E-193 @srv:11.1 @srv:11.3 @srv:11.2
  Scenario: Good images are activated, bad ones refused, and the DCC knows which
    When the import supplier updates the fleet to version 00000002, with 1 % images with a wrong signature
    Then every meter with a good image has reported it as verified with 8F72
    And every meter with a good image has activated it and states version 00000002
    And every meter with a bad image has reported it with 8F1C
    And no meter with a bad image has activated it, and each states version 00000001
    And the DCC has told with N22 of the meters with a bad image, and of no other
    And the inventory shows of each meter the version that it states
