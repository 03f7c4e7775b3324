"""Binds features/end_to_end."""

from __future__ import annotations

from pytest_bdd import scenarios

scenarios("../features/end_to_end")
