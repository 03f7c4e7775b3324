@scheme:functional @role:GS @device:GSME @bench:every_role
Feature: The tariff of gas decides where volume is counted and what it costs

  A cubic metre is 10 kWh here: a calorific value of 36 MJ/m3 without a correction. Working days
  cost 4 p a kWh (register 1), weekends 2 p (register 2). The bench begins on a Monday.

  Background:
    Given a commissioned gas meter that the gas proxy mirrors
    And the gas supplier has set 6.6 Update Device Configuration (Gas Conversion) of the gas meter with
      | CalorificValue   | 36.0    |
      | ConversionFactor | 1.00000 |

  Rule: Volume becomes energy, and energy money (SMETS2 4.6.4.3, 4.6.4.5)

    @requirement:SMETS-G-003 @srv:6.6 @srv:6.2.8 @usecase:GCS23 @usecase:GCS21b
    Scenario: Both numbers are read back with all their decimals
      When the gas supplier sets 6.6 Update Device Configuration (Gas Conversion) of the gas meter with
        | CalorificValue   | 39.3    |
        | ConversionFactor | 1.02264 |
      And the gas supplier reads 6.2.8 Read Device Configuration (Gas) of the gas meter
      Then the answer says
        | CalorificValue   | 39.3    |
        | ConversionFactor | 1.02264 |

    @requirement:SMETS-G-003 @srv:6.6 @srv:4.18 @usecase:GCS23 @usecase:GCS60a
    Scenario Outline: 2 m3 at <calorific> MJ/m3, corrected by <factor>, cost <millipence> millipence
      Given the gas supplier has set a gas tariff by days
      And the gas supplier has set 6.6 Update Device Configuration (Gas Conversion) of the gas meter with
        | CalorificValue   | <calorific> |
        | ConversionFactor | <factor>    |
      And the gas supplier has read 4.18 Read Meter Balance of the gas meter
      And the answer's MeterBalance has been noted
      When gas appliances draw 1.000 m3/h for 2 hours
      And the gas supplier reads 4.18 Read Meter Balance of the gas meter
      Then the answer's MeterBalance has risen by <millipence> within 1

      Examples: at 4 p a kWh, in credit mode
        | calorific | factor  | millipence |
        | 36.0      | 1.00000 | 80000      |
        | 39.3      | 1.00000 | 87333      |
        | 36.0      | 1.02264 | 81811      |

  Rule: Four times of use, by the day (SMETS2 4.6.5.20)

    @requirement:SMETS-G-004 @requirement:SMETS-G-005 @srv:4.1.2 @usecase:GCS13c
    Scenario Outline: The volume of a <day> lands in register <register> alone
      Given the gas supplier has set a gas tariff by days
      And the bench's clock has reached 00:00:00
      And <before> pass
      And the gas supplier has read 4.1.2 Read Instantaneous Import TOU Matrices of the gas meter
      And the answer's TOURegisterMatrixValue[<register>] has been noted
      And the answer's TOURegisterMatrixValue[<other>] has been noted
      When gas appliances draw 0.500 m3/h for 12 hours
      And the gas supplier reads 4.1.2 Read Instantaneous Import TOU Matrices of the gas meter
      Then the answer's TOURegisterMatrixValue[<register>] has risen by 6
      And the answer's TOURegisterMatrixValue[<other>] has risen by 0

      Examples: m3
        | day         | before | register | other |
        | working day | 3 days | 1        | 2     |
        | weekend     | 5 days | 2        | 1     |

    @requirement:SMETS-G-004 @srv:4.1.2 @usecase:GCS13c
    Scenario: A day that begins is counted from midnight
      Given the gas supplier has set a gas tariff by days
      And the bench's clock has reached 22:00:00
      And 4 days pass
      And the gas supplier has read 4.1.2 Read Instantaneous Import TOU Matrices of the gas meter
      And the answer's TOURegisterMatrixValue[1] has been noted
      And the answer's TOURegisterMatrixValue[2] has been noted
      And the bench's clock has reached 23:00:00
      When gas appliances draw 1.000 m3/h for 3 hours
      And the gas supplier reads 4.1.2 Read Instantaneous Import TOU Matrices of the gas meter
      Then the answer's TOURegisterMatrixValue[1] has risen by 1
      And the answer's TOURegisterMatrixValue[2] has risen by 2

    @requirement:SMETS-G-004 @srv:4.18 @usecase:GCS60a
    Scenario: A cubic metre of the weekend costs the price of the weekend
      Given the gas supplier has set a gas tariff by days
      And the bench's clock has reached 01:00:00
      And 5 days pass
      And the gas supplier has read 4.18 Read Meter Balance of the gas meter
      And the answer's MeterBalance has been noted
      When gas appliances draw 1.000 m3/h for 2 hours
      And the gas supplier reads 4.18 Read Meter Balance of the gas meter
      Then the answer's MeterBalance has risen by 40000 within 1

    @requirement:SMETS-G-004 @srv:4.18 @usecase:GCS60a
    Scenario: The standing charge is taken once a day
      Given the gas supplier has set a gas tariff by days
      And the gas supplier has read 4.18 Read Meter Balance of the gas meter
      And the answer's MeterBalance has been noted
      When 3 days pass
      And the gas supplier reads 4.18 Read Meter Balance of the gas meter
      Then the answer's MeterBalance has risen by 75000

  Rule: Four blocks, three thresholds (SMETS2 4.6.5.19)

    @requirement:SMETS-G-004 @srv:4.1.4 @usecase:GCS13b
    Scenario: Volume fills one block after the other
      Given the gas supplier has set a gas tariff with blocks
      When gas appliances draw 1.000 m3/h for 12 hours
      And the gas supplier reads 4.1.4 Read Instantaneous Import Block Counters of the gas meter
      Then the answer says
        | TariffBlockCounterValue[1] | 2 |
        | TariffBlockCounterValue[2] | 3 |
        | TariffBlockCounterValue[3] | 5 |
        | TariffBlockCounterValue[4] | 2 |

    @requirement:SMETS-G-004 @srv:4.18 @usecase:GCS60a
    Scenario: Each block has its price
      Given the gas supplier has set a gas tariff with blocks
      And the gas supplier has read 4.18 Read Meter Balance of the gas meter
      And the answer's MeterBalance has been noted
      When gas appliances draw 1.000 m3/h for 12 hours
      And the gas supplier reads 4.18 Read Meter Balance of the gas meter
      Then the answer's MeterBalance has risen by 310000 within 1

  Rule: The calendar, whole and of its size (SMETS2 4.6.4.30, 4.6.4.20)

    @requirement:SMETS-G-005 @srv:1.1.1 @srv:4.11.1 @usecase:GCS01a @usecase:GCS21f
    Scenario: The largest calendar is taken and read back
      Given the gas supplier has set a gas tariff of the largest size
      When the gas supplier reads 4.11.1 Read Tariff (Primary Element) of the gas meter
      Then the answer has 4 DayProfile
      And the answer has 2 WeekProfile
      And the answer has 3 Season
      And the answer has 20 SpecialDay
      And the answer says
        | DayProfile[4].TOUTariffAction                      | 4 |
        | WeekProfile[2].ReferencedDay[7]                    | 4 |
        | Season[3].SeasonStartDate.SpecifiedMonth           | 9 |
        | SpecialDay[20].ReferencedDay                       | 4 |

    @requirement:SMETS-G-005 @srv:2.1 @srv:4.13 @usecase:GCS05 @usecase:GCS21d
    Scenario: The largest non-disablement calendar is taken and read back
      Given the gas supplier has set the largest non-disablement calendar
      When the gas supplier reads 4.13 Read Prepayment Configuration of the gas meter
      Then the answer has 5 GasNonDisablementDayProfile
      And the answer has 3 GasNonDisablementDayProfile[5].TimeStartAction
      And the answer has 2 WeekProfile
      And the answer has 3 Season
      And the answer has 20 SpecialDay

    @requirement:SMETS-G-005 @srv:1.1.1 @srv:4.1.2 @usecase:GCS01a
    Scenario: A special day overrides the week
      Given the gas supplier has set a gas tariff of the largest size
      And the bench's clock has reached 23:59:00
      And 2 minutes pass
      And the gas supplier has read 4.1.2 Read Instantaneous Import TOU Matrices of the gas meter
      And the answer's TOURegisterMatrixValue[4] has been noted
      When gas appliances draw 1.000 m3/h for 2 hours
      And the gas supplier reads 4.1.2 Read Instantaneous Import TOU Matrices of the gas meter
      Then the answer's TOURegisterMatrixValue[4] has risen by 2

    @requirement:SMETS-G-028 @srv:1.1.1 @srv:4.11.1 @usecase:GCS01a
    Scenario: Nothing of the calendar before remains
      Given the gas supplier has set a gas tariff of the largest size
      When the gas supplier sets a gas tariff by days
      And the gas supplier reads 4.11.1 Read Tariff (Primary Element) of the gas meter
      Then the answer has 2 DayProfile
      And the answer has 1 WeekProfile
      And the answer has 1 Season

    @requirement:SMETS-G-028 @srv:1.1.1 @srv:4.11.1 @usecase:GCS01a
    Scenario Outline: A dated calendar is <state> <when> its date
      Given the gas supplier has set a gas tariff of the largest size
      And the gas supplier has set a gas tariff by days for 3 hours later
      When <span> pass
      And the gas supplier reads 4.11.1 Read Tariff (Primary Element) of the gas meter
      Then the answer has <days> DayProfile

      Examples: of three hours, after the wake at which it came
        | state        | when   | span    | days |
        | not in force | before | 1 hour  | 4    |
        | in force     | after  | 3 hours | 2    |

    @requirement:SMETS-G-028 @srv:1.1.1 @usecase:GCS01a
    Scenario: Each component of a dated tariff is reported
      Given the gas supplier has set a gas tariff by days for 3 hours later
      When 4 hours pass
      Then the gas supplier has received 4 device alerts 8F66
      And the gas supplier has received no device alert 8F67
