@scheme:functional @role:IS @device:CHF
Feature: The hub's second radio is set up, looks for a better channel, and keeps to its duty cycle

  Background:
    Given a commissioned single-phase electricity meter
    And 2 minutes pass
    And what the hub sends is watched

  Rule: The configuration is taken at its bounds and read back (CHTS 4.6.3.10)

    @requirement:SMETS-C-006 @srv:6.28 @srv:6.30 @usecase:DBCH04 @usecase:DBCH03
    Scenario Outline: <name> of <value> is taken and read back
      When the import supplier sets 6.28 Set CHF Sub GHz Configuration on the hub with
        | LimitedCriticalDutyCycleThreshold | 2.4     |
        | <name>                            | <value> |
      And the import supplier reads 6.30 Read CHF Sub GHz Configuration of the hub
      Then the answer's <name> is <value>

      Examples: lowest and highest
        | name                                | value |
        | NormalLimitedDutyCycleThreshold     | 0.5   |
        | NormalLimitedDutyCycleThreshold     | 2.0   |
        | LimitedCriticalDutyCycleThreshold   | 1.6   |
        | LimitedCriticalDutyCycleThreshold   | 2.4   |
        | MaximumSubGHzChannelChangesPerWeek  | 1     |
        | MaximumSubGHzChannelChangesPerWeek  | 7     |
        | GSMECurfew                          | 2     |
        | ChannelQuieterThreshold             | 1     |
        | ChannelQuieterThreshold             | 255   |
        | ChannelNoisierThreshold             | 0     |
        | ChannelNoisierThreshold             | 20    |
        | NonGSMEPoorCommsPercentageThreshold | 1.00  |
        | NonGSMEPoorCommsPercentageThreshold | 100   |
        | NonGSMEPoorCommsMeasurementPeriods  | 50    |
        | NonGSMEPoorCommsMeasurementPeriods  | 150   |
        | LocalCHNoiseMeasurementPeriod       | 61    |

    @requirement:SMETS-C-006 @srv:6.28 @usecase:DBCH04
    Scenario: Limited from where critical begins is refused
      When the import supplier sends 6.28 Set CHF Sub GHz Configuration to the hub with
        | NormalLimitedDutyCycleThreshold   | 1.8 |
        | LimitedCriticalDutyCycleThreshold | 1.6 |
      Then the device refuses the command

    @requirement:SMETS-C-006 @srv:6.28 @srv:6.30 @usecase:DBCH04 @usecase:DBCH03
    Scenario: A configuration that is refused leaves the one before
      Given the import supplier has read 6.30 Read CHF Sub GHz Configuration of the hub
      And the answer's NormalLimitedDutyCycleThreshold has been noted
      When the import supplier sends 6.28 Set CHF Sub GHz Configuration to the hub with
        | NormalLimitedDutyCycleThreshold   | 1.8 |
        | LimitedCriticalDutyCycleThreshold | 1.6 |
      And the import supplier reads 6.30 Read CHF Sub GHz Configuration of the hub
      Then the answer's NormalLimitedDutyCycleThreshold is what it was

    @requirement:SMETS-C-006 @srv:6.28 @srv:6.30 @usecase:DBCH04 @usecase:DBCH03
    Scenario: Channels of every page are taken and read back
      When the import supplier sets 6.28 Set CHF Sub GHz Configuration on the hub with
        | LowerBandSubGHzChannels0To26.Channel26  | true |
        | LowerBandSubGHzChannels27To34.Channel34 | true |
        | LowerBandSubGHzChannels35To61.Channel61 | true |
        | UpperBandSubGHzChannels0To26.Channel0   | true |
      And the import supplier reads 6.30 Read CHF Sub GHz Configuration of the hub
      Then the answer says
        | LowerBandSubGHzChannels0To26.Channel26  | true |
        | LowerBandSubGHzChannels27To34.Channel34 | true |
        | LowerBandSubGHzChannels35To61.Channel61 | true |
        | UpperBandSubGHzChannels0To26.Channel0   | true |

    @requirement:SMETS-C-006 @srv:6.30 @usecase:DBCH03
    Scenario: The configuration stays over an interruption of the supply
      Given the import supplier has set 6.28 Set CHF Sub GHz Configuration on the hub
      When the supply is interrupted for 5 minutes
      And the import supplier reads 6.30 Read CHF Sub GHz Configuration of the hub
      Then the answer's LocalCHNoiseMeasurementPeriod is 61

    @requirement:SMETS-C-007 @srv:6.28 @usecase:DBCH04 @usecase:DBCH09
    Scenario: A changed configuration is told to the DCC
      When the import supplier sets 6.28 Set CHF Sub GHz Configuration on the hub
      Then the hub has sent alert 8F2A once

  Rule: A scan chooses the quietest channel (GBCS digest 10.5)

    @requirement:SMETS-C-008 @srv:6.29 @usecase:DBCH05 @usecase:DBCH08
    Scenario: A scan that is commanded names its trigger and that it was accepted
      When the import supplier sets 6.29 Request CHF Sub GHz Channel Scan on the hub
      Then alert 8F28 carries 00 00

    @requirement:SMETS-C-007 @srv:6.29 @usecase:DBCH05
    Scenario: Without a better channel nothing changes
      When the import supplier sets 6.29 Request CHF Sub GHz Channel Scan on the hub
      Then the hub has sent the alerts 8F28, 8F27, 8F2B in order

    @requirement:SMETS-C-007 @srv:6.29 @usecase:DBCH05 @usecase:DBCH07
    Scenario: A noisy channel is left
      Given noise on sub-GHz channel 0
      When the import supplier sets 6.29 Request CHF Sub GHz Channel Scan on the hub
      Then the hub has sent the alerts 8F28, 8F27, 8F26 in order

    @requirement:SMETS-C-014 @srv:6.31 @usecase:DBCH01
    Scenario: The new channel is read
      Given noise on sub-GHz channel 0
      And the import supplier has set 6.29 Request CHF Sub GHz Channel Scan on the hub
      When the import supplier reads 6.31 Read CHF Sub GHz Channel of the hub
      Then the answer's OperatingLowerBandSubGHzChannel.Channel1 is true

    @requirement:SMETS-C-014 @srv:6.32 @usecase:DBCH02
    Scenario: The channel log has every change with time, channel and trigger
      Given noise on sub-GHz channel 0
      And the import supplier has set 6.29 Request CHF Sub GHz Channel Scan on the hub
      When the import supplier reads 6.32 Read CHF Sub GHz Channel Log of the hub
      Then the answer has 2 LogEntry
      And the answer's LogEntry[2].Timestamp is the time of the bench within 10 seconds
      And the answer's LogEntry[2].OperatingSubGHzChannel.OperatingLowerBandSubGHzChannel.Channel1 is true
      And the answer's LogEntry[2].ScanTrigger is RemotePartyCommand

    @requirement:SMETS-C-014 @srv:6.32 @usecase:DBCH02
    Scenario: The channel log holds the formation of the network
      When the import supplier reads 6.32 Read CHF Sub GHz Channel Log of the hub
      Then the answer has 1 LogEntry
      And the answer's LogEntry[1].ScanTrigger is SMHANFormation

    @requirement:SMETS-C-007 @srv:6.29 @usecase:DBCH05
    Scenario Outline: A gas meter has <wait> to hear of it: <sent>
      Given the gas meter is on sub-GHz
      And noise on sub-GHz channel 0
      And the import supplier has set 6.29 Request CHF Sub GHz Channel Scan on the hub
      When <wait> pass
      Then the hub has sent the alerts <sent> in order

      Examples: one wake before the scan, two before the change
        | wait       | sent             |
        | 29 minutes | 8F28             |
        | 31 minutes | 8F28, 8F27       |
        | 89 minutes | 8F28, 8F27       |
        | 91 minutes | 8F28, 8F27, 8F26 |

    @requirement:SMETS-C-008 @srv:6.29 @usecase:DBCH05 @usecase:DBCH08 @grade:inferred
    Scenario: A second command of a day is not followed
      Given the import supplier has set 6.29 Request CHF Sub GHz Channel Scan on the hub
      When the import supplier sets 6.29 Request CHF Sub GHz Channel Scan on the hub
      Then alert 8F28 carries 06 00

    @requirement:SMETS-C-008 @srv:6.29 @usecase:DBCH05 @usecase:DBCH08 @grade:inferred
    Scenario: No scan while a terminal is on the network
      Given an installer's terminal has joined the hub
      When the import supplier sets 6.29 Request CHF Sub GHz Channel Scan on the hub
      Then alert 8F28 carries 01 00

  Rule: The duty cycle is limited in steps (GBCS digest 10.5)

    @requirement:SMETS-C-007 @usecase:DBCH06
    Scenario: At the threshold a device is suspended, which is told
      Given the meter is on sub-GHz
      When 202 messages of 1400 octets go to the meter
      Then the hub has sent the alerts 8F20 in order

    @requirement:SMETS-C-007 @usecase:DBCH06
    Scenario: Below the threshold nothing is told
      Given the meter is on sub-GHz
      When 150 messages of 1400 octets go to the meter
      Then the hub has sent no alert 8F20

    @requirement:SMETS-C-007 @usecase:DBCH06
    Scenario: An hour later the duty cycle is normal again
      Given the meter is on sub-GHz
      And 202 messages of 1400 octets have gone to the meter
      When 61 minutes pass
      Then the hub has sent alert 8F21 once

    @requirement:SMETS-C-007 @usecase:DBCH06
    Scenario: The alert names the device that took most of the air
      Given the meter is on sub-GHz
      When 202 messages of 1400 octets go to the meter
      Then alert 8F20 carries 00DB1234567890A0

    @requirement:SMETS-C-007 @usecase:DBCH10
    Scenario: What comes for a suspended device is thrown away and told
      Given the meter is on sub-GHz
      And 202 messages of 1400 octets have gone to the meter
      When the import supplier sends 7.4 Read Supply Status
      And 1 minute passes
      Then the hub has sent alert 8F2C

    @requirement:SMETS-C-007 @usecase:DBCH11
    Scenario: A device for which there is no room is told of
      When 5 more devices come onto sub-GHz
      Then the hub has sent alert 8F2D once
