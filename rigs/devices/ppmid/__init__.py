"""The prepayment interface device (PPMID): a display of the home that can also ask for things."""

from rigs.devices.ppmid.ppmid import PrepaymentDisplay, PrepaymentDisplayConfiguration
from rigs.devices.ppmid.results import Asked, Result

__all__ = ["Asked", "PrepaymentDisplay", "PrepaymentDisplayConfiguration", "Result"]
