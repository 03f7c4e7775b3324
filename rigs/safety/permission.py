"""Whether the bench may be live; once withdrawn, that lasts until the bench is opened anew."""

from __future__ import annotations

from assay.verdicts import BenchFault


class Permission:
    """Asked before every stimulus. Withdrawn by an open interlock or a lost watchdog.

    What is withdrawn from the whole (a session with its watchdog) is withdrawn from the part (the
    bench of one scenario).
    """

    def __init__(self, whole: Permission | None = None) -> None:
        self._whole = whole
        self._refusal: str | None = None

    def withdraw(self, reason: str) -> None:
        """The first reason stands."""
        self._refusal = self._refusal or reason

    @property
    def refusal(self) -> str | None:
        return self._refusal or (None if self._whole is None else self._whole.refusal)

    def check(self, what: str) -> None:
        """BenchFault with the reason, if it has been withdrawn."""
        refusal = self.refusal
        if refusal is not None:
            raise BenchFault(f"{what} refused: {refusal}")
