@scheme:protocol @device:ESME @role:IS
Feature: A radio link has decibels to spare

  Hub and meter stand in shielded boxes, with cables, pads and a programmable attenuator between
  their antennas. Commands are sent at one level after another; where 95 of 100 are still answered
  is the path loss that the link can bear, with the uncertainty of the counting and of the path. A
  bench without an attenuator cannot tell.

  Background:
    Given a commissioned single-phase electricity meter

  Rule: The meter hears, and is heard, as far as its radio standard asks

    @requirement:RADIO-MARGIN-2.4
    Scenario: On 2.4 GHz commands are answered at a path loss of 93 dB
      When the margin of the meter's radio link is measured on 2.4 GHz
      Then 95 % of the commands are answered at a path loss of 93.0 dB, beyond all uncertainty

    @requirement:RADIO-MARGIN-868
    Scenario: On 868 MHz commands are answered at a path loss of 105 dB
      When the margin of the meter's radio link is measured on 868 MHz
      Then 95 % of the commands are answered at a path loss of 105.0 dB, beyond all uncertainty
