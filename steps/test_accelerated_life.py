"""Binds features/accelerated_life."""

from __future__ import annotations

from pytest_bdd import scenarios

scenarios("../features/accelerated_life")
