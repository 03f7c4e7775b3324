@scheme:functional @role:ED @device:ESME @bench:polyphase
Feature: Each phase of a polyphase meter is watched for itself

  Averages have thresholds, periods, counters and logs for each phase; extreme voltages, sags and
  swells one threshold and period for all of them. Alerts name the phase by their code.

  Background:
    Given a commissioned polyphase electricity meter
    And voltage monitors set to
      | AverageRMSOverVoltageThreshold          | 253 |
      | AverageRMSOverVoltageThreshold[2]       | 249 |
      | AverageRMSUnderVoltageThreshold         | 216 |
      | AverageRMSUnderVoltageThreshold[3]      | 220 |
      | AverageRMSVoltageMeasurementPeriod      | 600 |
      | RMSExtremeOverVoltageThreshold          | 262 |
      | RMSExtremeOverVoltageMeasurementPeriod  | 30  |
      | RMSExtremeUnderVoltageThreshold         | 195 |
      | RMSExtremeUnderVoltageMeasurementPeriod | 30  |
      | RMSVoltageSwellThreshold                | 258 |
      | RMSVoltageSwellMeasurementPeriod        | 10  |
      | RMSVoltageSagThreshold                  | 207 |
      | RMSVoltageSagMeasurementPeriod          | 10  |

  Rule: A phase has its own code, and its own thresholds of the average (SMETS2 5.7.4.3, 5.7.4.2)

    @requirement:SMETS-P-001 @requirement:SMETS-E-092 @usecase:ECS29b
    Scenario Outline: <volts> V on phase <phase> <has> average alert <alert>
      When phase <phase> is <volts> V for 25 minutes
      Then the electricity distributor <has> device alert <alert>

      Examples: above and below, one volt on each side of a threshold
        | phase | volts | has                      | alert |
        | 1     | 254   | has received exactly one | 8003  |
        | 2     | 250   | has received exactly one | 8004  |
        | 3     | 254   | has received exactly one | 8005  |
        | 1     | 250   | has received no          | 8003  |
        | 2     | 248   | has received no          | 8004  |
        | 1     | 215   | has received exactly one | 8007  |
        | 2     | 215   | has received exactly one | 8008  |
        | 3     | 219   | has received exactly one | 8009  |
        | 2     | 219   | has received no          | 8008  |

    @requirement:SMETS-E-092 @usecase:ECS29b
    Scenario: The other phases are silent
      When phase 2 is 250 V for 25 minutes
      Then the electricity distributor has received no device alert 8003
      And the electricity distributor has received no device alert 8005
      And the electricity distributor has received no device alert 8002 of a meter of one phase

    @requirement:SMETS-P-001 @usecase:ECS29b
    Scenario Outline: The return of phase <phase> has alert <alert>
      Given phase <phase> was 255 V for 25 minutes
      When phase <phase> is 230 V for 25 minutes
      Then the electricity distributor has received exactly one device alert <alert>

      Examples:
        | phase | alert |
        | 1     | 8086  |
        | 2     | 8087  |
        | 3     | 8088  |

    @requirement:SMETS-E-092 @srv:4.10 @usecase:ECS23b
    Scenario: Each phase has its counter and its log
      Given phase 2 was 250 V for 25 minutes
      When the electricity distributor reads 4.10 Read Network Data
      Then the answer says
        | PhaseVoltageOperationalData[1].AvgRMSOverVoltageCounter.Value        | 0   |
        | PhaseVoltageOperationalData[2].AvgRMSOverVoltageCounter.Value        | 1   |
        | PhaseVoltageOperationalData[3].AvgRMSOverVoltageCounter.Value        | 0   |
        | PhaseVoltageOperationalData[1].AvgRMSVoltageProfileDataLog.LogEntry[-1].Value | 230 |
        | PhaseVoltageOperationalData[2].AvgRMSVoltageProfileDataLog.LogEntry[-1].Value | 250 |

  Rule: Extreme voltages, sags and swells have one setting for all phases (SMETS2 5.7.4.29)

    @requirement:SMETS-P-001 @requirement:SMETS-E-092 @usecase:ECS29b
    Scenario Outline: <volts> V on phase <phase> for a minute has alert <alert>
      When phase <phase> is <volts> V for 1 minute
      And phase <phase> is 230 V for 1 minute
      Then the electricity distributor has received exactly one device alert <alert>
      And the electricity distributor has received exactly one device alert <end>

      Examples: beginning and end
        | phase | volts | alert | end  |
        | 1     | 263   | 8021  | 808E |
        | 2     | 263   | 8022  | 808F |
        | 3     | 194   | 802B  | 8098 |
        | 1     | 259   | 8025  | 8092 |
        | 3     | 259   | 8027  | 8094 |
        | 2     | 206   | 802E  | 809B |

  Rule: A phase may be lost (GBCS 16.2)

    @requirement:SMETS-P-001 @srv:7.4 @usecase:ECS45
    Scenario: With one phase left the meter answers
      Given phase 1 has been lost
      And phase 2 has been lost
      When the electricity distributor sends 7.4 Read Supply Status
      Then the meter answers with success within 30 seconds

    @requirement:SMETS-E-107 @usecase:ECS80
    Scenario Outline: A loss of phase <phase> for <span> is reported as <alert>
      When phase <phase> is lost for <span>
      And 1 minute passes
      Then the electricity distributor has received exactly one device alert <alert>

      Examples: around three minutes
        | phase | span                 | alert |
        | 1     | 2 minutes 50 seconds | 8F37  |
        | 1     | 3 minutes 10 seconds | 8F38  |
        | 2     | 3 minutes 10 seconds | 8F3A  |
        | 3     | 3 minutes 10 seconds | 8F3C  |

    @requirement:SMETS-E-107 @srv:6.13 @usecase:ECS35e
    Scenario: It is no outage of the meter
      When phase 3 is lost for 5 minutes
      And 1 minute passes
      Then the electricity distributor has received no device alert 8F36
      And the electricity distributor has received no device alert 8F35

  Rule: A wrong order of the phases is told to the supplier (code 81B7, optional)

    @requirement:SMETS-P-003 @grade:inferred
    Scenario: Phases that change places
      Given 5 minutes pass
      When phases 2 and 3 change places
      And 1 hour passes
      Then the import supplier has received exactly one device alert 81B7
      And the PowerEvent log holds 1 entry 81B7

    @requirement:SMETS-P-003 @grade:inferred
    Scenario: A wrong order that came back is told again
      Given phases 2 and 3 change places
      And 5 minutes pass
      And phases 2 and 3 are in their places again
      And 5 minutes pass
      When phases 2 and 3 change places
      And 5 minutes pass
      Then the import supplier has received 2 device alerts 81B7

    @requirement:SMETS-P-003 @grade:inferred
    Scenario: A phase that is somewhat off is in the right order
      When phase 3 is 20 degrees off its place
      And 1 hour passes
      Then the import supplier has received no device alert 81B7

    @requirement:SMETS-P-003 @grade:inferred
    Scenario: Phases in their places are no event
      Given the supply was interrupted for 5 minutes
      When 1 hour passes
      Then the import supplier has received no device alert 81B7

    @requirement:SMETS-P-003 @srv:6.22 @usecase:ECS25a @grade:inferred
    Scenario: The supplier may turn its alert off
      Given the import supplier has set 6.22 Configure Alert Behaviour with
        | ElectricitySupplierAlerts.SupplierESMEPolyPhase.x81B7 | Disable |
      When phases 2 and 3 change places
      And 5 minutes pass
      Then the import supplier has received no device alert 81B7
      And the PowerEvent log holds 1 entry 81B7
