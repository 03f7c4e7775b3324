"""Telling a User of quarantine by DCC alert, where a bench says which code that alert has.

The schema has the body (QuarantinedRequest) and no public text says which of the codes N40 to
N65 goes with it. So none is sent unless `DccSettings.quarantine_alert_code` names one; the notice
of the out-of-band channel comes in any case.
"""

from __future__ import annotations

from assay.dcc.anomaly.quarantine import Quarantined, Warned
from assay.dcc.dsp.alerts import DccAlerts
from assay.duis.dcc_alerts import DCC_ALERTS
from assay.duis.values import Content

ELEMENT = "QuarantinedRequest"


class QuarantineAlerts:
    """A listener of `Detection`. ValueError for a code that is known to mean something else."""

    def __init__(self, alerts: DccAlerts, code: str | None) -> None:
        if code is not None and (code not in DCC_ALERTS or DCC_ALERTS[code].element is not None):
            raise ValueError(
                f"alert code of {ELEMENT}: expected one whose body is not established, seen {code}"
            )
        self._alerts = alerts
        self._code = code

    def __call__(self, event: Quarantined | Warned) -> None:
        if self._code is None or isinstance(event, Warned):
            return
        breach: Content = {"RequestID": event.message_id, "QuarantineEventRef": event.event}
        content: Content = {event.breach.value: breach}
        answers = self._alerts.answers
        self._alerts.deliver(answers.dcc_alert(event.user, self._code, ELEMENT, content))
