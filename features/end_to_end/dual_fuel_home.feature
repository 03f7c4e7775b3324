@scheme:end_to_end @role:IS @role:GS @bench:every_role
Feature: A home with electricity and gas is installed and commissioned

  As an installer's visit goes: hub, electricity meter, display, then the gas meter with its mirror
  in the hub.

  Background:
    Given a commissioned dual-fuel home with a display

  @requirement:UEPT-INSTALL @device:ESME @device:GSME @device:CHF @device:PPMID @srv:8.2
  Scenario Outline: The inventory knows the <device> as <status>
    Then the inventory shows the <device> as <status>

    Examples:
      | device    | status       |
      | hub       | Commissioned |
      | meter     | Commissioned |
      | gas meter | Commissioned |
      | display   | Commissioned |
