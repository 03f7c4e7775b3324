"""Whom the household can call, and the number by which it is known (E-162, E-163).

The name is the same value that a change of supplier's credentials changes.
"""

from __future__ import annotations

from collections.abc import Callable

NAME_SIZE = 15
TELEPHONE_SIZE = 18
CIN_SIZE = 4


class Contact:
    """Texts that were found to fit. Hooks: the three setters."""

    def __init__(self) -> None:
        self.supplier_name = ""
        self.telephone = ""
        self.cin = ""
        self.set_supplier_name: Callable[[str], None] = self._set_supplier_name
        self.set_telephone: Callable[[str], None] = self._set_telephone
        self.set_cin: Callable[[str], None] = self._set_cin

    def _set_supplier_name(self, text: str) -> None:
        self.supplier_name = text

    def _set_telephone(self, text: str) -> None:
        self.telephone = text

    def _set_cin(self, digits: str) -> None:
        self.cin = digits
